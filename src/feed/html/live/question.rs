//! What somebody asks to see, as it stands in addresses.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode, utf8_percent_encode};
use std::borrow::Cow;

/// What stands in a value as it is. All else is encoded, as forms do it.
const ENCODED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'*')
    .remove(b'/')
    .remove(b':');

/// What somebody asks to see: all entries, but for what is set here. What is not
/// asked for is empty.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Question {
    /// `q`: what is searched for, as it was typed.
    pub query: String,
    /// `topic`: only those on it.
    pub topic: String,
    /// `speaker`: only those that quote them.
    pub speaker: String,
    /// `folder`: only those of it.
    pub folder: String,
    /// `language`: only those in it, as a BCP 47 tag.
    pub language: String,
}

impl Question {
    /// From the query of an address, as it was sent. What is there twice counts
    /// once, the last time.
    #[must_use]
    pub fn parse(query: &str) -> Self {
        let mut question = Self::default();
        for (name, value) in pairs(query) {
            let field = match &*name {
                "q" => &mut question.query,
                "topic" => &mut question.topic,
                "speaker" => &mut question.speaker,
                "folder" => &mut question.folder,
                "language" => &mut question.language,
                _ => continue,
            };
            value.trim().clone_into(field);
        }
        question
    }

    /// Another value of the query of an address: the first of this name.
    #[must_use]
    pub fn value<'q>(query: &'q str, name: &str) -> Option<Cow<'q, str>> {
        let mut pairs = pairs(query);
        let (_, value) = pairs.find(|(found, _)| found == name)?;
        Some(value)
    }

    /// Whether everything is asked for.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// What entries are narrowed down to beside the query: how it is called, its
    /// value, and the question without it.
    pub(super) fn filters(&self) -> Vec<(&'static str, &str, Self)> {
        let without = |change: fn(&mut Self) -> &mut String| {
            let mut question = self.clone();
            change(&mut question).clear();
            question
        };
        let filters = [
            ("Topic", &self.topic, without(|one| &mut one.topic)),
            ("Speaker", &self.speaker, without(|one| &mut one.speaker)),
            ("Folder", &self.folder, without(|one| &mut one.folder)),
            ("Language", &self.language, without(|one| &mut one.language)),
        ];
        filters
            .into_iter()
            .filter(|(_, value, _)| !value.is_empty())
            .map(|(name, value, without)| (name, value.as_str(), without))
            .collect()
    }

    /// The question as the query of an address, without `?`; empty when all is
    /// asked for.
    #[must_use]
    pub fn encoded(&self) -> String {
        let mut out = String::new();
        for (name, value) in [
            ("q", &self.query),
            ("topic", &self.topic),
            ("speaker", &self.speaker),
            ("folder", &self.folder),
            ("language", &self.language),
        ] {
            push_pair(&mut out, name, value);
        }
        out
    }

    /// The address of the page of it, relative to the root of the server.
    #[must_use]
    pub fn address(&self) -> String {
        self.address_after(None)
    }

    /// The same of the page that begins after a place in the order of entries.
    pub(super) fn address_after(&self, after: Option<&str>) -> String {
        let mut query = self.encoded();
        let page = if query.is_empty() { "./" } else { "search" };
        if let Some(after) = after {
            push_pair(&mut query, "after", after);
        }
        if query.is_empty() {
            page.to_owned()
        } else {
            format!("{page}?{query}")
        }
    }

    /// The address of a document of the feed that this is.
    pub(super) fn feed(&self, name: &str) -> String {
        format!("search/{name}?{}", self.encoded())
    }
}

/// Appends a pair to the query of an address, unless the value is empty.
pub(super) fn push_pair(out: &mut String, name: &str, value: &str) {
    if value.is_empty() {
        return;
    }
    if !out.is_empty() {
        out.push('&');
    }
    out.push_str(name);
    out.push('=');
    for (at, word) in value.split(' ').enumerate() {
        if at > 0 {
            out.push('+');
        }
        out.extend(utf8_percent_encode(word, ENCODED));
    }
}

/// The pairs of the query of an address, decoded as those of a form are.
fn pairs(query: &str) -> impl Iterator<Item = (Cow<'_, str>, Cow<'_, str>)> {
    let decoded = |text: &'_ str| -> Cow<'_, str> {
        if text.contains('+') {
            let text = text.replace('+', " ");
            let decoded = percent_decode(text.as_bytes()).decode_utf8_lossy();
            return Cow::Owned(decoded.into_owned());
        }
        Cow::Owned(
            percent_decode(text.as_bytes())
                .decode_utf8_lossy()
                .into_owned(),
        )
    };
    let pairs = query.split('&').filter(|pair| !pair.is_empty());
    pairs.map(move |pair| {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        (decoded(name), decoded(value))
    })
}
