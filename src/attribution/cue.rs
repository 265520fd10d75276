//! Which words report what somebody says, thinks or knows: a linear classifier over hashed features of the word and the
//! tree around it, trained by `training/attribution`.

use crate::data::cues;
use crate::model::linear::{feature, hash};
use crate::syntax::{Parsed, Tag};

/// How many weights there are; features are hashed into as many.
pub const BUCKETS: usize = 1 << 13;

/// Steps of a weight that are one of log-odds.
pub const SCALE: f32 = 32.0;

/// The sum from which a word reports: low, since who is found to think something has no voice by that, only a line in
/// `explain`; chosen on the folds of the training documents.
pub const LEAST: i32 = -88;

/// One byte a bucket.
static WEIGHTS: &[u8; BUCKETS] = include_bytes!("../data/attribution.weights");

/// Whether a word could report anything: verbs, `was` in `was like`, adjectives that stand alone (`is sure that`).
pub fn is_candidate(parsed: &Parsed, token: usize) -> bool {
    match parsed.tag(token) {
        tag if tag.is_verb() => true,
        Tag::Adjective => !parsed.is_modifier(token),
        Tag::Auxiliary => parsed.tokens.get(token + 1).is_some_and(|next| next.lower == "like"),
        _ => false,
    }
}

/// Whether the word reports something, as far as the classifier can tell.
pub fn reports(parsed: &Parsed, quoted: &[bool], token: usize) -> bool {
    is_candidate(parsed, token)
        && features(parsed, quoted, token).iter().map(|&f| i32::from(WEIGHTS[f] as i8)).sum::<i32>() > LEAST
}

/// What stands below a word as the clause it reports.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    Nothing,
    That,
    Wh,
    To,
    Gerund,
    Plain,
    Other,
}

fn form(parsed: &Parsed, token: usize) -> Form {
    let clause = |&&child: &&usize| {
        child > token
            && (parsed.tag(child).is_verb()
                || matches!(parsed.tag(child), Tag::Auxiliary | Tag::Modal | Tag::Adjective))
    };
    let Some(&clause) = parsed.tree.children(token).iter().find(clause) else { return Form::Nothing };
    let left =
        || parsed.tree.children(clause).iter().copied().filter(|&child| child < clause && child > token);
    if left().any(|child| parsed.lower(child) == "that") || parsed.lower(token + 1) == "that" {
        Form::That
    } else if left()
        .any(|child| parsed.tag(child) == Tag::Wh || matches!(parsed.lower(child), "if" | "whether"))
    {
        Form::Wh
    } else if left().any(|child| parsed.tag(child) == Tag::To) {
        Form::To
    } else if left().any(|child| parsed.is_nominal(child)) {
        Form::Plain
    } else if parsed.tag(clause) == Tag::Gerund {
        Form::Gerund
    } else {
        Form::Other
    }
}

/// The buckets of what is seen of a word.
pub fn features(parsed: &Parsed, quoted: &[bool], token: usize) -> Vec<usize> {
    let n = parsed.tokens.len();
    let at = |offset: isize| token.checked_add_signed(offset).filter(|&at| at < n);
    // A name tells nothing but that it is one: who somebody is must not tell whether he speaks.
    let word = |at: Option<usize>| match at {
        None => 1,
        Some(at) if parsed.tag(at) == Tag::Name => 2,
        Some(at) => hash(parsed.lower(at)),
    };
    let tag_at = |at: Option<usize>| at.map_or(99, |at| parsed.tag(at) as u32);
    let (stem, tag) = (hash(parsed.stem(token)), parsed.tag(token) as u32);
    let form = form(parsed, token) as u32;
    let subject = parsed.subject(token).map_or(0, |subject| match parsed.tag(subject) {
        Tag::Name => 2,
        tag if tag.is_noun() => 3,
        _ => hash(parsed.lower(subject)),
    });
    let (next, previous) = (word(at(1)), word(at(-1)));
    let (next_tag, previous_tag) = (tag_at(at(1)), tag_at(at(-1)));
    let mark = |at: Option<usize>| u32::from(at.is_none_or(|at| parsed.tag(at).is_mark()));
    let marks = mark(at(1)) | mark(at(-1)) << 1 | mark(at(-2)) << 2;
    let near = |range: std::ops::Range<usize>| range.into_iter().any(|at| parsed.tag(at) == Tag::Quote);
    let quotes = u32::from(quoted[token])
        | u32::from(near(token + 1..n.min(token + 4))) << 1
        | u32::from(near(token.saturating_sub(4)..token)) << 2;
    let said = u32::from(cues::is_saying(parsed.stem(token)))
        | u32::from(cues::is_thinking(parsed.stem(token))) << 1;
    let head = parsed.tree.head(token);
    let above = head.map_or(9, |head| tag_at(Some(head)) << 1 | u32::from(head > token));
    let object = u32::from(parsed.object(token).is_some());
    let passive = u32::from(parsed.is_passive(token));
    let negated = u32::from(parsed.is_negated(token));
    let mut out = vec![
        feature(1, &[]),
        feature(2, &[stem]),
        feature(3, &[stem, tag]),
        feature(4, &[hash(parsed.lower(token))]),
        feature(5, &[form, tag]),
        feature(6, &[stem, form]),
        feature(7, &[subject]),
        feature(8, &[stem, subject]),
        feature(9, &[subject, form]),
        feature(10, &[next]),
        feature(11, &[stem, next]),
        feature(12, &[previous]),
        feature(13, &[stem, previous]),
        feature(14, &[next_tag, tag]),
        feature(15, &[previous_tag, tag]),
        feature(16, &[said, form]),
        feature(17, &[said, tag, subject]),
        feature(18, &[quotes, said]),
        feature(19, &[quotes, form]),
        feature(20, &[above, form]),
        feature(21, &[marks, form, said]),
        feature(22, &[marks, stem]),
        feature(23, &[object, form, said]),
        feature(24, &[object, stem]),
        feature(25, &[passive, form, said]),
        feature(26, &[negated, stem]),
        feature(27, &[word(at(2)), tag]),
    ];
    for class in cues::classes(parsed.stem(token)) {
        let class = hash(class);
        out.extend([feature(30, &[class, form]), feature(31, &[class, subject]), feature(32, &[class, tag])]);
    }
    for &child in parsed.tree.children(token) {
        if matches!(parsed.tag(child), Tag::Auxiliary | Tag::Modal | Tag::To | Tag::Not | Tag::Preposition) {
            let (lower, side) = (hash(parsed.lower(child)), u32::from(child > token));
            out.extend([feature(33, &[lower, side]), feature(34, &[lower, side, stem])]);
        }
    }
    out.iter().map(|&f| f as usize & (BUCKETS - 1)).collect()
}
