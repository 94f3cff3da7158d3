//! What can be set about feeds, checked once when it is read.

use super::{HubUrl, address, language};
use std::fmt;

/// What can be set about feeds. A configuration file has them under `[feed]`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    /// `title`: what the feed is called in a reader.
    pub title: String,
    /// `description`: one sentence under the title.
    pub description: String,
    /// `url`: where the feeds folder is on the web. Without it the feeds carry
    /// no address of their own, which is right as long as they are read from
    /// disk.
    pub url: Option<SiteUrl>,
    /// `hubs` under `[push]`: who is told when a feed changes, and tells its
    /// subscribers.
    pub hubs: Vec<HubUrl>,
    /// The query of the address of a feed that somebody asked for with one, as it
    /// is sent and without `?`. It is no setting: a server puts it here for such
    /// a feed.
    pub asked: String,
    /// `author`: who is named for articles without a byline.
    pub author: Option<String>,
    /// `language`: the feed's language as a BCP 47 tag. Without it, the
    /// language that all its entries share.
    pub language: Option<String>,
    /// `max` under `[topics]`: how many topics an entry shows, first those that
    /// say most of it.
    pub max_topics: usize,
    /// `content`: how much of an entry feeds carry.
    pub content: Content,
    /// `date`: which date readers order entries by.
    pub date: Date,
    /// `tombstones`: whether Atom feeds say which entries were withdrawn
    /// (RFC 6721).
    pub tombstones: bool,
}

/// How much of an entry feeds carry.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Content {
    /// `"full"`: the digest, and the article's text after it.
    #[default]
    Full,
    /// `"digest"`: the digest alone.
    Digest,
}

/// Which date an entry is published at, as feeds say it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Date {
    /// `"stated"`: the one that the article states.
    #[default]
    Stated,
    /// `"arrived"`: when it was first seen, which puts old articles on top of a
    /// reader's list.
    Arrived,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            title: "Articles".to_owned(),
            description: "New articles, each with its lead quotation, a summary and its topics"
                .to_owned(),
            url: None,
            hubs: Vec::new(),
            asked: String::new(),
            author: None,
            language: None,
            max_topics: 8,
            content: Content::Full,
            date: Date::Stated,
            tombstones: false,
        }
    }
}

impl Settings {
    /// Checks the public address of the feeds folder.
    ///
    /// # Errors
    ///
    /// When it is not an absolute `http` or `https` address of a folder.
    pub fn parse_url(given: &str) -> Result<SiteUrl, SettingsError> {
        SiteUrl::parse(given)
    }

    /// Checks the address of a hub.
    ///
    /// # Errors
    ///
    /// When it is not an absolute address that a hub may have.
    pub fn parse_hub(given: &str) -> Result<HubUrl, SettingsError> {
        HubUrl::parse(given)
    }

    /// Checks a language tag and puts it into its usual form.
    ///
    /// # Errors
    ///
    /// When it cannot be a BCP 47 tag.
    pub fn parse_language(given: &str) -> Result<String, SettingsError> {
        language::language(given).ok_or_else(|| SettingsError::Language {
            given: given.to_owned(),
        })
    }
}

/// The public address of the feeds folder: absolute, and with a slash at its
/// end, so that a document's name can follow it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SiteUrl(String);

impl SiteUrl {
    /// Checks an address; a missing slash at the end is added.
    ///
    /// # Errors
    ///
    /// When it is not an absolute `http` or `https` address of a folder.
    pub fn parse(given: &str) -> Result<Self, SettingsError> {
        let folder = |url: &String| !url.contains(['?', '#']);
        let Some(mut url) = address::web(given).filter(folder) else {
            return Err(SettingsError::Url {
                given: given.to_owned(),
            });
        };
        if !url.ends_with('/') {
            url.push('/');
        }
        Ok(Self(url))
    }

    /// The address, with a slash at its end.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The address of a document.
    pub(super) fn join(&self, name: &str) -> String {
        format!("{self}{name}")
    }
}

impl fmt::Display for SiteUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Why a setting is refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum SettingsError {
    /// Not an address that a document's name can follow.
    #[error(
        "{given:?} is not the public address of a folder; write it in full, such as \"https://example.org/feeds/\""
    )]
    Url {
        /// As given.
        given: String,
    },
    /// Not an address that a hub may have.
    #[error(
        "{given:?} is not a hub; write its address in full, such as \"https://hub.example.org/\", with http only for one in your own network"
    )]
    Hub {
        /// As given.
        given: String,
    },
    /// Not a language tag.
    #[error("{given:?} is not a language tag; write one such as \"en\" or \"pt-BR\"")]
    Language {
        /// As given.
        given: String,
    },
}
