//! What the three stance models see: of a cue, of a cue and a target, of a cue, a target and a holder.

use super::paths::{between, Path};
use super::reading::Reader;
use crate::data::cues;
use crate::entities::Class;
use crate::kinds::Kind;
use crate::model::linear::{feature, hash};
use crate::syntax::{Parsed, Tag};

/// Who may hold a stance.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Holder {
    /// A mention of this sentence.
    Mention(usize),
    /// The narrator.
    Author,
    /// Somebody whom this sentence does not name: the speaker of a quotation that goes on, an unnamed agent.
    Unnamed,
}

/// Whether a word can be a cue's main word.
pub fn is_cue(reader: &Reader, token: usize) -> bool {
    let tag = reader.parsed.tag(token);
    let stem = reader.parsed.stem(token);
    (tag.is_content() && tag != Tag::Name && stem.len() > 1)
        || (tag == Tag::Preposition && matches!(stem, "against"))
}

/// A word's part of speech, coarsely: verb, noun, adjective, adverb, other.
pub fn coarse(tag: Tag) -> u32 {
    match tag {
        tag if tag.is_verb() => 1,
        tag if tag.is_noun() => 2,
        Tag::Adjective => 3,
        Tag::Adverb => 4,
        _ => 5,
    }
}

fn class_of(reader: &Reader, token: Option<usize>) -> u32 {
    match token {
        None => 50,
        Some(token) => reader.mention_of(token).map_or(51, |m| reader.class(m) as u32),
    }
}

/// What the models see of a word alone: looked up once, asked from every cue.
#[derive(Debug, Clone, Copy)]
pub struct Word {
    /// Its stem.
    stem: u32,
    /// Its stem, but of a name only that it is one. Who somebody is must not tell what he thinks.
    seen: u32,
    /// Good (1), bad (2) or neither (0) to polarity lists.
    valence: u32,
}

impl Word {
    /// Looks a token up.
    pub fn of(parsed: &Parsed, token: usize) -> Self {
        let stem = hash(parsed.stem(token));
        Word {
            stem,
            seen: if parsed.tag(token) == Tag::Name { 11 } else { stem },
            valence: cues::polarity(parsed.stem(token)).map_or(0, |good| if good { 1 } else { 2 }),
        }
    }
}

fn stem_hash(reader: &Reader, token: Option<usize>) -> u32 {
    token.map_or(7, |token| reader.words[token].seen)
}

/// Features of a word as a cue.
pub fn cue(reader: &Reader, token: usize, features: &mut Vec<u32>) {
    cue_read(reader, token, reader.parsed.is_negated(token), features);
}

/// The same, as if nothing denied it.
pub fn cue_affirmed(reader: &Reader, token: usize, features: &mut Vec<u32>) {
    cue_read(reader, token, false, features);
}

fn cue_read(reader: &Reader, token: usize, negated: bool, features: &mut Vec<u32>) {
    let p = &reader.parsed;
    let (stem, tag) = (p.stem(token), p.tag(token));
    let (s, t) = (reader.words[token].stem, coarse(tag));
    let (agent, patient) = (p.agent(token), p.patient(token));
    let (ac, pc) = (class_of(reader, agent), class_of(reader, patient));
    let negated = u32::from(negated);
    let passive = u32::from(tag.is_verb() && p.is_passive(token));
    let modal = p.modal(token).map_or(0, |m| reader.words[m].stem);
    let v = reader.words[token].valence;
    let voice = voice(reader, token);
    let heading = u32::from(reader.kind == Kind::Heading);
    let head = p.tree.head(token);
    let hs = stem_hash(reader, head);
    let ht = head.map_or(9, |h| coarse(p.tag(h)));
    let near = |offset: isize| {
        let at = token.checked_add_signed(offset).filter(|at| *at < p.tokens.len());
        at.map_or(3, |at| reader.words[at].seen)
    };
    let near_tag = |offset: isize| {
        let at = token.checked_add_signed(offset).filter(|at| *at < p.tokens.len());
        at.map_or(90, |at| p.tag(at) as u32)
    };
    features.clear();
    features.extend([
        feature(100, &[]),
        feature(101, &[s]),
        feature(102, &[s, t]),
        feature(103, &[s, negated]),
        feature(104, &[s, pc]),
        feature(105, &[s, ac]),
        feature(106, &[t, ac, pc]),
        feature(107, &[t, passive, negated]),
        feature(108, &[v, t]),
        feature(109, &[v, t, negated, voice]),
        feature(110, &[v, pc]),
        feature(111, &[v, ac]),
        feature(112, &[tag as u32, voice]),
        feature(113, &[voice, ac]),
        feature(114, &[hs, t]),
        feature(115, &[hs, s]),
        feature(116, &[ht, t, u32::from(head.is_some_and(|h| h < token))]),
        feature(117, &[near(1), s]),
        feature(118, &[near(-1), s]),
        feature(119, &[near(1), t]),
        feature(120, &[near(-1), t]),
        feature(121, &[near(2), s]),
        feature(122, &[modal, t]),
        feature(123, &[modal, v]),
        feature(124, &[heading, t]),
        feature(125, &[stem_hash(reader, patient), s]),
        feature(126, &[stem_hash(reader, patient), t]),
        feature(127, &[stem_hash(reader, agent), t]),
        feature(128, &[ending(p.lower(token), 3), t]),
        feature(129, &[ending(p.lower(token), 4), t]),
        feature(130, &[beginning(p.lower(token), 3)]),
        feature(131, &[beginning(p.lower(token), 5)]),
        feature(132, &[passive, pc, u32::from(agent.is_some())]),
        feature(133, &[s, passive]),
        feature(134, &[near_tag(-1), near_tag(1), t]),
        feature(135, &[s, voice]),
        feature(136, &[v, hs]),
    ]);
    for class in cues::classes(stem) {
        let c = hash(class);
        features.extend([
            feature(140, &[c, t]),
            feature(141, &[c, pc]),
            feature(142, &[c, ac]),
            feature(143, &[c, negated, t]),
        ]);
    }
    for &child in p.tree.children(token) {
        let (ct, cs) = (p.tag(child), reader.words[child].seen);
        features.push(feature(150, &[ct as u32, u32::from(child > token), t]));
        match ct {
            Tag::Preposition | Tag::To | Tag::Particle => {
                features.extend([feature(151, &[cs, s]), feature(152, &[cs, t]), feature(153, &[cs, v])]);
            }
            Tag::Determiner | Tag::Possessive | Tag::Auxiliary | Tag::Modal | Tag::Not | Tag::Genitive => {
                features.extend([feature(154, &[cs, t]), feature(155, &[cs, s])]);
            }
            ct if ct.is_content() => {
                let cv = reader.words[child].valence;
                features.extend([feature(156, &[cs, t]), feature(157, &[cs, s]), feature(158, &[cv, t, v])]);
            }
            _ => {}
        }
    }
    for above in p.tree.ancestors(token).take(4) {
        features.push(feature(160, &[reader.words[above].seen, t]));
        features.push(feature(161, &[reader.words[above].valence, v]));
    }
}

/// 0 the narrator tells it, 1 somebody says it, 2 in a quotation with its speaker, 3 in one without.
fn voice(reader: &Reader, token: usize) -> u32 {
    let speaker = reader.speaker(token).is_some();
    match (reader.voices.quoted[token], speaker) {
        (false, false) => 0,
        (false, true) => 1,
        (true, true) => 2,
        (true, false) => 3,
    }
}

fn ending(word: &str, letters: usize) -> u32 {
    hash(&word[word.char_indices().rev().nth(letters - 1).map_or(0, |(at, _)| at)..])
}

fn beginning(word: &str, letters: usize) -> u32 {
    hash(&word[..word.char_indices().nth(letters).map_or(word.len(), |(at, _)| at)])
}

/// What is known of a cue when its target and holder are looked for.
#[derive(Debug, Clone)]
pub struct Cue {
    /// Its main word.
    pub token: usize,
    /// 0 for, 1 against.
    pub polarity: u32,
    /// 0 says, 1 does.
    pub basis: u32,
    agent: Option<usize>,
    patient: Option<usize>,
    stem: u32,
    tag: u32,
    voice: u32,
    passive: u32,
    classes: Vec<u32>,
}

impl Cue {
    /// Looks up what the sentence says around the word.
    pub fn new(reader: &Reader, token: usize, polarity: u32, basis: u32) -> Self {
        let p = &reader.parsed;
        Cue {
            token,
            polarity,
            basis,
            agent: p.agent(token).and_then(|t| reader.mention_of(t)),
            patient: p.patient(token).and_then(|t| reader.mention_of(t)),
            stem: reader.words[token].stem,
            tag: coarse(p.tag(token)),
            voice: voice(reader, token),
            passive: u32::from(p.tag(token).is_verb() && p.is_passive(token)),
            classes: cues::classes(p.stem(token)).map(hash).collect(),
        }
    }
}

fn distance(from: usize, to: usize) -> u32 {
    let apart = from.abs_diff(to);
    let bucket = match apart {
        0..=4 => apart as u32,
        5..=6 => 5,
        7..=9 => 6,
        10..=14 => 7,
        15..=22 => 8,
        _ => 9,
    };
    bucket << 1 | u32::from(from < to)
}

/// Features of a mention seen from a cue; `base` keeps the templates of targets and holders apart.
fn seen(reader: &Reader, cue: &Cue, mention: usize, base: u32, features: &mut Vec<u32>) {
    let p = &reader.parsed;
    let m = &reader.mentions[mention];
    let Path { hash: path, steps, verbs } = between(p, cue.token, m.head);
    let role = u32::from(cue.agent == Some(mention)) | u32::from(cue.patient == Some(mention)) << 1;
    let class = m.class as u32;
    let head = reader.words[m.head].seen;
    let first = if p.tag(m.first) == Tag::Name { 11 } else { hash(p.lower(m.first)) };
    let governor = p.tree.head(m.head);
    let preposition =
        governor.filter(|&g| matches!(p.tag(g), Tag::Preposition | Tag::To)).map_or(0, |g| hash(p.lower(g)));
    let (low, high) = (cue.token.min(m.head), cue.token.max(m.head));
    let between_mentions =
        reader.mentions.iter().filter(|o| o.head > low && o.head < high).count().min(4) as u32;
    let side = u32::from(m.head > cue.token);
    let apart = distance(cue.token, m.head);
    let same_voice = u32::from(reader.voices.by_token[cue.token] == reader.voices.by_token[m.head]);
    let speaks = u32::from(reader.speaker(cue.token) == Some(mention));
    let quoted = u32::from(reader.voices.quoted[cue.token]) | u32::from(reader.voices.quoted[m.head]) << 1;
    let inside = u32::from(m.contains(cue.token));
    let commas = (low..high).filter(|&at| p.tag(at) == Tag::Comma).count().min(3) as u32;
    let pronoun = if m.class == Class::Pronoun { hash(p.lower(m.head)) } else { 0 };
    let (cs, ct, pol) = (cue.stem, cue.tag, cue.polarity);
    let order = reader.mentions[..mention].len().min(4) as u32;
    let f = |n: u32, parts: &[u32]| feature(base + n, parts);
    features.extend([
        f(1, &[path]),
        f(2, &[path, cs]),
        f(3, &[path, class]),
        f(4, &[role, ct]),
        f(5, &[role, cs]),
        f(6, &[role, class, cue.passive]),
        f(7, &[class, ct]),
        f(8, &[head]),
        f(9, &[first, role]),
        f(10, &[apart, ct]),
        f(11, &[apart, class]),
        f(12, &[between_mentions, side, ct]),
        f(13, &[same_voice, speaks, cue.voice]),
        f(14, &[speaks, ct, role]),
        f(15, &[quoted, class]),
        f(16, &[inside, ct]),
        f(17, &[commas, side]),
        f(18, &[pronoun, role]),
        f(19, &[preposition, ct]),
        f(20, &[preposition, cs]),
        f(21, &[steps as u32, verbs as u32, ct]),
        f(22, &[order, side, class]),
        f(23, &[role, pol, cue.basis]),
        f(24, &[speaks, cue.basis, pol]),
        f(25, &[path, pol]),
        f(26, &[u32::from(reader.kind == Kind::Heading), order, side]),
        f(27, &[governor.map_or(8, |g| coarse(p.tag(g))), side, ct]),
        f(28, &[pronoun, quoted, speaks]),
        f(29, &[class, cue.voice, speaks]),
        f(30, &[p.tag(m.head) as u32, role]),
        f(31, &[cs, side, u32::from(between_mentions == 0)]),
        f(32, &[class, preposition]),
    ]);
    for &c in &cue.classes {
        features.extend([f(35, &[c, role]), f(36, &[c, preposition]), f(37, &[c, path])]);
    }
}

/// Features of a mention as a cue's target.
pub fn target(reader: &Reader, cue: &Cue, mention: usize, features: &mut Vec<u32>) {
    features.clear();
    seen(reader, cue, mention, 200, features);
}

/// Features of there being no words for the target.
pub fn no_target(_reader: &Reader, cue: &Cue, features: &mut Vec<u32>) {
    features.clear();
    let missing = u32::from(cue.patient.is_none());
    features.extend([
        feature(290, &[]),
        feature(291, &[cue.stem]),
        feature(292, &[cue.tag, missing]),
        feature(293, &[cue.voice, cue.basis]),
        feature(294, &[cue.passive, missing, cue.tag]),
    ]);
}

/// Features of somebody as the holder.
pub fn holder(reader: &Reader, cue: &Cue, target: usize, holder: Holder, features: &mut Vec<u32>) {
    features.clear();
    let p = &reader.parsed;
    let speaker = reader.speaker(cue.token);
    let agent = cue.agent.filter(|&a| a != target);
    match holder {
        Holder::Mention(mention) => {
            seen(reader, cue, mention, 300, features);
            let m = &reader.mentions[mention];
            let t = &reader.mentions[target];
            let path = between(p, t.head, m.head).hash;
            let before = u32::from(m.head < t.head);
            features.extend([
                feature(340, &[path]),
                feature(341, &[before, cue.tag, u32::from(cue.patient == Some(target))]),
                feature(
                    342,
                    &[u32::from(speaker == Some(mention)), u32::from(cue.agent == Some(mention)), cue.basis],
                ),
                feature(343, &[u32::from(t.contains(m.head)), cue.tag]),
                feature(344, &[u32::from(m.contains(t.head)), cue.tag]),
                feature(
                    345,
                    &[
                        u32::from(cue.agent == Some(mention)),
                        u32::from(speaker.is_some()),
                        cue.voice,
                        cue.basis,
                        cue.tag,
                    ],
                ),
                feature(346, &[m.class as u32, t.class as u32]),
            ]);
        }
        Holder::Author | Holder::Unnamed => {
            let base = if holder == Holder::Author { 360 } else { 380 };
            let f = |n: u32, parts: &[u32]| feature(base + n, parts);
            let (spoken, acted) = (u32::from(speaker.is_some()), u32::from(agent.is_some()));
            features.extend([
                f(1, &[]),
                f(2, &[cue.stem]),
                f(3, &[cue.tag, cue.basis, cue.polarity]),
                f(4, &[spoken, acted, cue.voice]),
                f(5, &[cue.passive, acted, cue.basis]),
                f(6, &[cue.tag, acted, spoken]),
                f(7, &[reader.words[cue.token].valence, cue.tag]),
                f(8, &[u32::from(reader.voices.carried.is_some()), cue.voice]),
                f(9, &[u32::from(reader.mentions.len() <= 1)]),
                f(10, &[u32::from(reader.voices.attributions.is_empty()), cue.voice, cue.basis]),
                f(11, &[u32::from(reader.kind == Kind::Heading)]),
                f(12, &[u32::from(cue.patient == Some(target)), cue.tag, acted]),
            ]);
        }
    }
}
