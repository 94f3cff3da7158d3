//! A listing compared with what is known: what is new, what was moved, and what
//! is really gone.

use super::{Fresh, Plan, Worker, list};
use crate::{
    file::Stamp,
    service::{contents, worker::Digests},
    watch::{
        events::Watcher,
        scan::{self, Listing, There},
        settle::Hint,
    },
};
use std::{
    collections::{BTreeMap, BTreeSet},
    mem,
    path::{Path, PathBuf},
    time::{Duration, Instant, SystemTime},
};

/// A file younger than this may still be in its writer's hands when a listing
/// finds it.
const FRESH: Duration = Duration::from_secs(2);

impl Worker {
    /// What a listing of `folder` says is new, changed or gone.
    pub(super) fn compare(&mut self, folder: &Path, listing: &Listing, fresh: Fresh) -> Plan {
        let mut plan = Plan::default();
        // What is compared with the listing before is all there is.
        let before = match fresh {
            Fresh::Compare => mem::take(&mut self.unsettled),
            Fresh::Take | Fresh::Settle => BTreeMap::new(),
        };
        let there: BTreeSet<&Path> = listing.files.iter().map(|(path, _)| &**path).collect();
        let unknown = |path: &Path| {
            listing
                .faults
                .iter()
                .any(|(fault, _)| path.starts_with(fault))
        };
        for (path, error) in &listing.faults {
            self.notes.cannot("list", path, error);
        }
        self.unread.listed(folder, unknown);
        self.asides.listed(folder, &listing.left_alone);
        // What is below a file is in it.
        let is_there = |path: &Path| path.ancestors().any(|path| there.contains(path));
        let missing = self.known.below(folder);
        let missing = missing.filter(|path| !is_there(path) && !unknown(path));
        let missing = missing.map(Path::to_owned).collect();
        let mut is_any_new_missing = false;
        for path in self.not_unmounted(missing) {
            if fresh == Fresh::Compare {
                // As long as it waits for what may have become of it, too.
                let before = before.get(&path);
                self.unsettled.insert(path.clone(), Unsettled::Missing);
                if before != Some(&Unsettled::Missing) {
                    is_any_new_missing = true;
                    continue;
                }
            }
            plan.gone.push(path);
        }
        for (path, stamp) in &listing.files {
            if self.known.get(path) == Some(stamp) {
                // It was settled when it was read before.
                if self.digests == Digests::Outdated {
                    plan.read.push(path.clone());
                }
                continue;
            }
            match fresh {
                // Nobody writes it, and while it waits its entry would be withdrawn.
                _ if self.is_renamed(path, stamp) => plan.read.push(path.clone()),
                Fresh::Settle if is_fresh(stamp) => {
                    plan.waiting.push((path.clone(), Hint::Listed));
                }
                Fresh::Compare if before.get(path).is_none_or(|before| !before.is(stamp)) => {
                    self.unsettled
                        .insert(path.clone(), Unsettled::Found(*stamp));
                }
                // The listing before may have come by its former place when it was
                // there still, and it is told with what is gone.
                Fresh::Compare
                    if is_any_new_missing
                        && before.get(path) == Some(&Unsettled::Found(*stamp))
                        && self.may_be_it(path) =>
                {
                    self.unsettled
                        .insert(path.clone(), Unsettled::PutOff(*stamp));
                }
                Fresh::Take | Fresh::Settle | Fresh::Compare => plan.read.push(path.clone()),
            }
        }
        plan
    }

    /// Whether a file is known under another name and otherwise as it is: it was
    /// only moved. Where its time was not certain, number and size are not enough.
    pub(super) fn is_renamed(&self, path: &Path, stamp: &Stamp) -> bool {
        let mut others = self.known.numbered(stamp.inode);
        let is_it = |known: &Stamp| {
            is_same(stamp, known)
                && (known.modified != contents::UNCERTAIN
                    || self.at(path).is_some_and(|now| now.is(known)))
        };
        !self.known.contains(path) && others.any(|(_, known)| is_it(known))
    }

    /// The file at this place, if there is one.
    pub(super) fn at(&self, path: &Path) -> Option<Seen> {
        match scan::look(&self.config.service.watch_folder, path) {
            Ok(There::File { stamp, born, .. }) => Some(Seen { stamp, born }),
            _ => None,
        }
    }

    /// Finds the former names of files that are to be read under another one:
    /// while they were known by both, they would be copies. That its former name
    /// was given on to another file makes no difference.
    pub(super) fn find_former(&self, plan: &mut Plan) {
        if self.known.is_empty() {
            return;
        }
        for now in &plan.read {
            let Some(seen) = self.at(now) else {
                continue;
            };
            let others = self.known.numbered(seen.stamp.inode);
            let others = others.filter(|(other, known)| other != now && seen.is(known));
            let others = others.map(|(other, _)| other);
            let former = others.filter(|other| self.is_another(other, seen.stamp.inode));
            let former: Vec<PathBuf> = former.map(Path::to_owned).collect();
            if !former.is_empty() {
                plan.moved.entry(now.clone()).or_default().extend(former);
            }
        }
    }

    /// Whether there is nothing at this place, or a file with another number.
    fn is_another(&self, path: &Path, number: u64) -> bool {
        match scan::look(&self.config.service.watch_folder, path) {
            Ok(There::Nothing) => true,
            Ok(There::File { stamp, .. }) => stamp.inode != number,
            Ok(There::Folder | There::LeftAlone(_)) | Err(_) => false,
        }
    }

    /// Finds out which of these are gone, and which are somewhere else by now.
    /// Nobody knows where to before that is looked at, and where files are moved
    /// faster than they are read, it may not be there any more by then: so an
    /// entry loses its last file only when that is nowhere in the folder.
    /// What is gone is told with what may have become of it, as long as that is
    /// bound to be known soon, and waits with it where it is too early for that.
    pub(super) fn confirm(
        &mut self,
        missing: BTreeSet<PathBuf>,
        plan: &mut Plan,
        is_early: bool,
        watcher: Option<&Watcher>,
    ) {
        let missing = self.search(missing, plan);
        let is_lost = self.is_open || !plan.gone.is_empty() || !missing.is_empty();
        // What is moved all the while may be missed by each listing.
        let is_told = || watcher.is_some_and(Watcher::is_anything_told);
        plan.awaits = is_lost && (self.awaits(plan) || is_told());
        plan.is_patient = true;
        let waits = is_early || plan.awaits && !missing.is_empty();
        if !self.patience.lasts(waits, Instant::now()) {
            // What it was waited for in vain is not waited for once more.
            plan.awaits &= missing.is_empty();
            plan.gone.extend(missing);
            return;
        }
        // First what vanished: what is told after it waits for it.
        let missing = missing.into_iter().map(|path| (path, Hint::Vanished));
        plan.waiting.extend(missing);
        self.put_off(plan);
        plan.awaits = true;
    }

    /// Looks for what is missing under other names; gives what is nowhere.
    fn search(&mut self, mut missing: BTreeSet<PathBuf>, plan: &mut Plan) -> Vec<PathBuf> {
        for path in &plan.gone {
            missing.remove(path);
        }
        let mut by_number: BTreeMap<u64, Vec<PathBuf>> = BTreeMap::new();
        for path in &missing {
            match self.known.get(path).map(|stamp| stamp.inode) {
                // The system does not number its files.
                None | Some(0) => plan.gone.push(path.clone()),
                Some(number) => by_number.entry(number).or_default().push(path.clone()),
            }
        }
        let root = self.config.service.watch_folder.clone();
        let mut faults = Vec::new();
        let mut at = |path: &Path| match scan::look(&root, path) {
            Ok(There::File { stamp, born, .. }) => Some(Seen { stamp, born }),
            Ok(_) => None,
            Err(error) => {
                faults.push(("look at", path.to_owned(), error));
                None
            }
        };
        by_number.retain(|number, paths| {
            let others = self.known.numbered(*number);
            for (other, known) in others.filter(|(other, _)| !missing.contains(*other)) {
                let Some(now) = at(other) else {
                    continue;
                };
                paths.retain(|path| {
                    let is_it = self.known.get(path).is_some_and(|known| now.is(known));
                    if is_it {
                        plan.gone.push(path.clone());
                        // It may have been written through the name that is gone.
                        if now.stamp != *known {
                            plan.read.push(other.to_owned());
                        }
                    }
                    !is_it
                });
            }
            !paths.is_empty()
        });
        let mut unlisted = Vec::new();
        // One that is moved while the folder is listed may be missed once.
        for _ in 0..2 {
            if by_number.is_empty() {
                break;
            }
            let listing = list(&root, Path::new(""), None);
            unlisted.extend(listing.faults);
            for (path, stamp) in listing.files {
                let Some(paths) = by_number.get_mut(&stamp.inode) else {
                    continue;
                };
                let Some(now) = at(&path) else {
                    continue;
                };
                let is_it =
                    |path: &PathBuf| self.known.get(path).is_some_and(|known| now.is(known));
                let (former, others): (Vec<_>, Vec<_>) =
                    mem::take(paths).into_iter().partition(is_it);
                *paths = others;
                if !former.is_empty() {
                    plan.read.push(path.clone());
                    plan.moved.entry(path).or_default().extend(former);
                }
            }
            by_number.retain(|_, paths| !paths.is_empty());
        }
        let unlisted = unlisted.into_iter();
        faults.extend(unlisted.map(|(path, error)| ("list", path, error)));
        // What cannot be seen for now may be what is missing.
        for (task, path, error) in faults {
            self.notes.cannot_now(task, &path, &error);
        }
        by_number.into_values().flatten().collect()
    }

    /// Whether something has to wait, or is expected, that may be what is missing.
    fn awaits(&self, plan: &Plan) -> bool {
        let is_there = |hint: &Hint| !matches!(hint, Hint::Vanished | Hint::Removed);
        let mut waiting = plan.waiting.iter();
        let mut expected = plan.expected.iter();
        waiting.any(|(path, hint)| is_there(hint) && !plan.read.contains(path))
            || expected.any(|path| {
                let before = self.known.get(path).map(|known| known.inode);
                self.at(path)
                    .is_some_and(|now| before != Some(now.stamp.inode))
            })
    }

    /// What the listing before found changed, while polling.
    pub(super) fn changing(&self) -> impl Iterator<Item = &Path> {
        let is_there = |unsettled: &Unsettled| *unsettled != Unsettled::Missing;
        let files = self.unsettled.iter();
        let files = files.filter(move |(_, unsettled)| is_there(unsettled));
        files.map(|(path, _)| path.as_path())
    }

    /// All that the next listing is compared with, while polling, but for what was
    /// told to be gone by now.
    pub(in crate::service) fn compared(&mut self) -> Vec<PathBuf> {
        let known = &self.known;
        self.unsettled
            .retain(|path, found| *found != Unsettled::Missing || known.contains(path));
        self.unsettled.keys().cloned().collect()
    }

    /// The other names that a file was known by, where it is another now than it
    /// was.
    pub(super) fn changed_names(&self, path: &Path) -> Vec<PathBuf> {
        let Some(number) = self.known.get(path).map(|known| known.inode) else {
            return Vec::new();
        };
        let others = self.known.numbered(number);
        let others = others.filter(|(other, known)| {
            *other != path
                && self
                    .at(other)
                    .is_some_and(|now| now.is(known) && now.stamp != **known)
        });
        others.map(|(other, _)| other.to_owned()).collect()
    }

    /// The other names of a file that has several: what was written through one
    /// of them stands at all.
    pub(super) fn other_names(&self, path: &Path, stamp: &Stamp) -> Vec<PathBuf> {
        let others = self.known.numbered(stamp.inode);
        let others = others.filter(|(other, known)| *known != stamp && *other != path);
        let others = others.map(|(other, _)| other);
        others
            .filter(|other| self.at(other).is_some_and(|now| now.stamp == *stamp))
            .map(Path::to_owned)
            .collect()
    }
}

/// What a listing found of a file, to be compared with the next one while polling.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::service) enum Unsettled {
    /// It is not where it was.
    Missing,
    /// It is new, or another one than before.
    Found(Stamp),
    /// The same, found for the second time, when something else was missing for
    /// the first time that it may be. What is missing later was there together
    /// with it.
    PutOff(Stamp),
}

impl Unsettled {
    /// Whether it is as it was then.
    fn is(&self, now: &Stamp) -> bool {
        matches!(self, Self::Found(stamp) | Self::PutOff(stamp) if stamp == now)
    }
}

/// What there is at a place.
pub(super) struct Seen {
    pub(super) stamp: Stamp,
    born: Option<i64>,
}

impl Seen {
    /// Whether this is the very file that once looked so, whatever it is called
    /// and says by now. Its number alone does not tell: a new file may have that
    /// of one that was deleted a moment ago. But then it was made later than the
    /// other was last changed.
    pub(super) fn is(&self, known: &Stamp) -> bool {
        self.stamp.inode == known.inode
            && match self.born {
                Some(born) => born <= known.changed,
                None => is_same(&self.stamp, known),
            }
    }
}

/// Whether a file with this number is as one with the same was known.
fn is_same(stamp: &Stamp, known: &Stamp) -> bool {
    // One that was read as soon as it was written has no certain time.
    known.size == stamp.size && [stamp.modified, contents::UNCERTAIN].contains(&known.modified)
}

/// Whether somebody may still be writing: a file that is copied gets the times
/// of the old one in the end, but not the time of its last change.
fn is_fresh(stamp: &Stamp) -> bool {
    let now = SystemTime::now()
        .duration_since(SystemTime::UNIX_EPOCH)
        .unwrap_or_default();
    let fresh = FRESH.as_nanos();
    let age = |time: i64| (now.as_nanos().cast_signed() - i128::from(time)).unsigned_abs();
    age(stamp.modified) < fresh || age(stamp.changed) < fresh
}
