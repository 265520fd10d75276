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
    while at + 1 < mentions.len() {
        let (quantity, counted) = (&mentions[at], &mentions[at + 1]);
        let of = quantity.end == quantity.head + 1
            && counted.first == quantity.end + 1
            && parsed.lower(quantity.end) == "of";
        if of
            && matches!(counted.class, Class::People | Class::Thing)
            && QUANTITIES.contains(&parsed.lower(quantity.head))
        {
            let (end, class) = (counted.end, counted.class);
            mentions.remove(at + 1);
            (mentions[at].end, mentions[at].class) = (end, class);
        }
        at += 1;
    }
}
