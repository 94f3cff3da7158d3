//! The different stems of a text, numbered, so that later steps count in
//! arrays.

/// The different stems of a text, numbered in order of appearance, with how
/// often each stands in it.
#[derive(Debug, Default)]
pub(in crate::digest) struct Terms {
    /// How often the stem with each number occurs.
    pub(in crate::digest) counts: Vec<u32>,
    keys: Vec<u64>,
    /// Numbers plus one by key, in open addressing; 0 is free.
    slots: Vec<u32>,
}

impl Terms {
    /// The number of a stem that occurs in the text.
    pub(in crate::digest) fn get(&self, term: u64) -> Option<u32> {
        if self.slots.is_empty() {
            return None;
        }
        self.slots[self.find(term)].checked_sub(1)
    }

    #[inline]
    pub(super) fn add(&mut self, term: u64) -> u32 {
        if !self.slots.is_empty() {
            let slot = self.slots[self.find(term)];
            if let Some(id) = slot.checked_sub(1) {
                self.counts[id as usize] += 1;
                return id;
            }
        }
        self.add_new(term)
    }

    fn add_new(&mut self, term: u64) -> u32 {
        if self.slots.len() < (self.keys.len() + 1) * 2 {
            self.grow((self.keys.len() * 4 + 64).next_power_of_two());
        }
        let at = self.find(term);
        let id = super::count(self.keys.len());
        self.slots[at] = id + 1;
        self.keys.push(term);
        self.counts.push(1);
        id
    }

    pub(super) fn grow(&mut self, slots: usize) {
        self.slots = vec![0; slots];
        self.keys.reserve(slots / 2 - self.keys.len());
        self.counts.reserve(slots / 2 - self.counts.len());
        for at in 0..self.keys.len() {
            let slot = self.find(self.keys[at]);
            self.slots[slot] = super::count(at) + 1;
        }
    }

    /// The slot of this stem, or the free one where it would stand.
    #[inline]
    #[allow(
        clippy::cast_possible_truncation,
        reason = "only the low bits are used"
    )]
    fn find(&self, term: u64) -> usize {
        let mask = self.slots.len() - 1;
        let mut at = (term ^ (term >> 32)) as usize & mask;
        while let Some(id) = self.slots[at].checked_sub(1) {
            if self.keys[id as usize] == term {
                break;
            }
            at = (at + 1) & mask;
        }
        at
    }
}
