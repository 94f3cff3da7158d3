//! What can go wrong with the catalogue, and what helps.

use rusqlite::ErrorCode;
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
    /// The database, or something in it, cannot be understood.
    #[error(
        "the catalogue {} is damaged: {source}; it is looked through when feedwright tries again \
         or is started again, and built anew from the watch folder and the feeds if need be",
        file.display()
    )]
    Damaged {
        /// The database file.
        file: PathBuf,
        /// What `SQLite` says.
        source: Box<dyn Error + Send + Sync>,
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

    /// Whether another process keeps the database from being used just now.
    #[must_use]
    pub fn is_locked(&self) -> bool {
        let Self::Database { source, .. } = self else {
            return false;
        };
        let source = source.downcast_ref::<rusqlite::Error>();
        let code = source.and_then(rusqlite::Error::sqlite_error_code);
        matches!(
            code,
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked)
        )
    }

    /// Whether the database may be damaged, and is to be looked through.
    #[must_use]
    pub fn is_doubtful(&self) -> bool {
        match self {
            Self::Damaged { .. } => true,
            Self::Database { source, .. } => {
                let source = source.downcast_ref::<rusqlite::Error>();
                let code = source.and_then(rusqlite::Error::sqlite_error_code);
                matches!(
                    code,
                    Some(
                        ErrorCode::ConstraintViolation
                            | ErrorCode::TypeMismatch
                            | ErrorCode::InternalMalfunction
                    )
                )
            }
            _ => false,
        }
    }

    pub(super) fn database(file: &Path, source: rusqlite::Error) -> Self {
        if is_damage(&source) {
            return Self::Damaged {
                file: file.to_owned(),
                source: Box::new(source),
            };
        }
        let remedy = match source.sqlite_error_code() {
            Some(ErrorCode::DiskFull) => "make room on the disk",
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => {
                "close the program that has it open, such as `sqlite3`"
            }
            Some(ErrorCode::ReadOnly | ErrorCode::PermissionDenied | ErrorCode::CannotOpen) => {
                "check that the file and its folder may be written to"
            }
            Some(ErrorCode::SystemIoFailure) => "check the disk, and that it is not full",
            Some(ErrorCode::OutOfMemory) => "free memory",
            _ => "this is a fault in feedwright, please report it",
        };
        Self::Database {
            file: file.to_owned(),
            source: Box::new(source),
            remedy,
        }
    }
}

/// Whether an error says that the database is not as this program wrote it:
/// pages, tables or rows that cannot be understood, or are not there.
fn is_damage(error: &rusqlite::Error) -> bool {
    use rusqlite::Error::{
        FromSqlConversionFailure, IntegralValueOutOfRange, InvalidColumnType, QueryReturnedNoRows,
        Utf8Error,
    };
    let is_odd = |said: &str| {
        let ways = [
            "no such table",
            "no such column",
            "already exists",
            "malformed",
        ];
        ways.iter().any(|way| said.contains(way))
    };
    match error {
        FromSqlConversionFailure(..)
        | IntegralValueOutOfRange(..)
        | InvalidColumnType(..)
        | QueryReturnedNoRows
        | Utf8Error(..) => true,
        other => match other.sqlite_error_code() {
            Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => true,
            Some(ErrorCode::Unknown) => is_odd(&other.to_string()),
            _ => false,
        },
    }
}
