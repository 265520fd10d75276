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
        let sentences = sentences::split(text);
        let kinds = kinds::classify(text, &sentences);
        let (mut annotated, mut subjects) = (Vec::with_capacity(sentences.len()), Vec::new());
        for (sentences, kinds) in sentences.chunks(TOGETHER).zip(kinds.chunks(TOGETHER)) {
            let seen = if language == "en" {
                self.look_at(text, sentences, kinds, options)
            } else {
                Seen::unread(sentences, kinds)
            };
            let found =
                stance::detect(&self.model, sentences, &seen.reading, &seen.proposed, &seen.looked, options);
            let both = sentences.iter().zip(kinds).zip(seen.topics).zip(found);
            annotated.extend(both.map(|(((sentence, kind), topics), found)| AnnotatedSentence {
                span: sentence.span,
                paragraph: sentence.paragraph,
                kind: *kind,
                topics: topics.topics,
                subtopics: topics.subtopics,
                stance: SentenceStance::of(&found.claims),
                confidence: confidence(&found),
                anchor: Anchor::of(text.source(), sentence.span, &found.claims),
                stances: found.claims,
            }));
            subjects.push((seen.article_topics, sentences.len()));
        }
        let sentences = annotated;
        Annotation {
            schema_version: SCHEMA_VERSION,
            language: language.to_owned(),
            model: self.model.info().clone(),
            topics: of_parts(subjects),
            stances: pairs(&sentences),
            sentences,
        }
    }

    /// Runs every stage up to claims on English text.
    pub fn see<'t>(&self, text: &Text<'t>, options: &Options) -> Seen<'t> {
        let sentences = sentences::split(text);
        let kinds = kinds::classify(text, &sentences);
        self.look_at(text, &sentences, &kinds, options)
    }

    fn look_at<'t>(
        &self,
        text: &Text<'t>,
        sentences: &[Sentence],
        kinds: &[Kind],
        options: &Options,
    ) -> Seen<'t> {
        let mut seen = Seen::unread(sentences, kinds);
        if let Some(weights) = self.model.stance() {
            seen.reading = Reading::new(&weights.grammar, text, sentences, kinds);
            seen.proposed = stance::propose_all(weights, &seen.reading);
        }
        let pass = pass::read(&self.model, text, sentences, kinds, &seen.reading, &seen.proposed, options);
        seen.looked = pass.looked;
        (seen.topics, seen.article_topics) =
            topics::classify(&self.model, text, sentences, kinds, pass.topics);
        seen
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
    fn unread(sentences: &[Sentence], kinds: &[Kind]) -> Self {
        let n = sentences.len();
        Seen {
            sentences: sentences.to_vec(),
            kinds: kinds.to_vec(),
            topics: vec![SentenceTopics::default(); n],
            proposed: vec![Vec::new(); n],
            looked: vec![Looked::default(); n],
            ..Seen::default()
        }
    }
}

/// Sentences read as one article at most. A longer text (no article is) is read in parts of this size, so that memory
/// stays bounded: nothing is linked from part to part.
const TOGETHER: usize = 4096;

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
    out.sort_by(|a, b| b.1.total_cmp(&a.1));
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
    table.sort_by_key(|row| std::cmp::Reverse(row.oppose + row.support));
    table
}
