//! Names that stand beside what they name: `the contractor, Bright Delta,` and `the town of Zittau`.

use super::{Class, Mention};
use crate::syntax::{Parsed, Tag};

/// Kinds of places: a name after their `of` is their own, not that of something they belong to (as after `the capital of`). Written by hand.
#[rustfmt::skip]
const PLACES: &[&str] = &[
    "borough", "canton", "city", "commune", "county", "district", "emirate", "hamlet", "island", "kingdom", "municipality", "peninsula",
    "port", "prefecture", "principality", "province", "region", "republic", "state", "suburb", "territory", "town", "township", "village",
];

/// The mention that names what `mentions[index]` describes, right after it.
pub fn name_after(parsed: &Parsed, mentions: &[Mention], index: usize) -> Option<usize> {
    let described = &mentions[index];
    if !describes_one(parsed, described) {
        return None;
    }
    let at = index + 1 + mentions[index + 1..].iter().position(|m| m.first >= described.end)?;
    let name = &mentions[at];
    if !name.class.is_name() {
        return None;
    }
    // Where both hang on the verb, commas on both sides tell.
    let head = parsed.tree.head(name.head);
    let beside = head.is_some() && head == parsed.tree.head(described.head);
    let enclosed = parsed.tree.tags.get(name.end) == Some(&Tag::Comma)
        && parsed.tree.tags.get(name.end + 1) != Some(&Tag::Name);
    let hangs = head == Some(described.head) || beside && enclosed;
    let names = match words_between(parsed, described, name) {
        // `the construction company Duna`
        "" => described.class == Class::People,
        "," => hangs && stands_alone(parsed, name),
        "of" => PLACES.contains(&parsed.lower(described.head)),
        _ => false,
    };
    names.then_some(at)
}

/// The mention right before `mentions[index]` that names what it describes: `Casimir Thorne, the founder, …`.
pub fn name_before(parsed: &Parsed, mentions: &[Mention], index: usize) -> Option<usize> {
    let described = &mentions[index];
    if !describes_one(parsed, described) {
        return None;
    }
    let at = mentions[..index].iter().rposition(|m| m.end <= described.first)?;
    let name = &mentions[at];
    let hangs = parsed.tree.head(described.head) == Some(name.head);
    let determined = matches!(parsed.tag(described.first), Tag::Determiner | Tag::Possessive);
    (name.class.is_name()
        && hangs
        && determined
        && words_between(parsed, name, described) == ","
        && (stands_alone(parsed, described)
            || parsed.tags_after(described.end - 1) == Some(Tag::Preposition)))
    .then_some(at)
}

/// A common noun that means one person or thing.
fn describes_one(parsed: &Parsed, mention: &Mention) -> bool {
    matches!(mention.class, Class::People | Class::Thing) && parsed.tag(mention.head) == Tag::Noun
}

/// The one word between two mentions; empty if there is none, and `…` for more.
fn words_between<'p>(parsed: &'p Parsed, left: &Mention, right: &Mention) -> &'p str {
    match right.first - left.end {
        0 => "",
        1 => parsed.lower(left.end),
        _ => "…",
    }
}

/// Whether a mark ends the apposition, and no list goes on after it.
fn stands_alone(parsed: &Parsed, mention: &Mention) -> bool {
    let listed = parsed.tree.children(mention.head).iter().any(|&child| {
        child >= mention.end && (parsed.tag(child) == Tag::Name || parsed.tag(child) == Tag::Conjunction)
    });
    let tag = |at: usize| parsed.tree.tags.get(at).copied();
    let mark = tag(mention.end).is_none_or(Tag::is_mark);
    mark && !listed && tag(mention.end + 1) != Some(Tag::Conjunction)
}
