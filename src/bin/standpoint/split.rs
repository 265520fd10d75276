//! `standpoint split`.

use crate::args::Split;
use crate::input::Failure;
use crate::jsonl;
use serde::{Deserialize, Serialize};
use standpoint::offsets::{OffsetIndex, OffsetUnit};
use standpoint::sentences;
use standpoint::text::Text;

#[derive(Deserialize)]
struct Query {
    text: String,
}

#[derive(Serialize)]
struct Answer {
    sentences: Vec<[usize; 2]>,
}

pub fn run(args: &Split) -> Result<(), Failure> {
    let unit = OffsetUnit::from(args.offsets);
    jsonl::each(&args.file, |query: Query| {
        let index = OffsetIndex::new(&query.text);
        let sentences = sentences::split(&Text::plain(&query.text));
        Ok(Answer { sentences: sentences.iter().map(|s| index.positions(s.span, unit)).collect() })
    })
}
