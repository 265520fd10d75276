//! The three stance models and their calibration, from gold labels: five folds by document to see how sure the models
//! are of what they have not seen, then all of it.

use crate::gold::{self, Document, Tuple};
use crate::logistic::{Example, Logistic, Recipe};
use standpoint::annotation::{Basis, Polarity};
use standpoint::kinds::Kind;
use standpoint::model::linear::Linear;
use standpoint::offsets::ByteSpan;
use standpoint::stance::features::{self, Cue, Holder};
use standpoint::stance::propose::{holders, may_be_target, propose};
use standpoint::stance::{
    first_reading, makes_sense, select, Proposal, Reader, Reading, Weights, CUE_CLASSES,
};
use standpoint::syntax::{Grammar, Tag};
use standpoint::text::Text;
use standpoint::Options;

const FOLDS: usize = 5;
const CUE: Recipe = Recipe { bits: 17, epochs: 8, rate: 0.05, decay: 2e-3 };
const RANK: Recipe = Recipe { bits: 16, epochs: 10, rate: 0.05, decay: 1e-3 };

/// Weights smaller than this are left out.
const SMALL: f32 = 0.06;
/// Steps from nothing to the largest weight.
const LEVELS: f32 = 31.0;

/// The narrator's own voice: too few examples to choose a threshold by, so a high one.
const AUTHOR: f32 = 0.5;

/// A gold claim in terms of tokens and mentions.
struct Aligned {
    cues: Vec<usize>,
    cue: usize,
    target: usize,
    holder: Option<Holder>,
    against: bool,
    does: bool,
}

pub fn linear(model: &Logistic) -> Linear {
    Linear::parse(&bytes(model)).expect("just written")
}

fn bytes(model: &Logistic) -> Vec<u8> {
    let largest = model.weights.iter().fold(0.0f32, |a, w| a.max(w.abs())).max(1e-6);
    let kept: Vec<f32> = model.weights.iter().map(|w| if w.abs() < SMALL { 0.0 } else { *w }).collect();
    Linear::write(model.classes, &kept, largest / LEVELS)
}

fn tokens_in(reader: &Reader, span: ByteSpan) -> Vec<usize> {
    (0..reader.parsed.tokens.len()).filter(|&t| reader.parsed.tokens[t].span.overlaps(&span)).collect()
}

/// The mention a gold span means: the highest one whose main word is inside, else one that covers its start.
pub fn mention_in(reader: &Reader, span: ByteSpan) -> Option<usize> {
    let inside = tokens_in(reader, span);
    let depth = |t: usize| reader.parsed.tree.ancestors(t).count();
    let heads = (0..reader.mentions.len()).filter(|&m| inside.contains(&reader.mentions[m].head));
    heads.min_by_key(|&m| (depth(reader.mentions[m].head), m)).or_else(|| {
        let first = *inside.first()?;
        (0..reader.mentions.len()).find(|&m| reader.mentions[m].contains(first))
    })
}

fn align(reader: &Reader, tuple: &Tuple) -> Option<Aligned> {
    let inside = tokens_in(reader, tuple.cue_span);
    let cues: Vec<usize> = inside.iter().copied().filter(|&t| features::is_cue(reader, t)).collect();
    let target = mention_in(reader, tuple.target_span)?;
    let depth = |t: usize| reader.parsed.tree.ancestors(t).count();
    let light = |t: usize| u8::from(matches!(reader.parsed.tag(t), Tag::Adverb));
    let free: Vec<usize> = cues.iter().copied().filter(|&t| reader.mentions[target].head != t).collect();
    let cue = *free.iter().min_by_key(|&&t| (light(t), depth(t), t))?;
    let holder = match (&tuple.holder, tuple.holder_span) {
        (Some(name), _) if name == "author" => Some(Holder::Author),
        (None, _) => Some(Holder::Unnamed),
        (_, Some(span)) => mention_in(reader, span).map(Holder::Mention),
        _ => None,
    };
    Some(Aligned { cues: free, cue, target, holder, against: tuple.against, does: tuple.basis == "does" })
}

fn class(a: &Aligned) -> usize {
    1 + usize::from(a.against) + 2 * usize::from(a.does)
}

pub struct Data {
    pub cue: Vec<Example>,
    pub target: Vec<Example>,
    pub holder: Vec<Example>,
}

/// Examples of all sentences; `cue_model` chooses the main word among a cue's words, once there is one.
fn examples(readings: &[Reading<'_>], documents: &[Document], cue_model: Option<&Logistic>) -> Data {
    let mut data = Data { cue: vec![], target: vec![], holder: vec![] };
    let mut lost = 0;
    for (index, (reading, document)) in readings.iter().zip(documents).enumerate() {
        let fold = index % FOLDS;
        for (reader, tuples) in reading.sentences.iter().zip(&document.tuples) {
            let mut aligned: Vec<Aligned> = tuples.iter().filter_map(|t| align(reader, t)).collect();
            lost += tuples.len() - aligned.len();
            let mut buffer = Vec::new();
            for a in &mut aligned {
                if let Some(model) = cue_model {
                    let sure = |t: usize| {
                        let mut b = Vec::new();
                        features::cue(reader, t, &mut b);
                        let mut p = model.scores(&[b]);
                        standpoint::encoder::softmax(&mut p);
                        p[class(a)]
                    };
                    a.cue =
                        a.cues.iter().copied().max_by(|&x, &y| sure(x).total_cmp(&sure(y))).unwrap_or(a.cue);
                }
            }
            for token in (0..reader.parsed.tokens.len()).filter(|&t| features::is_cue(reader, t)) {
                let own = aligned.iter().find(|a| a.cue == token);
                if own.is_none() && aligned.iter().any(|a| a.cues.contains(&token)) {
                    continue;
                }
                features::cue(reader, token, &mut buffer);
                data.cue.push(Example {
                    rows: vec![buffer.clone()],
                    right: vec![own.map_or(0, class)],
                    weight: 1.0,
                    fold,
                });
            }
            for a in &aligned {
                let cue = Cue::new(reader, a.cue, u32::from(a.against), u32::from(a.does));
                let candidates: Vec<usize> =
                    (0..reader.mentions.len()).filter(|&m| may_be_target(reader, a.cue, m)).collect();
                let others: Vec<usize> = aligned
                    .iter()
                    .filter(|b| b.cue == a.cue && b.target != a.target)
                    .map(|b| b.target)
                    .collect();
                let mut rows = Vec::new();
                let mut right = Vec::new();
                for m in candidates.iter().copied().filter(|m| !others.contains(m)) {
                    features::target(reader, &cue, m, &mut buffer);
                    if m == a.target {
                        right.push(rows.len());
                    }
                    rows.push(buffer.clone());
                }
                features::no_target(reader, &cue, &mut buffer);
                rows.push(buffer.clone());
                if !right.is_empty() {
                    data.target.push(Example { rows, right, weight: 1.0, fold });
                }
                let Some(gold) = a.holder else { continue };
                let all = holders(reader, a.target);
                let Some(at) = all.iter().position(|h| *h == gold) else { continue };
                let rows = all.iter().map(|&h| {
                    features::holder(reader, &cue, a.target, h, &mut buffer);
                    buffer.clone()
                });
                data.holder.push(Example { rows: rows.collect(), right: vec![at], weight: 1.0, fold });
            }
        }
    }
    eprintln!(
        "{} words, {} targets, {} holders; {lost} claims without words",
        data.cue.len(),
        data.target.len(),
        data.holder.len()
    );
    data
}

/// Takes out features that occur in fewer decisions than this: they would only be learned by heart.
fn forget_rare(all: &mut [Example], rare: u32) {
    let mut counts = std::collections::HashMap::new();
    for example in all.iter() {
        let features: std::collections::BTreeSet<u32> = example.rows.iter().flatten().copied().collect();
        features.into_iter().for_each(|f| *counts.entry(f).or_insert(0u32) += 1);
    }
    for row in all.iter_mut().flat_map(|e| &mut e.rows) {
        row.retain(|f| counts[f] >= rare);
    }
}

fn fit(data: &Data, except: Option<usize>) -> [Logistic; 3] {
    let pick = |all: &'_ [Example]| -> Vec<usize> {
        (0..all.len()).filter(|&i| Some(all[i].fold) != except).collect()
    };
    let fit = |all: &[Example], classes: usize, recipe: &Recipe| {
        let mut model = Logistic::new(classes, recipe.bits);
        let chosen: Vec<&Example> = pick(all).into_iter().map(|i| &all[i]).collect();
        model.train(&chosen, recipe);
        model
    };
    [fit(&data.cue, CUE_CLASSES, &CUE), fit(&data.target, 1, &RANK), fit(&data.holder, 1, &RANK)]
}

/// How often the right one is first.
fn accuracy(model: &Logistic, all: &[Example], fold: usize) -> (usize, usize) {
    let held = all.iter().filter(|e| e.fold == fold);
    held.fold((0, 0), |(right, total), e| {
        let s = model.scores(&e.rows);
        let best = (0..s.len()).fold(0, |b, i| if s[i] > s[b] { i } else { b });
        (right + usize::from(e.right.contains(&best)), total + 1)
    })
}

/// Which gold claims each of a sentence's claims is right about: (with holder, without).
pub fn judge(
    stances: &[standpoint::annotation::Stance<standpoint::offsets::Bytes>],
    text: &str,
    gold: &[Tuple],
) -> Vec<(bool, bool)> {
    let mut used = vec![false; gold.len()];
    stances
        .iter()
        .map(|s| {
            let party = |p: &standpoint::annotation::Party<standpoint::offsets::Bytes>| {
                gold::words(&[&p.name, p.span.map_or("", |span| span.of(text))])
            };
            let (h, t) = (party(&s.holder), party(&s.target));
            let find = |used: &[bool], with_holder: bool| {
                gold.iter().enumerate().position(|(k, g)| {
                    !used[k]
                        && g.against == (s.polarity == Polarity::Oppose)
                        && gold::same(&t, &g.target_words())
                        && (!with_holder || gold::same(&h, &g.holder_words()))
                })
            };
            let full = find(&used, true);
            match full.or_else(|| find(&used, false)) {
                Some(k) => {
                    used[k] = true;
                    (full.is_some(), true)
                }
                None => (false, false),
            }
        })
        .collect()
}

/// What the small models claim by themselves.
fn claimed_by(
    weights: &Weights,
    reading: &Reading<'_>,
    sentence: usize,
    proposals: &[Proposal],
) -> Vec<standpoint::annotation::Stance<standpoint::offsets::Bytes>> {
    let weighed: Vec<(f32, Proposal)> =
        proposals.iter().map(|p| (p.confidence(&weights.calibration), *p)).collect();
    let mut claims = first_reading(reading, sentence, &weighed);
    claims.retain(|claim| makes_sense(reading, sentence, claim));
    select(reading, sentence, claims, weights.thresholds, &Options::default())
}

pub fn train(labelled: &str, shared: &str, grammar_dir: &str, out: &str, rare: u32) {
    let load =
        |name: &str| Linear::parse(&std::fs::read(format!("{grammar_dir}/{name}")).expect(name)).expect(name);
    let grammar = Grammar::new(load("tagger.bin"), load("parser.bin")).expect("classes");
    let documents = gold::read(labelled);
    let texts: Vec<Text<'_>> = documents.iter().map(|d| Text::plain(&d.text)).collect();
    let readings: Vec<Reading<'_>> = documents
        .iter()
        .zip(&texts)
        .map(|(d, text)| Reading::new(&grammar, text, &d.sentences, &d.kinds))
        .collect();
    let first = examples(&readings, &documents, None);
    let models = fit(&first, None);
    let mut data = examples(&readings, &documents, Some(&models[0]));
    crate::directed::add(&format!("{shared}/data/dse_directed/train.jsonl"), &grammar, &models, &mut data);
    for examples in [&mut data.cue, &mut data.target, &mut data.holder] {
        forget_rare(examples, rare);
    }

    // Each fold read by models that have not seen it.
    let mut seen: Vec<([f32; 3], Basis, bool)> = Vec::new();
    let mut folds = Vec::new();
    for fold in 0..FOLDS {
        let models = fit(&data, Some(fold));
        let (c, t, h) = (
            accuracy(&models[0], &data.cue, fold),
            accuracy(&models[1], &data.target, fold),
            accuracy(&models[2], &data.holder, fold),
        );
        eprintln!(
            "fold {fold}: cue {:.3}, target {:.3}, holder {:.3}",
            c.0 as f64 / c.1 as f64,
            t.0 as f64 / t.1 as f64,
            h.0 as f64 / h.1 as f64
        );
        let weights = Weights::new(
            grammar.clone(),
            [linear(&models[0]), linear(&models[1]), linear(&models[2])],
            [0.0, 1.0, 1.0, 1.0],
            [0.0; 3],
        )
        .expect("classes");
        for (index, (reading, document)) in
            readings.iter().zip(&documents).enumerate().filter(|(i, _)| i % FOLDS == fold)
        {
            let _ = index;
            for (sentence, tuples) in document.tuples.iter().enumerate() {
                let proposed: Vec<(f32, Proposal)> =
                    propose(&weights, &reading.sentences[sentence]).into_iter().map(|p| (0.5, p)).collect();
                for (claim, (_, proposal)) in
                    first_reading(reading, sentence, &proposed).iter().zip(&proposed)
                {
                    let stance = standpoint::stance::stance(reading, sentence, claim);
                    let right = judge(&[stance], &document.text, tuples)[0].0;
                    seen.push((proposal.steps, proposal.basis, right));
                }
            }
        }
        folds.push(weights);
    }
    let calibration = calibrate(&seen);
    eprintln!("calibration {calibration:?}");
    for weights in &mut folds {
        weights.calibration = calibration;
    }
    let all: usize = documents.iter().flat_map(|d| &d.tuples).map(Vec::len).sum();
    let proposals_of = |folds: &[Weights], readings: &[Reading<'_>]| -> Vec<Vec<Vec<Proposal>>> {
        let read = |(index, reading): (usize, &Reading<'_>)| {
            reading.sentences.iter().map(|s| propose(&folds[index % folds.len()], s)).collect()
        };
        readings.iter().enumerate().map(read).collect()
    };
    // For the encoder's reader: what the small models propose in documents they have not learned from.
    let describe = |name: &str, folds: &[Weights], documents: &[Document], readings: &[Reading<'_>]| {
        let mut file = String::new();
        for (index, (reading, document)) in readings.iter().zip(documents).enumerate() {
            let spans: Vec<ByteSpan> = document.sentences.iter().map(|s| s.span).collect();
            let mut line =
                crate::candidates::describe(&folds[index % folds.len()], reading, &spans, Some(document));
            line["id"] = document.id.clone().into();
            file += &format!("{line}\n");
        }
        std::fs::write(format!("{out}/{name}.jsonl"), file).expect("written");
    };
    describe("candidates-train", &folds, &documents, &readings);
    let proposed = proposals_of(&folds, &readings);
    let score = |thresholds: [f32; 3],
                 folds: &mut Vec<Weights>,
                 proposed: &[Vec<Vec<Proposal>>],
                 readings: &[Reading<'_>],
                 documents: &[Document],
                 all: usize,
                 show: bool| {
        let (mut right, mut claimed, mut loose) = (0, 0, 0);
        let mut labels = [[0u32; 4]; 4];
        for (index, (reading, document)) in readings.iter().zip(documents).enumerate() {
            let n = folds.len();
            let weights = &mut folds[index % n];
            weights.thresholds = thresholds;
            for (sentence, tuples) in document.tuples.iter().enumerate() {
                let stances = claimed_by(weights, reading, sentence, &proposed[index][sentence]);
                let label = |against: &[bool]| {
                    usize::from(against.contains(&true)) | usize::from(against.contains(&false)) << 1
                };
                let gold: Vec<bool> = tuples.iter().map(|t| t.against).collect();
                let own: Vec<bool> = stances.iter().map(|s| s.polarity == Polarity::Oppose).collect();
                if document.kinds[sentence] != Kind::Meta {
                    labels[label(&gold)][label(&own)] += 1;
                }
                for j in judge(&stances, &document.text, tuples) {
                    right += usize::from(j.0);
                    loose += usize::from(j.1);
                    claimed += 1;
                }
            }
        }
        let (p, r) = (right as f64 / claimed.max(1) as f64, right as f64 / all as f64);
        let f = 2.0 * p * r / (p + r).max(1e-9);
        let one = |c: usize| {
            let (gold, own): (u32, u32) = (labels[c].iter().sum(), labels.iter().map(|row| row[c]).sum());
            f64::from(2 * labels[c][c]) / f64::from((gold + own).max(1))
        };
        let macro_f1 = (0..4).map(one).sum::<f64>() / 4.0;
        if show {
            eprintln!(
                "  claims P {p:.3} R {r:.3} F {f:.3}, holder {:.3}; sentences macro-F1 {macro_f1:.3}",
                right as f64 / loose.max(1) as f64
            );
        }
        // Both count: who is for or against whom, and what a reader sees painted.
        (f + macro_f1) / 2.0
    };
    let mut best = (0.0, [0.3; 3]);
    for t in 0..10 {
        // Below this fewer than a third of the claims would be right.
        let t = 0.23 + 0.03 * t as f32;
        eprint!("threshold {t:.2}");
        let f = score([t, t, AUTHOR], &mut folds, &proposed, &readings, &documents, all, true);
        if f > best.0 {
            best = (f, [t, t, AUTHOR]);
        }
    }
    for basis in 0..2 {
        for t in 0..12 {
            let mut thresholds = best.1;
            thresholds[basis] = 0.23 + 0.03 * t as f32;
            let f = score(thresholds, &mut folds, &proposed, &readings, &documents, all, false);
            if f > best.0 {
                best = (f, thresholds);
            }
        }
    }
    eprintln!("five folds, best thresholds {:?}", best.1);
    score(best.1, &mut folds, &proposed, &readings, &documents, all, true);

    if std::env::var_os("SHOW").is_some() {
        for (index, (reading, document)) in readings.iter().zip(&documents).enumerate().step_by(7) {
            for (sentence, tuples) in document.tuples.iter().enumerate() {
                let stances =
                    claimed_by(&folds[index % FOLDS], reading, sentence, &proposed[index][sentence]);
                if tuples.is_empty() && stances.is_empty() {
                    continue;
                }
                println!("## {}", document.sentences[sentence].span.of(&document.text));
                for t in tuples {
                    println!(
                        "   gold {} {} → {} | {} {}",
                        if t.against { '-' } else { '+' },
                        t.holder.as_deref().unwrap_or("null"),
                        t.target,
                        t.cue_span.of(&document.text),
                        t.basis
                    );
                }
                for (s, j) in stances.iter().zip(judge(&stances, &document.text, tuples)) {
                    println!(
                        "   GOT {} {:?} {} → {} | {}",
                        if j.0 {
                            "OK"
                        } else if j.1 {
                            "holder?"
                        } else {
                            "WRONG"
                        },
                        s.polarity,
                        s.holder.name,
                        s.target.name,
                        s.cue.of(&document.text)
                    );
                }
            }
        }
    }
    let models = fit(&data, None);
    let parts: Vec<Vec<u8>> = models.iter().map(bytes).collect();
    for (name, part) in ["cue", "target", "holder"].iter().zip(&parts) {
        std::fs::write(format!("{out}/{name}.bin"), part).expect("written");
        eprintln!("{name}: {} bytes", part.len());
    }
    let numbers: Vec<u8> = calibration.iter().chain(&best.1).flat_map(|n| n.to_le_bytes()).collect();
    std::fs::write(format!("{out}/numbers.bin"), numbers).expect("written");
    let parse = |i: usize| Linear::parse(&parts[i]).expect("just written");
    let weights =
        Weights::new(grammar.clone(), [parse(0), parse(1), parse(2)], calibration, best.1).expect("classes");

    let dev = gold::read(&format!("{shared}/gold/dev.jsonl"));
    let texts: Vec<Text<'_>> = dev.iter().map(|d| Text::plain(&d.text)).collect();
    let readings: Vec<Reading<'_>> = dev
        .iter()
        .zip(&texts)
        .map(|(d, text)| Reading::new(&grammar, text, &d.sentences, &d.kinds))
        .collect();
    let all: usize = dev.iter().flat_map(|d| &d.tuples).map(Vec::len).sum();
    describe("candidates-dev", std::slice::from_ref(&weights), &dev, &readings);
    eprint!("dev (gold sentences)");
    let proposed = proposals_of(std::slice::from_ref(&weights), &readings);
    score(best.1, &mut vec![weights], &proposed, &readings, &dev, all, true);
}

/// Logistic regression of right or wrong on the three log-probabilities.
fn calibrate(seen: &[([f32; 3], Basis, bool)]) -> [f32; 4] {
    let mut w = [0.0f64, 1.0, 1.0, 1.0];
    let mut rate = 0.5;
    for _ in 0..2000 {
        let mut gradient = [0.0f64; 4];
        for (steps, _, right) in seen {
            let x = [1.0, f64::from(steps[0]), f64::from(steps[1]), f64::from(steps[2])];
            let odds: f64 = w.iter().zip(&x).map(|(w, x)| w * x).sum();
            let p = 1.0 / (1.0 + libm_exp(-odds));
            let error = p - f64::from(u8::from(*right));
            gradient.iter_mut().zip(&x).for_each(|(g, x)| *g += error * x);
        }
        w.iter_mut().zip(&gradient).for_each(|(w, g)| *w -= rate * g / seen.len() as f64);
        rate *= 0.9995;
    }
    w.map(|w| w as f32)
}

#[allow(clippy::disallowed_methods, reason = "training runs in one place")]
fn libm_exp(x: f64) -> f64 {
    x.exp()
}
