//! What the library sees in a text before the encoder reads it: sentences, noun groups, speakers, and the small models'
//! proposals, one JSON line a text. The trainer of the encoder's reader learns from these, so that it meets in training
//! what it will meet in use. Spans count code points from the text's start.

use crate::gold::{Document, Tuple};
use serde_json::{json, Value};
use standpoint::annotation::{Basis, Polarity};
use standpoint::entities::Class;
use standpoint::offsets::ByteSpan;
use standpoint::stance::features::{self, Holder};
use standpoint::stance::{propose, Proposal, Reading, Weights};
use standpoint::text::Text;
use std::io::{BufRead, Write};

/// Byte offsets to code points, in one sweep.
struct CodePoints(Vec<u32>);

impl CodePoints {
    fn new(text: &str) -> Self {
        let mut at = vec![0; text.len() + 1];
        let mut count = 0;
        for (byte, c) in text.char_indices() {
            at[byte..byte + c.len_utf8()].fill(count);
            count += 1;
        }
        at[text.len()] = count;
        CodePoints(at)
    }

    fn span(&self, span: ByteSpan) -> Value {
        json!([self.0[span.start], self.0[span.end]])
    }
}

/// A document with everything found in it; `gold` where there are labels.
pub fn describe(
    weights: &Weights,
    reading: &Reading<'_>,
    sentences: &[ByteSpan],
    gold: Option<&Document>,
) -> Value {
    let points = CodePoints::new(reading.source);
    let of = |at: usize| {
        let reader = &reading.sentences[at];
        let p = &reader.parsed;
        let mentions: Vec<Value> = (0..reader.mentions.len())
            .map(|m| {
                let mention = &reader.mentions[m];
                let on: Vec<usize> =
                    (0..reader.mentions.len()).filter(|&outer| reader.hangs_on(m, outer)).collect();
                json!({
                    "span": points.span(mention.span(p)), "head": points.span(p.tokens[mention.head].span),
                    "class": format!("{:?}", mention.class), "entity": reading.linked.of[at][m],
                    "name": reading.linked.name(at, m), "with": reader.named_with(m), "on": on,
                    "time": mention.class == Class::Time,
                })
            })
            .collect();
        let words: Vec<Value> = (0..p.tokens.len())
            .filter(|&t| features::is_cue(reader, t))
            .map(|t| json!([points.span(p.tokens[t].span), reader.voices.quoted[t], reader.speaker(t)]))
            .collect();
        let carried = reader.voices.carried.map(|(s, m)| reading.linked.name(s, m));
        let proposals: Vec<Value> =
            propose::propose(weights, reader).iter().map(|p| proposal(weights, reader, p, &points)).collect();
        let tuples: Option<Vec<Value>> =
            gold.map(|d| d.tuples[at].iter().map(|t| tuple(t, &points)).collect());
        json!({
            "span": points.span(sentences[at]), "kind": format!("{:?}", reader.kind), "mentions": mentions,
            "words": words, "carried": carried, "proposals": proposals, "gold": tuples,
        })
    };
    let all: Vec<Value> = (0..reading.sentences.len()).map(of).collect();
    json!({ "text": reading.source, "sentences": all })
}

fn proposal(
    weights: &Weights,
    reader: &standpoint::stance::Reader,
    p: &Proposal,
    points: &CodePoints,
) -> Value {
    let holder = match p.holder {
        Holder::Mention(m) => m as i64,
        Holder::Author => -1,
        Holder::Unnamed => -2,
    };
    json!({
        "cue": points.span(reader.parsed.tokens[p.cue].span), "target": p.target, "holder": holder,
        "support": p.polarity == Polarity::Support, "does": p.basis == Basis::Does,
        "steps": p.steps, "confidence": p.confidence(&weights.calibration),
        "quoted": reader.voices.quoted[p.cue],
    })
}

fn tuple(t: &Tuple, points: &CodePoints) -> Value {
    json!({
        "holder": t.holder, "holder_name": t.holder_name, "holder_span": t.holder_span.map(|s| points.span(s)),
        "target": t.target, "target_name": t.target_name, "target_span": points.span(t.target_span),
        "support": !t.against, "basis": t.basis, "cue_span": points.span(t.cue_span),
    })
}

/// Describes plain texts: `{"text"}` a line in, one description a line out.
pub fn texts(weights: &Weights, input: impl BufRead, mut output: impl Write) {
    for line in input.lines() {
        let row: Value = serde_json::from_str(&line.expect("UTF-8")).expect("JSON");
        let text = Text::plain(row["text"].as_str().expect("text"));
        let sentences = standpoint::sentences::split(&text);
        let kinds = standpoint::kinds::classify(&text, &sentences);
        let reading = Reading::new(&weights.grammar, &text, &sentences, &kinds);
        let spans: Vec<ByteSpan> = sentences.iter().map(|s| s.span).collect();
        let mut out = describe(weights, &reading, &spans, None);
        out["id"] = row["id"].clone();
        writeln!(output, "{out}").expect("written");
    }
}
