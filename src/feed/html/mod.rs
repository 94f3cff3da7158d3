//! Pages for people: the same entries as in the feeds, to be read in a browser.

use super::{Settings, body::push_escaped, head::Head, place};
use crate::channel::{Channel, Scope};
use jiff::Timestamp;

/// An entry, ready to be shown.
#[derive(Debug, Clone, Default)]
pub(in crate::feed) struct Card<'a> {
    pub(in crate::feed) title: &'a str,
    /// Where it can be read: an absolute web address, or the path of its page
    /// in the feeds folder.
    pub(in crate::feed) link: Option<&'a str>,
    /// Its name in addresses.
    pub(in crate::feed) slug: &'a str,
    /// The quotation that leads it.
    pub(in crate::feed) quote: Option<Quote<'a>>,
    /// A few sentences; may be empty.
    pub(in crate::feed) summary: &'a str,
    pub(in crate::feed) topics: Vec<Topic<'a>>,
    /// The names in its byline.
    pub(in crate::feed) authors: Vec<&'a str>,
    /// The name of the site or paper that it appeared in.
    pub(in crate::feed) site: Option<&'a str>,
    pub(in crate::feed) published: Timestamp,
    pub(in crate::feed) updated: Timestamp,
    /// Its language as a BCP 47 tag, which also tells which way it runs.
    pub(in crate::feed) language: Option<&'a str>,
    /// Its lead picture, as an absolute web address.
    pub(in crate::feed) image: Option<&'a str>,
    /// The full text as HTML without the digest; only its own page shows it.
    pub(in crate::feed) content: Option<&'a str>,
}

/// A quotation that leads an entry.
#[derive(Debug, Clone, Copy, Default)]
pub(in crate::feed) struct Quote<'a> {
    /// The words, without quotation marks.
    pub(in crate::feed) words: &'a str,
    pub(in crate::feed) speaker: Option<&'a str>,
    /// The folder of the speaker's feed.
    pub(in crate::feed) feed: Option<&'a str>,
}

/// A topic of an entry.
#[derive(Debug, Clone, Copy, Default)]
pub(in crate::feed) struct Topic<'a> {
    pub(in crate::feed) label: &'a str,
    /// The folder of its feed.
    pub(in crate::feed) feed: Option<&'a str>,
}

/// An entry among others.
pub(in crate::feed) fn card(card: &Card) -> String {
    let mut out = format!("<article id=\"e-{}\"><h2>", card.slug);
    match card.link {
        Some(link) => push_link(&mut out, link, card.title),
        None => push_escaped(&mut out, card.title),
    }
    out.push_str("</h2>\n");
    if let Some(quote) = card.quote {
        push_paragraph(&mut out, quote.words);
        push_paragraph(&mut out, quote.speaker.unwrap_or_default());
        push_paragraph(&mut out, quote.feed.unwrap_or_default());
    }
    push_paragraph(&mut out, card.summary);
    for topic in &card.topics {
        push_link(&mut out, topic.feed.unwrap_or_default(), topic.label);
    }
    for author in &card.authors {
        push_paragraph(&mut out, author);
    }
    push_paragraph(&mut out, card.site.unwrap_or_default());
    push_paragraph(&mut out, card.language.unwrap_or_default());
    push_paragraph(&mut out, card.image.unwrap_or_default());
    push_paragraph(&mut out, &card.published.to_string());
    push_paragraph(&mut out, &card.updated.to_string());
    out.push_str("</article>\n");
    out
}

/// Whether a card says what is in it.
pub(in crate::feed) fn read_back(card: &Card, html: &str) -> Result<(), String> {
    let whole = html.contains("</article>");
    whole
        .then_some(())
        .ok_or_else(|| format!("the card {:?} has no end", card.slug))
}

/// What stands before the cards.
pub(in crate::feed) fn before(head: &Head) -> String {
    let mut out = start(&head.title);
    push_paragraph(&mut out, head.site);
    push_paragraph(&mut out, head.name);
    push_paragraph(&mut out, head.scope.name());
    out
}

/// What stands where the cards would, if there is none.
pub(in crate::feed) fn nothing(head: &Head) -> String {
    format!("<p>No {} yet</p>\n", head.scope.name())
}

/// What stands after the cards.
pub(in crate::feed) fn after(head: &Head) -> String {
    let mut out = String::new();
    if let Some(part) = head.older() {
        push_link(&mut out, &head.path_of(part, "index.html"), "Older");
    }
    out
}

/// Whether what stands before the cards says what it is of.
pub(in crate::feed) fn read_back_before(head: &Head, html: &str) -> Result<(), String> {
    let mut title = String::new();
    push_escaped(&mut title, &head.title);
    let said = html.contains(&title);
    said.then_some(())
        .ok_or_else(|| format!("the title {title:?} is missing"))
}

/// The page at a former address of a feed: the head's place is there, and its
/// folder is where the feed is now.
pub(in crate::feed) fn moved(head: &Head) -> Vec<u8> {
    let mut out = start(&head.title);
    let now = head.place.to(&head.path_of(head.part, "index.html"));
    push_link(&mut out, &now, &head.title);
    out.into_bytes()
}

/// The list of the feeds of a scope, which are those of it among `channels`.
pub(in crate::feed) fn list<'a>(
    settings: &Settings,
    scope: Scope,
    channels: impl IntoIterator<Item = &'a Channel>,
) -> Vec<u8> {
    let mut out = start(&settings.title);
    for channel in channels.into_iter().filter(|one| one.scope == scope) {
        let to = place::path(&channel.folder, "index.html");
        push_link(&mut out, &to, &channel.name);
    }
    out.into_bytes()
}

/// The path in the feeds folder of the page of the entry with this slug.
pub(in crate::feed) fn entry_path(slug: &str) -> String {
    format!("entries/{slug}.html")
}

/// The page of an entry.
pub(in crate::feed) fn entry_page(settings: &Settings, card: &Card) -> Vec<u8> {
    let mut out = start(&settings.title);
    out.push_str(&self::card(card));
    out.push_str(card.content.unwrap_or_default());
    out.into_bytes()
}

fn start(title: &str) -> String {
    let mut out = "<!DOCTYPE html>\n<title>".to_owned();
    push_escaped(&mut out, title);
    out.push_str("</title>\n");
    out
}

fn push_paragraph(out: &mut String, text: &str) {
    out.push_str("<p>");
    push_escaped(out, text);
    out.push_str("</p>\n");
}

fn push_link(out: &mut String, to: &str, text: &str) {
    out.push_str("<a href=\"");
    push_escaped(out, to);
    out.push_str("\">");
    push_escaped(out, text);
    out.push_str("</a>\n");
}
