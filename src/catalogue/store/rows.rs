//! The statements about entries that applying records is made of, one a
//! function.

use super::{
    columns::{DigestColumns, PathColumn, SketchColumn, TimeColumn},
    query::{many, one, run},
    topic_rows::TopicsColumn,
};
use crate::{
    catalogue::{
        id::{self, Fingerprint, Identity},
        rules::{Dates, Departed, Key, Standing},
    },
    entry::{Digest, EntryId},
};
use jiff::Timestamp;
use rusqlite::{Connection, Result, Row, ToSql, types::FromSql};
use std::path::Path;

/// Meta key: how often what feeds show has changed.
pub(super) const REVISION: &str = "revision";

/// Meta key: the generation that entries arriving now belong to.
pub(super) const GENERATION: &str = "generation";

/// How many of the entries that lost their files last are compared with a new
/// text, but for those that were taken over from feeds. It bounds what a mass deletion costs every later arrival, to some
/// 50 microseconds; a folder that is moved untouched needs no comparison.
pub(super) const RECENT: i64 = 256;

/// The entries with this text or from these bytes.
pub(super) fn twins(db: &Connection, found: &Identity) -> Result<Vec<(Standing, Key)>> {
    let sql = "
        SELECT key, departed IS NOT NULL, withdrawn IS NOT NULL FROM entry WHERE fingerprint = ?1
        UNION ALL
        SELECT key, departed IS NOT NULL, withdrawn IS NOT NULL FROM entry WHERE content = ?2";
    many(db, sql, (found.fingerprint.0, found.content), |row| {
        let standing = match (row.get(1)?, row.get(2)?) {
            (_, true) => Standing::Withdrawn,
            (true, false) => Standing::Orphaned,
            (false, false) => Standing::Live,
        };
        Ok((standing, row.get(0)?))
    })
}

/// The generation of an entry.
pub(super) fn generation(db: &Connection, key: Key) -> Result<i64> {
    let sql = "SELECT generation FROM entry WHERE key = ?1";
    db.prepare_cached(sql)?.query_row([key], |row| row.get(0))
}

/// Whether any entry was overwritten lately, and whether any has lost its files:
/// most often none, and then there is nothing to compare with.
pub(super) fn traces(db: &Connection) -> Result<(bool, bool)> {
    let sql = "
        SELECT EXISTS (SELECT 1 FROM former),
            EXISTS (SELECT 1 FROM entry WHERE departed IS NOT NULL)";
    let mut query = db.prepare_cached(sql)?;
    query.query_row([], |row| Ok((row.get(0)?, row.get(1)?)))
}

/// The entries that lost their last files lately, and those that lost one here.
pub(super) fn departed(db: &Connection, path: &Path) -> Result<Vec<Departed>> {
    let sql = "
        SELECT key, sketch, last_path IS ?1 FROM (
            SELECT key, sketch, last_path FROM entry
            WHERE departed IS NOT NULL AND content <> zeroblob(32)
            ORDER BY departed DESC LIMIT ?2)
        UNION ALL
        SELECT key, sketch, 1 FROM (
            SELECT key, sketch FROM entry
            WHERE departed IS NOT NULL AND last_path = ?1 ORDER BY departed DESC LIMIT ?2)";
    many(db, sql, (PathColumn(path), RECENT), |row| {
        let SketchColumn(sketch) = row.get(1)?;
        Ok(Departed {
            entry: row.get(0)?,
            sketch,
            was_here: row.get(2)?,
        })
    })
}

/// The key that the entry added next will have: rows are never removed.
pub(super) fn next_entry(db: &Connection) -> Result<Key> {
    let sql = "SELECT coalesce(max(key), 0) + 1 FROM entry";
    db.prepare_cached(sql)?.query_row([], |row| row.get(0))
}

/// What there is to know of a new entry.
pub(super) struct NewEntry<'a> {
    pub(super) generation: i64,
    pub(super) dates: Dates,
    pub(super) first_seen: Timestamp,
    pub(super) identity: &'a Identity,
    pub(super) digest: &'a DigestColumns,
    pub(super) topics: &'a TopicsColumn,
    pub(super) slug: &'a str,
}

/// Adds an entry, which gets the first id for its text that no entry has.
pub(super) fn insert_entry(db: &Connection, new: &NewEntry<'_>) -> Result<(Key, EntryId)> {
    let sql = "
        INSERT INTO entry (id, generation, published, updated, first_seen,
            content, fingerprint, sketch, topics, slug, placed)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?3)
        ON CONFLICT (id) DO NOTHING";
    let mut insert = db.prepare_cached(sql)?;
    let sketch = new.identity.sketch.to_bytes();
    let mut nth = 1;
    let id = loop {
        let id = id::entry_id(new.identity.fingerprint, nth);
        let added = insert.execute((
            &id.0,
            new.generation,
            TimeColumn(new.dates.published),
            TimeColumn(new.dates.updated),
            TimeColumn(new.first_seen),
            new.identity.content,
            new.identity.fingerprint.0,
            &sketch,
            new.topics,
            new.slug,
        ))?;
        if added > 0 {
            break id;
        }
        nth += 1;
    };
    let key = db.last_insert_rowid();
    let sql = "INSERT INTO digest (entry, title, digest, body) VALUES (?1, ?2, ?3, ?4)";
    let json = new.digest.summed(new.dates);
    let DigestColumns { title, body, .. } = new.digest;
    db.prepare_cached(sql)?.execute((key, title, json, body))?;
    Ok((key, id))
}

/// An entry as it stands.
pub(super) struct EntryRow {
    pub(super) id: EntryId,
    pub(super) first_seen: Timestamp,
    pub(super) dates: Dates,
    pub(super) identity: Identity,
    pub(super) digest: DigestColumns,
    pub(super) topics: TopicsColumn,
}

/// The entry with this key.
pub(super) fn entry(db: &Connection, key: Key) -> Result<EntryRow> {
    let sql = "
        SELECT published, updated, content, fingerprint, sketch, title, digest, body,
            id, first_seen, topics
        FROM entry JOIN digest ON digest.entry = entry.key WHERE key = ?1";
    db.prepare_cached(sql)?.query_row([key], |row| {
        let (dates, identity, digest) = text(row)?;
        let TimeColumn(first_seen) = row.get(9)?;
        Ok(EntryRow {
            id: EntryId(row.get(8)?),
            first_seen,
            dates,
            identity,
            digest,
            topics: row.get(10)?,
        })
    })
}

/// The first eight columns of an entry or a former one.
pub(super) fn text(row: &Row<'_>) -> Result<(Dates, Identity, DigestColumns)> {
    let (TimeColumn(published), TimeColumn(updated)) = (row.get(0)?, row.get(1)?);
    let SketchColumn(sketch) = row.get(4)?;
    let identity = Identity {
        content: row.get(2)?,
        fingerprint: Fingerprint(row.get(3)?),
        sketch,
    };
    let dates = Dates { published, updated };
    Ok((dates, identity, DigestColumns::read(row, 5)?))
}

/// The first entry after this one, and its digest.
pub(super) fn next_digest(db: &Connection, after: Key) -> Result<Option<(Key, Digest)>> {
    let sql =
        "SELECT entry, title, digest, body FROM digest WHERE entry > ?1 ORDER BY entry LIMIT 1";
    one(db, sql, [after], |row| {
        Ok((row.get(0)?, DigestColumns::read(row, 1)?.into_digest()?))
    })
}

/// The first entry after this one, its title and the identity of its text.
pub(super) fn next_title(
    db: &Connection,
    after: Key,
) -> Result<Option<(Key, String, Fingerprint)>> {
    let sql = "
        SELECT key, title, fingerprint FROM entry JOIN digest ON digest.entry = entry.key
        WHERE key > ?1 ORDER BY key LIMIT 1";
    one(db, sql, [after], |row| {
        Ok((row.get(0)?, row.get(1)?, Fingerprint(row.get(2)?)))
    })
}

/// The slug of an entry.
pub(super) fn slug(db: &Connection, key: Key) -> Result<Option<String>> {
    let sql = "SELECT slug FROM entry WHERE key = ?1";
    db.prepare_cached(sql)?.query_row([key], |row| row.get(0))
}

/// Notes the slug of an entry.
pub(super) fn set_slug(db: &Connection, key: Key, slug: &str) -> Result<()> {
    run(db, "UPDATE entry SET slug = ?2 WHERE key = ?1", (key, slug))
}

/// Notes which topics an entry has.
pub(super) fn set_topics(db: &Connection, key: Key, topics: &TopicsColumn) -> Result<()> {
    let sql = "UPDATE entry SET topics = ?2 WHERE key = ?1";
    run(db, sql, (key, topics))
}

/// The id of the entry with this key.
pub(super) fn entry_id(db: &Connection, key: Key) -> Result<EntryId> {
    let sql = "SELECT id FROM entry WHERE key = ?1";
    db.prepare_cached(sql)?
        .query_row([key], |row| row.get(0).map(EntryId))
}

/// Gives an entry another digest and dates.
pub(super) fn rewrite(
    db: &Connection,
    key: Key,
    dates: Dates,
    identity: &Identity,
    digest: &DigestColumns,
    topics: &TopicsColumn,
) -> Result<()> {
    let sql = "
        UPDATE entry SET published = ?2, updated = ?3, content = ?4, fingerprint = ?5, sketch = ?6,
            topics = ?7
        WHERE key = ?1";
    db.prepare_cached(sql)?.execute((
        key,
        TimeColumn(dates.published),
        TimeColumn(dates.updated),
        identity.content,
        identity.fingerprint.0,
        identity.sketch.to_bytes(),
        topics,
    ))?;
    let sql = "UPDATE digest SET title = ?2, digest = ?3, body = ?4 WHERE entry = ?1";
    let json = digest.summed(dates);
    let DigestColumns { title, body, .. } = digest;
    run(db, sql, (key, title, json, body))
}

/// Whether an entry is shown.
pub(super) fn standing(db: &Connection, key: Key) -> Result<Standing> {
    let sql = "SELECT departed IS NOT NULL, withdrawn IS NOT NULL FROM entry WHERE key = ?1";
    let mut query = db.prepare_cached(sql)?;
    query.query_row([key], |row| {
        Ok(match (row.get(0)?, row.get(1)?) {
            (_, true) => Standing::Withdrawn,
            (true, false) => Standing::Orphaned,
            (false, false) => Standing::Live,
        })
    })
}

/// Notes that an entry has lost its last file, here, if it has.
pub(super) fn depart(db: &Connection, key: Key, path: &Path) -> Result<()> {
    let sql = "
        UPDATE entry SET last_path = ?2,
            departed = 1 + (SELECT coalesce(max(departed), 0) FROM entry WHERE departed IS NOT NULL)
        WHERE key = ?1 AND NOT EXISTS (SELECT 1 FROM source WHERE entry = ?1)";
    run(db, sql, (key, PathColumn(path)))
}

/// Notes that an entry has a file again.
pub(super) fn revive(db: &Connection, key: Key) -> Result<()> {
    let sql = "
        UPDATE entry SET departed = NULL, withdrawn = NULL, last_path = NULL
        WHERE key = ?1 AND departed IS NOT NULL";
    run(db, sql, [key])
}

/// Takes an entry without files out of the feeds.
pub(super) fn withdraw(db: &Connection, key: Key, at: Timestamp) -> Result<()> {
    let sql = "UPDATE entry SET withdrawn = ?2 WHERE key = ?1";
    run(db, sql, (key, TimeColumn(at)))
}

/// Takes an entry out of the feeds that has lost its files to another.
pub(super) fn lose(db: &Connection, key: Key, at: Timestamp) -> Result<()> {
    let sql = "
        UPDATE entry SET withdrawn = ?2,
            departed = 1 + (SELECT coalesce(max(departed), 0) FROM entry WHERE departed IS NOT NULL)
        WHERE key = ?1";
    run(db, sql, (key, TimeColumn(at)))
}

/// The entries that lost their files since the last end, oldest first.
pub(super) fn orphans(db: &Connection) -> Result<Vec<Key>> {
    // The plus keeps SQLite from walking all entries to save the sorting.
    let sql = "
        SELECT key FROM entry WHERE departed IS NOT NULL AND withdrawn IS NULL ORDER BY +key";
    many(db, sql, [], |row| row.get(0))
}

/// What is kept under this key.
pub(super) fn meta<T: FromSql>(db: &Connection, key: &str) -> Result<Option<T>> {
    let sql = "SELECT value FROM meta WHERE key = ?1";
    one(db, sql, [key], |row| row.get(0))
}

/// The number that is kept under this key, 0 at first.
pub(super) fn number(db: &Connection, key: &str) -> Result<i64> {
    Ok(meta(db, key)?.unwrap_or(0))
}

/// Keeps a number under this key.
pub(super) fn set_number(db: &Connection, key: &str, value: i64) -> Result<()> {
    set(db, key, value)
}

/// Keeps a value under this key.
pub(super) fn set(db: &Connection, key: &str, value: impl ToSql) -> Result<()> {
    let sql = "INSERT INTO meta VALUES (?1, ?2) ON CONFLICT DO UPDATE SET value = excluded.value";
    run(db, sql, (key, value))
}

/// Keeps a text under this key, unless there is one; returns what is kept.
pub(super) fn keep(db: &Connection, key: &str, value: &str) -> Result<String> {
    run(
        db,
        "INSERT OR IGNORE INTO meta VALUES (?1, ?2)",
        [key, value],
    )?;
    Ok(meta(db, key)?.unwrap_or_else(|| value.to_owned()))
}
