//! The settings that the catalogue works by, and what follows from others.

use super::{apply::Pass, channels, dues, members, pages, place::Touch, rows, search, subjects};
use crate::{
    catalogue::{Outcome, Search, Settings, rules::Key, subject::Subject},
    channel::{Part, Scope},
};
use rusqlite::{Connection, Result};
use std::{collections::BTreeSet, mem};

/// Meta key: the settings, without the id.
const SETTINGS: &str = "settings";

/// Meta key: the id of the feed of all entries. The service kept it before the
/// catalogue did.
pub(super) const FEED_ID: &str = "service:feed-id";

/// Whoever tells none has one feed at most.
const NO_ID: &str = "tag:feedwright.invalid,2026:feed";

/// The settings that hold. What this program cannot read, because another version
/// of it wrote queries otherwise, is as good as not set: it is told anew.
pub(super) fn read(db: &Connection) -> Result<Settings> {
    Ok(told(db)?.unwrap_or_default())
}

/// The settings that were told last, as far as they can be read.
fn told(db: &Connection) -> Result<Option<Settings>> {
    let kept: Option<String> = rows::meta(db, SETTINGS)?;
    Ok(kept.and_then(|kept| serde_json::from_str(&kept).ok()))
}

/// The id of the feed of all entries.
pub(super) fn feed_id(db: &Connection) -> Result<String> {
    Ok(rows::meta(db, FEED_ID)?.unwrap_or_else(|| NO_ID.to_owned()))
}

impl Pass<'_> {
    /// Makes other settings hold.
    pub(super) fn set(&mut self, settings: &Settings) -> Result<Outcome> {
        let mut settings = settings.clone();
        let id = mem::take(&mut settings.id);
        let is_first = channels::key_of(self.db, Subject::ALL)?.is_none();
        if !is_first && told(self.db)?.as_ref() == Some(&settings) {
            return Ok(Outcome::Unchanged);
        }
        let kept = serde_json::to_string(&settings).expect("settings have no maps");
        rows::set(self.db, SETTINGS, kept)?;
        let before = mem::replace(&mut self.settings, settings);
        // Texts of before name the first feeds, but none that are born later.
        let born = if is_first {
            0
        } else {
            self.round + self.round % 2
        };
        if is_first {
            let id = if id.is_empty() { NO_ID } else { &id };
            let root = rows::keep(self.db, FEED_ID, id)?;
            channels::give_birth(self.db, Subject::ALL, &root, 0)?;
        }
        for (form, label) in self.settings.alias.clone() {
            self.topics.alias(&form, &label)?;
        }
        self.relabel()?;
        self.set_searches(&before, born)?;
        let (old, new) = (&before, &self.settings);
        let is_longer = old.max_entries < new.max_entries;
        // Words are indexed as long as anybody may look for them.
        let is_indexed = [old, new].map(Settings::is_indexed);
        if old.max_topics != new.max_topics || is_indexed[0] != is_indexed[1] {
            self.place_all()?;
        } else {
            self.place_found(&before)?;
        }
        for (channel, subject) in pages::channels(self.db)? {
            members::grow(self.db, subject, 0)?;
            // While a go is on, there may be more in it than it shows.
            if is_longer {
                dues::mark_sheet(self.db, channel, Part::Current)?;
            }
        }
        for subject in members::large(self.db, self.min_articles())? {
            members::grow(self.db, subject, 0)?;
        }
        self.settle(born)?;
        Ok(Outcome::Decided)
    }

    /// Gives searches their feeds, and ends those of others.
    fn set_searches(&mut self, before: &Settings, born: i64) -> Result<()> {
        let settings = self.settings.clone();
        let root = feed_id(self.db)?;
        for (_, subject) in pages::channels(self.db)? {
            if subject.scope() == Scope::Search {
                let name = subjects::label(self.db, subject)?;
                let stays = settings.searches.iter().any(|new| new.name == name);
                if let Some(channel) = channels::of(self.db, subject)?
                    && !stays
                {
                    channels::end(self.db, &channel)?;
                }
            }
        }
        for new in &settings.searches {
            let subject = subjects::find_or_add(self.db, Scope::Search, &new.name, &new.name)?;
            if channels::key_of(self.db, subject)?.is_none() {
                channels::give_birth(self.db, subject, &root, born)?;
                continue;
            }
            let asked = |search: &&Search| search.name == new.name;
            // What another query finds is another feed, cut into pages anew.
            if before.searches.iter().find(asked) != Some(new)
                && let Some(channel) = channels::of(self.db, subject)?
            {
                pages::begin_anew(self.db, &channel)?;
            }
        }
        Ok(())
    }

    /// Puts the entries where they belong that other searches find, or that
    /// those of before did.
    fn place_found(&mut self, before: &Settings) -> Result<()> {
        let now = self.settings.clone();
        let is_new = |search: &&Search| !before.searches.contains(search);
        let is_old = |search: &&Search| !now.searches.contains(search);
        let mut entries: BTreeSet<Key> = BTreeSet::new();
        self.unindexed.write(self.db)?;
        for new in now.searches.iter().filter(is_new) {
            entries.extend(search::all(self.db, &new.query)?);
        }
        for old in before.searches.iter().filter(is_old) {
            if let Some(subject) = subjects::find(self.db, Scope::Search, &old.name)? {
                entries.extend(members::entries(self.db, subject)?);
            }
        }
        entries
            .into_iter()
            .try_for_each(|entry| self.place_anew(entry))
    }

    /// Puts all entries where they belong by other settings.
    fn place_all(&mut self) -> Result<()> {
        let mut last = 0;
        while let Some(entry) = members::next(self.db, last)? {
            if !self.settings.is_indexed() {
                self.unindexed.unindex(self.db, entry)?;
            }
            self.place_anew(entry)?;
            last = entry;
        }
        Ok(())
    }

    fn place_anew(&mut self, entry: Key) -> Result<()> {
        let touch = Touch {
            anew: true,
            ..Touch::default()
        };
        self.place(entry, touch)
    }
}

/// Puts all entries where they belong: for a catalogue from before there were
/// feeds but the one of all entries.
pub(super) fn fill(db: &Connection) -> Result<()> {
    let mut last = 0;
    while let Some((entry, title, text)) = rows::next_title(db, last)? {
        let slug = super::place::free_slug(db, &title, text)?;
        rows::set_slug(db, entry, &slug)?;
        last = entry;
    }
    let mut pass = Pass::new(db)?;
    pass.place_all()?;
    pass.unindexed.write(db)
}
