//! From a sentence to claims: a cue, whom it is about, whose it is, each step with its probability.

use super::features::{self, Cue, Holder};
use super::reading::Reader;
use super::weights::{Weights, CUE_CLASSES};
use crate::annotation::{Basis, Polarity};
use crate::encoder::softmax;
use crate::model::linear::Linear;

/// A claim before thresholds, with what each step thought.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Proposal {
    /// The cue's main word (token).
    pub cue: usize,
    /// The target (mention).
    pub target: usize,
    /// Whose stance it is.
    pub holder: Holder,
    /// For or against.
    pub polarity: Polarity,
    /// Says, does, or the author's.
    pub basis: Basis,
    /// Log-probabilities that the word is such a cue, has this target, has this holder.
    pub steps: [f32; 3],
}

/// Below these probabilities a step is not followed.
const LEAST_CUE: f32 = 0.03;
const LEAST_TARGET: f32 = 0.05;

impl Proposal {
    /// Calibrated probability that the claim is right.
    pub fn confidence(&self, calibration: &[f32; 4]) -> f32 {
        let [bias, a, b, c] = calibration;
        let [x, y, z] = self.steps;
        let odds = bias + a * x + b * y + c * z;
        1.0 / (1.0 + libm::expf(-odds))
    }
}

fn score(model: &Linear, features: &[u32]) -> f32 {
    let mut sum = [0];
    model.sum(features, &mut sum);
    sum[0] as f32 * model.scale()
}

/// The probabilities of a word's five cue classes.
pub fn cue_classes(
    weights: &Weights,
    reader: &Reader,
    token: usize,
    buffer: &mut Vec<u32>,
) -> [f32; CUE_CLASSES] {
    features::cue(reader, token, buffer);
    classes(weights, buffer)
}

/// The polarity that the classes speak for at all, if they do.
fn leaning(p: &[f32; CUE_CLASSES]) -> Option<Polarity> {
    let (support, oppose) = (p[1] + p[3], p[2] + p[4]);
    let polarity = if support > oppose { Polarity::Support } else { Polarity::Oppose };
    (support.max(oppose) > 0.1).then_some(polarity)
}

fn classes(weights: &Weights, features: &[u32]) -> [f32; CUE_CLASSES] {
    let mut sums = [0; CUE_CLASSES];
    weights.cue.sum(features, &mut sums);
    let mut scores = sums.map(|sum| sum as f32 * weights.cue.scale());
    softmax(&mut scores);
    scores
}

/// Who could hold a stance toward the target: mentions other than it, the narrator, nobody named.
pub fn holders(reader: &Reader, target: usize) -> Vec<Holder> {
    let mut out: Vec<Holder> = (0..reader.mentions.len())
        .filter(|&m| m != target && may_hold(reader, m))
        .map(Holder::Mention)
        .collect();
    out.extend([Holder::Author, Holder::Unnamed]);
    out
}

fn may_hold(reader: &Reader, mention: usize) -> bool {
    use crate::entities::Class;
    !matches!(reader.class(mention), Class::Time)
}

/// Whether a mention could be a target.
pub fn may_be_target(reader: &Reader, cue: usize, mention: usize) -> bool {
    use crate::entities::Class;
    let m = &reader.mentions[mention];
    !matches!(m.class, Class::Time) && m.head != cue
}

/// All claims of one sentence worth weighing.
pub fn propose(weights: &Weights, reader: &Reader) -> Vec<Proposal> {
    let mut out = Vec::new();
    let mut buffer = Vec::with_capacity(160);
    for token in (0..reader.parsed.tokens.len()).filter(|&token| features::is_cue(reader, token)) {
        let p = cue_classes(weights, reader, token, &mut buffer);
        let affirmed = reader.parsed.is_negated(token).then(|| {
            features::cue_affirmed(reader, token, &mut buffer);
            classes(weights, &buffer)
        });
        for (polarity, says, does) in [(Polarity::Support, p[1], p[3]), (Polarity::Oppose, p[2], p[4])] {
            if says + does < LEAST_CUE {
                continue;
            }
            // What is denied cannot mean what it means when affirmed.
            if affirmed.is_some_and(|a| leaning(&a) == Some(polarity)) {
                continue;
            }
            let basis = if says >= does { Basis::Says } else { Basis::Does };
            let cue = Cue::new(reader, token, polarity as u32, u32::from(does > says));
            follow(weights, reader, &cue, (polarity, basis, libm::logf(says + does)), &mut buffer, &mut out);
        }
    }
    out
}

fn follow(
    weights: &Weights,
    reader: &Reader,
    cue: &Cue,
    (polarity, basis, first): (Polarity, Basis, f32),
    buffer: &mut Vec<u32>,
    out: &mut Vec<Proposal>,
) {
    let candidates: Vec<usize> =
        (0..reader.mentions.len()).filter(|&m| may_be_target(reader, cue.token, m)).collect();
    let mut scores = Vec::with_capacity(candidates.len() + 1);
    for &mention in &candidates {
        features::target(reader, cue, mention, buffer);
        scores.push(score(&weights.target, buffer));
    }
    features::no_target(reader, cue, buffer);
    scores.push(score(&weights.target, buffer));
    softmax(&mut scores);
    for (&target, &second) in candidates.iter().zip(&scores) {
        if second < LEAST_TARGET {
            continue;
        }
        let holders = holders(reader, target);
        let mut third: Vec<f32> = holders
            .iter()
            .map(|&holder| {
                features::holder(reader, cue, target, holder, buffer);
                score(&weights.holder, buffer)
            })
            .collect();
        softmax(&mut third);
        let best = (0..holders.len()).fold(0, |b, at| if third[at] > third[b] { at } else { b });
        let basis = if holders[best] == Holder::Author { Basis::Author } else { basis };
        out.push(Proposal {
            cue: cue.token,
            target,
            holder: holders[best],
            polarity,
            basis,
            steps: [first, libm::logf(second), libm::logf(third[best])],
        });
    }
}
