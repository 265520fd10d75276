//! What the splitter promises: the case files under `tests/cases/sentences`, and properties on any text.

use proptest::prelude::*;
use standpoint::sentences::split;
use standpoint::text::Text;
use std::fs;
use std::path::Path;

/// The text in the case files' notation.
fn marked(text: &str) -> String {
    let mut out = String::new();
    let mut end = 0;
    let read = Text::plain(text);
    for sentence in split(&read) {
        let gap = &text[end..sentence.span.start];
        out += match (end, gap) {
            (0, _) => "",
            (_, "") => "||",
            (_, "\n") => "|\n",
            (_, gap) if gap.contains("\n\n") => "\n¶\n",
            _ => " | ",
        };
        out += sentence.span.of(text);
        end = sentence.span.end;
    }
    out
}

#[test]
fn cases() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/sentences");
    let mut files: Vec<_> = fs::read_dir(folder).unwrap().map(|f| f.unwrap().path()).collect();
    files.sort();
    let (mut wrong, mut count) = (Vec::new(), 0);
    for file in files.iter().filter(|f| f.extension().is_some_and(|e| e == "txt")) {
        for case in fs::read_to_string(file).unwrap().split("--- ").skip(1) {
            let (name, expected) = case.trim_end().split_once('\n').unwrap();
            let text =
                expected.replace("\n¶\n", "\n\n").replace("||", "").replace(" | ", " ").replace("|\n", "\n");
            let found = marked(&text);
            count += 1;
            if found != expected {
                wrong.push(format!("{name}\n  expected {expected:?}\n  found    {found:?}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{} of {count} cases:\n{}", wrong.len(), wrong.join("\n"));
}

/// What holds of every text.
fn check(text: &str) {
    let read = Text::plain(text);
    let sentences = split(&read);
    let mut end = 0;
    for sentence in &sentences {
        let words = text.get(sentence.span.start..sentence.span.end).expect("on character boundaries");
        assert!(sentence.span.start >= end, "out of order in {text:?}");
        assert!(text[end..sentence.span.start].chars().all(char::is_whitespace), "words lost in {text:?}");
        assert!(!words.is_empty() && words == words.trim(), "not trimmed in {text:?}");
        let paragraph = read.paragraphs()[sentence.paragraph].span;
        assert!(paragraph.contains(&sentence.span), "outside its paragraph in {text:?}");
        end = sentence.span.end;
    }
    assert!(text[end..].chars().all(char::is_whitespace), "words lost in {text:?}");
    assert_eq!(standpoint::kinds::classify(&read, &sentences).len(), sentences.len());
    standpoint::language::detect(text);
}

#[test]
fn awkward_texts_are_split_sanely() {
    for text in [
        "",
        " ",
        "\n",
        "\r\n\r\n",
        ".",
        "...",
        "\u{feff}",
        "\u{200b}",
        "\u{a0}",
        "\u{2028}",
        "“",
        "”.",
        "a.",
        ". a",
        "\u{a0}A.\u{a0}B.\u{a0}",
        "A.\u{2028}B.\u{2029}C.",
        "سلام. كيف الحال؟ بخير.",
        "是的。他走了。",
        "é. É",
        "😀. 😀",
        "a\u{300}. B\u{301}",
        "1.\u{200b}2",
        "\u{1f468}\u{200d}\u{1f469}. Yes",
        "x.\u{3000}Y",
        "[...] [...] [...]",
        "-. -. -.",
        "• • •",
        "\"\".\"\"",
        "(((",
        ")))",
        "a.\"B",
        "U.S.",
        "1) 2) 3)",
        "█ ██",
        "\0\0. \0A",
    ] {
        check(text);
    }
}

#[test]
fn whole_sentences_of_other_scripts() {
    assert_eq!(marked("是的。他走了。"), "是的。||他走了。");
    assert_eq!(marked("كيف الحال؟ بخير."), "كيف الحال؟ | بخير.");
}

#[test]
fn line_ends_of_all_systems_read_alike() {
    let unix = "The court ruled.\nIt was late.\n\nNobody came.";
    let starts = |text: &str| -> Vec<String> {
        split(&Text::plain(text)).iter().map(|s| s.span.of(text).to_owned()).collect()
    };
    assert_eq!(starts(unix), starts(&unix.replace('\n', "\r\n")));
    assert_eq!(starts(unix), starts(&unix.replace('\n', "\r")));
    assert_eq!(starts(unix), starts(&unix.replace('\n', "\u{2028}")));
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text(text in "\\PC{0,80}") {
        check(&text);
    }

    #[test]
    fn texts_of_what_matters(parts in prop::collection::vec(prop::sample::select(vec![
        "A", "a", "The", "word", "Mr", "U.S", "p.m", "3", "b", "I", " ", " ", " ", "\n", "\r\n", "\n\n", "\u{a0}", "\u{2028}", "\u{2029}", "\u{200b}",
        ".", ".", "!", "?", "…", ",", ":", ";", "-", "—", "(", ")", "[", "]", "[...]", "\"", "'", "“", "”", "‘", "’", "«", "»", "•", "*", "█", "😀", "é", "א", "。", "e\u{301}", "http://x.y", "a@b.c", "1)", "Image:", "By ", "Monday, June 3, 2024",
    ]), 0..40)) {
        check(&parts.concat());
    }
}
