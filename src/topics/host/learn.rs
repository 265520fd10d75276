//! From a host's topics to what a model makes of them, in steps that do not hold up a page; and from a text to its log-odds.

use super::chance::{self, moments};
use super::examples::{corrected, Descent, Example};
use super::lexicon::{Lexicon, Words};
use super::profile::{likeness, listen, media, profiles, to_unit, PROFILES};
use super::{Heard, Said, SLOPE};
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
    /// Means of the examples' profiles and of what the encoder makes of them, and the correction they add; empty without examples.
    centre: [Vec<f32>; PROFILES + 1],
    correction: Vec<f32>,
}

/// One topic.
#[derive(Debug)]
struct Known {
    words: Words,
    profiles: [Vec<f32>; PROFILES],
    /// How near to it a word of chance is.
    chance: f32,
    /// Mean and standard deviation over sentences of chance, by words and by each profile.
    by_words: (f32, f32),
    by_profile: [(f32, f32); PROFILES],
}

/// A text as it is compared.
#[derive(Debug, Default)]
struct Read {
    words: Words,
    profiles: [Vec<f32>; PROFILES],
    /// What the encoder makes of it.
    mean: Vec<f32>,
}

/// Sentences of chance that are read side by side, some sixty pieces: as many as a large encoder takes in a step (`stance::look`).
const ABREAST: usize = 5;

/// Learning in progress.
#[derive(Debug)]
pub struct Learning {
    host: HostTopics,
    learned: Learned,
    /// Sentences of chance, and those that have been read.
    drawn: Vec<String>,
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
            drawn: Vec::new(),
            chance: Vec::new(),
            examples,
            read: Vec::new(),
            descent: None,
        };
        if let Some((encoder, lexicon)) = model.encoder().zip(learning.learned.lexicon.as_ref()) {
            learning.drawn = chance::sentences(encoder, lexicon.first());
        }
        learning
    }

    /// Goes on, and gives the result when there is nothing left to learn.
    pub fn step(&mut self, model: &Model) -> Option<Arc<Learned>> {
        if let Some(rest) = self.drawn.get(self.chance.len()..).filter(|rest| !rest.is_empty()) {
            let texts: Vec<&str> = rest.iter().take(ABREAST).map(String::as_str).collect();
            self.chance.extend(self.learned.read(model, &texts));
            return None;
        }
        if let Some(&(topic, at)) = self.examples.get(self.read.len()) {
            let read = self.learned.read(model, &[&self.host.all()[topic].examples[at]]);
            self.read.extend(read.into_iter().map(|read| (topic, read)));
            return None;
        }
        let next = self.learned.topics.len();
        if next < self.host.all().len() {
            let known = self.know(model, next);
            self.learned.topics.push(known);
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
    fn know(&self, model: &Model, number: usize) -> Known {
        let topic = &self.host.all()[number];
        let alone = self.host.all().len() == 1 || topic.description.is_empty();
        let examples = self.read.iter().filter(|(of, _)| alone && *of == number);
        let Read { words, profiles, .. } =
            self.learned.told(model, topic, &examples.map(|(_, read)| read).collect::<Vec<_>>());
        let near: Vec<Vec<f32>> = self.chance.iter().map(|c| c.words.near(&words)).collect();
        let chance = moments(&near.concat()).0;
        let sums: Vec<f32> =
            self.chance.iter().zip(&near).map(|(c, near)| c.words.sum(near, chance)).collect();
        let by_profile = std::array::from_fn(|which| {
            let like = |c: &Read| likeness(&c.profiles[which], &profiles[which]);
            moments(&self.chance.iter().map(like).collect::<Vec<f32>>())
        });
        Known { words, profiles, chance, by_words: moments(&sums), by_profile }
    }
}

/// The examples as the correction is learned from them.
fn descent(learned: &mut Learned, read: Vec<(usize, Read)>) -> Descent {
    learned.centre = std::array::from_fn(|part| {
        let rows = read.iter().map(|(_, r)| (1.0, r.parts()[part]));
        crate::encoder::weighted_mean(rows, read.first().map_or(0, |(_, r)| r.parts()[part].len()))
    });
    let example = |(topic, r): &(usize, Read)| Example {
        features: learned.features(&r.words.total(), r.parts()),
        odds: learned.odds(&learned.nearness(&r.words), &r.profiles),
        topic: *topic,
    };
    let examples: Vec<Example> = read.iter().map(example).collect();
    Descent::new(examples, learned.topics.len())
}

impl Learned {
    /// The log-odds of every topic for a text; `None` if it has no words. A model that reads every sentence anyway is heard
    /// when it does.
    pub(in crate::topics) fn say(&self, model: &Model, text: &str) -> Option<Said> {
        let (encoder, lexicon) = model.encoder().zip(self.lexicon.as_ref())?;
        let words = lexicon.words(encoder, text);
        if words.len() == 0 {
            return None;
        }
        let mut said = Said {
            odds: Vec::new(),
            pieces: words.len(),
            nearness: self.nearness(&words),
            total: words.total(),
            media: media(model, text),
        };
        let heard = if model.reads_sentences() { None } else { listen(model, &[text]).pop() };
        self.hear(model, &mut said, &heard.unwrap_or_default());
        Some(said)
    }

    /// The same with what the encoder hears in the text.
    pub(in crate::topics) fn hear(&self, model: &Model, said: &mut Said, heard: &Heard) {
        let profiles = profiles(model, &said.media, heard);
        said.odds = self.odds(&said.nearness, &profiles);
        if !self.correction.is_empty() {
            let [one, two] = &profiles;
            let features = self.features(&said.total, [one, two, &heard.mean]);
            said.odds = corrected(&self.correction, &features, &said.odds);
        }
    }

    fn read(&self, model: &Model, texts: &[&str]) -> Vec<Read> {
        let Some((encoder, lexicon)) = model.encoder().zip(self.lexicon.as_ref()) else {
            return texts.iter().map(|_| Read::default()).collect();
        };
        let one = |(text, heard): (&&str, Heard)| Read {
            words: lexicon.words(encoder, text),
            profiles: profiles(model, &media(model, text), &heard),
            mean: heard.mean,
        };
        texts.iter().zip(listen(model, texts)).map(one).collect()
    }

    /// A topic by its words, and, where there are any, its `examples`, by the share of them that have a word. (Beside a
    /// description and other topics they would blur it: the correction learns more from them.)
    fn told(&self, model: &Model, topic: &HostTopic, examples: &[&Read]) -> Read {
        let text = format!("{}: {}", topic.label, topic.description);
        let mut told = self.read(model, &[&text]).pop().unwrap_or_default();
        let Some((encoder, lexicon)) =
            model.encoder().zip(self.lexicon.as_ref()).filter(|_| !examples.is_empty())
        else {
            return told;
        };
        let share = 1.0 / examples.len() as f32;
        let mut words = lexicon.counted(encoder, &text, 1.0);
        for (example, read) in topic.examples.iter().zip(examples) {
            words.extend(lexicon.counted(encoder, example, share));
            for (sum, other) in told.profiles.iter_mut().zip(&read.profiles) {
                sum.iter_mut().zip(other).for_each(|(sum, x)| *sum += x * share);
            }
        }
        told.profiles.iter_mut().for_each(|profile| to_unit(profile));
        told.words = lexicon.of(encoder, &merged(words));
        told
    }

    /// How much nearer a text's words are to each topic's than words of chance, in standard deviations.
    fn nearness(&self, words: &Words) -> Vec<f32> {
        let nearness =
            |topic: &Known| deviation(words.sum(&words.near(&topic.words), topic.chance), topic.by_words);
        self.topics.iter().map(nearness).collect()
    }

    /// Standard deviations from chance, by words and by each profile, as log-odds.
    fn odds(&self, nearness: &[f32], profiles: &[Vec<f32>; PROFILES]) -> Vec<f32> {
        let known: Vec<usize> = (0..PROFILES).filter(|&which| !profiles[which].is_empty()).collect();
        // The more opinions, the farther they reach together.
        let slope = SLOPE * 2.0 / (1 + known.len()) as f32;
        let subject = |topic: &Known, which: usize| {
            deviation(likeness(&profiles[which], &topic.profiles[which]), topic.by_profile[which])
        };
        let all = |topic: &Known| known.iter().map(|&which| subject(topic, which)).sum::<f32>();
        self.topics.iter().zip(nearness).map(|(topic, near)| slope * (near + all(topic))).collect()
    }

    /// What the correction looks at, each part of length 1: its words' mean vector, its profiles, what the encoder makes of it.
    fn features(&self, total: &[f32], parts: [&[f32]; PROFILES + 1]) -> Vec<f32> {
        let mut features = total.to_vec();
        to_unit(&mut features);
        for (part, centre) in parts.iter().zip(&self.centre) {
            let mut part: Vec<f32> = part.iter().zip(centre).map(|(x, c)| x - c).collect();
            to_unit(&mut part);
            part.resize(centre.len(), 0.0); // what was not heard says nothing
            features.extend(part);
        }
        features
    }
}

impl Read {
    /// What the correction looks at besides the words.
    fn parts(&self) -> [&[f32]; PROFILES + 1] {
        let [one, two] = &self.profiles;
        [one, two, &self.mean]
    }
}

/// By how many standard deviations a number is above a mean; 0 where all are the same.
fn deviation(x: f32, (mean, deviation): (f32, f32)) -> f32 {
    if deviation > 0.0 {
        (x - mean) / deviation
    } else {
        0.0
    }
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
