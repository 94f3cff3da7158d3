//! What has to be read, and what is gone: the watch folder compared with what
//! is known of it.

use super::{tell::named, worker::Worker};
use crate::{
    catalogue::{Record, Refusal, store::Refused},
    file::Stamp,
    watch::{
        self, scan,
        settle::{Due, Hint},
    },
};
use anyhow::Context as _;
use std::{
    collections::{BTreeMap, BTreeSet},
    mem,
    path::{Path, PathBuf},
    time::{Duration, SystemTime},
};

/// A file younger than this may still be in its writer's hands when a listing
/// finds it.
const FRESH: Duration = Duration::from_secs(2);

/// Under what name the catalogue keeps which folder the watch folder was.
const ROOT: &str = "watch-folder";

/// What a pass has to do.
#[derive(Debug)]
pub(super) enum Work {
    /// List the whole watch folder.
    All {
        /// What to do with files that may still be written.
        fresh: Fresh,
        /// Files that are known to be in their writer's hands.
        growing: BTreeSet<PathBuf>,
    },
    /// Look at some files and folders.
    Some(Due),
    /// Do only what others have asked for.
    Answer,
}

/// What to do with a file that a listing finds and that may still be written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fresh {
    /// Take it as it is.
    Take,
    /// Report it, to be looked at again when its writer may have shown itself.
    Settle,
    /// Take it when it is the same as in the listing before.
    Compare,
}

/// What has to be read, and what is gone.
#[derive(Default)]
pub(super) struct Plan {
    pub(super) read: Vec<PathBuf>,
    pub(super) gone: Vec<PathBuf>,
    /// What may still be written.
    pub(super) fresh: Vec<(PathBuf, Stamp)>,
}

impl Plan {
    /// Puts it in order, and gives the files that have to wait: fresh ones, but for those that were
    /// only moved: nobody writes them, and while they wait their entries would
    /// be withdrawn.
    pub(super) fn settle(&mut self, known: &BTreeMap<PathBuf, Stamp>) -> Vec<PathBuf> {
        let mut waiting = Vec::new();
        let file = |stamp: &Stamp| (stamp.inode, stamp.size, stamp.modified);
        let gone = self.gone.iter().filter_map(|path| known.get(path));
        let moved: BTreeSet<_> = gone.map(file).collect();
        for (path, stamp) in self.fresh.drain(..) {
            if stamp.inode != 0 && moved.contains(&file(&stamp)) {
                self.read.push(path);
            } else {
                waiting.push(path);
            }
        }
        for paths in [&mut self.read, &mut self.gone] {
            paths.sort_unstable();
            paths.dedup();
        }
        waiting
    }
}

impl Worker {
    /// Lists the watch folder and compares it with what is known.
    pub(super) fn plan_all(
        &mut self,
        fresh: Fresh,
        growing: &BTreeSet<PathBuf>,
    ) -> anyhow::Result<Plan> {
        let root = &self.config.service.watch_folder;
        let identity = scan::identity(root).map(|(device, number)| format!("{device}:{number}"));
        let identity = identity.with_context(|| {
            format!(
                "the watch folder {} is not there; make it, or mount what belongs there",
                root.display()
            )
        })?;
        let listing = scan::list(root, Path::new(""));
        let before = self.catalogue.meta(ROOT)?;
        // Nothing of what was published is there: the catalogue cannot tell
        // whether it is the folder that it was.
        if listing.files.is_empty() && self.catalogue.is_recovering()? {
            anyhow::bail!(
                "the watch folder {} is empty, and the feeds have {} entries; mount what belongs \
                 there, or put one article into it if they are to be withdrawn",
                root.display(),
                self.catalogue.count()?
            );
        }
        // An empty folder that is another one than before is most likely the
        // place where a disk is not mounted.
        if listing.files.is_empty()
            && !self.known.is_empty()
            && before.as_ref().is_some_and(|before| *before != identity)
        {
            anyhow::bail!(
                "the watch folder {} is empty and another one than before; mount what belongs \
                 there, or put one article into it if all {} files are really gone",
                root.display(),
                self.known.len()
            );
        }
        if before.as_ref() != Some(&identity) {
            self.catalogue.set_meta(ROOT, &identity)?;
        }
        let mut plan = self.compare(Path::new(""), &listing, fresh);
        plan.read.retain(|path| !growing.contains(path));
        Ok(plan)
    }

    /// Looks at the files and folders that are due.
    pub(super) fn plan_some(&mut self, due: &Due) -> Plan {
        let mut plan = Plan::default();
        let root = self.config.service.watch_folder.clone();
        for (path, hint) in &due.files {
            match scan::look(&root, path) {
                Ok(Some(stamp)) => {
                    // The rest of a page that came before the page itself was
                    // taken for articles.
                    for folder in watch::companions(path) {
                        plan.gone.extend(self.known_below(&folder));
                    }
                    // After a close the bytes may differ although the stamp
                    // does not: two writes within one tick of the file system's
                    // clock.
                    if *hint == Hint::Complete || self.known.get(path) != Some(&stamp) {
                        plan.read.push(path.clone());
                    }
                }
                // It may be a folder that was renamed away, or a file that held
                // articles.
                Ok(None) => plan.gone.extend(self.known_below(path)),
                Err(error) => tracing::warn!("cannot look at {}: {error}", named(path)),
            }
        }
        for folder in &due.folders {
            let listing = scan::list(&root, folder);
            let part = self.compare(folder, &listing, Fresh::Settle);
            plan.read.extend(part.read);
            plan.gone.extend(part.gone);
            plan.fresh.extend(part.fresh);
        }
        plan
    }

    /// Tells of what was known of a file and is not in it any more: of articles
    /// in a file that held several. One that cannot be read keeps its own, as
    /// one that is an article keeps its entry.
    pub(super) fn leave(&self, records: &[Record], told: &mut Vec<Record>) {
        let path = match records {
            []
            | [
                Record::Refused {
                    kind: Refusal::Faulty,
                    ..
                }
                | Record::Gone { .. },
            ] => return,
            [first, ..] => first.path(),
        };
        let there: BTreeSet<&Path> = records.iter().map(Record::path).collect();
        let left = self
            .known_below(path)
            .into_iter()
            .filter(|path| !there.contains(&**path));
        told.extend(left.map(|path| Record::Gone { path }));
    }

    fn known_below(&self, folder: &Path) -> Vec<PathBuf> {
        let from = self.known.range(folder.to_owned()..);
        let below = from
            .map(|(path, _)| path)
            .take_while(|path| path.starts_with(folder));
        below.cloned().collect()
    }

    /// What a listing of `folder` says is new, changed or gone.
    fn compare(&mut self, folder: &Path, listing: &scan::Listing, fresh: Fresh) -> Plan {
        let mut plan = Plan::default();
        let unsettled = mem::take(&mut self.unsettled);
        let there: BTreeSet<&Path> = listing.files.iter().map(|(path, _)| &**path).collect();
        let unknown = |path: &Path| {
            listing
                .faults
                .iter()
                .any(|(fault, _)| path.starts_with(fault))
        };
        for (path, error) in &listing.faults {
            tracing::warn!(
                "cannot list {}: {error}; what is in it stays as it was",
                named(path)
            );
        }
        // What is below a file is in it.
        let is_there = |path: &Path| path.ancestors().any(|path| there.contains(path));
        for path in self.known_below(folder) {
            if !is_there(&path) && !unknown(&path) {
                plan.gone.push(path);
            }
        }
        for (path, stamp) in &listing.files {
            if self.known.get(path) == Some(stamp) {
                // It was settled when it was read before.
                if self.outdated {
                    plan.read.push(path.clone());
                }
                continue;
            }
            match fresh {
                Fresh::Settle if is_fresh(stamp) => plan.fresh.push((path.clone(), *stamp)),
                Fresh::Compare if unsettled.get(path) != Some(stamp) => {
                    self.unsettled.insert(path.clone(), *stamp);
                }
                Fresh::Take | Fresh::Settle | Fresh::Compare => plan.read.push(path.clone()),
            }
        }
        plan
    }
}

fn is_fresh(stamp: &Stamp) -> bool {
    let now = SystemTime::now()
        .duration_since(SystemTime::UNIX_EPOCH)
        .unwrap_or_default();
    let age = now.as_nanos().cast_signed() - i128::from(stamp.modified);
    (0..FRESH.as_nanos().cast_signed()).contains(&age)
}

/// Makes sure that the next listing reads again what was held back: nobody
/// remembers when its embargo ends.
pub(super) fn unsure_of_withheld(
    mut known: BTreeMap<PathBuf, Stamp>,
    refused: &[Refused],
) -> BTreeMap<PathBuf, Stamp> {
    let drafts = refused
        .iter()
        .filter(|refused| refused.kind == Refusal::Draft);
    for file in drafts.flat_map(|refused| refused.path.ancestors()) {
        if let Some(stamp) = known.get_mut(file) {
            stamp.modified = i64::MIN;
        }
    }
    known
}
