//! What can be set about which feeds there are.

use super::Query;
use crate::entry::Topic;
use serde::{Deserialize, Serialize};

/// What can be set about which feeds there are, and what is in them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Settings {
    /// The permanent id that the feed of all entries gets, an absolute IRI. It
    /// counts only as long as that feed has none; those of the other feeds begin
    /// with it.
    pub id: String,
    /// `min-articles` under `[topics]`: from how many entries on a topic, a
    /// speaker or a folder has a feed of its own, which it then keeps.
    pub min_articles: usize,
    /// `max-entries` under `[feeds]`: how many entries the current part of a
    /// feed holds at most. Older ones are in archive pages of half as many.
    pub max_entries: usize,
    /// `max` under `[topics]`: how many topics an entry shows; it is in the
    /// feeds of these.
    pub max_topics: usize,
    /// `alias` under `[topics]`: what articles say, and what is shown in its
    /// place. A topic that is known by the former is renamed, unless another one
    /// has that label.
    pub alias: Vec<(String, String)>,
    /// `[[feed]]`: the feeds that the owner asks for, in the order of the file.
    pub searches: Vec<Search>,
    /// Whether anybody may search the archive, so that its words are indexed
    /// even if the owner asks for no such feed.
    pub searched: bool,
}

impl Settings {
    /// Whether the words of entries are indexed.
    #[must_use]
    pub fn is_indexed(&self) -> bool {
        self.searched || !self.searches.is_empty()
    }
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            id: String::new(),
            min_articles: 3,
            max_entries: 50,
            max_topics: 8,
            alias: Vec::new(),
            searches: Vec::new(),
            searched: false,
        }
    }
}

/// A feed that the owner asks for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Search {
    /// What it is called.
    pub name: String,
    /// Which entries are in it.
    pub query: Query,
}

impl Search {
    /// Whether two names are one, as far as addresses tell: neither case nor
    /// punctuation counts in them.
    #[must_use]
    pub fn is_one_name(name: &str, other: &str) -> bool {
        Topic::folded(name) == Topic::folded(other)
    }
}
