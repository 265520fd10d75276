//! Who said it: cue verbs, quotations, `according to`, said-clauses in any position.

pub mod cue;
mod quotes;

pub use quotes::Quotes;

use crate::data::cues;
use crate::entities::{by_token, Class, Mention};
use crate::kinds::Kind;
use crate::syntax::{Parsed, Tag};

/// One act of saying or thinking in a sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attribution {
    /// The token that shows it: `said`, `according`, the colon of a headline.
    pub cue: usize,
    /// Index of the mention that speaks; `None` where the sentence does not name it (`was quoted as saying`).
    pub source: Option<usize>,
    /// Tokens of what was said, sorted.
    pub content: Vec<usize>,
}

/// Who speaks each word of one sentence.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Voices {
    /// Every act of saying, in order of their cues.
    pub attributions: Vec<Attribution>,
    /// For each token, its innermost attribution.
    pub by_token: Vec<Option<usize>>,
    /// For each token, whether it stands between quotation marks.
    pub quoted: Vec<bool>,
    /// The speaker of a quotation that this sentence carries on without naming one: sentence and mention.
    pub carried: Option<(usize, usize)>,
}

/// Reads a whole article. `paragraphs` gives each sentence's paragraph.
pub fn resolve(sentences: &[(Parsed, Vec<Mention>)], kinds: &[Kind], paragraphs: &[usize]) -> Vec<Voices> {
    let mut quotes = Quotes::default();
    let mut out: Vec<Voices> = Vec::with_capacity(sentences.len());
    // The last named speaker: sentence and mention.
    let mut last: Option<(usize, usize)> = None;
    for (index, (parsed, mentions)) in sentences.iter().enumerate() {
        if index == 0 || paragraphs[index] != paragraphs[index - 1] {
            quotes.paragraph(parsed);
            if !quotes.continues {
                let old = last.is_some_and(|(sentence, _)| paragraphs[index] > paragraphs[sentence] + 2);
                last = last.filter(|_| !old);
            }
        }
        let quoted = quotes.mark(parsed);
        let attributions = find(parsed, mentions, kinds[index], &quoted);
        let speaks = attributions.iter().find_map(|a| a.source.filter(|_| !quoted[a.cue]));
        let mut voices = Voices {
            by_token: innermost(&attributions, parsed.tokens.len()),
            attributions,
            quoted,
            carried: None,
        };
        if let Some(mention) = speaks {
            last = Some((index, mention));
            // A quotation's first sentences may come before the one that names the speaker.
            let opened = voices.quoted.first() == Some(&true) && parsed.tag(0) != Tag::Quote;
            if opened {
                for earlier in out.iter_mut().rev().take_while(|v| v.quoted.last() == Some(&true)) {
                    earlier.carried = Some((index, mention));
                }
            }
        } else if voices.quoted.contains(&true) {
            voices.carried = last;
        }
        out.push(voices);
    }
    out
}

/// The acts of saying in one sentence.
fn find(parsed: &Parsed, mentions: &[Mention], kind: Kind, quoted: &[bool]) -> Vec<Attribution> {
    let n = parsed.tokens.len();
    let of = by_head(mentions, n);
    let holders = by_token(mentions, n);
    let mut out = Vec::new();
    for cue in 0..n {
        if is_saying(parsed, cue) {
            let source = spoken_by(parsed, mentions, &of, cue);
            let content = said_by(parsed, cue, source.map(|s| mentions[s].head), quoted);
            if !content.is_empty() {
                out.push(Attribution { cue, source, content });
            }
        } else if parsed.lower(cue) == "according"
            && parsed.tokens.get(cue + 1).is_some_and(|t| t.lower == "to")
        {
            let source = (cue + 2..n.min(cue + 12)).find_map(|at| holders[at]);
            let end = source.map_or(cue + 2, |s| mentions[s].end);
            let content = (0..n).filter(|&at| !(cue..end).contains(&at)).collect();
            out.push(Attribution { cue, source, content });
        } else if kind == Kind::Heading && parsed.lower(cue) == ":" && out.is_empty() {
            if let Some(source) = mentions.iter().position(|m| m.first == 0 && m.end <= cue) {
                let holds = matches!(
                    mentions[source].class,
                    Class::Person | Class::Named | Class::Body | Class::People | Class::Place
                );
                if holds
                    && cue + 1 < n
                    && (mentions[source].end == cue || parsed.lower(mentions[source].end) == "to")
                {
                    out.push(Attribution { cue, source: Some(source), content: (cue + 1..n).collect() });
                }
            }
        }
    }
    out
}

/// Who thinks, knows, notices or is shown something in a sentence, and who says something without its being told what: what has no
/// voice, and so no part in stance. For [`explain`](crate::Annotator::explain), and to measure by; `voices` is the sentence's.
pub fn thoughts(parsed: &Parsed, mentions: &[Mention], voices: &Voices) -> Vec<Attribution> {
    let (of, holders) = (by_head(mentions, parsed.tokens.len()), by_token(mentions, parsed.tokens.len()));
    let said = |token: usize| voices.attributions.iter().any(|a| a.cue == token);
    let reports = |&token: &usize| {
        !said(token) && (is_saying(parsed, token) || cue::reports(parsed, &voices.quoted, token))
    };
    let thought = |cue: usize| {
        let spoken = spoken_by(parsed, mentions, &of, cue);
        // `We are tempted to believe`: who feels something is the subject of a passive. And `many of them acknowledge`.
        let subject = || parsed.subject(cue).filter(|&at| parsed.lower(at) != "it");
        let source = spoken.or_else(|| subject().and_then(|head| of[head].or(holders[head])));
        let content = said_by(parsed, cue, source.map(|s| mentions[s].head), &voices.quoted);
        Attribution { cue, source, content }
    };
    (0..parsed.tokens.len()).filter(reports).map(thought).collect()
}

/// Whether a token is a verb of saying.
fn is_saying(parsed: &Parsed, token: usize) -> bool {
    parsed.tag(token).is_verb() && cues::is_saying(parsed.stem(token))
}

/// The mention that speaks by a cue: its subject, or what stands beside it. `of`: mentions by their heads.
fn spoken_by(parsed: &Parsed, mentions: &[Mention], of: &[Option<usize>], cue: usize) -> Option<usize> {
    speaker(parsed, cue).and_then(|head| of[head]).or_else(|| beside(parsed, mentions, cue))
}

fn by_head(mentions: &[Mention], tokens: usize) -> Vec<Option<usize>> {
    let mut of = vec![None; tokens];
    for (index, mention) in mentions.iter().enumerate() {
        of[mention.head] = Some(index);
    }
    of
}

/// The subject of a verb of saying, also where it stands behind it (`said the minister`).
fn speaker(parsed: &Parsed, verb: usize) -> Option<usize> {
    if parsed.is_passive(verb) {
        return parsed.agent(verb);
    }
    let inverted = || {
        let next = verb + 1;
        let fits = verb > 0 && (parsed.tag(verb - 1).is_mark() || parsed.tag(verb - 1) == Tag::Adverb);
        let noun = parsed.tree.children(verb).iter().copied().find(|&c| c >= next && parsed.is_nominal(c))?;
        (fits && !parsed.tokens[next..noun].iter().any(|t| t.lower == ",")).then_some(noun)
    };
    let direct = parsed.tree.children(verb).iter().copied().rev().find(|&c| c < verb && parsed.is_nominal(c));
    if direct.is_none() {
        if let Some(noun) = inverted() {
            return Some(noun);
        }
    }
    parsed.subject(verb)
}

/// A noun group that touches a verb of saying at the edge of a quotation or clause: `…,” the coach said`, `…,” said the
/// coach`. For when the tree has it wrong.
fn beside(parsed: &Parsed, mentions: &[Mention], verb: usize) -> Option<usize> {
    let mark = |at: Option<usize>| at.is_some_and(|at| parsed.tag(at).is_mark());
    let before = |m: &Mention| m.end == verb && mark(m.first.checked_sub(1));
    let after = |m: &Mention| m.first == verb + 1 && mark(verb.checked_sub(1));
    mentions.iter().position(|m| m.class != Class::Time && (before(m) || after(m)))
}

/// What was said: the clauses below the verb, and the quotations of the sentence that the verb is not inside of.
fn said_by(parsed: &Parsed, verb: usize, source: Option<usize>, quoted: &[bool]) -> Vec<usize> {
    let n = parsed.tokens.len();
    let mut inside = vec![false; n];
    for &child in parsed.tree.children(verb) {
        let clause = parsed.tag(child).is_verb()
            || matches!(parsed.tag(child), Tag::Auxiliary | Tag::Adjective | Tag::Modal);
        let about = child > verb
            && !matches!(parsed.tag(child), Tag::Adverb | Tag::Particle)
            && !parsed.tag(child).is_mark();
        if (clause || about) && Some(child) != source {
            spread(parsed, child, source, &mut inside);
        }
    }
    if !quoted[verb] {
        (0..n).filter(|&at| quoted[at]).for_each(|at| inside[at] = true);
    }
    (0..n).filter(|&at| inside[at] && at != verb).collect()
}

fn spread(parsed: &Parsed, from: usize, except: Option<usize>, inside: &mut [bool]) {
    let mut stack = vec![from];
    while let Some(token) = stack.pop() {
        if Some(token) == except || inside[token] {
            continue;
        }
        inside[token] = true;
        stack.extend(parsed.tree.children(token));
    }
}

fn innermost(attributions: &[Attribution], tokens: usize) -> Vec<Option<usize>> {
    let mut out: Vec<Option<usize>> = vec![None; tokens];
    for (index, attribution) in attributions.iter().enumerate() {
        for &token in &attribution.content {
            if out[token].is_none_or(|old: usize| attributions[old].content.len() > attribution.content.len())
            {
                out[token] = Some(index);
            }
        }
    }
    out
}
