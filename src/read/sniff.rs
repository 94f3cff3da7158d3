//! What the bytes themselves say that they are.
//!
//! Only what is certain: a wrong guess here would refuse an article, a missing
//! one only leaves the decision to the name.

use super::charset;
use memchr::{memchr, memmem};

/// The ending that a file of this content would have; `None` for text.
pub(super) fn ending(bytes: &[u8]) -> Option<&'static str> {
    let signature = SIGNATURES
        .iter()
        .find(|(start, _)| bytes.starts_with(start));
    match signature {
        Some((_, "zip")) => Some(inside_zip(bytes)),
        Some((_, ending)) => Some(ending),
        None if bytes.get(4..8) == Some(b"ftyp") => Some("mp4"),
        None if memchr(0, bytes).is_some() && charset::utf16(bytes).is_none() => Some("bin"),
        None => markup(bytes),
    }
}

/// Markup that begins a document; a Markdown file may well begin with a `<div>`,
/// but not with these.
fn markup(bytes: &[u8]) -> Option<&'static str> {
    let bytes = bytes.strip_prefix(charset::UTF8_BOM).unwrap_or(bytes);
    let start = bytes.trim_ascii_start();
    let begins = |word: &str| {
        let same = |start: &[u8]| start.eq_ignore_ascii_case(word.as_bytes());
        start.get(..word.len()).is_some_and(same)
    };
    if begins("<?xml") { Some("xml") } else { None }
}

/// Office documents and books are ZIP archives too; their first entries tell.
fn inside_zip(bytes: &[u8]) -> &'static str {
    let has = |name: &str| memmem::find(bytes, name.as_bytes()).is_some();
    if has("xl/workbook.xml") || has("ppt/presentation.xml") {
        "xlsx"
    } else {
        "zip"
    }
}

/// How files begin. None of these is the beginning of a text.
const SIGNATURES: &[(&[u8], &str)] = &[
    (b"%PDF-", "pdf"),
    (b"%!PS", "ps"),
    (b"PK\x03\x04", "zip"),
    (b"PK\x05\x06", "zip"),
    (b"BZh", "bz2"),
    (b"\xfd7zXZ\0", "xz"),
    (b"7z\xbc\xaf\x27\x1c", "7z"),
    (b"Rar!\x1a\x07", "rar"),
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"\xff\xd8\xff", "jpg"),
    (b"GIF87a", "gif"),
    (b"GIF89a", "gif"),
    (b"II*\0", "tif"),
    (b"MM\0*", "tif"),
    (b"ID3\x03", "mp3"),
    (b"ID3\x04", "mp3"),
    (b"OggS\0", "ogg"),
    (b"fLaC\0", "flac"),
    (b"\x1a\x45\xdf\xa3", "mkv"),
    (b"\x7fELF", "elf"),
    (b"\0asm", "wasm"),
    (b"\xca\xfe\xba\xbe", "class"),
    (b"\xcf\xfa\xed\xfe", "elf"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "ole"),
    (b"SQLite format 3\0", "sqlite"),
    (b"wOFF", "woff"),
    (b"wOF2", "woff2"),
    (b"bplist00", "bin"),
    (b"\xff\xfe\0\0", "utf-32"),
    (b"\0\0\xfe\xff", "utf-32"),
];
