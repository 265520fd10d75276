//! A set of short words with a byte each, asked without regard to ASCII case. Made when first asked: the words
//! themselves take a fraction of what the table would in a compressed module.

use crate::bytes::lower_word;

/// Open addressing over words of up to 15 bytes; `N` is a power of two, well above the number of words.
pub struct Table<const N: usize> {
    keys: [u128; N],
    values: [u8; N],
}

impl<const N: usize> Table<N> {
    pub fn new() -> Self {
        Table { keys: [0; N], values: [0; N] }
    }

    /// Adds the words of a list parted by single spaces; a word that is there gets the new value.
    ///
    /// # Panics
    /// If a word is longer than 15 bytes, or the table is full; so for [`Table::add_first_word`]. Tables are made of our own
    /// lists alone, which tests go through.
    pub fn add_all(&mut self, list: &str, value: u8) {
        list.split(' ').for_each(|word| self.add(word, value));
    }

    /// Adds the letters and digits a phrase begins with.
    pub fn add_first_word(&mut self, phrase: &str, value: u8) {
        self.add(first_word(phrase), value);
    }

    fn add(&mut self, word: &str, value: u8) {
        let key = lower_word(word.as_bytes()).expect("a word of up to 15 bytes");
        let slot = self.slot(key).expect("room in the table");
        self.keys[slot] = key;
        self.values[slot] = value;
    }

    /// The byte of a word, if it is in the table.
    pub fn get(&self, word: &str) -> Option<u8> {
        let key = lower_word(word.as_bytes())?;
        let slot = self.slot(key).filter(|&slot| key != 0 && self.keys[slot] == key)?;
        Some(self.values[slot])
    }

    /// Where a key is, or may be put; `None` if every slot has another.
    fn slot(&self, key: u128) -> Option<usize> {
        let folded = (key as u64) ^ ((key >> 64) as u64);
        let first = (folded.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 40) as usize;
        (first..first + N).map(|slot| slot % N).find(|&slot| self.keys[slot] == 0 || self.keys[slot] == key)
    }
}

/// The first letters and digits of a phrase.
pub fn first_word(phrase: &str) -> &str {
    let inside = phrase.trim_start_matches(|c: char| !c.is_ascii_alphanumeric());
    &inside[..inside.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(inside.len())]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_whatever_their_case() {
        let mut table = Table::<8>::new();
        table.add_all("a bb ccc", 1);
        table.add_first_word("“Dd-ee", 2);
        table.add_all("bb", 3);
        let found = ["A", "bb", "CCC", "dd", "", "e", "abcdefghijklmnop"].map(|word| table.get(word));
        assert_eq!(found, [Some(1), Some(3), Some(1), Some(2), None, None, None]);
    }

    #[test]
    fn a_full_table_still_answers() {
        let mut table = Table::<2>::new();
        table.add_all("a b", 0);
        assert_eq!((table.get("a"), table.get("c")), (Some(0), None));
    }
}
