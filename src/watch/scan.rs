//! What is really there: listing the watch folder, and looking at one file.

use super::{PAGES, is_left_alone, pages_of};
use crate::file::Stamp;
use std::{
    fs::{self, File, Metadata, OpenOptions},
    io,
    path::{Path, PathBuf},
    time::UNIX_EPOCH,
};
use walkdir::WalkDir;

/// What a listing found.
#[derive(Debug, Default)]
pub struct Listing {
    /// Regular files, by their path relative to the root, in order.
    pub files: Vec<(PathBuf, Stamp)>,
    /// What could not be listed, and why. Nothing may be concluded about the
    /// files below it.
    pub faults: Vec<(PathBuf, io::Error)>,
}

/// Lists the regular files in the folder `below` (relative to `root`; empty for
/// all of it). Links are not followed; hidden and unfinished files and the parts
/// of saved pages are left out.
#[must_use]
pub fn list(root: &Path, below: &Path) -> Listing {
    let mut listing = Listing::default();
    if is_part_of_page(root, below) {
        return listing;
    }
    let walk = WalkDir::new(root.join(below)).sort_by_file_name();
    let wanted = |entry: &walkdir::DirEntry| {
        let part = || entry.file_type().is_dir() && holds_rest_of_page(entry.path());
        entry.depth() == 0 || !is_left_alone(entry.path()) && !part()
    };
    for entry in walk.into_iter().filter_entry(wanted) {
        let found = entry.and_then(|entry| {
            let file = entry.file_type().is_file();
            let stamp = if file {
                Some(stamp(&entry.metadata()?))
            } else {
                None
            };
            Ok((entry.into_path(), stamp))
        });
        match found {
            Ok((path, Some(stamp))) => {
                if let Ok(relative) = path.strip_prefix(root) {
                    listing.files.push((relative.to_owned(), stamp));
                }
            }
            Ok((_, None)) => {}
            Err(fault) => {
                let path = fault.path().unwrap_or(root);
                let path = path.strip_prefix(root).unwrap_or(path).to_owned();
                // What was removed while it was being listed is not there.
                let io = io::Error::from(fault);
                if io.kind() != io::ErrorKind::NotFound || path.as_os_str().is_empty() {
                    listing.faults.push((path, io));
                }
            }
        }
    }
    listing
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

/// Looks at one file: `None` when there is no regular file at this path, also
/// when a folder on the way is a link or holds the rest of a saved page.
///
/// # Errors
///
/// When the system does not tell, for another reason than that there is
/// nothing.
pub fn look(root: &Path, relative: &Path) -> io::Result<Option<Stamp>> {
    let mut path = root.to_owned();
    let mut found = None;
    for part in relative {
        path.push(part);
        match fs::symlink_metadata(&path) {
            Ok(metadata) if metadata.is_symlink() => return Ok(None),
            Ok(metadata) => found = Some(metadata),
            Err(error) if is_absent(&error) => return Ok(None),
            Err(error) => return Err(error),
        }
    }
    if relative
        .parent()
        .is_some_and(|folder| is_part_of_page(root, folder))
    {
        return Ok(None);
    }
    Ok(found
        .filter(Metadata::is_file)
        .map(|metadata| stamp(&metadata)))
}

/// Opens a regular file for reading, without following a link at its end and
/// without waiting for the other end of a pipe.
///
/// # Errors
///
/// As the system says, and when it is not a regular file.
pub fn open(path: &Path) -> io::Result<(File, Stamp)> {
    let mut options = OpenOptions::new();
    options.read(true);
    #[cfg(unix)]
    {
        use rustix::fs::OFlags;
        use std::os::unix::fs::OpenOptionsExt;
        let flags = OFlags::NOFOLLOW | OFlags::NONBLOCK | OFlags::CLOEXEC;
        options.custom_flags(flags.bits().cast_signed());
    }
    let file = options.open(path)?;
    let metadata = file.metadata()?;
    if !metadata.is_file() {
        return Err(io::Error::new(
            io::ErrorKind::InvalidInput,
            "not a regular file",
        ));
    }
    Ok((file, stamp(&metadata)))
}

/// What can be told of a file by its metadata.
#[must_use]
pub fn stamp(metadata: &Metadata) -> Stamp {
    let modified = metadata.modified().ok();
    let modified = modified.and_then(|at| match at.duration_since(UNIX_EPOCH) {
        Ok(after) => i64::try_from(after.as_nanos()).ok(),
        Err(before) => i64::try_from(before.duration().as_nanos())
            .ok()
            .map(|at| -at),
    });
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

fn is_absent(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        io::ErrorKind::NotFound | io::ErrorKind::NotADirectory | io::ErrorKind::InvalidFilename
    )
}
