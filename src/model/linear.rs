//! A linear model over hashed features: the smallest thing that can be learned, trained and shipped.
//!
//! Stored as: 2 (this layout's version), `classes` u8, `bits` u8 (there are 2^bits buckets), `scale` f32, u32 number of
//! buckets that have a weight; then, by the range coder of `coder.rs`, for each of these the gap from the last one
//! and its row: a class at a time whether there is a weight, its sign, its size less 1.

use super::coder::{Chance, Decoder, Encoder, Number};
use crate::error::Error;

/// Weights of hashed features, one i8 a class.
#[derive(Debug, Clone)]
pub struct Linear {
    classes: usize,
    mask: usize,
    scale: f32,
    weights: Vec<i8>,
}

/// What the coder learns while it goes through a model.
struct Code {
    gap: Number,
    /// By class and by how many of the row's classes before it have a weight, to three.
    filled: Vec<[Chance; 4]>,
    negative: Vec<Chance>,
    size: Vec<Size>,
}

impl Code {
    fn new(classes: usize) -> Self {
        Code {
            gap: Number::default(),
            filled: vec![Default::default(); classes],
            negative: vec![Chance::default(); classes],
            size: vec![Size::default(); classes],
        }
    }

    fn size(&mut self, class: usize) -> &mut Size {
        &mut self.size[class]
    }
}

/// How large a weight is: small ones in unary.
#[derive(Clone, Default)]
struct Size {
    more: [Chance; 16],
    rest: Number,
}

impl Size {
    fn read(&mut self, decoder: &mut Decoder<'_>) -> usize {
        let unary = self.more.iter_mut().position(|more| !decoder.ask(more)).unwrap_or(16);
        if unary < self.more.len() {
            return unary;
        }
        unary + self.rest.read(decoder)
    }

    fn write(&mut self, encoder: &mut Encoder, size: usize) {
        for (step, more) in self.more.iter_mut().enumerate() {
            encoder.tell(more, size > step);
            if size <= step {
                return;
            }
        }
        self.rest.write(encoder, size - self.more.len());
    }
}

const VERSION: u8 = 2;
const HEAD: usize = 11;

impl Linear {
    /// Reads the sparse form.
    ///
    /// # Errors
    /// If the bytes end early or point outside the table.
    pub fn parse(bytes: &[u8]) -> Result<Self, Error> {
        Self::read(bytes).ok_or_else(|| Error::model("a linear model's weights cannot be read"))
    }

    fn read(bytes: &[u8]) -> Option<Self> {
        let (head, rest) = bytes.split_at_checked(HEAD)?;
        let [version, classes, bits] = [0, 1, 2].map(|at| head[at]);
        let classes = usize::from(classes);
        if version != VERSION || classes == 0 || classes > 64 || bits > 20 {
            return None;
        }
        let scale = f32::from_le_bytes(head[3..7].try_into().ok()?);
        let rows = u32::from_le_bytes(head[7..].try_into().ok()?);
        let buckets = 1usize << bits;
        let mut weights = vec![0i8; buckets * classes];
        let (mut decoder, mut code) = (Decoder::new(rest), Code::new(classes));
        let mut next = 0usize;
        for _ in 0..rows {
            let bucket = next + code.gap.read(&mut decoder);
            let row = weights.get_mut(bucket * classes..(bucket + 1) * classes)?;
            let mut found = 0;
            for (class, weight) in row.iter_mut().enumerate() {
                if decoder.ask(&mut code.filled[class][found]) {
                    found = (found + 1).min(3);
                    let negative = decoder.ask(&mut code.negative[class]);
                    let size = code.size(class).read(&mut decoder).min(126) as i8 + 1;
                    *weight = if negative { -size } else { size };
                }
            }
            next = bucket + 1;
        }
        Some(Linear { classes, mask: buckets - 1, scale, weights })
    }

    /// Writes what [`Linear::parse`] reads. `weights` are rows of `classes`, a power of two of them.
    pub fn write(classes: usize, weights: &[f32], scale: f32) -> Vec<u8> {
        let codes: Vec<i8> = weights.iter().map(|w| (w / scale).round().clamp(-127.0, 127.0) as i8).collect();
        let filled = |row: &&[i8]| row.iter().any(|w| *w != 0);
        let mut bytes = vec![VERSION, classes as u8, (weights.len() / classes).trailing_zeros() as u8];
        bytes.extend(scale.to_le_bytes());
        bytes.extend((codes.chunks_exact(classes).filter(filled).count() as u32).to_le_bytes());
        let (mut encoder, mut code) = (Encoder::default(), Code::new(classes));
        let mut next = 0;
        for (bucket, row) in codes.chunks_exact(classes).enumerate().filter(|(_, row)| filled(row)) {
            code.gap.write(&mut encoder, bucket - next);
            next = bucket + 1;
            let mut found = 0;
            for (class, &weight) in row.iter().enumerate() {
                encoder.tell(&mut code.filled[class][found], weight != 0);
                if weight != 0 {
                    found = (found + 1).min(3);
                    encoder.tell(&mut code.negative[class], weight < 0);
                    code.size(class).write(&mut encoder, usize::from(weight.unsigned_abs()) - 1);
                }
            }
        }
        bytes.extend(encoder.finish());
        bytes
    }

    /// How many classes it tells apart.
    pub fn classes(&self) -> usize {
        self.classes
    }

    /// How many buckets features fall into.
    pub fn buckets(&self) -> usize {
        self.mask + 1
    }

    /// The weights of a bucket, one a class, in steps of [`Linear::scale`].
    pub fn row(&self, bucket: usize) -> &[i8] {
        &self.weights[bucket * self.classes..(bucket + 1) * self.classes]
    }

    /// Adds up the features' weights, one sum a class, in whole numbers (so that no order of adding matters).
    pub fn sum(&self, features: &[u32], sums: &mut [i32]) {
        if let ([sum], 1) = (&mut *sums, self.classes) {
            *sum =
                features.iter().map(|&feature| i32::from(self.weights[feature as usize & self.mask])).sum();
            return;
        }
        sums.fill(0);
        for &feature in features {
            let bucket = feature as usize & self.mask;
            for (sum, weight) in sums.iter_mut().zip(self.row(bucket)) {
                *sum += i32::from(*weight);
            }
        }
    }

    /// What a sum is worth in log-odds.
    pub fn scale(&self) -> f32 {
        self.scale
    }

    /// The class with the largest sum among those allowed; the first of equals.
    pub fn best(&self, features: &[u32], allowed: impl Fn(usize) -> bool) -> usize {
        let mut sums = [0; 64];
        self.sum(features, &mut sums[..self.classes]);
        let mut best = None;
        for class in (0..self.classes).filter(|c| allowed(*c)) {
            if best.is_none_or(|b: usize| sums[class] > sums[b]) {
                best = Some(class);
            }
        }
        best.unwrap_or(0)
    }
}

/// A feature: the number of its template and the parts that fill it, mixed into one hash.
pub fn feature(template: u32, parts: &[u32]) -> u32 {
    let mut hash = template.wrapping_mul(0x9e37_79b1) ^ 0x811c_9dc5;
    for part in parts {
        hash = (hash ^ part).wrapping_mul(0x85eb_ca6b);
        hash ^= hash >> 15;
    }
    hash = hash.wrapping_mul(0xc2b2_ae35);
    hash ^ hash >> 16
}

/// FNV-1a of a word; the empty word is 0.
pub fn hash(word: &str) -> u32 {
    if word.is_empty() {
        return 0;
    }
    word.bytes().fold(0x811c_9dc5, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read() {
        let mut weights = vec![0.0; 8 * 3];
        (weights[4], weights[5], weights[23]) = (0.5, -1.0, 6.0);
        let model = Linear::parse(&Linear::write(3, &weights, 0.5)).unwrap();
        let mut sums = [0; 3];
        model.sum(&[1, 7, 9], &mut sums);
        assert_eq!(sums, [0, 2, 8]);
        assert_eq!((model.classes(), model.buckets()), (3, 8));
    }

    #[test]
    fn damaged_bytes_are_refused() {
        let cases: [&[u8]; 5] = [
            b"",
            b"\x02",
            b"\x01\x03\x03aaaa\x01\0\0\0",
            b"\x02\x00\x04aaaa\0\0\0\0",
            b"\x02\x03\x03aaaa\xff\xff\xff\xffaaa",
        ];
        for bytes in cases {
            assert!(Linear::parse(bytes).is_err_and(|e| e.is_model()));
        }
    }
}
