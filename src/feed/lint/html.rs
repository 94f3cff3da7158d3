//! HTML within feeds: what readers must not get, and what they cannot resolve.
//!
//! Tags are found as browsers find them, without building a tree: no rule asks
//! what stands in what, save for code, which may show markup as text.

use super::{
    report::Report,
    rules::html as rules,
    source::Text,
    values::{self, Address},
};

/// Elements that run a program.
const SCRIPTS: &[&str] = &["script"];

/// Elements that readers remove, and that are no matter of an article.
const EMBEDDED: &[&str] = &[
    "style", "iframe", "frame", "frameset", "object", "embed", "applet", "form", "input", "button",
    "select", "textarea", "meta", "link", "base", "title", "noscript",
];

/// Attributes with an address.
const ADDRESSES: &[&str] = &[
    "href",
    "src",
    "poster",
    "cite",
    "longdesc",
    "background",
    "action",
    "data",
];

/// Elements by which escaped markup is known.
const USUAL: &[&str] = &[
    "a",
    "b",
    "blockquote",
    "br",
    "cite",
    "code",
    "div",
    "em",
    "h1",
    "h2",
    "h3",
    "h4",
    "i",
    "img",
    "li",
    "ol",
    "p",
    "pre",
    "span",
    "strong",
    "sub",
    "sup",
    "table",
    "td",
    "tr",
    "u",
    "ul",
];

/// References that are text only in writing about HTML.
const REFERENCES: &[&str] = &[
    "amp;", "nbsp;", "#39;", "#8217;", "#8220;", "#8221;", "#160;",
];

/// Judges HTML.
pub(super) fn check(text: &Text, report: &mut Report) {
    let html = text.value.as_str();
    let mut has_tags = false;
    // How many elements are open whose text is code.
    let mut code = 0_usize;
    let mut escaped = None;
    let mut rest = 0;
    while let Some(found) = memchr::memchr(b'<', &html.as_bytes()[rest..]) {
        let at = rest + found;
        if code == 0 {
            escaped = escaped.or_else(|| escaped_twice(&html[rest..at], rest));
        }
        rest = at + 1;
        let from = &html[rest..];
        if from.starts_with("!--") {
            let end = memchr::memmem::find(from.as_bytes(), b"-->");
            rest = end.map_or(html.len(), |end| rest + end + 3);
            continue;
        }
        let is_end = from.starts_with('/');
        let start = rest + usize::from(is_end);
        if !html[start..].starts_with(|c: char| c.is_ascii_alphabetic()) {
            continue;
        }
        has_tags = true;
        let (name, end) = tag(text, start, is_end, report);
        rest = end;
        if matches!(&*name, "pre" | "code" | "samp" | "kbd") {
            code = if is_end {
                code.saturating_sub(1)
            } else {
                code + 1
            };
        }
        if !is_end && matches!(&*name, "script" | "style") {
            rest = past_raw_text(html, rest, &name);
        }
    }
    if code == 0 {
        escaped = escaped.or_else(|| escaped_twice(&html[rest..], rest));
    }
    if let Some((at, is_tag)) = escaped
        && !(is_tag && has_tags)
    {
        let end = html[at..]
            .char_indices()
            .nth(24)
            .map_or(html.len(), |(end, _)| at + end);
        report.add(&rules::ESCAPED_TWICE, text.at(at), &html[at..end]);
    }
}

/// Judges what is plain text to readers.
pub(super) fn check_plain(text: &Text, report: &mut Report) {
    let plain = text.value.as_str();
    let known = ["lt;", "gt;", "quot;", "apos;", "#x27;", "#38;", "#60;"];
    let reference = memchr::memchr_iter(b'&', plain.as_bytes()).find(|at| {
        let mut known = REFERENCES.iter().chain(&known);
        known.any(|one| plain[at + 1..].starts_with(one))
    });
    if let Some(at) = reference {
        report.add(&rules::TITLE_ESCAPED, text.at(at), plain);
    }
    let tag = memchr::memchr_iter(b'<', plain.as_bytes()).find(|at| {
        let rest = &plain[at + 1..];
        rest.starts_with("br>") || rest.starts_with('/') && starts_with_tag(&rest[1..], &[">"])
    });
    if let Some(at) = tag {
        report.add(&rules::TITLE_MARKUP, text.at(at), plain);
    }
}

/// Judges an element by its name, in small letters.
pub(super) fn check_element(name: &str, at: usize, report: &mut Report) {
    if SCRIPTS.contains(&name) {
        report.add(&rules::SCRIPT, at, "");
    } else if EMBEDDED.contains(&name) {
        report.add(&rules::EMBEDDED, at, name);
    }
}

/// Judges an attribute, whose name is in small letters and value as meant.
pub(super) fn check_attribute(name: &str, value: &str, at: usize, report: &mut Report) {
    if name.len() > 2 && name.starts_with("on") && name.bytes().all(|b| b.is_ascii_alphabetic()) {
        report.add(&rules::HANDLER, at, name);
    } else if name == "srcset" {
        // A comma may stand within an address; a new one follows white space.
        let candidates = value
            .split(", ")
            .map(|one| one.split_ascii_whitespace().next());
        for address in candidates.flatten() {
            check_address(name, address, at, report);
        }
    } else if ADDRESSES.contains(&name) {
        check_address(name, value, at, report);
    }
}

fn check_address(name: &str, value: &str, at: usize, report: &mut Report) {
    let bare: String = value
        .chars()
        .filter(|c| !c.is_control() && *c != ' ')
        .take(32)
        .collect();
    let bare = bare.to_ascii_lowercase();
    let is_program = ["javascript:", "vbscript:", "data:text/html"];
    if is_program.iter().any(|start| bare.starts_with(start)) {
        report.add(&rules::SCRIPT_ADDRESS, at, value);
    } else if !values::has_scheme(value.trim()) || values::address(&bare) == Address::Relative {
        report.add(&rules::RELATIVE, at, &format!("{name}={value:?}"));
    }
}

/// Judges the tag whose name starts at this byte; its name, and where it ends.
fn tag(text: &Text, start: usize, is_end: bool, report: &mut Report) -> (String, usize) {
    let html = text.value.as_str();
    let ends_name = |c: char| c.is_ascii_whitespace() || matches!(c, '/' | '>');
    let until = |from: usize, ends: &dyn Fn(char) -> bool| {
        html[from..].find(ends).map_or(html.len(), |end| from + end)
    };
    let mut at = until(start, &ends_name);
    let name =
        html[start..html.floor_char_boundary(at.min(start + 32)).max(start)].to_ascii_lowercase();
    if !is_end {
        check_element(&name, text.at(start - 1), report);
    }
    loop {
        at = until(at, &|c| !(c.is_ascii_whitespace() || c == '/'));
        if html[at..].starts_with('>') || at >= html.len() {
            return (name, (at + 1).min(html.len()));
        }
        let key = at;
        // A name may begin with `=`, by the rules of HTML.
        at = until(
            at + html[at..].chars().next().map_or(1, char::len_utf8),
            &|c| ends_name(c) || c == '=',
        );
        let key_end = at;
        let equals = until(at, &|c| !c.is_ascii_whitespace());
        if !html[equals..].starts_with('=') {
            continue;
        }
        at = until(equals + 1, &|c| !c.is_ascii_whitespace());
        let value = if let Some(quote @ ('"' | '\'')) = html[at..].chars().next() {
            let value = at + 1;
            at = until(value, &|c| c == quote);
            let value = &html[value..at];
            at = (at + 1).min(html.len());
            value
        } else {
            let value = at;
            at = until(at, &|c| c.is_ascii_whitespace() || c == '>');
            &html[value..at]
        };
        if !is_end && key_end - key <= 32 {
            let key_name = html[key..key_end].to_ascii_lowercase();
            check_attribute(&key_name, &unescaped(value), text.at(key), report);
        }
    }
}

/// Past the end of a script or style, whose text is no HTML.
fn past_raw_text(html: &str, from: usize, name: &str) -> usize {
    let mut ends = memchr::memmem::find_iter(&html.as_bytes()[from..], b"</");
    let end = ends.find(|at| {
        let rest = &html.as_bytes()[from + at + 2..];
        rest.len() >= name.len() && rest[..name.len()].eq_ignore_ascii_case(name.as_bytes())
    });
    end.map_or(html.len(), |end| from + end)
}

/// Enough of unescaping to see what an address begins with.
fn unescaped(value: &str) -> String {
    let mut out = String::with_capacity(value.len());
    let mut rest = value;
    while let Some(start) = rest.find('&') {
        out.push_str(&rest[..start]);
        let from = &rest[start + 1..];
        let end = from.bytes().take(10).position(|byte| byte == b';');
        let meant = end.and_then(|end| {
            let name = &from[..end];
            match name.strip_prefix('#') {
                Some(number) => {
                    let hex = number.strip_prefix(['x', 'X']);
                    let value = match hex {
                        Some(digits) => u32::from_str_radix(digits, 16),
                        None => number.parse(),
                    };
                    char::from_u32(value.ok()?)
                }
                None if matches!(name, "Tab" | "NewLine") => Some('\t'),
                None if name == "colon" => Some(':'),
                None => values::entity(name),
            }
        });
        out.push(meant.unwrap_or('&'));
        let skipped = meant.and(end).map_or(0, |end| end + 1);
        rest = &from[skipped..];
    }
    out.push_str(rest);
    out
}

/// Where markup or a reference is escaped twice in text between tags, and
/// whether it is a tag.
fn escaped_twice(text: &str, offset: usize) -> Option<(usize, bool)> {
    memchr::memchr_iter(b'&', text.as_bytes()).find_map(|at| {
        let rest = &text[at + 1..];
        if let Some(tag) = rest.strip_prefix("lt;") {
            let tag = tag.strip_prefix('/').unwrap_or(tag);
            return starts_with_tag(tag, &["&gt;", " ", "/&gt;"]).then_some((offset + at, true));
        }
        let reference = rest.strip_prefix("amp;")?;
        let is_known = REFERENCES.iter().any(|known| reference.starts_with(known));
        is_known.then_some((offset + at, false))
    })
}

fn starts_with_tag(text: &str, ends: &[&str]) -> bool {
    let end = text
        .bytes()
        .take(12)
        .take_while(u8::is_ascii_alphanumeric)
        .count();
    let (name, rest) = text.split_at(end);
    USUAL.contains(&name) && ends.iter().any(|end| rest.starts_with(end))
}
