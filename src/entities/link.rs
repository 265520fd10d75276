//! Which mentions are the same: names by their words, offices by title, pronouns by what came before.

use super::{Class, Mention};
use crate::data::actors;
use crate::syntax::{Parsed, Tag};

/// Somebody or something the article speaks of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entity {
    /// The fullest name the article gives.
    pub name: String,
    /// What it is.
    pub class: Class,
    /// Its name's words, lower case.
    words: Vec<String>,
    /// Titles and descriptions it was named with, lower case.
    roles: Vec<String>,
    /// `he` or `she`, once one of them was linked to it.
    gender: Option<bool>,
}

impl Entity {
    fn take_role(&mut self, role: &str) {
        if self.roles.len() < 8 && self.roles.iter().all(|known| known != role) {
            self.roles.push(role.to_owned());
        }
    }
}

/// The entities of an article and which of them each mention names.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Linked {
    /// In order of first mention.
    pub entities: Vec<Entity>,
    /// For each sentence, for each mention, an index into `entities`.
    pub of: Vec<Vec<usize>>,
}

impl Linked {
    /// The fullest name of a mention.
    pub fn name(&self, sentence: usize, mention: usize) -> &str {
        &self.entities[self.of[sentence][mention]].name
    }
}

/// How many entities back a name or pronoun is looked for.
const REACH: usize = 200;

/// Links the mentions of all sentences, in reading order.
pub fn link(source: &str, sentences: &[(Parsed, Vec<Mention>)]) -> Linked {
    let mut linked = Linked::default();
    let mut recent: Vec<usize> = Vec::new();
    for (parsed, mentions) in sentences {
        let mut of = Vec::with_capacity(mentions.len());
        let mut subject = None;
        for (index, described) in mentions.iter().enumerate() {
            // Who is described first and named next is named at once.
            let named = super::apposition::name_after(parsed, mentions, index);
            let mention = named.map_or(described, |at| &mentions[at]);
            let text = mention.span(parsed).of(source);
            let before = super::apposition::name_before(parsed, mentions, index).map(|at| of[at]);
            let entity = before.or_else(|| match mention.class {
                Class::Pronoun => {
                    let bound = bound(parsed, mentions, mention.head);
                    let bound: Vec<usize> = bound.iter().filter_map(|&at| of.get(at).copied()).collect();
                    pronoun(&mut linked.entities, &recent, parsed, mention, &bound)
                }
                class if class.is_name() => name(&mut linked.entities, &recent, source, parsed, mention),
                _ => office(&linked.entities, &recent, parsed, mention),
            });
            let entity = entity.unwrap_or_else(|| {
                linked.entities.push(Entity {
                    name: text.to_owned(),
                    class: mention.class,
                    words: words(parsed, mention),
                    roles: roles(parsed, mention),
                    gender: None,
                });
                linked.entities.len() - 1
            });
            if before.is_some() || named.is_some() {
                linked.entities[entity].take_role(parsed.lower(described.head));
            }
            // One who was the subject stays it when described or named once more.
            let is_subject = subject == Some(entity)
                || parsed.tree.head(described.head).is_some_and(|head| {
                    head > described.head
                        && (parsed.tag(head).is_verb() || parsed.tag(head) == Tag::Auxiliary)
                });
            if is_subject {
                subject = Some(entity);
            }
            recent.retain(|&old| old != entity);
            // Subjects are likelier to be taken up again: they go to the front, others behind the last subject.
            let at = if is_subject { recent.len() } else { recent.len().saturating_sub(1) };
            recent.insert(at, entity);
            if recent.len() > REACH {
                recent.remove(0);
            }
            of.push(entity);
        }
        linked.of.push(of);
    }
    linked
}

fn words(parsed: &Parsed, mention: &Mention) -> Vec<String> {
    (mention.core..mention.end)
        .map(|at| parsed.lower(at))
        .filter(|w| *w != "the")
        .map(str::to_owned)
        .collect()
}

fn roles(parsed: &Parsed, mention: &Mention) -> Vec<String> {
    (mention.first..mention.core)
        .filter(|&at| parsed.tag(at).is_noun() || actors::is_title(parsed.lower(at)))
        .map(|at| parsed.lower(at).to_owned())
        .collect()
}

/// A name: the same words, a part of an earlier name, or a longer form of one.
fn name(
    entities: &mut [Entity],
    recent: &[usize],
    source: &str,
    parsed: &Parsed,
    mention: &Mention,
) -> Option<usize> {
    let own = words(parsed, mention);
    if own.is_empty() {
        return None;
    }
    let is_part = |part: &[String], whole: &[String]| {
        whole.ends_with(part)
            || (whole.starts_with(part) && part.len() == 1)
            || (part.len() > 1 && part.iter().all(|w| whole.contains(w)))
    };
    let acronym = |short: &str, long: &[String]| {
        long.len() > 1
            && short.chars().filter(|c| *c != '.').eq(long
                .iter()
                .filter(|w| !matches!(w.as_str(), "of" | "and" | "for"))
                .filter_map(|w| w.chars().next()))
    };
    let found = recent.iter().rev().copied().find(|&at| {
        let other = &entities[at];
        if !other.class.is_name() || other.words.is_empty() {
            return false;
        }
        if other.words == own {
            return true;
        }
        if other.class == Class::Place || mention.class == Class::Place {
            return false;
        }
        if (own.len() == 1 && acronym(&own[0], &other.words))
            || (other.words.len() == 1 && acronym(&other.words[0], &own))
        {
            return true;
        }
        let persons = |class| matches!(class, Class::Person | Class::Named);
        if persons(other.class) != persons(mention.class) {
            return false;
        }
        is_part(&own, &other.words) || (own.last() == other.words.last() && is_part(&other.words, &own))
    })?;
    let entity = &mut entities[found];
    if own.len() > entity.words.len() {
        entity.name = mention.span(parsed).of(source).to_owned();
        entity.words = own;
        if entity.class == Class::Named {
            entity.class = mention.class;
        }
    }
    roles(parsed, mention).iter().for_each(|role| entity.take_role(role));
    Some(found)
}

/// `the president`, `the contractor`: who was last named with that title or described so; or the same noun group again.
fn office(entities: &[Entity], recent: &[usize], parsed: &Parsed, mention: &Mention) -> Option<usize> {
    let head = parsed.lower(mention.head);
    let definite = parsed.lower(mention.first) == "the";
    if definite && parsed.tag(mention.head) == Tag::Noun {
        let titled = |at: &&usize| {
            entities[**at].class.is_name() && entities[**at].roles.iter().any(|role| role == head)
        };
        if let Some(found) = recent.iter().rev().find(titled) {
            return Some(*found);
        }
    }
    let own = words(parsed, mention);
    recent.iter().rev().copied().find(|&at| entities[at].words == own)
}

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
fn bound(parsed: &Parsed, mentions: &[Mention], pronoun: usize) -> Vec<usize> {
    let subject = local_subject(parsed, pronoun);
    let Some(subject) = subject.and_then(|head| mentions.iter().position(|m| m.head == head)) else {
        return Vec::new();
    };
    let mut bound = vec![subject];
    bound.extend(super::listed_with(parsed, mentions, subject, |m| parsed.tag(m.head).is_noun()));
    bound
}

/// A pronoun: the last fitting entity, subjects first. `bound`: what its clause is about, if it is no subject itself.
fn pronoun(
    entities: &mut [Entity],
    recent: &[usize],
    parsed: &Parsed,
    mention: &Mention,
    bound: &[usize],
) -> Option<usize> {
    let reflexive = parsed.lower(mention.head).contains("sel");
    if reflexive && !bound.is_empty() {
        return bound.first().copied();
    }
    let gender = match parsed.lower(mention.head) {
        "he" | "him" | "his" | "himself" => Some(true),
        "she" | "her" | "hers" | "herself" => Some(false),
        "it" | "its" | "itself" | "they" | "them" | "their" | "themselves" => None,
        _ => return None,
    };
    let plural = parsed.lower(mention.head).starts_with("the");
    let fits = |at: usize, surely: bool| {
        let entity = &entities[at];
        let noun = entity.words.last().map_or("", String::as_str);
        let (people, group) = (entity.class == Class::People, actors::is_group(noun));
        let one = people && !group && !noun.ends_with('s') && !noun.ends_with("men");
        match gender {
            Some(_) => {
                let person =
                    entity.class == Class::Person || one || (!surely && entity.class == Class::Named);
                person && entity.gender.is_none_or(|g| Some(g) == gender)
            }
            None if plural => {
                entity.class == Class::Body
                    || people && !one
                    || !surely && (people || entity.class == Class::Place)
            }
            None => matches!(entity.class, Class::Body | Class::Place | Class::Thing) || people && group,
        }
    };
    // A name that may be a person's counts only where no one is surely a person; and so on.
    let free = |at: usize| !bound.contains(&at);
    let last = |surely: bool| recent.iter().rev().copied().find(|&at| free(at) && fits(at, surely));
    let found = last(true).or_else(|| last(false));
    if let (Some(found), Some(_)) = (found, gender) {
        entities[found].gender = gender;
    }
    found
}
