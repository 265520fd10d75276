//! The topic model: a bag of hashed features, each with a short vector, and one linear head a concept.
//!
//! | tensor | type, shape | contents |
//! |---|---|---|
//! | `topics/prints` | u8 \[slots\] | eight bits of the hash of the feature that owns the slot |
//! | `topics/vectors` | u8 \[slots, dims/2\] | its vector, two codes a byte, low nibble first, code − 8 |
//! | `topics/scale` | f32 \[dims\] | what a code of each dimension is worth |
//! | `topics/heads` | i8 \[concepts, dims\] | |
//! | `topics/head_scale`, `topics/bias` | f32 \[concepts\] | |
//! | `topics/concepts` | u32 \[concepts\] | codes' digits, the desks first |
//! | `topics/calibration` | f32 \[concepts, 3\] | slope, offset, threshold |
//! | `topics/often`, `topics/context.…` | | see `context.rs` |

use super::context::Reader;
use super::encoded::Encoded;
use crate::data::mediatopics;
use crate::error::Error;
use crate::model::{Container, Tensor};

/// Damps the vectors of very short sentences, of which less is known.
const DAMPING: f32 = 4.0;

/// One concept the model can claim.
#[derive(Debug, Clone, Copy)]
pub(super) struct Label {
    /// Index into [`mediatopics::all`].
    pub concept: usize,
    pub slope: f32,
    pub offset: f32,
    /// Least calibrated score at which it is claimed.
    pub threshold: f32,
    /// Logarithm of one more than the number of sentences that it was learned from.
    pub often: f32,
    head_scale: f32,
    bias: f32,
}

/// A typed copy of the `topics/` tensors, checked once when the model is loaded.
#[derive(Debug)]
pub struct TopicWeights {
    prints: Vec<u8>,
    codes: Vec<i8>,
    /// By dimension.
    scale: Vec<f32>,
    heads: Vec<i8>,
    pub(super) labels: Vec<Label>,
    /// How many of the labels are desks (level 1); they come first.
    pub(super) desks: usize,
    /// Of desks, and of subtopics.
    pub(super) readers: [Reader; 2],
    pub(super) encoded: Option<Encoded>,
}

impl TopicWeights {
    /// Reads the tensors; `None` if the model has none of them, as a model for stance alone.
    ///
    /// # Errors
    /// If one is missing, misshapen, or names a concept the vocabulary lacks.
    pub(crate) fn read(container: &Container) -> Result<Option<Self>, Error> {
        if !container.has("topics/") {
            return Ok(None);
        }
        let get = |name: &str| container.tensor(name);
        let scale = get("topics/scale")?.f32s()?;
        let (dims, prints) = (scale.len(), get("topics/prints")?.u8s()?.to_vec());
        if dims == 0 || dims % 2 != 0 || prints.is_empty() {
            return Err(Error::model("tensors `topics/scale` and `topics/prints` fit no vectors"));
        }
        let packed = get("topics/vectors")?.shaped(&[prints.len(), dims / 2])?.u8s()?;
        let codes = packed.iter().flat_map(|&b| [(b & 15) as i8 - 8, (b >> 4) as i8 - 8]).collect();
        let concepts = get("topics/concepts")?.u32s()?;
        let n = concepts.len();
        let heads = get("topics/heads")?.shaped(&[n, dims])?.i8_bytes()?.iter().map(|&b| b as i8).collect();
        let numbers = |tensor: Tensor<'_>, shape: &[usize]| tensor.shaped(shape)?.f32s();
        let head_scale = numbers(get("topics/head_scale")?, &[n])?;
        let bias = numbers(get("topics/bias")?, &[n])?;
        let calibration = numbers(get("topics/calibration")?, &[n, 3])?;
        let often = get("topics/often")?.shaped(&[n])?.u8s()?;
        let mut labels = Vec::with_capacity(n);
        for (i, code) in concepts.iter().enumerate() {
            let concept = mediatopics::find(&format!("{code:08}"))
                .ok_or_else(|| Error::model(format!("model names an unknown topic, {code}")))?;
            let [slope, offset, threshold] = [0, 1, 2].map(|k| calibration[3 * i + k]);
            labels.push(Label {
                concept,
                slope,
                offset,
                threshold,
                often: f32::from(often[i]) / 16.0,
                head_scale: head_scale[i],
                bias: bias[i],
            });
        }
        let level = |label: &Label| mediatopics::all()[label.concept].level;
        let desks = labels.iter().take_while(|l| level(l) == 1).count();
        let covered = |l: &Label| labels[..desks].iter().any(|d| d.concept == mediatopics::desk(l.concept));
        if labels[desks..].iter().any(|l| level(l) == 1) || !labels.iter().all(covered) {
            return Err(Error::model("model's topics are not in order, or a subtopic's desk is missing"));
        }
        let (readers, encoded) = (Reader::both(container)?, Encoded::new(container, n)?);
        Ok(Some(TopicWeights { prints, codes, scale, heads, labels, desks, readers, encoded }))
    }

    /// Length of a feature's vector.
    pub(super) fn dims(&self) -> usize {
        self.scale.len()
    }

    /// The vector of a feature, in codes; `None` if the model does not know it. Each feature has two places
    /// where it may stand, so that the table is nearly full; the print tells it from most strangers.
    pub(super) fn vector(&self, hash: u64) -> Option<&[i8]> {
        let slots = self.prints.len() as u64;
        let print = hash as u8;
        let places = [((hash >> 32) * slots) >> 32, ((hash & 0xFFFF_FFFF) * slots) >> 32];
        let slot = places.into_iter().map(|p| p as usize).find(|&p| self.prints[p] == print)?;
        Some(&self.codes[slot * self.dims()..][..self.dims()])
    }

    /// What the sum of a sentence's vectors is multiplied by, by number of features.
    pub(super) fn norm(features: usize) -> f32 {
        1.0 / (features as f32 + DAMPING).sqrt()
    }

    /// The logit of every label for a sentence whose feature vectors, in codes, add up to `sum`.
    pub(super) fn logits(&self, sum: &[i32], features: usize) -> Vec<f32> {
        let norm = Self::norm(features);
        let vector: Vec<f32> =
            sum.iter().zip(&self.scale).map(|(&s, &scale)| s as f32 * scale * norm).collect();
        let head = |i: usize| &self.heads[i * self.dims()..][..self.dims()];
        let logit = |(i, label): (usize, &Label)| {
            let dot: f32 = head(i).iter().zip(&vector).map(|(&w, &x)| f32::from(w) * x).sum();
            dot * label.head_scale + label.bias
        };
        self.labels.iter().enumerate().map(logit).collect()
    }

    /// What one feature vector adds to a label's logit in a sentence of so many features.
    pub(super) fn contribution(&self, vector: &[i8], label: usize, features: usize) -> f32 {
        let head = &self.heads[label * self.dims()..][..self.dims()];
        let terms = vector.iter().zip(&self.scale).zip(head);
        let dot: f32 = terms.map(|((&v, &scale), &w)| f32::from(v) * scale * f32::from(w)).sum();
        dot * self.labels[label].head_scale * Self::norm(features)
    }
}
