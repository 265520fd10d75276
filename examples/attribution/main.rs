//! How well the library finds who said what, measured alone: rows of {"doc","text","attr_span","cue","source"?}, spans in
//! code points, each text one sentence (GUM's attributions: see its SOURCE.md).
//!
//! `cargo run --release --example attribution -- ../shared/data/gum_attribution/cc_by_only.jsonl [--model MODEL] [--errors train|dev]`
//!
//! A row's cue is found if a predicted cue shares a character with it, as `score.py` has it for cues; its source, if
//! the source of that prediction (or else of one whose cue stands in the row's attributing clause) does; where the row has a
//! relative pronoun, the noun group before it, which is whom it means, counts as well (strictly: not). One document in four, by
//! a hash of its name, is dev: failures are looked at in the others. Precision: predictions that meet a row, of all in these
//! sentences.

mod rows;

use rows::Row;
use standpoint::attribution::{self, Attribution};
use standpoint::model::Model;
use standpoint::offsets::ByteSpan;
use standpoint::stance::Reader;
use std::collections::BTreeMap;

#[derive(Default)]
struct Counts {
    rows: usize,
    cues: usize,
    sourced: usize,
    sourced_cues: usize,
    sources: usize,
    strict: usize,
    predicted: usize,
    met: usize,
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let (mut path, mut model, mut errors) = (None, Model::builtin(), String::new());
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--model" => model = Model::from_bytes(std::fs::read(arguments.next().ok_or("--model PATH")?)?)?,
            "--errors" => errors = arguments.next().ok_or("--errors train|dev")?,
            _ => path = Some(argument),
        }
    }
    let grammar = &model.stance().ok_or("the model has no grammar")?.grammar;
    let mut sentences: BTreeMap<(bool, String), Vec<Row>> = BTreeMap::new();
    for row in rows::read(&path.ok_or("which rows?")?) {
        sentences.entry((rows::is_dev(&row.document), row.text.clone())).or_default().push(row);
    }
    let mut counts = [Counts::default(), Counts::default()];
    for ((dev, text), rows) in &sentences {
        let missed = count(&rows::reader(grammar, text), rows, &mut counts[usize::from(*dev)]);
        if errors == if *dev { "dev" } else { "train" } {
            missed.iter().for_each(|what| println!("{what}\n    {text}"));
        }
    }
    for (name, c) in ["train", "dev"].iter().zip(&counts) {
        let share = |a: usize, b: usize| a as f64 / b.max(1) as f64;
        println!(
            "{name:5} {} rows: cue overlap {:.3}; {} with a source: cue {:.3}, source overlap {:.3} (strictly {:.3}); precision {:.3} of {}",
            c.rows,
            share(c.cues, c.rows),
            c.sourced,
            share(c.sourced_cues, c.sourced),
            share(c.sources, c.sourced),
            share(c.strict, c.sourced),
            share(c.met, c.predicted),
            c.predicted
        );
    }
    Ok(())
}

/// Counts one sentence; what was missed, in words.
fn count(reader: &Reader, rows: &[Row], counts: &mut Counts) -> Vec<String> {
    let parsed = &reader.parsed;
    let cue = |a: &Attribution| parsed.tokens[a.cue].span;
    let source = |a: &Attribution| {
        a.source.map(|m| {
            let m = &reader.mentions[m];
            ByteSpan::new(parsed.tokens[m.first].span.start, parsed.tokens[m.end - 1].span.end)
        })
    };
    let mut found = reader.voices.attributions.clone();
    found.extend(attribution::thoughts(parsed, &reader.mentions, &reader.voices));
    let mut missed = Vec::new();
    for row in rows {
        let meets: Vec<&Attribution> = found.iter().filter(|a| cue(a).overlaps(&row.cue)).collect();
        let near: Vec<&Attribution> = found.iter().filter(|a| cue(a).overlaps(&row.clause)).collect();
        counts.rows += 1;
        let met = !meets.is_empty();
        counts.cues += usize::from(met);
        let words = |span: ByteSpan| {
            parsed
                .tokens
                .iter()
                .filter(|t| t.span.overlaps(&span))
                .map(|t| t.lower.as_str())
                .collect::<Vec<_>>()
                .join(" ")
        };
        if !met {
            missed.push(format!(
                "cue    [{}]{}",
                words(row.cue),
                if row.source.is_some() { "" } else { " (no source)" }
            ));
        }
        let Some(gold) = row.source else { continue };
        let matched = if met { meets } else { near };
        let relative = matches!(words(gold).as_str(), "who" | "which" | "that" | "whom");
        let antecedent = |s: ByteSpan| relative && s.end <= gold.start;
        let any = |fits: &dyn Fn(ByteSpan) -> bool| matched.iter().any(|a| source(a).is_some_and(fits));
        let strict = any(&|s| s.overlaps(&gold));
        let right = strict || any(&antecedent);
        counts.sourced += 1;
        counts.sourced_cues += usize::from(met);
        counts.sources += usize::from(right);
        counts.strict += usize::from(strict);
        if !right && !matched.is_empty() {
            let got: Vec<String> = matched.iter().filter_map(|a| source(a)).map(words).collect();
            missed.push(format!(
                "source [{}] of [{}], not [{}]",
                words(gold),
                words(row.cue),
                got.join("; ")
            ));
        }
    }
    counts.predicted += found.len();
    counts.met += found.iter().filter(|a| rows.iter().any(|r| cue(a).overlaps(&r.clause))).count();
    missed
}
