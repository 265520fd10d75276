//! The pieces of one reading and the spans marked in it.

use super::wordpiece::Piece;
use crate::offsets::ByteSpan;
use std::ops::Range;

/// Pieces to read together.
#[derive(Debug, Clone, PartialEq)]
pub struct Window {
    /// Rows of the embedding table.
    pub ids: Vec<u16>,
    /// Which of the sentence's pieces is the window's first (its frame left aside).
    pub first: usize,
    /// What is marked in it: it is read once for each.
    pub marks: Vec<Marks>,
}

/// Which pieces of a window name the target and the holder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Marks {
    /// Indices into [`Window::ids`].
    pub target: Range<usize>,
    /// The same; empty when no holder is asked about, or when it lies outside the window.
    pub holder: Range<usize>,
}

/// The pieces that touch a span; the nearest one if none does. Empty only if there are no pieces.
pub(crate) fn touching(pieces: &[Piece], span: ByteSpan) -> Range<usize> {
    let start = pieces.partition_point(|p| p.span.end <= span.start);
    let end = pieces.partition_point(|p| p.span.start < span.end).max(start);
    if start < end || pieces.is_empty() {
        return start..end;
    }
    let before = start.saturating_sub(1);
    let after = start.min(pieces.len() - 1);
    let distance = |i: usize| pieces[i].span.start.abs_diff(span.start);
    let nearest = if distance(before) <= distance(after) { before } else { after };
    nearest..nearest + 1
}

/// Which pieces are read: all, or `room` of them with the middle of the target in the centre.
pub(super) fn around(target: &Range<usize>, count: usize, room: usize) -> Range<usize> {
    if count <= room {
        return 0..count;
    }
    let middle = target.start + target.len() / 2;
    let start = middle.saturating_sub(room / 2).min(count - room);
    start..start + room
}

/// `marked` counted from the start of `window`, as far as it lies inside.
pub(super) fn within(marked: &Range<usize>, window: &Range<usize>) -> Range<usize> {
    let start = marked.start.clamp(window.start, window.end);
    start - window.start..marked.end.clamp(start, window.end) - window.start
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_find_their_pieces() {
        let pieces: Vec<Piece> = [(0, 3), (4, 8), (8, 10), (12, 15)]
            .map(|(a, b)| Piece { id: 0, span: ByteSpan::new(a, b) })
            .to_vec();
        let at = |a, b| touching(&pieces, ByteSpan::new(a, b));
        assert_eq!((at(4, 8), at(5, 13), at(7, 9)), (1..2, 1..4, 1..3));
        assert_eq!((at(3, 4), at(10, 12), at(99, 120), at(0, 0)), (1..2, 2..3, 3..4, 0..1));
        assert_eq!(touching(&[], ByteSpan::new(0, 5)), 0..0);
    }

    #[test]
    fn windows_are_centred_and_stay_inside() {
        assert_eq!(around(&(3..4), 10, 20), 0..10);
        assert_eq!(around(&(50..54), 100, 20), 42..62);
        assert_eq!((around(&(1..2), 100, 20), around(&(99..100), 100, 20)), (0..20, 80..100));
        assert_eq!(
            (within(&(50..54), &(42..62)), within(&(0..5), &(42..62)), within(&(60..70), &(42..62))),
            (8..12, 0..0, 18..20)
        );
    }
}
