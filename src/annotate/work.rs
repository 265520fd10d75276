//! An annotation in the making: every stage in its turn, in steps of a few sentences.

use super::memory::{Alone, Memory, Proposals};
use super::part::{Given, Next, Part, STEP};
use super::{confidence, of_parts, pairs, Annotator, Seen};
use crate::anchor::Anchor;
use crate::annotation::{AnnotatedSentence, Annotation, SentenceStance, Topic, SCHEMA_VERSION};
use crate::kinds::Kind;
use crate::model::Model;
use crate::offsets::Bytes;
use crate::options::{HostTopics, Options};
use crate::sentences::Sentence;
use crate::stance::Found;
use crate::text::Text;
use crate::topics::{Learned, Learning, SentenceTopics};
use crate::{kinds, language, sentences, stance, topics};
use std::mem::take;
use std::ops::Range;
use std::sync::Arc;

/// Sentences read as one article at most. A longer text (no article is) is read in parts of this size, so that memory
/// stays bounded: nothing is linked from part to part.
const TOGETHER: usize = 4096;

/// An annotation in the making, in steps that take a time bounded by the length of a few sentences: for a page,
/// which must answer its reader in between.
///
/// ```
/// use standpoint::{annotate::Work, text::Text, Annotator, Options};
/// let annotator = Annotator::builtin();
/// let text = Text::plain("The union backed the bill.");
/// let mut work = Work::new(&text, &Options::default());
/// while !work.step(&annotator, text.source()) {}
/// assert_eq!(work.finish(&annotator).sentences.len(), 1);
/// ```
#[derive(Debug)]
pub struct Work {
    options: Options,
    language: String,
    sentences: Vec<Sentence>,
    kinds: Vec<Kind>,
    /// What is remembered of those of the parts to come; empty if nothing is.
    recalled: Vec<Option<Alone>>,
    /// Whether what is remembered was read for other topics than are asked about.
    other_topics: bool,
    learning: Option<Learning>,
    /// What the model makes of the host's topics, once that is known.
    host: Option<Arc<Learned>>,
    /// The sentences under way, and what has been seen of them.
    range: Range<usize>,
    part: Part,
    next: Next,
    annotated: Vec<AnnotatedSentence<Bytes>>,
    /// The topics of each part, with its number of sentences.
    subjects: Vec<(Vec<Topic>, usize)>,
}

impl Work {
    /// Cuts the text into sentences; the rest is left to the steps.
    pub fn new(text: &Text<'_>, options: &Options) -> Self {
        let language = match options.language.as_deref() {
            Some(tag) if language::is_english(tag) => "en",
            Some(tag) => tag,
            None => language::detect(text.source()),
        };
        Self::in_parts(text, options, language, TOGETHER)
    }

    /// As [`Work::new`], for a text that `last` was about before it changed, with the same annotator: what is the same in
    /// both need not be read again. The annotation is the same as without `last`, which takes a multiple of the time.
    ///
    /// ```
    /// use standpoint::{annotate::Work, text::Text, Annotator, Options};
    /// let annotator = Annotator::builtin();
    /// let (old, new) = ("The union backed the bill.", "It rained. The union backed the bill.");
    /// let read = |mut work: Work, text: &str| {
    ///     while !work.step(&annotator, text) {}
    ///     (work.finish(&annotator), work)
    /// };
    /// let (_, last) = read(Work::new(&Text::plain(old), &Options::default()), old);
    /// let (again, _) = read(Work::after(last, old, &Text::plain(new), &Options::default()), new);
    /// assert_eq!(again, annotator.annotate(new, &Options::default()));
    /// ```
    pub fn after(last: Work, last_source: &str, text: &Text<'_>, options: &Options) -> Self {
        let mut work = Work::new(text, options);
        work.other_topics = !HostTopics::same(last.options.topics.as_ref(), options.topics.as_ref());
        work.recalled = last.remember(last_source).recall(text.source(), &work.sentences, &work.kinds);
        work.open(0, TOGETHER);
        work
    }

    /// What was read of the sentences under way: all of them, unless there were more than are read together. Nothing if
    /// that was not done.
    pub(super) fn remember(mut self, source: &str) -> Memory<'_> {
        if !matches!(self.next, Next::Claim(_)) {
            self.part = Part::default();
        }
        let Part { words, readers, proposed, looked, .. } = self.part;
        let places = self.sentences.into_iter().zip(self.kinds).skip(self.range.start);
        let mut read = readers.into_iter().zip(proposed);
        let alone = words.into_iter().zip(looked).map(|(words, looked)| {
            let (reader, all) = read.next().unzip();
            let (read, voices) = reader.map(|r| ((r.parsed, r.mentions), r.voices)).unzip();
            let proposals = all.zip(voices).map(|(all, voices)| Proposals { all, voices });
            Alone { words, read, proposals, looked }
        });
        Memory { source, sentences: places.collect(), alone: alone.collect() }
    }

    fn in_parts(text: &Text<'_>, options: &Options, language: &str, together: usize) -> Self {
        let sentences = sentences::split(text);
        let kinds = kinds::classify(text, &sentences);
        let mut work = Work {
            options: options.clone(),
            language: language.to_owned(),
            range: 0..0,
            part: Part::default(),
            next: Next::Claim(0),
            annotated: Vec::with_capacity(sentences.len()),
            subjects: Vec::new(),
            sentences,
            kinds,
            recalled: Vec::new(),
            other_topics: false,
            learning: None,
            host: None,
        };
        work.open(0, together);
        work
    }

    /// Begins with the part that starts at a sentence.
    fn open(&mut self, start: usize, together: usize) {
        self.range = start..self.sentences.len().min(start.saturating_add(together));
        let recalled = self.recalled.get_mut(self.range.clone()).unwrap_or_default();
        let recalled = recalled.iter_mut().map(Option::take).collect();
        (self.part, self.next) = if self.language == "en" {
            (Part::new(recalled, self.other_topics), Next::Read(0))
        } else {
            // Of another language we read nothing.
            (Part::unread(self.range.len()), Next::Claim(0))
        };
    }

    /// Goes on, with the same annotator and text each time, and says whether that was the last step.
    pub fn step(&mut self, annotator: &Annotator, source: &str) -> bool {
        let model = annotator.model();
        if matches!(self.next, Next::Read(0)) && !self.learn(model) {
            return false;
        }
        if let Next::Claim(from) = self.next {
            let to = self.claim(model, source, from);
            self.next = Next::Claim(to);
            if to < self.range.len() {
                return false;
            }
            self.subjects.push((take(&mut self.part.subjects), self.range.len()));
            if self.range.end == self.sentences.len() {
                return true;
            }
            self.open(self.range.end, TOGETHER);
        } else {
            let (sentences, kinds) = (&self.sentences[self.range.clone()], &self.kinds[self.range.clone()]);
            let given = Given { model, source, sentences, kinds, options: &self.options };
            self.next = self.part.step(self.next, &given);
        }
        false
    }

    /// Learns the host's topics, if there are any, and says whether they are known.
    fn learn(&mut self, model: &Model) -> bool {
        let Some(topics) = &self.options.topics else { return true };
        if self.host.is_none() {
            self.host = match &mut self.learning {
                Some(learning) => learning.step(model),
                None => topics::learned(topics, model),
            };
            if self.host.is_none() && self.learning.is_none() {
                self.learning = Some(Learning::new(topics, model));
            }
        }
        self.part.host.clone_from(&self.host);
        self.host.is_some()
    }

    /// Claims what there is to claim about some sentences, and returns where the next begin.
    fn claim(&mut self, model: &Model, source: &str, from: usize) -> usize {
        let to = self.range.len().min(from + STEP);
        let sentences = &self.sentences[self.range.clone()];
        let part = &mut self.part;
        let reading = part.reading(source);
        for at in from..to {
            let (proposed, looked) = (&part.proposed[at], &part.looked[at]);
            let found = stance::find(model, sentences, &reading, at, proposed, looked, &self.options);
            let kind = self.kinds[self.range.start + at];
            self.annotated.push(annotated(source, sentences[at], kind, take(&mut part.topics[at]), found));
        }
        part.keep(reading);
        to
    }

    /// The annotation, after the last step.
    pub fn finish(&mut self, annotator: &Annotator) -> Annotation<Bytes> {
        let sentences = take(&mut self.annotated);
        Annotation {
            schema_version: SCHEMA_VERSION,
            language: self.language.clone(),
            model: annotator.model().info().clone(),
            topics: of_parts(take(&mut self.subjects)),
            stances: pairs(&sentences),
            sentences,
        }
    }
}

fn annotated(
    source: &str,
    Sentence { span, paragraph }: Sentence,
    kind: Kind,
    topics: SentenceTopics,
    found: Found,
) -> AnnotatedSentence<Bytes> {
    AnnotatedSentence {
        span,
        paragraph,
        kind,
        topics: topics.topics,
        subtopics: topics.subtopics,
        stance: SentenceStance::of(&found.claims),
        confidence: confidence(&found),
        anchor: Anchor::of(source, span, &found.claims),
        stances: found.claims,
    }
}

/// Runs every stage up to claims on English text, as one part.
pub(super) fn see<'t>(annotator: &Annotator, text: &Text<'t>) -> Seen<'t> {
    let mut work = Work::in_parts(text, &Options::default(), "en", usize::MAX);
    while !matches!(work.next, Next::Claim(_)) {
        work.step(annotator, text.source());
    }
    let reading = work.part.reading(text.source());
    Seen {
        sentences: work.sentences,
        kinds: work.kinds,
        topics: work.part.topics,
        article_topics: work.part.subjects,
        reading,
        proposed: work.part.proposed,
        looked: work.part.looked,
    }
}
