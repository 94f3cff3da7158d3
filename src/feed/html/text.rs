//! Text in HTML: how it is escaped, and which language it is in.

use crate::feed::{
    body::{push_escaped, push_value},
    language::is_right_to_left,
};

/// Appends ` name="value"`.
pub(super) fn push_attribute(out: &mut String, name: &str, value: &str) {
    out.push(' ');
    out.push_str(name);
    out.push_str("=\"");
    push_value(out, value);
    out.push('"');
}

/// Appends an element with text in it. `start` is its name and attributes.
pub(super) fn push_element(out: &mut String, start: &str, text: &str) {
    let name = start.split(' ').next().unwrap_or_default();
    push_all(out, &["<", start, ">"]);
    push_escaped(out, text);
    push_all(out, &["</", name, ">"]);
}

/// Appends markup.
pub(super) fn push_all(out: &mut String, markup: &[&str]) {
    for part in markup {
        out.push_str(part);
    }
}

/// Appends the attributes for text in a language.
pub(super) fn push_language(out: &mut String, language: Option<&str>) {
    if let Some(tag) = language {
        push_attribute(out, "lang", tag);
    }
    push_attribute(out, "dir", direction(language));
}

/// Which way text in a language runs. Where that is not known, its first
/// letters tell.
pub(super) fn direction(language: Option<&str>) -> &'static str {
    match language {
        Some(tag) if is_right_to_left(tag) => "rtl",
        Some(_) => "ltr",
        None => "auto",
    }
}

/// The attributes for words of the interface, which are English, among text in
/// a language.
pub(super) fn own_words(language: Option<&str>) -> &'static str {
    let primary = |tag: &str| tag.split('-').next().map(str::to_ascii_lowercase);
    if language.and_then(primary).as_deref() == Some("en") {
        ""
    } else {
        " lang=\"en\" dir=\"ltr\""
    }
}
