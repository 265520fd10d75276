//! `I` and `we` in what somebody says.

use super::Linked;
use crate::attribution::Voices;
use crate::entities::{Class, Mention};
use crate::syntax::Parsed;

/// Links `I` and `we` in what somebody says to that speaker.
pub(super) fn link_first_persons(
    linked: &mut Linked,
    sentences: &[(Parsed, Vec<Mention>)],
    voices: &[Voices],
) {
    for (index, ((parsed, mentions), voice)) in sentences.iter().zip(voices).enumerate() {
        for (own, mention) in mentions.iter().enumerate().filter(|(_, m)| is_first_person(parsed, m)) {
            let said = voice.by_token[mention.head].map(|a| &voice.attributions[a]);
            let spelt = said.is_some_and(|a| parsed.lower(a.cue) == ":");
            let named = said.and_then(|a| a.source).filter(|&s| !is_first_person(parsed, &mentions[s]));
            let speaker = named.map(|source| (index, source)).or(voice.carried);
            if let Some((sentence, source)) = speaker.filter(|_| spelt || voice.quoted[mention.head]) {
                linked.of[index][own] = linked.of[sentence][source];
            }
        }
    }
}

fn is_first_person(parsed: &Parsed, mention: &Mention) -> bool {
    const WORDS: &[&str] = &["i", "me", "my", "myself", "we", "us", "our", "ourselves", "mine", "ours"];
    mention.class == Class::Pronoun && WORDS.contains(&parsed.lower(mention.head))
}
