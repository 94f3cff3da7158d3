//! Atom 1.0 (RFC 4287), with Media RSS for the lead picture, the history of
//! RFC 5005 and the tombstones of RFC 6721.

use super::{
    Format, address, border,
    border::{CleanEntry, Extent},
    check,
    head::{Frame, Uses},
    wire::{self, Around, Laid},
};
use atom_syndication::{
    Category, Content, Entry, Feed, FixedDateTime, Generator, Link, Person, Text, TextType,
    WriteConfig,
    extension::{Extension, ExtensionMap},
};
use jiff::Timestamp;
use std::collections::BTreeMap;

pub(super) const FORMAT: Format = Format {
    name: "atom.xml",
    media_type: "application/atom+xml",
    extent: Extent::Full,
    fragment,
    between: "",
    around,
};

/// The vocabulary of tombstones (RFC 6721), and what it is called.
const TOMBSTONES: (&str, &str) = ("at", "http://purl.org/atompub/tombstones/1.0");

fn fragment(entry: &CleanEntry, extent: Extent) -> Result<String, String> {
    let alone = Feed {
        namespaces: namespaces(entry.uses(), []),
        entries: vec![atom_entry(entry, extent)],
        ..Feed::default()
    };
    written(&alone)?.entry()
}

fn around(frame: &Frame, _any: bool) -> Result<Around, String> {
    Around::split(written(&feed(frame))?.bytes, "\n</feed>")
}

/// Writes a feed and reads it back.
fn written(atom: &Feed) -> Result<Laid, String> {
    // The crate's own declaration does not name the encoding.
    let start = br#"<?xml version="1.0" encoding="utf-8"?>"#.to_vec();
    let config = WriteConfig {
        write_document_declaration: false,
        indent_size: None,
    };
    let bytes = atom
        .write_with_config(start, config)
        .map_err(|error| error.to_string())?;
    let laid = wire::finish(&bytes, "entry", &[]);
    check::well_formed(&laid.bytes)?;
    let mut back = Feed::read_from(laid.bytes.as_slice()).map_err(|error| error.to_string())?;
    escape_attributes(&mut back.extensions);
    for entry in &mut back.entries {
        escape_attributes(&mut entry.extensions);
    }
    if back == *atom {
        return Ok(laid);
    }
    Err(match atom.entries.first() {
        Some(entry) => format!("the entry {} differs", entry.id),
        None => "the feed differs".to_owned(),
    })
}

/// A feed without its entries.
fn feed(frame: &Frame) -> Feed {
    let head = &frame.head;
    let mut atom = Feed {
        id: head.id.to_owned(),
        title: Text::plain(head.title.as_str()),
        subtitle: (!head.description.is_empty()).then(|| Text::plain(head.description.as_str())),
        updated: date(head.updated),
        authors: vec![person(&head.author)],
        generator: Some(Generator {
            value: env!("CARGO_PKG_NAME").to_owned(),
            uri: Some(env!("CARGO_PKG_REPOSITORY").to_owned()),
            // Without a version, so that a new one alone changes no feed.
            version: None,
        }),
        lang: head.language.clone(),
        ..Feed::default()
    };
    let link = |rel: &str, href: String, media_type: &str| Link {
        rel: rel.to_owned(),
        href,
        mime_type: Some(media_type.to_owned()),
        ..Link::default()
    };
    for (rel, href) in head.links(FORMAT.name) {
        atom.links.push(link(rel, href, FORMAT.media_type));
    }
    for hub in head.hubs {
        atom.links.push(Link {
            rel: "hub".to_owned(),
            href: hub.to_string(),
            ..Link::default()
        });
    }
    if let Some(page) = head.home() {
        atom.links.push(link("alternate", page, "text/html"));
    }
    let mut others = Vec::new();
    if head.is_archive() {
        extend(&mut atom.extensions, super::HISTORY.0, "archive", []);
        others.push(super::HISTORY);
    }
    for deleted in frame.deleted {
        let id = &deleted.id.0;
        if address::is_iri(id) {
            let when = border::clamped(deleted.at).to_string();
            let tombstone = [("ref", id.clone()), ("when", when)];
            let (prefix, _) = TOMBSTONES;
            extend(&mut atom.extensions, prefix, "deleted-entry", tombstone);
            others.push(TOMBSTONES);
        }
    }
    atom.namespaces = namespaces(frame.uses, others);
    atom
}

/// The namespaces that are used, and no others.
fn namespaces(
    uses: Uses,
    others: impl IntoIterator<Item = (&'static str, &'static str)>,
) -> BTreeMap<String, String> {
    let all = uses.media.then_some(super::MEDIA).into_iter().chain(others);
    all.map(|(prefix, name)| (prefix.to_owned(), name.to_owned()))
        .collect()
}

fn atom_entry(entry: &CleanEntry, extent: Extent) -> Entry {
    let html = |html: &str| Text {
        value: html.to_owned(),
        lang: entry.language.clone(),
        r#type: TextType::Html,
        ..Text::default()
    };
    let mut extensions = ExtensionMap::new();
    if let Some(image) = &entry.image {
        let (prefix, _) = super::MEDIA;
        extend(
            &mut extensions,
            prefix,
            "thumbnail",
            [("url", image.clone())],
        );
    }
    Entry {
        id: entry.id.to_owned(),
        // The crate has no language for a whole entry, so each of its texts
        // says it.
        title: Text {
            lang: entry.language.clone(),
            ..Text::plain(entry.title.as_str())
        },
        updated: date(entry.updated),
        published: Some(date(entry.published)),
        authors: entry.authors.iter().map(|name| person(name)).collect(),
        categories: entry
            .topics
            .iter()
            .map(|topic| Category {
                term: topic.label.clone(),
                scheme: entry.topic_scheme.clone(),
                label: Some(topic.label.clone()),
            })
            .collect(),
        links: entry.link.iter().map(|url| alternate(url)).collect(),
        summary: Some(html(&entry.digest)),
        content: Some(Content {
            value: Some(entry.content(extent).to_owned()),
            lang: entry.language.clone(),
            content_type: Some("html".to_owned()),
            ..Content::default()
        }),
        extensions,
        ..Entry::default()
    }
}

fn person(name: &str) -> Person {
    Person {
        name: name.to_owned(),
        ..Person::default()
    }
}

fn alternate(url: &str) -> Link {
    Link {
        href: url.to_owned(),
        ..Link::default()
    }
}

/// Adds an empty element of another vocabulary.
fn extend(
    extensions: &mut ExtensionMap,
    prefix: &str,
    name: &str,
    attributes: impl IntoIterator<Item = (&'static str, String)>,
) {
    let attributes = attributes.into_iter();
    let element = Extension {
        name: format!("{prefix}:{name}"),
        attrs: attributes
            .map(|(key, value)| (key.to_owned(), escaped(&value)))
            .collect(),
        ..Extension::default()
    };
    let of_prefix = extensions.entry(prefix.to_owned()).or_default();
    of_prefix.entry(name.to_owned()).or_default().push(element);
}

/// Escapes the attributes of extensions, which the crate writes as they are.
fn escape_attributes(extensions: &mut ExtensionMap) {
    let elements = extensions
        .values_mut()
        .flat_map(BTreeMap::values_mut)
        .flatten();
    for value in elements.flat_map(|element| element.attrs.values_mut()) {
        *value = escaped(value);
    }
}

fn escaped(value: &str) -> String {
    quick_xml::escape::escape(value).into_owned()
}

fn date(time: Timestamp) -> FixedDateTime {
    chrono::DateTime::from_timestamp(time.as_second(), 0)
        .expect("the border lets only years from 1 to 9999 through")
        .fixed_offset()
}
