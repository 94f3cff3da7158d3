//! What queries find. A stand-in: nothing is found yet.

#![allow(
    clippy::unnecessary_wraps,
    reason = "what stands here in time asks the database"
)]

use crate::{
    catalogue::{Query, rules::Key},
    entry::Entry,
};
use rusqlite::{Connection, Result};

/// Makes an entry found by what it says and by the folders it is in.
pub(super) fn index(
    _db: &Connection,
    _key: Key,
    _entry: &Entry,
    _folders: &[String],
) -> Result<()> {
    Ok(())
}

/// Makes an entry be found no longer.
pub(super) fn unindex(_db: &Connection, _key: Key) -> Result<()> {
    Ok(())
}

/// Whether a query finds an entry.
pub(super) fn matches(_db: &Connection, _query: &Query, _key: Key) -> Result<bool> {
    Ok(false)
}

/// The entries that a query finds.
pub(super) fn all(_db: &Connection, _query: &Query) -> Result<Vec<Key>> {
    Ok(Vec::new())
}
