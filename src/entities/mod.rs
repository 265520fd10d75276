//! Who and what a sentence names: people, bodies, countries, groups, plans.

pub(crate) mod apposition;
mod coordination;
mod quantity;

pub use coordination::listed_with;

use crate::data::actors;
use crate::offsets::ByteSpan;
use crate::syntax::{Parsed, Tag};
use crate::tokens::Shape;

/// What a mention stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub enum Class {
    /// `Nikki Haley`
    Person,
    /// `North Korea`, `Seoul`
    Place,
    /// `the Labour Party`, `NATO`
    Body,
    /// A name of none of these, so far as one can tell.
    Named,
    /// `police`, `the prime minister`
    People,
    /// `the plan`
    Thing,
    /// `he`, `who`, `his`
    Pronoun,
    /// `Monday`
    Time,
    /// `27`
    Number,
}

impl Class {
    /// Whether such a mention is a name.
    pub fn is_name(self) -> bool {
        matches!(self, Class::Person | Class::Place | Class::Body | Class::Named)
    }
}

/// A noun group of one sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mention {
    /// Its main word (token of the sentence).
    pub head: usize,
    /// First token.
    pub first: usize,
    /// One past the last token.
    pub end: usize,
    /// First token of the name itself, behind titles and descriptions; `first` where there is no name.
    pub core: usize,
    /// What it stands for.
    pub class: Class,
}

impl Mention {
    /// Where it stands in the article, without titles: `Nikki Haley` of `former ambassador Nikki Haley`.
    pub fn span(&self, parsed: &Parsed) -> ByteSpan {
        ByteSpan::new(parsed.tokens[self.core].span.start, parsed.tokens[self.end - 1].span.end)
    }

    /// Whether the token is one of its words.
    pub fn contains(&self, token: usize) -> bool {
        (self.first..self.end).contains(&token)
    }
}

/// The noun groups of a sentence, by their heads' order. Possessors are mentions of their own.
pub fn find(parsed: &Parsed) -> Vec<Mention> {
    let heads = (0..parsed.tokens.len()).filter(|&token| is_head(parsed, token));
    let mut mentions = heads.map(|head| mention(parsed, head)).collect();
    quantity::join(parsed, &mut mentions);
    mentions
}

fn is_head(parsed: &Parsed, token: usize) -> bool {
    let tag = parsed.tag(token);
    match tag {
        Tag::Possessive => true,
        Tag::Pronoun => parsed.lower(token) != "there",
        Tag::Number | Tag::Determiner => {
            parsed.tree.head(token).is_none_or(|head| !parsed.tag(head).is_noun() || head < token)
                && (tag == Tag::Number
                    || matches!(
                        parsed.lower(token),
                        "this" | "that" | "these" | "those" | "both" | "all" | "many" | "some" | "others"
                    ))
        }
        Tag::Wh => false,
        tag if tag.is_noun() => !is_inside(parsed, token),
        Tag::Adjective | Tag::Participle => {
            // `the poor`, `the injured`: an adjective that stands where a noun does.
            // `Those accused of fraud` are not the accused.
            let determined = token > 0
                && parsed.tag(token - 1) == Tag::Determiner
                && (tag == Tag::Adjective || parsed.lower(token - 1) == "the");
            determined
                && !parsed.tags_after(token).is_some_and(|next| next.is_noun() || next == Tag::Adjective)
        }
        _ => false,
    }
}

/// Whether the noun is only a part of the noun group to its right (`border` of `border wall`).
fn is_inside(parsed: &Parsed, token: usize) -> bool {
    let Some(head) = parsed.tree.head(token).filter(|&head| head > token && parsed.tag(head).is_noun())
    else {
        return false;
    };
    let owns = parsed.tree.children(token).iter().any(|&child| parsed.tag(child) == Tag::Genitive);
    !owns
        && (token + 1..head)
            .all(|between| !matches!(parsed.tag(between), Tag::Comma | Tag::Conjunction | Tag::Preposition))
}

fn mention(parsed: &Parsed, head: usize) -> Mention {
    let mut first = head;
    while first > 0 {
        let before = first - 1;
        let as_noun = before + 1 == head && matches!(parsed.tag(head), Tag::Adjective | Tag::Participle);
        let inside = parsed.tree.head(before).is_some_and(|h| h > before && h <= head)
            || (as_noun && parsed.tag(before) == Tag::Determiner)
            || (parsed.tag(before) == Tag::Genitive && parsed.tree.head(before).is_some_and(|h| h < before));
        let ends = matches!(
            parsed.tag(before),
            Tag::Comma
                | Tag::Conjunction
                | Tag::Preposition
                | Tag::Subordinator
                | Tag::Wh
                | Tag::Auxiliary
                | Tag::Modal
                | Tag::Base
                | Tag::Present
                | Tag::Past
                | Tag::To
        );
        let mark = parsed.tag(before).is_mark() && parsed.lower(before) != "-";
        // `Later the council`: with an article a noun group begins.
        let begun = parsed.tag(first) == Tag::Determiner
            && !matches!(parsed.tag(before), Tag::Determiner | Tag::Number);
        if !inside || ends || mark || begun {
            break;
        }
        first = before;
    }
    let mut end = head + 1;
    let tag = parsed.tag(head);
    // The `of` of a name: `Department of Justice`, `House of Representatives`.
    if tag == Tag::Name && parsed.tokens.get(end).is_some_and(|t| t.lower == "of") {
        let skip = usize::from(parsed.tokens.get(end + 1).is_some_and(|t| t.lower == "the"));
        let named = |at: usize| {
            parsed.tokens.get(at).is_some_and(|t| t.shape == Shape::Title) && parsed.tag(at) == Tag::Name
        };
        if actors::is_body(parsed.lower(head)) && named(end + 1 + skip) {
            end += 1 + skip;
            while named(end) {
                end += 1;
            }
        }
    }
    let core = core(parsed, first, head);
    Mention { head, first, end, core, class: class(parsed, core, head, end) }
}

/// Where the name begins: the run of capitalised words that ends at the head, after its last title.
fn core(parsed: &Parsed, first: usize, head: usize) -> usize {
    if parsed.tag(head) != Tag::Name {
        return first;
    }
    let mut core = head;
    while core > first && parsed.tag(core - 1) == Tag::Name {
        core -= 1;
    }
    let after_title =
        (core..head).rev().find(|&at| actors::is_title(parsed.lower(at))).map_or(core, |at| at + 1);
    let body = (core..=head).any(|at| actors::is_body(parsed.lower(at)) && at > after_title);
    // A body is called by its nation, too.
    let mut called = core;
    if body || actors::names_body(parsed.lower(head)) {
        while called > first && is_nationality(parsed, called - 1) {
            called -= 1;
        }
    }
    let described = called > first && parsed.tag(called - 1) != Tag::Determiner;
    if body || called < core {
        if described {
            called
        } else {
            first
        }
    } else if after_title > core || described {
        after_title
    } else {
        first
    }
}

/// `Iranian` of `the Iranian Chess Federation`, which is no other country's: told by its ending, from a list by hand.
pub(crate) fn is_nationality(parsed: &Parsed, token: usize) -> bool {
    let ends = ["an", "ish", "ese", "i", "ch", "ek", "ss"];
    matches!(parsed.tag(token), Tag::Adjective | Tag::Name)
        && parsed.tokens[token].shape == Shape::Title
        && ends.iter().any(|end| parsed.lower(token).ends_with(end))
}

fn class(parsed: &Parsed, core: usize, head: usize, end: usize) -> Class {
    let (tag, lower) = (parsed.tag(head), parsed.lower(head));
    match tag {
        Tag::Pronoun | Tag::Possessive | Tag::Wh | Tag::Determiner => return Class::Pronoun,
        Tag::Number => return Class::Number,
        _ if actors::is_time(lower) => return Class::Time,
        Tag::Noun | Tag::Nouns | Tag::Adjective | Tag::Participle => {
            return if actors::is_people(lower) { Class::People } else { Class::Thing };
        }
        _ => {}
    }
    let words: Vec<&str> = (core..end).map(|at| parsed.lower(at)).filter(|w| *w != "the").collect();
    if actors::is_place(&words.join(" ")) {
        Class::Place
    } else if words.iter().any(|w| actors::names_body(w))
        || parsed.tokens[head].shape == Shape::Upper && !is_ordinal(lower)
        || many(parsed, core, lower)
    {
        Class::Body
    } else {
        let titled = core > 0 && actors::is_title(parsed.lower(core - 1));
        let full = head - core >= 1 && head - core <= 3 && parsed.tag(core) == Tag::Name;
        if titled || full || parsed.lower(head).starts_with('@') {
            Class::Person
        } else {
            Class::Named
        }
    }
}

/// The Roman number that a ruler's name ends with.
fn is_ordinal(word: &str) -> bool {
    word.chars().all(|c| matches!(c, 'i' | 'v' | 'x'))
}

/// `the Socialists`, `the Teamsters`
fn many(parsed: &Parsed, core: usize, head: &str) -> bool {
    let the = parsed.lower(core) == "the" || core > 0 && parsed.lower(core - 1) == "the";
    the && head.ends_with('s') && actors::is_people(head)
}

/// For each token, the index of the smallest mention that holds it.
pub fn by_token(mentions: &[Mention], tokens: usize) -> Vec<Option<usize>> {
    let mut out: Vec<Option<usize>> = vec![None; tokens];
    for (index, mention) in mentions.iter().enumerate() {
        for slot in &mut out[mention.first..mention.end] {
            if slot.is_none_or(|old| mentions[old].end - mentions[old].first > mention.end - mention.first) {
                *slot = Some(index);
            }
        }
    }
    out
}
