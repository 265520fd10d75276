//! The small models in fewer bits: every weight is rounded, or left out, where the bits that it costs are worth more
//! than the error. An error counts by how often, in news that nobody labelled, the model reads the weight while in
//! doubt (the diagonal of the softmax's second derivative, p · (1 - p)); what is never read is left out. This is
//! rate-distortion quantisation as video coders do it (Sullivan and Wiegand 1998).
//!
//! The cue model bears little of it: its many small weights against a cue add up, and without them it claims too much.

use serde_json::{json, Value};
use standpoint::encoder::softmax;
use standpoint::model::linear::Linear;
use standpoint::model::Model;
use standpoint::stance::features::{self, Cue};
use standpoint::stance::propose::{holders, may_be_target};
use standpoint::stance::{Reader, Reading, Weights};
use standpoint::syntax::{Context, Move, State};
use standpoint::text::Text;
use std::io::BufRead;

/// Of a step of the perceptrons' scores in log-odds: their softmax is about as sure as they are right.
const PERCEPTRON: f32 = 0.1;
/// Below this probability the library does not follow a cue.
const CUE: f32 = 0.02;

/// What a bit must save in squared error over a thousand texts. (Steps wider than the trained model's were worth less.)
struct Recipe {
    name: &'static str,
    bit: f32,
}

/// A model with how much an error in each of its weights matters.
struct Table<'m> {
    model: &'m Linear,
    matters: Vec<f32>,
}

impl<'m> Table<'m> {
    fn new(model: &'m Linear) -> Self {
        Table { model, matters: vec![0.0; model.buckets() * model.classes()] }
    }

    fn add(&mut self, features: &[u32], class: usize, doubt: f32) {
        for feature in features {
            let bucket = *feature as usize & (self.model.buckets() - 1);
            self.matters[bucket * self.model.classes() + class] += doubt;
        }
    }

    /// One decision between classes.
    fn classes(&mut self, features: &[u32], step: f32) -> Vec<f32> {
        let mut sums = vec![0; self.model.classes()];
        self.model.sum(features, &mut sums);
        let mut p: Vec<f32> = sums.iter().map(|s| *s as f32 * step).collect();
        softmax(&mut p);
        for (class, p) in p.iter().enumerate() {
            self.add(features, class, p * (1.0 - p));
        }
        p
    }

    /// One decision between candidates.
    fn candidates(&mut self, rows: &[Vec<u32>]) -> Vec<f32> {
        let mut p: Vec<f32> = rows.iter().map(|row| self.score(row)).collect();
        softmax(&mut p);
        for (row, p) in rows.iter().zip(&p) {
            self.add(row, 0, p * (1.0 - p));
        }
        p
    }

    fn score(&self, row: &[u32]) -> f32 {
        let mut sum = [0];
        self.model.sum(row, &mut sum);
        sum[0] as f32 * self.model.scale()
    }

    fn round(&self, recipe: &Recipe) -> Vec<u8> {
        let classes = self.model.classes();
        let step = self.model.scale();
        let values: Vec<f32> = (0..self.model.buckets())
            .flat_map(|bucket| self.model.row(bucket))
            .map(|w| f32::from(*w) * self.model.scale())
            .collect();
        let mut codes: Vec<i32> = values.iter().map(|w| (w / step).round() as i32).collect();
        for _ in 0..6 {
            let costs = Costs::of(&codes, classes);
            for (at, code) in codes.chunks_exact_mut(classes).enumerate() {
                let range = at * classes..(at + 1) * classes;
                let (values, matters) = (&values[range.clone()], &self.matters[range]);
                let loss =
                    |class: usize, code: i32| matters[class] * (values[class] - code as f32 * step).powi(2);
                // All of the row, at its best, against nothing of it.
                let (mut total, mut nothing) = (recipe.bit * costs.row, 0.0);
                for (class, code) in code.iter_mut().enumerate() {
                    let nearest = (values[class] / step).round() as i32;
                    let toward = nearest.signum();
                    let options = [nearest, nearest - toward, nearest - 2 * toward, 0];
                    let price = |c: i32| loss(class, c) + recipe.bit * costs.weight(class, c);
                    *code = options.into_iter().min_by(|a, b| price(*a).total_cmp(&price(*b))).unwrap_or(0);
                    total += price(*code);
                    nothing += loss(class, 0);
                }
                if nothing <= total {
                    code.fill(0);
                }
            }
        }
        let rounded: Vec<f32> = codes.iter().map(|c| *c as f32 * step).collect();
        let bytes = Linear::write(classes, &rounded, step);
        let lost: f32 =
            values.iter().zip(&rounded).zip(&self.matters).map(|((v, r), m)| m * (v - r).powi(2)).sum();
        let whole: f32 = values.iter().zip(&self.matters).map(|(v, m)| m * v.powi(2)).sum();
        let count = codes.iter().filter(|c| **c != 0).count();
        let report = json!({ "weights": count, "bytes": bytes.len(), "lost": lost / whole });
        println!("{}", json!({ recipe.name: report }));
        bytes
    }
}

/// Bits that codes take, by how often they are there now.
struct Costs {
    row: f32,
    by_class: Vec<Vec<f32>>,
}

impl Costs {
    const MOST: i32 = 40;

    fn of(codes: &[i32], classes: usize) -> Self {
        let rows = codes.chunks_exact(classes).filter(|row| row.iter().any(|c| *c != 0));
        let mut counts = vec![vec![0.5f32; 2 * Self::MOST as usize + 1]; classes];
        let mut filled = 0;
        for row in rows {
            filled += 1;
            for (class, code) in row.iter().enumerate() {
                counts[class][Self::slot(*code)] += 1.0;
            }
        }
        let share = (filled as f32 / (codes.len() / classes) as f32).clamp(1e-4, 0.999);
        let by_class = counts.into_iter().map(|counts| {
            let all: f32 = counts.iter().sum();
            counts.into_iter().map(|n| -(n / all).log2()).collect()
        });
        Costs { row: ((1.0 - share) / share).log2().max(0.2), by_class: by_class.collect() }
    }

    fn slot(code: i32) -> usize {
        (code.clamp(-Self::MOST, Self::MOST) + Self::MOST) as usize
    }

    fn weight(&self, class: usize, code: i32) -> f32 {
        self.by_class[class][Self::slot(code)]
    }
}

struct Tables<'m> {
    weights: &'m Weights,
    tagger: Table<'m>,
    parser: Table<'m>,
    cue: Table<'m>,
    target: Table<'m>,
    holder: Table<'m>,
}

impl Tables<'_> {
    fn text(&mut self, text: &str) {
        let text = Text::plain(text);
        let sentences = standpoint::sentences::split(&text);
        let kinds = standpoint::kinds::classify(&text, &sentences);
        let reading = Reading::new(&self.weights.grammar, &text, &sentences, &kinds);
        for reader in &reading.sentences {
            self.grammar(reader);
            self.claims(reader);
        }
    }

    fn grammar(&mut self, reader: &Reader) {
        let (tokens, tags) = (&reader.parsed.tokens, &reader.parsed.tree.tags);
        let context = Context::new(tokens);
        let (mut features, mut before) = (Vec::new(), [99, 99]);
        for (at, tag) in tags.iter().enumerate() {
            context.features(at, before, &mut features);
            self.tagger.classes(&features, PERCEPTRON * self.tagger.model.scale());
            before = [*tag as u32, before[0]];
        }
        let words = standpoint::syntax::visible_words(tokens, tags);
        let mut state = State::new(&words, tags);
        while !state.is_done() {
            state.features(&mut features);
            self.parser.classes(&features, PERCEPTRON * self.parser.model.scale());
            let step = self.parser.model.best(&features, |class| state.allows(Move::ALL[class]));
            state.make(Move::ALL[step]);
        }
    }

    fn claims(&mut self, reader: &Reader) {
        let mut features = Vec::new();
        for token in (0..reader.parsed.tokens.len()).filter(|&token| features::is_cue(reader, token)) {
            features::cue(reader, token, &mut features);
            let p = self.cue.classes(&features, self.cue.model.scale());
            for (polarity, says, does) in [(0, p[1], p[3]), (1, p[2], p[4])] {
                if says + does >= CUE {
                    self.claim(reader, &Cue::new(reader, token, polarity, u32::from(does > says)));
                }
            }
        }
    }

    fn claim(&mut self, reader: &Reader, cue: &Cue) {
        let read = |each: &mut dyn FnMut(&mut Vec<u32>)| {
            let mut features = Vec::new();
            each(&mut features);
            features
        };
        let targets: Vec<usize> =
            (0..reader.mentions.len()).filter(|&m| may_be_target(reader, cue.token, m)).collect();
        let mut rows: Vec<Vec<u32>> =
            targets.iter().map(|&m| read(&mut |f| features::target(reader, cue, m, f))).collect();
        rows.push(read(&mut |f| features::no_target(reader, cue, f)));
        let p = self.target.candidates(&rows);
        for (&target, _) in targets.iter().zip(&p).filter(|(_, p)| **p >= 0.05) {
            let holders = holders(reader, target);
            let rows: Vec<Vec<u32>> =
                holders.iter().map(|&h| read(&mut |f| features::holder(reader, cue, target, h, f))).collect();
            self.holder.candidates(&rows);
        }
    }
}

/// `{"text"}` a line on standard input; a line of figures for each model on standard output.
pub fn shrink(model: &str, out: &str) {
    let model = Model::from_bytes(std::fs::read(model).expect("model")).expect("a model");
    let weights = model.stance().expect("pairs");
    let mut tables = Tables {
        weights,
        tagger: Table::new(&weights.grammar.tagger),
        parser: Table::new(&weights.grammar.parser),
        cue: Table::new(&weights.cue),
        target: Table::new(&weights.target),
        holder: Table::new(&weights.holder),
    };
    let mut texts = 0u32;
    for line in std::io::stdin().lock().lines() {
        let row: Value = serde_json::from_str(&line.expect("UTF-8")).expect("JSON");
        tables.text(row["text"].as_str().expect("text"));
        texts += 1;
    }
    // Set by hand; the last three so that the fast model stays below 640 KiB. (With half, a third and a third of them it is 14 kB larger, and gold dev's
    // claims have F1 .387 instead of .397.)
    let recipes = [
        Recipe { name: "tagger", bit: 1.0 },
        Recipe { name: "parser", bit: 1.0 },
        Recipe { name: "cue", bit: 8e-5 },
        Recipe { name: "target", bit: 3e-3 },
        Recipe { name: "holder", bit: 3e-3 },
    ];
    let all = [tables.tagger, tables.parser, tables.cue, tables.target, tables.holder];
    for (mut table, recipe) in all.into_iter().zip(&recipes) {
        table.matters.iter_mut().for_each(|m| *m *= 1000.0 / texts as f32);
        std::fs::write(format!("{out}/{}.bin", recipe.name), table.round(recipe)).expect("written");
    }
}
