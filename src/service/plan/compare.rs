//! A listing compared with what is known: what is new, what was moved, and what
//! is really gone.

use super::{Fresh, Plan, Worker, list};
use crate::{
    file::Stamp,
    service::{contents, worker::Digests},
    watch::{
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

/// How long what is gone may wait for what may have become of it.
const PATIENCE: Duration = Duration::from_secs(2);

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
        for path in self.known_below(folder) {
            if is_there(&path) || unknown(&path) {
                continue;
            }
            if fresh == Fresh::Compare && before.get(&path) != Some(&None) {
                self.unsettled.insert(path, None);
            } else {
                plan.gone.push(path);
            }
        }
        let moved = self.moved(listing);
        for (path, stamp) in &listing.files {
            if self.known.get(path) == Some(stamp) {
                // It was settled when it was read before.
                if self.digests == Digests::Outdated {
                    plan.read.push(path.clone());
                }
                continue;
            }
            match fresh {
                _ if moved.contains(&**path) => plan.read.push(path.clone()),
                Fresh::Settle if is_fresh(stamp) => {
                    plan.waiting.push((path.clone(), Hint::Listed));
                }
                Fresh::Compare if before.get(path) != Some(&Some(*stamp)) => {
                    self.unsettled.insert(path.clone(), Some(*stamp));
                }
                Fresh::Take | Fresh::Settle | Fresh::Compare => plan.read.push(path.clone()),
            }
        }
        plan
    }

    /// The files of a listing that are known under another name as they are: they
    /// were only moved, nobody writes them, and while they wait their entries
    /// would be withdrawn.
    fn moved<'a>(&self, listing: &'a Listing) -> BTreeSet<&'a Path> {
        let new: Vec<&(PathBuf, Stamp)> = listing
            .files
            .iter()
            .filter(|(path, stamp)| stamp.inode != 0 && !self.known.contains_key(path))
            .collect();
        let numbers: BTreeSet<u64> = new.iter().map(|(_, stamp)| stamp.inode).collect();
        let same = self.known.values();
        let same = same.filter(|stamp| numbers.contains(&stamp.inode));
        let same: BTreeSet<_> = same
            .map(|stamp| (stamp.inode, stamp.size, stamp.modified))
            .collect();
        // One that was read as soon as it was written has no certain time.
        let is_same = |stamp: &Stamp| {
            [stamp.modified, contents::UNCERTAIN]
                .iter()
                .any(|modified| same.contains(&(stamp.inode, stamp.size, *modified)))
        };
        new.into_iter()
            .filter(|(_, stamp)| is_same(stamp))
            .map(|(path, _)| &**path)
            .collect()
    }

    /// Finds the former names of files that are to be read under another one:
    /// while they were known by both, they would be copies.
    pub(super) fn find_former(&self, plan: &mut Plan) {
        let root = &self.config.service.watch_folder;
        let number = |path: &PathBuf| match scan::look(root, path) {
            Ok(There::File { stamp, .. }) if stamp.inode != 0 => Some((stamp.inode, path.clone())),
            _ => None,
        };
        let read: BTreeMap<u64, PathBuf> = plan.read.iter().filter_map(number).collect();
        if read.is_empty() {
            return;
        }
        for (path, stamp) in &self.known {
            if let Some(now) = read.get(&stamp.inode).filter(|now| *now != path)
                && matches!(scan::look(root, path), Ok(There::Nothing))
            {
                let former = plan.moved.entry(now.clone()).or_default();
                former.push(path.clone());
            }
        }
    }

    /// Finds out which of these are gone, and which are somewhere else by now.
    /// Nobody knows where to before that is looked at, and where files are moved
    /// faster than they are read, it may not be there any more by then: so an
    /// entry loses its last file only when that is nowhere in the folder.
    /// What is gone is told with what may have become of it, as long as that is
    /// bound to be known soon.
    pub(super) fn confirm(&mut self, missing: BTreeSet<PathBuf>, plan: &mut Plan) {
        let missing = self.search(missing, plan);
        let since = self.put_off.unwrap_or_else(Instant::now);
        if missing.is_empty() || !plan.awaits_listed() || since.elapsed() > PATIENCE {
            self.put_off = None;
            plan.gone.extend(missing);
            return;
        }
        self.put_off = Some(since);
        let known = &self.known;
        let moved = &plan.moved;
        let is_new = |path: &PathBuf| !known.contains_key(path) && !moved.contains_key(path);
        let (new, read) = mem::take(&mut plan.read).into_iter().partition(is_new);
        plan.read = read;
        let together = missing.into_iter().chain::<Vec<PathBuf>>(new);
        plan.waiting
            .extend(together.map(|path| (path, Hint::Listed)));
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
        if by_number.is_empty() {
            return Vec::new();
        }
        let root = &self.config.service.watch_folder;
        for (path, stamp) in &self.known {
            if by_number.contains_key(&stamp.inode)
                && !missing.contains(path)
                && let Ok(There::File { stamp: now, .. }) = scan::look(root, path)
                && now.inode == stamp.inode
            {
                plan.gone
                    .extend(by_number.remove(&stamp.inode).into_iter().flatten());
            }
        }
        // One that is moved while the folder is listed may be missed once.
        for _ in 0..2 {
            if by_number.is_empty() {
                break;
            }
            let listing = list(root, Path::new(""), None);
            for (path, error) in &listing.faults {
                self.notes.cannot_now("list", path, error);
            }
            for (path, stamp) in listing.files {
                if let Some(paths) = by_number.remove(&stamp.inode) {
                    plan.read.push(path.clone());
                    plan.moved.entry(path).or_default().extend(paths);
                }
            }
        }
        by_number.into_values().flatten().collect()
    }

    /// The other names of a file that has several: what was written through one
    /// of them stands at all.
    pub(super) fn other_names(&self, path: &Path, stamp: &Stamp) -> Vec<PathBuf> {
        let root = &self.config.service.watch_folder;
        let same = |other: &Path| match scan::look(root, other) {
            Ok(There::File { stamp: now, .. }) => now == *stamp,
            _ => false,
        };
        let others = self.known.iter().filter(|(other, known)| {
            known.inode == stamp.inode && *known != stamp && *other != path
        });
        let others = others.filter(|(other, _)| same(other));
        others.map(|(other, _)| other.clone()).collect()
    }
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
