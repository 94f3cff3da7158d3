//! Texts of which nobody says whether they are HTML.

use crate::{
    read::{blocks::Builder, html, meta, plain},
    text::{BlockKind, Text},
};

/// A text that may be plain or HTML.
pub(in crate::read) fn text(source: &str) -> Text {
    if is_marked(source) {
        html::fragment(source)
    } else {
        plain::blocks(source)
    }
}

/// A text that should be HTML, and may be plain: line ends say nothing.
pub(in crate::read) fn markup(source: &str) -> Text {
    if is_marked(source) {
        html::fragment(source)
    } else {
        lines(source)
    }
}

/// A text without markup in which blank lines part paragraphs, and line ends
/// say nothing.
pub(in crate::read) fn lines(source: &str) -> Text {
    let mut builder = Builder::with_capacity(source.len());
    for line in source.lines() {
        if line.trim().is_empty() {
            builder.close();
            continue;
        }
        if !builder.is_open() {
            builder.open(BlockKind::Paragraph);
        }
        builder.write(line);
        builder.write("\n");
    }
    builder.finish()
}

/// HTML as WordPress keeps it: blank lines part paragraphs that have no tags.
pub(in crate::read) fn tagged(source: &str) -> Text {
    if source.contains("<p>") || source.contains("<p ") {
        return markup(source);
    }
    let mut html = String::with_capacity(source.len());
    for part in source.replace('\r', "").split("\n\n").map(str::trim) {
        // Pictures with what is written below them.
        if part.starts_with("[caption") {
            continue;
        }
        let name = part.strip_prefix('<').unwrap_or_default();
        let block = BLOCKS.iter().any(|block| name.starts_with(block));
        let (start, end) = if block { ("", "") } else { ("<p>", "</p>") };
        html.extend([start, part, end]);
    }
    html::fragment(&html)
}

/// How the names of HTML's blocks begin that are no paragraphs.
#[rustfmt::skip]
const BLOCKS: &[&str] = &[
    "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "dl", "li", "/", "table", "blockquote", "div",
    "figure", "pre", "!--", "hr", "section",
];

/// Whether there are tags or character references of HTML in a text.
fn is_marked(source: &str) -> bool {
    let tag = |at: usize| {
        let next = source[at + 1..].chars().next();
        next.is_some_and(|c| c.is_ascii_alphabetic() || matches!(c, '/' | '!'))
    };
    let reference = |at: usize| {
        let name = source.as_bytes()[at + 1..].iter().take(LONGEST_REFERENCE);
        let name = name.take_while(|byte| byte.is_ascii_alphanumeric() || **byte == b'#');
        let length = name.count();
        length > 1 && source.as_bytes().get(at + 1 + length) == Some(&b';')
    };
    let mut tags = source.match_indices('<');
    let mut references = source.match_indices('&');
    tags.any(|(at, _)| tag(at)) || references.any(|(at, _)| reference(at))
}

/// The longest name of a character that is common.
const LONGEST_REFERENCE: usize = 10;

/// A line that may be plain or HTML.
pub(in crate::read) fn line(source: &str) -> Option<String> {
    let line = if source.contains(['<', '&']) {
        meta::tidy(&text(source).plain)
    } else {
        meta::tidy(source)
    };
    Some(line).filter(|line| !line.is_empty())
}

/// A text without the line that WordPress puts below each in its feeds.
pub(in crate::read) fn without_reference(text: Text) -> Text {
    let last = text.blocks.last().map(|block| text.of(block));
    let refers = last
        .is_some_and(|line| line.starts_with("The post ") && line.contains(" appeared first on "));
    if refers && text.blocks.len() > 1 {
        text.retain(|at| at + 1 < text.blocks.len())
    } else {
        text
    }
}
