//! What is looked after between passes: that the feeds folder is still the one
//! that was written to, and as it was written.

use super::worker::Worker;
use crate::{catalogue::Written, publish, watch::scan};
use std::{
    fs, mem,
    sync::atomic::AtomicBool,
    time::{Duration, Instant},
};

/// How often all documents are looked at while nothing seems to be wrong: one
/// that somebody removed or changed comes back then.
const EVERY: Duration = Duration::from_mins(5);

/// What was written so long before the machine went down is compared byte by
/// byte when it is up again, since some disks say that they have written what
/// they have not; file systems write everything within half a minute.
const BEFORE_REBOOT: Duration = Duration::from_mins(10);

/// The name of which start of the machine the program ran in last.
const BOOT: &str = "boot";

/// What is no folder's identity.
const NO_FOLDER: (u64, u64) = (0, 0);

/// What is known of the feeds folder.
#[derive(Debug)]
pub(super) struct Upkeep {
    /// Which folder the documents were written to.
    folder: Option<(u64, u64)>,
    next_look: Instant,
    /// Whether a killed process or a fault may have left temporary files.
    is_untidy: bool,
    /// Whether publishing has failed since it last did not.
    is_shaken: bool,
}

impl Default for Upkeep {
    fn default() -> Self {
        Self {
            folder: None,
            next_look: Instant::now() + EVERY,
            is_untidy: true,
            is_shaken: false,
        }
    }
}

impl Worker {
    /// Brings all documents on disk up to date, in a folder that was looked
    /// after. Returns the names of those that were written.
    ///
    /// # Errors
    ///
    /// As [`Worker::publish_due`].
    pub(super) fn publish(&mut self, stop: &AtomicBool) -> anyhow::Result<Vec<String>> {
        self.tend()?;
        let before = self.feeds_identity();
        let mut written = self.publish_due(stop).inspect_err(|_| {
            self.upkeep.is_shaken = true;
        })?;
        self.upkeep.folder = before.or_else(|| self.made_folder(&written));
        if mem::take(&mut self.upkeep.is_shaken) {
            // What the fault was may have struck elsewhere, too.
            self.upkeep.is_untidy = true;
            self.upkeep.next_look = Instant::now();
            self.tend()?;
            written.extend(self.publish_due(stop)?);
        }
        Ok(written)
    }

    /// Whether the feeds folder is there no more, or is not the one that the
    /// documents were written to.
    pub(super) fn has_lost_feeds(&self) -> bool {
        self.upkeep.folder.is_some() && self.upkeep.folder != self.feeds_identity()
    }

    /// The folder that was made for these documents, which may be gone already.
    fn made_folder(&self, written: &[String]) -> Option<(u64, u64)> {
        let identity = self.feeds_identity();
        let folder = &self.config.service.feeds_folder;
        match written.last() {
            Some(last) if !folder.join(last).exists() => Some(NO_FOLDER),
            _ => identity,
        }
    }

    fn feeds_identity(&self) -> Option<(u64, u64)> {
        scan::identity(&self.config.service.feeds_folder)
    }

    fn tend(&mut self) -> anyhow::Result<()> {
        let folder = &self.config.service.feeds_folder;
        let is_lost = self.has_lost_feeds();
        if is_lost {
            tracing::warn!(
                "the feeds folder {} was removed, or is another one now; what is not in it is \
                 written anew",
                folder.display()
            );
            // It is said once, whatever comes of it.
            self.upkeep.folder = None;
        }
        if self.upkeep.is_untidy {
            // Nobody is shown them, so one that stays stops nothing.
            self.upkeep.is_untidy = publish::clean_leftovers(folder).is_err();
        }
        if is_lost || Instant::now() >= self.upkeep.next_look {
            self.look_after_documents()?;
            self.upkeep.next_look = Instant::now() + EVERY;
        }
        Ok(())
    }

    /// From which time on what was written is in doubt, since the machine was
    /// started anew after it; nothing if it was not.
    pub(super) fn in_doubt_since(&self, documents: &[&Written]) -> anyhow::Result<Option<i64>> {
        let before = self.catalogue.meta(BOOT)?;
        if before.is_none() || before == boot() {
            return Ok(None);
        }
        let newest = documents.iter().map(|one| one.modified).max();
        let span = i64::try_from(BEFORE_REBOOT.as_nanos()).unwrap_or(i64::MAX);
        Ok(newest.map(|newest| newest.saturating_sub(span)))
    }

    /// Notes that nothing is in doubt any more.
    pub(super) fn note_boot(&mut self) -> anyhow::Result<()> {
        if let Some(boot) = boot()
            && self.catalogue.meta(BOOT)?.as_ref() != Some(&boot)
        {
            self.catalogue.set_meta(BOOT, &boot)?;
        }
        Ok(())
    }
}

/// Which start of the machine this is, where the system tells.
fn boot() -> Option<String> {
    let id = fs::read_to_string("/proc/sys/kernel/random/boot_id").ok()?;
    Some(id.trim().to_owned())
}
