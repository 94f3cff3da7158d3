//! What is known of the files in the watch folder, so that a look at one of them
//! need not ask the catalogue, nor walk over all others.

use crate::{file::Stamp, service::contents};
use std::{
    collections::{BTreeMap, BTreeSet},
    ops::Bound,
    path::{Path, PathBuf},
    sync::Arc,
};

/// The files that were looked at, with what they looked like.
#[derive(Debug, Default)]
pub(in crate::service) struct Known {
    files: BTreeMap<Arc<Path>, Stamp>,
    /// The same by their numbers, of those that have one.
    numbered: BTreeSet<(u64, Arc<Path>)>,
}

impl Known {
    pub(in crate::service) fn insert(&mut self, path: PathBuf, stamp: Stamp) {
        self.remove(&path);
        let path: Arc<Path> = path.into();
        if stamp.inode != 0 {
            self.numbered.insert((stamp.inode, Arc::clone(&path)));
        }
        self.files.insert(path, stamp);
    }

    pub(in crate::service) fn remove(&mut self, path: &Path) {
        if let Some((path, stamp)) = self.files.remove_entry(path) {
            self.numbered.remove(&(stamp.inode, path));
        }
    }

    pub(super) fn get(&self, path: &Path) -> Option<&Stamp> {
        self.files.get(path)
    }

    pub(super) fn contains(&self, path: &Path) -> bool {
        self.files.contains_key(path)
    }

    pub(super) fn len(&self) -> usize {
        self.files.len()
    }

    pub(super) fn is_empty(&self) -> bool {
        self.files.is_empty()
    }

    /// A file and what is in it, or what is in a folder.
    pub(super) fn below(&self, folder: &Path) -> impl Iterator<Item = &Path> {
        let from = (Bound::Included(folder), Bound::Unbounded);
        let from = self.files.range::<Path, _>(from);
        from.map(|(path, _)| &**path)
            .take_while(move |path| path.starts_with(folder))
    }

    /// The files that had this number when they were looked at.
    pub(super) fn numbered(&self, number: u64) -> impl Iterator<Item = (&Path, &Stamp)> {
        let first = (number, Arc::from(Path::new("")));
        let same = self.numbered.range(first..);
        same.take_while(move |(other, _)| *other == number)
            .filter_map(|(_, path)| Some((&**path, self.files.get(path)?)))
    }

    /// Makes sure that the next look at a file finds it changed.
    pub(super) fn doubt(&mut self, path: &Path) {
        if let Some(stamp) = self.files.get_mut(path) {
            stamp.modified = contents::UNCERTAIN;
        }
    }
}

impl FromIterator<(PathBuf, Stamp)> for Known {
    fn from_iter<I: IntoIterator<Item = (PathBuf, Stamp)>>(files: I) -> Self {
        let mut known = Self::default();
        for (path, stamp) in files {
            known.insert(path, stamp);
        }
        known
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stamp(inode: u64) -> Stamp {
        Stamp {
            size: 1,
            modified: 2,
            changed: 3,
            inode,
        }
    }

    #[test]
    fn files_are_found_by_place_and_number() {
        let known = [("b", 7), ("a/c", 7), ("a/d", 8), ("ab", 0), ("ac", 0)];
        let known = known.map(|(path, inode)| (PathBuf::from(path), stamp(inode)));
        let mut known: Known = known.into_iter().collect();
        let numbered = |known: &Known, number| -> Vec<PathBuf> {
            let same = known.numbered(number);
            same.map(|(path, _)| path.to_owned()).collect()
        };
        assert_eq!(numbered(&known, 7), ["a/c", "b"].map(PathBuf::from));
        // Where the system numbers nothing, nothing is the same.
        assert_eq!(numbered(&known, 0), [""; 0].map(PathBuf::from));
        known.insert("a/c".into(), stamp(9));
        known.remove(Path::new("a/d"));
        assert_eq!(numbered(&known, 7), ["b"].map(PathBuf::from));
        assert_eq!(numbered(&known, 8), [""; 0].map(PathBuf::from));
        assert_eq!(numbered(&known, 9), ["a/c"].map(PathBuf::from));
        let below: Vec<&Path> = known.below(Path::new("a")).collect();
        assert_eq!(below, [Path::new("a/c")]);
        assert_eq!(known.below(Path::new("")).count(), known.len());
    }
}
