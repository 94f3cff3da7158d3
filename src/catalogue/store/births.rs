//! In which order feeds were born that were taken over from the disk, and texts
//! came: told by which entries name them, so that all name the same ones again.

use super::{
    apply::Pass,
    channels,
    members::SubjectsColumn,
    query::{many, run},
    round::ROUND,
    rows, settings, subjects,
};
use crate::{
    catalogue::{
        rules::Key,
        subject::{self, Subject},
    },
    channel::Scope,
};
use rusqlite::Result;
use std::collections::BTreeMap;

/// How often all entries are looked at, at most. Each look moves on all that
/// hangs on what the last one moved; in the order of entries, which is about
/// that of the births, a few are enough.
const LOOKS: usize = 100;

/// An entry, and the feeds that it does and does not name.
struct Naming {
    entry: Key,
    names: Vec<i64>,
    others: Vec<i64>,
}

impl Pass<'_> {
    /// Gives the feeds of folders that no article is in any more to their folders,
    /// so that they show what is there: nothing. A topic or a speaker may only be
    /// called otherwise now, but a folder has one name.
    pub(super) fn keep_folders(&self) -> Result<()> {
        let sql = "
            SELECT channel ->> 'name' FROM recovered_channel WHERE scope = ?1 ORDER BY rowid";
        let scope = subject::code(Scope::Folder);
        let names: Vec<String> = many(self.db, sql, [scope], |row| row.get(0))?;
        let root = settings::feed_id(self.db)?;
        for name in names {
            let folder = subjects::find_or_add(self.db, Scope::Folder, &name, &name)?;
            if channels::key_of(self.db, folder)?.is_none() {
                channels::give_birth(self.db, folder, &root, 0)?;
            }
        }
        Ok(())
    }

    /// Gives entries and feeds rounds, so that an entry names a feed if and only
    /// if that was born until its text came. What contradicts itself, as no
    /// feeds of ours do, is let go.
    pub(super) fn order_births(&mut self) -> Result<()> {
        let entries = self.namings()?;
        let mut born: BTreeMap<i64, i64> = BTreeMap::new();
        let mut revised = vec![0_i64; entries.len()];
        for _ in 0..LOOKS {
            let mut moved = false;
            for (naming, revised) in entries.iter().zip(&mut revised) {
                let of = |channel: &i64| born.get(channel).copied().unwrap_or(0);
                let latest = naming.names.iter().map(of).max().unwrap_or(0);
                moved |= latest > *revised;
                *revised = latest.max(*revised);
                for channel in &naming.others {
                    let born = born.entry(*channel).or_default();
                    moved |= *born <= *revised;
                    *born = (*born).max(*revised + 1);
                }
            }
            if !moved {
                break;
            }
        }
        let last = born.values().copied().max().unwrap_or(0);
        // What came besides names all feeds.
        let before = self.round;
        while self.round <= last {
            self.round += 2;
        }
        rows::set_number(self.db, ROUND, self.round)?;
        let sql = "UPDATE entry SET revised = ?2 WHERE revised = ?1";
        run(self.db, sql, (before, self.round))?;
        for (naming, revised) in entries.iter().zip(revised) {
            let sql = "UPDATE entry SET revised = ?2, version = version + 1 WHERE key = ?1";
            run(self.db, sql, (naming.entry, revised))?;
        }
        for (channel, _) in super::pages::channels(self.db)? {
            let born = born.get(&channel).copied().unwrap_or(0);
            let sql = "UPDATE channel SET born = ?2 WHERE key = ?1";
            run(self.db, sql, (channel, born))?;
        }
        Ok(())
    }

    fn namings(&self) -> Result<Vec<Naming>> {
        let sql = "
            SELECT r.entry, r.names, e.subjects, e.speaker FROM recovered_entry r
            JOIN entry e ON e.key = r.entry WHERE e.departed IS NULL ORDER BY e.key";
        let found = many(self.db, sql, [], |row| {
            let SubjectsColumn(subjects) = row.get(2)?;
            let names: String = row.get(1)?;
            Ok((row.get(0)?, names, subjects, row.get(3)?))
        })?;
        let mut namings = Vec::with_capacity(found.len());
        for (entry, names, subjects, speaker) in found {
            let entry: Key = entry;
            let speaker: Option<Subject> = speaker;
            let names: Vec<String> = serde_json::from_str(&names).unwrap_or_default();
            let mut naming = Naming {
                entry,
                names: Vec::new(),
                others: Vec::new(),
            };
            let topics = subjects.into_iter().filter(|subject| subject.is_topic());
            for subject in topics.chain(speaker) {
                if let Some(channel) = channels::of(self.db, subject)? {
                    if names.contains(&channel.folder) {
                        naming.names.push(channel.key);
                    } else {
                        naming.others.push(channel.key);
                    }
                }
            }
            namings.push(naming);
        }
        Ok(namings)
    }
}
