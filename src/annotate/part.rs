//! The sentences that are read as one article: every stage up to what is claimed, in steps of a few of them.

use super::memory::{Alone, Proposals};
use crate::annotation::Topic;
use crate::coreference::Linked;
use crate::entities::Mention;
use crate::kinds::Kind;
use crate::model::Model;
use crate::options::Options;
use crate::sentences::Sentence;
use crate::stance::{Known, Looked, Proposed, Reader, Reading};
use crate::syntax::Parsed;
use crate::tokens::{needs_case, Cases};
use crate::topics::{Conclusion, Learned, SentenceTopics};
use crate::{stance, topics};
use std::mem::take;
use std::sync::Arc;

/// Sentences a step takes.
pub(super) const STEP: usize = 4;

/// What the stages have said of the sentences under way.
#[derive(Debug, Default)]
pub(super) struct Part {
    /// What is remembered of sentences still to be read; empty if nothing is.
    recalled: Vec<Option<Alone>>,
    cases: Cases,
    /// Whether those were read for other topics than are asked about.
    other_topics: bool,
    pub host: Option<Arc<Learned>>,
    pub words: Vec<topics::Own>,
    parsed: Vec<(Parsed, Vec<Mention>)>,
    pub readers: Vec<Reader>,
    /// What was proposed before the text changed.
    before: Vec<Option<Proposals>>,
    linked: Linked,
    pub proposed: Proposed,
    pub looked: Vec<Looked>,
    conclusion: Conclusion,
    pub topics: Vec<SentenceTopics>,
    pub subjects: Vec<Topic>,
}

/// What the next step does, and at which sentence of the part.
#[derive(Debug, Clone, Copy)]
pub(super) enum Next {
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

/// What does not change from step to step.
#[derive(Debug, Clone, Copy)]
pub(super) struct Given<'g> {
    pub model: &'g Model,
    pub source: &'g str,
    pub sentences: &'g [Sentence],
    pub kinds: &'g [Kind],
    pub options: &'g Options,
}

impl Part {
    /// `recalled`, `other_topics`: as in the fields.
    pub fn new(recalled: Vec<Option<Alone>>, other_topics: bool) -> Self {
        Part { recalled, other_topics, ..Part::default() }
    }

    /// So many sentences of which nothing is said.
    pub fn unread(n: usize) -> Self {
        Part {
            looked: vec![Looked::default(); n],
            proposed: vec![Vec::new(); n],
            topics: vec![SentenceTopics::default(); n],
            ..Part::default()
        }
    }

    /// Does a step, and says which is the next.
    pub fn step(&mut self, next: Next, given: &Given<'_>) -> Next {
        let n = given.sentences.len();
        let or = |at: usize, more: fn(usize) -> Next, then| if at < n { more(at) } else { then };
        match next {
            Next::Read(from) => or(self.read(from, given), Next::Read, Next::Link),
            Next::Link => {
                self.link(given);
                Next::Propose(0)
            }
            Next::Propose(from) => or(self.propose(from, given), Next::Propose, Next::Encode(0)),
            Next::Encode(from) => or(self.encode(from, given), Next::Encode, Next::Conclude),
            Next::Conclude if self.conclude(given) => Next::Claim(0),
            Next::Conclude | Next::Claim(_) => next,
        }
    }

    /// Reads some sentences by themselves, and returns where the next begin. (So all that begin with a number.)
    fn read(&mut self, from: usize, given: &Given<'_>) -> usize {
        let Given { model, source, sentences, kinds, .. } = *given;
        let (mut at, mut anew) = (from, 0);
        if from == 0 {
            self.cases = Cases::of(source, sentences, kinds);
        }
        while at < sentences.len() && anew < STEP {
            // A headline that needs the rest of the article is read anew with it.
            let alone = !needs_case(sentences[at].span.of(source), kinds[at]);
            let recalled = self.recalled.get_mut(at).and_then(Option::take).filter(|_| alone);
            anew += usize::from(recalled.is_none());
            let words = || topics::read(model, source, sentences[at], kinds[at], self.host.as_deref());
            let recalled = match recalled {
                Some(alone) if self.other_topics => {
                    // Where the encoder is to be heard about the new topics, it reads the sentence again.
                    let looked = if topics::hears(model) { Looked::default() } else { alone.looked };
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
        at
    }

    fn link(&mut self, given: &Given<'_>) {
        if given.model.stance().is_some() {
            let parsed = take(&mut self.parsed);
            self.keep(Reading::join(given.source, parsed, given.sentences, given.kinds));
        }
    }

    fn propose(&mut self, from: usize, given: &Given<'_>) -> usize {
        let to = given.sentences.len().min(from + STEP);
        for at in from..to {
            let proposed = given.model.stance().map(|weights| {
                let reader = &self.readers[at];
                let before = self.before[at].take().and_then(|p| p.of(&reader.voices));
                before.unwrap_or_else(|| stance::propose(weights, reader))
            });
            self.proposed.push(proposed.unwrap_or_default());
        }
        to
    }

    fn encode(&mut self, from: usize, given: &Given<'_>) -> usize {
        let Given { model, source, sentences, kinds, options } = *given;
        let reading = self.reading(source);
        let known = Known { sentences, reading: &reading, proposed: &self.proposed, options };
        let (words, host) = (&mut self.words, self.host.as_deref());
        let hear = topics::hears(model).then_some(|numbers: &[usize], windows: &[_], below: &[f32]| {
            for (&number, heard) in numbers.iter().zip(topics::hear(model, windows, below)) {
                words[number].hear(model, heard, host);
            }
        });
        let to = stance::look(model, kinds, &known, from, &mut self.looked, hear);
        self.keep(reading);
        to
    }

    /// Whether that was all there is to say.
    fn conclude(&mut self, given: &Given<'_>) -> bool {
        if let Some(topics) = &given.options.topics {
            (self.topics, self.subjects) = topics::conclude_host(topics, &self.words);
            return true;
        }
        let done = self.conclusion.step(given.model, &self.words, STEP);
        if done {
            self.subjects = self.conclusion.article(given.model);
            self.topics = take(&mut self.conclusion.sentences);
        }
        done
    }

    /// What was read, out of its place for as long as the text is at hand; [`Part::keep`] puts it back.
    pub fn reading<'t>(&mut self, source: &'t str) -> Reading<'t> {
        Reading { source, sentences: take(&mut self.readers), linked: take(&mut self.linked) }
    }

    pub fn keep(&mut self, reading: Reading<'_>) {
        (self.readers, self.linked) = (reading.sentences, reading.linked);
    }
}
