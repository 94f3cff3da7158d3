//! The settings that the catalogue works by, and what follows from others.

use super::{apply::Pass, channels, dues, members, pages, place::Touch, rows, search, subjects};
use crate::{
    catalogue::{Outcome, Settings, subject::Subject},
    channel::{Part, Scope},
};
use rusqlite::{
    Connection, Result,
    types::{FromSqlError, Type},
};
use std::mem;

/// Meta key: the settings, without the id.
const SETTINGS: &str = "settings";

/// Meta key: the id of the feed of all entries. The service kept it before the
/// catalogue did.
const FEED_ID: &str = "service:feed-id";

/// Whoever tells none has one feed at most.
const NO_ID: &str = "tag:feedwright.invalid,2026:feed";

/// The settings that hold.
pub(super) fn read(db: &Connection) -> Result<Settings> {
    let Some(kept) = rows::meta::<String>(db, SETTINGS)? else {
        return Ok(Settings::default());
    };
    serde_json::from_str(&kept).map_err(|source| {
        let source = FromSqlError::Other(Box::new(source));
        rusqlite::Error::FromSqlConversionFailure(0, Type::Text, Box::new(source))
    })
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
        if !is_first && settings == self.settings {
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
        self.set_searches(&before, born)?;
        let (old, new) = (&before, &self.settings);
        let is_longer = old.max_entries < new.max_entries;
        if old.max_topics != new.max_topics || old.searches != new.searches {
            self.place_all()?;
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
        for old in &before.searches {
            let stays = settings.searches.iter().any(|new| new.name == old.name);
            if let Some(subject) = subjects::find(self.db, Scope::Search, &old.name)?
                && let Some(channel) = channels::of(self.db, subject)?
                && !stays
            {
                channels::end(self.db, &channel)?;
            }
        }
        for new in &settings.searches {
            let subject = subjects::find_or_add(self.db, Scope::Search, &new.name, &new.name)?;
            if channels::key_of(self.db, subject)?.is_none() {
                channels::give_birth(self.db, subject, &root, born)?;
            }
            let asked = |search: &&crate::catalogue::Search| search.name == new.name;
            // What another query finds is another feed, cut into pages anew.
            if before.searches.iter().find(asked) != Some(new)
                && let Some(channel) = channels::of(self.db, subject)?
            {
                pages::begin_anew(self.db, &channel)?;
            }
        }
        Ok(())
    }

    /// Puts all entries where they belong by other settings.
    fn place_all(&mut self) -> Result<()> {
        let mut last = 0;
        while let Some(entry) = members::next(self.db, last)? {
            if self.settings.searches.is_empty() {
                search::unindex(self.db, entry)?;
            }
            let touch = Touch {
                anew: true,
                ..Touch::default()
            };
            self.place(entry, touch)?;
            last = entry;
        }
        Ok(())
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
    pass.place_all()
}
