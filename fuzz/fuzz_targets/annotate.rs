//! Any text through the whole annotator: no panic, and every claim's spans inside its sentence.

#![no_main]

use libfuzzer_sys::fuzz_target;
use standpoint::{Annotator, Options};
use std::sync::OnceLock;

static ANNOTATOR: OnceLock<Annotator> = OnceLock::new();

fuzz_target!(|text: &str| {
    let annotator = ANNOTATOR.get_or_init(Annotator::builtin);
    let mut options = Options::default();
    options.min_confidence = Some(0.0);
    options.language = Some("en".to_owned());
    for sentence in annotator.annotate(text, &options).sentences {
        assert!(text.get(sentence.span.start..sentence.span.end).is_some());
        for stance in &sentence.stances {
            let spans = [Some(stance.cue), stance.holder.span, stance.target.span];
            for span in spans.into_iter().flatten() {
                assert!(text.get(span.start..span.end).is_some_and(|words| !words.is_empty()));
                assert!(sentence.span.contains(&span));
            }
        }
    }
});
