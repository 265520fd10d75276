//! Reading a sentence in its article: what its neighbours and the article as a whole are about counts too, the more so
//! the less the sentence says itself (`It is China.`). A small network weighs what is told of a label, the same for all
//! desks and the same for all subtopics: how much one thing counts depends on the others.
//!
//! | tensor | type, shape | contents |
//! |---|---|---|
//! | `topics/often` | u8 \[concepts\] | 16 × ln(1 + sentences that it was learned from) |
//! | `topics/context.least` | f32 \[2\] | below it a label is not looked at; for desks, for subtopics |
//! | `topics/context.hidden` | f32 \[2, hidden, 11\] | a row each: weights of what is told, and a constant |
//! | `topics/context.out` | f32 \[2, 11 + hidden\] | of what is told, a constant; of the hidden row |

use super::weights::TopicWeights;
use crate::encoder::{dot, sigmoid};
use crate::error::Error;
use crate::model::Container;

/// What is told of a label of a sentence: its log-odds in the sentence itself, in the one before, the one after, the mean
/// of the others, the article's opening (its headline, or its first sentence); the logarithm of the share of the others
/// that are about it; the mean of the three highest in the article; the logarithm of the number of sentences; how
/// short the sentence is; how often the label was seen in training. Where there is no such sentence, the mean.
const TERMS: usize = 10;

/// By how much itself, the mean and the opening count when it is decided whether to look at a label at all.
const PROMISE: [f32; 3] = [0.4, 0.4, 0.3];

/// What to make of what is told.
#[derive(Debug)]
pub(super) struct Reader {
    least: f32,
    /// Rows of weights, the constant last.
    hidden: Vec<f32>,
    linear: [f32; TERMS + 1],
    out: Vec<f32>,
}

impl Reader {
    /// Of desks, and of subtopics.
    pub(super) fn both(container: &Container) -> Result<[Self; 2], Error> {
        let hidden = container.tensor("topics/context.hidden")?;
        let size = hidden.shape.get(1).copied().unwrap_or(0);
        let hidden = hidden.shaped(&[2, size, TERMS + 1])?.f32s()?;
        let out = container.tensor("topics/context.out")?.shaped(&[2, TERMS + 1 + size])?.f32s()?;
        let least = container.tensor("topics/context.least")?.shaped(&[2])?.f32s()?;
        Ok([0, 1].map(|part| {
            let (linear, out) = out[part * (TERMS + 1 + size)..][..TERMS + 1 + size].split_at(TERMS + 1);
            Reader {
                least: least[part],
                hidden: hidden[part * size * (TERMS + 1)..][..size * (TERMS + 1)].to_vec(),
                linear: std::array::from_fn(|k| linear[k]),
                out: out.to_vec(),
            }
        }))
    }

    /// `told`, with a one at the end for the constant.
    fn read(&self, told: &[f32; TERMS + 1]) -> f32 {
        let rows = self.hidden.chunks_exact(TERMS + 1).zip(&self.out);
        dot(&self.linear, told) + rows.map(|(row, out)| out * dot(row, told).max(0.0)).sum::<f32>()
    }
}

/// What a sentence says taken by itself.
#[derive(Debug)]
pub(super) struct Own {
    /// Logits by label, from the words.
    pub words: Vec<f32>,
    /// What the encoder adds to each; empty where it has not read the sentence.
    pub encoded: Vec<f32>,
    /// Number of features the model knows.
    pub features: usize,
}

impl Own {
    fn logit(&self, label: usize) -> f32 {
        self.words[label] + self.encoded.get(label).unwrap_or(&0.0)
    }
}

/// What all sentences of an article say together, by label.
#[derive(Debug, Clone)]
pub(super) struct Together {
    sum: f32,
    /// Sum of how likely each sentence by itself is about it.
    likely: f32,
    /// The three highest, highest first.
    highest: [f32; 3],
}

/// How likely a sentence is about a label, going by its own logit; the slope is by hand.
fn likely(logit: f32) -> f32 {
    sigmoid(0.6 * logit)
}

impl Together {
    const NOTHING: Self = Together { sum: 0.0, likely: 0.0, highest: [f32::NEG_INFINITY; 3] };

    fn add(&mut self, logit: f32) {
        self.sum += logit;
        self.likely += likely(logit);
        let mut rest = logit;
        for place in &mut self.highest {
            if rest > *place {
                std::mem::swap(&mut rest, place);
            }
        }
    }
}

/// Adds some of an article's sentences to what is known by label; `meta` ones are left out.
pub(super) fn gather(together: &mut Vec<Together>, weights: &TopicWeights, own: &[&Own]) {
    together.resize(weights.labels.len(), Together::NOTHING);
    for sentence in own {
        for (label, together) in together.iter_mut().enumerate() {
            together.add(sentence.logit(label));
        }
    }
}

/// The logits of sentence `i` of an article in context, `None` for labels not worth a look; `own` in reading order, without
/// `meta` sentences, `together` of all of them.
pub(super) fn read(
    weights: &TopicWeights,
    own: &[&Own],
    together: &[Together],
    i: usize,
) -> Vec<Option<f32>> {
    let others = own.len().saturating_sub(1).max(1) as f32;
    let length = libm::logf(own.len() as f32);
    let shortness = 2.0 * TopicWeights::norm(own[i].features);
    let three = own.len().min(3);
    let logit = |(label, all): (usize, &Together)| {
        let reader = &weights.readers[usize::from(label >= weights.desks)];
        let itself = own[i].logit(label);
        let mean = if own.len() > 1 { (all.sum - itself) / others } else { itself };
        let opening = if i == 0 { mean } else { own[0].logit(label) };
        if PROMISE[0] * itself + PROMISE[1] * mean + PROMISE[2] * opening <= reader.least {
            return None;
        }
        let neighbour =
            |at: Option<usize>| at.and_then(|at| own.get(at)).map_or(mean, |own| own.logit(label));
        Some(reader.read(&[
            itself,
            neighbour(i.checked_sub(1)),
            neighbour(Some(i + 1)),
            mean,
            opening,
            libm::logf((all.likely - likely(itself)).max(0.0) / others + 1e-4),
            all.highest[..three].iter().sum::<f32>() / three as f32,
            length,
            shortness,
            weights.labels[label].often,
            1.0,
        ]))
    };
    together.iter().enumerate().map(logit).collect()
}
