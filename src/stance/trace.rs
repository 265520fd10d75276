//! What each stage saw in a sentence, for a person: the tool to reach for when a claim looks wrong.

use super::{Holder, Looked, Proposal, Reading};
use crate::annotation::Polarity;
use crate::attribution;
use crate::model::Model;
use crate::sentences::Sentence;
use std::fmt::Write;

/// Words with tags and heads, mentions with their links, voices, the likeliest proposals of the small models with their
/// three steps, what the encoder says of the targets it looked at, and what might be claimed, best first.
pub fn trace(
    model: &Model,
    sentences: &[Sentence],
    reading: &Reading<'_>,
    sentence: usize,
    proposed: &[(f32, Proposal)],
    looked: &Looked,
) -> String {
    let start = sentences[sentence].span.start;
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
    let thoughts = attribution::thoughts(p, &reader.mentions, &reader.voices);
    for attribution in reader.voices.attributions.iter().chain(&thoughts) {
        let source = attribution.source.map_or("?", |m| reader.mentions[m].span(p).of(reading.source));
        let content: Vec<&str> = attribution.content.iter().map(|&t| word(t)).collect();
        let _ = write!(out, " [{source}: {} → {}]", word(attribution.cue), content.join(" "));
    }
    if let Some((from, mention)) = reader.voices.carried {
        let _ = write!(out, " [carried: {}]", reading.linked.name(from, mention));
    }
    let holder = |holder: Holder| match holder {
        Holder::Mention(m) => reader.mentions[m].span(p).of(reading.source),
        Holder::Author => "author",
        Holder::Unnamed => "(unnamed)",
    };
    let sign = |polarity: Polarity| if polarity == Polarity::Support { '+' } else { '-' };
    let target = |target: usize| reader.mentions[target].span(p).of(reading.source);
    let mut proposals: Vec<&(f32, Proposal)> = proposed.iter().collect();
    proposals.sort_by(|a, b| b.0.total_cmp(&a.0));
    for (sure, proposal) in proposals.into_iter().take(8) {
        let [a, b, c] = proposal.steps.map(libm::expf);
        let _ = write!(
            out,
            "\nfirst    {sure:.2} {} {} → {} | {} {:?} (cue {a:.2}, target {b:.2}, holder {c:.2})",
            sign(proposal.polarity),
            holder(proposal.holder),
            target(proposal.target),
            word(proposal.cue),
            proposal.basis
        );
    }
    for (mention, odds, opinion) in &looked.opinions {
        let (scores, sure) = (&opinion.scores, libm::expf(-odds));
        let _ = write!(
            out,
            "\nlooked   {} ({:.2}): support {:.2}, oppose {:.2}, neither {:.2}",
            target(*mention),
            1.0 / (1.0 + sure),
            scores.support,
            scores.oppose,
            scores.neutral
        );
    }
    let mut claims = super::candidates(model, reading, sentence, start, proposed, looked);
    claims.sort_by(|a, b| b.confidence.total_cmp(&a.confidence));
    for claim in claims {
        let _ = write!(
            out,
            "\nclaim    {:.2} {} {} → {} | {} {:?}",
            claim.confidence,
            sign(claim.polarity),
            holder(claim.holder),
            target(claim.target),
            claim.cue.of(reading.source),
            claim.basis
        );
    }
    out.push('\n');
    out
}
