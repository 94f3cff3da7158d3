//! Why documents cannot be published, and what helps.

use std::{
    io::{self, ErrorKind},
    path::{Path, PathBuf},
};

/// Why documents could not be published. Those published before are still
/// there.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum PublishError {
    /// The file system refused.
    #[error("cannot {task} {}: {source}; {remedy}", .path.display())]
    Refused {
        /// What was tried.
        task: &'static str,
        /// With which file or folder.
        path: PathBuf,
        /// What helps.
        remedy: &'static str,
        /// What the system says.
        source: io::Error,
    },
    /// A name that leads out of the folder.
    #[error("{name:?} is no name for a document; this is a fault in feedwright, please report it")]
    Name {
        /// The name.
        name: String,
    },
}

impl PublishError {
    /// The same error, of the whole folder if it is the disk's or the process's
    /// fault rather than that of one file: it is told once then, whichever file
    /// meets it first.
    pub(super) fn of_disk(self, folder: &Path) -> Self {
        match self {
            Self::Refused { source, remedy, .. } if is_of_all(&source) => Self::Refused {
                task: "write into",
                path: folder.to_owned(),
                remedy,
                source,
            },
            other => other,
        }
    }
}

pub(super) fn refused(task: &'static str, path: &Path, source: io::Error) -> PublishError {
    PublishError::Refused {
        task,
        path: path.to_owned(),
        remedy: remedy(&source),
        source,
    }
}

/// Linux and the BSDs agree on these; `io::ErrorKind` has no name for them.
const IO: i32 = 5;
const TOO_MANY_IN_SYSTEM: i32 = 23;
const TOO_MANY_IN_PROCESS: i32 = 24;

/// Whether an error is met by whatever is written.
fn is_of_all(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        ErrorKind::StorageFull
            | ErrorKind::QuotaExceeded
            | ErrorKind::ReadOnlyFilesystem
            | ErrorKind::OutOfMemory
    ) || matches!(
        error.raw_os_error(),
        Some(IO | TOO_MANY_IN_SYSTEM | TOO_MANY_IN_PROCESS)
    )
}

/// What helps against an error of the file system.
fn remedy(error: &io::Error) -> &'static str {
    match error.kind() {
        ErrorKind::StorageFull => "free some space, or inodes (df -i), on that disk",
        ErrorKind::QuotaExceeded => "free some space or raise the user's quota",
        ErrorKind::FileTooLarge => {
            "raise the limit of the size of files (LimitFSIZE= in a systemd unit)"
        }
        ErrorKind::ReadOnlyFilesystem => {
            "mount that disk writable, or choose another folder for the feeds"
        }
        ErrorKind::PermissionDenied => {
            "let the user that runs feedwright write there, or choose another folder for the feeds"
        }
        ErrorKind::NotADirectory | ErrorKind::AlreadyExists => {
            "a file is where a folder should be; move it away, or choose another folder for the feeds"
        }
        ErrorKind::IsADirectory | ErrorKind::DirectoryNotEmpty => {
            "a folder is where the document should be; move it away"
        }
        ErrorKind::ResourceBusy => "something is mounted where the document should be; unmount it",
        ErrorKind::NotFound => "the folder went away meanwhile; make it again",
        ErrorKind::InvalidFilename => "choose a folder with a shorter path for the feeds",
        ErrorKind::OutOfMemory => "give the machine or the service more memory",
        _ => match error.raw_os_error() {
            Some(IO) => "look for faults of that disk in the system's log",
            Some(TOO_MANY_IN_SYSTEM | TOO_MANY_IN_PROCESS) => {
                "raise the limit of open files (LimitNOFILE= in a systemd unit)"
            }
            _ => "the last documents stay until it works again",
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(unix)]
    #[test]
    fn system_errors_come_with_what_helps() {
        for (number, words) in [
            (28, "free some space"),
            (30, "mount that disk writable"),
            (13, "let the user"),
            (20, "a file is where a folder"),
            (21, "a folder is where"),
            (24, "open files"),
            (5, "faults of that disk"),
        ] {
            let error = io::Error::from_raw_os_error(number);
            let kind = error.kind();
            let error = refused("write", Path::new("feeds/rss.xml"), error).to_string();
            assert!(error.starts_with("cannot write feeds/rss.xml: "), "{error}");
            assert!(error.contains(words), "{kind:?}: {error}");
        }
    }

    #[cfg(unix)]
    #[test]
    fn a_fault_of_the_disk_is_one_whichever_file_meets_it() {
        let told = |number, task, path: &str| {
            let error = refused(task, Path::new(path), io::Error::from_raw_os_error(number));
            error.of_disk(Path::new("feeds")).to_string()
        };
        for number in [5, 12, 23, 24, 28, 30, 122] {
            let first = told(number, "write", "feeds/rss.xml");
            assert_eq!(first, told(number, "replace", "feeds/a/atom.xml"));
            assert!(first.starts_with("cannot write into feeds: "), "{first}");
        }
        for number in [13, 20, 21] {
            let first = told(number, "write", "feeds/rss.xml");
            assert!(first.starts_with("cannot write feeds/rss.xml: "), "{first}");
        }
    }
}
