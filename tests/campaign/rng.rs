//! Chance that can be had again: numbers that follow from a seed.

use std::time::Duration;

/// A source of numbers (`SplitMix64`).
#[derive(Debug, Clone)]
pub(crate) struct Rng(u64);

impl Rng {
    /// The source for this seed and for what else tells it from others.
    pub(crate) fn new(seed: u64, what: &str, number: u64) -> Self {
        let mut state = seed ^ 0x243f_6a88_85a3_08d3;
        for byte in what.bytes().chain(number.to_le_bytes()) {
            state = (state ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
        Self(state)
    }

    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number from 0 to below `end`.
    pub(crate) fn below(&mut self, end: u64) -> u64 {
        self.next() % end.max(1)
    }

    /// A number from `first` to `last`.
    pub(crate) fn between(&mut self, first: u64, last: u64) -> u64 {
        first + self.below(last - first + 1)
    }

    /// Whether something happens that does so in so many of 100 cases.
    pub(crate) fn chance(&mut self, percent: u64) -> bool {
        self.below(100) < percent
    }

    /// One of these; there must be one.
    pub(crate) fn pick<'a, T>(&mut self, of: &'a [T]) -> &'a T {
        let end = of.len() as u64;
        &of[usize::try_from(self.below(end)).expect("an index fits")]
    }

    /// A time up to so many milliseconds, short ones more often.
    pub(crate) fn moment(&mut self, most: u64) -> Duration {
        let micros = self.below(most * 1000 + 1);
        let share = self.between(1, 4);
        Duration::from_micros(micros / share)
    }
}
