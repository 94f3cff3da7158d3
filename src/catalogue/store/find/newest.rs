//! The newest entries, at hand with their words.
//!
//! A word that is in every tenth article is found among them often enough to
//! fill a page, and so is `s*`, for which the index would read the lists of all
//! words that begin so: these are what people see first while they type, and
//! what the index takes longest for. For the rest they are the sample that tells
//! how common a word is.

use super::{Measures, scope::Subjects};
use crate::catalogue::{
    rules::Key,
    search::{Node, Searched},
    store::{
        members::{Position, SubjectsColumn},
        reading,
    },
    subject::Subject,
};
use rusqlite::{Connection, Result};
use std::{collections::HashMap, mem};

/// One of the newest entries.
#[derive(Debug)]
pub(super) struct Recent {
    pub(super) position: Position,
    pub(super) subjects: Vec<Subject>,
    pub(super) searched: Searched,
    /// Moves whenever anything moves that the words are made of.
    version: i64,
}

/// The newest entries.
#[derive(Debug, Default)]
pub(super) struct Newest {
    /// The newest first.
    pub(super) entries: Vec<Recent>,
    /// Whether there are no others.
    pub(super) are_all: bool,
}

impl Newest {
    /// Reads those that have come or changed since the last time.
    pub(super) fn catch_up(
        &mut self,
        db: &Connection,
        max_topics: usize,
        measures: Measures,
    ) -> Result<()> {
        let before = mem::take(self).entries.into_iter();
        let mut before: HashMap<Key, Recent> = before
            .map(|recent| (recent.position.entry, recent))
            .collect();
        let sql = "
            SELECT m.generation, m.placed, m.entry, e.version, e.subjects, s.folders
            FROM member m CROSS JOIN entry e ON e.key = m.entry
                LEFT JOIN search_entry s ON s.entry = m.entry
            WHERE m.subject = 0
            ORDER BY m.generation DESC, m.placed DESC, m.entry DESC";
        let mut query = db.prepare_cached(sql)?;
        let mut rows = query.query([])?;
        let mut much = 0;
        self.are_all = true;
        while let Some(row) = rows.next()? {
            if self.entries.len() >= measures.newest || much > measures.much {
                self.are_all = false;
                break;
            }
            let position = Position::read(row, 0)?;
            let version = row.get(3)?;
            let SubjectsColumn(subjects) = row.get(4)?;
            let folders: Option<String> = row.get(5)?;
            let known = before.remove(&position.entry).filter(|known| {
                let now = folders.as_deref().unwrap_or(NOWHERE);
                known.version == version && known.searched.folders == now
            });
            let searched = match known {
                Some(known) => known.searched,
                None => searched(db, position.entry, folders, max_topics)?,
            };
            much += searched.title.len() + searched.text.len();
            self.entries.push(Recent {
                position,
                subjects,
                searched,
                version,
            });
        }
        Ok(())
    }

    /// Asks them what is so.
    pub(super) fn ask(&self, node: &Node, subjects: &Subjects) -> Asked {
        let mut asked = Asked::default();
        for recent in &self.entries {
            let is_wanted = subjects.are_among(&recent.subjects);
            let is_so = node.finds(&recent.searched);
            asked.hits += usize::from(is_so);
            asked.within.0 += usize::from(is_so && is_wanted);
            asked.within.1 += usize::from(is_wanted);
            if is_so && is_wanted {
                asked.found.push(recent.position);
            }
        }
        asked
    }

    /// How many of them are so.
    pub(super) fn hits(&self, node: &Node) -> usize {
        let entries = self.entries.iter();
        entries
            .filter(|recent| node.finds(&recent.searched))
            .count()
    }

    /// The place of the last of them.
    pub(super) fn upto(&self) -> Position {
        self.entries
            .last()
            .map_or(Position::LAST, |last| last.position)
    }
}

/// What the newest entries answer.
#[derive(Debug, Default)]
pub(super) struct Asked {
    /// Those that are so and in the subjects, in order.
    pub(super) found: Vec<Position>,
    /// How many are so, in any subject.
    pub(super) hits: usize,
    /// Of those that are in the subjects, how many are so, and how many there
    /// are.
    pub(super) within: (usize, usize),
}

/// The folders of an entry that has none, as they are searched.
const NOWHERE: &str = "\n";

/// What is searched of an entry, as the index has it, in these folders.
pub(super) fn searched(
    db: &Connection,
    key: Key,
    folders: Option<String>,
    max_topics: usize,
) -> Result<Searched> {
    let mut entry = reading::entry(db, key, max_topics)?;
    entry.digest.topics.truncate(max_topics);
    let mut searched = Searched::new(&entry, &[]);
    searched.folders = folders.unwrap_or_else(|| NOWHERE.to_owned());
    Ok(searched)
}
