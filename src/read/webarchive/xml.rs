//! XML property lists, as far as a page needs: the first entry of this name and
//! its own entries, read event by event.

use super::{MAIN, Resource};
use crate::read::{charset, mime};
use quick_xml::{Reader, events::Event};

/// The page's entry; `None` when there is none or the XML breaks before its
/// end.
pub(super) fn resource(bytes: &[u8]) -> Option<Resource> {
    let source = charset::decode(bytes).ok()?;
    let at = source.find(MAIN)?;
    // The root and its earlier entries are of no interest, so the reader starts
    // at the page's own dictionary.
    let at = at + source[at..].find("<dict")?;
    let mut reader = Reader::from_str(&source[at..]);
    let mut resource = Resource::default();
    let (mut key, mut text) = (String::new(), String::new());
    let mut depth = 0usize;
    loop {
        match reader.read_event().ok()? {
            Event::Start(start) => {
                text.clear();
                depth += usize::from(start.name().as_ref() == b"dict");
            }
            Event::Text(part) => text.push_str(&part.decode().ok()?),
            Event::CData(part) => text.push_str(&part.decode().ok()?),
            Event::GeneralRef(reference) => {
                let name = reference.decode().ok()?;
                let named = quick_xml::escape::resolve_predefined_entity(&name);
                let numbered = reference.resolve_char_ref().ok().flatten();
                match (named, numbered) {
                    (Some(named), _) => text.push_str(named),
                    (None, Some(c)) => text.push(c),
                    (None, None) => {}
                }
            }
            Event::End(end) => match end.name().as_ref() {
                b"dict" if depth <= 1 => return Some(resource),
                b"dict" => depth -= 1,
                // What is deeper belongs to the answer of the server.
                _ if depth > 1 => {}
                b"key" => key = std::mem::take(&mut text),
                b"string" => resource.take(&key, Some(std::mem::take(&mut text)), None),
                b"data" => resource.take(&key, None, Some(mime::base64(text.as_bytes()))),
                _ => {}
            },
            Event::Eof => return None,
            _ => {}
        }
    }
}
