//! Publishing into a folder.
//!
//! A document is replaced whole, so that nobody ever fetches half of one and a
//! power cut leaves either the old or the new one: it is written to a
//! temporary file in the same folder, flushed to disk, renamed over the old
//! one, and the folder is flushed too. (Without the first flush, some file
//! systems keep the rename over a power cut and lose the contents.) A document
//! that did not change is not touched, so that its time, and with it the
//! `Last-Modified` of any web server, says when it really changed.
//!
//! A flush that failed is never tried again, since the system then takes for
//! written what is not: what was to be flushed is thrown away and written anew.
//! That the right bytes can be read under a document's name does not mean that
//! they are on the disk, so only a document that is known to have got there is
//! left as it is.

use super::{
    disk::{Disk, Kind, Look, System},
    error::{PublishError, refused},
    made::{Made, parent},
    temporary::Temporary,
};
use crate::feed::Document;
use rayon::prelude::*;
use std::{
    collections::{BTreeMap, BTreeSet},
    io::{self, ErrorKind},
    path::{Component, Path, PathBuf},
};

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

/// Documents that are known to be on the disk: their names, and the length and
/// time that [`Published`] gave for them.
pub type Known = BTreeMap<String, (u64, i64)>;

/// From so many documents on, the disk is asked to write everything that it has
/// been given, twice, rather than each file and folder by itself: two to eight
/// times quicker for 1,000 documents of 50 KB.
const MANY: usize = 24;

/// Publishes documents into a folder, which is made if it is not there, and
/// tells what became of each, in their order. One that is there already and
/// known is not touched.
///
/// All changed documents are on disk before the first of them replaces its
/// predecessor, so that a full disk leaves all as they were.
///
/// # Errors
///
/// When a document cannot be written. The error names its file, or the folder
/// when the fault is the disk's, and what helps. After it, every document is
/// either the old one or the new one, and of those that are new none is known.
pub fn publish(
    folder: &Path,
    documents: &[&Document],
    known: &Known,
) -> Result<Vec<Published>, PublishError> {
    publish_on(&System, folder, documents, known)
}

/// As [`publish`], on any disk.
///
/// # Errors
///
/// As [`publish`].
pub fn publish_on<D: Disk>(
    disk: &D,
    folder: &Path,
    documents: &[&Document],
    known: &Known,
) -> Result<Vec<Published>, PublishError> {
    let place = Place {
        disk,
        folder,
        known,
    };
    let published = place.publish(documents);
    published.map_err(|error| error.of_disk(folder))
}

/// Makes a folder for documents, and those above it, as far as they are not
/// there.
///
/// # Errors
///
/// When one cannot be made.
pub fn make_folder(folder: &Path) -> Result<(), PublishError> {
    Made::default().folders(&System, folder)
}

/// Removes documents, and the folders that are empty then; those that are not
/// there are no fault.
///
/// # Errors
///
/// When one cannot be removed.
pub fn remove(folder: &Path, names: &[String]) -> Result<(), PublishError> {
    remove_on(&System, folder, names)
}

/// As [`remove`], from any disk.
///
/// # Errors
///
/// As [`remove`].
pub fn remove_on<D: Disk>(disk: &D, folder: &Path, names: &[String]) -> Result<(), PublishError> {
    let removed = remove_all(disk, folder, names);
    removed.map_err(|error| error.of_disk(folder))
}

fn remove_all<D: Disk>(disk: &D, folder: &Path, names: &[String]) -> Result<(), PublishError> {
    let mut folders = BTreeSet::new();
    for name in names {
        let target = target(folder, name)?;
        match disk.remove(&target) {
            Ok(()) => {}
            // A try that could not be flushed may have removed it, so the
            // folder is flushed all the same. A folder under its name is
            // somebody else's.
            Err(error) if is_away(&error) || error.kind() == ErrorKind::IsADirectory => {}
            Err(error) => return Err(refused("remove", &target, error)),
        }
        let mut inner = parent(&target);
        while inner != folder {
            match disk.remove_folder(inner) {
                Ok(()) => {}
                Err(error) if is_away(&error) => {}
                // One that is not empty stays, whatever else is in it.
                Err(_) => break,
            }
            folders.remove(inner);
            inner = parent(inner);
        }
        folders.insert(inner.to_owned());
    }
    for folder in &folders {
        match flush_folder(disk, folder) {
            Err(PublishError::Refused { source, .. }) if is_away(&source) => {}
            flushed => flushed?,
        }
    }
    Ok(())
}

/// Whether a file with this length and time is where the document was
/// published, so that nobody has changed it since.
#[must_use]
pub fn is_untouched(folder: &Path, name: &str, size: u64, modified: i64) -> bool {
    let look = target(folder, name).map(|target| System.look(&target));
    look.is_ok_and(|look| look.is_ok_and(|look| is_same(look, (size, modified))))
}

fn is_same(look: Look, stamp: (u64, i64)) -> bool {
    look.kind == Kind::File && (look.size, look.modified) == stamp
}

/// What is in a document, if it is where it was published and nobody has changed
/// it since, as [`is_untouched`] tells.
#[must_use]
pub fn untouched(folder: &Path, name: &str, size: u64, modified: i64) -> Option<Vec<u8>> {
    if !is_untouched(folder, name, size, modified) {
        return None;
    }
    let target = target(folder, name).ok()?;
    System.read(&target, usize::try_from(size).ok()?).ok()
}

fn is_away(error: &io::Error) -> bool {
    matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory)
}

/// Where documents are published.
struct Place<'a, D> {
    disk: &'a D,
    folder: &'a Path,
    known: &'a Known,
}

/// A document on its way: where it goes, and its temporary file if it has
/// changed.
struct Staged<'a, D: Disk> {
    target: PathBuf,
    file: Option<Temporary<'a, D>>,
    of: Published,
}

/// A way to flush a whole file system at once. The folder was opened before
/// anything was written, so that it hears of everything that could not be.
struct Together<F> {
    open: F,
    device: u64,
}

impl<'a, D: Disk> Place<'a, D> {
    fn publish(&self, documents: &[&Document]) -> Result<Vec<Published>, PublishError> {
        let mut made = Made::default();
        let published = self.publish_into(documents, &mut made);
        if published.is_err() {
            made.undo(self.disk);
        }
        published
    }

    fn publish_into(
        &self,
        documents: &[&Document],
        made: &mut Made,
    ) -> Result<Vec<Published>, PublishError> {
        made.folders(self.disk, self.folder)?;
        let together = self.together(documents.len())?;
        let device = together.as_ref().map(|together| together.device);
        for document in documents {
            made.folders(self.disk, parent(&target(self.folder, &document.name)?))?;
        }
        let stage = |document: &&Document| self.stage(document, device);
        let staged: Result<Vec<Staged<'a, D>>, _> = documents.par_iter().map(stage).collect();
        let staged = staged?;
        let any = staged.iter().any(|staged| staged.file.is_some());
        let together = together.filter(|_| any);
        self.flush_all(together.as_ref())?;

        let mut published = Vec::with_capacity(staged.len());
        let mut folders: BTreeSet<PathBuf> = made.parents();
        for Staged { target, file, of } in staged {
            if let Some(file) = file {
                file.replace(&target)?;
                // A name that is new may lie in folders that a killed process
                // made.
                let is_new = !self.known.contains_key(&of.name);
                let mut folder = parent(&target);
                folders.insert(folder.to_owned());
                while is_new && folder != self.folder {
                    folder = parent(folder);
                    folders.insert(folder.to_owned());
                }
            }
            published.push(of);
        }
        for folder in &folders {
            if !self.is_flushed(folder, device)? {
                flush_folder(self.disk, folder)?;
            }
        }
        self.flush_all(together.as_ref())?;
        Ok(published)
    }

    /// How to flush so many documents at once; nothing if each is flushed by
    /// itself.
    fn together(&self, count: usize) -> Result<Option<Together<D::Open>>, PublishError> {
        if count < MANY {
            return Ok(None);
        }
        let opened = self.disk.open_folder(self.folder).and_then(|open| {
            let device = self.disk.look_at(&open)?.device;
            Ok(Together { open, device })
        });
        let together = opened.map_err(|error| refused("open", self.folder, error))?;
        Ok(Some(together).filter(|together| self.disk.can_flush_all(&together.open)))
    }

    fn flush_all(&self, together: Option<&Together<D::Open>>) -> Result<(), PublishError> {
        let flushed = together.map_or(Ok(()), |together| self.disk.flush_all(&together.open));
        flushed.map_err(|error| refused("flush", self.folder, error))
    }

    /// Whether a folder is flushed together with all others, and not a mount of
    /// its own or a link.
    fn is_flushed(&self, folder: &Path, device: Option<u64>) -> Result<bool, PublishError> {
        let Some(device) = device else {
            return Ok(false);
        };
        let look = self.disk.look(folder);
        let look = look.map_err(|error| refused("look at", folder, error))?;
        Ok(look.kind == Kind::Folder && look.device == device)
    }

    /// Writes a document beside its target, unless it is there, and onto the
    /// disk, unless all on this device is flushed together.
    fn stage(
        &self,
        document: &Document,
        device: Option<u64>,
    ) -> Result<Staged<'a, D>, PublishError> {
        let target = target(self.folder, &document.name)?;
        let (look, file) = if let Some(look) = self.find(&target, document) {
            (look, None)
        } else {
            let written = Temporary::write(self.disk, parent(&target), &document.bytes, device);
            let (look, file) = written.map_err(|error| refused("write", &target, error))?;
            (look, Some(file))
        };
        let of = Published {
            name: document.name.clone(),
            written: file.is_some(),
            size: look.size,
            modified: look.modified,
        };
        Ok(Staged { target, file, of })
    }

    /// The document where it is known to be on the disk, with just these bytes.
    /// Anything else there, even a link to such a file, is replaced.
    fn find(&self, target: &Path, document: &Document) -> Option<Look> {
        let stamp = *self.known.get(&document.name)?;
        let length = document.bytes.len();
        let look = self.disk.look(target).ok()?;
        if !is_same(look, stamp) || look.size != length as u64 {
            return None;
        }
        let old = self.disk.read(target, length + 1).ok()?;
        (old == document.bytes).then_some(look)
    }
}

impl<D: Disk> Temporary<'_, D> {
    /// Takes the place of a document.
    fn replace(mut self, target: &Path) -> Result<(), PublishError> {
        let renamed = self.rename(target);
        renamed.map_err(|error| refused("replace", target, error))
    }
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

/// Puts the names in a folder onto the disk.
fn flush_folder<D: Disk>(disk: &D, folder: &Path) -> Result<(), PublishError> {
    if cfg!(unix) {
        let flushed = disk.open_folder(folder).and_then(|open| disk.flush(&open));
        flushed.map_err(|error| refused("flush", folder, error))?;
    }
    Ok(())
}
