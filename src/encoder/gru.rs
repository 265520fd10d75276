//! The fast reading: narrow embeddings and one gated recurrent unit each way (Cho et al. 2014, in cuDNN's form).
//!
//! What is asked about enters as a learned vector for each piece's distance to the target, and to the holder. It is
//! added to the embedding; since the input map is linear, the window is mapped once and the distances' share, mapped
//! at loading, is added for each of its marks.

use super::kernels::Activations;
use super::math;
use super::weights::{floats, Linear, Table};
use super::window::{Marks, Window};
use crate::error::Error;
use crate::model::Container;
use std::ops::Range;

/// A piece this far away, or farther, is in the next bucket.
const EDGES: [usize; 8] = [1, 2, 3, 4, 6, 9, 14, 22];
const INSIDE: usize = EDGES.len();
const NO_SPAN: usize = 2 * EDGES.len() + 1;
/// Far left to near left, inside, near right to far right, and no span at all.
pub(crate) const BUCKETS: usize = NO_SPAN + 1;
/// Sequences read side by side, so that weights are loaded once for all of them.
const ABREAST: usize = 32;

/// Which bucket a piece is in, as seen from a span of pieces.
pub(crate) fn bucket(piece: usize, span: &Range<usize>) -> usize {
    let steps = |distance: usize| EDGES.partition_point(|&edge| edge <= distance);
    if span.is_empty() {
        NO_SPAN
    } else if piece < span.start {
        INSIDE - steps(span.start - piece)
    } else {
        INSIDE + steps((piece + 1).saturating_sub(span.end))
    }
}

#[derive(Debug)]
pub(crate) struct BiGru {
    pieces: Table,
    forward: Direction,
    backward: Direction,
    width: usize,
    size: usize,
}

#[derive(Debug)]
struct Direction {
    input: Linear,
    state: Linear,
    /// What a distance to the target, and to the holder, adds to the mapped input: bucket × gates.
    target: Vec<f32>,
    holder: Vec<f32>,
}

impl BiGru {
    /// The `encoder/` tensors of that kind.
    ///
    /// # Errors
    /// Naming what is missing or misshapen.
    pub fn new(model: &Container, pieces: usize, width: usize) -> Result<Self, Error> {
        let size = model.number("encoder.state")?;
        let distances = |name: &str| {
            let mut rows = Activations::default();
            rows.set(&floats(model, name, &[BUCKETS, width])?, width);
            Ok(rows)
        };
        let (target, holder) = (distances("encoder/target")?, distances("encoder/holder")?);
        let direction = |way: &str| {
            let input = Linear::new(model, &format!("encoder/gru.{way}.input"), 3 * size, width)?;
            let state = Linear::new(model, &format!("encoder/gru.{way}.state"), 3 * size, size)?;
            let mut direction = Direction { input, state, target: Vec::new(), holder: Vec::new() };
            direction.input.apply_unbiased(&target, &mut direction.target);
            direction.input.apply_unbiased(&holder, &mut direction.holder);
            Ok(direction)
        };
        Ok(BiGru {
            pieces: Table::new(model, "encoder/pieces", pieces, width)?,
            forward: direction("forward")?,
            backward: direction("backward")?,
            width,
            size,
        })
    }

    /// Width of a state: both directions'.
    pub fn width(&self) -> usize {
        2 * self.size
    }

    /// The vector of a piece.
    pub fn embedding(&self, id: u16, out: &mut [f32]) {
        self.pieces.row(usize::from(id), out);
    }

    /// Width of the vector of a piece before it is read.
    pub fn narrow(&self) -> usize {
        self.width
    }

    /// States of the pieces of every window, once for each of its marks, one after the other.
    pub fn states(&self, windows: &[Window]) -> Vec<f32> {
        let ids = || windows.iter().flat_map(|w| &w.ids);
        let mut embedded = vec![0.0; ids().count() * self.width];
        for (row, &id) in embedded.chunks_exact_mut(self.width).zip(ids()) {
            self.pieces.row(usize::from(id), row);
        }
        let mut activations = Activations::default();
        activations.set(&embedded, self.width);

        let (mut sequences, mut input, mut output) = (Vec::new(), 0, 0);
        for window in windows {
            for marks in &window.marks {
                sequences.push(Sequence { input, output, length: window.ids.len(), marks });
                output += window.ids.len();
            }
            input += window.ids.len();
        }
        // Longest first: at every step those still running are the first ones. The sort is stable.
        crate::order::sort_by_key(&mut sequences, |s| std::cmp::Reverse(s.length));
        let mut states = vec![0.0; output * self.width()];
        let mut mapped = Vec::new();
        for (direction, backward) in [(&self.forward, false), (&self.backward, true)] {
            direction.input.apply(&activations, &mut mapped);
            for abreast in sequences.chunks(ABREAST) {
                direction.run(abreast, &mapped, backward, &mut states);
            }
        }
        states
    }
}

/// One run over a window.
struct Sequence<'w> {
    /// Its first row of the mapped input, and of the states.
    input: usize,
    output: usize,
    length: usize,
    marks: &'w Marks,
}

impl Direction {
    fn run(&self, sequences: &[Sequence<'_>], mapped: &[f32], backward: bool, states: &mut [f32]) {
        let gates = self.input.outputs();
        let size = gates / 3;
        let mut state = vec![0.0; sequences.len() * size];
        let (mut activations, mut recurrent) = (Activations::default(), Vec::new());
        for step in 0..sequences.first().map_or(0, |s| s.length) {
            let running = sequences.partition_point(|s| s.length > step);
            activations.set_within_one(&state[..running * size], size);
            self.state.apply(&activations, &mut recurrent);
            for (i, sequence) in sequences[..running].iter().enumerate() {
                let piece = if backward { sequence.length - 1 - step } else { step };
                let (target, holder) =
                    (bucket(piece, &sequence.marks.target), bucket(piece, &sequence.marks.holder));
                let state = &mut state[i * size..][..size];
                math::gated(
                    state,
                    &mapped[(sequence.input + piece) * gates..][..gates],
                    &self.target[target * gates..][..gates],
                    &self.holder[holder * gates..][..gates],
                    &mut recurrent[i * gates..][..gates],
                );
                let at = (sequence.output + piece) * 2 * size + if backward { size } else { 0 };
                states[at..][..size].copy_from_slice(state);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn buckets_widen_with_distance() {
        let at = |piece| bucket(piece, &(30..32));
        assert_eq!([30, 31, 29, 32, 28, 35, 36, 0, 99].map(at), [8, 8, 7, 9, 6, 12, 12, 0, 16]);
        assert_eq!(bucket(3, &(0..0)), NO_SPAN);
    }
}
