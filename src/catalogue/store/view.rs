//! A view of the catalogue for those who show it: beside the connection that
//! changes it, and of one moment for as long as that is asked for.
//!
//! Between two goes the catalogue is as it was published. While one is on, an
//! article that was moved may be missing, or be there twice: for that time a
//! view is held, and shows what was there before.

mod asked;

pub use asked::{Neighbors, Slugged};

use super::{FILE, StoreError, channels, dues, feeds, find::Kept, query::one, schema};
use crate::{
    catalogue::{Due, Written},
    channel::{Channel, Part, Sheet},
    entry::Entry,
};
use rusqlite::{Connection, InterruptHandle, Result};
use std::{
    cell::RefCell,
    path::{Path, PathBuf},
    sync::Arc,
};

/// What a view may take of the process's memory for pages of the database, in
/// kilobytes.
const CACHE: i64 = 2_000;

/// A view of the catalogue. Nothing is changed through it.
#[derive(Debug)]
pub struct View {
    db: Connection,
    file: PathBuf,
    held: bool,
    /// What was read for the last question and serves the next one.
    kept: RefCell<Kept>,
}

impl View {
    /// Opens a view of the catalogue in this folder, which some connection of
    /// the process has open. Nothing is given where there is none.
    ///
    /// # Errors
    ///
    /// When the database cannot be read.
    pub fn open(folder: &Path) -> Result<Option<Self>, StoreError> {
        let file = folder.join(FILE);
        if !file.exists() {
            return Ok(None);
        }
        let Some(db) = schema::look_into(&file)? else {
            return Ok(None);
        };
        let prepared = db.pragma_update(None, "cache_size", -CACHE);
        prepared.map_err(|source| StoreError::database(&file, source))?;
        db.set_prepared_statement_cache_capacity(64);
        Ok(Some(Self {
            db,
            file,
            held: false,
            kept: RefCell::default(),
        }))
    }

    /// Shows what there is at this moment until [`View::release`], whatever is
    /// changed meanwhile. What is written beside the database in that time is
    /// not moved into it.
    ///
    /// # Errors
    ///
    /// When the database cannot be read.
    pub fn hold(&mut self) -> Result<(), StoreError> {
        if self.held {
            return Ok(());
        }
        let begin = || {
            self.db.execute_batch("BEGIN")?;
            // The moment is that of the first question.
            self.db
                .query_row("SELECT count(*) FROM meta WHERE false", [], |_| Ok(()))
        };
        let begun = begin().map_err(self.explain());
        self.held = true;
        if begun.is_err() {
            self.release();
        }
        begun
    }

    /// Shows what there is from now on.
    pub fn release(&mut self) {
        if self.held {
            self.held = false;
            // Nothing was changed that could fail to be.
            let _ = self.db.execute_batch("COMMIT");
        }
    }

    /// Answers of one moment, whether the view is held or not.
    ///
    /// # Errors
    ///
    /// Those of the questions, and when the database cannot be read.
    pub fn at_once<T, E: From<StoreError>>(
        &self,
        ask: impl FnOnce(&Self) -> Result<T, E>,
    ) -> Result<T, E> {
        // Whoever asks may do so while others already are.
        if !self.db.is_autocommit() {
            return ask(self);
        }
        self.db.execute_batch("BEGIN").map_err(self.explain())?;
        let answer = ask(self);
        // As above.
        let _ = self.db.execute_batch("COMMIT");
        answer
    }

    /// The document of this name in the feeds folder as it was written last, and
    /// what it comes from.
    ///
    /// # Errors
    ///
    /// When the database cannot be read.
    pub fn document(&self, name: &str) -> Result<Option<(Written, Due)>, StoreError> {
        dues::document(&self.db, name).map_err(self.explain())
    }

    /// As [`super::Catalogue::sheet`].
    ///
    /// # Errors
    ///
    /// When the database cannot be read.
    pub fn sheet(&self, channel: i64, part: Part) -> Result<Option<Sheet>, StoreError> {
        feeds::sheet(&self.db, channel, part).map_err(self.explain())
    }

    /// As [`super::Catalogue::entry`].
    ///
    /// # Errors
    ///
    /// When the database cannot be read.
    pub fn entry(&self, key: i64) -> Result<Option<Arc<Entry>>, StoreError> {
        feeds::entry(&self.db, key).map_err(self.explain())
    }

    /// As [`super::Catalogue::channels`].
    ///
    /// # Errors
    ///
    /// When the database cannot be read.
    pub fn channels(&self) -> Result<Vec<Channel>, StoreError> {
        channels::list(&self.db).map_err(self.explain())
    }

    /// How many entries feeds show.
    ///
    /// # Errors
    ///
    /// When the database cannot be read.
    pub fn count(&self) -> Result<usize, StoreError> {
        let sql = "SELECT count(*) FROM member WHERE subject = 0";
        let count = one(&self.db, sql, [], |row| row.get::<_, i64>(0));
        let count = count.map_err(self.explain())?.unwrap_or_default();
        Ok(usize::try_from(count).unwrap_or_default())
    }

    /// What ends the question that another thread asks just now, with an error:
    /// whatever is asked, nobody has to wait for longer than they want to.
    #[must_use]
    pub fn interrupter(&self) -> InterruptHandle {
        self.db.get_interrupt_handle()
    }

    pub(super) fn explain(&self) -> impl FnOnce(rusqlite::Error) -> StoreError + '_ {
        |source| StoreError::database(&self.file, source)
    }
}
