//! An entry on a page: what was said, and what it is about.

use super::{
    paths::{host, index_of, is_elsewhere, push_href},
    text::{direction, own_words, push_all, push_attribute, push_element},
};
use crate::feed::body::push_escaped;
use jiff::Timestamp;

/// An entry, ready to be shown. All values have passed the border: single
/// lines, without characters that no page may have.
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

/// The entry as it stands on pages, whichever they are. It shows the digest;
/// the full text is where it links to.
pub(in crate::feed) fn card(card: &Card) -> String {
    let mut out = String::with_capacity(2048);
    out.push_str("<article class=\"card\"");
    push_attribute(&mut out, "id", &format!("e-{}", card.slug));
    if let Some(tag) = card.language {
        push_attribute(&mut out, "lang", tag);
    }
    // Only the words run the other way: dates stay below each other.
    out.push_str(">\n<div class=\"body\"");
    push_attribute(&mut out, "dir", direction(card.language));
    out.push_str(">\n<h2>");
    match card.link {
        Some(link) => push_link(&mut out, link, card.title),
        None => push_escaped(&mut out, card.title),
    }
    out.push_str("</h2>\n");
    push_digest(&mut out, card);
    out.push_str("</div>\n");
    push_facts(&mut out, card);
    push_picture(&mut out, card.image, "lazy");
    out.push_str("</article>\n");
    out
}

/// Appends quotation, summary and topics.
pub(super) fn push_digest(out: &mut String, card: &Card) {
    if let Some(quote) = &card.quote {
        push_quote(out, quote);
    }
    if !card.summary.is_empty() {
        push_element(out, "p class=\"summary\"", card.summary);
        out.push('\n');
    }
    if card.topics.is_empty() {
        return;
    }
    out.push_str("<ul class=\"topics\">");
    for topic in &card.topics {
        out.push_str("<li>");
        match topic.feed {
            Some(feed) => push_link(out, &index_of(feed), topic.label),
            None => push_element(out, "span", topic.label),
        }
        out.push_str("</li>");
    }
    out.push_str("</ul>\n");
}

/// Up to so many characters a quotation is set large, and past so many small:
/// by eye, two lines and seven of a wide page.
const SHORT_QUOTE: usize = 110;
const LONG_QUOTE: usize = 360;

impl Quote<'_> {
    /// The class that tells how large it is set.
    pub(super) fn size(&self) -> &'static str {
        match self.words.chars().count() {
            ..=SHORT_QUOTE => " short",
            LONG_QUOTE.. => " long",
            _ => "",
        }
    }
}

/// Appends a quotation. The quotation marks are those of the language, which
/// browsers know.
fn push_quote(out: &mut String, quote: &Quote) {
    push_all(
        out,
        &["<figure class=\"quote", quote.size(), "\"><blockquote>"],
    );
    push_element(out, "p", quote.words);
    out.push_str("</blockquote>");
    if let Some(speaker) = quote.speaker {
        out.push_str("<figcaption>");
        match quote.feed {
            Some(feed) => push_link(out, &index_of(feed), speaker),
            None => push_escaped(out, speaker),
        }
        out.push_str("</figcaption>");
    }
    out.push_str("</figure>\n");
}

/// Appends when it was published, where, and by whom.
pub(super) fn push_facts(out: &mut String, card: &Card) {
    push_all(out, &["<p class=\"facts\"", own_words(card.language), ">"]);
    push_time(out, card.published, Shown::Whole);
    if day(card.updated) > day(card.published) {
        out.push_str("<span class=\"updated\">Updated ");
        push_time(out, card.updated, Shown::Day);
        out.push_str("</span>");
    }
    let elsewhere = card.link.filter(|link| is_elsewhere(link));
    if let Some(site) = card.site.or_else(|| elsewhere.and_then(host)) {
        push_names(out, "source", &[site]);
    }
    push_names(out, "byline", &card.authors);
    out.push_str("</p>\n");
}

/// Appends names, each of which may run in its own direction.
fn push_names(out: &mut String, class: &str, names: &[&str]) {
    if names.is_empty() {
        return;
    }
    push_all(out, &["<span class=\"", class, "\">"]);
    for (at, name) in names.iter().enumerate() {
        if at > 0 {
            out.push_str(", ");
        }
        push_element(out, "bdi", name);
    }
    out.push_str("</span>");
}

/// How much of a time people see.
#[derive(Clone, Copy, PartialEq)]
enum Shown {
    Whole,
    Day,
}

/// Appends a time. Where it is midnight, only the day is known.
fn push_time(out: &mut String, time: Timestamp, shown: Shown) {
    out.push_str("<time");
    push_attribute(out, "datetime", &stamp(time));
    out.push('>');
    let written = time.strftime("%-d %b %Y").to_string();
    out.push_str(&written);
    if shown == Shown::Whole && time.as_second().rem_euclid(DAY) >= 60 {
        let hour = time.strftime(" <span class=\"hour\">%H:%M UTC</span>");
        out.push_str(&hour.to_string());
    }
    out.push_str("</time>");
}

const DAY: i64 = 24 * 60 * 60;

fn day(time: Timestamp) -> i64 {
    time.as_second().div_euclid(DAY)
}

/// A time for programs.
pub(super) fn stamp(time: Timestamp) -> String {
    time.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}

/// Appends a picture. What it shows nobody wrote down, so nothing is read out.
pub(super) fn push_picture(out: &mut String, image: Option<&str>, loading: &str) {
    let Some(image) = image else { return };
    out.push_str("<img class=\"picture\"");
    push_attribute(out, "src", image);
    let rest = " alt=\"\" decoding=\"async\" referrerpolicy=\"no-referrer\" loading=\"";
    push_all(out, &[rest, loading, "\">\n"]);
}

/// Appends a link to an address, in full or a path in the feeds folder.
pub(super) fn push_link(out: &mut String, link: &str, text: &str) {
    out.push_str("<a");
    push_href(out, link);
    out.push('>');
    push_escaped(out, text);
    out.push_str("</a>");
}
