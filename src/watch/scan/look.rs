//! Looking at one path, and opening one file, without leaving the folder.

use super::{is_part_of_page, nanoseconds, stamp};
use crate::file::Stamp;
use std::{
    fs::{self, File, FileType, Metadata, OpenOptions},
    io,
    path::Path,
};

/// What there is at a path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum There {
    /// A regular file.
    File {
        /// What can be told of it.
        stamp: Stamp,
        /// Whether it has other names: what is written through one of them
        /// changes what stands at all, and only one is told of.
        linked: bool,
        /// When it was made, as its times are told; nothing where the system
        /// does not keep that.
        born: Option<i64>,
    },
    /// A folder.
    Folder,
    /// Something that is left alone, for this reason.
    LeftAlone(&'static str),
    /// Nothing.
    Nothing,
}

/// Looks at one path below `root`.
///
/// # Errors
///
/// When the system does not tell, for another reason than that there is
/// nothing.
pub fn look(root: &Path, relative: &Path) -> io::Result<There> {
    let mut path = root.to_owned();
    let mut found = None;
    for part in relative {
        path.push(part);
        match fs::symlink_metadata(&path) {
            Ok(metadata) if metadata.is_symlink() => return Ok(There::LeftAlone(A_LINK)),
            Ok(metadata) => found = Some(metadata),
            Err(error) if is_absent(&error) => return Ok(There::Nothing),
            Err(error) => return Err(error),
        }
    }
    let folder = relative.parent().unwrap_or(relative);
    Ok(match found {
        None => There::Nothing,
        Some(_) if is_part_of_page(root, folder) => There::LeftAlone(REST_OF_A_PAGE),
        Some(metadata) if metadata.is_dir() => There::Folder,
        Some(metadata) => match left_alone(metadata.file_type()) {
            Some(why) => There::LeftAlone(why),
            None => There::File {
                stamp: stamp(&metadata),
                linked: is_linked(&metadata),
                born: metadata.created().ok().map(nanoseconds),
            },
        },
    })
}

const A_LINK: &str =
    "links, such as shortcuts, are not followed; copy what they lead to itself there";

/// Why what is in a folder beside a page is left alone.
pub const REST_OF_A_PAGE: &str = "what is in the folder beside a saved page belongs to the page";

/// Why something of this kind is left alone, if it is neither a file nor a
/// folder.
pub(super) fn left_alone(kind: FileType) -> Option<&'static str> {
    if kind.is_file() || kind.is_dir() {
        None
    } else if kind.is_symlink() {
        Some(A_LINK)
    } else {
        Some("pipes, sockets and devices are no files, and are not opened")
    }
}

/// Whether a file has several names.
pub(in crate::watch) fn is_linked(metadata: &Metadata) -> bool {
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt;
        metadata.nlink() > 1
    }
    #[cfg(not(unix))]
    {
        let _ = metadata;
        false
    }
}

/// Opens a regular file that somebody names, for reading, without following a
/// link at its end and without waiting for the other end of a pipe.
///
/// # Errors
///
/// As the system says, and when it is not a regular file.
pub fn open(path: &Path) -> io::Result<(File, Metadata)> {
    // To open a pipe wakes who waits at its other end, and to open a device may
    // do anything: that it is a file is made sure of before and after.
    regular(fs::symlink_metadata(path)?)?;
    let mut options = OpenOptions::new();
    options.read(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.custom_flags(careful().bits().cast_signed());
    }
    let file = options.open(path)?;
    let metadata = regular(file.metadata()?)?;
    Ok((file, metadata))
}

/// Opens a regular file below `root` for reading. No folder on the way may be a
/// link, not even one that was put there this moment.
///
/// # Errors
///
/// As the system says, and when it is not a regular file.
pub fn open_below(root: &Path, relative: &Path) -> io::Result<(File, Metadata)> {
    #[cfg(unix)]
    {
        use rustix::fs::{self as unix, AtFlags, Mode};
        let none = Mode::empty();
        let mut folder = unix::open(root, PASSING, none)?;
        for part in relative.parent().into_iter().flatten() {
            let flags = PASSING | unix::OFlags::NOFOLLOW;
            folder = unix::openat(&folder, part, flags, none)?;
        }
        let name = relative.file_name().ok_or(io::ErrorKind::IsADirectory)?;
        let kind = unix::statat(&folder, name, AtFlags::SYMLINK_NOFOLLOW)?.st_mode;
        if !unix::FileType::from_raw_mode(kind).is_file() {
            return Err(not_regular());
        }
        let flags = unix::OFlags::RDONLY | careful();
        let file = File::from(unix::openat(&folder, name, flags, none)?);
        let metadata = regular(file.metadata()?)?;
        Ok((file, metadata))
    }
    #[cfg(not(unix))]
    open(&root.join(relative))
}

/// How a folder is opened to pass through it. Where the system has it, that
/// asks for no right to list the folder.
#[cfg(any(target_os = "linux", target_os = "android"))]
const PASSING: rustix::fs::OFlags = rustix::fs::OFlags::PATH
    .union(rustix::fs::OFlags::DIRECTORY)
    .union(rustix::fs::OFlags::CLOEXEC);
#[cfg(all(unix, not(any(target_os = "linux", target_os = "android"))))]
const PASSING: rustix::fs::OFlags =
    rustix::fs::OFlags::DIRECTORY.union(rustix::fs::OFlags::CLOEXEC);

#[cfg(unix)]
fn careful() -> rustix::fs::OFlags {
    use rustix::fs::OFlags;
    OFlags::NOFOLLOW | OFlags::NONBLOCK | OFlags::NOCTTY | OFlags::CLOEXEC
}

fn regular(metadata: Metadata) -> io::Result<Metadata> {
    if metadata.is_file() {
        Ok(metadata)
    } else {
        Err(not_regular())
    }
}

fn not_regular() -> io::Error {
    io::Error::new(io::ErrorKind::InvalidInput, "not a regular file")
}

fn is_absent(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        io::ErrorKind::NotFound | io::ErrorKind::NotADirectory | io::ErrorKind::InvalidFilename
    )
}
