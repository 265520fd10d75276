//! What a unit is for: running text, a heading, a caption, or matter about the article (`meta`).
//!
//! Words speak first ([`notices`]), then the place in the article, then the page's markup: markup that says
//! heading, caption or meta is believed, markup that says body leaves the text's own reading standing,
//! because pages put credits, links and cross-heads into plain paragraphs.

mod notices;
mod phrases;

use crate::sentences::Sentence;
use crate::text::Text;
use notices::Notice;
use serde::Serialize;

/// The kind of a sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// Running text.
    #[default]
    Body,
    /// Headline or cross-head.
    Heading,
    /// Picture text.
    Caption,
    /// Date line, byline, credit, related-story link, newsletter box, call to subscribe.
    Meta,
}

/// Most words of a cross-head; a longer line without a mark inside an article is a link to another story.
const CROSS_HEAD: usize = 8;

/// One kind a sentence, in order.
///
/// ```
/// use standpoint::{kinds, kinds::Kind, sentences, text::Text};
/// let text = Text::plain("Council keeps the pool open\n\nMay 3, 2024\n\nThe vote was close.");
/// let kinds = kinds::classify(&text, &sentences::split(&text));
/// assert_eq!(kinds, [Kind::Heading, Kind::Meta, Kind::Body]);
/// ```
pub fn classify(text: &Text<'_>, sentences: &[Sentence]) -> Vec<Kind> {
    let source = text.source();
    let mut kinds = Vec::with_capacity(sentences.len());
    let paragraphs: Vec<&[Sentence]> = sentences.chunk_by(|a, b| a.paragraph == b.paragraph).collect();
    let notices: Vec<Option<Notice>> = sentences.iter().map(|s| notices::read(s.span.of(source))).collect();
    let mut at = 0;
    let mut story_begun = false;
    for (index, units) in paragraphs.iter().enumerate() {
        let own = &notices[at..at + units.len()];
        let after = notices[at + units.len()..].first().copied().flatten();
        let next_is_credit =
            after == Some(Notice::Credit) && paragraphs.get(index + 1).is_some_and(|next| next.len() == 1);
        let hint = text.paragraphs()[units[0].paragraph].kind;
        let whole = match hint {
            Some(kind @ (Kind::Heading | Kind::Caption | Kind::Meta)) => kind,
            _ => by_place(
                source,
                units,
                own,
                &Place { alone: paragraphs.len() == 1, story_begun, next_is_credit },
            ),
        };
        for (unit, notice) in units.iter().zip(own) {
            kinds.push(match (whole, notice) {
                (Kind::Heading, _) if hint == Some(Kind::Heading) => Kind::Heading,
                (_, Some(Notice::Meta | Notice::Credit)) => Kind::Meta,
                (Kind::Body, Some(Notice::Caption)) => Kind::Caption,
                (Kind::Body, None) if units.len() > 1 && unit.span == units[units.len() - 1].span => {
                    if names_speaker(source, units) {
                        Kind::Meta
                    } else {
                        Kind::Body
                    }
                }
                (kind, _) => kind,
            });
        }
        story_begun |= whole != Kind::Meta && own.iter().any(Option::is_none);
        at += units.len();
    }
    kinds
}

/// Where a paragraph stands.
struct Place {
    /// It is the whole text.
    alone: bool,
    /// A headline or running text stands before it.
    story_begun: bool,
    /// The next paragraph is a picture credit and nothing else.
    next_is_credit: bool,
}

/// What a paragraph is as a whole when no markup says.
fn by_place(source: &str, units: &[Sentence], notices: &[Option<Notice>], place: &Place) -> Kind {
    let first = units[0].span.of(source);
    let credited = units.len() <= 4 && units.len() > 1 && notices.last() == Some(&Some(Notice::Credit));
    if credited || (place.next_is_credit && units.len() <= 3 && place.story_begun) {
        return Kind::Caption;
    }
    if units.len() > 1 || notices[0].is_some() {
        return Kind::Body;
    }
    let opens = first
        .trim_start_matches(['"', '“', '\'', '‘', '|', ' '])
        .starts_with(|c: char| c.is_uppercase() || c.is_numeric());
    let marked = notices::ends_as_sentence(first) || first.ends_with([':', ',', ';', '-', '–', '—']);
    let listed = first.starts_with(['•', '*', '-', '–', '—', '·', '⁃']);
    let headline =
        !place.story_begun && !place.alone && !first.ends_with('.') && !first.ends_with([':', ',']);
    if headline && opens && words(first) <= 30 {
        return Kind::Heading;
    }
    if !opens || marked || listed {
        return Kind::Body;
    }
    match words(first) {
        n if place.alone => {
            if n >= 4 {
                Kind::Heading
            } else {
                Kind::Body
            }
        }
        n if n <= CROSS_HEAD => Kind::Heading,
        n if n <= 25 => Kind::Meta,
        _ => Kind::Body,
    }
}

/// Whether a paragraph's last unit is the name under a quotation: `Ana Ruiz, head of the tenants' union`.
fn names_speaker(source: &str, units: &[Sentence]) -> bool {
    let last = units[units.len() - 1].span.of(source);
    let before = units[units.len() - 2].span.of(source);
    !notices::ends_as_sentence(last)
        && notices::ends_as_sentence(before)
        && words(last) <= 12
        && last.split_whitespace().take(2).all(|word| word.starts_with(char::is_uppercase))
}

fn words(unit: &str) -> usize {
    unit.split_whitespace().count()
}
