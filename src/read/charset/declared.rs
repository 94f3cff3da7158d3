//! What a document says of its own charset and language, before it can be read.

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};
use memchr::memmem;

/// Declarations stand in the first bytes. Browsers look at 1024; scripts and
/// styles come before in many saved pages.
const HEAD: usize = 8192;

/// What the start of a document declares.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Declared<'a> {
    /// Its charset, from an XML declaration or a `<meta>`.
    pub(super) encoding: Option<&'static Encoding>,
    /// The value of its first `lang`.
    pub(super) language: Option<&'a [u8]>,
}

/// Looks for declarations in the markup that bytes start with. A text that
/// merely speaks of them has none.
pub(super) fn declared(bytes: &[u8]) -> Declared<'_> {
    let head = &bytes[..bytes.len().min(HEAD)];
    let mut declared = Declared::default();
    if head.trim_ascii_start().first() != Some(&b'<') {
        return declared;
    }
    for at in memchr::memchr_iter(b'<', head) {
        let tag = &head[at..];
        let tag = &tag[..memchr::memchr(b'>', tag).unwrap_or(tag.len())];
        if starts(tag, b"<?xml") {
            declared.encoding = value(tag, b"encoding").and_then(known);
        } else if starts(tag, b"<meta") {
            // "content='text/html; charset=koi8-r'" has it inside of a value.
            let found = value(tag, b"charset").and_then(known);
            declared.encoding = declared.encoding.or(found);
        }
        declared.language = declared.language.or_else(|| value(tag, b"lang"));
    }
    declared
}

/// The encoding of this label. Markup that is read byte by byte is not UTF-16,
/// whatever it says.
fn known(label: &[u8]) -> Option<&'static Encoding> {
    let encoding = Encoding::for_label(label)?;
    Some(if encoding == UTF_16LE || encoding == UTF_16BE {
        UTF_8
    } else {
        encoding
    })
}

fn starts(tag: &[u8], name: &[u8]) -> bool {
    let start = tag.get(..name.len());
    start.is_some_and(|start| start.eq_ignore_ascii_case(name))
}

/// What follows `name=` in a tag, without quotation marks.
fn value<'a>(tag: &'a [u8], name: &[u8]) -> Option<&'a [u8]> {
    let lower = tag.to_ascii_lowercase();
    let after = memmem::find_iter(&lower, name).find_map(|at| {
        let rest = tag[at + name.len()..].trim_ascii_start();
        rest.strip_prefix(b"=")
    })?;
    let quotes = |byte: &u8| matches!(byte, b'"' | b'\'');
    let after = after.trim_ascii_start();
    let after = &after[after.iter().take_while(|byte| quotes(byte)).count()..];
    let ends = |byte: &u8| {
        quotes(byte) || byte.is_ascii_whitespace() || matches!(byte, b';' | b'/' | b'?')
    };
    let end = after.iter().position(ends).unwrap_or(after.len());
    (end > 0).then(|| &after[..end])
}

/// The top-level domain where most write in this language, which is what the
/// detector takes for a hint.
pub(super) fn domain(language: &[u8]) -> Option<&'static [u8]> {
    let tag = language.to_ascii_lowercase();
    if tag.starts_with(b"zh-hant") || tag.starts_with(b"zh-tw") || tag.starts_with(b"zh-hk") {
        return Some(b"tw");
    }
    let row = DOMAINS.iter().find(|(language, _)| {
        let rest = tag.strip_prefix(language.as_bytes());
        rest.is_some_and(|rest| !rest.first().is_some_and(u8::is_ascii_alphanumeric))
    });
    Some(row?.1.as_bytes())
}

const DOMAINS: &[(&str, &str)] = &[
    ("ja", "jp"),
    ("ko", "kr"),
    ("zh", "cn"),
    ("ru", "ru"),
    ("uk", "ua"),
    ("be", "by"),
    ("bg", "bg"),
    ("sr", "rs"),
    ("mk", "mk"),
    ("el", "gr"),
    ("he", "il"),
    ("ar", "eg"),
    ("fa", "ir"),
    ("tr", "tr"),
    ("th", "th"),
    ("vi", "vn"),
    ("pl", "pl"),
    ("cs", "cz"),
    ("sk", "sk"),
    ("hu", "hu"),
    ("ro", "ro"),
    ("hr", "hr"),
    ("sl", "si"),
    ("et", "ee"),
    ("lv", "lv"),
    ("lt", "lt"),
];
