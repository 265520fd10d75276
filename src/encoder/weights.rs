//! Learned numbers as the model file stores them, ready to be multiplied with.

use super::kernels::{self, Activations, Weights, BLOCK, MOST_INPUTS};
use crate::error::Error;
use crate::model::{Container, Shared};

/// A tensor of `f32`, copied; all finite.
///
/// # Errors
/// Naming the tensor: missing, of another type or shape, or not finite. (So for all of this module.)
pub(crate) fn floats(model: &Container, name: &str, shape: &[usize]) -> Result<Vec<f32>, Error> {
    let values = model.tensor(name)?.shaped(shape)?.f32s()?;
    finite(name, values)
}

fn finite(name: &str, values: Vec<f32>) -> Result<Vec<f32>, Error> {
    if values.iter().all(|v| v.is_finite()) {
        return Ok(values);
    }
    Err(Error::model(format!("tensor `{name}` has numbers that are not finite")))
}

/// Half precision to single; exact.
fn half(bits: u16) -> f32 {
    let sign = u32::from(bits & 0x8000) << 16;
    let (exponent, fraction) = (u32::from(bits >> 10) & 31, u32::from(bits & 0x3FF));
    let magnitude = match exponent {
        0 => fraction as f32 / 16_777_216.0,
        31 => f32::from_bits(0x7F80_0000 | fraction << 13),
        _ => f32::from_bits((exponent + 112) << 23 | fraction << 13),
    };
    f32::from_bits(sign | magnitude.to_bits())
}

/// A table of rows in 4 bits: value = (nibble - 8) × scale of its group. Rows are unpacked when asked for.
#[derive(Debug)]
pub(crate) struct Table {
    codes: Shared,
    scales: Shared,
    rows: usize,
    columns: usize,
    group: usize,
}

impl Table {
    /// `NAME.q4` (u8, rows × columns / 2, low nibble first) and `NAME.scale` (f16 bits as u16, rows × groups).
    pub fn new(model: &Container, name: &str, rows: usize, columns: usize) -> Result<Self, Error> {
        let scale = format!("{name}.scale");
        let codes = model.tensor(&format!("{name}.q4"))?.shaped(&[rows, columns / 2])?.shared("u8")?;
        let tensor = model.tensor(&scale)?;
        let groups = tensor.shape.get(1).copied().unwrap_or(0);
        let scales = tensor.shaped(&[rows, groups])?.shared("u16")?;
        if columns == 0 || columns % 2 != 0 || groups == 0 || columns % groups != 0 {
            return Err(Error::model(format!("tensor `{scale}`: {columns} columns in {groups} groups")));
        }
        let table = Table { codes, scales, rows, columns, group: columns / groups };
        finite(&scale, (0..rows * groups).map(|i| table.scale(i)).collect())?;
        Ok(table)
    }

    fn scale(&self, group: usize) -> f32 {
        half(u16::from_le_bytes([self.scales[2 * group], self.scales[2 * group + 1]]))
    }

    /// Values of a row.
    ///
    /// # Panics
    /// If there is no such row or `out` is of another length.
    pub fn row(&self, row: usize, out: &mut [f32]) {
        let packed = &self.codes[row * self.columns / 2..(row + 1) * self.columns / 2];
        for (pair, byte) in out.chunks_exact_mut(2).zip(packed) {
            pair[0] = f32::from(byte & 15) - 8.0;
            pair[1] = f32::from(byte >> 4) - 8.0;
        }
        let first = row * (self.columns / self.group);
        for (group, values) in out.chunks_exact_mut(self.group).enumerate() {
            let scale = self.scale(first + group);
            values.iter_mut().for_each(|v| *v *= scale);
        }
    }
}

#[derive(Debug)]
enum Codes {
    /// As the file has them.
    Stored(Shared),
    /// Unpacked from 4 bits, or filled up to whole blocks.
    Made(Vec<u8>),
}

/// A linear map with its bias, in 8 bits.
#[derive(Debug)]
pub(crate) struct Linear {
    codes: Codes,
    width: usize,
    scales: Vec<f32>,
    bias: Vec<f32>,
}

impl Linear {
    /// `NAME.q8` (i8, outputs × inputs) with `NAME.scale` (f32, outputs), used in place; or `NAME.q4` as in [`Table`],
    /// unpacked once to 8 bits a row, which costs a hundredth of the rounding that 4 bits did. And `NAME.bias`.
    pub fn new(model: &Container, name: &str, outputs: usize, inputs: usize) -> Result<Self, Error> {
        if inputs > MOST_INPUTS || outputs == 0 || inputs == 0 {
            return Err(Error::model(format!("tensor `{name}`: {outputs} outputs of {inputs} inputs")));
        }
        let width = inputs.next_multiple_of(BLOCK);
        let bias = floats(model, &format!("{name}.bias"), &[outputs])?;
        if model.has(&format!("{name}.q4")) {
            let table = Table::new(model, name, outputs, inputs)?;
            let (codes, scales) = eight_bits(&table, width);
            return Ok(Linear { codes: Codes::Made(codes), width, scales, bias });
        }
        let tensor = model.tensor(&format!("{name}.q8"))?.shaped(&[outputs, inputs])?;
        let scales = floats(model, &format!("{name}.scale"), &[outputs])?;
        let codes = if width == inputs {
            Codes::Stored(tensor.shared("i8")?)
        } else {
            let mut codes = vec![0; outputs * width];
            for (to, from) in codes.chunks_exact_mut(width).zip(tensor.i8_bytes()?.chunks_exact(inputs)) {
                to[..inputs].copy_from_slice(from);
            }
            Codes::Made(codes)
        };
        Ok(Linear { codes, width, scales, bias })
    }

    /// Number of outputs.
    pub fn outputs(&self) -> usize {
        self.scales.len()
    }

    /// Every row of `x` through the map. `out` is resized.
    pub fn apply(&self, x: &Activations, out: &mut Vec<f32>) {
        self.multiply(x, &self.bias, out);
    }

    /// The same without the bias.
    pub fn apply_unbiased(&self, x: &Activations, out: &mut Vec<f32>) {
        self.multiply(x, &vec![0.0; self.bias.len()], out);
    }

    fn multiply(&self, x: &Activations, bias: &[f32], out: &mut Vec<f32>) {
        out.resize(x.rows() * self.outputs(), 0.0);
        let codes = match &self.codes {
            Codes::Stored(shared) => shared,
            Codes::Made(codes) => codes.as_slice(),
        };
        kernels::multiply(&Weights { codes, width: self.width, scales: &self.scales, bias }, x, out);
    }
}

/// Every row again with one scale and codes from -127 to 127, filled up to `width`.
fn eight_bits(table: &Table, width: usize) -> (Vec<u8>, Vec<f32>) {
    let mut codes = vec![0; table.rows * width];
    let mut scales = Vec::with_capacity(table.rows);
    let mut row = vec![0.0; table.columns];
    for (i, codes) in codes.chunks_exact_mut(width).enumerate() {
        table.row(i, &mut row);
        let peak = row.iter().fold(0.0, |a: f32, v| if v.abs() > a { v.abs() } else { a });
        let scale = if peak > 0.0 { peak / 127.0 } else { 1.0 };
        let inverse = 1.0 / scale;
        for (code, value) in codes.iter_mut().zip(&row) {
            *code = kernels::round(value * inverse) as u8;
        }
        scales.push(scale);
    }
    (codes, scales)
}

/// Gain and bias of a layer normalisation.
#[derive(Debug)]
pub(crate) struct Norm {
    gain: Vec<f32>,
    bias: Vec<f32>,
}

impl Norm {
    /// `NAME.weight` and `NAME.bias`.
    pub fn new(model: &Container, name: &str, width: usize) -> Result<Self, Error> {
        Ok(Norm {
            gain: floats(model, &format!("{name}.weight"), &[width])?,
            bias: floats(model, &format!("{name}.bias"), &[width])?,
        })
    }

    /// Normalises each row in place.
    pub fn apply(&self, rows: &mut [f32]) {
        for row in rows.chunks_exact_mut(self.gain.len()) {
            super::math::layer_norm(row, &self.gain, &self.bias);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::half;

    #[test]
    fn half_precision() {
        for (bits, value) in [
            (0x3C00, 1.0),
            (0xC000, -2.0),
            (0x0001, 5.960_464_5e-8),
            (0x7BFF, 65504.0),
            (0x3555, 0.333_251_95),
        ] {
            assert_eq!(half(bits), value);
        }
        assert!(half(0x7C00).is_infinite() && half(0x7E00).is_nan() && half(0x8000).is_sign_negative());
    }
}
