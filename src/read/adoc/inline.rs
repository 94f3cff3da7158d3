//! Marks inside of a text.

use crate::{
    read::light::{self, Names, Piece},
    text::MarkKind,
};
use std::borrow::Cow;

/// What begins at this place of a text, if it is more than a letter.
pub(super) fn piece<'t>(names: &Names, text: &'t str, at: usize) -> Option<Piece<'t>> {
    let marked = |mark: &str, kind: MarkKind| {
        let inside = light::between(text, at, mark)?;
        Some(Piece::Marked(
            kind,
            Cow::Borrowed(inside),
            inside.len() + 2 * mark.len(),
        ))
    };
    let empty = |open: &str, close: &str| {
        let (_, length) = light::inside(text, at, open, close)?;
        Some(Piece::Text(Cow::Borrowed(""), length))
    };
    match text.as_bytes()[at] {
        b'*' => unconstrained(text, at, "**", MarkKind::Strong)
            .or_else(|| marked("*", MarkKind::Strong)),
        b'_' => unconstrained(text, at, "__", MarkKind::Emphasis)
            .or_else(|| marked("_", MarkKind::Emphasis)),
        b'`' => {
            let inside = light::between(text, at, "`")?;
            Some(Piece::Verbatim(MarkKind::Code, inside, inside.len() + 2))
        }
        b'"' => curly(text, at, "\"`", "`\"", ('“', '”')),
        b'\'' => curly(text, at, "'`", "`'", ('‘', '’')),
        b'#' => {
            let inside = light::between(text, at, "#")?;
            Some(Piece::Text(Cow::Borrowed(inside), inside.len() + 2))
        }
        b'{' => {
            let (name, length) = light::inside(text, at, "{", "}")?;
            let value = names.get(name)?;
            Some(Piece::Text(Cow::Owned(value.clone()), length))
        }
        b'<' => {
            let (inside, length) = light::inside(text, at, "<<", ">>")?;
            let said = inside
                .split_once(',')
                .map_or(inside, |(_, said)| said.trim());
            Some(Piece::Text(Cow::Borrowed(said), length))
        }
        b'[' => empty("[[", "]]"),
        b'f' => empty("footnote:[", "]"),
        b'i' => {
            let (inside, length) = light::inside(text, at, "image:", "]")?;
            let (address, alt) = inside.split_once('[')?;
            let plain = !address.is_empty() && !address.contains(char::is_whitespace);
            plain.then_some(Piece::Picture(address, Cow::Borrowed(alt), length))
        }
        b'l' | b'x' => {
            let open = if text[at..].starts_with("link:") {
                "link:"
            } else {
                "xref:"
            };
            let (inside, length) = light::inside(text, at, open, "]")?;
            link(inside, length)
        }
        b'h' | b'm' => {
            let address = light::address(text, at)?;
            let rest = &text[at + address.len()..];
            if let Some((_, length)) = light::inside(rest, 0, "[", "]") {
                return link(
                    &text[at..at + address.len() + length - 1],
                    address.len() + length,
                );
            }
            Some(Piece::Verbatim(
                MarkKind::Link(address.to_owned()),
                address,
                address.len(),
            ))
        }
        _ => None,
    }
}

/// `**mid**word`: a mark that may stand inside of a word.
fn unconstrained<'t>(text: &'t str, at: usize, mark: &str, kind: MarkKind) -> Option<Piece<'t>> {
    let (inside, length) = light::inside(text, at, mark, mark)?;
    (!inside.is_empty()).then_some(Piece::Marked(kind, Cow::Borrowed(inside), length))
}

/// Quotation marks are written as straight ones with a backtick.
fn curly<'t>(
    text: &'t str,
    at: usize,
    open: &str,
    close: &str,
    marks: (char, char),
) -> Option<Piece<'t>> {
    let (inside, length) = light::inside(text, at, open, close)?;
    Some(Piece::Text(
        Cow::Owned(format!("{}{inside}{}", marks.0, marks.1)),
        length,
    ))
}

fn link(inside: &str, length: usize) -> Option<Piece<'_>> {
    let (address, said) = inside.split_once('[')?;
    // "text^" opens in a window of its own, "text,role=..." has a style.
    let said = said
        .split(",role=")
        .next()
        .unwrap_or(said)
        .trim_end_matches('^');
    let said = Cow::Borrowed(if said.is_empty() { address } else { said });
    let web = ["http://", "https://", "mailto:"]
        .iter()
        .any(|start| address.starts_with(start));
    Some(if web {
        Piece::Marked(MarkKind::Link(address.to_owned()), said, length)
    } else {
        Piece::Text(said, length)
    })
}
