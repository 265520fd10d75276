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
use crate::entities::Class;
use crate::kinds::Kind;
use crate::model::Model;
use crate::offsets::{ByteSpan, Bytes};
use crate::options::Options;
use crate::sentences::Sentence;
use crate::syntax::Tag;
use crate::text::Text;

/// What is claimed about one sentence, and what is not.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Found {
    /// Every claim at or above its threshold, in reading order of their cues.
    pub claims: Vec<Stance<Bytes>>,
    /// Confidence of the likeliest proposal, claimed or not, 0 to 1: how wrong it may be to call the sentence neutral.
    pub likeliest: f32,
}

/// Reads every sentence, in order. In `meta` sentences nothing is found.
pub fn detect(
    model: &Model,
    text: &Text<'_>,
    sentences: &[Sentence],
    kinds: &[Kind],
    options: &Options,
) -> Vec<Found> {
    let Some(weights) = model.stance() else { return vec![Found::default(); sentences.len()] };
    let reading = Reading::new(&weights.grammar, text, sentences, kinds);
    (0..sentences.len())
        .map(|sentence| {
            let proposals = propose::propose(weights, &reading.sentences[sentence]);
            let sensible = proposals.iter().filter(|proposal| makes_sense(&reading, sentence, proposal));
            Found {
                claims: select(weights, &reading, sentence, &proposals, options),
                likeliest: sensible.map(|p| p.confidence(&weights.calibration)).fold(0.0, f32::max),
            }
        })
        .collect()
}

/// Claims about a target the host asked for need this share of the usual confidence.
const WANTED: f32 = 0.7;

/// Deeds of what is neither a person nor a body (storms, cranes) need this many times the usual confidence.
const LIFELESS: f32 = 1.5;

/// The proposals sure enough to be claimed, the best of those that say the same.
pub fn select(
    weights: &Weights,
    reading: &Reading<'_>,
    sentence: usize,
    proposals: &[Proposal],
    options: &Options,
) -> Vec<Stance<Bytes>> {
    let reader = &reading.sentences[sentence];
    let wanted = |mention: usize| {
        let name = reading.linked.name(sentence, mention);
        options.targets.iter().any(|target| {
            !target.is_empty()
                && (name.eq_ignore_ascii_case(target)
                    || name.split(' ').any(|word| word.eq_ignore_ascii_case(target)))
        })
    };
    let least = |proposal: &Proposal| {
        let [says, does, author] = weights.thresholds;
        let threshold = match proposal.basis {
            Basis::Says => says,
            Basis::Does => does,
            Basis::Author => author,
        };
        let ease = if wanted(proposal.target) { WANTED } else { 1.0 };
        let lifeless = matches!(proposal.holder, Holder::Mention(m) if reader.class(m) == Class::Thing);
        let doubt = if lifeless && proposal.basis == Basis::Does { LIFELESS } else { 1.0 };
        options.min_confidence.unwrap_or(f64::from(threshold * ease * doubt))
    };
    let sensible = proposals.iter().copied().filter(|proposal| makes_sense(reading, sentence, proposal));
    let own: Vec<(f32, Proposal)> = sensible.map(|p| (p.confidence(&weights.calibration), p)).collect();
    let mut weighed: Vec<(f32, Proposal)> = (0..own.len())
        .map(|at| (joined(reading, sentence, &own, at), own[at].1))
        .filter(|(confidence, proposal)| f64::from(*confidence) >= least(proposal))
        .collect();
    // Best first; of equals, the first in the sentence.
    weighed.sort_by(|(a, p), (b, q)| b.total_cmp(a).then(p.cue.cmp(&q.cue)).then(p.target.cmp(&q.target)));
    let mut kept: Vec<(f32, Proposal)> = Vec::new();
    for (confidence, proposal) in weighed {
        if kept.iter().all(|(_, other)| !clashes(reading, sentence, &proposal, other)) {
            kept.push((confidence, proposal));
        }
    }
    for at in 0..kept.len() {
        coordinates(reading, sentence, at, &mut kept);
    }
    kept.sort_by_key(|(_, p)| (p.cue, p.target, p.polarity as u8));
    kept.iter().map(|(confidence, proposal)| stance(reading, sentence, proposal, *confidence)).collect()
}

/// A claim's confidence, raised by other cues of the sentence that say the same, each counting [`ECHO`].
fn joined(reading: &Reading<'_>, sentence: usize, all: &[(f32, Proposal)], at: usize) -> f32 {
    let (own, proposal) = &all[at];
    let mut doubt = 1.0 - own;
    let mut heard = vec![proposal.cue];
    for (other, echo) in all {
        let says_the_same = echo.polarity == proposal.polarity
            && same_holder(reading, sentence, echo.holder, proposal.holder)
            && reading.linked.of[sentence][echo.target] == reading.linked.of[sentence][proposal.target];
        if says_the_same && !heard.contains(&echo.cue) {
            heard.push(echo.cue);
            doubt *= 1.0 - ECHO * other;
        }
    }
    1.0 - doubt
}

/// How much a second cue for the same claim counts.
const ECHO: f32 = 0.5;

/// What is said of one is said of all that are named with it: `condemned Kim and Park`, `Kim and Park condemned`.
fn coordinates(reading: &Reading<'_>, sentence: usize, at: usize, kept: &mut Vec<(f32, Proposal)>) {
    let (confidence, proposal) = kept[at];
    let reader = &reading.sentences[sentence];
    let add = |new: Proposal, kept: &mut Vec<(f32, Proposal)>| {
        let old = kept.iter().any(|(_, p)| {
            p.polarity == new.polarity
                && p.target == new.target
                && same_holder(reading, sentence, p.holder, new.holder)
        });
        if !old && makes_sense(reading, sentence, &new) {
            kept.push((confidence, new));
        }
    };
    for target in reader.named_with(proposal.target) {
        if proposal.holder != Holder::Mention(target) {
            add(Proposal { target, ..proposal }, kept);
        }
    }
    if let Holder::Mention(holder) = proposal.holder {
        for other in reader.named_with(holder).into_iter().filter(|other| *other != proposal.target) {
            add(Proposal { holder: Holder::Mention(other), ..proposal }, kept);
        }
    }
}

fn same_holder(reading: &Reading<'_>, sentence: usize, a: Holder, b: Holder) -> bool {
    let of = &reading.linked.of[sentence];
    match (a, b) {
        (Holder::Mention(a), Holder::Mention(b)) => of[a] == of[b],
        (a, b) => a == b,
    }
}

/// Nobody is for or against himself, and an act whose agent is not named anywhere is nobody's.
fn makes_sense(reading: &Reading<'_>, sentence: usize, proposal: &Proposal) -> bool {
    let (reader, of) = (&reading.sentences[sentence], &reading.linked.of[sentence]);
    match proposal.holder {
        Holder::Mention(holder) => {
            of[holder] != of[proposal.target] && !reader.named_with(holder).contains(&proposal.target)
        }
        Holder::Unnamed => reader.voices.quoted[proposal.cue],
        Holder::Author => true,
    }
}

/// Whether a better claim makes this one needless: the same target once more by the same
/// holder, or the same cue read another way.
fn clashes(reading: &Reading<'_>, sentence: usize, proposal: &Proposal, better: &Proposal) -> bool {
    let reader = &reading.sentences[sentence];
    let of = &reading.linked.of[sentence];
    let (a, b) = (&reader.mentions[proposal.target], &reader.mentions[better.target]);
    let same_target = of[proposal.target] == of[better.target] || a.contains(b.head) || b.contains(a.head);
    if proposal.cue == better.cue {
        return true;
    }
    let same_holder = same_holder(reading, sentence, proposal.holder, better.holder);
    same_target && same_holder
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

/// The cue's main word, with a `not` right before it and the particle or preposition that hangs on it right after.
fn cue_span(reader: &Reader, cue: usize) -> ByteSpan {
    let p = &reader.parsed;
    let belongs = |token: usize| p.tree.head(token) == Some(cue);
    let first = if cue > 0 && p.tag(cue - 1) == Tag::Not && belongs(cue - 1) { cue - 1 } else { cue };
    let next = p.tree.tags.get(cue + 1);
    let last = if matches!(next, Some(Tag::Particle | Tag::Preposition)) && belongs(cue + 1) {
        cue + 1
    } else {
        cue
    };
    ByteSpan::new(p.tokens[first].span.start, p.tokens[last].span.end)
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
