//! What entries said before they were overwritten, kept for a while: the text may
//! turn up elsewhere, and then the file was moved and its name given on.

use super::{
    columns::{DigestColumns, SketchColumn, TimeColumn},
    query::{one, run},
    rows,
};
use crate::catalogue::{
    id::Identity,
    rules::{self, Dates, Key, Overwritten},
};
use jiff::Timestamp;
use rusqlite::{Connection, Result};

/// The oldest entry that had this text until it was overwritten, not long ago.
pub(super) fn overwritten(
    db: &Connection,
    found: &Identity,
    at: Timestamp,
) -> Result<Option<Overwritten>> {
    let sql = "
        SELECT f.entry, f.sketch, e.sketch FROM former f JOIN entry e ON e.key = f.entry
        WHERE (f.fingerprint = ?1 OR f.content = ?2) AND (ended IS NULL OR abs(ended - ?3) <= ?4)
        ORDER BY f.entry LIMIT 1";
    let (fingerprint, content) = (found.fingerprint.0, found.content);
    let values = (fingerprint, content, TimeColumn(at), remembered());
    one(db, sql, values, |row| {
        let (SketchColumn(before), SketchColumn(now)) = (row.get(1)?, row.get(2)?);
        Ok(Overwritten {
            entry: row.get(0)?,
            before,
            now,
        })
    })
}

/// Keeps what an entry says, which is about to be overwritten; unless what it
/// said before is still kept.
pub(super) fn keep(db: &Connection, key: Key) -> Result<()> {
    let sql = "
        INSERT OR IGNORE INTO former (entry, published, updated, content, fingerprint, sketch,
            title, digest, body)
        SELECT key, published, updated, content, fingerprint, sketch, title, digest, body
        FROM entry JOIN digest ON digest.entry = entry.key WHERE key = ?1";
    run(db, sql, [key])
}

/// What an entry said before it was overwritten.
pub(super) struct Former {
    pub(super) dates: Dates,
    pub(super) identity: Identity,
    pub(super) digest: DigestColumns,
    /// Whether the go in which it was overwritten is over, and feeds may have
    /// shown what it says since.
    pub(super) ended: bool,
}

/// What an entry said before it was overwritten, which is then forgotten.
pub(super) fn take(db: &Connection, key: Key) -> Result<Former> {
    let sql = "
        DELETE FROM former WHERE entry = ?1
        RETURNING published, updated, content, fingerprint, sketch, title, digest, body,
            ended IS NOT NULL";
    db.prepare_cached(sql)?.query_row([key], |row| {
        let (dates, identity, digest) = rows::text(row)?;
        Ok(Former {
            dates,
            identity,
            digest,
            ended: row.get(8)?,
        })
    })
}

/// Notes that a go is over.
pub(super) fn end(db: &Connection, at: Timestamp) -> Result<()> {
    let sql = "UPDATE former SET ended = ?1 WHERE ended IS NULL";
    run(db, sql, [TimeColumn(at)])?;
    forget(db, at)
}

/// Forgets what entries said before, if it is long enough ago.
pub(super) fn forget(db: &Connection, at: Timestamp) -> Result<()> {
    let sql = "DELETE FROM former WHERE abs(ended - ?1) > ?2";
    run(db, sql, (TimeColumn(at), remembered()))
}

fn remembered() -> i64 {
    i64::try_from(rules::REMEMBERED.as_micros()).unwrap_or(i64::MAX)
}
