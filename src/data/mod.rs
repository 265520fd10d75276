//! Tables: typed, read-only views of generated or curated data. `README.md` gives each table's origin.

pub mod actors;
pub mod cues;
pub mod mediatopics;
pub(crate) mod table;

/// A table behind the comment lines at its top.
fn without_comments(table: &str) -> &str {
    let mut rest = table;
    while rest.starts_with('#') {
        rest = rest.find('\n').map_or("", |at| &rest[at + 1..]);
    }
    rest
}
