//! Finds the places where a sentence may end: a byte scan that stops only where there is something to weigh.

use super::stops::Stops;
use crate::bytes::{is_space, letters};

/// A gap in a paragraph with what a reader sees on both sides of it.
#[derive(Debug, Clone, Copy)]
pub struct Candidate<'p> {
    /// The whole paragraph.
    pub text: &'p str,
    /// Byte where the left side ends: no white space before it.
    pub before: usize,
    /// Byte where the right side starts; equal to `before` where a space is missing.
    pub after: usize,
    /// The gap holds a line break.
    pub newline: bool,
    /// Byte where the sentence in progress starts.
    pub since: usize,
    /// A bracket opened since then is still open.
    pub bracketed: bool,
    /// A quotation opened in this paragraph is still open.
    pub quoted: bool,
    /// The paragraph ends as sentences do, so its words without marks between them belong together.
    pub running: bool,
}

/// Walks one paragraph (trimmed) and asks `ends` at every candidate whether a sentence ends there.
/// Calls are in reading order; what `ends` answers shapes `since` and `bracketed` of later candidates.
pub fn walk<'p>(text: &'p str, mut ends: impl FnMut(&Candidate<'p>) -> bool) {
    let bytes = text.as_bytes();
    let running = text.ends_with(['.', '!', '?', '"', '”', ')']);
    let (mut since, mut depth, mut quoted) = (0, 0u32, false);
    let mut stops = Stops::of(text);
    let mut at = 0;
    while let Some(stop) = stops.next(at) {
        at = stop;
        // A gap is either a run of white space or the missing space after a mark.
        let (gap, after) = match bytes[at] {
            b' ' | b'\t'..=b'\r' => (at, skip_space(text, at)),
            0x80.. => {
                let c = first_char(text, at);
                match c {
                    '“' | '«' => quoted = true,
                    '”' | '»' => quoted = false,
                    _ => {}
                }
                if c.is_whitespace() {
                    (at, skip_space(text, at))
                } else if is_wide_mark(c) {
                    (at + c.len_utf8(), at + c.len_utf8())
                } else {
                    at += c.len_utf8();
                    continue;
                }
            }
            b'.' | b'!' | b'?' => (at + 1, at + 1),
            b'(' | b'[' => {
                depth += 1;
                at += 1;
                continue;
            }
            b')' | b']' => {
                depth = depth.saturating_sub(1);
                at += 1;
                continue;
            }
            _ => {
                // A straight quotation mark opens after white space or an opening mark, else closes.
                quoted = at == 0 || matches!(bytes[at - 1], b' ' | b'\n' | b'\t' | b'(' | b'[' | b'-');
                at += 1;
                continue;
            }
        };
        if after >= bytes.len() {
            break;
        }
        at = after.max(at + 1);
        if gap == 0 {
            continue;
        }
        let newline = after > gap + 1 && has_line_break(&text[gap..after])
            || after == gap + 1 && matches!(bytes[gap], b'\n' | b'\r');
        let worth = if gap == after {
            bytes[gap - 1] >= 0x80 || glued(bytes, gap)
        } else {
            newline || (spaced(bytes, gap, after) && !(running && plainly_goes_on(bytes, since, gap, after)))
        };
        if !worth {
            continue;
        }
        let candidate =
            Candidate { text, before: gap, after, newline, since, bracketed: depth > 0, quoted, running };
        if ends(&candidate) {
            since = after;
            depth = 0;
        }
    }
}

/// Whether a gap with white space is worth asking about: not between two plain words of a sentence.
fn spaced(bytes: &[u8], gap: usize, after: usize) -> bool {
    let (left, right) = (bytes[gap - 1], bytes[after]);
    if !right.is_ascii_lowercase() {
        return !matches!(right, b'.' | b',' | b';' | b':' | b'!' | b'?' | b')' | b']' | b'}' | b'/')
            || (right == b'.' && left == b'.');
    }
    // A lettered list item: `b.`, `b)` or `b.)`, and not `p.m.`.
    if matches!(bytes.get(after + 1), Some(b'.' | b')'))
        && bytes.get(after + 2).is_none_or(|&byte| byte == b')' || is_space(byte))
    {
        return true;
    }
    // Before a small letter only a mark ends a sentence, perhaps with a quotation mark or bracket after it.
    match left {
        b'.' | b'!' | b'?' => true,
        b'"' | b'\'' | b')' | b']' | b'*' => {
            gap >= 2 && matches!(bytes[gap - 2], b'.' | b'!' | b'?' | b')' | b'"' | b'\'' | 0x80..)
        }
        _ => left >= 0x80,
    }
}

/// In running text: a name inside a sentence (`told Ana Ruiz`), a number (`by 3.1 percent`), a sum or what follows a
/// comma, unless a label (`Photo: …`) or the mark of a list item (`2.`) comes next.
fn plainly_goes_on(bytes: &[u8], since: usize, gap: usize, after: usize) -> bool {
    let (left, right) = (bytes[gap - 1], bytes[after]);
    if left == b',' {
        return gap - since > 24;
    }
    if !left.is_ascii_alphabetic() {
        return left == b'&' && right.is_ascii_alphabetic();
    }
    match right {
        b'0'..=b'9' => {
            !matches!(bytes[after..].iter().take(5).find(|b| !b.is_ascii_digit()), Some(b'.' | b')'))
        }
        b'$' | b'&' => true,
        _ => {
            let letters = letters(&bytes[after..]);
            letters > 0 && !matches!(bytes.get(after + letters), Some(b':' | b')'))
        }
    }
}

/// Whether the space after a mark may have been forgotten: `over.Then`, `what?He`, `said."The`.
fn glued(bytes: &[u8], gap: usize) -> bool {
    if gap < 3 || gap + 1 >= bytes.len() {
        return false;
    }
    let (left, right) = (bytes[gap - 2], bytes[gap]);
    let opens = right.is_ascii_uppercase()
        || (bytes[gap - 1] != b'.' && right.is_ascii_lowercase())
        || (matches!(right, b'"' | b'\'' | b'(') && bytes[gap + 1].is_ascii_uppercase());
    opens && (left.is_ascii_lowercase() || left.is_ascii_digit() || matches!(left, b'.' | b'!' | b'?' | b')'))
}

/// Chinese and Japanese sentence marks, after which no space stands.
pub(super) fn is_wide_mark(c: char) -> bool {
    matches!(c, '。' | '！' | '？' | '｡')
}

fn first_char(text: &str, at: usize) -> char {
    text[at..].chars().next().unwrap_or('\0')
}

/// The byte after the white space that starts at `at`.
fn skip_space(text: &str, at: usize) -> usize {
    let bytes = text.as_bytes();
    // Most gaps are one space.
    if bytes[at] == b' ' && bytes.get(at + 1).is_some_and(u8::is_ascii_graphic) {
        return at + 1;
    }
    let mut end = at;
    while end < bytes.len() {
        match bytes[end] {
            b' ' | b'\t'..=b'\r' => end += 1,
            byte if byte < 0x80 => break,
            _ => match first_char(text, end) {
                c if c.is_whitespace() => end += c.len_utf8(),
                _ => break,
            },
        }
    }
    end
}

fn has_line_break(gap: &str) -> bool {
    gap.contains(['\n', '\r', '\u{85}', '\u{2028}', '\u{2029}'])
}
