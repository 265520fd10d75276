//! Eight products at a time in WebAssembly: 128-bit vectors are in every current browser.
#![allow(unsafe_code)] // Vector loads take pointers.

use super::{BLOCK, ROWS, WEIGHTS};
use std::arch::wasm32::*;

pub(super) struct Tile;

impl super::Tile for Tile {
    #[inline(always)]
    fn products(w: [&[u8]; WEIGHTS], x: [&[i16]; ROWS]) -> [[i32; WEIGHTS]; ROWS] {
        let n = w[0].len();
        assert!(n % BLOCK == 0 && w.iter().all(|w| w.len() == n) && x.iter().all(|x| x.len() == n));
        let mut sums = [[i32x4_splat(0); WEIGHTS]; ROWS];
        for i in (0..n).step_by(BLOCK) {
            // SAFETY: each load takes BLOCK (or twice BLOCK / 2) elements from a multiple of BLOCK below `n`, the
            // length of every slice. Loads need no alignment.
            let w: [v128; WEIGHTS] = w.map(|w| unsafe { v128_load(w.as_ptr().add(i).cast()) });
            let w = w.map(|w| [i16x8_extend_low_i8x16(w), i16x8_extend_high_i8x16(w)]);
            for r in 0..ROWS {
                // SAFETY: as above.
                let x: [v128; 2] =
                    [0, BLOCK / 2].map(|half| unsafe { v128_load(x[r].as_ptr().add(i + half).cast()) });
                for o in 0..WEIGHTS {
                    let low = i32x4_add(sums[r][o], i32x4_dot_i16x8(w[o][0], x[0]));
                    sums[r][o] = i32x4_add(low, i32x4_dot_i16x8(w[o][1], x[1]));
                }
            }
        }
        sums.map(totals)
    }
}

/// The sum of each vector's numbers: turned, so that one addition serves all four.
#[inline(always)]
fn totals([a, b, c, d]: [v128; WEIGHTS]) -> [i32; WEIGHTS] {
    let ab = i32x4_add(i32x4_shuffle::<0, 4, 1, 5>(a, b), i32x4_shuffle::<2, 6, 3, 7>(a, b));
    let cd = i32x4_add(i32x4_shuffle::<0, 4, 1, 5>(c, d), i32x4_shuffle::<2, 6, 3, 7>(c, d));
    let sums = i32x4_add(i64x2_shuffle::<0, 2>(ab, cd), i64x2_shuffle::<1, 3>(ab, cd));
    let mut out = [0; WEIGHTS];
    // SAFETY: `out` has room for the sixteen bytes.
    unsafe { v128_store(out.as_mut_ptr().cast(), sums) };
    out
}
