//! Standpoint annotates news text, sentence by sentence: what it is about (IPTC Media Topics) and who is
//! for or against whom (holder, target, polarity, and the words that show it).
//!
//! The modules below stand in the order in which data flows through them. `annotate` alone puts it to use.
//!
//! ```
//! use standpoint::{Annotator, Options};
//!
//! let annotator = Annotator::builtin();
//! let annotation = annotator.annotate("The union backed the bill.", &Options::default());
//! assert_eq!(annotation.sentences.len(), 1);
//! ```

// Leaves: any stage may use them, they use no stage.
pub mod anchor;
pub mod annotation;
mod bytes;
pub mod data;
pub mod error;
pub mod model;
pub mod offsets;
pub mod options;
pub mod order;

// Stages: each uses the ones above it. The blank lines matter: `tests/tidy.rs` reads the order here.
pub mod text;

pub mod language;

pub mod sentences;

pub mod kinds;

pub mod tokens;

pub mod syntax;

pub mod encoder;

pub mod entities;

pub mod attribution;

pub mod coreference;

// Side by side: these two never see each other.
pub mod stance;
pub mod topics;

pub mod annotate;

// The edges.
#[cfg(not(target_family = "wasm"))]
pub mod export;
#[cfg(target_family = "wasm")]
pub mod wasm;

pub use annotate::Annotator;
pub use annotation::Annotation;
pub use error::Error;
pub use options::Options;
