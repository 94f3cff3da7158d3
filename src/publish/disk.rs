//! What publishing asks of a disk, call by call.
//!
//! It is a trait so that a test can let any call fail, or cut the power after
//! any: see `tests/it/faults_disk.rs`. The program has one disk, [`System`].

use std::{
    fs::{self, File, OpenOptions},
    io::{self, Read as _, Write as _},
    path::Path,
    time::UNIX_EPOCH,
};

/// What lies under a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A regular file.
    File,
    /// A folder.
    Folder,
    /// A link, a pipe, a device.
    Other,
}

/// What the disk says of a file or folder.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Look {
    /// What it is.
    pub kind: Kind,
    /// Its length in bytes.
    pub size: u64,
    /// When it was written, in nanoseconds since 1970.
    pub modified: i64,
    /// Which file system it is on.
    pub device: u64,
}

/// A disk. Each method is one call of the system, or a few that fail together.
pub trait Disk: Sync {
    /// An open file or folder.
    type Open: Send;

    /// What lies there. A link is not followed.
    ///
    /// # Errors
    ///
    /// As the system says, here and below.
    fn look(&self, path: &Path) -> io::Result<Look>;

    /// Whether a folder, or a link to one, is there.
    ///
    /// # Errors
    ///
    /// When that cannot be known: it may be there.
    fn is_folder(&self, path: &Path) -> io::Result<bool>;

    /// The first bytes of a file, `limit` at most.
    ///
    /// # Errors
    ///
    /// Also when it is no file any more.
    fn read(&self, path: &Path, limit: usize) -> io::Result<Vec<u8>>;

    /// Makes a file that was not there, for nobody but the owner.
    ///
    /// # Errors
    ///
    /// Also when anything is there.
    fn create(&self, path: &Path) -> io::Result<Self::Open>;

    /// Writes all of these bytes.
    ///
    /// # Errors
    ///
    /// After one, any part of them may be written.
    fn write(&self, file: &mut Self::Open, bytes: &[u8]) -> io::Result<()>;

    /// Lets everybody read the file.
    ///
    /// # Errors
    ///
    /// As the system says.
    fn open_to_all(&self, file: &Self::Open) -> io::Result<()>;

    /// What the disk says of an open file or folder.
    ///
    /// # Errors
    ///
    /// As the system says.
    fn look_at(&self, file: &Self::Open) -> io::Result<Look>;

    /// Puts the bytes of a file, or the names of a folder, onto the disk.
    ///
    /// # Errors
    ///
    /// After one, the system may take for written what is not.
    fn flush(&self, file: &Self::Open) -> io::Result<()>;

    /// Whether [`Disk::flush_all`] of a folder can be had, and tells when
    /// anything could not be written.
    fn can_flush_all(&self, folder: &Self::Open) -> bool;

    /// Puts everything onto the disk that the folder's file system was given.
    ///
    /// # Errors
    ///
    /// When anything could not be written since the folder was opened.
    fn flush_all(&self, folder: &Self::Open) -> io::Result<()>;

    /// Gives a file another name, in place of what has it.
    ///
    /// # Errors
    ///
    /// As the system says; then nothing is changed.
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()>;

    /// Removes a file.
    ///
    /// # Errors
    ///
    /// As the system says.
    fn remove(&self, path: &Path) -> io::Result<()>;

    /// Makes one folder, which everybody may enter.
    ///
    /// # Errors
    ///
    /// Also when anything is there.
    fn make_folder(&self, path: &Path) -> io::Result<()>;

    /// Removes a folder.
    ///
    /// # Errors
    ///
    /// Also when anything is in it.
    fn remove_folder(&self, path: &Path) -> io::Result<()>;

    /// Opens a folder, to flush it.
    ///
    /// # Errors
    ///
    /// As the system says.
    fn open_folder(&self, path: &Path) -> io::Result<Self::Open>;

    /// The names in a folder, and what each is.
    ///
    /// # Errors
    ///
    /// As the system says.
    fn list(&self, path: &Path) -> io::Result<Vec<(std::ffi::OsString, Kind)>>;
}

/// The disks of this machine.
#[derive(Debug, Clone, Copy, Default)]
pub struct System;

/// Who may read a document: everybody, since a web server does under a user of
/// its own.
#[cfg(unix)]
const FILE_MODE: u32 = 0o644;

/// Who may enter a folder: everybody, for the same reason.
#[cfg(unix)]
const FOLDER_MODE: u32 = 0o755;

impl Disk for System {
    type Open = File;

    fn look(&self, path: &Path) -> io::Result<Look> {
        fs::symlink_metadata(path).map(|data| seen(&data))
    }

    fn is_folder(&self, path: &Path) -> io::Result<bool> {
        match fs::metadata(path) {
            Ok(data) => Ok(data.is_dir()),
            Err(error)
                if matches!(
                    error.kind(),
                    io::ErrorKind::NotFound | io::ErrorKind::NotADirectory
                ) =>
            {
                Ok(false)
            }
            Err(error) => Err(error),
        }
    }

    fn read(&self, path: &Path, limit: usize) -> io::Result<Vec<u8>> {
        let file = open_file(path)?;
        // What was a file a moment ago may be something endless by now.
        if !file.metadata()?.is_file() {
            return Err(io::ErrorKind::InvalidInput.into());
        }
        let mut bytes = Vec::with_capacity(limit);
        file.take(limit as u64).read_to_end(&mut bytes)?;
        Ok(bytes)
    }

    fn create(&self, path: &Path) -> io::Result<File> {
        let mut options = OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        options.open(path)
    }

    fn write(&self, file: &mut File, bytes: &[u8]) -> io::Result<()> {
        file.write_all(bytes)
    }

    /// It is done apart from making the file, since then the process's mask
    /// would count.
    fn open_to_all(&self, file: &File) -> io::Result<()> {
        #[cfg(unix)]
        file.set_permissions(std::os::unix::fs::PermissionsExt::from_mode(FILE_MODE))?;
        #[cfg(not(unix))]
        let _ = file;
        Ok(())
    }

    fn look_at(&self, file: &File) -> io::Result<Look> {
        file.metadata().map(|data| seen(&data))
    }

    fn flush(&self, file: &File) -> io::Result<()> {
        // Elsewhere folders cannot be flushed, and need not be.
        if cfg!(unix) || file.metadata()?.is_file() {
            file.sync_all()?;
        }
        Ok(())
    }

    fn can_flush_all(&self, folder: &File) -> bool {
        can_flush_all(folder)
    }

    fn flush_all(&self, folder: &File) -> io::Result<()> {
        flush_all(folder)
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        again(|| fs::rename(from, to))
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        again(|| fs::remove_file(path))
    }

    fn make_folder(&self, path: &Path) -> io::Result<()> {
        again(|| fs::create_dir(path))?;
        #[cfg(unix)]
        {
            let mode = std::os::unix::fs::PermissionsExt::from_mode(FOLDER_MODE);
            fs::set_permissions(path, mode).inspect_err(|_| {
                // One that nobody can enter is as bad as none.
                let _ = fs::remove_dir(path);
            })?;
        }
        Ok(())
    }

    fn remove_folder(&self, path: &Path) -> io::Result<()> {
        again(|| fs::remove_dir(path))
    }

    fn open_folder(&self, path: &Path) -> io::Result<File> {
        File::open(path)
    }

    fn list(&self, path: &Path) -> io::Result<Vec<(std::ffi::OsString, Kind)>> {
        let entries = fs::read_dir(path)?;
        let named = entries.map(|entry| {
            let entry = entry?;
            Ok((entry.file_name(), kind(entry.file_type()?)))
        });
        named.collect()
    }
}

/// Does a call again that a signal broke off, as some network file systems let
/// it.
fn again(mut call: impl FnMut() -> io::Result<()>) -> io::Result<()> {
    loop {
        match call() {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            done => return done,
        }
    }
}

/// Opens a file to read it, without waiting for the writer of a pipe that has
/// taken its name.
#[cfg(unix)]
fn open_file(path: &Path) -> io::Result<File> {
    let flags = rustix::fs::OFlags::RDONLY
        | rustix::fs::OFlags::NOFOLLOW
        | rustix::fs::OFlags::NONBLOCK
        | rustix::fs::OFlags::CLOEXEC;
    let open = || rustix::fs::open(path, flags, rustix::fs::Mode::empty());
    Ok(rustix::io::retry_on_intr(open)?.into())
}

#[cfg(not(unix))]
fn open_file(path: &Path) -> io::Result<File> {
    File::open(path)
}

fn seen(data: &fs::Metadata) -> Look {
    #[cfg(unix)]
    let device = std::os::unix::fs::MetadataExt::dev(data);
    #[cfg(not(unix))]
    let device = 0;
    Look {
        kind: kind(data.file_type()),
        size: data.len(),
        modified: modified(data),
        device,
    }
}

fn kind(of: fs::FileType) -> Kind {
    match of {
        of if of.is_file() => Kind::File,
        of if of.is_dir() => Kind::Folder,
        _ => Kind::Other,
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

/// Linux tells of what could not be written from version 5.8 on, and only for
/// file systems that write to a disk themselves: behind a network, an overlay or
/// another process (FUSE) an error may stay there, or nothing be flushed at all.
#[cfg(target_os = "linux")]
fn can_flush_all(folder: &File) -> bool {
    const EXT: u64 = 0xef53;
    const XFS: u64 = 0x5846_5342;
    const BTRFS: u64 = 0x9123_683e;
    const F2FS: u64 = 0xf2f5_2010;
    const TMPFS: u64 = 0x0102_1994;
    let known = rustix::fs::fstatfs(folder).is_ok_and(|data| {
        let of = u64::try_from(data.f_type).unwrap_or_default();
        [EXT, XFS, BTRFS, F2FS, TMPFS].contains(&of)
    });
    known && tells_of_errors(&rustix::system::uname().release().to_string_lossy())
}

#[cfg(not(target_os = "linux"))]
fn can_flush_all(_folder: &File) -> bool {
    false
}

/// Whether a system of this version tells of what could not be written.
#[cfg(target_os = "linux")]
fn tells_of_errors(release: &str) -> bool {
    let mut numbers = release.split(|c: char| !c.is_ascii_digit());
    let mut next = || numbers.next().and_then(|number| number.parse::<u32>().ok());
    matches!((next(), next()), (Some(major), Some(minor)) if (major, minor) >= (5, 8))
}

#[cfg(target_os = "linux")]
fn flush_all(folder: &File) -> io::Result<()> {
    Ok(rustix::io::retry_on_intr(|| rustix::fs::syncfs(folder))?)
}

#[cfg(not(target_os = "linux"))]
fn flush_all(_folder: &File) -> io::Result<()> {
    Err(io::ErrorKind::Unsupported.into())
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::tells_of_errors;

    #[test]
    fn versions_are_compared_by_number() {
        for release in ["5.8.0", "5.10.0-28-amd64", "6.1.0", "10.0"] {
            assert!(tells_of_errors(release), "{release}");
        }
        for release in ["5.7.19", "4.19.0-26-amd64", "3.10", "", "new"] {
            assert!(!tells_of_errors(release), "{release}");
        }
    }
}
