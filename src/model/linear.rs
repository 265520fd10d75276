//! A linear model over hashed features: the smallest thing that can be learned, trained and shipped.
//!
//! Stored sparsely: `classes` u8, `bits` u8 (there are 2^bits buckets), `scale` f32, then for each bucket
//! that has a weight: the gap from the last one (LEB128), a bit mask of its classes, an i8 a set bit.

use crate::error::Error;

/// Weights of hashed features, one i8 a class.
#[derive(Debug, Clone)]
pub struct Linear {
    classes: usize,
    mask: usize,
    scale: f32,
    weights: Vec<i8>,
}

impl Linear {
    /// Reads the sparse form.
    ///
    /// # Errors
    /// If the bytes end early or point outside the table.
    pub fn parse(bytes: &[u8]) -> Result<Self, Error> {
        Self::read(bytes).ok_or_else(|| Error::model("a linear model's weights cannot be read"))
    }

    fn read(bytes: &[u8]) -> Option<Self> {
        let (&classes, rest) = bytes.split_first()?;
        let (&bits, rest) = rest.split_first()?;
        let classes = usize::from(classes);
        if classes == 0 || classes > 64 || bits > 20 {
            return None;
        }
        let scale = f32::from_le_bytes(rest.get(..4)?.try_into().ok()?);
        let buckets = 1usize << bits;
        let mut weights = vec![0i8; buckets * classes];
        let mut rest = rest[4..].iter().copied();
        let mut bucket = 0usize;
        while let Some(first) = rest.next() {
            let mut gap = usize::from(first & 0x7f);
            let mut shift = 7;
            let mut byte = first;
            while byte & 0x80 != 0 {
                byte = rest.next()?;
                gap |= usize::from(byte & 0x7f).checked_shl(shift)?;
                shift += 7;
            }
            bucket = bucket.checked_add(gap)?;
            let row = weights.get_mut(bucket * classes..(bucket + 1) * classes)?;
            let mut mask = [0u8; 8];
            for byte in &mut mask[..classes.div_ceil(8)] {
                *byte = rest.next()?;
            }
            for (class, weight) in row.iter_mut().enumerate() {
                if mask[class / 8] >> (class % 8) & 1 == 1 {
                    *weight = rest.next()? as i8;
                }
            }
        }
        Some(Linear { classes, mask: buckets - 1, scale, weights })
    }

    /// Writes what [`Linear::parse`] reads. `weights` are rows of `classes`, a power of two of them.
    pub fn write(classes: usize, weights: &[f32], scale: f32) -> Vec<u8> {
        let buckets = weights.len() / classes;
        let mut bytes = vec![classes as u8, buckets.trailing_zeros() as u8];
        bytes.extend(scale.to_le_bytes());
        let mut last = 0;
        for bucket in 0..buckets {
            let row = &weights[bucket * classes..(bucket + 1) * classes];
            let row: Vec<i8> = row.iter().map(|w| (w / scale).round().clamp(-127.0, 127.0) as i8).collect();
            if row.iter().all(|w| *w == 0) {
                continue;
            }
            let mut gap = bucket - last;
            last = bucket;
            while gap > 0x7f {
                bytes.push(gap as u8 & 0x7f | 0x80);
                gap >>= 7;
            }
            bytes.push(gap as u8);
            let mut mask = [0u8; 8];
            row.iter().enumerate().filter(|(_, w)| **w != 0).for_each(|(c, _)| mask[c / 8] |= 1 << (c % 8));
            bytes.extend(&mask[..classes.div_ceil(8)]);
            bytes.extend(row.iter().filter(|w| **w != 0).map(|w| *w as u8));
        }
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

    /// Adds up the features' weights, one sum a class, in whole numbers (so that no order of adding matters).
    pub fn sum(&self, features: &[u32], sums: &mut [i32]) {
        sums.fill(0);
        for &feature in features {
            let bucket = feature as usize & self.mask;
            let row = &self.weights[bucket * self.classes..(bucket + 1) * self.classes];
            for (sum, weight) in sums.iter_mut().zip(row) {
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
        for bytes in [&b""[..], b"\x03", b"\x00\x04aaaa", b"\x03\x03aaaa\xff", b"\x03\x03aaaa\x09\x07aaa"] {
            assert!(Linear::parse(bytes).is_err_and(|e| e.is_model()));
        }
    }
}
