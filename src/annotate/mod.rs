//! The one place that knows the order of the stages.

mod memory;
mod part;
mod work;

pub use work::Work;

use crate::annotation::{AnnotatedSentence, Annotation, PairCount, Polarity, Score, Topic};
use crate::kinds::Kind;
use crate::model::Model;
use crate::offsets::{ByteSpan, Bytes};
use crate::options::Options;
use crate::sentences::Sentence;
use crate::stance::{Found, Looked, PolarityScores, Proposed, Reading};
use crate::text::Text;
use crate::topics::SentenceTopics;
use crate::{order, stance, Error};
use std::borrow::Cow;

/// Reads articles with one model. Cheap to share between threads; holds no state between texts.
#[derive(Debug)]
pub struct Annotator {
    model: Model,
}

impl Annotator {
    /// Reads with the given model.
    pub fn new(model: Model) -> Self {
        Annotator { model }
    }

    /// Reads with a model file's bytes.
    ///
    /// # Errors
    /// If the bytes are truncated, altered, of another format version, or lack a tensor.
    pub fn from_bytes(bytes: impl Into<Cow<'static, [u8]>>) -> Result<Self, Error> {
        Model::from_bytes(bytes).map(Annotator::new)
    }

    /// Reads with the fast model that is compiled into the native library.
    #[cfg(not(target_family = "wasm"))]
    pub fn builtin() -> Self {
        Annotator::new(Model::builtin())
    }

    /// The model in use.
    pub fn model(&self) -> &Model {
        &self.model
    }

    /// Annotates plain text, in which a blank line ends a paragraph.
    pub fn annotate(&self, text: &str, options: &Options) -> Annotation<Bytes> {
        self.annotate_text(&Text::plain(text), options)
    }

    /// Annotates text whose paragraphs and their kinds the caller knows, as from a page's markup.
    pub fn annotate_text(&self, text: &Text<'_>, options: &Options) -> Annotation<Bytes> {
        let mut work = Work::new(text, options);
        while !work.step(self, text.source()) {}
        work.finish(self)
    }

    /// Runs every stage up to claims on English text.
    pub fn see<'t>(&self, text: &Text<'t>) -> Seen<'t> {
        work::see(self, text)
    }

    /// The stance `sentence` conveys toward `target` (by `holder`, if given, else by anyone).
    pub fn stance(&self, sentence: &str, target: ByteSpan, holder: Option<ByteSpan>) -> PolarityScores {
        stance::toward(&self.model, sentence, target, holder)
    }
}

/// What each stage saw in a text, in the order of its sentences.
#[derive(Debug)]
pub struct Seen<'t> {
    /// The sentences.
    pub sentences: Vec<Sentence>,
    /// Heading, body, caption or meta.
    pub kinds: Vec<Kind>,
    /// What each is about.
    pub topics: Vec<SentenceTopics>,
    /// What the article is about, best first.
    pub article_topics: Vec<Topic>,
    /// Words, trees, noun groups, voices.
    pub reading: Reading<'t>,
    /// What the small models propose.
    pub proposed: Proposed,
    /// What the encoder says of possible targets.
    pub looked: Vec<Looked>,
}

/// The topics of a text from those of its parts, each with its number of sentences: a topic's score is its share of all.
fn of_parts(mut parts: Vec<(Vec<Topic>, usize)>) -> Vec<Topic> {
    if parts.len() < 2 {
        return parts.pop().map(|(topics, _)| topics).unwrap_or_default();
    }
    let all: usize = parts.iter().map(|(_, n)| n).sum();
    let mut out: Vec<(Topic, f64)> = Vec::new();
    for (topics, n) in parts {
        for topic in topics {
            let share = topic.score.get() * n as f64 / all as f64;
            match out.iter_mut().find(|(t, _)| t.id == topic.id) {
                Some((_, sum)) => *sum += share,
                None => out.push((topic, share)),
            }
        }
    }
    order::sort_by(&mut out, |a, b| b.1.total_cmp(&a.1));
    out.into_iter().map(|(topic, share)| Topic { score: Score::new(share), ..topic }).collect()
}

/// The weakest claim a sentence's stance rests on; without one, how unlikely the likeliest is.
fn confidence(found: &Found) -> Score {
    let weakest = found.claims.iter().map(|s| s.confidence).reduce(|a, b| if b < a { b } else { a });
    weakest.unwrap_or_else(|| Score::new(1.0 - f64::from(found.likeliest)))
}

/// The article's holder-target table, most frequent first, then in reading order.
fn pairs(sentences: &[AnnotatedSentence<Bytes>]) -> Vec<PairCount> {
    let mut table: Vec<PairCount> = Vec::new();
    let mut rows = std::collections::BTreeMap::new();
    for (index, sentence) in sentences.iter().enumerate() {
        for s in &sentence.stances {
            let row = *rows.entry((s.holder.name.clone(), s.target.name.clone())).or_insert_with(|| {
                table.push(PairCount {
                    holder: s.holder.name.clone(),
                    target: s.target.name.clone(),
                    oppose: 0,
                    support: 0,
                    sentences: Vec::new(),
                });
                table.len() - 1
            });
            match s.polarity {
                Polarity::Support => table[row].support += 1,
                Polarity::Oppose => table[row].oppose += 1,
            }
            if table[row].sentences.last() != Some(&index) {
                table[row].sentences.push(index);
            }
        }
    }
    order::sort_by_key(&mut table, |row| std::cmp::Reverse(row.oppose + row.support));
    table
}
