//! List items inside a line: `1. … 2. …`, `a) … b) …`, `• … • …`.

use super::candidates::Candidate;
use super::sides::Sides;

/// The list in progress, if any.
#[derive(Debug, Default)]
pub struct List {
    /// Ordinal of the last item, 0 for none, and whether it was a letter.
    last: u32,
    lettered: bool,
}

impl List {
    /// Reads a marker at the start of a paragraph.
    pub fn opening(text: &str) -> Self {
        let mut list = List::default();
        let first = text.split_whitespace().next().unwrap_or("");
        if let Some((1, lettered)) = ordinal(first) {
            list = List { last: 1, lettered };
        }
        list
    }

    /// `Some(true)` before an item, `Some(false)` after its marker.
    pub fn verdict(&mut self, c: &Candidate<'_>, s: &Sides<'_>) -> Option<bool> {
        let so_far = &c.text[c.since..c.before];
        if so_far.len() < 12
            && so_far.split_whitespace().all(|word| ordinal(word).is_some() || is_bullet(word))
        {
            return Some(false);
        }
        // All of them begin with this byte.
        let bullet = s.next.as_bytes().first() == Some(&0xE2);
        if bullet && s.next.starts_with(['•', '⁃', '◦', '‣', '▪', '●', '■', '►']) {
            return Some(true);
        }
        let (number, lettered) = ordinal(s.next)?;
        if number == 1 && c.newline {
            *self = List { last: 1, lettered };
            return Some(true);
        }
        if self.last > 0 && number == self.last + 1 && lettered == self.lettered {
            self.last = number;
            return Some(true);
        }
        None
    }
}

/// `3.`, `3)`, `3.)`, `(3)`, `c.`, `c)` with their number.
fn ordinal(word: &str) -> Option<(u32, bool)> {
    if !matches!(word.as_bytes().last(), Some(b')' | b'.')) || word.len() > 5 {
        return None;
    }
    let core = word.trim_end_matches(')').trim_end_matches('.');
    let core = core.trim_start_matches('(');
    match core.as_bytes() {
        [letter @ b'a'..=b'z'] => Some((u32::from(letter - b'a') + 1, true)),
        digits if !digits.is_empty() && digits.iter().all(u8::is_ascii_digit) => {
            core.parse().ok().map(|number| (number, false))
        }
        _ => None,
    }
}

fn is_bullet(word: &str) -> bool {
    let mut chars = word.chars();
    matches!(
        (chars.next(), chars.next()),
        (Some('•' | '⁃' | '◦' | '‣' | '▪' | '●' | '■' | '►' | '*' | '-' | '–' | '·'), None)
    ) || word.strip_prefix(['•', '⁃']).is_some_and(|rest| ordinal(rest).is_some())
}
