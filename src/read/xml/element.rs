//! What an element of an XML file says.

use super::tree::{Kind, Tree};
use crate::read::{meta, raw_html};
use quick_xml::{escape::escape, events::BytesStart};

/// An element of a tree.
#[derive(Clone, Copy)]
pub(super) struct Element<'t> {
    pub(super) tree: &'t Tree<'t>,
    /// Which of its nodes.
    pub(super) at: usize,
}

impl<'t> Element<'t> {
    /// Its name without a prefix.
    pub(super) fn name(self) -> &'t str {
        let name = self.tree.name(self.at);
        name.rsplit_once(':').map_or(name, |(_, local)| local)
    }

    /// Its namespace; a prefix where that is not declared; or nothing.
    pub(super) fn space(self) -> &'t str {
        match &self.tree.nodes[self.at].kind {
            Kind::Element { space, .. } => space,
            _ => "",
        }
    }

    /// The value of an attribute by its name as it is written, such as
    /// `xml:lang`, on one line; `None` where it is empty.
    pub(super) fn attribute(self, name: &str) -> Option<String> {
        let Kind::Element {
            tag, name: length, ..
        } = self.tree.nodes[self.at].kind
        else {
            return None;
        };
        let start = BytesStart::from_content(tag, length);
        let mut attributes = start.html_attributes();
        attributes.with_checks(false);
        let found = attributes
            .flatten()
            .find(|attribute| attribute.key.as_ref() == name.as_bytes())?;
        let mut value = String::new();
        raw_html::decode(str::from_utf8(&found.value).ok()?, &mut value);
        Some(meta::tidy(&value)).filter(|value| !value.is_empty())
    }

    /// The elements in it.
    pub(super) fn children(self) -> impl Iterator<Item = Self> {
        let nodes = &self.tree.nodes;
        let mut next = self.at + 1;
        std::iter::from_fn(move || {
            while next < nodes[self.at].end {
                let at = next;
                next = nodes[at].end;
                if matches!(nodes[at].kind, Kind::Element { .. }) {
                    return Some(Self { at, ..self });
                }
            }
            None
        })
    }

    /// The elements in it, in those, and so on, in the order of their starts.
    pub(super) fn descendants(self) -> impl Iterator<Item = Self> {
        let inside = self.at + 1..self.tree.nodes[self.at].end;
        let is_element = |at: &usize| matches!(self.tree.nodes[*at].kind, Kind::Element { .. });
        inside
            .filter(move |at| is_element(at))
            .map(move |at| Self { at, ..self })
    }

    /// The elements in it of this name.
    pub(super) fn all(self, name: &str) -> impl Iterator<Item = Self> {
        self.children().filter(move |child| child.name() == name)
    }

    /// The first element on each step of a path.
    pub(super) fn find(self, path: &[&str]) -> Option<Self> {
        path.iter().try_fold(self, |at, name| at.all(name).next())
    }

    /// All text in it, references resolved, white space as it stands.
    pub(super) fn text(self) -> String {
        self.text_without(|_| false)
    }

    /// The same without what is in some elements.
    pub(super) fn text_without(self, left_out: impl Fn(Self) -> bool) -> String {
        let nodes = &self.tree.nodes;
        let mut text = String::new();
        let mut at = self.at + 1;
        while at < nodes[self.at].end {
            match nodes[at].kind {
                Kind::Element { .. } if left_out(Self { at, ..self }) => {
                    at = nodes[at].end;
                    continue;
                }
                Kind::Element { .. } => {}
                Kind::Text(end) => {
                    let written = &self.tree.source[nodes[at].start..end];
                    raw_html::decode(written, &mut text);
                }
                Kind::Data(data) => text.push_str(data),
            }
            at += 1;
        }
        text
    }

    /// Its text on one line; `None` where there is none.
    pub(super) fn line(self) -> Option<String> {
        Some(meta::tidy(&self.text())).filter(|line| !line.is_empty())
    }

    /// The text on one line of the element at the end of a path.
    pub(super) fn line_of(self, path: &[&str]) -> Option<String> {
        self.find(path)?.line()
    }

    /// What is in it as HTML, its elements shaped as told.
    pub(super) fn html(self, shape: impl Fn(Self) -> Shape) -> String {
        let nodes = &self.tree.nodes;
        let mut html = String::new();
        // The ends that are still to be written, and behind which node.
        let mut ends: Vec<(usize, &str)> = Vec::new();
        let mut at = self.at + 1;
        loop {
            while let Some((_, name)) = ends.pop_if(|(end, _)| *end == at) {
                push(&mut html, &["</", name, ">"]);
            }
            if at >= nodes[self.at].end {
                return html;
            }
            match nodes[at].kind {
                Kind::Element {
                    tag, name: length, ..
                } => {
                    let element = Self { at, ..self };
                    let name = match shape(element) {
                        Shape::Own => element.name(),
                        Shape::As(name) => name,
                        Shape::Inside => "",
                        Shape::Out => {
                            at = nodes[at].end;
                            continue;
                        }
                        Shape::Written(written) => {
                            html.push_str(&written);
                            at = nodes[at].end;
                            continue;
                        }
                    };
                    if !name.is_empty() {
                        push(&mut html, &["<", name, &tag[length..], ">"]);
                        if !VOID.contains(&name) {
                            ends.push((nodes[at].end, name));
                        }
                    }
                }
                Kind::Text(end) => html.push_str(&self.tree.source[nodes[at].start..end]),
                // Agencies put whole texts in HTML here.
                Kind::Data(data) if data.contains("</") => html.push_str(data),
                Kind::Data(data) => html.push_str(&escape(data)),
            }
            at += 1;
        }
    }
}

/// What becomes of an element in HTML.
pub(super) enum Shape {
    /// The element of the same name.
    Own,
    /// One of another name.
    As(&'static str),
    /// What is in it, without an element around it.
    Inside,
    /// Nothing.
    Out,
    /// This piece of HTML.
    Written(String),
}

/// HTML's elements that have no end.
const VOID: &[&str] = &["br", "hr", "img", "col", "wbr", "source"];

fn push(html: &mut String, parts: &[&str]) {
    html.extend(parts.iter().copied());
}
