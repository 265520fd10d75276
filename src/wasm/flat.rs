//! Flat arrays of numbers: what crosses between JavaScript and WebAssembly in one copy.

use crate::kinds::Kind;
use crate::offsets::{utf16_len, OffsetIndex, OffsetUnit};
use crate::options::{HostTopic, HostTopics};
use crate::sentences::Sentence;
use crate::text::Paragraph;
use crate::Error;

/// Numbers a paragraph takes: its start, its end (UTF-16) and its kind.
pub const PARAGRAPH: usize = 3;
/// Numbers a sentence takes: its start, its end (UTF-16), its kind and its paragraph.
pub const SENTENCE: usize = 4;
/// Stands for a paragraph whose kind the markup does not tell.
const UNTOLD: u32 = 4;
/// Stands for a threshold that was not given.
const UNSAID: f64 = -1.0;

/// The number of a kind, as `KINDS` in `www/api/engine.js` names them again.
pub fn kind_number(kind: Option<Kind>) -> u32 {
    match kind {
        Some(Kind::Body) => 0,
        Some(Kind::Heading) => 1,
        Some(Kind::Caption) => 2,
        Some(Kind::Meta) => 3,
        None => UNTOLD,
    }
}

fn kind(number: u32) -> Result<Option<Kind>, Error> {
    Ok(match number {
        0 => Some(Kind::Body),
        1 => Some(Kind::Heading),
        2 => Some(Kind::Caption),
        3 => Some(Kind::Meta),
        UNTOLD => None,
        _ => return Err(Error::input(format!("no kind has the number {number}"))),
    })
}

/// A caller's paragraphs of `text`.
///
/// # Errors
/// If they are not whole, or a span runs backwards, outside the text or into a surrogate pair.
pub fn read_paragraphs(text: &str, flat: &[u32]) -> Result<Vec<Paragraph>, Error> {
    let index = OffsetIndex::new(text);
    let rows = flat.chunks_exact(PARAGRAPH);
    if !rows.remainder().is_empty() {
        return Err(Error::input("paragraphs come as three numbers each: start, end, kind"));
    }
    rows.map(|row| {
        let span = index.to_byte_span(row[0] as usize, row[1] as usize, OffsetUnit::Utf16);
        let span = span
            .ok_or_else(|| Error::input(format!("paragraph {}..{} does not fit the text", row[0], row[1])))?;
        Ok(Paragraph { span, kind: kind(row[2])? })
    })
    .collect()
}

/// A host's topics: for each its id, label, description and examples in `words`, its threshold (-1: none given) and its
/// number of examples in `numbers`.
///
/// # Errors
/// If they are not whole, or [`HostTopics::new`] will not have them.
pub fn read_topics(words: &[String], numbers: &[f64]) -> Result<HostTopics, Error> {
    let whole = || Error::options("topics come as three texts and their examples, and two numbers each");
    let (mut topics, mut rest) = (Vec::new(), words);
    for pair in numbers.chunks(2) {
        let (&[threshold, count], [id, label, description, more @ ..]) = (pair, rest) else {
            return Err(whole());
        };
        let count = count as usize;
        if count > more.len() {
            return Err(whole());
        }
        let (examples, after) = more.split_at(count);
        rest = after;
        topics.push(HostTopic {
            id: id.clone(),
            label: label.clone(),
            description: description.clone(),
            examples: examples.to_vec(),
            threshold: Some(threshold).filter(|&x| x != UNSAID),
        });
    }
    if rest.is_empty() {
        HostTopics::new(topics)
    } else {
        Err(whole())
    }
}

/// Sentences of `text` with their kinds.
pub fn write_sentences(text: &str, sentences: &[Sentence], kinds: &[Kind]) -> Vec<u32> {
    let mut flat = Vec::with_capacity(sentences.len() * SENTENCE);
    let (mut byte, mut utf16) = (0, 0);
    let mut to_utf16 = |position: usize| {
        utf16 += utf16_len(&text[byte..position]);
        byte = position;
        utf16 as u32 // a wasm32 position always fits
    };
    for (sentence, kind) in sentences.iter().zip(kinds) {
        let (start, end) = (to_utf16(sentence.span.start), to_utf16(sentence.span.end));
        flat.extend([start, end, kind_number(Some(*kind)), sentence.paragraph as u32]);
    }
    flat
}
