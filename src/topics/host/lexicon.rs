//! Words against words, by the encoder's vectors of their pieces before anything is read: a topic's words lend what is near them a
//! weight, the nearer the more, and a sentence has the sum of its words' weights. (One vector for all of a text's words, as is
//! usual, blurs a topic that is told by a list of things.)

use crate::encoder::{dot, Encoder};

/// The vocabulary lists pieces by how often news uses them; the weight of the `n`th is n / (n + this), so that words of
/// grammar count for little (Arora et al., ICLR 2017, give rare words such a weight).
const COMMON: f32 = 300.0;

/// Pieces of a text that count, at most: of a longer one its beginning does.
const MOST: usize = 128;

/// The pieces of a text that bear meaning, with the vector and the weight of each.
#[derive(Debug, Clone, Default)]
pub(super) struct Words {
    /// One after the other, each of length 1.
    vectors: Vec<f32>,
    weights: Vec<f32>,
    width: usize,
}

/// What is needed to find them.
#[derive(Debug)]
pub(super) struct Lexicon {
    /// First piece that is more than a character.
    first: usize,
    /// The vocabulary's mean vector.
    centre: Vec<f32>,
}

impl Lexicon {
    pub fn new(encoder: &Encoder) -> Self {
        let vocabulary = encoder.vocabulary();
        let long = |id: usize| {
            let piece = vocabulary.piece(id);
            let letters = piece.strip_prefix("##").unwrap_or(piece);
            !piece.starts_with('[') && letters.chars().nth(1).is_some()
        };
        let first = (0..vocabulary.len()).find(|&id| long(id)).unwrap_or(vocabulary.len());
        let (mut centre, mut row, mut total) =
            (vec![0.0; encoder.embedding_width()], vec![0.0; encoder.embedding_width()], 0.0);
        for id in first..vocabulary.len() {
            // A compromise between counting each piece once and as often as it is used.
            let weight = 1.0 / ((id - first + 1) as f32).sqrt();
            encoder.embedding(id as u16, &mut row);
            centre.iter_mut().zip(&row).for_each(|(sum, x)| *sum += weight * x);
            total += weight;
        }
        centre.iter_mut().for_each(|sum| *sum /= if total > 0.0 { total } else { 1.0 });
        Lexicon { first, centre }
    }

    /// First piece of the vocabulary that is listed by frequency.
    pub fn first(&self) -> usize {
        self.first
    }

    /// Those of a text.
    pub fn words(&self, encoder: &Encoder, text: &str) -> Words {
        self.of(encoder, &self.counted(encoder, text, 1.0))
    }

    /// The pieces of a text, each once and with the same count.
    pub fn counted(&self, encoder: &Encoder, text: &str, count: f32) -> Vec<(u16, f32)> {
        let mut ids: Vec<u16> = encoder.pieces(text).iter().map(|piece| piece.id).take(MOST).collect();
        ids.sort_unstable();
        ids.dedup();
        ids.into_iter().map(|id| (id, count)).collect()
    }

    /// Those of pieces, by how much each counts.
    pub fn of(&self, encoder: &Encoder, counted: &[(u16, f32)]) -> Words {
        let mut words = Words { width: self.centre.len(), ..Words::default() };
        let mut row = vec![0.0; self.centre.len()];
        for &(id, count) in counted.iter().filter(|(id, _)| usize::from(*id) >= self.first) {
            encoder.embedding(id, &mut row);
            row.iter_mut().zip(&self.centre).for_each(|(x, c)| *x -= c);
            let length = dot(&row, &row).sqrt();
            if length > 0.0 {
                let rank = (usize::from(id) - self.first + 1) as f32;
                words.vectors.extend(row.iter().map(|x| x / length));
                words.weights.push(count * rank / (rank + COMMON));
            }
        }
        words
    }
}

impl Words {
    pub fn len(&self) -> usize {
        self.weights.len()
    }

    fn rows(&self) -> impl Iterator<Item = (&[f32], f32)> {
        self.vectors.chunks_exact(self.width.max(1)).zip(self.weights.iter().copied())
    }

    /// Their weighted sum.
    pub fn total(&self) -> Vec<f32> {
        let mut sum = vec![0.0; self.width];
        for (row, weight) in self.rows() {
            sum.iter_mut().zip(row).for_each(|(s, x)| *s += weight * x);
        }
        sum
    }

    /// How near each of these words is to a topic's words.
    pub fn near(&self, topic: &Words) -> Vec<f32> {
        let total: f32 = topic.weights.iter().sum();
        let scale = 1.0 / if total > 0.0 { total } else { 1.0 };
        let near = |word: &[f32]| {
            let sum: f32 = topic.rows().map(|(other, weight)| weight * steep(dot(word, other))).sum();
            sum * scale
        };
        self.rows().map(|(word, _)| near(word)).collect()
    }

    /// The sum of what words have above what words of chance have, the rarer the more, as if sentences were equally long.
    pub fn sum(&self, near: &[f32], chance: f32) -> f32 {
        let total: f32 = self.weights.iter().sum();
        let sum: f32 = near.iter().zip(&self.weights).map(|(near, weight)| weight * (near - chance)).sum();
        sum / (total + 2.0).sqrt()
    }
}

/// Cosines count by their power of 3/2: those of unrelated words are near 0, and there are many.
fn steep(cosine: f32) -> f32 {
    if cosine > 0.0 {
        cosine * cosine.sqrt()
    } else {
        0.0
    }
}
