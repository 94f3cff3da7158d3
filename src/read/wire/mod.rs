//! What agencies and feeds state of their texts, whatever the format.
//!
//! Every reader of structured news fills in a [`Dispatch`] as its file is
//! written; what that means for an article is decided here, once.

mod address;
mod markup;
mod people;

pub(super) use address::joined;
pub(super) use markup::{line, lines, markup, tagged, text, without_reference};

use super::{
    meta::{self, Fields, Value},
    parts::Parts,
};
use crate::{
    article::{Article, Origin},
    dates,
    text::{Block, BlockKind, Span, Text},
};
use jiff::Timestamp;

/// A text that somebody sends, with what is stated about it, as written.
#[derive(Debug, Default)]
pub(super) struct Dispatch {
    /// What tells it from others, for good.
    pub(super) id: Option<String>,
    pub(super) title: Option<String>,
    /// Author lines, each with one name or several.
    pub(super) byline: Vec<String>,
    pub(super) published: Option<String>,
    pub(super) modified: Option<String>,
    pub(super) language: Option<String>,
    pub(super) url: Option<String>,
    pub(super) image: Option<String>,
    /// From the general to the special.
    pub(super) topics: Vec<String>,
    /// The agency or site that it is of.
    pub(super) site: Option<String>,
    /// Whether it may be published, in the press's own words: usable, withheld,
    /// canceled, embargoed.
    pub(super) status: Option<String>,
    /// Before when it may not.
    pub(super) embargo: Option<String>,
    /// Where and when it was written, to stand in front of it.
    pub(super) dateline: Option<String>,
    pub(super) text: Text,
    /// How many blocks at the start of the text are not of the text proper: a
    /// second headline, a summary.
    pub(super) above: usize,
}

impl Dispatch {
    /// Takes from what is stated elsewhere of the same text what is missing.
    pub(super) fn complete(&mut self, other: Self) {
        fn put(place: &mut Option<String>, value: Option<String>) {
            *place = place.take().or(value);
        }
        put(&mut self.id, other.id);
        put(&mut self.title, other.title);
        put(&mut self.published, other.published);
        put(&mut self.modified, other.modified);
        put(&mut self.language, other.language);
        put(&mut self.url, other.url);
        put(&mut self.image, other.image);
        put(&mut self.site, other.site);
        put(&mut self.status, other.status);
        put(&mut self.embargo, other.embargo);
        put(&mut self.dateline, other.dateline);
        if self.byline.is_empty() {
            self.byline = other.byline;
        }
        if self.topics.is_empty() {
            self.topics = other.topics;
        }
        if self.text.blocks.is_empty() {
            self.text = other.text;
            self.above = other.above;
        }
    }

    /// Puts the article that it is among others in its file, named by its id,
    /// else by its address or headline.
    pub(super) fn put_into(mut self, parts: &mut Parts) {
        let names = [self.id.take(), self.url.clone(), self.title.clone()];
        parts.push(&names.each_ref().map(Option::as_deref), Ok(self.article()));
    }

    /// The article that it is.
    pub(super) fn article(self) -> Article {
        let mut article = Article {
            origin: Origin::Authored,
            ..Article::default()
        };
        let date = |text: String| expanded(&text).unwrap_or(text);
        let mut fields = Fields::new();
        let mut state = |name: &str, value: Option<String>| {
            let value = value.map(|text| (name.to_owned(), Value::Text(text)));
            fields.extend(value);
        };
        let published = self.published.map(date);
        let modified = self.modified.map(date);
        state("title", self.title);
        state(
            "modified",
            modified.filter(|at| Some(at) != published.as_ref()),
        );
        state("published", published);
        state("language", self.language);
        state("url", self.url.filter(|url| meta::is_absolute(url.trim())));
        state("image", self.image);
        let topics = self.topics.into_iter().map(Value::Text).collect();
        fields.push(("tags".to_owned(), Value::List(topics)));
        meta::take_over(fields, &mut article);
        article.site = self
            .site
            .map(|name| meta::tidy(&name))
            .filter(|name| !name.is_empty());
        article.byline = people::names(&self.byline, article.site.as_deref());
        article.text = opened(self.text, self.above, self.dateline.as_deref());
        // Some put the headline into the text as well.
        let first = article.text.blocks.first();
        let repeated = first.is_some_and(|block| {
            let said = article.text.of(block);
            matches!(block.kind, BlockKind::Heading(_)) && Some(said) == article.title.as_deref()
        });
        if repeated {
            article.text = article.text.retain(|at| at > 0);
        }
        hold_back(
            self.status.as_deref(),
            self.embargo.as_deref(),
            &mut article,
        );
        article
    }
}

/// Minds what the sender says about publishing.
fn hold_back(status: Option<&str>, embargo: Option<&str>, article: &mut Article) {
    // "stat:usable" is a code with the name of its list.
    let status = status.map(|status| status.rsplit([':', '/']).next().unwrap_or(status));
    let status = status.map(str::to_ascii_lowercase).unwrap_or_default();
    let note = |article: &mut Article, note: String| {
        article.draft = true;
        article.notes.push(note);
    };
    let until = embargo.and_then(date);
    match (status.as_str(), embargo) {
        ("canceled" | "cancelled" | "killed" | "kill", _) => note(
            article,
            "its sender canceled it, so it is not published; put in what replaces it".to_owned(),
        ),
        ("withheld", _) => note(
            article,
            "its sender withholds it, so it is not published; put in the usable version".to_owned(),
        ),
        (_, Some(text)) if until.is_none() => note(
            article,
            format!(
                "embargo '{}' is not a date that can be read, so it is not published; write it \
                 like 2024-12-05T10:00:00Z",
                meta::tidy(text)
            ),
        ),
        ("embargoed", None) => note(
            article,
            "it is under embargo without a time, so it is not published; put in the usable version"
                .to_owned(),
        ),
        _ => article.embargo = until,
    }
}

/// The instant that a date means, also in the press's compact form.
fn date(text: &str) -> Option<Timestamp> {
    dates::parse(&expanded(text).unwrap_or_else(|| text.to_owned()))
}

/// A date in ISO 8601's basic form, "20241205T101500+0100", in its usual one.
fn expanded(text: &str) -> Option<String> {
    let text = text.trim();
    let digits = |from: usize, to: usize| {
        let part = text.get(from..to)?;
        part.bytes()
            .all(|byte| byte.is_ascii_digit())
            .then_some(part)
    };
    let day = [digits(0, 4)?, digits(4, 6)?, digits(6, 8)?].join("-");
    if text.len() == 8 {
        return Some(day);
    }
    text.get(8..9).filter(|mark| *mark == "T")?;
    let minutes = [digits(9, 11)?, digits(11, 13)?].join(":");
    let (seconds, zone) = match digits(13, 15) {
        Some(seconds) => (seconds, &text[15..]),
        None => ("00", text.get(13..)?),
    };
    let zone = match zone.split_at_checked(3) {
        Some((hours, minutes)) if minutes.len() == 2 => [hours, minutes].join(":"),
        _ => zone.to_owned(),
    };
    Some([&day, "T", &minutes, ":", seconds, &zone].concat())
}

/// A text with its dateline in front of its first paragraph, unless that says
/// so itself. What is `above` the text has none.
fn opened(mut text: Text, above: usize, dateline: Option<&str>) -> Text {
    let dateline = dateline.map(meta::tidy).unwrap_or_default();
    let dateline = dateline.trim_end_matches([' ', '-', '–', '—', ':']);
    let place = dateline.split([',', ' ']).next().unwrap_or_default();
    let prose = |block: &Block| block.kind == BlockKind::Paragraph;
    let Some(first) = text.blocks.iter().skip(above).position(prose) else {
        return text;
    };
    let first = above + first;
    let said = text.of(&text.blocks[first]).to_lowercase();
    // A date alone is stated elsewhere.
    if said.starts_with(&place.to_lowercase()) || !place.contains(char::is_alphabetic) {
        return text;
    }
    let before = [dateline, " — "].concat();
    let start = text.blocks[first].span.range().start;
    let moved = |span: Span| {
        let range = span.range();
        Span::new(range.start + before.len(), range.end + before.len())
    };
    for block in &mut text.blocks[first..] {
        block.span = moved(block.span);
        for mark in &mut block.marks {
            mark.span = moved(mark.span);
        }
    }
    let opening = &mut text.blocks[first].span;
    *opening = Span::new(start, opening.range().end);
    text.plain.insert_str(start, &before);
    text
}

/// How good a picture of this size is to lead an article: the lower the better.
/// Names are those of the press's list of renditions, and what agencies call
/// theirs.
pub(super) fn rendition(name: &str) -> usize {
    let name = name.to_ascii_lowercase();
    let known = |names: &[&str]| names.iter().any(|known| name.contains(known));
    if known(&["thumb"]) {
        4
    } else if known(&["web", "view", "medium"]) {
        0
    } else if known(&["high", "hires", "main", "base", "original", "4k"]) {
        1
    } else {
        2
    }
}
