//! Feeds: how they are born, where they stand, how they move and end.

use super::{
    dues, pages,
    query::{many, one, run},
    recovered, subjects, topic_rows,
};
use crate::{
    catalogue::{Due, Slug, TopicId, slug, subject::Subject},
    channel::{self, Scope},
    entry::Topic,
};
use rusqlite::{Connection, Result, Row};

/// A feed as it stands.
#[derive(Debug, Clone)]
pub(super) struct Channel {
    pub(super) key: i64,
    pub(super) subject: Subject,
    pub(super) id: String,
    pub(super) folder: String,
}

fn row(row: &Row<'_>) -> Result<Channel> {
    Ok(Channel {
        key: row.get(0)?,
        subject: row.get(1)?,
        id: row.get(2)?,
        folder: row.get(3)?,
    })
}

/// The feed of a subject, if it has one.
pub(super) fn of(db: &Connection, subject: Subject) -> Result<Option<Channel>> {
    let sql = "SELECT key, subject, id, folder FROM channel WHERE subject = ?1";
    one(db, sql, [subject], row)
}

/// The key of the feed of a subject, if it has one.
pub(super) fn key_of(db: &Connection, subject: Subject) -> Result<Option<i64>> {
    one(
        db,
        "SELECT key FROM channel WHERE subject = ?1",
        [subject],
        |row| row.get(0),
    )
}

/// The folder of the feed of a subject, if it had one in this round.
pub(super) fn folder_of(db: &Connection, subject: Subject, round: i64) -> Result<Option<String>> {
    let sql = "SELECT folder FROM channel WHERE subject = ?1 AND born <= ?2";
    one(db, sql, (subject, round), |row| row.get(0))
}

/// The feed with this key, as others see it.
pub(super) fn shown(db: &Connection, key: i64) -> Result<Option<(Subject, channel::Channel)>> {
    let sql = "SELECT key, subject, id, folder FROM channel WHERE key = ?1";
    let Some(found) = one(db, sql, [key], row)? else {
        return Ok(None);
    };
    Ok(Some((found.subject, with_name(db, found)?)))
}

/// All feeds, by scope and name. That of a banned topic is not told of.
pub(super) fn list(db: &Connection) -> Result<Vec<channel::Channel>> {
    let sql = "
        SELECT c.key, c.subject, c.id, c.folder FROM channel c
        WHERE NOT EXISTS (SELECT 1 FROM topic t
            WHERE c.subject & 7 = 1 AND t.key = c.subject >> 3 AND t.banned)";
    let found: Vec<Channel> = many(db, sql, [], row)?;
    let channels = found.into_iter().map(|found| with_name(db, found));
    let mut channels: Vec<channel::Channel> = channels.collect::<Result<_>>()?;
    channels.sort_by_cached_key(|channel| {
        let (name, folder) = (channel.name.clone(), channel.folder.clone());
        (channel.scope, Topic::folded(&name), name, folder)
    });
    Ok(channels)
}

fn with_name(db: &Connection, found: Channel) -> Result<channel::Channel> {
    let sql = "SELECT folder FROM folder WHERE channel = ?1 AND folder <> ?2 ORDER BY key";
    let former = many(db, sql, (found.key, &found.folder), |row| row.get(0))?;
    Ok(channel::Channel {
        id: found.id,
        scope: found.subject.scope(),
        name: name(db, found.subject)?,
        folder: found.folder,
        former,
    })
}

/// What a subject is called.
fn name(db: &Connection, subject: Subject) -> Result<String> {
    match subject.scope() {
        Scope::All => Ok(String::new()),
        Scope::Topic => Ok(topic_rows::topic(db, TopicId(subject.key()))?.label),
        Scope::Speaker | Scope::Folder | Scope::Search => subjects::label(db, subject),
    }
}

/// Gives a subject its feed, whose id begins with `root`, that of all entries.
pub(super) fn give_birth(
    db: &Connection,
    subject: Subject,
    root: &str,
    born: i64,
) -> Result<Channel> {
    let name = name(db, subject)?;
    let claimed = recovered::claim(db, subject.scope(), &name)?;
    let (folder, id) = if let Some(kept) = &claimed {
        (kept.folder.clone(), kept.id.clone())
    } else {
        let folder = place(db, subject)?;
        let id = if folder.is_empty() {
            root.to_owned()
        } else {
            format!("{root}/{folder}")
        };
        (folder, id)
    };
    let sql = "INSERT INTO channel (subject, id, folder, born) VALUES (?1, ?2, ?3, ?4)";
    run(db, sql, (subject, &id, &folder, born))?;
    let channel = Channel {
        key: db.last_insert_rowid(),
        subject,
        id,
        folder,
    };
    take(db, channel.key, &channel.folder)?;
    dues::mark_sheet(db, channel.key, channel::Part::Current)?;
    dues::mark(db, &Due::Lists)?;
    if let Some(kept) = &claimed {
        recovered::hand_over(db, &channel, kept)?;
    }
    Ok(channel)
}

/// Whether a feed that lies on the disk is kept for this subject.
pub(super) fn is_claimed(db: &Connection, subject: Subject) -> Result<bool> {
    let kept = recovered::claim(db, subject.scope(), &name(db, subject)?)?;
    Ok(kept.is_some())
}

/// Whether a feed has or had this folder.
pub(super) fn is_taken(db: &Connection, folder: &str) -> Result<bool> {
    let sql = "SELECT 1 FROM folder WHERE folded = ?1";
    Ok(one(db, sql, [slug::without_case(folder)], |_| Ok(()))?.is_some())
}

/// The folder for the feed of a subject that has none.
fn place(db: &Connection, subject: Subject) -> Result<String> {
    let base = subject.scope().folder();
    match subject.scope() {
        Scope::All => Ok(String::new()),
        Scope::Topic => {
            let topic = topic_rows::topic(db, TopicId(subject.key()))?;
            let label = Topic::folded(&topic.label);
            // The slug may be what the owner called it before.
            let slug = (!topic.settled).then_some(topic.slug);
            free(db, base, &label, slug, None)
        }
        Scope::Speaker | Scope::Search => {
            let label = Topic::folded(&subjects::label(db, subject)?);
            free(db, base, &label, None, None)
        }
        Scope::Folder => {
            let path = subjects::label(db, subject)?;
            let Some((above, last)) = path.rsplit_once('/') else {
                return free(db, base, &Topic::folded(&path), None, None);
            };
            let last = Topic::folded(last);
            // What is in a folder is in the one above it, so that has a feed.
            let above = match subjects::find(db, Scope::Folder, above)? {
                Some(above) => of(db, above)?,
                None => None,
            };
            let above = above.map_or_else(|| base.to_owned(), |above| above.folder);
            free(db, &above, &last, None, None)
        }
    }
}

/// A folder in this one for what is called so, which no other feed has or had;
/// `first` is its slug if that is free.
fn free(
    db: &Connection,
    base: &str,
    label: &str,
    mut first: Option<Slug>,
    own: Option<i64>,
) -> Result<String> {
    let mut nth = 1;
    loop {
        let slug = first.take().unwrap_or_else(|| {
            let slug = slug::slug(label, nth);
            nth += 1;
            slug
        });
        let folder = format!("{base}/{slug}");
        // The archive pages of the feed above stand there.
        let clashes = slug.0 == "archive" && base.starts_with(Scope::Folder.folder());
        if clashes || slug::is_reserved(&slug.0) {
            continue;
        }
        let sql = "SELECT channel FROM folder WHERE folded = ?1";
        let taken: Option<i64> = one(db, sql, [slug::without_case(&folder)], |row| row.get(0))?;
        if taken.is_none() || taken == own {
            return Ok(folder);
        }
    }
}

/// Notes that a feed has its folder.
pub(super) fn take(db: &Connection, channel: i64, folder: &str) -> Result<()> {
    let sql = "INSERT OR IGNORE INTO folder (folded, folder, channel) VALUES (?1, ?2, ?3)";
    run(db, sql, (slug::without_case(folder), folder, channel))
}

/// Moves a feed to where one of this name belongs. It is there under its former
/// folder as well, so that nobody who has subscribed loses it.
pub(super) fn rename(db: &Connection, channel: &Channel, name: &str) -> Result<()> {
    let base = channel.subject.scope().folder();
    let folder = free(db, base, &Topic::folded(name), None, Some(channel.key))?;
    move_to(db, channel, folder)
}

fn move_to(db: &Connection, channel: &Channel, folder: String) -> Result<()> {
    if folder != channel.folder {
        leave_archive(db, channel)?;
        let sql = "UPDATE channel SET folder = ?2 WHERE key = ?1";
        run(db, sql, (channel.key, &folder))?;
        let moved = Channel {
            folder,
            ..channel.clone()
        };
        take(db, moved.key, &moved.folder)?;
    }
    changed(db, channel.key)
}

/// Notes that a feed is called otherwise, or stands elsewhere as well.
pub(super) fn changed(db: &Connection, channel: i64) -> Result<()> {
    pages::mark_all(db, channel)?;
    dues::mark(db, &Due::Lists)
}

/// Notes that the archive pages of a feed go from where they are: nothing leads
/// there any more, and what is withdrawn later must not stay there.
fn leave_archive(db: &Connection, channel: &Channel) -> Result<()> {
    if pages::last(db, channel.key)?.0 > 0 {
        dues::mark(db, &Due::Gone(pages::archive(&channel.folder)))?;
    }
    Ok(())
}

/// Makes the feed of one subject that of another, which is the same from now
/// on: as a former folder if that has a feed already.
pub(super) fn merge(db: &Connection, from: Subject, into: Subject) -> Result<()> {
    let Some(old) = of(db, from)? else {
        return Ok(());
    };
    let sql = "UPDATE OR IGNORE deleted SET subject = ?2 WHERE subject = ?1";
    run(db, sql, (from, into))?;
    run(db, "DELETE FROM deleted WHERE subject = ?1", [from])?;
    let Some(new) = of(db, into)? else {
        let sql = "UPDATE channel SET subject = ?2 WHERE key = ?1";
        run(db, sql, (old.key, into))?;
        let moved = Channel {
            subject: into,
            ..old
        };
        let (base, label, first) = match into.scope() {
            Scope::Topic => {
                let topic = topic_rows::topic(db, TopicId(into.key()))?;
                ("topics", topic.label, Some(topic.slug))
            }
            scope => (scope.folder(), subjects::label(db, into)?, None),
        };
        let label = Topic::folded(&label);
        let folder = free(db, base, &label, first, Some(moved.key))?;
        return move_to(db, &moved, folder);
    };
    leave_archive(db, &old)?;
    let sql = "UPDATE folder SET channel = ?2 WHERE channel = ?1";
    run(db, sql, (old.key, new.key))?;
    forget(db, &old)?;
    changed(db, new.key)
}

/// Ends a feed: its documents go.
pub(super) fn end(db: &Connection, channel: &Channel) -> Result<()> {
    let sql = "DELETE FROM folder WHERE channel = ?1 RETURNING folder";
    let folders: Vec<String> = many(db, sql, [channel.key], |row| row.get(0))?;
    for folder in folders {
        dues::mark(db, &Due::Gone(folder))?;
    }
    let sql = "DELETE FROM deleted WHERE subject = ?1";
    run(db, sql, [channel.subject])?;
    forget(db, channel)?;
    dues::mark(db, &Due::Lists)
}

fn forget(db: &Connection, channel: &Channel) -> Result<()> {
    pages::forget(db, channel.key)?;
    dues::clear_channel(db, channel.key)?;
    run(db, "DELETE FROM channel WHERE key = ?1", [channel.key])
}
