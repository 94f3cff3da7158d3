//! Entries in, what a feed reader sees out.

mod again;
mod body;
mod formats;
mod limits;
mod settings;
mod sheets;
mod values;

use feedwright::{
    channel::{Channel, Listed, Part, Scope, Sheet},
    entry::{Digest, Entry, EntryId, LeadQuote, Speaker, Topic},
    feed::{self, Content, Date, Edition, FeedError, Settings, SiteUrl},
    text::{BlockKind, Mark, MarkKind, Span, Text},
};
use jiff::Timestamp;
use quick_xml::{NsReader, events::Event, name::ResolveResult};
use serde_json::Value;
use std::sync::Arc;

const FEED: &str = "tag:example.org,2024:feed";

/// A rendered sheet as text, and as programs read it.
struct Seen {
    rss: String,
    atom: String,
    json: String,
    html: String,
    channel: rss::Channel,
    feed: atom_syndication::Feed,
    items: Value,
}

/// The current sheet of the feed of all entries.
pub(crate) fn sheet(count: usize) -> Sheet {
    let listed = |key| Listed { key, version: 1 };
    Sheet {
        channel: Arc::new(Channel {
            id: FEED.to_owned(),
            scope: Scope::All,
            name: String::new(),
            folder: String::new(),
            former: Vec::new(),
        }),
        part: Part::Current,
        archives: 0,
        entries: (0..).map(listed).take(count).collect(),
        deleted: Vec::new(),
    }
}

fn render(settings: &Settings, sheet: &Sheet, entries: &[Entry]) -> Result<Edition, FeedError> {
    let entries: Vec<_> = entries.iter().cloned().map(Arc::new).collect();
    feed::render(settings, sheet, &entries)
}

/// The documents of a sheet, checked for what holds for any.
fn check_sheet(settings: &Settings, sheet: &Sheet, entries: &[Entry]) -> Seen {
    let edition = render(settings, sheet, entries).unwrap();
    let again = render(settings, sheet, entries).unwrap();
    assert_eq!(edition, again, "the same entries give other bytes");
    let folder = match sheet.part {
        Part::Current => sheet.channel.folder.clone(),
        Part::Archive(page) => format!("{}/archive/{page}", sheet.channel.folder),
    };
    seen(&edition, folder.trim_start_matches('/'))
}

/// The documents in a folder.
fn seen(edition: &Edition, folder: &str) -> Seen {
    let text = |name: &str, media_type: &str| {
        let path = format!("{folder}/{name}");
        let path = path.trim_start_matches('/');
        let document = edition.documents.iter().find(|one| one.name == path);
        let document = document.unwrap_or_else(|| panic!("{path} is not there"));
        assert_eq!(document.media_type, media_type);
        assert!(document.bytes.len() < feed::LARGEST_DOCUMENT, "{path}");
        String::from_utf8(document.bytes.clone()).unwrap()
    };
    let rss = text("rss.xml", "application/rss+xml");
    let atom = text("atom.xml", "application/atom+xml");
    let json = text("feed.json", "application/feed+json");
    let html = text("index.html", "text/html");
    for xml in [&rss, &atom] {
        assert!(xml.starts_with("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n"));
        well_formed(xml);
    }
    for text in [&json, &html] {
        assert_eq!(text.chars().find(|c| is_forbidden(*c) || *c == '\r'), None);
    }
    Seen {
        channel: rss::Channel::read_from(rss.as_bytes()).unwrap(),
        feed: atom_syndication::Feed::read_from(atom.as_bytes()).unwrap(),
        items: serde_json::from_str(&json).unwrap(),
        rss,
        atom,
        json,
        html,
    }
}

fn check(settings: &Settings, entries: &[Entry]) -> Seen {
    check_sheet(settings, &sheet(entries.len()), entries)
}

/// One entry, all settings at their default.
fn check_one(digest: Digest) -> Seen {
    check(&Settings::default(), &[entry(1, digest)])
}

fn well_formed(xml: &str) {
    let mut reader = NsReader::from_str(xml);
    let mut depth = 0;
    loop {
        let (name, event) = reader.read_resolved_event().unwrap();
        assert!(
            !matches!(name, ResolveResult::Unknown(_)),
            "an unbound prefix"
        );
        match event {
            Event::Start(tag) => {
                depth += 1;
                for attribute in tag.attributes() {
                    let value = attribute.unwrap().value;
                    quick_xml::escape::unescape(str::from_utf8(&value).unwrap()).unwrap();
                }
            }
            Event::End(_) => depth -= 1,
            Event::GeneralRef(one) if !one.is_char_ref() => {
                let name = one.decode().unwrap();
                assert!(
                    ["amp", "lt", "gt", "quot", "apos"].contains(&&*name),
                    "&{name};"
                );
            }
            Event::Eof => break,
            _ => {}
        }
    }
    assert_eq!(depth, 0);
    let bad = xml.chars().find(|c| is_forbidden(*c) || *c == '\r');
    assert_eq!(bad, None);
}

/// By XML 1.0.
fn is_forbidden(c: char) -> bool {
    !matches!(c, '\t' | '\n' | '\r' | ' '..='\u{fffd}' | '\u{10000}'..)
}

fn entry(number: u32, digest: Digest) -> Entry {
    Entry {
        id: EntryId(format!("tag:example.org,2024:{number}")),
        published: time("2024-12-05T08:00:00Z"),
        updated: time("2024-12-06T09:30:00Z"),
        digest,
        ..Entry::default()
    }
}

fn time(written: &str) -> Timestamp {
    written.parse().unwrap()
}

fn titled(title: &str) -> Digest {
    Digest {
        title: title.to_owned(),
        summary: "The council met.".to_owned(),
        ..Digest::default()
    }
}

fn text(blocks: &[(BlockKind, &str)]) -> Text {
    let mut text = Text::default();
    for (kind, words) in blocks {
        text.push(*kind, words);
    }
    text
}

fn with_site() -> Settings {
    Settings {
        url: Some(SiteUrl::parse("https://example.org/feeds").unwrap()),
        ..Settings::default()
    }
}

/// An entry with something in every field.
fn full() -> Digest {
    Digest {
        title: "Harbor bridge <reopens> & stays".to_owned(),
        byline: vec!["Ada Nordholm".to_owned(), "Piet O'Hara".to_owned()],
        language: Some("en".to_owned()),
        url: Some("https://news.example/bridge?a=1&b=2".to_owned()),
        image: Some("https://news.example/bridge.jpg?w=9&h=4".to_owned()),
        lead_quote: Some(LeadQuote {
            quote: "We opened it a week early.".to_owned(),
            speaker: Some(Speaker("Mayor Ilse Brandt".to_owned())),
        }),
        summary: "The bridge is open again. Buses use it from Monday.".to_owned(),
        topics: vec![Topic::from("Roads & bridges"), Topic::from("Port Lorn")],
        body: text(&[
            (BlockKind::Paragraph, "The bridge is open again."),
            (BlockKind::Heading(2), "What is next"),
            (BlockKind::Paragraph, "Buses use it from Monday, if 2 < 3."),
        ]),
        ..Digest::default()
    }
}

#[test]
fn rss_as_a_subscriber_gets_it() {
    let seen = check(&with_site(), &[entry(1, full())]);
    insta::assert_snapshot!("rss", seen.rss);
}

#[test]
fn atom_as_a_subscriber_gets_it() {
    let seen = check(&with_site(), &[entry(1, full())]);
    insta::assert_snapshot!("atom", seen.atom);
}

#[test]
fn json_as_a_subscriber_gets_it() {
    let seen = check(&with_site(), &[entry(1, full())]);
    insta::assert_snapshot!("json", seen.json);
}

#[test]
fn dates_are_the_entries_own() {
    let mut entries = [
        entry(1, titled("A")),
        entry(2, titled("B")),
        entry(3, titled("C")),
    ];
    entries[1].updated = time("2025-01-02T03:04:05.678Z");
    entries[2].published = time("1843-06-01T00:00:00Z");
    let seen = check(&Settings::default(), &entries);
    assert_eq!(
        seen.channel.last_build_date.as_deref(),
        Some("Thu, 02 Jan 2025 03:04:05 GMT")
    );
    assert_eq!(seen.feed.updated.to_rfc3339(), "2025-01-02T03:04:05+00:00");
    let dates: Vec<_> = seen
        .channel
        .items
        .iter()
        .map(|one| one.pub_date.as_deref().unwrap())
        .collect();
    assert_eq!(dates[0], "Thu, 05 Dec 2024 08:00:00 GMT");
    assert_eq!(dates[2], "Thu, 01 Jun 1843 00:00:00 GMT");
    let first = &seen.feed.entries[0];
    assert_eq!(
        first.published.unwrap().to_rfc3339(),
        "2024-12-05T08:00:00+00:00"
    );
    assert_eq!(first.updated.to_rfc3339(), "2024-12-06T09:30:00+00:00");
}

#[test]
fn without_entries_the_feed_is_still_one() {
    let seen = check(&Settings::default(), &[]);
    assert!(seen.channel.items.is_empty() && seen.feed.entries.is_empty());
    assert!(
        seen.atom
            .contains("<updated>1970-01-01T00:00:00+00:00</updated>")
    );
}

#[test]
fn an_unfit_id_is_an_error_that_names_it() {
    let mut entries = [entry(1, titled("A")), entry(1, titled("B"))];
    let error = render(&Settings::default(), &sheet(2), &entries).unwrap_err();
    assert_eq!(
        error,
        FeedError::SameId {
            id: entries[0].id.0.clone()
        }
    );
    for id in ["", "no-scheme", "tag:a b", "tag:\u{1}"] {
        id.clone_into(&mut entries[1].id.0);
        let error = render(&Settings::default(), &sheet(2), &entries).unwrap_err();
        assert_eq!(error, FeedError::Id { id: id.to_owned() });
    }
}

#[test]
fn a_picture_is_media_and_no_enclosure() {
    let seen = check_one(full());
    let media = &seen.channel.items[0].extensions["media"];
    let url = "https://news.example/bridge.jpg?w=9&h=4";
    assert_eq!(media["content"][0].attrs["url"], url);
    assert_eq!(media["thumbnail"][0].attrs["url"], url);
    assert_eq!(
        seen.feed.entries[0].extensions["media"]["thumbnail"][0].attrs["url"],
        url
    );
    assert!(!seen.rss.contains("enclosure"));
}
