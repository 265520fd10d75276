//! Cuts paragraphs into sentences.
//!
//! A byte scan finds the gaps worth a look ([`candidates`]); lists, line breaks and rules decide what is
//! certain; a small trained classifier decides the rest.

pub mod candidates;
mod classifier;
pub mod dates;
pub mod features;
mod lines;
mod lists;
mod rules;
pub mod sides;
mod stops;
mod words;

use crate::offsets::ByteSpan;
use crate::text::Text;
use candidates::Candidate;
use features::Features;
use sides::Sides;

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
///
/// ```
/// use standpoint::{sentences, text::Text};
/// let source = "“It is over,” said Dr. Okafor. “Go home.” They went.";
/// let text = Text::plain(source);
/// let found: Vec<_> = sentences::split(&text).iter().map(|s| s.span.of(source)).collect();
/// assert_eq!(found, ["“It is over,” said Dr. Okafor.", "“Go home.”", "They went."]);
/// ```
pub fn split(text: &Text<'_>) -> Vec<Sentence> {
    let mut sentences = Vec::new();
    for (paragraph, p) in text.paragraphs().iter().enumerate() {
        let mut start = p.span.start;
        each_end(p.span.of(text.source()), |end, next| {
            sentences.push(Sentence { span: ByteSpan::new(start, p.span.start + end), paragraph });
            start = p.span.start + next;
        });
        sentences.push(Sentence { span: ByteSpan::new(start, p.span.end), paragraph });
    }
    sentences
}

/// Calls `found(end, next)` for every sentence of a paragraph but the last.
fn each_end(paragraph: &str, mut found: impl FnMut(usize, usize)) {
    let mut certain = Certain::about(paragraph);
    candidates::walk(paragraph, |c| {
        let sides = Sides::of(c);
        let end = certain.verdict(c, &sides).unwrap_or_else(|| classifier::ends(&Features::of(c, &sides)));
        if end {
            found(c.before, c.after);
        }
        end
    });
}

/// All that is decided without the classifier. Keeps what it has seen of the paragraph, so ask in order.
#[derive(Debug)]
pub struct Certain {
    list: lists::List,
    lines: lines::Lines,
}

impl Certain {
    /// Starts on a paragraph.
    pub fn about(paragraph: &str) -> Self {
        Certain { list: lists::List::opening(paragraph), lines: lines::Lines::of(paragraph) }
    }

    /// `Some(true)`: a sentence ends at the candidate. `Some(false)`: it does not. `None`: not certain.
    pub fn verdict(&mut self, c: &Candidate<'_>, sides: &Sides<'_>) -> Option<bool> {
        self.list
            .verdict(c, sides)
            .or_else(|| self.lines.verdict(c, sides))
            .or_else(|| rules::verdict(c, sides))
    }
}
