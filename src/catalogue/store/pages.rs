//! Archive pages: closed when the current part of a feed is full, and then
//! bounds in the order of entries.

use super::{
    channels::Channel,
    dues,
    members::{self, Position},
    query::{many, one, run},
};
use crate::{
    catalogue::{Due, rules::Key, subject::Subject},
    channel::{Deleted, Listed, Part},
    entry::EntryId,
};
use rusqlite::{Connection, Result};

/// A stretch of the order: after the one, up to and with the other.
#[derive(Debug, Clone, Copy)]
pub(super) struct Stretch {
    pub(super) after: Position,
    pub(super) upto: Position,
}

/// A part holds no more withdrawn entries than this: readers that have not
/// looked for longer than it takes to withdraw so many find them gone anyway.
const DELETED: i64 = 100;

/// The last page of a feed and its newest position; page 0 when there is none.
pub(super) fn last(db: &Connection, channel: i64) -> Result<(u32, Position)> {
    let sql = "
        SELECT number, generation, placed, entry FROM page
        WHERE channel = ?1 ORDER BY number DESC LIMIT 1";
    let last = one(db, sql, [channel], |row| {
        Ok((row.get(0)?, Position::read(row, 1)?))
    })?;
    Ok(last.unwrap_or((0, Position::FIRST)))
}

/// The part of a feed that a position is in.
pub(super) fn part_of(db: &Connection, channel: i64, at: Position) -> Result<Part> {
    let sql = "
        SELECT number FROM page
        WHERE channel = ?1 AND (generation, placed, entry) >= (?2, ?3, ?4)
        ORDER BY generation, placed, entry LIMIT 1";
    let values = (channel, at.generation, at.placed, at.entry);
    let number = one(db, sql, values, |row| row.get(0))?;
    Ok(dues::part(number.unwrap_or(0)))
}

/// Where a part of a feed is in the order, if there is such a part.
pub(super) fn stretch(db: &Connection, channel: i64, part: Part) -> Result<Option<Stretch>> {
    let Part::Archive(page) = part else {
        let (_, after) = last(db, channel)?;
        let upto = Position::LAST;
        return Ok(Some(Stretch { after, upto }));
    };
    let sql = "SELECT generation, placed, entry FROM page WHERE channel = ?1 AND number = ?2";
    let bound = |number: u32| one(db, sql, (channel, number), |row| Position::read(row, 0));
    let Some(upto) = bound(page)? else {
        return Ok(None);
    };
    let after = bound(page - 1)?.unwrap_or(Position::FIRST);
    Ok(Some(Stretch { after, upto }))
}

/// The entries of a stretch, the newest first: key, version, and the round of
/// the text.
pub(super) fn listed(
    db: &Connection,
    subject: Subject,
    Stretch { after, upto }: Stretch,
    limit: i64,
    round: i64,
) -> Result<Vec<Listed>> {
    let sql = "
        SELECT m.entry, e.version, e.revised
        FROM member m CROSS JOIN entry e ON e.key = m.entry
        WHERE m.subject = ?1
            AND (m.generation, m.placed, m.entry) > (?2, ?3, ?4)
            AND (m.generation, m.placed, m.entry) <= (?5, ?6, ?7)
        ORDER BY m.generation DESC, m.placed DESC, m.entry DESC LIMIT ?8";
    let mut query = db.prepare_cached(sql)?;
    let values = (
        subject,
        after.generation,
        after.placed,
        after.entry,
        upto.generation,
        upto.placed,
        upto.entry,
        limit,
    );
    let row = |row: &rusqlite::Row<'_>| {
        Ok(Listed {
            key: row.get(0)?,
            version: version(row.get(1)?, row.get(2)?, round),
        })
    };
    query.query_map(values, row)?.collect()
}

/// An entry as sheets list it.
pub(super) fn listed_one(db: &Connection, key: Key, round: i64) -> Result<Listed> {
    let sql = "SELECT version, revised FROM entry WHERE key = ?1";
    db.prepare_cached(sql)?.query_row([key], |row| {
        Ok(Listed {
            key,
            version: version(row.get(0)?, row.get(1)?, round),
        })
    })
}

/// The version that readers of sheets are told. When the round ends in which an
/// entry got its text, it may be given the folders of feeds that are born then:
/// that is another version, which no row has to be written for.
pub(super) fn version(version: i64, revised: i64, round: i64) -> i64 {
    2 * version + i64::from(revised != round)
}

/// The entries that were withdrawn from a stretch, the last ones first.
pub(super) fn deleted(
    db: &Connection,
    subject: Subject,
    Stretch { after, upto }: Stretch,
) -> Result<Vec<Deleted>> {
    let sql = "
        SELECT e.id, d.at FROM deleted d CROSS JOIN entry e ON e.key = d.entry
        WHERE d.subject = ?1
            AND (d.generation, d.placed, d.entry) > (?2, ?3, ?4)
            AND (d.generation, d.placed, d.entry) <= (?5, ?6, ?7)
        ORDER BY d.at DESC, d.entry DESC LIMIT ?8";
    let mut query = db.prepare_cached(sql)?;
    let values = (
        subject,
        after.generation,
        after.placed,
        after.entry,
        upto.generation,
        upto.placed,
        upto.entry,
        DELETED,
    );
    let row = |row: &rusqlite::Row<'_>| {
        let super::columns::TimeColumn(at) = row.get(1)?;
        Ok(Deleted {
            id: EntryId(row.get(0)?),
            at,
        })
    };
    query.query_map(values, row)?.collect()
}

/// Forgets those that were withdrawn from a part before the last hundred.
pub(super) fn trim(db: &Connection, channel: &Channel, part: Part) -> Result<()> {
    let Some(Stretch { after, upto }) = stretch(db, channel.key, part)? else {
        return Ok(());
    };
    let sql = "
        DELETE FROM deleted WHERE subject = ?1 AND (generation, placed, entry) IN (
            SELECT generation, placed, entry FROM deleted
            WHERE subject = ?1
                AND (generation, placed, entry) > (?2, ?3, ?4)
                AND (generation, placed, entry) <= (?5, ?6, ?7)
            ORDER BY at DESC, entry DESC LIMIT -1 OFFSET ?8)";
    let values = (
        channel.subject,
        after.generation,
        after.placed,
        after.entry,
        upto.generation,
        upto.placed,
        upto.entry,
        DELETED,
    );
    run(db, sql, values)
}

/// Closes pages until the current part holds no more than `max` entries. Those
/// of the generation that is still open, into which others may come, stay.
pub(super) fn close(
    db: &Connection,
    channel: &Channel,
    max: usize,
    open_generation: i64,
) -> Result<()> {
    let max = max.max(1);
    let half = max.div_ceil(2);
    let (before, after) = last(db, channel.key)?;
    let after = (channel.subject, after.generation, after.placed, after.entry);
    let sql = "
        SELECT count(*) FROM member
        WHERE subject = ?1 AND (generation, placed, entry) > (?2, ?3, ?4)";
    let mut query = db.prepare_cached(sql)?;
    let count: i64 = query.query_row(after, |row| row.get(0))?;
    let count = usize::try_from(count).unwrap_or_default();
    if count <= max {
        return Ok(());
    }
    let pages = (count - max).div_ceil(half);
    let sql = "
        SELECT generation, placed, entry FROM member
        WHERE subject = ?1 AND (generation, placed, entry) > (?2, ?3, ?4)
        ORDER BY generation, placed, entry";
    let mut query = db.prepare_cached(sql)?;
    let mut rows = query.query(after)?;
    let (mut number, mut taken) = (before, 0);
    while let Some(row) = rows.next()? {
        let at = Position::read(row, 0)?;
        if taken == pages * half {
            break;
        }
        if at.generation >= open_generation {
            // To be looked at again when that generation ends.
            members::grow(db, channel.subject, 0)?;
            break;
        }
        taken += 1;
        if taken % half == 0 {
            number += 1;
            let sql = "INSERT INTO page VALUES (?1, ?2, ?3, ?4, ?5)";
            let values = (channel.key, at.generation, at.placed, at.entry, number);
            run(db, sql, values)?;
            dues::mark_sheet(db, channel.key, Part::Archive(number))?;
        }
    }
    if number > before {
        // The page after the newest one, which that names, and the current part.
        dues::mark_sheet(db, channel.key, Part::Archive(number + 1))?;
        dues::mark_sheet(db, channel.key, Part::Current)?;
    }
    Ok(())
}

/// Whether a page that has got entries from elsewhere has become too large:
/// another topic's, say, that was merged into this one.
pub(super) fn is_crowded(
    db: &Connection,
    channel: &Channel,
    page: u32,
    max: usize,
) -> Result<bool> {
    let Some(Stretch { after, upto }) = stretch(db, channel.key, dues::part(page))? else {
        return Ok(false);
    };
    let sql = "
        SELECT count(*) FROM member WHERE subject = ?1
            AND (generation, placed, entry) > (?2, ?3, ?4)
            AND (generation, placed, entry) <= (?5, ?6, ?7)";
    let mut query = db.prepare_cached(sql)?;
    let values = (
        channel.subject,
        after.generation,
        after.placed,
        after.entry,
        upto.generation,
        upto.placed,
        upto.entry,
    );
    let count: i64 = query.query_row(values, |row| row.get(0))?;
    Ok(usize::try_from(count).unwrap_or_default() > max.max(1))
}

/// Makes all pages of a feed anew, when one has become too large.
pub(super) fn cut_anew(
    db: &Connection,
    channel: &Channel,
    max: usize,
    open_generation: i64,
) -> Result<()> {
    let (before, _) = last(db, channel.key)?;
    run(db, "DELETE FROM page WHERE channel = ?1", [channel.key])?;
    close(db, channel, max, open_generation)?;
    let (now, _) = last(db, channel.key)?;
    dues::mark_sheet(db, channel.key, Part::Current)?;
    // The one after the last is there without entries.
    let gone = if now == 0 { 1 } else { now + 2 };
    for page in gone..=before + 1 {
        dues::mark(db, &Due::Gone(folder(&channel.folder, page)))?;
    }
    Ok(())
}

/// The folder of the archive of a feed.
pub(super) fn archive(channel: &str) -> String {
    if channel.is_empty() {
        "archive".to_owned()
    } else {
        format!("{channel}/archive")
    }
}

/// The folder of an archive page of a feed.
fn folder(channel: &str, page: u32) -> String {
    format!("{}/{page}", archive(channel))
}

/// Makes all parts of a feed due.
pub(super) fn mark_all(db: &Connection, channel: i64) -> Result<()> {
    dues::mark_sheet(db, channel, Part::Current)?;
    let (last, _) = last(db, channel)?;
    if last > 0 {
        for page in 1..=last + 1 {
            dues::mark_sheet(db, channel, Part::Archive(page))?;
        }
    }
    Ok(())
}

/// Forgets the pages of a feed that has other entries from now on; their
/// documents go.
pub(super) fn begin_anew(db: &Connection, channel: &Channel) -> Result<()> {
    if last(db, channel.key)?.0 > 0 {
        dues::mark(db, &Due::Gone(archive(&channel.folder)))?;
        forget(db, channel.key)?;
    }
    dues::mark_sheet(db, channel.key, Part::Current)
}

/// Forgets the pages of a feed.
pub(super) fn forget(db: &Connection, channel: i64) -> Result<()> {
    run(db, "DELETE FROM page WHERE channel = ?1", [channel])
}

/// The keys and subjects of the entries that got their text in this round.
pub(super) fn revised(
    db: &Connection,
    round: i64,
    mut each: impl FnMut(Key, Vec<Subject>) -> Result<()>,
) -> Result<()> {
    let sql = "SELECT key, subjects FROM entry WHERE revised = ?1 ORDER BY key";
    let mut query = db.prepare_cached(sql)?;
    let mut rows = query.query([round])?;
    while let Some(row) = rows.next()? {
        let super::members::SubjectsColumn(subjects) = row.get(1)?;
        each(row.get(0)?, subjects)?;
    }
    Ok(())
}

/// The first entries of a subject, the newest first.
pub(super) fn newest(db: &Connection, limit: i64, round: i64) -> Result<Vec<Listed>> {
    let all = Stretch {
        after: Position::FIRST,
        upto: Position::LAST,
    };
    listed(db, Subject::ALL, all, limit, round)
}

/// The generation of the newest entry that is shown.
pub(super) fn newest_generation(db: &Connection) -> Result<Option<i64>> {
    let sql = "
        SELECT generation FROM member WHERE subject = 0 ORDER BY generation DESC LIMIT 1";
    one(db, sql, [], |row| row.get(0))
}

/// Every feed's key and subject.
pub(super) fn channels(db: &Connection) -> Result<Vec<(i64, Subject)>> {
    let sql = "SELECT key, subject FROM channel ORDER BY key";
    many(db, sql, [], |row| Ok((row.get(0)?, row.get(1)?)))
}
