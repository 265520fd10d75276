//! Mentions in one list: `Kim, Park and Lee`.

use super::Mention;
use crate::syntax::{Parsed, Tag};

/// The mentions coordinated with one, itself left out, of those that `belong` in such a list.
pub fn listed_with(
    parsed: &Parsed,
    mentions: &[Mention],
    mention: usize,
    belongs: impl Fn(&Mention) -> bool,
) -> Vec<usize> {
    // In `A, B and C` each hangs on the one before or on the first: the list is all that hang together so, by commas alone but
    // for the last, before which stands the conjunction.
    let mut list = vec![mention];
    let mut closed = false;
    let mut at = 0;
    while let Some(&one) = list.get(at) {
        for (other, candidate) in mentions.iter().enumerate() {
            if !list.contains(&other) && belongs(candidate) {
                if let Some(join) = join(parsed, &mentions[one.min(other)], &mentions[one.max(other)]) {
                    closed |= join == Tag::Conjunction;
                    list.push(other);
                }
            }
        }
        at += 1;
    }
    list.retain(|&other| closed && other != mention);
    list
}

/// What joins two mentions of a list: a conjunction or a comma.
fn join(parsed: &Parsed, left: &Mention, right: &Mention) -> Option<Tag> {
    let tree = &parsed.tree;
    let between = tree.tags.get(left.head + 1..right.first)?;
    if !between.iter().all(|t| matches!(t, Tag::Comma | Tag::Conjunction | Tag::Name | Tag::Determiner)) {
        return None;
    }
    let head = tree.head(right.head);
    let hangs = head == Some(left.head);
    // `Kim and Lee left` is sometimes read as two that left.
    let beside = head.is_some()
        && head == tree.head(left.head)
        && head.is_some_and(|head| (head < left.head) == (head < right.head));
    if between.contains(&Tag::Conjunction) {
        (hangs || beside).then_some(Tag::Conjunction)
    } else {
        (hangs && between.contains(&Tag::Comma)).then_some(Tag::Comma)
    }
}
