//! The second reading: what the encoder says of each target it has looked at, weighed with what the small models proposed.
//! `training/claims.py` does the same, and learns the weights.
//!
//! | tensor | type, shape | contents |
//! |---|---|---|
//! | `stance/confidence` | f32 \[FEATURES\] | log-odds that a claim is right, by the numbers of `evidence` |
//! | `stance/least` | f32 \[3\] | least confidence of a claim that says, does, or is the author's |
//! | `stance/look` | f32 \[2\] | log-odds of a target, and small models' confidence in one, from which it is looked at |
//! | `stance/propose` | f32 \[width\] | log-odds that somebody is for or against a noun group, from its mean vector below the marks |

use super::look::Looked;
use super::opinion::{peak, run, Opinion};
use super::polarity::PolarityScores;
use super::propose::Proposal;
use super::reading::{Reader, Reading};
use super::{Claim, Holder};
use crate::annotation::{Basis, Polarity};
use crate::encoder;
use crate::entities::Class;
use crate::error::Error;
use crate::kinds::Kind;
use crate::model::Container;
use crate::offsets::ByteSpan;
use crate::syntax::Tag;
use std::ops::Range;

/// Numbers a claim's confidence rests on.
const FEATURES: usize = 11;

// The numbers from here to `SECONDED` were set by hand and not tuned; `training/claims.py` has the same.

/// A polarity less likely than this is no candidate.
const LEAST_POLARITY: f64 = 0.08;

/// Pieces at least so likely, beside the likeliest, belong to the holder's name; so many at most.
const NAME: (f32, usize) = (0.25, 12);

/// The same for the words that show a stance.
const SHOWN: (f32, usize) = (0.35, 10);

/// How much the small models' choice of a holder counts beside the encoder's: of 0, 0.3, 0.6, 1 and 2 the best on the
/// documents held back from training.
const SECONDED: f32 = 1.0;

/// It counts in full from the third part of certainty on: their confidence times this, 1 at most.
const CERTAIN: f32 = 3.0;

/// How much their confidence in a cue counts beside the encoder's probability of its words: compared with 0, 0.5, 1 and 4 on
/// the documents held back and on gold dev.
const SECONDED_CUE: f32 = 2.0;

/// What weighs the two readings.
#[derive(Debug)]
pub struct Weighing {
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
    small: &[(f32, Proposal)],
    looked: &Looked,
) -> Vec<Claim> {
    let mut out = Vec::new();
    for (target, odds, opinion) in &looked.opinions {
        let pieces = looked.pieces.get(opinion.first..).unwrap_or_default();
        let of = &reading.linked.of[sentence];
        let small = small.iter().filter(|(_, p)| of[p.target] == of[*target]).copied().collect();
        let here = Place { reading, sentence, start, pieces, opinion, target: *target, small };
        let (shown, clear) = here.cue();
        for polarity in [Polarity::Oppose, Polarity::Support] {
            if here.likely(polarity) < LEAST_POLARITY {
                continue;
            }
            let Some((holder, sure)) = here.holder(polarity) else { continue };
            let cue = here.seconded_cue(polarity, clear).unwrap_or(shown);
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
struct Place<'r, 't> {
    reading: &'r Reading<'t>,
    sentence: usize,
    /// Where the sentence starts in the article.
    start: usize,
    /// The word pieces that the opinion is about, from the sentence's start.
    pieces: &'r [ByteSpan],
    opinion: &'r Opinion,
    target: usize,
    /// What the small models propose about the target, by whatever name, each with its confidence.
    small: Vec<(f32, Proposal)>,
}

impl Place<'_, '_> {
    fn reader(&self) -> &Reader {
        &self.reading.sentences[self.sentence]
    }

    fn span(&self, mention: usize) -> ByteSpan {
        let reader = self.reader();
        reader.mentions[mention].span(&reader.parsed)
    }

    /// Article positions of some of the pieces.
    fn words(&self, range: Range<usize>) -> ByteSpan {
        let (a, b) = (self.pieces[range.start], self.pieces[range.end - 1]);
        ByteSpan::new(self.start + a.start, self.start + b.end)
    }

    /// How much of a distribution over the pieces lies within a span of the article.
    fn share(&self, p: &[f32], span: ByteSpan) -> f32 {
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
    fn seconding(&self, polarity: Polarity) -> impl Iterator<Item = &(f32, Proposal)> {
        self.small.iter().filter(move |(_, p)| p.polarity == polarity)
    }

    /// The likeliest holder that is not the target itself, and how likely the encoder finds it; the small models have
    /// a say.
    fn holder(&self, polarity: Polarity) -> Option<(Holder, f32)> {
        let share = |holder: Holder| match holder {
            Holder::Author => self.opinion.author,
            Holder::Unnamed => self.opinion.unnamed,
            Holder::Mention(mention) => self.share(&self.opinion.whose, self.span(mention)),
        };
        let mut choices: Vec<(Holder, f32)> =
            self.pointed().into_iter().map(|holder| (holder, 0.0)).collect();
        for (sure, p) in self.seconding(polarity) {
            let weight = SECONDED * libm::expf(p.steps[2]) * (CERTAIN * sure).min(1.0);
            match choices.iter_mut().find(|(holder, _)| *holder == p.holder) {
                Some((_, old)) => *old = old.max(weight),
                None if self.fits(p.holder) => choices.push((p.holder, weight)),
                None => {}
            }
        }
        let mut best: Option<(f32, Holder)> = None;
        for (holder, weight) in choices {
            let worth = share(holder) + weight;
            if best.is_none_or(|(most, _)| worth > most) {
                best = Some((worth, holder));
            }
        }
        best.map(|(_, holder)| (holder, share(holder)))
    }

    /// Whether it could be this one's stance toward the target.
    fn fits(&self, holder: Holder) -> bool {
        match holder {
            Holder::Mention(mention) => {
                self.reader().class(mention) != Class::Time
                    && super::distinct(self.reading, self.sentence, mention, self.target)
            }
            Holder::Author | Holder::Unnamed => true,
        }
    }

    /// Whom the encoder points at.
    fn pointed(&self) -> Option<Holder> {
        let Opinion { author, unnamed, .. } = *self.opinion;
        let mut whose = self.opinion.whose.clone();
        for _ in 0..3 {
            let best = peak(&whose);
            let likeliest = whose.get(best).copied().unwrap_or(0.0);
            if author > likeliest && author >= unnamed {
                return Some(Holder::Author);
            }
            if unnamed > likeliest {
                return Some(Holder::Unnamed);
            }
            let range = run(&whose, best, NAME);
            let words = self.words(range.clone());
            let mut found: Option<(usize, f64)> = None;
            for mention in 0..self.reader().mentions.len() {
                let share = overlap(self.span(mention), words);
                if share > found.map_or(0.0, |(_, best)| best) {
                    found = Some((mention, share));
                }
            }
            match found.map(|(mention, _)| Holder::Mention(mention)) {
                Some(holder) if self.fits(holder) => return Some(holder),
                _ => whose[range].fill(0.0),
            }
        }
        None
    }

    /// The words that show the stance, whole and without loose ends, and how clearly they stand out.
    fn cue(&self) -> (ByteSpan, f32) {
        let best = peak(&self.opinion.cue);
        let range = run(&self.opinion.cue, best, SHOWN);
        let clear = self.opinion.cue[range.clone()].iter().sum();
        let (words, main) = (self.words(range), self.words(best..best + 1));
        let parsed = &self.reader().parsed;
        let inside = |span: ByteSpan| {
            let first = parsed.tokens.partition_point(|t| t.span.end <= span.start);
            let end = parsed.tokens.partition_point(|t| t.span.start < span.end);
            first..end
        };
        let (mut tokens, main) = (inside(words), inside(main));
        if tokens.is_empty() || main.is_empty() {
            return (words, clear);
        }
        // The main word stays, whatever it is.
        let carries = |token: usize| main.contains(&token) || is_telling(parsed.tag(token));
        while !carries(tokens.start) || tokens.len() > LONGEST_CUE && tokens.start < main.start {
            tokens.start += 1;
        }
        while !(carries(tokens.end - 1) || leads_on(parsed.tag(tokens.end - 1)) && tokens.len() > 1)
            || tokens.len() > LONGEST_CUE
        {
            tokens.end -= 1;
        }
        let span =
            ByteSpan::new(parsed.tokens[tokens.start].span.start, parsed.tokens[tokens.end - 1].span.end);
        (span, clear)
    }

    /// The small models' cue for the same claim, where it is worth more than what the encoder points at so clearly.
    fn seconded_cue(&self, polarity: Polarity, clear: f32) -> Option<ByteSpan> {
        let reader = self.reader();
        let mut best = (clear, None);
        for (sure, p) in self.seconding(polarity) {
            let word = reader.parsed.tokens[p.cue].span;
            let worth = self.share(&self.opinion.cue, word) + SECONDED_CUE * sure;
            if worth > best.0 {
                best = (worth, Some(super::cue_span(reader, p.cue)));
            }
        }
        best.1
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

/// Common part of two spans as a share of what they cover together.
fn overlap(a: ByteSpan, b: ByteSpan) -> f64 {
    let common = a.end.min(b.end).saturating_sub(a.start.max(b.start));
    common as f64 / (a.end.max(b.end) - a.start.min(b.start)).max(1) as f64
}
