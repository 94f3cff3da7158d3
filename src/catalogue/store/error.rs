//! What can go wrong with the catalogue, and what helps.

use std::{
    error::Error,
    fmt, io,
    path::{Path, PathBuf},
};

/// Why the catalogue cannot be used.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StoreError {
    /// Another process has it.
    #[error(
        "the catalogue in {} is held by {holder}; stop that one first, or give this one \
         a folder of its own with --state",
        folder.display()
    )]
    Held {
        /// The catalogue's folder.
        folder: PathBuf,
        /// Who has it.
        holder: Holder,
    },
    /// It was written by a newer version of the program.
    #[error(
        "the catalogue {} has version {found} and this program knows versions up to {known}; \
         use the newer program that wrote it, or give this one a folder of its own with --state",
        file.display()
    )]
    Newer {
        /// The database file.
        file: PathBuf,
        /// Its version.
        found: i64,
        /// The newest version that this program knows.
        known: i64,
    },
    /// The folder or a file in it cannot be used.
    #[error(
        "cannot use {}: {source}; check that the folder exists, is writable and has room",
        path.display()
    )]
    Io {
        /// The folder or file.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// The database does not work.
    #[error("the catalogue {} cannot be used: {source}; {remedy}", file.display())]
    Database {
        /// The database file.
        file: PathBuf,
        /// What `SQLite` says.
        source: Box<dyn Error + Send + Sync>,
        /// What helps.
        remedy: &'static str,
    },
}

/// The process that has a catalogue, as far as it is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Holder {
    /// Its number.
    pub pid: Option<u32>,
    /// The command that started it; empty when it is not known.
    pub command: String,
}

impl fmt::Display for Holder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.pid {
            None => f.write_str("another process"),
            Some(pid) if self.command.is_empty() => write!(f, "process {pid}"),
            Some(pid) => write!(f, "process {pid} ({})", self.command),
        }
    }
}

/// What helps against a file that is no catalogue any more.
const REBUILD: &str = "move it out of the way: it is then built anew from the watch folder, and \
                       articles that were never edited keep their ids";

impl StoreError {
    pub(super) fn io(path: &Path) -> impl FnOnce(io::Error) -> Self + '_ {
        |source| Self::Io {
            path: path.to_owned(),
            source,
        }
    }

    pub(super) fn foreign(file: &Path) -> Self {
        Self::Database {
            file: file.to_owned(),
            source: "it is another program's database".into(),
            remedy: "give feedwright a folder of its own with --state",
        }
    }

    pub(super) fn database(file: &Path, source: rusqlite::Error) -> Self {
        use rusqlite::ErrorCode::{
            CannotOpen, DatabaseBusy, DatabaseLocked, DiskFull, PermissionDenied, ReadOnly,
            SystemIoFailure,
        };
        let remedy = match source.sqlite_error_code() {
            Some(DiskFull) => "make room on the disk",
            Some(DatabaseBusy | DatabaseLocked) => "close the program that has it open",
            Some(ReadOnly | PermissionDenied | CannotOpen) => {
                "check that the file and its folder may be written to"
            }
            Some(SystemIoFailure) => "check the disk, and that it is not full",
            // Not a database, a damaged one, or rows that cannot be understood.
            _ => REBUILD,
        };
        Self::Database {
            file: file.to_owned(),
            source: Box::new(source),
            remedy,
        }
    }
}
