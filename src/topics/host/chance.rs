//! Sentences of chance: words drawn from the vocabulary, against which a topic's scores are measured. Some descriptions are near
//! to nearly everything; what counts is how much nearer a sentence is than words that mean nothing together.

use crate::encoder::Encoder;

/// How many, and words in each.
const SENTENCES: usize = 200;
const WORDS: usize = 8;

/// 2^32 over the golden ratio: multiples of it, modulo 2^32, fill an interval evenly (van der Corput's idea; Knuth 6.4).
const GOLDEN: u32 = 0x9E37_79B9;

/// The sentences, the vocabulary's first whole words more often than its last: the `n`th as often as 1/√n.
pub(super) fn sentences(encoder: &Encoder, first: usize) -> Vec<String> {
    let vocabulary = encoder.vocabulary();
    let whole = |id: &usize| vocabulary.piece(*id).chars().all(char::is_alphabetic);
    let words: Vec<usize> = (first..vocabulary.len()).filter(whole).collect();
    let mut drawn = 0u32;
    let mut draw = || {
        drawn = drawn.wrapping_add(GOLDEN);
        let u = u64::from(drawn >> 8); // 24 bits: its square fits
        let at = (((u * u) >> 24) * words.len() as u64) >> 24;
        words.get(at as usize).map_or("", |&id| vocabulary.piece(id))
    };
    (0..SENTENCES).map(|_| (0..WORDS).map(|_| draw()).collect::<Vec<_>>().join(" ")).collect()
}

/// Mean and standard deviation.
pub(super) fn moments(values: &[f32]) -> (f32, f32) {
    let n = values.len().max(1) as f32;
    let mean = values.iter().sum::<f32>() / n;
    let variance = values.iter().map(|x| (x - mean) * (x - mean)).sum::<f32>() / n;
    (mean, variance.sqrt())
}
