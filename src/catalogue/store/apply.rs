//! Applying records: what the rules decide is carried out in one transaction.

use super::{
    columns::DigestColumns,
    rows::{self, NewEntry},
    sources::{self, Source},
};
use crate::{
    catalogue::{
        Found, Outcome, Record, Refusal,
        id::Identity,
        rules::{self, Change, Dates, Decision, Key, Known, Standing},
    },
    entry::{Digest, EntryId},
    file::Stamp,
};
use jiff::Timestamp;
use rusqlite::{Connection, Result};
use std::path::Path;

/// What became of records.
pub(super) struct Applied {
    pub(super) outcomes: Vec<Outcome>,
    /// The entries that say something else or have other dates now.
    pub(super) rewritten: Vec<Key>,
}

/// Applies records in order, inside a transaction of the caller's.
pub(super) fn apply(db: &Connection, records: &[Record]) -> Result<Applied> {
    let (overwritten, departed) = rows::traces(db)?;
    let mut pass = Pass {
        db,
        generation: rows::number(db, rows::GENERATION)?,
        overwritten,
        departed,
        shown: false,
        rewritten: Vec::new(),
    };
    let outcomes = records.iter().map(|record| match record {
        Record::Found(found) => pass.found(found),
        Record::Refused {
            path,
            stamp,
            kind,
            reason,
        } => pass.refused(path, *stamp, *kind, reason),
        Record::Holds { path, stamp } => pass.holds(path, *stamp),
        Record::Gone { path } => pass.gone(path),
        Record::End { at } => pass.end(*at),
    });
    let outcomes: Vec<Outcome> = outcomes.collect::<Result<_>>()?;
    if pass.shown {
        rows::set_number(db, rows::REVISION, rows::number(db, rows::REVISION)? + 1)?;
    }
    Ok(Applied {
        outcomes,
        rewritten: pass.rewritten,
    })
}

struct Pass<'db> {
    db: &'db Connection,
    /// What entries that arrive now belong to.
    generation: i64,
    /// Whether there may be entries that were overwritten since the last end.
    overwritten: bool,
    /// Whether there may be entries without files.
    departed: bool,
    /// Whether anything that feeds show has changed.
    shown: bool,
    /// The entries that were written anew.
    rewritten: Vec<Key>,
}

impl Pass<'_> {
    fn found(&mut self, found: &Found) -> Result<Outcome> {
        let identity = Identity::of(&found.digest, found.content);
        let source = sources::find(self.db, &found.path)?;
        let known = self.known(found, &identity, source.as_ref())?;
        let decision = rules::decide(&identity, &known);
        match (decision, source, known.here) {
            (Decision::Refresh, Some(source), Some(here)) => {
                self.touch(&source, found)?;
                if !here.governs {
                    return Ok(Outcome::Unchanged);
                }
                self.edit(here.entry, found, &identity, true)
            }
            (Decision::Edit, Some(source), Some(here)) => {
                self.touch(&source, found)?;
                self.edit(here.entry, found, &identity, false)
            }
            (Decision::Overwrite, Some(source), Some(here)) => {
                rows::keep_former(self.db, here.entry)?;
                self.overwritten = true;
                self.touch(&source, found)?;
                self.edit(here.entry, found, &identity, false)
            }
            (Decision::Split, Some(source), Some(here)) => {
                let off = self.split(here.entry, source.seq)?;
                self.touch(&source, found)?;
                self.edit(here.entry, found, &identity, false)?;
                let edited = rows::entry_id(self.db, here.entry)?;
                Ok(Outcome::Split { edited, off })
            }
            (Decision::Join(entry), source, _) => {
                self.join(entry, found, &identity, source.as_ref())
            }
            (Decision::Restore(entry), source, _) => {
                self.restore(entry, found)?;
                self.join(entry, found, &identity, source.as_ref())?;
                rows::entry_id(self.db, entry).map(Outcome::Moved)
            }
            // The rules decide on a file's entry only where it has one.
            (_, source, _) => {
                let digest = DigestColumns::of(&found.digest);
                let dates = Dates::first(&found.digest, found.at);
                let (entry, id) = self.add(dates, found.at, &identity, &digest)?;
                self.relink(entry, found, source.as_ref())?;
                Ok(Outcome::Added(id))
            }
        }
    }

    /// What matters of the catalogue for this article; not looked up where the
    /// rules ask for less.
    fn known(&self, found: &Found, identity: &Identity, source: Option<&Source>) -> Result<Known> {
        let mut known = Known {
            here: source.and_then(|source| source.here.clone()),
            ..Known::default()
        };
        let same_bytes = |here: &rules::Here| here.content == found.content;
        if known.here.as_ref().is_some_and(same_bytes) {
            return Ok(known);
        }
        known.twins = rows::twins(self.db, identity)?;
        if known.twins.is_empty() {
            if self.overwritten {
                known.overwritten = rows::overwritten(self.db, identity)?;
            }
            if self.departed {
                known.departed = rows::departed(self.db, &found.path)?;
            }
        }
        Ok(known)
    }

    /// Notes that a file was read again, unless it is as it was.
    fn touch(&self, source: &Source, found: &Found) -> Result<()> {
        let same_bytes = source.here.as_ref().map(|here| here.content) == Some(found.content);
        if source.stamp == found.stamp && same_bytes && !source.refused {
            return Ok(());
        }
        sources::touch(self.db, source.seq, found.stamp, found.content)
    }

    /// Gives an entry what was found, and tells what that changed.
    fn edit(
        &mut self,
        entry: Key,
        found: &Found,
        identity: &Identity,
        same_bytes: bool,
    ) -> Result<Outcome> {
        let change = self.revise(entry, &found.digest, identity, same_bytes, found.at)?;
        Ok(match change {
            Change::None => Outcome::Unchanged,
            Change::Digesting => Outcome::Redigested(rows::entry_id(self.db, entry)?),
            Change::Meaning | Change::StatedDate => {
                Outcome::Edited(rows::entry_id(self.db, entry)?)
            }
        })
    }

    /// Gives an entry another digest, and dates that follow from it.
    fn revise(
        &mut self,
        entry: Key,
        digest: &Digest,
        identity: &Identity,
        same_bytes: bool,
        at: Timestamp,
    ) -> Result<Change> {
        let old = rows::entry(self.db, entry)?;
        let columns = DigestColumns::of(digest);
        if old.identity == *identity && old.digest == columns {
            return Ok(Change::None);
        }
        let before = old.digest.into_digest()?;
        let change = Change::between(&before, digest, same_bytes);
        let dates = old.dates.after(change, digest, at);
        rows::rewrite(self.db, entry, dates, identity, &columns)?;
        self.rewritten.push(entry);
        self.shown |= change.is_shown() || dates != old.dates;
        Ok(change)
    }

    /// Makes an entry's text, which its file `seq` is about to leave, an entry
    /// of its own, with the other files that have it. It stays where the old
    /// one stands in the order, since it is no arrival.
    fn split(&mut self, entry: Key, seq: i64) -> Result<EntryId> {
        let old = rows::entry(self.db, entry)?;
        let new = NewEntry {
            generation: old.generation,
            dates: old.dates,
            first_seen: old.first_seen,
            identity: &old.identity,
            digest: &old.digest,
        };
        let (off, id) = rows::insert_entry(self.db, &new)?;
        sources::move_copies(self.db, entry, seq, off)?;
        self.shown = true;
        Ok(id)
    }

    /// Makes the file one of this entry's.
    fn join(
        &mut self,
        entry: Key,
        found: &Found,
        identity: &Identity,
        source: Option<&Source>,
    ) -> Result<Outcome> {
        let standing = rows::standing(self.db, entry)?;
        self.relink(entry, found, source)?;
        let id = rows::entry_id(self.db, entry)?;
        if standing == Standing::Live {
            return Ok(Outcome::Copied(id));
        }
        rows::revive(self.db, entry)?;
        let same_bytes = rows::entry(self.db, entry)?.identity.content == found.content;
        self.revise(entry, &found.digest, identity, same_bytes, found.at)?;
        if standing == Standing::Orphaned {
            return Ok(Outcome::Moved(id));
        }
        self.shown = true;
        Ok(Outcome::Revived(id))
    }

    /// Gives an overwritten entry its text back, and makes what it was
    /// overwritten with, if a file still has it, a new entry.
    fn restore(&mut self, entry: Key, found: &Found) -> Result<()> {
        if rows::standing(self.db, entry)? == Standing::Live {
            let now = rows::entry(self.db, entry)?;
            let digest = now.digest.into_digest()?;
            let (dates, columns) = (Dates::first(&digest, found.at), DigestColumns::of(&digest));
            let (new, _) = self.add(dates, found.at, &now.identity, &columns)?;
            sources::move_all(self.db, entry, new)?;
            self.depart(entry, &found.path)?;
        }
        let (dates, identity, digest) = rows::take_former(self.db, entry)?;
        rows::rewrite(self.db, entry, dates, &identity, &digest)?;
        self.rewritten.push(entry);
        self.shown = true;
        Ok(())
    }

    /// Adds an entry that arrives now.
    fn add(
        &mut self,
        dates: Dates,
        first_seen: Timestamp,
        identity: &Identity,
        digest: &DigestColumns,
    ) -> Result<(Key, EntryId)> {
        self.shown = true;
        let new = NewEntry {
            generation: self.generation,
            dates,
            first_seen,
            identity,
            digest,
        };
        rows::insert_entry(self.db, &new)
    }

    /// Makes the file this entry's newest one, whatever it was before.
    fn relink(&mut self, entry: Key, found: &Found, source: Option<&Source>) -> Result<()> {
        let before = source.and_then(|source| source.here.as_ref());
        if let Some(source) = source {
            sources::delete(self.db, source.seq)?;
        }
        let content = Some(found.content);
        sources::insert(
            self.db,
            &found.path,
            Some(entry),
            found.stamp,
            content,
            None,
        )?;
        match before {
            Some(before) => self.depart(before.entry, &found.path),
            None => Ok(()),
        }
    }

    /// Notes that an entry has lost a file, perhaps its last.
    fn depart(&mut self, entry: Key, path: &Path) -> Result<()> {
        self.departed = true;
        rows::depart(self.db, entry, path)
    }

    fn refused(
        &mut self,
        path: &Path,
        stamp: Stamp,
        kind: Refusal,
        reason: &str,
    ) -> Result<Outcome> {
        let source = sources::find(self.db, path)?;
        let entry = source.as_ref().and_then(|source| source.here.as_ref());
        match (&source, entry, kind) {
            (Some(source), _, Refusal::Faulty) => {
                sources::refuse(self.db, source.seq, stamp, reason)?;
            }
            (Some(source), entry, Refusal::Draft) => {
                sources::delete(self.db, source.seq)?;
                sources::insert(self.db, path, None, stamp, None, Some((kind, reason)))?;
                if let Some(here) = entry {
                    self.depart(here.entry, path)?;
                }
            }
            (None, ..) => sources::insert(self.db, path, None, stamp, None, Some((kind, reason)))?,
        }
        Ok(Outcome::Refused)
    }

    fn holds(&mut self, path: &Path, stamp: Stamp) -> Result<Outcome> {
        self.gone(path)?;
        sources::insert(self.db, path, None, stamp, None, None)?;
        Ok(Outcome::Unchanged)
    }

    fn gone(&mut self, path: &Path) -> Result<Outcome> {
        let Some(source) = sources::find(self.db, path)? else {
            return Ok(Outcome::Unchanged);
        };
        sources::delete(self.db, source.seq)?;
        if let Some(here) = source.here {
            self.depart(here.entry, path)?;
        }
        Ok(Outcome::Gone)
    }

    fn end(&mut self, at: Timestamp) -> Result<Outcome> {
        let moved = self.pair(at)?;
        let orphans = rows::orphans(self.db)?;
        // Before entries are withdrawn: one that came and went has arrived, too.
        if rows::newest_generation(self.db)? == Some(self.generation) {
            self.generation += 1;
            rows::set_number(self.db, rows::GENERATION, self.generation)?;
        }
        let mut withdrawn = Vec::with_capacity(orphans.len());
        for entry in orphans {
            rows::withdraw(self.db, entry, at)?;
            withdrawn.push(rows::entry_id(self.db, entry)?);
            self.shown = true;
        }
        rows::clear_former(self.db)?;
        Ok(Outcome::Ended { moved, withdrawn })
    }

    /// Finds the entries that were moved and edited at once, new path told
    /// first, and gives them what their new files say.
    fn pair(&mut self, at: Timestamp) -> Result<Vec<(EntryId, EntryId)>> {
        let orphans = rows::recent_orphans(self.db)?;
        if orphans.is_empty() {
            return Ok(Vec::new());
        }
        let added = rows::arrivals(self.db, self.generation)?;
        let mut moved = Vec::new();
        for (orphan, added) in rules::pair(&orphans, &added) {
            let new = rows::entry(self.db, added)?;
            sources::move_all(self.db, added, orphan)?;
            rows::revive(self.db, orphan)?;
            self.revise(orphan, &new.digest.into_digest()?, &new.identity, false, at)?;
            rows::lose(self.db, added, at)?;
            self.departed = true;
            self.shown = true;
            moved.push((new.id, rows::entry_id(self.db, orphan)?));
        }
        Ok(moved)
    }
}
