//! `standpoint annotate`.

use crate::args::{Annotate, Format};
use crate::input::{self, Failure};
use crate::{jsonl, models};
use serde::{Deserialize, Serialize};
use standpoint::annotation::Annotation;
use standpoint::offsets::{Bytes, CodePoints, OffsetUnit, Utf16};
use standpoint::options::{HostTopic, HostTopics};
use standpoint::{export, Annotator, Error, Options};
use std::io::Write;
use std::path::Path;

#[derive(Deserialize)]
struct Query {
    text: String,
}

/// The result, with the text it is about where that was asked for.
#[derive(Serialize)]
struct Stored {
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<String>,
    #[serde(flatten)]
    result: Shown,
}

/// The result in the unit asked for.
#[derive(Serialize)]
#[serde(untagged)]
enum Shown {
    Utf8(Annotation<Bytes>),
    Utf16(Annotation<Utf16>),
    CodePoint(Annotation<CodePoints>),
}

pub fn run(args: Annotate) -> Result<(), Failure> {
    let annotator = Annotator::new(models::load(&args.common.model)?);
    let unit = OffsetUnit::from(args.common.offsets);
    let mut options = Options::default();
    options.min_confidence = args.min_confidence;
    options.targets = args.target;
    options.language = args.language;
    options.topics =
        args.topics.as_deref().map(topics).transpose()?.filter(|topics| !topics.all().is_empty());
    if args.jsonl && args.format != Format::Json {
        return Err(Error::options("--jsonl has one shape of result: JSON").into());
    }
    if args.jsonl {
        return jsonl::each(&args.file, |query: Query| {
            let result = shown(annotator.annotate(&query.text, &options), &query.text, unit);
            Ok(Stored { result, text: args.with_text.then_some(query.text) })
        });
    }
    let text = input::text(&args.file)?;
    let annotation = annotator.annotate(&text, &options);
    let output = match args.format {
        Format::Json => json(&Stored {
            result: shown(annotation, &text, unit),
            text: args.with_text.then(|| text.clone()),
        }),
        Format::Csv => csv(&text, annotation, unit),
        Format::Jsonld => json(&export::jsonld::write(&text, &annotation, args.source.as_deref())),
        Format::Text => export::text::write(&text, &annotation),
    };
    std::io::stdout().lock().write_all(output.as_bytes()).map_err(Failure::output)
}

/// A host's topics as its file has them.
fn topics(path: &Path) -> Result<HostTopics, Failure> {
    #[derive(Deserialize)]
    struct Told {
        id: String,
        label: String,
        description: Option<String>,
        examples: Option<Vec<String>>,
        threshold: Option<f64>,
    }
    let wrong = |e: serde_json::Error| Error::options(format!("{}: {e}", path.display()));
    let told: Vec<Told> = serde_json::from_str(&input::text(path)?).map_err(wrong)?;
    let topic = |told: Told| HostTopic {
        id: told.id,
        label: told.label,
        description: told.description.unwrap_or_default(),
        examples: told.examples.unwrap_or_default(),
        threshold: told.threshold,
    };
    let topics: Vec<HostTopic> = told.into_iter().map(topic).collect();
    Ok(HostTopics::new(topics)?)
}

fn shown(annotation: Annotation<Bytes>, text: &str, unit: OffsetUnit) -> Shown {
    match unit {
        OffsetUnit::Utf8 => Shown::Utf8(annotation),
        OffsetUnit::Utf16 => Shown::Utf16(annotation.to_utf16(text)),
        OffsetUnit::CodePoint => Shown::CodePoint(annotation.to_code_points(text)),
    }
}

fn json(result: &impl Serialize) -> String {
    serde_json::to_string(result).expect("results hold only strings, numbers and lists") + "\n"
}

fn csv(text: &str, annotation: Annotation<Bytes>, unit: OffsetUnit) -> String {
    match unit {
        OffsetUnit::Utf8 => export::csv::write(text, &annotation, &annotation),
        OffsetUnit::Utf16 => export::csv::write(text, &annotation, &annotation.to_utf16(text)),
        OffsetUnit::CodePoint => export::csv::write(text, &annotation, &annotation.to_code_points(text)),
    }
}
