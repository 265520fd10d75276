//! Whom a pronoun means: a linear model over hashed features of every entity it could mean, and of meaning none of them, trained by
//! `training/pronouns`. Below [`LEAST`] it is left a pronoun: a wrong name is worse than none.

use super::link::{Entity, Linker};
use crate::data::actors;
use crate::entities::Class;
use crate::kinds::Kind;
use crate::model::linear::{feature, hash};
use crate::syntax::{Parsed, Tag};

/// How many weights there are; features are hashed into as many.
pub const BUCKETS: usize = 1 << 12;

/// Steps of a weight that are one of log-odds.
pub const SCALE: f32 = 16.0;

/// The least probability at which a pronoun is given a name; chosen on the folds of the training documents.
pub const LEAST: f32 = 0.5;

/// One byte a bucket.
static WEIGHTS: &[u8; BUCKETS] = include_bytes!("../data/pronouns.weights");

/// Entities that a pronoun is compared with, the last named first. By hand, as the edges of what is counted below.
const MOST: usize = 40;

/// What a pronoun can mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sort {
    /// `he`, `she`
    One,
    /// `it`
    It,
    /// `they`
    Many,
}

impl Sort {
    pub(super) fn of(word: &str) -> Option<Self> {
        match word {
            "he" | "him" | "his" | "himself" | "she" | "her" | "hers" | "herself" => Some(Sort::One),
            "it" | "its" | "itself" => Some(Sort::It),
            "they" | "them" | "their" | "theirs" | "themselves" => Some(Sort::Many),
            _ => None,
        }
    }
}

/// Whether a word means a man (`true`) or a woman. Written by hand: words that mean no other.
pub(super) fn gender(word: &str) -> Option<bool> {
    match word.trim_end_matches('.') {
        "he" | "him" | "his" | "himself" | "mr" | "sir" | "lord" => Some(true),
        "she" | "her" | "hers" | "herself" | "mrs" | "ms" | "miss" | "lady" | "dame" => Some(false),
        "man" | "boy" | "father" | "son" | "brother" | "husband" | "uncle" | "grandfather" | "grandson"
        | "nephew" | "king" | "prince" | "duke" | "widower" | "monk" => Some(true),
        "woman" | "girl" | "mother" | "daughter" | "sister" | "wife" | "aunt" | "grandmother"
        | "granddaughter" | "niece" | "queen" | "princess" | "duchess" | "widow" | "nun" | "actress" => {
            Some(false)
        }
        word if word.ends_with("woman") => Some(false),
        _ => None,
    }
}

/// An entity as a pronoun sees it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Look {
    Person,
    /// Two words or three with capitals: a person's name, most often.
    Capitals,
    Place,
    Body,
    Named,
    One,
    Several,
    Group,
    Thing,
    Things,
}

fn look(entity: &Entity) -> Option<Look> {
    let noun = entity.words.last().map_or("", String::as_str);
    Some(match entity.class {
        Class::Person if entity.gender.is_some() || entity.titled() => Look::Person,
        Class::Person => Look::Capitals,
        Class::Place => Look::Place,
        Class::Body => Look::Body,
        Class::Named => Look::Named,
        Class::People if actors::is_group(noun) => Look::Group,
        Class::People if entity.plural => Look::Several,
        Class::People => Look::One,
        Class::Thing if entity.plural => Look::Things,
        Class::Thing => Look::Thing,
        _ => return None,
    })
}

/// Where a mention stands in its clause: the subject of the sentence or of a clause in it, what is done to or how, whose something is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    Subject,
    InnerSubject,
    Object,
    Oblique,
    Owner,
    Other,
}

pub(super) fn role(parsed: &Parsed, token: usize) -> Role {
    let owns = parsed.tree.children(token).iter().any(|&child| parsed.tag(child) == Tag::Genitive);
    let Some(head) = parsed.tree.head(token) else { return Role::Other };
    let clause = |tag: Tag| tag.is_verb() || matches!(tag, Tag::Auxiliary | Tag::Modal | Tag::Adjective);
    match parsed.tag(head) {
        _ if parsed.tag(token) == Tag::Possessive || owns => Role::Owner,
        Tag::Preposition | Tag::To => Role::Oblique,
        tag if clause(tag) && head > token => {
            if parsed.tree.head(head).is_none() {
                Role::Subject
            } else {
                Role::InnerSubject
            }
        }
        tag if clause(tag) => Role::Object,
        _ => Role::Other,
    }
}

/// Something that a pronoun may mean, with what is seen of it.
#[derive(Debug)]
pub struct Candidate {
    /// Number of the entity; `None`: none that was named.
    pub entity: Option<usize>,
    /// Buckets.
    pub features: Vec<usize>,
}

impl Candidate {
    fn new(entity: Option<usize>, seen: &[u32]) -> Self {
        Candidate { entity, features: seen.iter().map(|&f| f as usize & (BUCKETS - 1)).collect() }
    }

    fn score(&self) -> f32 {
        self.features.iter().map(|&f| f32::from(WEIGHTS[f] as i8)).sum::<f32>() / SCALE
    }
}

/// The likeliest, if it is likely enough.
pub(super) fn choose(candidates: &[Candidate]) -> Option<usize> {
    let scores: Vec<f32> = candidates.iter().map(Candidate::score).collect();
    let peak = scores.iter().copied().fold(f32::MIN, f32::max);
    let total: f32 = scores.iter().map(|s| libm::expf(s - peak)).sum();
    let best = scores.iter().position(|&s| s == peak)?;
    candidates[best].entity.filter(|_| 1.0 / total >= LEAST)
}

fn bucket(n: usize, edges: &[usize]) -> u32 {
    edges.iter().filter(|&&edge| n >= edge).count() as u32
}

/// What the pronoun may mean: the entities named last that fit it, and none of them. `bound`: those of its clause that it cannot mean.
pub(super) fn candidates(
    linker: &Linker<'_>,
    sentence: usize,
    index: usize,
    bound: &[usize],
) -> Vec<Candidate> {
    let article = linker.article;
    let (parsed, mentions) = &article.sentences[sentence];
    let mention = &mentions[index];
    let word = parsed.lower(mention.head);
    let Some(sort) = Sort::of(word) else { return Vec::new() };
    let man = gender(word);
    let voice = &article.voices[sentence];
    let s = sort as u32;
    let own = role(parsed, mention.head) as u32;
    let quoted = voice.quoted[mention.head];
    let speaks = voice.attributions.iter().any(|a| a.source == Some(index));
    // Who says what the pronoun stands in.
    let said = voice.by_token[mention.head].and_then(|a| voice.attributions[a].source);
    let speaker = said
        .map(|m| (sentence, m))
        .or(voice.carried.filter(|_| quoted))
        .and_then(|(at, m)| linker.entity_of(at, m));
    let heading = article.kinds[sentence] == Kind::Heading;
    let fits = |entity: &Entity, look: Look| match sort {
        Sort::One => {
            matches!(look, Look::Person | Look::Capitals | Look::One | Look::Named)
                && !(entity.told && entity.gender != man)
        }
        Sort::It => !matches!(look, Look::Person | Look::One | Look::Several | Look::Things),
        Sort::Many => !matches!(look, Look::Person | Look::Capitals | Look::One | Look::Thing),
    };
    let mut out = Vec::new();
    let mut near = 0;
    for &number in linker.recent.iter().rev() {
        let entity = &linker.entities[number];
        let Some(look) = look(entity) else { continue };
        if bound.contains(&number) || !fits(entity, look) {
            continue;
        }
        let seen = &entity.seen;
        let away = sentence - seen.sentence;
        let distance = bucket(away, &[1, 2, 3, 4, 6, 10]);
        let rank = bucket(out.len(), &[1, 2, 3, 4, 6]);
        near += usize::from(away < 3);
        let (look, last) = (look as u32, seen.role as u32);
        let count = bucket(seen.count, &[2, 3, 5, 9]);
        let same = u32::from(seen.pronoun == Some(sort));
        let before = seen.pronoun.is_some();
        let agrees = entity.gender.map_or(0, |g| 1 + u32::from(Some(g) == man));
        let here = away == 0;
        let speaking = u32::from(speaker == Some(number));
        let voices = speaking | u32::from(quoted) << 1 | u32::from(seen.quoted) << 2 | u32::from(here) << 3;
        let spoke = seen.spoke.map_or(0, |at| 1 + bucket(sentence - at, &[1, 2, 3]));
        let paragraph = bucket(article.paragraphs[sentence] - article.paragraphs[seen.sentence], &[1, 2, 3]);
        let noun = entity.words.last().map_or(0, |w| if entity.class.is_name() { 1 } else { hash(w) });
        let features = [
            feature(1, &[s, look]),
            feature(2, &[s, look, distance]),
            feature(3, &[s, rank]),
            feature(5, &[s, last, distance]),
            feature(7, &[s, count]),
            feature(8, &[s, same, distance]),
            feature(10, &[s, voices]),
            feature(11, &[s, u32::from(speaks), spoke]),
            feature(12, &[s, agrees]),
            feature(13, &[s, paragraph, distance]),
            feature(14, &[s, u32::from(entity.indefinite), look]),
            feature(15, &[s, u32::from(entity.headed), count]),
            feature(16, &[s, look, rank, last]),
            feature(17, &[s, own, last, distance, u32::from(before)]),
            feature(18, &[s, u32::from(seen.first), u32::from(mention.first == 0), distance]),
            feature(19, &[s, noun]),
            feature(21, &[s, u32::from(heading), distance, look]),
            feature(22, &[s, own, look]),
        ];
        out.push(Candidate::new(Some(number), &features));
        if out.len() == MOST {
            break;
        }
    }
    let next = parsed.tokens.get(mention.end).map_or(0, |t| hash(&t.stem));
    let above = parsed.tree.head(mention.head).map_or(0, |head| hash(parsed.stem(head)));
    let features = [
        feature(40, &[s]),
        feature(42, &[s, u32::from(heading)]),
        feature(43, &[s, bucket(near, &[1, 2, 3, 5])]),
        feature(44, &[s, next]),
        feature(46, &[s, above]),
        feature(47, &[s, bucket(sentence, &[1, 2, 4])]),
        feature(48, &[s, u32::from(speaks)]),
    ];
    out.push(Candidate::new(None, &features));
    out
}
