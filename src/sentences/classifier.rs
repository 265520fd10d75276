//! A linear classifier over hashed features, trained by `training/sentences`; see `src/data/README.md`.

use super::features::{Features, BUCKETS};

/// One byte a bucket; the sign of their sum decides.
static WEIGHTS: &[u8; BUCKETS] = include_bytes!("../data/sentence_ends.weights");

/// Whether a sentence ends at a candidate with these features.
pub fn ends(features: &Features) -> bool {
    // The remainder changes no bucket; it spares a check of each.
    let weight = |&bucket: &u16| i32::from(WEIGHTS[usize::from(bucket) % BUCKETS] as i8);
    features.buckets().iter().map(weight).sum::<i32>() > 0
}
