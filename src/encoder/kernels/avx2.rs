//! Sixteen products at a time on x86-64 processors that have AVX2 (2013 on); asked once at run time.
#![allow(unsafe_code)] // Vector loads take pointers, and AVX2 code may run only where the processor has it.

use super::{Activations, Weights, BLOCK, ROWS, WEIGHTS};
use std::arch::x86_64::*;

pub(super) fn available() -> bool {
    std::is_x86_feature_detected!("avx2")
}

/// # Panics
/// Where [`available`] says no.
pub(super) fn multiply(weights: &Weights<'_>, x: &Activations, out: &mut [f32]) {
    assert!(available());
    // SAFETY: the processor has AVX2, as just asserted.
    unsafe { multiply_avx2(weights, x, out) }
}

#[target_feature(enable = "avx2")]
unsafe fn multiply_avx2(weights: &Weights<'_>, x: &Activations, out: &mut [f32]) {
    super::tiles::<Tile>(weights, x, out)
}

/// Used by [`multiply_avx2`] alone, into which it is inlined.
struct Tile;

impl super::Tile for Tile {
    #[inline(always)]
    fn products(w: [&[u8]; WEIGHTS], x: [&[i16]; ROWS]) -> [[i32; WEIGHTS]; ROWS] {
        let n = w[0].len();
        assert!(n % BLOCK == 0 && w.iter().all(|w| w.len() == n) && x.iter().all(|x| x.len() == n));
        // SAFETY: only reached from `multiply_avx2`; each load takes BLOCK elements from a multiple of BLOCK below
        // `n`, the length of every slice. Loads need no alignment.
        unsafe {
            let mut sums = [[_mm256_setzero_si256(); WEIGHTS]; ROWS];
            for i in (0..n).step_by(BLOCK) {
                let w = w.map(|w| _mm256_cvtepi8_epi16(_mm_loadu_si128(w.as_ptr().add(i).cast())));
                for r in 0..ROWS {
                    let x = _mm256_loadu_si256(x[r].as_ptr().add(i).cast());
                    for o in 0..WEIGHTS {
                        sums[r][o] = _mm256_add_epi32(sums[r][o], _mm256_madd_epi16(w[o], x));
                    }
                }
            }
            sums.map(|sums| totals(sums))
        }
    }
}

/// The sum of each vector's numbers.
#[inline(always)]
unsafe fn totals([a, b, c, d]: [__m256i; WEIGHTS]) -> [i32; WEIGHTS] {
    let halves = _mm256_hadd_epi32(_mm256_hadd_epi32(a, b), _mm256_hadd_epi32(c, d));
    let sums = _mm_add_epi32(_mm256_castsi256_si128(halves), _mm256_extracti128_si256::<1>(halves));
    let mut out = [0; WEIGHTS];
    _mm_storeu_si128(out.as_mut_ptr().cast(), sums);
    out
}
