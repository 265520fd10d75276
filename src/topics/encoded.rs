//! Topics read by the encoder: the mean of a sentence's vectors, a hidden layer, one number a concept: what it adds to the
//! logit of the bag of words. The vectors are those of the pieces, weighed by what each says of itself (a deep averaging
//! network: Iyyer et al., ACL 2015), or, where the encoder reads a sentence before anything is marked in it, what one
//! more layer of its kind makes of those.
//!
//! | tensor | type, shape | contents |
//! |---|---|---|
//! | `about/layer.…` | as a layer of `encoder/` | over the vectors below the marks; where it is missing, |
//! | `about/weigh`, `.bias` | f32 \[width\], \[1\] | logarithm of a piece's weight, from its vector |
//! | `about/hidden.…`, `.bias` | \[hidden, width\] | from the mean over the pieces, frame included |
//! | `about/labels.…`, `.bias` | \[concepts, hidden\] | logits, in the order of `topics/concepts` |

use super::Heard;
use crate::encoder::{dot, exp, floats, gelu, weighted_mean, Activations, Encoder, Layer, Linear, Window};
use crate::error::Error;
use crate::model::Container;

/// What reads the encoder's vectors.
#[derive(Debug)]
pub(super) struct Encoded {
    over: Over,
    width: usize,
    hidden: Linear,
    labels: Linear,
}

#[derive(Debug)]
enum Over {
    /// The vectors below the marks; with the layer's heads.
    Below(Box<Layer>, usize),
    /// The pieces' own vectors; with what weighs them.
    Pieces(Vec<f32>, f32),
}

impl Encoded {
    /// `None` if the model has none.
    pub fn new(model: &Container, concepts: usize) -> Result<Option<Self>, Error> {
        if !model.has("about/") {
            return Ok(None);
        }
        let width = model.number("encoder.width")?;
        let size = model.tensor("about/hidden.bias")?.shape.first().copied().unwrap_or(0);
        let over = if model.has("about/weigh") {
            Over::Pieces(floats(model, "about/weigh", &[width])?, floats(model, "about/weigh.bias", &[1])?[0])
        } else {
            let layer = Layer::new(model, "about/layer", width)?;
            Over::Below(Box::new(layer), model.number("encoder.heads")?)
        };
        Ok(Some(Encoded {
            over,
            width,
            hidden: Linear::new(model, "about/hidden", size, width)?,
            labels: Linear::new(model, "about/labels", concepts, size)?,
        }))
    }

    /// Whether it reads the pieces themselves, which costs next to nothing.
    pub fn reads_pieces(&self) -> bool {
        matches!(self.over, Over::Pieces(..))
    }

    /// What it makes of each window: what to add to the logit of every concept, and, where it is more than the pieces show, the mean that
    /// this is read from; `below`: the vectors of their pieces below the marks, if the encoder has such.
    pub fn hear(&self, encoder: &Encoder, windows: &[Window], below: &[f32]) -> Vec<Heard> {
        let means = match &self.over {
            Over::Below(layer, heads) => self.means_below(layer, *heads, windows, below),
            Over::Pieces(weigh, bias) => self.means_of_pieces(weigh, *bias, encoder, windows),
        };
        let (mut activations, mut hidden, mut logits) = (Activations::default(), Vec::new(), Vec::new());
        activations.set(&means, self.width);
        self.hidden.apply(&activations, &mut hidden);
        gelu(&mut hidden);
        activations.set(&hidden, self.hidden.outputs());
        self.labels.apply(&activations, &mut logits);
        let each = logits.chunks_exact(self.labels.outputs()).zip(means.chunks_exact(self.width));
        let keep = |mean: &[f32]| if self.reads_pieces() { Vec::new() } else { mean.to_vec() };
        each.map(|(logits, mean)| Heard { logits: logits.to_vec(), mean: keep(mean) }).collect()
    }

    fn means_below(&self, layer: &Layer, heads: usize, windows: &[Window], below: &[f32]) -> Vec<f32> {
        let lengths: Vec<usize> = windows.iter().map(|w| w.ids.len()).collect();
        let mut states = below.to_vec();
        layer.read(&mut states, &lengths, heads);
        let (mut means, mut rest) = (Vec::new(), states.as_slice());
        for length in lengths {
            let (rows, after) = rest.split_at(length * self.width);
            means.extend(weighted_mean(rows.chunks_exact(self.width).map(|row| (1.0, row)), self.width));
            rest = after;
        }
        means
    }

    fn means_of_pieces(&self, weigh: &[f32], bias: f32, encoder: &Encoder, windows: &[Window]) -> Vec<f32> {
        let (mut means, mut vectors, mut weights) = (Vec::new(), Vec::new(), Vec::new());
        for window in windows {
            vectors.resize(window.ids.len() * self.width, 0.0);
            weights.clear();
            for (vector, &id) in vectors.chunks_exact_mut(self.width).zip(&window.ids) {
                encoder.embedding(id, vector);
                weights.push(exp(bias + dot(vector, weigh)));
            }
            let rows = weights.iter().copied().zip(vectors.chunks_exact(self.width));
            means.extend(weighted_mean(rows, self.width));
        }
        means
    }
}
