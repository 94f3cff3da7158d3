//! One published document, parsed whole: what a strict reader gets out of it.
//!
//! XML is read with a parser of its own rather than with the crates that the
//! program writes feeds with.

use quick_xml::{Reader, events::Event};
use serde_json::Value;
use std::{collections::BTreeSet, path::Path};

/// An entry as a document shows it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Shown {
    pub(crate) id: String,
    pub(crate) headline: String,
    pub(crate) published: String,
    /// Empty where the format has none.
    pub(crate) updated: String,
}

/// A document.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Document {
    pub(crate) entries: Vec<Shown>,
    /// Where the older entries are, relative to this document.
    pub(crate) older: Option<String>,
}

/// Parses a document by the ending of its name.
///
/// # Errors
///
/// In words, why it is not whole.
pub(crate) fn parse(path: &Path, bytes: &[u8]) -> Result<Document, String> {
    let text = std::str::from_utf8(bytes).map_err(|error| error.to_string())?;
    if text.is_empty() {
        return Err("it is empty".to_owned());
    }
    match path.extension().and_then(|ending| ending.to_str()) {
        Some("xml" | "opml") => xml(text),
        Some("json") => json(text),
        Some("html") if text.trim_end().ends_with("</html>") => Ok(Document::default()),
        Some("html") => Err("the page does not end".to_owned()),
        _ => Err("nobody knows what this is".to_owned()),
    }
}

fn json(text: &str) -> Result<Document, String> {
    let value: Value = serde_json::from_str(text).map_err(|error| error.to_string())?;
    let word = |of: &Value, name: &str| of[name].as_str().unwrap_or_default().to_owned();
    if word(&value, "version") != "https://jsonfeed.org/version/1.1" {
        return Err("it is no JSON Feed".to_owned());
    }
    let items = value["items"].as_array().ok_or("it has no items")?;
    let shown = |item: &Value| Shown {
        id: word(item, "id"),
        headline: word(item, "title"),
        published: plain(&word(item, "date_published")),
        updated: plain(&word(item, "date_modified")),
    };
    Ok(Document {
        entries: items.iter().map(shown).collect(),
        older: value["next_url"].as_str().map(str::to_owned),
    })
}

/// Dates in one form: formats write UTC in two ways.
fn plain(date: &str) -> String {
    date.replace("+00:00", "Z")
}

fn xml(text: &str) -> Result<Document, String> {
    if let Some(c) = text.chars().find(|c| is_forbidden(*c)) {
        return Err(format!("{c:?} is not allowed in XML"));
    }
    let mut reader = Reader::from_str(text);
    let mut document = Document::default();
    let mut open: Vec<String> = Vec::new();
    let mut entry: Option<Shown> = None;
    let mut words = String::new();
    let mut roots = 0;
    loop {
        let event = reader.read_event().map_err(|error| error.to_string())?;
        match event {
            Event::Eof => break,
            Event::Start(ref start) | Event::Empty(ref start) => {
                let name = String::from_utf8_lossy(start.name().as_ref()).into_owned();
                let mut names = BTreeSet::new();
                let (mut rel, mut href) = (String::new(), String::new());
                for attribute in start.attributes() {
                    let attribute = attribute.map_err(|error| error.to_string())?;
                    let value = attribute
                        .normalized_value(quick_xml::XmlVersion::Implicit1_0)
                        .map_err(|error| error.to_string())?;
                    match attribute.key.as_ref() {
                        b"rel" => rel = value.into_owned(),
                        b"href" => href = value.into_owned(),
                        _ => {}
                    }
                    if !names.insert(attribute.key.as_ref().to_vec()) {
                        return Err(format!("an attribute of <{name}> stands twice"));
                    }
                }
                if open.is_empty() {
                    roots += 1;
                }
                if matches!(&*name, "link" | "atom:link") && rel == "prev-archive" {
                    document.older = Some(href);
                }
                if matches!(event, Event::Start(_)) {
                    if matches!(&*name, "item" | "entry") {
                        entry = Some(Shown::default());
                    }
                    open.push(name);
                    words.clear();
                }
            }
            Event::End(_) => {
                let name = open.pop().ok_or("an element ends that never began")?;
                let word = words.trim().to_owned();
                words.clear();
                let inner = open
                    .last()
                    .is_some_and(|parent| matches!(&**parent, "item" | "entry"));
                if let Some(entry) = entry.as_mut().filter(|_| inner) {
                    match &*name {
                        "id" | "guid" => entry.id = word,
                        "title" => entry.headline = word,
                        "published" | "pubDate" => entry.published = plain(&word),
                        "updated" => entry.updated = plain(&word),
                        _ => {}
                    }
                }
                if matches!(&*name, "item" | "entry") {
                    document.entries.extend(entry.take());
                }
            }
            Event::Text(text) => {
                let text = text.decode().map_err(|error| error.to_string())?;
                if open.is_empty() && !text.trim().is_empty() {
                    return Err("there is text outside of the root".to_owned());
                }
                words.push_str(&text);
            }
            Event::CData(text) => {
                words.push_str(&text.decode().map_err(|error| error.to_string())?);
            }
            Event::GeneralRef(name) => {
                let name = name.decode().map_err(|error| error.to_string())?;
                words.push_str(&reference(&name)?);
            }
            Event::Decl(_) | Event::Comment(_) | Event::PI(_) | Event::DocType(_) => {}
        }
    }
    if roots != 1 || !open.is_empty() {
        return Err(format!("it has {roots} roots and {} open ends", open.len()));
    }
    Ok(document)
}

fn reference(name: &str) -> Result<String, String> {
    let number = name.strip_prefix('#').map(|number| {
        match number.strip_prefix('x') {
            Some(hex) => u32::from_str_radix(hex, 16),
            None => number.parse(),
        }
        .ok()
        .and_then(char::from_u32)
        .filter(|c| !is_forbidden(*c))
    });
    let c = match (name, number) {
        ("amp", _) => Some('&'),
        ("lt", _) => Some('<'),
        ("gt", _) => Some('>'),
        ("quot", _) => Some('"'),
        ("apos", _) => Some('\''),
        (_, number) => number.flatten(),
    };
    c.map(String::from)
        .ok_or_else(|| format!("&{name}; is no character"))
}

fn is_forbidden(c: char) -> bool {
    matches!(c, '\0'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}')
}
