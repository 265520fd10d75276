//! Who is for or against whom in a sentence, and the words that show it.

pub mod features;
pub mod paths;
mod polarity;
pub mod propose;
mod reading;
mod trace;
mod weights;

pub use features::Holder;
pub use polarity::{PolarityHead, PolarityScores, Query, Question};
pub use propose::Proposal;
pub use reading::{Reader, Reading};
pub use trace::trace;
pub use weights::{Weights, CUE_CLASSES};

use crate::annotation::{Basis, Party, Polarity, Score, Stance};
use crate::kinds::Kind;
use crate::model::Model;
use crate::offsets::{ByteSpan, Bytes};
use crate::options::Options;
use crate::sentences::Sentence;
use crate::text::Text;

/// Every claim at or above its threshold, one list a sentence, in order. `meta` sentences have none.
pub fn detect(
    model: &Model,
    text: &Text<'_>,
    sentences: &[Sentence],
    kinds: &[Kind],
    options: &Options,
) -> Vec<Vec<Stance<Bytes>>> {
    let Some(weights) = model.stance() else { return vec![Vec::new(); sentences.len()] };
    let reading = Reading::new(&weights.grammar, text, sentences, kinds);
    (0..sentences.len()).map(|sentence| claims(weights, &reading, sentence, options.min_confidence)).collect()
}

/// The claims of one sentence, in reading order of their cues.
pub fn claims(
    weights: &Weights,
    reading: &Reading<'_>,
    sentence: usize,
    least: Option<f64>,
) -> Vec<Stance<Bytes>> {
    select(weights, reading, sentence, &propose::propose(weights, &reading.sentences[sentence]), least)
}

/// The proposals sure enough to be claimed, the best of those that say the same.
pub fn select(
    weights: &Weights,
    reading: &Reading<'_>,
    sentence: usize,
    proposals: &[Proposal],
    least: Option<f64>,
) -> Vec<Stance<Bytes>> {
    let mut weighed: Vec<(f32, Proposal)> = proposals
        .iter()
        .copied()
        .filter(|proposal| makes_sense(reading, sentence, proposal))
        .map(|proposal| (proposal.confidence(&weights.calibration), proposal))
        .filter(|(confidence, proposal)| {
            let threshold = match proposal.basis {
                Basis::Says => weights.thresholds[0],
                Basis::Does => weights.thresholds[1],
                Basis::Author => weights.thresholds[2],
            };
            f64::from(*confidence) >= least.unwrap_or(f64::from(threshold))
        })
        .collect();
    // Best first; of equals, the first in the sentence.
    weighed.sort_by(|(a, p), (b, q)| b.total_cmp(a).then(p.cue.cmp(&q.cue)).then(p.target.cmp(&q.target)));
    let mut kept: Vec<(f32, Proposal)> = Vec::new();
    for (confidence, proposal) in weighed {
        if kept.iter().all(|(_, other)| !clashes(reading, sentence, &proposal, other)) {
            kept.push((confidence, proposal));
        }
    }
    kept.sort_by_key(|(_, p)| (p.cue, p.target, p.polarity as u8));
    kept.iter().map(|(confidence, proposal)| stance(reading, sentence, proposal, *confidence)).collect()
}

/// Nobody is for or against himself, and an act whose agent is not named anywhere is nobody's.
fn makes_sense(reading: &Reading<'_>, sentence: usize, proposal: &Proposal) -> bool {
    let (reader, of) = (&reading.sentences[sentence], &reading.linked.of[sentence]);
    match proposal.holder {
        Holder::Mention(holder) => of[holder] != of[proposal.target],
        Holder::Unnamed => reader.voices.quoted[proposal.cue],
        Holder::Author => true,
    }
}

/// Whether a better claim makes this one needless: the same target once more with the same polarity by the same
/// holder or on the same cue, or the same cue read the other way round.
fn clashes(reading: &Reading<'_>, sentence: usize, proposal: &Proposal, better: &Proposal) -> bool {
    let reader = &reading.sentences[sentence];
    let of = &reading.linked.of[sentence];
    let (a, b) = (&reader.mentions[proposal.target], &reader.mentions[better.target]);
    let same_target = of[proposal.target] == of[better.target] || a.contains(b.head) || b.contains(a.head);
    if proposal.cue == better.cue && (proposal.polarity != better.polarity) {
        return true;
    }
    let same_holder = match (proposal.holder, better.holder) {
        (Holder::Mention(a), Holder::Mention(b)) => of[a] == of[b],
        (a, b) => a == b,
    };
    same_target && (proposal.cue == better.cue || same_holder)
}

/// A proposal in the result's shape.
pub fn stance(reading: &Reading<'_>, sentence: usize, proposal: &Proposal, confidence: f32) -> Stance<Bytes> {
    let reader = &reading.sentences[sentence];
    let party = |mention: usize| Party {
        name: reading.linked.name(sentence, mention).to_owned(),
        span: Some(reader.mentions[mention].span(&reader.parsed)),
    };
    let holder = match proposal.holder {
        Holder::Mention(mention) => party(mention),
        Holder::Author => Party { name: "author".to_owned(), span: None },
        Holder::Unnamed => {
            let name = reader.voices.carried.map(|(s, m)| reading.linked.name(s, m).to_owned());
            Party { name: name.unwrap_or_else(|| "unnamed speaker".to_owned()), span: None }
        }
    };
    Stance {
        holder,
        target: party(proposal.target),
        polarity: proposal.polarity,
        basis: proposal.basis,
        cue: cue_span(reader, proposal.cue),
        confidence: Score::new(f64::from(confidence)),
    }
}

/// The cue's main word with the particle or preposition that belongs to it.
fn cue_span(reader: &Reader, cue: usize) -> ByteSpan {
    reader.parsed.tokens[cue].span
}

/// The stance a sentence conveys toward a given target (by that holder, if given, else by anyone): from the model's
/// reader of polarity, or, if it has none, from the best claims about that target.
pub fn toward(model: &Model, sentence: &str, target: ByteSpan, holder: Option<ByteSpan>) -> PolarityScores {
    if let Some(head) = model.polarity() {
        return head.score(sentence, Query::new(target, holder));
    }
    model
        .stance()
        .map_or(PolarityScores::NEUTRAL, |weights| toward_by_claims(weights, sentence, target, holder))
}

fn toward_by_claims(
    weights: &Weights,
    sentence: &str,
    target: ByteSpan,
    holder: Option<ByteSpan>,
) -> PolarityScores {
    let text = Text::plain(sentence);
    let whole = [Sentence { span: ByteSpan::new(0, sentence.len()), paragraph: 0 }];
    let reading = Reading::new(&weights.grammar, &text, &whole, &[Kind::Body]);
    let reader = &reading.sentences[0];
    let hits = |mention: usize, span: ByteSpan| {
        let m = &reader.mentions[mention];
        reader.parsed.tokens[m.head].span.overlaps(&span) || m.span(&reader.parsed).overlaps(&span)
    };
    // Of several claims for (or against), the best one speaks.
    let mut best = [0.0f32; 2];
    for proposal in propose::propose(weights, reader) {
        let fits = holder.is_none_or(|span| matches!(proposal.holder, Holder::Mention(m) if hits(m, span)));
        if fits && hits(proposal.target, target) {
            let slot = &mut best[usize::from(proposal.polarity == Polarity::Oppose)];
            *slot = slot.max(proposal.confidence(&weights.calibration));
        }
    }
    let [support, oppose] = best.map(f64::from);
    let total = (support + oppose).max(1.0);
    let (support, oppose) = (Score::new(support / total).get(), Score::new(oppose / total).get());
    PolarityScores { support, oppose, neutral: Score::new(1.0 - support - oppose).get() }
}
