//! Word pieces: the vocabulary and the greedy longest match over it.
//!
//! Method: Schuster & Nakajima 2012 as in BERT: a word is cut from the left into the longest pieces the vocabulary
//! holds; pieces that continue a word begin with `##`; a word that cannot be cut, or is longer than 100 characters,
//! becomes `[UNK]`.

use super::normalise::{words, Word};
use crate::error::Error;
use crate::model::Shared;
use crate::offsets::ByteSpan;

const LONGEST_WORD: usize = 100;
const EMPTY: u16 = u16::MAX;
/// FNV-1a over no bytes, and over `##`: the state from which a first piece and a continuation are hashed.
const FIRST: u32 = 0x811c_9dc5;
const CONTINUED: u32 = hash(hash(FIRST, b'#'), b'#');

const fn hash(state: u32, byte: u8) -> u32 {
    (state ^ byte as u32).wrapping_mul(0x0100_0193)
}

/// A piece of a word and where it stands in the source.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Piece {
    /// Row of the embedding table.
    pub id: u16,
    /// Bytes of the source that it was cut from.
    pub span: ByteSpan,
}

/// The pieces a model knows, as lines of one blob, with an index by open addressing over them.
#[derive(Debug)]
pub struct Vocabulary {
    lines: Shared,
    /// Where each piece starts in `lines`; the last entry is one past the end.
    starts: Vec<u32>,
    slots: Vec<u16>,
    longest: usize,
    /// `[UNK]`.
    unknown: u16,
    /// `[CLS]`, if it has one.
    pub start: Option<u16>,
    /// `[SEP]`, if it has one.
    pub end: Option<u16>,
}

impl Vocabulary {
    /// Indexes a vocabulary: one piece a line, its number the id.
    ///
    /// # Errors
    /// If it is not UTF-8, has no `[UNK]`, or more than 65,534 pieces. `name` is the tensor's.
    pub fn new(lines: Shared, name: &str) -> Result<Self, Error> {
        let text = std::str::from_utf8(&lines)
            .map_err(|_| Error::model(format!("tensor `{name}` is not UTF-8")))?
            .trim_end_matches('\n');
        let mut starts = vec![0];
        starts.extend(text.bytes().enumerate().filter(|(_, b)| *b == b'\n').map(|(i, _)| i as u32 + 1));
        starts.push(text.len() as u32 + 1);
        let count = starts.len() - 1;
        if count >= usize::from(EMPTY) {
            return Err(Error::model(format!("tensor `{name}` has {count} pieces, more than 65534")));
        }
        let mut slots = vec![EMPTY; (2 * count).next_power_of_two()];
        let mask = slots.len() - 1;
        let mut longest = 0;
        for (id, piece) in text.split('\n').enumerate() {
            let mut slot = piece.bytes().fold(FIRST, hash) as usize & mask;
            while slots[slot] != EMPTY {
                slot = (slot + 1) & mask;
            }
            slots[slot] = id as u16;
            longest = longest.max(piece.trim_start_matches("##").len());
        }
        let mut vocabulary = Vocabulary { lines, starts, slots, longest, unknown: 0, start: None, end: None };
        vocabulary.unknown = vocabulary
            .id("[UNK]")
            .ok_or_else(|| Error::model(format!("tensor `{name}` has no piece [UNK]")))?;
        (vocabulary.start, vocabulary.end) = (vocabulary.id("[CLS]"), vocabulary.id("[SEP]"));
        Ok(vocabulary)
    }

    /// Number of pieces.
    #[allow(clippy::len_without_is_empty)]
    pub fn len(&self) -> usize {
        self.starts.len() - 1
    }

    /// A piece by its id; empty if there is none.
    pub fn piece(&self, id: usize) -> &str {
        let line =
            self.starts.get(id..id + 2).and_then(|at| self.lines.get(at[0] as usize..at[1] as usize - 1));
        line.and_then(|line| std::str::from_utf8(line).ok()).unwrap_or_default()
    }

    /// The id of a piece as it is written in the vocabulary.
    pub fn id(&self, piece: &str) -> Option<u16> {
        self.find(piece.bytes().fold(FIRST, hash), b"", piece.as_bytes())
    }

    fn find(&self, hash: u32, prefix: &[u8], rest: &[u8]) -> Option<u16> {
        let mask = self.slots.len() - 1;
        let mut slot = hash as usize & mask;
        loop {
            let id = self.slots[slot];
            if id == EMPTY {
                return None;
            }
            let i = usize::from(id);
            let piece = &self.lines[self.starts[i] as usize..self.starts[i + 1] as usize - 1];
            if piece.len() == prefix.len() + rest.len() && piece.starts_with(prefix) && piece.ends_with(rest)
            {
                return Some(id);
            }
            slot = (slot + 1) & mask;
        }
    }

    /// Cuts `text` into pieces, in order, without the marks of its start and end. Time is linear in the text.
    pub fn pieces(&self, text: &str) -> Vec<Piece> {
        let mut out = Vec::with_capacity(text.len() / 4);
        let mut hashes = Vec::new();
        words(text, |word| {
            let before = out.len();
            if word.chars > LONGEST_WORD || !self.cut(word, &mut hashes, &mut out) {
                out.truncate(before);
                let (start, end) = (word.origin[0].0, word.origin[word.origin.len() - 1].1);
                out.push(Piece { id: self.unknown, span: ByteSpan::new(start as usize, end as usize) });
            }
        });
        out
    }

    /// Whether the whole word could be cut.
    fn cut(&self, word: &Word, hashes: &mut Vec<u32>, out: &mut Vec<Piece>) -> bool {
        let text = word.text.as_bytes();
        let mut start = 0;
        while start < text.len() {
            let (mut state, prefix): (u32, &[u8]) =
                if start == 0 { (FIRST, b"") } else { (CONTINUED, b"##") };
            hashes.clear();
            for &byte in text[start..].iter().take(self.longest) {
                state = hash(state, byte);
                hashes.push(state);
            }
            let found =
                (1..=hashes.len()).rev().filter(|n| word.text.is_char_boundary(start + n)).find_map(|n| {
                    self.find(hashes[n - 1], prefix, &text[start..start + n]).map(|id| (id, start + n))
                });
            let Some((id, end)) = found else { return false };
            let span = ByteSpan::new(word.origin[start].0 as usize, word.origin[end - 1].1 as usize);
            out.push(Piece { id, span });
            start = end;
        }
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PIECES: &str = "[PAD]\n[UNK]\n[CLS]\n[SEP]\nthe\nun\n##ion\n##ions\n##i\n##on\nback\n##ed\n.\nse\n##nor\n’\n##s\n#\n[\n]\n";

    fn vocabulary() -> Vocabulary {
        Vocabulary::new(Shared::from(PIECES.as_bytes().to_vec()), "vocab").unwrap()
    }

    fn cut(text: &str) -> Vec<(&'static str, &str)> {
        let vocabulary = vocabulary();
        let name = |id: u16| PIECES.lines().nth(usize::from(id)).unwrap();
        let show = |p: Piece| (name(p.id), &text[p.span.start..p.span.end]);
        vocabulary.pieces(text).into_iter().map(show).collect()
    }

    #[test]
    fn longest_piece_first() {
        let expected =
            [("the", "The"), ("un", "un"), ("##ions", "ions"), ("back", "BACK"), ("##ed", "ed"), (".", ".")];
        assert_eq!(cut("The unions BACKed."), expected);
        assert_eq!(cut("Señor"), [("se", "Se"), ("##nor", "ñor")]);
    }

    #[test]
    fn what_cannot_be_cut_is_unknown_as_a_whole() {
        assert_eq!(cut("unionx the"), [("[UNK]", "unionx"), ("the", "the")]);
        assert_eq!(cut("😀"), [("[UNK]", "😀")]);
        let long = format!("un{}", "i".repeat(98));
        assert_eq!(cut(&long).len(), 99);
        assert_eq!(cut(&format!("{long}i")).len(), 1);
    }

    #[test]
    fn text_cannot_spell_a_special_piece() {
        assert!(cut("[CLS] ##ion").iter().all(|(piece, _)| *piece != "[CLS]" && *piece != "##ion"));
    }

    #[test]
    fn a_broken_vocabulary_is_named() {
        let error = Vocabulary::new(Shared::from(b"a\nb".to_vec()), "vocab/pieces").unwrap_err();
        assert!(error.is_model() && error.to_string().contains("vocab/pieces"));
        assert!(Vocabulary::new(Shared::from(vec![0xff, 0xfe]), "v").is_err());
        assert!(Vocabulary::new(Shared::from(vec![]), "v").is_err());
    }
}
