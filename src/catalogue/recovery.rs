//! What feeds on disk tell of entries and feeds that the catalogue has lost, or
//! never had.

use crate::{channel::Scope, entry::EntryId};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// What was read back from published feeds. Of what the catalogue knows by its
/// id nothing is taken over.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recovered {
    /// The id of the feed of all entries.
    pub feed: Option<String>,
    /// The entries of the feed of all entries, oldest first.
    pub entries: Vec<RecoveredEntry>,
    /// The feeds.
    pub channels: Vec<RecoveredChannel>,
}

/// An entry as feeds show it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecoveredEntry {
    /// Its permanent id.
    pub id: EntryId,
    /// Its name in addresses, if that could be read.
    pub slug: Option<String>,
    /// Its headline.
    pub title: String,
    /// The words of the full text; nothing where feeds carry only the digest.
    pub text: Option<String>,
    /// The address that readers are led to, where that is the article's own.
    pub url: Option<String>,
    /// When it was first seen, as far as feeds tell.
    pub arrived: Timestamp,
    /// When it was published.
    pub published: Timestamp,
    /// When it last changed.
    pub updated: Timestamp,
    /// The folders of feeds that it names: a feed that it could name and does
    /// not is younger than its text.
    pub names: Vec<String>,
}

/// A feed as it stands in the feeds folder.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecoveredChannel {
    /// What it is of.
    pub scope: RecoveredScope,
    /// What it is called.
    pub name: String,
    /// Its permanent id.
    pub id: String,
    /// Its folder in the feeds folder.
    pub folder: String,
    /// The folders that it had before.
    pub former: Vec<String>,
    /// The newest entry of each archive page, the oldest page first; an empty id
    /// where a page has none.
    pub pages: Vec<EntryId>,
    /// Its parts, as they say when they changed.
    pub parts: Vec<RecoveredPart>,
    /// The documents of it that lie in the feeds folder, by name, each with the
    /// archive page that it is of; 0 is the current part.
    pub documents: Vec<(String, u32)>,
}

/// A part of a feed as it stands in the feeds folder.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecoveredPart {
    /// Its archive page; 0 is the current part.
    pub page: u32,
    /// When anything in it changed last, withdrawals included.
    pub updated: Timestamp,
    /// The entries that were withdrawn from it, as far as it names them.
    pub withdrawn: Vec<(EntryId, Timestamp)>,
}

/// What a feed is of, as it is written down.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecoveredScope(pub(super) i64);

impl From<Scope> for RecoveredScope {
    fn from(scope: Scope) -> Self {
        Self(super::subject::code(scope))
    }
}
