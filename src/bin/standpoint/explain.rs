//! `standpoint explain`: what each stage saw, for whoever wonders why a tag looks wrong.

use crate::args::Explain;
use crate::input::{self, Failure};
use crate::models;
use standpoint::stance::trace;
use standpoint::text::Text;
use standpoint::{topics, Annotator};
use std::fmt::Write as _;
use std::io::Write as _;

/// Words shown for a sentence's topic, strongest first.
const WORDS: usize = 5;

pub fn run(args: &Explain) -> Result<(), Failure> {
    let model = models::load(&args.model)?;
    let source = input::text(&args.file)?;
    let text = Text::plain(&source);
    let annotator = Annotator::new(model);
    let (seen, model) = (annotator.see(&text), annotator.model());
    let mut out = String::new();
    for (index, sentence) in seen.sentences.iter().enumerate() {
        let words = sentence.span.of(&source);
        let kind = format!("{:?}", seen.kinds[index]).to_lowercase();
        let _ = writeln!(out, "{words}\nkind      {kind}");
        for topic in seen.topics[index].topics.iter().chain(&seen.topics[index].subtopics) {
            let raised = topics::explain(model, words, &topic.id);
            let raised: Vec<&str> = raised.iter().take(WORDS).map(|(span, _)| span.of(words)).collect();
            let _ =
                writeln!(out, "topic     {} {:.2}: {}", topic.label, topic.score.get(), raised.join(", "));
        }
        if model.stance().is_some() {
            let (proposed, looked) = (&seen.proposed[index], &seen.looked[index]);
            let _ =
                writeln!(out, "{}", trace(model, &seen.sentences, &seen.reading, index, proposed, looked));
        }
    }
    std::io::stdout().lock().write_all(out.as_bytes()).map_err(Failure::output)
}
