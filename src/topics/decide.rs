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
    let desks = desks(&scores[..weights.desks], |i| f64::from(weights.labels[i].threshold));
    let claimed = |i: &usize| {
        let desk = mediatopics::desk(weights.labels[*i].concept);
        scores[*i] >= f64::from(weights.labels[*i].threshold)
            && desks.iter().any(|&d| weights.labels[d].concept == desk)
    };
    let mut subtopics: Vec<usize> = (weights.desks..weights.labels.len()).filter(claimed).collect();
    rank(scores, &mut subtopics);
    subtopics.truncate(MOST_SUBTOPICS);
    let named =
        |labels: Vec<usize>| labels.into_iter().map(|i| topic(&weights.labels[i], scores[i])).collect();
    SentenceTopics { topics: named(desks), subtopics: named(subtopics) }
}

/// The level-1 topics above their thresholds, best first; the best one where none is.
fn desks(scores: &[f64], threshold: impl Fn(usize) -> f64) -> Vec<usize> {
    let mut ranked: Vec<usize> = (0..scores.len()).collect();
    rank(scores, &mut ranked);
    let best = ranked.first().copied().filter(|&i| scores[i] >= FLOOR);
    ranked.retain(|&i| scores[i] >= threshold(i));
    if ranked.is_empty() {
        ranked.extend(best);
    }
    ranked.truncate(MOST_TOPICS);
    ranked
}

/// What an article is about, gathered sentence by sentence.
#[derive(Debug, Default)]
pub(super) struct Shares {
    /// Probabilities of the level-1 labels, summed by words.
    sums: Vec<f64>,
    words: usize,
}

impl Shares {
    pub(super) fn add(&mut self, weights: &TopicWeights, scores: &[f64], words: usize) {
        self.sums.resize(weights.desks, 0.0);
        self.words += words;
        for (sum, score) in self.sums.iter_mut().zip(scores) {
            *sum += score * words as f64;
        }
    }

    /// The article's own topics, best first: those that enough of it is about. The score is that share, by words.
    pub(super) fn article(&self, weights: &TopicWeights) -> Vec<Topic> {
        if self.words == 0 {
            return Vec::new();
        }
        let shares: Vec<f64> = self.sums.iter().map(|sum| sum / self.words as f64).collect();
        let mut ranked: Vec<usize> = (0..weights.desks).filter(|&i| shares[i] >= ARTICLE_SHARE).collect();
        rank(&shares, &mut ranked);
        ranked.into_iter().map(|i| topic(&weights.labels[i], shares[i])).collect()
    }
}

/// Puts labels, given in the vocabulary's order, in the order of their scores; equal ones stay as they are.
fn rank(scores: &[f64], labels: &mut Vec<usize>) {
    crate::order::sort_by(labels, |&a, &b| scores[b].total_cmp(&scores[a]));
}

fn topic(label: &Label, score: f64) -> Topic {
    let concept = &mediatopics::all()[label.concept];
    Topic { id: concept.qcode(), label: concept.name.to_owned(), score: Score::new(score) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_topic_is_measured_by_its_own_threshold() {
        let thresholds = [0.6, 0.3, 0.5, 0.2, 0.1];
        let chosen = |scores: &[f64]| desks(scores, |i| thresholds[i]);
        // One that is likelier and yet below its own does not hide another.
        assert_eq!(chosen(&[0.5, 0.4, 0.1, 0.1, 0.0]), [1]);
        assert_eq!(chosen(&[0.5, 0.2, 0.1, 0.1, 0.0]), [0]);
        assert_eq!(chosen(&[0.7, 0.8, 0.9, 0.6, 0.5]), [2, 1, 0]);
        assert!(chosen(&[0.09, 0.05, 0.0, 0.0, 0.0]).is_empty());
        assert!(chosen(&[]).is_empty());
    }
}
