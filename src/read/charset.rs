//! From bytes to text: charset, line ends, characters that no feed may hold.

use super::ReadError;
use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};
use memchr::{memchr_iter, memmem};
use std::borrow::Cow;

/// The mark at the start of some UTF-8 files.
pub(super) const UTF8_BOM: &[u8] = b"\xef\xbb\xbf";

/// How many sound multi-byte characters each broken one needs beside it for a
/// text to be damaged UTF-8 rather than another charset. In Latin-1 text, pairs
/// that happen to be sound UTF-8 ("Ã¼") are rarer than single bytes.
const SOUND_TO_BROKEN: usize = 4;

/// The share of control characters, one in so many, from which bytes of no
/// certain charset are no text.
const CONTROLS: usize = 20;

/// How many bytes are looked at for UTF-16 without a mark.
const LOOK: usize = 1024;

/// The text that these bytes are, with `\n` at line ends and without characters
/// that XML forbids. Borrowed where it is clean UTF-8 already.
pub(super) fn decode(bytes: &[u8]) -> Result<Cow<'_, str>, ReadError> {
    if let Some(encoding) = utf16(bytes) {
        return Ok(clean(encoding.decode_with_bom_removal(bytes).0));
    }
    let bytes = bytes.strip_prefix(UTF8_BOM).unwrap_or(bytes);
    match str::from_utf8(bytes) {
        Ok(text) => Ok(clean(Cow::Borrowed(text))),
        Err(_) => foreign(bytes).map(clean),
    }
}

/// Which UTF-16 these bytes are, by their mark or, without one, by every other
/// byte being NUL.
pub(super) fn utf16(bytes: &[u8]) -> Option<&'static Encoding> {
    match bytes {
        [0xff, 0xfe, ..] => return Some(UTF_16LE),
        [0xfe, 0xff, ..] => return Some(UTF_16BE),
        _ => {}
    }
    let head = &bytes[..bytes.len().min(LOOK)];
    let nuls = |first: usize| {
        let places = head.iter().skip(first).step_by(2);
        places.filter(|byte| **byte == 0).count()
    };
    if head.len() < 4 || memchr::memchr(0, head).is_none() {
        return None;
    }
    // Latin script has nothing but NUL in the high byte; a few dashes and curly
    // marks stand elsewhere.
    match (nuls(0) * 2, nuls(1) * 2, head.len()) {
        (0, odd, all) if odd * 10 > all * 9 => Some(UTF_16LE),
        (even, 0, all) if even * 10 > all * 9 => Some(UTF_16BE),
        _ => None,
    }
}

/// Bytes that are not sound UTF-8.
fn foreign(bytes: &[u8]) -> Result<Cow<'_, str>, ReadError> {
    let controls = bytes
        .iter()
        .filter(|byte| **byte < 0x20 && !matches!(byte, b'\t'..=b'\r' | 0x1b))
        .count();
    if controls * CONTROLS > bytes.len() {
        return Err(ReadError::Binary {
            what: "binary data",
        });
    }
    let (mut sound, mut broken) = (0, 0);
    for chunk in bytes.utf8_chunks() {
        sound += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        broken += usize::from(!chunk.invalid().is_empty());
    }
    let encoding = if sound >= broken * SOUND_TO_BROKEN {
        UTF_8
    } else {
        let mut detector = EncodingDetector::new(Iso2022JpDetection::Allow);
        detector.feed(bytes, true);
        detector.guess(None, Utf8Detection::Deny)
    };
    Ok(encoding.decode_without_bom_handling(bytes).0)
}

/// Line ends to `\n`; forbidden characters out.
fn clean(text: Cow<'_, str>) -> Cow<'_, str> {
    if is_clean(text.as_bytes()) {
        return text;
    }
    let mut cleaned = String::with_capacity(text.len());
    let mut characters = text.chars().peekable();
    while let Some(c) = characters.next() {
        match c {
            '\r' => {
                characters.next_if_eq(&'\n');
                cleaned.push('\n');
            }
            '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => cleaned.push('\n'),
            '\t' | '\n' => cleaned.push(c),
            // These are windows-1252 characters that somebody took for Latin-1:
            // U+0093 was a curly mark. Browsers read them so, too.
            '\u{80}'..='\u{9f}' => {
                let byte = [u8::try_from(u32::from(c)).expect("below U+00A0")];
                let (meant, _) = WINDOWS_1252.decode_without_bom_handling(&byte);
                cleaned.extend(meant.chars().filter(|c| !is_forbidden(*c)));
            }
            c if is_forbidden(c) => {}
            c => cleaned.push(c),
        }
    }
    Cow::Owned(cleaned)
}

/// Whether a text may not hold this character: XML 1.0 forbids it or advises
/// against it.
pub(super) fn is_forbidden(c: char) -> bool {
    matches!(c,
        '\0'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{7f}'..='\u{9f}'
        | '\u{feff}' | '\u{fffe}' | '\u{ffff}' | '\u{fdd0}'..='\u{fdef}')
}

/// Whether there is nothing to clean. Every search is one that runs on whole
/// registers, since nearly every file is clean.
#[allow(
    clippy::needless_bitwise_bool,
    reason = "lazy operators would branch between bytes"
)]
fn is_clean(bytes: &[u8]) -> bool {
    // Folding over all of it instead of stopping at the first lets the compiler
    // look at many bytes at a time.
    let control = |byte: u8| (byte < 0x20) & (byte != b'\t') & (byte != b'\n') | (byte == 0x7f);
    let controls = bytes
        .iter()
        .fold(0, |any, byte| any | u8::from(control(*byte)));
    controls == 0 && (bytes.is_ascii() || is_clean_beyond(bytes))
}

/// Whether there is nothing to clean among the characters beyond ASCII.
fn is_clean_beyond(bytes: &[u8]) -> bool {
    let after = |at: usize, count: usize| bytes.get(at + 1..=at + count);
    memmem::find(bytes, "\u{2028}".as_bytes()).is_none()
        && memmem::find(bytes, "\u{2029}".as_bytes()).is_none()
        && memchr_iter(0xc2, bytes).all(|at| after(at, 1).is_none_or(|next| next[0] > 0x9f))
        && memchr_iter(0xef, bytes).all(|at| {
            after(at, 2).is_none_or(|next| {
                !matches!(
                    next,
                    [0xbb, 0xbf] | [0xbf, 0xbe | 0xbf] | [0xb7, 0x90..=0xaf]
                )
            })
        })
}
