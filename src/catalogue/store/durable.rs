//! Changing the catalogue so that what is told to be done is on the disk, and
//! nothing goes on as if a fault had not been.

use super::{Catalogue, Opened, StoreError, opening, recovered, round, rows, schema, seal};
use crate::catalogue::{Record, Recovered};
use rusqlite::{Connection, ErrorCode, Result, TransactionBehavior};
use std::{fs, mem, path::PathBuf, thread};

/// When so much was written beside the database and could not be moved into it,
/// in bytes, somebody who reads it is in the way. It is moved at a quarter.
const LONG_LOG: u64 = 64 << 20;

impl Catalogue {
    /// How it was found when it was opened, or opened anew.
    #[must_use]
    pub fn opened(&self) -> &Opened {
        &self.opened
    }

    /// Changes something, all or nothing.
    pub(super) fn change<T>(
        &mut self,
        change: impl FnOnce(&Connection) -> Result<T>,
    ) -> Result<T, StoreError> {
        self.make_sure()?;
        let changed = self
            .db
            .transaction_with_behavior(TransactionBehavior::Immediate)
            .and_then(|db| {
                let changed = change(&db)?;
                db.commit()?;
                Ok(changed)
            });
        if let Err(error) = &changed {
            let code = error.sqlite_error_code();
            let waits = matches!(
                code,
                Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked)
            );
            self.is_unsure |= code.is_some() && !waits;
        }
        changed.map_err(self.explain())
    }

    /// After a fault, makes sure of what is on the disk before anything else is
    /// written there.
    ///
    /// A system that fails to write to a disk forgets what it was to write, and
    /// says nothing the next time it is asked: what was written beside the
    /// database may have a hole, behind which all that comes later would be
    /// lost. So all of it is moved into the database, which writes it again, and
    /// what the connection has in memory is forgotten with it.
    fn make_sure(&mut self) -> Result<(), StoreError> {
        if !self.is_unsure {
            return Ok(());
        }
        let moved = |db: &Connection| {
            db.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| {
                let (busy, written, moved): (bool, i64, i64) =
                    (row.get(0)?, row.get(1)?, row.get(2)?);
                Ok(!busy || written == moved)
            })
        };
        if !moved(&self.db).map_err(self.explain())? {
            return Err(StoreError::Database {
                file: self.file.clone(),
                source: "another program reads it, and what is on the disk is not certain".into(),
                remedy: "close the program that has it open, such as `sqlite3`",
            });
        }
        let fresh = schema::open(&self.file)?;
        drop(mem::replace(&mut self.db, fresh));
        self.is_unsure = false;
        Ok(())
    }

    /// Whether there was an error that may come from damage.
    #[must_use]
    pub fn is_doubted(&self) -> bool {
        self.is_doubted.get()
    }

    /// Whether there was a fault after which it is looked through, or made sure
    /// of, before it is changed again: nobody may be reading it then.
    #[must_use]
    pub fn is_shaken(&self) -> bool {
        self.is_unsure || self.is_doubted.get()
    }

    /// Whether no go is on: it was not left in the middle of one.
    ///
    /// # Errors
    ///
    /// When the database cannot be read.
    pub fn is_between_rounds(&self) -> Result<bool, StoreError> {
        Ok(round::open(&self.db).map_err(self.explain())? < 0)
    }

    /// Has it looked through before it is used again.
    pub fn doubt(&self) {
        self.is_doubted.set(true);
    }

    /// Looks through the catalogue after an error that may come from damage. If
    /// it is damaged, it is put out of the way, and this one is a new one from
    /// then on; tells whether that is so.
    ///
    /// # Errors
    ///
    /// When it cannot be looked through, put out of the way or made anew.
    pub fn mend(&mut self) -> Result<bool, StoreError> {
        let none = Connection::open_in_memory().map_err(self.explain())?;
        opening::leave(mem::replace(&mut self.db, none));
        // When this fails nothing is open, and it stays in doubt until it can
        // be opened.
        let (db, opened) = opening::reopen(&self.file)?;
        self.db = db;
        self.is_doubted.set(false);
        self.is_unsure = false;
        let is_new = opened != Opened::Unclosed;
        if is_new {
            self.opened = opened;
        }
        Ok(is_new)
    }

    /// Takes over from published feeds what is not known. The files of these
    /// entries are to be told in one go from then on.
    ///
    /// # Errors
    ///
    /// When the database cannot be written.
    pub fn recover(&mut self, recovered: Recovered) -> Result<(), StoreError> {
        self.apply(&[Record::Recovered(Box::new(recovered))])
            .map(drop)
    }

    /// Whether what was taken over from feeds waits for the end of the go in
    /// which its files are told. Nothing is due until then.
    ///
    /// # Errors
    ///
    /// When the database cannot be read.
    pub fn is_recovering(&self) -> Result<bool, StoreError> {
        recovered::is_on(&self.db).map_err(self.explain())
    }

    /// Whether an entry has this id, shown or withdrawn.
    ///
    /// # Errors
    ///
    /// When the database cannot be read.
    pub fn knows(&self, id: &str) -> Result<bool, StoreError> {
        let sql = "SELECT EXISTS (SELECT 1 FROM entry WHERE id = ?1)";
        let known = self.db.query_row(sql, [id], |row| row.get(0));
        known.map_err(self.explain())
    }

    /// The folders of feeds that were taken over and that nothing has claimed:
    /// what they are of is called otherwise now, or is no more. Told once.
    ///
    /// # Errors
    ///
    /// When the database cannot be read or written.
    pub fn take_unclaimed(&mut self) -> Result<Vec<String>, StoreError> {
        let left: Option<String> =
            rows::meta(&self.db, recovered::UNCLAIMED).map_err(self.explain())?;
        let left: Vec<String> = left
            .and_then(|left| serde_json::from_str(&left).ok())
            .unwrap_or_default();
        if !left.is_empty() {
            self.change(|db| rows::set(db, recovered::UNCLAIMED, "[]"))?;
        }
        Ok(left)
    }

    /// Moves what was written beside the database into it, if that has become
    /// much. Tells how much lies there, in bytes, if that is very much and
    /// somebody who reads the catalogue is in the way.
    pub fn tidy(&mut self) -> Option<u64> {
        let length = self.log_length();
        if length < LONG_LOG / 4 {
            return None;
        }
        // Without waiting for anybody. A fault shows when something is written.
        let moved = self
            .db
            .query_row("PRAGMA wal_checkpoint(PASSIVE)", [], |row| {
                Ok((row.get::<_, i64>(1)?, row.get::<_, i64>(2)?))
            });
        // One long change may have written all of it: then it is moved now, and
        // written over by the next one.
        let is_left = moved.is_ok_and(|(written, moved)| moved < written);
        Some(length).filter(|length| is_left && *length >= LONG_LOG)
    }

    fn log_length(&self) -> u64 {
        let mut log = self.file.as_os_str().to_owned();
        log.push("-wal");
        fs::metadata(PathBuf::from(log)).map_or(0, |log| log.len())
    }
}

impl Drop for Catalogue {
    /// Closes it in order. After a panic or a fault it is left as it is, and
    /// looked through when it is opened again.
    fn drop(&mut self) {
        if self.is_unsure || self.is_doubted.get() || thread::panicking() {
            return;
        }
        if let Ok(none) = Connection::open_in_memory() {
            seal::close(mem::replace(&mut self.db, none), &self.file);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn write(catalogue: &mut Catalogue, size: u64) {
        let text = "x".repeat(usize::try_from(size).unwrap());
        let changed = catalogue.change(|db| rows::set(db, "long", &text));
        changed.unwrap();
    }

    #[test]
    fn only_who_reads_all_the_while_is_in_the_way() {
        let folder = tempfile::tempdir().unwrap();
        let mut catalogue = Catalogue::open(folder.path()).unwrap();
        assert_eq!(catalogue.tidy(), None);
        write(&mut catalogue, LONG_LOG);
        assert!(catalogue.log_length() >= LONG_LOG);
        assert_eq!(catalogue.tidy(), None, "all of it is moved");
        write(&mut catalogue, 1);
        assert!(catalogue.log_length() < LONG_LOG);

        let reader = Connection::open(folder.path().join("catalogue.db")).unwrap();
        reader.execute_batch("BEGIN; SELECT * FROM meta").unwrap();
        write(&mut catalogue, LONG_LOG / 2);
        assert_eq!(catalogue.tidy(), None, "it is not that much");
        write(&mut catalogue, LONG_LOG);
        assert!(catalogue.tidy().is_some_and(|left| left >= LONG_LOG));
        drop(reader);
        assert_eq!(catalogue.tidy(), None);
    }
}
