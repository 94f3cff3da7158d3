//! XML as a stream of elements.
//!
//! Names come without their prefixes, which every program chooses as it likes.
//! No entity is known but the five of XML itself, so none is ever expanded, and
//! nesting is limited.

use super::ReadError;
use quick_xml::{
    Reader, XmlVersion,
    events::{BytesRef, BytesStart, Event},
};
use std::borrow::Cow;

/// How deep elements may be nested. Word's tables in tables take four levels
/// each.
const DEEPEST: usize = 1000;

/// What comes next in a document.
pub(super) enum Piece<'x> {
    /// An element begins.
    Start(Element<'x>),
    /// The innermost open element ends.
    End,
    /// Text, without entities.
    Text(Cow<'x, str>),
}

/// The start of an element.
pub(super) struct Element<'x>(BytesStart<'x>);

/// A document, read from its start to its end.
pub(super) struct Elements<'x> {
    /// The format, with its article, for errors.
    what: &'static str,
    reader: Reader<&'x [u8]>,
    depth: usize,
}

impl<'x> Elements<'x> {
    pub(super) fn new(xml: &'x str, what: &'static str) -> Self {
        let mut reader = Reader::from_str(xml);
        let config = reader.config_mut();
        config.expand_empty_elements = true;
        config.allow_dangling_amp = true;
        Self {
            what,
            reader,
            depth: 0,
        }
    }

    /// The next piece; `None` at the end.
    pub(super) fn next(&mut self) -> Result<Option<Piece<'x>>, ReadError> {
        loop {
            let event = self.reader.read_event();
            let piece = match event.map_err(|e| self.damaged(&e.to_string()))? {
                Event::Start(start) | Event::Empty(start) => {
                    self.depth += 1;
                    if self.depth > DEEPEST {
                        return Err(ReadError::TooMuch {
                            what: self.what,
                            limit: format!("is nested deeper than {DEEPEST} levels"),
                            remedy: "save it anew, as text or Markdown",
                        });
                    }
                    Piece::Start(Element(start))
                }
                Event::End(_) => {
                    self.depth = self.depth.saturating_sub(1);
                    Piece::End
                }
                Event::Text(text) => {
                    let text = text.decode().map_err(|e| self.damaged(&e.to_string()))?;
                    Piece::Text(text)
                }
                Event::CData(text) => {
                    let text = text.decode().map_err(|e| self.damaged(&e.to_string()))?;
                    Piece::Text(text)
                }
                Event::GeneralRef(name) => match resolved(&name) {
                    Some(c) => Piece::Text(Cow::Owned(c.to_string())),
                    None => continue,
                },
                Event::Eof if self.depth > 0 => return Err(self.damaged("it ends too soon")),
                Event::Eof => return Ok(None),
                Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_) => continue,
            };
            return Ok(Some(piece));
        }
    }

    /// Passes over what is inside the element that has just begun, and its end.
    pub(super) fn skip(&mut self) -> Result<(), ReadError> {
        let outside = self.depth.saturating_sub(1);
        while self.depth > outside {
            if self.next()?.is_none() {
                break;
            }
        }
        Ok(())
    }

    /// The text inside the element that has just begun, up to its end.
    pub(super) fn text(&mut self) -> Result<String, ReadError> {
        let outside = self.depth.saturating_sub(1);
        let mut all = String::new();
        while self.depth > outside {
            match self.next()? {
                Some(Piece::Text(text)) => all.push_str(&text),
                Some(_) => {}
                None => break,
            }
        }
        Ok(all)
    }

    /// Calls `each` with every element inside the one that has just begun. The
    /// element is passed over where `each` says so.
    pub(super) fn inside(
        &mut self,
        mut each: impl FnMut(&Element<'x>) -> Inside,
    ) -> Result<(), ReadError> {
        let outside = self.depth.saturating_sub(1);
        while self.depth > outside {
            match self.next()? {
                Some(Piece::Start(element)) => match each(&element) {
                    Inside::Enter => {}
                    Inside::Skip => self.skip()?,
                },
                Some(_) => {}
                None => break,
            }
        }
        Ok(())
    }

    fn damaged(&self, cause: &str) -> ReadError {
        ReadError::Damaged {
            what: self.what,
            cause: cause.replace('\n', " "),
        }
    }
}

/// Whether the elements inside an element are wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Inside {
    Enter,
    Skip,
}

impl Element<'_> {
    /// Its name without the prefix.
    pub(super) fn name(&self) -> &str {
        str::from_utf8(self.0.local_name().into_inner()).unwrap_or_default()
    }

    /// The value of an attribute, by its name without the prefix.
    pub(super) fn get(&self, name: &str) -> Option<String> {
        // Comparing every attribute with every other would take hours for an
        // element with a million of them.
        let mut attributes = self.0.attributes();
        let mut attributes = attributes.with_checks(false).flatten();
        let found =
            attributes.find(|found| found.key.local_name().into_inner() == name.as_bytes())?;
        let value = found.normalized_value(XmlVersion::Implicit1_0);
        value.ok().map(Cow::into_owned)
    }
}

/// The character that a reference means.
fn resolved(name: &BytesRef) -> Option<char> {
    match &**name {
        b"amp" => Some('&'),
        b"lt" => Some('<'),
        b"gt" => Some('>'),
        b"quot" => Some('"'),
        b"apos" => Some('\''),
        // Old books write it although no schema of theirs declares it.
        b"nbsp" => Some('\u{a0}'),
        _ => name.resolve_char_ref().ok().flatten(),
    }
}
