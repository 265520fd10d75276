//! Which words stand between quotation marks, over sentences and paragraphs.

use crate::syntax::Parsed;
use crate::tokens::Token;

/// Follows quotation marks through an article.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Quotes {
    open: bool,
    /// The paragraph begins inside a quotation that the one before left open.
    pub continues: bool,
}

impl Quotes {
    /// A new paragraph begins with this sentence. A quotation left open goes on only if the paragraph opens it
    /// again, as newspapers do.
    pub fn paragraph(&mut self, first: &Parsed) {
        self.continues = self.open && first.tokens.first().is_some_and(|t| is_double(&t.lower));
        self.open = false;
    }

    /// For each token, whether it is inside a quotation (the marks themselves are). Goes on from the sentence
    /// before.
    pub fn mark(&mut self, sentence: &Parsed) -> Vec<bool> {
        let tokens = &sentence.tokens;
        let mut single = false;
        (0..tokens.len())
            .map(|at| {
                let before = self.open || single;
                match tokens[at].lower.as_str() {
                    "“" | "«" | "„" => self.open = true,
                    "”" | "»" => self.open = false,
                    "\"" => self.open = !self.open,
                    "'" if opens(tokens, at) => single = true,
                    "'" if single => single = false,
                    _ => {}
                }
                before || self.open || single
            })
            .collect()
    }
}

fn is_double(mark: &str) -> bool {
    matches!(mark, "\"" | "“" | "”" | "«" | "»" | "„")
}

/// A single mark with space before and none after, and another one later in the sentence.
fn opens(tokens: &[Token], at: usize) -> bool {
    let spaced = at == 0 || tokens[at - 1].span.end < tokens[at].span.start;
    let tight = tokens.get(at + 1).is_some_and(|next| next.span.start == tokens[at].span.end);
    spaced && tight && tokens[at + 1..].iter().any(|t| t.lower == "'")
}
