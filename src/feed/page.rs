//! The page of a feed for people, as one more of its formats.

use super::{
    Format,
    border::{CleanEntry, Extent},
    head::Head,
    html::{self, Card, Quote, Topic},
    wire::Around,
};

pub(super) const FORMAT: Format = Format {
    name: "index.html",
    media_type: "text/html",
    extent: Extent::Digest,
    fragment,
    between: "",
    around: |frame, any| around(&frame.head, any),
};

/// The card of an entry. It never shows the full text, which is where the card
/// leads, so that a page can be looked through like a reader's list.
fn fragment(entry: &CleanEntry, _extent: Extent) -> Result<String, String> {
    let card = card(entry);
    let html = html::card(&card);
    html::read_back(&card, &html)?;
    Ok(html)
}

fn around(head: &Head, any: bool) -> Result<Around, String> {
    // Programs go on reading the feeds at a former address; people are led on.
    if head.is_moved() {
        return Ok(Around::alone(html::moved(head)));
    }
    let mut before = html::before(head);
    html::read_back_before(head, &before)?;
    if !any {
        before.push_str(&html::nothing(head));
    }
    Ok(Around {
        before: before.into_bytes(),
        after: html::after(head).into_bytes(),
        shows: true,
    })
}

pub(super) fn card<'a>(entry: &'a CleanEntry) -> Card<'a> {
    let quote = entry.lead.as_ref().map(|lead| Quote {
        words: &lead.quote,
        speaker: lead.speaker.as_deref(),
        feed: lead.feed,
    });
    let topics = entry.topics.iter().map(|topic| Topic {
        label: &topic.label,
        feed: topic.feed,
    });
    let signed = entry.authors.iter().filter(|_| entry.signed);
    Card {
        title: &entry.title,
        link: entry.url.as_deref().or(entry.page.as_deref()),
        slug: entry.slug,
        quote,
        summary: &entry.summary,
        topics: topics.collect(),
        authors: signed.map(String::as_str).collect(),
        site: entry.site.as_deref(),
        published: entry.published,
        updated: entry.updated,
        language: entry.language.as_deref(),
        image: entry.image.as_deref(),
        content: entry.text.as_deref(),
    }
}
