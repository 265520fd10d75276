//! Single line breaks inside a paragraph: a hard wrap carries on, a list or a caption's credit does not.

use super::candidates::Candidate;
use super::sides::{Mark, Sides};
use crate::bytes::{any_triple, equals};

/// How the paragraph's lines are made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lines {
    /// One line.
    One,
    /// Filled to a width: a break means nothing.
    Wrapped,
    /// Short lines that read on, as verse does: only marks end a sentence.
    Verse,
    /// Each line is a unit: items, a caption and its credit, an address.
    Units,
}

impl Lines {
    /// Looks at a paragraph's line lengths and line ends.
    pub fn of(paragraph: &str) -> Self {
        // Most paragraphs have nothing of the kind.
        let bytes = paragraph.as_bytes();
        let is_break = |byte| equals(byte, b'\n') | equals(byte, b'\r');
        let separates = |a, b, c| equals(a, 0xE2) & equals(b, 0x80) & equals(c, 0xA8);
        let broken = any_triple(bytes, |a, b, c| is_break(a) | separates(a, b, c))
            || bytes.iter().rev().take(2).any(|&byte| is_break(byte) != 0);
        if !broken {
            return Lines::One;
        }
        let lines =
            || paragraph.split(['\n', '\r', '\u{2028}']).map(str::trim).filter(|line| !line.is_empty());
        let (mut count, mut longest, mut reading_on, mut small) = (0usize, 0usize, 0usize, 0usize);
        let mut last = "";
        for line in lines() {
            count += 1;
            longest = longest.max(line.chars().count());
            reading_on += usize::from(line.ends_with([',', ';', '-', '–', '—']));
            small += usize::from(count > 1 && line.starts_with(char::is_lowercase));
            last = line;
        }
        if count < 2 {
            return Lines::One;
        }
        // Filled lines: the next line's first word would not have fitted on the line before.
        let mut full = 0;
        let mut before: Option<usize> = None;
        for line in lines() {
            if let Some(width) = before {
                let word = line.split_whitespace().next().unwrap_or("").chars().count();
                full += usize::from(width + 1 + word > longest);
            }
            before = Some(line.chars().count());
        }
        let breaks = count - 1;
        if (45..=120).contains(&longest) && full * 10 >= breaks * 8 && (breaks > 1 || small == 1) {
            Lines::Wrapped
        } else if last.ends_with(['.', '!', '?', '”', '"', '’'])
            && count > 2
            && (reading_on + small) * 3 >= breaks
            && longest < 70
        {
            Lines::Verse
        } else {
            Lines::Units
        }
    }

    /// Speaks at line breaks only.
    pub fn verdict(&self, c: &Candidate<'_>, s: &Sides<'_>) -> Option<bool> {
        if !c.newline {
            // Where lines are the units, nothing but a mark parts a line.
            return (*self == Lines::Units && s.mark == Mark::None).then_some(false);
        }
        match self {
            Lines::One | Lines::Wrapped | Lines::Verse => (s.mark == Mark::None).then_some(false),
            // A small letter carries on, as does what stands after a comma or colon.
            Lines::Units => {
                let small = s.opener == '\0' && s.right.starts_with(char::is_lowercase);
                Some(!small && !s.last.ends_with([',', ':', ';']))
            }
        }
    }
}
