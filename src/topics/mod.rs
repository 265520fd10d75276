//! What a sentence and the article are about, as IPTC Media Topics.

use crate::annotation::Topic;
use crate::kinds::Kind;
use crate::model::Model;
use crate::sentences::Sentence;
use crate::text::Text;

/// The topics of one sentence.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct SentenceTopics {
    /// Level 1, best first.
    pub topics: Vec<Topic>,
    /// Levels 2 and 3, best first; their level-1 ancestors are among `topics`.
    pub subtopics: Vec<Topic>,
}

/// The topics of every sentence, in order, and of the whole article, best first. `meta` sentences have none.
pub fn classify(
    _model: &Model,
    _text: &Text<'_>,
    sentences: &[Sentence],
    _kinds: &[Kind],
) -> (Vec<SentenceTopics>, Vec<Topic>) {
    (vec![SentenceTopics::default(); sentences.len()], Vec::new())
}
