//! What has to be read, and what is gone: the watch folder compared with what
//! is known of it.

mod compare;
mod known;
mod mounts;
mod patience;
mod pending;
mod still;

pub(super) use compare::Unsettled;
pub(super) use known::Known;
pub(super) use mounts::{Disk, Mounts};
pub(super) use patience::Patience;

use super::worker::Worker;
use crate::{
    catalogue::{Record, Refusal, store::Refused},
    watch::{
        self,
        events::Watcher,
        scan::{self, Listing, There},
        settle::{Due, Hint},
    },
};
use anyhow::Context as _;
use std::{
    collections::{BTreeMap, BTreeSet},
    mem,
    path::{Path, PathBuf},
    sync::Arc,
    time::SystemTime,
};

/// Under what name the catalogue keeps which folder the watch folder was.
const ROOT: &str = "watch-folder";

/// What a pass has to do.
pub(super) enum Work {
    /// List the whole watch folder.
    All {
        /// What to do with files that may still be written.
        fresh: Fresh,
        /// Files that are known to be in their writer's hands.
        growing: BTreeSet<PathBuf>,
        /// Watches what is listed.
        watcher: Option<Arc<Watcher>>,
    },
    /// Look at some files and folders.
    Some {
        /// These.
        due: Due,
        /// Watches what is listed.
        watcher: Option<Arc<Watcher>>,
    },
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
    /// Take it when it is the same as in the listing before, and believe that
    /// one is gone when it is missing for the second time: between two listings
    /// a file that was moved is at neither place.
    Compare,
}

/// What has to be read, and what is gone.
#[derive(Default)]
pub(super) struct Plan {
    pub(super) read: Vec<PathBuf>,
    pub(super) gone: Vec<PathBuf>,
    /// Files to be read that were known under other names: when they are taken
    /// in, those are gone.
    pub(super) moved: BTreeMap<PathBuf, Vec<PathBuf>>,
    /// What has to wait, and for what.
    waiting: Vec<(PathBuf, Hint)>,
    /// Files that are bound to be read soon, and may be what is missing.
    expected: BTreeSet<PathBuf>,
    /// Whether something is lost, and there are such files, or others that have to
    /// wait.
    pub(super) awaits: bool,
    /// Whether somebody looks again at what has to wait.
    pub(super) is_patient: bool,
    /// Tells who is writing meanwhile.
    pub(super) watcher: Option<Arc<Watcher>>,
}

impl Plan {
    /// Puts it in order, and gives the files that have to wait.
    pub(super) fn settle(&mut self) -> Vec<(PathBuf, Hint)> {
        let moved = self.moved.values_mut();
        for paths in moved.chain([&mut self.read, &mut self.gone]) {
            paths.sort_unstable();
            paths.dedup();
        }
        // What was moved before what took its name.
        let moved = &self.moved;
        self.read.sort_by_key(|path| !moved.contains_key(path));
        mem::take(&mut self.waiting)
    }

    fn add(&mut self, part: Self) {
        self.read.extend(part.read);
        self.gone.extend(part.gone);
        self.waiting.extend(part.waiting);
    }
}

impl Worker {
    /// What there is to do in the watch folder.
    ///
    /// # Errors
    ///
    /// When the watch folder is not there, or another one before it was looked
    /// through: then nothing is to be concluded.
    pub(super) fn plan(&mut self, work: &Work) -> anyhow::Result<Plan> {
        let root = self.config.service.watch_folder.clone();
        let before = self.catalogue.meta(ROOT)?;
        let (mut plan, watcher) = match work {
            Work::Answer => return Ok(Plan::default()),
            Work::All {
                fresh,
                growing,
                watcher,
            } => {
                // Where nothing was known, nothing is to be missed, and what is
                // there from the beginning comes in one go.
                let fresh = match fresh {
                    Fresh::Take if watcher.is_some() && !self.known.is_empty() => Fresh::Settle,
                    fresh => *fresh,
                };
                let mut plan = self.plan_all(fresh, watcher.as_deref())?;
                self.find_former(&mut plan);
                // Who passes over all only once has nobody to look again.
                if fresh != Fresh::Take {
                    plan.expected.clone_from(growing);
                    plan.expected.extend(self.changing().map(Path::to_owned));
                    let missing = plan.gone.drain(..).collect();
                    self.confirm(missing, &mut plan, false, watcher.as_deref());
                }
                plan.read.retain(|path| !growing.contains(path));
                (plan, watcher)
            }
            Work::Some { due, watcher } => (self.plan_some(due, watcher.as_deref()), watcher),
        };
        self.mounts.keep(&mut self.catalogue)?;
        let now = identity(&root);
        let expected = match work {
            // It has just been told which one it is.
            Work::All { .. } => self.catalogue.meta(ROOT)?,
            _ => before.or_else(|| now.clone()),
        };
        anyhow::ensure!(
            now == expected,
            "the watch folder {} was replaced while it was looked through; nothing is concluded \
             from that",
            root.display()
        );
        plan.watcher.clone_from(watcher);
        Ok(plan)
    }

    /// Lists the watch folder and compares it with what is known.
    fn plan_all(&mut self, fresh: Fresh, watcher: Option<&Watcher>) -> anyhow::Result<Plan> {
        let root = self.config.service.watch_folder.clone();
        let identity = identity(&root).with_context(|| {
            format!(
                "the watch folder {} is not there; make it, or mount what belongs there",
                root.display()
            )
        })?;
        let since = SystemTime::now();
        let listing = list(&root, Path::new(""), watcher);
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
        self.note_mounts(&listing);
        if fresh == Fresh::Compare {
            return Ok(self.compare(Path::new(""), &listing, fresh));
        }
        self.unsettled.clear();
        Ok(self.compare_until_still(&listing, since, fresh, watcher))
    }

    /// Looks at the files and folders that are due.
    fn plan_some(&mut self, due: &Due, watcher: Option<&Watcher>) -> Plan {
        let mut plan = Plan::default();
        let mut missing = BTreeSet::new();
        let root = self.config.service.watch_folder.clone();
        let mut folders: BTreeSet<PathBuf> = due.folders.iter().cloned().collect();
        for (path, hint) in &due.files {
            let there = scan::look(&root, path);
            if !matches!(there, Ok(There::LeftAlone(_)) | Err(_)) {
                self.asides.gone(path);
            }
            match there {
                // An empty file is hardly one that somebody has finished.
                Ok(There::File { stamp, .. }) if stamp.size == 0 && *hint == Hint::Complete => {
                    plan.waiting.push((path.clone(), Hint::Listed));
                }
                Ok(There::File { stamp, linked, .. }) => {
                    // The rest of a page that came before the page itself was
                    // taken for articles.
                    for folder in watch::companions(path) {
                        plan.gone.extend(self.known_below(&folder));
                    }
                    // It says that what was there before is gone.
                    folders.extend(self.mounts.replaced_above(path));
                    // After a close the bytes may differ although the stamp
                    // does not: two writes within one tick of the file system's
                    // clock.
                    if *hint == Hint::Complete || self.known.get(path) != Some(&stamp) {
                        plan.read.push(path.clone());
                    }
                    if linked {
                        let others = self.other_names(path, &stamp);
                        if *hint == Hint::Complete {
                            // Forgotten until then, they are no copies that keep
                            // the old text.
                            let again = others.iter().cloned();
                            plan.waiting
                                .extend(again.map(|other| (other, Hint::Complete)));
                            plan.moved.entry(path.clone()).or_default().extend(others);
                        } else {
                            plan.read.extend(others);
                        }
                    }
                    // Where case does not count, a file that got another case
                    // is there under both names.
                    if *hint == Hint::Vanished && self.known.contains(path) {
                        folders.extend(path.parent().map(Path::to_owned));
                    }
                }
                // Its rights or times changed: now it may be readable.
                Ok(There::Folder) => {
                    folders.insert(path.clone());
                }
                Ok(There::LeftAlone(why)) => {
                    self.asides.met(path, why);
                    plan.gone.extend(self.known_below(path));
                }
                // It may be a folder that was renamed away, or a file that held
                // articles.
                Ok(There::Nothing) => {
                    let known = self.known_below(path);
                    let known = self.not_unmounted(known);
                    // What was written through this name stands at the others.
                    plan.read.extend(self.changed_names(path));
                    if *hint == Hint::Removed {
                        plan.gone.extend(known);
                    } else {
                        missing.extend(known);
                    }
                }
                Err(error) => self.notes.cannot("look at", path, &error),
            }
        }
        // One that could not be read may be told of again, and be another by now:
        // then its number does not tell what it was called before.
        let paths = due.files.iter().map(|(path, _)| path);
        for before in paths.flat_map(|path| self.unread.before(path)) {
            if matches!(scan::look(&root, before), Ok(There::Nothing)) {
                missing.extend(self.known_below(before));
            }
        }
        for folder in folders {
            let listing = list(&root, &folder, watcher);
            let mut part = self.compare(&folder, &listing, Fresh::Settle);
            missing.extend(part.gone.drain(..));
            plan.add(part);
        }
        let is_early = self.heed_pending(&mut plan, due, watcher);
        self.find_former(&mut plan);
        self.confirm(missing, &mut plan, is_early, watcher);
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
        self.known.below(folder).map(Path::to_owned).collect()
    }
}

/// Which folder this is, as the catalogue keeps it.
fn identity(folder: &Path) -> Option<String> {
    scan::identity(folder).map(|(device, number)| format!("{device}:{number}"))
}

/// Lists a folder, and watches what is listed.
fn list(root: &Path, folder: &Path, watcher: Option<&Watcher>) -> Listing {
    scan::list(root, folder, &|folder| {
        if let Some(watcher) = watcher {
            watcher.watch(folder);
        }
    })
}

/// Makes sure that the next listing reads again what was held back: nobody
/// remembers when its embargo ends.
pub(super) fn unsure_of_withheld(mut known: Known, refused: &[Refused]) -> Known {
    let drafts = refused
        .iter()
        .filter(|refused| refused.kind == Refusal::Draft);
    for file in drafts.flat_map(|refused| refused.path.ancestors()) {
        known.doubt(file);
    }
    known
}
