//! The end of a go: what was moved is found, what is gone is withdrawn.

use super::{
    apply::Pass, columns::SketchColumn, former, pages, place::Touch, query::many, rows, sources,
};
use crate::{
    catalogue::{
        Outcome,
        id::Sketch,
        rules::{self, Key},
    },
    entry::EntryId,
};
use jiff::Timestamp;
use rusqlite::{Connection, Result, Row};

impl Pass<'_> {
    pub(super) fn end(&mut self, at: Timestamp) -> Result<Outcome> {
        let moved = self.pair(at)?;
        let orphans = rows::orphans(self.db)?;
        // Before entries are withdrawn: one that came and went has arrived, too.
        if pages::newest_generation(self.db)? == Some(self.generation) {
            self.generation += 1;
            rows::set_number(self.db, rows::GENERATION, self.generation)?;
        }
        let mut withdrawn = Vec::with_capacity(orphans.len());
        for entry in orphans {
            rows::withdraw(self.db, entry, at)?;
            self.touch(entry, Touch::default());
            withdrawn.push(rows::entry_id(self.db, entry)?);
            self.shown = true;
        }
        former::end(self.db, at)?;
        Ok(Outcome::Ended { moved, withdrawn })
    }

    /// Finds the entries that were moved and edited at once, new path told
    /// first, and gives them what their new files say.
    fn pair(&mut self, at: Timestamp) -> Result<Vec<(EntryId, EntryId)>> {
        let mut orphans = recent_orphans(self.db, self.recovery.is_on)?;
        if orphans.is_empty() {
            return Ok(Vec::new());
        }
        let mut added = arrivals(self.db, self.generation, self.recovery.is_on)?;
        let mut pairs = Vec::new();
        if self.recovery.is_on {
            pairs = self.pairs_of_recovered()?;
            orphans.retain(|(orphan, _)| pairs.iter().all(|(one, _)| one != orphan));
            added.retain(|(added, _)| pairs.iter().all(|(_, one)| one != added));
        }
        pairs.extend(rules::pair(&orphans, &added));
        let mut moved = Vec::new();
        for (orphan, added) in pairs {
            let new = rows::entry(self.db, added)?;
            sources::move_all(self.db, added, orphan)?;
            rows::revive(self.db, orphan)?;
            self.revise(orphan, &new.digest.into_digest()?, &new.identity, false, at)?;
            rows::lose(self.db, added, at)?;
            for entry in [orphan, added] {
                self.touch(entry, Touch::default());
            }
            self.departed = true;
            self.shown = true;
            moved.push((new.id, rows::entry_id(self.db, orphan)?));
        }
        Ok(moved)
    }
}

/// The latest orphans with their texts, as many as are compared.
fn recent_orphans(db: &Connection, many_more: bool) -> Result<Vec<(Key, Sketch)>> {
    let sql = "
        SELECT key, sketch FROM entry WHERE departed IS NOT NULL AND withdrawn IS NULL
        ORDER BY departed DESC LIMIT ?1";
    many(db, sql, [compared(many_more)], keyed_sketch)
}

/// The latest entries of a generation with their texts, as many as are
/// compared.
fn arrivals(db: &Connection, generation: i64, many_more: bool) -> Result<Vec<(Key, Sketch)>> {
    let sql = "
        SELECT e.key, e.sketch FROM member m CROSS JOIN entry e ON e.key = m.entry
        WHERE m.subject = 0 AND m.generation = ?1 AND e.departed IS NULL
        ORDER BY m.entry DESC LIMIT ?2";
    many(db, sql, (generation, compared(many_more)), keyed_sketch)
}

/// How many are compared with as many: sixteen times more after a recovery,
/// which is a second or two, once.
fn compared(many_more: bool) -> i64 {
    if many_more {
        16 * rows::RECENT
    } else {
        rows::RECENT
    }
}

fn keyed_sketch(row: &Row<'_>) -> Result<(Key, Sketch)> {
    let SketchColumn(sketch) = row.get(1)?;
    Ok((row.get(0)?, sketch))
}
