//! A greedy arc-hybrid dependency parser without labels (Kuhlmann et al. 2011; dynamic oracle: Goldberg and
//! Nivre 2013). It sees tags, and the words themselves only of closed classes and verbs, so it stays small.

use super::tag::Tag;
use crate::model::linear::{feature, hash, Linear};
use crate::tokens::Token;

/// What the parser can do next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Move {
    /// Puts the next word on the stack.
    Shift,
    /// The top of the stack depends on the word below it.
    Right,
    /// The top of the stack depends on the next word.
    Left,
}

impl Move {
    /// All moves; a move's place here is its class in the model.
    pub const ALL: [Move; 3] = [Move::Shift, Move::Right, Move::Left];
}

/// Marks a word that has no head yet.
const NONE: usize = usize::MAX;

/// A half-parsed sentence. The word one past the last stands for the root.
#[derive(Debug)]
pub struct State<'s> {
    words: &'s [u32],
    tags: &'s [Tag],
    stack: Vec<usize>,
    next: usize,
    /// Each word's head; the number of words for a root.
    pub heads: Vec<usize>,
    left: Vec<[usize; 2]>,
    right: Vec<[usize; 2]>,
    count: Vec<[u8; 2]>,
}

/// The hash of each word that the parser looks at; 0 for the others.
pub fn visible_words(tokens: &[Token], tags: &[Tag]) -> Vec<u32> {
    tokens
        .iter()
        .zip(tags)
        .map(|(token, tag)| match tag {
            tag if tag.is_verb() => hash(&token.stem),
            Tag::Noun | Tag::Nouns | Tag::Name | Tag::Adjective | Tag::Adverb | Tag::Number | Tag::Other => 0,
            _ => hash(&token.lower),
        })
        .collect()
}

impl<'s> State<'s> {
    /// Nothing parsed yet.
    pub fn new(words: &'s [u32], tags: &'s [Tag]) -> Self {
        let n = words.len();
        State {
            words,
            tags,
            stack: Vec::new(),
            next: 0,
            heads: vec![NONE; n],
            left: vec![[NONE; 2]; n + 1],
            right: vec![[NONE; 2]; n + 1],
            count: vec![[0; 2]; n + 1],
        }
    }

    /// Whether every word has its head.
    pub fn is_done(&self) -> bool {
        self.next == self.words.len() && self.stack.is_empty()
    }

    /// Whether the move can be made.
    pub fn allows(&self, step: Move) -> bool {
        match step {
            Move::Shift => self.next < self.words.len(),
            Move::Right => self.stack.len() >= 2,
            Move::Left => !self.stack.is_empty(),
        }
    }

    /// Makes a move that is allowed.
    pub fn make(&mut self, step: Move) {
        match step {
            Move::Shift => {
                self.stack.push(self.next);
                self.next += 1;
            }
            Move::Right => {
                if let (Some(child), Some(&head)) = (self.stack.pop(), self.stack.last()) {
                    self.heads[child] = head;
                    self.right[head] = [child, self.right[head][0]];
                    self.count[head][1] = self.count[head][1].saturating_add(1);
                }
            }
            Move::Left => {
                if let Some(child) = self.stack.pop() {
                    let head = self.next;
                    self.heads[child] = head;
                    self.left[head] = [child, self.left[head][0]];
                    self.count[head][0] = self.count[head][0].saturating_add(1);
                }
            }
        }
    }

    /// How many heads of the right tree (`gold`: one a word, the number of words for a root) the move loses.
    pub fn cost(&self, step: Move, gold: &[usize]) -> usize {
        let head = |word: usize| gold.get(word).copied().unwrap_or(NONE);
        let (n, next) = (self.words.len(), self.next);
        let top = self.stack.last().copied();
        match step {
            Move::Shift => {
                let below = &self.stack[..self.stack.len().saturating_sub(1)];
                let lost_children = self.stack.iter().filter(|&&word| head(word) == next).count();
                lost_children + usize::from(below.contains(&head(next)))
            }
            Move::Right => top.map_or(0, |top| {
                usize::from(head(top) != NONE && head(top) >= next)
                    + (next..n).filter(|&word| head(word) == top).count()
            }),
            Move::Left => top.map_or(0, |top| {
                let under = self.stack.len().checked_sub(2).map_or(NONE, |at| self.stack[at]);
                let lost = head(top) == under || (head(top) != NONE && head(top) > next);
                usize::from(lost) + (next..n).filter(|&word| head(word) == top).count()
            }),
        }
    }

    /// What the model sees.
    pub fn features(&self, features: &mut Vec<u32>) {
        let n = self.words.len();
        let from_top =
            |depth: usize| self.stack.len().checked_sub(depth + 1).map_or(NONE, |at| self.stack[at]);
        let tag = |word: usize| match word {
            NONE => 98,
            word if word >= n => 97,
            word => self.tags[word] as u32,
        };
        let form = |word: usize| if word < n { self.words[word] } else { 1 };
        let (s0, s1, s2) = (from_top(0), from_top(1), from_top(2));
        let (n0, n1, n2) = (self.next, self.next + 1, self.next + 2);
        let child = |table: &[[usize; 2]], word: usize, at: usize| match word {
            NONE => NONE,
            word => table[word][at],
        };
        let (s0l, s0r, s1r) =
            (child(&self.left, s0, 0), child(&self.right, s0, 0), child(&self.right, s1, 0));
        let (n0l, s1l) = (child(&self.left, n0, 0), child(&self.left, s1, 0));
        let s0r2 = child(&self.right, s0, 1);
        let [vl, vr] = if s0 == NONE { [0, 0] } else { self.count[s0].map(|c| u32::from(c.min(3))) };
        let v1 = if s1 == NONE { 0 } else { u32::from(self.count[s1][1].min(3)) };
        let apart = if s0 == NONE { 0 } else { (n0 - s0).min(5) as u32 };
        let apart1 = if s0 == NONE || s1 == NONE { 0 } else { (s0 - s1).min(5) as u32 };
        let (t, w) = (tag, form);
        features.clear();
        features.extend([
            feature(1, &[t(s0), w(s0)]),
            feature(2, &[t(s1), w(s1)]),
            feature(3, &[t(n0), w(n0)]),
            feature(4, &[t(n1), w(n1)]),
            feature(5, &[t(n2), t(n1)]),
            feature(6, &[t(s0), t(n0)]),
            feature(7, &[t(s0), t(s1)]),
            feature(8, &[t(s0), t(s1), t(n0)]),
            feature(9, &[t(s0), t(n0), t(n1)]),
            feature(10, &[t(n0), t(n1), t(n2), t(s0)]),
            feature(11, &[t(s0), t(n0), apart]),
            feature(12, &[t(s0), t(s1), apart1]),
            feature(13, &[t(s0), t(s0l), t(n0)]),
            feature(14, &[t(s0), t(s0r), t(n0)]),
            feature(15, &[t(s1), t(s1r), t(s0)]),
            feature(16, &[t(s1), t(s0), t(s0r)]),
            feature(17, &[t(s0), t(n0), t(n0l)]),
            feature(18, &[t(s0), vl, vr, t(n0)]),
            feature(19, &[t(s1), v1, t(s0), t(n0)]),
            feature(20, &[w(s0), t(s0), t(n0)]),
            feature(21, &[t(s0), w(n0), t(n0)]),
            feature(22, &[w(s1), t(s0), t(n0)]),
            feature(23, &[w(s0), t(s1), t(n0)]),
            feature(24, &[w(s0), w(n0), t(s0), t(n0)]),
            feature(25, &[w(s1), w(s0), t(s1), t(s0)]),
            feature(26, &[t(s2), t(s1), t(s0)]),
            feature(27, &[t(s2), t(s1), t(s0), t(n0)]),
            feature(28, &[t(s0), t(n0), w(n1)]),
            feature(29, &[t(s0), t(s0r), t(s0r2), t(n0)]),
            feature(30, &[t(s1), t(s1l), t(s0)]),
            feature(31, &[w(s1), t(s0), w(n0)]),
            feature(32, &[t(s1), t(s0), t(n0), t(n1)]),
        ]);
    }
}

/// The head of each word; the number of words for a root.
pub fn parse(model: &Linear, tokens: &[Token], tags: &[Tag]) -> Vec<usize> {
    let words = visible_words(tokens, tags);
    let mut state = State::new(&words, tags);
    let mut features = Vec::with_capacity(40);
    while !state.is_done() {
        state.features(&mut features);
        let step = Move::ALL[model.best(&features, |class| state.allows(Move::ALL[class]))];
        state.make(step);
    }
    state.heads
}
