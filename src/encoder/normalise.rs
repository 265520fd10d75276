//! Text as BERT's uncased tokenizer sees it: lower case, without accents, cut at white space, marks and ideographs.
//!
//! Method: Devlin et al. 2019, `BasicTokenizer`. The tables were observed from the reference implementation, so words
//! come out as it cuts them, for any text. Left out of the accent table are composed letters that no English news
//! vocabulary holds (compatibility ideographs, letters of Indic scripts made of two, musical signs): their word is
//! unknown to the vocabulary either way.

use super::unicode::{ACCENTED, CLASSES, PLAIN};

/// A word in normal form and where each of its bytes came from.
#[derive(Debug, Default)]
pub(super) struct Word {
    /// Normal form, UTF-8.
    pub text: String,
    /// Number of characters in `text`.
    pub chars: usize,
    /// For each byte of `text`, the byte range of the source character that it came from.
    pub origin: Vec<(u32, u32)>,
}

impl Word {
    fn clear(&mut self) {
        self.text.clear();
        self.origin.clear();
        self.chars = 0;
    }

    fn push(&mut self, c: char, start: u32, end: u32) {
        self.text.push(c);
        self.origin.resize(self.text.len(), (start, end));
        self.chars += 1;
    }
}

/// What a character does to the word it stands in.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Class {
    /// Vanishes: control characters, combining marks.
    Dropped,
    /// Ends the word and vanishes.
    Space,
    /// Is a word of its own: punctuation, symbols of ASCII, ideographs.
    Alone,
    /// Belongs to a word.
    Letter,
}

fn class(c: char) -> Class {
    if c.is_ascii_alphanumeric() {
        return Class::Letter;
    }
    let code = u32::from(c);
    let next = CLASSES.partition_point(|&(first, _, _)| first <= code);
    match next.checked_sub(1).map(|i| CLASSES[i]) {
        Some((_, last, class)) if code <= last => match class {
            0 => Class::Dropped,
            1 => Class::Space,
            _ => Class::Alone,
        },
        _ => Class::Letter,
    }
}

/// Calls `push` with the characters that are left of `c` without accents and in lower case.
fn fold(c: char, mut push: impl FnMut(char)) {
    let code = u32::from(c);
    if c.is_ascii() {
        return push(c.to_ascii_lowercase());
    }
    if let Some(plain) = u16::try_from(code).ok().and_then(|code| ACCENTED.binary_search(&code).ok()) {
        return push(char::from_u32(u32::from(PLAIN[plain])).unwrap_or(c));
    }
    if let Some(syllable) = code.checked_sub(0xAC00).filter(|&s| s < 11172) {
        // Hangul: leading consonant, vowel, and perhaps a final consonant (Unicode, section 3.12).
        let jamo = [0x1100 + syllable / 588, 0x1161 + syllable % 588 / 28, 0x11A7 + syllable % 28];
        let n = if syllable % 28 == 0 { 2 } else { 3 };
        return jamo[..n].iter().filter_map(|&j| char::from_u32(j)).for_each(push);
    }
    c.to_lowercase().for_each(push);
}

/// Calls `each` with every word of `text`, in order. Time is linear in the text.
pub(super) fn words(text: &str, mut each: impl FnMut(&Word)) {
    let mut word = Word::default();
    let flush = |word: &mut Word, each: &mut dyn FnMut(&Word)| {
        if !word.text.is_empty() {
            each(word);
            word.clear();
        }
    };
    for (at, c) in text.char_indices() {
        let (start, end) = (at as u32, (at + c.len_utf8()) as u32);
        match class(c) {
            Class::Dropped => {}
            Class::Space => flush(&mut word, &mut each),
            Class::Alone => {
                flush(&mut word, &mut each);
                fold(c, |c| word.push(c, start, end));
                flush(&mut word, &mut each);
            }
            Class::Letter => fold(c, |c| word.push(c, start, end)),
        }
    }
    flush(&mut word, &mut each);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn normal(text: &str) -> Vec<String> {
        let mut out = Vec::new();
        words(text, |w| out.push(w.text.clone()));
        out
    }

    #[test]
    fn accents_case_and_marks() {
        assert_eq!(
            normal("Señor O’Brien's CAFÉ\u{301}…"),
            ["senor", "o", "’", "brien", "'", "s", "cafe", "…"]
        );
        assert_eq!(normal("ÅNGSTRÖM İstanbul Đà Nẵng"), ["angstrom", "istanbul", "đa", "nang"]);
        assert_eq!(normal("東京a\u{200b}b"), ["東", "京", "ab"]);
        assert_eq!(normal("각"), ["\u{1100}\u{1161}\u{11a8}"]);
        assert_eq!(normal("≠ \u{301} \u{0}"), ["="]);
        assert!(normal(" \t\n\u{a0}").is_empty());
    }

    #[test]
    fn bytes_know_their_source() {
        words("«Été»", |w| {
            if w.text == "ete" {
                assert_eq!(w.origin, [(2, 4), (4, 5), (5, 7)]);
            }
        });
    }

    #[test]
    fn tables_are_in_order() {
        assert!(CLASSES.windows(2).all(|w| w[0].1 < w[1].0));
        assert!(ACCENTED.windows(2).all(|w| w[0] < w[1]));
        assert_eq!(ACCENTED.len(), PLAIN.len());
    }
}
