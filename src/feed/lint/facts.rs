//! What a feed says of itself and of others: what is needed to judge the files
//! of a folder by each other.

use super::report::Places;
use std::hash::{DefaultHasher, Hash, Hasher};

/// What a feed says of itself and of others.
#[derive(Debug, Clone, Default)]
pub(super) struct Facts {
    /// Links by their relation: `self`, `current`, `prev-archive`,
    /// `next-archive`, and for JSON Feed `next`.
    pub(super) links: Vec<(&'static str, Place, String)>,
    /// Whether it says that it is an archive page.
    pub(super) is_archive: bool,
    pub(super) entries: Vec<EntryFacts>,
}

/// Somewhere in a file.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Place {
    pub(super) at: usize,
    pub(super) line: usize,
    pub(super) column: usize,
}

impl Place {
    pub(super) fn new(at: usize) -> Self {
        Self {
            at,
            ..Self::default()
        }
    }
}

/// An entry, so far as others can contradict it. Values are kept as hashes: a
/// folder may hold millions of entries.
#[derive(Debug, Clone)]
pub(super) struct EntryFacts {
    pub(super) place: Place,
    pub(super) id: u64,
    /// What it says of itself; `None` where it says nothing, or nothing that
    /// formats can be compared by.
    pub(super) title: Option<u64>,
    pub(super) link: Option<u64>,
    pub(super) published: Option<i64>,
    pub(super) updated: Option<i64>,
    pub(super) categories: Option<u64>,
}

impl Facts {
    /// The links of a relation.
    pub(super) fn link(&self, rel: &str) -> Option<(Place, &str)> {
        let mut links = self.links.iter();
        let found = links.find(|(known, ..)| *known == rel);
        found.map(|(_, place, to)| (*place, to.as_str()))
    }

    /// Tells the lines of all places.
    pub(super) fn place(&mut self, places: &mut Places) {
        let entries = self.entries.iter_mut().map(|entry| &mut entry.place);
        let links = self.links.iter_mut().map(|(_, place, _)| place);
        let mut all: Vec<_> = entries.chain(links).collect();
        all.sort_by_key(|place| place.at);
        for place in all {
            (place.line, place.column) = places.of(place.at);
        }
    }
}

/// What a value is compared by.
pub(super) fn hash(value: &(impl Hash + ?Sized)) -> u64 {
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    hasher.finish()
}

/// What categories are compared by: their order says nothing.
pub(super) fn hash_of_all<'a>(values: impl Iterator<Item = &'a str>) -> u64 {
    let mut values: Vec<&str> = values.map(str::trim).collect();
    values.sort_unstable();
    values.dedup();
    hash(&values)
}
