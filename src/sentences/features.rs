//! What the classifier looks at, as buckets of a hashed table. Training reads the same features from here.

use super::candidates::Candidate;
use super::sides::Sides;
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

    fn push(&mut self, hash: Hash) {
        if self.len < MOST {
            let mixed = hash.0 ^ (hash.0 >> 15);
            self.buckets[self.len] = (mixed.wrapping_mul(0x2C1B_3C6D) >> 18) as u16;
            self.len += 1;
        }
    }

    /// Looks at a candidate.
    pub fn of(c: &Candidate<'_>, s: &Sides<'_>) -> Self {
        let mut f = Features { buckets: [0; MOST], len: 0 };
        let (left, right) = (shape(s.left), shape(s.right));
        let mark = s.mark as u8;
        let gap = if c.before == c.after {
            0
        } else if c.newline {
            1
        } else {
            2
        };
        let run = s.run.min(4) as u8;
        let starter = words::starts_sentences(s.right) as u8;
        let class =
            words::abbreviation(s.left).map_or(if words::is_acronym(s.left) { 9 } else { 8 }, |a| a as u8);
        let (closer, opener) = (s.closer as u8, s.opener as u8);
        let so_far = bucket(c.before - c.since);
        let left_to_go = bucket(c.text.len() - c.after);
        let ends_well = c.text.ends_with(['.', '!', '?', '"', '”', '…', ')']) as u8;
        let earlier_mark = last_kind(s.earlier);
        let last_mark = last_kind(s.last);
        let next_mark = first_kind(s.next);
        let later = first_kind(s.later);
        let mut id = 0u8;
        let mut add = |parts: &[u8]| {
            id += 1;
            f.push(Hash::of(id).bytes(parts));
        };
        add(&[mark, run, closer, gap]);
        add(&[mark, closer, opener, right]);
        add(&[mark, gap, right, starter]);
        add(&[mark, left, right]);
        add(&[mark, class, right, starter]);
        add(&[mark, last_mark, next_mark]);
        add(&[mark, earlier_mark, last_mark, right]);
        add(&[mark, right, later, starter]);
        add(&[mark, c.bracketed as u8, closer, right]);
        add(&[mark, c.quoted as u8, closer, opener, right]);
        add(&[mark, so_far, right]);
        add(&[mark, left_to_go, right]);
        add(&[mark, ends_well, right, starter]);
        add(&[mark, ends_well, last_mark]);
        add(&[mark, next_mark, later]);
        add(&[mark, s.left.len().min(12) as u8, left]);
        add(&[mark, gap, s.right.len().min(8) as u8, right, left]);
        let some = (mark != 0) as u8;
        f.push(Hash::of(100).bytes(&[mark]).word(s.left));
        f.push(Hash::of(101).bytes(&[some]).word(s.right));
        f.push(Hash::of(102).bytes(&[some, last_mark]).word(s.right));
        f.push(Hash::of(103).bytes(&[some]).word(s.last));
        f.push(Hash::of(104).bytes(&[some]).word(s.next));
        f.push(Hash::of(105).bytes(&[some]).word(s.earlier));
        f.push(Hash::of(106).bytes(&[some]).word(s.later));
        f.push(Hash::of(107).bytes(&[some]).word(tail(s.left, 3)));
        f.push(Hash::of(108).bytes(&[some]).word(head(s.right, 3)));
        f.push(Hash::of(109).bytes(&[some, right]).word(tail(s.left, 2)));
        f.push(Hash::of(110).bytes(&[some]).word(s.left).word(s.right));
        f
    }
}

/// FNV-1a over a feature's number and parts.
#[derive(Clone, Copy)]
struct Hash(u32);

impl Hash {
    fn of(id: u8) -> Self {
        Hash(0x811C_9DC5).bytes(&[id])
    }

    fn bytes(mut self, bytes: &[u8]) -> Self {
        for &byte in bytes {
            self.0 = (self.0 ^ u32::from(byte)).wrapping_mul(0x0100_0193);
        }
        self
    }

    /// A word without regard to ASCII case, its digits alike.
    fn word(mut self, word: &str) -> Self {
        for byte in word.bytes() {
            let byte = if byte.is_ascii_digit() { b'0' } else { byte.to_ascii_lowercase() };
            self.0 = (self.0 ^ u32::from(byte)).wrapping_mul(0x0100_0193);
        }
        self.bytes(&[0])
    }
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

/// The last character of a word, letters and digits by sort.
fn last_kind(word: &str) -> u8 {
    kind(word.as_bytes().last())
}

/// The first character of a word, letters and digits by sort.
fn first_kind(word: &str) -> u8 {
    kind(word.as_bytes().first())
}

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
