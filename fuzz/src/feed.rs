//! Feeds: what we write, and what anybody wrote.

use super::{article, pieces};
use feedwright::{
    channel::{Channel, Listed, Part, Scope, Sheet},
    entry::{Digest, Entry, EntryId, LeadQuote, Speaker, Topic},
    feed::{self, Document, Level, Settings, SiteUrl},
    text::{Block, BlockKind, Mark, MarkKind, Span, Text},
};
use jiff::Timestamp;
use std::sync::Arc;

/// The judge takes any bytes, and always judges the same.
pub(super) fn lint(bytes: &[u8]) {
    let linted = feed::lint(bytes);
    for finding in &linted.findings {
        assert!(finding.line > 0 && finding.column > 0);
        assert!(!finding.detail.contains(char::is_control), "{finding:?}");
    }
    assert_eq!(feed::lint(bytes).findings, linted.findings);
    let files = [
        ("a.xml".to_owned(), linted.clone()),
        ("b/a.xml".to_owned(), linted),
    ];
    for together in feed::lint_together(&files) {
        assert!(together.file < files.len());
    }
    let _ = feed::is_feed_like(bytes);
}

/// Entries whatever they hold give feeds that read back. The input is their
/// fields, one a line; a line of dashes is between two.
pub(super) fn feed(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let entries = text.split("\n---\n").take(4).enumerate();
    rendered(entries.map(|(number, text)| entry(number, text)).collect());
}

fn entry(number: usize, text: &str) -> Entry {
    let mut entry = Entry {
        id: EntryId(format!("tag:example.org,2026:{number}")),
        ..Entry::default()
    };
    let digest = &mut entry.digest;
    for (name, value) in pieces::fields(text) {
        let some = Some(value.clone());
        match name {
            "title" => digest.title = value,
            "byline" => digest.byline.push(value),
            "language" => digest.language = some,
            "url" => digest.url = some,
            "image" => digest.image = some,
            "site" => digest.site = some,
            "summary" => digest.summary = value,
            "topic" => digest.topics.push(Topic::from(value)),
            "quote" => {
                let (speaker, quote) = value.split_once('|').unwrap_or(("", &value));
                digest.lead_quote = Some(LeadQuote {
                    quote: quote.to_owned(),
                    speaker: Some(Speaker(speaker.to_owned())).filter(|name| !name.0.is_empty()),
                });
            }
            "published" => entry.published = value.parse().unwrap_or_default(),
            "updated" => entry.updated = value.parse().unwrap_or_default(),
            "slug" => entry.slug = slug(&value),
            "feed" => entry
                .topic_feeds
                .push(Some(format!("topics/{}", slug(&value)))),
            _ => block(digest, name, &value),
        }
    }
    entry.updated = entry.updated.max(entry.published);
    entry
}

/// What the catalogue makes of a title or a label has nothing else in it.
fn slug(value: &str) -> String {
    value
        .chars()
        .filter(|c| c.is_alphanumeric() || *c == '-')
        .collect()
}

fn block(digest: &mut Digest, name: &str, value: &str) {
    let body = &mut digest.body;
    let kind = match name {
        "h" => BlockKind::Heading(2),
        "q" => BlockKind::Quote,
        "li" => BlockKind::ListItem {
            ordered: false,
            depth: 1,
        },
        "ol" => BlockKind::ListItem {
            ordered: true,
            depth: 0,
        },
        "code" => BlockKind::Code,
        "table" => BlockKind::Table,
        "picture" => {
            let (address, alt) = value.split_once('|').unwrap_or((value, ""));
            return body.push_picture(address.to_owned(), alt.to_owned());
        }
        "link" | "strong" | "em" | "tt" => return mark(body, name, value),
        _ => BlockKind::Paragraph,
    };
    body.push(kind, value);
}

/// A mark on the block before: where from and to, and for a link its address.
fn mark(body: &mut Text, name: &str, value: &str) {
    let Text { plain, blocks } = body;
    let Some(Block { span, marks, .. }) = blocks.last_mut() else {
        return;
    };
    let mut parts = value.splitn(3, ' ');
    let mut place = || -> usize {
        let far = parts.next().and_then(|number| number.parse().ok());
        let at = span.start as usize + far.unwrap_or(0_usize).min(span.len());
        plain.floor_char_boundary(at)
    };
    let (start, end) = (place(), place());
    marks.push(Mark {
        span: Span::new(start, end.max(start)),
        kind: match name {
            "link" => MarkKind::Link(parts.next().unwrap_or_default().to_owned()),
            "strong" => MarkKind::Strong,
            "tt" => MarkKind::Code,
            _ => MarkKind::Emphasis,
        },
    });
}

/// Renders entries in every format, and checks every document.
pub(super) fn rendered(entries: Vec<Entry>) {
    let size = |entry: &Entry| entry.digest.title.len() + entry.digest.body.plain.len();
    // With an address of the feeds or without one; both would take twice as long.
    let is_public = entries.iter().map(size).sum::<usize>() % 2 == 0;
    let entries: Vec<_> = entries.into_iter().map(Arc::new).collect();
    documents(is_public, &everything(entries.len()), &entries);
}

fn settings(is_public: bool) -> Settings {
    let site = SiteUrl::parse("https://example.org/feeds/").expect("it is an address");
    Settings {
        url: Some(site).filter(|_| is_public),
        tombstones: true,
        ..Settings::default()
    }
}

/// Renders a sheet as the catalogue has it, and checks every document.
pub(super) fn sheet(sheet: &Sheet, entries: &[Arc<Entry>]) {
    documents(true, sheet, entries);
}

/// Renders the lists of feeds, and checks them.
pub(super) fn lists(channels: &[Channel]) {
    for is_public in [false, true] {
        let lists = feed::lists(&settings(is_public), channels);
        lists.iter().for_each(check);
    }
}

fn documents(is_public: bool, sheet: &Sheet, entries: &[Arc<Entry>]) {
    let settings = settings(is_public);
    let edition = feed::render(&settings, sheet, entries);
    let mut documents = edition.expect("entries are rendered").documents;
    for entry in entries {
        let page = feed::entry_page(&settings, entry);
        documents.extend(page.expect("the id is fit"));
    }
    documents.iter().for_each(check);
}

/// The feed of all entries, with these.
fn everything(count: usize) -> Sheet {
    let channel = Channel {
        id: "tag:example.org,2026:feed".to_owned(),
        scope: Scope::All,
        name: String::new(),
        folder: String::new(),
        former: Vec::new(),
    };
    Sheet {
        channel: Arc::new(channel),
        part: Part::Current,
        archives: 0,
        entries: (0..)
            .map(|key| Listed { key, version: 1 })
            .take(count)
            .collect(),
        deleted: vec![feedwright::channel::Deleted {
            id: EntryId("tag:example.org,2026:gone".to_owned()),
            at: Timestamp::UNIX_EPOCH,
        }],
    }
}

/// Checks a document as those do who read it.
fn check(document: &Document) {
    let text = str::from_utf8(&document.bytes).expect("documents are UTF-8");
    let bad = text.chars().find(|c| is_bad(*c));
    assert_eq!(bad, None, "in {}", document.name);
    if document.media_type == "text/html" {
        harmless(text);
    } else {
        let linted = feed::lint(&document.bytes);
        assert!(linted.kind.is_some());
        let errors = linted.findings.iter();
        let errors: Vec<_> = errors
            .filter(|one| one.rule.level == Level::Error)
            .collect();
        assert!(
            errors.is_empty(),
            "{} has {errors:#?}\n{text}",
            document.name
        );
        if let Ok(feed) = serde_json::from_str::<serde_json::Value>(text) {
            let items = feed["items"].as_array().into_iter().flatten();
            let html = items.filter_map(|item| item["content_html"].as_str());
            html.for_each(harmless);
        }
    }
}

/// Checks that a page runs nothing: no element in it is a program or takes one
/// in, and none has a handler or an address that is a program.
fn harmless(page: &str) {
    for tag in page.split('<').skip(1) {
        let tag = &tag[..tag.find('>').expect("every tag ends")];
        let name: String = tag
            .chars()
            .take_while(char::is_ascii_alphanumeric)
            .collect();
        let runs = ["script", "iframe", "object", "embed", "form", "svg"];
        assert!(!runs.contains(&&*name), "{tag}");
        // Values stand in double quotation marks, and have none.
        let mut pieces = tag.split('"');
        while let (Some(attribute), Some(value)) = (pieces.next(), pieces.next()) {
            let attribute = attribute.rsplit(' ').next().unwrap_or_default();
            let attribute = attribute.trim_end_matches('=');
            assert!(!attribute.starts_with("on"), "{tag}");
            let address = value.trim().to_ascii_lowercase();
            let runs = ["javascript:", "vbscript:", "data:"];
            let runs = runs.iter().any(|scheme| address.starts_with(scheme));
            // Our own icon is written into the page.
            let is_icon = name == "link" && address.starts_with("data:image/svg+xml,");
            assert!(
                !matches!(attribute, "href" | "src") || !runs || is_icon,
                "{tag}"
            );
        }
    }
}

/// Feeds have none of these, in any plane. A mark of byte order is a space of
/// no width elsewhere.
fn is_bad(c: char) -> bool {
    article::is_bad(c) && c != '\u{feff}' || u32::from(c) & 0xfffe == 0xfffe
}
