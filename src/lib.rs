//! Standpoint annotates news text, sentence by sentence: what it is about (IPTC Media Topics) and who is
//! for or against whom (holder, target, polarity, and the words that show it).
//!
//! The modules below stand in the order in which data flows through them. `annotate` alone knows that order.
//!
//! ```
//! use standpoint::{Annotator, Options};
//!
//! let annotator = Annotator::builtin();
//! let annotation = annotator.annotate("The union backed the bill.", &Options::default());
//! assert_eq!(annotation.sentences.len(), 1);
//! ```

pub mod error;
pub mod options;

pub mod data;
pub mod model;

pub mod annotate;
pub mod annotation;
pub mod attribution;
pub mod encoder;
pub mod entities;
#[cfg(not(target_family = "wasm"))]
pub mod export;
pub mod kinds;
pub mod language;
pub mod offsets;
pub mod sentences;
pub mod stance;
pub mod text;
pub mod tokens;
pub mod topics;

#[cfg(target_family = "wasm")]
pub mod wasm;

pub use annotate::Annotator;
pub use annotation::Annotation;
pub use error::Error;
pub use options::Options;
