//! One walk over a page, which gathers everything that may tell of its article.

use super::{
    hints::{Beside, Hints, Role},
    page::{Aside, Mark, Page},
};
use crate::read::{json_ld, meta::tidy};
use dom_query::{Document, Element, NodeData, NodeRef};

/// The most of a text that is looked at, in bytes: a byline or a date is
/// shorter, and so is a headline.
const LONGEST: usize = 400;

/// The most nodes that are looked at for the text of one element.
const MOST_NODES: usize = 60;

/// The longest line that may be a byline or a date, in bytes.
const LONGEST_LINE: usize = 160;

/// The shortest line that can be known for the headline, in bytes.
const SHORTEST_TITLE: usize = 16;

/// The longest value of a `<meta>` that is kept, in bytes; lists of keywords
/// are the longest that are of use.
const LONGEST_VALUE: usize = 4_000;

/// The most scripts, and the longest, that are read as JSON-LD.
const MOST_SCRIPTS: usize = 64;
const LONGEST_SCRIPT: usize = 2_000_000;

/// The most marks of a kind that are kept; only a page that nobody would read
/// has more.
const MOST_MARKS: usize = 4_000;

/// Gathers what a page has to tell.
pub(super) fn gather(doc: &Document) -> Page {
    let mut walk = Walk::default();
    let root = doc.root();
    let mut node = root;
    loop {
        if walk.enter(&node) {
            if let Some(child) = node.first_child() {
                node = child;
                continue;
            }
            walk.leave();
        }
        loop {
            if node.id == root.id {
                return walk.end();
            }
            if let Some(next) = node.next_sibling() {
                node = next;
                break;
            }
            let Some(parent) = node.parent() else {
                return walk.end();
            };
            node = parent;
            walk.leave();
        }
    }
}

/// An element that is open.
#[derive(Default, Clone, Copy)]
struct Frame {
    /// The innermost part of the page around it that may not be the article.
    aside: Option<usize>,
    /// The same, where it is this element.
    ends: Option<usize>,
    /// Whether an author is described here.
    author: bool,
    /// Whether something else than the article is described here.
    other: bool,
    block: bool,
}

#[derive(Default)]
struct Walk {
    page: Page,
    open: Vec<Frame>,
    offset: usize,
    line: String,
    /// Whether the line is too long to be of use.
    long: bool,
    line_offset: usize,
    /// The line before, if it opened a byline and did no more.
    opening: Option<String>,
}

impl Walk {
    fn frame(&self) -> Frame {
        self.open.last().copied().unwrap_or_default()
    }

    /// Takes a node, and tells whether what is inside is to be looked at.
    fn enter(&mut self, node: &NodeRef) -> bool {
        let frame = self.frame();
        let next = node.query(|inner| match &inner.data {
            NodeData::Element(element) => self.element(node, element, frame),
            NodeData::Text { contents } => {
                self.text(contents);
                None
            }
            NodeData::Document | NodeData::Fragment => Some(frame),
            _ => None,
        });
        match next.flatten() {
            Some(frame) => {
                self.open.push(frame);
                true
            }
            None => false,
        }
    }

    fn leave(&mut self) {
        let frame = self.frame();
        if frame.block {
            self.end_line();
        }
        if let Some(aside) = frame.ends.and_then(|at| self.page.asides.get_mut(at)) {
            aside.end = self.offset;
        }
        self.open.pop();
    }

    fn end(mut self) -> Page {
        self.end_line();
        self.page.length = self.offset;
        self.page
    }

    fn text(&mut self, text: &str) {
        let trimmed = text.trim();
        if trimmed.is_empty() {
            return;
        }
        if self.line.is_empty() {
            self.line_offset = self.offset;
        }
        self.offset += trimmed.len();
        if self.line.len() + trimmed.len() > LONGEST_LINE {
            self.long = true;
        } else {
            if !self.line.is_empty() {
                self.line.push(' ');
            }
            self.line.push_str(trimmed);
        }
    }

    fn end_line(&mut self) {
        let mut line = std::mem::take(&mut self.line);
        if std::mem::take(&mut self.long) || line.is_empty() || self.page.lines.len() == MOST_MARKS
        {
            return;
        }
        // "Written by" may stand above the name.
        let mut opens = super::byline::opens(&line);
        if opens && super::byline::is_opening(&line) {
            self.opening = Some(line);
            return;
        }
        if let Some(opening) = self.opening.take() {
            line = format!("{opening} {line}");
            opens = super::byline::opens(&line);
        }
        let role = if opens {
            Role::Byline
        } else if self.is_title(&line) {
            Role::Subheading
        } else if super::date::may_be(&line) {
            Role::Dated
        } else {
            return;
        };
        let aside = self.frame().aside;
        let marks = if role == Role::Subheading {
            &mut self.page.headings
        } else {
            &mut self.page.lines
        };
        marks.push(Mark {
            role,
            text: tidy(&line),
            value: None,
            offset: self.line_offset,
            aside,
        });
    }

    /// Whether a line says what the page is called; not every headline is in a
    /// heading.
    fn is_title(&self, line: &str) -> bool {
        let said = tidy(line);
        let names = ["og:title", "twitter:title"];
        let stated = self.page.values(&names).chain(self.page.title.as_deref());
        let long = said.len() >= SHORTEST_TITLE;
        long && stated.take(4).any(|title| title.contains(&said))
    }

    /// Takes an element; what is given back is in force inside of it.
    fn element(&mut self, node: &NodeRef, element: &Element, around: Frame) -> Option<Frame> {
        let attr = |name: &str| {
            let mut attrs = element.attrs.iter();
            let attr = attrs.find(|attr| &*attr.name.local == name)?;
            Some(attr.value.as_ref()).filter(|value: &&str| !value.trim().is_empty())
        };
        let name = &*element.name.local;
        match name {
            "style" | "noscript" | "template" | "svg" | "iframe" | "select" | "textarea" => {
                return None;
            }
            "script" => {
                self.script(node, attr("type"));
                return None;
            }
            "html" => self.page.language = attr("lang").or_else(|| attr("xml:lang")).map(tidy),
            "title" if self.page.title.is_none() => {
                self.page.title = json_ld::clean(&text_of(node));
                return None;
            }
            "link" => {
                let rel = attr("rel").unwrap_or_default();
                let canonical = rel.split_whitespace().any(|word| word == "canonical");
                if canonical && self.page.canonical.is_none() {
                    self.page.canonical = attr("href").map(tidy);
                }
            }
            "meta" => {
                let names = ["name", "property", "itemprop", "http-equiv"];
                let named = names.iter().filter_map(|name| attr(name));
                let value =
                    attr("content").and_then(|value| json_ld::clean(upto(value, LONGEST_VALUE)));
                if let Some(value) = value {
                    // What is told of somebody, or in a comment, is not told
                    // of the article.
                    let inside = around.author || around.other;
                    let names = named.filter(|_| !inside).flat_map(str::split_whitespace);
                    for name in names {
                        let name = name.to_ascii_lowercase();
                        self.page.metas.push((name, value.clone()));
                    }
                }
            }
            _ => {}
        }
        Some(self.body_element(node, element, around))
    }

    fn body_element(&mut self, node: &NodeRef, element: &Element, around: Frame) -> Frame {
        let hints = Hints::of(element, around.author);
        let mut frame = around;
        frame.block = !hints.inline;
        if frame.block {
            self.end_line();
        }
        frame.ends = None;
        if let Some(how) = hints.aside {
            frame.other |= how == Beside::Surely;
            frame.ends = Some(self.page.asides.len());
            frame.aside = frame.ends;
            self.page.asides.push(Aside {
                around: around.aside,
                how,
                start: self.offset,
                end: usize::MAX,
            });
        }
        frame.author |= hints.author;
        if let Some(role) = hints.role {
            let value = hints.value.map(|value| tidy(upto(value, LONGEST)));
            let mark = Mark {
                role,
                text: text_of(node),
                value,
                offset: self.offset,
                aside: frame.aside,
            };
            if !mark.text.is_empty() || mark.value.is_some() {
                let heading = matches!(role, Role::Headline | Role::Heading | Role::Subheading);
                let marks = if heading {
                    &mut self.page.headings
                } else {
                    &mut self.page.marks
                };
                if marks.len() < MOST_MARKS {
                    marks.push(mark);
                }
            }
        }
        frame
    }

    fn script(&mut self, node: &NodeRef, kind: Option<&str>) {
        let json = kind.is_some_and(|kind| kind.to_ascii_lowercase().contains("ld+json"));
        if json && self.page.json_ld.len() < MOST_SCRIPTS {
            let text = node.text();
            if text.len() <= LONGEST_SCRIPT {
                self.page.json_ld.extend(json_ld::parse(&text));
            }
        }
    }
}

/// The start of a text, cut between characters.
fn upto(text: &str, length: usize) -> &str {
    &text[..text.floor_char_boundary(length)]
}

/// The text of an element, a line for each block in it.
fn text_of(node: &NodeRef) -> String {
    let mut text = String::new();
    let mut at = node.first_child();
    let mut seen = 0;
    while let Some(inner) = at {
        seen += 1;
        if seen > MOST_NODES || text.len() > LONGEST {
            break;
        }
        let descend = inner.query_or(false, |inner| match &inner.data {
            NodeData::Text { contents } => {
                text.push_str(upto(contents, LONGEST));
                false
            }
            NodeData::Element(element) => {
                let inline = Hints::is_inline(element);
                text.push(if inline { ' ' } else { '\n' });
                !matches!(
                    &*element.name.local,
                    "script" | "style" | "noscript" | "svg" | "button" | "template"
                )
            }
            _ => false,
        });
        at = inner.first_child().filter(|_| descend).or_else(|| {
            let mut up = inner;
            loop {
                if let Some(next) = up.next_sibling() {
                    return Some(next);
                }
                up = up.parent().filter(|parent| parent.id != node.id)?;
                text.push(' ');
            }
        });
    }
    let lines: Vec<String> = text.lines().map(tidy).filter(|l| !l.is_empty()).collect();
    lines.join("\n")
}
