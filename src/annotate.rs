//! The one place that knows the order of the stages.

use crate::anchor::Anchor;
use crate::annotation::{
    AnnotatedSentence, Annotation, PairCount, Polarity, Score, SentenceStance, SCHEMA_VERSION,
};
use crate::model::Model;
use crate::offsets::{ByteSpan, Bytes};
use crate::options::Options;
use crate::stance::{Found, PolarityScores};
use crate::text::Text;
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
        let sentences = sentences::split(text);
        let kinds = kinds::classify(text, &sentences);
        let (topics, article_topics, stances) = if language == "en" {
            let (topics, article) = topics::classify(&self.model, text, &sentences, &kinds);
            (topics, article, stance::detect(&self.model, text, &sentences, &kinds, options))
        } else {
            (vec![Default::default(); sentences.len()], Vec::new(), vec![Found::default(); sentences.len()])
        };
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

    /// The stance `sentence` conveys toward `target` (by `holder`, if given, else by anyone).
    pub fn stance(&self, sentence: &str, target: ByteSpan, holder: Option<ByteSpan>) -> PolarityScores {
        stance::toward(&self.model, sentence, target, holder)
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
