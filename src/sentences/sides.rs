//! What stands left and right of a candidate, taken apart: words, marks, and the marks around them.

use super::candidates::Candidate;
use crate::bytes::{since_space, until_space};

/// Longest word read, in bytes: bounds the work a candidate can cost.
pub(super) const LONGEST: usize = 40;

/// The mark that may end a sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    /// No full stop, question or exclamation mark.
    None,
    /// One full stop.
    Stop,
    /// Two full stops or more, or `…`.
    Ellipsis,
    /// `?`, alone or with others (`?!`).
    Question,
    /// `!`, alone or repeated.
    Exclamation,
}

/// The two sides of a candidate.
#[derive(Debug, Clone, Copy)]
pub struct Sides<'p> {
    /// The mark before the gap, closing marks after it left aside.
    pub mark: Mark,
    /// Number of bytes in the run of marks.
    pub run: usize,
    /// Last closing mark after the run (straight for curly), or `\0`.
    pub closer: char,
    /// The word that carries the mark, without marks around it; may be empty. `U.S.` is read as `U.S`.
    pub left: &'p str,
    /// The word before that one, with its marks; may be empty.
    pub earlier: &'p str,
    /// The last word before the gap as it stands, with its marks.
    pub last: &'p str,
    /// First opening mark after the gap (straight for curly), or `\0`.
    pub opener: char,
    /// The first word after the gap, without marks around it; may be empty.
    pub right: &'p str,
    /// The first word after the gap as it stands.
    pub next: &'p str,
    /// The word after that, as it stands; may be empty.
    pub later: &'p str,
}

impl<'p> Sides<'p> {
    /// Takes the surroundings of a candidate apart.
    pub fn of(c: &Candidate<'p>) -> Self {
        let head = &c.text[..c.before];
        let last = last_word(head);
        let earlier = last_word(trim_gap_end(&head[..head.len() - last.len()]));
        let next = first_word(&c.text[c.after..]);
        let later = first_word(trim_gap_start(&c.text[c.after + next.len()..]));
        let (bare, marks, closer) = unmarked(last);
        let opened = if begins_plain(next) { next } else { next.trim_start_matches(is_opener) };
        let opener = next[..next.len() - opened.len()].chars().next().map_or('\0', straight);
        let mark = mark_of(marks);
        Sides {
            mark,
            run: marks.len(),
            closer,
            left: if begins_plain(bare) { bare } else { bare.trim_start_matches(is_opener) },
            earlier,
            last,
            opener,
            right: without_marks_after(opened),
            next,
            later,
        }
    }
}

/// A last word without marks, its marks, and the last of the closing marks after them.
fn unmarked(last: &str) -> (&str, &str, char) {
    if ends_plain(last) {
        return (last, "", '\0');
    }
    // Most marks stand alone.
    if let [.., before, b'.' | b'!' | b'?'] = last.as_bytes() {
        if before.is_ascii_alphanumeric() {
            let (bare, mark) = last.split_at(last.len() - 1);
            return (bare, mark, '\0');
        }
    }
    let closed = last.trim_end_matches(is_closer);
    let bare = closed.trim_end_matches(is_mark);
    // `:)` and the like keep their bracket: nothing closes there.
    let (closed, bare) =
        if bare.is_empty() && closed.len() == last.len() { (last, bare) } else { (closed, bare) };
    let closer = last[closed.len()..].chars().next_back().map_or('\0', straight);
    (bare, &closed[bare.len()..], closer)
}

/// A first word without the marks after it.
fn without_marks_after(word: &str) -> &str {
    match word.as_bytes() {
        [.., last] if last.is_ascii_alphanumeric() => word,
        [.., before, b'.' | b',' | b'?' | b':' | b';'] if before.is_ascii_alphanumeric() => {
            &word[..word.len() - 1]
        }
        _ => word.trim_end_matches(follows_word),
    }
}

/// Whether a word begins with a letter or digit of ASCII, as most do: nothing to trim there.
fn begins_plain(word: &str) -> bool {
    word.as_bytes().first().is_some_and(u8::is_ascii_alphanumeric)
}

/// Whether a word ends so.
fn ends_plain(word: &str) -> bool {
    word.as_bytes().last().is_some_and(u8::is_ascii_alphanumeric)
}

fn mark_of(marks: &str) -> Mark {
    match marks {
        "" => return Mark::None,
        "." => return Mark::Stop,
        _ => {}
    }
    if marks.contains(['?', '？', '؟']) {
        Mark::Question
    } else if marks.contains(['!', '！']) {
        Mark::Exclamation
    } else if matches!(marks, "。" | "｡" | "۔" | "।") {
        Mark::Stop
    } else {
        Mark::Ellipsis
    }
}

fn is_mark(c: char) -> bool {
    matches!(c, '.' | '!' | '?' | '…' | '‽' | '。' | '！' | '？' | '｡' | '؟' | '۔' | '।')
}

fn is_closer(c: char) -> bool {
    matches!(c, '"' | '\'' | '“' | '”' | '‘' | '’' | '»' | ')' | ']' | '}' | '*' | '_')
}

fn is_opener(c: char) -> bool {
    matches!(c, '"' | '\'' | '“' | '‘' | '«' | '(' | '[' | '{' | '*' | '_')
}

fn follows_word(c: char) -> bool {
    is_closer(c) || is_mark(c) || matches!(c, ',' | ';' | ':')
}

/// Curly quotation marks as straight ones, so that both styles share what was learned.
fn straight(c: char) -> char {
    match c {
        '“' | '”' | '«' | '»' => '"',
        '‘' | '’' => '\'',
        other => other,
    }
}

/// The last word of `text`, up to white space or [`LONGEST`] bytes.
fn last_word(text: &str) -> &str {
    let bytes = text.as_bytes();
    let floor = bytes.len().saturating_sub(LONGEST);
    let (length, ascii) = since_space(&bytes[floor..]);
    let mut start = bytes.len() - length;
    while !text.is_char_boundary(start) {
        start += 1;
    }
    let word = &text[start..];
    if ascii {
        return word;
    }
    word.rfind(char::is_whitespace).map_or(word, |at| {
        let space = word[at..].chars().next().map_or(1, char::len_utf8);
        &word[at + space..]
    })
}

/// The first word of `text`, up to white space or [`LONGEST`] bytes.
fn first_word(text: &str) -> &str {
    let bytes = text.as_bytes();
    let (mut end, ascii) = until_space(&bytes[..bytes.len().min(LONGEST)]);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let word = &text[..end];
    if ascii {
        return word;
    }
    word.find(char::is_whitespace).map_or(word, |at| &word[..at])
}

/// Without the white space at its start, of which there mostly is one space.
fn trim_gap_start(text: &str) -> &str {
    match text.as_bytes() {
        [b' ', next, ..] if next.is_ascii_graphic() => &text[1..],
        _ => text.trim_start(),
    }
}

/// Without the white space at its end.
fn trim_gap_end(text: &str) -> &str {
    match text.as_bytes() {
        [.., last, b' '] if last.is_ascii_graphic() => &text[..text.len() - 1],
        _ => text.trim_end(),
    }
}
