//! A greedy left-to-right tagger over words, endings, shapes and the two tags before (an averaged perceptron;
//! Collins 2002).

use super::tag::Tag;
use crate::model::linear::{feature, hash, Linear};
use crate::tokens::{Shape, Token};

/// What the tagger sees of a sentence, hashed once.
#[derive(Debug)]
pub struct Context {
    words: Vec<[u32; 4]>,
}

impl Context {
    /// Hashes words, endings and shapes.
    pub fn new(tokens: &[Token]) -> Self {
        let words = tokens
            .iter()
            .enumerate()
            .map(|(at, token)| {
                let lower = if token.shape == Shape::Number { "0" } else { token.lower.as_str() };
                let (three, two) = (ending(lower, 3), ending(lower, 2));
                let dashed = u32::from(lower.contains('-'));
                let first = u32::from(at == 0 || tokens[at - 1].shape == Shape::Mark);
                [hash(lower), hash(three), hash(two), (token.shape as u32) << 2 | dashed << 1 | first]
            })
            .collect();
        Context { words }
    }

    /// The features of the word `at`, given the tags of the two before it.
    pub fn features(&self, at: usize, before: [u32; 2], features: &mut Vec<u32>) {
        const NOTHING: [u32; 4] = [1, 1, 1, 1];
        let word = |offset: isize| {
            at.checked_add_signed(offset).and_then(|at| self.words.get(at)).unwrap_or(&NOTHING)
        };
        let ([w, e3, e2, shape], [one, two]) = (self.words[at], before);
        let (previous, next, after) = (word(-1), word(1), word(2));
        features.clear();
        features.extend([
            feature(1, &[w]),
            feature(2, &[e3]),
            feature(3, &[e2, shape]),
            feature(4, &[shape, one]),
            feature(5, &[one]),
            feature(6, &[one, two]),
            feature(7, &[w, one]),
            feature(8, &[previous[0]]),
            feature(9, &[next[0]]),
            feature(10, &[next[1]]),
            feature(11, &[next[3], shape]),
            feature(12, &[after[0]]),
            feature(13, &[e3, one]),
            feature(14, &[w, next[2]]),
            feature(15, &[previous[3], shape, next[3]]),
            feature(16, &[e2, next[2], one]),
        ]);
    }
}

fn ending(word: &str, letters: usize) -> &str {
    let start = word.char_indices().rev().nth(letters - 1).map_or(0, |(at, _)| at);
    &word[start..]
}

/// Whether the mark at `at` makes a plural own something: it touches an `s` and no quotation in single marks is open (`the teachers' union`).
fn owns(tokens: &[Token], at: usize) -> bool {
    let touches = |left: &Token, right: &Token| left.span.end == right.span.start;
    let single = |token: &Token| token.lower == "'";
    let opens =
        |mark: usize| single(&tokens[mark]) && (mark == 0 || !touches(&tokens[mark - 1], &tokens[mark]));
    single(&tokens[at])
        && at > 0
        && touches(&tokens[at - 1], &tokens[at])
        && tokens[at - 1].lower.ends_with('s')
        && tokens.get(at + 1).is_some_and(|next| next.shape != Shape::Mark && !touches(&tokens[at], next))
        && !(0..at).any(opens)
}

/// Marks are told by their looks; everything else is never a mark.
fn fits(token: &Token, tag: Tag) -> bool {
    match token.lower.as_str() {
        "\"" | "“" | "”" | "«" | "»" | "„" => tag == Tag::Quote,
        "," => tag == Tag::Comma,
        "'" => matches!(tag, Tag::Quote | Tag::Genitive),
        _ if token.shape == Shape::Mark => matches!(tag, Tag::Mark | Tag::Other | Tag::Quote),
        _ => !tag.is_mark(),
    }
}

/// Words that begin questions and are next to never names: their capital tells nothing. (`Will` and `May` are names,
/// too.) Written by hand.
const ASKING: &[&str] = &[
    "are", "can", "could", "did", "do", "does", "had", "has", "have", "how", "is", "should", "was", "were",
    "what", "when", "where", "who", "why", "would",
];

/// Tags each token.
pub fn tag(model: &Linear, tokens: &[Token]) -> Vec<Tag> {
    let context = Context::new(tokens);
    let mut features = Vec::new();
    let mut before = [99, 99];
    let mut tags = Vec::with_capacity(tokens.len());
    for (at, token) in tokens.iter().enumerate() {
        context.features(at, before, &mut features);
        let asks = at == 0 && ASKING.contains(&token.lower.as_str());
        let owns = owns(tokens, at);
        let class = model.best(&features, |class| {
            let tag = Tag::ALL[class];
            fits(token, tag) && !(asks && tag == Tag::Name) && !(owns && tag == Tag::Quote)
        });
        // A capitalised noun right after a name is the rest of it: `Khurram Baloch-Awan`.
        let goes_on = matches!(Tag::ALL[class], Tag::Noun | Tag::Nouns)
            && token.shape == Shape::Title
            && tags.last() == Some(&Tag::Name);
        tags.push(if goes_on { Tag::Name } else { Tag::ALL[class] });
        before = [tags[at] as u32, before[0]];
    }
    tags
}
