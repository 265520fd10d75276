//! Who is for or against whom in a sentence, and the words that show it.

use crate::annotation::Stance;
use crate::kinds::Kind;
use crate::model::Model;
use crate::offsets::{ByteSpan, Bytes};
use crate::options::Options;
use crate::sentences::Sentence;
use crate::text::Text;

mod polarity;

pub use polarity::{PolarityHead, PolarityScores, Query, Question};

/// Every claim at or above its threshold, one list a sentence, in order. `meta` sentences have none.
pub fn detect(
    _model: &Model,
    _text: &Text<'_>,
    sentences: &[Sentence],
    _kinds: &[Kind],
    _options: &Options,
) -> Vec<Vec<Stance<Bytes>>> {
    vec![Vec::new(); sentences.len()]
}

/// The stance a sentence conveys toward a given target (by that holder, if given, else by anyone).
/// Neutral if the model has no weights for polarity.
pub fn toward(model: &Model, sentence: &str, target: ByteSpan, holder: Option<ByteSpan>) -> PolarityScores {
    let score = |head: &PolarityHead| head.score(sentence, Query::new(target, holder));
    model.polarity().map_or(PolarityScores::NEUTRAL, score)
}
