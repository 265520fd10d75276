//! What finds a sentence again in a page that shows it, without the sentence's words being stored: a hash of its
//! letters. `www/api/letters.js` takes a page to letters in the same way and looks for the hash in it.

use crate::annotation::Stance;
use crate::offsets::{ByteSpan, Bytes};
use serde::ser::{Serialize, SerializeStruct, Serializer};

/// The two largest primes below 2^26: in JavaScript's numbers a product of two remainders is still exact.
const PRIMES: [u64; 2] = [67_108_859, 67_108_837];
const BASES: [u64; 2] = [1_000_003, 31_415_927];

/// Where to find a sentence and its claims' words among the letters of a page. *Letters* are the code points that
/// stay when white space, quotation marks, dashes, invisible characters and most punctuation are left out: what
/// an editor or a content management system changes without changing what is said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Anchor {
    /// Number of the sentence's letters.
    pub length: usize,
    /// Karp-Rabin fingerprint of its letters, 52 bits.
    pub hash: u64,
    /// Holder, target and cue of each stance in turn, in letters from the sentence's first one.
    pub spans: Vec<Option<(usize, usize)>>,
}

impl Anchor {
    /// The anchor of a sentence with these claims.
    pub fn of(text: &str, sentence: ByteSpan, stances: &[Stance<Bytes>]) -> Self {
        let words = sentence.of(text);
        let mut hash = [0; 2];
        let mut length = 0;
        for letter in words.chars().filter(|&c| is_letter(c)) {
            length += 1;
            for i in 0..2 {
                hash[i] = (hash[i] * BASES[i] + u64::from(u32::from(letter)) + 1) % PRIMES[i];
            }
        }
        let count = |byte: usize| words[..byte - sentence.start].chars().filter(|&c| is_letter(c)).count();
        let span = |span: ByteSpan| (count(span.start), count(span.end));
        let spans = stances
            .iter()
            .flat_map(|s| [s.holder.span.map(span), s.target.span.map(span), Some(span(s.cue))]);
        Anchor { length, hash: hash[0] << 26 | hash[1], spans: spans.collect() }
    }
}

impl Serialize for Anchor {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut anchor = serializer.serialize_struct("Anchor", 3)?;
        anchor.serialize_field("length", &self.length)?;
        anchor.serialize_field("hash", &format!("{:013x}", self.hash))?;
        anchor.serialize_field("spans", &self.spans)?;
        anchor.end()
    }
}

/// Listed one by one, not asked of Unicode's tables, whose versions differ between browsers.
fn is_letter(c: char) -> bool {
    !matches!(c,
        '\0'..='"' | '\''..='*' | ','..='/' | ':' | ';' | '['..='`' | '{'..='\u{a0}'
        | '«' | '\u{ad}' | '´' | '·' | '»' | 'ʼ'
        | '\u{2000}'..='\u{206f}' | '\u{3000}'..='\u{303f}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{fffc}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Anchor {
        Anchor::of(text, ByteSpan::new(0, text.len()), &[])
    }

    #[test]
    fn how_it_is_set_does_not_count_what_it_says_does() {
        let plain = of("\"It is over,\" she said - twice.");
        assert_eq!(plain, of("“It is\u{a0}over”,\n she said – twi\u{ad}ce!"));
        assert_eq!(plain.length, 20);
        for other in
            ["It is not over she said twice", "It is ouer she said twice", "it is over she said twice"]
        {
            assert_ne!(plain, of(other));
        }
        assert_eq!(of(" — ").length, 0);
    }
}
