//! Single pieces of XML, judged as strictly as XML asks: a start tag, a
//! reference, the declaration.

use super::{
    report::Report,
    rules::xml as rules,
    source::{code_point, is_allowed},
};
use std::collections::BTreeSet;

pub(super) struct Tag<'a> {
    pub(super) prefix: &'a str,
    pub(super) name: &'a str,
    pub(super) attributes: Vec<Written<'a>>,
}

/// An attribute as it is written.
pub(super) struct Written<'a> {
    pub(super) prefix: &'a str,
    pub(super) name: &'a str,
    pub(super) at: usize,
    pub(super) value: &'a str,
    pub(super) value_at: usize,
}

pub(super) enum Reference<'a> {
    Character(char),
    Entity(&'a str),
    Broken,
}

/// A start tag, given with its angle brackets.
pub(super) fn tag<'a>(written: &'a str, at: usize, report: &mut Report) -> Tag<'a> {
    let inner = written.trim_start_matches('<').trim_end_matches('>');
    let inner = inner.strip_suffix('/').unwrap_or(inner);
    let end = inner.find(is_space).unwrap_or(inner.len());
    let (prefix, name) = split_name(&inner[..end], at, report);
    let mut attributes: Vec<Written> = Vec::new();
    let mut seen = BTreeSet::new();
    let mut rest = &inner[end..];
    loop {
        let trimmed = rest.trim_start_matches(is_space);
        let here = at + 1 + (inner.len() - trimmed.len());
        if trimmed.is_empty() {
            break;
        }
        if trimmed.len() == rest.len() {
            report.add(&rules::MALFORMED, here, "no space between attributes");
        }
        let Some((key, value, after)) = attribute(trimmed) else {
            report.add(
                &rules::MALFORMED,
                here,
                "an attribute without a value in quotation marks",
            );
            break;
        };
        if !seen.insert(key) {
            report.add(&rules::DOUBLED_ATTRIBUTE, here, key);
        }
        if let Some(place) = value.find('<') {
            let value_at = here + (value.as_ptr() as usize - trimmed.as_ptr() as usize);
            report.add(&rules::MALFORMED, value_at + place, "`<` in an attribute");
        }
        let (prefix, name) = split_name(key, here, report);
        attributes.push(Written {
            prefix,
            name,
            at: here,
            value,
            value_at: here + (value.as_ptr() as usize - trimmed.as_ptr() as usize),
        });
        rest = after;
    }
    Tag {
        prefix,
        name,
        attributes,
    }
}

/// The first attribute's name and value, and what follows it.
fn attribute(text: &str) -> Option<(&str, &str, &str)> {
    let (key, rest) = text.split_once('=')?;
    let key = key.trim_end_matches(is_space);
    let rest = rest.trim_start_matches(is_space);
    let quote = rest.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    let (value, after) = rest[1..].split_once(quote)?;
    Some((key, value, after))
}

fn split_name<'a>(name: &'a str, at: usize, report: &mut Report) -> (&'a str, &'a str) {
    let (prefix, local) = name.split_once(':').unwrap_or(("", name));
    let is_prefixed = name.contains(':');
    if !is_name(local) || (is_prefixed && !is_name(prefix)) {
        report.add(&rules::MALFORMED, at, &format!("`{name}` is no name"));
    }
    (prefix, local)
}

/// Whether XML allows this as a name without a prefix.
fn is_name(name: &str) -> bool {
    let starts = |c: char| {
        matches!(c,
            'A'..='Z' | '_' | 'a'..='z' | '\u{c0}'..='\u{d6}' | '\u{d8}'..='\u{f6}'
            | '\u{f8}'..='\u{2ff}' | '\u{370}'..='\u{37d}' | '\u{37f}'..='\u{1fff}'
            | '\u{200c}'..='\u{200d}' | '\u{2070}'..='\u{218f}' | '\u{2c00}'..='\u{2fef}'
            | '\u{3001}'..='\u{d7ff}' | '\u{f900}'..='\u{fdcf}' | '\u{fdf0}'..='\u{fffd}'
            | '\u{10000}'..='\u{effff}')
    };
    let follows = |c: char| {
        starts(c)
            || matches!(c, '-' | '.' | '0'..='9' | '\u{b7}' | '\u{300}'..='\u{36f}'
                | '\u{203f}'..='\u{2040}')
    };
    name.starts_with(starts) && name.chars().all(follows)
}

fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\n' | '\r')
}

/// What a reference, given with its `&` and `;`, means.
pub(super) fn reference<'a>(written: &'a str, at: usize, report: &mut Report) -> Reference<'a> {
    let inner = written.trim_start_matches('&').trim_end_matches(';');
    let Some(number) = inner.strip_prefix('#') else {
        if is_name(inner) {
            return Reference::Entity(inner);
        }
        report.add(&rules::REFERENCE, at, written);
        return Reference::Broken;
    };
    let (digits, radix) = match number.strip_prefix('x') {
        Some(digits) => (digits, 16),
        None => (number, 10),
    };
    let is_number = !digits.is_empty() && digits.chars().all(|c| c.is_digit(radix));
    if !is_number {
        report.add(&rules::REFERENCE, at, written);
        return Reference::Broken;
    }
    let value = u32::from_str_radix(digits, radix).ok();
    match value.and_then(char::from_u32) {
        Some(c) if is_allowed(c) => Reference::Character(c),
        Some(c) => {
            let detail = format!("{written} is {}", code_point(c));
            report.add(&rules::FORBIDDEN_CHARACTER, at, &detail);
            Reference::Broken
        }
        None => {
            report.add(&rules::FORBIDDEN_CHARACTER, at, written);
            Reference::Broken
        }
    }
}

/// A processing instruction, with its `<?` and `?>`.
pub(super) fn check_instruction(written: &str, at: usize, report: &mut Report) {
    let inner = written.trim_start_matches("<?").trim_end_matches("?>");
    let target = inner.split(is_space).next().unwrap_or_default();
    if !is_name(target) {
        report.add(&rules::MALFORMED, at, "an instruction without a name");
    } else if target.eq_ignore_ascii_case("xml") {
        let detail = "a declaration within the document";
        report.add(&rules::MALFORMED, at, detail);
    }
}

/// The declaration at the start of a document, with its `<?` and `?>`.
pub(super) fn check_declaration(written: &str, report: &mut Report) {
    let inner = written.trim_start_matches("<?xml").trim_end_matches("?>");
    let (mut names, mut rest) = (Vec::new(), inner);
    loop {
        let trimmed = rest.trim_start_matches(is_space);
        if trimmed.is_empty() {
            break;
        }
        let read = attribute(trimmed).filter(|_| trimmed.len() < rest.len());
        let Some((key, value, after)) = read.filter(|(_, value, _)| is_plain(value)) else {
            report.add(&rules::MALFORMED, 0, "the declaration cannot be read");
            return;
        };
        if key == "version" && value != "1.0" {
            report.add(&rules::VERSION, 0, value);
        }
        names.push(key);
        rest = after;
    }
    let order = ["version", "encoding", "standalone"];
    let places: Vec<_> = names
        .iter()
        .map(|name| order.iter().position(|known| known == name))
        .collect();
    let is_known = places.iter().all(Option::is_some);
    if !is_known || places.first() != Some(&Some(0)) || !places.is_sorted() {
        report.add(&rules::MALFORMED, 0, "the declaration cannot be read");
    } else if !names.contains(&"encoding") {
        report.add(&rules::DECLARATION, 0, "without an encoding");
    }
}

/// Whether this can be a version or the name of an encoding.
fn is_plain(value: &str) -> bool {
    let allowed = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-' | ':');
    !value.is_empty() && value.chars().all(allowed)
}
