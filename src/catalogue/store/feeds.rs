//! What the catalogue tells of feeds: which there are, what is in their sheets,
//! what is to be published again, and what was.

use super::{Catalogue, StoreError, channels, dues, pages, query::one, reading, round, settings};
use crate::{
    catalogue::{Due, Placed, Settings, Written, rules::Key},
    channel::{Channel, Part, Sheet},
    entry::Entry,
};
use rusqlite::{Connection, Result};
use std::sync::Arc;

impl Catalogue {
    /// What is to be published again, `limit` at most: folders whose documents
    /// go, the current part of the feed of all entries, those of the others, the
    /// lists of feeds, archive pages, entries.
    ///
    /// # Errors
    ///
    /// When the database cannot be read.
    pub fn due(&self, limit: usize) -> Result<Vec<Due>, StoreError> {
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        // What was taken over from feeds is not whole before its files are read.
        let limit = if self.is_recovering()? { 0 } else { limit };
        dues::list(&self.db, limit).map_err(self.explain())
    }

    /// Makes these due: their documents are not as they were written.
    ///
    /// # Errors
    ///
    /// When the database cannot be written.
    pub fn make_due(&mut self, due: &[Due]) -> Result<(), StoreError> {
        self.change(|db| due.iter().try_for_each(|due| dues::mark(db, due)))
    }

    /// Makes all documents due: they are laid out otherwise from now on.
    ///
    /// # Errors
    ///
    /// When the database cannot be written.
    pub fn everything_is_due(&mut self) -> Result<(), StoreError> {
        self.change(dues::mark_all)
    }

    /// Notes what was published: these are not due any more, came to these
    /// documents, and the documents with these names were removed. Nothing may
    /// have been applied since it was told what is due.
    ///
    /// # Errors
    ///
    /// When the database cannot be written; then none of it is noted.
    pub fn published(&mut self, done: &[Placed], removed: &[String]) -> Result<(), StoreError> {
        self.change(|db| {
            for name in removed {
                dues::forget(db, name)?;
            }
            for placed in done {
                dues::clear(db, &placed.due)?;
                for written in &placed.documents {
                    dues::keep(db, &placed.due, written)?;
                }
                if let (Due::Sheet { channel, .. }, Some(imprint)) = (&placed.due, &placed.imprint)
                {
                    dues::keep_imprint(db, *channel, imprint)?;
                }
            }
            Ok(())
        })
    }

    /// Notes documents that are about to be written, or were, and leaves due what
    /// they come from: whatever happens before the word that they are published,
    /// they are known to be there.
    ///
    /// # Errors
    ///
    /// When the database cannot be written; then none of it is noted.
    pub fn note_documents(&mut self, placed: &[Placed]) -> Result<(), StoreError> {
        self.change(|db| {
            let mut all = placed
                .iter()
                .flat_map(|one| one.documents.iter().map(move |written| (&one.due, written)));
            all.try_for_each(|(due, written)| dues::keep(db, due, written))
        })
    }

    /// The documents that lie in the feeds folder, by name, as they were
    /// written, and what each comes from.
    ///
    /// # Errors
    ///
    /// When the database cannot be read.
    pub fn documents(&self) -> Result<Vec<(Written, Due)>, StoreError> {
        dues::documents(&self.db).map_err(self.explain())
    }

    /// The documents that this came to when it was published last, by name; for
    /// a folder whose documents go, those below it.
    ///
    /// # Errors
    ///
    /// When the database cannot be read.
    pub fn documents_of(&self, due: &Due) -> Result<Vec<Written>, StoreError> {
        dues::documents_of(&self.db, due).map_err(self.explain())
    }

    /// What the current part of a feed left in its documents when it was
    /// published last, as [`Placed`] has it.
    ///
    /// # Errors
    ///
    /// When the database cannot be read.
    pub fn imprint(&self, channel: i64) -> Result<Option<Vec<u8>>, StoreError> {
        dues::imprint(&self.db, channel).map_err(self.explain())
    }

    /// Holds the catalogue as it is until [`Catalogue::release`]: asking for many
    /// things takes a good part less so. Nothing may be changed meanwhile.
    ///
    /// # Errors
    ///
    /// When the database cannot be read.
    pub fn hold(&self) -> Result<(), StoreError> {
        self.db.execute_batch("BEGIN").map_err(self.explain())
    }

    /// Ends what [`Catalogue::hold`] began.
    ///
    /// # Errors
    ///
    /// When the database cannot be read.
    pub fn release(&self) -> Result<(), StoreError> {
        self.db.execute_batch("COMMIT").map_err(self.explain())
    }

    /// All feeds, by scope and name. Those of banned topics are left out.
    ///
    /// # Errors
    ///
    /// When the database cannot be read.
    pub fn channels(&self) -> Result<Vec<Channel>, StoreError> {
        channels::list(&self.db).map_err(self.explain())
    }

    /// A part of a feed, if there is such a part. The archive page after the
    /// last one is there, without entries: the last one names it.
    ///
    /// # Errors
    ///
    /// When the database cannot be read.
    pub fn sheet(&self, channel: i64, part: Part) -> Result<Option<Sheet>, StoreError> {
        sheet(&self.db, channel, part).map_err(self.explain())
    }

    /// The entry in this place, as feeds show it; nothing if it is withdrawn.
    ///
    /// # Errors
    ///
    /// When the database cannot be read.
    pub fn entry(&self, key: i64) -> Result<Option<Arc<Entry>>, StoreError> {
        entry(&self.db, key).map_err(self.explain())
    }

    /// The name in addresses of the entry in this place, withdrawn or not.
    ///
    /// # Errors
    ///
    /// When the database cannot be read.
    pub fn slug(&self, key: i64) -> Result<Option<String>, StoreError> {
        let sql = "SELECT slug FROM entry WHERE key = ?1";
        one(&self.db, sql, [key], |row| row.get(0)).map_err(self.explain())
    }

    /// The settings that hold, without an id.
    ///
    /// # Errors
    ///
    /// When the database cannot be read.
    pub fn settings(&self) -> Result<Settings, StoreError> {
        settings::read(&self.db).map_err(self.explain())
    }
}

pub(super) fn sheet(db: &Connection, key: i64, part: Part) -> Result<Option<Sheet>> {
    let Some((subject, channel)) = channels::shown(db, key)? else {
        return Ok(None);
    };
    let (archives, _) = pages::last(db, key)?;
    let mut sheet = Sheet {
        channel: Arc::new(channel),
        part,
        archives,
        entries: Vec::new(),
        deleted: Vec::new(),
    };
    let Some(stretch) = pages::stretch(db, key, part)? else {
        let follows = archives > 0 && part == Part::Archive(archives + 1);
        return Ok(follows.then_some(sheet));
    };
    // While a go is on, the current part may have more than it will keep.
    let limit = match part {
        Part::Current => i64::try_from(settings::read(db)?.max_entries.max(1)),
        Part::Archive(_) => Ok(-1),
    };
    let limit = limit.unwrap_or(-1);
    sheet.entries = pages::listed(db, subject, stretch, limit, round::open(db)?)?;
    sheet.deleted = pages::deleted(db, subject, stretch)?;
    Ok(Some(sheet))
}

pub(super) fn entry(db: &Connection, key: Key) -> Result<Option<Arc<Entry>>> {
    let sql = "
        SELECT 1 FROM entry e WHERE key = ?1 AND withdrawn IS NULL
            AND NOT EXISTS (SELECT 1 FROM retraction r WHERE r.id = e.id)";
    if one(db, sql, [key], |_| Ok(()))?.is_none() {
        return Ok(None);
    }
    let max_topics = settings::read(db)?.max_topics;
    reading::entry(db, key, max_topics).map(|entry| Some(Arc::new(entry)))
}
