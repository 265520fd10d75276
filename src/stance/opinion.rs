//! What the encoder reads about a possible target: for or against, whose stance it is, and by which words.
//!
//! | tensor | type, shape | contents |
//! |---|---|---|
//! | `stance/more`, `stance/more.bias` | f32 \[4, hidden\], \[4\] | says, does; the narrator, somebody unnamed |
//! | `stance/tokens`, `stance/tokens.bias` | f32 \[2, width\], \[2\] | a piece as part of the holder's name, of the cue |

use super::polarity::PolarityScores;
use crate::encoder::{self, dot, softmax};
use crate::error::Error;
use crate::model::Container;
use std::ops::Range;

/// What is read about one target.
#[derive(Debug, Clone, PartialEq)]
pub struct Opinion {
    /// For, against, neither.
    pub scores: PolarityScores,
    /// Log-odds that it is something said rather than done.
    pub said: f32,
    /// Number of the sentence's piece that the first of `whose` and `cue` are about.
    pub first: usize,
    /// How likely each piece is part of the holder's name.
    pub whose: Vec<f32>,
    /// How likely the stance is the narrator's.
    pub author: f32,
    /// How likely it is somebody's whom the sentence does not name.
    pub unnamed: f32,
    /// How likely each piece is part of the words that show it.
    pub cue: Vec<f32>,
}

/// The weights that point.
#[derive(Debug)]
pub(super) struct Pointers {
    more: Vec<f32>,
    more_bias: Vec<f32>,
    tokens: Vec<f32>,
    tokens_bias: Vec<f32>,
}

impl Pointers {
    /// `None` if the model has none.
    pub fn new(model: &Container, hidden: usize, width: usize) -> Result<Option<Self>, Error> {
        if !model.has("stance/more") {
            return Ok(None);
        }
        Ok(Some(Pointers {
            more: encoder::floats(model, "stance/more", &[4, hidden])?,
            more_bias: encoder::floats(model, "stance/more.bias", &[4])?,
            tokens: encoder::floats(model, "stance/tokens", &[2, width])?,
            tokens_bias: encoder::floats(model, "stance/tokens.bias", &[2])?,
        }))
    }

    /// `states`: the vectors of the window's pieces without its frame.
    pub fn read(&self, scores: PolarityScores, hidden: &[f32], states: &[f32], first: usize) -> Opinion {
        let more =
            |row: usize| dot(&self.more[row * hidden.len()..][..hidden.len()], hidden) + self.more_bias[row];
        let width = self.tokens.len() / 2;
        let pointer = |row: usize| {
            let weights = &self.tokens[row * width..][..width];
            states.chunks_exact(width).map(move |state| dot(weights, state) + self.tokens_bias[row])
        };
        let mut whose: Vec<f32> = pointer(0).chain([more(2), more(3)]).collect();
        softmax(&mut whose);
        let mut cue: Vec<f32> = pointer(1).collect();
        softmax(&mut cue);
        let unnamed = whose.pop().unwrap_or(0.0);
        let author = whose.pop().unwrap_or(0.0);
        Opinion { scores, said: more(0) - more(1), first, whose, author, unnamed, cue }
    }
}

/// The pieces round the likeliest one that have at least `share` of its probability, `longest` of them at most.
pub(super) fn run(p: &[f32], peak: usize, (share, longest): (f32, usize)) -> Range<usize> {
    let (mut start, mut end) = (peak, peak + 1);
    while end - start < longest {
        let left = if start > 0 { p[start - 1] } else { 0.0 };
        let right = p.get(end).copied().unwrap_or(0.0);
        if left.max(right) < share * p[peak] {
            break;
        }
        if left >= right {
            start -= 1;
        } else {
            end += 1;
        }
    }
    start..end
}

/// The number of the largest; the first of equals.
pub(super) fn peak(p: &[f32]) -> usize {
    (0..p.len()).fold(0, |best, at| if p[at] > p[best] { at } else { best })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_run_is_what_stands_out() {
        let p = [0.0, 0.1, 0.4, 0.3, 0.02, 0.18];
        assert_eq!(peak(&p), 2);
        assert_eq!(run(&p, 2, (0.35, 8)), 2..4);
        assert_eq!(run(&p, 2, (0.2, 8)), 1..4);
        assert_eq!(run(&p, 2, (0.2, 2)), 2..4);
        assert_eq!(run(&[1.0], 0, (0.5, 8)), 0..1);
    }
}
