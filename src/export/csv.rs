//! One row a stance, for spreadsheets and statistics; a sentence without any has one row with those cells empty.

use super::word;
use crate::annotation::{AnnotatedSentence, Annotation, Stance, Topic};
use crate::offsets::{Bytes, Unit};
use std::borrow::Cow;

const HEADER: [&str; 17] = [
    "sentence",
    "paragraph",
    "start",
    "end",
    "kind",
    "text",
    "topics",
    "topic_ids",
    "subtopics",
    "subtopic_ids",
    "stance",
    "holder",
    "target",
    "polarity",
    "basis",
    "cue",
    "confidence",
];

/// The annotation as CSV (RFC 4180, header first). Columns `start` and `end` are those of `shown`, the same
/// annotation in the caller's unit; several topics in a cell are separated by `; `. A cell that begins with
/// `=`, `+`, `-`, `@`, a tab or CR gets a leading `'`.
///
/// ```
/// use standpoint::{export, Annotator, Options};
/// let text = "The union backed the bill.";
/// let annotation = Annotator::builtin().annotate(text, &Options::default());
/// let csv = export::csv::write(text, &annotation, &annotation.to_utf16(text));
/// assert!(csv.starts_with("sentence,paragraph,start,end,kind,text,"));
/// ```
pub fn write<U: Unit>(text: &str, annotation: &Annotation<Bytes>, shown: &Annotation<U>) -> String {
    let mut csv = csv::Writer::from_writer(Vec::new());
    let mut put = |row: &[String]| {
        csv.write_record(row.iter().map(|cell| inert(cell).into_owned()))
            .expect("writing to memory cannot fail")
    };
    put(&HEADER.map(str::to_owned));
    for (index, (s, shown)) in annotation.sentences.iter().zip(&shown.sentences).enumerate() {
        let mut row = sentence(index, text, s, shown);
        let shared = row.len();
        if s.stances.is_empty() {
            row.resize(HEADER.len(), String::new());
            put(&row);
        }
        for claim in &s.stances {
            row.truncate(shared);
            row.extend(stance(text, claim));
            put(&row);
        }
    }
    String::from_utf8(csv.into_inner().expect("flushing to memory cannot fail")).expect("made of strings")
}

/// A spreadsheet would run a cell that begins so as a formula: an apostrophe makes it text again.
fn inert(cell: &str) -> Cow<'_, str> {
    if cell.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        format!("'{cell}").into()
    } else {
        cell.into()
    }
}

fn sentence<U: Unit>(
    index: usize,
    text: &str,
    s: &AnnotatedSentence<Bytes>,
    shown: &AnnotatedSentence<U>,
) -> Vec<String> {
    let ids = |topics: &[Topic]| topics.iter().map(|t| t.id.as_str()).collect::<Vec<_>>().join("; ");
    vec![
        index.to_string(),
        s.paragraph.to_string(),
        shown.span.start.to_string(),
        shown.span.end.to_string(),
        word(s.kind),
        s.span.of(text).to_owned(),
        super::labels(&s.topics, "; "),
        ids(&s.topics),
        super::labels(&s.subtopics, "; "),
        ids(&s.subtopics),
        word(s.stance),
    ]
}

fn stance(text: &str, s: &Stance<Bytes>) -> [String; 6] {
    [
        s.holder.name.clone(),
        s.target.name.clone(),
        word(s.polarity),
        word(s.basis),
        s.cue.of(text).to_owned(),
        s.confidence.get().to_string(),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_cell_is_a_formula() {
        for run in ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"] {
            assert_eq!(inert(run), format!("'{run}"));
        }
        for text in ["", "0.5", "1 = 1", "\u{2013} a dash", " =1", "a@b"] {
            assert_eq!(inert(text), text);
        }
    }
}
