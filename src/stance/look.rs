//! Which targets the encoder looks at, and what it says of them. Sentences are read in groups, so that the matrices are
//! busy and memory stays bounded whatever the article's length.

use super::opinion::Opinion;
use super::propose::Proposal;
use super::reading::{Reader, Reading};
use super::second::Weighing;
use super::Proposed;
use crate::encoder::{self, Piece, Window};
use crate::entities::Class;
use crate::kinds::Kind;
use crate::model::Model;
use crate::offsets::ByteSpan;
use crate::options::Options;
use crate::order;
use crate::sentences::Sentence;

/// Pieces that are read side by side, or a few more: by a small encoder and by a large one. Enough to keep the matrices busy,
/// and so few that a page answers its reader in between: some 5 and 50 milliseconds.
const ABREAST: [usize; 2] = [128, 64];

/// Targets of one sentence that are looked at, at most: for time; gold sentences with more are rare.
const MOST: usize = 4;

/// What is known of an article before the encoder reads it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Known<'r, 't> {
    pub sentences: &'r [Sentence],
    pub reading: &'r Reading<'t>,
    pub proposed: &'r Proposed,
    pub options: &'r Options,
}

/// What the encoder says of a sentence's possible targets.
#[derive(Debug, Clone, Default)]
pub struct Looked {
    /// For each mention, the log-odds that somebody is for or against it, as far as the model has them; `None` until the
    /// encoder has read the sentence.
    odds: Option<Vec<Option<f32>>>,
    /// The sentence's word pieces, from its start.
    pub(super) pieces: Vec<ByteSpan>,
    /// Each target looked at (a mention), the log-odds that somebody is for or against it, and the opinion on it.
    pub(super) opinions: Vec<(usize, f32, Opinion)>,
}

/// Looks at the next group of sentences, the first being `from`, writes into `looked` what the encoder says of the
/// targets that seem worth it, and returns where the group after it begins. `meta` sentences are left out, and all are
/// if the model's encoder has nothing to say of claims. What `looked` has of the same sentence, read in another article,
/// stays where the same targets seem worth it. `hear`, if
/// there is one, is told the sentences, their first windows, and the vectors of these before anything is marked, sentences
/// that name nobody included.
pub(crate) fn look(
    model: &Model,
    kinds: &[Kind],
    known: &Known<'_, '_>,
    from: usize,
    looked: &mut [Looked],
    mut hear: Option<impl FnMut(&[usize], &[Window], &[f32])>,
) -> usize {
    let Known { sentences, reading, proposed, options } = *known;
    let n = sentences.len();
    let able = model.polarity().filter(|_| !reading.sentences.is_empty());
    let Some((head, weighing)) = able.and_then(|head| Some((head, head.weighing()?))) else { return n };
    let encoder = head.encoder();
    let deep = encoder.reads_below();
    let abreast = ABREAST[usize::from(deep)];
    let mut group: Vec<(usize, Vec<Piece>)> = Vec::new();
    let (mut size, mut next) = (0, from);
    while next < n && size < abreast {
        // An encoder that must be told what is asked looks only at what the small models or the host propose.
        let asked = !proposed[next].is_empty() || !options.targets.is_empty();
        let named = !reading.sentences[next].mentions.is_empty();
        let wanted = kinds[next] != Kind::Meta && (named && (deep || asked) || hear.is_some());
        let known = looked[next].odds.as_ref().filter(|_| wanted);
        let targets = known.map(|odds| targets(weighing, reading, next, odds, &proposed[next], options));
        let old = looked[next].opinions.iter().map(|(mention, odds, _)| (*mention, *odds));
        if !targets.is_some_and(|targets| old.eq(targets)) {
            looked[next] = Looked::default();
            if wanted {
                let pieces = encoder.pieces(sentences[next].span.of(reading.source));
                size += pieces.len();
                group.push((next, pieces));
            }
        }
        size += 1; // a long article of sentences that need no look is no single step either
        next += 1;
    }
    group.retain(|(_, pieces)| !pieces.is_empty());
    let openings: Vec<Window> = if deep || hear.is_some() {
        group.iter().map(|(_, pieces)| encoder.opening(pieces)).collect()
    } else {
        Vec::new()
    };
    let below = encoder.below(&openings);
    if let Some(hear) = &mut hear {
        let numbers: Vec<usize> = group.iter().map(|(number, _)| *number).collect();
        hear(&numbers, &openings, &below);
    }
    let mut rest = below.as_slice();
    let (mut windows, mut underneath, mut places) = (Vec::new(), Vec::new(), Vec::new());
    for (at, (number, pieces)) in group.iter().enumerate() {
        let rows = openings.get(at).filter(|_| deep).map_or(0, |window| window.ids.len() * encoder.width());
        let (states, after) = rest.split_at(rows);
        rest = after;
        let reader = &reading.sentences[*number];
        let start = sentences[*number].span.start;
        let sight = Sight { weighing, reader, start, pieces, width: encoder.width(), states };
        let odds: Vec<_> = (0..reader.mentions.len()).map(|m| sight.odds(m, encoder.frame())).collect();
        let targets = targets(weighing, reading, *number, &odds, &proposed[*number], options);
        looked[*number].odds = Some(odds);
        if targets.is_empty() {
            continue;
        }
        looked[*number].pieces = pieces.iter().map(|p| p.span).collect();
        let pairs: Vec<_> = targets.iter().map(|&(mention, _)| (sight.span(mention), None)).collect();
        for (window, asked) in encoder.windows(pieces, &pairs) {
            match openings.get(at) {
                Some(opening) if opening.ids == window.ids => underneath.extend_from_slice(states),
                _ => underneath.extend(encoder.below(std::slice::from_ref(&window))),
            }
            places.extend(asked.iter().map(|&q| (*number, targets[q])));
            windows.push(window);
        }
    }
    for ((number, (mention, odds)), opinion) in places.into_iter().zip(head.opinions(&windows, &underneath)) {
        looked[number].opinions.push((mention, odds, opinion));
    }
    for (number, _) in group {
        order::sort_by_key(&mut looked[number].opinions, |(mention, ..)| *mention);
    }
    next
}

/// A sentence before anything is marked in it.
struct Sight<'s> {
    weighing: &'s Weighing,
    reader: &'s Reader,
    /// Where the sentence starts in the article.
    start: usize,
    pieces: &'s [Piece],
    width: usize,
    /// The vectors below the marks of the window that begins it; empty if the encoder has none.
    states: &'s [f32],
}

impl Sight<'_> {
    /// A mention's span from the sentence's start.
    fn span(&self, mention: usize) -> ByteSpan {
        let span = self.reader.mentions[mention].span(&self.reader.parsed);
        ByteSpan::new(span.start - self.start, span.end - self.start)
    }

    /// The log-odds that somebody is for or against a mention, if the model has them; `frame`: pieces before the first.
    fn odds(&self, mention: usize, frame: usize) -> Option<f32> {
        let (weights, bias) = self.weighing.propose.as_ref()?;
        let inside = encoder::touching(self.pieces, self.span(mention));
        let rows = self.states.chunks_exact(self.width).skip(frame + inside.start).take(inside.len());
        let mean = encoder::weighted_mean(rows.map(|row| (1.0, row)), self.width);
        Some(mean.iter().zip(weights).fold(*bias, |sum, (x, w)| sum + x * w))
    }
}

/// The mentions of a sentence worth looking at, with their log-odds (0 without); in reading order. Those the host has asked
/// about come before all others.
fn targets(
    weighing: &Weighing,
    reading: &Reading<'_>,
    sentence: usize,
    odds: &[Option<f32>],
    small: &[(f32, Proposal)],
    options: &Options,
) -> Vec<(usize, f32)> {
    let [least_odds, least_sure] = weighing.look;
    let reader = &reading.sentences[sentence];
    let mut found: Vec<(f32, usize, f32)> = Vec::new();
    for (index, &odds) in odds.iter().enumerate().filter(|(m, _)| reader.class(*m) != Class::Time) {
        let sure = small.iter().filter(|(_, p)| p.target == index).map(|(c, _)| *c).fold(0.0, f32::max);
        let asked = super::wanted(reading, sentence, index, options);
        if asked || odds.is_some_and(|odds| odds >= least_odds) || sure >= least_sure {
            let rank = if asked { f32::MAX } else { odds.unwrap_or(sure) };
            found.push((rank, index, odds.unwrap_or(0.0)));
        }
    }
    order::sort_by(&mut found, |a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    found.truncate(MOST);
    order::sort_by_key(&mut found, |(_, index, _)| *index);
    found.into_iter().map(|(_, index, odds)| (index, odds)).collect()
}
