//! The result in other shapes, for the native build: CSV for spreadsheets, W3C Web Annotations as JSON-LD,
//! and text with tags in the margin for people.

pub mod csv;
pub mod jsonld;
pub mod text;

use crate::annotation::{Polarity, Score, Topic};

/// How sure a claim is, in the words a reader is shown instead of a number.
pub fn confidence_in_words(confidence: Score) -> &'static str {
    match confidence.get() {
        x if x >= 0.8 => "quite sure",
        x if x >= 0.6 => "fairly sure",
        _ => "not sure",
    }
}

/// `for` or `against`.
pub fn polarity_in_words(polarity: Polarity) -> &'static str {
    match polarity {
        Polarity::Support => "for",
        Polarity::Oppose => "against",
    }
}

/// Names of topics, best first, with `separator` between them.
fn labels(topics: &[Topic], separator: &str) -> String {
    topics.iter().map(|t| t.label.as_str()).collect::<Vec<_>>().join(separator)
}

/// A field-less value of the result as the word that JSON has for it.
fn word(value: impl serde::Serialize) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(word)) => word,
        _ => String::new(),
    }
}
