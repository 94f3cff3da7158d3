//! What was told of and is not due yet: it may be what a file that is due was, or
//! where that went.
//!
//! A file that is due was told of in its turn, but for how long each waits there
//! are many reasons. So what is about to be read is compared with the folder as it
//! is now: an article that was moved is told before the one that took its name,
//! and one that vanished no later than a new one that may have come of it.

use super::{Plan, Worker, list};
use crate::watch::{
    events::Watcher,
    scan::{self, There},
    settle::{Due, Hint, Pending},
};
use std::{
    collections::BTreeSet,
    mem,
    path::{Path, PathBuf},
};

impl Worker {
    /// Puts what waits in order with what is about to be read. Tells whether it is
    /// too early for something of that: it may be what is missing, and not told of
    /// yet.
    pub(super) fn heed_pending(
        &self,
        plan: &mut Plan,
        due: &Due,
        watcher: Option<&Watcher>,
    ) -> bool {
        let mut pending = due.pending.clone();
        if let Some(watcher) = watcher {
            pending.add(watcher.told());
        }
        self.read_moved(plan, &pending);
        let is_early = self.is_new_in(plan) && self.is_any_missing(&pending);
        plan.expected = pending.into_coming().collect();
        plan.expected.extend(self.changing().map(Path::to_owned));
        is_early
    }

    /// Has files read that were renamed, and whose names others have taken that
    /// are about to be read, or that are the rest of what is gone: told of later,
    /// they would have lost their entries.
    fn read_moved(&self, plan: &mut Plan, pending: &Pending) {
        let number = |path: &PathBuf| self.known.get(path).map(|known| known.inode);
        let replaced = plan.read.iter().filter(|path| {
            let now = self.at(path).map(|seen| seen.stamp.inode);
            now.is_some() && now != number(path)
        });
        let numbers = replaced.chain(&plan.gone).filter_map(number);
        let numbers: BTreeSet<u64> = numbers.filter(|number| *number != 0).collect();
        if numbers.is_empty() {
            return;
        }
        let root = &self.config.service.watch_folder;
        let listed = pending.folders.iter();
        let listed = listed.flat_map(|folder| list(root, folder, None).files);
        let listed = listed.map(|(path, _)| path);
        let told = pending.files.iter();
        // What is being written is not whole yet.
        let told = told.filter(|(_, hint)| **hint != Hint::Growing);
        let told = told.map(|(path, _)| path.clone());
        let unread = self.unread.paths().map(Path::to_owned);
        let moved = told.chain(unread).chain(listed).filter(|path| {
            self.at(path).is_some_and(|seen| {
                let number = seen.stamp.inode;
                let mut known = self.known.numbered(number);
                numbers.contains(&number)
                    && known.any(|(other, known)| other != path && seen.is(known))
            })
        });
        let moved: BTreeSet<PathBuf> = moved.collect();
        plan.read.extend(moved);
    }

    /// Whether something is to be read that was not known at its place.
    fn is_new_in(&self, plan: &Plan) -> bool {
        plan.read.iter().any(|path| self.may_be_it(path))
    }

    /// Whether something is gone that was known, and that is not told yet.
    fn is_any_missing(&self, pending: &Pending) -> bool {
        let root = &self.config.service.watch_folder;
        let is_gone = |path: &Path| matches!(scan::look(root, path), Ok(There::Nothing));
        let told = pending.files.keys().chain(&pending.left);
        let mut told = told.chain(&pending.folders);
        told.any(|path| self.known.below(path).next().is_some() && is_gone(path))
    }

    /// Leaves what may be something that is missing to a later pass.
    pub(super) fn put_off(&self, plan: &mut Plan) {
        let (new, read): (Vec<_>, Vec<_>) = mem::take(&mut plan.read)
            .into_iter()
            .partition(|path| self.may_be_it(path));
        plan.read = read;
        for path in new {
            // What it was called before has to be told with it.
            let former = plan.moved.remove(&path).unwrap_or_default();
            let former = former.into_iter().map(|path| (path, Hint::Vanished));
            plan.waiting.extend(former);
            plan.waiting.push((path, Hint::Complete));
        }
    }

    /// A new file may be what is missing, and one that is another than before may
    /// have been put where that was.
    pub(super) fn may_be_it(&self, path: &Path) -> bool {
        let Some(seen) = self.at(path) else {
            return false;
        };
        let before = self.known.get(path).map(|known| known.inode);
        before != Some(seen.stamp.inode) && !self.is_renamed(path, &seen.stamp)
    }
}

#[cfg(test)]
mod tests;
