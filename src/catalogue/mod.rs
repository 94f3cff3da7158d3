//! The catalogue: which entry is this, is it new, changed, moved, withdrawn?
//!
//! It changes in one way only: a [`Record`] of what was found where is applied.
//! Ids, dates and merges follow from the records and the state alone, never
//! from the clock, chance or the order of a hash map, so that the same records
//! in the same order give the same catalogue anywhere.
//!
//! An entry has *sources*: the files that hold its text, of which the one known
//! longest governs what the entry says. `id` tells when two texts are the same
//! or alike, `rules` decides what a record means, `topics` which topic of the
//! registry an article mentions, `speakers` whom it quotes by name, and all are
//! pure; `store` looks up what the rules need to know and carries their decision
//! out.
//!
//! An entry is in *subjects*: all entries, its topics, speakers and folders, the
//! searches that find it. A subject with enough entries has a feed, a *channel*.
//! What readers fetch of it are sheets; those that are not as they were when
//! they were last published are *due*.

mod due;
mod id;
mod path;
mod recovery;
mod retraction;
mod rules;
mod search;
mod settings;
mod slug;
mod speakers;
pub mod store;
mod subject;
mod topics;

pub(crate) use path::portable;

pub use due::{Due, Placed, Written};
pub use recovery::{Recovered, RecoveredChannel, RecoveredEntry, RecoveredPart, RecoveredScope};
pub use retraction::EntryDecision;
pub use search::{Marker, Query, QueryError, Reading, Snippet, Typing, Wanted};
pub use settings::{Search, Settings};
pub use slug::Slug;
pub use topics::{TopicDecision, TopicId};

use crate::{
    entry::{Digest, EntryId},
    file::Stamp,
};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::path::{Path, PathBuf};

/// One thing that was found out about the watch folder.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Record {
    /// An article was read from this file.
    Found(Box<Found>),
    /// This file was looked at and is not an article to publish.
    Refused {
        /// The file, relative to the watch folder.
        #[serde(with = "path::portable")]
        path: PathBuf,
        /// What it looked like when it was read.
        stamp: Stamp,
        /// What that means for an entry that it had.
        kind: Refusal,
        /// Why, in words for the owner.
        reason: String,
    },
    /// This file is no article, but holds some: they are told each by itself,
    /// with their names below the file's, as if it were a folder.
    Holds {
        /// The file, relative to the watch folder.
        #[serde(with = "path::portable")]
        path: PathBuf,
        /// What it looked like when it was read.
        stamp: Stamp,
    },
    /// This file is no longer there.
    Gone {
        /// The file, relative to the watch folder.
        #[serde(with = "path::portable")]
        path: PathBuf,
    },
    /// All that was found out in one go has been told: entries that are left
    /// without a file are withdrawn now.
    End {
        /// When.
        at: Timestamp,
    },
    /// The owner has decided about topics.
    Topics(TopicDecision),
    /// The owner has decided about entries.
    Entries(EntryDecision),
    /// What the owner has set about which feeds there are.
    Settings(Box<Settings>),
    /// What published feeds tell of what the catalogue does not know. It comes
    /// before all that is found in the go.
    Recovered(Box<Recovered>),
}

impl Record {
    /// The file that it tells of; empty where it tells of none.
    #[must_use]
    pub fn path(&self) -> &Path {
        match self {
            Self::Found(found) => &found.path,
            Self::Refused { path, .. } | Self::Holds { path, .. } | Self::Gone { path } => path,
            Self::End { .. }
            | Self::Topics(_)
            | Self::Entries(_)
            | Self::Settings(_)
            | Self::Recovered(_) => Path::new(""),
        }
    }
}

/// What it means for its entry that a file is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Refusal {
    /// The file is empty, unreadable, or no article. Its entry stays as it was:
    /// many editors empty a file for a moment before they write it anew.
    Faulty,
    /// The file asks not to be published: its entry is withdrawn.
    Draft,
}

/// An article that was read.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Found {
    /// The file, relative to the watch folder.
    #[serde(with = "path::portable")]
    pub path: PathBuf,
    /// What it looked like when it was read.
    pub stamp: Stamp,
    /// Hash of the file's bytes.
    pub content: [u8; 32],
    /// What it says.
    pub digest: Digest,
    /// When it was found.
    pub at: Timestamp,
}

/// What became of a record.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Outcome {
    /// Nothing that anybody could see.
    Unchanged,
    /// A new entry.
    Added(EntryId),
    /// An entry says something else now.
    Edited(EntryId),
    /// The same file gave another digest, since digesting changed.
    Redigested(EntryId),
    /// An entry was edited in one of its files only; those that kept the old
    /// text are an entry of their own now.
    Split {
        /// The entry that was edited.
        edited: EntryId,
        /// The new entry with the old text.
        off: EntryId,
    },
    /// An entry's file was renamed or moved, perhaps edited as well.
    Moved(EntryId),
    /// One more file with an entry's text.
    Copied(EntryId),
    /// A withdrawn entry is back.
    Revived(EntryId),
    /// The file is reported rather than published.
    Refused,
    /// The file is forgotten.
    Gone,
    /// A go has ended.
    Ended {
        /// New entries that turned out to be old ones, moved and edited at
        /// once: the new id, which no longer stands, and the old, which does.
        moved: Vec<(EntryId, EntryId)>,
        /// The entries that were withdrawn, oldest first.
        withdrawn: Vec<EntryId>,
    },
    /// What the owner decided, or set, holds; it did not before.
    Decided,
}
