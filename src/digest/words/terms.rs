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
        let mut at = self.place(term)?;
        while self.slots[at] > 0 {
            let id = self.slots[at] - 1;
            if self.keys[id as usize] == term {
                return Some(id);
            }
            at = (at + 1) & (self.slots.len() - 1);
        }
        None
    }

    pub(super) fn add(&mut self, term: u64) -> u32 {
        if self.slots.len() < (self.keys.len() + 1) * 2 {
            self.grow((self.keys.len() * 4 + 64).next_power_of_two());
        }
        let id = self.get(term).unwrap_or_else(|| {
            let id = super::count(self.keys.len());
            self.keys.push(term);
            self.counts.push(0);
            self.fill(term, id);
            id
        });
        self.counts[id as usize] += 1;
        id
    }

    pub(super) fn grow(&mut self, slots: usize) {
        self.slots = vec![0; slots];
        for at in 0..self.keys.len() {
            self.fill(self.keys[at], super::count(at));
        }
    }

    fn fill(&mut self, term: u64, id: u32) {
        if let Some(mut at) = self.place(term) {
            while self.slots[at] > 0 {
                at = (at + 1) & (self.slots.len() - 1);
            }
            self.slots[at] = id + 1;
        }
    }

    #[allow(
        clippy::cast_possible_truncation,
        reason = "only the low bits are used"
    )]
    fn place(&self, term: u64) -> Option<usize> {
        let mask = self.slots.len().checked_sub(1)?;
        Some((term ^ (term >> 32)) as usize & mask)
    }
}
