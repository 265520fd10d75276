//! How fast a model reads: an article of 50 sentences, one and then three targets in each.
//!
//! `cargo run --release --example encoder_speed -- MODEL…`

use standpoint::model::Model;
use standpoint::offsets::ByteSpan;
use standpoint::stance::Query;
use std::time::{Duration, Instant};

const CLAUSES: [&str; 5] = [
    "The harbour board praised the ferry company on Monday for keeping the promise that it had made to the islanders",
    "critics of the plan, among them two former ministers, said that the dam would drown the homes of 3,200 people",
    "Mayor Okonkwo refused to sign the agreement before the council had seen what the consultants were paid",
    "the union of dock workers rejected an offer from Northern Shipping and called for talks about the night shift",
    "a spokeswoman for Veldkamp & Sons denied that acid had ever been poured into the river above the old bridge",
];

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let article: Vec<String> = (0..50).map(sentence).collect();
    for path in std::env::args().skip(1) {
        let bytes = std::fs::read(&path)?;
        let (model, loading) = timed(|| Model::from_bytes(bytes));
        let model = model?;
        let head = model.polarity().ok_or("the model reads no polarity")?;
        let encoder = model.encoder().ok_or("the model has no encoder")?;
        let pieces: usize = article.iter().map(|s| encoder.pieces(s).len()).sum();
        println!("{path}: loads in {loading:.1?}; {pieces} pieces in 50 sentences");
        let cutting = best(|| article.iter().for_each(|s| drop(encoder.pieces(s))));
        println!("  pieces {cutting:.2?}");
        for targets in [1, 3] {
            let asked: Vec<_> = article.iter().map(|s| (s.as_str(), queries(s, targets))).collect();
            let reading = best(|| drop(head.score_all(&asked)));
            println!(
                "  {targets} target(s) a sentence: {reading:.2?} an article, {:.2?} a sentence",
                reading / 50
            );
        }
    }
    Ok(())
}

/// One or two clauses, so that lengths differ as they do in the news.
fn sentence(i: usize) -> String {
    let first = CLAUSES[i % 5];
    if i % 3 == 0 {
        format!("{first}.")
    } else {
        format!("{}, while {}.", &first[..60], CLAUSES[(i / 5 + i + 1) % 5])
    }
}

fn queries(sentence: &str, count: usize) -> Vec<Query> {
    let word = |n: usize| ByteSpan::new(10 * n + 4, 10 * n + 14);
    (0..count)
        .map(|n| Query::new(word(n), (n > 0).then(|| word(0))))
        .filter(|q| q.target.end < sentence.len())
        .collect()
}

fn timed<T>(work: impl FnOnce() -> T) -> (T, Duration) {
    let start = clock();
    let result = work();
    (result, clock() - start)
}

/// Time on the processor where the system tells (Linux), so that a busy machine does not count; else wall time.
fn clock() -> Duration {
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").ok();
    let spent = told.and_then(|t| t.split_whitespace().next().and_then(|n| n.parse().ok()));
    static START: std::sync::OnceLock<Instant> = std::sync::OnceLock::new();
    spent.map_or_else(|| START.get_or_init(Instant::now).elapsed(), Duration::from_nanos)
}

fn best(work: impl Fn()) -> Duration {
    (0..7).map(|_| timed(&work).1).min().expect("seven runs")
}
