//! What a caller may ask of one annotation.

use crate::error::Error;
use std::any::Any;
use std::sync::{Arc, OnceLock};

/// Options of [`crate::Annotator::annotate`]. Start from `Options::default()`.
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct Options {
    /// Claims below this confidence (0 to 1) are left out. `None`: the model's own thresholds, chosen for
    /// precision. `Some(0.0)` shows everything proposed.
    pub min_confidence: Option<f64>,
    /// Names the caller wants the stance toward, besides those the article itself brings up.
    pub targets: Vec<String>,
    /// The language the caller knows the text to be in (BCP 47, such as `en-GB`). `None`: detected.
    pub language: Option<String>,
    /// The caller's own topics, which then take the place of the Media Topics.
    pub topics: Option<HostTopics>,
}

/// A topic of the caller's own, told in words. A model that has never heard of it finds it by what these mean.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct HostTopic {
    /// Given back as it is; an IRI, if the result is to be Web Annotations.
    pub id: String,
    /// Its name, in English. Given back as it is, and read.
    pub label: String,
    /// A sentence that says what belongs to it, or empty.
    pub description: String,
    /// Sentences that are about it; the more, the surer. None are needed.
    pub examples: Vec<String>,
    /// Least score (0 to 1) at which it is claimed. `None`: the model's own threshold.
    pub threshold: Option<f64>,
}

/// Topics a caller has defined, checked. What a model makes of them is kept for the next text: clone this, do not make it anew.
///
/// ```
/// use standpoint::options::{HostTopic, HostTopics};
/// use standpoint::{Annotator, Options};
/// let topic = |id: &str, label: &str, description: &str| HostTopic {
///     id: id.into(),
///     label: label.into(),
///     description: description.into(),
///     ..HostTopic::default()
/// };
/// let mut options = Options::default();
/// options.topics = Some(HostTopics::new(vec![
///     topic("sea", "Shipping", "Ports, ferries, freight and the people who work at sea."),
///     topic("school", "Schools", "Teachers, pupils, lessons and examinations."),
/// ])?);
/// let annotation = Annotator::builtin().annotate("The port has a new ferry.", &options);
/// assert!(annotation.topics.iter().all(|topic| topic.id == "sea" || topic.id == "school"));
/// # Ok::<(), standpoint::Error>(())
/// ```
#[derive(Debug, Clone)]
pub struct HostTopics {
    topics: Arc<[HostTopic]>,
    /// What the first model that read them made of them; `topics` alone knows its shape.
    pub(crate) learned: Arc<OnceLock<Arc<dyn Any + Send + Sync>>>,
}

impl HostTopics {
    /// Topics at most.
    pub const MOST: usize = 200;
    /// Bytes of an id or label at most, and of a description or example.
    pub const LONGEST: [usize; 2] = [500, 10_000];
    /// Examples of all topics at most.
    pub const MOST_EXAMPLES: usize = 5_000;

    /// Checks them.
    ///
    /// # Errors
    /// With code `options-invalid`: an id or label that is blank, an id that occurs twice, a threshold that is not from 0 to 1,
    /// more or longer ones than the limits above.
    pub fn new(topics: Vec<HostTopic>) -> Result<Self, Error> {
        let wrong = |what: String| Err(Error::options(format!("topics: {what}")));
        if topics.len() > Self::MOST {
            return wrong(format!("{} are more than {}", topics.len(), Self::MOST));
        }
        let examples: usize = topics.iter().map(|topic| topic.examples.len()).sum();
        if examples > Self::MOST_EXAMPLES {
            return wrong(format!("{examples} examples are more than {}", Self::MOST_EXAMPLES));
        }
        let [name, text] = Self::LONGEST;
        for (i, topic) in topics.iter().enumerate() {
            let HostTopic { id, label, description, examples, threshold } = topic;
            if id.trim().is_empty() || label.trim().is_empty() {
                return wrong(format!("number {i} has a blank id or label"));
            }
            if id.len().max(label.len()) > name {
                return wrong(format!("number {i} has an id or label longer than {name} bytes"));
            }
            if examples.iter().map(String::len).fold(description.len(), usize::max) > text {
                return wrong(format!("number {i} has a description or example longer than {text} bytes"));
            }
            if threshold.is_some_and(|threshold| !(0.0..=1.0).contains(&threshold)) {
                return wrong(format!("number {i} has a threshold that is not from 0 to 1"));
            }
            if topics[..i].iter().any(|other| other.id == *id) {
                return wrong(format!("the id of number {i} occurs twice"));
            }
        }
        Ok(HostTopics { topics: topics.into(), learned: Arc::default() })
    }

    /// Whether two lists are one and the same: clones of each other, or both none.
    pub(crate) fn same(a: Option<&Self>, b: Option<&Self>) -> bool {
        match (a, b) {
            (Some(a), Some(b)) => Arc::ptr_eq(&a.topics, &b.topics),
            (a, b) => a.is_none() && b.is_none(),
        }
    }

    /// They, in the caller's order.
    pub fn all(&self) -> &[HostTopic] {
        &self.topics
    }
}
