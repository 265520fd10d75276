//! Word pieces in, one vector a piece out: the learned reading that stance and topics share.
//!
//! `training/ENCODER.md` has the arithmetic. There are two bodies behind one interface: a bidirectional GRU (`gru`),
//! small enough for every page view, and a small BERT (`transformer`).

mod gru;
mod kernels;
mod math;
mod normalise;
mod transformer;
mod unicode;
mod weights;
mod window;
pub mod wordpiece;

pub(crate) use gru::{bucket, BUCKETS};
pub(crate) use kernels::Activations;
pub use math::softmax;
pub(crate) use math::{dot, exp, gelu, raise, sigmoid, weighted_mean};
pub(crate) use transformer::Layer;
pub(crate) use weights::{floats, Linear};
pub(crate) use window::touching;
pub use window::{Marks, Window};
pub use wordpiece::{Piece, Vocabulary};

use crate::error::Error;
use crate::model::Container;
use crate::offsets::ByteSpan;
use std::ops::Range;

/// Which of the two bodies reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Architecture {
    /// A bidirectional GRU over the bare pieces.
    BiGru,
    /// A transformer over the pieces between `[CLS]` and `[SEP]`.
    Transformer,
}

/// A vocabulary and the weights that read its pieces.
#[derive(Debug)]
pub struct Encoder {
    vocabulary: Vocabulary,
    body: Body,
    /// Pieces of the longest window, with its frame.
    length: usize,
}

#[derive(Debug)]
enum Body {
    BiGru(Box<gru::BiGru>),
    /// With the ids of `[CLS]` and `[SEP]`.
    Transformer(Box<transformer::Transformer>, [u16; 2]),
}

impl Encoder {
    /// Reads the `encoder/` and `vocab/` tensors of a model file; `None` if it has none.
    ///
    /// # Errors
    /// [`Error::is_model`], naming the tensor or number that is missing or wrong.
    pub fn new(model: &Container) -> Result<Option<Self>, Error> {
        if !model.has("encoder/") {
            return Ok(None);
        }
        let vocabulary = Vocabulary::new(model.tensor("vocab/pieces")?.shared("u8")?, "vocab/pieces")?;
        let (pieces, width) = (model.number("encoder.pieces")?, model.number("encoder.width")?);
        let length: usize = model.number("encoder.length")?;
        if pieces != vocabulary.len() {
            let message = format!("tensor `vocab/pieces` has {} pieces, expected {pieces}", vocabulary.len());
            return Err(Error::model(message));
        }
        if length < 3 || width == 0 {
            return Err(Error::model(format!("model's encoder reads {length} pieces of width {width}")));
        }
        let body = match model.meta("encoder.kind") {
            Some("bigru") => Body::BiGru(Box::new(gru::BiGru::new(model, pieces, width)?)),
            Some("transformer") => {
                let missing = |p| Error::model(format!("tensor `vocab/pieces` has no piece {p}"));
                let start = vocabulary.id("[CLS]").ok_or_else(|| missing("[CLS]"))?;
                let end = vocabulary.id("[SEP]").ok_or_else(|| missing("[SEP]"))?;
                Body::Transformer(
                    Box::new(transformer::Transformer::new(model, pieces, width, length)?),
                    [start, end],
                )
            }
            kind => {
                return Err(Error::model(format!(
                    "model's `encoder.kind` is {kind:?}, not bigru or transformer"
                )))
            }
        };
        let encoder = Encoder { vocabulary, body, length };
        #[cfg(target_family = "wasm")]
        encoder.warm_up();
        Ok(Some(encoder))
    }

    /// Reads nothing so often that engines go and optimise the innermost loops, which they do only for what has been
    /// called a while, in another thread: while the rest of the model is unpacked. Else the first article would wait.
    #[cfg(target_family = "wasm")]
    fn warm_up(&self) {
        /// Set by hand. With them the first 50 sentences take 28 to 30 ms in Chromium, without 38 (`benches/first.mjs`).
        const READINGS: usize = 24;
        let marks = Marks { target: 0..1, holder: 0..0 };
        let window = Window { ids: vec![0; self.length.min(16)], first: 0, marks: vec![marks; READINGS] };
        if self.architecture() == Architecture::BiGru {
            std::hint::black_box(self.states(&[window]));
        }
    }

    /// Which body it has.
    pub fn architecture(&self) -> Architecture {
        match self.body {
            Body::BiGru(_) => Architecture::BiGru,
            Body::Transformer(..) => Architecture::Transformer,
        }
    }

    /// The pieces it knows.
    pub fn vocabulary(&self) -> &Vocabulary {
        &self.vocabulary
    }

    /// Numbers in the vector of a piece.
    pub fn width(&self) -> usize {
        match &self.body {
            Body::BiGru(body) => body.width(),
            Body::Transformer(body, _) => body.width(),
        }
    }

    /// Cuts a sentence into pieces; their spans count from its start.
    pub fn pieces(&self, sentence: &str) -> Vec<Piece> {
        self.vocabulary.pieces(sentence)
    }

    /// The windows in which a sentence is read for each (target, holder): one for all, unless it is so long that some
    /// need another part of it. With each window come the numbers of the pairs it was made for, in the order of its
    /// marks.
    pub fn windows(
        &self,
        pieces: &[Piece],
        pairs: &[(ByteSpan, Option<ByteSpan>)],
    ) -> Vec<(Window, Vec<usize>)> {
        let mut found: Vec<(Range<usize>, Window, Vec<usize>)> = Vec::new();
        for (number, (target, holder)) in pairs.iter().enumerate() {
            let target = window::touching(pieces, *target);
            let holder = holder.map_or(0..0, |holder| window::touching(pieces, holder));
            // The frame's places are kept free without a frame as well: so both were trained.
            let range = window::around(&target, pieces.len(), self.length - 2);
            let framed = |marked: &Range<usize>| {
                let inside = window::within(marked, &range);
                let shift = if inside.is_empty() { 0 } else { self.frame() };
                inside.start + shift..inside.end + shift
            };
            let marks = Marks { target: framed(&target), holder: framed(&holder) };
            match found.iter_mut().find(|(r, ..)| *r == range) {
                Some((_, window, numbers)) => {
                    window.marks.push(marks);
                    numbers.push(number);
                }
                None => {
                    let ids = self.framed(pieces[range.clone()].iter().map(|p| p.id));
                    found.push((
                        range.clone(),
                        Window { ids, first: range.start, marks: vec![marks] },
                        vec![number],
                    ));
                }
            }
        }
        found.into_iter().map(|(_, window, numbers)| (window, numbers)).collect()
    }

    /// Reads windows side by side: the vectors of each window's pieces, once for each of its marks, all in a row,
    /// `width` numbers a piece.
    ///
    /// # Panics
    /// If a window is longer than the model reads, an id is not in the vocabulary, or a mark lies outside its window.
    /// Those that [`Encoder::windows`] makes are right.
    pub fn states(&self, windows: &[Window]) -> Vec<f32> {
        self.above(windows, &self.below(windows))
    }

    /// The first half of [`Encoder::states`]: the vectors of each window's pieces before anything is marked. Empty for
    /// a body that is told of its marks from the start.
    ///
    /// # Panics
    /// As [`Encoder::states`].
    pub fn below(&self, windows: &[Window]) -> Vec<f32> {
        assert!(windows.iter().all(|w| w.ids.len() <= self.length), "window longer than the model reads");
        match &self.body {
            Body::BiGru(_) => Vec::new(),
            Body::Transformer(body, _) => body.below(windows),
        }
    }

    /// The second half of [`Encoder::states`]; `below` is what [`Encoder::below`] gave for these windows.
    ///
    /// # Panics
    /// As [`Encoder::states`].
    pub fn above(&self, windows: &[Window], below: &[f32]) -> Vec<f32> {
        assert!(windows.iter().all(|w| w.ids.len() <= self.length), "window longer than the model reads");
        match &self.body {
            Body::BiGru(body) => body.states(windows),
            Body::Transformer(body, _) => body.above(windows, below),
        }
    }

    /// Whether its first layers read a sentence whatever is marked in it.
    pub fn reads_below(&self) -> bool {
        self.architecture() == Architecture::Transformer
    }

    /// The window that holds a sentence's beginning, with nothing marked in it.
    pub fn opening(&self, pieces: &[Piece]) -> Window {
        let range = window::around(&(0..0), pieces.len(), self.length - 2);
        Window {
            ids: self.framed(pieces[range.clone()].iter().map(|p| p.id)),
            first: range.start,
            marks: Vec::new(),
        }
    }

    /// The vector of a piece before anything is read.
    ///
    /// # Panics
    /// If the vocabulary has no such piece or `out` is not as wide as the embeddings.
    pub(crate) fn embedding(&self, id: u16, out: &mut [f32]) {
        match &self.body {
            Body::BiGru(body) => body.embedding(id, out),
            Body::Transformer(body, _) => body.embedding(id, out),
        }
    }

    /// Numbers in that vector.
    pub(crate) fn embedding_width(&self) -> usize {
        match &self.body {
            Body::BiGru(body) => body.narrow(),
            Body::Transformer(body, _) => body.width(),
        }
    }

    /// How many pieces of a window come before the sentence's own.
    pub fn frame(&self) -> usize {
        usize::from(matches!(self.body, Body::Transformer(..)))
    }

    fn framed(&self, inner: impl Iterator<Item = u16>) -> Vec<u16> {
        match self.body {
            Body::BiGru(_) => inner.collect(),
            Body::Transformer(_, [start, end]) => [start].into_iter().chain(inner).chain([end]).collect(),
        }
    }
}
