//! The functions between the matrices, in `f32`, from additions, multiplications and divisions alone: those are exact
//! to the last bit on every machine, where a platform's own `exp` or `tanh` is not. Sums run in a fixed order.
//! Loops are written so that the compiler can use vectors without changing a bit.

/// e to the x. Relative error below 2e-7; below -87 it is 0 to `f32`'s normal range, above 88 it stays at e^88.
///
/// Method: x = k ln 2 + r with |r| ≤ ln 2 / 2; a polynomial of degree 6 for e^r (Cephes' coefficients); 2^k by exponent.
#[inline(always)]
pub(crate) fn exp(x: f32) -> f32 {
    const SHIFT: f32 = 12_582_912.0; // 1.5 × 2^23: adding it rounds to an integer
    let x = if x > 88.0 { 88.0 } else { x };
    let x = if x < -87.0 { -87.0 } else { x };
    let shifted = x * std::f32::consts::LOG2_E + SHIFT;
    let k = shifted - SHIFT;
    let r = (x - k * 0.693_359_4) + k * 2.121_944_4e-4;
    let p = 1.987_569_1e-4;
    let p = p * r + 1.398_199_9e-3;
    let p = p * r + 8.333_452e-3;
    let p = p * r + 4.166_579_6e-2;
    let p = p * r + 1.666_666_5e-1;
    let p = p * r + 5e-1;
    let p = (p * r) * r + r + 1.0;
    let power = (shifted.to_bits() as i32).wrapping_sub(0x4B40_0000).wrapping_add(127) << 23;
    p * f32::from_bits(power as u32)
}

/// 1 / (1 + e^-x).
#[inline(always)]
pub(crate) fn sigmoid(x: f32) -> f32 {
    1.0 / (1.0 + exp(-x))
}

/// Hyperbolic tangent. Absolute error below 3e-7.
#[inline(always)]
pub(crate) fn tanh(x: f32) -> f32 {
    1.0 - 2.0 / (exp(2.0 * x) + 1.0)
}

/// x Φ(x), the exact form with the error function. Absolute error below 1e-6.
///
/// Method: Abramowitz & Stegun 7.1.26 for the error function.
#[inline(always)]
pub(crate) fn gelu(x: f32) -> f32 {
    let z = x.abs() * std::f32::consts::FRAC_1_SQRT_2;
    let t = 1.0 / (1.0 + 0.327_591_1 * z);
    let p = 1.061_405_4;
    let p = p * t - 1.453_152;
    let p = p * t + 1.421_413_8;
    let p = p * t - 0.284_496_74;
    let p = p * t + 0.254_829_6;
    let tail = p * t * exp(-z * z); // 1 - erf(z)
    0.5 * (x + x.abs() * (1.0 - tail))
}

/// Sum in eight lanes, then across them: an order that vectors can follow.
pub(crate) fn sum(values: &[f32]) -> f32 {
    lanes(values, |v| v)
}

#[inline(always)]
fn lanes(values: &[f32], f: impl Fn(f32) -> f32) -> f32 {
    let mut lanes = [0f32; 8];
    let mut chunks = values.chunks_exact(8);
    for chunk in &mut chunks {
        for (lane, &v) in lanes.iter_mut().zip(chunk) {
            *lane += f(v);
        }
    }
    for (lane, &v) in lanes.iter_mut().zip(chunks.remainder()) {
        *lane += f(v);
    }
    let [a, b, c, d, e, f, g, h] = lanes;
    ((a + e) + (c + g)) + ((b + f) + (d + h))
}

/// Makes a row a distribution: e^v over the sum of all.
pub(crate) fn softmax(row: &mut [f32]) {
    let peak = row.iter().fold(f32::NEG_INFINITY, |a, &b| if b > a { b } else { a });
    for v in row.iter_mut() {
        *v = exp(*v - peak);
    }
    let scale = 1.0 / sum(row);
    for v in row.iter_mut() {
        *v *= scale;
    }
}

/// Layer normalisation of one row in place (Ba et al. 2016), with ε = 1e-12 as BERT has it.
pub(crate) fn layer_norm(row: &mut [f32], gain: &[f32], bias: &[f32]) {
    let n = row.len() as f32;
    let mean = sum(row) / n;
    let variance = lanes(row, |v| (v - mean) * (v - mean)) / n;
    let scale = 1.0 / (variance + 1e-12).sqrt();
    for ((v, gain), bias) in row.iter_mut().zip(gain).zip(bias) {
        *v = (*v - mean) * scale * gain + bias;
    }
}

/// `out += weight × values`.
#[inline(always)]
pub(crate) fn add_scaled(out: &mut [f32], weight: f32, values: &[f32]) {
    for (out, value) in out.iter_mut().zip(values) {
        *out += weight * value;
    }
}

/// The mean of rows, each with its weight.
pub fn weighted_mean<'s>(rows: impl Iterator<Item = (f32, &'s [f32])>, width: usize) -> Vec<f32> {
    let (mut mean, mut sum) = (vec![0.0; width], 0.0);
    for (weight, row) in rows {
        sum += weight;
        mean.iter_mut().zip(row).for_each(|(m, v)| *m += weight * v);
    }
    let scale = 1.0 / if sum > 1e-6 { sum } else { 1e-6 };
    mean.iter_mut().for_each(|m| *m *= scale);
    mean
}

#[cfg(test)]
mod tests {
    use super::*;

    fn span(from: f32, to: f32) -> impl Iterator<Item = f32> {
        (0..20_000).map(move |i| from + (to - from) * i as f32 / 20_000.0)
    }

    #[test]
    fn close_to_the_real_functions() {
        for x in span(-80.0, 80.0) {
            let real = libm::exp(f64::from(x));
            assert!((f64::from(exp(x)) - real).abs() <= 3e-7 * real, "exp {x}");
        }
        for x in span(-12.0, 12.0) {
            let wide = f64::from(x);
            assert!((f64::from(tanh(x)) - libm::tanh(wide)).abs() < 3e-7, "tanh {x}");
            assert!((f64::from(sigmoid(x)) - 1.0 / (1.0 + libm::exp(-wide))).abs() < 3e-7, "sigmoid {x}");
            let real = 0.5 * wide * (1.0 + libm::erf(wide / std::f64::consts::SQRT_2));
            assert!((f64::from(gelu(x)) - real).abs() < 2e-6, "gelu {x}");
        }
    }

    #[test]
    fn finite_everywhere() {
        for x in [0.0, -0.0, 1e-30, 88.0, 89.0, 1e30, f32::MAX, -88.0, -1e30, f32::MIN] {
            assert!([exp(x), tanh(x), sigmoid(x)].iter().all(|v| v.is_finite()), "{x}");
        }
        assert_eq!((tanh(50.0), tanh(-50.0), gelu(-20.0), gelu(20.0)), (1.0, -1.0, 0.0, 20.0));
    }

    #[test]
    fn rows() {
        let mut row = [1.0, 2.0, 3.0];
        softmax(&mut row);
        assert!((row.iter().sum::<f32>() - 1.0).abs() < 1e-6 && row[0] < row[1] && row[1] < row[2]);
        let mut row = [1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0];
        layer_norm(&mut row, &[1.0; 9], &[0.5; 9]);
        assert!((row[4] - 0.5).abs() < 1e-6 && (row[8] - 0.5 - 1.549_193_4).abs() < 1e-5);
    }
}
