//! Publishing into a folder.
//!
//! A document is replaced whole, so that nobody ever fetches half of one and a
//! power cut leaves either the old or the new one: it is written to a
//! temporary file in the same folder, flushed to disk, renamed over the old
//! one, and the folder is flushed too. (Without the first flush, some file
//! systems keep the rename over a power cut and lose the contents.) A document
//! that did not change is not touched, so that its time, and with it the
//! `Last-Modified` of any web server, says when it really changed.

use super::error::{PublishError, refused};
use crate::feed::Document;
use rayon::prelude::*;
use std::{
    collections::BTreeSet,
    fs::{self, File},
    io::{self, ErrorKind, Write},
    path::{Component, Path, PathBuf},
    time::UNIX_EPOCH,
};
use tempfile::NamedTempFile;

/// Names of temporary files start and end so. The dot hides them, and no web
/// server serves or lists hidden files unless it is told to.
const TEMPORARY: (&str, &str) = (".feedwright-", ".tmp");

/// Who may read a document: everybody, since a web server does under a user of
/// its own.
#[cfg(unix)]
const MODE: u32 = 0o644;

/// What became of a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Published {
    /// Its name.
    pub name: String,
    /// Whether it was written; else it was there already, byte for byte, and
    /// was not touched.
    pub written: bool,
    /// Its length in bytes.
    pub size: u64,
    /// When its file was written, in nanoseconds since 1970: with the length it
    /// tells whether somebody else has changed it since.
    pub modified: i64,
}

/// From so many documents on, the disk is asked to write everything that it has
/// been given, twice, rather than each file and folder by itself: two to eight
/// times quicker for 1,000 documents of 50 KB.
const MANY: usize = 24;

/// Publishes documents into a folder, which is made if it is not there, and
/// tells what became of each, in their order.
///
/// All changed documents are on disk before the first of them replaces its
/// predecessor, so that a full disk leaves all as they were.
///
/// # Errors
///
/// When a document cannot be written. The error names the file and what helps.
/// After it, every document is either the old one or the new one.
pub fn publish(folder: &Path, documents: &[&Document]) -> Result<Vec<Published>, PublishError> {
    make_folder(folder)?;
    let flush = if documents.len() < MANY || !CAN_FLUSH_ALL {
        Flush::Each
    } else {
        Flush::Together
    };
    let staged = stage_all(folder, documents, flush)?;
    let any = staged.iter().any(|staged| staged.file.is_some());
    if any && flush == Flush::Together {
        flush_all(folder)?;
    }
    let mut published = Vec::with_capacity(staged.len());
    let mut folders = BTreeSet::new();
    for Staged { target, file, of } in staged {
        if let Some(file) = file {
            file.persist(&target)
                .map_err(|error| refused("replace", &target, error.error))?;
            if flush == Flush::Each {
                folders.insert(parent(&target).to_owned());
            }
        }
        published.push(of);
    }
    for folder in folders {
        flush_folder(&folder)?;
    }
    if any && flush == Flush::Together {
        flush_all(folder)?;
    }
    Ok(published)
}

/// Removes documents, and the folders that are empty then; those that are not
/// there are no fault.
///
/// # Errors
///
/// When one cannot be removed.
pub fn remove(folder: &Path, names: &[String]) -> Result<(), PublishError> {
    let mut folders = BTreeSet::new();
    for name in names {
        let target = target(folder, name)?;
        match fs::remove_file(&target) {
            Ok(()) => {}
            Err(error) if is_away(&error) => continue,
            Err(error) => return Err(refused("remove", &target, error)),
        }
        let mut inner = parent(&target);
        // One that is not empty stays, whatever else is in it.
        while inner != folder && fs::remove_dir(inner).is_ok() {
            folders.remove(inner);
            inner = parent(inner);
        }
        folders.insert(inner.to_owned());
    }
    folders.iter().try_for_each(|folder| flush_folder(folder))
}

/// Whether a file with this length and time is where the document was
/// published, so that nobody has changed it since.
#[must_use]
pub fn is_untouched(folder: &Path, name: &str, size: u64, modified: i64) -> bool {
    target(folder, name)
        .and_then(|target| stamp(&target))
        .is_ok_and(|stamp| stamp == Some((size, modified)))
}

/// What is in a document, if it is where it was published and nobody has changed
/// it since, as [`is_untouched`] tells.
#[must_use]
pub fn untouched(folder: &Path, name: &str, size: u64, modified: i64) -> Option<Vec<u8>> {
    if !is_untouched(folder, name, size, modified) {
        return None;
    }
    fs::read(target(folder, name).ok()?).ok()
}

fn is_away(error: &io::Error) -> bool {
    matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory)
}

/// How documents and folders get onto the disk.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Flush {
    Each,
    Together,
}

/// A document on its way: where it goes, and its temporary file if it has
/// changed.
struct Staged {
    target: PathBuf,
    file: Option<NamedTempFile>,
    of: Published,
}

/// Puts all changed documents beside their targets. Each waits for the disk, so
/// they wait together.
fn stage_all(
    folder: &Path,
    documents: &[&Document],
    flush: Flush,
) -> Result<Vec<Staged>, PublishError> {
    let stage = |document: &&Document| {
        let target = target(folder, &document.name)?;
        let file = if holds(&target, &document.bytes) {
            None
        } else {
            Some(stage(&target, &document.bytes, flush)?)
        };
        let stamp = match &file {
            Some(file) => file
                .as_file()
                .metadata()
                .map(|data| (data.len(), modified(&data))),
            None => fs::symlink_metadata(&target).map(|data| (data.len(), modified(&data))),
        };
        let (size, modified) = stamp.map_err(|error| refused("look at", &target, error))?;
        let of = Published {
            name: document.name.clone(),
            written: file.is_some(),
            size,
            modified,
        };
        Ok(Staged { target, file, of })
    };
    documents.par_iter().map(stage).collect()
}

/// Length and time of a file, if there is one.
fn stamp(target: &Path) -> Result<Option<(u64, i64)>, PublishError> {
    match fs::symlink_metadata(target) {
        Ok(data) if data.is_file() => Ok(Some((data.len(), modified(&data)))),
        Ok(_) => Ok(None),
        Err(error) if is_away(&error) => Ok(None),
        Err(error) => Err(refused("look at", target, error)),
    }
}

/// When a file was written, in nanoseconds since 1970.
fn modified(data: &fs::Metadata) -> i64 {
    let since = data.modified().ok().and_then(|time| {
        let nanoseconds = match time.duration_since(UNIX_EPOCH) {
            Ok(after) => i64::try_from(after.as_nanos()),
            Err(before) => i64::try_from(before.duration().as_nanos()).map(|past| -past),
        };
        nanoseconds.ok()
    });
    since.unwrap_or(i64::MIN)
}

/// Removes the temporary files that a killed process left behind, in the
/// folder and in those inside it; returns how many there were.
///
/// Only for when nobody else publishes into the folder, as at the start.
///
/// # Errors
///
/// When one cannot be removed. A folder that is not there holds none.
pub fn clean_leftovers(folder: &Path) -> Result<usize, PublishError> {
    let mut count = 0;
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        let entries = match fs::read_dir(&folder) {
            Ok(entries) => entries,
            Err(error) if error.kind() == ErrorKind::NotFound => continue,
            Err(error) => return Err(refused("list", &folder, error)),
        };
        for entry in entries {
            let entry = entry.map_err(|error| refused("list", &folder, error))?;
            let path = entry.path();
            // Links are neither followed nor removed.
            let kind = entry
                .file_type()
                .map_err(|error| refused("look at", &path, error))?;
            if kind.is_dir() {
                folders.push(path);
            } else if kind.is_file() && entry.file_name().to_str().is_some_and(is_temporary) {
                fs::remove_file(&path).map_err(|error| refused("remove", &path, error))?;
                count += 1;
            }
        }
    }
    Ok(count)
}

/// Whether a file of this name is one of ours, and temporary.
fn is_temporary(name: &str) -> bool {
    let (start, end) = TEMPORARY;
    let random = name
        .strip_prefix(start)
        .and_then(|name| name.strip_suffix(end));
    random.is_some_and(|random| {
        !random.is_empty() && random.bytes().all(|byte| byte.is_ascii_alphanumeric())
    })
}

/// Where a document goes.
fn target(folder: &Path, name: &str) -> Result<PathBuf, PublishError> {
    let normal = |part| matches!(part, Component::Normal(_));
    if name.is_empty() || !Path::new(name).components().all(normal) {
        return Err(PublishError::Name {
            name: name.to_owned(),
        });
    }
    Ok(folder.join(name))
}

/// Whether the target is a file with just these bytes. Anything else there, even
/// a link to such a file, is replaced; a pipe is not opened, which could wait
/// for ever.
fn holds(target: &Path, bytes: &[u8]) -> bool {
    fs::symlink_metadata(target)
        .is_ok_and(|data| data.is_file() && data.len() == bytes.len() as u64)
        && fs::read(target).is_ok_and(|old| old == bytes)
}

/// Writes a temporary file beside the target, and onto the disk if each is.
fn stage(target: &Path, bytes: &[u8], flush: Flush) -> Result<NamedTempFile, PublishError> {
    let folder = parent(target);
    make_folder(folder)?;
    let (start, end) = TEMPORARY;
    let mut file = tempfile::Builder::new()
        .prefix(start)
        .suffix(end)
        .tempfile_in(folder)
        .map_err(|error| refused("write into", folder, error))?;
    let written = file
        .as_file_mut()
        .write_all(bytes)
        .and_then(|()| open_to_all(file.as_file()))
        .and_then(|()| match flush {
            Flush::Each => file.as_file().sync_all(),
            Flush::Together => Ok(()),
        });
    written.map_err(|error| refused("write", target, error))?;
    Ok(file)
}

/// Lets everybody read the file. It is done apart from making it, since then
/// the process's mask would count.
#[cfg(unix)]
fn open_to_all(file: &File) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    file.set_permissions(fs::Permissions::from_mode(MODE))
}

#[cfg(not(unix))]
fn open_to_all(_file: &File) -> io::Result<()> {
    Ok(())
}

/// Makes a folder and those above it that are not there. Their names have to be
/// on the disk as well.
fn make_folder(folder: &Path) -> Result<(), PublishError> {
    if folder.is_dir() {
        return Ok(());
    }
    let above = folder.ancestors().skip(1);
    let missing = above.take_while(|above| **above != *Path::new("") && !above.is_dir());
    let missing = missing.count();
    fs::create_dir_all(folder).map_err(|error| refused("make the folder", folder, error))?;
    let mut made = folder;
    for _ in 0..=missing {
        made = parent(made);
        flush_folder(made)?;
    }
    Ok(())
}

/// Whether [`flush_all`] can be had.
const CAN_FLUSH_ALL: bool = cfg!(target_os = "linux");

/// Puts everything that the file system of a folder was given onto the disk.
#[cfg(target_os = "linux")]
fn flush_all(folder: &Path) -> Result<(), PublishError> {
    let open = File::open(folder).map_err(|error| refused("open", folder, error))?;
    rustix::fs::syncfs(&open).map_err(|error| refused("flush", folder, error.into()))
}

#[cfg(not(target_os = "linux"))]
fn flush_all(_folder: &Path) -> Result<(), PublishError> {
    unreachable!("each is flushed by itself here")
}

/// Puts the names in a folder onto the disk.
fn flush_folder(folder: &Path) -> Result<(), PublishError> {
    if cfg!(unix) {
        let flushed = File::open(folder).and_then(|folder| folder.sync_all());
        flushed.map_err(|error| refused("flush", folder, error))?;
    }
    Ok(())
}

/// The folder that a path is in; the current one when it names none.
fn parent(path: &Path) -> &Path {
    match path.parent() {
        Some(parent) if parent != Path::new("") => parent,
        _ => Path::new("."),
    }
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
