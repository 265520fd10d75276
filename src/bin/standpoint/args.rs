//! What the command line accepts.

use clap::{Args as ClapArgs, Parser, Subcommand, ValueEnum};
use standpoint::offsets::OffsetUnit;
use std::path::PathBuf;

/// Who is for or against whom, and what about: annotates news text sentence by sentence.
#[derive(Parser)]
#[command(version, about)]
pub struct Args {
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Subcommand)]
pub enum Command {
    /// Annotate an article: topics, and who is for or against whom
    Annotate(Annotate),
    /// The stance a sentence conveys toward a given target
    Stance(Stance),
    /// Split text into sentences
    Split(Split),
    /// What each stage saw in each sentence: mentions, speakers, proposals, scores
    Explain(Explain),
}

#[derive(ClapArgs)]
pub struct Explain {
    /// A text file, or - for standard input
    #[arg(default_value = "-")]
    pub file: PathBuf,
    /// fast, accurate, or the path of a model file
    #[arg(long, default_value = "fast", value_name = "fast|accurate|PATH")]
    pub model: String,
}

#[derive(ClapArgs)]
pub struct Annotate {
    /// A text file in which a blank line ends a paragraph, or - for standard input
    #[arg(default_value = "-")]
    pub file: PathBuf,
    #[command(flatten)]
    pub common: Common,
    /// Leave out claims below this confidence, 0 to 1 [default: the model's own thresholds]
    #[arg(long, value_name = "X", value_parser = share)]
    pub min_confidence: Option<f64>,
    /// Also report the stance toward this name (may be given several times)
    #[arg(long, value_name = "NAME")]
    pub target: Vec<String>,
    /// Topics of your own in the place of the Media Topics: a JSON file, [{"id","label","description"?,"examples"?,"threshold"?}]
    #[arg(long, value_name = "FILE")]
    pub topics: Option<PathBuf>,
    /// The language of the text, if known (such as en-GB) [default: detected]
    #[arg(long, value_name = "TAG")]
    pub language: Option<String>,
    /// Shape of the result
    #[arg(long, value_enum, default_value_t = Format::Json)]
    pub format: Format,
    /// The page's address, for --format jsonld
    #[arg(long, value_name = "IRI")]
    pub source: Option<String>,
    /// Put the text itself into the JSON, as `text`: then an element's `src` survives corrected typing errors too
    #[arg(long)]
    pub with_text: bool,
    /// One {"id","text"} a line in, one {"id", …result} a line out, in the same order, on all cores
    #[arg(long)]
    pub jsonl: bool,
}

#[derive(ClapArgs)]
pub struct Stance {
    /// A JSON Lines file, or - for standard input
    #[arg(default_value = "-")]
    pub file: PathBuf,
    #[command(flatten)]
    pub common: Common,
    /// {"id","text","target":[start,end],"holder":[start,end]?} a line (the only shape there is)
    #[arg(long, required = true)]
    pub jsonl: bool,
}

#[derive(ClapArgs)]
pub struct Split {
    /// A JSON Lines file, or - for standard input
    #[arg(default_value = "-")]
    pub file: PathBuf,
    /// What start and end count
    #[arg(long, value_enum, default_value_t = Offsets::Utf16)]
    pub offsets: Offsets,
    /// {"id","text"} a line (the only shape there is)
    #[arg(long, required = true)]
    pub jsonl: bool,
}

#[derive(ClapArgs)]
pub struct Common {
    /// fast, accurate, or the path of a model file
    #[arg(long, default_value = "fast", value_name = "fast|accurate|PATH")]
    pub model: String,
    /// What start and end count
    #[arg(long, value_enum, default_value_t = Offsets::Utf16)]
    pub offsets: Offsets,
}

#[derive(Clone, Copy, PartialEq, ValueEnum)]
pub enum Format {
    /// The result as one line of JSON
    Json,
    /// One row a stance
    Csv,
    /// W3C Web Annotations
    Jsonld,
    /// The article with tags in the margin, for people
    Text,
}

#[derive(Clone, Copy, ValueEnum)]
pub enum Offsets {
    /// UTF-16 code units, as JavaScript counts
    Utf16,
    /// Bytes
    Utf8,
    /// Unicode code points, as Python counts
    Codepoint,
}

impl From<Offsets> for OffsetUnit {
    fn from(offsets: Offsets) -> Self {
        match offsets {
            Offsets::Utf16 => OffsetUnit::Utf16,
            Offsets::Utf8 => OffsetUnit::Utf8,
            Offsets::Codepoint => OffsetUnit::CodePoint,
        }
    }
}

/// A number between 0 and 1.
fn share(argument: &str) -> Result<f64, String> {
    match argument.parse() {
        Ok(x) if (0.0..=1.0).contains(&x) => Ok(x),
        _ => Err("must be a number between 0 and 1".to_owned()),
    }
}
