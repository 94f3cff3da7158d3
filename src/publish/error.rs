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

pub(super) fn refused(task: &'static str, path: &Path, source: io::Error) -> PublishError {
    let source = of_system(source);
    PublishError::Refused {
        task,
        path: path.to_owned(),
        remedy: remedy(&source),
        source,
    }
}

/// The error of the system inside one that `tempfile` made: that one names a
/// file which nobody knows.
fn of_system(error: io::Error) -> io::Error {
    let made = error.get_ref().and_then(|made| made.source());
    let inner = made.and_then(|source| source.downcast_ref::<io::Error>());
    match inner.and_then(io::Error::raw_os_error) {
        Some(number) => io::Error::from_raw_os_error(number),
        None => error,
    }
}

/// What helps against an error of the file system.
fn remedy(error: &io::Error) -> &'static str {
    /// Linux and the BSDs agree on these; `io::ErrorKind` has no name for them.
    const IO: i32 = 5;
    const TOO_MANY_IN_SYSTEM: i32 = 23;
    const TOO_MANY_IN_PROCESS: i32 = 24;
    match error.kind() {
        ErrorKind::StorageFull => "free some space, or inodes (df -i), on that disk",
        ErrorKind::QuotaExceeded => "free some space or raise the user's quota",
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
        ErrorKind::NotFound => "the folder went away meanwhile; make it again",
        ErrorKind::InvalidFilename => "choose a folder with a shorter path for the feeds",
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
}
