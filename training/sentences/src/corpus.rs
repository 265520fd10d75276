//! Paragraphs with their sentence starts, read from JSON Lines.

use serde_json::Value;
use standpoint::offsets::OffsetIndex;
use std::path::Path;

/// One paragraph and the bytes at which its sentences after the first start.
pub struct Paragraph {
    pub text: String,
    pub starts: Vec<usize>,
    /// Number of its document, for folds.
    pub document: usize,
    /// Only its gaps without a mark are known.
    pub unmarked_only: bool,
}

fn rows(path: &Path) -> Vec<Value> {
    let text = std::fs::read_to_string(path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    text.lines().map(|line| serde_json::from_str(line).expect("a JSON row")).collect()
}

/// Running text with `sentences` in code points (GUM, EWT).
pub fn running(path: &Path) -> Vec<Paragraph> {
    let mut out = Vec::new();
    for (document, row) in rows(path).iter().enumerate() {
        let text = row["text"].as_str().expect("text");
        let index = OffsetIndex::new(text);
        let starts: Vec<usize> = row["sentences"]
            .as_array()
            .expect("sentences")
            .iter()
            .map(|s| index.code_point_to_byte(s[0].as_u64().expect("start") as usize).expect("inside"))
            .collect();
        let mut at = 0;
        for paragraph in text.split("\n\n") {
            let trimmed = paragraph.trim();
            let from = at + (paragraph.len() - paragraph.trim_start().len());
            if !trimmed.is_empty() {
                out.push(Paragraph {
                    text: trimmed.to_owned(),
                    starts: starts
                        .iter()
                        .filter(|&&s| s > from && s < from + trimmed.len())
                        .map(|s| s - from)
                        .collect(),
                    document,
                    unmarked_only: false,
                });
            }
            at += paragraph.len() + 2;
        }
    }
    out
}

/// Labelled articles, one unit a row (`gold`): units of one paragraph are joined by a space.
pub fn gold(path: &Path) -> Vec<Paragraph> {
    let mut out: Vec<Paragraph> = Vec::new();
    let mut last: Option<(String, u64)> = None;
    let mut document = 0;
    for row in rows(path) {
        let doc = row["doc"].as_str().expect("doc").to_owned();
        let alone = doc.starts_with("mt");
        let key = (doc, row["par"].as_u64().expect("par"));
        let text = row["text"].as_str().expect("text");
        if last.as_ref() == Some(&key) && !alone {
            let p = out.last_mut().expect("same paragraph");
            p.text.push(' ');
            p.starts.push(p.text.len());
            p.text.push_str(text);
        } else {
            if last.as_ref().map(|l| &l.0) != Some(&key.0) {
                document += 1;
            }
            out.push(Paragraph { text: text.to_owned(), starts: Vec::new(), document, unmarked_only: false });
        }
        last = Some(key);
    }
    out
}

/// Rows that list their sentences (the golden rules).
pub fn listed(path: &Path) -> Vec<Paragraph> {
    rows(path)
        .iter()
        .enumerate()
        .map(|(document, row)| {
            let text = row["text"].as_str().expect("text").to_owned();
            let mut starts = Vec::new();
            let mut at = 0;
            for (i, s) in row["sentences"].as_array().expect("sentences").iter().enumerate() {
                let s = s.as_str().expect("sentence");
                at += text[at..].find(s).expect("in order");
                if i > 0 {
                    starts.push(at);
                }
                at += s.len();
            }
            Paragraph { text, starts, document, unmarked_only: false }
        })
        .collect()
}

/// Sentences or headlines one by one, every `nth` row: no sentence ends inside where no mark stands.
pub fn single(path: &Path, nth: usize) -> Vec<Paragraph> {
    let mut seen = std::collections::BTreeSet::new();
    rows(path)
        .iter()
        .step_by(nth)
        .map(|row| row["text"].as_str().expect("text").to_owned())
        .filter(|text| seen.insert(text.clone()))
        .enumerate()
        .map(|(document, text)| Paragraph { text, starts: Vec::new(), document, unmarked_only: true })
        .collect()
}
