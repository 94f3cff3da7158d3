//! Pages of a server as a browser reads them.

use super::{
    entry::{Neighbor, Whole, entry},
    *,
};
use crate::{
    channel::{Channel, Scope},
    entry::{Digest, Entry, LeadQuote, Quotation, Speaker},
    feed::{Content, Settings, SiteUrl},
    text::{BlockKind, Span},
};
use dom_query::{Document, NodeRef};
use proptest::prelude::*;
use std::sync::Arc;

mod entries;
mod listings;
mod lists;

fn settings() -> Settings {
    Settings {
        title: "The Lorn Courier".to_owned(),
        url: SiteUrl::parse("https://news.example/").ok(),
        ..Settings::default()
    }
}

fn visit<'a>(settings: &'a Settings, path: &'a str, query: &'a str) -> Visit<'a> {
    Visit {
        settings,
        path,
        query,
        published: "1-1",
    }
}

/// An entry that says `text` wherever it can.
fn saying(text: &str) -> Entry {
    let mut entry = Entry {
        slug: "harbor-bridge".to_owned(),
        digest: Digest {
            title: text.to_owned(),
            byline: vec![text.to_owned()],
            summary: text.to_owned(),
            topics: vec![text.into(), "Roads".into()],
            lead_quote: Some(LeadQuote {
                quote: text.to_owned(),
                speaker: Some(Speaker(text.to_owned())),
            }),
            image: Some("https://elsewhere.example/bridge.jpg".to_owned()),
            url: Some("https://elsewhere.example/bridge".to_owned()),
            ..Digest::default()
        },
        topic_feeds: vec![None, Some("topics/roads".to_owned())],
        ..Entry::default()
    };
    "tag:example.org,2024:1".clone_into(&mut entry.id.0);
    entry.digest.body.push(BlockKind::Paragraph, text);
    entry.digest.body.push_picture(
        "https://elsewhere.example/a.png".to_owned(),
        text.to_owned(),
    );
    entry
}

fn hit(entry: Entry) -> Hit {
    Hit {
        entry: Arc::new(entry),
        ..Hit::default()
    }
}

fn channel(scope: Scope, name: &str, folder: &str) -> Channel {
    Channel {
        id: "tag:example.org,2024:feed".to_owned(),
        scope,
        name: name.to_owned(),
        folder: folder.to_owned(),
        former: Vec::new(),
    }
}

/// A whole page, checked for what holds on all of them, as a document.
fn check(visit: Visit, bytes: &[u8]) -> Document {
    let html = str::from_utf8(bytes).expect("it is UTF-8");
    assert!(html.starts_with("<!DOCTYPE html>\n"));
    let document = Document::from(html);
    for once in [
        "html[lang]",
        "base",
        "head > title",
        "main",
        "h1",
        "form[role=search]",
        "#told",
    ] {
        assert_eq!(document.select(once).length(), 1, "{once}");
    }
    // The policy lets nothing run or be fetched that is not the server's own.
    for never in [
        "style",
        "[style]",
        "img",
        "iframe",
        "object",
        "script:not([src])",
    ] {
        assert_eq!(document.select(never).length(), 0, "{never}");
    }
    let ids: Vec<String> = all(&document, "[id]", "id");
    let mut level = 0;
    for node in document.root().descendants_it() {
        check_node(visit, &node, &ids);
        let name = node.node_name().unwrap_or_default();
        if let [b'h', digit @ b'1'..=b'6'] = str::as_bytes(&name) {
            let next = digit - b'0';
            assert!(next <= level + 1, "h{next} after h{level}");
            level = next;
            assert!(!node.text().trim().is_empty(), "a heading says nothing");
        }
    }
    let mut unique = ids.clone();
    unique.sort();
    unique.dedup();
    assert_eq!(unique.len(), ids.len(), "an id is there twice");
    let depth = visit.path.matches('/').count();
    let base = if depth == 0 {
        "./".to_owned()
    } else {
        "../".repeat(depth)
    };
    assert_eq!(all(&document, "base", "href"), [base]);
    document
}

fn check_node(visit: Visit, node: &NodeRef, ids: &[String]) {
    for attribute in node.attrs() {
        assert!(!attribute.name.local.starts_with("on"), "{attribute:?}");
    }
    let name = node.node_name().unwrap_or_default();
    let of = |name: &str| node.attr(name).map(|value| value.to_string());
    match &*name {
        "a" => {
            let href = of("href").expect("a link leads somewhere");
            assert!(!node.text().trim().is_empty(), "a link says nothing");
            if let Some((page, id)) = href.split_once('#') {
                assert!(ids.iter().any(|known| known == id), "{href} leads nowhere");
                let own = if visit.path.is_empty() {
                    "./"
                } else {
                    visit.path
                };
                assert!(page.starts_with(own), "{href}");
            }
            let is_elsewhere = href.starts_with("https://elsewhere.example/");
            let first = href.split(['/', '?', '#']).next().unwrap_or_default();
            assert!(
                is_elsewhere || (!first.contains(':') && !href.starts_with('/')),
                "{href}"
            );
        }
        "input" | "select" => {
            let labels = |id: &str| {
                node.ancestors_it(None)
                    .any(|above| above.node_name().is_some_and(|name| &*name == "label"))
                    || ids.iter().any(|known| known == id)
            };
            assert!(
                labels(&of("id").unwrap_or_default()),
                "a field has no label"
            );
        }
        "svg" => assert!(of("aria-label").is_some_and(|told| !told.is_empty())),
        _ => {}
    }
}

fn all(document: &Document, selector: &str, attribute: &str) -> Vec<String> {
    let found = document.select(selector);
    let values = found.iter();
    values
        .map(|one| one.attr_or(attribute, "").to_string())
        .collect()
}

fn texts(document: &Document, selector: &str) -> Vec<String> {
    let found = document.select(selector);
    found
        .nodes()
        .iter()
        .map(|node| node.text().to_string())
        .collect()
}

#[test]
fn the_policy_that_is_sent_suffices_and_assets_are_named_by_what_is_in_them() {
    let [style, script] = assets();
    let mut length = 0;
    for (asset, ending) in [(style, ".css"), (script, ".js")] {
        let hash = blake3::hash(&asset.bytes).to_hex();
        assert!(asset.name.contains(&hash[..16]) && asset.name.ends_with(ending));
        length += asset.bytes.len();
        let text = str::from_utf8(&asset.bytes).expect("it is UTF-8");
        for never in [
            "url(",
            "@import",
            "@font-face",
            "//fonts",
            "http://",
            "https://",
            "eval(",
            "innerHTML",
        ] {
            assert!(!text.contains(never), "{never} in {}", asset.name);
        }
    }
    // With the heaviest page it is below a hundred kilobytes.
    assert!(length < 40_000, "{length}");
}

#[test]
fn a_problem_is_told_with_a_way_on() {
    let settings = settings();
    for problem in [
        Problem::Unknown,
        Problem::Withdrawn,
        Problem::TooMany,
        Problem::Fault,
        Problem::Busy,
    ] {
        let visit = visit(&settings, "entries/gone", "");
        let document = check(visit, &super::problem(visit, problem));
        assert_eq!(all(&document, "main a", "href"), ["./"]);
        assert_eq!(all(&document, "meta[name=robots]", "content"), ["noindex"]);
    }
}

#[test]
fn questions_and_addresses_mean_each_other() {
    let question = Question {
        query: "\"night train\" -ferry & 100%+1".to_owned(),
        topic: "R&D = C++".to_owned(),
        speaker: "Käthe O'Hara".to_owned(),
        folder: "a b/c".to_owned(),
        language: "pt-BR".to_owned(),
    };
    let encoded = question.encoded();
    assert_eq!(Question::parse(&encoded), question);
    assert!(!encoded.contains(['"', ' ', '\'', '<', '%', '+']) || encoded.contains("%25"));
    assert_eq!(question.address(), format!("search?{encoded}"));
    assert_eq!(Question::default().address(), "./");
    let sent = "q=%E6%A9%8B+a&topic=&q=last+&x=1&%zz&language=de&&=";
    let parsed = Question::parse(sent);
    assert_eq!((&*parsed.query, &*parsed.language), ("last", "de"));
    assert!(parsed.topic.is_empty());
    assert_eq!(Question::value(sent, "x").as_deref(), Some("1"));
    assert_eq!(Question::value(sent, "y"), None);
}

proptest! {
    #[test]
    fn any_question_comes_back(query in any::<String>(), topic in any::<String>()) {
        let question = Question {
            query: query.trim().to_owned(),
            topic: topic.trim().to_owned(),
            ..Question::default()
        };
        prop_assert_eq!(Question::parse(&question.encoded()), question);
    }

    #[test]
    fn any_query_of_an_address_is_read(sent in any::<String>()) {
        let _ = Question::parse(&sent);
        let _ = Question::value(&sent, "after");
    }
}
