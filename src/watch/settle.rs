//! When is a marked path worth a look?
//!
//! A pure state machine: it is told what happened and what time it is, and
//! tells what is due. A file that was closed after writing, or renamed into
//! place, is due at once. Everything else waits a little, since the next event
//! often changes the picture: an editor that saves by renaming makes a file
//! vanish for a moment, and a copied folder fills while it is being listed.

mod due;

pub use due::{Due, Pending};

use std::{
    collections::{BTreeMap, BTreeSet},
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

/// How long a vanished file is given to come back, and one that changed without
/// being written to stand still. vim's save leaves a gap of 0.2 to 5 ms, and a busy machine one of 30
/// ms between the two halves of a rename; 100 ms are hardly noticed.
pub const GRACE: Duration = Duration::from_millis(100);

/// What is due this soon after something else is taken together with it. The
/// two halves of a folder's rename arrive one after the other, and taken apart
/// the first would withdraw what the second brings back.
pub const TOGETHER: Duration = Duration::from_millis(15);

/// How long a file that was written this moment is given when only a listing
/// told of it: somebody who writes it still shows himself by then, unless he
/// pauses for longer.
pub const LISTED: Duration = Duration::from_millis(500);

/// How long a file that is being written may stay without a further sign of its
/// writer before it is looked at anyway. The close is certain to come, also
/// from a copy over a network that stalls for minutes, unless its event was
/// lost.
pub const GROWTH: Duration = Duration::from_mins(10);

/// How long it is waited for when events were lost, and the close may be among
/// them, or none is told of at all.
pub const DOUBT: Duration = Duration::from_secs(2);

/// When a new folder is listed a second time: `notify` sets its watch on the
/// folder only after it has told of it, and what is created in between is
/// silent.
pub const SECOND_LOOK: Duration = Duration::from_secs(1);

/// How often a new folder is listed.
const LOOKS: usize = 2;

/// Something that happened to a path.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Hint {
    /// It appeared, or changed, without a sign of being written.
    Seen,
    /// It was listed, and is so young that somebody may be writing it.
    Listed,
    /// It is being written.
    Growing,
    /// It was renamed away, or a listing missed it.
    Vanished,
    /// It was removed.
    Removed,
    /// It was closed after writing, or renamed into place.
    Complete,
}

/// The paths that were marked and are not due yet.
#[derive(Debug, Default)]
pub struct Settler {
    files: BTreeMap<PathBuf, Noted>,
    folders: BTreeMap<PathBuf, Vec<Instant>>,
    /// How many of the files were renamed away.
    vanished: usize,
    /// When the last of them is due, but for what they wait for.
    leaving: Option<Instant>,
}

/// What was last heard of a file.
#[derive(Debug, Clone, Copy)]
struct Noted {
    hint: Hint,
    at: Instant,
    /// Until when it waits for what was renamed away, which it may be.
    arrives: Option<Instant>,
    /// Whether it was renamed away, and there is a file at its place again.
    is_back: bool,
    /// Whether it is looked at again.
    again: bool,
}

impl Settler {
    /// Notes that something happened to a file.
    pub fn note(&mut self, path: PathBuf, hint: Hint, now: Instant) {
        let known = self.files.get(&path);
        // Perhaps with the folder that it was in.
        let left = |path: &Path| {
            let noted = self.files.get(path);
            noted.is_some_and(|noted| noted.hint == Hint::Vanished)
        };
        let is_back = known.is_some_and(|known| known.is_back) || path.ancestors().any(left);
        // What took the name of a renamed file, and was removed.
        let hint = match hint {
            Hint::Removed if is_back => Hint::Vanished,
            hint => hint,
        };
        let is_back = is_back && hint != Hint::Vanished;
        // It may be what was renamed away, and edited since: told of together, they
        // are recognized. One that is at its place again is not, unless it had
        // come from elsewhere before that, perhaps with a folder.
        let may_arrive = hint == Hint::Vanished || hint == Hint::Complete && !is_back;
        let leaving = self
            .leaving
            .filter(|until| self.vanished > 0 || *until > now);
        let leaving = leaving.filter(|_| may_arrive);
        let arrives = known.and_then(|known| known.arrives).or(leaving);
        let at = match hint {
            Hint::Complete => arrives.map_or(now, |until| until.max(now)),
            Hint::Seen | Hint::Vanished | Hint::Removed => now + GRACE,
            Hint::Listed => now + LISTED,
            Hint::Growing => now + GROWTH,
        };
        // A listing says nothing new of a file that events are telling about,
        // and must not cut the wait for a writer's close short.
        if matches!(hint, Hint::Seen | Hint::Listed) && known.is_some() {
            return;
        }
        if hint == Hint::Vanished {
            self.leaving = Some(at);
        }
        let noted = Noted {
            hint,
            at,
            arrives,
            is_back,
            again: false,
        };
        self.insert(path, noted);
    }

    fn insert(&mut self, path: PathBuf, noted: Noted) {
        self.vanished += usize::from(noted.hint == Hint::Vanished);
        if let Some(before) = self.files.insert(path, noted) {
            self.vanished -= usize::from(before.hint == Hint::Vanished);
        }
    }

    /// Notes that a file has to be looked at again, unless more was heard of it
    /// since it was looked at. What is missing was looked for, and is given as
    /// long now as what may be it.
    pub fn note_again(&mut self, path: PathBuf, hint: Hint, now: Instant) {
        let wait = match hint {
            Hint::Vanished => LISTED.saturating_sub(GRACE),
            _ => Duration::ZERO,
        };
        if !self.files.contains_key(&path) {
            let again = path.clone();
            self.note(path, hint, now + wait);
            if let Some(noted) = self.files.get_mut(&again) {
                noted.again = true;
            }
        }
    }

    /// Notes that a file changed while it was read, though nobody told of a
    /// writer.
    pub fn note_change(&mut self, path: PathBuf, now: Instant) {
        let growing = Noted {
            hint: Hint::Growing,
            at: now + DOUBT,
            arrives: None,
            is_back: false,
            again: true,
        };
        self.insert(path, growing);
    }

    /// Forgets all but which files are being written: everything else is about
    /// to be listed.
    pub fn forget(&mut self) {
        self.files.retain(|_, noted| noted.hint == Hint::Growing);
        self.vanished = 0;
        self.folders.clear();
    }

    /// Notes that events were lost, perhaps the close of a file that is being
    /// written: what shows no further sign of a writer is due soon.
    pub fn note_loss(&mut self, now: Instant) {
        for noted in self.files.values_mut() {
            if noted.hint == Hint::Growing {
                noted.at = noted.at.min(now + DOUBT);
            }
        }
    }

    /// Notes that a folder appeared, vanished or has to be listed for another
    /// reason.
    pub fn note_folder(&mut self, path: PathBuf, now: Instant) {
        let looks: [Instant; LOOKS] = [now + GRACE, now + SECOND_LOOK];
        self.folders.insert(path, looks.to_vec());
    }

    /// Takes out all that is due.
    pub fn take_due(&mut self, now: Instant) -> Due {
        let mut due = Due::default();
        if self.next_due().is_none_or(|next| next > now) {
            return due;
        }
        let now = now + TOGETHER;
        self.hurry(now);
        let about = self.about();
        let mut vanished = false;
        self.files.retain(|path, noted| {
            let wait = noted.due(about) > now;
            if !wait {
                self.vanished -= usize::from(noted.hint == Hint::Vanished);
                vanished |= noted.is_gone();
                due.files.push((path.clone(), noted.hint));
            }
            wait
        });
        self.folders.retain(|path, looks| {
            let before = looks.len();
            looks.retain(|at| *at > now);
            // What vanished may be in a folder that has just appeared.
            if looks.len() < before || vanished {
                due.folders.push(path.clone());
            }
            !looks.is_empty()
        });
        // What is listed as part of an outer folder need not be listed again.
        let outer = due.folders.clone();
        due.folders
            .retain(|folder| !outer.iter().any(|other| is_inside(folder, other)));
        due.pending = self.pending();
        due
    }

    /// Has what was put off looked at with whatever is missing, or was put off:
    /// apart, each of them would wait for the others. What arrives comes with it,
    /// unless it waits for something else as well.
    fn hurry(&mut self, now: Instant) {
        let about = self.about();
        let mut files = self.files.values();
        let is_reason = |noted: &Noted| noted.is_put_off() || noted.is_gone();
        if !files.any(|noted| is_reason(noted) && noted.due(about) <= now) {
            return;
        }
        let mut files = self.files.values();
        let is_else = |noted: &Noted| noted.hint == Hint::Vanished && !noted.again;
        let waits = files.any(|noted| is_else(noted) && noted.due(about) > now);
        for noted in self.files.values_mut() {
            if noted.is_put_off() || noted.is_arriving() && !waits {
                noted.at = noted.at.min(now);
            }
        }
    }

    /// What is not due yet.
    #[must_use]
    pub fn pending(&self) -> Pending {
        let files = self.files.iter();
        let files = files.map(|(path, noted)| (path.clone(), noted.hint));
        Pending {
            files: files.collect(),
            left: BTreeSet::new(),
            folders: self.folders.keys().cloned().collect(),
        }
    }

    /// The files that are being written.
    #[must_use]
    pub fn growing(&self) -> BTreeSet<PathBuf> {
        let growing = self
            .files
            .iter()
            .filter(|(_, noted)| noted.hint == Hint::Growing);
        growing.map(|(path, _)| path.clone()).collect()
    }

    fn about(&self) -> About {
        let files = self.files.values();
        let listed = files.clone().filter(|noted| noted.hint == Hint::Listed);
        let listed = listed.map(|noted| noted.at).max();
        let missing = files.clone();
        let missing = missing.filter(|noted| noted.again && noted.hint == Hint::Vanished);
        let missing = missing.map(|noted| noted.after(listed)).max();
        let about = About {
            listed,
            missing,
            arriving: None,
        };
        let arriving = files.filter(|noted| noted.is_arriving());
        let arriving = arriving.map(|noted| noted.due(about));
        let looks = self.folders.values();
        let looks = looks.filter(|looks| looks.len() == LOOKS);
        let looks = looks.filter_map(|looks| looks.first().copied());
        let arriving = arriving.chain(looks).max();
        About { arriving, ..about }
    }

    /// When something will be due next.
    #[must_use]
    pub fn next_due(&self) -> Option<Instant> {
        let about = self.about();
        let files = self.files.values();
        let files = files.map(|noted| noted.due(about));
        files.chain(self.folders.values().flatten().copied()).min()
    }
}

/// What others wait for.
#[derive(Debug, Clone, Copy)]
struct About {
    /// When the last of the files is due that only a listing told of.
    listed: Option<Instant>,
    /// When the last of those is that were missing when they were looked at.
    missing: Option<Instant>,
    /// When the last of those is that may have been renamed, and of new folders
    /// that may have got something renamed.
    arriving: Option<Instant>,
}

impl Noted {
    fn is_gone(&self) -> bool {
        matches!(self.hint, Hint::Vanished | Hint::Removed)
    }

    /// Whether it was to be looked at before, and had to wait for what others are.
    fn is_put_off(&self) -> bool {
        self.again && matches!(self.hint, Hint::Vanished | Hint::Complete)
    }

    fn is_arriving(&self) -> bool {
        self.hint == Hint::Complete && self.arrives.is_some()
    }

    /// When it is due. What vanished may be what a listing has just found
    /// somewhere else, so it is looked at no sooner than that, and so is what may
    /// have arrived from there. A file that is back at its place may be another,
    /// put there when its name was free: told of after the one that had it, that
    /// does not lose its entry to it.
    fn due(&self, about: About) -> Instant {
        if self.is_arriving() {
            self.after(about.listed).max(self.long_after(about.missing))
        } else if self.hint == Hint::Vanished {
            self.after(about.listed)
        } else if self.hint == Hint::Complete && self.is_back {
            self.long_after(about.arriving)
        } else {
            self.at
        }
    }

    /// When it is due if it waits for those that wait themselves.
    fn long_after(&self, others: Option<Instant>) -> Instant {
        let others = others.unwrap_or(self.at);
        others.min(self.at + 4 * LISTED).max(self.at)
    }

    /// When it is due if it waits for this, though not for long.
    fn after(&self, other: Option<Instant>) -> Instant {
        let other = other.map_or(self.at, |other| other.min(self.at + 2 * LISTED));
        self.at.max(other)
    }
}

fn is_inside(path: &Path, folder: &Path) -> bool {
    path != folder && path.starts_with(folder)
}
