//! The statements about which entries are in which subjects.

use super::{
    columns::TimeColumn,
    query::{many, one, run},
};
use crate::catalogue::{rules::Key, subject::Subject};
use jiff::Timestamp;
use rusqlite::{
    Connection, Result, Row, ToSql,
    types::{FromSql, FromSqlError, FromSqlResult, ToSqlOutput, ValueRef},
};
use std::fmt::Write as _;

/// Where an entry stands in the order of all feeds, in which later ones are
/// newer. It stays once the generation has ended, whatever becomes of the entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Position {
    pub(super) generation: i64,
    /// In microseconds.
    pub(super) placed: i64,
    pub(super) entry: Key,
}

impl Position {
    /// Before all entries.
    pub(super) const FIRST: Self = Self::all(i64::MIN);
    /// After all entries.
    pub(super) const LAST: Self = Self::all(i64::MAX);

    const fn all(number: i64) -> Self {
        Self {
            generation: number,
            placed: number,
            entry: number,
        }
    }

    /// The three columns from `first` on.
    pub(super) fn read(row: &Row<'_>, first: usize) -> Result<Self> {
        Ok(Self {
            generation: row.get(first)?,
            placed: row.get(first + 1)?,
            entry: row.get(first + 2)?,
        })
    }
}

impl ToSql for Subject {
    fn to_sql(&self) -> Result<ToSqlOutput<'_>> {
        self.0.to_sql()
    }
}

impl FromSql for Subject {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        value.as_i64().map(Self)
    }
}

/// The subjects that an entry is in: a JSON list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct SubjectsColumn(pub(super) Vec<Subject>);

impl ToSql for SubjectsColumn {
    fn to_sql(&self) -> Result<ToSqlOutput<'_>> {
        let mut list = String::with_capacity(2 + 8 * self.0.len());
        for Subject(subject) in &self.0 {
            list.push(if list.is_empty() { '[' } else { ',' });
            // Writing to a string cannot fail.
            write!(list, "{subject}").expect("a string takes everything");
        }
        list.push_str(if list.is_empty() { "[]" } else { "]" });
        Ok(list.into())
    }
}

impl FromSql for SubjectsColumn {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        let list: Vec<i64> = serde_json::from_str(value.as_str()?)
            .map_err(|source| FromSqlError::Other(Box::new(source)))?;
        Ok(Self(list.into_iter().map(Subject).collect()))
    }
}

/// Puts an entry into a subject.
pub(super) fn add(db: &Connection, subject: Subject, at: Position) -> Result<()> {
    let sql = "INSERT OR IGNORE INTO member VALUES (?1, ?2, ?3, ?4)";
    run(db, sql, (subject, at.generation, at.placed, at.entry))
}

/// Takes an entry out of a subject.
pub(super) fn remove(db: &Connection, subject: Subject, at: Position) -> Result<()> {
    let sql = "
        DELETE FROM member
        WHERE subject = ?1 AND generation = ?2 AND placed = ?3 AND entry = ?4";
    run(db, sql, (subject, at.generation, at.placed, at.entry))
}

/// Whether a subject has so many entries.
pub(super) fn has(db: &Connection, subject: Subject, count: i64) -> Result<bool> {
    let sql = "SELECT count(*) FROM (SELECT 1 FROM member WHERE subject = ?1 LIMIT ?2)";
    let mut query = db.prepare_cached(sql)?;
    let found: i64 = query.query_row((subject, count), |row| row.get(0))?;
    Ok(found >= count)
}

/// Where an entry stands.
pub(super) fn position(db: &Connection, entry: Key) -> Result<Position> {
    let sql = "SELECT generation, placed, key FROM entry WHERE key = ?1";
    let mut query = db.prepare_cached(sql)?;
    query.query_row([entry], |row| Position::read(row, 0))
}

/// The entries in a subject.
pub(super) fn entries(db: &Connection, subject: Subject) -> Result<Vec<Key>> {
    let sql = "SELECT entry FROM member WHERE subject = ?1";
    many(db, sql, [subject], |row| row.get(0))
}

/// The first entry after this one that is in any subject.
pub(super) fn next(db: &Connection, after: Key) -> Result<Option<Key>> {
    let sql = "SELECT key FROM entry WHERE key > ?1 AND withdrawn IS NULL ORDER BY key LIMIT 1";
    one(db, sql, [after], |row| row.get(0))
}

/// The subjects with at least so many entries.
pub(super) fn large(db: &Connection, count: i64) -> Result<Vec<Subject>> {
    let sql = "SELECT subject FROM member GROUP BY subject HAVING count(*) >= ?1";
    many(db, sql, [count], |row| row.get(0))
}

/// Notes that a subject is to be looked at when the go ends: a page of its feed
/// got an entry, or, with page 0, the current part, or it may have a feed now.
pub(super) fn grow(db: &Connection, subject: Subject, page: u32) -> Result<()> {
    let sql = "INSERT OR IGNORE INTO grown VALUES (?1, ?2)";
    run(db, sql, (subject, page))
}

/// What was noted, which is then forgotten.
pub(super) fn take_grown(db: &Connection) -> Result<Vec<(Subject, u32)>> {
    let sql = "SELECT subject, page FROM grown ORDER BY subject, page";
    let grown = many(db, sql, [], |row| Ok((row.get(0)?, row.get(1)?)))?;
    run(db, "DELETE FROM grown", [])?;
    Ok(grown)
}

/// Notes that an entry was withdrawn from a subject that has a feed.
pub(super) fn bury(db: &Connection, subject: Subject, at: Position, when: Timestamp) -> Result<()> {
    let sql = "INSERT OR REPLACE INTO deleted VALUES (?1, ?2, ?3, ?4, ?5)";
    let when = TimeColumn(when);
    run(db, sql, (subject, at.generation, at.placed, at.entry, when))
}

/// Forgets that an entry was withdrawn; tells from which subjects, and where it
/// stood there.
pub(super) fn unbury(db: &Connection, entry: Key) -> Result<Vec<(Subject, Position)>> {
    let sql = "
        SELECT subject, generation, placed, entry FROM deleted WHERE entry = ?1 ORDER BY subject";
    let found = many(db, sql, [entry], |row| {
        Ok((row.get(0)?, Position::read(row, 1)?))
    })?;
    if !found.is_empty() {
        run(db, "DELETE FROM deleted WHERE entry = ?1", [entry])?;
    }
    Ok(found)
}
