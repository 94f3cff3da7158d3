//! Puts entries where they belong: which subjects are they in, and which parts
//! of feeds show something else because of it?

use super::{
    apply::Pass,
    channels,
    columns::{PathColumn, TimeColumn},
    dues,
    members::{self, Position, SubjectsColumn},
    pages,
    query::{many, one, run},
    reading, rows,
    said::Said,
    subjects,
    topic_rows::TopicsColumn,
};
use crate::{
    catalogue::{
        Due, TopicId, id::Fingerprint, rules::Key, search::Searched, slug, subject::Subject,
    },
    channel::Scope,
    entry::{Digest, Topic},
};
use jiff::Timestamp;
use rusqlite::{Connection, Result};
use std::path::{Path, PathBuf};

/// What happened to an entry that may make it belong elsewhere.
#[derive(Debug, Default)]
pub(super) struct Touch {
    /// Feeds show it otherwise.
    pub(super) changed: bool,
    /// It got its text, for the first time or another one.
    pub(super) rewritten: bool,
    /// Other settings hold.
    pub(super) anew: bool,
    /// What it says, where that is at hand.
    pub(super) said: Option<Said>,
}

/// An entry as it was put somewhere before.
struct Placed {
    position: Position,
    published: i64,
    withdrawn: Option<Timestamp>,
    topics: TopicsColumn,
    subjects: Vec<Subject>,
    speaker: Option<Subject>,
    version: i64,
    revised: i64,
}

/// Where an entry belongs.
#[derive(Default)]
struct Belongs {
    subjects: Vec<Subject>,
    /// The subject of who said its lead quotation.
    speaker: Option<Subject>,
}

impl Pass<'_> {
    /// Notes that something has happened to an entry.
    pub(super) fn touch(&mut self, entry: Key, touch: Touch) {
        let noted = self.touched.entry(entry).or_default();
        noted.changed |= touch.changed;
        noted.rewritten |= touch.rewritten;
        if touch.said.is_some() {
            noted.said = touch.said;
        }
    }

    /// Notes that an entry got this digest, with these topics.
    pub(super) fn rewritten(
        &mut self,
        entry: Key,
        digest: &Digest,
        topics: &TopicsColumn,
    ) -> Result<()> {
        let touch = Touch {
            changed: true,
            rewritten: true,
            said: Some(Said::of(self.db, digest, topics)?),
            ..Touch::default()
        };
        self.touch(entry, touch);
        Ok(())
    }

    /// Puts the entries where they belong to which something has happened.
    pub(super) fn place_touched(&mut self) -> Result<()> {
        while let Some((entry, touch)) = self.touched.pop_first() {
            self.place(entry, touch)?;
        }
        Ok(())
    }

    /// Puts an entry where it belongs.
    pub(super) fn place(&mut self, entry: Key, touch: Touch) -> Result<()> {
        let before = placed(self.db, entry)?;
        let mut position = before.position;
        // Within a generation that is still open, its date decides.
        if position.generation == self.generation {
            position.placed = before.published;
        }
        let mut touch = touch;
        let now = if before.withdrawn.is_some() {
            self.unsearch(entry)?;
            Belongs::default()
        } else {
            self.belongs(entry, &before, &mut touch)?
        };
        let stays = position == before.position;
        let goes = |subject: &&Subject| !stays || !now.subjects.contains(subject);
        for subject in before.subjects.iter().filter(goes) {
            self.take_out(*subject, &before)?;
        }
        if before.subjects.is_empty() {
            for (subject, at) in members::unbury(self.db, entry)? {
                self.mark(subject, at)?;
            }
        }
        let comes = |subject: &&Subject| !stays || !before.subjects.contains(subject);
        for subject in now.subjects.iter().filter(comes) {
            self.put_in(*subject, position)?;
        }
        let changed = touch.changed || is_shown_otherwise(&before, &now);
        if changed {
            for subject in now.subjects.iter().filter(|subject| !comes(subject)) {
                self.mark(*subject, position)?;
            }
        }
        if changed || before.subjects.is_empty() != now.subjects.is_empty() {
            dues::mark(self.db, &Due::Entry(entry))?;
        }
        let revised = if touch.rewritten {
            self.open_round()?
        } else {
            before.revised
        };
        let version = before.version + i64::from(changed);
        let sql = "
            UPDATE entry SET placed = ?2, version = ?3, revised = ?4, speaker = ?5, subjects = ?6
            WHERE key = ?1";
        let subjects = SubjectsColumn(now.subjects);
        let values = (
            entry,
            position.placed,
            version,
            revised,
            now.speaker,
            subjects,
        );
        run(self.db, sql, values)
    }

    fn take_out(&mut self, subject: Subject, before: &Placed) -> Result<()> {
        members::remove(self.db, subject, before.position)?;
        if let Some(at) = before.withdrawn
            && let Some(page) = self.mark(subject, before.position)?
        {
            members::bury(self.db, subject, before.position, at)?;
            self.buried.insert((subject, page));
        } else {
            self.mark(subject, before.position)?;
        }
        Ok(())
    }

    fn put_in(&mut self, subject: Subject, at: Position) -> Result<()> {
        members::add(self.db, subject, at)?;
        // Most topics are new ones, which have no feed and no other entry.
        let is_topic = subject.scope() == Scope::Topic && self.min_articles() > 1;
        if is_topic && self.topics.is_new(TopicId(subject.key())) {
            return Ok(());
        }
        if let Some(page) = self.mark(subject, at)? {
            return members::grow(self.db, subject, page);
        }
        if members::has(self.db, subject, self.min_articles())?
            || self.recovery.keeps_feeds && channels::is_claimed(self.db, subject)?
        {
            return members::grow(self.db, subject, 0);
        }
        Ok(())
    }

    /// Notes that the part of a subject's feed is due that a position is in.
    /// Tells which, as a page, if the subject has a feed.
    pub(super) fn mark(&self, subject: Subject, at: Position) -> Result<Option<u32>> {
        let Some(channel) = channels::key_of(self.db, subject)? else {
            return Ok(None);
        };
        let part = pages::part_of(self.db, channel, at)?;
        dues::mark_sheet(self.db, channel, part)?;
        Ok(Some(dues::page(part)))
    }

    pub(super) fn min_articles(&self) -> i64 {
        i64::try_from(self.settings.min_articles.max(1)).unwrap_or(i64::MAX)
    }

    /// Where an entry that is shown belongs.
    fn belongs(&mut self, entry: Key, before: &Placed, touch: &mut Touch) -> Result<Belongs> {
        let said = if let Some(said) = touch.said.take() {
            said
        } else {
            let digest = rows::entry(self.db, entry)?.digest.into_digest()?;
            Said::of(self.db, &digest, &before.topics)?
        };
        let mut now = vec![Subject::ALL];
        let topics = said.topics.iter().take(self.settings.max_topics);
        now.extend(topics.map(|topic| Subject::topic(*topic)));
        let mut speaker = None;
        for name in &said.speakers {
            let key = Topic::folded(name);
            let subject = subjects::find_or_add(self.db, Scope::Speaker, &key, name)?;
            if said.lead.as_ref() == Some(name) {
                speaker = Some(subject);
            }
            if !now.contains(&subject) {
                now.push(subject);
            }
        }
        let of = |subjects: &[Subject], scope| -> Vec<Subject> {
            let of = subjects.iter().filter(|subject| subject.scope() == scope);
            of.copied().collect()
        };
        let had = of(&before.subjects, Scope::Folder);
        let mut names = Vec::new();
        let folders = match folders(self.db, entry)? {
            // Its files may turn up elsewhere until the go ends.
            None => {
                for folder in &had {
                    names.push(subjects::label(self.db, *folder)?);
                }
                had.clone()
            }
            Some(paths) => {
                let mut folders = Vec::with_capacity(paths.len());
                for path in &paths {
                    folders.push(subjects::find_or_add(self.db, Scope::Folder, path, path)?);
                }
                names = paths;
                folders
            }
        };
        let fresh = touch.changed || touch.anew || before.subjects.is_empty() || folders != had;
        now.extend(folders);
        let searches = if fresh {
            self.searches(entry, &names)?
        } else {
            of(&before.subjects, Scope::Search)
        };
        now.extend(searches);
        Ok(Belongs {
            subjects: now,
            speaker,
        })
    }

    /// The searches that find an entry, which may be found by something else
    /// than before.
    fn searches(&mut self, entry: Key, folders: &[String]) -> Result<Vec<Subject>> {
        let mut found = Vec::new();
        // Where nobody searches, the index would only cost.
        if !self.settings.is_indexed() {
            return Ok(found);
        }
        let mut shown = reading::entry(self.db, entry, self.settings.max_topics)?;
        // Those behind stand by for banned ones.
        shown.digest.topics.truncate(self.settings.max_topics);
        let searched = Searched::new(&shown, folders);
        for asked in &self.settings.searches {
            if asked.query.finds(&searched) {
                let name = &asked.name;
                let subject = subjects::find_or_add(self.db, Scope::Search, name, name)?;
                if !found.contains(&subject) {
                    found.push(subject);
                }
            }
        }
        self.unindexed.index(self.db, entry, searched)?;
        Ok(found)
    }

    fn unsearch(&mut self, entry: Key) -> Result<()> {
        if !self.settings.is_indexed() {
            return Ok(());
        }
        self.unindexed.unindex(self.db, entry)
    }
}

/// Whether feeds show an entry with other topics or another speaker.
fn is_shown_otherwise(before: &Placed, now: &Belongs) -> bool {
    if before.subjects.is_empty() || now.subjects.is_empty() {
        return false;
    }
    let shown = |subjects: &[Subject]| -> Vec<Subject> {
        let shown = subjects.iter().filter(|subject| subject.is_shown());
        shown.copied().collect()
    };
    before.speaker != now.speaker || shown(&before.subjects) != shown(&now.subjects)
}

fn placed(db: &Connection, entry: Key) -> Result<Placed> {
    let sql = "
        SELECT generation, placed, key, published, coalesce(withdrawn, at), topics, subjects,
            speaker, version, revised
        FROM entry LEFT JOIN retraction USING (id) WHERE key = ?1";
    let mut query = db.prepare_cached(sql)?;
    query.query_row([entry], |row| {
        let SubjectsColumn(subjects) = row.get(6)?;
        let withdrawn: Option<TimeColumn> = row.get(4)?;
        Ok(Placed {
            position: Position::read(row, 0)?,
            published: row.get(3)?,
            withdrawn: withdrawn.map(|TimeColumn(at)| at),
            topics: row.get(5)?,
            subjects,
            speaker: row.get(7)?,
            version: row.get(8)?,
            revised: row.get(9)?,
        })
    })
}

/// The folders that the files of an entry are in, and those above; nothing when
/// it has no file. What is in a file that holds articles is in that one's
/// folder.
pub(super) fn folders(db: &Connection, entry: Key) -> Result<Option<Vec<String>>> {
    let sql = "SELECT path FROM source WHERE entry = ?1 ORDER BY seq";
    let paths: Vec<PathBuf> = many(db, sql, [entry], |row| {
        let PathColumn(path) = row.get(0)?;
        Ok(path)
    })?;
    if paths.is_empty() {
        return Ok(None);
    }
    let mut folders: Vec<String> = Vec::new();
    for path in &paths {
        let above: Vec<&Path> = path.ancestors().skip(1).collect();
        for folder in above.into_iter().rev() {
            let parts = folder.iter().map(|part| part.to_string_lossy());
            let name = parts.collect::<Vec<_>>().join("/");
            if name.is_empty() || folders.contains(&name) {
                continue;
            }
            let sql = "SELECT 1 FROM source WHERE path = ?1";
            if one(db, sql, [PathColumn(folder)], |_| Ok(()))?.is_some() {
                break;
            }
            folders.push(name);
        }
    }
    Ok(Some(folders))
}

/// The slug of a new entry. Of those with one title, all but the first have
/// part of their text's identity in theirs.
pub(super) fn free_slug(db: &Connection, title: &str, text: Fingerprint) -> Result<String> {
    let slug::Slug(slug) = slug::of_title(title);
    let is_free = |slug: &str| -> Result<bool> {
        let taken = one(
            db,
            "SELECT 1 FROM entry WHERE slug = ?1",
            [slug],
            |_| Ok(()),
        )?;
        Ok(taken.is_none() && !slug::is_reserved(slug))
    };
    if is_free(&slug)? {
        return Ok(slug);
    }
    let [a, b, c, d, ..] = text.0;
    let long = format!("{slug}_{:08x}", u32::from_be_bytes([a, b, c, d]));
    let mut free = long.clone();
    let mut nth = 1;
    while !is_free(&free)? {
        nth += 1;
        free = format!("{long}_{nth}");
    }
    Ok(free)
}
