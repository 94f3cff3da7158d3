//! A block's text with its marks, as HTML.
//!
//! Marks may nest and overlap, and HTML elements may only nest. So each kind
//! of element is open at most once, and one that is closed while others are
//! open inside it closes these too and opens them again.

use super::{address, body::push_escaped};
use crate::text::{Block, BlockKind, Mark, MarkKind};
use std::ops::Range;

/// A mark that is shown, and where it ends.
struct Open {
    element: Element,
    end: usize,
}

#[derive(Clone, PartialEq)]
enum Element {
    Plain(&'static str),
    Link(String),
}

/// Appends the text of a block with its marks. Links are relative to `base`.
pub(super) fn push_marked(out: &mut String, plain: &str, block: &Block, base: Option<&str>) {
    let Range { start: mut at, end } = block.span.range();
    let mut marks: Vec<&Mark> = block.marks.iter().collect();
    marks.sort_by_key(|mark| mark.span.start);

    let mut open: Vec<Open> = Vec::new();
    for mark in marks {
        let Some(shown) = shown(mark, plain, block, base) else {
            continue;
        };
        let start = mark.span.range().start;
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
                element: Element::Link(_),
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
        }
        for mark in inner.into_iter().filter(|mark| mark.end > end) {
            mark.push_start(out);
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
    Some(Open { element, end })
}

impl Open {
    fn is_like(&self, other: &Open) -> bool {
        match (&self.element, &other.element) {
            (Element::Link(_), Element::Link(_)) => true,
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
        }
    }

    fn push_end(&self, out: &mut String) {
        let name = match &self.element {
            Element::Plain(name) => name,
            Element::Link(_) => "a",
        };
        out.push_str("</");
        out.push_str(name);
        out.push('>');
    }
}
