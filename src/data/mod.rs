//! Tables: typed, read-only views of generated or curated data. `README.md` gives each table's origin.

pub mod actors;
pub mod cues;
pub mod mediatopics;
mod sorted;
pub(crate) mod table;
