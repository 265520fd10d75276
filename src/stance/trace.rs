//! What each stage saw in a sentence, for a person: the tool to reach for when a claim looks wrong.

use super::{propose, Holder, Reading, Weights};
use crate::annotation::Polarity;
use std::fmt::Write;

/// Words with tags and heads, mentions with their links, voices, and every proposal with its three steps, best first.
pub fn trace(weights: &Weights, reading: &Reading<'_>, sentence: usize) -> String {
    let reader = &reading.sentences[sentence];
    let p = &reader.parsed;
    let word = |token: usize| p.tokens[token].span.of(reading.source);
    let mut out = String::from("words    ");
    for token in 0..p.tokens.len() {
        let head = p.tree.head(token).map_or("-", word);
        let _ = write!(out, " {}/{:?}<{head}", word(token), p.tag(token));
    }
    out += "\nmentions ";
    for (index, mention) in reader.mentions.iter().enumerate() {
        let name = reading.linked.name(sentence, index);
        let _ = write!(out, " [{} {:?} = {name}]", mention.span(p).of(reading.source), mention.class);
    }
    out += "\nvoices   ";
    for attribution in &reader.voices.attributions {
        let source = attribution.source.map_or("?", |m| reader.mentions[m].span(p).of(reading.source));
        let content: Vec<&str> = attribution.content.iter().map(|&t| word(t)).collect();
        let _ = write!(out, " [{source}: {} → {}]", word(attribution.cue), content.join(" "));
    }
    if let Some((from, mention)) = reader.voices.carried {
        let _ = write!(out, " [carried: {}]", reading.linked.name(from, mention));
    }
    let mut proposals = propose::propose(weights, reader);
    let sure = |p: &propose::Proposal| p.confidence(&weights.calibration);
    proposals.sort_by(|a, b| sure(b).total_cmp(&sure(a)));
    for proposal in proposals.iter().take(8) {
        let holder = match proposal.holder {
            Holder::Mention(m) => reader.mentions[m].span(p).of(reading.source),
            Holder::Author => "author",
            Holder::Unnamed => "(unnamed)",
        };
        let [a, b, c] = proposal.steps.map(libm::expf);
        let sign = if proposal.polarity == Polarity::Support { '+' } else { '-' };
        let target = reader.mentions[proposal.target].span(p).of(reading.source);
        let _ = write!(
            out,
            "\n{:.2} {sign} {holder} → {target} | {} {:?} (cue {a:.2}, target {b:.2}, holder {c:.2})",
            sure(proposal),
            word(proposal.cue),
            proposal.basis
        );
    }
    out.push('\n');
    out
}
