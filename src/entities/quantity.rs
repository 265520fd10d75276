//! `a number of senators`, `some of the doctors`: how many, and of what, are one noun group.

use super::{Class, Mention};
use crate::syntax::Parsed;

/// Words that say how many, or how much, of what comes after their `of`. Written by hand.
#[rustfmt::skip]
const QUANTITIES: &[&str] = &[
    "all", "both", "couple", "dozen", "dozens", "half", "handful", "hundreds", "lot", "lots", "majority", "many", "millions", "minority",
    "number", "plenty", "scores", "some", "thousands",
];

/// Makes one of each such two: its main word stays that of the quantity, on which the sentence hangs; it stands for what is counted.
pub(super) fn join(parsed: &Parsed, mentions: &mut Vec<Mention>) {
    let mut at = 0;
    while at < mentions.len() {
        if let Some(counted) = counted(parsed, mentions, at) {
            let Mention { end, class, .. } = mentions.remove(counted);
            (mentions[at].end, mentions[at].class) = (end, class);
        }
        at += 1;
    }
}

/// The mention that `mentions[at]` says the number of.
fn counted(parsed: &Parsed, mentions: &[Mention], at: usize) -> Option<usize> {
    let quantity = &mentions[at];
    let (head, end) = (quantity.head, quantity.end);
    // `the number of senators` is a number.
    let number = parsed.lower(head) == "number" && parsed.lower(quantity.first) == "the";
    if end != head + 1 || number || !QUANTITIES.contains(&parsed.lower(head)) {
        return None;
    }
    // Of those that begin there, the last is the whole group, behind its possessor.
    let counted = (at + 1..mentions.len()).rev().find(|&m| mentions[m].first == end + 1)?;
    let of = parsed.lower(end) == "of" && matches!(mentions[counted].class, Class::People | Class::Thing);
    of.then_some(counted)
}
