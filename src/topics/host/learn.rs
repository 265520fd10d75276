//! From a host's topics to what a model makes of them, in steps that do not hold up a page; and from a text to its log-odds.

use super::chance::{self, moments};
use super::examples::{corrected, Descent, Example};
use super::lexicon::{Lexicon, Words};
use super::profile::{likeness, profile};
use super::{Said, SLOPE};
use crate::encoder::Encoder;
use crate::model::Model;
use crate::options::{HostTopic, HostTopics};
use crate::order;
use std::mem::take;
use std::sync::Arc;

/// What a model makes of a host's topics.
#[derive(Debug, Default)]
pub struct Learned {
    model: String,
    /// `None` for a model without an encoder: it knows no words.
    lexicon: Option<Lexicon>,
    topics: Vec<Known>,
    /// Mean of the examples' profiles and of their deep vectors, and the correction they add; empty without examples.
    centre: [Vec<f32>; 2],
    correction: Vec<f32>,
}

/// One topic.
#[derive(Debug)]
struct Known {
    words: Words,
    profile: Vec<f32>,
    /// How near to it a word of chance is.
    chance: f32,
    /// Mean and standard deviation over sentences of chance, by words and by subject.
    by_words: (f32, f32),
    by_subject: (f32, f32),
}

/// A text as it is compared.
#[derive(Debug, Default)]
struct Read {
    words: Words,
    profile: Vec<f32>,
    /// Mean of its states below the marks; empty where there is no correction to be made with them.
    deep: Vec<f32>,
}

/// Learning in progress.
#[derive(Debug)]
pub struct Learning {
    host: HostTopics,
    learned: Learned,
    chance: Vec<Read>,
    /// Examples in the order of their topics, and those that have been read.
    examples: Vec<(usize, usize)>,
    read: Vec<(usize, Read)>,
    descent: Option<Descent>,
}

/// What this model has made of the topics, if it is known.
pub fn learned(topics: &HostTopics, model: &Model) -> Option<Arc<Learned>> {
    let known = Arc::clone(topics.learned.get()?).downcast::<Learned>().ok()?;
    (known.model == name(model)).then_some(known)
}

fn name(model: &Model) -> String {
    format!("{} {}", model.info().name, model.info().version)
}

impl Learning {
    /// Begins.
    pub fn new(topics: &HostTopics, model: &Model) -> Self {
        let lexicon = model.encoder().map(Lexicon::new);
        let learned = Learned { model: name(model), lexicon, ..Learned::default() };
        let counts = topics.all().iter().map(|topic| topic.examples.len()).enumerate();
        let examples = counts.flat_map(|(topic, n)| (0..n).map(move |i| (topic, i))).collect();
        let mut learning = Learning {
            host: topics.clone(),
            learned,
            chance: Vec::new(),
            examples,
            read: Vec::new(),
            descent: None,
        };
        if let Some((encoder, lexicon)) = model.encoder().zip(learning.learned.lexicon.as_ref()) {
            let texts = chance::sentences(encoder, lexicon.first());
            learning.chance = texts.iter().map(|text| learning.learned.read(model, text, false)).collect();
        }
        learning
    }

    /// Goes on, and gives the result when there is nothing left to learn.
    pub fn step(&mut self, model: &Model) -> Option<Arc<Learned>> {
        if let Some(topic) = self.host.all().get(self.learned.topics.len()) {
            let known = self.know(model, topic);
            self.learned.topics.push(known);
            return None;
        }
        if let Some(&(topic, at)) = self.examples.get(self.read.len()) {
            let read = self.learned.read(model, &self.host.all()[topic].examples[at], true);
            self.read.push((topic, read));
            return None;
        }
        if !self.descent.get_or_insert_with(|| descent(&mut self.learned, take(&mut self.read))).step() {
            return None;
        }
        self.learned.correction = self.descent.take()?.arrive();
        let learned = Arc::new(take(&mut self.learned));
        // Of another model's the first is kept: it is looked at before it is used.
        let _ = self.host.learned.set(Arc::clone(&learned) as _);
        Some(learned)
    }

    /// A topic and how near to it the sentences of chance are.
    fn know(&self, model: &Model, topic: &HostTopic) -> Known {
        let alone = self.host.all().len() == 1 || topic.description.is_empty();
        let alone = alone && !topic.examples.is_empty();
        let Read { words, profile, .. } = self.learned.told(model, topic, alone);
        let near: Vec<Vec<f32>> = self.chance.iter().map(|c| c.words.near(&words)).collect();
        let chance = moments(&near.concat()).0;
        let sums: Vec<f32> =
            self.chance.iter().zip(&near).map(|(c, near)| c.words.sum(near, chance)).collect();
        let likenesses: Vec<f32> = self.chance.iter().map(|c| likeness(&c.profile, &profile)).collect();
        Known { words, profile, chance, by_words: moments(&sums), by_subject: moments(&likenesses) }
    }
}

/// The examples as the correction is learned from them.
fn descent(learned: &mut Learned, read: Vec<(usize, Read)>) -> Descent {
    let mean = |part: fn(&Read) -> &[f32]| {
        let rows = read.iter().map(|(_, r)| (1.0, part(r)));
        crate::encoder::weighted_mean(rows, read.first().map_or(0, |(_, r)| part(r).len()))
    };
    learned.centre = [mean(|r| &r.profile), mean(|r| &r.deep)];
    let example = |(topic, r): &(usize, Read)| Example {
        features: learned.features(r),
        odds: learned.odds(r),
        topic: *topic,
    };
    let examples: Vec<Example> = read.iter().map(example).collect();
    Descent::new(examples, learned.topics.len())
}

impl Learned {
    /// The log-odds of every topic for a text; `None` if it has no words.
    pub(in crate::topics) fn say(&self, model: &Model, text: &str) -> Option<Said> {
        let read = self.read(model, text, !self.correction.is_empty());
        if read.words.len() == 0 {
            return None;
        }
        let mut odds = self.odds(&read);
        if !self.correction.is_empty() {
            odds = corrected(&self.correction, &self.features(&read), &odds);
        }
        Some(Said { odds, pieces: read.words.len() })
    }

    fn read(&self, model: &Model, text: &str, deep: bool) -> Read {
        let Some((encoder, lexicon)) = model.encoder().zip(self.lexicon.as_ref()) else {
            return Read::default();
        };
        Read {
            words: lexicon.words(encoder, text),
            profile: profile(model, text),
            deep: if deep { state(encoder, text) } else { Vec::new() },
        }
    }

    /// A topic by its words. `alone`: those of its examples count too, by the share of the examples that have them. (Beside a
    /// description and other topics they would blur it: the correction learns more from them.)
    fn told(&self, model: &Model, topic: &HostTopic, alone: bool) -> Read {
        let text = format!("{}: {}", topic.label, topic.description);
        let mut told = self.read(model, &text, false);
        let Some((encoder, lexicon)) = model.encoder().zip(self.lexicon.as_ref()).filter(|_| alone) else {
            return told;
        };
        let share = 1.0 / topic.examples.len() as f32;
        let mut words = lexicon.counted(encoder, &text, 1.0);
        for example in &topic.examples {
            words.extend(lexicon.counted(encoder, example, share));
            let other = profile(model, example);
            told.profile.iter_mut().zip(other).for_each(|(sum, x)| *sum += x * share);
        }
        to_unit(&mut told.profile);
        told.words = lexicon.of(encoder, &merged(words));
        told
    }

    /// Standard deviations from chance by words and by subject, as log-odds.
    fn odds(&self, read: &Read) -> Vec<f32> {
        let deviation = |x: f32, (mean, deviation): (f32, f32)| {
            if deviation > 0.0 {
                (x - mean) / deviation
            } else {
                0.0
            }
        };
        let odds = |topic: &Known| {
            let words = read.words.sum(&read.words.near(&topic.words), topic.chance);
            let subject = likeness(&read.profile, &topic.profile);
            SLOPE * (deviation(words, topic.by_words) + deviation(subject, topic.by_subject))
        };
        self.topics.iter().map(odds).collect()
    }

    /// What the correction looks at, each part of length 1: its words' mean vector, its profile, what the encoder makes of it.
    fn features(&self, read: &Read) -> Vec<f32> {
        let from =
            |part: &[f32], centre: &[f32]| part.iter().zip(centre).map(|(x, c)| x - c).collect::<Vec<_>>();
        let [profile, deep] = &self.centre;
        let mut features = Vec::new();
        for mut part in [read.words.total(), from(&read.profile, profile), from(&read.deep, deep)] {
            to_unit(&mut part);
            features.extend(part);
        }
        features
    }
}

/// Makes a vector one of length 1, unless it is nothing.
fn to_unit(vector: &mut [f32]) {
    let length = likeness(vector, vector).sqrt();
    if length > 0.0 {
        vector.iter_mut().for_each(|x| *x /= length);
    }
}

/// The mean of a text's states before anything is marked in it; empty for an encoder that must be told what is asked.
fn state(encoder: &Encoder, text: &str) -> Vec<f32> {
    if !encoder.reads_below() {
        return Vec::new();
    }
    let window = encoder.opening(&encoder.pieces(text));
    let states = encoder.below(std::slice::from_ref(&window));
    let rows = states.chunks_exact(encoder.width()).map(|row| (1.0, row));
    crate::encoder::weighted_mean(rows, encoder.width())
}

/// Each piece once, with the sum of its counts; the heaviest, so that a host's archive costs no more than a paragraph.
fn merged(mut counted: Vec<(u16, f32)>) -> Vec<(u16, f32)> {
    const MOST: usize = 128;
    order::sort_by_key(&mut counted, |(id, _)| *id);
    let mut merged: Vec<(u16, f32)> = Vec::new();
    for (id, count) in counted {
        match merged.last_mut().filter(|(last, _)| *last == id) {
            Some((_, sum)) => *sum += count,
            None => merged.push((id, count)),
        }
    }
    order::sort_by(&mut merged, |a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    merged.truncate(MOST);
    merged
}
