//! Eight bytes of a text at a time, in one number: most words have no more.
//!
//! Each question is asked of all eight at once; the answer is a number in which
//! the top bit of a byte says yes.

/// One in each byte.
const EACH: u64 = 0x0101_0101_0101_0101;

/// The top bit of each byte.
const TOP: u64 = EACH << 7;

/// Eight bytes, the first of them lowest.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::digest) struct Eight(pub(super) u64);

impl Eight {
    /// Those from `at` on; zeros stand for what is past the end.
    #[inline]
    pub(in crate::digest) fn load(bytes: &[u8], at: usize) -> Eight {
        let rest = bytes.get(at..).unwrap_or_default();
        Eight(match rest.first_chunk() {
            Some(eight) => u64::from_le_bytes(*eight),
            None => rest
                .iter()
                .rev()
                .fold(0, |eight, byte| eight << 8 | u64::from(*byte)),
        })
    }

    /// The last eight bytes, the last of them lowest; zeros stand for what is
    /// before the start.
    #[inline]
    pub(in crate::digest) fn tail(bytes: &[u8]) -> Eight {
        Eight(match bytes.last_chunk() {
            Some(eight) => u64::from_be_bytes(*eight),
            None => bytes
                .iter()
                .fold(0, |eight, byte| eight << 8 | u64::from(*byte)),
        })
    }

    /// How many ASCII letters stand at its start.
    #[inline]
    pub(in crate::digest) fn letters(self) -> u32 {
        let letters = self.folded_letters().within(b'a', b'z');
        (letters ^ TOP).trailing_zeros() / 8
    }

    /// How many bytes stand at its start before one that is from `low` to
    /// `high`, is `other`, or is not ASCII.
    #[inline]
    pub(in crate::digest) fn before(self, low: u8, high: u8, other: u8) -> u32 {
        let found = self.within(low, high) | self.within(other, other) | self.0;
        (found & TOP).trailing_zeros() / 8
    }

    /// The top bit of each capital letter.
    #[inline]
    pub(in crate::digest) fn capitals(self) -> u64 {
        self.within(b'A', b'Z')
    }

    /// In lower case.
    #[inline]
    pub(in crate::digest) fn folded(self) -> Eight {
        Eight(self.0 | (self.capitals() >> 2))
    }

    /// In lower case, where all are letters; other bytes may change.
    #[inline]
    pub(in crate::digest) fn folded_letters(self) -> Eight {
        Eight(self.0 | (EACH * 0x20))
    }

    /// Its first bytes, the others zero.
    #[inline]
    pub(in crate::digest) fn first(self, bytes: u32) -> Eight {
        let others = u64::MAX.checked_shl(bytes * 8).unwrap_or(0);
        Eight(self.0 & !others)
    }

    /// A number of twelve bits that differs for most words.
    #[inline]
    pub(in crate::digest) fn spread(self) -> u64 {
        self.0.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 52
    }

    /// The bytes that are from `low` to `high`, both ASCII.
    #[inline]
    fn within(self, low: u8, high: u8) -> u64 {
        let bits = self.0 & !TOP;
        let from = bits + EACH * u64::from(0x80 - low);
        let past = bits + EACH * u64::from(0x7f - high);
        from & !past & !self.0 & TOP
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn eight_bytes_are_judged_as_each_is() {
        for byte in 0..=u8::MAX {
            let eight = Eight::load(&[b'a', b'Z', byte, b'a', byte, b'a', b'a', b'a', b'.'], 0);
            let letters = if byte.is_ascii_alphabetic() { 8 } else { 2 };
            assert_eq!(eight.letters(), letters, "{byte:#x}");
            let capitals = 1 + 2 * u32::from(byte.is_ascii_uppercase());
            assert_eq!(eight.capitals().count_ones(), capitals, "{byte:#x}");
            let folded = eight.folded().0.to_le_bytes();
            assert_eq!(folded[2], byte.to_ascii_lowercase(), "{byte:#x}");
            let marked = matches!(byte, b'!'..=b'?' | b'[' | 0x80..);
            let before = if marked { 2 } else { 8 };
            assert_eq!(eight.before(b'!', b'?', b'['), before, "{byte:#x}");
        }
        assert_eq!(Eight::load(b"ab", 1).0, u64::from(b'b'));
        assert_eq!(Eight::load(b"ab", 7).0, 0);
        assert_eq!(Eight::load(b"abcdefgh", 0).first(1).0, u64::from(b'a'));
    }
}
