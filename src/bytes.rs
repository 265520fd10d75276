//! Looking at many bytes at once: plain loops over blocks, which compilers turn into vector instructions, and eight
//! bytes as one number where the end of a word is sought. Safe code throughout, the same on every machine.

/// Bytes in a block.
pub const BLOCK: usize = 64;

/// 0xff where a condition holds and 0 where not: what a vector comparison gives.
#[inline(always)]
pub fn flag(holds: bool) -> u8 {
    u8::from(holds).wrapping_neg()
}

/// A [`flag`] where two bytes are the same.
#[inline(always)]
pub fn equals(byte: u8, other: u8) -> u8 {
    flag(byte == other)
}

/// A [`flag`] where a byte is one from `first` to `last`.
#[inline(always)]
pub fn within(byte: u8, first: u8, last: u8) -> u8 {
    flag(byte.wrapping_sub(first) <= last - first)
}

/// A [`flag`] where a line may end: at a line feed, a carriage return, or the first byte of U+2028 or U+2029 (and of others).
#[inline(always)]
pub fn may_end_line(byte: u8) -> u8 {
    equals(byte, b'\n') | equals(byte, b'\r') | equals(byte, 0xE2)
}

/// One bit a flag: bit `i` is set where `flags[i]` is 0xff.
#[inline(always)]
pub fn bits(flags: &[u8; BLOCK]) -> u64 {
    let mut bits = 0;
    for (index, eight) in flags.chunks_exact(8).enumerate() {
        // The product moves the lowest bit of each byte to a place of its own in the top byte.
        let packed = (read(eight) & EACH).wrapping_mul(0x0102_0408_1020_4080) >> 56;
        bits |= packed << (8 * index);
    }
    bits
}

/// Whether the test, which gives a [`flag`], holds of any byte.
#[inline(always)]
pub fn any(bytes: &[u8], test: impl Fn(u8) -> u8) -> bool {
    const STEP: usize = 32;
    let holds = |block: &[u8]| block.iter().fold(0, |all, &byte| all | test(byte)) != 0;
    // The last block shares bytes with the one before it.
    match bytes.last_chunk::<STEP>() {
        Some(last) => bytes.chunks_exact(STEP).any(holds) || holds(last),
        None => holds(bytes),
    }
}

/// Whether the test, which gives a [`flag`], holds of any three bytes in a row.
#[inline(always)]
pub fn any_triple(bytes: &[u8], test: impl Fn(u8, u8, u8) -> u8) -> bool {
    const STEP: usize = 16;
    let holds = |window: &[u8; STEP + 2]| {
        let (first, second, third) = (&window[..STEP], &window[1..=STEP], &window[2..]);
        let mut flags = [0; STEP];
        for index in 0..STEP {
            flags[index] = test(first[index], second[index], third[index]);
        }
        u128::from_ne_bytes(flags) != 0
    };
    let Some(last) = bytes.last_chunk() else {
        return bytes.windows(3).any(|triple| test(triple[0], triple[1], triple[2]) != 0);
    };
    let mut at = 0;
    while let Some(window) = bytes[at..].first_chunk() {
        if holds(window) {
            return true;
        }
        at += STEP;
    }
    holds(last)
}

/// Number of bytes before the first of which the test, which gives a [`flag`], holds.
#[inline(always)]
pub fn position(bytes: &[u8], test: impl Fn(u8) -> u8) -> usize {
    let clear = bytes.chunks_exact(32).take_while(|block| !any(block, &test)).count() * 32;
    let mut eights = bytes[clear..].chunks_exact(8);
    let mut at = clear;
    for eight in &mut eights {
        let mut flags = [0; 8];
        flags.iter_mut().zip(eight).for_each(|(flag, &byte)| *flag = test(byte));
        let found = u64::from_le_bytes(flags);
        if found != 0 {
            return at + found.trailing_zeros() as usize / 8;
        }
        at += 8;
    }
    let rest = eights.remainder();
    at + rest.iter().position(|&byte| test(byte) != 0).unwrap_or(rest.len())
}

/// Number of bytes before the first white space of ASCII, and whether they all are ASCII.
#[inline]
pub fn until_space(bytes: &[u8]) -> (usize, bool) {
    let length = match bytes.first_chunk() {
        Some(sixteen) => match before(sixteen, spaces) {
            16 => 16 + bytes[16..].iter().position(|&byte| is_space(byte)).unwrap_or(bytes.len() - 16),
            length => return (length, before(sixteen, |eight| eight & HIGH) >= length),
        },
        None => bytes.iter().position(|&byte| is_space(byte)).unwrap_or(bytes.len()),
    };
    (length, bytes[..length].is_ascii())
}

/// Number of bytes after the last white space of ASCII, and whether they all are ASCII.
#[inline]
pub fn since_space(bytes: &[u8]) -> (usize, bool) {
    let length = match bytes.last_chunk() {
        Some(sixteen) => match after(sixteen, spaces) {
            16 => {
                let rest = &bytes[..bytes.len() - 16];
                16 + rest.iter().rev().position(|&byte| is_space(byte)).unwrap_or(rest.len())
            }
            length => return (length, after(sixteen, |eight| eight & HIGH) >= length),
        },
        None => bytes.iter().rev().position(|&byte| is_space(byte)).unwrap_or(bytes.len()),
    };
    (length, bytes[bytes.len() - length..].is_ascii())
}

/// Number of letters of ASCII at the start, 16 at most.
#[inline]
pub fn letters(bytes: &[u8]) -> usize {
    match bytes.first_chunk() {
        Some(sixteen) => before(sixteen, |eight| {
            let small = lower(eight) & !HIGH;
            !((small + EACH * (0x80 - 0x61)) & !(small + EACH * (0x80 - 0x7b))) & HIGH | eight & HIGH
        }),
        None => bytes.iter().position(|byte| !byte.is_ascii_alphabetic()).unwrap_or(bytes.len()),
    }
}

/// Number of bytes before the first whose high bit `marks` sets; both halves are looked at, to spare a branch.
#[inline(always)]
fn before(sixteen: &[u8; 16], marks: impl Fn(u64) -> u64) -> usize {
    let (low, high) = (marks(read(&sixteen[..8])), marks(read(&sixteen[8..])));
    let later = 8 + high.trailing_zeros() as usize / 8;
    if low == 0 {
        later
    } else {
        low.trailing_zeros() as usize / 8
    }
}

/// Number of bytes after the last whose high bit `marks` sets.
#[inline(always)]
fn after(sixteen: &[u8; 16], marks: impl Fn(u64) -> u64) -> usize {
    let (low, high) = (marks(read(&sixteen[..8])), marks(read(&sixteen[8..])));
    let earlier = 8 + low.leading_zeros() as usize / 8;
    if high == 0 {
        earlier
    } else {
        high.leading_zeros() as usize / 8
    }
}

/// White space of ASCII, as `char::is_whitespace` means it.
#[inline(always)]
pub fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t'..=b'\r')
}

/// The bytes of a word of up to 15 as one number, small letters of ASCII for capitals, the first byte lowest and the
/// length on top.
#[inline]
pub fn lower_word(word: &[u8]) -> Option<u128> {
    let low = |at: usize| read(&word[at..at + 8]);
    let four = |at: usize| u32::from_le_bytes([word[at], word[at + 1], word[at + 2], word[at + 3]]) as u64;
    // Where two reads share bytes, they agree on them.
    let (low, high) = match word.len() {
        0 => (0, 0),
        length @ 1..=3 => {
            let byte = |at: usize| u64::from(word[at]) << (8 * at);
            (byte(0) | byte(length / 2) | byte(length - 1), 0)
        }
        length @ 4..=7 => (four(0) | four(length - 4) << (8 * (length - 4)), 0),
        8 => (low(0), 0),
        length @ 9..=15 => (low(0), low(length - 8) >> (8 * (16 - length))),
        _ => return None,
    };
    Some(u128::from(lower(low)) | u128::from(lower(high)) << 64 | (word.len() as u128) << 120)
}

const EACH: u64 = 0x0101_0101_0101_0101;
const HIGH: u64 = 0x80 * EACH;

/// Eight bytes as a number, the first lowest.
#[inline(always)]
fn read(eight: &[u8]) -> u64 {
    u64::from_le_bytes(eight.try_into().expect("eight bytes"))
}

/// The high bit of each byte of `eight` that is white space.
#[inline(always)]
fn spaces(eight: u64) -> u64 {
    let seven = eight & !HIGH;
    let blank = !((seven ^ (EACH * 0x20)) + !HIGH);
    let control = (seven + EACH * (0x80 - 0x09)) & !(seven + EACH * (0x80 - 0x0e));
    (blank | control) & !eight & HIGH
}

/// Eight bytes with small letters for the capitals of ASCII.
#[inline(always)]
fn lower(eight: u64) -> u64 {
    let seven = eight & !HIGH;
    let capital = (seven + EACH * (0x80 - 0x41)) & !(seven + EACH * (0x80 - 0x5b)) & !eight & HIGH;
    eight | capital >> 2
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_end_where_their_bytes_say() {
        for (byte, filler) in (0..=255).flat_map(|byte| [(byte, b'a'), (byte, 0xff)]) {
            for length in 0..40 {
                for place in 0..length {
                    let mut bytes = vec![filler; length];
                    bytes[place] = byte;
                    let before = bytes.iter().position(|&b| is_space(b)).unwrap_or(length);
                    let after = bytes.iter().rev().position(|&b| is_space(b)).unwrap_or(length);
                    assert_eq!(until_space(&bytes), (before, bytes[..before].is_ascii()), "{bytes:?}");
                    assert_eq!(since_space(&bytes), (after, bytes[length - after..].is_ascii()), "{bytes:?}");
                    let run = bytes.iter().take(16).position(|b| !b.is_ascii_alphabetic());
                    assert_eq!(letters(&bytes), run.unwrap_or(length.min(16)), "{bytes:?}");
                    assert_eq!(
                        position(&bytes, |b| equals(b, b' ')),
                        bytes.iter().position(|&b| b == b' ').unwrap_or(length)
                    );
                }
            }
        }
    }

    #[test]
    fn words_as_numbers_in_small_letters() {
        for length in 0..16 {
            for byte in 0..=255 {
                let word: Vec<u8> = (0..length).map(|at| byte ^ at).collect();
                let mut bytes = [0; 16];
                bytes[..word.len()].copy_from_slice(&word.to_ascii_lowercase());
                bytes[15] = length;
                assert_eq!(lower_word(&word), Some(u128::from_le_bytes(bytes)));
            }
        }
        assert_eq!(lower_word(&[b'a'; 16]), None);
    }

    #[test]
    fn three_in_a_row_are_found_wherever_they_stand() {
        let abc = |a, b, c| flag(a == b'a') & flag(b == b'b') & flag(c == b'c');
        for length in 3..60 {
            assert!(!any_triple(&vec![b'a'; length], abc));
            for place in 0..=length - 3 {
                let mut bytes = vec![b'.'; length];
                bytes[place..place + 3].copy_from_slice(b"abc");
                assert!(any_triple(&bytes, abc), "{place} of {length}");
            }
        }
        assert!(!any_triple(b"ab", abc));
    }

    #[test]
    fn one_bit_a_flag() {
        let wanted = 0x9234_5678_1bcd_ef01_u64;
        let mut flags = [0; BLOCK];
        for (place, byte) in flags.iter_mut().enumerate() {
            *byte = flag(wanted >> place & 1 == 1);
        }
        assert_eq!(bits(&flags), wanted);
        for length in [0, 1, 31, 32, 33, 100] {
            let mut bytes = vec![b'a'; length];
            assert!(!any(&bytes, |byte| flag(byte == b'.')));
            if let Some(last) = bytes.last_mut() {
                *last = b'.';
                assert!(any(&bytes, |byte| flag(byte == b'.')));
            }
        }
    }
}
