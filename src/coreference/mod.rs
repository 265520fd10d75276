//! Which mentions of an article are the same somebody or something: names, offices and pronouns, linked in reading order.

mod clause;
mod link;
pub mod pronoun;
mod speaker;

pub use link::{link, link_by, Article, Choose, Entity, Genders, Linked};
