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
        // Half a block at a time: with all of it the sums would no longer fit the processor's registers.
        for i in (0..n).step_by(BLOCK / 2) {
            // SAFETY: each load takes BLOCK / 2 elements from a multiple of that below `n`, the length of every
            // slice. Loads need no alignment.
            let w: [v128; WEIGHTS] = w.map(|w| unsafe { i16x8_load_extend_i8x8(w.as_ptr().add(i).cast()) });
            for r in 0..ROWS {
                // SAFETY: as above.
                let x = unsafe { v128_load(x[r].as_ptr().add(i).cast()) };
                for o in 0..WEIGHTS {
                    sums[r][o] = i32x4_add(sums[r][o], i32x4_dot_i16x8(w[o], x));
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
