//! A set of short words with a byte each, built by the compiler, asked without regard to ASCII case.

use crate::bytes::lower_word;

/// Open addressing over words of up to 15 bytes; `N` is a power of two, well above the number of words.
pub struct Table<const N: usize> {
    keys: [u128; N],
    values: [u8; N],
}

impl<const N: usize> Table<N> {
    pub const fn new() -> Self {
        Table { keys: [0; N], values: [0; N] }
    }

    /// Adds the words of a list parted by single spaces.
    pub const fn with(mut self, list: &str, value: u8) -> Self {
        let bytes = list.as_bytes();
        let mut start = 0;
        while start < bytes.len() {
            let mut end = start;
            while end < bytes.len() && bytes[end] != b' ' {
                end += 1;
            }
            self = self.add(pack(bytes, start, end), value);
            start = end + 1;
        }
        self
    }

    /// Adds the letters and digits a phrase begins with; a word that is there gets the new value.
    pub const fn with_first_word(self, phrase: &str, value: u8) -> Self {
        let (start, end) = first_word(phrase.as_bytes());
        self.add(pack(phrase.as_bytes(), start, end), value)
    }

    const fn add(mut self, key: u128, value: u8) -> Self {
        let mut slot = place::<N>(key);
        while self.keys[slot] != 0 && self.keys[slot] != key {
            slot = (slot + 1) % N;
        }
        self.keys[slot] = key;
        self.values[slot] = value;
        self
    }

    /// The byte of a word, if it is in the table.
    pub fn get(&self, word: &str) -> Option<u8> {
        let key = lower_word(word.as_bytes())?;
        let mut slot = place::<N>(key);
        while self.keys[slot] != 0 {
            if self.keys[slot] == key {
                return Some(self.values[slot]);
            }
            slot = (slot + 1) % N;
        }
        None
    }
}

/// Where the first letters and digits of a phrase start and end.
pub const fn first_word(bytes: &[u8]) -> (usize, usize) {
    let mut start = 0;
    while start < bytes.len() && !bytes[start].is_ascii_alphanumeric() {
        start += 1;
    }
    let mut end = start;
    while end < bytes.len() && bytes[end].is_ascii_alphanumeric() {
        end += 1;
    }
    (start, end)
}

/// What [`lower_word`] makes of a word, for the compiler.
const fn pack(bytes: &[u8], start: usize, end: usize) -> u128 {
    assert!(end - start < 16);
    let mut key = (end - start) as u128;
    key <<= 8 * (15 - (end - start));
    let mut at = end;
    while at > start {
        at -= 1;
        key = key << 8 | bytes[at].to_ascii_lowercase() as u128;
    }
    key
}

const fn place<const N: usize>(key: u128) -> usize {
    let folded = (key as u64) ^ ((key >> 64) as u64);
    (folded.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 40) as usize % N
}
