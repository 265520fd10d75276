//! The reference: plain Rust, which the others must equal bit for bit.

use super::{ROWS, WEIGHTS};

pub(super) struct Tile;

impl super::Tile for Tile {
    #[inline(always)]
    fn products(w: [&[u8]; WEIGHTS], x: [&[i16]; ROWS]) -> [[i32; WEIGHTS]; ROWS] {
        x.map(|x| w.map(|w| w.iter().zip(x).map(|(&w, &x)| i32::from(w as i8) * i32::from(x)).sum()))
    }
}
