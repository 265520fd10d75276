//! An article that changes: reading on from what was read before gives the same, to the byte, as reading it anew.

use standpoint::annotate::Work;
use standpoint::text::Text;
use standpoint::{Annotator, Options};
use std::path::Path;

/// A xorshift generator: small, and the same everywhere.
struct Dice(u64);

impl Dice {
    fn below(&mut self, n: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % n.max(1) as u64) as usize
    }
}

/// The paragraphs of every sample article, and headlines that are read by how the rest writes their words.
fn paragraphs() -> Vec<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("www/samples");
    let mut files: Vec<_> =
        folder.read_dir().expect("the samples").map(|entry| entry.expect("an entry").path()).collect();
    files.retain(|path| path.extension().is_some_and(|e| e == "html"));
    files.sort();
    let headlines =
        ["Mayor Lindqvist Hails Night Ferry", "Larkspur Drivers Reject Sunday Rota", "KARSK DENIES TEST"];
    let mut out: Vec<String> = headlines.map(String::from).to_vec();
    for file in files {
        let html = std::fs::read_to_string(file).expect("a sample");
        for line in html.lines().filter(|line| ["<h1", "<h2", "<p"].iter().any(|tag| line.starts_with(tag))) {
            let words = line.split('<').filter_map(|piece| piece.split_once('>')).map(|(_, words)| words);
            out.push(words.collect());
        }
    }
    out
}

/// What an editor, a script or a slow page does to an article.
fn edit(article: &mut Vec<String>, all: &[String], dice: &mut Dice) {
    let at = dice.below(article.len());
    let other = dice.below(all.len());
    match dice.below(8) {
        0 => article.insert(at, all[other].clone()),
        1 => article.push(article[at].clone()),
        2 if article.len() > 1 => drop(article.remove(at)),
        3 => {
            let to = dice.below(article.len());
            article.swap(at, to);
        }
        4 => article[at] = article[at].replacen(['“', '”'], "", 1),
        5 => {
            let next = article[at].replacen("said", "denied", 1);
            article[at] = if next == article[at] { article[at].replacen(" the ", " this ", 1) } else { next };
        }
        6 => article[at].push_str(" She had not been asked."),
        _ => {
            // A sentence less.
            let first = article[at].find(". ").map_or(0, |end| end + 2);
            article[at].replace_range(..first, "");
        }
    }
    article.retain(|paragraph| !paragraph.trim().is_empty());
    if article.is_empty() {
        article.push(all[other].clone());
    }
}

fn follows(annotator: &Annotator, seed: u64, length: usize, rounds: usize) {
    let all = paragraphs();
    let mut dice = Dice(seed);
    let from = dice.below(all.len() - length);
    let mut article = all[from..from + length].to_vec();
    let mut last: Option<(Work, String)> = None;
    for round in 0..rounds {
        for _ in 0..dice.below(4) {
            edit(&mut article, &all, &mut dice);
        }
        let mut options = Options::default();
        match dice.below(4) {
            0 => options.targets = vec!["council".into(), "the plan".into()],
            1 => options.min_confidence = Some(0.1),
            _ => {}
        }
        let source = article.join("\n\n");
        let text = Text::plain(&source);
        let mut work = match last {
            Some((work, old)) => Work::after(work, &old, &text, &options),
            None => Work::new(&text, &options),
        };
        while !work.step(annotator, &source) {}
        let seen = work.finish(annotator);
        assert_eq!(seen, annotator.annotate(&source, &options), "seed {seed}, round {round}:\n{source}");
        last = Some((work, source));
    }
}

#[test]
fn a_changed_article_reads_as_if_read_anew() {
    let annotator = Annotator::builtin();
    for seed in 1..=6 {
        follows(&annotator, seed * 7919, 8, 12);
    }
}

#[test]
fn with_the_accurate_model_too() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("models/accurate.model");
    let annotator = Annotator::from_bytes(std::fs::read(path).expect("the model")).expect("a model");
    follows(&annotator, 31, 4, 4);
}

/// A reading that was given up half-way, or one in another language, is no harm either.
#[test]
fn whatever_was_there_before() {
    let annotator = Annotator::builtin();
    let old = "The union condemned the plan. “It is a gift,” said Thora Lindqvist. Doctors welcomed it.";
    let new = "“It is a gift,” said Thora Lindqvist.\n\nDoctors welcomed it. Doctors welcomed it.";
    let options = Options::default();
    let german = "Der Rat stimmte am Dienstag gegen den Plan, sagte die Bürgermeisterin den Zeitungen.";
    for (old, steps) in [(old, 0), (old, 1), (old, 2), (old, 3), (old, 5), (german, 9), ("", 9)] {
        let mut last = Work::new(&Text::plain(old), &options);
        for _ in 0..steps {
            if last.step(&annotator, old) {
                break;
            }
        }
        let text = Text::plain(new);
        let mut work = Work::after(last, old, &text, &options);
        while !work.step(&annotator, new) {}
        assert_eq!(work.finish(&annotator), annotator.annotate(new, &options), "{steps} steps of {old:?}");
    }
}
