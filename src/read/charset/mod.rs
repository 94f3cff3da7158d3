//! From bytes to text: charset, line ends, characters that no feed may hold.
//!
//! What the bytes are comes before what is said of them: sound UTF-8 beyond
//! ASCII is UTF-8, whatever a template or a server declares.

mod declared;
mod repair;

use super::ReadError;
use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use declared::Declared;
use encoding_rs::{Encoding, ISO_2022_JP, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};
use memchr::{memchr, memchr_iter, memchr2, memmem};
use std::borrow::Cow;
use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

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
    decode_as(bytes, None)
}

/// The same for bytes that a mail or an archive labels with a charset. A label
/// that they contradict, or that nobody knows, counts for nothing.
pub(super) fn decode_as<'b>(
    bytes: &'b [u8],
    label: Option<&str>,
) -> Result<Cow<'b, str>, ReadError> {
    let label = label.and_then(|label| Encoding::for_label(label.trim().as_bytes()));
    let labeled = label.filter(|label| is_utf16(label) && is_sound(label, bytes));
    if let Some(encoding) = utf16(bytes).or(labeled) {
        return Ok(clean(encoding.decode_with_bom_removal(bytes).0));
    }
    let bytes = bytes.strip_prefix(UTF8_BOM).unwrap_or(bytes);
    match str::from_utf8(bytes) {
        // Seven-bit Japanese shifts with escapes.
        Ok(_) if is_escaped(bytes) => Ok(clean(ISO_2022_JP.decode_without_bom_handling(bytes).0)),
        Ok(text) => Ok(clean(Cow::Borrowed(text))),
        Err(_) => foreign(bytes, label).map(clean),
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
    if head.len() < 4 || memchr(0, head).is_none() {
        return None;
    }
    // Latin script has nothing but NUL in the high byte; a few dashes and curly
    // marks stand elsewhere.
    match (nuls(0) * 2, nuls(1) * 2, head.len()) {
        (0, odd, all) if odd * 10 > all * 9 => Some(UTF_16LE),
        (even, 0, all) if even * 10 > all * 9 => Some(UTF_16BE),
        _ => [UTF_16LE, UTF_16BE]
            .into_iter()
            .find(|e| is_one_script(e, head)),
    }
}

/// Whether bytes are letters of one script in this UTF-16, as in a Russian text,
/// where nothing but spaces and points has a NUL.
fn is_one_script(encoding: &'static Encoding, head: &[u8]) -> bool {
    let even = &head[..head.len() & !1];
    let (text, failed) = encoding.decode_without_bom_handling(even);
    if failed || text.chars().any(is_forbidden) {
        return false;
    }
    let all = text.chars().count();
    let mut pages = [0_usize; 256];
    for c in text.chars().filter(|c| c.is_alphabetic()) {
        pages[usize::from(u8::try_from(u32::from(c) >> 8 & 0xff).unwrap_or(0))] += 1;
    }
    let spaces = text.chars().filter(|c| c.is_whitespace()).count();
    let most = pages[1..].iter().max().copied().unwrap_or(0);
    most * 2 > all && (spaces + most) * 10 > all * 7
}

fn is_utf16(encoding: &'static Encoding) -> bool {
    encoding == UTF_16LE || encoding == UTF_16BE
}

fn is_sound(encoding: &'static Encoding, bytes: &[u8]) -> bool {
    let (text, failed) = encoding.decode_without_bom_handling(bytes);
    !failed && !text.chars().any(is_forbidden)
}

fn is_escaped(bytes: &[u8]) -> bool {
    let shift = |at| {
        matches!(
            bytes.get(at + 1..at + 3),
            Some(b"$B" | b"$@" | b"(J" | b"(I")
        )
    };
    memchr(0x1b, bytes).is_some_and(shift)
        && bytes.is_ascii()
        && !ISO_2022_JP.decode_without_bom_handling(bytes).1
}

/// Bytes that are not sound UTF-8, labeled or not.
fn foreign<'b>(
    bytes: &'b [u8],
    label: Option<&'static Encoding>,
) -> Result<Cow<'b, str>, ReadError> {
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
    if sound >= broken * SOUND_TO_BROKEN {
        return Ok(UTF_8.decode_without_bom_handling(bytes).0);
    }
    let declared = declared::declared(bytes);
    if let Some(text) = as_declared(bytes, label.or(declared.encoding)) {
        return Ok(text);
    }
    Ok(detect(bytes, declared).decode_without_bom_handling(bytes).0)
}

/// Bytes read as they are said to be, unless they contradict it.
fn as_declared<'b>(bytes: &'b [u8], encoding: Option<&'static Encoding>) -> Option<Cow<'b, str>> {
    let encoding = encoding.filter(|encoding| *encoding != UTF_8 && !is_utf16(encoding))?;
    let (text, _) = encoding.decode_without_bom_handling(bytes);
    // A file may be cut off in a character. What is nobody's character in
    // Unicode is seldom meant, but what another charset looks like.
    let nobodys = |c: char| matches!(c, '\u{fffd}' | '\u{e000}'..='\u{f8ff}');
    let whole = text.strip_suffix('\u{fffd}').unwrap_or(&text);
    if whole.matches(nobodys).count() * MOSTLY_SOUND > whole.len() {
        return None;
    }
    // Whatever it is, it can be read as Latin-1, which so many declare that
    // write in another script.
    let letters = || text.chars().filter(|c| c.is_alphabetic());
    let foreign = encoding == WINDOWS_1252
        && letters().filter(|c| !c.is_ascii()).count() * 2 > letters().count();
    (!foreign).then_some(text)
}

/// One broken character in so many bytes is damage; more is another charset.
const MOSTLY_SOUND: usize = 500;

fn detect(bytes: &[u8], declared: Declared) -> &'static Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Allow);
    detector.feed(bytes, true);
    let hint = declared.language.and_then(declared::domain);
    detector.guess(hint, Utf8Detection::Deny)
}

/// Misread characters as they were meant; letters and accents in one; line ends
/// to `\n`; forbidden characters out.
fn clean(text: Cow<'_, str>) -> Cow<'_, str> {
    if is_clean(&text) {
        return text;
    }
    // What was misread may have been taken apart since, "A\u{303}©" for "Ã©",
    // and what comes out of it may be apart.
    let text = repair::repair(composed(text));
    composed(allowed(text))
}

/// Line ends to `\n`; forbidden characters out.
fn allowed(text: Cow<'_, str>) -> Cow<'_, str> {
    if has_only_allowed(text.as_bytes()) {
        return text;
    }
    let mut cleaned = String::with_capacity(text.len());
    let mut rest = &*text;
    loop {
        // Most of it, in one piece.
        let plain = |byte: &u8| matches!(byte, b'\t' | b'\n' | b' '..=b'~');
        let start = rest.bytes().take_while(plain).count();
        cleaned.push_str(&rest[..start]);
        let mut characters = rest[start..].chars();
        let Some(c) = characters.next() else {
            break;
        };
        rest = characters.as_str();
        match c {
            '\r' => {
                rest = rest.strip_prefix('\n').unwrap_or(rest);
                cleaned.push('\n');
            }
            '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => cleaned.push('\n'),
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

/// Letters and the accents behind them in one character, where there is one:
/// names are compared by their letters. Other characters stay, even those that
/// Unicode thinks equal: a name may be written with a variant.
fn composed(text: Cow<'_, str>) -> Cow<'_, str> {
    if !has_marks(text.as_bytes()) {
        return text;
    }
    let mut composed = String::with_capacity(text.len());
    let mut end = 0;
    let mut places = text.char_indices().peekable();
    while let Some((start, _)) = places.next() {
        let mut stop = None;
        while let Some((at, mark)) = places.next_if(|(_, c)| joins(*c)) {
            stop = Some(at + mark.len_utf8());
        }
        if let Some(stop) = stop {
            composed.push_str(&text[end..start]);
            composed.extend(text[start..stop].nfc());
            end = stop;
        }
    }
    composed.push_str(&text[end..]);
    Cow::Owned(composed)
}

/// Whether this is an accent, or the second or third part of a Korean syllable.
fn joins(c: char) -> bool {
    is_combining_mark(c) || matches!(c, '\u{1160}'..='\u{11ff}')
}

/// Whether there is nothing to clean, which is so in nearly every file.
fn is_clean(text: &str) -> bool {
    has_only_allowed(text.as_bytes())
        && (text.is_ascii() || !has_marks(text.as_bytes()) && !repair::is_suspicious(text))
}

/// Whether there are accents that stand alone, Japanese voice marks, or parts of
/// Korean syllables.
fn has_marks(bytes: &[u8]) -> bool {
    memchr2(0xcc, 0xcd, bytes).is_some()
        || memmem::find(bytes, "\u{3099}".as_bytes()).is_some()
        || memmem::find(bytes, "\u{309a}".as_bytes()).is_some()
        || memchr_iter(0xe1, bytes).any(|at| matches!(bytes.get(at + 1), Some(0x85..=0x87)))
}

/// Whether every line end is `\n` and no character is forbidden. Every search
/// is one that runs on whole registers.
#[allow(
    clippy::needless_bitwise_bool,
    reason = "lazy operators would branch between bytes"
)]
fn has_only_allowed(bytes: &[u8]) -> bool {
    // Folding over all of it instead of stopping at the first lets the compiler
    // look at many bytes at a time.
    let control = |byte: u8| (byte < 0x20) & (byte != b'\t') & (byte != b'\n') | (byte == 0x7f);
    let controls = bytes
        .iter()
        .fold(0, |any, byte| any | u8::from(control(*byte)));
    controls == 0 && (bytes.is_ascii() || has_only_allowed_beyond(bytes))
}

/// Whether no character beyond ASCII is forbidden.
fn has_only_allowed_beyond(bytes: &[u8]) -> bool {
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

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::{prop_assert_eq, proptest};

    proptest! {
        #[test]
        fn what_is_copied_whole_is_what_may_stay(
            text in "([ -~]{0,9}|[\r\n\t\x0b\x0c\0-\x08\x7f-\u{9f}]|[é\u{2028}\u{feff}\u{fdd0}])*"
        ) {
            let mut kept = text.replace("\r\n", "\n");
            kept = kept.replace(['\r', '\u{b}', '\u{c}', '\u{85}', '\u{2028}'], "\n");
            let meant = |c: char| match u8::try_from(u32::from(c)) {
                Ok(byte @ 0x80..) => {
                    let byte = [byte];
                    WINDOWS_1252.decode_without_bom_handling(&byte).0.into_owned()
                }
                _ => c.to_string(),
            };
            let kept: String = kept.chars().map(meant).collect();
            let kept = kept.replace(|c| c != '\n' && is_forbidden(c), "");
            prop_assert_eq!(allowed(Cow::Borrowed(&text)), kept);
        }
    }
}
