//! One pass of the encoder over an article. Sentences are read in groups, so that the matrices are busy and memory stays
//! bounded whatever the article's length; topics and stance each take what they need of a group's vectors.

use crate::encoder::{Piece, Window};
use crate::kinds::Kind;
use crate::model::Model;
use crate::stance::{self, Known, Looked};

/// Pieces that are read side by side, or a few more.
const ABREAST: usize = 512;

/// What the encoder says of the sentences, in order.
#[derive(Debug, Default)]
pub(super) struct Pass {
    /// The logit of every topic; `None` where the model's topics are not read by its encoder, and for `meta`.
    pub topics: Vec<Option<Vec<f32>>>,
    /// What it says of possible targets.
    pub looked: Vec<Looked>,
}

impl Pass {
    /// Nothing said yet of `n` sentences.
    pub fn new(n: usize) -> Self {
        Pass { topics: vec![None; n], looked: vec![Looked::default(); n] }
    }

    /// Reads the next group of sentences, the first being `from`, and returns where the one after it begins. `meta`
    /// sentences are left out, and all are if the encoder has nothing to say that the result needs.
    pub fn read(&mut self, from: usize, model: &Model, kinds: &[Kind], known: &Known<'_, '_>) -> usize {
        let Known { sentences, reading, proposed, options } = *known;
        let n = sentences.len();
        let Some(head) = model.polarity().filter(|head| head.weighing().is_some()) else { return n };
        let encoder = head.encoder();
        let deep = encoder.reads_below();
        let mut group: Vec<(usize, Vec<Piece>)> = Vec::new();
        let (mut size, mut next) = (0, from);
        while next < n && size < ABREAST {
            // An encoder that must be told what is asked looks only at what the small models or the host propose.
            let asked = !proposed[next].is_empty() || !options.targets.is_empty();
            if kinds[next] != Kind::Meta && (deep || asked) {
                let pieces = encoder.pieces(sentences[next].span.of(reading.source));
                size += pieces.len();
                group.push((next, pieces));
            }
            next += 1;
        }
        group.retain(|(_, pieces)| !pieces.is_empty());
        let openings: Vec<Window> =
            if deep { group.iter().map(|(_, pieces)| encoder.opening(pieces)).collect() } else { Vec::new() };
        let below = encoder.below(&openings);
        if let Some(about) = model.topics().and_then(|topics| topics.deep()) {
            let mut rest = below.as_slice();
            for ((number, _), opening) in group.iter().zip(&openings) {
                let (states, after) = rest.split_at(opening.ids.len() * encoder.width());
                rest = after;
                self.topics[*number] = Some(about.logits(states, encoder.width()));
            }
        }
        let found = stance::look(head, known, &group, &openings, &below);
        for (number, looked) in found {
            self.looked[number] = looked;
        }
        next
    }
}
