//! Everybody who is quoted by name, and how often.

use super::{StoreError, Visitor, columns::DigestColumns, query::one, said, subjects};
use crate::{channel::Scope, entry::Topic};
use rusqlite::Result;
use std::{cmp::Reverse, collections::HashMap};

/// Somebody who is quoted by name.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ListedSpeaker {
    /// The name, as feeds have it.
    pub name: String,
    /// How many quotations there are.
    pub quotations: usize,
    /// In how many entries.
    pub entries: usize,
    /// The folder of the feed in the feeds folder, if there is one.
    pub feed: Option<String>,
}

impl Visitor {
    /// Who is quoted by name in entries that feeds show: first those who are
    /// quoted most.
    ///
    /// # Errors
    ///
    /// When the database cannot be read.
    pub fn speakers(&self) -> Result<Vec<ListedSpeaker>, StoreError> {
        self.list_speakers().map_err(self.explain())
    }

    fn list_speakers(&self) -> Result<Vec<ListedSpeaker>> {
        let mut speakers: HashMap<String, ListedSpeaker> = HashMap::new();
        // What is read is of one moment.
        let db = self.db.unchecked_transaction()?;
        let sql = "
            SELECT e.topics, d.title, d.digest, d.body
            FROM member m JOIN entry e ON e.key = m.entry JOIN digest d ON d.entry = e.key
            WHERE m.subject = 0 ORDER BY e.key";
        let mut entries = db.prepare(sql)?;
        let mut entries = entries.query([])?;
        while let Some(row) = entries.next()? {
            let digest = DigestColumns::read(row, 1)?.into_digest()?;
            let mut here: Vec<String> = Vec::new();
            for name in said::quoted(&db, &digest, &row.get(0)?)? {
                let key = Topic::folded(&name);
                let listed = speakers.entry(key.clone()).or_default();
                listed.quotations += 1;
                if listed.name.is_empty() {
                    listed.name = name;
                }
                if !here.contains(&key) {
                    listed.entries += 1;
                    here.push(key);
                }
            }
        }
        let mut listed = Vec::with_capacity(speakers.len());
        for (key, mut speaker) in speakers {
            if let Some(subject) = subjects::find(&db, Scope::Speaker, &key)? {
                let feed = "SELECT folder FROM channel WHERE subject = ?1";
                speaker.feed = one(&db, feed, [subject], |row| row.get(0))?;
            }
            listed.push(speaker);
        }
        listed.sort_by_cached_key(|speaker| {
            let name = Topic::folded(&speaker.name);
            (Reverse(speaker.quotations), Reverse(speaker.entries), name)
        });
        Ok(listed)
    }
}
