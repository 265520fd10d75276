//! What a sentence and the article are about, as IPTC Media Topics.
//!
//! A sentence is a bag of words, word pairs and word beginnings; each that the model knows has a short vector,
//! and one linear head a concept reads their sum (as fastText does: Joulin et al., EACL 2017). What the
//! neighbours and the whole article are about counts too (`context.rs`), and calibrated scores above each
//! concept's own threshold become claims (`decide.rs`).

mod context;
mod decide;
mod encoded;
mod features;
mod host;
mod weights;

pub(crate) use host::Heard;
pub use host::{learned, Learned, Learning};
pub use weights::TopicWeights;

use crate::annotation::Topic;
use crate::data::mediatopics;
use crate::encoder::Window;
use crate::kinds::Kind;
use crate::model::Model;
use crate::offsets::ByteSpan;
use crate::options::HostTopics;
use crate::sentences::Sentence;

/// The topics of one sentence.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct SentenceTopics {
    /// Level 1, best first.
    pub topics: Vec<Topic>,
    /// Levels 2 and 3, best first; their level-1 ancestors are among `topics`.
    pub subtopics: Vec<Topic>,
}

/// What the words of a sentence say of its topics, read by themselves; [`Conclusion`] reads them in their article. `host`: of the
/// host's topics, in the place of the Media Topics.
pub fn read(model: &Model, source: &str, sentence: Sentence, kind: Kind, host: Option<&Learned>) -> Own {
    let text = sentence.span.of(source);
    if kind == Kind::Meta || !text.contains(char::is_alphanumeric) {
        return Own::Nothing;
    }
    match (host, model.topics()) {
        (Some(host), _) => host.say(model, text).map_or(Own::Nothing, Own::Host),
        (None, Some(weights)) => Own::Media(read_words(weights, text)),
        (None, None) => Own::Nothing,
    }
}

/// What [`read`] gives; nothing for a `meta` sentence.
#[derive(Debug)]
#[allow(private_interfaces)]
pub enum Own {
    /// No words that say anything.
    Nothing,
    /// Of the Media Topics.
    Media(context::Own),
    /// Of the host's.
    Host(host::Said),
}

/// As [`Conclusion`], of the host's topics, all at once.
pub fn conclude_host(topics: &HostTopics, all: &[Own]) -> (Vec<SentenceTopics>, Vec<Topic>) {
    let mut claims = vec![SentenceTopics::default(); all.len()];
    let said = all.iter().enumerate().filter_map(|(i, own)| match own {
        Own::Host(said) => Some((i, said)),
        _ => None,
    });
    let (places, said): (Vec<usize>, Vec<&host::Said>) = said.unzip();
    let (found, article) = host::conclude(topics, &said);
    for (place, topics) in places.into_iter().zip(found) {
        claims[place] = topics;
    }
    (claims, article)
}

/// Whether the model's encoder has something to say of topics too when it reads the sentences: of the Media Topics, or of a
/// host's.
pub(crate) fn hears(model: &Model) -> bool {
    model.reads_sentences() && model.topics().is_some_and(|weights| weights.encoded.is_some())
}

/// What the encoder hears in each of the windows; `below`: the vectors of their pieces below the marks, if the encoder has
/// such.
pub(crate) fn hear(model: &Model, windows: &[Window], below: &[f32]) -> Vec<Heard> {
    let encoded = model.topics().and_then(|weights| weights.encoded.as_ref());
    match model.encoder().zip(encoded) {
        Some((encoder, encoded)) => encoded.hear(encoder, windows, below),
        None => vec![Heard::default(); windows.len()],
    }
}

impl Own {
    fn media(&self) -> Option<&context::Own> {
        match self {
            Own::Media(own) => Some(own),
            _ => None,
        }
    }

    /// Keeps what the encoder hears, in the place of what it heard before; `host` as in [`read`].
    pub(crate) fn hear(&mut self, model: &Model, heard: Heard, host: Option<&Learned>) {
        match (self, host) {
            (Own::Media(own), _) => own.encoded = heard.logits,
            (Own::Host(said), Some(host)) => host.hear(model, said, &heard),
            _ => {}
        }
    }
}

/// The topics of every sentence and of the whole article, concluded a few sentences at a time from what [`read`] gave for each.
/// `meta` sentences have none.
///
/// An article topic's score is the share of the article that is about it. A model without topics claims none.
#[derive(Debug, Default)]
pub struct Conclusion {
    together: Vec<context::Together>,
    /// How many of the sentences, without `meta` ones, are in it.
    gathered: usize,
    shares: decide::Shares,
    /// The topics of the sentences concluded so far, in order.
    pub sentences: Vec<SentenceTopics>,
}

impl Conclusion {
    /// Goes on with `count` sentences, the same `all` each time, and says whether all is done: first it gathers what they say
    /// together, then concludes for each.
    pub fn step(&mut self, model: &Model, all: &[Own], count: usize) -> bool {
        let Some(weights) = model.topics() else {
            self.sentences.resize(all.len(), SentenceTopics::default());
            return true;
        };
        let told: Vec<&context::Own> = all.iter().filter_map(Own::media).collect();
        if self.gathered < told.len() {
            let to = told.len().min(self.gathered + count);
            context::gather(&mut self.together, weights, &told[self.gathered..to]);
            self.gathered = to;
            return false;
        }
        let from = self.sentences.len();
        let to = all.len().min(from + count);
        let mut place = all[..from].iter().filter_map(Own::media).count();
        for own in &all[from..to] {
            let mut topics = SentenceTopics::default();
            if let Some(own) = own.media() {
                let logits = context::read(weights, &told, &self.together, place);
                place += 1;
                let labels = weights.labels.iter().zip(logits);
                let scores: Vec<f64> =
                    labels.map(|(label, z)| z.map_or(0.0, |z| decide::probability(label, z))).collect();
                if own.features > 0 || !own.encoded.is_empty() {
                    topics = decide::sentence(weights, &scores);
                }
                self.shares.add(weights, &scores, own.features);
            }
            self.sentences.push(topics);
        }
        to == all.len()
    }

    /// The article's topics, best first, after the last step.
    pub fn article(&self, model: &Model) -> Vec<Topic> {
        model.topics().map(|weights| self.shares.article(weights)).unwrap_or_default()
    }
}

/// The words of `sentence` that raised a topic's score, strongest first, each with what it adds to the logit.
///
/// Spans, of a word or of two neighbouring ones, count from the start of `sentence`. Empty if the model does not
/// know the topic or no word speaks for it.
///
/// ```
/// use standpoint::{topics, Annotator};
/// let annotator = Annotator::builtin();
/// let sentence = "Voters elected a new parliament.";
/// let words = topics::explain(annotator.model(), sentence, "medtop:11000000");
/// assert!(words.iter().all(|(span, weight)| *weight > 0.0 && span.end <= sentence.len()));
/// ```
pub fn explain(model: &Model, sentence: &str, qcode: &str) -> Vec<(ByteSpan, f32)> {
    let code = qcode.strip_prefix("medtop:").unwrap_or(qcode);
    let Some(weights) = model.topics() else { return Vec::new() };
    let Some(concept) = mediatopics::find(code) else { return Vec::new() };
    let Some(label) = weights.labels.iter().position(|l| l.concept == concept) else { return Vec::new() };
    let mut known = Vec::new();
    features::read(sentence, |f| known.extend(weights.vector(f.hash).map(|vector| (f.span, vector))));
    let mut words: Vec<(ByteSpan, f32)> = Vec::new();
    for (span, vector) in &known {
        let weight = weights.contribution(vector, label, known.len());
        // A word's features come within three of each other.
        match words.iter_mut().rev().take(3).find(|(s, _)| s == span) {
            Some((_, sum)) => *sum += weight,
            None => words.push((*span, weight)),
        }
    }
    words.retain(|(_, weight)| *weight > 0.0);
    words.sort_by(|a, b| b.1.total_cmp(&a.1));
    words
}

fn read_words(weights: &TopicWeights, sentence: &str) -> context::Own {
    let mut sum = vec![0i32; weights.dims()];
    let mut features = 0;
    features::read(sentence, |feature| {
        let Some(vector) = weights.vector(feature.hash) else { return };
        features += 1;
        for (s, &v) in sum.iter_mut().zip(vector) {
            *s += i32::from(v);
        }
    });
    context::Own { words: weights.logits(&sum, features), encoded: Vec::new(), features }
}
