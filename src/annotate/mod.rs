//! The one place that knows the order of the stages.

mod pass;

use crate::anchor::Anchor;
use crate::annotation::{
    AnnotatedSentence, Annotation, PairCount, Polarity, Score, SentenceStance, Topic, SCHEMA_VERSION,
};
use crate::kinds::Kind;
use crate::model::Model;
use crate::offsets::{ByteSpan, Bytes};
use crate::options::Options;
use crate::sentences::Sentence;
use crate::stance::{Found, Looked, PolarityScores, Proposed, Reading};
use crate::text::Text;
use crate::topics::SentenceTopics;
use crate::{kinds, language, sentences, stance, topics, Error};
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
        let language = match &options.language {
            Some(tag) if tag.eq_ignore_ascii_case("en") || tag.to_ascii_lowercase().starts_with("en-") => {
                "en"
            }
            Some(_) => "und",
            None => language::detect(text.source()),
        };
        let Seen { sentences, kinds, topics, article_topics, reading, proposed, looked } =
            if language == "en" { self.see(text) } else { Seen::unread(text) };
        let stances = stance::detect(&self.model, &sentences, &reading, &proposed, &looked, options);
        let sentences: Vec<_> = sentences
            .iter()
            .zip(kinds)
            .zip(topics)
            .zip(stances)
            .map(|(((sentence, kind), topics), found)| AnnotatedSentence {
                span: sentence.span,
                paragraph: sentence.paragraph,
                kind,
                topics: topics.topics,
                subtopics: topics.subtopics,
                stance: SentenceStance::of(&found.claims),
                confidence: confidence(&found),
                anchor: Anchor::of(text.source(), sentence.span, &found.claims),
                stances: found.claims,
            })
            .collect();
        Annotation {
            schema_version: SCHEMA_VERSION,
            language: language.to_owned(),
            model: self.model.info().clone(),
            topics: article_topics,
            stances: pairs(&sentences),
            sentences,
        }
    }

    /// Runs every stage up to claims on English text.
    pub fn see<'t>(&self, text: &Text<'t>) -> Seen<'t> {
        let Seen { sentences, kinds, .. } = Seen::unread(text);
        let (reading, proposed) = match self.model.stance() {
            Some(weights) => {
                let reading = Reading::new(&weights.grammar, text, &sentences, &kinds);
                let proposed = stance::propose_all(weights, &reading);
                (reading, proposed)
            }
            None => (Reading::default(), vec![Vec::new(); sentences.len()]),
        };
        let pass = pass::read(&self.model, text, &sentences, &kinds, &reading, &proposed);
        let (topics, article_topics) = topics::classify(&self.model, text, &sentences, &kinds, pass.topics);
        Seen { sentences, kinds, topics, article_topics, reading, proposed, looked: pass.looked }
    }

    /// The stance `sentence` conveys toward `target` (by `holder`, if given, else by anyone).
    pub fn stance(&self, sentence: &str, target: ByteSpan, holder: Option<ByteSpan>) -> PolarityScores {
        stance::toward(&self.model, sentence, target, holder)
    }
}

/// What each stage saw in a text, in the order of its sentences.
#[derive(Debug, Default)]
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

impl Seen<'_> {
    /// Sentences and kinds only, as of a text in another language.
    fn unread(text: &Text<'_>) -> Self {
        let sentences = sentences::split(text);
        let kinds = kinds::classify(text, &sentences);
        let topics = vec![SentenceTopics::default(); sentences.len()];
        Seen { sentences, kinds, topics, ..Seen::default() }
    }
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
    table.sort_by_key(|row| std::cmp::Reverse(row.oppose + row.support));
    table
}
