//! The document that describes a book: what it is called, and which pages it
//! consists of, in which order.

use super::{
    super::{
        ReadError,
        elements::{Element, Elements, Piece},
        package,
    },
    WHAT,
};
use std::collections::BTreeMap;

/// A member of the book.
#[derive(Debug)]
pub(super) struct Item {
    /// Its name in the archive.
    pub(super) path: String,
    kind: String,
    properties: String,
}

#[derive(Default)]
pub(super) struct PackageDocument {
    pub(super) title: String,
    /// The authors; not the translators, illustrators, and the like.
    pub(super) creators: Vec<String>,
    pub(super) subjects: Vec<String>,
    pub(super) date: String,
    pub(super) language: String,
    items: BTreeMap<String, Item>,
    /// The ids of the pages, in reading order.
    spine: Vec<String>,
    /// The pages that the guide knows to be none of the text.
    left_out: Vec<String>,
}

/// A creator, with the id by which others tell the role.
struct Creator {
    id: String,
    name: String,
    role: String,
}

impl PackageDocument {
    /// `path` is its own name in the archive: the others are relative to it.
    pub(super) fn read(xml: &str, path: &str) -> Result<Self, ReadError> {
        let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
        let mut elements = Elements::new(xml, WHAT);
        let mut found = Self::default();
        let mut creators: Vec<Creator> = Vec::new();
        while let Some(piece) = elements.next()? {
            let Piece::Start(element) = piece else {
                continue;
            };
            match element.name() {
                "title" if found.title.is_empty() => found.title = elements.text()?,
                "creator" => creators.push(Creator {
                    id: element.get("id").unwrap_or_default(),
                    role: element.get("role").unwrap_or_default(),
                    name: elements.text()?,
                }),
                "meta" if element.get("property").as_deref() == Some("role") => {
                    let of = element.get("refines").unwrap_or_default();
                    let role = elements.text()?;
                    let refined = creators
                        .iter_mut()
                        .find(|creator| Some(creator.id.as_str()) == of.strip_prefix('#'));
                    if let Some(creator) = refined {
                        creator.role = role;
                    }
                }
                "subject" => found.subjects.push(elements.text()?),
                "language" if found.language.is_empty() => found.language = elements.text()?,
                "date" => {
                    // Older books have several, of which one is told to be it.
                    let event = element.get("event");
                    let date = elements.text()?;
                    if found.date.is_empty() && event.is_none_or(|event| event == "publication") {
                        found.date = date;
                    }
                }
                "item" => found.item(&element, folder),
                "itemref" if element.get("linear").as_deref() != Some("no") => {
                    found.spine.extend(element.get("idref"));
                }
                "reference" => {
                    let kind = element.get("type").unwrap_or_default();
                    if is_left_out(&kind) {
                        let path = element.get("href").map(|href| member(folder, &href));
                        found.left_out.extend(path);
                    }
                }
                _ => {}
            }
        }
        let author = |creator: &Creator| matches!(creator.role.trim(), "" | "aut");
        let authors = creators.into_iter().filter(author);
        let known = |name: &String| !NOBODY.contains(&name.trim().to_lowercase().as_str());
        found.creators = authors.map(|creator| creator.name).filter(known).collect();
        // Calibre writes the year 101 where it knows none.
        if found.date.trim().starts_with('0') {
            found.date.clear();
        }
        if NOBODY.contains(&found.title.trim().to_lowercase().as_str()) {
            found.title.clear();
        }
        Ok(found)
    }

    fn item(&mut self, element: &Element, folder: &str) {
        let (Some(id), Some(href)) = (element.get("id"), element.get("href")) else {
            return;
        };
        let item = Item {
            path: member(folder, &href),
            kind: element.get("media-type").unwrap_or_default(),
            properties: element.get("properties").unwrap_or_default(),
        };
        self.items.insert(id, item);
    }

    /// The pages with text of the book, in reading order.
    pub(super) fn pages(&self) -> impl Iterator<Item = &Item> {
        let items = self.spine.iter().filter_map(|id| self.items.get(id));
        items.filter(|item| {
            !item.is_contents() && item.kind.contains("html") && !self.left_out.contains(&item.path)
        })
    }

    /// The tables of contents.
    pub(super) fn contents(&self) -> impl Iterator<Item = &Item> {
        self.items.values().filter(|item| item.is_contents())
    }
}

impl Item {
    fn is_contents(&self) -> bool {
        let mut properties = self.properties.split_whitespace();
        properties.any(|property| property == "nav") || self.kind == "application/x-dtbncx+xml"
    }
}

/// Whether what a page is called says that it is none of the text.
pub(super) fn is_left_out(kind: &str) -> bool {
    let kinds = kind.split_whitespace();
    let mut kinds = kinds.map(|kind| kind.to_ascii_lowercase().replace('-', ""));
    kinds.any(|kind| {
        let kind = kind.rsplit('.').next().unwrap_or(&kind);
        matches!(
            kind,
            "cover"
                | "toc"
                | "loi"
                | "lot"
                | "titlepage"
                | "halftitlepage"
                | "copyrightpage"
                | "landmarks"
                | "pagelist"
        )
    })
}

/// Takes in what a table of contents calls each page: old ones have labels and
/// contents, new ones are lists of links.
pub(super) fn labels(
    xml: &str,
    path: &str,
    found: &mut BTreeMap<String, String>,
) -> Result<(), ReadError> {
    let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
    let mut elements = Elements::new(xml, WHAT);
    let mut label = String::new();
    let mut add = |href: Option<String>, label: &str| {
        let label = label.split_whitespace().collect::<Vec<_>>().join(" ");
        if let (Some(href), false) = (href, label.is_empty()) {
            found.entry(member(folder, &href)).or_insert(label);
        }
    };
    while let Some(piece) = elements.next()? {
        let Piece::Start(element) = piece else {
            continue;
        };
        match element.name() {
            // "Cover" and "Start" are no chapters' names.
            "nav" if element.get("type").is_some_and(|kind| kind != "toc") => elements.skip()?,
            "navLabel" => label = elements.text()?,
            "content" => add(element.get("src"), &label),
            "a" => {
                let text = elements.text()?;
                add(element.get("href"), &text);
            }
            _ => {}
        }
    }
    Ok(())
}

/// The name of a member that a link leads to: without the place in it, and with
/// its characters as they are.
fn member(folder: &str, href: &str) -> String {
    let path = href.split('#').next().unwrap_or_default();
    let mut bytes = Vec::with_capacity(path.len());
    let mut rest = path.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let digits = after.get(..2).and_then(|hex| str::from_utf8(hex).ok());
        let byte = digits.and_then(|hex| u8::from_str_radix(hex, 16).ok());
        if let Some(byte) = byte.filter(|_| *first == b'%') {
            bytes.push(byte);
            rest = &after[2..];
        } else {
            bytes.push(*first);
            rest = after;
        }
    }
    package::join(folder, &String::from_utf8_lossy(&bytes))
}

/// What programs write where they know no title or author.
const NOBODY: &[&str] = &[
    "unknown",
    "untitled",
    "unbekannt",
    "anonymous",
    "inconnu",
    "desconocido",
];
