//! What the watch tells of itself, to people.

use super::Watching;
use serde::{Deserialize, Serialize};
use std::{mem, path::PathBuf, time::Instant};

/// How the watch folder is watched.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Watched {
    /// By what.
    pub by: By,
    /// How often it is listed, in seconds.
    pub every: u64,
    /// Why it is only listed, if it is.
    pub why: Option<String>,
}

/// By what changes are noticed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum By {
    /// By the system's events, and a listing now and then.
    Events,
    /// By listings.
    Listing,
    /// Not at all: it is not there.
    Nothing,
}

impl Watching {
    /// How the watch folder is watched now.
    pub(in crate::service) fn told(&self) -> Watched {
        let by = match (&self.identity, &self.watcher) {
            (None, _) => By::Nothing,
            (Some(_), Some(_)) if self.why.is_none() => By::Events,
            (Some(_), _) => By::Listing,
        };
        Watched {
            by,
            every: self
                .every
                .as_millis()
                .div_ceil(1_000)
                .try_into()
                .unwrap_or(u64::MAX),
            why: self.why.clone(),
        }
    }

    /// Why events could be had and cannot be trusted or got any more, if that
    /// is so.
    pub(in crate::service) fn fault(&self) -> Option<&str> {
        self.fault.as_deref()
    }

    /// How many files are held back until an embargo ends.
    pub(in crate::service) fn embargoes(&self) -> usize {
        self.embargoes.len()
    }

    /// Asks for the whole folder to be listed at this time, and not before.
    pub(in crate::service) fn list_at(&mut self, at: Instant) {
        self.next_listing = at;
        self.settler.forget();
        if mem::take(&mut self.on_trial) {
            self.watcher = None;
        }
    }

    /// Ends the watch: nothing is noticed from now on.
    pub(in crate::service) fn end(&mut self) {
        self.watcher = None;
    }

    /// Files that are being written, which are waited for.
    pub(in crate::service) fn waiting(&self) -> impl Iterator<Item = PathBuf> {
        self.settler.growing().into_iter()
    }
}
