//! From scores to claims: which topics a sentence and an article are said to be about.

use super::weights::{Label, TopicWeights};
use super::SentenceTopics;
use crate::annotation::{Score, Topic};
use crate::data::mediatopics;

/// The codebook's limits.
const MOST_TOPICS: usize = 3;
const MOST_SUBTOPICS: usize = 2;
/// A sentence's best topic is claimed below its own threshold too, down to this score: nearly every sentence
/// has a subject.
const FLOOR: f64 = 0.1;
/// Share of the article a topic needs to count as the article's own.
const ARTICLE_SHARE: f64 = 0.2;

/// Calibrated probability of a label, given its logit in context.
pub(super) fn probability(label: &Label, logit: f32) -> f64 {
    1.0 / (1.0 + libm::exp(-f64::from(label.slope * logit + label.offset)))
}

/// The claims about one sentence, from the probability of every label.
pub(super) fn sentence(weights: &TopicWeights, scores: &[f64]) -> SentenceTopics {
    let mut desks = best(weights, scores, 0..weights.desks);
    let mut kept = desks.iter().take_while(|&&i| scores[i] >= f64::from(weights.labels[i].threshold)).count();
    if kept == 0 && desks.first().is_some_and(|&i| scores[i] >= FLOOR) {
        kept = 1;
    }
    desks.truncate(kept.min(MOST_TOPICS));
    let claimed = |i: &usize| {
        let desk = mediatopics::desk(weights.labels[*i].concept);
        desks.iter().any(|&d| weights.labels[d].concept == desk)
    };
    let subtopics: Vec<usize> = best(weights, scores, weights.desks..weights.labels.len())
        .into_iter()
        .filter(|&i| scores[i] >= f64::from(weights.labels[i].threshold))
        .filter(claimed)
        .take(MOST_SUBTOPICS)
        .collect();
    let named =
        |labels: Vec<usize>| labels.into_iter().map(|i| topic(&weights.labels[i], scores[i])).collect();
    SentenceTopics { topics: named(desks), subtopics: named(subtopics) }
}

/// The article's own topics, best first: those that enough of it is about. The score is that share, by words.
pub(super) fn article(weights: &TopicWeights, sentences: &[(Vec<f64>, usize)]) -> Vec<Topic> {
    let words: usize = sentences.iter().map(|(_, words)| words).sum();
    if words == 0 {
        return Vec::new();
    }
    let share = |i: usize| {
        let sum: f64 = sentences.iter().map(|(scores, n)| scores[i] * *n as f64).sum();
        sum / words as f64
    };
    let shares: Vec<f64> = (0..weights.desks).map(share).collect();
    let ranked = best(weights, &shares, 0..weights.desks);
    ranked
        .into_iter()
        .filter(|&i| shares[i] >= ARTICLE_SHARE)
        .map(|i| topic(&weights.labels[i], shares[i]))
        .collect()
}

/// Labels of a range, best score first; equal ones in the vocabulary's order.
fn best(weights: &TopicWeights, scores: &[f64], range: std::ops::Range<usize>) -> Vec<usize> {
    debug_assert_eq!(scores.len().min(weights.labels.len()), scores.len());
    let mut labels: Vec<usize> = range.collect();
    crate::order::sort_by(&mut labels, |&a, &b| scores[b].total_cmp(&scores[a]));
    labels
}

fn topic(label: &Label, score: f64) -> Topic {
    let concept = &mediatopics::all()[label.concept];
    Topic { id: concept.qcode(), label: concept.name.to_owned(), score: Score::new(score) }
}
