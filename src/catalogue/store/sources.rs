//! The statements about files that applying records is made of, one a function.

use super::{
    columns::{self, PathColumn, SketchColumn},
    query::{many, one, run},
};
use crate::{
    catalogue::{
        Refusal,
        id::Fingerprint,
        rules::{Here, Key},
    },
    file::Stamp,
};
use rusqlite::{Connection, Result};
use std::path::Path;

/// A file as it is known.
pub(super) struct Source {
    pub(super) seq: i64,
    pub(super) stamp: Stamp,
    pub(super) refused: bool,
    pub(super) here: Option<Here>,
}

/// The file at this path.
pub(super) fn find(db: &Connection, path: &Path) -> Result<Option<Source>> {
    let sql = "
        SELECT s.seq, s.size, s.modified, s.changed, s.inode, s.reason IS NOT NULL,
            s.entry, s.content, e.fingerprint, e.sketch,
            s.seq = (SELECT min(o.seq) FROM source o WHERE o.entry = s.entry),
            EXISTS (SELECT 1 FROM source o
                WHERE o.entry = s.entry AND o.seq <> s.seq AND o.reason IS NULL)
        FROM source s LEFT JOIN entry e ON e.key = s.entry
        WHERE s.path = ?1";
    one(db, sql, [PathColumn(path)], |row| {
        let here = |entry| -> Result<Here> {
            let SketchColumn(sketch) = row.get(9)?;
            Ok(Here {
                entry,
                content: row.get(7)?,
                fingerprint: Fingerprint(row.get(8)?),
                sketch,
                governs: row.get(10)?,
                copies: row.get(11)?,
            })
        };
        Ok(Source {
            seq: row.get(0)?,
            stamp: columns::stamp(row, 1)?,
            refused: row.get(5)?,
            here: row.get::<_, Option<Key>>(6)?.map(here).transpose()?,
        })
    })
}

/// The entries that have files below this path.
pub(super) fn below(db: &Connection, path: &Path) -> Result<Vec<Key>> {
    // A "0" follows on a "/"; what is not Unicode is told in order by those
    // who read files.
    let Some(path) = path.to_str() else {
        return Ok(Vec::new());
    };
    let sql = "
        SELECT DISTINCT entry FROM source
        WHERE path > ?1 || '/' AND path < ?1 || '0' AND entry IS NOT NULL ORDER BY entry";
    many(db, sql, [path], |row| row.get(0))
}

/// Adds a file.
pub(super) fn insert(
    db: &Connection,
    path: &Path,
    entry: Option<Key>,
    stamp: Stamp,
    content: Option<[u8; 32]>,
    refused: Option<(Refusal, &str)>,
) -> Result<()> {
    let sql = "
        INSERT INTO source (path, entry, size, modified, changed, inode, content, reason, draft)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)";
    let reason = refused.map(|(_, reason)| reason);
    let draft = refused.is_some_and(|(kind, _)| kind == Refusal::Draft);
    let (size, inode) = (stamp.size.cast_signed(), stamp.inode.cast_signed());
    let (modified, changed) = (stamp.modified, stamp.changed);
    let path = PathColumn(path);
    let values = (
        path, entry, size, modified, changed, inode, content, reason, draft,
    );
    run(db, sql, values)
}

/// Notes that a file of an entry was read again.
pub(super) fn touch(db: &Connection, seq: i64, stamp: Stamp, content: [u8; 32]) -> Result<()> {
    let sql = "
        UPDATE source SET size = ?2, modified = ?3, changed = ?4, inode = ?5, content = ?6,
            reason = NULL, draft = FALSE
        WHERE seq = ?1";
    let (size, inode) = (stamp.size.cast_signed(), stamp.inode.cast_signed());
    let values = (seq, size, stamp.modified, stamp.changed, inode, content);
    run(db, sql, values)
}

/// Notes that a file that stays its entry's cannot be read just now.
pub(super) fn refuse(db: &Connection, seq: i64, stamp: Stamp, reason: &str) -> Result<()> {
    let sql = "
        UPDATE source SET size = ?2, modified = ?3, changed = ?4, inode = ?5, reason = ?6,
            draft = FALSE
        WHERE seq = ?1";
    let (size, inode) = (stamp.size.cast_signed(), stamp.inode.cast_signed());
    let values = (seq, size, stamp.modified, stamp.changed, inode, reason);
    run(db, sql, values)
}

/// Forgets a file.
pub(super) fn delete(db: &Connection, seq: i64) -> Result<()> {
    run(db, "DELETE FROM source WHERE seq = ?1", [seq])
}

/// Gives all files of one entry to another.
pub(super) fn move_all(db: &Connection, from: Key, to: Key) -> Result<()> {
    let sql = "UPDATE source SET entry = ?2 WHERE entry = ?1";
    run(db, sql, [from, to])
}

/// Gives the files of one entry to another, but for this one and those that
/// cannot be read: they follow the one that governs.
pub(super) fn move_copies(db: &Connection, from: Key, but: i64, to: Key) -> Result<()> {
    let sql = "UPDATE source SET entry = ?3 WHERE entry = ?1 AND seq <> ?2 AND reason IS NULL";
    run(db, sql, [from, but, to])
}
