//! The model: weights, vocabulary and thresholds, loaded from the bytes of one file. No paths, no network.

mod container;

pub use container::{Container, Shared, Tensor};

use crate::annotation::ModelInfo;
use crate::error::Error;
use std::borrow::Cow;

/// A loaded model. Each stage keeps its own view of the tensors it needs, built once at loading.
#[derive(Debug)]
pub struct Model {
    info: ModelInfo,
    container: Container,
}

impl Model {
    /// Reads a model file. Borrowed bytes stay borrowed, owned ones are moved: weights are not copied.
    ///
    /// # Errors
    /// [`Error::is_model`], naming what is wrong: magic, format version, truncation, checksum, a missing
    /// or misshapen tensor.
    pub fn from_bytes(bytes: impl Into<Cow<'static, [u8]>>) -> Result<Self, Error> {
        let container = Container::parse(bytes.into())?;
        let meta = |key: &str| {
            container
                .meta(key)
                .map(str::to_owned)
                .ok_or_else(|| Error::model(format!("model has no `{key}`")))
        };
        let info = ModelInfo { name: meta("name")?, version: meta("version")? };
        Ok(Model { info, container })
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

    /// The file's tensors and metadata.
    pub fn container(&self) -> &Container {
        &self.container
    }
}
