//! Subjects against subjects: what the heads of the Media Topics make of a text is a profile, in which a topic nobody has
//! trained has its place too.

use super::Heard;
use crate::encoder::{dot, sigmoid};
use crate::model::Model;
use crate::topics::{hear, read_words};

/// Profiles of a text: by its words, and by its words and what the encoder hears in them. Two opinions are better than one,
/// but where the words' own has been learned beside the encoder's pieces, to say what these miss, only both together are one.
pub(super) const PROFILES: usize = 2;

/// What the words of a text alone say of each Media Topic, in log-odds. Empty for a model without topics.
pub(super) fn media(model: &Model, text: &str) -> Vec<f32> {
    model.topics().map(|weights| read_words(weights, text).words).unwrap_or_default()
}

/// What the encoder hears in texts by themselves, side by side.
pub(super) fn listen(model: &Model, texts: &[&str]) -> Vec<Heard> {
    let Some(encoder) = model.encoder() else { return vec![Heard::default(); texts.len()] };
    let windows: Vec<_> = texts.iter().map(|text| encoder.opening(&encoder.pieces(text))).collect();
    hear(model, &windows, &encoder.below(&windows))
}

/// The profiles: belief in each Media Topic, of length 1 in all; empty where nothing is known.
pub(super) fn profiles(model: &Model, words: &[f32], heard: &Heard) -> [Vec<f32>; PROFILES] {
    if heard.logits.is_empty() {
        return [profile(words.iter().copied()), Vec::new()];
    }
    let both = profile(words.iter().zip(&heard.logits).map(|(word, more)| word + more));
    let beside =
        model.topics().and_then(|weights| weights.encoded.as_ref()).is_some_and(|e| e.reads_pieces());
    if beside {
        [both, Vec::new()]
    } else {
        [profile(words.iter().copied()), both]
    }
}

/// Beliefs are softened to half their log-odds: the calibrated ones are so near 0 or 1 that one of them would decide.
fn profile(odds: impl Iterator<Item = f32>) -> Vec<f32> {
    let mut beliefs: Vec<f32> = odds.map(|x| sigmoid(0.5 * x)).collect();
    to_unit(&mut beliefs);
    beliefs
}

/// Cosine of two profiles.
pub(super) fn likeness(a: &[f32], b: &[f32]) -> f32 {
    dot(a, b)
}

/// Makes a vector one of length 1, unless it is nothing.
pub(super) fn to_unit(vector: &mut [f32]) {
    let length = dot(vector, vector).sqrt();
    if length > 0.0 {
        vector.iter_mut().for_each(|x| *x /= length);
    }
}
