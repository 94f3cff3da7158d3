//! Temporary files: what becomes a document when it is whole.

use super::{
    disk::{Disk, Kind, Look, System},
    error::{PublishError, refused},
};
use std::{
    hash::{BuildHasher as _, RandomState},
    io::{self, ErrorKind},
    path::{Path, PathBuf},
};

/// Names of temporary files start and end so. The dot hides them, and no web
/// server serves or lists hidden files unless it is told to.
const NAME: (&str, &str) = (".feedwright-", ".tmp");

/// How many names are tried: two that are alike are drawn once in a lifetime.
const TRIES: u64 = 8;

/// A temporary file beside its document; removed when it is dropped.
pub(super) struct Temporary<'a, D: Disk> {
    disk: &'a D,
    path: PathBuf,
    is_there: bool,
}

impl<'a, D: Disk> Temporary<'a, D> {
    /// Writes a file into a folder, and onto the disk unless it is on `device`,
    /// of which all is flushed together.
    ///
    /// It is closed at once: there may be more documents than files that a
    /// process may have open.
    pub(super) fn write(
        disk: &'a D,
        folder: &Path,
        bytes: &[u8],
        device: Option<u64>,
    ) -> io::Result<(Look, Self)> {
        let (path, mut open) = create(disk, folder)?;
        let file = Self {
            disk,
            path,
            is_there: true,
        };
        disk.write(&mut open, bytes)?;
        disk.open_to_all(&open)?;
        let mut look = disk.look_at(&open)?;
        if device != Some(look.device) {
            disk.flush(&open)?;
            // A server on the network has a clock of its own.
            look = disk.look_at(&open)?;
        }
        Ok((look, file))
    }

    /// Gives it the document's name.
    pub(super) fn rename(&mut self, target: &Path) -> io::Result<()> {
        self.disk.rename(&self.path, target)?;
        self.is_there = false;
        Ok(())
    }
}

impl<D: Disk> Drop for Temporary<'_, D> {
    fn drop(&mut self) {
        if self.is_there {
            // What cannot be removed now is found by the next cleaning.
            let _ = self.disk.remove(&self.path);
        }
    }
}

fn create<D: Disk>(disk: &D, folder: &Path) -> io::Result<(PathBuf, D::Open)> {
    let random = RandomState::new();
    let mut tried = 0;
    loop {
        let (start, end) = NAME;
        let name = format!("{start}{:016x}{end}", random.hash_one(tried));
        let path = folder.join(name);
        match disk.create(&path) {
            Err(error) if error.kind() == ErrorKind::AlreadyExists && tried < TRIES => tried += 1,
            created => return created.map(|open| (path, open)),
        }
    }
}

/// Removes the temporary files that a killed process left behind, in the
/// folder and in those inside it; returns how many there were.
///
/// Only for when nobody else publishes into the folder, as at the start.
///
/// # Errors
///
/// When a folder cannot be listed or a file not removed; all others are looked
/// at before. A folder that is not there holds none.
pub fn clean_leftovers(folder: &Path) -> Result<usize, PublishError> {
    clean_leftovers_on(&System, folder)
}

/// As [`clean_leftovers`], on any disk.
///
/// # Errors
///
/// As [`clean_leftovers`].
pub fn clean_leftovers_on<D: Disk>(disk: &D, folder: &Path) -> Result<usize, PublishError> {
    let mut count = 0;
    let mut fault = None;
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        let names = match disk.list(&folder) {
            Ok(names) => names,
            Err(error) if error.kind() == ErrorKind::NotFound => continue,
            Err(error) => {
                fault.get_or_insert(refused("list", &folder, error));
                continue;
            }
        };
        for (name, kind) in names {
            let path = folder.join(&name);
            // Links are neither followed nor removed.
            match kind {
                Kind::Folder => folders.push(path),
                Kind::File if name.to_str().is_some_and(is_temporary) => match disk.remove(&path) {
                    Ok(()) => count += 1,
                    Err(error) => {
                        fault.get_or_insert(refused("remove", &path, error));
                    }
                },
                Kind::File | Kind::Other => {}
            }
        }
    }
    fault.map_or(Ok(count), Err)
}

/// Whether a file of this name is one of ours, and temporary.
fn is_temporary(name: &str) -> bool {
    let (start, end) = NAME;
    let random = name
        .strip_prefix(start)
        .and_then(|name| name.strip_suffix(end));
    random.is_some_and(|random| {
        !random.is_empty() && random.bytes().all(|byte| byte.is_ascii_alphanumeric())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_our_own_temporary_names_are_leftovers() {
        assert!(is_temporary(".feedwright-aB3x9Q.tmp"));
        for other in [
            ".feedwright-.tmp",
            "feedwright-a.tmp",
            ".feedwright-a b.tmp",
            "rss.xml",
            ".tmp",
        ] {
            assert!(!is_temporary(other), "{other}");
        }
    }
}
