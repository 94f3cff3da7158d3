//! Pages as a browser reads them.

mod awkward;
mod entries;
mod lists;
mod pages;
mod style;

use super::{page::FORMATS, *};
use crate::{
    channel::{Channel, Part, Scope},
    feed::{Settings, SiteUrl, head::Head, place::Place},
};
use dom_query::{Document, NodeRef};
use jiff::Timestamp;

fn head<'a>(scope: Scope, name: &'a str, folder: &'a str, part: Part) -> Head<'a> {
    Head {
        id: "tag:example.org,2024:feed",
        scope,
        site: "The Lorn Courier",
        name,
        title: format!("The Lorn Courier: {name}"),
        description: "What is new".to_owned(),
        author: "The Lorn Courier".to_owned(),
        language: None,
        updated: Timestamp::UNIX_EPOCH,
        place: Place {
            url: None,
            folder: super::super::head::folder_of(folder, part),
            query: "",
        },
        folder,
        part,
        hubs: &[],
        archives: 3,
    }
}

fn bridge() -> Card<'static> {
    Card {
        title: "Harbor bridge reopens",
        link: Some("https://www.news.example/bridge?a=1&b=2"),
        slug: "harbor-bridge",
        quote: Some(Quote {
            words: "It was ready.",
            speaker: Some("Mayor Ilse Brandt"),
            feed: Some("speakers/ilse-brandt"),
        }),
        summary: "The bridge is open again.",
        topics: vec![
            Topic {
                label: "Roads & bridges",
                feed: Some("topics/roads-bridges"),
            },
            Topic {
                label: "Port Lorn",
                feed: None,
            },
        ],
        authors: vec!["Ada Nordholm", "Piet O'Hara"],
        site: None,
        published: time("2024-12-05T08:10:00Z"),
        updated: time("2024-12-06T09:30:00Z"),
        language: Some("en"),
        image: Some("https://news.example/bridge.jpg?w=9&h=4"),
        content: Some("<p>All of it.</p>"),
    }
}

fn time(written: &str) -> Timestamp {
    written.parse().expect("it is a time")
}

/// A whole page, checked for what holds on all of them, as a document.
fn check(bytes: &[u8]) -> Document {
    let html = str::from_utf8(bytes).expect("it is UTF-8");
    assert!(html.starts_with("<!DOCTYPE html>\n"));
    assert!(!html.contains(|c: char| c.is_control() && !matches!(c, '\n' | '\t')));
    let document = Document::from(html);
    let count = |selector: &str| document.select(selector).length();
    for once in [
        "html[lang]",
        "head > title",
        "main",
        "h1",
        "nav[aria-label=Feeds]",
    ] {
        assert_eq!(count(once), 1, "{once}");
    }
    for never in [
        "script",
        "iframe",
        "object",
        "form",
        "link[rel=stylesheet]",
        "[style]",
    ] {
        assert_eq!(count(never), 0, "{never}");
    }
    let mut ids = Vec::new();
    let mut level = 0;
    for node in document.root().descendants_it() {
        check_node(&node);
        ids.extend(node.attr("id").map(|id| id.to_string()));
        let name = node.node_name().unwrap_or_default();
        if let [b'h', digit @ b'1'..=b'6'] = str::as_bytes(&name) {
            let next = digit - b'0';
            assert!(next <= level + 1, "h{next} after h{level}");
            level = next;
            assert!(!node.text().trim().is_empty(), "a heading says nothing");
        }
    }
    let all = ids.len();
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), all, "an id is there twice");
    document
}

fn check_node(node: &NodeRef) {
    for attribute in node.attrs() {
        assert!(!attribute.name.local.starts_with("on"), "{attribute:?}");
    }
    let name = node.node_name().unwrap_or_default();
    let of = |name: &str| node.attr(name).map(|value| value.to_string());
    match &*name {
        "img" => {
            let source = of("src").expect("a picture has a source");
            assert!(source.starts_with("https://"), "{source}");
            assert_eq!(of("referrerpolicy").as_deref(), Some("no-referrer"));
            assert!(of("alt").is_some() && of("loading").is_some());
        }
        "a" | "link" => {
            let href = of("href").expect("a link leads somewhere");
            let is_full = href.starts_with("https://");
            let is_icon = href.starts_with("data:image/svg+xml,");
            let scheme = href.split('/').next().unwrap_or_default().contains(':');
            assert!(is_full || is_icon || !scheme, "{href}");
            assert!(
                !href.starts_with(['/', '#']) && !href.contains("../"),
                "{href}"
            );
        }
        _ => {}
    }
}

fn all(document: &Document, selector: &str, attribute: &str) -> Vec<String> {
    let found = document.select(selector);
    let values = found
        .iter()
        .map(|one| one.attr_or(attribute, "").to_string());
    values.collect()
}

fn texts(document: &Document, selector: &str) -> Vec<String> {
    let found = document.select(selector);
    found.iter().map(|one| one.text().to_string()).collect()
}

fn channel(scope: Scope, name: &str, folder: &str) -> Channel {
    Channel {
        id: format!("tag:example.org,2024:{folder}"),
        scope,
        name: name.to_owned(),
        folder: folder.to_owned(),
        former: Vec::new(),
    }
}
