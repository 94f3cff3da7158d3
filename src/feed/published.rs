//! What documents tell of entries and feeds that were published: read back for
//! somebody who has nothing else left of them.
//!
//! Only our own documents are understood: those of others are laid out
//! otherwise, and their ids are none of ours.

use super::FORMATS;
use atom_syndication::Feed;
use jiff::Timestamp;
use quick_xml::escape::unescape;
use serde::Deserialize;

/// What a document tells of itself, if it is one of ours.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PublishedHead {
    /// The id of the feed; empty where the format has none.
    pub id: String,
    /// What the feed is called in a reader.
    pub title: String,
    /// Whether this is an archive page.
    pub is_archive: bool,
    /// The id of the newest entry in it.
    pub newest: Option<String>,
    /// When anything in it changed last, withdrawals included.
    pub updated: Timestamp,
    /// The ids of entries that were withdrawn from it, and when, as far as it
    /// says.
    pub withdrawn: Vec<(String, Timestamp)>,
}

/// An entry as a document shows it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PublishedEntry {
    /// Its permanent id.
    pub id: String,
    /// Its headline.
    pub title: String,
    /// The words of its full text, block by block, if it is there.
    pub text: Option<String>,
    /// Where it leads, if that is not a page of ours.
    pub url: Option<String>,
    /// Its date.
    pub published: Timestamp,
    /// When it last changed.
    pub updated: Timestamp,
}

/// An entry as a page shows it: what feeds do not tell.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PublishedCard {
    /// Its name in addresses.
    pub slug: String,
    /// The folders of the feeds that it leads to.
    pub feeds: Vec<String>,
}

/// What ids of ours begin with.
const OURS: &str = "tag:feedwright.invalid,2026:";

/// The names of the documents of a sheet.
pub fn document_names() -> impl Iterator<Item = &'static str> {
    FORMATS.iter().map(|format| format.name)
}

/// The head of an Atom document, of which the beginning is enough.
#[must_use]
pub fn head(document: &str) -> Option<PublishedHead> {
    let (head, entries) = document.split_once("<entry>").unwrap_or((document, ""));
    let generator = concat!(">", env!("CARGO_PKG_NAME"), "</generator>");
    if !head.contains(generator) {
        return None;
    }
    Some(PublishedHead {
        id: element(head, "id")?,
        title: element(head, "title")?,
        is_archive: head.contains("<fh:archive"),
        newest: element(entries, "id"),
        updated: element(head, "updated")?.parse().ok()?,
        withdrawn: head
            .split("<at:deleted-entry ")
            .skip(1)
            .filter_map(tombstone)
            .collect(),
    })
}

/// The entries of an Atom document, newest first, and its head.
#[must_use]
pub fn entries(document: &str) -> Option<(PublishedHead, Vec<PublishedEntry>)> {
    let head = head(document)?;
    let feed = Feed::read_from(document.as_bytes()).ok()?;
    let own = feed.links.iter().find(|link| link.rel == "self");
    let site = own.and_then(|link| link.href.rsplit_once("atom.xml"));
    // An archive page stands below the feeds folder.
    let site = site.map(|(folder, _)| folder.split("archive/").next().unwrap_or(folder));
    let pages = site.map(|site| format!("{site}entries/"));
    let entries = feed.entries.into_iter().map(|entry| {
        let links = entry.links.into_iter().map(|link| link.href);
        let is_page = |url: &String| pages.as_ref().is_some_and(|pages| url.starts_with(pages));
        let content = entry.content.and_then(|content| content.value);
        let digest = entry.summary.map(|summary| summary.value);
        Some(PublishedEntry {
            id: Some(entry.id).filter(|id| id.starts_with(OURS))?,
            title: entry.title.value,
            text: text(content.as_deref(), digest.as_deref()),
            url: links.into_iter().find(|url| !is_page(url)),
            published: time(entry.published.unwrap_or(entry.updated).timestamp()),
            updated: time(entry.updated.timestamp()),
        })
    });
    Some((head, entries.collect::<Option<_>>()?))
}

/// The same of a JSON document, which does not tell the feed's id.
#[must_use]
pub fn entries_of_json(document: &str) -> Option<(PublishedHead, Vec<PublishedEntry>)> {
    #[derive(Deserialize)]
    struct Document {
        title: String,
        items: Vec<Item>,
    }
    #[derive(Deserialize)]
    struct Item {
        id: String,
        url: Option<String>,
        title: String,
        content_html: String,
        date_published: Timestamp,
        date_modified: Timestamp,
    }
    let feed: Document = serde_json::from_str(document).ok()?;
    let entries = feed.items.into_iter().map(|item| {
        Some(PublishedEntry {
            id: Some(item.id).filter(|id| id.starts_with(OURS))?,
            title: item.title,
            // That there is more than the digest shows by the line between.
            text: Some(item.content_html)
                .filter(|html| html.contains("<hr>"))
                .and_then(|html| text(Some(&html), None)),
            url: item.url.filter(|url| !url.contains("/entries/")),
            published: item.date_published,
            updated: item.date_modified,
        })
    });
    let entries: Vec<PublishedEntry> = entries.collect::<Option<_>>()?;
    let head = PublishedHead {
        title: feed.title,
        newest: entries.first().map(|entry| entry.id.clone()),
        ..PublishedHead::default()
    };
    Some((head, entries))
}

/// The cards of a page, in its order.
#[must_use]
pub fn cards(page: &str) -> Vec<PublishedCard> {
    let cards = page.split("<article class=\"card\" id=\"e-").skip(1);
    let card = |card: &str| {
        let card = card.split("</article>").next().unwrap_or_default();
        let (slug, rest) = card.split_once('"').unwrap_or_default();
        let links = rest.split(" href=\"").skip(1);
        let links = links.filter_map(|link| Some(decoded(link.split_once('"')?.0)));
        let feed = |link: String| {
            let folder = link.strip_suffix("/index.html")?;
            let ours = ["topics/", "speakers/"];
            let ours = ours.iter().any(|scope| folder.starts_with(scope));
            ours.then(|| folder.to_owned())
        };
        PublishedCard {
            slug: unescaped(slug),
            feeds: links.filter_map(feed).collect(),
        }
    };
    cards.map(card).collect()
}

/// Whether a page says only that its feed has moved.
#[must_use]
pub fn is_moved(page: &str) -> bool {
    page.contains("http-equiv=\"refresh\"")
}

/// What a tombstone says: which entry, and when it was withdrawn.
fn tombstone(rest: &str) -> Option<(String, Timestamp)> {
    let (rest, _) = rest.split_once('>')?;
    let value = |name: &str| {
        let (_, rest) = rest.split_once(&format!("{name}=\""))?;
        Some(unescaped(rest.split_once('"')?.0))
    };
    Some((value("ref")?, value("when")?.parse().ok()?))
}

/// What the first element of this name holds, as text.
fn element(document: &str, name: &str) -> Option<String> {
    let (_, rest) = document.split_once(&format!("<{name}"))?;
    let (_, rest) = rest.split_once('>')?;
    let (text, _) = rest.split_once(&format!("</{name}>"))?;
    Some(unescaped(text))
}

/// The full text of an entry, as words: what comes after its digest.
fn text(content: Option<&str>, digest: Option<&str>) -> Option<String> {
    let content = content.filter(|content| Some(*content) != digest)?;
    let text = content.split_once("<hr>").map_or(content, |(_, text)| text);
    Some(words(text))
}

/// The words of HTML of ours. Where a block ends, so does a word; where a mark
/// does, it may go on.
fn words(html: &str) -> String {
    const MARKS: [&str; 4] = ["a", "em", "strong", "code"];
    let mut words = String::with_capacity(html.len());
    let mut rest = html;
    while let Some((before, tag)) = rest.split_once('<') {
        words.push_str(before);
        let (tag, after) = tag.split_once('>').unwrap_or((tag, ""));
        let name = tag.trim_start_matches('/');
        let name = name.split([' ', '/']).next().unwrap_or_default();
        if !MARKS.contains(&name) {
            words.push('\n');
        }
        rest = after;
    }
    words.push_str(rest);
    unescaped(&words)
}

fn unescaped(text: &str) -> String {
    unescape(text).map_or_else(|_| text.to_owned(), std::borrow::Cow::into_owned)
}

/// An address as pages have them, as a path in the feeds folder.
fn decoded(address: &str) -> String {
    let address = unescaped(address);
    let address = address.strip_prefix("./").unwrap_or(&address);
    let mut bytes = Vec::with_capacity(address.len());
    let mut rest = address.as_bytes();
    while let [first, more @ ..] = rest {
        let code = more.get(..2).filter(|_| *first == b'%');
        let code = code.and_then(|code| u8::from_str_radix(str::from_utf8(code).ok()?, 16).ok());
        if let Some(byte) = code {
            bytes.push(byte);
            rest = &more[2..];
        } else {
            bytes.push(*first);
            rest = more;
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

fn time(second: i64) -> Timestamp {
    Timestamp::from_second(second).unwrap_or_default()
}
