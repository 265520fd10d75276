//! Words, word pairs and word beginnings of a sentence, hashed. `training/topics/features.py` does the same,
//! byte for byte.

use crate::offsets::ByteSpan;

/// Letters of a token that count: enough for any word, and a bound for text that has no spaces.
const LONGEST: usize = 24;
/// Tokens longer than this also count by their beginning.
const LONG: usize = 6;
const BEGINNING: usize = 5;

const OFFSET: u64 = 0xCBF2_9CE4_8422_2325;
const PRIME: u64 = 0x0000_0100_0000_01B3;

/// What kind of feature a hash stands for; salts the hash.
#[derive(Clone, Copy)]
enum Salt {
    Token = 1,
    Pair = 2,
    Beginning = 3,
}

/// One feature: its hash and the words of the sentence it was read from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Feature {
    /// All 64 bits are usable.
    pub hash: u64,
    /// In bytes from the start of the text that was read.
    pub span: ByteSpan,
}

/// Reads a text's features in order, repeats included.
///
/// A token is a run of letters and digits, lower-cased; every digit becomes `0`, and what follows an
/// apostrophe is dropped (`Korea's` → `korea`), for it rarely bears on the topic.
pub fn read(text: &str, mut each: impl FnMut(Feature)) {
    let (mut before, mut token) = (String::new(), String::new());
    let mut before_start = 0;
    let mut chars = text.char_indices().peekable();
    while let Some((start, c)) = chars.next() {
        if !c.is_alphanumeric() {
            continue;
        }
        token.clear();
        push_folded(&mut token, c);
        let (mut end, mut letters, mut beginning) = (start + c.len_utf8(), 1, token.len());
        while let Some(&(at, c)) = chars.peek() {
            if !c.is_alphanumeric() {
                break;
            }
            chars.next();
            end = at + c.len_utf8();
            if letters < LONGEST {
                push_folded(&mut token, c);
            }
            letters += 1;
            if letters == BEGINNING {
                beginning = token.len();
            }
        }
        let span = ByteSpan::new(start, end);
        each(Feature { hash: hash(Salt::Token, &[&token]), span });
        if !before.is_empty() {
            let pair = ByteSpan::new(before_start, end);
            each(Feature { hash: hash(Salt::Pair, &[&before, " ", &token]), span: pair });
        }
        if letters > LONG {
            each(Feature { hash: hash(Salt::Beginning, &[&token[..beginning]]), span });
        }
        skip_suffix(text, &mut chars);
        std::mem::swap(&mut before, &mut token);
        before_start = start;
    }
}

/// Steps over an apostrophe that stands between letters, and the letters after it.
fn skip_suffix(text: &str, chars: &mut std::iter::Peekable<std::str::CharIndices<'_>>) {
    let Some(&(at, c @ ('\'' | '’'))) = chars.peek() else { return };
    if text[at + c.len_utf8()..].starts_with(char::is_alphanumeric) {
        chars.next();
        while chars.next_if(|(_, c)| c.is_alphanumeric()).is_some() {}
    }
}

fn push_folded(token: &mut String, c: char) {
    if c.is_numeric() {
        token.push('0');
    } else {
        token.extend(c.to_lowercase());
    }
}

/// FNV-1a over the salt and the bytes, finished with a multiply-shift so that its high bits are good too.
fn hash(salt: Salt, parts: &[&str]) -> u64 {
    let mut h = (OFFSET ^ salt as u64).wrapping_mul(PRIME);
    for byte in parts.iter().flat_map(|part| part.bytes()) {
        h = (h ^ u64::from(byte)).wrapping_mul(PRIME);
    }
    h ^= h >> 32;
    h = h.wrapping_mul(0x9E37_79B9_7F4A_7C15);
    h ^ (h >> 29)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hashes(text: &str) -> Vec<u64> {
        let mut out = Vec::new();
        read(text, |f| out.push(f.hash));
        out
    }

    #[test]
    fn case_digits_and_possessives_do_not_matter() {
        assert_eq!(hashes("Korea's 2019 plan"), hashes("KOREA 1984 plan"));
        assert_eq!(hashes("korea’s plan"), hashes("Korea plan"));
        assert_ne!(hashes("Korea plan"), hashes("plan Korea"));
    }

    #[test]
    fn spans_cover_the_words_read() {
        let text = "Él’s minister  resigned.";
        let mut words = Vec::new();
        read(text, |f| words.push(f.span.of(text)));
        assert_eq!(
            words,
            ["Él", "minister", "Él’s minister", "minister", "resigned", "minister  resigned", "resigned"]
        );
    }

    /// The trainer's values: if these change, every committed weight is void.
    #[test]
    fn hashes_are_the_trainers() {
        assert_eq!(hashes("Vote"), [0xdd1d_9601_ad3e_61e6]);
        assert_eq!(hashes("nuclear talks")[2], 0xa953_1f33_bad8_ae57);
    }

    #[test]
    fn any_text_is_linear_and_safe() {
        assert!(hashes("").is_empty());
        assert!(hashes("—“…” 🙂").is_empty());
        assert_eq!(hashes(&"x".repeat(1_000_000)).len(), 2);
        assert_eq!(hashes("a' 'b").len(), 3);
    }
}
