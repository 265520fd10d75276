//! The encoder reads what its reference in `training/reference.py` reads, and says what is wrong with a wrong model.

use serde_json::Value;
use standpoint::encoder::Window;
use standpoint::model::Model;
use standpoint::offsets::{ByteSpan, OffsetIndex, OffsetUnit};
use standpoint::stance::{PolarityScores, Query, Question};
use std::path::PathBuf;

fn fixture(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/encoder").join(name)
}

fn bytes(kind: &str) -> Vec<u8> {
    std::fs::read(fixture(&format!("tiny-{kind}.model"))).unwrap()
}

fn model(kind: &str) -> Model {
    Model::from_bytes(bytes(kind)).unwrap()
}

fn numbers(value: &Value) -> Vec<f64> {
    value.as_array().unwrap().iter().map(|v| v.as_f64().unwrap()).collect()
}

fn span(text: &str, value: &Value) -> Option<ByteSpan> {
    let [start, end] = numbers(value)[..] else { return None };
    OffsetIndex::new(text).to_byte_span(start as usize, end as usize, OffsetUnit::CodePoint)
}

fn cosine(a: &[f64], b: &[f64]) -> f64 {
    let dot = |a: &[f64], b: &[f64]| a.iter().zip(b).map(|(a, b)| a * b).sum::<f64>();
    dot(a, b) / (dot(a, a) * dot(b, b)).sqrt()
}

/// Oppose, neutral, support.
fn listed(scores: PolarityScores) -> [f64; 3] {
    [scores.oppose, scores.neutral, scores.support]
}

fn softmax(logits: &[f64], temperature: f64) -> Vec<f64> {
    let weights: Vec<f64> = logits.iter().map(|l| libm::exp(l / temperature)).collect();
    weights.iter().map(|w| w / weights.iter().sum::<f64>()).collect()
}

#[test]
fn reads_what_the_reference_reads() {
    for kind in ["bigru", "transformer"] {
        let model = model(kind);
        let (encoder, head) = (model.encoder().unwrap(), model.polarity().unwrap());
        let json = std::fs::read_to_string(fixture(&format!("tiny-{kind}.json"))).unwrap();
        let expected: Value = serde_json::from_str(&json).unwrap();
        let sentences = expected["sentences"].as_array().unwrap();
        assert!(sentences.len() >= 30);
        for s in sentences {
            let text = s["text"].as_str().unwrap();
            let target = span(text, &s["target"]).unwrap();
            let holder = s["holder"].as_array().and_then(|_| span(text, &s["holder"]));
            let pieces = encoder.pieces(text);
            let windows = encoder.windows(&pieces, &[(target, holder)]);
            let [(window, _)] = &windows[..] else { panic!("one pair, one window") };
            let ids: Vec<f64> = window.ids.iter().map(|&id| f64::from(id)).collect();
            assert_eq!(ids, numbers(&s["ids"]), "{kind}: pieces of {text}");
            for (range, key) in
                [(&window.marks[0].target, "target_pieces"), (&window.marks[0].holder, "holder_pieces")]
            {
                let marked: Vec<f64> = range.clone().map(|i| i as f64).collect();
                assert_eq!(marked, numbers(&s[key]), "{kind}: {key} of {text}");
            }
            let states = encoder.states(std::slice::from_ref(window));
            let states: Vec<f64> = states.iter().map(|&v| f64::from(v)).collect();
            for (got, expected) in
                states.chunks(encoder.width()).zip(numbers(&s["states"]).chunks(encoder.width()))
            {
                assert!(cosine(got, expected) > 0.9999, "{kind}: a vector of {text}");
                let far = got.iter().zip(expected).map(|(a, b)| (a - b).abs()).fold(0.0, f64::max);
                assert!(far < 5e-3, "{kind}: a vector of {text} is {far} away");
            }
            for (question, from, temperature) in [(Question::Sentiment, 0, 1.25), (Question::Stance, 3, 1.5)]
            {
                let got = listed(head.score(text, Query { target, holder, question }));
                for (key, bound) in [("logits", 2e-3), ("logits_exact", 2e-2)] {
                    let expected = softmax(&numbers(&s[key])[from..from + 3], temperature);
                    let far = got.iter().zip(&expected).map(|(a, b)| (a - b).abs()).fold(0.0, f64::max);
                    assert!(far < bound, "{kind}: {key} of {text}: {got:?}, expected {expected:?}");
                    assert!(cosine(&got, &expected) > 0.999);
                }
            }
            let below = encoder.below(std::slice::from_ref(window));
            let opinion = &head.opinions(std::slice::from_ref(window), &below)[0];
            let [more, pointers] = ["more", "pointers"].map(|key| numbers(&s[key]));
            let column = |at: usize| pointers.iter().skip(at).step_by(2).copied();
            let whose: Vec<f64> = column(0).chain(more[2..].iter().copied()).collect();
            let got = opinion.whose.iter().chain([&opinion.author, &opinion.unnamed]);
            let cue: Vec<f64> = column(1).collect();
            for (got, expected) in
                got.zip(softmax(&whose, 1.0)).chain(opinion.cue.iter().zip(softmax(&cue, 1.0)))
            {
                assert!((f64::from(*got) - expected).abs() < 5e-3, "{kind}: pointers of {text}");
            }
            assert!((f64::from(opinion.said) - (more[0] - more[1])).abs() < 2e-2, "{kind}: basis of {text}");
        }
    }
}

#[test]
fn answers_do_not_depend_on_company() {
    let text = "Mayor Okonkwo called the tram plan a gift to nobody, and the union agreed.";
    let at = |words: &str| text.find(words).map(|i| ByteSpan::new(i, i + words.len())).unwrap();
    let queries = vec![
        Query::new(at("the tram plan"), Some(at("Mayor Okonkwo"))),
        Query::new(at("the union"), None),
        Query::new(at("the tram plan"), Some(at("the union"))),
    ];
    for kind in ["bigru", "transformer"] {
        let model = model(kind);
        let head = model.polarity().unwrap();
        let long = "The river rose again. ".repeat(40);
        let end = Query::new(ByteSpan::new(long.len() - 6, long.len() - 2), None);
        let beside = [
            ("", vec![Query::new(ByteSpan::new(0, 0), None)]),
            (text, queries.clone()),
            (&long, vec![Query::new(ByteSpan::new(4, 9), None), end]),
            (text, vec![]),
        ];
        let together = head.score_all(&beside);
        assert_eq!(together.iter().map(Vec::len).collect::<Vec<_>>(), [1, 3, 2, 0]);
        assert_eq!(together[0][0], PolarityScores::NEUTRAL);
        for (query, together) in queries.iter().zip(&together[1]) {
            assert_eq!(head.score(text, *query), *together, "{kind}");
        }
        assert_ne!(together[1][0], together[1][2], "{kind}: the holder makes a difference");
        assert_eq!(head.score(&long, end), together[2][1], "{kind}");
        let many = head.score_all(&[(text, vec![queries[0]; 300])]);
        assert!(many[0].iter().all(|scores| *scores == together[1][0]));
    }
}

#[test]
fn any_text_is_read() {
    let long_word = "x".repeat(10_000);
    let emoji = "👩‍👩‍👧‍👦 loves 🇫🇷 and\u{0}\u{fffd} \u{202e}nobody";
    for kind in ["bigru", "transformer"] {
        let model = model(kind);
        for text in ["", " \n", "é", "\u{301}", "[CLS]", "##ing", &long_word, &"a b ".repeat(5_000), emoji] {
            let head = model.polarity().unwrap();
            for (start, end) in [(0, 0), (0, text.len()), (text.len(), text.len()), (9_999_999, 99_999_999)] {
                let span = ByteSpan::new(start, end);
                let scores = listed(head.score(text, Query::new(span, Some(span))));
                assert!(
                    (scores.iter().sum::<f64>() - 1.0).abs() < 1e-9
                        && scores.iter().all(|s| (0.0..=1.0).contains(s))
                );
            }
        }
    }
}

#[test]
fn many_targets_of_a_long_sentence_share_windows_where_they_can() {
    let model = model("transformer");
    let encoder = model.encoder().unwrap();
    let text = "a b c d e f g h i j ".repeat(40);
    let pieces = encoder.pieces(&text);
    let pairs = [(0, 1), (2, 3), (798, 799), (400, 401)].map(|(a, b)| (ByteSpan::new(a, b), None));
    let windows = encoder.windows(&pieces, &pairs);
    let asked: Vec<_> = windows.iter().map(|(_, asked)| asked.clone()).collect();
    assert_eq!(asked, [vec![0, 1], vec![2], vec![3]]);
    assert!(windows.iter().all(|(Window { ids, .. }, _)| ids.len() == 128));
}

/// The file again, altered by `change`, which gets metadata and tensors as `reseal` finds them.
fn reseal(mut file: Vec<u8>, change: impl Fn(&mut Vec<u8>)) -> Vec<u8> {
    use sha2::{Digest, Sha256};
    file.truncate(file.len() - 32);
    change(&mut file);
    let checksum = Sha256::digest(&file);
    file.extend_from_slice(&checksum);
    file
}

fn replace(file: &mut [u8], from: &[u8], to: &[u8]) {
    assert_eq!(from.len(), to.len());
    let at = file.windows(from.len()).position(|w| w == from).expect("the file has it");
    file[at..at + to.len()].copy_from_slice(to);
}

#[test]
fn what_is_wrong_is_named() {
    let cases: [(&str, &[u8], &[u8], &str); 9] = [
        (
            "bigru",
            b"encoder/gru.forward.state.q8",
            b"encoder/gru.forward.state.q7",
            "encoder/gru.forward.state.q8",
        ),
        ("bigru", b"stance/near", b"stance/neat", "stance/near"),
        ("bigru", b"vocab/pieces", b"vocab/places", "vocab/pieces"),
        ("bigru", b"bigru", b"bigrx", "encoder.kind"),
        (
            "bigru",
            b"stance.temperature.stance\x03\0\0\0\x31.5",
            b"stance.temperature.stance\x03\0\0\0-.5",
            "stance.temperature.stance",
        ),
        (
            "transformer",
            b"encoder/layer.2.down.bias",
            b"encoder/layer.2.down.bios",
            "encoder/layer.2.down.bias",
        ),
        ("transformer", b"encoder/marks", b"encoder/masks", "encoder/marks"),
        ("transformer", b"encoder.heads\x01\0\0\0\x34", b"encoder.heads\x01\0\0\0\x35", "heads"),
        ("transformer", b"encoder.layers\x01\0\0\0\x33", b"encoder.layers\x01\0\0\0\x34", "encoder/layer.3"),
    ];
    for (kind, from, to, named) in cases {
        let file = reseal(bytes(kind), |file| replace(file, from, to));
        let error = Model::from_bytes(file).unwrap_err();
        assert!(error.is_model() && error.to_string().contains(named), "{named}: {error}");
    }
    let whole = bytes("bigru");
    for length in [0, 7, 8, 40, whole.len() / 2, whole.len() - 1] {
        assert!(Model::from_bytes(whole[..length].to_vec()).unwrap_err().is_model());
    }
}

proptest::proptest! {
    #[test]
    fn pieces_stand_in_order_inside_any_text(text in "\\PC*|[a-zéß東 .,\u{301}\u{200d}😀#'-]{0,200}") {
        let model = model("bigru");
        let pieces = model.encoder().unwrap().pieces(&text);
        for p in &pieces {
            assert!(text.get(p.span.start..p.span.end).is_some_and(|piece| !piece.is_empty()));
        }
        // Pieces made of one letter (Hangul) share its span; all others follow one another.
        assert!(pieces.windows(2).all(|w| w[0].span == w[1].span || w[0].span.end <= w[1].span.start));
    }
}
