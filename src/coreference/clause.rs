//! Whom a pronoun cannot mean: the subject of its own clause (binding theory's principle B; Chomsky 1981).

use crate::entities::{listed_with, Mention};
use crate::syntax::{Parsed, Tag};

/// How far up a pronoun's own clause is looked for.
const CLIMB: usize = 4;

/// The subject of the clause that an object pronoun stands in: `himself` is him, and `him` is not (`Renzi called for him to
/// resign`). `None` for subjects and possessives, which are free, and for places: one takes friends with one.
fn local_subject(parsed: &Parsed, pronoun: usize) -> Option<usize> {
    if !matches!(
        parsed.lower(pronoun),
        "him" | "her" | "it" | "them" | "himself" | "herself" | "itself" | "themselves"
    ) || parsed.tag(pronoun) != Tag::Pronoun
    {
        return None;
    }
    let mut at = pronoun;
    for _ in 0..CLIMB {
        at = parsed.tree.head(at)?;
        if parsed.tag(at) == Tag::Preposition {
            if matches!(
                parsed.lower(at),
                "with" | "around" | "behind" | "before" | "after" | "near" | "between"
            ) {
                return None;
            }
        } else if parsed.tag(at).is_noun() {
            if let Some(owner) = parsed.possessor(at).filter(|&owner| owner != pronoun) {
                return Some(owner);
            }
        } else if parsed.tag(at).is_verb() || predicates(parsed, at) {
            let subject = parsed.subject(at)?;
            let finite = at > pronoun && matches!(parsed.tag(at), Tag::Past | Tag::Present);
            if subject != pronoun {
                return Some(subject);
            } else if finite {
                return None;
            }
        } else if !matches!(parsed.tag(at), Tag::Auxiliary | Tag::To | Tag::Adjective) {
            return None;
        }
    }
    None
}

/// Whether an auxiliary is its clause's verb: `Nauru is eager for it`.
fn predicates(parsed: &Parsed, at: usize) -> bool {
    let subject = |&child: &usize| child < at && parsed.is_nominal(child);
    parsed.tag(at) == Tag::Auxiliary && parsed.tree.children(at).iter().any(subject)
}

/// What a pronoun's clause is about, if it is no subject itself: its subject, and who is named with it.
pub(super) fn bound(parsed: &Parsed, mentions: &[Mention], pronoun: usize) -> Vec<usize> {
    let subject = local_subject(parsed, pronoun);
    let Some(subject) = subject.and_then(|head| mentions.iter().position(|m| m.head == head)) else {
        return Vec::new();
    };
    let mut bound = vec![subject];
    bound.extend(listed_with(parsed, mentions, subject, |m| parsed.tag(m.head).is_noun()));
    bound
}
