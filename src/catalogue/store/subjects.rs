//! The statements about speakers, folders and searches, which have a row each.

use super::query::{one, run};
use crate::{
    catalogue::subject::{self, Subject},
    channel::Scope,
};
use rusqlite::{Connection, Result};

/// The subject of this scope that is told apart by this.
pub(super) fn find(db: &Connection, scope: Scope, name: &str) -> Result<Option<Subject>> {
    let sql = "SELECT key FROM subject WHERE scope = ?1 AND name = ?2";
    one(db, sql, (subject::code(scope), name), |row| {
        Ok(Subject::new(scope, row.get(0)?))
    })
}

/// The same; it is added if need be, and then shown so.
pub(super) fn find_or_add(
    db: &Connection,
    scope: Scope,
    name: &str,
    label: &str,
) -> Result<Subject> {
    if let Some(found) = find(db, scope, name)? {
        return Ok(found);
    }
    let sql = "INSERT INTO subject (scope, name, label) VALUES (?1, ?2, ?3)";
    run(db, sql, (subject::code(scope), name, label))?;
    Ok(Subject::new(scope, db.last_insert_rowid()))
}

/// As a subject is shown.
pub(super) fn label(db: &Connection, subject: Subject) -> Result<String> {
    let sql = "SELECT label FROM subject WHERE key = ?1";
    let mut query = db.prepare_cached(sql)?;
    query.query_row([subject.key()], |row| row.get(0))
}

/// Gives a subject another name.
pub(super) fn rename(db: &Connection, subject: Subject, name: &str, label: &str) -> Result<()> {
    let sql = "UPDATE subject SET name = ?2, label = ?3 WHERE key = ?1";
    run(db, sql, (subject.key(), name, label))
}
