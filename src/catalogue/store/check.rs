//! Is the catalogue whole? Looked through when it was not closed in order, and
//! when something in it cannot be read.

use super::{
    columns::{DigestColumns, TimeColumn},
    query::{many, one},
    recovered,
};
use crate::catalogue::{
    id::{Fingerprint, Identity},
    rules::Dates,
};
use rusqlite::{Connection, Result};

/// The tables that every catalogue has.
const TABLES: [&str; 22] = [
    "meta",
    "entry",
    "digest",
    "source",
    "former",
    "topic",
    "topic_form",
    "topic_name",
    "topic_later",
    "pending",
    "subject",
    "member",
    "deleted",
    "grown",
    "channel",
    "folder",
    "page",
    "due",
    "document",
    "search_entry",
    "tally",
    "retraction",
];

/// A table that is not there, if one is missing: the cheapest look of all.
pub(super) fn missing_table(db: &Connection) -> Result<Option<&'static str>> {
    let sql = "SELECT name FROM sqlite_schema WHERE type = 'table'";
    let there: Vec<String> = many(db, sql, [], |row| row.get(0))?;
    let is_missing = |table: &&&str| !there.iter().any(|one| one == **table);
    Ok(TABLES.iter().find(is_missing).copied())
}

/// Who may have written to the catalogue last.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Writer {
    /// This program alone: everything is as that writes it.
    Ours,
    /// Perhaps an owner with another program, who may make entries say anything.
    Anybody,
}

/// What is wrong with the catalogue, if anything is: with the file, with its
/// indexes, or with what it says.
pub(super) fn fault(db: &Connection, writer: Writer) -> Result<Option<String>> {
    let found: Option<String> = one(db, "PRAGMA integrity_check(1)", [], |row| row.get(0))?;
    if let Some(fault) = found.filter(|found| found != "ok") {
        return Ok(Some(fault));
    }
    let orphan = one(db, "PRAGMA foreign_key_check", [], |row| {
        row.get::<_, String>(0)
    })?;
    if let Some(table) = orphan {
        return Ok(Some(format!("a row of {table} belongs to none")));
    }
    // The words of entries have a table of their own kind, which looks itself
    // through.
    db.execute("INSERT INTO search (search) VALUES ('integrity-check')", [])?;
    let odd: Option<String> = one(db, ORDER, [], |row| row.get(0))?;
    if let Some(fault) = odd {
        return Ok(Some(fault));
    }
    texts(db, writer)
}

/// Entries stand in feeds where they say that they do, and feeds where their
/// folders are; pages count from one.
const ORDER: &str = "
    SELECT 'an entry is not where it says' FROM entry e WHERE e.withdrawn IS NULL
        AND NOT EXISTS (SELECT 1 FROM retraction r WHERE r.id = e.id)
        AND NOT EXISTS (SELECT 1 FROM member m WHERE m.subject = 0
            AND m.generation = e.generation AND m.placed = e.placed AND m.entry = e.key)
    UNION ALL
    SELECT 'a feed has no folder' FROM channel c
        WHERE NOT EXISTS (SELECT 1 FROM folder f WHERE f.channel = c.key AND f.folder = c.folder)
    UNION ALL
    SELECT 'a page is missing' FROM page GROUP BY channel HAVING max(number) <> count(*)
    LIMIT 1";

/// Whether every entry says what it is known by, and dates are in order.
fn texts(db: &Connection, writer: Writer) -> Result<Option<String>> {
    let sql = "
        SELECT e.id, e.content, e.fingerprint, e.published, e.updated, d.title, d.digest, d.body
        FROM entry e LEFT JOIN digest d ON d.entry = e.key";
    let mut entries = db.prepare(sql)?;
    let mut entries = entries.query([])?;
    while let Some(row) = entries.next()? {
        let id: String = row.get(0)?;
        let content = row.get(1)?;
        let (TimeColumn(published), TimeColumn(updated)) = (row.get(3)?, row.get(4)?);
        let dates = Dates { published, updated };
        if writer == Writer::Anybody {
            DigestColumns::read(row, 5)?.into_digest()?;
            continue;
        }
        let digest = DigestColumns::read_whole(row, 5, dates)?.into_digest()?;
        // What was taken from feeds has no text of its own yet.
        let known = Fingerprint(row.get(2)?);
        let is_read = content != recovered::UNREAD;
        if is_read && Identity::of(&digest, content).fingerprint != known {
            return Ok(Some(format!("the text of {id} is another one")));
        }
        if updated < published {
            return Ok(Some(format!("{id} was changed before it was published")));
        }
    }
    Ok(None)
}
