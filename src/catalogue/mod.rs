//! The catalogue: which entry is this, is it new, changed, moved, withdrawn?
//!
//! It changes in one way only: a [`Record`] of what was found where is applied.
//! Ids, dates and merges follow from the records and the state alone, never
//! from the clock, chance or the order of a hash map, so that the same records
//! in the same order give the same catalogue anywhere.

pub mod store;

use crate::{entry::Digest, file::Stamp};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::path::PathBuf;

/// One thing that was found out about the watch folder.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Record {
    /// An article was read from this file.
    Found(Box<Found>),
    /// This file was looked at and is not an article to publish.
    Refused {
        /// The file, relative to the watch folder.
        path: PathBuf,
        /// What it looked like when it was read.
        stamp: Stamp,
        /// Why, in words for the owner.
        reason: String,
    },
    /// This file is no longer there.
    Gone {
        /// The file, relative to the watch folder.
        path: PathBuf,
    },
    /// All that was found out in one go has been told: entries that are left
    /// without a file are withdrawn now.
    End {
        /// When.
        at: Timestamp,
    },
}

/// An article that was read.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Found {
    /// The file, relative to the watch folder.
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
