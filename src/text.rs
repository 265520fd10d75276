//! The article as given: one borrowed string, cut into paragraphs.

use crate::bytes::{may_end_line, position};
use crate::kinds::Kind;
use crate::offsets::ByteSpan;

/// A stretch of text that no sentence crosses.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Paragraph {
    /// Where it stands, without white space around it. Never empty.
    pub span: ByteSpan,
    /// What the page's markup says it is (`h1`, `figcaption`, …); `None` for plain text.
    pub kind: Option<Kind>,
}

/// One article: its text and its paragraphs, in order and disjoint; only white space lies between them, or words that the caller left out.
#[derive(Debug, Clone)]
pub struct Text<'t> {
    source: &'t str,
    paragraphs: Vec<Paragraph>,
}

impl<'t> Text<'t> {
    /// Reads plain text, in which a blank line ends a paragraph. Empty text has no paragraphs. Lines end in
    /// `\n`, `\r\n`, `\r` or U+2028; U+2029 ends a paragraph by itself.
    ///
    /// ```
    /// let text = standpoint::text::Text::plain("Headline\n\nFirst words.\r\n \r\nMore.");
    /// assert_eq!(text.paragraphs().len(), 3);
    /// ```
    pub fn plain(source: &'t str) -> Self {
        let mut paragraphs = Vec::new();
        let mut open: Option<ByteSpan> = None;
        let mut at = 0;
        while at < source.len() {
            let (end, next, closes) = line_end(source, at);
            let line = &source[at..end];
            let words = line.trim();
            if !words.is_empty() {
                let start = at + (line.len() - line.trim_start().len());
                let start_of_all = open.map_or(start, |p| p.start);
                open = Some(ByteSpan::new(start_of_all, start + words.len()));
            }
            if words.is_empty() || closes {
                paragraphs.extend(open.take().map(|span| Paragraph { span, kind: None }));
            }
            at = next;
        }
        paragraphs.extend(open.map(|span| Paragraph { span, kind: None }));
        Text { source, paragraphs }
    }

    /// Text whose paragraphs the caller knows, from markup, in order; words outside them belong to no sentence. Spans are
    /// trimmed of white space; empty ones are dropped, and overlapping ones cut short.
    pub fn with_paragraphs(source: &'t str, paragraphs: impl IntoIterator<Item = Paragraph>) -> Self {
        let mut kept: Vec<Paragraph> = Vec::new();
        let mut last = 0;
        for p in paragraphs {
            let Some(words) = source.get(p.span.start.max(last)..p.span.end) else { continue };
            let start = p.span.start.max(last) + (words.len() - words.trim_start().len());
            let end = start + words.trim().len();
            if start < end {
                kept.push(Paragraph { span: ByteSpan::new(start, end), kind: p.kind });
                last = end;
            }
        }
        Text { source, paragraphs: kept }
    }

    /// The whole text, as given.
    pub fn source(&self) -> &'t str {
        self.source
    }

    /// The paragraphs, in order.
    pub fn paragraphs(&self) -> &[Paragraph] {
        &self.paragraphs
    }
}

/// For the line that starts at `start`: its end, the start of the next, and whether a paragraph ends with it.
fn line_end(source: &str, start: usize) -> (usize, usize, bool) {
    let bytes = source.as_bytes();
    let mut at = start;
    loop {
        at += position(&bytes[at..], may_end_line);
        match bytes.get(at) {
            None => return (at, at, true),
            Some(b'\n') => return (at, at + 1, false),
            Some(b'\r') => return (at, at + 1 + usize::from(bytes.get(at + 1) == Some(&b'\n')), false),
            // The first of three bytes, such as those of U+2028.
            _ if bytes[at + 1] == 0x80 && matches!(bytes[at + 2], 0xA8 | 0xA9) => {
                return (at, at + 3, bytes[at + 2] == 0xA9);
            }
            _ => at += 3,
        }
    }
}
