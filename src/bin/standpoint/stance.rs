//! `standpoint stance`.

use crate::args::Stance;
use crate::input::Failure;
use crate::{jsonl, models};
use serde::{Deserialize, Serialize};
use standpoint::annotation::Score;
use standpoint::offsets::{ByteSpan, OffsetIndex, OffsetUnit};
use standpoint::{Annotator, Error};

#[derive(Deserialize)]
struct Query {
    text: String,
    target: [usize; 2],
    holder: Option<[usize; 2]>,
}

#[derive(Serialize)]
struct Answer {
    polarity: &'static str,
    confidence: Score,
    scores: Scores,
}

#[derive(Serialize)]
struct Scores {
    support: Score,
    oppose: Score,
    neutral: Score,
}

pub fn run(args: &Stance) -> Result<(), Failure> {
    let annotator = Annotator::new(models::load(&args.common.model)?);
    let unit = OffsetUnit::from(args.common.offsets);
    jsonl::each(&args.file, |query: Query| answer(&annotator, &query, unit))
}

fn answer(annotator: &Annotator, query: &Query, unit: OffsetUnit) -> Result<Answer, Error> {
    let index = OffsetIndex::new(&query.text);
    let span = |name: &str, [start, end]: [usize; 2]| -> Result<ByteSpan, Error> {
        let span = index.to_byte_span(start, end, unit).filter(|span| !span.is_empty());
        span.ok_or_else(|| Error::input(format!("{name} [{start},{end}] is no span of the text")))
    };
    let target = span("target", query.target)?;
    let holder = query.holder.map(|holder| span("holder", holder)).transpose()?;
    let scores = annotator.stance(&query.text, target, holder);
    let ranked = [("neutral", scores.neutral), ("oppose", scores.oppose), ("support", scores.support)];
    // Of equal scores the first counts: in doubt nothing is claimed.
    let (polarity, confidence) =
        ranked.into_iter().reduce(|a, b| if b.1 > a.1 { b } else { a }).expect("three");
    Ok(Answer {
        polarity,
        confidence: Score::new(confidence),
        scores: Scores {
            support: Score::new(scores.support),
            oppose: Score::new(scores.oppose),
            neutral: Score::new(scores.neutral),
        },
    })
}
