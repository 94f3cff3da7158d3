//! The end of a go: what was moved is found, what is gone is withdrawn.

use super::{apply::Pass, pages, place::Touch, rows, sources};
use crate::{
    catalogue::{Outcome, rules},
    entry::EntryId,
};
use jiff::Timestamp;
use rusqlite::Result;

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
        rows::clear_former(self.db)?;
        Ok(Outcome::Ended { moved, withdrawn })
    }

    /// Finds the entries that were moved and edited at once, new path told
    /// first, and gives them what their new files say.
    fn pair(&mut self, at: Timestamp) -> Result<Vec<(EntryId, EntryId)>> {
        let mut orphans = rows::recent_orphans(self.db, self.recovering)?;
        if orphans.is_empty() {
            return Ok(Vec::new());
        }
        let mut added = rows::arrivals(self.db, self.generation, self.recovering)?;
        let mut pairs = Vec::new();
        if self.recovering {
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
