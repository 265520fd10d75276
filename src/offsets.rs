//! Where words stand: spans that carry their unit in their type, and the only converter between units.
//!
//! Inside the crate every position is a byte offset. JavaScript counts UTF-16 code units, the W3C's Web
//! Annotation model counts code points; both are made here, at the edge, in one sweep over the text.

use serde::ser::{Serialize, SerializeStruct, Serializer};
use std::marker::PhantomData;

/// A way of counting positions in a text.
pub trait Unit: Copy + Clone + std::fmt::Debug + PartialEq + Eq {}

/// UTF-8 bytes: what Rust slices take.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Bytes;
/// UTF-16 code units: what JavaScript's `slice` takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Utf16;
/// Unicode code points: what the W3C's text position selector and Python strings count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct CodePoints;

impl Unit for Bytes {}
impl Unit for Utf16 {}
impl Unit for CodePoints {}

/// A half-open range `start..end` counted in `U` from the start of the given text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Span<U> {
    /// First position inside.
    pub start: usize,
    /// First position after.
    pub end: usize,
    unit: PhantomData<U>,
}

/// A span in UTF-8 bytes; always on character boundaries.
pub type ByteSpan = Span<Bytes>;
/// A span in UTF-16 code units.
pub type Utf16Span = Span<Utf16>;
/// A span in Unicode code points.
pub type CodePointSpan = Span<CodePoints>;

impl<U> Span<U> {
    /// The span `start..end`.
    ///
    /// # Panics
    /// In debug builds, if `start > end`.
    pub fn new(start: usize, end: usize) -> Self {
        debug_assert!(start <= end, "span {start}..{end} runs backwards");
        Span { start, end, unit: PhantomData }
    }

    /// Length in the span's own unit.
    pub fn len(&self) -> usize {
        self.end - self.start
    }

    /// Whether nothing is inside.
    pub fn is_empty(&self) -> bool {
        self.start == self.end
    }

    /// Whether `other` lies wholly inside.
    pub fn contains(&self, other: &Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether the two share at least one position.
    pub fn overlaps(&self, other: &Self) -> bool {
        self.start < other.end && other.start < self.end
    }
}

impl ByteSpan {
    /// The words the span covers.
    ///
    /// # Panics
    /// If the span was made for another text.
    pub fn of<'t>(&self, text: &'t str) -> &'t str {
        &text[self.start..self.end]
    }
}

impl<U> Serialize for Span<U> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut s = serializer.serialize_struct("Span", 2)?;
        s.serialize_field("start", &self.start)?;
        s.serialize_field("end", &self.end)?;
        s.end()
    }
}

/// The unit a caller asks for by name (`--offsets utf8|utf16|codepoint`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum OffsetUnit {
    /// UTF-8 bytes.
    Utf8,
    /// UTF-16 code units, the default everywhere.
    #[default]
    Utf16,
    /// Unicode code points.
    CodePoint,
}

/// Length of `text` in UTF-16 code units. For positions taken in order, adding the lengths between them is
/// cheaper than an [`OffsetIndex`].
///
/// ```
/// assert_eq!(standpoint::offsets::utf16_len("😀 né"), 5);
/// ```
pub fn utf16_len(text: &str) -> usize {
    // Every byte but continuation bytes starts a character, and those of four bytes are surrogate pairs.
    let units = |byte: u8| usize::from(byte & 0xc0 != 0x80) + usize::from(byte >= 0xf0);
    text.bytes().map(units).sum()
}

/// Bytes of text between two checkpoints of an [`OffsetIndex`].
const STRIDE: usize = 128;

/// Converts positions of one text between the three units.
///
/// Built in one sweep; each conversion then reads at most one stride of the text. Plain ASCII text, where
/// all three units agree, costs one check and no memory.
///
/// ```
/// use standpoint::offsets::OffsetIndex;
/// let index = OffsetIndex::new("😀 no");
/// assert_eq!(index.byte_to_utf16(5), 3);
/// assert_eq!(index.byte_to_code_point(5), 2);
/// assert_eq!(index.utf16_to_byte(3), Some(5));
/// assert_eq!(index.utf16_to_byte(1), None); // inside the surrogate pair
/// ```
#[derive(Debug)]
pub struct OffsetIndex<'t> {
    text: &'t str,
    /// For the character boundary at or after each multiple of the stride: its byte, UTF-16 and code point
    /// position. Empty when the text is ASCII.
    checkpoints: Vec<[usize; 3]>,
}

impl<'t> OffsetIndex<'t> {
    /// Sweeps the text once.
    pub fn new(text: &'t str) -> Self {
        let mut checkpoints = Vec::new();
        if !text.is_ascii() {
            checkpoints.reserve(text.len() / STRIDE + 1);
            let (mut utf16, mut points, mut next) = (0, 0, 0);
            for (byte, c) in text.char_indices() {
                if byte >= next {
                    checkpoints.push([byte, utf16, points]);
                    next = (byte / STRIDE + 1) * STRIDE;
                }
                utf16 += c.len_utf16();
                points += 1;
            }
        }
        OffsetIndex { text, checkpoints }
    }

    /// The UTF-16 position of a byte position (clamped to the text; inside a character, that character's start).
    pub fn byte_to_utf16(&self, byte: usize) -> usize {
        self.at_byte(byte)[1]
    }

    /// The code point position of a byte position (clamped likewise).
    pub fn byte_to_code_point(&self, byte: usize) -> usize {
        self.at_byte(byte)[2]
    }

    /// The byte position of a UTF-16 position, or `None` outside the text or inside a surrogate pair.
    pub fn utf16_to_byte(&self, utf16: usize) -> Option<usize> {
        self.to_byte(utf16, 1)
    }

    /// The byte position of a code point position, or `None` outside the text.
    pub fn code_point_to_byte(&self, point: usize) -> Option<usize> {
        self.to_byte(point, 2)
    }

    /// A byte span in UTF-16 code units.
    pub fn utf16(&self, span: ByteSpan) -> Utf16Span {
        Span::new(self.byte_to_utf16(span.start), self.byte_to_utf16(span.end))
    }

    /// A byte span in code points.
    pub fn code_points(&self, span: ByteSpan) -> CodePointSpan {
        Span::new(self.byte_to_code_point(span.start), self.byte_to_code_point(span.end))
    }

    /// A byte span's start and end in the unit a caller asked for by name.
    pub fn positions(&self, span: ByteSpan, unit: OffsetUnit) -> [usize; 2] {
        [span.start, span.end].map(|byte| match unit {
            OffsetUnit::Utf8 => byte,
            OffsetUnit::Utf16 => self.byte_to_utf16(byte),
            OffsetUnit::CodePoint => self.byte_to_code_point(byte),
        })
    }

    /// A caller's `start`, `end` in `unit` as a byte span; `None` if backwards, outside, or off a boundary.
    pub fn to_byte_span(&self, start: usize, end: usize, unit: OffsetUnit) -> Option<ByteSpan> {
        let to_byte = |position| match unit {
            OffsetUnit::Utf8 => self.text.is_char_boundary(position).then_some(position),
            OffsetUnit::Utf16 => self.utf16_to_byte(position),
            OffsetUnit::CodePoint => self.code_point_to_byte(position),
        };
        let (start, end) = (to_byte(start)?, to_byte(end)?);
        (start <= end).then(|| Span::new(start, end))
    }

    fn at_byte(&self, byte: usize) -> [usize; 3] {
        let byte = byte.min(self.text.len());
        if self.checkpoints.is_empty() {
            return [byte; 3];
        }
        let at = self.checkpoints.partition_point(|c| c[0] <= byte).saturating_sub(1);
        let mut here = self.checkpoints[at];
        for c in self.text[here[0]..].chars() {
            if here[0] + c.len_utf8() > byte {
                break;
            }
            here = [here[0] + c.len_utf8(), here[1] + c.len_utf16(), here[2] + 1];
        }
        here
    }

    fn to_byte(&self, position: usize, column: usize) -> Option<usize> {
        if self.checkpoints.is_empty() {
            return (position <= self.text.len()).then_some(position);
        }
        let at = self.checkpoints.partition_point(|c| c[column] <= position).saturating_sub(1);
        let mut here = self.checkpoints[at];
        for c in self.text[here[0]..].chars() {
            if here[column] >= position {
                break;
            }
            here = [here[0] + c.len_utf8(), here[1] + c.len_utf16(), here[2] + 1];
        }
        (here[column] == position).then_some(here[0])
    }
}
