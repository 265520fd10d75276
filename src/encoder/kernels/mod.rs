//! The inner products everything learned spends its time in: 8-bit weights times 13-bit activations.
//!
//! Sums are taken in 32-bit integers, which no order of adding can change, and scaled to `f32` once, one
//! multiplication and one addition an output. So every kernel gives the same bits, whatever the machine.
//!
//! A kernel is no more than a tile: the products of four rows of weights with two rows of activations.

use std::ops::Range;

mod portable;

#[cfg(all(target_arch = "x86_64", not(target_family = "wasm")))]
mod avx2;
#[cfg(all(target_family = "wasm", target_feature = "simd128"))]
mod simd128;

/// Inputs of a row come in blocks of this many; shorter rows are filled up with zeros.
pub(crate) const BLOCK: usize = 16;
/// With more inputs a sum of 127 × [`PEAK`] could leave 32 bits.
pub(crate) const MOST_INPUTS: usize = 4096;
/// Largest magnitude of an activation: 13 bits with its sign.
pub(crate) const PEAK: f32 = 4095.0;

/// Weight rows and activation rows of a tile.
const WEIGHTS: usize = 4;
const ROWS: usize = 2;
/// Bytes of activations that stay in the first cache while all weights pass by.
const CACHED: usize = 24 << 10;

/// A matrix of weights: value = code × scale of its row.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Weights<'w> {
    /// i8 codes as bytes, row by row, each of `width` codes.
    pub codes: &'w [u8],
    /// Codes of a row, a multiple of [`BLOCK`].
    pub width: usize,
    /// One a row.
    pub scales: &'w [f32],
    /// One a row.
    pub bias: &'w [f32],
}

/// Rows of activations in 13 bits: value = code × scale of its row.
#[derive(Debug, Default)]
pub(crate) struct Activations {
    codes: Vec<i16>,
    scales: Vec<f32>,
    width: usize,
}

impl Activations {
    /// Takes rows of `width` values, each scaled to its own peak. What was there before is forgotten.
    pub fn set(&mut self, values: &[f32], width: usize) {
        self.take(values, width, |row| match peak(row) {
            peak if peak > 0.0 => peak / PEAK,
            _ => 1.0,
        });
    }

    /// The same for values known to lie between -1 and 1: they share that scale.
    pub fn set_within_one(&mut self, values: &[f32], width: usize) {
        self.take(values, width, |_| 1.0 / PEAK);
    }

    fn take(&mut self, values: &[f32], width: usize, scale: impl Fn(&[f32]) -> f32) {
        self.width = width.next_multiple_of(BLOCK);
        let rows = values.len() / width.max(1);
        self.codes.resize(rows * self.width, 0);
        self.scales.clear();
        if rows == 0 {
            return;
        }
        for (row, codes) in values.chunks_exact(width).zip(self.codes.chunks_exact_mut(self.width)) {
            let scale = scale(row);
            self.scales.push(scale);
            let inverse = 1.0 / scale;
            let (codes, padding) = codes.split_at_mut(width);
            for (code, value) in codes.iter_mut().zip(row) {
                *code = round(value * inverse);
            }
            padding.fill(0);
        }
    }

    /// Number of rows.
    pub fn rows(&self) -> usize {
        self.scales.len()
    }
}

/// Largest magnitude, taken eight at a time so that it can be taken in vectors.
fn peak(row: &[f32]) -> f32 {
    let mut lanes = [0f32; 8];
    let mut chunks = row.chunks_exact(8);
    for chunk in &mut chunks {
        for (lane, v) in lanes.iter_mut().zip(chunk) {
            let v = v.abs();
            *lane = if v > *lane { v } else { *lane };
        }
    }
    lanes.iter().copied().chain(chunks.remainder().iter().map(|v| v.abs())).fold(0.0, |a, b| {
        if b > a {
            b
        } else {
            a
        }
    })
}

/// To the nearest integer, ties to even, for magnitudes below 2^22: adding 1.5 × 2^23 leaves no room for a fraction.
pub(crate) fn round(value: f32) -> i16 {
    ((value + 12_582_912.0).to_bits() as i32).wrapping_sub(0x4B40_0000) as i16
}

/// `out[row][output] = bias + Σ weight × activation`, for every row of activations and of weights.
///
/// # Panics
/// If the sizes do not belong together.
pub(crate) fn multiply(weights: &Weights<'_>, x: &Activations, out: &mut [f32]) {
    let outputs = weights.scales.len();
    assert!(
        weights.width == x.width
            && weights.width % BLOCK == 0
            && weights.width <= MOST_INPUTS
            && weights.codes.len() == outputs * weights.width
            && weights.bias.len() == outputs
            && x.codes.len() == x.rows() * x.width
            && out.len() == x.rows() * outputs,
        "weights, activations and outputs of different sizes"
    );
    #[cfg(all(target_arch = "x86_64", not(target_family = "wasm")))]
    if avx2::available() {
        return avx2::multiply(weights, x, out);
    }
    #[cfg(all(target_family = "wasm", target_feature = "simd128"))]
    return tiles::<simd128::Tile>(weights, x, out);
    #[allow(unreachable_code)]
    tiles::<portable::Tile>(weights, x, out)
}

/// The innermost work.
trait Tile {
    /// Products of each row of activations with each row of weights, all of the same length, a multiple of [`BLOCK`].
    fn products(w: [&[u8]; WEIGHTS], x: [&[i16]; ROWS]) -> [[i32; WEIGHTS]; ROWS];
}

/// Covers the outputs with tiles, in bands: as many rows of activations as stay in the first cache, four of weights.
#[inline(always)]
fn tiles<T: Tile>(weights: &Weights<'_>, x: &Activations, out: &mut [f32]) {
    let (outputs, width) = (weights.scales.len(), weights.width);
    let together = (CACHED / (2 * width)).next_multiple_of(ROWS);
    for first in (0..x.rows()).step_by(together) {
        let rows = first..x.rows().min(first + together);
        for o in (0..outputs).step_by(WEIGHTS) {
            band::<T>(weights, o..outputs.min(o + WEIGHTS), x, rows.clone(), out);
        }
    }
}

/// These outputs of these rows. At the edges a tile repeats its last row, and what it says twice is dropped.
///
/// In WebAssembly never inlined: engines exchange a function for its optimised form at the next call, not amid a loop,
/// and in the first article all else would run in the slow one.
#[cfg_attr(target_family = "wasm", inline(never))]
#[cfg_attr(not(target_family = "wasm"), inline(always))]
fn band<T: Tile>(
    weights: &Weights<'_>,
    o: Range<usize>,
    x: &Activations,
    rows: Range<usize>,
    out: &mut [f32],
) {
    let (outputs, width, last) = (weights.scales.len(), weights.width, rows.end - 1);
    let row = |r: usize| &x.codes[r * width..(r + 1) * width];
    let w = [0, 1, 2, 3]
        .map(|i| (o.start + i).min(outputs - 1))
        .map(|o| &weights.codes[o * width..(o + 1) * width]);
    let (scales, bias) = (&weights.scales[o.clone()], &weights.bias[o.clone()]);
    for r in rows.step_by(ROWS) {
        let rs = [r, (r + 1).min(last)];
        let sums = T::products(w, rs.map(row));
        for (r, sums) in rs.into_iter().zip(sums) {
            let out = &mut out[r * outputs + o.start..r * outputs + o.end];
            scale(sums, x.scales[r], scales, bias, out);
        }
    }
}

/// The one multiplication and the one addition of each output.
#[inline(always)]
fn scale(sums: [i32; WEIGHTS], by: f32, scales: &[f32], bias: &[f32], out: &mut [f32]) {
    let one = |i: usize| sums[i] as f32 * (scales[i] * by) + bias[i];
    if out.len() == WEIGHTS && scales.len() == WEIGHTS && bias.len() == WEIGHTS {
        out.copy_from_slice(&[one(0), one(1), one(2), one(3)]);
    } else {
        out.iter_mut().enumerate().for_each(|(i, out)| *out = one(i));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Small, seeded, good enough to fill matrices.
    pub(crate) fn noise(seed: u64, n: usize) -> Vec<u32> {
        let mut state = seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1;
        let step = || {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            (state >> 16) as u32
        };
        std::iter::repeat_with(step).take(n).collect()
    }

    fn values(seed: u64, n: usize) -> Vec<f32> {
        noise(seed, n).iter().map(|&v| v as f32 / u32::MAX as f32 * 6.0 - 3.0).collect()
    }

    #[test]
    fn every_kernel_gives_the_portable_bits() {
        for (outputs, inputs, rows) in [(1, 16, 1), (3, 96, 5), (8, 384, 4), (7, 1536, 6), (2, 4096, 3)] {
            let codes: Vec<u8> = noise(1, outputs * inputs).iter().map(|&v| v as u8).collect();
            let (scales, bias) = (values(2, outputs), values(3, outputs));
            let weights = Weights { codes: &codes, width: inputs, scales: &scales, bias: &bias };
            let mut x = Activations::default();
            x.set(&values(4, rows * inputs), inputs);
            let mut expected = vec![0.0; rows * outputs];
            let mut got = expected.clone();
            tiles::<portable::Tile>(&weights, &x, &mut expected);
            multiply(&weights, &x, &mut got);
            assert_eq!(bits(&got), bits(&expected), "{outputs} × {inputs}, {rows} rows");
        }
    }

    #[test]
    fn the_largest_sum_fits() {
        for code in [127i8, -127] {
            let codes = vec![code as u8; MOST_INPUTS];
            let weights = Weights { codes: &codes, width: MOST_INPUTS, scales: &[1.0], bias: &[0.0] };
            let mut x = Activations::default();
            x.set(&vec![PEAK; MOST_INPUTS], MOST_INPUTS);
            let mut out = [0.0];
            multiply(&weights, &x, &mut out);
            assert_eq!(out[0], (i32::from(code) * 4095 * MOST_INPUTS as i32) as f32);
        }
    }

    #[test]
    fn products_are_close_to_real_ones() {
        let (outputs, inputs, rows) = (5usize, 50usize, 3usize);
        let width = inputs.next_multiple_of(BLOCK);
        let mut codes = vec![0; outputs * width];
        let real: Vec<u32> = noise(7, outputs * inputs);
        for o in 0..outputs {
            for i in 0..inputs {
                codes[o * width + i] = real[o * inputs + i] as u8;
            }
        }
        let (scales, bias, input) = (vec![0.01; outputs], values(8, outputs), values(9, rows * inputs));
        let mut x = Activations::default();
        x.set(&input, inputs);
        let mut out = vec![0.0; rows * outputs];
        multiply(&Weights { codes: &codes, width, scales: &scales, bias: &bias }, &x, &mut out);
        for r in 0..rows {
            for o in 0..outputs {
                let products = (0..inputs)
                    .map(|i| f32::from(real[o * inputs + i] as u8 as i8) * 0.01 * input[r * inputs + i]);
                let expected = products.sum::<f32>() + bias[o];
                assert!((out[r * outputs + o] - expected).abs() < 0.01);
            }
        }
    }

    #[test]
    fn nothing_in_nothing_out() {
        let mut x = Activations::default();
        x.set(&[], 16);
        multiply(&Weights { codes: &[], width: 16, scales: &[], bias: &[] }, &x, &mut []);
        x.set(&[0.0; 16], 16);
        let mut out = [1.0];
        multiply(&Weights { codes: &[5; 16], width: 16, scales: &[1.0], bias: &[0.5] }, &x, &mut out);
        assert_eq!(out, [0.5]);
    }

    fn bits(values: &[f32]) -> Vec<u32> {
        values.iter().map(|v| v.to_bits()).collect()
    }
}
