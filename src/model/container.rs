//! The model file: a table of named tensors with its own checksum.
//!
//! Little-endian throughout:
//!
//! | part | contents |
//! |---|---|
//! | magic | `STNDPNT` and the format version, one byte (8 bytes in all) |
//! | header length | u32, bytes of the header that follows |
//! | metadata | u32 count; each: u16 length + key, u32 length + value, UTF-8 |
//! | tensor table | u32 count; each: u16 length + name, u8 type, u8 rank, u32 a dimension, u64 offset from the payload's start, u64 bytes |
//! | payload | starts at the next multiple of 64; so does each tensor |
//! | checksum | SHA-256 of everything before it, 32 bytes |
//!
//! `training/container.py` writes it.

use crate::error::Error;
use sha2::{Digest, Sha256};
use std::borrow::Cow;
use std::ops::{Deref, Range};
use std::sync::Arc;

const MAGIC: &[u8; 7] = b"STNDPNT";
const FORMAT: u8 = 1;
const CHECKSUM: usize = 32;
const ALIGN: usize = 64;

/// Bytes an element takes, by type number: u8, i8, u16, i16, u32, i32, f32.
const WIDTH: [usize; 7] = [1, 1, 2, 2, 4, 4, 4];
const TYPE: [&str; 7] = ["u8", "i8", "u16", "i16", "u32", "i32", "f32"];

/// A parsed model file.
#[derive(Debug)]
pub struct Container {
    bytes: Arc<Cow<'static, [u8]>>,
    meta: Vec<(String, String)>,
    entries: Vec<Entry>,
}

#[derive(Debug)]
struct Entry {
    name: String,
    kind: u8,
    shape: Vec<usize>,
    range: Range<usize>,
}

/// One tensor: its shape and its elements' bytes, row-major.
#[derive(Debug, Clone, Copy)]
pub struct Tensor<'m> {
    /// Dimensions, outermost first.
    pub shape: &'m [usize],
    kind: u8,
    name: &'m str,
    file: &'m Arc<Cow<'static, [u8]>>,
    range: &'m Range<usize>,
}

/// Bytes of a tensor that share the model file they lie in, for stages that keep them: nothing is copied.
#[derive(Debug, Clone)]
pub struct Shared {
    file: Arc<Cow<'static, [u8]>>,
    range: Range<usize>,
}

impl Deref for Shared {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        &self.file[self.range.clone()]
    }
}

impl From<Vec<u8>> for Shared {
    fn from(bytes: Vec<u8>) -> Self {
        Shared { range: 0..bytes.len(), file: Arc::new(Cow::Owned(bytes)) }
    }
}

impl Container {
    /// Reads the table and verifies the checksum; the payload is not copied.
    ///
    /// # Errors
    /// [`Error::is_model`], saying what is wrong.
    pub fn parse(bytes: Cow<'static, [u8]>) -> Result<Self, Error> {
        Self::parse_hashed(bytes, |hashed| Sha256::digest(hashed).into())
    }

    /// The same for a caller with a faster SHA-256 of the bytes it is given: a browser's own, say.
    ///
    /// # Errors
    /// As [`Container::parse`].
    pub fn parse_hashed(
        bytes: Cow<'static, [u8]>,
        sha256: impl FnOnce(&[u8]) -> [u8; CHECKSUM],
    ) -> Result<Self, Error> {
        if bytes.len() < MAGIC.len() + 1 || &bytes[..MAGIC.len()] != MAGIC {
            return Err(Error::model("not a Standpoint model file (it does not begin with STNDPNT)"));
        }
        let format = bytes[MAGIC.len()];
        if format != FORMAT {
            return Err(Error::model(format!("model format {format}; this version reads format {FORMAT}")));
        }
        let truncated = || Error::model("model file is truncated");
        let end = bytes.len().checked_sub(CHECKSUM).filter(|&end| end >= 12).ok_or_else(truncated)?;
        if sha256(&bytes[..end]) != bytes[end..] {
            return Err(Error::model("model file is damaged or truncated (its SHA-256 does not match)"));
        }
        let mut reader = Reader { bytes: &bytes[..end], at: MAGIC.len() + 1 };
        let header = reader.u32().ok_or_else(truncated)?;
        let start = (reader.at.saturating_add(header)).next_multiple_of(ALIGN);
        let payload = bytes[..end].len().checked_sub(start).ok_or_else(truncated)?;
        let (meta, mut entries) =
            reader.table().ok_or_else(|| Error::model("model header cannot be read"))?;
        for e in &mut entries {
            let wanted = e.shape.iter().try_fold(1usize, |n, &d| n.checked_mul(d));
            let wanted = wanted.and_then(|n| n.checked_mul(*WIDTH.get(usize::from(e.kind))?));
            if e.range.end > payload || wanted != Some(e.range.len()) {
                return Err(Error::model(format!("tensor `{}` does not fit its file or its shape", e.name)));
            }
            e.range = start + e.range.start..start + e.range.end;
        }
        Ok(Container { bytes: Arc::new(bytes), meta, entries })
    }

    /// A metadata value.
    pub fn meta(&self, key: &str) -> Option<&str> {
        self.meta.iter().find(|(k, _)| k == key).map(|(_, v)| v.as_str())
    }

    /// A metadata value as a number.
    ///
    /// # Errors
    /// If it is missing or no number.
    pub fn number<N: std::str::FromStr>(&self, key: &str) -> Result<N, Error> {
        let value = self.meta(key).ok_or_else(|| Error::model(format!("model has no `{key}`")))?;
        value.parse().map_err(|_| Error::model(format!("model's `{key}` is no number: {value:?}")))
    }

    /// A metadata value as a decimal fraction above 0, such as `0.73`.
    ///
    /// The standard library's reader and writer of floating-point numbers would add 20 kB to the WebAssembly; with at
    /// most 15 digits one division gives the same bits (Clinger, PLDI 1990).
    ///
    /// # Errors
    /// If it is missing or no such number.
    pub fn fraction(&self, key: &str) -> Result<f64, Error> {
        let value = self.meta(key).ok_or_else(|| Error::model(format!("model has no `{key}`")))?;
        let (whole, decimals) = value.split_once('.').unwrap_or((value, ""));
        let digits = whole.len() + decimals.len();
        let numeral = whole.bytes().chain(decimals.bytes());
        if (1..=15).contains(&digits) && numeral.clone().all(|b| b.is_ascii_digit()) {
            let number = numeral.fold(0u64, |n, b| 10 * n + u64::from(b - b'0'));
            if number > 0 {
                return Ok(number as f64 / 10u64.pow(decimals.len() as u32) as f64);
            }
        }
        Err(Error::model(format!("model's `{key}` is {value:?}, expected a positive number")))
    }

    /// Whether the model has any tensor whose name starts with `prefix`.
    pub fn has(&self, prefix: &str) -> bool {
        self.entries.iter().any(|e| e.name.starts_with(prefix))
    }

    /// The tensors' names, in the file's order.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.entries.iter().map(|e| e.name.as_str())
    }

    /// A tensor by name.
    ///
    /// # Errors
    /// If there is none.
    pub fn tensor(&self, name: &str) -> Result<Tensor<'_>, Error> {
        let entry = self.entries.iter().find(|e| e.name == name);
        let e = entry.ok_or_else(|| Error::model(format!("model has no tensor `{name}`")))?;
        Ok(Tensor { shape: &e.shape, kind: e.kind, name: &e.name, file: &self.bytes, range: &e.range })
    }
}

impl<'m> Tensor<'m> {
    /// Checks the shape.
    ///
    /// # Errors
    /// If it is another, naming both.
    pub fn shaped(self, shape: &[usize]) -> Result<Self, Error> {
        if self.shape == shape {
            return Ok(self);
        }
        Err(Error::model(format!("tensor `{}` has shape {:?}, expected {shape:?}", self.name, self.shape)))
    }

    /// The bytes of the elements, whatever their type; to compute a fingerprint, say.
    pub fn raw(self) -> &'m [u8] {
        &self.file[self.range.clone()]
    }

    /// The elements of a u8 tensor, in place.
    ///
    /// # Errors
    /// If it is of another type. (So for all of these.)
    pub fn u8s(self) -> Result<&'m [u8], Error> {
        self.typed(0)
    }

    /// The elements of an i8 tensor, in place, each still as its byte (`byte as i8`).
    pub fn i8_bytes(self) -> Result<&'m [u8], Error> {
        self.typed(1)
    }

    /// The bytes of a tensor whose elements are `element` (`u8`, `i8`, `u16` …), little-endian, to keep.
    ///
    /// # Errors
    /// If it is of another type.
    pub fn shared(self, element: &str) -> Result<Shared, Error> {
        let kind = TYPE.iter().position(|t| *t == element);
        self.typed(kind.map_or(u8::MAX, |kind| kind as u8))?;
        Ok(Shared { file: Arc::clone(self.file), range: self.range.clone() })
    }

    /// A copy of the elements of a u32 tensor.
    pub fn u32s(self) -> Result<Vec<u32>, Error> {
        Ok(self.typed(4)?.chunks_exact(4).map(|b| u32::from_le_bytes([b[0], b[1], b[2], b[3]])).collect())
    }

    /// A copy of the elements of an f32 tensor.
    pub fn f32s(self) -> Result<Vec<f32>, Error> {
        Ok(self.typed(6)?.chunks_exact(4).map(|b| f32::from_le_bytes([b[0], b[1], b[2], b[3]])).collect())
    }

    fn typed(self, kind: u8) -> Result<&'m [u8], Error> {
        if self.kind == kind {
            return Ok(&self.file[self.range.clone()]);
        }
        let [is, wanted] = [self.kind, kind].map(|k| TYPE.get(usize::from(k)).copied().unwrap_or("unknown"));
        Err(Error::model(format!("tensor `{}` is {is}, expected {wanted}", self.name)))
    }
}

/// Takes the header apart; `None` wherever it ends too early.
struct Reader<'b> {
    bytes: &'b [u8],
    at: usize,
}

impl<'b> Reader<'b> {
    fn take(&mut self, n: usize) -> Option<&'b [u8]> {
        let taken = self.bytes.get(self.at..self.at.checked_add(n)?)?;
        self.at += n;
        Some(taken)
    }

    fn u8(&mut self) -> Option<u8> {
        Some(self.take(1)?[0])
    }

    fn u16(&mut self) -> Option<usize> {
        Some(usize::from(u16::from_le_bytes(self.take(2)?.try_into().ok()?)))
    }

    fn u32(&mut self) -> Option<usize> {
        usize::try_from(u32::from_le_bytes(self.take(4)?.try_into().ok()?)).ok()
    }

    fn u64(&mut self) -> Option<usize> {
        usize::try_from(u64::from_le_bytes(self.take(8)?.try_into().ok()?)).ok()
    }

    fn string(&mut self, n: usize) -> Option<String> {
        String::from_utf8(self.take(n)?.to_vec()).ok()
    }

    #[allow(clippy::type_complexity)]
    fn table(&mut self) -> Option<(Vec<(String, String)>, Vec<Entry>)> {
        let (mut meta, mut entries) = (Vec::new(), Vec::new());
        for _ in 0..self.u32()? {
            let n = self.u16()?;
            let key = self.string(n)?;
            let n = self.u32()?;
            meta.push((key, self.string(n)?));
        }
        for _ in 0..self.u32()? {
            let n = self.u16()?;
            let name = self.string(n)?;
            let (kind, rank) = (self.u8()?, self.u8()?);
            let shape = (0..rank).map(|_| self.u32()).collect::<Option<Vec<_>>>()?;
            let offset = self.u64()?;
            let range = offset..offset.checked_add(self.u64()?)?;
            entries.push(Entry { name, kind, shape, range });
        }
        Some((meta, entries))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(value: &str) -> Result<f64, Error> {
        let meta = vec![("key".to_owned(), value.to_owned())];
        Container { bytes: Arc::new(Cow::Borrowed(&[])), meta, entries: Vec::new() }.fraction("key")
    }

    #[test]
    fn fractions_are_the_nearest_number() {
        for value in ["1.1170", "0.73", ".5", "12", "7.", "0.30000000000004", "999999999999999", "0.1"] {
            assert_eq!(read(value).unwrap().to_bits(), value.parse::<f64>().unwrap().to_bits(), "{value}");
        }
        for value in ["", ".", "0", "0.0", "-1", "1e3", "NaN", "inf", "1.2.3", "0.3000000000000004"] {
            assert!(read(value).is_err_and(|e| e.is_model()), "{value}");
        }
    }
}
