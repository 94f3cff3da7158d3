//! Is a document well-formed, as the strictest reader understands it?
//!
//! The crates' own parsers compare values; they let through characters that
//! XML forbids, unbound prefixes and doubled attributes, any of which makes
//! readers refuse the whole feed. So one more pass looks for these.

use super::{LARGEST_DOCUMENT, body};
use memchr::{memchr, memmem};
use quick_xml::{
    Reader,
    escape::{resolve_predefined_entity, unescape},
    events::{BytesRef, BytesStart, Event},
    name::QName,
};

/// What every document starts with.
const START: &[u8] = br#"<?xml version="1.0" encoding="utf-8"?>"#;

/// Says what is wrong with a document, and where.
pub(super) fn well_formed(bytes: &[u8]) -> Result<(), String> {
    if bytes.len() >= LARGEST_DOCUMENT {
        return Err(format!("it has {} bytes", bytes.len()));
    }
    if !bytes.starts_with(START) {
        return Err("it does not start with an XML declaration".to_owned());
    }
    let text = str::from_utf8(bytes).map_err(|error| error.to_string())?;
    if let Some(at) = forbidden(bytes) {
        return Err(format!("a forbidden character is at byte {at}"));
    }
    let mut reader = Reader::from_str(text);
    reader.config_mut().check_end_names = true;
    let mut prefixes = vec![b"xml".to_vec()];
    let mut depth = 0_usize;
    let mut roots = 0;
    loop {
        let at = reader.buffer_position();
        let event = reader
            .read_event()
            .map_err(|error| format!("byte {at}: {error}"))?;
        let fault = match &event {
            Event::Start(start) | Event::Empty(start) => {
                if depth == 0 {
                    roots += 1;
                    prefixes.extend(bound_prefixes(start));
                }
                depth += usize::from(matches!(event, Event::Start(_)));
                tag_fault(start, &prefixes)
            }
            Event::End(_) => {
                depth = depth.saturating_sub(1);
                None
            }
            Event::Text(text) if depth == 0 => {
                let blank = text.iter().all(u8::is_ascii_whitespace);
                (!blank).then(|| "text outside of the root".to_owned())
            }
            // The writers escape `>`, so that not even `]]>` needs looking for.
            Event::Text(text) => memchr(b'>', text).map(|_| "an unescaped >".to_owned()),
            Event::GeneralRef(reference) => reference_fault(reference),
            Event::Eof if depth > 0 || roots != 1 => Some("not one whole root".to_owned()),
            Event::Eof => return Ok(()),
            Event::CData(_) if depth > 0 => None,
            Event::Decl(_) if roots == 0 => None,
            other => Some(format!("unexpected {other:?}")),
        };
        if let Some(fault) = fault {
            return Err(format!("byte {at}: {fault}"));
        }
    }
}

/// Where the first character is that XML 1.0 forbids, or that an XML parser
/// would change (U+000D).
fn forbidden(bytes: &[u8]) -> Option<usize> {
    let control = |byte: &u8| *byte < 0x20 && *byte != b'\t' && *byte != b'\n';
    // Without a branch a byte, which the compiler turns into vector code.
    let any = |block: &[u8]| block.iter().fold(false, |any, byte| any | control(byte));
    let control = if any(bytes) {
        bytes.iter().position(control)
    } else {
        None
    };
    control.or_else(|| {
        let mut candidates = memmem::find_iter(bytes, b"\xef\xbf");
        candidates.find(|at| body::is_noncharacter(&bytes[*at..]))
    })
}

/// The same for a character that a reference stands for.
fn is_forbidden(c: char) -> bool {
    matches!(c, '\0'..='\u{8}' | '\u{b}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}')
}

/// The prefixes that a tag binds. Only the root binds any: whoever binds them
/// elsewhere has them unbound here.
fn bound_prefixes(tag: &BytesStart) -> Vec<Vec<u8>> {
    let names = tag.attributes().flatten().map(|attribute| attribute.key);
    let prefix = |name: QName| name.as_ref().strip_prefix(b"xmlns:").map(<[u8]>::to_vec);
    names.filter_map(prefix).collect()
}

fn tag_fault(tag: &BytesStart, prefixes: &[Vec<u8>]) -> Option<String> {
    let unbound = |name: QName| {
        name.prefix().is_some_and(|prefix| {
            let prefix = prefix.into_inner();
            prefix != b"xmlns" && !prefixes.iter().any(|bound| bound == prefix)
        })
    };
    if unbound(tag.name()) {
        return Some(format!("an unbound prefix in {:?}", tag.name()));
    }
    for attribute in tag.attributes() {
        let attribute = match attribute {
            Ok(attribute) => attribute,
            Err(error) => return Some(error.to_string()),
        };
        if unbound(attribute.key) {
            return Some(format!("an unbound prefix in {:?}", attribute.key));
        }
        let value = str::from_utf8(&attribute.value).unwrap_or("<");
        let is_fit = |value: &str| !value.chars().any(is_forbidden);
        if value.contains('<') || !unescape(value).is_ok_and(|value| is_fit(&value)) {
            return Some(format!("an unescaped value of {:?}", attribute.key));
        }
    }
    None
}

fn reference_fault(reference: &BytesRef) -> Option<String> {
    if matches!(&**reference, b"amp" | b"lt" | b"gt") {
        return None;
    }
    let known = match reference.resolve_char_ref() {
        Ok(Some(c)) => !is_forbidden(c),
        Ok(None) => reference
            .decode()
            .is_ok_and(|name| resolve_predefined_entity(&name).is_some()),
        Err(_) => false,
    };
    (!known).then(|| format!("an unknown reference {reference:?}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(rest: &str) -> Result<(), String> {
        well_formed(&[START, rest.as_bytes()].concat())
    }

    #[test]
    fn well_formed_documents_pass() {
        for good in [
            "<r/>",
            "\n<r a=\"&amp;&#x26;\">a&lt;b&#65;<![CDATA[<&]]></r>\n",
            "<r xmlns:m=\"urn:m\"><m:a m:b=\"\"/>\u{fffd}\u{f000}\u{1f600}\t</r>",
        ] {
            assert_eq!(check(good), Ok(()), "{good:?}");
        }
    }

    #[test]
    fn malformed_documents_do_not() {
        for bad in [
            "",
            "<r>",
            "<r></s>",
            "<r/><r/>",
            "<r/>a",
            "a<r/>",
            "<r>\u{b}</r>",
            "<r>\r\n</r>",
            "<r>\u{ffff}</r>",
            "<r a=\"\u{1}\"/>",
            "<r>&#0;</r>",
            "<r>&#x1F;</r>",
            "<r>&nbsp;</r>",
            "<r>a & b</r>",
            "<r a=\"a&b\"/>",
            "<r a=\"&nbsp;\"/>",
            "<r a=\"<\"/>",
            "<r a=\"1\" a=\"2\"/>",
            "<r a=1/>",
            "<m:r/>",
            "<r m:a=\"\"/>",
            "<r>]]></r>",
            "<r><s xmlns:m=\"urn:m\"/><m:t/></r>",
            "<!DOCTYPE r><r/>",
            "<r/><![CDATA[a]]>",
            "<r><![CDATA[a]]</r>",
        ] {
            assert!(check(bad).is_err(), "{bad:?} passes");
        }
        assert!(well_formed(b"<r/>").is_err());
        assert!(well_formed(b"\xef\xbb\xbf<r/>").is_err());
    }
}
