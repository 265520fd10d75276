//! The accurate reading: a small BERT whose upper layers know what is asked about.
//!
//! Method: Devlin et al. 2019 with normalisation after each block, as MiniLM has it. Learned vectors are added to the
//! marked pieces before layer `encoder.mark_layer`; the layers below read a window once, whatever is marked in it.

use super::kernels::Activations;
use super::math;
use super::weights::{floats, Linear, Norm, Table};
use super::window::Window;
use crate::error::Error;
use crate::model::Container;

#[derive(Debug)]
pub(super) struct Transformer {
    pieces: Table,
    /// Longest window × width.
    position: Vec<f32>,
    norm: Norm,
    /// Target's, then holder's.
    marks: Vec<f32>,
    layers: Vec<Layer>,
    mark_layer: usize,
    heads: usize,
    width: usize,
}

/// One layer: attention, then each piece by itself.
#[derive(Debug)]
pub(crate) struct Layer {
    qkv: Linear,
    mix: Linear,
    norm1: Norm,
    up: Linear,
    down: Linear,
    norm2: Norm,
}

impl Transformer {
    /// The `encoder/` tensors of that kind.
    ///
    /// # Errors
    /// Naming what is missing or misshapen.
    pub fn new(model: &Container, pieces: usize, width: usize, length: usize) -> Result<Self, Error> {
        let heads = model.number("encoder.heads")?;
        let (count, mark_layer) = (model.number("encoder.layers")?, model.number("encoder.mark_layer")?);
        if heads == 0 || width % heads != 0 || mark_layer > count {
            let message =
                format!("{count} layers, marks before {mark_layer}, {heads} heads of {width} in all");
            return Err(Error::model(format!("model's `encoder.` numbers make no sense: {message}")));
        }
        let codes = model.tensor("encoder/position.q8")?.shaped(&[length, width])?.i8_bytes()?;
        let scales = floats(model, "encoder/position.scale", &[length])?;
        let rows = codes.chunks_exact(width).zip(scales);
        let position =
            rows.flat_map(|(row, scale)| row.iter().map(move |&c| f32::from(c as i8) * scale)).collect();
        Ok(Transformer {
            pieces: Table::new(model, "encoder/pieces", pieces, width)?,
            position,
            norm: Norm::new(model, "encoder/norm", width)?,
            marks: floats(model, "encoder/marks", &[2, width])?,
            layers: (0..count)
                .map(|i| Layer::new(model, &format!("encoder/layer.{i}"), width))
                .collect::<Result<_, Error>>()?,
            mark_layer,
            heads,
            width,
        })
    }

    /// Width of a state.
    pub fn width(&self) -> usize {
        self.width
    }

    /// The vector of a piece.
    pub fn embedding(&self, id: u16, out: &mut [f32]) {
        self.pieces.row(usize::from(id), out);
    }

    /// States of the pieces of every window before the marks, one window after the other.
    pub fn below(&self, windows: &[Window]) -> Vec<f32> {
        let d = self.width;
        let lengths: Vec<usize> = windows.iter().map(|w| w.ids.len()).collect();
        let mut x = vec![0.0; lengths.iter().sum::<usize>() * d];
        let mut rows = x.chunks_exact_mut(d);
        for window in windows {
            for ((&id, position), row) in window.ids.iter().zip(self.position.chunks_exact(d)).zip(&mut rows)
            {
                self.pieces.row(usize::from(id), row);
                math::add_scaled(row, 1.0, position);
            }
        }
        self.norm.apply(&mut x);
        let mut scratch = Scratch::default();
        for layer in &self.layers[..self.mark_layer] {
            layer.apply(&mut x, &lengths, self.heads, &mut scratch);
        }
        x
    }

    /// States of the pieces of every window, once for each of its marks, one after the other; `below` as
    /// [`Transformer::below`] gives it.
    pub fn above(&self, windows: &[Window], below: &[f32]) -> Vec<f32> {
        let d = self.width;
        let (mut marked, mut lengths, mut rest) = (Vec::new(), Vec::new(), below);
        let (target, holder) = self.marks.split_at(d);
        for window in windows {
            let (states, after) = rest.split_at(window.ids.len() * d);
            rest = after;
            for marks in &window.marks {
                let start = marked.len();
                marked.extend_from_slice(states);
                lengths.push(window.ids.len());
                for (range, mark) in [(&marks.target, target), (&marks.holder, holder)] {
                    for row in marked[start..][range.start * d..range.end * d].chunks_exact_mut(d) {
                        math::add_scaled(row, 1.0, mark);
                    }
                }
            }
        }
        let mut scratch = Scratch::default();
        for layer in &self.layers[self.mark_layer..] {
            layer.apply(&mut marked, &lengths, self.heads, &mut scratch);
        }
        marked
    }
}

/// Room for what lies between two matrices.
#[derive(Default)]
struct Scratch {
    activations: Activations,
    wide: Vec<f32>,
    narrow: Vec<f32>,
    attention: Attention,
}

impl Layer {
    /// The tensors whose names begin with `prefix`; `encoder.inner` is its inner width.
    ///
    /// # Errors
    /// Naming what is missing or misshapen.
    pub fn new(model: &Container, prefix: &str, width: usize) -> Result<Self, Error> {
        let inner = model.number("encoder.inner")?;
        let name = |part: &str| format!("{prefix}.{part}");
        Ok(Layer {
            qkv: Linear::new(model, &name("qkv"), 3 * width, width)?,
            mix: Linear::new(model, &name("mix"), width, width)?,
            norm1: Norm::new(model, &name("norm1"), width)?,
            up: Linear::new(model, &name("up"), inner, width)?,
            down: Linear::new(model, &name("down"), width, inner)?,
            norm2: Norm::new(model, &name("norm2"), width)?,
        })
    }

    /// Reads sequences of so many rows, which follow one another in `x`, in place. `heads` divides the width.
    pub fn read(&self, x: &mut [f32], lengths: &[usize], heads: usize) {
        self.apply(x, lengths, heads, &mut Scratch::default());
    }

    /// Reads the sequences, whose rows follow one another in `x`, in place.
    fn apply(&self, x: &mut [f32], lengths: &[usize], heads: usize, scratch: &mut Scratch) {
        let Scratch { activations, wide, narrow, attention } = scratch;
        let d = self.mix.outputs();
        activations.set(x, d);
        self.qkv.apply(activations, wide);
        narrow.resize(x.len(), 0.0);
        let mut at = 0;
        for n in lengths {
            attention.mix(&wide[at * 3 * d..][..n * 3 * d], *n, heads, &mut narrow[at * d..][..n * d]);
            at += n;
        }
        activations.set(narrow, d);
        self.mix.apply(activations, narrow);
        math::add_scaled(x, 1.0, narrow);
        self.norm1.apply(x);
        activations.set(x, d);
        self.up.apply(activations, wide);
        math::gelu(wide);
        activations.set(wide, self.up.outputs());
        self.down.apply(activations, narrow);
        math::add_scaled(x, 1.0, narrow);
        self.norm2.apply(x);
    }
}

/// Scaled dot-product attention of one sequence (Vaswani et al. 2017), all in `f32`: it is a hundredth of the work.
#[derive(Default)]
struct Attention {
    /// A head's keys, turned so that scores are sums of rows; rows are filled up to whole blocks.
    keys: Vec<f32>,
    scores: Vec<f32>,
}

/// Numbers summed side by side in vector registers.
const BLOCK: usize = 16;

impl Attention {
    /// `qkv`: a row for each of `n` pieces, of queries, keys and values; `out`: what each piece takes from all.
    fn mix(&mut self, qkv: &[f32], n: usize, heads: usize, out: &mut [f32]) {
        let Attention { keys, scores } = self;
        let d = out.len() / n;
        let rows = || qkv.chunks_exact(3 * d);
        let size = d / heads;
        let scale = 1.0 / (size as f32).sqrt();
        let padded = n.next_multiple_of(BLOCK);
        keys.clear();
        keys.resize(size * padded, 0.0);
        scores.resize(padded, 0.0);
        for head in 0..heads {
            let at = head * size;
            for (j, row) in rows().enumerate() {
                for (i, &key) in row[d + at..d + at + size].iter().enumerate() {
                    keys[i * padded + j] = key * scale;
                }
            }
            for (query, out) in rows().zip(out.chunks_exact_mut(d)) {
                combine(&query[at..at + size], keys, padded, scores);
                math::softmax(&mut scores[..n]);
                combine(&scores[..n], &qkv[2 * d + at..], 3 * d, &mut out[at..at + size]);
            }
        }
    }
}

/// `out` = Σ weight × row, rows lying `stride` apart: block by block, so that the sums stay in registers.
#[inline(always)]
fn combine(weights: &[f32], rows: &[f32], stride: usize, out: &mut [f32]) {
    let mut blocks = out.chunks_exact_mut(BLOCK);
    let mut at = 0;
    for block in &mut blocks {
        let mut sums = [0.0; BLOCK];
        for (&weight, row) in weights.iter().zip(rows.chunks(stride)) {
            math::add_scaled(&mut sums, weight, &row[at..at + BLOCK]);
        }
        block.copy_from_slice(&sums);
        at += BLOCK;
    }
    let rest = blocks.into_remainder();
    rest.fill(0.0);
    for (&weight, row) in weights.iter().zip(rows.chunks(stride)) {
        math::add_scaled(rest, weight, &row[at..at + rest.len()]);
    }
}
