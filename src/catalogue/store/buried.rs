//! Withdrawals that feeds tell of which were taken over from the disk.

use super::{
    apply::Pass,
    columns::TimeColumn,
    dues,
    members::{self, Position},
    pages::{self, Stretch},
    query::{many, one, run},
    recovered::UNREAD,
};
use crate::{
    catalogue::{id::Fingerprint, rules::Key, subject::Subject},
    entry::EntryId,
};
use jiff::Timestamp;
use rusqlite::Result;

/// The id of what was withdrawn, where a feed shows only that something was: by
/// its date, which must not go back.
const SOMETHING: &str = "tag:feedwright.invalid,2026:withdrawn";

/// A part of a feed, and what the feed told of it.
struct Told {
    channel: i64,
    subject: Subject,
    page: u32,
    updated: Timestamp,
    withdrawn: Vec<(EntryId, Timestamp)>,
}

impl Pass<'_> {
    /// Notes what was withdrawn from feeds before they were taken over.
    pub(super) fn bury_withdrawn(&self) -> Result<()> {
        let sql = "
            SELECT r.channel, c.subject, r.page, r.updated, r.withdrawn
            FROM recovered_part r JOIN channel c ON c.key = r.channel ORDER BY r.rowid";
        let parts = many(self.db, sql, [], |row| {
            let withdrawn: String = row.get(4)?;
            let TimeColumn(updated) = row.get(3)?;
            Ok(Told {
                channel: row.get(0)?,
                subject: row.get(1)?,
                page: row.get(2)?,
                updated,
                withdrawn: serde_json::from_str(&withdrawn).unwrap_or_default(),
            })
        })?;
        for part in parts {
            self.bury(&part)?;
        }
        Ok(())
    }

    fn bury(&self, told: &Told) -> Result<()> {
        let part = dues::part(told.page);
        let Some(stretch) = pages::stretch(self.db, told.channel, part)? else {
            return Ok(());
        };
        let mut withdrawn = told.withdrawn.clone();
        if withdrawn.is_empty() {
            if self.newest_change(told.subject, stretch)? >= told.updated {
                return Ok(());
            }
            withdrawn.push((EntryId(SOMETHING.to_owned()), told.updated));
        }
        for (id, when) in withdrawn {
            let entry = self.withdrawn_entry(&id, when)?;
            // Anywhere in the part: it has no place of its own any more.
            let at = Position {
                generation: stretch.upto.generation.min(self.generation),
                placed: stretch.upto.placed,
                entry: stretch.upto.entry.min(entry),
            };
            let sql = "INSERT OR IGNORE INTO deleted VALUES (?1, ?2, ?3, ?4, ?5)";
            let when = TimeColumn(when);
            let values = (told.subject, at.generation, at.placed, entry, when);
            if at.entry == entry {
                run(self.db, sql, values)?;
            }
        }
        Ok(())
    }

    /// When an entry of a stretch changed last.
    fn newest_change(&self, subject: Subject, stretch: Stretch) -> Result<Timestamp> {
        let mut newest = Timestamp::UNIX_EPOCH;
        for listed in pages::listed(self.db, subject, stretch, -1, self.round)? {
            let sql = "SELECT max(published, updated) FROM entry WHERE key = ?1";
            let updated = one(self.db, sql, [listed.key], |row| {
                let TimeColumn(updated) = row.get(0)?;
                Ok(updated)
            })?;
            newest = newest.max(updated.unwrap_or_default());
        }
        Ok(newest)
    }

    /// The entry with this id; one that was withdrawn at this time, if there is
    /// none.
    fn withdrawn_entry(&self, id: &EntryId, at: Timestamp) -> Result<Key> {
        let find = || {
            one(
                self.db,
                "SELECT key FROM entry WHERE id = ?1",
                [&id.0],
                |row| row.get(0),
            )
        };
        if let Some(known) = find()? {
            return Ok(known);
        }
        // Before all others, so that it is in the part whatever that ends with.
        let sql = "
            INSERT INTO entry (key, id, generation, published, updated, first_seen, departed,
                withdrawn, content, fingerprint, sketch, placed)
            VALUES ((SELECT min(0, coalesce(min(key), 0)) - 1 FROM entry),
                ?1, -1, ?2, ?2, ?2, 0, ?2, ?3, ?4, x'', ?2)";
        let Fingerprint(text) = Fingerprint::of_id(id).unwrap_or(Fingerprint([0; 16]));
        run(self.db, sql, (&id.0, TimeColumn(at), UNREAD, text))?;
        let key = self.db.last_insert_rowid();
        let sql = "INSERT INTO digest (entry, title, digest, body) VALUES (?1, '', '{}', '')";
        run(self.db, sql, [key])?;
        members::position(self.db, key).map(|at| at.entry)
    }
}
