//! Values as bytes, for what the renderer lays aside: each text stands behind
//! its length.

use super::head::{About, Uses};
use jiff::Timestamp;

/// Appends a number.
pub(super) fn push_number(out: &mut Vec<u8>, number: u64) {
    out.extend(number.to_le_bytes());
}

/// Appends a text.
pub(super) fn push_text(out: &mut Vec<u8>, text: &str) {
    push_number(out, text.len() as u64);
    out.extend(text.as_bytes());
}

/// Appends what an entry adds to the head of its document.
pub(super) fn push_about(out: &mut Vec<u8>, about: &About) {
    let About {
        id,
        language,
        updated,
        uses: Uses { entries, media },
    } = about;
    out.extend([*entries, *media, language.is_some()].map(u8::from));
    push_number(out, updated.as_second().cast_unsigned());
    push_text(out, id);
    push_text(out, language.as_deref().unwrap_or_default());
}

/// Takes values from bytes, in the order in which they were appended; `None` if
/// these bytes are not what was appended.
pub(super) struct Coded<'b>(pub(super) &'b [u8]);

impl<'b> Coded<'b> {
    pub(super) fn number(&mut self) -> Option<u64> {
        let bytes = self.0.split_off(..8)?;
        Some(u64::from_le_bytes(*bytes.first_chunk()?))
    }

    /// A number that counts what is in memory.
    pub(super) fn count(&mut self) -> Option<usize> {
        usize::try_from(self.number()?).ok()
    }

    pub(super) fn flag(&mut self) -> Option<bool> {
        Some(*self.0.split_off_first()? == 1)
    }

    pub(super) fn text(&mut self) -> Option<&'b str> {
        let length = self.count()?;
        str::from_utf8(self.0.split_off(..length)?).ok()
    }

    pub(super) fn about(&mut self) -> Option<About> {
        let uses = Uses {
            entries: self.flag()?,
            media: self.flag()?,
        };
        let has_language = self.flag()?;
        let updated = self.number()?.cast_signed();
        let id = self.text()?.to_owned();
        let language = self.text()?;
        Some(About {
            id,
            language: has_language.then(|| language.to_owned()),
            updated: Timestamp::from_second(updated).ok()?,
            uses,
        })
    }
}
