//! XML as a tree of elements, for formats that say things in any order.
//!
//! Total and bounded: entities that a file declares are never expanded, what
//! nests too deep or has too many parts is refused, and elements whose ends are
//! missing or mixed up end with what holds them, as in every feed reader. Only
//! a file that ends before its root does is damaged: it has not come through
//! whole.

use super::element::Element;
use crate::read::ReadError;
use quick_xml::{
    Reader,
    events::{BytesStart, Event},
    name::{PrefixDeclaration, QName},
};
use std::{ops::Range, rc::Rc};

/// So deep may elements nest. The press's own formats have fewer than twenty
/// levels around a text, and a text in HTML about as many.
const DEEPEST: usize = 200;

/// So many elements and texts may be in a file; a feed of a thousand articles
/// in XHTML has a tenth of it.
const MOST: usize = 1_000_000;

/// So many prefixes may be declared at a place. A feed declares ten.
const PREFIXES: usize = 200;

/// An XML file's elements and texts, in the order of their starts.
pub(super) struct Tree<'s> {
    pub(super) source: &'s str,
    pub(super) nodes: Vec<Node<'s>>,
}

pub(super) struct Node<'s> {
    pub(super) kind: Kind<'s>,
    /// Where it starts in the source.
    pub(super) start: usize,
    /// One past the last node inside.
    pub(super) end: usize,
}

pub(super) enum Kind<'s> {
    Element {
        /// Name and attributes, as between the angle brackets.
        tag: &'s str,
        /// How long the name is.
        name: usize,
        space: Rc<str>,
    },
    /// Text up to here, as written: with character references.
    Text(usize),
    /// Text without any.
    Data(&'s str),
}

impl<'s> Tree<'s> {
    /// The tree of a text that is XML.
    pub(super) fn parse(source: &'s str) -> Result<Self, ReadError> {
        let mut reader = Reader::from_str(source);
        let config = reader.config_mut();
        config.allow_dangling_amp = true;
        config.allow_unmatched_ends = true;
        config.check_end_names = false;
        let mut tree = Self {
            source,
            nodes: Vec::new(),
        };
        let mut open: Vec<usize> = Vec::new();
        let mut spaces = Spaces::default();
        loop {
            let from = position(&reader);
            let event = reader.read_event().map_err(|error| ReadError::Damaged {
                what: "the XML file",
                cause: error.to_string(),
            })?;
            let to = position(&reader);
            match event {
                Event::Start(start) => {
                    spaces.open(open.len(), &start);
                    open.push(tree.nodes.len());
                    tree.element(from + 1..to - 1, &start, &spaces);
                }
                Event::Empty(start) => {
                    spaces.open(open.len(), &start);
                    tree.element(from + 1..to - 2, &start, &spaces);
                    spaces.close(open.len());
                }
                Event::End(end) => {
                    let same = |at: &usize| tree.name(*at).as_bytes() == end.name().as_ref();
                    if let Some(place) = open.iter().rposition(same) {
                        tree.close(&mut open, place);
                        spaces.close(place);
                    }
                }
                // Around the root there is nothing but white space.
                Event::Text(_) | Event::GeneralRef(_) if open.is_empty() => {}
                Event::Text(_) | Event::GeneralRef(_) => tree.text(from, to),
                Event::CData(_) => {
                    let data = &source[from + "<![CDATA[".len()..to - "]]>".len()];
                    tree.push(from, Kind::Data(data));
                }
                Event::Eof => break,
                Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_) => {}
            }
            if open.len() > DEEPEST || tree.nodes.len() > MOST {
                let deep = open.len() > DEEPEST;
                return Err(ReadError::TooMuch {
                    what: "the XML file",
                    limit: if deep {
                        format!("has elements in elements, more than {DEEPEST} deep")
                    } else {
                        format!("has more than {MOST} elements")
                    },
                    remedy: "put in the articles as files of their own",
                });
            }
        }
        if let Some(at) = open.first() {
            let name = tree.name(*at);
            return Err(ReadError::Damaged {
                what: "the XML file",
                cause: format!("it ends before its element <{name}> does"),
            });
        }
        Ok(tree)
    }

    /// The outermost element.
    pub(super) fn root(&self) -> Option<Element<'_>> {
        let is_element = |node: &Node| matches!(node.kind, Kind::Element { .. });
        let at = self.nodes.iter().position(is_element)?;
        Some(Element { tree: self, at })
    }

    /// The name of an element as it is written.
    pub(super) fn name(&self, at: usize) -> &'s str {
        match self.nodes[at].kind {
            Kind::Element { tag, name, .. } => &tag[..name],
            _ => "",
        }
    }

    fn push(&mut self, start: usize, kind: Kind<'s>) {
        let end = self.nodes.len() + 1;
        self.nodes.push(Node { kind, start, end });
    }

    fn element(&mut self, tag: Range<usize>, start: &BytesStart, spaces: &Spaces) {
        let name = start.name();
        let kind = Kind::Element {
            tag: &self.source[tag.clone()],
            name: name.as_ref().len(),
            space: spaces.of(name),
        };
        self.push(tag.start, kind);
    }

    /// Appends text. A reference in it comes as a text of its own, and is put
    /// to what stands before it.
    fn text(&mut self, from: usize, to: usize) {
        if let Some(last) = self.nodes.last_mut()
            && let Kind::Text(end) = &mut last.kind
            && *end == from
        {
            *end = to;
            return;
        }
        self.push(from, Kind::Text(to));
    }

    fn close(&mut self, open: &mut Vec<usize>, place: usize) {
        let end = self.nodes.len();
        for at in open.drain(place..) {
            self.nodes[at].end = end;
        }
    }
}

/// The namespaces that prefixes stand for at a place.
#[derive(Default)]
pub(super) struct Spaces {
    /// With the level of the element that declares it.
    declared: Vec<(usize, String, Rc<str>)>,
}

impl Spaces {
    pub(super) fn open(&mut self, level: usize, start: &BytesStart) {
        let mut attributes = start.html_attributes();
        attributes.with_checks(false);
        for attribute in attributes.flatten() {
            let prefix = match attribute.key.as_namespace_binding() {
                Some(PrefixDeclaration::Default) => b"",
                Some(PrefixDeclaration::Named(prefix)) => prefix,
                None => continue,
            };
            if self.declared.len() < PREFIXES {
                let prefix = String::from_utf8_lossy(prefix).into_owned();
                let space = String::from_utf8_lossy(&attribute.value);
                self.declared.push((level, prefix, space.trim().into()));
            }
        }
    }

    /// Forgets what elements from this level on have declared.
    fn close(&mut self, level: usize) {
        self.declared.retain(|(declared, ..)| *declared < level);
    }

    /// The namespace of a name. A prefix that nobody has declared stands for
    /// itself.
    pub(super) fn of(&self, name: QName) -> Rc<str> {
        let prefix = name.prefix();
        let prefix = prefix.as_ref().map_or(&b""[..], AsRef::as_ref);
        let mut declared = self.declared.iter().rev();
        match declared.find(|(_, known, _)| known.as_bytes() == prefix) {
            Some((.., space)) => space.clone(),
            None => String::from_utf8_lossy(prefix).into(),
        }
    }
}

fn position(reader: &Reader<&[u8]>) -> usize {
    usize::try_from(reader.buffer_position()).expect("a position in a text")
}
