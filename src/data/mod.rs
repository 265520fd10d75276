//! Tables: typed, read-only views of generated or curated data. `README.md` gives each table's origin.

pub mod mediatopics;
