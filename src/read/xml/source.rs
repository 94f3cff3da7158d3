//! From the bytes of an XML file to its text, and to the name of what it is.

use super::tree::Spaces;
use crate::read::{ReadError, charset};
use encoding_rs::{Encoding, UTF_8};
use memchr::memmem;
use quick_xml::{Reader, events::Event};
use std::borrow::Cow;

/// How many bytes are looked at for the root element.
const HEAD: usize = 16 * 1024;

/// The text of an XML file.
///
/// A byte order mark and sound UTF-8 are believed before the charset that the
/// file declares: many feeds were converted on their way, and declare what they
/// once were in.
pub(super) fn decode(bytes: &[u8]) -> Result<Cow<'_, str>, ReadError> {
    let foreign = str::from_utf8(bytes).is_err() && charset::utf16(bytes).is_none();
    let declared = foreign
        .then(|| declared(bytes))
        .flatten()
        .filter(|encoding| *encoding != UTF_8 && encoding.is_ascii_compatible());
    let Some(encoding) = declared else {
        return charset::decode(bytes);
    };
    let (text, _) = encoding.decode_without_bom_handling(bytes);
    Ok(Cow::Owned(charset::decode(text.as_bytes())?.into_owned()))
}

/// The charset that the first line declares.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = &bytes[..bytes.len().min(200)];
    let line = &head[..memmem::find(head, b"?>")?];
    let value = line[memmem::find(line, b"encoding")? + 8..].trim_ascii_start();
    let value = value.strip_prefix(b"=")?.trim_ascii_start();
    let mark = *value.first()?;
    let label = value.get(1..)?.split(|byte| *byte == mark).next()?;
    Encoding::for_label(label)
}

/// The name of the root element and its namespace, where bytes begin an XML
/// file.
pub(super) fn root(bytes: &[u8]) -> Option<(String, String)> {
    let head = &bytes[..bytes.len().min(HEAD)];
    let text = if let Some(encoding) = charset::utf16(head) {
        encoding.decode_with_bom_removal(head).0
    } else {
        let head = head.strip_prefix(charset::UTF8_BOM).unwrap_or(head);
        if !head.trim_ascii_start().starts_with(b"<") {
            return None;
        }
        String::from_utf8_lossy(head)
    };
    let mut reader = Reader::from_str(text.trim_start());
    loop {
        match reader.read_event().ok()? {
            Event::Start(start) | Event::Empty(start) => {
                let mut spaces = Spaces::default();
                spaces.open(0, &start);
                let name = start.name();
                let local = str::from_utf8(name.local_name().into_inner()).ok()?;
                return Some((local.to_owned(), spaces.of(name).to_string()));
            }
            Event::Text(text) if !text.trim_ascii().is_empty() => return None,
            Event::Eof | Event::End(_) | Event::CData(_) | Event::GeneralRef(_) => return None,
            _ => {}
        }
    }
}
