//! What the owner decides about entries.

use super::{Record, TopicDecision};
use crate::entry::EntryId;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// What the owner decides about entries. It holds whatever becomes of their
/// files.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum EntryDecision {
    /// No feed shows them, although their files stay.
    Retract {
        /// Which.
        entries: Vec<EntryId>,
        /// When.
        at: Timestamp,
    },
    /// Feeds show them again, as they were.
    Restore {
        /// Which.
        entries: Vec<EntryId>,
    },
}

impl EntryDecision {
    /// The entries that it is about.
    #[must_use]
    pub fn entries(&self) -> &[EntryId] {
        match self {
            Self::Retract { entries, .. } | Self::Restore { entries } => entries,
        }
    }
}

impl From<EntryDecision> for Record {
    fn from(decision: EntryDecision) -> Self {
        Self::Entries(decision)
    }
}

impl From<TopicDecision> for Record {
    fn from(decision: TopicDecision) -> Self {
        Self::Topics(decision)
    }
}
