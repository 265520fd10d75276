//! Part-of-speech tags and a dependency tree for each sentence, by two small linear models.

mod parser;
mod roles;
mod tag;
mod tagger;
mod tree;

pub use parser::{visible_words, Move, State};
pub use roles::Parsed;
pub use tag::Tag;
pub use tagger::{tag, Context};
pub use tree::Tree;

use crate::error::Error;
use crate::model::linear::Linear;
use crate::tokens::Token;

/// The two models.
#[derive(Debug, Clone)]
pub struct Grammar {
    /// Tells tags apart, left to right.
    pub tagger: Linear,
    /// Chooses the parser's moves.
    pub parser: Linear,
}

impl Grammar {
    /// Checks that the models have the classes this version knows.
    ///
    /// # Errors
    /// If they do not.
    pub fn new(tagger: Linear, parser: Linear) -> Result<Self, Error> {
        if tagger.classes() != Tag::ALL.len() || parser.classes() != Move::ALL.len() {
            return Err(Error::model("the tagger or the parser has other classes than this version"));
        }
        Ok(Grammar { tagger, parser })
    }

    /// Tags and parses one sentence. Linear in its length.
    pub fn parse(&self, tokens: Vec<Token>) -> Parsed {
        let tags = tagger::tag(&self.tagger, &tokens);
        let heads = parser::parse(&self.parser, &tokens, &tags);
        Parsed { tokens, tree: Tree::new(tags, heads) }
    }
}
