//! The page of a feed for people, as one more of its formats.

use super::{
    Format,
    border::{CleanEntry, Extent},
    head::Head,
    html::{self, Card, Quote, Topic},
};

pub(super) const FORMAT: Format = Format {
    name: "index.html",
    media_type: "text/html",
    extent: Extent::Digest,
    fragment,
    document: |frame, cards| document(&frame.head, cards),
};

/// The card of an entry. It never shows the full text, which is where the card
/// leads, so that a page can be looked through like a reader's list.
fn fragment(entry: &CleanEntry, _extent: Extent) -> Result<String, String> {
    let card = card(entry);
    let html = html::card(&card);
    html::read_back(&card, &html)?;
    Ok(html)
}

fn document(head: &Head, cards: &[&str]) -> Result<Vec<u8>, String> {
    // Programs go on reading the feeds at a former address; people are led on.
    if head.is_moved() {
        return Ok(html::moved(head));
    }
    let mut page = html::before(head);
    html::read_back_before(head, &page)?;
    if cards.is_empty() {
        page.push_str(&html::nothing(head));
    }
    for card in cards {
        page.push_str(card);
    }
    page.push_str(&html::after(head));
    Ok(page.into_bytes())
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
