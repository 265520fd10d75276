//! Subjects against subjects: what the heads of the Media Topics make of a text's words is a profile, in which a topic nobody has
//! trained has its place too.

use crate::model::Model;
use crate::topics::read_words;

/// A text's profile: belief in each Media Topic, of length 1 in all. Empty for a model without topics.
///
/// Beliefs are softened to half their log-odds: the calibrated ones are so near 0 or 1 that one of them would decide.
pub(super) fn profile(model: &Model, text: &str) -> Vec<f32> {
    let Some(weights) = model.topics() else { return Vec::new() };
    let mut beliefs = read_words(weights, text).words;
    // Where the bag has learned only what the pieces miss, they must be heard too.
    if let Some((encoded, encoder)) =
        weights.encoded.as_ref().filter(|e| e.reads_pieces()).zip(model.encoder())
    {
        let window = encoder.opening(&encoder.pieces(text));
        let added = encoded.logits(encoder, &[window], &[]);
        beliefs.iter_mut().zip(added.iter().flatten()).for_each(|(x, more)| *x += more);
    }
    beliefs.iter_mut().for_each(|x| *x = crate::encoder::sigmoid(0.5 * *x));
    let length = beliefs.iter().map(|x| x * x).sum::<f32>().sqrt();
    beliefs.iter_mut().for_each(|x| *x /= if length > 0.0 { length } else { 1.0 });
    beliefs
}

/// Cosine of two profiles.
pub(super) fn likeness(a: &[f32], b: &[f32]) -> f32 {
    super::lexicon::dot(a, b)
}
