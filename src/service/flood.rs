//! How many lines of one kind the log takes: a burst of ten thousand bad files
//! is told by its first few, and by how many they are.
//!
//! A pure state machine: it is told what is to be said and what time it is.

use std::{
    collections::HashMap,
    hash::Hash,
    mem,
    time::{Duration, Instant},
};

/// How long lines of a kind are counted together.
const SPAN: Duration = Duration::from_mins(1);

/// After so long without another line a burst is over.
const QUIET: Duration = Duration::from_secs(2);

/// Lines of kinds `K`, and those that were held back.
#[derive(Debug)]
pub struct Flood<K> {
    kinds: HashMap<K, Kind>,
}

#[derive(Debug)]
struct Kind {
    /// When the first line came.
    from: Instant,
    /// How many have been let through since.
    passed: usize,
    /// How many have been held back since it was told how many, and the last.
    held: u64,
    last: String,
    last_at: Instant,
    /// Whether that was told while the burst was going on.
    told: bool,
}

/// What was held back.
#[derive(Debug, PartialEq, Eq)]
pub struct Held<K> {
    /// Of which kind.
    pub kind: K,
    /// How many lines.
    pub count: u64,
    /// The last of them.
    pub last: String,
}

impl<K> Default for Flood<K> {
    fn default() -> Self {
        Self {
            kinds: HashMap::new(),
        }
    }
}

impl<K: Copy + Eq + Hash + Ord> Flood<K> {
    /// Whether a line may be said, when `most` of its kind may in a minute. One
    /// that may not is counted; `line` gives its words.
    pub fn admit(
        &mut self,
        kind: K,
        most: usize,
        now: Instant,
        line: impl FnOnce() -> String,
    ) -> bool {
        let state = self.kinds.entry(kind).or_insert_with(|| Kind::new(now));
        // What was held back is told first.
        if state.held == 0 && now.saturating_duration_since(state.from) >= SPAN {
            *state = Kind::new(now);
        }
        if state.passed < most {
            state.passed += 1;
            return true;
        }
        state.held += 1;
        state.last = line();
        state.last_at = now;
        false
    }

    /// What was held back and is to be told now: when the burst is over, or
    /// goes on for a minute. All of it, at the `end`.
    pub fn take_held(&mut self, now: Instant, end: bool) -> Vec<Held<K>> {
        let mut held = Vec::new();
        for (kind, state) in &mut self.kinds {
            let over = now.saturating_duration_since(state.from) >= SPAN;
            let quiet = !state.told && now.saturating_duration_since(state.last_at) >= QUIET;
            if state.held == 0 || !(end || over || quiet) {
                continue;
            }
            held.push(Held {
                kind: *kind,
                count: mem::take(&mut state.held),
                last: mem::take(&mut state.last),
            });
            state.told = true;
            if over {
                *state = Kind::new(now);
            }
        }
        held.sort_unstable_by_key(|held| held.kind);
        held
    }
}

impl Kind {
    fn new(now: Instant) -> Self {
        Self {
            from: now,
            passed: 0,
            held: 0,
            last: String::new(),
            last_at: now,
            told: false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Says `lines` lines of a kind, and tells how many got through.
    fn say(flood: &mut Flood<char>, kind: char, lines: usize, now: Instant) -> usize {
        let admitted = |n: &usize| flood.admit(kind, 20, now, || format!("{kind}{n}"));
        (0..lines).filter(admitted).count()
    }

    #[test]
    fn a_burst_is_its_first_lines_and_a_count() {
        let start = Instant::now();
        let at = |seconds| start + Duration::from_secs(seconds);
        let mut flood = Flood::default();
        assert_eq!(say(&mut flood, 'a', 5_000, at(0)), 20);
        assert_eq!(say(&mut flood, 'b', 3, at(0)), 3);
        assert_eq!(say(&mut flood, 'a', 5_000, at(1)), 0);
        assert!(flood.take_held(at(2), false).is_empty());
        let held = Held {
            kind: 'a',
            count: 9_980,
            last: "a4999".to_owned(),
        };
        assert_eq!(flood.take_held(at(3), false), [held]);
        assert!(flood.take_held(at(4), false).is_empty());
        // More of it within the minute is told when that is over, not before.
        assert_eq!(say(&mut flood, 'a', 7, at(5)), 0);
        assert!(flood.take_held(at(30), false).is_empty());
        assert_eq!(flood.take_held(at(60), false)[0].count, 7);
        assert_eq!(say(&mut flood, 'a', 30, at(61)), 20);
        // At the end all is told.
        assert_eq!(flood.take_held(at(61), true)[0].count, 10);
    }

    #[test]
    fn a_flood_of_hours_is_a_few_lines_a_minute() {
        let start = Instant::now();
        let mut flood = Flood::default();
        let (mut admitted, mut told, mut lines) = (0, 0, 0);
        for second in 0..600 {
            let now = start + Duration::from_secs(second);
            admitted += say(&mut flood, 'a', 100, now);
            for held in flood.take_held(now, false) {
                lines += 1;
                told += held.count;
            }
        }
        let left = flood.take_held(start, true);
        told += left.iter().map(|held| held.count).sum::<u64>();
        assert!(admitted <= 20 * 10 && lines <= 11, "{admitted} {lines}");
        assert_eq!(admitted as u64 + told, 60_000);
    }
}
