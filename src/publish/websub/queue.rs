//! What a hub has not been told yet. Pure: it is told what happened.
//!
//! Several changes of one document become one, since a hub fetches it as it is.
//! So there are never more in the queue than there are feeds.

use super::Changed;
use std::collections::BTreeMap;

/// What a hub has not been told yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Queue {
    /// When each document was last modified, by its place in the queue.
    owed: BTreeMap<Place, i64>,
    /// When the newest of all documents was that were ever in the queue.
    newest: i64,
}

/// The feed of all entries first, then those of the fewest folders.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Place {
    depth: usize,
    name: String,
}

impl Place {
    fn of(name: &str) -> Self {
        Self {
            depth: name.matches('/').count(),
            name: name.to_owned(),
        }
    }
}

impl Queue {
    /// The hub was told of everything that was modified until then.
    pub(super) fn new(told_until: i64) -> Self {
        Self {
            owed: BTreeMap::new(),
            newest: told_until,
        }
    }

    /// A document was written.
    pub(super) fn add(&mut self, changed: &Changed) {
        let last = self.owed.entry(Place::of(&changed.name));
        let last = last.or_insert(changed.modified);
        *last = changed.modified;
        self.newest = self.newest.max(changed.modified);
    }

    /// The first in the queue.
    pub(super) fn next(&self, most: usize) -> Vec<Changed> {
        let first = self.owed.iter().take(most);
        first
            .map(|(place, modified)| Changed {
                name: place.name.clone(),
                modified: *modified,
            })
            .collect()
    }

    /// There is nothing more to be said of these; of one that was written again
    /// meanwhile there is.
    pub(super) fn done(&mut self, told: &[Changed]) {
        for changed in told {
            let place = Place::of(&changed.name);
            if self.owed.get(&place) == Some(&changed.modified) {
                self.owed.remove(&place);
            }
        }
    }

    /// Nothing that is in the queue needs to be told.
    pub(super) fn give_up(&mut self) {
        self.owed.clear();
    }

    pub(super) fn len(&self) -> usize {
        self.owed.len()
    }

    pub(super) fn is_empty(&self) -> bool {
        self.owed.is_empty()
    }

    /// Whoever knows this and when documents were modified knows what is owed:
    /// all that was modified later. It may be more than is.
    pub(super) fn told_until(&self) -> i64 {
        let oldest = self.owed.values().min();
        oldest.map_or(self.newest, |oldest| {
            self.newest.min(oldest.saturating_sub(1))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn changed(name: &str, modified: i64) -> Changed {
        Changed {
            name: name.to_owned(),
            modified,
        }
    }

    #[test]
    fn changes_of_one_document_are_one_and_the_main_feed_is_first() {
        let mut queue = Queue::new(0);
        for name in ["topics/a/rss.xml", "rss.xml", "atom.xml", "rss.xml"] {
            queue.add(&changed(name, 1));
        }
        assert_eq!(queue.len(), 3);
        let next: Vec<_> = queue.next(2).into_iter().map(|one| one.name).collect();
        assert_eq!(next, ["atom.xml", "rss.xml"]);
    }

    #[test]
    fn what_is_written_while_it_is_told_is_told_again() {
        let mut queue = Queue::new(0);
        queue.add(&changed("rss.xml", 1));
        queue.add(&changed("atom.xml", 1));
        let told = queue.next(9);
        queue.add(&changed("rss.xml", 2));
        queue.done(&told);
        assert_eq!(queue.next(9), [changed("rss.xml", 2)]);
    }

    #[test]
    fn nothing_owed_is_newer_than_what_is_kept() {
        let mut queue = Queue::new(5);
        assert_eq!(queue.told_until(), 5);
        queue.add(&changed("rss.xml", 8));
        queue.add(&changed("atom.xml", 7));
        assert_eq!(queue.told_until(), 6);
        queue.done(&[changed("atom.xml", 7)]);
        assert_eq!(queue.told_until(), 7);
        queue.add(&changed("atom.xml", 9));
        queue.done(&[changed("rss.xml", 8)]);
        assert_eq!(queue.told_until(), 8);
        queue.done(&[changed("atom.xml", 9)]);
        assert_eq!(queue.told_until(), 9);
        // The clock was set back.
        queue.add(&changed("rss.xml", 3));
        assert_eq!(queue.told_until(), 2);
        queue.give_up();
        assert!(queue.is_empty());
        assert_eq!(queue.told_until(), 9);
    }
}
