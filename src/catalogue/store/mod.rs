//! The catalogue in `SQLite`: looks up what the rules need to know, carries their
//! decisions out, and answers what the rest of the program asks.
//!
//! One process at a time has a catalogue. What `apply` has returned from is on
//! the disk.

mod activity;
mod apply;
mod backup;
mod births;
mod buried;
mod channels;
mod check;
mod columns;
mod dues;
mod durable;
mod end;
mod entries;
mod error;
mod feeds;
mod files;
mod find;
mod form_key;
mod former;
mod glance;
mod json;
mod lock;
mod members;
mod mentions;
mod opening;
mod pages;
mod place;
mod query;
mod reading;
mod recovered;
mod renaming;
mod retractions;
mod round;
mod rows;
mod said;
mod schema;
mod seal;
mod search;
mod settings;
mod sources;
mod speakers;
mod subjects;
mod topic_rows;
mod topics;
mod view;
mod visit;

pub use activity::{ListedSubject, SubjectList, WEEKS};
pub use entries::{EntryState, ListedEntry};
pub use error::{Holder, StoreError};
pub use find::{Count, Cursor, CursorError, Hits};
pub use glance::{Counts, Found as Glanced, Glance, counts, glance};
pub use lock::holder_of;
pub use opening::Opened;
pub use speakers::ListedSpeaker;
pub use view::{Neighbors, Slugged, View};
pub use visit::{ListedTopic, Visitor};

use super::{Outcome, Record, Refusal};
use crate::{
    channel::Listed,
    entry::{Entry, EntryId},
    file::Stamp,
};
use columns::PathColumn;
use rusqlite::{Connection, OptionalExtension};
use std::{
    cell::Cell,
    collections::HashMap,
    fs::{self, File},
    path::{Path, PathBuf},
    sync::Arc,
};

/// The database's file in the catalogue's folder.
const FILE: &str = "catalogue.db";

/// The catalogue, open.
#[derive(Debug)]
pub struct Catalogue {
    // Closed before the lock is given up: fields are dropped in this order.
    db: Connection,
    file: PathBuf,
    opened: Opened,
    /// Whether a fault came while something was written.
    is_unsure: bool,
    /// Whether something could not be read that may be damaged.
    is_doubted: Cell<bool>,
    _lock: File,
}

/// A file that is not published, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refused {
    /// The file, relative to the watch folder.
    pub path: PathBuf,
    /// What that means for an entry that it had.
    pub kind: Refusal,
    /// Why, in words for the owner.
    pub reason: String,
}

impl Catalogue {
    /// Opens the catalogue in this folder, which is made if need be. One that
    /// was not closed in order is looked through first, and put out of the way
    /// when it is damaged; [`Catalogue::opened`] tells.
    ///
    /// # Errors
    ///
    /// When another process has it, a newer program wrote it, or the folder or
    /// the database cannot be used.
    pub fn open(folder: &Path) -> Result<Self, StoreError> {
        make_folder(folder)?;
        let lock = lock::take(folder)?;
        let file = folder.join(FILE);
        let (db, opened) = opening::open(&file)?;
        Ok(Self {
            db,
            file,
            opened,
            is_unsure: false,
            is_doubted: Cell::new(false),
            _lock: lock,
        })
    }

    /// Applies records in order, all or none, and tells what became of each.
    /// On return they are on the disk.
    ///
    /// # Errors
    ///
    /// When the database cannot be read or written; the catalogue is then as it
    /// was.
    pub fn apply(&mut self, records: &[Record]) -> Result<Vec<Outcome>, StoreError> {
        self.change(|change| apply::apply(change, records))
    }

    /// Whether others have left decisions for this process to apply.
    ///
    /// # Errors
    ///
    /// When the database cannot be read.
    pub fn is_asked(&self) -> Result<bool, StoreError> {
        visit::is_any_pending(&self.db).map_err(self.explain())
    }

    /// Applies the decisions that others have left, and tells what became of
    /// each. On return they are on the disk.
    ///
    /// # Errors
    ///
    /// When the database cannot be read or written; the catalogue is then as it
    /// was, and the decisions are still there.
    pub fn apply_asked(&mut self) -> Result<Asked, StoreError> {
        let mut asked = (Vec::new(), Vec::new());
        let outcomes = self.change(|change| {
            asked = visit::take_pending(change)?;
            apply::apply(change, &asked.0)
        })?;
        let (records, unreadable) = asked;
        Ok(Asked {
            applied: records.into_iter().zip(outcomes).collect(),
            unreadable,
        })
    }

    /// Every file that was looked at, refused ones included, as it looked.
    ///
    /// # Errors
    ///
    /// When the database cannot be read.
    pub fn sources(&self) -> Result<HashMap<PathBuf, Stamp>, StoreError> {
        self.collect(
            "SELECT path, size, modified, changed, inode FROM source",
            [],
            |row| {
                let PathColumn(path) = row.get(0)?;
                Ok((path, columns::stamp(row, 1)?))
            },
        )
    }

    /// The entries that a feed shows, newest arrivals first, `limit` at most.
    /// Their topics are the registry's: under its labels, without banned ones.
    ///
    /// # Errors
    ///
    /// When the database cannot be read.
    pub fn newest(&self, limit: usize) -> Result<Vec<Arc<Entry>>, StoreError> {
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        let max_topics = self.settings()?.max_topics;
        let listed = round::open(&self.db)
            .and_then(|round| pages::newest(&self.db, limit, round))
            .map_err(self.explain())?;
        let entry = |listed: Listed| reading::entry(&self.db, listed.key, max_topics);
        let entries = listed.into_iter().map(|listed| entry(listed).map(Arc::new));
        entries
            .collect::<rusqlite::Result<_>>()
            .map_err(self.explain())
    }

    /// The files that are refused, ordered by path.
    ///
    /// # Errors
    ///
    /// When the database cannot be read.
    pub fn refused(&self) -> Result<Vec<Refused>, StoreError> {
        let sql = "SELECT path, reason, draft FROM source WHERE reason IS NOT NULL ORDER BY path";
        self.collect(sql, [], |row| {
            let PathColumn(path) = row.get(0)?;
            let reason = row.get(1)?;
            let draft: bool = row.get(2)?;
            let kind = if draft {
                Refusal::Draft
            } else {
                Refusal::Faulty
            };
            Ok(Refused { path, kind, reason })
        })
    }

    /// How many entries the feeds show.
    ///
    /// # Errors
    ///
    /// When the database cannot be read.
    pub fn count(&self) -> Result<usize, StoreError> {
        let sql = "SELECT count(*) FROM member WHERE subject = 0";
        let count: i64 = self
            .db
            .query_row(sql, [], |row| row.get(0))
            .map_err(self.explain())?;
        Ok(usize::try_from(count).unwrap_or_default())
    }

    /// The entry that this file has.
    ///
    /// # Errors
    ///
    /// When the database cannot be read.
    pub fn entry_at(&self, path: &Path) -> Result<Option<EntryId>, StoreError> {
        let sql = "SELECT id FROM source JOIN entry ON entry.key = source.entry WHERE path = ?1";
        let id = self
            .db
            .query_row(sql, [PathColumn(path)], |row| row.get(0).map(EntryId));
        id.optional().map_err(self.explain())
    }

    /// A number that moves whenever something that feeds show has changed, and
    /// never else.
    ///
    /// # Errors
    ///
    /// When the database cannot be read.
    pub fn revision(&self) -> Result<i64, StoreError> {
        rows::number(&self.db, rows::REVISION).map_err(self.explain())
    }

    /// What is kept under this key, if anything is: what the service has to
    /// remember of the folder and of itself.
    ///
    /// # Errors
    ///
    /// When the database cannot be read.
    pub fn meta(&self, key: &str) -> Result<Option<String>, StoreError> {
        rows::meta(&self.db, &service_key(key)).map_err(self.explain())
    }

    /// Keeps this value under the key.
    ///
    /// # Errors
    ///
    /// When the database cannot be written.
    pub fn set_meta(&mut self, key: &str, value: &str) -> Result<(), StoreError> {
        self.change(|db| rows::set(db, &service_key(key), value))
    }

    /// Keeps this value if the key has none yet, and returns what is kept: for
    /// what is given once, such as a feed's id.
    ///
    /// # Errors
    ///
    /// When the database cannot be written.
    pub fn meta_once(&mut self, key: &str, value: &str) -> Result<String, StoreError> {
        // Nobody who has it locked need be waited for when there is nothing to
        // keep.
        match self.meta(key)? {
            Some(kept) => Ok(kept),
            None => self.change(|db| rows::keep(db, &service_key(key), value)),
        }
    }

    /// All rows of a query.
    fn collect<C: FromIterator<T>, T>(
        &self,
        sql: &str,
        params: impl rusqlite::Params,
        row: impl FnMut(&rusqlite::Row<'_>) -> rusqlite::Result<T>,
    ) -> Result<C, StoreError> {
        let rows = || -> rusqlite::Result<C> {
            let mut query = self.db.prepare_cached(sql)?;
            query.query_map(params, row)?.collect()
        };
        rows().map_err(self.explain())
    }

    fn explain(&self) -> impl FnOnce(rusqlite::Error) -> StoreError + '_ {
        |source| {
            let error = StoreError::database(&self.file, source);
            if error.is_doubtful() {
                self.is_doubted.set(true);
            }
            error
        }
    }
}

/// What became of the decisions that others had left.
#[derive(Debug, Default)]
pub struct Asked {
    /// Those that were applied.
    pub applied: Vec<(Record, Outcome)>,
    /// Those that this program cannot read, as they stood there; they are
    /// forgotten.
    pub unreadable: Vec<String>,
}

/// What the service keeps is apart from what the catalogue keeps for itself.
fn service_key(key: &str) -> String {
    format!("service:{key}")
}

/// Makes the folder and those above it, for nobody but the owner: unpublished
/// drafts may be told by their reasons and old texts.
fn make_folder(folder: &Path) -> Result<(), StoreError> {
    let mut maker = fs::DirBuilder::new();
    keep_private(maker.recursive(true));
    maker.create(folder).map_err(StoreError::io(folder))
}

#[cfg(unix)]
fn keep_private(maker: &mut fs::DirBuilder) {
    std::os::unix::fs::DirBuilderExt::mode(maker, 0o700);
}

/// Elsewhere a folder takes its rights from the one above it.
#[cfg(not(unix))]
fn keep_private(_maker: &mut fs::DirBuilder) {}
