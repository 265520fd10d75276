//! The bindings: the only module that names a JavaScript crate.
//!
//! Thin on purpose. Plain values come in, plain data goes out, offsets leave in UTF-16 code units. What a
//! host page calls is `www/api/`, JavaScript over the classes here: [`RawAnnotator`], which reads text,
//! and [`PageText`], which takes the text off a page and turns spans of it back into Ranges.

mod annotator;
pub mod dom;
mod error;
mod flat;

pub use annotator::{split, RawAnnotator, RawWork};
pub use dom::PageText;

use wasm_bindgen::prelude::wasm_bindgen;

#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = include_str!("types.d.ts");
