//! One pass of the encoder over an article. Sentences are read in groups, so that the matrices are busy and memory stays
//! bounded whatever the article's length; topics and stance each take what they need of a group's vectors.

use crate::encoder::{Piece, Window};
use crate::kinds::Kind;
use crate::model::Model;
use crate::options::Options;
use crate::sentences::Sentence;
use crate::stance::{self, Looked, Proposed, Reading};
use crate::text::Text;

/// Pieces that are read side by side, or a few more.
const ABREAST: usize = 512;

/// What the encoder says of the sentences, in order.
pub(super) struct Pass {
    /// The logit of every topic; `None` where the model's topics are not read by its encoder, and for `meta`.
    pub topics: Vec<Option<Vec<f32>>>,
    /// What it says of possible targets.
    pub looked: Vec<Looked>,
}

/// Reads every sentence but `meta` ones, and none if the encoder has nothing to say that the result needs.
pub(super) fn read(
    model: &Model,
    text: &Text<'_>,
    sentences: &[Sentence],
    kinds: &[Kind],
    reading: &Reading<'_>,
    proposed: &Proposed,
    options: &Options,
) -> Pass {
    let n = sentences.len();
    let mut pass = Pass { topics: vec![None; n], looked: vec![Looked::default(); n] };
    let Some(head) = model.polarity().filter(|head| head.weighing().is_some()) else { return pass };
    let encoder = head.encoder();
    let deep = encoder.reads_below();
    let about = model.topics().and_then(|topics| topics.deep());
    let mut group: Vec<(usize, Vec<Piece>)> = Vec::new();
    let mut size = 0;
    for (number, (sentence, kind)) in sentences.iter().zip(kinds).enumerate() {
        // An encoder that must be told what is asked looks only at what the small models or the host propose.
        let needed =
            *kind != Kind::Meta && (deep || !proposed[number].is_empty() || !options.targets.is_empty());
        if needed {
            let pieces = encoder.pieces(sentence.span.of(text.source()));
            size += pieces.len();
            group.push((number, pieces));
        }
        if size < ABREAST && number + 1 < n {
            continue;
        }
        group.retain(|(_, pieces)| !pieces.is_empty());
        let openings: Vec<Window> =
            if deep { group.iter().map(|(_, pieces)| encoder.opening(pieces)).collect() } else { Vec::new() };
        let below = encoder.below(&openings);
        if let Some(about) = about {
            let mut rest = below.as_slice();
            for ((number, _), opening) in group.iter().zip(&openings) {
                let (states, after) = rest.split_at(opening.ids.len() * encoder.width());
                rest = after;
                pass.topics[*number] = Some(about.logits(states, encoder.width()));
            }
        }
        let found = stance::look(head, reading, sentences, proposed, &group, &openings, &below, options);
        for (number, looked) in found {
            pass.looked[number] = looked;
        }
        group.clear();
        size = 0;
    }
    pass
}
