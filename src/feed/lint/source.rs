//! From bytes to text, and the characters that no XML may have.

use super::{
    report::Report,
    rules::xml::{
        BOM, DISCOURAGED_CHARACTER, ENCODING, ENCODING_UNKNOWN, FORBIDDEN_CHARACTER, INVALID_UTF_8,
    },
};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};
use std::borrow::Cow;

/// Text as it is meant, and where each stretch of it is written.
#[derive(Default)]
pub(super) struct Text {
    pub(super) value: String,
    from: Vec<(usize, usize)>,
}

impl Text {
    /// Where the byte of the value is written.
    pub(super) fn at(&self, byte: usize) -> usize {
        let after = self.from.partition_point(|(meant, _)| *meant <= byte);
        let start = self.from.get(after.wrapping_sub(1));
        start.map_or(0, |(meant, written)| written + (byte - meant))
    }

    /// Adds a stretch that is written at this byte.
    pub(super) fn push(&mut self, meant: &str, at: usize) {
        self.from.push((self.value.len(), at));
        self.value.push_str(meant);
    }

    pub(super) fn trimmed(&self) -> &str {
        self.value.trim()
    }
}

/// The text of a file. One that is not UTF-8 is judged by what it means.
pub(super) fn decoded<'a>(bytes: &'a [u8], report: &mut Report) -> Cow<'a, str> {
    let bytes = match bytes {
        [0xef, 0xbb, 0xbf, ..] => {
            report.add(&BOM, 0, "");
            without_marks(bytes, "\u{feff}".as_bytes())
        }
        [0xff, 0xfe, ..] => return other(bytes, UTF_16LE, report),
        [0xfe, 0xff, ..] => return other(bytes, UTF_16BE, report),
        _ => bytes,
    };
    if let Some(label) = declared(bytes) {
        match Encoding::for_label(label) {
            // UTF-16 without its mark is no text that begins with "<?xml".
            Some(encoding) if encoding != UTF_8 && encoding.is_ascii_compatible() => {
                report.add(&ENCODING, 0, &String::from_utf8_lossy(label));
                return encoding.decode_without_bom_handling(bytes).0;
            }
            Some(_) => {}
            None => report.add(&ENCODING_UNKNOWN, 0, &String::from_utf8_lossy(label)),
        }
    }
    match str::from_utf8(bytes) {
        Ok(text) => Cow::Borrowed(text),
        Err(error) => {
            report.add(&INVALID_UTF_8, error.valid_up_to(), "");
            String::from_utf8_lossy(bytes)
        }
    }
}

/// What stands behind a mark at the start. Where files were joined, it stands
/// twice.
fn without_marks<'a>(bytes: &'a [u8], mark: &[u8]) -> &'a [u8] {
    let mut rest = bytes;
    while let Some(inner) = rest.strip_prefix(mark) {
        rest = inner;
    }
    rest
}

fn other<'a>(bytes: &'a [u8], encoding: &'static Encoding, report: &mut Report) -> Cow<'a, str> {
    report.add(&ENCODING, 0, encoding.name());
    let rest = without_marks(bytes, &bytes[..2]);
    encoding.decode_without_bom_handling(rest).0
}

/// The encoding that an XML declaration names.
fn declared(bytes: &[u8]) -> Option<&[u8]> {
    let rest = bytes.strip_prefix(b"<?xml")?;
    let end = memchr::memchr(b'>', &rest[..rest.len().min(512)])?;
    let rest = &rest[..end];
    let rest = &rest[memchr::memmem::find(rest, b"encoding")? + 8..];
    let open = rest.iter().position(|byte| b"\"'".contains(byte))?;
    let rest = rest[open..].split_first()?;
    let end = memchr::memchr(*rest.0, rest.1)?;
    Some(&rest.1[..end])
}

/// Whether XML 1.0 allows a character.
pub(super) fn is_allowed(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | ' '..='\u{fffd}' | '\u{10000}'..)
}

/// Whether XML 1.0 allows a character and asks to do without it.
pub(super) fn is_discouraged(c: char) -> bool {
    matches!(c, '\u{7f}'..='\u{84}' | '\u{86}'..='\u{9f}')
}

/// Finds the characters that no XML may have, or should not.
pub(super) fn check_characters(text: &str, report: &mut Report) {
    for (at, c) in text.char_indices() {
        if !is_allowed(c) {
            report.add(&FORBIDDEN_CHARACTER, at, &code_point(c));
        } else if is_discouraged(c) {
            report.add(&DISCOURAGED_CHARACTER, at, &code_point(c));
        }
    }
}

/// A character's name, such as `U+000B`.
pub(super) fn code_point(c: char) -> String {
    format!("U+{:04X}", u32::from(c))
}
