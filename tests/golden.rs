//! Golden articles: every tag aligned under the words it points at, so that a change reads as a diff of English.
//!
//! Each `tests/articles/NAME.txt` has a `NAME.golden` beside it. After a change that is meant,
//! `UPDATE_EXPECT=1 cargo test --test golden` writes them anew; look at the diff before it is committed.
//!
//! Under a sentence stand its topics, then one line a stance: `H` under the holder, `^` under the cue, `T` under
//! the target, and at the end what is claimed.

use standpoint::annotation::{AnnotatedSentence, Annotation, Stance, Topic};
use standpoint::offsets::{ByteSpan, Bytes};
use standpoint::{Annotator, Options};
use std::fmt::Write;
use std::path::Path;

#[test]
fn articles_read_as_reviewed() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/articles");
    let mut articles: Vec<_> =
        std::fs::read_dir(folder).expect("the folder").map(|entry| entry.expect("an entry").path()).collect();
    articles.retain(|path| path.extension().is_some_and(|e| e == "txt"));
    articles.sort();
    assert!(!articles.is_empty());
    let annotator = Annotator::builtin();
    let mut changed = Vec::new();
    for path in articles {
        let text = std::fs::read_to_string(&path).expect("an article");
        let seen = show(&text, &annotator.annotate(&text, &Options::default()));
        let golden = path.with_extension("golden");
        if std::env::var_os("UPDATE_EXPECT").is_some() {
            std::fs::write(&golden, seen).expect("writable");
        } else if std::fs::read_to_string(&golden).unwrap_or_default() != seen {
            changed.push(format!("--- {} now reads:\n{seen}", golden.display()));
        }
    }
    assert!(
        changed.is_empty(),
        "{}\nIf this is meant: UPDATE_EXPECT=1 cargo test --test golden",
        changed.join("\n")
    );
}

fn show(text: &str, annotation: &Annotation<Bytes>) -> String {
    let mut out = format!("# {} · {}\n", annotation.language, names(&annotation.topics));
    let mut paragraph = usize::MAX;
    for s in &annotation.sentences {
        if s.paragraph != paragraph {
            paragraph = s.paragraph;
            out.push('\n');
        }
        let kind = format!("{:?}", s.kind).to_lowercase();
        let topics = [names(&s.topics), names(&s.subtopics)].join(" > ");
        let _ =
            writeln!(out, "{}\n  [{kind}] {}", one_line(s.span.of(text)), topics.trim_matches([' ', '>']));
        for stance in &s.stances {
            let _ = writeln!(out, "{}  {}", marks(text, s, stance), claim(stance));
        }
    }
    out
}

/// Line breaks inside a sentence are shown, one character for each character, so that marks stay aligned.
fn one_line(sentence: &str) -> String {
    sentence.replace(['\n', '\r'], "⏎")
}

fn names(topics: &[Topic]) -> String {
    topics.iter().map(|t| t.label.as_str()).collect::<Vec<_>>().join(", ")
}

fn marks(text: &str, sentence: &AnnotatedSentence<Bytes>, stance: &Stance<Bytes>) -> String {
    let inside = |span: Option<ByteSpan>, at: usize| span.is_some_and(|s| s.start <= at && at < s.end);
    let mark = |(i, _)| {
        let at = sentence.span.start + i;
        match () {
            () if inside(Some(stance.cue), at) => '^',
            () if inside(stance.holder.span, at) => 'H',
            () if inside(stance.target.span, at) => 'T',
            () => ' ',
        }
    };
    sentence.span.of(text).char_indices().map(mark).collect::<String>().trim_end().to_owned()
}

fn claim(s: &Stance<Bytes>) -> String {
    let [polarity, basis] =
        [format!("{:?}", s.polarity), format!("{:?}", s.basis)].map(|word| word.to_lowercase());
    format!("{} {polarity} {}, {basis} ({:.2})", s.holder.name, s.target.name, s.confidence.get())
}
