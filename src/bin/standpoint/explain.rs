//! `standpoint explain`: what each stage saw, for whoever wonders why a tag looks wrong.

use crate::args::Explain;
use crate::input::{self, Failure};
use crate::models;
use standpoint::stance::{trace, Reading};
use standpoint::text::Text;
use standpoint::{kinds, sentences, topics};
use std::fmt::Write as _;
use std::io::Write as _;

/// Words shown for a sentence's topic, strongest first.
const WORDS: usize = 5;

pub fn run(args: &Explain) -> Result<(), Failure> {
    let model = models::load(&args.model)?;
    let source = input::text(&args.file)?;
    let text = Text::plain(&source);
    let sentences = sentences::split(&text);
    let kinds = kinds::classify(&text, &sentences);
    let (subjects, _) = topics::classify(&model, &text, &sentences, &kinds);
    let reading =
        model.stance().map(|weights| (weights, Reading::new(&weights.grammar, &text, &sentences, &kinds)));
    let mut out = String::new();
    for (index, sentence) in sentences.iter().enumerate() {
        let words = sentence.span.of(&source);
        let kind = format!("{:?}", kinds[index]).to_lowercase();
        let _ = writeln!(out, "{words}\nkind      {kind}");
        for topic in subjects[index].topics.iter().chain(&subjects[index].subtopics) {
            let raised = topics::explain(&model, words, &topic.id);
            let raised: Vec<&str> = raised.iter().take(WORDS).map(|(span, _)| span.of(words)).collect();
            let _ =
                writeln!(out, "topic     {} {:.2}: {}", topic.label, topic.score.get(), raised.join(", "));
        }
        if let Some((weights, reading)) = &reading {
            let _ = writeln!(out, "{}", trace(weights, reading, index));
        }
    }
    std::io::stdout().lock().write_all(out.as_bytes()).map_err(Failure::output)
}
