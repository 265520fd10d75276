//! Cuts the `text` of each JSON line on standard input into words, for `silver.py`: one JSON array a line.
use standpoint::{offsets::ByteSpan, tokens::tokenize};
use std::io::BufRead;

fn main() {
    for line in std::io::stdin().lock().lines() {
        let row: serde_json::Value = serde_json::from_str(&line.expect("UTF-8")).expect("JSON");
        let text = row["text"].as_str().expect("text");
        let tokens = tokenize(text, ByteSpan::new(0, text.len()));
        let words: Vec<_> = tokens.iter().map(|t| t.span.of(text)).collect();
        println!("{}", serde_json::to_string(&words).expect("strings"));
    }
}
