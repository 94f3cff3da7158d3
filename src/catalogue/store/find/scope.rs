//! What of the archive is asked for besides a query: subjects that entries have
//! to be in.

use crate::{
    catalogue::{
        Wanted,
        rules::Key,
        slug,
        store::{
            members::Position,
            query::{many, one},
            subjects, topic_rows,
        },
        subject::Subject,
        topics::{Family, TopicId},
    },
    channel::Scope,
    entry::Topic,
};
use rusqlite::{Connection, Result};

/// The subjects that entries have to be in, all of them, the smallest first; at
/// least one, if it is that of all entries.
#[derive(Debug, Clone)]
pub(super) struct Subjects {
    all: Vec<Subject>,
    /// How many entries the smallest has.
    pub(super) count: usize,
}

impl Subjects {
    /// What is asked for; nothing when it names what is not there.
    pub(super) fn of(db: &Connection, wanted: &Wanted) -> Result<Option<Self>> {
        let named = [
            (Scope::Topic, &wanted.topic),
            (Scope::Speaker, &wanted.speaker),
            (Scope::Folder, &wanted.folder),
        ];
        let mut counted = vec![(count(db, Subject::ALL)?, Subject::ALL)];
        for (scope, name) in named {
            let Some(name) = name else { continue };
            let Some(subject) = called(db, scope, name)? else {
                return Ok(None);
            };
            counted.push((count(db, subject)?, subject));
        }
        // All entries are in the first one as well.
        if counted.len() > 1 {
            counted.remove(0);
        }
        counted.sort_unstable();
        counted.dedup();
        let count = counted.first().map_or(0, |(count, _)| *count);
        let all = counted.into_iter().map(|(_, subject)| subject).collect();
        Ok(Some(Self { all, count }))
    }

    /// How many entries there are in all.
    pub(super) fn of_all(db: &Connection) -> Result<usize> {
        count(db, Subject::ALL)
    }

    /// Whether it is all entries.
    pub(super) fn is_all(&self) -> bool {
        self.all == [Subject::ALL]
    }

    /// Whether they are one alone, so that it has whatever is in it.
    pub(super) fn is_one(&self) -> bool {
        self.all.len() == 1
    }

    /// Whether an entry that is in these subjects is in all of the wanted ones.
    pub(super) fn are_among(&self, subjects: &[Subject]) -> bool {
        self.all.iter().all(|subject| subjects.contains(subject))
    }

    /// Whether an entry that is in the smallest is in the others as well.
    pub(super) fn rest_has(&self, db: &Connection, at: Position) -> Result<bool> {
        all_have(db, &self.all[1..], at)
    }

    /// Those of these entries that are in all the subjects.
    pub(super) fn kept(&self, db: &Connection, found: Vec<Position>) -> Result<Vec<Position>> {
        /// To look for one takes as long as to read four in a row.
        const A_LOOK: usize = 4;
        if self.is_all() {
            return Ok(found);
        }
        let mut kept = Vec::new();
        if found.len().saturating_mul(A_LOOK) < self.count {
            for at in found {
                if all_have(db, &self.all, at)? {
                    kept.push(at);
                }
            }
            return Ok(kept);
        }
        let sql = "SELECT entry FROM member WHERE subject = ?1";
        let mut within: Vec<Key> = many(db, sql, [self.all[0]], |row| row.get(0))?;
        within.sort_unstable();
        for at in found {
            if within.binary_search(&at.entry).is_ok() && self.rest_has(db, at)? {
                kept.push(at);
            }
        }
        Ok(kept)
    }

    /// The entries of the smallest before this place in order, the newest first.
    /// The others may not have them.
    pub(super) fn walk(
        &self,
        db: &Connection,
        before: Position,
        mut each: impl FnMut(Position) -> Result<Step>,
    ) -> Result<Step> {
        let sql = "
            SELECT generation, placed, entry FROM member
            WHERE subject = ?1 AND (generation, placed, entry) < (?2, ?3, ?4)
            ORDER BY generation DESC, placed DESC, entry DESC";
        let mut query = db.prepare_cached(sql)?;
        let values = (self.all[0], before.generation, before.placed, before.entry);
        let mut rows = query.query(values)?;
        while let Some(row) = rows.next()? {
            if each(Position::read(row, 0)?)? == Step::Stop {
                return Ok(Step::Stop);
            }
        }
        Ok(Step::On)
    }
}

/// Whether a walk goes on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Step {
    On,
    Stop,
}

impl Step {
    pub(super) fn on_if(goes_on: bool) -> Self {
        if goes_on { Self::On } else { Self::Stop }
    }
}

fn all_have(db: &Connection, subjects: &[Subject], at: Position) -> Result<bool> {
    let sql = "
        SELECT 1 FROM member
        WHERE subject = ?1 AND generation = ?2 AND placed = ?3 AND entry = ?4";
    for subject in subjects {
        let place = (*subject, at.generation, at.placed, at.entry);
        if one(db, sql, place, |_| Ok(()))?.is_none() {
            return Ok(false);
        }
    }
    Ok(true)
}

/// How many entries a subject has.
fn count(db: &Connection, subject: Subject) -> Result<usize> {
    let sql = "SELECT entries FROM channel WHERE subject = ?1";
    let counted: Option<i64> = one(db, sql, [subject], |row| row.get(0))?;
    // Only a subject with few has no feed.
    let count = if let Some(count) = counted {
        count
    } else {
        let sql = "SELECT count(*) FROM member WHERE subject = ?1";
        one(db, sql, [subject], |row| row.get(0))?.unwrap_or(0)
    };
    Ok(usize::try_from(count).unwrap_or_default())
}

/// The subject that is called so, or has or had its feed in this folder.
fn called(db: &Connection, scope: Scope, name: &str) -> Result<Option<Subject>> {
    let name = name.trim_matches('/');
    let subject = match scope {
        Scope::Topic => topic(db, name)?,
        Scope::Folder => subjects::find(db, scope, name)?,
        _ => subjects::find(db, scope, &Topic::folded(name))?,
    };
    let subject = match subject {
        Some(subject) => Some(subject),
        None => at(db, scope, name)?,
    };
    // What the owner has banned is shown nowhere.
    let sql = "SELECT 1 FROM topic WHERE key = ?1 AND banned";
    if let Some(subject) = subject
        && subject.is_topic()
        && one(db, sql, [subject.key()], |_| Ok(()))?.is_some()
    {
        return Ok(None);
    }
    Ok(subject)
}

/// The topic that has this label, else one that has it for another form.
fn topic(db: &Connection, name: &str) -> Result<Option<Subject>> {
    let form = Topic::folded(name);
    let mut first: Option<TopicId> = None;
    for (family, topic) in topic_rows::of_form(db, &form)? {
        if family == Family::Slug {
            continue;
        }
        if Topic::folded(&topic_rows::topic(db, topic)?.label) == form {
            return Ok(Some(Subject::topic(topic)));
        }
        first = first.or(Some(topic));
    }
    Ok(first.map(Subject::topic))
}

/// The subject of the feed in this folder.
fn at(db: &Connection, scope: Scope, folder: &str) -> Result<Option<Subject>> {
    let sql = "
        SELECT c.subject FROM folder f JOIN channel c ON c.key = f.channel WHERE f.folded = ?1";
    let subject: Option<Subject> = one(db, sql, [slug::without_case(folder)], |row| row.get(0))?;
    Ok(subject.filter(|subject| subject.scope() == scope))
}
