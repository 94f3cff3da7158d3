//! Folders that are made for documents, and taken away when nothing came to be in
//! them.

use super::{
    disk::Disk,
    error::{PublishError, refused},
};
use std::{
    collections::BTreeSet,
    io::ErrorKind,
    path::{Path, PathBuf},
};

/// The folders that were made for documents. Those above come before those in
/// them.
#[derive(Default)]
pub(super) struct Made {
    folders: Vec<PathBuf>,
}

impl Made {
    /// Makes a folder and those above it, as far as they are not there.
    pub(super) fn folders<D: Disk>(&mut self, disk: &D, folder: &Path) -> Result<(), PublishError> {
        let mut missing = Vec::new();
        for above in folder.ancestors().filter(|above| **above != *Path::new("")) {
            let found = disk.is_folder(above);
            if found.map_err(|error| refused("look at the folder", above, error))? {
                break;
            }
            missing.push(above);
        }
        for folder in missing.into_iter().rev() {
            match disk.make_folder(folder) {
                Ok(()) => self.folders.push(folder.to_owned()),
                // Somebody else has made it meanwhile.
                Err(error)
                    if error.kind() == ErrorKind::AlreadyExists
                        && disk.is_folder(folder).unwrap_or(false) => {}
                Err(error) => return Err(refused("make the folder", folder, error)),
            }
        }
        Ok(())
    }

    /// The folders that their names are in.
    pub(super) fn parents(&self) -> BTreeSet<PathBuf> {
        let parents = self.folders.iter().map(|folder| parent(folder).to_owned());
        parents.collect()
    }

    /// Removes those that nothing came to be in.
    pub(super) fn undo<D: Disk>(&self, disk: &D) {
        for folder in self.folders.iter().rev() {
            let _ = disk.remove_folder(folder);
        }
    }
}

/// The folder that a path is in; the current one when it names none.
pub(super) fn parent(path: &Path) -> &Path {
    match path.parent() {
        Some(parent) if parent != Path::new("") => parent,
        _ => Path::new("."),
    }
}
