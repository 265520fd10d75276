//! Topics that a host defines in words. Nothing is trained: what a model already knows of words is asked how near a sentence
//! is to a topic's label and description, in two ways that err differently, and how near words of chance would be.
//!
//! - by words (`lexicon.rs`): each word of the sentence against each of the topic's, by the encoder's vectors of their pieces;
//! - by subject (`profile.rs`): what the Media Topics' heads make of the sentence and of the topic's words, and, in a second
//!   opinion, of what the encoder hears in both.
//!
//! All are counted in standard deviations from sentences of chance (`chance.rs`) and added. Examples, where there are any,
//! move that sum (`examples.rs`). A sentence's neighbours and its article have a say, as with the Media Topics.

mod chance;
mod examples;
mod learn;
mod lexicon;
mod profile;

pub use learn::{learned, Learned, Learning};

use super::SentenceTopics;
use crate::annotation::{Score, Topic};
use crate::options::HostTopics;
use crate::order;

/// Log-odds a standard deviation is worth, and those of being about none of them: so that of single sentences scores are about
/// as often right as they say (`examples/host_topics`, on WCEP).
const SLOPE: f32 = 0.8;
const NONE: f32 = 2.0;

/// Least score at which a topic is claimed, unless the host says otherwise.
const THRESHOLD: f64 = 0.3;

/// What the sentences around it count, where the sentence itself counts 1: either neighbour, and the mean of all others. Set by
/// hand: no set at hand has articles with topics of a host's own.
const NEIGHBOUR: f32 = 0.15;
const OTHERS: f32 = 0.3;

/// Share of the article a topic needs to count as the article's own.
const ARTICLE_SHARE: f64 = 0.2;

/// What a sentence says of the topics by itself.
#[derive(Debug, Clone)]
pub(super) struct Said {
    /// Log-odds by topic, before context.
    odds: Vec<f32>,
    /// Pieces it was read from.
    pieces: usize,
    /// What `odds` were made from, for when the encoder is heard: how near the words are to each topic's, their mean vector,
    /// what they say of the Media Topics.
    nearness: Vec<f32>,
    total: Vec<f32>,
    media: Vec<f32>,
}

/// What the encoder says of a sentence's subject.
#[derive(Debug, Clone, Default)]
pub(crate) struct Heard {
    /// What it adds to the words' log-odds of the Media Topics, where the model has taught it.
    pub logits: Vec<f32>,
    /// The vector that they are read from; empty where that is but a mean of its pieces'.
    pub mean: Vec<f32>,
}

/// The topics of each sentence that was read, and of the article; `said` in reading order.
pub(super) fn conclude(topics: &HostTopics, said: &[&Said]) -> (Vec<SentenceTopics>, Vec<Topic>) {
    let mut total = vec![0.0; topics.all().len()];
    for sentence in said {
        total.iter_mut().zip(&sentence.odds).for_each(|(sum, x)| *sum += x);
    }
    let scores: Vec<Vec<f64>> =
        (0..said.len()).map(|at| probabilities(&in_context(said, &total, at))).collect();
    let claims = scores.iter().map(|scores| {
        let listed = list(topics, scores, |i| topics.all()[i].threshold.unwrap_or(THRESHOLD));
        SentenceTopics { topics: listed, subtopics: Vec::new() }
    });
    let pieces: usize = said.iter().map(|s| s.pieces).sum();
    let share = |i: usize| {
        let sum: f64 = scores.iter().zip(said).map(|(scores, s)| scores[i] * s.pieces as f64).sum();
        sum / pieces.max(1) as f64
    };
    let shares: Vec<f64> = (0..topics.all().len()).map(share).collect();
    let least = |i: usize| topics.all()[i].threshold.unwrap_or(ARTICLE_SHARE);
    (claims.collect(), list(topics, &shares, least))
}

/// Log-odds of a sentence's topics with what is around it; `total` is the sum of all sentences'.
fn in_context(said: &[&Said], total: &[f32], at: usize) -> Vec<f32> {
    let share = OTHERS / said.len().saturating_sub(1).max(1) as f32;
    let mut odds: Vec<f32> = said[at].odds.iter().zip(total).map(|(x, sum)| x + share * (sum - x)).collect();
    let neighbours = [at.checked_sub(1), Some(at + 1)];
    for neighbour in neighbours.into_iter().flatten().filter_map(|i| said.get(i)) {
        odds.iter_mut().zip(&neighbour.odds).for_each(|(sum, x)| *sum += NEIGHBOUR * x);
    }
    odds
}

/// Share of belief by topic; what is left belongs to none of them.
fn probabilities(odds: &[f32]) -> Vec<f64> {
    let peak = odds.iter().fold(NONE, |peak, &x| if x > peak { x } else { peak });
    let weights: Vec<f64> = odds.iter().map(|&x| libm::exp(f64::from(x - peak))).collect();
    let total = weights.iter().sum::<f64>() + libm::exp(f64::from(NONE - peak));
    weights.into_iter().map(|w| w / total).collect()
}

/// Topics whose score is high enough, best first, then in the host's order.
fn list(topics: &HostTopics, scores: &[f64], least: impl Fn(usize) -> f64) -> Vec<Topic> {
    let mut kept: Vec<usize> = (0..scores.len()).filter(|&i| scores[i] >= least(i)).collect();
    order::sort_by(&mut kept, |&a, &b| scores[b].total_cmp(&scores[a]));
    let topic = |i: usize| {
        let topic = &topics.all()[i];
        Topic { id: topic.id.clone(), label: topic.label.clone(), score: Score::new(scores[i]) }
    };
    kept.into_iter().map(topic).collect()
}
