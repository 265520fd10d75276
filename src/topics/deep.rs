//! Topics read by the encoder: one layer of its kind over the vectors below the marks, the mean over a sentence's pieces, a
//! hidden layer, one number a concept: what it adds to the logit of the bag of words.
//!
//! | tensor | type, shape | contents |
//! |---|---|---|
//! | `about/layer.…` | as a layer of `encoder/` | over the vectors below the marks |
//! | `about/hidden.q8`, `.scale`, `.bias` | \[hidden, width\] | from the mean over the pieces, frame included |
//! | `about/labels.q8`, `.scale`, `.bias` | \[concepts, hidden\] | logits, in the order of `topics/concepts` |
//! | `about/context`, `about/calibration` | as in `topics/` | take the place of those |

use crate::encoder::{gelu, weighted_mean, Activations, Layer, Linear, Window};
use crate::error::Error;
use crate::model::Container;

/// What reads the encoder's vectors.
#[derive(Debug)]
pub(super) struct Deep {
    layer: Layer,
    heads: usize,
    width: usize,
    hidden: Linear,
    labels: Linear,
}

impl Deep {
    /// `None` if the model has none.
    pub fn new(model: &Container, concepts: usize) -> Result<Option<Self>, Error> {
        if !model.has("about/") {
            return Ok(None);
        }
        let width = model.number("encoder.width")?;
        let size = model.tensor("about/hidden.bias")?.shape.first().copied().unwrap_or(0);
        Ok(Some(Deep {
            layer: Layer::new(model, "about/layer", width)?,
            heads: model.number("encoder.heads")?,
            width,
            hidden: Linear::new(model, "about/hidden", size, width)?,
            labels: Linear::new(model, "about/labels", concepts, size)?,
        }))
    }

    /// What to add to the logit of every concept, for each window, from the vectors of their pieces below the marks.
    pub fn logits(&self, windows: &[Window], below: &[f32]) -> Vec<Vec<f32>> {
        let lengths: Vec<usize> = windows.iter().map(|w| w.ids.len()).collect();
        let mut states = below.to_vec();
        self.layer.read(&mut states, &lengths, self.heads);
        let (mut means, mut rest) = (Vec::new(), states.as_slice());
        for length in lengths {
            let (rows, after) = rest.split_at(length * self.width);
            means.extend(weighted_mean(rows.chunks_exact(self.width).map(|row| (1.0, row)), self.width));
            rest = after;
        }
        let (mut activations, mut hidden, mut logits) = (Activations::default(), Vec::new(), Vec::new());
        activations.set(&means, self.width);
        self.hidden.apply(&activations, &mut hidden);
        hidden.iter_mut().for_each(|v| *v = gelu(*v));
        activations.set(&hidden, self.hidden.outputs());
        self.labels.apply(&activations, &mut logits);
        logits.chunks_exact(self.labels.outputs()).map(<[f32]>::to_vec).collect()
    }
}
