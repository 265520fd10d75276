//! A linear classifier over hashed features, trained by `training/sentences`; see `src/data/README.md`.

use super::features::{Features, BUCKETS};

/// One byte a bucket; the sign of their sum decides.
static WEIGHTS: &[u8; BUCKETS] = include_bytes!("../data/sentence_ends.weights");

/// Whether a sentence ends at a candidate with these features.
pub fn ends(features: &Features) -> bool {
    features.buckets().iter().map(|&bucket| i32::from(WEIGHTS[usize::from(bucket)] as i8)).sum::<i32>() > 0
}
