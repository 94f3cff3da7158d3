//! Applying records: what the rules decide is carried out in one transaction.

use super::{
    columns::DigestColumns,
    former,
    place::{self, Touch},
    recovered::{self, Stage},
    round::ROUND,
    rows::{self, NewEntry},
    search::Unindexed,
    settings,
    sources::{self, Source},
    topic_rows::{self, TopicsColumn},
    topics::Registry,
};
use crate::{
    catalogue::{
        Found, Outcome, Record, Settings,
        id::Identity,
        rules::{self, Change, Dates, Decision, Key, Known, Standing},
        subject::Subject,
    },
    entry::{Digest, EntryId},
};
use jiff::Timestamp;
use rusqlite::{Connection, Result};
use std::collections::{BTreeMap, BTreeSet};

/// Applies records in order, inside a transaction of the caller's, and tells
/// what became of each.
pub(super) fn apply(db: &Connection, records: &[Record]) -> Result<Vec<Outcome>> {
    let mut pass = Pass::new(db)?;
    let outcomes = records.iter().map(|record| pass.record(record));
    let outcomes = outcomes.collect::<Result<_>>()?;
    pass.unindexed.write(db)?;
    if pass.shown {
        rows::set_number(db, rows::REVISION, rows::number(db, rows::REVISION)? + 1)?;
    }
    Ok(outcomes)
}

pub(super) struct Pass<'db> {
    pub(super) db: &'db Connection,
    pub(super) settings: Settings,
    /// What entries that arrive now belong to.
    pub(super) generation: i64,
    /// How many rounds were begun and ended.
    pub(super) round: i64,
    /// Whether there may be entries that were overwritten lately.
    overwritten: bool,
    /// Whether there may be entries without files.
    pub(super) departed: bool,
    pub(super) topics: Registry<'db>,
    /// How far what was taken over from feeds is the catalogue's own.
    pub(super) recovery: Stage,
    /// Whether anything that feeds show has changed.
    pub(super) shown: bool,
    /// The entries to which something has happened, and what.
    pub(super) touched: BTreeMap<Key, Touch>,
    /// The subjects and pages that entries were withdrawn from.
    pub(super) buried: BTreeSet<(Subject, u32)>,
    pub(super) unindexed: Unindexed,
}

impl<'db> Pass<'db> {
    pub(super) fn new(db: &'db Connection) -> Result<Self> {
        let (overwritten, departed) = rows::traces(db)?;
        Ok(Self {
            db,
            settings: settings::read(db)?,
            generation: rows::number(db, rows::GENERATION)?,
            round: rows::number(db, ROUND)?,
            overwritten,
            departed,
            topics: Registry::new(db)?,
            recovery: Stage::of(db)?,
            shown: false,
            touched: BTreeMap::new(),
            buried: BTreeSet::new(),
            unindexed: Unindexed::default(),
        })
    }
}

impl Pass<'_> {
    /// Applies a record. All that follows from it is done before the next one:
    /// how many are applied at once makes no difference.
    fn record(&mut self, record: &Record) -> Result<Outcome> {
        let outcome = match record {
            Record::Found(found) => self.found(found),
            Record::Refused {
                path,
                stamp,
                kind,
                reason,
            } => self.refused(path, *stamp, *kind, reason),
            Record::Holds { path, stamp } => self.holds(path, *stamp),
            Record::Gone { path } => self.gone(path),
            Record::End { at } => self.end(*at),
            Record::Topics(decision) => Ok(if self.topics.decide(decision)? {
                Outcome::Decided
            } else {
                Outcome::Unchanged
            }),
            Record::Entries(decision) => self.decide(decision),
            Record::Settings(settings) => self.set(settings),
            Record::Recovered(recovered) => self.recover(recovered),
        }?;
        self.relabel()?;
        self.place_touched()?;
        self.topics.none_is_new();
        match record {
            Record::End { .. } => self.end_round()?,
            // While a round is open, its end does this.
            Record::Topics(_) | Record::Entries(_) if self.round % 2 == 0 => {
                self.settle(self.round)?;
            }
            _ => {}
        }
        Ok(outcome)
    }

    fn found(&mut self, found: &Found) -> Result<Outcome> {
        let identity = Identity::of(&found.digest, found.content);
        let source = sources::find(self.db, &found.path)?;
        let known = self.known(found, &identity, source.as_ref())?;
        let decision = rules::decide(&identity, &known);
        match (decision, source, known.here) {
            (Decision::Refresh, Some(source), Some(here)) => {
                self.reread(&source, found)?;
                if !here.governs {
                    return Ok(Outcome::Unchanged);
                }
                self.edit(here.entry, found, &identity, true)
            }
            (Decision::Edit, Some(source), Some(here)) => {
                self.reread(&source, found)?;
                self.edit(here.entry, found, &identity, false)
            }
            (Decision::Absorb(other), Some(source), Some(here)) => {
                sources::move_all(self.db, other, here.entry)?;
                rows::lose(self.db, other, found.at)?;
                self.departed = true;
                self.touch(other, Touch::default());
                self.reread(&source, found)?;
                self.edit(here.entry, found, &identity, false)
            }
            (Decision::Overwrite, Some(source), Some(here)) => {
                former::forget(self.db, found.at)?;
                former::keep(self.db, here.entry)?;
                self.overwritten = true;
                self.reread(&source, found)?;
                self.edit(here.entry, found, &identity, false)
            }
            (Decision::Split, Some(source), Some(here)) => {
                let off = self.split(here.entry, source.seq)?;
                self.reread(&source, found)?;
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
                let dates = Dates::first(&found.digest, found.at);
                let (entry, id) = self.add(dates, found.at, &identity, &found.digest)?;
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
        if known.here.is_some() {
            let shown = known
                .twins
                .iter()
                .filter(|(one, _)| *one != Standing::Withdrawn);
            let shown: BTreeSet<Key> = shown.map(|(_, key)| *key).collect();
            if let (Some(twin), 1) = (shown.first(), shown.len()) {
                // In this go or the one before.
                known.twin_is_new = rows::generation(self.db, *twin)? >= self.generation - 1;
            }
        }
        let withdrawn = |twin: &(Standing, Key)| twin.0 == Standing::Withdrawn;
        if self.overwritten && known.twins.iter().all(withdrawn) {
            known.overwritten = former::overwritten(self.db, identity, found.at)?;
        }
        if self.departed && known.twins.is_empty() {
            known.departed = rows::departed(self.db, &found.path)?;
        }
        Ok(known)
    }

    /// Notes that a file was read again, unless it is as it was.
    fn reread(&self, source: &Source, found: &Found) -> Result<()> {
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
    pub(super) fn revise(
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
        let topics = self.topics.of(entry, digest, &old.topics)?;
        rows::rewrite(self.db, entry, dates, identity, &columns, &topics)?;
        self.rewritten(entry, digest, &topics)?;
        self.shown |= change.is_shown() || dates != old.dates || topics != old.topics;
        Ok(change)
    }

    /// Makes an entry's text, which its file `seq` is about to leave, an entry
    /// of its own, with the other files that have it. It comes now, although
    /// its text is old: where the old one stands archive pages may be closed.
    fn split(&mut self, entry: Key, seq: i64) -> Result<EntryId> {
        let old = rows::entry(self.db, entry)?;
        let slug = place::free_slug(self.db, &old.digest.title, old.identity.fingerprint)?;
        let new = NewEntry {
            generation: self.generation,
            dates: old.dates,
            first_seen: old.first_seen,
            identity: &old.identity,
            digest: &old.digest,
            topics: &old.topics,
            slug: &slug,
        };
        let (off, id) = rows::insert_entry(self.db, &new)?;
        let topics = topic_rows::roots(self.db, &old.topics)?;
        self.topics.link(off, &topics)?;
        self.retract_as(&old.id, &id)?;
        sources::move_copies(self.db, entry, seq, off)?;
        let came = Touch {
            changed: true,
            rewritten: true,
            ..Touch::default()
        };
        self.touch(off, came);
        self.touch(entry, Touch::default());
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
        self.touch(entry, Touch::default());
        let id = rows::entry_id(self.db, entry)?;
        if standing == Standing::Live {
            return Ok(Outcome::Copied(id));
        }
        rows::revive(self.db, entry)?;
        let before = rows::entry(self.db, entry)?.identity.content;
        if before == recovered::UNREAD {
            self.take_over(entry, found, identity)?;
            return Ok(Outcome::Unchanged);
        }
        let same_bytes = before == found.content;
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
            let dates = Dates::first(&digest, found.at);
            let (new, _) = self.add(dates, found.at, &now.identity, &digest)?;
            sources::move_all(self.db, entry, new)?;
            self.touch(new, Touch::default());
            self.depart(entry, &found.path)?;
        }
        let now = rows::entry(self.db, entry)?;
        let former = former::take(self.db, entry)?;
        let digest = former.digest.into_digest()?;
        let columns = DigestColumns::of(&digest);
        let topics = self.topics.of(entry, &digest, &now.topics)?;
        // To readers who saw what it was overwritten with, this is a change.
        let dates = if former.ended {
            now.dates.back(former.dates, &digest, found.at)
        } else {
            former.dates
        };
        rows::rewrite(self.db, entry, dates, &former.identity, &columns, &topics)?;
        self.rewritten(entry, &digest, &topics)?;
        self.shown = true;
        Ok(())
    }

    /// Adds an entry that arrives now.
    fn add(
        &mut self,
        dates: Dates,
        first_seen: Timestamp,
        identity: &Identity,
        digest: &Digest,
    ) -> Result<(Key, EntryId)> {
        self.shown = true;
        let entry = rows::next_entry(self.db)?;
        let topics = self.topics.of(entry, digest, &TopicsColumn::default())?;
        let slug = place::free_slug(self.db, &digest.title, identity.fingerprint)?;
        let new = NewEntry {
            generation: self.generation,
            dates,
            first_seen,
            identity,
            digest: &DigestColumns::of(digest),
            topics: &topics,
            slug: &slug,
        };
        let added = rows::insert_entry(self.db, &new)?;
        self.rewritten(entry, digest, &topics)?;
        Ok(added)
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
}
