//! The functions between the matrices, in `f32`, from additions, multiplications and divisions alone: those are exact
//! to the last bit on every machine, where a platform's own `exp` or `tanh` is not. Sums run in a fixed order.
//! Loops are written so that the compiler can use vectors without changing a bit.

use std::hint::black_box;

/// What [`exp`] is made of, method there.
#[derive(Clone, Copy)]
struct Exp {
    bounds: [f32; 2],
    log2_e: f32,
    /// 1.5 × 2^23: adding it rounds to an integer.
    shift: f32,
    /// ln 2, in two parts.
    ln_2: [f32; 2],
    coefficients: [f32; 6],
    one: f32,
    /// The exponent's offset, less what `shift` leaves in the bits.
    offset: i32,
}

impl Exp {
    const KNOWN: Self = Exp {
        bounds: [-87.0, 88.0],
        log2_e: std::f32::consts::LOG2_E,
        shift: 12_582_912.0,
        ln_2: [0.693_359_4, -2.121_944_4e-4],
        coefficients: [1.987_569_1e-4, 1.398_199_9e-3, 8.333_452e-3, 4.166_579_6e-2, 1.666_666_5e-1, 5e-1],
        one: 1.0,
        offset: 127 - 0x4B40_0000,
    };

    /// The same as numbers that the compiler does not know, for loops: of a constant WebAssembly engines make a new
    /// vector wherever it is used, which takes longer than using it.
    #[inline(always)]
    fn hidden() -> Self {
        let Exp { bounds, log2_e, shift, ln_2, coefficients, one, offset } = Self::KNOWN;
        Exp {
            bounds: bounds.map(black_box),
            log2_e: black_box(log2_e),
            shift: black_box(shift),
            ln_2: ln_2.map(black_box),
            coefficients: coefficients.map(black_box),
            one: black_box(one),
            offset: black_box(offset),
        }
    }

    #[inline(always)]
    fn of(&self, x: f32) -> f32 {
        let x = if x > self.bounds[1] { self.bounds[1] } else { x };
        let x = if x < self.bounds[0] { self.bounds[0] } else { x };
        let shifted = x * self.log2_e + self.shift;
        let k = shifted - self.shift;
        let r = (x - k * self.ln_2[0]) - k * self.ln_2[1];
        let [first, rest @ ..] = self.coefficients;
        let p = rest.iter().fold(first, |p, coefficient| p * r + coefficient);
        let p = (p * r) * r + r + self.one;
        let power = (shifted.to_bits() as i32).wrapping_add(self.offset) << 23;
        p * f32::from_bits(power as u32)
    }

    /// 1 / (1 + e^-x).
    #[inline(always)]
    fn sigmoid(&self, x: f32) -> f32 {
        self.one / (self.one + self.of(-x))
    }

    /// Hyperbolic tangent. Absolute error below 3e-7.
    #[inline(always)]
    fn tanh(&self, x: f32) -> f32 {
        let e = self.of(x + x) + self.one;
        self.one - (self.one + self.one) / e
    }
}

/// e to the x. Relative error below 2e-7; below -87 it is 0 to `f32`'s normal range, above 88 it stays at e^88.
///
/// Method: x = k ln 2 + r with |r| ≤ ln 2 / 2; a polynomial of degree 6 for e^r (Cephes' coefficients); 2^k by exponent.
#[inline(always)]
pub(crate) fn exp(x: f32) -> f32 {
    Exp::KNOWN.of(x)
}

/// 1 / (1 + e^-x).
#[inline(always)]
pub(crate) fn sigmoid(x: f32) -> f32 {
    Exp::KNOWN.sigmoid(x)
}

/// One step of a gated recurrent unit: reset and update gates from both sides, then the candidate. `mapped`, `target` and
/// `holder` together are its input. The gates take the place of what was recurrent in them: in loops of their own
/// processors have more to do side by side.
///
/// Never inlined, so that WebAssembly engines can exchange it while the first article is read (as `kernels::band`).
#[inline(never)]
pub(super) fn gated(
    state: &mut [f32],
    mapped: &[f32],
    target: &[f32],
    holder: &[f32],
    recurrent: &mut [f32],
) {
    let size = state.len();
    let [mapped, target, holder] = [mapped, target, holder].map(|part| &part[..3 * size]);
    let (gates, recurrent) = recurrent[..3 * size].split_at_mut(2 * size);
    let exp = Exp::hidden();
    for (i, gate) in gates.iter_mut().enumerate() {
        *gate = exp.sigmoid(mapped[i] + target[i] + holder[i] + *gate);
    }
    let [mapped, target, holder] = [mapped, target, holder].map(|part| &part[2 * size..]);
    let (reset, keep) = gates.split_at(size);
    for i in 0..size {
        let candidate = exp.tanh(mapped[i] + target[i] + holder[i] + reset[i] * recurrent[i]);
        state[i] = (exp.one - keep[i]) * candidate + keep[i] * state[i];
    }
}

/// What [`gelu`] is made of besides [`Exp`].
#[derive(Clone, Copy)]
struct Gelu {
    exp: Exp,
    root_half: f32,
    slope: f32,
    coefficients: [f32; 5],
    half: f32,
}

impl Gelu {
    const KNOWN: Self = Gelu {
        exp: Exp::KNOWN,
        root_half: std::f32::consts::FRAC_1_SQRT_2,
        slope: 0.327_591_1,
        coefficients: [1.061_405_4, -1.453_152, 1.421_413_8, -0.284_496_74, 0.254_829_6],
        half: 0.5,
    };

    /// As [`Exp::hidden`].
    #[inline(always)]
    fn hidden() -> Self {
        let Gelu { exp: _, root_half, slope, coefficients, half } = Self::KNOWN;
        Gelu {
            exp: Exp::hidden(),
            root_half: black_box(root_half),
            slope: black_box(slope),
            coefficients: coefficients.map(black_box),
            half: black_box(half),
        }
    }

    #[inline(always)]
    fn of(&self, x: f32) -> f32 {
        let one = self.exp.one;
        let z = x.abs() * self.root_half;
        let t = one / (one + self.slope * z);
        let [first, rest @ ..] = self.coefficients;
        let p = rest.iter().fold(first, |p, coefficient| p * t + coefficient);
        let tail = p * t * self.exp.of(-z * z); // 1 - erf(z)
        self.half * (x + x.abs() * (one - tail))
    }
}

/// x Φ(x) of each, the exact form with the error function. Absolute error below 1e-6.
///
/// Method: Abramowitz & Stegun 7.1.26 for the error function. Never inlined, as [`gated`].
#[inline(never)]
pub(crate) fn gelu(values: &mut [f32]) {
    let gelu = Gelu::hidden();
    values.iter_mut().for_each(|v| *v = gelu.of(*v));
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
    across(lanes)
}

#[inline(always)]
fn across([a, b, c, d, e, f, g, h]: [f32; 8]) -> f32 {
    ((a + e) + (c + g)) + ((b + f) + (d + h))
}

/// Sum of products in eight lanes, what is left over after them. Never inlined, as [`gated`].
#[inline(never)]
pub(crate) fn dot(a: &[f32], b: &[f32]) -> f32 {
    let mut lanes = [0f32; 8];
    let (mut a, mut b) = (a.chunks_exact(8), b.chunks_exact(8));
    for (a, b) in (&mut a).zip(&mut b) {
        for ((lane, a), b) in lanes.iter_mut().zip(a).zip(b) {
            *lane += a * b;
        }
    }
    across(lanes) + a.remainder().iter().zip(b.remainder()).fold(0.0, |sum, (a, b)| sum + a * b)
}

/// Makes a row a distribution: e^v over the sum of all. Never inlined, as [`gated`].
#[inline(never)]
pub fn softmax(row: &mut [f32]) {
    let peak = row.iter().fold(f32::NEG_INFINITY, |a, &b| if b > a { b } else { a });
    let exp = Exp::hidden();
    for v in row.iter_mut() {
        *v = exp.of(*v - peak);
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

/// The same, never inlined, so that WebAssembly engines can exchange it soon (as `kernels::band`).
#[inline(never)]
fn add_row(out: &mut [f32], weight: f32, values: &[f32]) {
    add_scaled(out, weight, values);
}

/// Raises each of `out` to its counterpart where that is larger. Never inlined, as above.
#[inline(never)]
pub(crate) fn raise(out: &mut [f32], values: &[f32]) {
    for (peak, &v) in out.iter_mut().zip(values) {
        *peak = if v > *peak { v } else { *peak };
    }
}

/// The mean of rows, each with its weight.
pub fn weighted_mean<'s>(rows: impl Iterator<Item = (f32, &'s [f32])>, width: usize) -> Vec<f32> {
    let (mut mean, mut sum) = (vec![0.0; width], 0.0);
    for (weight, row) in rows {
        sum += weight;
        add_row(&mut mean, weight, row);
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
            assert!((f64::from(Exp::KNOWN.tanh(x)) - libm::tanh(wide)).abs() < 3e-7, "tanh {x}");
            assert!((f64::from(sigmoid(x)) - 1.0 / (1.0 + libm::exp(-wide))).abs() < 3e-7, "sigmoid {x}");
            let real = 0.5 * wide * (1.0 + libm::erf(wide / std::f64::consts::SQRT_2));
            assert!((f64::from(Gelu::KNOWN.of(x)) - real).abs() < 2e-6, "gelu {x}");
        }
    }

    #[test]
    fn hidden_constants_are_the_known_ones() {
        let (exp, gelu) = (Exp::hidden(), Gelu::hidden());
        for x in span(-90.0, 90.0) {
            assert_eq!(exp.of(x).to_bits(), super::exp(x).to_bits());
            assert_eq!(gelu.of(x).to_bits(), Gelu::KNOWN.of(x).to_bits());
        }
    }

    #[test]
    fn products_whatever_the_length() {
        for n in 0..20u8 {
            let a: Vec<f32> = (0..n).map(f32::from).collect();
            assert_eq!(dot(&a, &a), a.iter().map(|x| x * x).sum::<f32>(), "{n}");
        }
    }

    #[test]
    fn one_step_of_the_gated_unit() {
        let size = 5;
        let part = |seed: usize| (0..3 * size).map(move |i| ((i * 7 + seed * 5) % 11) as f32 * 0.2 - 1.0);
        let [mapped, target, holder] = [1, 2, 3].map(|seed| part(seed).collect::<Vec<_>>());
        let recurrent: Vec<f32> = part(4).collect();
        let mut state = vec![0.3; size];
        gated(&mut state, &mapped, &target, &holder, &mut recurrent.clone());
        for (i, state) in state.into_iter().enumerate() {
            let given = |gate: usize| {
                let at = gate * size + i;
                f64::from(mapped[at] + target[at] + holder[at])
            };
            let before = |gate: usize| f64::from(recurrent[gate * size + i]);
            let sigmoid = |x: f64| 1.0 / (1.0 + libm::exp(-x));
            let (reset, keep) = (sigmoid(given(0) + before(0)), sigmoid(given(1) + before(1)));
            let real = (1.0 - keep) * libm::tanh(given(2) + reset * before(2)) + keep * 0.3;
            assert!((f64::from(state) - real).abs() < 1e-6);
        }
    }

    #[test]
    fn finite_everywhere() {
        for x in [0.0, -0.0, 1e-30, 88.0, 89.0, 1e30, f32::MAX, -88.0, -1e30, f32::MIN] {
            assert!([exp(x), Exp::KNOWN.tanh(x), sigmoid(x)].iter().all(|v| v.is_finite()), "{x}");
        }
        assert_eq!(
            (Exp::KNOWN.tanh(50.0), Exp::KNOWN.tanh(-50.0), Gelu::KNOWN.of(-20.0), Gelu::KNOWN.of(20.0)),
            (1.0, -1.0, 0.0, 20.0)
        );
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
