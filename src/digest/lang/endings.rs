//! Endings of words, which are compared in one step each: a word is asked for a
//! dozen of them.

use super::eight::Eight;

/// What a word may end in.
#[derive(Debug, Clone, Copy)]
pub(super) struct Ending {
    pub(super) text: &'static str,
    /// Its last bytes, and which of a word's last bytes are compared with them.
    bytes: u64,
    mask: u64,
}

/// The last bytes of a word.
#[derive(Clone, Copy)]
pub(super) struct Tail<'w> {
    word: &'w str,
    eight: Eight,
}

impl Ending {
    pub(super) fn new(text: &'static str) -> Self {
        let bits = 8 * text.len();
        let others = u32::try_from(bits)
            .ok()
            .and_then(|bits| u64::MAX.checked_shl(bits));
        Self {
            text,
            bytes: Eight::tail(text.as_bytes()).0,
            mask: !others.unwrap_or(0),
        }
    }
}

impl<'w> Tail<'w> {
    #[inline]
    pub(super) fn of(word: &'w str) -> Self {
        let eight = Eight::tail(word.as_bytes());
        Self { word, eight }
    }

    #[inline]
    pub(super) fn is(self, ending: &Ending) -> bool {
        self.eight.0 & ending.mask == ending.bytes
            && (ending.text.len() <= 8 || self.word.ends_with(ending.text))
    }

    pub(super) fn is_any(self, endings: &[Ending]) -> bool {
        endings.iter().any(|ending| self.is(ending))
    }

    /// The word without this ending, if it has it.
    #[inline]
    pub(super) fn without(self, ending: &Ending) -> Option<&'w str> {
        let stem = self.word.len().checked_sub(ending.text.len())?;
        self.is(ending).then(|| &self.word[..stem])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn endings_are_told_as_strings_are() {
        let texts = [
            "",
            "s",
            "es",
            "ies",
            "ing",
            "ностью",
            "ность",
            "ß",
            "12345678",
            "123456789",
        ];
        let words = [
            "",
            "s",
            "S",
            "cities",
            "ies",
            "sing",
            "Ing",
            "молодостью",
            "ностью",
            "ностью ",
            "Spaß",
            "12345678",
            "012345678",
            "x123456789",
            "y23456789",
            "345678",
        ];
        for (ending, word) in texts
            .iter()
            .flat_map(|text| words.map(|word| (*text, word)))
        {
            let (known, tail) = (Ending::new(ending), Tail::of(word));
            assert_eq!(tail.is(&known), word.ends_with(ending), "{word} {ending}");
            assert_eq!(
                tail.without(&known),
                word.strip_suffix(ending),
                "{word} {ending}"
            );
        }
    }
}
