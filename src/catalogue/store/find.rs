//! What somebody asks to see of the archive, a page at a time, in the order of
//! feeds.
//!
//! There are three ways, and which is the quickest depends on how common the
//! words are:
//!
//! - the newest entries are at hand with their words (`newest`), and to ask them
//!   takes no look into the database;
//! - the index lists all that has a rare word, which is then put in order
//!   (`order`);
//! - where the index would list a large part of the archive, entries are read in
//!   order until there are enough (`page`).
//!
//! All three find the same; the tests hold that.

mod newest;
mod order;
mod page;
mod scope;

use super::{members::Position, query::one, settings};
use crate::{catalogue::Wanted, channel::Listed};
use newest::Newest;
use order::Order;
use page::Page;
use rusqlite::{Connection, Result};
use scope::Subjects;
use std::{fmt, str::FromStr};

/// A page has no more entries than this, whatever is asked for.
const LARGEST: usize = 500;

/// Where in the order of entries a page ends, so that the next one begins after
/// it, whatever has come or gone in between.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Cursor(Position);

/// How many entries there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Count {
    /// So many.
    Exactly(usize),
    /// So many or more: to count them all would take longer than to find some.
    AtLeast(usize),
}

/// A page of what was asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hits {
    /// The entries, the newest first.
    pub entries: Vec<Listed>,
    /// Where the next page begins, if there may be one. A page that is not full
    /// can have a next one: then the archive was looked through only so far.
    pub next: Option<Cursor>,
    /// How many there are on all pages.
    pub count: Count,
}

impl Hits {
    const NOTHING: Self = Self {
        entries: Vec::new(),
        next: None,
        count: Count::Exactly(0),
    };
}

impl fmt::Display for Cursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self(Position {
            generation,
            placed,
            entry,
        }) = self;
        write!(f, "{generation}.{placed}.{entry}")
    }
}

/// Why a cursor cannot be read: it is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("this is no place to go on from; begin with the first page")]
pub struct CursorError;

impl FromStr for Cursor {
    type Err = CursorError;

    fn from_str(written: &str) -> std::result::Result<Self, CursorError> {
        let numbers = written.split('.').map(str::parse);
        let numbers: std::result::Result<Vec<i64>, _> = numbers.collect();
        match numbers.as_deref() {
            Ok([generation, placed, entry]) => Ok(Self(Position {
                generation: *generation,
                placed: *placed,
                entry: *entry,
            })),
            _ => Err(CursorError),
        }
    }
}

/// By what it is decided how entries are found. What is found is the same.
#[derive(Debug, Clone, Copy)]
struct Measures {
    /// How many of the newest entries are at hand. Of 512 a word of every tenth
    /// fills two pages, and they take some three megabytes.
    newest: usize,
    /// How much text of them there is at most, in bytes, whatever articles there
    /// are.
    much: usize,
    /// How long it takes to read the words of an entry, in the time that the
    /// index takes to list one and it to be put in order.
    read: usize,
    /// How many entries are read for a page, at most: a quarter of a second.
    read_at_most: usize,
    /// Where a subject has so few entries, they are read: the index may have to
    /// go through many more, and they are counted besides.
    few: usize,
    /// How many of those that the index lists are made sure of one by one, where
    /// that is needed, to know how many there are.
    sure_of: usize,
    /// How many entries of two subjects are looked at to know how many they
    /// share.
    counted: usize,
    /// A beginning of words that so many percent of the entries have is not
    /// looked up in the index when there are other conditions: it would read the
    /// lists of all words that begin so.
    costly: usize,
}

impl Default for Measures {
    fn default() -> Self {
        Self {
            newest: 512,
            much: 6 << 20,
            read: 200,
            read_at_most: 2_500,
            few: 50,
            sure_of: 100,
            counted: 5_000,
            costly: 20,
        }
    }
}

/// What is kept between questions. It follows the database by itself.
#[derive(Debug, Default)]
pub(super) struct Kept {
    newest: Newest,
    order: Order,
    known: Known,
    measures: Measures,
    /// The state of the database that the newest and the settings are of.
    state: Option<i64>,
    /// That which the order is of.
    ordered: Option<i64>,
}

/// What of the settings matters here.
#[derive(Debug, Clone, Copy, Default)]
struct Known {
    is_indexed: bool,
    max_topics: usize,
}

impl Kept {
    /// Reads what has changed since the last question.
    fn catch_up(&mut self, db: &Connection) -> Result<()> {
        let state = state(db)?;
        if self.state != Some(state) {
            let settings = settings::read(db)?;
            self.known = Known {
                is_indexed: settings.is_indexed(),
                max_topics: settings.max_topics,
            };
            self.newest
                .catch_up(db, self.known.max_topics, self.measures)?;
            self.state = Some(state);
        }
        Ok(())
    }

    /// The order of entries, which few questions need.
    fn order(&mut self, db: &Connection) -> Result<&mut Order> {
        let state = state(db)?;
        if self.ordered != Some(state) {
            self.order.catch_up(db)?;
            self.ordered = Some(state);
        }
        Ok(&mut self.order)
    }
}

#[cfg(test)]
mod tests;

/// A number that moves whenever another connection has changed the database.
fn state(db: &Connection) -> Result<i64> {
    one(db, "PRAGMA data_version", [], |row| row.get(0)).map(Option::unwrap_or_default)
}

/// A page of what is wanted: the entries after this place in order.
pub(super) fn find(
    db: &Connection,
    kept: &mut Kept,
    wanted: &Wanted,
    after: Option<Cursor>,
    limit: usize,
) -> Result<Hits> {
    let (Ok(node), Some(subjects)) = (wanted.node(), Subjects::of(db, wanted)?) else {
        return Ok(Hits::NOTHING);
    };
    let before = after.map_or(Position::LAST, |Cursor(place)| place);
    let page = Page {
        db,
        subjects,
        before,
        limit: limit.min(LARGEST),
        measures: kept.measures,
    };
    match node {
        None => page.of_all(),
        Some(node) => {
            kept.catch_up(db)?;
            page.of(&node, kept)
        }
    }
}
