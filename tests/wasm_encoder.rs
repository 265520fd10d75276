//! The encoder gives the same bits everywhere: run natively and in a browser, against one digest.
//!
//! Where the digest changes on purpose (a kernel's rounding, the fixtures' weights), it changes for all.

use sha2::{Digest, Sha256};
use standpoint::model::Model;
use standpoint::offsets::ByteSpan;
use standpoint::stance::{Query, Question};

#[cfg(target_family = "wasm")]
use wasm_bindgen_test::wasm_bindgen_test as test;
#[cfg(target_family = "wasm")]
wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);

const BIGRU: &[u8] = include_bytes!("fixtures/encoder/tiny-bigru.model");
const TRANSFORMER: &[u8] = include_bytes!("fixtures/encoder/tiny-transformer.model");

const TEXT: &str =
    "Señora Peña's café – \"a gift to nobody\", said the union of dock workers (3,200 strong) – \
    has won the backing of Mayor Okonkwo, whose own party calls the plan naïve, costly… and 東京 agrees! ";

#[test]
fn the_same_bits() {
    assert_eq!([digest(BIGRU), digest(TRANSFORMER)], ["c0ecb2320aabb559", "25a447701c4a98b1"]);
}

/// Of all vectors and scores for texts of many lengths and targets everywhere in them.
fn digest(model: &'static [u8]) -> String {
    let model = Model::from_bytes(model).unwrap();
    let (encoder, head) = (model.encoder().unwrap(), model.polarity().unwrap());
    let mut sum = Sha256::new();
    let long = TEXT.repeat(4);
    let ends = (1..long.len()).step_by(41).filter(|&end| long.is_char_boundary(end));
    for text in ends.map(|end| &long[..end]) {
        let spans = [0, text.len() / 3, text.len() / 2].map(|at| ByteSpan::new(at, (at + 9).min(text.len())));
        let pairs = [(spans[0], None), (spans[1], Some(spans[2])), (spans[2], Some(spans[0]))];
        let windows: Vec<_> =
            encoder.windows(&encoder.pieces(text), &pairs).into_iter().map(|(w, _)| w).collect();
        for value in encoder.states(&windows) {
            sum.update(value.to_bits().to_le_bytes());
        }
        for opinion in head.opinions(&windows, &encoder.below(&windows)) {
            for value in opinion.whose.iter().chain(&opinion.cue).chain([&opinion.author, &opinion.said]) {
                sum.update(value.to_bits().to_le_bytes());
            }
        }
        let ask = |question| move |(target, holder)| Query { target, holder, question };
        let queries = pairs.map(ask(Question::Sentiment)).into_iter().chain(pairs.map(ask(Question::Stance)));
        for scores in &head.score_all(&[(text, queries.collect())])[0] {
            for value in [scores.support, scores.oppose, scores.neutral] {
                sum.update(value.to_bits().to_le_bytes());
            }
        }
    }
    sum.finalize()[..8].iter().map(|byte| format!("{byte:02x}")).collect()
}
