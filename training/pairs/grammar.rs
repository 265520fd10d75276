//! Tagger and parser from silver trees.

use crate::perceptron::{Perceptron, Random};
use standpoint::model::linear::Linear;
use standpoint::offsets::ByteSpan;
use standpoint::syntax::{tag, visible_words, Context, Grammar, Move, State, Tag};
use standpoint::tokens::{tokenize, Token};

/// Weights touched less often, or smaller against the largest, are left out; the last pair is what is kept.
const TAGGER_CUTS: [(u32, f32); 3] = [(0, 0.0), (6, 0.012), (8, 0.02)];
const PARSER_CUTS: [(u32, f32); 3] = [(0, 0.0), (10, 0.03), (10, 0.05)];
/// Steps from nothing to the largest weight.
const LEVELS: f32 = 31.0;

struct Block {
    tokens: Vec<Token>,
    tags: Vec<Tag>,
    heads: Vec<usize>,
}

fn blocks(path: &str) -> Vec<Block> {
    let file = std::fs::read_to_string(path).expect("the silver file");
    let mut out = Vec::new();
    for block in file.split("\n\n").filter(|b| !b.trim().is_empty()) {
        let rows: Vec<Vec<&str>> =
            block.trim_matches('\n').lines().map(|l| l.split('\t').collect()).collect();
        let n = rows.len();
        let tokens = rows
            .iter()
            .filter_map(|row| {
                let mut cut = tokenize(row[0], ByteSpan::new(0, row[0].len()));
                (cut.len() == 1).then(|| cut.remove(0))
            })
            .collect::<Vec<_>>();
        if tokens.len() != n || n > 120 {
            continue;
        }
        let tags = rows.iter().map(|row| Tag::named(row[1]).expect("a known tag")).collect();
        let heads = rows.iter().map(|row| row[2].parse::<usize>().unwrap_or(n)).collect();
        out.push(Block { tokens, tags, heads });
    }
    out
}

pub fn train(silver: &str, out: &str) {
    let mut all = blocks(silver);
    Random(42).shuffle(&mut all);
    let held = all.split_off(all.len() - all.len() / 20);
    eprintln!("{} blocks, {} held out", all.len(), held.len());
    let bytes = train_tagger(&mut all, &held);
    std::fs::write(format!("{out}/tagger.bin"), &bytes).expect("written");
    let tagger = Linear::parse(&bytes).expect("just written");
    for block in &mut all {
        block.tags = tag(&tagger, &block.tokens);
    }
    let bytes = train_parser(&all, &held, &tagger);
    std::fs::write(format!("{out}/parser.bin"), &bytes).expect("written");
}

fn train_tagger(all: &mut [Block], held: &[Block]) -> Vec<u8> {
    let mut model = Perceptron::new(Tag::ALL.len(), 15);
    let mut random = Random(1);
    let mut order: Vec<usize> = (0..all.len()).collect();
    let (mut features, mut scores) = (Vec::new(), vec![0.0; Tag::ALL.len()]);
    for epoch in 0..6 {
        random.shuffle(&mut order);
        let (mut right, mut total) = (0, 0);
        for &block in &order {
            let block = &all[block];
            let context = Context::new(&block.tokens);
            let mut before = [99, 99];
            for at in 0..block.tokens.len() {
                context.features(at, before, &mut features);
                model.scores(&features, &mut scores);
                let guess = (0..scores.len()).fold(0, |b, c| if scores[c] > scores[b] { c } else { b });
                let gold = block.tags[at] as usize;
                total += 1;
                right += usize::from(guess == gold);
                if guess != gold {
                    model.update(&features, gold, guess);
                }
                before = [guess as u32, before[0]];
            }
        }
        eprintln!("tagger epoch {epoch}: {:.4}", right as f64 / total as f64);
    }
    for (rare, small) in TAGGER_CUTS {
        let weights = model.averaged(rare, small);
        let largest = weights.iter().fold(0.0f32, |a, w| a.max(w.abs()));
        let bytes = Linear::write(Tag::ALL.len(), &weights, largest / LEVELS);
        let linear = Linear::parse(&bytes).expect("just written");
        let (mut right, mut total) = (0, 0);
        for block in held {
            let tags = tag(&linear, &block.tokens);
            right += tags.iter().zip(&block.tags).filter(|(a, b)| a == b).count();
            total += tags.len();
        }
        eprintln!(
            "rare {rare} small {small}: held-out {:.4}, {} bytes",
            right as f64 / total as f64,
            bytes.len()
        );
        if small == TAGGER_CUTS[TAGGER_CUTS.len() - 1].1 {
            return bytes;
        }
    }
    unreachable!()
}

fn train_parser(all: &[Block], held: &[Block], tagger: &Linear) -> Vec<u8> {
    let mut model = Perceptron::new(3, 16);
    let mut random = Random(2);
    let mut order: Vec<usize> = (0..all.len()).collect();
    let (mut features, mut scores) = (Vec::new(), [0.0; 3]);
    for epoch in 0..7 {
        random.shuffle(&mut order);
        let (mut right, mut total) = (0, 0);
        for &block in &order {
            let block = &all[block];
            let words = visible_words(&block.tokens, &block.tags);
            let mut state = State::new(&words, &block.tags);
            while !state.is_done() {
                state.features(&mut features);
                model.scores(&features, &mut scores);
                let allowed: Vec<usize> = (0..3).filter(|&c| state.allows(Move::ALL[c])).collect();
                let costs: Vec<usize> = (0..3).map(|c| state.cost(Move::ALL[c], &block.heads)).collect();
                let least = allowed.iter().map(|&c| costs[c]).min().expect("some move");
                let better = |b: usize, c: usize| if scores[c] > scores[b] { c } else { b };
                let guess = allowed.iter().copied().reduce(better).expect("some move");
                let best =
                    allowed.iter().copied().filter(|&c| costs[c] == least).reduce(better).expect("some move");
                if guess != best {
                    model.update(&features, best, guess);
                }
                state.make(Move::ALL[if epoch == 0 { best } else { guess }]);
            }
            right += state.heads.iter().zip(&block.heads).filter(|(a, b)| a == b).count();
            total += state.heads.len();
        }
        eprintln!("parser epoch {epoch}: {:.4}", right as f64 / total as f64);
    }
    for (rare, small) in PARSER_CUTS {
        let weights = model.averaged(rare, small);
        let largest = weights.iter().fold(0.0f32, |a, w| a.max(w.abs()));
        let bytes = Linear::write(3, &weights, largest / LEVELS);
        let grammar = Grammar::new(tagger.clone(), Linear::parse(&bytes).expect("written")).expect("classes");
        let (mut right, mut total) = (0, 0);
        for block in held {
            let tree = grammar.parse(block.tokens.clone()).tree;
            for (at, head) in block.heads.iter().enumerate().filter(|(at, _)| !block.tags[*at].is_mark()) {
                total += 1;
                right += usize::from(tree.head(at).unwrap_or(tree.len()) == *head);
            }
        }
        eprintln!(
            "rare {rare} small {small}: held-out {:.4}, {} bytes",
            right as f64 / total as f64,
            bytes.len()
        );
        if small == PARSER_CUTS[PARSER_CUTS.len() - 1].1 {
            return bytes;
        }
    }
    unreachable!()
}
