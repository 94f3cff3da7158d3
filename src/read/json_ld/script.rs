//! The JSON of a JSON-LD script, which is often not quite JSON.

use serde_json::Value;

/// The values of a JSON-LD script, as far as they can be read.
///
/// Only what is certain is repaired: comments and CDATA marks around it, line
/// breaks in texts, commas behind the last item, comment lines.
pub(in crate::read) fn parse(text: &str) -> Vec<Value> {
    if let Ok(value) = serde_json::from_str(text) {
        return vec![value];
    }
    let repaired = repaired(text);
    serde_json::Deserializer::from_str(&repaired)
        .into_iter()
        .map_while(Result::ok)
        .collect()
}

fn repaired(text: &str) -> String {
    let start = text.find(['{', '[']).unwrap_or(text.len());
    let start = match text.find("<![CDATA[") {
        Some(at) if at < start || text[start..].starts_with("[CDATA[") => at + "<![CDATA[".len(),
        _ => start,
    };
    let mut text = &text[start..];
    text = &text[text.find(['{', '[']).unwrap_or(text.len())..];
    let mut out = String::with_capacity(text.len());
    let (mut quoted, mut escaped) = (false, false);
    let mut rest = text.char_indices();
    while let Some((at, c)) = rest.next() {
        if quoted {
            match c {
                _ if escaped => escaped = false,
                '\\' => escaped = true,
                '"' => quoted = false,
                c if c.is_control() => {
                    out.push(' ');
                    continue;
                }
                _ => {}
            }
            out.push(c);
            continue;
        }
        match c {
            '"' => quoted = true,
            // A comment reaches to the end of its line.
            '/' if text[at..].starts_with("//") => {
                rest.by_ref().find(|(_, c)| *c == '\n');
                continue;
            }
            ',' => {
                let next = text[at + 1..].trim_start();
                if next.starts_with([']', '}', ',']) {
                    continue;
                }
            }
            ';' => continue,
            _ => {}
        }
        out.push(c);
    }
    out
}
