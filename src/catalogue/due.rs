//! What is to be published again, and what was.

use crate::channel::Part;

/// Something that the documents on disk do not show yet as it is.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Due {
    /// The documents below this folder of the feeds folder are no feed's any
    /// more, and go. It comes before what may be written there anew.
    Gone(String),
    /// A part of a feed.
    Sheet {
        /// The feed, by its place in the catalogue.
        channel: i64,
        /// The part. An archive page may be one that has no entries yet, or one
        /// that is no longer there.
        part: Part,
    },
    /// The lists of feeds.
    Lists,
    /// The page of an entry, by its place in the catalogue.
    Entry(i64),
}

/// A document as it was written.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Written {
    /// Its path in the feeds folder, with `/` between folders.
    pub name: String,
    /// How many bytes it has.
    pub size: u64,
    /// When its file was modified, in nanoseconds since 1970.
    pub modified: i64,
}

/// What something due came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Placed {
    /// What was due.
    pub due: Due,
    /// Its documents, as they were written.
    pub documents: Vec<Written>,
    /// What it left in them, for whoever renders it again; kept as it is.
    pub imprint: Option<Vec<u8>>,
}

impl Placed {
    /// These documents, with nothing to be kept for the next time.
    #[must_use]
    pub fn new(due: Due, documents: Vec<Written>) -> Self {
        Self {
            due,
            documents,
            imprint: None,
        }
    }
}
