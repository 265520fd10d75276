//! What stands left and right of a candidate, taken apart: words, marks, and the marks around them.

use super::candidates::Candidate;

/// Longest word read, in bytes: bounds the work a candidate can cost.
const LONGEST: usize = 40;

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
        let head = head[..head.len() - last.len()].trim_end();
        let earlier = last_word(head);
        let closed = last.trim_end_matches(is_closer);
        let bare = closed.trim_end_matches(is_mark);
        // `:)` and the like keep their bracket: nothing closes there.
        let (closed, bare) =
            if bare.is_empty() && closed.len() == last.len() { (last, bare) } else { (closed, bare) };
        let marks = &closed[bare.len()..];
        let closer = last[closed.len()..].chars().next_back().map_or('\0', straight);
        let next = first_word(&c.text[c.after..]);
        let later = first_word(c.text[c.after + next.len()..].trim_start());
        let opened = next.trim_start_matches(is_opener);
        let opener = next[..next.len() - opened.len()].chars().next().map_or('\0', straight);
        Sides {
            mark: mark_of(marks),
            run: marks.len(),
            closer,
            left: bare.trim_start_matches(is_opener),
            earlier,
            last,
            opener,
            right: opened.trim_end_matches(|c| is_closer(c) || is_mark(c) || matches!(c, ',' | ';' | ':')),
            next,
            later,
        }
    }
}

fn mark_of(marks: &str) -> Mark {
    if marks.contains(['?', '？', '؟']) {
        Mark::Question
    } else if marks.contains(['!', '！']) {
        Mark::Exclamation
    } else if matches!(marks, "." | "。" | "｡" | "۔" | "।") {
        Mark::Stop
    } else if marks.is_empty() {
        Mark::None
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
    let mut start = bytes.len();
    while start > floor && !is_space_byte(bytes[start - 1]) {
        start -= 1;
    }
    while !text.is_char_boundary(start) {
        start += 1;
    }
    let word = &text[start..];
    if word.is_ascii() {
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
    let mut end = 0;
    while end < bytes.len().min(LONGEST) && !is_space_byte(bytes[end]) {
        end += 1;
    }
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let word = &text[..end];
    if word.is_ascii() {
        return word;
    }
    word.find(char::is_whitespace).map_or(word, |at| &word[..at])
}

fn is_space_byte(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t'..=b'\r')
}
