//! Where entries stand in the order of feeds, at hand.
//!
//! The index gives what it finds by key, which is the order of arrival. Within a
//! generation (a first pass of all the archive, say) that is not the order of
//! feeds, and to look up the places of ten thousand entries in their rows, which
//! are scattered over the database, took longer than to find them.

use crate::catalogue::{
    rules::Key,
    store::{
        members::{self, Position},
        query::many,
        rows,
    },
};
use rusqlite::{Connection, Result};
use std::mem;

/// The places of entries.
#[derive(Debug)]
pub(super) struct Order {
    /// By key.
    places: Vec<Position>,
    /// The generation that was open when they were read: in those before, places
    /// stay what they are.
    open: i64,
}

impl Default for Order {
    fn default() -> Self {
        Self {
            places: Vec::new(),
            open: i64::MIN,
        }
    }
}

impl Order {
    /// Reads what may have changed since the last time.
    pub(super) fn catch_up(&mut self, db: &Connection) -> Result<()> {
        let sql = "
            SELECT generation, placed, entry FROM member WHERE subject = 0 AND generation >= ?1";
        let moved = many(db, sql, [self.open], |row| Position::read(row, 0))?;
        let open = mem::replace(&mut self.open, rows::number(db, rows::GENERATION)?);
        self.places.retain(|place| place.generation < open);
        self.places.extend(moved);
        // Most are in order as it is, which this sort makes use of.
        self.places.sort_by_key(|place| place.entry);
        Ok(())
    }

    /// The places of these, which are in order.
    pub(super) fn of(&mut self, db: &Connection, keys: &[Key]) -> Result<Vec<Position>> {
        let mut found = Vec::with_capacity(keys.len());
        let mut came_back = Vec::new();
        let mut from = 0;
        for key in keys {
            // What is found next is seldom far.
            let mut step = 1;
            while self
                .places
                .get(from + step)
                .is_some_and(|place| place.entry <= *key)
            {
                from += step;
                step *= 2;
            }
            let rest = &self.places[from..self.places.len().min(from + step + 1)];
            from += rest.partition_point(|place| place.entry < *key);
            match self.places.get(from) {
                Some(place) if place.entry == *key => found.push(*place),
                // It was withdrawn when the others were read.
                _ => {
                    let place = members::position(db, *key)?;
                    found.push(place);
                    came_back.push(place);
                }
            }
        }
        if !came_back.is_empty() {
            self.places.extend(came_back);
            self.places.sort_by_key(|place| place.entry);
        }
        Ok(found)
    }
}
