//! Host-defined topics, measured: SIB-200's seven as a host would define them, by descriptions alone, and with its training
//! sentences as examples; and the desks of WCEP by descriptions.
//!
//! `cargo run --release --example host_topics -- [fast|PATH] [../shared/data]`

use serde::Deserialize;
use standpoint::options::{HostTopic, HostTopics};
use standpoint::{Annotator, Options};
use std::path::{Path, PathBuf};

const SIB: &str = include_str!("sib200.json");
const WCEP: &str = include_str!("wcep.json");
/// Each so-many-th item of WCEP: there are more than are needed.
const SAMPLED: usize = 4;

#[derive(Deserialize)]
struct Told {
    id: String,
    label: String,
    description: String,
}

#[derive(Deserialize)]
struct Row {
    text: String,
    #[serde(default)]
    label: String,
    #[serde(default)]
    iptc: Vec<String>,
}

fn main() {
    let mut arguments = std::env::args().skip(1);
    let annotator = match arguments.next().as_deref() {
        None | Some("fast") => Annotator::builtin(),
        Some(path) => Annotator::from_bytes(std::fs::read(path).expect("a model file")).expect("a model"),
    };
    let folder = arguments.next().map_or_else(|| PathBuf::from("../shared/data"), PathBuf::from);
    let read = |name: &str| rows(&folder.join(name));
    if let Some(rows) = read("wcep/dev.jsonl") {
        let told = told(WCEP);
        let known = |r: &Row| r.iptc.len() == 1 && told.iter().any(|t| t.id == r.iptc[0]);
        let rows: Vec<Row> = rows.into_iter().filter(known).step_by(SAMPLED).collect();
        let rows: Vec<Row> = rows.into_iter().map(|r| Row { label: r.iptc[0].clone(), ..r }).collect();
        println!(
            "{:30} {}",
            "WCEP dev, descriptions",
            measure(&annotator, topics(&told, &[], 0, true), &rows)
        );
    }
    let (Some(train), Some(dev)) = (read("sib200_en/train.jsonl"), read("sib200_en/dev.jsonl")) else {
        println!("no SIB-200 in {}: not measured", folder.display());
        return;
    };
    let told = told(SIB);
    for (name, examples, described, rows) in [
        ("SIB train, labels only", 0, false, &train),
        ("SIB dev, labels only", 0, false, &dev),
        ("SIB train, descriptions", 0, true, &train),
        ("SIB dev, descriptions", 0, true, &dev),
        ("SIB dev, 5 examples each", 5, true, &dev),
        ("SIB dev, 20 examples each", 20, true, &dev),
        ("SIB dev, train as examples", usize::MAX, true, &dev),
    ] {
        println!("{name:30} {}", measure(&annotator, topics(&told, &train, examples, described), rows));
    }
}

fn told(json: &str) -> Vec<Told> {
    serde_json::from_str(json).expect("written by hand beside this")
}

/// As a host would pass them, each with so many of the rows as examples.
fn topics(told: &[Told], rows: &[Row], examples: usize, described: bool) -> HostTopics {
    let topic = |t: &Told| HostTopic {
        id: t.id.clone(),
        label: t.label.clone(),
        description: if described { t.description.clone() } else { String::new() },
        examples: rows.iter().filter(|r| r.label == t.id).take(examples).map(|r| r.text.clone()).collect(),
        threshold: Some(0.0),
    };
    HostTopics::new(told.iter().map(topic).collect()).expect("within the limits")
}

/// Accuracy of the first topic, mean score of the right one, and how far scores are from how often they are right.
fn measure(annotator: &Annotator, topics: HostTopics, rows: &[Row]) -> String {
    let mut options = Options::default();
    options.language = Some("en".into());
    options.topics = Some(topics);
    let (mut right, mut own, mut bins) = (0, 0.0, [(0usize, 0usize, 0.0); 5]);
    for row in rows {
        let annotation = annotator.annotate(&row.text, &options);
        for topic in &annotation.topics {
            let (score, hit) = (topic.score.get(), topic.id == row.label);
            let bin = &mut bins[((score * 5.0) as usize).min(4)];
            *bin = (bin.0 + 1, bin.1 + usize::from(hit), bin.2 + score);
            own += if hit { score } else { 0.0 };
        }
        right += usize::from(annotation.topics.first().is_some_and(|first| first.id == row.label));
    }
    let n = rows.len() as f64;
    let bins = bins.map(|(n, hits, sum)| {
        format!("{:.2}/{:.2}({n})", sum / n.max(1) as f64, hits as f64 / n.max(1) as f64)
    });
    format!(
        "accuracy {:.3}, mean score of the right one {:.2}; said/right {}",
        right as f64 / n,
        own / n,
        bins.join(" ")
    )
}

fn rows(path: &Path) -> Option<Vec<Row>> {
    let text = std::fs::read_to_string(path).ok()?;
    Some(text.lines().map(|line| serde_json::from_str(line).expect("a row")).collect())
}
