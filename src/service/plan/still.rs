//! Listings that follow each other until nothing was moved meanwhile.
//!
//! A folder is not listed in one instant: of a file that is moved meanwhile a
//! listing may find both places or neither. What was edited as well has nothing
//! but its text by which it is recognized, and only if it is told with what is
//! gone.

use super::{Fresh, Plan, Worker, list};
use crate::{
    service::contents::COARSE,
    watch::{
        events::Watcher,
        scan::{self, Listing},
        settle::GRACE,
    },
};
use std::{
    collections::BTreeSet,
    path::{Path, PathBuf},
    thread,
    time::SystemTime,
};

/// How often it is listed at most: where files come all the while, none of them
/// is waited for in vain.
const LISTINGS: usize = 5;

impl Worker {
    /// What this listing of all, which began then, and those after it say is new,
    /// changed or gone. What is gone was missed twice.
    pub(super) fn compare_until_still(
        &mut self,
        listing: &Listing,
        since: SystemTime,
        fresh: Fresh,
        watcher: Option<&Watcher>,
    ) -> Plan {
        let root = self.config.service.watch_folder.clone();
        let mut plan = self.compare(Path::new(""), listing, fresh);
        let mut missing: BTreeSet<PathBuf> = plan.gone.drain(..).collect();
        let mut is_still = missing.is_empty() && !self.is_any_new(listing, since);
        for _ in 1..LISTINGS {
            if is_still {
                break;
            }
            // One that is being saved may be missing for a moment.
            thread::sleep(GRACE);
            let since = SystemTime::now();
            let listing = list(&root, Path::new(""), watcher);
            let mut again = self.compare(Path::new(""), &listing, fresh);
            let now: BTreeSet<PathBuf> = again.gone.drain(..).collect();
            is_still = now.is_subset(&missing) && !self.is_any_new(&listing, since);
            plan.gone = now.intersection(&missing).cloned().collect();
            missing = now;
            plan.add(again);
        }
        plan
    }

    /// Whether there is something that may have come from elsewhere while this
    /// listing was made: what was missing before that has been missed by it.
    fn is_any_new(&self, listing: &Listing, since: SystemTime) -> bool {
        if self.known.is_empty() {
            return false;
        }
        let since = scan::nanoseconds(since.checked_sub(COARSE).unwrap_or(since));
        listing.files.iter().any(|(path, stamp)| {
            let before = self.known.get(path).map(|known| known.inode);
            stamp.changed >= since && before != Some(stamp.inode) && !self.is_renamed(path, stamp)
        })
    }
}

#[cfg(test)]
mod tests;
