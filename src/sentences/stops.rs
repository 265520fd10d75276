//! Where the walk over a paragraph has to look: every byte but letters, digits and commas, marks before a space, and the spaces
//! between small words, which make up most of a text. Found a block at a time.

use crate::bytes::{bits, equals, within, BLOCK};

/// Bytes before and after a block that it takes to judge it.
const BEFORE: usize = 1;
const AFTER: usize = 2;

/// The stops of one paragraph, in order.
pub struct Stops<'p> {
    bytes: &'p [u8],
    /// The bytes from `start` on that are stops.
    start: usize,
    stops: u64,
}

impl<'p> Stops<'p> {
    pub fn of(text: &'p str) -> Self {
        Stops { bytes: text.as_bytes(), start: 0, stops: block(text.as_bytes(), 0) }
    }

    /// The first stop at or after `at`, which never goes back.
    #[inline]
    pub fn next(&mut self, mut at: usize) -> Option<usize> {
        loop {
            let inside = at - self.start;
            if inside < BLOCK {
                let rest = self.stops >> inside;
                if rest != 0 {
                    return Some(at + rest.trailing_zeros() as usize);
                }
                at = self.start + BLOCK;
            }
            if at >= self.bytes.len() {
                return None;
            }
            (self.start, self.stops) = (at, block(self.bytes, at));
        }
    }
}

/// The stops of the block at `at`.
fn block(bytes: &[u8], at: usize) -> u64 {
    match at.checked_sub(BEFORE).and_then(|start| bytes.get(start..at + BLOCK + AFTER)) {
        Some(window) => stops(window),
        None => {
            // At an edge of the paragraph; zeros are neither stops nor small words.
            let mut window = [0; BEFORE + BLOCK + AFTER];
            let from = at.saturating_sub(BEFORE);
            let to = bytes.len().min(at + BLOCK + AFTER);
            let shift = BEFORE - (at - from);
            window[shift..shift + to - from].copy_from_slice(&bytes[from..to]);
            stops(&window)
        }
    }
}

fn stops(window: &[u8]) -> u64 {
    let mut flags = [0; BLOCK];
    let quads = window.iter().zip(&window[1..]).zip(&window[2..]).zip(&window[3..]);
    for (flag, (((&left, &byte), &right), &next)) in flags.iter_mut().zip(quads) {
        *flag = is_stop(byte)
            & !(equals(byte, b' ') & goes_on(left, right, next))
            & !(is_mark(byte) & equals(right, b' '));
    }
    bits(&flags)
}

/// Whether a small word goes on after a space and a letter or comma: never a candidate.
#[inline(always)]
fn goes_on(left: u8, right: u8, next: u8) -> u8 {
    (within(left | 0x20, b'a', b'z') | within(left, b'0', b'9') | equals(left, b','))
        & within(right, b'a', b'z')
        & (within(next, b'a', b'z') | equals(next, b' '))
}

/// Before a space these are no stops: the space is.
#[inline(always)]
fn is_mark(byte: u8) -> u8 {
    equals(byte, b'.') | equals(byte, b'?') | equals(byte, b'!')
}

/// White space, `!`, `"`, `.`, `?`, brackets, and the first bytes of wider characters that may be one of these.
#[inline(always)]
fn is_stop(byte: u8) -> u8 {
    within(byte, b'\t', b'\r')
        | within(byte, b' ', b'"')
        | within(byte, b'(', b')')
        | is_mark(byte)
        | equals(byte, b'[')
        | equals(byte, b']')
        | equals(byte, 0xC2)
        | within(byte, 0xE1, 0xE3)
        | equals(byte, 0xEF)
}
