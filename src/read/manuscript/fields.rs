//! Fields: instructions to the office program, and what they gave.

use crate::read::charset::is_forbidden;
use std::rc::Rc;

/// What is done with a field's result.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(in super::super) enum Field {
    /// It is text.
    #[default]
    Text,
    /// It is text that leads somewhere.
    Link(Rc<str>),
    /// It is a page number, a table of contents: nothing that was written.
    LeftOut,
}

/// What an instruction asks for, such as `HYPERLINK "https://example.org"`.
pub(in super::super) fn field(instruction: &str) -> Field {
    let mut words = instruction.split_whitespace();
    let name = words.next().unwrap_or_default().to_ascii_uppercase();
    match name.as_str() {
        "HYPERLINK" => {
            let rest = instruction.trim_start().get(name.len()..);
            let address = rest.and_then(argument).and_then(|address| link(&address));
            address.map_or(Field::Text, Field::Link)
        }
        "PAGE" | "NUMPAGES" | "SECTIONPAGES" | "SECTION" | "TOC" | "TOA" | "INDEX" | "XE"
        | "TC" | "TA" | "RD" | "PRINT" => Field::LeftOut,
        _ => Field::Text,
    }
}

/// The first argument, if no switch stands before it: `\l "place"` leads to a
/// place in the document itself.
fn argument(rest: &str) -> Option<String> {
    let rest = rest.trim_start();
    if rest.starts_with('\\') {
        return None;
    }
    let address = match rest.strip_prefix('"') {
        Some(quoted) => quoted.split('"').next(),
        None => rest.split_whitespace().next(),
    };
    // Word doubles backslashes.
    address.map(|address| address.replace("\\\\", "\\"))
}

/// An address that is of use to a reader elsewhere: no place in the document,
/// no file of its author.
pub(in super::super) fn link(address: &str) -> Option<Rc<str>> {
    let address = address.trim().replace(is_forbidden, "");
    let scheme = address.split(':').next().unwrap_or_default();
    let known = ["http", "https", "mailto", "ftp"];
    let known = known.iter().any(|known| scheme.eq_ignore_ascii_case(known));
    known.then(|| address.into())
}
