//! What the HTML of a mail holds for programs only: the preview that lists of
//! mails show, with its padding, and pictures that count readers.

use memchr::memchr;

/// How far the end of a hidden element is looked for. Previews are a sentence
/// with some hundred times `&#847;&zwnj;&nbsp;` behind it.
const LONGEST: usize = 20_000;

/// The longest tag that is looked at; those of mails hold long addresses.
const LONGEST_TAG: usize = 4000;

/// How many hidden elements are looked for in a mail, and how many angle
/// brackets that begin no tag.
const MOST: usize = 500;

/// How much of a page's start is searched for its language.
const HEAD: usize = 4096;

/// A mail's HTML without what it hides.
pub(super) fn without(html: &str) -> String {
    let mut kept = String::with_capacity(html.len());
    let mut rest = html;
    let (mut found, mut broken) = (0, 0);
    while let Some(at) = memchr(b'<', rest.as_bytes()) {
        let from = &rest[at..];
        if from.starts_with("<!--") {
            let Some(end) = from.find("-->") else { break };
            kept.push_str(&rest[..at]);
            rest = &from[end + 3..];
            continue;
        }
        let Some(tag) = tag(from) else {
            broken += 1;
            if broken == MOST {
                break;
            }
            kept.push_str(&rest[..=at]);
            rest = &rest[at + 1..];
            continue;
        };
        kept.push_str(&rest[..at]);
        rest = &from[tag.len()..];
        let name = name(tag);
        if name == "img" && is_pixel(tag) {
            continue;
        }
        let whole = matches!(name.as_str(), "" | "html" | "body");
        if !whole && found < MOST && is_hidden(tag) {
            found += 1;
            if let Some(after) = after_element(rest, &name) {
                rest = after;
                continue;
            }
        }
        kept.push_str(tag);
    }
    kept.push_str(rest);
    kept
}

/// The language that a page states in its first tag.
pub(super) fn language(html: &str) -> Option<String> {
    let head = html.as_bytes();
    let head = &head[..head.len().min(HEAD)];
    let places = memchr::memchr_iter(b'<', head);
    let tags = places.filter_map(|at| tag(html.get(at..)?));
    let root = tags.into_iter().find(|tag| name(tag) == "html")?;
    attribute(root, "lang").or_else(|| attribute(root, "xml:lang"))
}

/// The tag that a text begins with, from `<` to `>`.
fn tag(text: &str) -> Option<&str> {
    let bytes = &text.as_bytes()[..text.len().min(LONGEST_TAG)];
    let first = bytes.get(1)?;
    if !first.is_ascii_alphabetic() && *first != b'/' {
        return None;
    }
    let mut quote = None;
    for (at, byte) in bytes.iter().enumerate() {
        match (quote, byte) {
            (Some(open), byte) if open == *byte => quote = None,
            (None, b'"' | b'\'') => quote = Some(*byte),
            (None, b'>') => return Some(&text[..=at]),
            _ => {}
        }
    }
    None
}

/// The name of the element that a tag begins, in lower case; empty for one that
/// ends it.
fn name(tag: &str) -> String {
    let name = tag[1..].split(|c: char| !c.is_ascii_alphanumeric()).next();
    name.unwrap_or_default().to_ascii_lowercase()
}

/// An attribute's value.
fn attribute(tag: &str, name: &str) -> Option<String> {
    let lower = tag.to_ascii_lowercase();
    let mut places = lower.match_indices(name).map(|(at, _)| at);
    places.find_map(|at| {
        let whole = lower
            .as_bytes()
            .get(at.checked_sub(1)?)?
            .is_ascii_whitespace();
        let value = tag[at + name.len()..].trim_start().strip_prefix('=')?;
        let value = value.trim_start();
        let value = match value.chars().next()? {
            quote @ ('"' | '\'') => value[1..].split(quote).next()?,
            _ => value.split([' ', '>', '\n', '\t']).next()?,
        };
        (whole && !value.trim().is_empty()).then(|| value.trim().to_owned())
    })
}

fn is_hidden(tag: &str) -> bool {
    let style = attribute(tag, "style").unwrap_or_default();
    let style: String = style
        .to_ascii_lowercase()
        .chars()
        .filter(|c| !c.is_whitespace())
        .collect();
    let declared = |value: &str| {
        let mut declarations = style.split(';');
        declarations.any(|one| one == value || one.strip_suffix("!important") == Some(value))
    };
    declared("display:none") || declared("visibility:hidden") || declared("mso-hide:all")
}

/// A picture of one dot tells its sender that the mail was opened.
fn is_pixel(tag: &str) -> bool {
    let dot = |name| {
        let size = attribute(tag, name);
        matches!(size.as_deref(), Some("0" | "1" | "0px" | "1px"))
    };
    dot("width") && dot("height")
}

/// What follows the end of an element, whose start tag was before `text`.
fn after_element<'t>(text: &'t str, element: &str) -> Option<&'t str> {
    if ["img", "br", "hr", "input", "meta", "link", "wbr", "col"].contains(&element) {
        return Some(text);
    }
    let (mut depth, mut at) = (1usize, 0);
    while at < LONGEST {
        let place = at + memchr(b'<', text.as_bytes().get(at..)?)?;
        let tag = tag(&text[place..])?;
        let closing = tag.starts_with("</");
        let same = if closing {
            name(&tag[1..]) == element
        } else {
            name(tag) == element && !tag.ends_with("/>")
        };
        at = place + tag.len();
        match (same, closing) {
            (true, true) => depth -= 1,
            (true, false) => depth += 1,
            (false, _) => {}
        }
        if depth == 0 {
            return Some(&text[at..]);
        }
    }
    None
}
