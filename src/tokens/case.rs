//! Headlines That Capitalise All Their Words: which of them the article itself writes so tells names from common words.
//!
//! (Truecasing by the document at hand, as in Lita et al. 2003, "tRuEcasIng", reduced to what a headline needs.)

use super::{tokenize, Shape, Token};
use crate::data::actors;
use crate::kinds::Kind;
use crate::order;
use crate::sentences::Sentence;

/// Words of four letters and more that such a headline may leave in lower case: prepositions and conjunctions, written by hand.
const SMALL: &[&str] = &[
    "about",
    "after",
    "against",
    "along",
    "amid",
    "among",
    "around",
    "before",
    "behind",
    "below",
    "beneath",
    "between",
    "beyond",
    "despite",
    "down",
    "during",
    "from",
    "inside",
    "into",
    "like",
    "near",
    "once",
    "onto",
    "outside",
    "over",
    "past",
    "since",
    "than",
    "that",
    "through",
    "throughout",
    "till",
    "toward",
    "towards",
    "under",
    "until",
    "upon",
    "versus",
    "when",
    "while",
    "with",
    "within",
    "without",
];

/// Sentences of an article that are asked how they write a word: names come up early.
const ASKED: usize = 300;

/// How an article writes its words where they begin no sentence.
#[derive(Debug, Default)]
pub struct Cases {
    /// In lower case and as they are written, sorted.
    words: Vec<(String, Shape)>,
}

impl Cases {
    /// Reads the running text of an article, if any of its headlines needs that.
    pub fn of(source: &str, sentences: &[Sentence], kinds: &[Kind]) -> Self {
        let places = || sentences.iter().zip(kinds);
        let mut words = Vec::new();
        if places().any(|(s, kind)| needs_case(s.span.of(source), *kind)) {
            let running = places().filter(|(_, kind)| matches!(kind, Kind::Body | Kind::Caption));
            for (sentence, _) in running.take(ASKED) {
                let mut after_mark = true;
                for token in tokenize(source, sentence.span) {
                    let mark = token.shape == Shape::Mark;
                    if !mark && !after_mark {
                        words.push((token.lower, token.shape));
                    }
                    after_mark = mark;
                }
            }
            order::sort_by(&mut words, |a, b| a.0.cmp(&b.0));
        }
        Cases { words }
    }

    /// The shape in which a word mostly stands, if that is not lower case.
    fn written(&self, lower: &str) -> Option<Shape> {
        let from = self.words.partition_point(|(word, _)| word.as_str() < lower);
        let same = self.words[from..].iter().take_while(|(word, _)| word == lower);
        let (mut capital, mut balance) = (None, 0);
        for (_, shape) in same {
            let low = matches!(shape, Shape::Lower | Shape::Number);
            capital = if low { capital } else { Some(*shape) };
            balance += if low { -1 } else { 1 };
        }
        capital.filter(|_| balance > 0)
    }

    /// Gives a headline's words the shapes they would have in running text; the first keeps its capital, as there. What
    /// the article has nowhere else is a name only if it is a well-known place.
    pub fn restore(&self, tokens: &mut [Token]) {
        let loud = tokens.iter().all(|t| !matches!(t.shape, Shape::Title | Shape::Lower));
        let place: Vec<bool> = (0..tokens.len()).map(|at| is_place(tokens, at)).collect();
        for (at, token) in tokens.iter_mut().enumerate() {
            if !(token.shape == Shape::Title || loud && token.shape == Shape::Upper) {
                continue;
            }
            let known = at == 0 || place[at];
            let otherwise = if known { Shape::Title } else { Shape::Lower };
            token.shape = self.written(&token.lower).unwrap_or(otherwise);
        }
    }
}

/// Whether a sentence is a headline in which case tells nothing.
pub fn needs_case(sentence: &str, kind: Kind) -> bool {
    if kind != Kind::Heading {
        return false;
    }
    let words = sentence.split(|c: char| !c.is_alphanumeric() && c != '\'' && c != '’');
    let mut capital = 0;
    for word in words.filter(|w| w.chars().nth(3).is_some()).skip(1) {
        if word.starts_with(char::is_lowercase) && !SMALL.contains(&word) {
            return false;
        }
        capital += usize::from(word.starts_with(char::is_uppercase));
    }
    capital >= 2
}

/// Whether the token is part of a well-known place's name.
fn is_place(tokens: &[Token], at: usize) -> bool {
    (1..=3).any(|length| {
        (at.saturating_sub(length - 1)..=at).filter(|first| first + length <= tokens.len()).any(|first| {
            let words: Vec<&str> = tokens[first..first + length].iter().map(|t| t.lower.as_str()).collect();
            actors::is_place(&words.join(" "))
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::offsets::ByteSpan;
    use crate::text::Text;

    #[test]
    fn headlines_in_which_case_tells_nothing() {
        for headline in [
            "Governor Slams Senate Over Border Bill",
            "Mayor Calder Attacks Voss at Port",
            "UNION LEADERS PRAISE PLAN",
        ] {
            assert!(needs_case(headline, Kind::Heading), "{headline}");
            assert!(!needs_case(headline, Kind::Body), "{headline}");
        }
        for headline in [
            "Governor slams Senate over border bill",
            "Ines Calder",
            "Bishop Emeritus Daniel Gutierrez dies",
            "",
        ] {
            assert!(!needs_case(headline, Kind::Heading), "{headline}");
        }
    }

    #[test]
    fn names_are_what_the_article_capitalises() {
        let source = "Governor Calder Slams Voss Over New Zealand Bill\n\nOn Monday Ines Calder spoke. She and Otto Voss disagree.";
        let text = Text::plain(source);
        let sentences = crate::sentences::split(&text);
        let kinds = crate::kinds::classify(&text, &sentences);
        let mut tokens = tokenize(source, ByteSpan::new(0, sentences[0].span.end));
        Cases::of(source, &sentences, &kinds).restore(&mut tokens);
        let capital: Vec<&str> =
            tokens.iter().filter(|t| t.shape == Shape::Title).map(|t| t.lower.as_str()).collect();
        assert_eq!(capital, ["governor", "calder", "voss", "new", "zealand"]);
    }
}
