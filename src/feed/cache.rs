//! What is kept for the next time: as much as there is room for.
//!
//! What was not asked for the longest goes first, but never what was asked for
//! last: whoever asks what is missing gets to use all of it, however large.

use super::{
    fragment::Fragment,
    shelf::{Shelf, Shelved},
};
use crate::channel::Listed;
use std::collections::{BTreeMap, BTreeSet};

/// Fragments by the entries that they were made from.
#[derive(Debug)]
pub(super) struct Cache {
    /// How many bytes may be kept.
    room: usize,
    /// How many are.
    weight: usize,
    /// Counts how often somebody asked.
    round: u64,
    kept: BTreeMap<i64, Kept>,
    /// The keys, by the round in which they were last asked for.
    order: BTreeSet<(u64, i64)>,
    /// What has to go goes there, if there is such a place.
    shelved: Option<Shelved>,
}

#[derive(Debug)]
struct Kept {
    version: i64,
    round: u64,
    weight: usize,
    made: Made,
}

/// What an entry became.
#[derive(Debug)]
pub(super) enum Made {
    Fragment(Box<Fragment>),
    /// It cannot be shown.
    Nothing,
}

/// What keeping track of one takes, in bytes.
const EACH: usize = 256;

impl Cache {
    pub(super) fn new(room: usize) -> Self {
        Self {
            room,
            weight: 0,
            round: 0,
            kept: BTreeMap::new(),
            order: BTreeSet::new(),
            shelved: None,
        }
    }

    pub(super) fn clear(&mut self) {
        let shelved = self.shelved.take().map(Shelved::emptied);
        *self = Self {
            shelved,
            ..Self::new(self.room)
        };
    }

    /// Has a shelf from now on, an empty one; or none.
    pub(super) fn set_shelf(&mut self, shelf: Option<Box<dyn Shelf>>) {
        self.shelved = shelf.map(Shelved::new);
    }

    /// Those that are not kept, each once, in the order given. The others stay
    /// until the next time.
    pub(super) fn missing(&mut self, listed: &[Listed]) -> Vec<Listed> {
        self.round += 1;
        let mut asked = BTreeSet::new();
        let listed = listed.iter().filter(|one| asked.insert(**one));
        let missing = listed.filter(|one| !self.touch(**one)).copied();
        missing.collect()
    }

    /// Whether this is kept; then it was asked for just now.
    fn touch(&mut self, listed: Listed) -> bool {
        let kept = self.kept.get_mut(&listed.key);
        let Some(kept) = kept.filter(|kept| kept.version == listed.version) else {
            let shelved = self.shelved.as_mut();
            let Some(fragment) = shelved.and_then(|shelved| shelved.get(listed)) else {
                return false;
            };
            self.put(listed, Made::Fragment(Box::new(fragment)));
            return true;
        };
        self.order.remove(&(kept.round, listed.key));
        kept.round = self.round;
        self.order.insert((kept.round, listed.key))
    }

    /// Keeps what an entry became, in the place of what it was before.
    pub(super) fn put(&mut self, listed: Listed, made: Made) {
        self.drop(listed.key);
        let weight = match &made {
            Made::Fragment(fragment) => EACH + fragment.weight(),
            Made::Nothing => EACH,
        };
        let kept = Kept {
            version: listed.version,
            round: self.round,
            weight,
            made,
        };
        self.weight += weight;
        self.order.insert((self.round, listed.key));
        self.kept.insert(listed.key, kept);
        while self.weight > self.room {
            let oldest = self.order.first().filter(|(round, _)| *round < self.round);
            let Some((_, key)) = oldest.copied() else {
                return;
            };
            self.drop(key);
        }
    }

    /// Whether nothing can be added to what an entry became.
    pub(super) fn is_whole(&self, listed: Listed) -> bool {
        match self.get(listed) {
            Some(Made::Fragment(fragment)) => fragment.is_whole(),
            Some(Made::Nothing) => true,
            None => false,
        }
    }

    /// Adds a fragment to what there is of the same entry.
    pub(super) fn add(&mut self, listed: Listed, mut fragment: Fragment) {
        if self.is_whole(listed) {
            return;
        }
        let kept = self.kept.remove(&listed.key);
        if let Some(kept) = kept {
            self.weight -= kept.weight;
            self.order.remove(&(kept.round, listed.key));
            if let (Made::Fragment(other), true) = (kept.made, kept.version == listed.version) {
                fragment.fill(*other);
            }
        }
        self.put(listed, Made::Fragment(Box::new(fragment)));
    }

    fn drop(&mut self, key: i64) {
        if let Some(kept) = self.kept.remove(&key) {
            self.weight -= kept.weight;
            self.order.remove(&(kept.round, key));
            if let (Made::Fragment(fragment), Some(shelved)) = (&kept.made, &mut self.shelved) {
                let version = kept.version;
                shelved.put(Listed { key, version }, fragment);
            }
        }
    }

    /// What an entry became, unless that is missing.
    pub(super) fn get(&self, listed: Listed) -> Option<&Made> {
        let kept = self.kept.get(&listed.key);
        let kept = kept.filter(|kept| kept.version == listed.version)?;
        Some(&kept.made)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn listed(keys: &[i64]) -> Vec<Listed> {
        let listed = |key: &i64| Listed {
            key: *key,
            version: 1,
        };
        keys.iter().map(listed).collect()
    }

    #[test]
    fn what_was_asked_for_last_stays() {
        let mut cache = Cache::new(3 * EACH);
        let rounds: [(&[i64], &[i64]); 6] = [
            (&[0, 1, 2], &[0, 1, 2]),
            (&[1, 2, 3], &[3]),
            // 0 had to go for 3, and now 2 goes for 0.
            (&[0, 1], &[0]),
            // All five are there at once, though there is room for three.
            (&[0, 1, 2, 3, 4], &[2, 4]),
            (&[0, 1, 2, 3, 4], &[]),
            (&[8], &[8]),
        ];
        for (asked, missing) in rounds {
            assert_eq!(cache.missing(&listed(asked)), listed(missing));
            for one in listed(missing) {
                cache.put(one, Made::Nothing);
            }
            assert!(listed(asked).iter().all(|one| cache.get(*one).is_some()));
        }
        let kept: Vec<_> = cache.kept.keys().copied().collect();
        assert_eq!(kept, [3, 4, 8]);
        assert_eq!((cache.order.len(), cache.weight), (3, 3 * EACH));
    }

    #[test]
    fn another_version_takes_the_place_of_the_one_before() {
        let mut cache = Cache::new(9 * EACH);
        let [old, new] = [1, 2].map(|version| Listed { key: 7, version });
        cache.put(old, Made::Nothing);
        assert_eq!(cache.missing(&[new, new, old]), [new]);
        cache.put(new, Made::Nothing);
        assert!(cache.get(old).is_none() && cache.get(new).is_some());
        assert_eq!(cache.weight, EACH);
    }
}
