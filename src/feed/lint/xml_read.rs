//! XML, read strictly.
//!
//! `quick-xml` finds where markup begins and ends; what it lets pass, `xml_tag`
//! and this file look at: names, attributes, references, `]]>` in text.

use super::{
    report::Report,
    rules::xml as rules,
    values,
    xml::{Attribute, Element, Piece, Space, Tree},
    xml_names,
    xml_tag::{self, Reference, Tag},
};
use quick_xml::{Reader, errors::Error, events::Event};
use std::{borrow::Cow, collections::BTreeMap, ops::Range};

/// The names of entities that XML knows.
const ENTITIES: &[&str] = &["amp", "lt", "gt", "quot", "apos"];

/// A prefix that is bound.
struct Bound<'a> {
    prefix: &'a str,
    space: Space,
    at: usize,
    /// How many elements are open around.
    depth: usize,
    used: bool,
}

/// What is open while a document is read.
struct Open<'a, 'r> {
    tree: Tree<'a>,
    report: &'r mut Report,
    stack: Vec<usize>,
    bound: Vec<Bound<'a>>,
    /// Entities that the document declares itself.
    declared: Vec<&'a str>,
    /// Which stretch of `bound` holds a prefix last.
    last_bound: BTreeMap<&'a str, Vec<usize>>,
}

/// Reads a document; what cannot be read is reported, and ends it.
pub(super) fn read<'a>(text: &'a str, report: &mut Report) -> Tree<'a> {
    let mut reader = Reader::from_str(text);
    let config = reader.config_mut();
    config.allow_dangling_amp = true;
    config.check_comments = true;
    let mut open = Open {
        tree: Tree {
            text,
            is_whole: true,
            elements: Vec::new(),
            attributes: Vec::new(),
            pieces: Vec::new(),
        },
        report,
        stack: Vec::new(),
        bound: Vec::new(),
        declared: Vec::new(),
        last_bound: BTreeMap::new(),
    };
    loop {
        let at = position(reader.buffer_position());
        let event = reader.read_event();
        let end = position(reader.buffer_position()).min(text.len());
        match event {
            Ok(Event::Eof) => break,
            Ok(event) => open.take(&event, at.min(end)..end),
            Err(error) => {
                let at = match &error {
                    Error::Syntax(_) | Error::IllFormed(_) => position(reader.error_position()),
                    _ => at,
                };
                open.report.add(&rules::MALFORMED, at, &error.to_string());
                open.tree.is_whole = false;
                break;
            }
        }
    }
    open.finish()
}

impl<'a> Open<'a, '_> {
    fn take(&mut self, event: &Event, range: Range<usize>) {
        let text = self.tree.text;
        let written = &text[range.clone()];
        match event {
            Event::Start(_) => self.start(written, range.start, false),
            Event::Empty(_) => self.start(written, range.start, true),
            Event::End(_) => {
                let name = written.trim_start_matches("</").trim_end_matches('>');
                if name.starts_with(|c: char| c.is_ascii_whitespace()) {
                    self.report
                        .add(&rules::MALFORMED, range.start, "a space before a name");
                }
                self.end();
            }
            Event::Text(_) => self.push_text(range),
            Event::CData(_) => {
                self.check_outside(range.start);
                self.piece(
                    range.start + "<![CDATA[".len()..range.end - "]]>".len(),
                    None,
                );
            }
            Event::GeneralRef(_) => {
                self.check_outside(range.start);
                let meant = self.reference(written, range.start);
                self.piece(range, Some(meant.unwrap_or('\u{fffd}')));
            }
            Event::Decl(_) if range.start > 0 => {
                self.report.add(
                    &rules::MALFORMED,
                    range.start,
                    "the declaration is not at the start",
                );
            }
            Event::Decl(_) => xml_tag::check_declaration(written, self.report),
            Event::DocType(_) => self.doctype(written, range.start),
            Event::PI(_) => xml_tag::check_instruction(written, range.start, self.report),
            Event::Comment(_) | Event::Eof => {}
        }
    }

    fn push_text(&mut self, range: Range<usize>) {
        let written = &self.tree.text[range.clone()];
        if self.stack.is_empty() && !written.trim_ascii().is_empty() {
            let skipped = written.len() - written.trim_ascii_start().len();
            self.check_outside(range.start + skipped);
        }
        for at in memchr::memmem::find_iter(written.as_bytes(), "]]>") {
            self.report
                .add(&rules::MALFORMED, range.start + at, "`]]>` in text");
        }
        for at in memchr::memchr_iter(b'&', written.as_bytes()) {
            self.report.add(&rules::REFERENCE, range.start + at, "");
        }
        self.piece(range, None);
    }

    fn check_outside(&mut self, at: usize) {
        if self.stack.is_empty() {
            self.report
                .add(&rules::MALFORMED, at, "text outside of the root element");
        }
    }

    fn piece(&mut self, range: Range<usize>, meant: Option<char>) {
        if let Some(owner) = self.stack.last() {
            self.tree.pieces.push(Piece {
                owner: *owner,
                range,
                meant,
            });
        }
    }

    fn reference(&mut self, written: &str, at: usize) -> Option<char> {
        match xml_tag::reference(written, at, self.report) {
            Reference::Character(c) => Some(c),
            Reference::Entity(name) => {
                if !ENTITIES.contains(&name) && self.declared.binary_search(&name).is_err() {
                    self.report.add(&rules::ENTITY, at, written);
                }
                values::entity(name)
            }
            Reference::Broken => None,
        }
    }

    fn doctype(&mut self, written: &'a str, at: usize) {
        if !self.stack.is_empty() || !self.tree.elements.is_empty() {
            self.report.add(
                &rules::MALFORMED,
                at,
                "a DOCTYPE behind the start of the document",
            );
        }
        self.report.add(&rules::DOCTYPE, at, "");
        let names = written.split("<!ENTITY").skip(1).take(1000);
        self.declared = names
            .filter_map(|rest| rest.split_ascii_whitespace().next())
            .collect();
        self.declared.sort_unstable();
    }

    fn start(&mut self, written: &'a str, at: usize, is_empty: bool) {
        if self.stack.is_empty() && !self.tree.elements.is_empty() {
            self.report
                .add(&rules::MALFORMED, at, "a second root element");
        }
        let Tag {
            prefix,
            name,
            attributes,
        } = xml_tag::tag(written, at, self.report);
        let depth = self.stack.len();
        let mut values = Vec::with_capacity(attributes.len());
        for one in &attributes {
            values.push(self.value(one.value, one.value_at));
        }
        for (one, value) in attributes.iter().zip(&values) {
            let prefix = match (one.prefix, one.name) {
                ("xmlns", prefix) => prefix,
                ("", "xmlns") => "",
                _ => continue,
            };
            self.bind(prefix, value, one.at, depth);
        }
        let space = self.space(prefix, at, true);
        let first = self.tree.attributes.len();
        for (one, value) in attributes.into_iter().zip(values) {
            if one.prefix == "xmlns" || (one.prefix.is_empty() && one.name == "xmlns") {
                continue;
            }
            let space = self.space(one.prefix, one.at, false);
            self.tree.attributes.push(Attribute {
                space,
                name: one.name,
                value,
                at: one.at,
            });
        }
        let index = self.tree.elements.len();
        let pieces = self.tree.pieces.len();
        self.tree.elements.push(Element {
            space,
            name,
            at,
            parent: self.stack.last().copied(),
            end: index + 1,
            attributes: first..self.tree.attributes.len(),
            pieces: pieces..pieces,
        });
        self.stack.push(index);
        if is_empty {
            self.end();
        }
    }

    fn end(&mut self) {
        let Some(index) = self.stack.pop() else {
            return;
        };
        let count = self.tree.elements.len();
        let pieces = self.tree.pieces.len();
        let element = &mut self.tree.elements[index];
        element.end = count;
        element.pieces.end = pieces;
        let depth = self.stack.len();
        while self.bound.last().is_some_and(|bound| bound.depth >= depth) {
            let Some(bound) = self.bound.pop() else { break };
            if let Some(places) = self.last_bound.get_mut(bound.prefix) {
                places.pop();
            }
            if !bound.used {
                self.report
                    .add(&rules::NAMESPACE_UNUSED, bound.at, bound.prefix);
            }
        }
    }

    /// The value of an attribute as it is meant.
    fn value(&mut self, written: &'a str, at: usize) -> Cow<'a, str> {
        if !written.contains('&') {
            return Cow::Borrowed(written);
        }
        let mut value = String::with_capacity(written.len());
        let mut rest = written;
        while let Some(start) = rest.find('&') {
            value.push_str(&rest[..start]);
            let here = at + (written.len() - rest.len()) + start;
            let from = &rest[start..];
            let end = from[1..].find([';', '&', ' ', '\n']).map(|end| end + 1);
            let Some(end) = end.filter(|end| from.as_bytes()[*end] == b';') else {
                self.report.add(&rules::REFERENCE, here, "");
                value.push('&');
                rest = &from[1..];
                continue;
            };
            let meant = self.reference(&from[..=end], here);
            value.push(meant.unwrap_or('\u{fffd}'));
            rest = &from[end + 1..];
        }
        value.push_str(rest);
        Cow::Owned(value)
    }

    fn bind(&mut self, prefix: &'a str, name: &str, at: usize, depth: usize) {
        let known = xml_names::space(name);
        if known.is_none() && xml_names::is_mistaken(prefix, name) {
            self.report.add(&rules::NAMESPACE_MISTAKEN, at, name);
        } else if values::address(name) == values::Address::Broken {
            self.report.add(&rules::NAMESPACE_NAME, at, name);
        }
        if !prefix.is_empty() && name.is_empty() {
            self.report
                .add(&rules::MALFORMED, at, "a prefix bound to nothing");
        }
        let space = match known {
            Some(space) => space,
            None if name.is_empty() => Space::None,
            None => Space::Other,
        };
        self.last_bound
            .entry(prefix)
            .or_default()
            .push(self.bound.len());
        self.bound.push(Bound {
            prefix,
            space,
            at,
            depth,
            // The default one is used wherever it is bound.
            used: prefix.is_empty() || prefix == "xml",
        });
    }

    fn space(&mut self, prefix: &str, at: usize, is_element: bool) -> Space {
        if prefix == "xml" {
            return Space::Xml;
        }
        if prefix.is_empty() && !is_element {
            return Space::None;
        }
        let place = self.last_bound.get(prefix).and_then(|places| places.last());
        if let Some(place) = place {
            let bound = &mut self.bound[*place];
            bound.used = true;
            bound.space
        } else {
            if !prefix.is_empty() {
                self.report.add(&rules::NAMESPACE_UNBOUND, at, prefix);
            }
            if prefix.is_empty() {
                Space::None
            } else {
                Space::Other
            }
        }
    }

    fn finish(mut self) -> Tree<'a> {
        if self.tree.elements.is_empty() && self.report.is_empty() {
            self.report.add(&rules::MALFORMED, 0, "no element");
        }
        if let Some(open) = self.stack.last() {
            let element = &self.tree.elements[*open];
            self.tree.is_whole = false;
            if !self.report.has(&rules::MALFORMED) {
                self.report.add(
                    &rules::MALFORMED,
                    element.at,
                    &format!("<{}> is never closed", element.name),
                );
            }
            for bound in &mut self.bound {
                bound.used = true;
            }
            while !self.stack.is_empty() {
                self.end();
            }
        }
        self.tree
    }
}

fn position(at: u64) -> usize {
    usize::try_from(at).unwrap_or(usize::MAX)
}
