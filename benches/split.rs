//! Sentence splitting natively: MB per CPU-second, and whether twice the text takes twice the time.
//! `cargo xtask bench` runs it beside the peers, on the text they get.

use cpu_time::ProcessTime;
use standpoint::{sentences, text::Text};
use std::hint::black_box;

fn main() {
    let Some(file) = std::env::var_os("STANDPOINT_BENCH_TEXT") else {
        return println!("run by `cargo xtask bench`, which makes the text");
    };
    let news = std::fs::read_to_string(file).expect("the text that benches/text.mjs made");
    let articles: Vec<&str> = news.split('\u{c}').collect();
    let speed = news.len() as f64 / 1e6 / median_time(&articles);
    let count: usize = articles.iter().map(|article| sentences::split(&Text::plain(article)).len()).sum();
    println!("Standpoint (native)  {speed:.1} MB per CPU-second, {count} sentences");

    println!(
        "\nNatively, time for twice the text over time for the text, of 1,000,000 bytes (2.0 is linear)"
    );
    for unit in [".", "A. ", "“", "\"", "\n", "a", "(", "1", "word "] {
        let short = unit.repeat(1_000_000 / unit.len());
        let long = unit.repeat(2_000_000 / unit.len());
        let (once, twice) = (median_time(&[&short]), median_time(&[&long]));
        println!("{:<8} {:.1}  ({:.0} ms)", format!("{unit:?}"), twice / once, twice * 1000.0);
    }
}

/// Median seconds of processor time over five runs, after one to warm up.
fn median_time(texts: &[&str]) -> f64 {
    let once = || {
        let start = ProcessTime::now();
        for text in texts {
            black_box(sentences::split(&Text::plain(black_box(text))));
        }
        start.elapsed().as_secs_f64()
    };
    once();
    let mut times: Vec<f64> = (0..5).map(|_| once()).collect();
    times.sort_by(f64::total_cmp);
    times[2]
}
