//! Word tables from the shared lexicons: verb classes (VerbNet) and polarity (VADER, Hu and Liu), by stem.

use serde_json::Value;
use standpoint::offsets::ByteSpan;
use standpoint::tokens::{stem, tokenize};
use std::collections::{BTreeMap, BTreeSet};

fn rows(path: &str) -> Vec<Value> {
    let text = std::fs::read_to_string(path).unwrap_or_else(|e| panic!("{path}: {e}"));
    text.lines().filter(|l| !l.trim().is_empty()).map(|l| serde_json::from_str(l).expect("JSON")).collect()
}

/// How often each stem occurs in the news the other data are drawn from.
fn frequencies(shared: &str) -> BTreeMap<String, u32> {
    let mut counts = BTreeMap::new();
    for file in ["gold/train.jsonl", "data/wcep/train.jsonl", "data/newsmtsc/train.jsonl"] {
        for row in rows(&format!("{shared}/{file}")) {
            let text = row["text"].as_str().expect("text");
            for token in tokenize(text, ByteSpan::new(0, text.len())) {
                *counts.entry(token.stem).or_insert(0) += 1;
            }
        }
    }
    counts
}

pub fn make(shared: &str, out: &str) {
    // The hand-written list of verbs of saying, rewritten as sorted stems.
    let saying = std::fs::read_to_string(format!("{out}/saying.txt")).expect("saying.txt");
    let (notes, verbs): (Vec<&str>, Vec<&str>) = saying.lines().partition(|l| l.starts_with('#'));
    let stems: BTreeSet<String> = verbs.iter().map(|verb| stem(verb)).collect();
    let lines: Vec<String> = notes.iter().map(|n| (*n).to_owned()).chain(stems).collect();
    std::fs::write(format!("{out}/saying.txt"), lines.join("\n") + "\n").expect("written");
    let counts = frequencies(shared);
    let often = |stem: &str, least: u32| counts.get(stem).copied().unwrap_or(0) >= least;
    let mut classes: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for row in rows(&format!("{shared}/data/lex_verbnet/members.jsonl")) {
        let (class, verb) = (row["class"].as_str().expect("class"), row["verb"].as_str().expect("verb"));
        if verb.contains([' ', '-']) {
            continue;
        }
        let class = class.split('-').next().expect("a name").to_owned();
        let stem = stem(verb);
        if often(&stem, 2) {
            classes.entry(stem).or_default().insert(class);
        }
    }
    let mut text = String::from(
        "# Verb classes by stem. From VerbNet 3 (its licence: permission to use, copy, modify and distribute for any\n# purpose and without fee; Kipper Schuler 2005). Made by `pairs_train tables`.\n",
    );
    for (stem, classes) in &classes {
        text += &format!("{stem} {}\n", classes.iter().cloned().collect::<Vec<_>>().join(" "));
    }
    std::fs::write(format!("{out}/classes.txt"), text).expect("written");

    let mut valence: BTreeMap<String, f64> = BTreeMap::new();
    for row in rows(&format!("{shared}/data/lex_opinion_bingliu/words.jsonl")) {
        let word = row["word"].as_str().expect("word").to_lowercase();
        let sign = if row["polarity"].as_str().is_some_and(|p| p.starts_with("pos")) { 1.5 } else { -1.5 };
        *valence.entry(stem(&word)).or_insert(0.0) += sign;
    }
    for row in rows(&format!("{shared}/data/lex_vader/words.jsonl")) {
        let word = row["token"].as_str().unwrap_or("").to_lowercase();
        *valence.entry(stem(&word)).or_insert(0.0) += row["mean"].as_f64().unwrap_or(0.0);
    }
    let mut text = String::from(
        "# Words for and against, by stem. From the opinion lexicon (Hu and Liu 2004; CC BY 4.0) and VADER (Hutto and\n# Gilbert 2014; MIT), those that news uses. Made by `pairs_train tables`.\n",
    );
    for (stem, value) in &valence {
        let plain = stem.len() > 2 && stem.chars().all(|c| c.is_ascii_lowercase());
        if plain && often(stem, 4) && value.abs() >= 1.0 {
            text += &format!("{stem} {}\n", if *value > 0.0 { "+" } else { "-" });
        }
    }
    std::fs::write(format!("{out}/polarity.txt"), text).expect("written");
}
