//! The second reading: the encoder looks at the targets that seem worth it, and what it says of each is weighed with what
//! the small models proposed. `training/claims.py` does the same, and learns the weights.
//!
//! | tensor | type, shape | contents |
//! |---|---|---|
//! | `stance/confidence` | f32 \[FEATURES\] | log-odds that a claim is right, by [`evidence`]'s numbers |
//! | `stance/least` | f32 \[3\] | least confidence of a claim that says, does, or is the author's |
//! | `stance/look` | f32 \[2\] | log-odds of a target, and small models' confidence in one, from which it is looked at |
//! | `stance/propose` | f32 \[width\] | log-odds that somebody is for or against a noun group, from its mean vector below the marks |

use super::opinion::{peak, run, Opinion};
use super::polarity::{PolarityHead, PolarityScores};
use super::propose::Proposal;
use super::reading::{Reader, Reading};
use super::Proposed;
use super::{Claim, Holder};
use crate::annotation::{Basis, Polarity};
use crate::encoder::{self, Piece, Window};
use crate::entities::Class;
use crate::error::Error;
use crate::model::Container;
use crate::offsets::ByteSpan;
use crate::options::Options;
use crate::order;
use crate::sentences::Sentence;
use crate::syntax::Tag;

/// Numbers a claim's confidence rests on.
const FEATURES: usize = 11;

/// Targets of one sentence that are looked at, at most.
const MOST: usize = 4;

/// A polarity less likely than this is no candidate.
const LEAST_POLARITY: f64 = 0.08;

/// How much the small models' choice of a holder counts beside the encoder's.
const SECONDED: f32 = 1.0;

/// How much their confidence in a cue counts beside the encoder's probability of its words.
const SECONDED_CUE: f32 = 2.0;

/// What weighs the two readings.
#[derive(Debug)]
pub struct Weighing {
    confidence: Vec<f32>,
    /// Least confidence of a claim that says, does, or is the author's.
    pub least: [f32; 3],
    look: [f32; 2],
    propose: Option<(Vec<f32>, f32)>,
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

/// What is known of an article before the encoder reads it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Known<'r, 't> {
    pub sentences: &'r [Sentence],
    pub reading: &'r Reading<'t>,
    pub proposed: &'r Proposed,
    pub options: &'r Options,
}

/// What the encoder says of a sentence's possible targets.
#[derive(Debug, Clone, Default)]
pub struct Looked {
    /// The sentence's word pieces, from its start.
    pieces: Vec<ByteSpan>,
    /// Each target looked at (a mention), the log-odds that somebody is for or against it, and the opinion on it.
    opinions: Vec<(usize, f32, Opinion)>,
}

impl Looked {
    /// Each target looked at (a mention), the log-odds that somebody is for or against it, and the opinion on it.
    pub fn opinions(&self) -> &[(usize, f32, Opinion)] {
        &self.opinions
    }
}

/// Looks at the targets of a group of sentences that seem worth it: (number of the sentence, what is seen).
/// `openings` and `below`: the window that begins each sentence and its vectors below the marks, where the encoder has such.
pub(crate) fn look(
    head: &PolarityHead,
    known: &Known<'_, '_>,
    group: &[(usize, Vec<Piece>)],
    openings: &[Window],
    below: &[f32],
) -> Vec<(usize, Looked)> {
    let Known { sentences, reading, proposed, options } = *known;
    let encoder = head.encoder();
    let mut rest = below;
    let (mut windows, mut underneath, mut places) = (Vec::new(), Vec::new(), Vec::new());
    let mut out: Vec<(usize, Looked)> = Vec::new();
    for (at, (number, pieces)) in group.iter().enumerate() {
        let rows = openings.get(at).map_or(0, |window| window.ids.len() * encoder.width());
        let (states, after) = rest.split_at(rows);
        rest = after;
        let Some(reader) = reading.sentences.get(*number) else { continue };
        let start = sentences[*number].span.start;
        let asked = |mention: usize| super::wanted(reading, *number, mention, options);
        let targets = targets(head, reader, start, &proposed[*number], pieces, states, asked);
        if targets.is_empty() {
            continue;
        }
        let span = |mention: usize| reader.mentions[mention].span(&reader.parsed);
        let here = |span: ByteSpan| ByteSpan::new(span.start - start, span.end - start);
        let pairs: Vec<_> = targets.iter().map(|&(mention, _)| (here(span(mention)), None)).collect();
        for (window, asked) in encoder.windows(pieces, &pairs) {
            match openings.get(at) {
                Some(opening) if opening.ids == window.ids => underneath.extend_from_slice(states),
                _ => underneath.extend(encoder.below(std::slice::from_ref(&window))),
            }
            places.extend(asked.iter().map(|&q| (out.len(), targets[q])));
            windows.push(window);
        }
        out.push((*number, Looked { pieces: pieces.iter().map(|p| p.span).collect(), opinions: Vec::new() }));
    }
    for ((at, (mention, odds)), opinion) in places.into_iter().zip(head.opinions(&windows, &underneath)) {
        out[at].1.opinions.push((mention, odds, opinion));
    }
    for (_, looked) in &mut out {
        order::sort_by_key(&mut looked.opinions, |(mention, ..)| *mention);
    }
    out
}

/// The mentions worth looking at, with the log-odds that somebody is for or against them; in reading order.
/// `states`: the vectors below the marks of the window that begins the sentence, empty if the encoder has none; `asked`:
/// whether the host wants to know about a mention, which then is looked at in any case.
fn targets(
    head: &PolarityHead,
    reader: &Reader,
    start: usize,
    small: &[(f32, Proposal)],
    pieces: &[Piece],
    states: &[f32],
    asked: impl Fn(usize) -> bool,
) -> Vec<(usize, f32)> {
    let Some(weighing) = head.weighing() else { return Vec::new() };
    let width = head.encoder().width();
    let frame = head.encoder().frame();
    let mut found: Vec<(f32, usize, f32)> = Vec::new();
    for (index, mention) in reader.mentions.iter().enumerate().filter(|(_, m)| m.class != Class::Time) {
        let sure = small.iter().filter(|(_, p)| p.target == index).map(|(c, _)| *c).fold(0.0, f32::max);
        let span = mention.span(&reader.parsed);
        let odds = weighing.propose.as_ref().map_or(0.0, |(weights, bias)| {
            let inside = encoder::touching(pieces, ByteSpan::new(span.start - start, span.end - start));
            let rows = states.chunks_exact(width).skip(frame + inside.start).take(inside.len());
            let mean = encoder::weighted_mean(rows.map(|row| (1.0, row)), width);
            mean.iter().zip(weights).fold(*bias, |sum, (x, w)| sum + x * w)
        });
        let deep = weighing.propose.is_some();
        let asked = asked(index);
        if asked || (deep && odds >= weighing.look[0]) || sure >= weighing.look[1] {
            let rank = match (asked, deep) {
                (true, _) => f32::MAX,
                (false, true) => odds,
                (false, false) => sure,
            };
            found.push((rank, index, odds));
        }
    }
    order::sort_by(&mut found, |a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    found.truncate(MOST);
    order::sort_by_key(&mut found, |(_, index, _)| *index);
    found.into_iter().map(|(_, index, odds)| (index, odds)).collect()
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
        let here = Place { reading, sentence, start, pieces: &looked.pieces };
        let (shown, clear) = here.cue(opinion);
        for polarity in [Polarity::Oppose, Polarity::Support] {
            if of(&opinion.scores, polarity) < LEAST_POLARITY {
                continue;
            }
            let Some((holder, sure)) = here.holder(opinion, *target, polarity, small) else { continue };
            let cue = here.seconded_cue(opinion, *target, polarity, small).unwrap_or(shown);
            let numbers = here.evidence(opinion, polarity, (holder, sure), (*target, *odds), clear, small);
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

fn of(scores: &PolarityScores, polarity: Polarity) -> f64 {
    match polarity {
        Polarity::Support => scores.support,
        Polarity::Oppose => scores.oppose,
    }
}

struct Place<'r, 't> {
    reading: &'r Reading<'t>,
    sentence: usize,
    start: usize,
    pieces: &'r [ByteSpan],
}

impl Place<'_, '_> {
    fn reader(&self) -> &Reader {
        &self.reading.sentences[self.sentence]
    }

    fn span(&self, mention: usize) -> ByteSpan {
        let reader = self.reader();
        reader.mentions[mention].span(&reader.parsed)
    }

    /// Article positions of some of the window's pieces.
    fn words(&self, first: usize, range: std::ops::Range<usize>) -> ByteSpan {
        let (a, b) = (self.pieces[first + range.start], self.pieces[first + range.end - 1]);
        ByteSpan::new(self.start + a.start, self.start + b.end)
    }

    /// The likeliest holder that is not the target itself, and how likely the encoder finds it; the small models have
    /// a say.
    fn holder(
        &self,
        opinion: &Opinion,
        target: usize,
        polarity: Polarity,
        small: &[(f32, Proposal)],
    ) -> Option<(Holder, f32)> {
        let of = &self.reading.linked.of[self.sentence];
        let share = |holder: Holder| match holder {
            Holder::Author => opinion.author,
            Holder::Unnamed => opinion.unnamed,
            Holder::Mention(mention) => self.share(&opinion.whose, opinion.first, self.span(mention)),
        };
        let found = self.pointed(opinion, target);
        let mut choices: Vec<(Holder, f32)> = found.into_iter().map(|holder| (holder, 0.0)).collect();
        for (sure, p) in small.iter().filter(|(_, p)| p.polarity == polarity && of[p.target] == of[target]) {
            let weight = SECONDED * libm::expf(p.steps[2]) * (3.0 * sure).min(1.0);
            match choices.iter_mut().find(|(holder, _)| *holder == p.holder) {
                Some((_, old)) => *old = old.max(weight),
                None if self.fits(p.holder, target) => choices.push((p.holder, weight)),
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

    fn fits(&self, holder: Holder, target: usize) -> bool {
        let (reader, of) = (self.reader(), &self.reading.linked.of[self.sentence]);
        match holder {
            Holder::Mention(mention) => {
                of[mention] != of[target]
                    && reader.class(mention) != Class::Time
                    && !reader.named_with(mention).contains(&target)
            }
            Holder::Author | Holder::Unnamed => true,
        }
    }

    /// Whom the encoder points at.
    fn pointed(&self, opinion: &Opinion, target: usize) -> Option<Holder> {
        let reader = self.reader();
        let mut whose = opinion.whose.clone();
        for _ in 0..3 {
            let best = peak(&whose);
            let likeliest = whose.get(best).copied().unwrap_or(0.0);
            if opinion.author > likeliest && opinion.author >= opinion.unnamed {
                return Some(Holder::Author);
            }
            if opinion.unnamed > likeliest {
                return Some(Holder::Unnamed);
            }
            let range = run(&whose, best, 0.25, 12);
            let words = self.words(opinion.first, range.clone());
            let mut found: Option<(usize, f64)> = None;
            for mention in 0..reader.mentions.len() {
                let share = overlap(self.span(mention), words);
                if share > found.map_or(0.0, |(_, best)| best) {
                    found = Some((mention, share));
                }
            }
            match found {
                Some((mention, _)) if self.fits(Holder::Mention(mention), target) => {
                    return Some(Holder::Mention(mention));
                }
                _ => whose[range].fill(0.0),
            }
        }
        None
    }

    /// The words that show the stance, whole and without loose ends, and how clearly they stand out.
    fn cue(&self, opinion: &Opinion) -> (ByteSpan, f32) {
        let best = peak(&opinion.cue);
        let range = run(&opinion.cue, best, 0.35, 10);
        let clear = opinion.cue[range.clone()].iter().sum();
        let words = self.words(opinion.first, range);
        let main = self.words(opinion.first, best..best + 1);
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

    /// The small models' cue for the same claim, where it is worth more than what the encoder points at.
    fn seconded_cue(
        &self,
        opinion: &Opinion,
        target: usize,
        polarity: Polarity,
        small: &[(f32, Proposal)],
    ) -> Option<ByteSpan> {
        let (reader, of) = (self.reader(), &self.reading.linked.of[self.sentence]);
        let pointed = run(&opinion.cue, peak(&opinion.cue), 0.35, 10);
        let mut best = (opinion.cue[pointed].iter().sum::<f32>(), None);
        for (sure, p) in small.iter().filter(|(_, p)| p.polarity == polarity && of[p.target] == of[target]) {
            let worth = self.share(&opinion.cue, opinion.first, reader.parsed.tokens[p.cue].span)
                + SECONDED_CUE * sure;
            if worth > best.0 {
                best = (worth, Some(super::cue_span(reader, p.cue)));
            }
        }
        best.1
    }

    /// How much of a distribution over a window's pieces lies within a span of the article.
    fn share(&self, p: &[f32], first: usize, span: ByteSpan) -> f32 {
        let inside = |(i, _): &(usize, &f32)| {
            let piece = self.pieces[first + i];
            self.start + piece.start < span.end && self.start + piece.end > span.start
        };
        p.iter().enumerate().filter(inside).map(|(_, p)| *p).sum()
    }

    /// What a claim's confidence rests on: 1; log-odds of the polarity; log-probability of the holder; log-odds of the
    /// target; the small models' log-odds of the same claim, of the same polarity toward the target, of the other one;
    /// whether the holder is unnamed, or the narrator; whether it is a heading or caption; log-probability of the cue.
    fn evidence(
        &self,
        opinion: &Opinion,
        polarity: Polarity,
        (holder, sure): (Holder, f32),
        (target, odds): (usize, f32),
        clear: f32,
        small: &[(f32, Proposal)],
    ) -> [f32; FEATURES] {
        let of_entity = &self.reading.linked.of[self.sentence];
        let about = |p: &&(f32, Proposal)| of_entity[p.1.target] == of_entity[target];
        let same_holder = |p: &&(f32, Proposal)| match (p.1.holder, holder) {
            (Holder::Mention(a), Holder::Mention(b)) => of_entity[a] == of_entity[b],
            (a, b) => a == b,
        };
        let most = |found: &mut dyn Iterator<Item = &(f32, Proposal)>| found.map(|p| p.0).fold(0.0, f32::max);
        let log_odds = |p: f32| libm::logf((p + 0.02) / (1.02 - p));
        let agreed =
            most(&mut small.iter().filter(about).filter(|p| p.1.polarity == polarity).filter(same_holder));
        let agreed_target = most(&mut small.iter().filter(about).filter(|p| p.1.polarity == polarity));
        let denied = most(&mut small.iter().filter(about).filter(|p| p.1.polarity != polarity));
        let p = of(&opinion.scores, polarity);
        let flag = |yes: bool| f32::from(u8::from(yes));
        [
            1.0,
            libm::log(p / (1.0 - p + 1e-6)) as f32,
            libm::logf(sure + 1e-3),
            odds,
            log_odds(agreed),
            log_odds(agreed_target),
            log_odds(denied),
            flag(holder == Holder::Unnamed),
            flag(holder == Holder::Author),
            flag(self.reader().kind != crate::kinds::Kind::Body),
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
