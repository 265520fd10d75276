//! Trains the classifier of sentence ends.
//!
//! `cargo run --release -p train-sentences -- ../shared` writes `src/data/sentence_ends.weights` and
//! `training/sentences/metrics.json`. Same data, same bytes.

mod corpus;
mod learn;

use corpus::Paragraph;
use learn::{Example, Settings};
use standpoint::sentences::{
    candidates,
    features::Features,
    sides::{Mark, Sides},
    Certain,
};
use std::path::Path;

/// How often each corpus counts: formal text is what the annotator reads most, web text the least.
const GUM: f32 = 1.5;
const EWT: f32 = 1.0;
const GOLD: f32 = 1.0;
const NEWS: f32 = 0.5;

fn main() {
    let args: Vec<String> = std::env::args().collect();
    let shared = Path::new(args.get(1).map_or("../shared", String::as_str));
    let verbose = args.get(2).map(String::as_str);
    let sentences = shared.join("data/sentences");
    let ewt = corpus::running(&sentences.join("ewt_train.jsonl"));
    let gum = corpus::running(&sentences.join("gum_train.jsonl"));
    let gold = corpus::gold(&shared.join("gold/train.jsonl"));
    let ewt_dev = corpus::running(&sentences.join("ewt_dev.jsonl"));
    let gold_dev = corpus::gold(&shared.join("gold/dev.jsonl"));
    let golden = corpus::listed(&sentences.join("golden_rules_en.jsonl"));
    let mut news = corpus::single(&shared.join("data/newsmtsc/train.jsonl"), 1);
    news.extend(corpus::single(&shared.join("data/wcep/train.jsonl"), 6));
    let settings = Settings { epochs: 12, rate: 0.15, l1: 1e-2, l2: 1e-6, seed: 13 };

    let all = |keep: &dyn Fn(&Paragraph) -> bool| {
        let mut out = Vec::new();
        for (corpus, weight) in [(&gum, GUM), (&ewt, EWT), (&gold, GOLD)] {
            for p in corpus.iter().filter(|p| keep(p)) {
                examples(p, weight, &mut out);
            }
        }
        // News sentences one by one: they teach that a capital without a mark before it is a name.
        for p in news.iter().filter(|p| keep(p)) {
            let mut inside = Vec::new();
            examples(p, NEWS, &mut inside);
            out.append(&mut inside);
        }
        out
    };
    let mut metrics = serde_json::Map::new();
    if verbose != Some("fast") {
        let mut held = [Score::default(), Score::default(), Score::default()];
        for fold in 0..4 {
            let model = learn::quantise(&learn::train(&all(&|p| p.document % 4 != fold), &settings));
            for (name, corpus, score) in
                [("gum fold", &gum, 0), ("ewt fold", &ewt, 1), ("gold fold", &gold, 2)]
            {
                let score: &mut Score = &mut held[score];
                for p in corpus.iter().filter(|p| p.document % 4 == fold) {
                    score.add(p, &model, verbose == Some(name));
                }
            }
        }
        println!("four folds: gum {} ewt {} gold {}", held[0], held[1], held[2]);
        for (name, score) in
            ["gum train, four folds", "ewt train, four folds", "gold train, four folds"].iter().zip(&held)
        {
            metrics.insert((*name).to_owned(), score.to_json());
        }
    }
    let examples = all(&|_| true);
    let model = learn::quantise(&learn::train(&examples, &settings));
    println!("{} examples, {} weights", examples.len(), model.iter().filter(|w| **w != 0).count());
    for (name, corpus) in [
        ("gum train", &gum),
        ("ewt train", &ewt),
        ("gold train", &gold),
        ("ewt dev", &ewt_dev),
        ("gold dev", &gold_dev),
        ("golden rules", &golden),
    ] {
        let mut score = Score::default();
        for p in corpus {
            score.add(p, &model, verbose == Some(name));
        }
        println!("{name}: {score}");
        if name.ends_with("dev") || name.starts_with("golden") {
            metrics.insert(name.to_owned(), score.to_json());
        }
    }
    let bytes: Vec<u8> = model.iter().map(|&w| w as u8).collect();
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    std::fs::write(root.join("src/data/sentence_ends.weights"), bytes).expect("weights written");
    metrics.insert("weights that are not zero".to_owned(), model.iter().filter(|w| **w != 0).count().into());
    if verbose != Some("fast") {
        let text = serde_json::to_string_pretty(&metrics).expect("plain numbers") + "\n";
        std::fs::write(Path::new(env!("CARGO_MANIFEST_DIR")).join("metrics.json"), text)
            .expect("metrics written");
    }
}

/// The candidates of a paragraph that no rule decides, with the right answers.
fn examples(p: &Paragraph, weight: f32, out: &mut Vec<Example>) {
    let mut certain = Certain::about(&p.text);
    candidates::walk(&p.text, |c| {
        let ends = p.starts.binary_search(&c.after).is_ok();
        let sides = Sides::of(c);
        let known = !p.unmarked_only || (sides.mark == Mark::None && !c.newline);
        if known && certain.verdict(c, &sides).is_none() {
            out.push(Example { buckets: Features::of(c, &sides).buckets().to_vec(), ends, weight });
        }
        ends
    });
}

#[derive(Default)]
struct Score {
    right: usize,
    extra: usize,
    missed: usize,
    certain_wrong: usize,
    whole: usize,
    paragraphs: usize,
}

impl Score {
    fn f1(&self) -> f64 {
        200.0 * self.right as f64 / (2 * self.right + self.extra + self.missed).max(1) as f64
    }

    fn to_json(&self) -> serde_json::Value {
        serde_json::json!({
            "boundary F1": (self.f1() * 100.0).round() / 100.0,
            "right": self.right, "extra": self.extra, "missed": self.missed,
        })
    }

    fn add(&mut self, p: &Paragraph, model: &[i8], verbose: bool) {
        let mut certain = Certain::about(&p.text);
        let mut found = Vec::new();
        candidates::walk(&p.text, |c| {
            let sides = Sides::of(c);
            let verdict = certain.verdict(c, &sides);
            let ends = verdict.unwrap_or_else(|| {
                Features::of(c, &sides).buckets().iter().map(|&b| i32::from(model[b as usize])).sum::<i32>()
                    > 0
            });
            if ends {
                found.push(c.after);
            }
            let truth = p.starts.binary_search(&c.after).is_ok();
            if truth != ends {
                self.certain_wrong += usize::from(verdict.is_some());
                if verbose {
                    let left: String = c.text[..c.before]
                        .chars()
                        .rev()
                        .take(50)
                        .collect::<Vec<_>>()
                        .into_iter()
                        .rev()
                        .collect();
                    let right: String = c.text[c.after..].chars().take(40).collect();
                    let who = if verdict.is_some() { "rule" } else { "" };
                    println!("{} {who} {left:?} | {right:?}", if ends { "extra " } else { "missed" });
                }
            }
            ends
        });
        let right = found.iter().filter(|f| p.starts.binary_search(f).is_ok()).count();
        if verbose {
            for s in p.starts.iter().filter(|s| found.binary_search(s).is_err()) {
                let left: String =
                    p.text[..*s].chars().rev().take(50).collect::<Vec<_>>().into_iter().rev().collect();
                let right: String = p.text[*s..].chars().take(40).collect();
                println!("  not found {left:?} | {right:?}");
            }
        }
        self.right += right;
        self.extra += found.len() - right;
        self.missed += p.starts.len() - right;
        self.paragraphs += 1;
        self.whole += usize::from(found == p.starts);
    }
}

impl std::fmt::Display for Score {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let f1 = self.f1();
        write!(
            f,
            "F1 {f1:.2} (right {}, extra {}, missed {}, by rule {}; whole {}/{})",
            self.right, self.extra, self.missed, self.certain_wrong, self.whole, self.paragraphs
        )
    }
}
