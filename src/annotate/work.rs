//! An annotation in the making: every stage in its turn, in steps of a few sentences.

use super::memory::{Alone, Memory, Proposals};
use super::{confidence, of_parts, pairs, Annotator, Seen};
use crate::anchor::Anchor;
use crate::annotation::{AnnotatedSentence, Annotation, SentenceStance, Topic, SCHEMA_VERSION};
use crate::coreference::Linked;
use crate::entities::Mention;
use crate::kinds::Kind;
use crate::model::Model;
use crate::offsets::Bytes;
use crate::options::{HostTopics, Options};
use crate::sentences::Sentence;
use crate::stance::{Found, Known, Looked, Proposed, Reader, Reading};
use crate::syntax::Parsed;
use crate::text::Text;
use crate::tokens::{needs_case, Cases};
use crate::topics::{Conclusion, Learned, Learning, SentenceTopics};
use crate::{kinds, language, sentences, stance, topics};
use std::mem::take;
use std::ops::Range;
use std::sync::Arc;

/// Sentences read as one article at most. A longer text (no article is) is read in parts of this size, so that memory
/// stays bounded: nothing is linked from part to part.
const TOGETHER: usize = 4096;

/// Sentences a step takes.
const STEP: usize = 4;

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

/// What the stages have said of the sentences under way.
#[derive(Debug, Default)]
struct Part {
    /// What is remembered of sentences still to be read; empty if nothing is.
    recalled: Vec<Option<Alone>>,
    cases: Cases,
    other_topics: bool,
    host: Option<Arc<Learned>>,
    words: Vec<topics::Own>,
    parsed: Vec<(Parsed, Vec<Mention>)>,
    readers: Vec<Reader>,
    /// What was proposed before the text changed.
    before: Vec<Option<Proposals>>,
    linked: Linked,
    proposed: Proposed,
    looked: Vec<Looked>,
    conclusion: Conclusion,
    topics: Vec<SentenceTopics>,
    subjects: Vec<Topic>,
}

/// What the next step does, and at which sentence of the part.
#[derive(Debug, Clone, Copy)]
enum Next {
    /// What needs no other sentence.
    Read(usize),
    /// Who is who in all of them.
    Link,
    /// What the small models propose.
    Propose(usize),
    /// What the encoder says.
    Encode(usize),
    /// What all of them are about.
    Conclude,
    /// What is claimed.
    Claim(usize),
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
        let n = self.range.len();
        let recalled = self.recalled.get_mut(self.range.clone()).unwrap_or_default();
        let recalled = recalled.iter_mut().map(Option::take).collect();
        self.part = Part { recalled, other_topics: self.other_topics, ..Part::default() };
        if self.language == "en" {
            self.next = Next::Read(0);
        } else {
            // Of another language we read nothing.
            self.part.looked = vec![Looked::default(); n];
            self.part.proposed = vec![Vec::new(); n];
            self.part.topics = vec![SentenceTopics::default(); n];
            self.next = Next::Claim(0);
        }
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
            self.next = self.part.step(self.next, model, source, sentences, kinds, &self.options);
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

impl Part {
    fn step(
        &mut self,
        next: Next,
        model: &Model,
        source: &str,
        sentences: &[Sentence],
        kinds: &[Kind],
        options: &Options,
    ) -> Next {
        let n = sentences.len();
        match next {
            Next::Read(from) => {
                let (mut at, mut anew) = (from, 0);
                if from == 0 {
                    self.cases = Cases::of(source, sentences, kinds);
                }
                while at < n && anew < STEP {
                    // A headline that needs the rest of the article is read anew with it.
                    let alone = !needs_case(sentences[at].span.of(source), kinds[at]);
                    let recalled = self.recalled.get_mut(at).and_then(Option::take).filter(|_| alone);
                    anew += usize::from(recalled.is_none());
                    let words =
                        || topics::read(model, source, sentences[at], kinds[at], self.host.as_deref());
                    let recalled = match recalled {
                        Some(alone) if self.other_topics => {
                            // Where the encoder is to be heard about the new topics, it reads the sentence again.
                            let hears = topics::hears(model);
                            let looked = if hears { Looked::default() } else { alone.looked };
                            Some(Alone { words: words(), looked, ..alone })
                        }
                        other => other,
                    };
                    let alone = recalled.unwrap_or_else(|| Alone {
                        words: words(),
                        read: model
                            .stance()
                            .map(|w| stance::read(&w.grammar, &self.cases, source, sentences[at], kinds[at])),
                        proposals: None,
                        looked: Looked::default(),
                    });
                    self.words.push(alone.words);
                    self.parsed.extend(alone.read);
                    self.before.push(alone.proposals);
                    self.looked.push(alone.looked);
                    at += 1;
                }
                if at < n {
                    Next::Read(at)
                } else {
                    Next::Link
                }
            }
            Next::Link => {
                if model.stance().is_some() {
                    let parsed = take(&mut self.parsed);
                    self.keep(Reading::join(source, parsed, sentences, kinds));
                }
                Next::Propose(0)
            }
            Next::Propose(from) => {
                let to = n.min(from + STEP);
                for at in from..to {
                    let proposed = model.stance().map(|weights| {
                        let reader = &self.readers[at];
                        let before = self.before[at].take().and_then(|p| p.of(&reader.voices));
                        before.unwrap_or_else(|| stance::propose(weights, reader))
                    });
                    self.proposed.push(proposed.unwrap_or_default());
                }
                if to < n {
                    Next::Propose(to)
                } else {
                    Next::Encode(0)
                }
            }
            Next::Encode(from) => {
                let reading = self.reading(source);
                let known = Known { sentences, reading: &reading, proposed: &self.proposed, options };
                let words = &mut self.words;
                let host = self.host.as_deref();
                let hear =
                    topics::hears(model).then_some(|numbers: &[usize], windows: &[_], below: &[f32]| {
                        let heard = topics::hear(model, windows, below);
                        numbers
                            .iter()
                            .zip(heard)
                            .for_each(|(&number, heard)| words[number].hear(model, heard, host));
                    });
                let to = stance::look(model, kinds, &known, from, &mut self.looked, hear);
                self.keep(reading);
                if to < n {
                    Next::Encode(to)
                } else {
                    Next::Conclude
                }
            }
            Next::Conclude => {
                if let Some(topics) = &options.topics {
                    (self.topics, self.subjects) = topics::conclude_host(topics, &self.words);
                } else if self.conclusion.step(model, &self.words, STEP) {
                    self.subjects = self.conclusion.article(model);
                    self.topics = take(&mut self.conclusion.sentences);
                } else {
                    return Next::Conclude;
                }
                Next::Claim(0)
            }
            Next::Claim(_) => next,
        }
    }

    /// What was read, out of its place for as long as the text is at hand; [`Part::keep`] puts it back.
    fn reading<'t>(&mut self, source: &'t str) -> Reading<'t> {
        Reading { source, sentences: take(&mut self.readers), linked: take(&mut self.linked) }
    }

    fn keep(&mut self, reading: Reading<'_>) {
        (self.readers, self.linked) = (reading.sentences, reading.linked);
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
