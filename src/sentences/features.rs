//! What the classifier looks at, as buckets of a hashed table. Training reads the same features from here.

use super::candidates::Candidate;
use super::sides::{Mark, Sides};
use super::words;

/// Buckets of the table.
pub const BUCKETS: usize = 1 << 14;

/// Features of a candidate.
const ALL: usize = OUTLINES + WORDS;
const OUTLINES: usize = 17;
const WORDS: usize = 11;

/// The features that hold of one candidate.
#[derive(Debug, Clone, Copy)]
pub struct Features {
    buckets: [u16; ALL],
}

impl Features {
    /// The buckets, each below [`BUCKETS`].
    pub fn buckets(&self) -> &[u16; ALL] {
        &self.buckets
    }

    /// Looks at a candidate.
    pub fn of(c: &Candidate<'_>, s: &Sides<'_>) -> Self {
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

        // Outlines, each with the mark; they have no word.
        let outlines = [
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
        ];
        // Words, with whether there is a mark.
        let (left_word, right_word) = (word(s.left), word(s.right));
        let words = [
            (mark, left_word),
            (some, right_word),
            (some ^ last_kind << 1, right_word),
            (some, if s.last.len() == s.left.len() { left_word } else { word(s.last) }),
            (some, if s.next.len() == s.right.len() { right_word } else { word(s.next) }),
            (some, word(s.earlier)),
            (some, word(s.later)),
            (some, word(tail(s.left, 3))),
            (some, word(head(s.right, 3))),
            (some ^ right << 1, word(tail(s.left, 2))),
            (some, mix(left_word, right_word)),
        ];
        let (mut keys, mut hashes) = ([0; ALL], [0; ALL]);
        for (key, parts) in keys.iter_mut().zip(outlines) {
            *key = u32::from_le_bytes([parts[0], parts[1], parts[2], mark]);
        }
        for (index, (key, hash)) in words.into_iter().enumerate() {
            keys[OUTLINES + index] = u32::from(key);
            hashes[OUTLINES + index] = hash;
        }
        Features { buckets: all_buckets(&keys, &hashes) }
    }
}

/// Number of each feature: outlines from 1 on, words from 100 on.
const IDS: [u32; ALL] = {
    let mut ids = [0; ALL];
    let mut index = 0;
    while index < ALL {
        ids[index] = if index < OUTLINES { 1 + index as u32 } else { 100 + (index - OUTLINES) as u32 };
        index += 1;
    }
    ids
};

/// All in one loop, for the compiler to do several at once.
fn all_buckets(keys: &[u32; ALL], hashes: &[u32; ALL]) -> [u16; ALL] {
    let mut buckets = [0; ALL];
    for index in 0..ALL {
        let hash = mix(mix(IDS[index], keys[index]), hashes[index]);
        let mixed = hash ^ (hash >> 15);
        buckets[index] = (mixed.wrapping_mul(0x2C1B_3C6D) >> 18) as u16;
    }
    buckets
}

fn mix(hash: u32, part: u32) -> u32 {
    let mixed = (hash.rotate_left(5) ^ part).wrapping_mul(0x9E37_79B1);
    mixed ^ (mixed >> 16)
}

/// FNV-1a over a word without regard to ASCII case, its digits alike.
fn word(word: &str) -> u32 {
    word.bytes().fold(0x811C_9DC5, |hash, byte| {
        (hash ^ u32::from(ALIKE[usize::from(byte)])).wrapping_mul(0x0100_0193)
    })
}

/// A byte as words are compared: in small letters, `0` for any digit.
const ALIKE: [u8; 256] = {
    let mut alike = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        alike[byte] = if (byte as u8).is_ascii_digit() { b'0' } else { (byte as u8).to_ascii_lowercase() };
        byte += 1;
    }
    alike
};

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
