//! The article with its tags in the margin, for people at a terminal.

use super::{confidence_in_words, labels, polarity_in_words, word};
use crate::annotation::{AnnotatedSentence, Annotation, Basis, SentenceStance, Stance};
use crate::kinds::Kind;
use crate::offsets::Bytes;
use std::fmt::Write;

/// Width of the margin and of the text beside it, in characters.
const MARGIN: usize = 30;
const COLUMN: usize = 78;

/// Each sentence beside its stance and topics, each claim below it with the words that show it, and the
/// article's topics and pairs at the end.
pub fn write(text: &str, annotation: &Annotation<Bytes>) -> String {
    let mut out = String::new();
    let mut paragraph = None;
    for s in &annotation.sentences {
        if paragraph.replace(s.paragraph).is_some_and(|last| last != s.paragraph) {
            out.push('\n');
        }
        beside(&mut out, &margin(s), s.span.of(text));
        for stance in &s.stances {
            beside(&mut out, "", &format!("  {} {}", sign(stance), claim(text, stance)));
        }
    }
    summary(&mut out, annotation);
    out
}

/// Stance, kind and topics of one sentence.
fn margin(s: &AnnotatedSentence<Bytes>) -> String {
    let sign = match s.stance {
        SentenceStance::Support => "+",
        SentenceStance::Oppose => "-",
        SentenceStance::Mixed => "±",
        SentenceStance::Neutral => " ",
    };
    let topics = labels(&s.topics, ", ");
    match s.kind {
        Kind::Body => format!("{sign} {topics}"),
        kind if topics.is_empty() => format!("{sign} [{}]", word(kind)),
        kind => format!("{sign} [{}] {topics}", word(kind)),
    }
}

fn sign(stance: &Stance<Bytes>) -> char {
    if stance.polarity == crate::annotation::Polarity::Support {
        '+'
    } else {
        '-'
    }
}

/// `Nikki Haley against China, in words: "growing threat" (fairly sure)`.
fn claim(text: &str, stance: &Stance<Bytes>) -> String {
    let holder = if stance.basis == Basis::Author { "the writer" } else { stance.holder.name.as_str() };
    let how = match stance.basis {
        Basis::Says => "in words",
        Basis::Does => "in deeds",
        Basis::Author => "in the choice of words",
    };
    format!(
        "{holder} {} {}, {how}: “{}” ({})",
        polarity_in_words(stance.polarity),
        stance.target.name,
        stance.cue.of(text),
        confidence_in_words(stance.confidence),
    )
}

/// Wraps `words` beside `margin`; only the first line has the margin's text.
fn beside(out: &mut String, margin: &str, words: &str) {
    let indent = words.len() - words.trim_start().len();
    let mut margin = fit(margin);
    let mut line = String::new();
    for word in words.split_whitespace() {
        if !line.is_empty() && line.chars().count() + 1 + word.chars().count() > COLUMN {
            let _ = writeln!(out, "{margin:MARGIN$} │ {line}");
            margin.clear();
            line.clear();
        }
        line.push_str(if line.is_empty() { &words[..indent] } else { " " });
        line.push_str(word);
    }
    let _ = writeln!(out, "{margin:MARGIN$} │ {line}");
}

/// Shortened with an ellipsis to the margin's width.
fn fit(margin: &str) -> String {
    if margin.chars().count() <= MARGIN {
        return margin.trim_end().to_owned();
    }
    margin.chars().take(MARGIN - 1).chain(['…']).collect()
}

fn summary(out: &mut String, annotation: &Annotation<Bytes>) {
    if annotation.language != "en" {
        let _ = writeln!(out, "\nThis does not read as English: nothing is claimed about it.");
        return;
    }
    if !annotation.topics.is_empty() {
        let _ = writeln!(out, "\nAbout: {}", labels(&annotation.topics, ", "));
    }
    if annotation.stances.is_empty() {
        return;
    }
    let _ = writeln!(out, "\n{:>7} {:>4}", "against", "for");
    for pair in &annotation.stances {
        let count = |n: usize| if n == 0 { String::from("·") } else { n.to_string() };
        let (oppose, support) = (count(pair.oppose), count(pair.support));
        let _ = writeln!(out, "{oppose:>7} {support:>4}  {} → {}", pair.holder, pair.target);
    }
    let _ = writeln!(out, "\nRead automatically. It can be wrong: check the quoted words.");
}
