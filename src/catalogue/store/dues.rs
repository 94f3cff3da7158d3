//! The statements about what is due, and about what lies in the feeds folder.

use super::query::{many, one, run};
use crate::{
    catalogue::{Due, Written},
    channel::Part,
};
use rusqlite::{Connection, Result, Row};

/// A part as a page number: 0 is the current one.
pub(super) fn page(part: Part) -> u32 {
    match part {
        Part::Current => 0,
        Part::Archive(page) => page,
    }
}

/// The part with this page number.
pub(super) fn part(page: u32) -> Part {
    match page {
        0 => Part::Current,
        page => Part::Archive(page),
    }
}

/// The columns of a due: kind, thing, page, folder.
type Columns<'a> = (i64, i64, u32, &'a str);

fn columns(due: &Due) -> Columns<'_> {
    match due {
        Due::Gone(folder) => (0, 0, 0, folder),
        Due::Sheet { channel, part } => match page(*part) {
            0 => (1, *channel, 0, ""),
            page => (3, *channel, page, ""),
        },
        Due::Lists => (2, 0, 0, ""),
        Due::Entry(entry) => (4, *entry, 0, ""),
    }
}

/// A due from the four columns from `first` on.
fn read(row: &Row<'_>, first: usize) -> Result<Due> {
    let thing = row.get(first + 1)?;
    Ok(match row.get(first)? {
        0_i64 => Due::Gone(row.get(first + 3)?),
        1 | 3 => Due::Sheet {
            channel: thing,
            part: part(row.get(first + 2)?),
        },
        2 => Due::Lists,
        _ => Due::Entry(thing),
    })
}

/// Notes that something is due.
pub(super) fn mark(db: &Connection, due: &Due) -> Result<()> {
    let sql = "INSERT OR IGNORE INTO due VALUES (?1, ?2, ?3, ?4)";
    run(db, sql, columns(due))
}

/// Notes that a part of a feed is due.
pub(super) fn mark_sheet(db: &Connection, channel: i64, part: Part) -> Result<()> {
    mark(db, &Due::Sheet { channel, part })
}

/// Notes that it is not due any more.
pub(super) fn clear(db: &Connection, due: &Due) -> Result<()> {
    let sql = "DELETE FROM due WHERE kind = ?1 AND thing = ?2 AND page = ?3 AND folder = ?4";
    run(db, sql, columns(due))
}

/// Forgets what was due of a feed that is no more.
pub(super) fn clear_channel(db: &Connection, channel: i64) -> Result<()> {
    run(
        db,
        "DELETE FROM due WHERE kind IN (1, 3) AND thing = ?1",
        [channel],
    )
}

/// The first that are due.
pub(super) fn list(db: &Connection, limit: i64) -> Result<Vec<Due>> {
    let sql = "
        SELECT kind, thing, page, folder FROM due ORDER BY kind, thing, page, folder LIMIT ?1";
    many(db, sql, [limit], |row| read(row, 0))
}

/// Makes every part of every feed due, the lists, and the pages of all entries.
pub(super) fn mark_all(db: &Connection) -> Result<()> {
    for sql in [
        "INSERT OR IGNORE INTO due SELECT 1, key, 0, '' FROM channel",
        "INSERT OR IGNORE INTO due SELECT 3, channel, number, '' FROM page",
        "INSERT OR IGNORE INTO due
            SELECT 3, channel, max(number) + 1, '' FROM page GROUP BY channel",
        "INSERT OR IGNORE INTO due VALUES (2, 0, 0, '')",
        "INSERT OR IGNORE INTO due SELECT 4, entry, 0, '' FROM member WHERE subject = 0",
    ] {
        run(db, sql, [])?;
    }
    Ok(())
}

/// Notes what was written.
pub(super) fn keep(db: &Connection, due: &Due, written: &Written) -> Result<()> {
    let sql = "
        INSERT INTO document VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
        ON CONFLICT (name) DO UPDATE SET size = excluded.size, modified = excluded.modified,
            kind = excluded.kind, thing = excluded.thing, page = excluded.page,
            folder = excluded.folder";
    let (kind, thing, page, folder) = columns(due);
    let (size, modified) = (written.size.cast_signed(), written.modified);
    let values = (&written.name, size, modified, kind, thing, page, folder);
    run(db, sql, values)
}

/// Notes what a feed left in its documents.
pub(super) fn keep_imprint(db: &Connection, channel: i64, imprint: &[u8]) -> Result<()> {
    let sql = "INSERT OR REPLACE INTO imprint VALUES (?1, ?2)";
    run(db, sql, (channel, imprint))
}

/// What a feed left in its documents.
pub(super) fn imprint(db: &Connection, channel: i64) -> Result<Option<Vec<u8>>> {
    let sql = "SELECT bytes FROM imprint WHERE channel = ?1";
    one(db, sql, [channel], |row| row.get(0))
}

/// Forgets a document.
pub(super) fn forget(db: &Connection, name: &str) -> Result<()> {
    run(db, "DELETE FROM document WHERE name = ?1", [name])
}

/// All documents that were written, by name, and what each comes from.
pub(super) fn documents(db: &Connection) -> Result<Vec<(Written, Due)>> {
    let sql = "
        SELECT name, size, modified, kind, thing, page, folder FROM document ORDER BY name";
    many(db, sql, [], |row| Ok((written(row)?, read(row, 3)?)))
}

/// The document of this name, and what it comes from.
pub(super) fn document(db: &Connection, name: &str) -> Result<Option<(Written, Due)>> {
    let sql = "
        SELECT name, size, modified, kind, thing, page, folder FROM document WHERE name = ?1";
    one(db, sql, [name], |row| Ok((written(row)?, read(row, 3)?)))
}

/// The documents that come from this, by name; for a folder whose documents go,
/// those below it.
pub(super) fn documents_of(db: &Connection, due: &Due) -> Result<Vec<Written>> {
    if let Due::Gone(folder) = due {
        // A "0" follows on a "/".
        let sql = "
            SELECT name, size, modified FROM document
            WHERE name > ?1 || '/' AND name < ?1 || '0' ORDER BY name";
        return many(db, sql, [folder], written);
    }
    let sql = "
        SELECT name, size, modified FROM document
        WHERE kind = ?1 AND thing = ?2 AND page = ?3 ORDER BY name";
    let (kind, thing, page, _) = columns(due);
    many(db, sql, (kind, thing, page), written)
}

fn written(row: &Row<'_>) -> Result<Written> {
    Ok(Written {
        name: row.get(0)?,
        size: row.get::<_, i64>(1)?.cast_unsigned(),
        modified: row.get(2)?,
    })
}
