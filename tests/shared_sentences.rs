//! Sentence ends and kinds on the corpora of `../shared`, at the floors reached; skipped where they are missing.

use serde_json::Value;
use standpoint::kinds::classify;
use standpoint::offsets::OffsetIndex;
use standpoint::sentences::split;
use standpoint::text::Text;
use std::collections::BTreeSet;
use std::path::Path;

fn rows(path: &str) -> Option<Vec<Value>> {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared").join(path);
    let Ok(text) = std::fs::read_to_string(&file) else {
        eprintln!("skipped: no {}", file.display());
        return None;
    };
    Some(text.lines().map(|line| serde_json::from_str(line).expect("a JSON row")).collect())
}

/// Starts of sentences after a text's first.
fn starts(text: &str) -> BTreeSet<usize> {
    let read = Text::plain(text);
    let sentences = split(&read);
    sentences
        .windows(2)
        .filter(|pair| pair[0].paragraph == pair[1].paragraph)
        .map(|pair| pair[1].span.start)
        .collect()
}

#[derive(Default)]
struct Score {
    right: usize,
    extra: usize,
    missed: usize,
}

impl Score {
    fn add(&mut self, gold: &BTreeSet<usize>, found: &BTreeSet<usize>) {
        self.right += gold.intersection(found).count();
        self.extra += found.difference(gold).count();
        self.missed += gold.difference(found).count();
    }

    fn f1(&self) -> f64 {
        let f1 = 200.0 * self.right as f64 / (2 * self.right + self.extra + self.missed) as f64;
        eprintln!("boundary F1 {f1:.2}: {} right, {} extra, {} missed", self.right, self.extra, self.missed);
        f1
    }
}

/// Paragraph by paragraph, each as a text of its own.
fn running(path: &str) -> Option<f64> {
    let mut score = Score::default();
    for row in rows(path)? {
        let text = row["text"].as_str().unwrap();
        let index = OffsetIndex::new(text);
        let point = |s: &Value| index.code_point_to_byte(s[0].as_u64().unwrap() as usize).unwrap();
        let gold: Vec<usize> = row["sentences"].as_array().unwrap().iter().map(point).collect();
        let mut at = 0;
        for paragraph in text.split("\n\n") {
            let inside = |s: &&usize| **s > at && **s < at + paragraph.len();
            let gold = gold.iter().filter(inside).map(|s| s - at).collect();
            score.add(&gold, &starts(paragraph));
            at += paragraph.len() + 2;
        }
    }
    Some(score.f1())
}

#[test]
fn golden_rules() {
    let Some(rows) = rows("data/sentences/golden_rules_en.jsonl") else { return };
    for row in &rows {
        let text = row["text"].as_str().unwrap();
        let read = Text::plain(text);
        let found: Vec<&str> = split(&read).iter().map(|s| s.span.of(text)).collect();
        let gold: Vec<&str> =
            row["sentences"].as_array().unwrap().iter().map(|s| s.as_str().unwrap()).collect();
        assert_eq!(found, gold, "{}", row["id"]);
    }
}

#[test]
fn web_text() {
    if let Some(f1) = running("data/sentences/ewt_dev.jsonl") {
        assert!(f1 >= 91.0);
    }
}

#[test]
fn edited_text() {
    if let Some(f1) = running("data/sentences/gum_train.jsonl") {
        assert!(f1 >= 98.5);
    }
}

#[test]
fn news() {
    let Some(rows) = rows("gold/dev.jsonl") else { return };
    let mut texts: Vec<(String, Vec<&Value>)> = Vec::new();
    let mut last = ("", 0);
    for row in &rows {
        let (doc, par) = (row["doc"].as_str().unwrap(), row["par"].as_u64().unwrap());
        if doc != last.0 || doc.starts_with("mt") {
            texts.push(Default::default());
        } else if let Some((text, _)) = texts.last_mut() {
            *text += if par == last.1 { " " } else { "\n\n" };
        }
        let (text, units) = texts.last_mut().unwrap();
        *text += row["text"].as_str().unwrap();
        units.push(row);
        last = (doc, par);
    }
    let mut score = Score::default();
    let (mut kinds_right, mut units_in_all) = (0u32, 0u32);
    for (text, units) in &texts {
        let mut gold = BTreeSet::new();
        let mut spans = Vec::new();
        let (mut at, mut par) = (0, None);
        for unit in units {
            let words = unit["text"].as_str().unwrap();
            at += text[at..].find(words).unwrap();
            if par == Some(&unit["par"]) {
                gold.insert(at);
            }
            par = Some(&unit["par"]);
            spans.push((at, at + words.len(), unit["kind"].as_str().unwrap()));
            at += words.len();
        }
        score.add(&gold, &starts(text));
        let read = Text::plain(text);
        let sentences = split(&read);
        let kinds = classify(&read, &sentences);
        for (start, end, kind) in spans {
            units_in_all += 1;
            let most = |s: &standpoint::offsets::ByteSpan| {
                2 * s.end.min(end).saturating_sub(s.start.max(start)) > s.len()
                    || (s.start <= start && s.end >= end)
            };
            let told = |k: &standpoint::kinds::Kind| serde_json::to_value(k).unwrap() == kind;
            kinds_right += u32::from(sentences.iter().zip(&kinds).any(|(s, k)| most(&s.span) && told(k)));
        }
    }
    assert!(score.f1() >= 96.0);
    let accuracy = f64::from(kinds_right) / f64::from(units_in_all);
    eprintln!("kind accuracy {accuracy:.4}");
    assert!(accuracy >= 0.985);
}
