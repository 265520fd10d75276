//! The annotator as JavaScript holds it.

use super::flat;
use crate::annotate::Work;
use crate::model::{Container, Model};
use crate::options::{HostTopics, Options};
use crate::text::Text;
use crate::{kinds, sentences, Annotator, Error};
use serde::Serialize;
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::JsValue;

/// An annotator and its model, in WebAssembly memory until `free` is called.
#[wasm_bindgen]
#[derive(Debug)]
pub struct RawAnnotator(Rc<Annotator>, RefCell<Option<Given>>);

/// The host's topics as they came last, and what became of them: pages ask about the same ones again and again.
type Given = (Vec<String>, Vec<f64>, HostTopics);

#[wasm_bindgen]
impl RawAnnotator {
    /// Reads a model file's bytes, and verifies them by the checksum they carry: the SHA-256 of all but the last
    /// 32 bytes. An engine that has its own SHA-256 computes it many times faster, and may give it as `sha256`.
    ///
    /// # Errors
    /// A `StandpointError` with code `model-invalid`.
    #[wasm_bindgen(constructor)]
    pub fn new(model: Vec<u8>, sha256: Option<Vec<u8>>) -> Result<RawAnnotator, Error> {
        let container = match sha256.and_then(|digest| digest.try_into().ok()) {
            Some(digest) => Container::parse_hashed(model.into(), |_| digest)?,
            None => Container::parse(model.into())?,
        };
        Ok(RawAnnotator(Rc::new(Annotator::new(Model::read(container)?)), RefCell::default()))
    }

    /// Begins to annotate `text`; every offset in the result counts UTF-16 code units of it. `paragraphs` as
    /// [`PageText::paragraphs`](super::PageText::paragraphs) gives them; without, a blank line ends one. `last`: the work
    /// on the text before it changed, which ends with this; what is still the same is not read again. `topics`: the host's own, as
    /// [`flat::read_topics`](super::flat::read_topics) reads them with `numbers`.
    ///
    /// # Errors
    /// A `StandpointError` with code `input-invalid`, if the paragraphs do not fit the text, or `options-invalid`, if the topics
    /// are not such as can be read.
    #[allow(clippy::too_many_arguments)] // an object of options would cost code to take apart
    pub fn begin(
        &self,
        text: String,
        paragraphs: Option<Vec<u32>>,
        min_confidence: Option<f64>,
        targets: Vec<String>,
        language: Option<String>,
        topics: Vec<String>,
        numbers: Vec<f64>,
        last: Option<RawWork>,
    ) -> Result<RawWork, Error> {
        let topics = if topics.is_empty() { None } else { Some(self.topics(topics, numbers)?) };
        let options = Options { min_confidence, targets, language, topics };
        let read = match paragraphs {
            Some(flat) => Text::with_paragraphs(&text, flat::read_paragraphs(&text, &flat)?),
            None => Text::plain(&text),
        };
        let work = match last.filter(|last| Rc::ptr_eq(&last.annotator, &self.0)) {
            Some(last) => Work::after(last.work, &last.text, &read, &options),
            None => Work::new(&read, &options),
        };
        Ok(RawWork { annotator: Rc::clone(&self.0), text, work })
    }
}

impl RawAnnotator {
    fn topics(&self, words: Vec<String>, numbers: Vec<f64>) -> Result<HostTopics, Error> {
        let mut last = self.1.borrow_mut();
        match &*last {
            Some((w, n, topics)) if *w == words && *n == numbers => Ok(topics.clone()),
            _ => {
                let topics = flat::read_topics(&words, &numbers)?;
                *last = Some((words, numbers, topics.clone()));
                Ok(topics)
            }
        }
    }
}

/// An annotation in the making; it outlives its annotator.
#[wasm_bindgen]
#[derive(Debug)]
pub struct RawWork {
    annotator: Rc<Annotator>,
    text: String,
    work: Work,
}

#[wasm_bindgen]
impl RawWork {
    /// Reads on for a few sentences, and says whether these were the last.
    pub fn step(&mut self) -> bool {
        self.work.step(&self.annotator, &self.text)
    }

    /// The annotation, after the last step.
    ///
    /// # Errors
    /// If the engine cannot make the objects.
    #[wasm_bindgen(unchecked_return_type = "Annotation")]
    pub fn finish(&mut self) -> Result<JsValue, JsValue> {
        let annotation = self.work.finish(&self.annotator).to_utf16(&self.text);
        let plain_objects = serde_wasm_bindgen::Serializer::new()
            .serialize_maps_as_objects(true)
            .serialize_missing_as_null(true);
        Ok(annotation.serialize(&plain_objects)?)
    }
}

/// Splits `text` into sentences: four numbers each, start and end in UTF-16 code units, kind and paragraph.
/// Needs no model.
#[wasm_bindgen]
pub fn split(text: &str) -> Vec<u32> {
    let read = Text::plain(text);
    let sentences = sentences::split(&read);
    let kinds = kinds::classify(&read, &sentences);
    flat::write_sentences(text, &sentences, &kinds)
}
