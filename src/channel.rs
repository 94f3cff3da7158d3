//! Feeds as nouns: which there are, where they are, and what is in each of
//! their documents.
//!
//! The catalogue knows feeds as *channels* (RSS's word): what each is of, its
//! permanent id and its address. What readers fetch of a channel are *sheets*:
//! the current one with the newest entries, and archive pages with all older
//! ones (RFC 5005), each of which is rendered in every format.

use crate::entry::EntryId;
use jiff::Timestamp;
use std::sync::Arc;

/// What a feed is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Scope {
    /// All entries.
    All,
    /// Those on a topic.
    Topic,
    /// Those that quote a speaker.
    Speaker,
    /// Those of a subfolder of the watch folder, and of the folders in it.
    Folder,
    /// Those that the owner asks for with a query.
    Search,
}

impl Scope {
    /// Every scope.
    pub const ALL: [Self; 5] = [
        Self::All,
        Self::Topic,
        Self::Speaker,
        Self::Folder,
        Self::Search,
    ];

    /// Its name.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::Topic => "topic",
            Self::Speaker => "speaker",
            Self::Folder => "folder",
            Self::Search => "search",
        }
    }

    /// The folder of the feeds of this scope in the feeds folder; empty for the
    /// feed of all entries, which is in that itself.
    #[must_use]
    pub fn folder(self) -> &'static str {
        match self {
            Self::All => "",
            Self::Topic => "topics",
            Self::Speaker => "speakers",
            Self::Folder => "folders",
            Self::Search => "searches",
        }
    }
}

/// A feed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Channel {
    /// Its permanent id, an absolute IRI.
    pub id: String,
    /// What it is of.
    pub scope: Scope,
    /// What it is called: the topic's label, the speaker's name, the folder's
    /// path, the owner's name for a search; empty for the feed of all entries.
    pub name: String,
    /// Its folder in the feeds folder, such as `topics/human-rights`; with `/`
    /// between folders and none at the ends, and empty for the feed of all
    /// entries.
    pub folder: String,
    /// The folders that it had before: subscribers still look for it there.
    pub former: Vec<String>,
}

/// Which part of a channel a sheet is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Part {
    /// The newest entries.
    Current,
    /// An archive page. They count from 1, the oldest first; a page is there
    /// from when it is full.
    Archive(u32),
}

/// What readers fetch at once of a channel.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sheet {
    /// The channel.
    pub channel: Arc<Channel>,
    /// Which part of it this is.
    pub part: Part,
    /// How many archive pages the channel has.
    pub archives: u32,
    /// The entries, newest first. No entry is in two parts.
    pub entries: Vec<Listed>,
    /// Entries that were in this part until they were withdrawn, newest first;
    /// some hundred at most.
    pub deleted: Vec<Deleted>,
}

/// An entry in a sheet: which, and how often it has changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Listed {
    /// Its place in the catalogue.
    pub key: i64,
    /// Moves whenever anything moves that feeds show of the entry.
    pub version: i64,
}

/// An entry that was withdrawn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deleted {
    /// The entry.
    pub id: EntryId,
    /// When.
    pub at: Timestamp,
}
