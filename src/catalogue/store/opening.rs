//! How a catalogue is opened: as it was left, or looked through first; and what
//! becomes of one that is damaged.

use super::{
    StoreError,
    check::{self, Writer},
    schema,
    seal::{self, Seal},
};
use rusqlite::{Connection, config::DbConfig};
use std::{
    fs, io,
    path::{Path, PathBuf},
};

/// How a catalogue was found.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Opened {
    /// As it was closed.
    Sound,
    /// There was none, or an empty one.
    New,
    /// It was not closed in order, and was looked through: it is whole. What was
    /// told last may be missing from it.
    Unclosed,
    /// It is another one than was closed, and was looked through: it is whole,
    /// but what it says may have been changed.
    Altered,
    /// It was damaged, and is out of the way; this one is new.
    SetAside {
        /// Where the damaged one is.
        to: PathBuf,
        /// What is wrong with it.
        fault: String,
    },
}

/// Opens the database, or a new one in its place when it is damaged.
pub(super) fn open(file: &Path) -> Result<(Connection, Opened), StoreError> {
    let (opened, writer) = match seal::take(file)? {
        Seal::Whole => (Opened::Sound, None),
        Seal::Broken => (Opened::Altered, Some(Writer::Anybody)),
        Seal::Missing => (Opened::Unclosed, Some(Writer::Ours)),
    };
    open_as(file, opened, writer)
}

/// The same for one that was open until something in it could not be read.
pub(super) fn reopen(file: &Path) -> Result<(Connection, Opened), StoreError> {
    open_as(file, Opened::Unclosed, Some(Writer::Anybody))
}

fn open_as(
    file: &Path,
    opened: Opened,
    writer: Option<Writer>,
) -> Result<(Connection, Opened), StoreError> {
    let size = match fs::metadata(file) {
        Ok(found) => found.len(),
        Err(error) if error.kind() == io::ErrorKind::NotFound => 0,
        Err(error) => return Err(StoreError::io(file)(error)),
    };
    if size == 0 {
        // SQLite would remove what was written beside a database that is gone.
        let log = beside(file, "-wal");
        if fs::metadata(&log).is_ok_and(|log| log.len() > 0) {
            set_aside(file)?;
        }
        return Ok((schema::open(file)?, Opened::New));
    }
    // Twice, and anew: what a disk failed to read once looks like damage.
    let found = match judge(file, writer)? {
        Judged::Damaged(_) => judge(file, writer)?,
        whole @ Judged::Whole(_) => whole,
    };
    match found {
        Judged::Whole(db) => Ok((db, opened)),
        Judged::Damaged(fault) => {
            let to = set_aside(file)?;
            Ok((schema::open(file)?, Opened::SetAside { to, fault }))
        }
    }
}

enum Judged {
    Whole(Connection),
    /// What is wrong.
    Damaged(String),
}

/// Opens the database, and looks whether it is damaged.
fn judge(file: &Path, writer: Option<Writer>) -> Result<Judged, StoreError> {
    let db = match schema::open(file) {
        Ok(db) => db,
        Err(error) => return damage(error).map(Judged::Damaged),
    };
    let fault = match look(&db, file, writer) {
        Ok(None) => return Ok(Judged::Whole(db)),
        Ok(Some(fault)) => Ok(fault),
        Err(error) => damage(error),
    };
    leave(db);
    fault.map(Judged::Damaged)
}

/// What is wrong with the database; looked through if somebody may have left it
/// otherwise than whole.
fn look(
    db: &Connection,
    file: &Path,
    writer: Option<Writer>,
) -> Result<Option<String>, StoreError> {
    let look = || {
        if let Some(table) = check::missing_table(db)? {
            return Ok(Some(format!("the table {table} is missing")));
        }
        writer.map_or(Ok(None), |writer| check::fault(db, writer))
    };
    look().map_err(|error| StoreError::database(file, error))
}

/// What is damaged; another error is given back.
fn damage(error: StoreError) -> Result<String, StoreError> {
    match error {
        StoreError::Damaged { source, .. } => Ok(source.to_string()),
        other => Err(other),
    }
}

/// Closes a database that may be damaged without writing to it.
pub(super) fn leave(db: Connection) {
    let _ = db.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true);
    drop(db);
}

/// Gives a damaged database, and what was written beside it, a name that is
/// free. Nothing of it is removed: somebody may still read much of it.
fn set_aside(file: &Path) -> Result<PathBuf, StoreError> {
    let mut nth = 1;
    let to = loop {
        let to = file.with_file_name(format!("catalogue-damaged-{nth}.db"));
        if !to.exists() && !beside(&to, "-wal").exists() {
            break to;
        }
        nth += 1;
    };
    // The database last: while it is there, a kill in between leaves what can
    // still be told to be damaged.
    for ending in ["-wal", "-shm", ""] {
        match fs::rename(beside(file, ending), beside(&to, ending)) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => {
                return Err(StoreError::io(file)(error));
            }
            _ => {}
        }
    }
    Ok(to)
}

fn beside(file: &Path, ending: &str) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(ending);
    name.into()
}
