//! What is done when a go ends, or other settings hold: feeds are born, full
//! parts become archive pages.
//!
//! A *round* is a go in which entries got a text: odd while it is open. An entry
//! names the feeds that were born until the end of the round of its text, and
//! none that are born later: else an archive page would change with every new
//! feed.

use super::{
    apply::Pass,
    channels, dues,
    members::{self, SubjectsColumn},
    pages,
    query::{many, one, run},
    rows, settings,
};
use crate::{
    catalogue::{Due, TopicId, rules::Key, subject::Subject},
    channel::{Part, Scope},
};
use rusqlite::{Connection, Result};
use std::{collections::BTreeSet, mem};

/// Meta key: how many rounds were begun and ended.
pub(super) const ROUND: &str = "round";

/// The round that is open, if one is; else a number that no text has.
pub(super) fn open(db: &Connection) -> Result<i64> {
    let round = rows::number(db, ROUND)?;
    Ok(if round % 2 == 1 { round } else { -1 })
}

impl Pass<'_> {
    /// The round of a text that an entry gets now.
    pub(super) fn open_round(&mut self) -> Result<i64> {
        if self.round % 2 == 0 {
            self.round += 1;
            rows::set_number(self.db, ROUND, self.round)?;
        }
        Ok(self.round)
    }

    /// Ends the round: feeds that are born now are named by its entries.
    pub(super) fn end_round(&mut self) -> Result<()> {
        if self.recovery.is_on {
            self.call_claimants()?;
        }
        let newborn = self.settle(self.round)?;
        if self.round % 2 == 1 && !newborn.is_empty() {
            self.catch_up(&newborn)?;
            self.mark_revised(&newborn)?;
        }
        self.end_recovery()?;
        if self.round % 2 == 1 {
            self.round += 1;
            rows::set_number(self.db, ROUND, self.round)?;
        }
        Ok(())
    }

    /// Gives subjects that have grown enough their feeds, and closes pages of
    /// those that have one. Tells which are new.
    pub(super) fn settle(&mut self, born: i64) -> Result<BTreeSet<Subject>> {
        let mut newborn = BTreeSet::new();
        let (max, generation) = (self.settings.max_entries, self.generation);
        for (subject, page) in members::take_grown(self.db)? {
            match channels::of(self.db, subject)? {
                None => {
                    if self.may_be_born(subject)? {
                        let root = settings::feed_id(self.db)?;
                        let channel = channels::give_birth(self.db, subject, &root, born)?;
                        pages::close(self.db, &channel, max, generation)?;
                        newborn.insert(subject);
                    }
                }
                Some(channel) if page == 0 => pages::close(self.db, &channel, max, generation)?,
                Some(channel) => {
                    if pages::is_crowded(self.db, &channel, page, max)? {
                        pages::cut_anew(self.db, &channel, max, generation)?;
                    }
                }
            }
        }
        for (subject, page) in mem::take(&mut self.buried) {
            if let Some(channel) = channels::of(self.db, subject)? {
                pages::trim(self.db, &channel, dues::part(page))?;
            }
        }
        Ok(newborn)
    }

    fn may_be_born(&self, subject: Subject) -> Result<bool> {
        // Before the settings were told the feeds have no id.
        if channels::key_of(self.db, Subject::ALL)?.is_none()
            || !(members::has(self.db, subject, self.min_articles())?
                || self.recovery.keeps_feeds && channels::is_claimed(self.db, subject)?)
        {
            return Ok(false);
        }
        let topic = TopicId(subject.key());
        let sql = "SELECT banned FROM topic WHERE key = ?1";
        Ok(subject.scope() != Scope::Topic
            || one(self.db, sql, [topic], |row| row.get(0))? == Some(false))
    }

    /// Entries that came before name these feeds as well, unless they are in an
    /// archive already.
    fn catch_up(&self, newborn: &BTreeSet<Subject>) -> Result<()> {
        let before = "
            SELECT entry, subjects FROM member JOIN entry ON entry.key = member.entry
            WHERE subject = ?1 AND revised < ?2";
        let again = "UPDATE entry SET revised = ?2, version = version + 1 WHERE key = ?1";
        for subject in newborn.iter().filter(|subject| subject.is_shown()) {
            let entries = many(self.db, before, (*subject, self.round), |row| {
                Ok((row.get(0)?, row.get(1)?))
            })?;
            for (entry, SubjectsColumn(subjects)) in entries {
                let entry: Key = entry;
                if !self.is_archived(entry, &subjects)? {
                    run(self.db, again, (entry, self.round))?;
                }
            }
        }
        Ok(())
    }

    fn is_archived(&self, entry: Key, subjects: &[Subject]) -> Result<bool> {
        let at = members::position(self.db, entry)?;
        for subject in subjects {
            if let Some(channel) = channels::key_of(self.db, *subject)?
                && pages::part_of(self.db, channel, at)? != Part::Current
            {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Makes everything due that shows entries of this round which name one of
    /// these feeds from now on.
    fn mark_revised(&mut self, newborn: &BTreeSet<Subject>) -> Result<()> {
        let db = self.db;
        let mut sheets: BTreeSet<(i64, Part)> = BTreeSet::new();
        pages::revised(db, self.round, |entry, subjects| {
            let named = |subject: &Subject| subject.is_shown() && newborn.contains(subject);
            if !subjects.iter().any(named) {
                return Ok(());
            }
            dues::mark(db, &Due::Entry(entry))?;
            let at = members::position(db, entry)?;
            // The new feeds are due as they are.
            for subject in subjects.iter().filter(|subject| !newborn.contains(subject)) {
                if let Some(channel) = channels::key_of(db, *subject)? {
                    sheets.insert((channel, pages::part_of(db, channel, at)?));
                }
            }
            Ok(())
        })?;
        for (channel, part) in sheets {
            dues::mark_sheet(db, channel, part)?;
        }
        Ok(())
    }
}
