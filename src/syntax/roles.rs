//! Who does what to whom around a verb, read off the tree.

use super::{Tag, Tree};
use crate::tokens::Token;

/// A sentence's tokens with their tree: what the later stages read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parsed {
    /// Its words and marks.
    pub tokens: Vec<Token>,
    /// Their tags and heads.
    pub tree: Tree,
}

/// How far control and coordination are followed.
const DEPTH: usize = 4;

impl Parsed {
    /// The token's tag.
    pub fn tag(&self, token: usize) -> Tag {
        self.tree.tags[token]
    }

    /// The tag of the token after.
    pub fn tags_after(&self, token: usize) -> Option<Tag> {
        self.tree.tags.get(token + 1).copied()
    }

    /// The token's stem.
    pub fn stem(&self, token: usize) -> &str {
        &self.tokens[token].stem
    }

    /// The token's lower-case form.
    pub fn lower(&self, token: usize) -> &str {
        &self.tokens[token].lower
    }

    /// Whether the token can stand for somebody or something.
    pub fn is_nominal(&self, token: usize) -> bool {
        let tag = self.tag(token);
        tag.is_noun()
            || matches!(tag, Tag::Pronoun | Tag::Number)
            || (matches!(tag, Tag::Wh | Tag::Determiner) && !self.is_modifier(token))
    }

    /// Whether the token only modifies a noun to its right.
    pub fn is_modifier(&self, token: usize) -> bool {
        self.tree.head(token).is_some_and(|head| head > token && self.tag(head).is_noun())
    }

    fn left<'p>(&'p self, token: usize) -> impl DoubleEndedIterator<Item = usize> + 'p {
        self.tree.children(token).iter().copied().filter(move |&child| child < token)
    }

    fn right<'p>(&'p self, token: usize) -> impl Iterator<Item = usize> + 'p {
        self.tree.children(token).iter().copied().filter(move |&child| child > token)
    }

    fn auxiliary(&self, verb: usize, stems: &[&str]) -> bool {
        self.tree.children(verb).iter().any(|&child| {
            child < verb && self.tag(child) == Tag::Auxiliary && stems.contains(&self.stem(child))
        })
    }

    /// Whether the verb is in the passive: `was sacked`, `the men sacked by`, not `has sacked`.
    pub fn is_passive(&self, verb: usize) -> bool {
        if !matches!(self.tag(verb), Tag::Participle | Tag::Past) {
            return false;
        }
        if self.auxiliary(verb, &["be", "get"]) {
            return true;
        }
        let reduced = self.tag(verb) == Tag::Participle && !self.auxiliary(verb, &["have"]);
        reduced && self.tree.head(verb).is_some_and(|head| head < verb && self.tag(head).is_noun())
    }

    /// Whether the word is negated, or an auxiliary above it: `not`, `never`, `no`, `hardly`, `without`; not by its verb, as in `refused to`.
    pub fn is_negated(&self, token: usize) -> bool {
        let denies = |at: usize| {
            self.tag(at) == Tag::Not
                || matches!(self.lower(at), "never" | "no" | "neither" | "nor" | "hardly" | "without")
        };
        let own = self.tree.children(token).iter().any(|&child| child < token && denies(child));
        let above = self.tree.head(token).is_some_and(|head| {
            denies(head)
                || (self.tag(head) == Tag::Auxiliary
                    && self.tree.children(head).iter().any(|&c| c < token && denies(c)))
        });
        own || above
    }

    /// The modal that the verb stands under, if any.
    pub fn modal(&self, verb: usize) -> Option<usize> {
        self.tree.children(verb).iter().copied().find(|&child| self.tag(child) == Tag::Modal)
    }

    /// The head of the clause's subject, through coordination, control and relative clauses.
    pub fn subject(&self, verb: usize) -> Option<usize> {
        self.subject_within(verb, DEPTH)
    }

    fn subject_within(&self, verb: usize, depth: usize) -> Option<usize> {
        let head = self.tree.head(verb);
        if let Some(own) = self.left(verb).rev().find(|&child| self.is_nominal(child)) {
            let relative = self.tag(own) == Tag::Wh || (self.lower(own) == "that" && head.is_some());
            return match head {
                Some(head) if relative && head < verb && self.is_nominal(head) => Some(head),
                _ => Some(own),
            };
        }
        let (head, depth) = (head?, depth.checked_sub(1)?);
        if self.is_nominal(head) {
            return (head < verb && (self.tag(verb) != Tag::Base)).then_some(head);
        }
        let tag = self.tag(head);
        if tag == Tag::Preposition || tag == Tag::Subordinator {
            let governor = self.tree.head(head)?;
            return self.controller(governor, head, depth);
        }
        if tag.is_verb() || tag == Tag::Auxiliary || tag == Tag::Adjective {
            if verb < head {
                return self.subject_within(head, depth).filter(|_| self.tag(verb) != Tag::Base);
            }
            let coordinated = self.right(head).any(|c| c < verb && self.tag(c) == Tag::Conjunction);
            if coordinated && self.tag(verb) == self.tag(head) {
                return self.subject_within(head, depth);
            }
            return self.controller(head, verb, depth);
        }
        None
    }

    /// Who is understood as the subject of what follows `verb`: its object if it has one, else its subject.
    fn controller(&self, verb: usize, before: usize, depth: usize) -> Option<usize> {
        if self.is_nominal(verb) {
            return self.possessor(verb).or(Some(verb));
        }
        let object = self.right(verb).find(|&c| c < before && self.is_nominal(c));
        if self.is_passive(verb) {
            self.subject_within(verb, depth)
        } else {
            object.or_else(|| self.subject_within(verb, depth))
        }
    }

    /// The head of the verb's first object.
    pub fn object(&self, verb: usize) -> Option<usize> {
        if !self.tag(verb).is_verb() {
            return None;
        }
        self.right(verb).find(|&child| self.is_nominal(child))
    }

    /// What a preposition or `to` that hangs on `token` governs.
    pub fn governed(&self, token: usize, preposition: &str) -> Option<usize> {
        let at = self.right(token).find(|&child| self.lower(child) == preposition)?;
        self.right(at).find(|&child| self.is_nominal(child))
    }

    /// Who owns the noun: `Kim` in `Kim's order`, `his` in `his order`.
    pub fn possessor(&self, noun: usize) -> Option<usize> {
        self.left(noun).find(|&child| {
            self.tag(child) == Tag::Possessive
                || (self.is_nominal(child)
                    && self.tree.children(child).iter().any(|&c| self.tag(c) == Tag::Genitive))
        })
    }

    /// Who acts: the subject, in the passive the noun after `by`; of a noun, its possessor.
    pub fn agent(&self, cue: usize) -> Option<usize> {
        if self.is_passive(cue) {
            return self.governed(cue, "by");
        }
        if self.tag(cue).is_noun() {
            return self.possessor(cue).or_else(|| self.governed(cue, "by"));
        }
        self.subject(cue)
    }

    /// Who undergoes it: the object, in the passive the subject; of an adjective, its noun.
    pub fn patient(&self, cue: usize) -> Option<usize> {
        match self.tag(cue) {
            Tag::Adjective if self.is_modifier(cue) => self.tree.head(cue),
            Tag::Adjective => {
                self.subject(cue).or_else(|| self.tree.head(cue).and_then(|head| self.subject(head)))
            }
            _ if self.is_passive(cue) => {
                let head = self.tree.head(cue);
                self.subject(cue).or(head.filter(|&head| head < cue && self.is_nominal(head)))
            }
            tag if tag.is_verb() => self.object(cue),
            _ => None,
        }
    }
}
