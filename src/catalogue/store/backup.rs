//! A copy of the catalogue, made beside whoever has it.

use super::{StoreError, Visitor, schema};
use rusqlite::{
    Connection,
    backup::{Backup, StepResult},
};
use std::{
    fs::File,
    io,
    path::Path,
    thread,
    time::{Duration, Instant},
};

/// How long to wait for somebody who has the database locked.
const PATIENCE: Duration = Duration::from_secs(10);

const PAUSE: Duration = Duration::from_millis(20);

impl Visitor {
    /// Copies the catalogue, as it is at one moment, into a file that is not
    /// there yet; on return it is on the disk, whole. Tells how many bytes it
    /// has.
    ///
    /// # Errors
    ///
    /// When the file is there, or one of the two cannot be used.
    pub fn back_up(&self, to: &Path) -> Result<u64, StoreError> {
        let folder = match to.parent() {
            Some(folder) if folder != Path::new("") => folder,
            _ => Path::new("."),
        };
        let io = |path| StoreError::io(path);
        let new = tempfile::Builder::new()
            .prefix(".feedwright-backup-")
            .tempfile_in(folder)
            .map_err(io(folder))?;
        self.copy(new.path())?;
        check(new.path())?;
        new.as_file().sync_all().map_err(io(to))?;
        let file = new
            .persist_noclobber(to)
            .map_err(|error| io(to)(error.error))?;
        sync_folder(folder).map_err(io(folder))?;
        Ok(file.metadata().map_err(io(to))?.len())
    }

    fn copy(&self, to: &Path) -> Result<(), StoreError> {
        let explain = |source| StoreError::database(to, source);
        let mut copy = Connection::open(to).map_err(explain)?;
        let backup = Backup::new(&self.db, &mut copy).map_err(self.explain())?;
        let start = Instant::now();
        // All in one step: what is written meanwhile is not in its way, and does
        // not make it begin anew.
        loop {
            match backup.step(-1).map_err(self.explain())? {
                StepResult::Done => break,
                _ if start.elapsed() > PATIENCE => {
                    return Err(StoreError::Database {
                        file: to.to_owned(),
                        source: "somebody has the catalogue locked".into(),
                        remedy: "close the program that has it open, such as `sqlite3`",
                    });
                }
                _ => thread::sleep(PAUSE),
            }
        }
        drop(backup);
        copy.close().map_err(|(_, source)| explain(source))
    }
}

/// Whether a copy is whole and ours.
fn check(copy: &Path) -> Result<(), StoreError> {
    let explain = |source| StoreError::database(copy, source);
    let damaged = |source: String| StoreError::Damaged {
        file: copy.to_owned(),
        source: source.into(),
    };
    let Some(db) = schema::look_into(copy)? else {
        return Err(damaged("the copy is not of this version".to_owned()));
    };
    let found: String = db
        .query_row("PRAGMA integrity_check(1)", [], |row| row.get(0))
        .map_err(explain)?;
    if found == "ok" {
        Ok(())
    } else {
        Err(damaged(found))
    }
}

#[cfg(unix)]
fn sync_folder(folder: &Path) -> io::Result<()> {
    File::open(folder)?.sync_all()
}

/// Elsewhere folders cannot be opened, and need not be.
#[cfg(not(unix))]
fn sync_folder(_folder: &Path) -> io::Result<()> {
    Ok(())
}
