//! Atom 1.0 (RFC 4287), with Media RSS for the lead picture.

use super::{
    Format,
    border::{CleanEntry, CleanFeed},
    wire::{self, Laid},
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
    write,
};

fn write(feed: &CleanFeed, entries: &[&CleanEntry]) -> Result<Laid, String> {
    let atom = atom(feed, entries);
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
    let mut back = Feed::read_from(laid.bytes.as_slice()).map_err(|error| error.to_string())?;
    for entry in &mut back.entries {
        escape_attributes(&mut entry.extensions);
    }
    if back == atom {
        return Ok(laid);
    }
    let differs = atom
        .entries
        .iter()
        .zip(&back.entries)
        .find(|(one, other)| one != other);
    Err(match differs {
        Some((entry, _)) => format!("the entry {} differs", entry.id),
        None => "the feed differs".to_owned(),
    })
}

fn atom(feed: &CleanFeed, entries: &[&CleanEntry]) -> Feed {
    let mut atom = Feed {
        id: feed.id.to_owned(),
        title: Text::plain(feed.title.as_str()),
        subtitle: (!feed.description.is_empty()).then(|| Text::plain(feed.description.as_str())),
        updated: date(feed.updated),
        authors: vec![person(&feed.author)],
        generator: Some(Generator {
            value: env!("CARGO_PKG_NAME").to_owned(),
            uri: Some(env!("CARGO_PKG_REPOSITORY").to_owned()),
            // Without a version, so that a new one alone changes no feed.
            version: None,
        }),
        lang: feed.language.clone(),
        entries: entries.iter().map(|one| entry(one, feed)).collect(),
        ..Feed::default()
    };
    if let Some(url) = feed.url {
        let link = |rel: &str, href: String, media_type: &str| Link {
            rel: rel.to_owned(),
            href,
            mime_type: Some(media_type.to_owned()),
            ..Link::default()
        };
        atom.links = vec![
            link("self", url.join(FORMAT.name), FORMAT.media_type),
            link("alternate", url.to_string(), "text/html"),
        ];
    }
    if feed.entries.iter().any(|entry| entry.image.is_some()) {
        let name = "http://search.yahoo.com/mrss/".to_owned();
        atom.namespaces.insert("media".to_owned(), name);
    }
    atom
}

fn entry(entry: &CleanEntry, feed: &CleanFeed) -> Entry {
    let html = |html: &str| Text {
        value: html.to_owned(),
        lang: entry.language.clone(),
        r#type: TextType::Html,
        ..Text::default()
    };
    Entry {
        id: entry.id().to_owned(),
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
                term: topic.clone(),
                scheme: feed.topic_scheme(),
                label: Some(topic.clone()),
            })
            .collect(),
        links: entry.url.iter().map(|url| alternate(url)).collect(),
        summary: Some(html(&entry.digest)),
        content: Some(Content {
            value: Some(entry.content().to_owned()),
            lang: entry.language.clone(),
            content_type: Some("html".to_owned()),
            ..Content::default()
        }),
        extensions: entry.image.as_deref().map(thumbnail).unwrap_or_default(),
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

fn thumbnail(url: &str) -> ExtensionMap {
    let element = Extension {
        name: "media:thumbnail".to_owned(),
        attrs: BTreeMap::from([("url".to_owned(), url.to_owned())]),
        ..Extension::default()
    };
    let of_prefix = BTreeMap::from([("thumbnail".to_owned(), vec![element])]);
    let mut extensions = BTreeMap::from([("media".to_owned(), of_prefix)]);
    escape_attributes(&mut extensions);
    extensions
}

/// Escapes the attributes of extensions, which the crate writes as they are.
fn escape_attributes(extensions: &mut ExtensionMap) {
    let elements = extensions
        .values_mut()
        .flat_map(BTreeMap::values_mut)
        .flatten();
    for value in elements.flat_map(|element| element.attrs.values_mut()) {
        *value = quick_xml::escape::escape(value.as_str()).into_owned();
    }
}

fn date(time: Timestamp) -> FixedDateTime {
    chrono::DateTime::from_timestamp(time.as_second(), 0)
        .expect("the border lets only years from 1 to 9999 through")
        .fixed_offset()
}
