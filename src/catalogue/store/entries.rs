//! All entries as their owner sees them: those that feeds show, and those that
//! they do not.

use super::{
    StoreError, Visitor,
    columns::{PathColumn, TimeColumn},
    place,
    query::many,
    reading, search, settings,
};
use crate::{
    catalogue::{Query, rules::Key, search::Searched},
    entry::{Entry, EntryId},
};
use jiff::Timestamp;
use rusqlite::Result;
use std::path::PathBuf;

/// An entry, in a list of its owner's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListedEntry {
    /// Its place in the catalogue.
    pub key: i64,
    /// Its permanent id.
    pub id: EntryId,
    /// Its name in addresses.
    pub slug: String,
    /// Its headline.
    pub title: String,
    /// As feeds show it.
    pub published: Timestamp,
    /// As feeds show it.
    pub updated: Timestamp,
    /// Whether they do.
    pub state: EntryState,
    /// Whether it has no file any more.
    pub is_gone: bool,
    /// The files that have its text, relative to the watch folder, the one known
    /// longest first; of one that has none, where its last file lay.
    pub files: Vec<PathBuf>,
}

/// Whether feeds show an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EntryState {
    /// They do.
    Shown,
    /// The owner took it off the feeds then.
    Retracted(Timestamp),
    /// It has had no file since then.
    Withdrawn(Timestamp),
}

impl Visitor {
    /// The entries that a query finds, or all, in the order of feeds: the newest
    /// first. Those that ended in another one are not among them.
    ///
    /// # Errors
    ///
    /// When the database cannot be read.
    pub fn entries(&self, query: Option<&Query>) -> Result<Vec<ListedEntry>, StoreError> {
        let list = || -> Result<Vec<ListedEntry>> {
            // What is read is of one moment.
            let db = self.db.unchecked_transaction()?;
            let sql = "
                SELECT e.key, e.id, e.slug, d.title, e.published, e.updated, e.withdrawn, r.at,
                    e.last_path
                FROM entry e JOIN digest d ON d.entry = e.key LEFT JOIN retraction r ON r.id = e.id
                WHERE e.withdrawn IS NULL OR e.last_path IS NOT NULL
                ORDER BY e.generation DESC, e.placed DESC, e.key DESC";
            let all = many(&db, sql, [], |row| {
                let (TimeColumn(published), TimeColumn(updated)) = (row.get(4)?, row.get(5)?);
                let withdrawn: Option<TimeColumn> = row.get(6)?;
                let retracted: Option<TimeColumn> = row.get(7)?;
                let last: Option<PathColumn<PathBuf>> = row.get(8)?;
                Ok(ListedEntry {
                    key: row.get(0)?,
                    id: EntryId(row.get(1)?),
                    slug: row.get::<_, Option<String>>(2)?.unwrap_or_default(),
                    title: row.get(3)?,
                    published,
                    updated,
                    is_gone: withdrawn.is_some(),
                    state: match (&retracted, &withdrawn) {
                        (Some(TimeColumn(at)), _) => EntryState::Retracted(*at),
                        (None, Some(TimeColumn(at))) => EntryState::Withdrawn(*at),
                        (None, None) => EntryState::Shown,
                    },
                    files: last.map(|PathColumn(path)| path).into_iter().collect(),
                })
            })?;
            let settings = settings::read(&db)?;
            let indexed = query.filter(|_| settings.is_indexed());
            let indexed = indexed.map(|query| search::all(&db, query)).transpose()?;
            let mut found = Vec::new();
            for mut listed in all {
                let is_found = match (query, &indexed) {
                    (None, _) => true,
                    // The index has those that feeds show, oldest first.
                    (Some(_), Some(keys)) if listed.state == EntryState::Shown => {
                        keys.binary_search(&listed.key).is_ok()
                    }
                    (Some(query), _) => self.finds(query, listed.key, settings.max_topics)?,
                };
                if !is_found {
                    continue;
                }
                let sql = "SELECT path FROM source WHERE entry = ?1 ORDER BY seq";
                let files = many(&db, sql, [listed.key], |row| {
                    let PathColumn(path) = row.get(0)?;
                    Ok(path)
                })?;
                if !files.is_empty() {
                    listed.files = files;
                }
                found.push(listed);
            }
            Ok(found)
        };
        list().map_err(self.explain())
    }

    /// An entry in this place as feeds show it, or would.
    ///
    /// # Errors
    ///
    /// When the database cannot be read, or there is none.
    pub fn entry(&self, key: i64) -> Result<Entry, StoreError> {
        settings::read(&self.db)
            .and_then(|settings| reading::entry(&self.db, key, settings.max_topics))
            .map_err(self.explain())
    }

    fn finds(&self, query: &Query, key: Key, max_topics: usize) -> Result<bool> {
        let mut entry = reading::entry(&self.db, key, max_topics)?;
        entry.digest.topics.truncate(max_topics);
        let folders = place::folders(&self.db, key)?.unwrap_or_default();
        Ok(query.finds(&Searched::new(&entry, &folders)))
    }
}
