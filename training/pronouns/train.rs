//! Trains whom a pronoun means, `src/coreference/pronoun.rs`. Same data, same bytes.
//!
//!     cargo run --release --example pronouns_train -- training/build/labelled.jsonl ../shared/gold/dev.jsonl
//!
//! Right is the entity whose name shares most words with the one that the labels give a holder or target that the sentence names by
//! a pronoun; none, where no entity shares any. What came before is linked as the model itself links it.

#[allow(dead_code, reason = "shared with the small models' training")]
#[path = "../pairs/gold.rs"]
mod gold;

use gold::words;
use standpoint::attribution::Voices;
use standpoint::coreference::pronoun::{Candidate, BUCKETS, LEAST, SCALE};
use standpoint::coreference::{link_by, Article, Entity, Genders};
use standpoint::entities::{Class, Mention};
use standpoint::kinds::Kind;
use standpoint::model::linear::hash;
use standpoint::model::Model;
use standpoint::stance::Reading;
use standpoint::syntax::Parsed;
use standpoint::text::Text;
use std::collections::{BTreeMap, BTreeSet};

/// How strongly weights are pulled to zero, and how often all examples are seen; compared on the folds.
const DECAY: f32 = 3.0;
const ROUNDS: usize = 80;
/// How far a step goes; by hand.
const RATE: f32 = 0.3;
const FOLDS: u32 = 5;

/// A text as it was read, with the names of its pronouns.
struct Document {
    text: String,
    fold: u32,
    kept_back: bool,
    sentences: Vec<(Parsed, Vec<Mention>)>,
    voices: Vec<Voices>,
    kinds: Vec<Kind>,
    paragraphs: Vec<usize>,
    names: BTreeMap<(usize, usize), BTreeSet<String>>,
}

/// A pronoun with a name: what it may mean, and which of that shares a word with the name.
struct Example {
    word: String,
    candidates: Vec<Vec<usize>>,
    entities: Vec<Option<usize>>,
    right: Vec<bool>,
    shares: Vec<bool>,
    fold: u32,
}

fn main() {
    let mut arguments = std::env::args().skip(1);
    let mut next = || arguments.next().expect("labelled.jsonl and dev.jsonl");
    let (all, dev) = (documents(&next()), documents(&next()));
    let (kept, train): (Vec<_>, Vec<_>) = all.into_iter().partition(|d| d.kept_back);
    println!("{} documents with named pronouns, {} kept back, {} of dev", train.len(), kept.len(), dev.len());
    // First what came before is linked by what is nearest, then by what was learned from that.
    let mut weights: Option<Vec<f32>> = None;
    let mut examples = Vec::new();
    for _ in 0..2 {
        examples = read(&train, weights.as_deref());
        weights = Some(fit(&examples.iter().collect::<Vec<_>>()));
    }
    println!(
        "{} pronouns, of which {} name somebody known",
        examples.len(),
        examples.iter().filter(|e| e.right.iter().zip(&e.entities).any(|(r, e)| *r && e.is_some())).count()
    );
    let mut folds = Vec::new();
    for fold in 0..FOLDS {
        let seen: Vec<&Example> = examples.iter().filter(|e| e.fold != fold).collect();
        let weights = quantised(&fit(&seen));
        folds.extend(examples.iter().filter(|e| e.fold == fold).map(|e| judge(&weights, e)));
    }
    report("nearest", &examples.iter().map(|e| chosen(e, 0, 1.0)).collect::<Vec<_>>(), &[0.0]);
    report("folds", &folds, &[0.0, 0.3, 0.4, LEAST, 0.6, 0.7]);
    let weights = quantised(&weights.expect("learned"));
    for (name, documents) in [("kept", kept), ("dev", dev)] {
        let judged: Vec<Judged> =
            read(&documents, Some(&weights)).iter().map(|e| judge(&weights, e)).collect();
        report(name, &judged, &[0.0, LEAST]);
    }
    println!("{} weights", weights.iter().filter(|w| **w != 0.0).count());
    let bytes: Vec<u8> = weights.iter().map(|w| (w * SCALE) as i8 as u8).collect();
    std::fs::write("src/data/pronouns.weights", bytes).expect("written");
}

/// How a pronoun was decided: its word, what was chosen and how surely, whether that was right.
struct Judged {
    word: String,
    linked: bool,
    sure: f32,
    right: bool,
    known: bool,
}

fn judge(weights: &[f32], example: &Example) -> Judged {
    let p = beliefs(weights, &example.candidates);
    let best = (0..p.len()).max_by(|&a, &b| p[a].total_cmp(&p[b])).expect("none is one");
    chosen(example, best, p[best])
}

fn chosen(example: &Example, best: usize, sure: f32) -> Judged {
    let (_, named) = example.shares.split_last().expect("none is one");
    Judged {
        word: example.word.clone(),
        linked: example.entities[best].is_some(),
        sure,
        right: example.shares[best],
        known: named.contains(&true),
    }
}

fn report(name: &str, judged: &[Judged], thresholds: &[f32]) {
    for &least in thresholds {
        let mut line = format!("{name:8} least {least:.1}:");
        for sort in [&["he", "him", "his", "she", "her"][..], &["it", "its"], &["they", "them", "their"], &[]]
        {
            let of: Vec<&Judged> =
                judged.iter().filter(|j| sort.is_empty() || sort.contains(&j.word.as_str())).collect();
            let linked = of.iter().filter(|j| j.linked && j.sure >= least);
            let right = linked.clone().filter(|j| j.right).count();
            let linked = linked.count();
            line += &format!(
                "  {} {}: {} known, {linked} linked, {:.3} right, {:.3} found;",
                sort.first().unwrap_or(&"all"),
                of.len(),
                of.iter().filter(|j| j.known).count(),
                right as f32 / linked.max(1) as f32,
                right as f32 / of.len().max(1) as f32
            );
        }
        println!("{line}");
    }
}

fn documents(path: &str) -> Vec<Document> {
    let model = Model::builtin();
    let grammar = &model.stance().expect("a grammar").grammar;
    let mut out = Vec::new();
    for document in gold::read(path) {
        let named = |name: &str| {
            !matches!(name, "" | "author" | "unnamed speaker")
                && words(&[name]).iter().any(|w| !is_pronoun(w))
        };
        if document.id.starts_with("mt_pattern")
            || !document.tuples.iter().flatten().any(|t| {
                named(&t.holder_name) && t.holder.as_deref().is_some_and(|h| is_pronoun(&h.to_lowercase()))
                    || named(&t.target_name) && is_pronoun(&t.target.to_lowercase())
            })
        {
            continue;
        }
        let text = Text::plain(&document.text);
        let reading = Reading::new(grammar, &text, &document.sentences, &document.kinds);
        let mut names = BTreeMap::new();
        for (at, (reader, tuples)) in reading.sentences.iter().zip(&document.tuples).enumerate() {
            for tuple in tuples {
                let parties =
                    [(tuple.holder_span, &tuple.holder_name), (Some(tuple.target_span), &tuple.target_name)];
                for (span, name) in parties {
                    let mention = reader
                        .mentions
                        .iter()
                        .position(|m| m.class == Class::Pronoun && Some(m.span(&reader.parsed)) == span);
                    if let Some(mention) = mention.filter(|_| named(name)) {
                        names.insert((at, mention), words(&[name]));
                    }
                }
            }
        }
        if names.is_empty() {
            continue;
        }
        let (mut sentences, mut voices) = (Vec::new(), Vec::new());
        for reader in reading.sentences {
            sentences.push((reader.parsed, reader.mentions));
            voices.push(reader.voices);
        }
        out.push(Document {
            fold: hash(&document.id) / 4 % FOLDS,
            kept_back: is_kept_back(&document.id),
            sentences,
            voices,
            kinds: document.kinds.clone(),
            paragraphs: document.sentences.iter().map(|s| s.paragraph).collect(),
            names,
            text: document.text.clone(),
        });
    }
    out
}

/// The tenth of the documents that no training may see, as `training/reading.py` says.
fn is_kept_back(id: &str) -> bool {
    sha1_smol::Sha1::from(id).digest().bytes()[0] % 10 == 0
}

fn is_pronoun(word: &str) -> bool {
    ["he", "him", "his", "she", "her", "it", "its", "they", "them", "their"].contains(&word)
}

fn read(documents: &[Document], weights: Option<&[f32]>) -> Vec<Example> {
    let decide = |candidates: &[Candidate]| {
        let features: Vec<Vec<usize>> = candidates.iter().map(|c| c.features.clone()).collect();
        let Some(weights) = weights else { return candidates[0].entity };
        let p = beliefs(weights, &features);
        let best = (0..p.len()).max_by(|&a, &b| p[a].total_cmp(&p[b]))?;
        candidates[best].entity.filter(|_| p[best] >= LEAST)
    };
    let mut out = Vec::new();
    for d in documents {
        let article = Article {
            source: &d.text,
            sentences: &d.sentences,
            voices: &d.voices,
            kinds: &d.kinds,
            paragraphs: &d.paragraphs,
        };
        let genders = link_by(article, &Genders::new(), &mut |_: &[Entity], _, candidates: &[Candidate]| {
            decide(candidates)
        })
        .genders();
        link_by(article, &genders, &mut |entities: &[Entity],
                                         (sentence, mention),
                                         candidates: &[Candidate]| {
            if let Some(name) = d.names.get(&(sentence, mention)) {
                out.push(example(d, sentence, mention, entities, candidates, name));
            }
            decide(candidates)
        });
    }
    out
}

fn example(
    d: &Document,
    sentence: usize,
    mention: usize,
    entities: &[Entity],
    candidates: &[Candidate],
    name: &BTreeSet<String>,
) -> Example {
    let likeness = |c: &Candidate| {
        c.entity.map_or(0.0, |e| {
            let own = words(&[&entities[e].name]);
            own.intersection(name).count() as f32 / own.union(name).count().max(1) as f32
        })
    };
    let alike: Vec<f32> = candidates.iter().map(likeness).collect();
    let most = alike.iter().copied().fold(0.0, f32::max);
    let mut right: Vec<bool> = alike.iter().map(|&a| a > 0.0 && a >= most * 0.7).collect();
    let mut shares: Vec<bool> = alike.iter().map(|&a| a > 0.0).collect();
    if most == 0.0 {
        *right.last_mut().expect("none") = true;
        *shares.last_mut().expect("none") = true;
    }
    let (parsed, mentions) = &d.sentences[sentence];
    if std::env::var("DBG").is_ok() && most == 0.0 {
        let all: Vec<String> = entities
            .iter()
            .filter(|e| words(&[&e.name]).intersection(name).count() > 0)
            .map(|e| format!("{}:{:?}", e.name, e.class))
            .collect();
        let t = parsed.tokens.first().map_or(0, |t| t.span.start);
        println!(
            "DBG {} | {:?} | {:?} | {}",
            parsed.lower(mentions[mention].head),
            name,
            all,
            d.text[t..].chars().take(140).collect::<String>().replace('\n', " ")
        );
    }
    Example {
        word: parsed.lower(mentions[mention].head).to_owned(),
        candidates: candidates.iter().map(|c| c.features.clone()).collect(),
        entities: candidates.iter().map(|c| c.entity).collect(),
        right,
        shares,
        fold: d.fold,
    }
}

fn beliefs(weights: &[f32], candidates: &[Vec<usize>]) -> Vec<f32> {
    let mut p: Vec<f32> = candidates.iter().map(|c| c.iter().map(|&f| weights[f]).sum()).collect();
    let peak = p.iter().copied().fold(f32::MIN, f32::max);
    p.iter_mut().for_each(|x| *x = libm::expf(*x - peak));
    let total: f32 = p.iter().sum();
    p.iter_mut().for_each(|x| *x /= total);
    p
}

/// Logistic regression over what a pronoun may mean, all that is right sharing the credit, by AdaGrad over all examples at once.
fn fit(examples: &[&Example]) -> Vec<f32> {
    let (mut weights, mut squares) = (vec![0f32; BUCKETS], vec![1e-10f32; BUCKETS]);
    for _ in 0..ROUNDS {
        let mut slope: Vec<f32> = weights.iter().map(|w| DECAY * w).collect();
        for e in examples {
            let p = beliefs(&weights, &e.candidates);
            let credit: f32 = p.iter().zip(&e.right).filter(|(_, r)| **r).map(|(p, _)| p).sum();
            for ((p, right), features) in p.iter().zip(&e.right).zip(&e.candidates) {
                let error = p - if *right { p / credit.max(1e-9) } else { 0.0 };
                features.iter().for_each(|&f| slope[f] += error);
            }
        }
        for ((w, s), g) in weights.iter_mut().zip(&mut squares).zip(slope) {
            *s += g * g;
            *w -= RATE * g / s.sqrt();
        }
    }
    weights
}

fn quantised(weights: &[f32]) -> Vec<f32> {
    weights.iter().map(|w| (w * SCALE).round().clamp(-127.0, 127.0) / SCALE).collect()
}
