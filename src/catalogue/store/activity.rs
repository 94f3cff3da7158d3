//! What the archive is about, in lists: topics, speakers, folders and languages,
//! how many entries each has, and when those came.

use super::{
    members::{self, Position},
    query::{many, one},
};
use crate::{
    catalogue::{
        rules::Key,
        subject::{self, Subject},
    },
    channel::Scope,
};
use jiff::Timestamp;
use rusqlite::{Connection, Result};

/// How many weeks of activity are told: half a year.
pub const WEEKS: usize = 26;

/// A list has no more subjects at once than this, whatever is asked for.
const LONGEST: usize = 500;

/// Up to how many entries subjects without a feed are listed as well. In a larger
/// archive most of those are phrases that one article has, and nobody would get
/// to the end of the list.
const SMALL: i64 = 1_000;

/// Subjects, those with many entries first.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SubjectList {
    /// How many there are, listed here or not.
    pub total: usize,
    /// Some of them, in order.
    pub subjects: Vec<ListedSubject>,
}

/// A topic, speaker, folder or search, and how much there is of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListedSubject {
    /// What it is called.
    pub label: String,
    /// The folder of its feed in the feeds folder, if it has one.
    pub feed: Option<String>,
    /// How many entries it has.
    pub entries: usize,
    /// When its newest entry was published.
    pub newest: Timestamp,
    /// How many entries it has of each of the last weeks, the present one last.
    /// Weeks begin on Mondays (UTC).
    pub weeks: [u32; WEEKS],
}

/// The subjects of a scope after the first so many, as it stands at this time.
pub(super) fn list(
    db: &Connection,
    scope: Scope,
    now: Timestamp,
    skip: usize,
    limit: usize,
) -> Result<SubjectList> {
    let sql = "SELECT count(*) FROM (SELECT 1 FROM member WHERE subject = 0 LIMIT ?1)";
    let entries: i64 = one(db, sql, [SMALL + 1], |row| row.get(0))?.unwrap_or_default();
    // Topics have a table of their own.
    let labels = match scope {
        Scope::Topic => "topic l ON l.key = s.subject >> 3 AND NOT l.banned",
        _ => "subject l ON l.key = s.subject >> 3",
    };
    let counted = if entries <= SMALL {
        "(SELECT subject, count(*) AS entries FROM member GROUP BY subject)"
    } else {
        "channel"
    };
    let from = format!("FROM {counted} s JOIN {labels} WHERE s.subject & 7 = ?1 AND s.entries > 0");
    let code = subject::code(scope);
    let sql = format!("SELECT count(*) {from}");
    let total: i64 = one(db, &sql, [code], |row| row.get(0))?.unwrap_or_default();
    let sql = format!(
        "SELECT s.subject, l.label, s.entries {from}
         ORDER BY s.entries DESC, l.label, s.subject LIMIT ?2 OFFSET ?3"
    );
    let number = |number: usize| i64::try_from(number).unwrap_or(i64::MAX);
    let page = (code, number(limit.min(LONGEST)), number(skip));
    let rows: Vec<(Subject, String, i64)> = many(db, &sql, page, |row| {
        Ok((row.get(0)?, row.get(1)?, row.get(2)?))
    })?;
    let mut subjects = Vec::with_capacity(rows.len());
    for (subject, label, entries) in rows {
        let feed = "SELECT folder FROM channel WHERE subject = ?1";
        let feed = one(db, feed, [subject], |row| row.get(0))?;
        subjects.push(ListedSubject {
            label,
            entries: usize::try_from(entries).unwrap_or_default(),
            newest: newest(db, subject)?,
            weeks: weeks(db, subject, feed.is_some(), now)?,
            feed,
        });
    }
    Ok(SubjectList {
        total: usize::try_from(total).unwrap_or_default(),
        subjects,
    })
}

/// How many entries there are of each of the last weeks, in all.
pub(super) fn of_all(db: &Connection, now: Timestamp) -> Result<[u32; WEEKS]> {
    weeks(db, Subject::ALL, true, now)
}

fn newest(db: &Connection, subject: Subject) -> Result<Timestamp> {
    let sql = "
        SELECT e.published FROM member m CROSS JOIN entry e ON e.key = m.entry
        WHERE m.subject = ?1
        ORDER BY m.generation DESC, m.placed DESC, m.entry DESC LIMIT 1";
    let published: Option<i64> = one(db, sql, [subject], |row| row.get(0))?;
    let published = published.and_then(|at| Timestamp::from_microsecond(at).ok());
    Ok(published.unwrap_or_default())
}

fn weeks(
    db: &Connection,
    subject: Subject,
    is_tallied: bool,
    now: Timestamp,
) -> Result<[u32; WEEKS]> {
    let present = week(now.as_microsecond());
    let first = present + 1 - i64::try_from(WEEKS).unwrap_or(i64::MAX);
    let counted: Vec<(i64, u32)> = if is_tallied {
        let sql = "SELECT week, entries FROM tally WHERE subject = ?1 AND week BETWEEN ?2 AND ?3";
        many(db, sql, (subject, first, present), |row| {
            Ok((row.get(0)?, row.get(1)?))
        })?
    } else {
        let sql = "SELECT placed FROM member WHERE subject = ?1";
        many(db, sql, [subject], |row| Ok((week(row.get(0)?), 1)))?
    };
    let mut weeks = [0; WEEKS];
    for (week, entries) in counted {
        let at = usize::try_from(week - first).ok();
        if let Some(count) = at.and_then(|at| weeks.get_mut(at)) {
            *count += entries;
        }
    }
    Ok(weeks)
}

/// The week of a time in microseconds, as the table `tally` counts them.
fn week(at: i64) -> i64 {
    const DAY: i64 = 86_400_000_000;
    // The first of January 1970 was a Thursday.
    (at + 3 * DAY).div_euclid(7 * DAY)
}

/// The languages of entries as BCP 47 tags in lower case, and how many entries
/// are in each, those with many first.
pub(super) fn languages(db: &Connection) -> Result<Vec<(String, usize)>> {
    let sql = "
        SELECT language, count(*) FROM search_entry WHERE language IS NOT NULL
        GROUP BY language ORDER BY 2 DESC, 1 LIMIT ?1";
    let limit = i64::try_from(LONGEST).unwrap_or(i64::MAX);
    many(db, sql, [limit], |row| {
        let count: i64 = row.get(1)?;
        Ok((row.get(0)?, usize::try_from(count).unwrap_or_default()))
    })
}

/// The entries beside one in the order of feeds: the next newer and the next
/// older one.
pub(super) fn beside(db: &Connection, key: Key) -> Result<(Option<Key>, Option<Key>)> {
    let Position {
        generation,
        placed,
        entry,
    } = members::position(db, key)?;
    let at = (generation, placed, entry);
    let newer = "
        SELECT entry FROM member
        WHERE subject = 0 AND (generation, placed, entry) > (?1, ?2, ?3)
        ORDER BY generation, placed, entry LIMIT 1";
    let older = "
        SELECT entry FROM member
        WHERE subject = 0 AND (generation, placed, entry) < (?1, ?2, ?3)
        ORDER BY generation DESC, placed DESC, entry DESC LIMIT 1";
    Ok((
        one(db, newer, at, |row| row.get(0))?,
        one(db, older, at, |row| row.get(0))?,
    ))
}
