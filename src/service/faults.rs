//! Faults that last: what is told of them, and when.
//!
//! A disk that is full for two hours fails a pass every few seconds. The first
//! failure is told at once; the same again is counted, and told with its count
//! after a minute, ten minutes, and then every hour; and so is its end. A pure
//! state machine: it is told what happened and what time it is, and tells what
//! is to be said.

use super::tell::{duration, number};
use crate::clock;
use jiff::Timestamp;
use std::{
    collections::BTreeMap,
    fmt,
    time::{Duration, Instant},
};

/// When a fault that lasts is told again: so long after it was told before,
/// and then always at the last distance.
const AGAIN: [Duration; 3] = [
    Duration::from_mins(1),
    Duration::from_mins(10),
    Duration::from_hours(1),
];

/// How many faults of a kind are told each by itself at one time.
const FEW: usize = 8;

/// How often the words of one fault may change and be told at once: a full disk
/// is told with another document each time.
const WORDINGS: usize = 4;

/// How many faults of a kind are kept; more are only counted.
const MOST: usize = 1_000;

/// An instant, for distances and for people.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Moment {
    pub(super) tick: Instant,
    pub(super) at: Timestamp,
}

impl Moment {
    pub(super) fn now() -> Self {
        Self {
            tick: Instant::now(),
            at: clock::now(),
        }
    }
}

/// What a fault is about. Of most there is one at a time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum About {
    /// The configuration that was to be read again.
    Configuration,
    /// The watch folder as a whole.
    WatchFolder,
    /// The system's events.
    Events,
    /// Files and folders in the watch folder that cannot be looked at.
    Places,
    /// Those that cannot be read for now.
    Unread,
    /// The catalogue.
    Catalogue,
    /// The feeds folder as a whole.
    Feeds,
    /// Single documents.
    Documents,
    /// Hubs that are to be told.
    Hubs,
}

/// Every kind of fault.
const KINDS: [About; 9] = [
    About::Configuration,
    About::WatchFolder,
    About::Events,
    About::Places,
    About::Unread,
    About::Catalogue,
    About::Feeds,
    About::Documents,
    About::Hubs,
];

impl About {
    /// Its name, to programs.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Configuration => "configuration",
            Self::WatchFolder => "watch-folder",
            Self::Events => "events",
            Self::Places => "file",
            Self::Unread => "unread",
            Self::Catalogue => "catalogue",
            Self::Feeds => "feeds",
            Self::Documents => "document",
            Self::Hubs => "hub",
        }
    }
}

/// How grave it is what is said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Grade {
    /// Something does not work.
    Error,
    /// It works again.
    Info,
}

/// Something to be said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Said {
    pub(super) grade: Grade,
    pub(super) text: String,
}

/// A fault that lasts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Fault {
    /// What it is, why, and what helps, as it was last seen.
    pub(super) text: String,
    /// How often it was seen.
    pub(super) count: u64,
    /// When first.
    pub(super) since: Moment,
    /// When last.
    pub(super) last: Moment,
    /// When it is told again, and after how many times.
    again: Instant,
    told: usize,
    /// The words it was told with.
    wordings: Vec<String>,
}

/// The faults that last.
#[derive(Debug, Default)]
pub(super) struct Faults {
    known: BTreeMap<(About, String), Fault>,
    /// How many there are besides those that are kept.
    beyond: BTreeMap<About, usize>,
    /// How often any was seen since the start.
    seen: BTreeMap<About, u64>,
}

impl Faults {
    /// Notes that something failed: `what` tells it from others about the same.
    pub(super) fn note(
        &mut self,
        about: About,
        what: &str,
        text: String,
        now: Moment,
    ) -> Option<Said> {
        *self.seen.entry(about).or_default() += 1;
        let key = (about, what.to_owned());
        if let Some(fault) = self.known.get_mut(&key) {
            return fault.again(text, now);
        }
        if self.number_of(about) >= MOST {
            *self.beyond.entry(about).or_default() += 1;
            return None;
        }
        let said = Said {
            grade: Grade::Error,
            text: text.clone(),
        };
        self.known.insert(key, Fault::new(text, now));
        Some(said)
    }

    /// Notes all that fails of a kind; what failed before and is not among it
    /// has ended. Says no more than a few lines, however much it is.
    pub(super) fn note_all(
        &mut self,
        about: About,
        faults: Vec<(String, String)>,
        now: Moment,
    ) -> Vec<Said> {
        self.note_those(about, faults, |_| false, now)
    }

    /// Notes what failed of a kind; what failed before and is not among it has
    /// ended unless it `lasts`.
    pub(super) fn note_those(
        &mut self,
        about: About,
        faults: Vec<(String, String)>,
        lasts: impl Fn(&str) -> bool,
        now: Moment,
    ) -> Vec<Said> {
        let failing: BTreeMap<_, _> = faults.into_iter().collect();
        let has_ended = |what: &str| !failing.contains_key(what) && !lasts(what);
        let mut said = self.end_where(about, now, has_ended);
        self.beyond.remove(&about);
        let mut told = Vec::new();
        for (what, text) in failing {
            told.extend(self.note(about, &what, text, now));
        }
        let beyond = self.beyond.get(&about).copied().unwrap_or_default();
        said.extend(few(told, beyond, Grade::Error, |more| {
            format!("and {more} more like it; `feedwright status` shows all")
        }));
        said
    }

    /// Notes that nothing of a kind fails any more.
    pub(super) fn end(&mut self, about: About, now: Moment) -> Vec<Said> {
        self.beyond.remove(&about);
        self.end_where(about, now, |_| true)
    }

    fn end_where(
        &mut self,
        about: About,
        now: Moment,
        has_ended: impl Fn(&str) -> bool,
    ) -> Vec<Said> {
        let mut told = Vec::new();
        self.known.retain(|(kind, what), fault| {
            let ended = *kind == about && has_ended(what);
            if ended {
                told.push(Said {
                    grade: Grade::Info,
                    text: format!("well again {}", fault.so_far("after", now)),
                });
            }
            !ended
        });
        few(told, 0, Grade::Info, |more| {
            format!("and {more} more like it are well again")
        })
    }

    fn number_of(&self, about: About) -> usize {
        let of_kind = (about, String::new())..;
        let of_kind = self.known.range(of_kind);
        of_kind.take_while(|((kind, _), _)| *kind == about).count()
    }

    /// Whether anything of a kind fails now.
    pub(super) fn has(&self, about: About) -> bool {
        self.number_of(about) > 0
    }

    /// What fails now.
    pub(super) fn current(&self) -> impl Iterator<Item = (About, &Fault)> {
        self.known.iter().map(|((about, _), fault)| (*about, fault))
    }

    /// For every kind, how many things fail now, and how often any was seen.
    pub(super) fn counted(&self) -> Vec<(&'static str, usize, u64)> {
        let counted = KINDS.iter().map(|about| {
            let beyond = self.beyond.get(about).copied().unwrap_or_default();
            let seen = self.seen.get(about).copied().unwrap_or_default();
            (about.name(), self.number_of(*about) + beyond, seen)
        });
        counted.collect()
    }

    /// How many things fail now.
    pub(super) fn count(&self) -> usize {
        self.known.len() + self.beyond.values().sum::<usize>()
    }
}

impl Fault {
    fn new(text: String, now: Moment) -> Self {
        Self {
            wordings: vec![text.clone()],
            text,
            count: 1,
            since: now,
            last: now,
            again: now.tick + AGAIN[0],
            told: 0,
        }
    }

    /// It was seen once more.
    fn again(&mut self, text: String, now: Moment) -> Option<Said> {
        self.count += 1;
        self.last = now;
        let is_new = !self.wordings.contains(&text) && self.wordings.len() < WORDINGS;
        self.text = text;
        let text = if is_new {
            self.wordings.push(self.text.clone());
            self.text.clone()
        } else if now.tick >= self.again {
            self.told += 1;
            let distance = AGAIN[self.told.min(AGAIN.len() - 1)];
            self.again = now.tick + distance;
            format!("still {}", self.so_far("after", now))
        } else {
            return None;
        };
        Some(Said {
            grade: Grade::Error,
            text,
        })
    }

    /// For how long, how often, and what.
    fn so_far(&self, after: &str, now: Moment) -> impl fmt::Display {
        let lasted = duration(now.tick.saturating_duration_since(self.since.tick));
        let times = match self.count {
            1 => String::new(),
            count => format!(" ({} times)", number(count)),
        };
        format!("{after} {lasted}{times}: {}", self.text)
    }
}

/// The first few, and a word about the rest.
fn few(
    mut said: Vec<Said>,
    beyond: usize,
    grade: Grade,
    rest: impl Fn(String) -> String,
) -> Vec<Said> {
    let more = said.len().saturating_sub(FEW) + beyond;
    if more > 1 {
        said.truncate(FEW);
        let text = rest(number(more as u64));
        said.push(Said { grade, text });
    }
    said
}

#[cfg(test)]
mod tests;
