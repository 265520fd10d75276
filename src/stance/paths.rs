//! How two words of a sentence hang together, as one number: the way through the tree between them.

use crate::model::linear::{feature, hash};
use crate::syntax::{Parsed, Tag};

/// The longest way that is told apart; longer ones are all "far".
const LONGEST: usize = 6;

/// What a word is on the way: its kind, and the word itself if it is a preposition.
fn station(parsed: &Parsed, token: usize) -> u32 {
    let tag = parsed.tag(token);
    match tag {
        Tag::Preposition | Tag::To => 100 ^ hash(parsed.lower(token)),
        Tag::Noun | Tag::Nouns | Tag::Name | Tag::Pronoun | Tag::Possessive | Tag::Number => 1,
        tag if tag.is_verb() => 2 + u32::from(parsed.is_passive(token)),
        tag => 10 + tag as u32,
    }
}

/// A list that lies where it is made: ways are asked for by the thousand.
struct Few<T, const N: usize> {
    items: [T; N],
    len: usize,
}

impl<T: Copy + Default, const N: usize> Few<T, N> {
    fn new() -> Self {
        Few { items: [T::default(); N], len: 0 }
    }

    fn extend(&mut self, items: impl IntoIterator<Item = T>) {
        for item in items {
            self.items[self.len] = item;
            self.len += 1;
        }
    }

    fn as_slice(&self) -> &[T] {
        &self.items[..self.len]
    }
}

/// Words from a token up to its root, at most [`LONGEST`] steps.
fn up(parsed: &Parsed, token: usize) -> Few<usize, { LONGEST + 1 }> {
    let mut words = Few::new();
    words.extend(std::iter::once(token).chain(parsed.tree.ancestors(token).take(LONGEST)));
    words
}

/// The way from one word to another, and its length.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Path {
    /// Stations and directions, mixed.
    pub hash: u32,
    /// Steps; [`LONGEST`] + 1 if it is longer or there is none.
    pub steps: usize,
    /// Full verbs passed on the way (ends not counted).
    pub verbs: usize,
}

/// The way from `from` to `to`.
pub fn between(parsed: &Parsed, from: usize, to: usize) -> Path {
    let (rising, falling) = (up(parsed, from), up(parsed, to));
    let (rising, falling) = (rising.as_slice(), falling.as_slice());
    let meeting = rising
        .iter()
        .enumerate()
        .find_map(|(i, token)| falling.iter().position(|t| t == token).map(|j| (i, j)));
    let Some((i, j)) = meeting.filter(|(i, j)| i + j <= LONGEST) else {
        return Path { hash: feature(3, &[u32::from(from < to)]), steps: LONGEST + 1, verbs: 3 };
    };
    let mut parts = Few::<u32, { 1 + 3 * LONGEST }>::new();
    parts.extend([station(parsed, from)]);
    let mut verbs = 0;
    let edge = |low: usize, high: usize| u32::from(low < high);
    for at in 0..i {
        parts.extend([1, edge(rising[at], rising[at + 1]), station(parsed, rising[at + 1])]);
        verbs += usize::from(parsed.tag(rising[at + 1]).is_verb() && rising[at + 1] != to);
    }
    for at in (0..j).rev() {
        parts.extend([2, edge(falling[at], falling[at + 1]), station(parsed, falling[at])]);
        verbs += usize::from(at > 0 && parsed.tag(falling[at]).is_verb());
    }
    Path { hash: feature(4, parts.as_slice()), steps: i + j, verbs }
}
