//! The model: weights, vocabulary and thresholds, loaded from the bytes of one file. No paths, no network.

mod coder;
mod container;
pub mod linear;

pub use container::{Container, Shared, Tensor};

use crate::annotation::ModelInfo;
use crate::encoder::Encoder;
use crate::error::Error;
use crate::stance::{PolarityHead, Weights};
use crate::topics::TopicWeights;
use std::borrow::Cow;
use std::sync::Arc;

/// A loaded model. Each stage keeps its own view of the tensors it needs, built once at loading.
#[derive(Debug)]
pub struct Model {
    info: ModelInfo,
    container: Container,
    encoder: Option<Arc<Encoder>>,
    polarity: Option<PolarityHead>,
    topics: Option<TopicWeights>,
    stance: Option<Weights>,
}

impl Model {
    /// Reads a model file. Borrowed bytes stay borrowed, owned ones are moved: weights are not copied.
    ///
    /// # Errors
    /// [`Error::is_model`], naming what is wrong: magic, format version, truncation, checksum, a missing
    /// or misshapen tensor.
    pub fn from_bytes(bytes: impl Into<Cow<'static, [u8]>>) -> Result<Self, Error> {
        Self::read(Container::parse(bytes.into())?)
    }

    /// Reads a model file that has been taken apart, and verified, already.
    ///
    /// # Errors
    /// As [`Model::from_bytes`].
    pub fn read(container: Container) -> Result<Self, Error> {
        let meta = |key: &str| {
            container
                .meta(key)
                .map(str::to_owned)
                .ok_or_else(|| Error::model(format!("model has no `{key}`")))
        };
        let info = ModelInfo { name: meta("name")?, version: meta("version")? };
        let encoder = Encoder::new(&container)?.map(Arc::new);
        let polarity = match &encoder {
            Some(encoder) => PolarityHead::new(&container, encoder)?,
            None => None,
        };
        let topics = TopicWeights::read(&container)?;
        let stance = Weights::load(&container)?;
        Ok(Model { info, container, encoder, polarity, topics, stance })
    }

    /// The fast model, compiled into the native binary. (In a page it is a file of its own.)
    #[cfg(not(target_family = "wasm"))]
    pub fn builtin() -> Self {
        const FAST: &[u8] = include_bytes!("../../models/fast.model");
        Model::from_bytes(FAST).expect("the committed model is read by a test")
    }

    /// Name and version.
    pub fn info(&self) -> &ModelInfo {
        &self.info
    }

    /// The trained reader of word pieces, if the file has one.
    pub fn encoder(&self) -> Option<&Encoder> {
        self.encoder.as_deref()
    }

    /// The trained reader of polarity toward a target, if the file has one.
    pub fn polarity(&self) -> Option<&PolarityHead> {
        self.polarity.as_ref()
    }

    /// The topic weights; `None` in a model for stance alone.
    pub fn topics(&self) -> Option<&TopicWeights> {
        self.topics.as_ref()
    }

    /// The trained reader of who is for or against whom, if the file has one.
    pub fn stance(&self) -> Option<&Weights> {
        self.stance.as_ref()
    }

    /// Whether its encoder reads every sentence for what is claimed there, so that others can listen (`stance::look`).
    pub(crate) fn reads_sentences(&self) -> bool {
        self.stance.is_some() && self.polarity.as_ref().is_some_and(|head| head.weighing().is_some())
    }

    /// The file's tensors and metadata.
    pub fn container(&self) -> &Container {
        &self.container
    }
}
