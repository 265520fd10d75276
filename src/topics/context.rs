//! Reading a sentence in its article: what its neighbours and the article as a whole are about counts too,
//! the more so the less the sentence says itself (`It is China.`).

use super::weights::TopicWeights;

/// The voices heard about a sentence: itself, the one before, the one after, the mean of all the others, and
/// the article's opening (its headline, or its first sentence).
pub(super) const TERMS: usize = 5;

/// How much each voice counts: always, and in addition in so far as the sentence is short.
#[derive(Debug, Clone, Copy)]
pub(super) struct Mix {
    always: [f32; TERMS],
    short: [f32; TERMS],
}

impl Mix {
    /// From one row of `topics/context`: `TERMS` weights that always count, then `TERMS` for shortness.
    pub(super) fn new(row: &[f32]) -> Self {
        let half = |offset: usize| std::array::from_fn(|k| row[offset + k]);
        Mix { always: half(0), short: half(TERMS) }
    }

    /// `shortness` is 1 for a sentence without any known word and falls towards 0 with its length.
    fn weights(&self, shortness: f32) -> [f32; TERMS] {
        std::array::from_fn(|k| self.always[k] + self.short[k] * shortness)
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

/// The sum of all sentences' logits, by label.
pub(super) fn total(weights: &TopicWeights, own: &[&Own]) -> Vec<f32> {
    let mut total = vec![0f32; weights.labels.len()];
    for sentence in own {
        for (label, t) in total.iter_mut().enumerate() {
            *t += sentence.logit(label);
        }
    }
    total
}

/// The logits of sentence `i` of an article in context; `own` in reading order, without `meta` sentences, `total` their sum.
pub(super) fn mix(weights: &TopicWeights, own: &[&Own], total: &[f32], i: usize) -> Vec<f32> {
    let alone = own.len() < 2;
    let others = own.len().saturating_sub(1).max(1) as f32;
    let shortness = 2.0 * TopicWeights::norm(own[i].features);
    let [desks, subtopics] = [0, 1].map(|k| weights.mix[k].weights(shortness));
    let neighbour =
        |at: Option<usize>, label: usize| at.and_then(|at| own.get(at)).map_or(0.0, |s| s.logit(label));
    let logit = |label: usize| {
        let w = if label < weights.desks { &desks } else { &subtopics };
        let itself = own[i].logit(label);
        if alone {
            return itself;
        }
        let before = neighbour(i.checked_sub(1), label);
        let after = neighbour(Some(i + 1), label);
        let mean = (total[label] - itself) / others;
        let opening = if i == 0 { mean } else { own[0].logit(label) };
        w[0] * itself + w[1] * before + w[2] * after + w[3] * mean + w[4] * opening
    };
    (0..weights.labels.len()).map(logit).collect()
}
