//! What each unit of an article is for: the case files under `tests/cases/kinds`, and what markup adds.

use standpoint::kinds::{classify, Kind};
use standpoint::offsets::ByteSpan;
use standpoint::sentences::split;
use standpoint::text::{Paragraph, Text};
use std::fs;
use std::path::Path;

fn name(kind: Kind) -> &'static str {
    match kind {
        Kind::Body => "body",
        Kind::Heading => "heading",
        Kind::Caption => "caption",
        Kind::Meta => "meta",
    }
}

/// The text in the case files' notation.
fn told(text: &Text<'_>) -> String {
    let sentences = split(text);
    let mut out = String::new();
    let mut paragraph = 0;
    for (sentence, kind) in sentences.iter().zip(classify(text, &sentences)) {
        if sentence.paragraph != paragraph {
            out += "\n";
            paragraph = sentence.paragraph;
        }
        out += &format!("{} | {}\n", name(kind), sentence.span.of(text.source()));
    }
    out
}

#[test]
fn cases() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/kinds");
    let mut files: Vec<_> = fs::read_dir(folder).unwrap().map(|f| f.unwrap().path()).collect();
    files.sort();
    let mut wrong = Vec::new();
    for file in files.iter().filter(|f| f.extension().is_some_and(|e| e == "txt")) {
        for case in fs::read_to_string(file).unwrap().split("--- ").skip(1) {
            let (name, expected) = case.trim_end().split_once('\n').unwrap();
            let paragraphs: Vec<String> = expected
                .split("\n\n")
                .map(|p| {
                    p.lines().map(|line| line.split_once(" | ").unwrap().1).collect::<Vec<_>>().join(" ")
                })
                .collect();
            let found = told(&Text::plain(&paragraphs.join("\n\n")));
            if found.trim_end() != expected {
                wrong.push(format!("{name}:\n{found}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// One paragraph of each hint.
fn hinted(parts: &[(&str, Option<Kind>)]) -> String {
    let source: String = parts.iter().map(|(words, _)| format!("{words}\n\n")).collect();
    let mut at = 0;
    let paragraphs: Vec<Paragraph> = parts
        .iter()
        .map(|(words, kind)| {
            let span = ByteSpan::new(at, at + words.len());
            at += words.len() + 2;
            Paragraph { span, kind: *kind }
        })
        .collect();
    told(&Text::with_paragraphs(&source, paragraphs))
}

#[test]
fn markup_that_says_what_it_is_is_believed() {
    let found = hinted(&[
        ("The pool stays open, says the council.", Some(Kind::Heading)),
        ("Swimmers wait. Photo: Ana Ruiz", Some(Kind::Caption)),
        ("Harbor Daily", Some(Kind::Meta)),
    ]);
    assert_eq!(
        found,
        "heading | The pool stays open, says the council.\n\ncaption | Swimmers wait.\nmeta | Photo: Ana Ruiz\n\nmeta | Harbor Daily\n"
    );
}

#[test]
fn plain_paragraphs_of_a_page_are_read() {
    let found = hinted(&[
        ("The pool stays open", Some(Kind::Heading)),
        ("The council voted on Monday.", Some(Kind::Body)),
        ("A costly roof", Some(Kind::Body)),
        ("Read more: The bridge that never was", Some(Kind::Body)),
    ]);
    assert_eq!(
        found,
        "heading | The pool stays open\n\nbody | The council voted on Monday.\n\nheading | A costly roof\n\nmeta | Read more: The bridge that never was\n"
    );
}
