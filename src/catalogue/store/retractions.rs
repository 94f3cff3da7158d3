//! Entries that the owner has taken off the feeds: to feeds they are withdrawn,
//! although they have files.

use super::{
    Catalogue, StoreError,
    apply::Pass,
    columns::TimeColumn,
    place::Touch,
    query::{one, run},
};
use crate::{
    catalogue::{
        EntryDecision, Outcome,
        id::{self, Fingerprint},
        rules::Key,
    },
    entry::EntryId,
};
use jiff::Timestamp;
use rusqlite::Connection;

impl Catalogue {
    /// The entries that are retracted, and since when. The ids that their texts
    /// would get are told as well: a catalogue that is built anew gives those.
    ///
    /// # Errors
    ///
    /// When the database cannot be read.
    pub fn retractions(&self) -> Result<Vec<(EntryId, Timestamp)>, StoreError> {
        let sql = "
            SELECT r.id, r.at, e.fingerprint FROM retraction r LEFT JOIN entry e ON e.id = r.id
            ORDER BY r.at, r.id";
        let rows: Vec<(String, TimeColumn, Option<[u8; 16]>)> =
            self.collect(sql, [], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
        let mut retracted: Vec<(EntryId, Timestamp)> = Vec::new();
        for (known, TimeColumn(at), text) in rows {
            let of_text = text.map(|text| id::entry_id(Fingerprint(text), 1));
            for id in [Some(EntryId(known)), of_text].into_iter().flatten() {
                if retracted.iter().all(|(other, _)| *other != id) {
                    retracted.push((id, at));
                }
            }
        }
        Ok(retracted)
    }
}

impl Pass<'_> {
    /// Makes a decision hold. An entry that is not there is no fault: it may come.
    pub(super) fn decide(&mut self, decision: &EntryDecision) -> rusqlite::Result<Outcome> {
        let mut outcome = Outcome::Unchanged;
        for id in decision.entries() {
            let changed = match decision {
                EntryDecision::Retract { at, .. } => retract(self.db, id, *at)?,
                EntryDecision::Restore { .. } => restore(self.db, id)?,
            };
            if !changed {
                continue;
            }
            outcome = Outcome::Decided;
            let sql = "SELECT key FROM entry WHERE id = ?1";
            let entry: Option<Key> = one(self.db, sql, [&id.0], |row| row.get(0))?;
            if let Some(entry) = entry {
                self.touch(entry, Touch::default());
                self.shown = true;
            }
        }
        Ok(outcome)
    }

    /// Makes an entry with part of another's files be retracted as that is.
    pub(super) fn retract_as(&self, entry: &EntryId, off: &EntryId) -> rusqlite::Result<()> {
        let sql = "INSERT OR IGNORE INTO retraction SELECT ?2, at FROM retraction WHERE id = ?1";
        run(self.db, sql, [&entry.0, &off.0])
    }
}

fn retract(db: &Connection, id: &EntryId, at: Timestamp) -> rusqlite::Result<bool> {
    let sql = "INSERT OR IGNORE INTO retraction VALUES (?1, ?2)";
    let added = db.prepare_cached(sql)?.execute((&id.0, TimeColumn(at)))?;
    Ok(added > 0)
}

fn restore(db: &Connection, id: &EntryId) -> rusqlite::Result<bool> {
    let sql = "DELETE FROM retraction WHERE id = ?1";
    Ok(db.prepare_cached(sql)?.execute([&id.0])? > 0)
}
