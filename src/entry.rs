//! What digesting yields, and what becomes of it: an entry with an id and
//! dates.
//!
//! "Entry" is Atom's word; it is used inside whatever the output.

use crate::text::{Span, Text};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::fmt;
use unicode_normalization::{UnicodeNormalization as _, char::is_combining_mark};

/// An article, digested.
///
/// Fields that a stored digest lacks are at their default: it may be older than
/// the field.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Digest {
    /// Its headline; made from its first sentence when it has none. Never
    /// empty.
    pub title: String,
    /// The authors' names, in order; empty when the article does not tell.
    pub byline: Vec<String>,
    /// When the article says that it was published.
    pub published: Option<Timestamp>,
    /// When the article says that it was last changed.
    pub modified: Option<Timestamp>,
    /// Its language as a BCP 47 tag, stated or recognized.
    pub language: Option<String>,
    /// Where it was published, as an absolute URL.
    pub url: Option<String>,
    /// Its lead picture, as the article writes it.
    pub image: Option<String>,
    /// The name of the site or paper that it appeared in.
    pub site: Option<String>,
    /// The article's text without headline, byline and boilerplate.
    pub body: Text,
    /// What was left out of the body, and why.
    pub dropped: Vec<Dropped>,
    /// Everything that somebody is quoted as saying, in order.
    pub quotes: Vec<Quotation>,
    /// The quotation that leads the entry.
    pub lead_quote: Option<LeadQuote>,
    /// A few of the article's own sentences, in order.
    pub summary: String,
    /// What it is about, most important first.
    pub topics: Vec<Topic>,
}

/// A block that was left out of the body.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dropped {
    /// Its text.
    pub text: String,
    /// The name of the rule that dropped it.
    pub rule: String,
}

/// Words that somebody is quoted as saying.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Quotation {
    /// Where they stand in [`Digest::body`], without quotation marks. More than
    /// one part when the quotation is split ("A," she said, "B.").
    pub parts: Vec<Span>,
    /// Who said it.
    pub speaker: Option<Speaker>,
}

impl Quotation {
    /// The words as they are shown: parts joined, line breaks folded.
    ///
    /// The comma that stands before an attribution belongs to it. At the end it
    /// goes; before a part that goes on (`"A," she said, "b."`) it goes as well;
    /// before a part that is a sentence of its own (`"A," she said. "B."`) it
    /// stands for a period.
    ///
    /// `body` is the text that the spans point into.
    #[must_use]
    pub fn quote(&self, body: &str) -> String {
        joined(&self.parts, body)
    }

    /// From the first part's start to the last part's end.
    ///
    /// # Panics
    ///
    /// Never: a quotation has a part.
    #[must_use]
    pub fn span(&self) -> Span {
        let (first, last) = (self.parts.first(), self.parts.last());
        Span {
            start: first.expect("a quotation has a part").start,
            end: last.expect("a quotation has a part").end,
        }
    }
}

/// Stretches of a quotation as they are shown; see [`Quotation::quote`].
pub(crate) fn joined(parts: &[Span], body: &str) -> String {
    let room = parts.iter().map(|part| part.len() + 1).sum();
    let mut quote = String::with_capacity(room);
    for (at, part) in parts.iter().enumerate() {
        for word in part.of(body).split_whitespace() {
            if !quote.is_empty() {
                quote.push(' ');
            }
            quote.push_str(word);
        }
        let next = parts.get(at + 1);
        let between = next.map(|next| &body[part.end as usize..next.start as usize]);
        // Parts that follow each other directly have no attribution between
        // them, and their marks are their own.
        if between.is_some_and(|text| !text.contains(char::is_alphanumeric)) {
            continue;
        }
        let comma = quote.ends_with(',');
        if comma {
            quote.pop();
        }
        // German puts the comma outside of the marks, if any.
        let open = comma || quote.ends_with(char::is_alphanumeric);
        if open && between.is_some_and(ends_a_sentence) {
            quote.push('.');
        }
    }
    quote
}

/// Whether an attribution ends as a sentence does, before the mark that opens
/// what follows.
pub(crate) fn ends_a_sentence(attribution: &str) -> bool {
    let bare =
        attribution.trim_end_matches(|c: char| c.is_whitespace() || "\"'“”„‘’‚«»‹›—–".contains(c));
    bare.ends_with(['.', '!', '?', '…'])
}

/// Who said something: the name as fully as the article gives it, or a
/// description such as "a spokesman".
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Speaker(pub String);

/// The quotation chosen to lead an entry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LeadQuote {
    /// The words, perhaps shortened at a sentence's end, which "[…]" then marks.
    pub quote: String,
    /// Who said them.
    pub speaker: Option<Speaker>,
}

/// What an article is about.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Topic {
    /// The form shown to readers.
    pub label: String,
    /// What kind of thing it is, as far as the article tells.
    pub kind: TopicKind,
    /// The other forms that the article has for it, in the order of their first
    /// mention: "Marlow" for "Judith Marlow", the long form of an acronym.
    pub forms: Vec<String>,
}

impl Topic {
    /// What forms of a topic are told apart by: neither case, punctuation nor
    /// the width of letters count, so that "U.S." is "us" and "Heat-Pumps" are
    /// "heat pumps". Words are separated by one space. What has no letter at
    /// all stays as it is.
    #[must_use]
    pub fn folded(form: &str) -> String {
        let mut folded = String::with_capacity(form.len());
        if form.is_ascii() {
            fold(form.chars().map(|c| c.to_ascii_lowercase()), &mut folded);
        } else {
            fold(form.nfkc().flat_map(char::to_lowercase), &mut folded);
        }
        if folded.is_empty() {
            form.trim().clone_into(&mut folded);
        }
        folded
    }
}

/// Appends the words of a form that is in lower case.
fn fold(form: impl Iterator<Item = char>, to: &mut String) {
    let mut form = form.peekable();
    let (mut before, mut gap) = (' ', false);
    while let Some(c) = form.next() {
        // "C++" and "C#" are no "C".
        if c.is_alphanumeric() || is_combining_mark(c) || matches!(c, '+' | '#') {
            if gap && !to.is_empty() {
                to.push(' ');
            }
            gap = false;
            to.push(c);
        } else if c == '.'
            && before.is_ascii_digit()
            && form.peek().is_some_and(char::is_ascii_digit)
        {
            to.push(c);
        } else {
            // These stand within words: "U.S.", "O'Brien", a soft hyphen.
            gap |= !matches!(c, '.' | '\'' | '’' | '‘' | 'ʼ' | '`' | '\u{ad}');
        }
        before = c;
    }
}

/// A topic of which no more is known than its label.
impl<T: Into<String>> From<T> for Topic {
    fn from(label: T) -> Self {
        Self {
            label: label.into(),
            ..Self::default()
        }
    }
}

/// What kind of thing a topic is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum TopicKind {
    /// A person.
    Person,
    /// An organization: a company, a party, an authority, a team.
    Organization,
    /// A country, a city, a region.
    Place,
    /// What is no name: "human rights", "foreign policy".
    Concept,
    /// A name of something else, or nothing is known of it.
    #[default]
    Other,
}

impl TopicKind {
    /// Every kind.
    pub const ALL: [Self; 5] = [
        Self::Person,
        Self::Organization,
        Self::Place,
        Self::Concept,
        Self::Other,
    ];

    /// Its name.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Person => "person",
            Self::Organization => "organization",
            Self::Place => "place",
            Self::Concept => "concept",
            Self::Other => "other",
        }
    }
}

/// An entry's permanent id: a tag URI (RFC 4151), given once.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct EntryId(pub String);

/// A digest with an id and dates: what a feed shows.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Entry {
    /// Its permanent id.
    pub id: EntryId,
    /// Its name in addresses, given once; never empty in the catalogue.
    pub slug: String,
    /// When it was first seen.
    pub arrived: Timestamp,
    /// When the article was published as it states, else when it was first
    /// seen.
    pub published: Timestamp,
    /// When it last changed in meaning; never before `published`.
    pub updated: Timestamp,
    /// What it says.
    pub digest: Digest,
    /// The folders of the feeds of its topics, in their order; `None`, or
    /// nothing at the end, for topics without a feed.
    pub topic_feeds: Vec<Option<String>>,
    /// The folder of the feed of who said the lead quotation, if it has one.
    pub speaker_feed: Option<String>,
}

impl fmt::Display for EntryId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Display for Speaker {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Display for Topic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.label)
    }
}
