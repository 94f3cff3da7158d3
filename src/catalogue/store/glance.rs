//! A look into the catalogue that changes nothing, whoever has it and whatever
//! state that process is in.

use super::{FILE, Refused, StoreError, columns::PathColumn, query::many, schema};
use crate::catalogue::Refusal;
use rusqlite::{Connection, Result};
use std::path::{Path, PathBuf};

/// What the catalogue holds.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Glance {
    /// Files that were looked at.
    pub files: usize,
    /// Entries that feeds show.
    pub entries: usize,
    /// Feeds, that of all entries included.
    pub feeds: usize,
    /// Topics that entries show.
    pub topics: usize,
    /// Parts of feeds, pages and lists that are to be written.
    pub due: usize,
    /// Decisions that are to be applied.
    pub decisions: usize,
    /// Files that are not published, ordered by path.
    pub refused: Vec<Refused>,
}

/// What a look found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Found {
    /// There is no catalogue.
    Nothing,
    /// There is one of an older program, which the next start brings up to
    /// date.
    Older(PathBuf),
    /// There is one.
    Here(Glance),
}

/// Looks into the catalogue in this folder.
///
/// # Errors
///
/// When the database cannot be read, or a newer program wrote it.
pub fn glance(folder: &Path) -> Result<Found, StoreError> {
    let file = folder.join(FILE);
    let is_there = file.try_exists().map_err(StoreError::io(&file))?;
    if !is_there {
        return Ok(Found::Nothing);
    }
    let Some(db) = schema::look_into(&file)? else {
        return Ok(Found::Older(file));
    };
    let glance = read(&db).map_err(|source| StoreError::database(&file, source))?;
    Ok(Found::Here(glance))
}

/// How much of each there is in the catalogue.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// Entries that feeds show.
    pub entries: usize,
    /// Feeds, that of all entries included.
    pub feeds: usize,
    /// Topics that entries show.
    pub topics: usize,
    /// Parts of feeds, pages and lists that are to be written.
    pub due: usize,
    /// Files that cannot be taken.
    pub refused: usize,
}

/// Counts what is in the catalogue in this folder; nothing where there is none
/// that this program wrote.
///
/// # Errors
///
/// When the database cannot be read, or a newer program wrote it.
pub fn counts(folder: &Path) -> Result<Option<Counts>, StoreError> {
    let file = folder.join(FILE);
    if !file.try_exists().map_err(StoreError::io(&file))? {
        return Ok(None);
    }
    let Some(db) = schema::look_into(&file)? else {
        return Ok(None);
    };
    let refused = "SELECT count(*) FROM source WHERE reason IS NOT NULL AND draft = 0";
    let counted = || -> Result<Counts> {
        let db = db.unchecked_transaction()?;
        Ok(Counts {
            entries: count(&db, ENTRIES)?,
            feeds: count(&db, FEEDS)?,
            topics: count(&db, TOPICS)?,
            due: count(&db, DUE)?,
            refused: count(&db, refused)?,
        })
    };
    let counts = counted().map_err(|source| StoreError::database(&file, source))?;
    Ok(Some(counts))
}

const ENTRIES: &str = "SELECT count(*) FROM member WHERE subject = 0";
const FEEDS: &str = "SELECT count(*) FROM channel";
/// The lowest three bits of a subject say that it is a topic.
const TOPICS: &str = "SELECT count(DISTINCT subject) FROM member WHERE subject & 7 = 1";
const DUE: &str = "SELECT count(*) FROM due";

fn count(db: &Connection, sql: &str) -> Result<usize> {
    let count: i64 = db.query_row(sql, [], |row| row.get(0))?;
    Ok(usize::try_from(count).unwrap_or_default())
}

fn read(db: &Connection) -> Result<Glance> {
    // What is read is of one moment.
    let db = db.unchecked_transaction()?;
    let refused = "SELECT path, reason, draft FROM source WHERE reason IS NOT NULL ORDER BY path";
    Ok(Glance {
        files: count(&db, "SELECT count(*) FROM source")?,
        entries: count(&db, ENTRIES)?,
        feeds: count(&db, FEEDS)?,
        topics: count(&db, TOPICS)?,
        due: count(&db, DUE)?,
        decisions: count(&db, "SELECT count(*) FROM pending")?,
        refused: many(&db, refused, [], |row| {
            let PathColumn(path) = row.get(0)?;
            let draft: bool = row.get(2)?;
            let kind = if draft {
                Refusal::Draft
            } else {
                Refusal::Faulty
            };
            let reason = row.get(1)?;
            Ok(Refused { path, kind, reason })
        })?,
    })
}
