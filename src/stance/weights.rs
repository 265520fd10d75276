//! The stance part of a model file: tagger, parser, and the three models that make a claim.

use crate::error::Error;
use crate::model::linear::Linear;
use crate::model::Container;
use crate::syntax::Grammar;

/// Everything learned that reading stances takes.
#[derive(Debug, Clone)]
pub struct Weights {
    /// Tags and trees.
    pub grammar: Grammar,
    /// Word → nothing, says for, says against, does for, does against.
    pub cue: Linear,
    /// Cue, mention → how well it fits as the target.
    pub target: Linear,
    /// Cue, target, holder → how well he fits.
    pub holder: Linear,
    /// Log-odds of a claim: bias, then weights of the three steps' log-probabilities.
    pub calibration: [f32; 4],
    /// Least confidence of a claim that says, does, or is the author's.
    pub thresholds: [f32; 3],
}

/// Classes of the cue model.
pub const CUE_CLASSES: usize = 5;

impl Weights {
    /// Puts the parts together.
    ///
    /// # Errors
    /// If a model has other classes than this version.
    pub fn new(
        grammar: Grammar,
        [cue, target, holder]: [Linear; 3],
        calibration: [f32; 4],
        thresholds: [f32; 3],
    ) -> Result<Self, Error> {
        if cue.classes() != CUE_CLASSES || target.classes() != 1 || holder.classes() != 1 {
            return Err(Error::model("the stance models have other classes than this version"));
        }
        Ok(Weights { grammar, cue, target, holder, calibration, thresholds })
    }

    /// Reads the tensors `pairs/…`; `None` if the model has none.
    ///
    /// # Errors
    /// If one is missing or cannot be read.
    pub fn load(container: &Container) -> Result<Option<Self>, Error> {
        if !container.has("pairs/") {
            return Ok(None);
        }
        let linear = |name: &str| Linear::parse(container.tensor(&format!("pairs/{name}"))?.u8s()?);
        let numbers = container.tensor("pairs/numbers")?.shaped(&[7])?.f32s()?;
        let grammar = Grammar::new(linear("tagger")?, linear("parser")?)?;
        let [a, b, c, d, e, f, g] = numbers[..] else { return Err(Error::model("`pairs/numbers` is short")) };
        Weights::new(grammar, [linear("cue")?, linear("target")?, linear("holder")?], [a, b, c, d], [e, f, g])
            .map(Some)
    }
}
