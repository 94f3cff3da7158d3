//! What is really there: listing the watch folder, and looking at one file.

mod look;
mod mount;

pub use look::{REST_OF_A_PAGE, There, look, open, open_below};
pub use mount::mounted;

use super::{PAGES, is_left_alone, pages_of};
use crate::file::Stamp;
pub(super) use look::is_linked;
use look::left_alone;
use std::{
    fs::{self, DirEntry, Metadata},
    io,
    path::{Path, PathBuf},
    time::{Duration, SystemTime, UNIX_EPOCH},
};

/// What a listing found.
#[derive(Debug, Default)]
pub struct Listing {
    /// Regular files, by their path relative to the root, in order.
    pub files: Vec<(PathBuf, Stamp)>,
    /// What could not be listed, and why. Nothing may be concluded about the
    /// files below it.
    pub faults: Vec<(PathBuf, io::Error)>,
    /// What is left alone, and why; a folder stands for all that is in it.
    pub left_alone: Vec<(PathBuf, &'static str)>,
    /// Folders on which a disk is mounted, the root not among them, and which
    /// folder each of them is.
    pub mounts: Vec<(PathBuf, (u64, u64))>,
}

/// Lists the regular files in the folder `below` (relative to `root`; empty for
/// all of it). Links are not followed; hidden and unfinished files and the parts
/// of saved pages are left out. `enter` is called with each folder before its
/// content is read, so that a watch set there tells of all that the listing
/// comes too early for.
pub fn list(root: &Path, below: &Path, enter: &dyn Fn(&Path)) -> Listing {
    let mut listing = Listing::default();
    // The root itself may be a link; nothing below it may.
    if below != Path::new("") {
        match look(root, below) {
            Ok(There::Folder) if is_part_of_page(root, below) => {
                listing.left_alone.push((below.to_owned(), REST_OF_A_PAGE));
                return listing;
            }
            Ok(There::Folder) => {}
            Ok(There::LeftAlone(why)) => {
                listing.left_alone.push((below.to_owned(), why));
                return listing;
            }
            Ok(There::File { .. } | There::Nothing) => return listing,
            Err(error) => {
                listing.faults.push((below.to_owned(), error));
                return listing;
            }
        }
    }
    let mut folders = vec![below.to_owned()];
    while let Some(folder) = folders.pop() {
        enter(&folder);
        if folder != Path::new("")
            && let Some(disk) = mounted(&root.join(&folder))
        {
            listing.mounts.push((folder.clone(), disk));
        }
        let entries = match fs::read_dir(root.join(&folder)) {
            Ok(entries) => entries,
            // What was removed while it was being listed is not there; but the
            // root has to be.
            Err(error) if is_gone(&error) && folder != Path::new("") => continue,
            Err(error) => {
                listing.faults.push((folder, error));
                continue;
            }
        };
        for entry in entries {
            let taken = entry.and_then(|entry| listing.take(&folder, &entry));
            match taken {
                Ok(inner) => folders.extend(inner),
                Err(error) => listing.faults.push((folder.clone(), error)),
            }
        }
    }
    listing.files.sort_unstable_by(|(a, _), (b, _)| a.cmp(b));
    listing
}

impl Listing {
    /// Takes one thing in `folder` in. Returns it if it is a folder to be
    /// listed as well.
    fn take(&mut self, folder: &Path, entry: &DirEntry) -> io::Result<Option<PathBuf>> {
        let path = folder.join(entry.file_name());
        if is_left_alone(&path) {
            self.left_alone.push((path, BY_ITS_NAME));
            return Ok(None);
        }
        let kind = match entry.file_type() {
            Ok(kind) => kind,
            Err(error) if is_gone(&error) => return Ok(None),
            Err(error) => return Err(error),
        };
        if let Some(why) = left_alone(kind) {
            self.left_alone.push((path, why));
            return Ok(None);
        }
        if kind.is_dir() {
            if holds_rest_of_page(&entry.path()) {
                self.left_alone.push((path, REST_OF_A_PAGE));
                return Ok(None);
            }
            return Ok(Some(path));
        }
        match entry.metadata() {
            Ok(metadata) => self.files.push((path, stamp(&metadata))),
            Err(error) if is_gone(&error) => {}
            Err(error) => self.faults.push((path, error)),
        }
        Ok(None)
    }
}

/// Why what has such a name is left alone.
pub const BY_ITS_NAME: &str = "hidden files, backups and unfinished downloads are not taken; give \
                               an article another name";

fn is_gone(error: &io::Error) -> bool {
    error.kind() == io::ErrorKind::NotFound
}

/// Whether a folder holds the rest of a page that a browser saved beside it:
/// styles, scripts, frames.
fn holds_rest_of_page(folder: &Path) -> bool {
    let name = folder.file_name().and_then(|name| name.to_str());
    name.is_some_and(|name| {
        pages_of(name).any(|page| {
            let beside = |ending| folder.with_file_name(format!("{page}.{ending}"));
            PAGES.iter().any(|ending| beside(ending).is_file())
        })
    })
}

/// Whether a path, relative to `root`, is or is in a folder with the rest of a
/// page.
fn is_part_of_page(root: &Path, relative: &Path) -> bool {
    let folders = relative.ancestors().map(|folder| root.join(folder));
    folders
        .take_while(|folder| folder != root)
        .any(|folder| holds_rest_of_page(&folder))
}

/// What can be told of a file by its metadata.
#[must_use]
pub fn stamp(metadata: &Metadata) -> Stamp {
    let modified = metadata.modified().ok().map(nanoseconds);
    #[cfg(unix)]
    let (changed, inode) = {
        use std::os::unix::fs::MetadataExt;
        let nanoseconds = metadata.ctime().saturating_mul(1_000_000_000);
        (
            nanoseconds.saturating_add(metadata.ctime_nsec()),
            metadata.ino(),
        )
    };
    #[cfg(not(unix))]
    let (changed, inode) = (0, 0);
    Stamp {
        size: metadata.len(),
        modified: modified.unwrap_or(0),
        changed,
        inode,
    }
}

/// A file's time as it is kept. A file may say that it was written in 1801 or in
/// 9999.
#[must_use]
pub fn nanoseconds(time: SystemTime) -> i64 {
    let whole = |time: Duration| i64::try_from(time.as_nanos()).unwrap_or(i64::MAX);
    match time.duration_since(UNIX_EPOCH) {
        Ok(after) => whole(after),
        Err(before) => -whole(before.duration()),
    }
}

/// Which folder this is, however it is called: device and number. A different
/// answer means that the folder was replaced and that its watch is dead.
#[must_use]
pub fn identity(folder: &Path) -> Option<(u64, u64)> {
    let metadata = fs::metadata(folder).ok().filter(Metadata::is_dir)?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt;
        Some((metadata.dev(), metadata.ino()))
    }
    #[cfg(not(unix))]
    {
        let _ = metadata;
        Some((0, 0))
    }
}

/// Whether the folder is on a file system that other machines write to, where
/// this machine's events tell only half of the story.
#[must_use]
pub fn is_shared(folder: &Path) -> bool {
    #[cfg(target_os = "linux")]
    {
        /// From statfs(2): NFS, SMB, CIFS, SMB2, FUSE (sshfs and the like),
        /// 9p, Coda, AFS, Ceph, and the shared folders of two virtualizers.
        const SHARED: [u32; 11] = [
            0x6969,
            0x517B,
            0xFF53_4D42,
            0xFE53_4D42,
            0x6573_5546,
            0x0102_1997,
            0x7375_7245,
            0x5346_414F,
            0x00C3_6400,
            0x786F_4256,
            0xBACB_ACBC,
        ];
        let kind = rustix::fs::statfs(folder).map(|found| found.f_type);
        // The numbers are 32 bits wide, the field is not on every machine.
        #[allow(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "see above"
        )]
        kind.is_ok_and(|kind| SHARED.contains(&(kind as u32)))
    }
    #[cfg(not(target_os = "linux"))]
    {
        let _ = folder;
        false
    }
}
