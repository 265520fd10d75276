//! Who is for or against whom in a sentence, and the words that show it.

use crate::annotation::Stance;
use crate::kinds::Kind;
use crate::model::Model;
use crate::offsets::{ByteSpan, Bytes};
use crate::options::Options;
use crate::sentences::Sentence;
use crate::text::Text;
use serde::Serialize;

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

/// Three probabilities that sum to 1.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct PolarityScores {
    /// The sentence conveys support of the target.
    pub support: f64,
    /// The sentence conveys opposition to the target.
    pub oppose: f64,
    /// Neither.
    pub neutral: f64,
}

/// The stance a sentence conveys toward a given target (by that holder, if given, else by anyone).
pub fn toward(
    _model: &Model,
    _sentence: &str,
    _target: ByteSpan,
    _holder: Option<ByteSpan>,
) -> PolarityScores {
    PolarityScores { support: 0.0, oppose: 0.0, neutral: 1.0 }
}
