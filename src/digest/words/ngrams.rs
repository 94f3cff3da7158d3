//! Strings that a text repeats, found in its own statistics: what stands in it
//! several times, each time between something else, is a word or a name.

use super::cut::{Lexicon, Role};
use crate::digest::lang::join;

/// The longest string that is looked for, in letters.
const LONGEST: usize = 16;

/// A string is a part of a longer one where the letter before or behind it is
/// mostly the same: of ten, at most so many may be.
const OF_TEN: usize = 6;

/// Stretches of letters that no word reaches out of.
#[derive(Default)]
pub(super) struct Stretches {
    /// The keys of their letters, one stretch after the other.
    keys: Vec<u64>,
    /// For each letter, where its stretch starts and ends.
    bounds: Vec<(u32, u32)>,
}

impl Stretches {
    pub(super) fn push(&mut self, keys: impl Iterator<Item = u64>) {
        let start = self.keys.len();
        self.keys.extend(keys);
        let end = self.keys.len();
        let bounds = (super::count(start), super::count(end));
        self.bounds.resize(end, bounds);
    }

    pub(super) fn len(&self) -> usize {
        self.keys.len()
    }

    /// The letters from `at` on, as many as may be one string, and one more.
    fn from(&self, at: u32) -> &[u64] {
        let end = self.bounds[at as usize].1;
        &self.keys[at as usize..(end as usize).min(at as usize + LONGEST + 1)]
    }

    /// The letter before `at`, unless its stretch starts there.
    fn before(&self, at: u32) -> Option<u64> {
        let start = self.bounds[at as usize].0;
        (start < at).then(|| self.keys[at as usize - 1])
    }
}

/// Adds the strings that the stretches repeat to `found`. A single letter is
/// added only if it `is_word` by itself.
///
/// All beginnings of strings are sorted; equal ones then stand together, for
/// every length.
pub(super) fn repeated(stretches: &Stretches, is_word: impl Fn(u64) -> bool, found: &mut Lexicon) {
    let mut starts: Vec<u32> = (0..super::count(stretches.len())).collect();
    starts.sort_unstable_by(|one, other| {
        let strings = stretches.from(*one).cmp(stretches.from(*other));
        strings.then(one.cmp(other))
    });
    let shared: Vec<usize> = starts
        .windows(2)
        .map(|pair| {
            let (one, other) = (stretches.from(pair[0]), stretches.from(pair[1]));
            one.iter().zip(other).take_while(|(a, b)| a == b).count()
        })
        .collect();
    let mut before = Vec::new();
    for length in 1..=LONGEST {
        let mut from = 0;
        while from < starts.len() {
            let more = shared[from..].iter().take_while(|n| **n >= length).count();
            let group = &starts[from..=from + more];
            // How many letters of them are shared with the next, length aside.
            let next = &shared[from..from + more];
            from += more + 1;
            if group.len() < 2 {
                continue;
            }
            let string = &stretches.from(group[0])[..length];
            let word = match string {
                [only] => is_word(*only),
                [first, rest @ ..] => rest.iter().any(|key| key != first),
                [] => false,
            };
            let most = group.len() * OF_TEN / 10;
            if !word || longest_run(next, length) > most {
                continue;
            }
            before.clear();
            before.extend(group.iter().filter_map(|at| stretches.before(*at)));
            before.sort_unstable();
            let same = before.chunk_by(|one, other| one == other).map(<[u64]>::len);
            if same.max().unwrap_or(1) <= most {
                found.add(string.iter().copied(), Role::Unit);
            }
        }
    }
}

/// How many of sorted strings have the same letter behind their first `length`
/// ones, at most, given how much each shares with the next.
fn longest_run(shared: &[usize], length: usize) -> usize {
    let runs = shared.split(|shared| *shared == length);
    runs.map(|run| run.len() + 1).max().unwrap_or(1)
}

/// The key of letters that follow each other, from the first one on.
pub(super) fn joined(key: u64, next: u64) -> u64 {
    if key == 0 { next } else { join(key, next) }
}
