//! What somebody asks of a view who looks around in the archive.

use super::View;
use crate::{
    catalogue::{
        Wanted,
        store::{
            Cursor, Hits, StoreError, SubjectList, WEEKS, activity, columns::TimeColumn, feeds,
            find, pages, query::one, round, settings,
        },
    },
    channel::{Channel, Listed, Part, Scope, Sheet},
    entry::Entry,
};
use jiff::Timestamp;
use rusqlite::Result;
use std::sync::Arc;

/// How many entries a search shows that somebody has subscribed to.
const SUBSCRIBED: usize = 50;

/// What has a name in addresses.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Slugged {
    /// An entry.
    Here {
        /// Which.
        listed: Listed,
        /// As feeds show it.
        entry: Arc<Entry>,
    },
    /// An entry that was withdrawn then, or taken off the feeds.
    Gone(Timestamp),
    /// Nothing ever had it.
    Unknown,
}

/// The entries beside one in the order of feeds.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Neighbors {
    /// The next newer one.
    pub newer: Option<Listed>,
    /// The next older one.
    pub older: Option<Listed>,
}

impl View {
    /// A page of what is wanted: the newest entries, or those after this place,
    /// which a page before has told; 500 at most.
    ///
    /// # Errors
    ///
    /// When the database cannot be read.
    pub fn find(
        &self,
        wanted: &Wanted,
        after: Option<Cursor>,
        limit: usize,
    ) -> Result<Hits, StoreError> {
        self.asked(|view| {
            let mut kept = view.kept.borrow_mut();
            find::find(&view.db, &mut kept, wanted, after, limit)
        })
    }

    /// What is wanted as a feed like others, without an archive. What readers
    /// know it by follows from the question alone, however that is written.
    ///
    /// # Errors
    ///
    /// When the database cannot be read.
    pub fn search_sheet(&self, wanted: &Wanted) -> Result<Sheet, StoreError> {
        let hits = self.find(wanted, None, SUBSCRIBED)?;
        let root = self.asked(|view| settings::feed_id(&view.db))?;
        Ok(Sheet {
            channel: Arc::new(Channel {
                id: wanted.feed_id(&root),
                scope: Scope::Search,
                name: wanted.to_string(),
                folder: "search".to_owned(),
                former: Vec::new(),
            }),
            part: Part::Current,
            archives: 0,
            entries: hits.entries,
            deleted: Vec::new(),
        })
    }

    /// The topics, speakers, folders or searches that entries are in, those with
    /// many entries first: after the first `skip`, `limit` of them at most and
    /// never more than 500, with the weeks up to `now`. In a large archive those
    /// without a feed are left out.
    ///
    /// # Errors
    ///
    /// When the database cannot be read.
    pub fn subjects(
        &self,
        scope: Scope,
        now: Timestamp,
        skip: usize,
        limit: usize,
    ) -> Result<SubjectList, StoreError> {
        self.asked(|view| activity::list(&view.db, scope, now, skip, limit))
    }

    /// How many entries there are of each of the last weeks up to `now`.
    ///
    /// # Errors
    ///
    /// When the database cannot be read.
    pub fn weeks(&self, now: Timestamp) -> Result<[u32; WEEKS], StoreError> {
        self.asked(|view| activity::of_all(&view.db, now))
    }

    /// The languages of entries as BCP 47 tags in lower case, and how many
    /// entries are in each, those with many first.
    ///
    /// # Errors
    ///
    /// When the database cannot be read.
    pub fn languages(&self) -> Result<Vec<(String, usize)>, StoreError> {
        self.asked(|view| activity::languages(&view.db))
    }

    /// The entry that has this name in addresses.
    ///
    /// # Errors
    ///
    /// When the database cannot be read.
    pub fn by_slug(&self, slug: &str) -> Result<Slugged, StoreError> {
        self.asked(|view| {
            let sql = "
                SELECT key, coalesce(withdrawn, at)
                FROM entry LEFT JOIN retraction USING (id) WHERE slug = ?1";
            let found = one(&view.db, sql, [slug], |row| Ok((row.get(0)?, row.get(1)?)))?;
            let (key, withdrawn): (i64, Option<TimeColumn>) = match found {
                Some(found) => found,
                None => return Ok(Slugged::Unknown),
            };
            if let Some(TimeColumn(at)) = withdrawn {
                return Ok(Slugged::Gone(at));
            }
            let entry = feeds::entry(&view.db, key)?;
            let listed = pages::listed_one(&view.db, key, round::open(&view.db)?)?;
            Ok(entry.map_or(Slugged::Unknown, |entry| Slugged::Here { listed, entry }))
        })
    }

    /// The entries beside the one in this place of the catalogue.
    ///
    /// # Errors
    ///
    /// When the database cannot be read.
    pub fn neighbors(&self, key: i64) -> Result<Neighbors, StoreError> {
        self.asked(|view| {
            let (newer, older) = activity::beside(&view.db, key)?;
            let round = round::open(&view.db)?;
            let listed = |key: Option<i64>| {
                key.map(|key| pages::listed_one(&view.db, key, round))
                    .transpose()
            };
            Ok(Neighbors {
                newer: listed(newer)?,
                older: listed(older)?,
            })
        })
    }

    /// Asks the database, of one moment.
    fn asked<T>(&self, ask: impl FnOnce(&Self) -> Result<T>) -> Result<T, StoreError> {
        self.at_once(|view| ask(view).map_err(view.explain()))
    }
}
