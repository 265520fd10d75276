//! Who is for or against whom in a sentence, and the words that show it.

pub mod features;
mod look;
mod opinion;
pub mod paths;
mod polarity;
pub mod propose;
mod reading;
mod second;
mod trace;
mod weights;
mod whose;

pub use features::Holder;
pub use look::Looked;
pub(crate) use look::{look, Known};
pub use opinion::Opinion;
pub use polarity::{PolarityHead, PolarityScores, Query, Question};
pub use propose::Proposal;
pub use reading::{read, Reader, Reading};
pub use second::Weighing;
pub use trace::trace;
pub use weights::{Weights, CUE_CLASSES};

use crate::annotation::{Basis, Party, Polarity, Score, Stance};
use crate::entities::Class;
use crate::kinds::Kind;
use crate::model::Model;
use crate::offsets::{ByteSpan, Bytes};
use crate::options::Options;
use crate::order;
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

/// A claim before thresholds.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Claim {
    /// Whom or what it is about (mention).
    pub target: usize,
    /// Whose stance it is.
    pub holder: Holder,
    /// For or against.
    pub polarity: Polarity,
    /// Says, does, or the author's.
    pub basis: Basis,
    /// The words that show it.
    pub cue: ByteSpan,
    /// Calibrated probability that it is right.
    pub confidence: f32,
}

/// What the small models propose in every sentence, each with its calibrated confidence.
pub type Proposed = Vec<Vec<(f32, Proposal)>>;

/// Reads a sentence with the small models.
pub fn propose(weights: &Weights, reader: &Reader) -> Vec<(f32, Proposal)> {
    let weigh = |p: Proposal| (p.confidence(&weights.calibration), p);
    propose::propose(weights, reader).into_iter().map(weigh).collect()
}

/// What is claimed about a sentence; nothing about a `meta` sentence, or where nothing was read.
pub(crate) fn find(
    model: &Model,
    sentences: &[Sentence],
    reading: &Reading<'_>,
    at: usize,
    proposed: &[(f32, Proposal)],
    looked: &Looked,
    options: &Options,
) -> Found {
    let Some(weights) = model.stance().filter(|_| !reading.sentences.is_empty()) else {
        return Found::default();
    };
    let weighing = model.polarity().and_then(PolarityHead::weighing);
    let least = weighing.map_or(weights.thresholds, |w| w.least);
    let claims = candidates(model, reading, at, sentences[at].span.start, proposed, looked);
    Found {
        likeliest: claims.iter().map(|c| c.confidence).fold(0.0, f32::max),
        claims: select(reading, at, claims, least, options),
    }
}

/// Everything that might be claimed about a sentence, with its confidence.
fn candidates(
    model: &Model,
    reading: &Reading<'_>,
    sentence: usize,
    start: usize,
    proposed: &[(f32, Proposal)],
    looked: &Looked,
) -> Vec<Claim> {
    let mut claims = match model.polarity().and_then(PolarityHead::weighing) {
        Some(weighing) => second::candidates(weighing, reading, sentence, start, proposed, looked),
        None => first_reading(reading, sentence, proposed),
    };
    claims.retain(|claim| makes_sense(reading, sentence, claim));
    claims
}

/// The small models' proposals as claims. A claim's confidence is raised by other cues of the sentence that say the
/// same, each counting [`ECHO`].
pub fn first_reading(reading: &Reading<'_>, sentence: usize, proposed: &[(f32, Proposal)]) -> Vec<Claim> {
    let reader = &reading.sentences[sentence];
    let claim = |(at, (_, p)): (usize, &(f32, Proposal))| Claim {
        target: p.target,
        holder: p.holder,
        polarity: p.polarity,
        basis: p.basis,
        cue: cue_span(reader, p.cue),
        confidence: joined(reading, sentence, proposed, at),
    };
    proposed.iter().enumerate().map(claim).collect()
}

/// Claims about a target the host asked for need this share of the usual confidence.
const WANTED: f32 = 0.7;

/// Deeds of what is neither a person nor a body (storms, cranes) need this many times the usual confidence.
const LIFELESS: f32 = 1.5;

/// Of claims that make sense ([`makes_sense`]), those sure enough, the best of those that say the same. The three numbers:
/// least confidence of what is said, done, the author's.
pub fn select(
    reading: &Reading<'_>,
    sentence: usize,
    mut claims: Vec<Claim>,
    [says, does, author]: [f32; 3],
    options: &Options,
) -> Vec<Stance<Bytes>> {
    let reader = &reading.sentences[sentence];
    let least = |claim: &Claim| {
        let threshold = match claim.basis {
            Basis::Says => says,
            Basis::Does => does,
            Basis::Author => author,
        };
        let ease = if wanted(reading, sentence, claim.target, options) { WANTED } else { 1.0 };
        let lifeless = matches!(claim.holder, Holder::Mention(m) if reader.class(m) == Class::Thing);
        let doubt = if lifeless && claim.basis == Basis::Does { LIFELESS } else { 1.0 };
        options.min_confidence.unwrap_or(f64::from(threshold * ease * doubt))
    };
    claims.retain(|claim| f64::from(claim.confidence) >= least(claim));
    // Best first; of equals, the first in the sentence.
    let place = |claim: &Claim| (claim.cue.start, claim.cue.end, claim.target, claim.polarity as u8);
    order::sort_by(&mut claims, |a, b| b.confidence.total_cmp(&a.confidence).then(place(a).cmp(&place(b))));
    let mut kept: Vec<Claim> = Vec::new();
    for claim in claims {
        if kept.iter().all(|better| !clashes(reading, sentence, &claim, better)) {
            kept.push(claim);
        }
    }
    for at in 0..kept.len() {
        coordinates(reading, sentence, at, &mut kept);
    }
    order::sort_by_key(&mut kept, place);
    kept.iter().map(|claim| stance(reading, sentence, claim)).collect()
}

/// Whether the host asked for claims about this mention: by its name, or by words of it that follow each other.
fn wanted(reading: &Reading<'_>, sentence: usize, mention: usize, options: &Options) -> bool {
    let name: Vec<&str> = reading.linked.name(sentence, mention).split_whitespace().collect();
    options.targets.iter().any(|target| {
        let asked: Vec<&str> = target.split_whitespace().collect();
        let here = |words: &[&str]| words.iter().zip(&asked).all(|(a, b)| a.eq_ignore_ascii_case(b));
        !asked.is_empty() && name.windows(asked.len()).any(here)
    })
}

/// A proposal's confidence, raised by its echoes.
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
fn coordinates(reading: &Reading<'_>, sentence: usize, at: usize, kept: &mut Vec<Claim>) {
    let claim = kept[at];
    let reader = &reading.sentences[sentence];
    let add = |new: Claim, kept: &mut Vec<Claim>| {
        if kept.iter().all(|k| !clashes(reading, sentence, &new, k)) && makes_sense(reading, sentence, &new) {
            kept.push(new);
        }
    };
    for target in reader.named_with(claim.target) {
        if claim.holder != Holder::Mention(target) {
            add(Claim { target, ..claim }, kept);
        }
    }
    if let Holder::Mention(holder) = claim.holder {
        for other in reader.named_with(holder).into_iter().filter(|other| *other != claim.target) {
            add(Claim { holder: Holder::Mention(other), ..claim }, kept);
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

/// Whether a mention means another than the target, and is not named together with it.
fn distinct(reading: &Reading<'_>, sentence: usize, holder: usize, target: usize) -> bool {
    let of = &reading.linked.of[sentence];
    of[holder] != of[target] && !reading.sentences[sentence].named_with(holder).contains(&target)
}

/// Whether a mention says that there is no such one: `nobody`, `no neighbour`, `neither side`.
fn is_nobody(reader: &Reader, mention: usize) -> bool {
    let m = &reader.mentions[mention];
    let word = |token: usize| reader.parsed.lower(token);
    matches!(word(m.head), "nobody" | "nothing" | "none" | "neither")
        || m.class == Class::People && matches!(word(m.first), "no" | "neither")
}

/// Nobody is for or against himself, what there is not is for or against nothing, and an act whose agent is not named
/// anywhere is nobody's.
pub fn makes_sense(reading: &Reading<'_>, sentence: usize, claim: &Claim) -> bool {
    let reader = &reading.sentences[sentence];
    if is_nobody(reader, claim.target) {
        return false;
    }
    match claim.holder {
        Holder::Mention(holder) => {
            !is_nobody(reader, holder) && distinct(reading, sentence, holder, claim.target)
        }
        Holder::Unnamed => {
            let tokens = reader.parsed.tokens.iter().zip(&reader.voices.quoted);
            tokens.filter(|(token, _)| token.span.overlaps(&claim.cue)).any(|(_, quoted)| *quoted)
        }
        Holder::Author => true,
    }
}

/// Whether a better claim makes this one needless: the same target once more by the same holder, or for a request by
/// somebody and for him, which is one stance.
fn clashes(reading: &Reading<'_>, sentence: usize, claim: &Claim, better: &Claim) -> bool {
    let reader = &reading.sentences[sentence];
    let of = &reading.linked.of[sentence];
    let (a, b) = (&reader.mentions[claim.target], &reader.mentions[better.target]);
    let inside = a.contains(b.head) || b.contains(a.head);
    let hangs =
        || reader.hangs_on(claim.target, better.target) || reader.hangs_on(better.target, claim.target);
    let same_target =
        of[claim.target] == of[better.target] || inside || claim.polarity == better.polarity && hangs();
    same_target && same_holder(reading, sentence, claim.holder, better.holder)
}

/// A claim in the result's shape.
pub fn stance(reading: &Reading<'_>, sentence: usize, claim: &Claim) -> Stance<Bytes> {
    let reader = &reading.sentences[sentence];
    let party = |mention: usize| Party {
        name: reading.linked.name(sentence, mention).to_owned(),
        span: Some(reader.mentions[mention].span(&reader.parsed)),
    };
    let holder = match claim.holder {
        Holder::Mention(mention) => party(mention),
        Holder::Author => Party { name: "author".to_owned(), span: None },
        Holder::Unnamed => {
            let name = reader.voices.carried.map(|(s, m)| reading.linked.name(s, m).to_owned());
            Party { name: name.unwrap_or_else(|| "unnamed speaker".to_owned()), span: None }
        }
    };
    Stance {
        holder,
        target: party(claim.target),
        polarity: claim.polarity,
        basis: claim.basis,
        cue: claim.cue,
        confidence: Score::new(f64::from(claim.confidence)),
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
