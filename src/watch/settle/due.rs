//! What is due for a look, and what is not yet.

use super::Hint;
use std::{
    collections::{BTreeMap, BTreeSet},
    path::PathBuf,
};

/// What is due for a look.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Due {
    /// Files, with what was last heard of each.
    pub files: Vec<(PathBuf, Hint)>,
    /// Folders to be listed, with all that is in them.
    pub folders: Vec<PathBuf>,
    /// What else was told of.
    pub pending: Pending,
}

/// What was told of, and is not due yet.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Pending {
    /// Files, with what was last heard of each.
    pub files: BTreeMap<PathBuf, Hint>,
    /// Files that were renamed away before anything else was heard of them.
    pub left: BTreeSet<PathBuf>,
    /// Folders that appeared or vanished.
    pub folders: BTreeSet<PathBuf>,
}

impl Pending {
    /// Adds what was told of later.
    pub fn add(&mut self, later: Self) {
        self.files.extend(later.files);
        self.left.extend(later.left);
        self.folders.extend(later.folders);
    }

    /// The files that are there, or soon will be.
    pub fn into_coming(self) -> impl Iterator<Item = PathBuf> {
        let files = self.files.into_iter();
        let files = files.filter(|(_, hint)| !matches!(hint, Hint::Vanished | Hint::Removed));
        files.map(|(path, _)| path)
    }
}

impl Due {
    /// Whether there is nothing to do.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.files.is_empty() && self.folders.is_empty()
    }
}
