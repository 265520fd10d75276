//! Topics read from the encoder's vectors: their mean over the sentence, one hidden layer, one logit a concept.
//!
//! | tensor | type, shape | contents |
//! |---|---|---|
//! | `about/hidden.q8`, `.scale`, `.bias` | \[hidden, width\] | from the mean of the vectors below the marks |
//! | `about/labels.q8`, `.scale`, `.bias` | \[concepts, hidden\] | logits, in the order of `topics/concepts` |
//! | `about/context`, `about/calibration` | as in `topics/` | take the place of those |

use crate::encoder::{gelu, weighted_mean, Activations, Linear};
use crate::error::Error;
use crate::model::Container;

/// The head that reads the encoder.
#[derive(Debug)]
pub struct Deep {
    hidden: Linear,
    labels: Linear,
}

impl Deep {
    /// `None` if the model has none.
    pub(super) fn new(model: &Container, concepts: usize) -> Result<Option<Self>, Error> {
        if !model.has("about/hidden") {
            return Ok(None);
        }
        let width = model.number("encoder.width")?;
        let size = model.tensor("about/hidden.bias")?.shape.first().copied().unwrap_or(0);
        Ok(Some(Deep {
            hidden: Linear::new(model, "about/hidden", size, width)?,
            labels: Linear::new(model, "about/labels", concepts, size)?,
        }))
    }

    /// The logit of every concept, from the vectors of a sentence's first window, frame included.
    pub(crate) fn logits(&self, states: &[f32], width: usize) -> Vec<f32> {
        let mean = weighted_mean(states.chunks_exact(width).map(|row| (1.0, row)), width);
        let (mut activations, mut hidden, mut logits) = (Activations::default(), Vec::new(), Vec::new());
        activations.set(&mean, width);
        self.hidden.apply(&activations, &mut hidden);
        hidden.iter_mut().for_each(|v| *v = gelu(*v));
        activations.set(&hidden, self.hidden.outputs());
        self.labels.apply(&activations, &mut logits);
        logits
    }
}
