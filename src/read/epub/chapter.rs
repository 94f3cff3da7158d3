//! A page of a book.

use super::{super::html, package_document::is_left_out};
use crate::text::{BlockKind, Text};
use memchr::{memchr, memmem};

/// A page with the rights is shorter than this; a chapter that names an ISBN is
/// longer.
const LONGEST_RIGHTS: usize = 4000;

/// The longest link that is the mark of a note.
const LONGEST_MARK: usize = 1000;

/// How many headings at the start of a chapter are its headline: "Chapter 3",
/// and what it is called.
const HEADINGS: usize = 2;

pub(super) struct Chapter {
    /// Its name in the archive.
    pub(super) path: String,
    /// What the table of contents calls it.
    pub(super) label: Option<String>,
    pub(super) text: Text,
}

impl Chapter {
    /// `None` for a page that is none of the text, or has none.
    pub(super) fn read(path: &str, page: &str, label: Option<&str>) -> Option<Self> {
        let body = body(page);
        if is_left_out(&kind(body)) {
            return None;
        }
        let text = html::fragment(&without_notes(&opened(inside(body))));
        // Pictures are inside of the file, where no feed can show them.
        let text = text.retain(|at| text.blocks[at].kind != BlockKind::Picture);
        if !text.plain.contains(char::is_alphanumeric) || is_rights(&text.plain) {
            return None;
        }
        Some(Self {
            path: path.to_owned(),
            label: label.map(str::to_owned),
            text,
        })
    }

    /// Its headline, if it begins with one, and the rest.
    pub(super) fn split(&self) -> (Option<String>, Text) {
        let blocks = &self.text.blocks;
        let heading = |at: &usize| matches!(blocks[*at].kind, BlockKind::Heading(_));
        let count = (0..blocks.len().min(HEADINGS)).take_while(heading).count();
        let lines: Vec<&str> = blocks[..count]
            .iter()
            .map(|block| self.text.of(block))
            .collect();
        let headline = (count > 0).then(|| lines.join(": "));
        (headline, self.text.retain(|at| at >= count))
    }
}

/// The page from the start of its body.
fn body(page: &str) -> &str {
    let start = memmem::find(page.as_bytes(), b"<body");
    &page[start.unwrap_or(0)..]
}

/// What the body is said to be, and the sections that it begins with, as long as
/// there can be no other beside them.
fn kind(body: &str) -> String {
    let mut kinds = String::new();
    let mut rest = body;
    for _ in 0..4 {
        let Some((tag, after)) = rest.split_once('>') else {
            break;
        };
        if let Some((_, value)) = tag.split_once("epub:type=") {
            let quote = value.chars().next().unwrap_or('"');
            kinds.extend(value[1.min(value.len())..].split(quote).next());
            kinds.push(' ');
        }
        rest = after.trim_start();
        let section = rest.starts_with("<section") || rest.starts_with("<div");
        if !section || body.len() > LONGEST_RIGHTS {
            break;
        }
    }
    kinds
}

/// What is inside the body.
fn inside(body: &str) -> &str {
    let start = if body.starts_with("<body") {
        body.find('>').map_or(body.len(), |at| at + 1)
    } else {
        0
    };
    let end = body.rfind("</body").filter(|end| *end >= start);
    &body[start..end.unwrap_or(body.len())]
}

/// The page with its empty elements written out. HTML takes `<a id="p1"/>` for
/// a link that begins, and `<script/>` for one that never ends.
fn opened(xhtml: &str) -> String {
    let mut opened = String::with_capacity(xhtml.len() + xhtml.len() / 50);
    let mut rest = xhtml;
    while let Some(at) = rest.find("/>") {
        let (before, after) = rest.split_at(at);
        rest = &after[2..];
        opened.push_str(before);
        let tag = before.rfind('<').map(|start| &before[start + 1..]);
        let tag = tag.filter(|tag| !tag.contains('>') && tag.starts_with(char::is_alphabetic));
        let name = tag.and_then(|tag| tag.split(char::is_whitespace).next());
        match name {
            Some(name) if !VOID.contains(&name) => {
                opened.push_str("></");
                opened.push_str(name);
                opened.push('>');
            }
            _ => opened.push_str("/>"),
        }
    }
    opened.push_str(rest);
    opened
}

/// The page without the marks that lead to notes and back, which would stand in
/// its text as numbers and arrows.
fn without_notes(xhtml: &str) -> String {
    let mut kept = String::with_capacity(xhtml.len());
    let mut rest = xhtml;
    while let Some(at) = rest.find("<a ") {
        let (before, link) = rest.split_at(at);
        kept.push_str(before);
        // Looked for no further than marks reach: a page may hold nothing but
        // links that never end.
        let near = &link.as_bytes()[..link.len().min(LONGEST_MARK)];
        let tag = &near[..memchr(b'>', near).unwrap_or(near.len())];
        let is_mark = ["noteref", "backlink"]
            .iter()
            .any(|kind| memmem::find(tag, kind.as_bytes()).is_some());
        let end = memmem::find(near, b"</a>").filter(|_| is_mark);
        if end.is_none() {
            kept.push_str("<a ");
        }
        rest = &link[end.unwrap_or(3)..];
    }
    kept.push_str(rest);
    kept
}

/// Elements that are empty in HTML, too.
const VOID: &[&str] = &[
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track",
    "wbr",
];

/// Whether a page tells who owns the book, and nothing else.
fn is_rights(text: &str) -> bool {
    let claims = [
        "©",
        "copyright",
        "all rights reserved",
        "alle rechte",
        "tous droits",
    ];
    let lower = text.to_lowercase();
    text.len() < LONGEST_RIGHTS
        && lower.contains("isbn")
        && claims.iter().any(|claim| lower.contains(claim))
}
