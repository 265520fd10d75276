//! Subjects against subjects: what the heads of the Media Topics make of a text's words is a profile, in which a topic nobody has
//! trained has its place too.

use crate::topics::read_words;
use crate::topics::weights::TopicWeights;

/// A text's profile: belief in each Media Topic, of length 1 in all. Empty for a model without topics.
///
/// Beliefs are softened to half their log-odds: the calibrated ones are so near 0 or 1 that one of them would decide.
pub(super) fn profile(weights: Option<&TopicWeights>, text: &str) -> Vec<f32> {
    let Some(weights) = weights else { return Vec::new() };
    let mut beliefs: Vec<f32> =
        read_words(weights, text).words.iter().map(|&x| crate::encoder::sigmoid(0.5 * x)).collect();
    let length = beliefs.iter().map(|x| x * x).sum::<f32>().sqrt();
    beliefs.iter_mut().for_each(|x| *x /= if length > 0.0 { length } else { 1.0 });
    beliefs
}

/// Cosine of two profiles.
pub(super) fn likeness(a: &[f32], b: &[f32]) -> f32 {
    super::lexicon::dot(a, b)
}
