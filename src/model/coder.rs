//! An adaptive binary range coder: each yes-or-no question costs about as many bits as its answer surprises.
//!
//! The arithmetic is LZMA's (Pavlov; after Martin 1979). A [`Chance`] learns from every answer, so nothing is stored
//! but the answers. Reading past the end gives zeros: the caller knows how much to ask, and a model file has a
//! checksum.

const BITS: u32 = 15;
const LEAST: u32 = 1 << 24;

/// How likely a question's answer is `true`, as learned so far: quickly at first, then slowly.
#[derive(Debug, Clone, Copy)]
pub struct Chance {
    of_true: u16,
    seen: u8,
}

impl Default for Chance {
    fn default() -> Self {
        Chance { of_true: 1 << (BITS - 1), seen: 0 }
    }
}

impl Chance {
    fn learn(&mut self, answer: bool) {
        const SLOWEST: u8 = 6;
        let (rate, p) = (self.seen / 2 + 1, i32::from(self.of_true));
        self.seen = (self.seen + 1).min(2 * SLOWEST);
        let toward = if answer { (1 << BITS) - 32 } else { 32 };
        self.of_true = (p + ((toward - p) >> rate.min(SLOWEST))) as u16;
    }
}

/// Reads answers back.
#[derive(Debug)]
pub struct Decoder<'b> {
    bytes: std::slice::Iter<'b, u8>,
    range: u32,
    code: u32,
}

impl<'b> Decoder<'b> {
    /// Begins at the first byte.
    pub fn new(bytes: &'b [u8]) -> Self {
        let mut decoder = Decoder { bytes: bytes.iter(), range: u32::MAX, code: 0 };
        (0..4).for_each(|_| decoder.code = decoder.code << 8 | decoder.byte());
        decoder
    }

    fn byte(&mut self) -> u32 {
        self.bytes.next().copied().map_or(0, u32::from)
    }

    /// The next answer.
    pub fn ask(&mut self, chance: &mut Chance) -> bool {
        let bound = (self.range >> BITS) * u32::from(chance.of_true);
        let answer = self.code < bound;
        if answer {
            self.range = bound;
        } else {
            self.code -= bound;
            self.range -= bound;
        }
        while self.range < LEAST {
            self.range <<= 8;
            self.code = self.code << 8 | self.byte();
        }
        chance.learn(answer);
        answer
    }
}

/// Writes answers.
#[derive(Debug)]
pub struct Encoder {
    bytes: Vec<u8>,
    low: u64,
    range: u32,
}

impl Default for Encoder {
    fn default() -> Self {
        Encoder { bytes: Vec::new(), low: 0, range: u32::MAX }
    }
}

impl Encoder {
    /// Appends an answer.
    pub fn tell(&mut self, chance: &mut Chance, answer: bool) {
        let bound = (self.range >> BITS) * u32::from(chance.of_true);
        if answer {
            self.range = bound;
        } else {
            self.low += u64::from(bound);
            self.range -= bound;
        }
        self.carry();
        while self.range < LEAST {
            self.range <<= 8;
            self.shift();
        }
        chance.learn(answer);
    }

    fn carry(&mut self) {
        if self.low > u64::from(u32::MAX) {
            self.low &= u64::from(u32::MAX);
            for byte in self.bytes.iter_mut().rev() {
                *byte = byte.wrapping_add(1);
                if *byte != 0 {
                    break;
                }
            }
        }
    }

    fn shift(&mut self) {
        self.bytes.push((self.low >> 24) as u8);
        self.low = self.low << 8 & u64::from(u32::MAX);
    }

    /// All bytes, without the zeros at the end that the decoder makes up.
    pub fn finish(mut self) -> Vec<u8> {
        (0..4).for_each(|_| self.shift());
        while self.bytes.last() == Some(&0) {
            self.bytes.pop();
        }
        self.bytes
    }
}

/// Whole numbers from 0, small ones likelier: their length in bits in unary, then the bits below the first.
#[derive(Debug, Clone, Default)]
pub struct Number {
    length: [Chance; 21],
    below: [[Chance; 2]; 21],
}

impl Number {
    /// Reads one; at most 20 bits long.
    pub fn read(&mut self, decoder: &mut Decoder<'_>) -> usize {
        let mut length = 0;
        while length < 20 && decoder.ask(&mut self.length[length]) {
            length += 1;
        }
        let mut number = 1;
        for bit in (0..length).rev() {
            let chance = &mut self.below[length][usize::from(bit + 1 < length)];
            number = number << 1 | usize::from(decoder.ask(chance));
        }
        number - 1
    }

    /// Writes one below 2^20.
    pub fn write(&mut self, encoder: &mut Encoder, number: usize) {
        let length = (number + 1).ilog2() as usize;
        for step in 0..length.min(20) {
            encoder.tell(&mut self.length[step], true);
        }
        if length < 20 {
            encoder.tell(&mut self.length[length], false);
        }
        for bit in (0..length).rev() {
            let chance = &mut self.below[length][usize::from(bit + 1 < length)];
            encoder.tell(chance, (number + 1) >> bit & 1 == 1);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_told_is_answered() {
        let answer = |i: u32| i.wrapping_mul(0x9e37_79b1) >> 24 > 250 || i % 1000 > 900;
        let (mut encoder, mut chances) = (Encoder::default(), [Chance::default(); 3]);
        (0..100_000).for_each(|i| encoder.tell(&mut chances[i as usize % 3], answer(i)));
        let bytes = encoder.finish();
        assert!(bytes.len() < 8000, "{}", bytes.len());
        let (mut decoder, mut chances) = (Decoder::new(&bytes), [Chance::default(); 3]);
        assert!((0..100_000).all(|i| decoder.ask(&mut chances[i as usize % 3]) == answer(i)));
    }

    #[test]
    fn numbers_of_all_sizes() {
        let numbers = || (0..1000).chain((0..20).map(|b| (1 << b) - 1)).chain((0..20).map(|b| 1 << b));
        let (mut encoder, mut number) = (Encoder::default(), Number::default());
        numbers().for_each(|n| number.write(&mut encoder, n));
        let bytes = encoder.finish();
        let (mut decoder, mut number) = (Decoder::new(&bytes), Number::default());
        numbers().for_each(|n| assert_eq!(number.read(&mut decoder), n));
    }

    #[test]
    fn any_bytes_are_survived() {
        for bytes in [&b""[..], b"\xff", b"\xff\xff\xff\xff\xff\xff\xff\xff", b"\0\0\0\0"] {
            let (mut decoder, mut number) = (Decoder::new(bytes), Number::default());
            (0..1000).for_each(|_| assert!(number.read(&mut decoder) < 1 << 21));
        }
    }
}
