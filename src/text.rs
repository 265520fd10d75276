//! The article as given: one borrowed string, cut into paragraphs.

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

/// One article: its text and its paragraphs, in order and disjoint; only white space lies between them.
#[derive(Debug, Clone)]
pub struct Text<'t> {
    source: &'t str,
    paragraphs: Vec<Paragraph>,
}

impl<'t> Text<'t> {
    /// Reads plain text, in which a blank line ends a paragraph. Empty text has no paragraphs.
    ///
    /// ```
    /// let text = standpoint::text::Text::plain("Headline\n\nFirst words.\r\n \r\nMore.");
    /// assert_eq!(text.paragraphs().len(), 3);
    /// ```
    pub fn plain(source: &'t str) -> Self {
        let mut paragraphs = Vec::new();
        let mut start = None;
        let mut end = 0;
        let mut position = 0;
        for line in source.split_inclusive('\n') {
            let words = line.trim();
            if words.is_empty() {
                if let Some(start) = start.take() {
                    paragraphs.push(Paragraph { span: ByteSpan::new(start, end), kind: None });
                }
            } else {
                let lead = line.len() - line.trim_start().len();
                start.get_or_insert(position + lead);
                end = position + lead + words.len();
            }
            position += line.len();
        }
        if let Some(start) = start {
            paragraphs.push(Paragraph { span: ByteSpan::new(start, end), kind: None });
        }
        Text { source, paragraphs }
    }

    /// Text whose paragraphs the caller knows, from markup. Spans are trimmed of white space; empty ones
    /// are dropped, and overlapping ones cut short, so that the invariants of [`Text`] hold.
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
