//! Prints the word pieces of each line of standard input (a JSON string) as a JSON list of `[id, start, end]` (bytes).
//! `python -m training.check_pieces` compares them with the reference tokenizer's.
//!
//! `cargo run --release --example pieces -- MODEL < sentences.jsonl`

use standpoint::model::Model;
use std::io::{BufRead, BufWriter, Write};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let path = std::env::args().nth(1).ok_or("which model?")?;
    let model = Model::from_bytes(std::fs::read(path)?)?;
    let encoder = model.encoder().ok_or("the model has no encoder")?;
    let mut out = BufWriter::new(std::io::stdout().lock());
    for line in std::io::stdin().lock().lines() {
        let line = line?;
        let text: String = serde_json::from_str(&line)?;
        let pieces: Vec<_> = encoder.pieces(&text).iter().map(|p| (p.id, p.span.start, p.span.end)).collect();
        writeln!(out, "{}", serde_json::to_string(&pieces)?)?;
    }
    Ok(())
}
