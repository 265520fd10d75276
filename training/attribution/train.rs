//! Trains the classifier of words that report speech or thought, `src/attribution/cue.rs`. Same data, same bytes.
//!
//!     cargo run --release --example attribution_train -- ../shared
//!
//! Right are the cues of GUM's attributions (training documents) and, in labelled news, the verb whose subject is the holder
//! of a stance it governs. Wrong are all other candidates of the same GUM documents, those of sentences without rows too.

#[allow(dead_code, reason = "shared with what measures")]
#[path = "../../examples/attribution/rows.rs"]
mod rows;

#[allow(dead_code, reason = "shared with the small models' training")]
#[path = "../pairs/gold.rs"]
mod gold;

use standpoint::attribution::cue::{features, is_candidate, BUCKETS, LEAST, SCALE};
use standpoint::model::linear::hash;
use standpoint::model::Model;
use standpoint::offsets::ByteSpan;
use standpoint::sentences;
use standpoint::stance::{Reader, Reading};
use standpoint::syntax::Grammar;
use standpoint::text::Text;
use std::collections::{BTreeMap, BTreeSet};

/// How strongly weights are pulled to zero, and how often all examples are seen: compared with 0.1 and 0.3 on the folds.
const DECAY: f32 = 1.0;
const ROUNDS: usize = 60;

/// One candidate.
struct Example {
    buckets: Vec<usize>,
    right: bool,
    /// Which of the folds its document is in.
    fold: u32,
    /// Number of the row it is the cue of.
    row: Option<usize>,
}

const FOLDS: u32 = 4;

fn main() {
    let shared = std::env::args().nth(1).unwrap_or_else(|| "../shared".to_owned());
    let model = Model::builtin();
    let grammar = &model.stance().expect("a grammar").grammar;
    let (gum, sourced) = gum(grammar, &shared);
    let news = news(grammar, &shared);
    println!(
        "GUM: {} candidates, {} rows with a source; news: {} right",
        gum.len(),
        sourced.len(),
        news.len()
    );
    for least in [-48, -64, -80, -96, -112] {
        let (mut found, mut claimed, mut right) = (BTreeSet::new(), 0, 0);
        for fold in 0..FOLDS {
            let seen: Vec<&Example> = gum.iter().filter(|e| e.fold != fold).chain(&news).collect();
            let weights = quantise(&fit(&seen));
            for example in gum.iter().filter(|e| e.fold == fold && score(&weights, e) > least) {
                claimed += 1;
                right += usize::from(example.right);
                found.extend(example.row);
            }
        }
        let found = found.intersection(&sourced).count() as f32;
        println!(
            "folds, least {least}: {:.3} of the cues with a source; {:.3} of {claimed} right",
            found / sourced.len() as f32,
            right as f32 / claimed.max(1) as f32
        );
    }
    let weights = quantise(&fit(&gum.iter().chain(&news).collect::<Vec<_>>()));
    println!("{} weights; decided at {LEAST}", weights.iter().filter(|w| **w != 0).count());
    let bytes: Vec<u8> = weights.iter().map(|w| *w as u8).collect();
    std::fs::write("src/data/attribution.weights", bytes).expect("written");
}

fn score(weights: &[i8], example: &Example) -> i32 {
    example.buckets.iter().map(|&b| i32::from(weights[b])).sum()
}

/// How far a step goes; by hand.
const RATE: f32 = 0.3;

/// Logistic regression of two classes by AdaGrad over all examples at once, in no order that would have to be drawn (the small
/// models' in `training/pairs/logistic.rs`, of many classes and far more examples, goes one by one).
fn fit(examples: &[&Example]) -> Vec<f32> {
    let (mut weights, mut squares) = (vec![0f32; BUCKETS], vec![1e-10f32; BUCKETS]);
    for _ in 0..ROUNDS {
        let mut slope: Vec<f32> = weights.iter().map(|w| DECAY * w).collect();
        for example in examples {
            let score: f32 = example.buckets.iter().map(|&b| weights[b]).sum();
            let error = 1.0 / (1.0 + libm::expf(-score)) - f32::from(u8::from(example.right));
            example.buckets.iter().for_each(|&b| slope[b] += error);
        }
        for ((w, s), g) in weights.iter_mut().zip(&mut squares).zip(slope) {
            *s += g * g;
            *w -= RATE * g / s.sqrt();
        }
    }
    weights
}

fn quantise(weights: &[f32]) -> Vec<i8> {
    weights.iter().map(|w| (w * SCALE).round().clamp(-127.0, 127.0) as i8).collect()
}

fn example(reader: &Reader, token: usize, right: bool, fold: u32, row: Option<usize>) -> Example {
    Example { buckets: features(&reader.parsed, &reader.voices.quoted, token), right, fold, row }
}

/// Candidates of the training documents, and the numbers of the rows that name a source.
fn gum(grammar: &Grammar, shared: &str) -> (Vec<Example>, BTreeSet<usize>) {
    let mut by_text: BTreeMap<(String, String), Vec<(usize, ByteSpan)>> = BTreeMap::new();
    let mut sourced = BTreeSet::new();
    let all = rows::read(&format!("{shared}/data/gum_attribution/cc_by_only.jsonl"));
    for (number, row) in all.into_iter().enumerate().filter(|(_, row)| !rows::is_dev(&row.document)) {
        if row.source.is_some() {
            sourced.insert(number);
        }
        by_text.entry((row.document, row.text)).or_default().push((number, row.cue));
    }
    let documents: BTreeSet<String> = by_text.keys().map(|(document, _)| document.clone()).collect();
    // Sentences without rows, from the running text of the same documents.
    let running = std::fs::read_to_string(format!("{shared}/data/sentences/gum_train.jsonl")).expect("gum");
    for line in running.lines() {
        let value: serde_json::Value = serde_json::from_str(line).expect("JSON");
        let document = value["doc"].as_str().expect("doc");
        if !documents.contains(document) {
            continue;
        }
        let text = Text::plain(value["text"].as_str().expect("text"));
        for sentence in sentences::split(&text) {
            let words = sentence.span.of(text.source());
            let known = by_text.keys().any(|(doc, row)| {
                doc == document && (row.contains(words.trim_end_matches('.')) || words.contains(row.as_str()))
            });
            if !known {
                by_text.entry((document.to_owned(), words.to_owned())).or_default();
            }
        }
    }
    let mut out = Vec::new();
    for ((document, text), cues) in &by_text {
        let reader = rows::reader(grammar, text);
        for token in (0..reader.parsed.tokens.len()).filter(|&t| is_candidate(&reader.parsed, t)) {
            let row = cues.iter().find(|(_, cue)| cue.overlaps(&reader.parsed.tokens[token].span));
            let fold = hash(document) / 4 % FOLDS;
            out.push(example(&reader, token, row.is_some(), fold, row.map(|(number, _)| *number)));
        }
    }
    (out, sourced)
}

fn news(grammar: &Grammar, shared: &str) -> Vec<Example> {
    let mut out = Vec::new();
    for document in gold::read(&format!("{shared}/gold/train.jsonl")) {
        let text = Text::plain(&document.text);
        let reading = Reading::new(grammar, &text, &document.sentences, &document.kinds);
        for (reader, tuples) in reading.sentences.iter().zip(&document.tuples) {
            let p = &reader.parsed;
            let mut found = BTreeSet::new();
            for tuple in tuples.iter().filter(|t| t.basis == "says") {
                let Some(holder) = tuple.holder_span else { continue };
                let cue = (0..p.tokens.len()).filter(|&t| p.tokens[t].span.overlaps(&tuple.cue_span));
                for token in cue.flat_map(|t| p.tree.ancestors(t)) {
                    let inside = p.tokens[token].span.overlaps(&tuple.cue_span);
                    let governs = p.subject(token).is_some_and(|s| p.tokens[s].span.overlaps(&holder));
                    if !inside && governs && is_candidate(p, token) {
                        found.insert(token);
                    }
                }
            }
            out.extend(found.into_iter().map(|token| example(reader, token, true, FOLDS, None)));
        }
    }
    out
}
