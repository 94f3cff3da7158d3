//! An entry in a list, with what was searched for marked in it.

use super::{
    Question,
    words::{push_marked, push_way},
};
use crate::{
    entry::Entry,
    feed::{
        Content, FeedError, Settings,
        border::CleanEntry,
        html::{
            Card,
            card::push_facts,
            paths::encoded,
            text::{direction, push_all, push_attribute},
        },
        page,
    },
};
use std::{ops::Range, sync::Arc};

/// An entry that was found, and where it has what was searched for.
#[derive(Debug, Clone, Default)]
pub struct Hit {
    /// The entry.
    pub entry: Arc<Entry>,
    /// In its title, in bytes and in order.
    pub title: Vec<Range<usize>>,
    /// In the quotation that leads it.
    pub quote: Vec<Range<usize>>,
    /// In the name of who said that.
    pub speaker: Vec<Range<usize>>,
    /// What is shown instead of its summary, if anything is.
    pub snippet: Option<Snippet>,
}

/// A part of an entry's text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Snippet {
    /// The part, on one line.
    pub text: String,
    /// Where in it what was searched for is, in bytes and in order.
    pub marks: Vec<Range<usize>>,
    /// Whether the text goes on before it.
    pub goes_on_before: bool,
    /// Whether it goes on after it.
    pub goes_on_after: bool,
}

/// The path of the page of the entry with this slug.
pub(super) fn path(slug: &str) -> String {
    encoded(&format!("entries/{slug}")).into_owned()
}

/// The path of the page of a feed.
pub(super) fn feed_path(folder: &str) -> String {
    encoded(&format!("{folder}/")).into_owned()
}

/// Appends the entry as it stands in lists.
pub(super) fn push_hit(out: &mut String, settings: &Settings, hit: &Hit) -> Result<(), FeedError> {
    let clean = CleanEntry::new(settings, &hit.entry)?;
    let card = page::card(&clean);
    out.push_str("<article class=\"card\"");
    push_attribute(out, "id", &format!("e-{}", card.slug));
    if let Some(tag) = card.language {
        push_attribute(out, "lang", tag);
    }
    out.push_str(">\n<div class=\"body\"");
    push_attribute(out, "dir", direction(card.language));
    out.push_str(">\n<h2><a");
    push_attribute(out, "href", &path(card.slug));
    out.push('>');
    push_words(out, card.title, &hit.entry.digest.title, &hit.title);
    out.push_str("</a></h2>\n");
    push_quote(out, &card, hit);
    push_summary(out, &card, hit.snippet.as_ref());
    push_topics(out, &card);
    out.push_str("</div>\n");
    push_facts(out, &card);
    out.push_str("</article>\n");
    Ok(())
}

/// Settings for entries of which only the digest is shown.
pub(super) fn without_text(settings: &Settings) -> Settings {
    Settings {
        content: Content::Digest,
        ..settings.clone()
    }
}

/// Appends a value as it passed the border or, with marks, as they were found
/// in it.
fn push_words(out: &mut String, clean: &str, raw: &str, marks: &[Range<usize>]) {
    if marks.is_empty() {
        push_marked(out, clean, &[]);
    } else {
        push_marked(out, raw, marks);
    }
}

fn push_quote(out: &mut String, card: &Card, hit: &Hit) {
    let raw = hit.entry.digest.lead_quote.as_ref();
    let (Some(quote), Some(raw)) = (&card.quote, raw) else {
        return;
    };
    push_all(
        out,
        &["<figure class=\"quote", quote.size(), "\"><blockquote><p>"],
    );
    push_words(out, quote.words, &raw.quote, &hit.quote);
    out.push_str("</p></blockquote>");
    if let Some(speaker) = quote.speaker {
        out.push_str("<figcaption><a");
        push_attribute(out, "href", &of_speaker(speaker, quote.feed));
        out.push('>');
        let raw = raw.speaker.as_ref().map_or("", |speaker| &speaker.0);
        push_words(out, speaker, raw, &hit.speaker);
        out.push_str("</a></figcaption>");
    }
    out.push_str("</figure>\n");
}

/// The page of what a speaker said: that of the feed, if there is one.
pub(super) fn of_speaker(speaker: &str, feed: Option<&str>) -> String {
    feed.map_or_else(
        || {
            let question = Question {
                speaker: speaker.to_owned(),
                ..Question::default()
            };
            question.address()
        },
        feed_path,
    )
}

fn push_summary(out: &mut String, card: &Card, snippet: Option<&Snippet>) {
    let Some(snippet) = snippet else {
        if !card.summary.is_empty() {
            out.push_str("<p class=\"summary\">");
            push_marked(out, card.summary, &[]);
            out.push_str("</p>\n");
        }
        return;
    };
    out.push_str("<p class=\"summary\">");
    out.push_str(if snippet.goes_on_before { "… " } else { "" });
    push_marked(out, &snippet.text, &snippet.marks);
    out.push_str(if snippet.goes_on_after { " …" } else { "" });
    out.push_str("</p>\n");
}

/// Appends the topics, each of which leads to what else is on it.
pub(super) fn push_topics(out: &mut String, card: &Card) {
    if card.topics.is_empty() {
        return;
    }
    out.push_str("<ul class=\"topics\">");
    for topic in &card.topics {
        let question = || Question {
            topic: topic.label.to_owned(),
            ..Question::default()
        };
        let to = topic.feed.map_or_else(|| question().address(), feed_path);
        out.push_str("<li>");
        push_way(out, &to, "", topic.label);
        out.push_str("</li>");
    }
    out.push_str("</ul>\n");
}
