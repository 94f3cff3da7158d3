//! A block's text with its marks, as HTML.
//!
//! Marks may nest and overlap, and HTML elements may only nest. So each kind
//! of element is open at most once, and one that is closed while others are
//! open inside it closes these too and opens them again.

use super::{address, body::push_escaped};
use crate::text::{Block, BlockKind, Mark, MarkKind};
use std::ops::Range;

/// A stretch of a block that somebody is quoted with, as HTML.
#[derive(Debug, Clone)]
pub(super) struct Said {
    /// Where it stands in the text.
    pub(super) at: Range<usize>,
    /// The start of its element, with what tells it from others.
    pub(super) start: String,
    /// What comes after its end: who said it.
    pub(super) after: String,
}

/// How a quotation goes on after a border that it runs across.
const SAID_ON: &str = "<q class=\"said\">";

/// A mark that is shown, and where it ends.
struct Open {
    element: Element,
    end: usize,
    /// What comes after its end.
    after: String,
}

#[derive(Clone, PartialEq)]
enum Element {
    Plain(&'static str),
    Link(String),
    /// With what it starts with, which is told the first time only.
    Said(String),
}

/// Appends the text of a block with its marks, and with what of it was said by
/// somebody. Links are relative to `base`.
pub(super) fn push_marked(
    out: &mut String,
    plain: &str,
    block: &Block,
    base: Option<&str>,
    said: &[Said],
) {
    let Range { start: mut at, end } = block.span.range();
    let said = said.iter().filter_map(|said| said.shown(plain, block));
    let marks = block.marks.iter();
    let marks =
        marks.filter_map(|mark| Some((mark.span.range().start, shown(mark, plain, block, base)?)));
    let mut marks: Vec<(usize, Open)> = said.chain(marks).collect();
    marks.sort_by_key(|(start, _)| *start);

    let mut open: Vec<Open> = Vec::new();
    for (start, shown) in marks {
        close_until(start, &mut at, &mut open, plain, out);
        push(out, plain, at..start);
        at = start;
        match open.iter_mut().find(|other| other.is_like(&shown)) {
            None => {
                shown.push_start(out);
                open.push(shown);
            }
            // A link cannot be in a link; the outer one stays.
            Some(Open {
                element: Element::Link(_) | Element::Said(_),
                ..
            }) => {}
            Some(outer) => outer.end = outer.end.max(shown.end),
        }
    }
    close_until(end, &mut at, &mut open, plain, out);
    push(out, plain, at..end);
}

/// Writes on up to `until`, closing the elements that end before or there.
fn close_until(until: usize, at: &mut usize, open: &mut Vec<Open>, plain: &str, out: &mut String) {
    while let Some(end) = open
        .iter()
        .map(|mark| mark.end)
        .min()
        .filter(|end| *end <= until)
    {
        push(out, plain, *at..end);
        *at = end;
        let outermost = open.iter().position(|mark| mark.end == end);
        let from = outermost.expect("the end is that of an open mark");
        let inner = open.split_off(from);
        for mark in inner.iter().rev() {
            mark.push_end(out);
            if mark.end <= end {
                out.push_str(&mark.after);
            }
        }
        for mark in inner.into_iter().filter(|mark| mark.end > end) {
            mark.push_start_again(out);
            open.push(mark);
        }
    }
}

fn push(out: &mut String, plain: &str, range: Range<usize>) {
    push_escaped(out, plain.get(range).unwrap_or_default());
}

/// The element for a mark; `None` when a feed does not show it.
fn shown(mark: &Mark, plain: &str, block: &Block, base: Option<&str>) -> Option<Open> {
    let Range { start, end } = mark.span.range();
    let whole = plain.is_char_boundary(start) && plain.is_char_boundary(end);
    if !whole || start >= end || !block.span.contains(mark.span) {
        return None;
    }
    let element = match &mark.kind {
        MarkKind::Emphasis => Element::Plain("em"),
        MarkKind::Strong => Element::Plain("strong"),
        // All of a code block is code already.
        MarkKind::Code if block.kind == BlockKind::Code => return None,
        MarkKind::Code => Element::Plain("code"),
        MarkKind::Link(to) => Element::Link(address::link(&address::resolved(base, to))?),
        // A picture is a block of its own, and a table shows its own header.
        MarkKind::Picture { .. } | MarkKind::Header => return None,
    };
    Some(Open {
        element,
        end,
        after: String::new(),
    })
}

impl Said {
    fn shown(&self, plain: &str, block: &Block) -> Option<(usize, Open)> {
        let Range { start, end } = self.at;
        let block = block.span.range();
        let inside = block.start <= start && start < end && end <= block.end;
        let whole = plain.is_char_boundary(start) && plain.is_char_boundary(end);
        let open = || Open {
            element: Element::Said(self.start.clone()),
            end,
            after: self.after.clone(),
        };
        (inside && whole).then(|| (start, open()))
    }
}

impl Open {
    fn is_like(&self, other: &Open) -> bool {
        match (&self.element, &other.element) {
            (Element::Link(_), Element::Link(_)) | (Element::Said(_), Element::Said(_)) => true,
            (one, other) => one == other,
        }
    }

    fn push_start(&self, out: &mut String) {
        match &self.element {
            Element::Plain(name) => {
                out.push('<');
                out.push_str(name);
                out.push('>');
            }
            Element::Link(to) => {
                // Addresses hold no quotation marks: `address` encodes them.
                out.push_str("<a href=\"");
                push_escaped(out, to);
                out.push_str("\">");
            }
            Element::Said(start) => out.push_str(start),
        }
    }

    /// The same where it goes on: what names it stands there once.
    fn push_start_again(&self, out: &mut String) {
        match &self.element {
            Element::Said(_) => out.push_str(SAID_ON),
            _ => self.push_start(out),
        }
    }

    fn push_end(&self, out: &mut String) {
        let name = match &self.element {
            Element::Plain(name) => name,
            Element::Link(_) => "a",
            Element::Said(_) => "q",
        };
        out.push_str("</");
        out.push_str(name);
        out.push('>');
    }
}
