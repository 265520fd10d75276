//! Which mentions are the same: names by their words, offices by title, pronouns by what came before.

use super::pronoun::{self, Candidate, Role, Sort};
use super::{clause, speaker};
use crate::attribution::Voices;
use crate::data::actors;
use crate::entities::{apposition, is_nationality, Class, Mention};
use crate::kinds::Kind;
use crate::syntax::{Parsed, Tag};
use crate::tokens::Shape;

/// An article as far as it has been read, for [`link`].
#[derive(Debug, Clone, Copy)]
pub struct Article<'t> {
    /// Its text.
    pub source: &'t str,
    /// Its sentences with their mentions.
    pub sentences: &'t [(Parsed, Vec<Mention>)],
    /// Who speaks in each.
    pub voices: &'t [Voices],
    /// What each is.
    pub kinds: &'t [Kind],
    /// Which paragraph each is in.
    pub paragraphs: &'t [usize],
}

/// Somebody or something the article speaks of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entity {
    /// The fullest name the article gives.
    pub name: String,
    /// What it is.
    pub class: Class,
    /// Its name's words, lower case.
    pub(super) words: Vec<String>,
    /// How many of them, to begin with, say of which nation it is.
    nation: usize,
    /// Titles and descriptions it was named with, lower case.
    roles: Vec<String>,
    /// A man or a woman, once a word has told.
    pub(super) gender: Option<bool>,
    /// Whether that was a title or noun, and not a pronoun.
    pub(super) told: bool,
    /// Its first mention: sentence and mention.
    first: (usize, usize),
    /// Whether its first name is a plural; begins with `a`; stands in a heading.
    pub(super) plural: bool,
    pub(super) indefinite: bool,
    pub(super) headed: bool,
    /// Where it was last named.
    pub(super) seen: Seen,
}

/// The last mention of an entity, and how often it was mentioned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Seen {
    pub sentence: usize,
    pub head: usize,
    pub role: Role,
    pub quoted: bool,
    /// Whether nothing was mentioned before it in its sentence.
    pub first: bool,
    /// What it was if a pronoun.
    pub pronoun: Option<Sort>,
    pub count: usize,
    /// The last sentence in which it said something.
    pub spoke: Option<usize>,
}

impl Entity {
    fn take_role(&mut self, role: &str) {
        if self.roles.len() < 8 && self.roles.iter().all(|known| known != role) {
            self.roles.push(role.to_owned());
        }
        self.take_gender(role);
    }

    /// What a title or noun tells, once.
    fn take_gender(&mut self, word: &str) {
        if let Some(gender) = pronoun::gender(word).filter(|_| !self.told && self.class != Class::Thing) {
            (self.gender, self.told) = (Some(gender), true);
        }
    }

    /// Whether it was ever named with a title or a description.
    pub(super) fn titled(&self) -> bool {
        !self.roles.is_empty()
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
    /// What the article tells of men and women.
    pub fn genders(&self) -> Genders {
        let mut genders: Genders = self.of.iter().map(|of| vec![None; of.len()]).collect();
        self.entities.iter().for_each(|e| genders[e.first.0][e.first.1] = e.gender);
        genders
    }

    /// The fullest name of a mention.
    pub fn name(&self, sentence: usize, mention: usize) -> &str {
        &self.entities[self.of[sentence][mention]].name
    }
}

/// How many entities back a name is looked for.
const REACH: usize = 200;

/// Men (`true`) and women: a sentence, a mention, who is named there first.
pub type Genders = Vec<Vec<Option<bool>>>;

/// Decides whom a pronoun means: of the entities so far, at a sentence's mention, among candidates.
pub type Choose<'c> = &'c mut dyn FnMut(&[Entity], (usize, usize), &[Candidate]) -> Option<usize>;

/// Links the mentions of all sentences, in reading order; twice, since what a pronoun shows of somebody tells of earlier pronouns too.
pub fn link(article: Article<'_>) -> Linked {
    let mut choose = |_: &[Entity], _: (usize, usize), candidates: &[Candidate]| pronoun::choose(candidates);
    let genders = link_by(article, &Genders::new(), &mut choose).genders();
    let mut linked = link_by(article, &genders, &mut choose);
    speaker::link_first_persons(&mut linked, article.sentences, article.voices);
    linked
}

/// The same, once, with pronouns decided by `choose`: what the training needs.
pub fn link_by(article: Article<'_>, genders: &Genders, choose: Choose<'_>) -> Linked {
    let mut linker = Linker { article, genders, entities: Vec::new(), of: Vec::new(), recent: Vec::new() };
    for sentence in 0..article.sentences.len() {
        linker.read(sentence, choose);
    }
    Linked { entities: linker.entities, of: linker.of }
}

/// Linking in progress.
pub(super) struct Linker<'t> {
    pub(super) article: Article<'t>,
    genders: &'t Genders,
    pub(super) entities: Vec<Entity>,
    of: Vec<Vec<usize>>,
    /// Entities, the last named last.
    pub(super) recent: Vec<usize>,
}

impl Linker<'_> {
    fn read(&mut self, sentence: usize, choose: Choose<'_>) {
        let Article { source, voices, kinds, .. } = self.article;
        let (parsed, mentions) = &self.article.sentences[sentence];
        let voice = &voices[sentence];
        self.of.push(Vec::with_capacity(mentions.len()));
        let mut subject = None;
        for (index, described) in mentions.iter().enumerate() {
            // Who is described first and named next is named at once.
            let named = apposition::name_after(parsed, mentions, index);
            let mention = named.map_or(described, |at| &mentions[at]);
            let before = apposition::name_before(parsed, mentions, index).map(|at| self.of[sentence][at]);
            let entity = before.or_else(|| match mention.class {
                Class::Pronoun => self.pronoun(sentence, index, choose),
                class if class.is_name() => self.name(parsed, mention),
                _ => office(&self.entities, &self.recent, parsed, mention),
            });
            // One who was the subject stays it when described or named once more.
            let is_subject = subject.is_some() && subject == entity
                || parsed.tree.head(described.head).is_some_and(|head| {
                    head > described.head
                        && (parsed.tag(head).is_verb() || parsed.tag(head) == Tag::Auxiliary)
                });
            let speaks = voice.attributions.iter().any(|a| a.source == Some(index));
            let mut seen = Seen {
                sentence,
                head: described.head,
                role: pronoun::role(parsed, described.head),
                quoted: voice.quoted[described.head],
                first: index == 0,
                pronoun: Sort::of(parsed.lower(described.head)).filter(|_| mention.class == Class::Pronoun),
                count: 0,
                spoke: speaks.then_some(sentence),
            };
            let entity = entity.unwrap_or_else(|| {
                let mut entity = Entity {
                    name: mention.span(parsed).of(source).to_owned(),
                    class: mention.class,
                    words: words(parsed, mention),
                    nation: nation(parsed, mention),
                    roles: Vec::new(),
                    gender: self.genders.get(sentence).and_then(|of| of[index]),
                    told: false,
                    first: (sentence, index),
                    plural: parsed.tag(mention.head) == Tag::Nouns,
                    indefinite: matches!(parsed.lower(mention.first), "a" | "an"),
                    headed: kinds[sentence] == Kind::Heading,
                    seen,
                };
                roles(parsed, mention).iter().for_each(|role| entity.take_role(role));
                if mention.class == Class::People {
                    entity.take_gender(parsed.lower(mention.head));
                }
                self.entities.push(entity);
                self.entities.len() - 1
            });
            let known = &mut self.entities[entity];
            if before.is_some() || named.is_some() {
                known.take_role(parsed.lower(described.head));
            }
            seen.count = known.seen.count + 1;
            seen.spoke = seen.spoke.or(known.seen.spoke);
            known.seen = seen;
            if is_subject {
                subject = Some(entity);
            }
            self.recent.retain(|&old| old != entity);
            // Subjects are likelier to be taken up again: they go to the front, others behind the last subject.
            let at = if is_subject { self.recent.len() } else { self.recent.len().saturating_sub(1) };
            self.recent.insert(at, entity);
            if self.recent.len() > REACH {
                self.recent.remove(0);
            }
            self.of[sentence].push(entity);
        }
    }

    /// A pronoun: the likeliest entity. Of itself if it is reflexive.
    fn pronoun(&mut self, sentence: usize, index: usize, choose: Choose<'_>) -> Option<usize> {
        let (parsed, mentions) = &self.article.sentences[sentence];
        let word = parsed.lower(mentions[index].head);
        let bound = clause::bound(parsed, mentions, mentions[index].head);
        let of = &self.of[sentence];
        let bound: Vec<usize> = bound.iter().filter_map(|&at| of.get(at).copied()).collect();
        if word.contains("sel") && !bound.is_empty() {
            return bound.first().copied();
        }
        let candidates = pronoun::candidates(self, sentence, index, &bound);
        if candidates.is_empty() {
            return None;
        }
        let found = choose(&self.entities, (sentence, index), &candidates)?;
        if !self.entities[found].told {
            self.entities[found].gender = pronoun::gender(word).or(self.entities[found].gender);
        }
        Some(found)
    }

    /// What a mention, perhaps of a sentence not yet linked, names.
    pub(super) fn entity_of(&self, sentence: usize, mention: usize) -> Option<usize> {
        let known = self.of.get(sentence).and_then(|of| of.get(mention)).copied();
        known.or_else(|| {
            let (parsed, mentions) = &self.article.sentences[sentence];
            let mention = &mentions[mention];
            mention.class.is_name().then(|| named(&self.entities, &self.recent, parsed, mention))?
        })
    }

    /// A name: what it names, which has now perhaps a fuller one.
    fn name(&mut self, parsed: &Parsed, mention: &Mention) -> Option<usize> {
        let found = named(&self.entities, &self.recent, parsed, mention)?;
        let own = words(parsed, mention);
        let entity = &mut self.entities[found];
        if own.len() > entity.words.len() {
            entity.name = mention.span(parsed).of(self.article.source).to_owned();
            (entity.words, entity.nation) = (own, nation(parsed, mention));
            if entity.class == Class::Named {
                entity.class = mention.class;
            }
        }
        roles(parsed, mention).iter().for_each(|role| entity.take_role(role));
        Some(found)
    }
}

fn words(parsed: &Parsed, mention: &Mention) -> Vec<String> {
    (mention.core..mention.end)
        .map(|at| parsed.lower(at))
        .filter(|w| *w != "the")
        .map(str::to_owned)
        .collect()
}

/// How many of a body's words, to begin with, say of which nation it is.
fn nation(parsed: &Parsed, mention: &Mention) -> usize {
    if mention.class != Class::Body {
        return 0;
    }
    let named = (mention.core..mention.end).filter(|&at| parsed.lower(at) != "the");
    named.take_while(|&at| is_nationality(parsed, at)).count()
}

fn roles(parsed: &Parsed, mention: &Mention) -> Vec<String> {
    (mention.first..mention.core)
        .filter(|&at| parsed.tag(at).is_noun() || actors::is_title(parsed.lower(at)))
        .map(|at| parsed.lower(at).to_owned())
        .collect()
}

/// The entity with the same words, or with a name of which this is a part or a longer form.
fn named(entities: &[Entity], recent: &[usize], parsed: &Parsed, mention: &Mention) -> Option<usize> {
    let (own, nation) = (words(parsed, mention), nation(parsed, mention));
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
    recent.iter().rev().copied().find(|&at| {
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
        // `the Iraqi Parliament` is the Parliament of Iraq and no other's. A country and its people have four letters in common, by
        // hand: with three, Iraq's would be Iran's.
        if (nation == 0) != (other.nation == 0) {
            let (without, with) = if nation == 0 { (&own, &other.words) } else { (&other.words, &own) };
            let (nations, bare) = with.split_at(nation + other.nation);
            let same = |word: &str| word.chars().take(4).eq(nations[0].chars().take(4));
            return bare.ends_with(without)
                || without.strip_prefix(bare).is_some_and(|rest| rest.iter().any(|word| same(word)));
        }
        is_part(&own, &other.words) || (own.last() == other.words.last() && is_part(&other.words, &own))
    })
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
    // A surname that reads like a common noun: `Sanders`.
    let surname = own.len() == 1 && parsed.tokens[mention.head].shape == Shape::Title;
    recent.iter().rev().copied().find(|&at| {
        let other = &entities[at];
        other.words == own || surname && other.class == Class::Person && other.words.last() == own.last()
    })
}
