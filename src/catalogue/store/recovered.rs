//! Entries and feeds that the catalogue has lost, taken over from what was
//! published.
//!
//! Such an entry stands as one that has just lost its files: an article with its
//! text that turns up in the go is that entry, and when the go ends without one
//! it is withdrawn. Until then nothing is published. Such a feed is claimed by
//! what it is of when that gets a feed.

use super::{
    apply::Pass,
    channels::{self, Channel},
    columns::TimeColumn,
    dues,
    members::{self, Position},
    place::{self, Touch},
    query::{many, one, run},
    rows, subjects, topic_rows,
};
use crate::{
    catalogue::{
        Due, Found, Outcome, Recovered, RecoveredChannel, RecoveredEntry, Written,
        id::{Fingerprint, Identity},
        rules::Key,
        subject::{self, Subject},
    },
    channel::Scope,
    entry::{Digest, Topic},
};
use rusqlite::{Connection, Result};

/// What an entry has for the hash of its file whose file was not read yet.
pub(super) const UNREAD: [u8; 32] = [0; 32];

/// Tables that are there until the go ends.
const TABLES: &str = "
    CREATE TABLE IF NOT EXISTS recovered_entry (
        entry INTEGER PRIMARY KEY, url TEXT, names TEXT NOT NULL
    ) STRICT;
    CREATE TABLE IF NOT EXISTS recovered_channel (
        scope INTEGER NOT NULL, folded TEXT NOT NULL, channel TEXT NOT NULL,
        whole INTEGER NOT NULL
    ) STRICT;
    CREATE TABLE IF NOT EXISTS recovered_part (
        channel INTEGER NOT NULL, page INTEGER NOT NULL, updated INTEGER NOT NULL,
        withdrawn TEXT NOT NULL
    ) STRICT;";

/// What is not needed after that. Feeds without entries go on waiting for one.
const NO_TABLES: &str = "DROP TABLE recovered_entry; DROP TABLE recovered_part;";

/// Meta key: the folders of feeds that nothing has claimed, as a JSON list.
pub(super) const UNCLAIMED: &str = "unclaimed";

/// How far what was taken over is the catalogue's own.
#[derive(Debug, Clone, Copy)]
pub(super) struct Stage {
    /// Whether the go is on in which entries find their files.
    pub(super) is_on: bool,
    /// Whether there may be feeds that nothing has claimed.
    pub(super) keeps_feeds: bool,
}

impl Stage {
    pub(super) fn of(db: &Connection) -> Result<Self> {
        Ok(Self {
            is_on: is_on(db)?,
            keeps_feeds: is_kept(db)?,
        })
    }
}

/// Whether the go is on in which what was taken over finds its files.
pub(super) fn is_on(db: &Connection) -> Result<bool> {
    let sql = "SELECT EXISTS (SELECT 1 FROM sqlite_schema WHERE name = 'recovered_entry')";
    db.prepare_cached(sql)?.query_row([], |row| row.get(0))
}

/// Whether feeds may be kept that nothing has claimed.
pub(super) fn is_kept(db: &Connection) -> Result<bool> {
    let sql = "SELECT EXISTS (SELECT 1 FROM sqlite_schema WHERE name = 'recovered_channel')";
    db.prepare_cached(sql)?.query_row([], |row| row.get(0))
}

/// The feed that is kept for this subject.
pub(super) fn claim(db: &Connection, scope: Scope, name: &str) -> Result<Option<RecoveredChannel>> {
    if !is_kept(db)? {
        return Ok(None);
    }
    let sql = "SELECT channel FROM recovered_channel WHERE scope = ?1 AND folded = ?2 LIMIT 1";
    let kept = one(
        db,
        sql,
        (subject::code(scope), folded(scope, name)),
        |row| row.get::<_, String>(0),
    )?;
    let kept: Option<RecoveredChannel> = kept.and_then(|kept| serde_json::from_str(&kept).ok());
    let Some(kept) = kept else {
        return Ok(None);
    };
    Ok((!channels::is_taken(db, &kept.folder)?).then_some(kept))
}

/// Gives a feed that was just born all that the one had that it claimed.
pub(super) fn hand_over(db: &Connection, channel: &Channel, kept: &RecoveredChannel) -> Result<()> {
    let sql = "DELETE FROM recovered_channel WHERE scope = ?1 AND channel ->> 'folder' = ?2";
    run(
        db,
        sql,
        (subject::code(channel.subject.scope()), &kept.folder),
    )?;
    for folder in &kept.former {
        if !channels::is_taken(db, folder)? {
            channels::take(db, channel.key, folder)?;
        }
    }
    let mut last = Position {
        generation: -1,
        placed: 0,
        entry: 0,
    };
    for (number, newest) in (1_u32..).zip(&kept.pages) {
        let sql = "SELECT generation, placed, key FROM entry WHERE id = ?1";
        let at = one(db, sql, [&newest.0], |row| Position::read(row, 0))?;
        last = match at {
            Some(at) => at,
            // A page from which all was withdrawn ends before any other entry.
            None => Position {
                placed: last.placed + 1,
                entry: 0,
                ..last
            },
        };
        let sql = "INSERT OR IGNORE INTO page VALUES (?1, ?2, ?3, ?4, ?5)";
        let values = (
            channel.key,
            last.generation,
            last.placed,
            last.entry,
            number,
        );
        run(db, sql, values)?;
    }
    let is_on = is_on(db)?;
    for part in kept.parts.iter().filter(|_| is_on) {
        let withdrawn = serde_json::to_string(&part.withdrawn).expect("a list has no maps");
        let sql = "INSERT INTO recovered_part VALUES (?1, ?2, ?3, ?4)";
        let updated = TimeColumn(part.updated);
        run(db, sql, (channel.key, part.page, updated, withdrawn))?;
    }
    for (name, page) in &kept.documents {
        let channel = channel.key;
        let part = dues::part(*page);
        keep(db, name, &Due::Sheet { channel, part })?;
        dues::mark_sheet(db, channel, part)?;
    }
    Ok(())
}

/// Notes that a document lies in the feeds folder, whatever it is like.
fn keep(db: &Connection, name: &str, due: &Due) -> Result<()> {
    let written = Written {
        name: name.to_owned(),
        size: 0,
        modified: 0,
    };
    dues::keep(db, due, &written)
}

fn folded(scope: Scope, name: &str) -> String {
    match scope {
        // Folders are told apart by their paths.
        Scope::Folder => name.to_owned(),
        _ => Topic::folded(name),
    }
}

impl Pass<'_> {
    /// Takes over what is not known.
    pub(super) fn recover(&mut self, recovered: &Recovered) -> Result<Outcome> {
        let is_new = rows::next_entry(self.db)? == 1;
        let mut entries = Vec::new();
        for entry in &recovered.entries {
            let sql = "SELECT 1 FROM entry WHERE id = ?1";
            if one(self.db, sql, [&entry.id.0], |_| Ok(()))?.is_none() {
                entries.push(entry);
            }
        }
        let mut feeds = Vec::new();
        for channel in &recovered.channels {
            let sql = "SELECT 1 FROM channel WHERE id = ?1";
            let is_known = one(self.db, sql, [&channel.id], |_| Ok(()))?.is_some();
            if !is_known && !channels::is_taken(self.db, &channel.folder)? {
                feeds.push(channel);
            }
        }
        if let Some(id) = &recovered.feed {
            rows::keep(self.db, super::settings::FEED_ID, id)?;
        }
        if entries.is_empty() && (feeds.is_empty() || !is_new) {
            return Ok(Outcome::Unchanged);
        }
        self.db.execute_batch(TABLES)?;
        self.recovery.is_on = true;
        self.recovery.keeps_feeds = true;
        self.departed = true;
        for channel in feeds {
            let scope = subject::scope(channel.scope.0);
            let kept = serde_json::to_string(channel).expect("a feed has no maps");
            let sql = "INSERT INTO recovered_channel VALUES (?1, ?2, ?3, ?4)";
            let folded = folded(scope, &channel.name);
            run(self.db, sql, (subject::code(scope), folded, kept, is_new))?;
        }
        let mut nameless = Vec::new();
        for entry in entries {
            let key = self.stand_in(entry)?;
            if entry.slug.is_none() || rows::slug(self.db, key)?.is_none() {
                nameless.push((key, entry));
            }
        }
        rows::set_number(self.db, rows::GENERATION, self.generation)?;
        for (key, entry) in nameless {
            let text = known_by(entry).fingerprint;
            let slug = place::free_slug(self.db, &entry.title, text)?;
            rows::set_slug(self.db, key, &slug)?;
        }
        self.shown = true;
        Ok(Outcome::Decided)
    }

    /// Adds an entry that has no file, newer than all others.
    fn stand_in(&mut self, entry: &RecoveredEntry) -> Result<Key> {
        let sql = "
            INSERT INTO entry (id, generation, published, updated, first_seen, departed,
                content, fingerprint, sketch, slug, placed)
            VALUES (?1, ?2, ?3, ?4, ?5,
                1 + (SELECT coalesce(max(departed), 0) FROM entry WHERE departed IS NOT NULL),
                ?6, ?7, ?8,
                (SELECT ?9 WHERE NOT EXISTS (SELECT 1 FROM entry WHERE slug = ?9)), ?3)";
        let known = known_by(entry);
        let values = (
            &entry.id.0,
            self.generation,
            TimeColumn(entry.published),
            TimeColumn(entry.updated.max(entry.published)),
            TimeColumn(entry.arrived),
            UNREAD,
            known.fingerprint.0,
            known.sketch.to_bytes(),
            &entry.slug,
        );
        run(self.db, sql, values)?;
        self.generation += 1;
        let key = self.db.last_insert_rowid();
        let sql = "INSERT INTO digest (entry, title, digest, body) VALUES (?1, ?2, '{}', '')";
        run(self.db, sql, (key, &entry.title))?;
        let names = serde_json::to_string(&entry.names).expect("a list of texts has no maps");
        let sql = "INSERT INTO recovered_entry VALUES (?1, ?2, ?3)";
        run(self.db, sql, (key, &entry.url, names))?;
        if let (None, Some(slug)) = (&entry.url, &entry.slug) {
            // So that it goes with the entry, should that be withdrawn.
            keep(self.db, &format!("entries/{slug}.html"), &Due::Entry(key))?;
        }
        self.touch(key, Touch::default());
        Ok(key)
    }

    /// Gives an entry that was taken over what its file says, which is what it
    /// said before: it has its dates.
    pub(super) fn take_over(
        &mut self,
        entry: Key,
        found: &Found,
        identity: &Identity,
    ) -> Result<()> {
        let old = rows::entry(self.db, entry)?;
        let dates = old.dates.stated(&found.digest);
        let topics = self.topics.of(entry, &found.digest, &old.topics)?;
        let columns = super::columns::DigestColumns::of(&found.digest);
        rows::rewrite(self.db, entry, dates, identity, &columns, &topics)?;
        self.rewritten(entry, &found.digest, &topics)?;
        self.shown = true;
        Ok(())
    }

    /// Entries that were taken over and edited since, by what tells them apart
    /// besides their text: the orphan and the new entry with the same address,
    /// or, where the text is too short to be compared or was not published, with
    /// the same headline.
    pub(super) fn pairs_of_recovered(&self) -> Result<Vec<(Key, Key)>> {
        let mut pairs: Vec<(Key, Key)> = Vec::new();
        // Of each kind only what is told of one orphan and one new entry.
        let by_url = "
            SELECT r.entry, e.key FROM recovered_entry r
            JOIN entry o ON o.key = r.entry AND o.departed IS NOT NULL AND o.content = ?1
            JOIN member m ON m.subject = 0 AND m.generation = ?2
            JOIN entry e ON e.key = m.entry AND e.departed IS NULL
            JOIN digest d ON d.entry = e.key AND d.digest ->> 'url' = r.url
            ORDER BY r.entry, e.key";
        let by_title = "
            SELECT r.entry, e.key FROM recovered_entry r
            JOIN entry o ON o.key = r.entry AND o.departed IS NOT NULL AND o.content = ?1
            JOIN digest t ON t.entry = o.key
            JOIN member m ON m.subject = 0 AND m.generation = ?2
            JOIN entry e ON e.key = m.entry AND e.departed IS NULL
            JOIN digest d ON d.entry = e.key AND d.title = t.title
            WHERE min(length(o.sketch), length(e.sketch)) < 32
            ORDER BY r.entry, e.key";
        for sql in [by_url, by_title] {
            let found: Vec<(Key, Key)> = many(self.db, sql, (UNREAD, self.generation), |row| {
                Ok((row.get(0)?, row.get(1)?))
            })?;
            for (old, new) in &found {
                let rival = |(o, n): &&(Key, Key)| o == old || n == new;
                let taken = pairs.iter().any(|(o, n)| o == old || n == new);
                if !taken && found.iter().filter(rival).count() == 1 {
                    pairs.push((*old, *new));
                }
            }
        }
        Ok(pairs)
    }

    /// Makes sure that what feeds were kept for is looked at, however few
    /// entries it has.
    pub(super) fn call_claimants(&self) -> Result<()> {
        let sql = "SELECT channel FROM recovered_channel ORDER BY rowid";
        let kept: Vec<String> = many(self.db, sql, [], |row| row.get(0))?;
        for kept in kept {
            let Ok(kept) = serde_json::from_str::<RecoveredChannel>(&kept) else {
                continue;
            };
            if let Some(subject) = self.claimant(&kept)?
                && channels::key_of(self.db, subject)?.is_none()
                && members::has(self.db, subject, 1)?
            {
                members::grow(self.db, subject, 0)?;
            }
        }
        Ok(())
    }

    fn claimant(&self, kept: &RecoveredChannel) -> Result<Option<Subject>> {
        let scope = subject::scope(kept.scope.0);
        let name = folded(scope, &kept.name);
        if scope != Scope::Topic {
            return match scope {
                Scope::Search => subjects::find(self.db, scope, &kept.name),
                _ => subjects::find(self.db, scope, &name),
            };
        }
        for (_, topic) in topic_rows::of_form(self.db, &name)? {
            if topic_rows::topic(self.db, topic)?.label == kept.name {
                return Ok(Some(Subject::topic(topic)));
            }
        }
        Ok(None)
    }

    /// Ends the recovery: what nothing claimed is noted, and stays on the disk
    /// as it is.
    pub(super) fn end_recovery(&mut self) -> Result<()> {
        if !self.recovery.is_on {
            return Ok(());
        }
        self.keep_folders()?;
        self.order_births()?;
        self.bury_withdrawn()?;
        let sql = "SELECT channel ->> 'folder' FROM recovered_channel WHERE whole ORDER BY rowid";
        let left: Vec<String> = many(self.db, sql, [], |row| row.get(0))?;
        let left = serde_json::to_string(&left).expect("a list of texts has no maps");
        rows::set(self.db, UNCLAIMED, &left)?;
        self.db.execute_batch(NO_TABLES)?;
        if left == "[]" {
            self.db.execute_batch("DROP TABLE recovered_channel")?;
            self.recovery.keeps_feeds = false;
        }
        self.recovery.is_on = false;
        Ok(())
    }
}

/// What the text of an entry is known by.
fn known_by(entry: &RecoveredEntry) -> Identity {
    let mut digest = Digest {
        title: entry.title.clone(),
        ..Digest::default()
    };
    digest.body.plain = entry.text.clone().unwrap_or_default();
    let mut identity = Identity::of(&digest, UNREAD);
    // Where only the digest is published, the text that the id was made of is
    // all that is known: that of an article which was never edited.
    if entry.text.is_none()
        && let Some(text) = Fingerprint::of_id(&entry.id)
    {
        identity.fingerprint = text;
    }
    identity
}
