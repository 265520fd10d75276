//! The second reading: what the encoder says of each target it has looked at, weighed with what the small models proposed.
//! `training/claims.py` does the same, and learns the weights.
//!
//! | tensor | type, shape | contents |
//! |---|---|---|
//! | `stance/holder` | f32 \[NUMBERS\] | what speaks for a holder (`whose.rs`) |
//! | `stance/confidence` | f32 \[FEATURES\] | log-odds that a claim is right, by the numbers of `evidence` |
//! | `stance/least` | f32 \[3\] | least confidence of a claim that says, does, or is the author's |
//! | `stance/look` | f32 \[2\] | log-odds of a target, and small models' confidence in one, from which it is looked at |
//! | `stance/propose` | f32 \[width\] | log-odds that somebody is for or against a noun group, from its mean vector below the marks |

use super::look::Looked;
use super::opinion::{peak, run, Opinion};
use super::polarity::PolarityScores;
use super::propose::Proposal;
use super::reading::{Reader, Reading};
use super::whose::NUMBERS;
use super::{Claim, Holder};
use crate::annotation::{Basis, Polarity};
use crate::encoder;
use crate::error::Error;
use crate::kinds::Kind;
use crate::model::Container;
use crate::offsets::ByteSpan;
use crate::syntax::Tag;
use std::ops::Range;

/// Numbers a claim's confidence rests on.
const FEATURES: usize = 11;

// `training/claims.py` has the same numbers.

/// A polarity less likely than this is no candidate.
const LEAST_POLARITY: f64 = 0.08;

/// Pieces at least so likely, beside the likeliest, belong to the words that show a stance, so many at most: by their overlap
/// with the gold cues of the documents held back from training. How clearly they show it, fewer tell.
const SHOWN: (f32, usize) = (0.07, 12);
const CLEAR: (f32, usize) = (0.35, 10);

/// How much the small models' confidence in a cue counts beside the encoder's probability of its words: compared with 0, 0.5,
/// 1, 2, 4 and 6 on the documents held back and on gold dev.
const SECONDED_CUE: f32 = 3.0;

/// What weighs the two readings.
#[derive(Debug)]
pub struct Weighing {
    holder: Vec<f32>,
    confidence: Vec<f32>,
    /// Least confidence of a claim that says, does, or is the author's.
    pub least: [f32; 3],
    pub(super) look: [f32; 2],
    pub(super) propose: Option<(Vec<f32>, f32)>,
}

impl Weighing {
    /// Reads the tensors; `None` if the model has none.
    pub(super) fn new(model: &Container, width: usize) -> Result<Option<Self>, Error> {
        if !model.has("stance/confidence") {
            return Ok(None);
        }
        let least = encoder::floats(model, "stance/least", &[3])?;
        let look = encoder::floats(model, "stance/look", &[2])?;
        let propose = if model.has("stance/propose") {
            let bias = encoder::floats(model, "stance/propose.bias", &[1])?[0];
            Some((encoder::floats(model, "stance/propose", &[width])?, bias))
        } else {
            None
        };
        Ok(Some(Weighing {
            holder: encoder::floats(model, "stance/holder", &[NUMBERS])?,
            confidence: encoder::floats(model, "stance/confidence", &[FEATURES])?,
            least: [least[0], least[1], least[2]],
            look: [look[0], look[1]],
            propose,
        }))
    }
}

/// The claims that the encoder's opinions on a sentence's targets amount to, before thresholds.
pub(super) fn candidates(
    weighing: &Weighing,
    reading: &Reading<'_>,
    sentence: usize,
    start: usize,
    proposed: &[(f32, Proposal)],
    looked: &Looked,
) -> Vec<Claim> {
    let mut out = Vec::new();
    for (target, odds, opinion) in &looked.opinions {
        let pieces = looked.pieces.get(opinion.first..).unwrap_or_default();
        let of = &reading.linked.of[sentence];
        let small = proposed.iter().filter(|(_, p)| of[p.target] == of[*target]).copied().collect();
        let here = Place { reading, sentence, start, pieces, opinion, target: *target, small, proposed };
        let clear = here.clear();
        for polarity in [Polarity::Oppose, Polarity::Support] {
            if here.likely(polarity) < LEAST_POLARITY {
                continue;
            }
            let (cue, main) = here.cue(polarity, clear);
            let (holder, sure) = here.holder(&weighing.holder, polarity, main);
            let numbers = here.evidence(polarity, (holder, sure), *odds, clear);
            let sum = numbers.iter().zip(&weighing.confidence).fold(0.0, |sum, (x, w)| sum + x * w);
            let basis = match holder {
                Holder::Author => Basis::Author,
                _ if opinion.said > 0.0 => Basis::Says,
                _ => Basis::Does,
            };
            let confidence = 1.0 / (1.0 + libm::expf(-sum));
            out.push(Claim { target: *target, holder, polarity, basis, cue, confidence });
        }
    }
    out
}

/// One target in its sentence, with all that is said of it.
pub(super) struct Place<'r, 't> {
    pub(super) reading: &'r Reading<'t>,
    pub(super) sentence: usize,
    /// Where the sentence starts in the article.
    start: usize,
    /// The word pieces that the opinion is about, from the sentence's start.
    pieces: &'r [ByteSpan],
    pub(super) opinion: &'r Opinion,
    pub(super) target: usize,
    /// What the small models propose about the target, by whatever name, each with its confidence.
    small: Vec<(f32, Proposal)>,
    /// What they propose about the sentence.
    pub(super) proposed: &'r [(f32, Proposal)],
}

impl Place<'_, '_> {
    pub(super) fn reader(&self) -> &Reader {
        &self.reading.sentences[self.sentence]
    }

    pub(super) fn span(&self, mention: usize) -> ByteSpan {
        let reader = self.reader();
        reader.mentions[mention].span(&reader.parsed)
    }

    /// Article positions of some of the pieces.
    fn words(&self, range: Range<usize>) -> ByteSpan {
        let (a, b) = (self.pieces[range.start], self.pieces[range.end - 1]);
        ByteSpan::new(self.start + a.start, self.start + b.end)
    }

    /// How much of a distribution over the pieces lies within a span of the article.
    pub(super) fn share(&self, p: &[f32], span: ByteSpan) -> f32 {
        let inside =
            |piece: &ByteSpan| self.start + piece.start < span.end && self.start + piece.end > span.start;
        p.iter().zip(self.pieces).filter(|(_, piece)| inside(piece)).map(|(p, _)| *p).sum()
    }

    /// How likely the encoder finds a polarity toward the target.
    fn likely(&self, polarity: Polarity) -> f64 {
        let PolarityScores { support, oppose, .. } = self.opinion.scores;
        match polarity {
            Polarity::Support => support,
            Polarity::Oppose => oppose,
        }
    }

    /// The small models' proposals of a polarity.
    pub(super) fn seconding(&self, polarity: Polarity) -> impl Iterator<Item = &(f32, Proposal)> {
        self.small.iter().filter(move |(_, p)| p.polarity == polarity)
    }

    /// How clearly the encoder points at words that show a stance.
    fn clear(&self) -> f32 {
        let p = &self.opinion.cue;
        p[run(p, peak(p), CLEAR)].iter().sum()
    }

    /// The words that show the stance, whole and without loose ends: round the one that the encoder points at, or round the
    /// small models' cue for the same claim, where that is worth more; and that main word.
    fn cue(&self, polarity: Polarity, clear: f32) -> (ByteSpan, ByteSpan) {
        let p = &self.opinion.cue;
        let parsed = &self.reader().parsed;
        let mut best = (clear, peak(p), None);
        for (sure, proposal) in self.seconding(polarity) {
            let word = parsed.tokens[proposal.cue].span;
            let worth = self.share(p, word) + SECONDED_CUE * sure;
            if worth > best.0 {
                let inside = (0..p.len()).filter(|&at| self.words(at..at + 1).overlaps(&word));
                let Some(main) = inside.reduce(|a, b| if p[b] > p[a] { b } else { a }) else { continue };
                best = (worth, main, Some(word));
            }
        }
        let (_, main, word) = best;
        let words = self.words(run(p, main, SHOWN));
        let main = word.unwrap_or_else(|| self.words(main..main + 1));
        (self.trimmed(words, main), main)
    }

    /// A cue round its main word, in whole words, without the loose ones at its ends.
    fn trimmed(&self, words: ByteSpan, main: ByteSpan) -> ByteSpan {
        let parsed = &self.reader().parsed;
        let inside = |span: ByteSpan| {
            let first = parsed.tokens.partition_point(|t| t.span.end <= span.start);
            let end = parsed.tokens.partition_point(|t| t.span.start < span.end);
            first..end
        };
        let (mut tokens, main) = (inside(words), inside(main));
        if tokens.is_empty() || main.is_empty() {
            return words;
        }
        // The main word stays, whatever it is.
        tokens = tokens.start.min(main.start)..tokens.end.max(main.end);
        let carries = |token: usize| main.contains(&token) || is_telling(parsed.tag(token));
        while !carries(tokens.start) || tokens.len() > LONGEST_CUE && tokens.start < main.start {
            tokens.start += 1;
        }
        while !(carries(tokens.end - 1) || leads_on(parsed.tag(tokens.end - 1)) && tokens.len() > 1)
            || tokens.len() > LONGEST_CUE
        {
            tokens.end -= 1;
        }
        ByteSpan::new(parsed.tokens[tokens.start].span.start, parsed.tokens[tokens.end - 1].span.end)
    }

    /// What a claim's confidence rests on: 1; log-odds of the polarity; log-probability of the holder; log-odds of the
    /// target; the small models' log-odds of the same claim, of the same polarity toward the target, of the other one;
    /// whether the holder is unnamed, or the narrator; whether it is a heading or caption; log-probability of the cue.
    fn evidence(
        &self,
        polarity: Polarity,
        (holder, sure): (Holder, f32),
        odds: f32,
        clear: f32,
    ) -> [f32; FEATURES] {
        let same_holder = |p: &Proposal| super::same_holder(self.reading, self.sentence, p.holder, holder);
        let other = match polarity {
            Polarity::Support => Polarity::Oppose,
            Polarity::Oppose => Polarity::Support,
        };
        let log_odds = |p: f32| libm::logf((p + 0.02) / (1.02 - p));
        let agreed = self.seconding(polarity).filter(|(_, p)| same_holder(p)).map(|(sure, _)| *sure);
        let most = |polarity| self.seconding(polarity).map(|(sure, _)| *sure).fold(0.0, f32::max);
        let p = self.likely(polarity);
        let flag = |yes: bool| f32::from(u8::from(yes));
        [
            1.0,
            libm::log(p / (1.0 - p + 1e-6)) as f32,
            libm::logf(sure + 1e-3),
            odds,
            log_odds(agreed.fold(0.0, f32::max)),
            log_odds(most(polarity)),
            log_odds(most(other)),
            flag(holder == Holder::Unnamed),
            flag(holder == Holder::Author),
            flag(self.reader().kind != Kind::Body),
            libm::logf(clear + 1e-3),
        ]
    }
}

/// Words of a cue at most, as the codebook has it.
const LONGEST_CUE: usize = 6;

/// Whether a cue may begin or end with such a word.
fn is_telling(tag: Tag) -> bool {
    tag.is_content() || matches!(tag, Tag::Not | Tag::Modal | Tag::Auxiliary | Tag::Particle)
}

/// Whether a cue may end with such a word: `warned of`, `calls for`.
fn leads_on(tag: Tag) -> bool {
    matches!(tag, Tag::Preposition | Tag::To)
}
