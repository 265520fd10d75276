//! What the classifier looks at, as buckets of a hashed table. Training reads the same features from here.

use super::candidates::Candidate;
use super::sides::{Mark, Sides};
use super::words;

/// Buckets of the table.
pub const BUCKETS: usize = 1 << 14;

/// Most features a candidate can have.
const MOST: usize = 40;

/// The features that hold of one candidate.
#[derive(Debug, Clone, Copy)]
pub struct Features {
    buckets: [u16; MOST],
    len: usize,
}

impl Features {
    /// The buckets, each below [`BUCKETS`].
    pub fn buckets(&self) -> &[u16] {
        &self.buckets[..self.len]
    }

    fn push(&mut self, hash: u32) {
        if self.len < MOST {
            let mixed = hash ^ (hash >> 15);
            self.buckets[self.len] = (mixed.wrapping_mul(0x2C1B_3C6D) >> 18) as u16;
            self.len += 1;
        }
    }

    /// Looks at a candidate.
    pub fn of(c: &Candidate<'_>, s: &Sides<'_>) -> Self {
        let mut f = Features { buckets: [0; MOST], len: 0 };
        let (left, right) = (shape(s.left), shape(s.right));
        let mark = s.mark as u8;
        let some = u8::from(s.mark != Mark::None);
        let gap = if c.before == c.after {
            0
        } else if c.newline {
            1
        } else {
            2
        };
        let starter = u8::from(words::starts_sentences(s.right));
        let field = match s.mark {
            Mark::Stop => {
                words::abbreviation(s.left).map_or(8 + u8::from(words::is_acronym(s.left)), |a| a as u8)
            }
            _ => 10,
        };
        let (closer, opener) = (s.closer as u8, s.opener as u8);
        let ends_well = u8::from(c.running);
        let (earlier_kind, last_kind) = (kind(s.earlier.as_bytes().last()), kind(s.last.as_bytes().last()));
        let (next_kind, later_kind) = (kind(s.next.as_bytes().first()), kind(s.later.as_bytes().first()));

        // Outlines, each with the mark.
        for (id, parts) in [
            [s.run.min(4) as u8, closer, gap],
            [closer << 1 ^ opener, opener, right],
            [gap, right, starter],
            [left, right, 0],
            [field, right, starter],
            [last_kind, next_kind, 0],
            [earlier_kind, last_kind, right],
            [right, later_kind, starter],
            [u8::from(c.bracketed), closer, right],
            [u8::from(c.quoted) << 7 | closer, opener, right],
            [bucket(c.before - c.since), right, 0],
            [bucket(c.text.len() - c.after), right, 0],
            [ends_well, right, starter],
            [ends_well, last_kind, 0],
            [next_kind, later_kind, 0],
            [s.left.len().min(12) as u8, left, 0],
            [(s.right.len().min(8) as u8) << 2 | gap, right, left],
        ]
        .into_iter()
        .enumerate()
        {
            f.push(mix(mix(id as u32 + 1, u32::from_le_bytes([parts[0], parts[1], parts[2], mark])), 0));
        }

        // Words, with whether there is a mark.
        let (left_word, right_word) = (word(s.left), word(s.right));
        for (id, key, hash) in [
            (100, mark, left_word),
            (101, some, right_word),
            (102, some ^ last_kind << 1, right_word),
            (103, some, word(s.last)),
            (104, some, word(s.next)),
            (105, some, word(s.earlier)),
            (106, some, word(s.later)),
            (107, some, word(tail(s.left, 3))),
            (108, some, word(head(s.right, 3))),
            (109, some ^ right << 1, word(tail(s.left, 2))),
            (110, some, mix(left_word, right_word)),
        ] {
            f.push(mix(mix(id, u32::from(key)), hash));
        }
        f
    }
}

fn mix(hash: u32, part: u32) -> u32 {
    let mixed = (hash.rotate_left(5) ^ part).wrapping_mul(0x9E37_79B1);
    mixed ^ (mixed >> 16)
}

/// FNV-1a over a word without regard to ASCII case, its digits alike.
fn word(word: &str) -> u32 {
    word.bytes().fold(0x811C_9DC5, |hash, byte| {
        let byte = if byte.is_ascii_digit() { b'0' } else { byte.to_ascii_lowercase() };
        (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193)
    })
}

/// The outline of a word: 0 none, then `a`, `A`, `Aa`, `AA`, `1`, digits with letters, other scripts, marks, mixed.
fn shape(word: &str) -> u8 {
    let bytes = word.as_bytes();
    let Some(&first) = bytes.first() else { return 0 };
    let rest = &bytes[1..];
    match first {
        b'a'..=b'z' if rest.iter().all(|b| b.is_ascii_alphabetic() || *b == b'\'') => 1,
        b'a'..=b'z' => 2,
        b'A'..=b'Z' if rest.is_empty() => 3,
        b'A'..=b'Z' if rest.iter().all(|b| b.is_ascii_lowercase() || *b == b'\'' || *b >= 0x80) => 4,
        b'A'..=b'Z' if rest.iter().all(|b| b.is_ascii_uppercase() || *b == b'\'') => 5,
        b'A'..=b'Z' => 6,
        b'0'..=b'9' if rest.iter().all(u8::is_ascii_digit) => 7,
        b'0'..=b'9' if rest.iter().all(|b| b.is_ascii_digit() || b.is_ascii_punctuation()) => 8,
        b'0'..=b'9' => 9,
        0x80.. => match word.chars().next() {
            Some(c) if c.is_uppercase() => 10,
            Some(c) if c.is_lowercase() => 11,
            _ => 12,
        },
        other => other,
    }
}

/// A character at a word's edge, letters and digits by sort.
fn kind(byte: Option<&u8>) -> u8 {
    match byte {
        None => 0,
        Some(b'a'..=b'z') => 1,
        Some(b'A'..=b'Z') => 2,
        Some(b'0'..=b'9') => 3,
        Some(0x80..) => 4,
        Some(&other) => other,
    }
}

/// A length in rough powers of two.
fn bucket(length: usize) -> u8 {
    (usize::BITS - (length.min(1024)).leading_zeros()) as u8
}

/// The last `n` bytes of a word, or fewer to stay on a character.
fn tail(word: &str, n: usize) -> &str {
    let mut at = word.len().saturating_sub(n);
    while !word.is_char_boundary(at) {
        at += 1;
    }
    &word[at..]
}

/// The first `n` bytes of a word, or fewer to stay on a character.
fn head(word: &str, n: usize) -> &str {
    let mut at = n.min(word.len());
    while !word.is_char_boundary(at) {
        at -= 1;
    }
    &word[..at]
}
