//! Golden articles: every tag aligned under the words it points at, so that a change reads as a diff of English.
//!
//! Each `tests/articles/NAME.txt` has a `NAME.golden` beside it, and so has each of the demo's articles in
//! `www/samples/`. After a change that is meant,
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
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let articles = [("tests/articles", "txt"), ("www/samples", "html")].map(|(folder, extension)| {
        let files = std::fs::read_dir(root.join(folder)).expect("the folder");
        let mut files: Vec<_> = files.map(|entry| entry.expect("an entry").path()).collect();
        files.retain(|path| path.extension().is_some_and(|e| e == extension));
        files.sort();
        assert!(!files.is_empty());
        files
    });
    let annotator = Annotator::builtin();
    let mut changed = Vec::new();
    for path in articles.concat() {
        let mut text = std::fs::read_to_string(&path).expect("an article");
        if path.extension().is_some_and(|e| e == "html") {
            text = sample_text(&text);
        }
        let seen = show(&text, &annotator.annotate(&text, &Options::default()));
        let name = path.with_extension("golden");
        let golden = root.join("tests/articles").join(name.file_name().expect("a name"));
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

/// The demo tells how one sentence is read, from what `standpoint explain` says of it.
#[test]
fn the_sentence_the_demo_explains_is_read_that_way() {
    let golden = Path::new(env!("CARGO_MANIFEST_DIR")).join("www/demo/traced.txt");
    let sentence = std::fs::read_to_string(&golden).expect("the trace");
    let sentence = sentence.lines().next().expect("a sentence").to_owned();
    let file = Path::new(env!("CARGO_TARGET_TMPDIR")).join("traced-sentence.txt");
    std::fs::write(&file, &sentence).expect("writable");
    let mut explain = std::process::Command::new(env!("CARGO_BIN_EXE_standpoint"));
    let output = explain.arg("explain").arg(&file).output().expect("the program runs");
    let seen = format!("{}\n", String::from_utf8_lossy(&output.stdout).trim_end());
    if std::env::var_os("UPDATE_EXPECT").is_some() {
        std::fs::write(&golden, seen).expect("writable");
    } else {
        let known = std::fs::read_to_string(&golden).expect("the trace");
        assert_eq!(known, seen, "If this is meant: UPDATE_EXPECT=1 cargo test --test golden");
    }
}

/// The words of a sample page: our own have a block a line, so no parser is needed.
fn sample_text(html: &str) -> String {
    let mut blocks = Vec::new();
    let article = html.split("<article").nth(1).and_then(|rest| rest.split("</article>").next());
    let (before, after) = article.expect("an article").split_once("<aside>").expect("links to other samples");
    let after = after.split_once("</aside>").expect("their end").1;
    for line in before.lines().chain(after.lines()) {
        if ["<h1", "<h2", "<p", "<figcaption"].iter().any(|tag| line.starts_with(tag)) {
            let words = line.split('<').filter_map(|piece| piece.split_once('>')).map(|(_, words)| words);
            blocks.push(words.collect::<String>());
        }
    }
    blocks.join("\n\n")
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
