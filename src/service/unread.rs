//! Files and folders that cannot be read for now: when they are tried again,
//! and for how long they keep entries from being withdrawn.
//!
//! An error of the disk, or a limit of the system, tells nothing about an
//! article. A pure state machine: it is told what happened and what time it is.

use std::{
    collections::BTreeMap,
    mem,
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

/// How long to wait before a file is tried again: a burst of files that used up
/// what may be open is over by then.
const SOON: Duration = Duration::from_secs(1);

/// The wait doubles each time, up to this.
const LATE: Duration = Duration::from_secs(20);

/// How long it is waited with entries that have lost their files: one that
/// cannot be read may be what became of theirs. A sector that is damaged for
/// good must not keep all that is withdrawn in the feeds.
const PATIENCE: Duration = Duration::from_mins(10);

/// The files and folders that cannot be read for now.
#[derive(Debug, Default)]
pub(super) struct Unread(BTreeMap<PathBuf, Waiting>);

#[derive(Debug)]
struct Waiting {
    /// Whether it is a folder, or something of which that cannot be told.
    is_place: bool,
    /// What it was called before, if it was renamed and nobody was told yet.
    before: Vec<PathBuf>,
    since: Instant,
    next: Instant,
    /// How long it waits this time.
    wait: Duration,
    /// Whether somebody was asked to try it again, and has not yet.
    is_asked: bool,
}

/// A file or folder to be tried again.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Again {
    pub(super) path: PathBuf,
    /// What it was called before.
    pub(super) before: Vec<PathBuf>,
}

impl Unread {
    /// Notes that something could not be read: a file, with what it was called
    /// before, or else a folder.
    pub(super) fn note(&mut self, path: PathBuf, file: Option<Vec<PathBuf>>, now: Instant) {
        let waiting = self.0.entry(path).or_insert_with(|| Waiting {
            is_place: true,
            before: Vec::new(),
            since: now,
            next: now,
            wait: Duration::ZERO,
            is_asked: true,
        });
        // A listing that comes upon it early is no try of its own.
        if mem::take(&mut waiting.is_asked) {
            waiting.wait *= 2;
        }
        waiting.wait = waiting.wait.clamp(SOON, LATE);
        waiting.next = now + waiting.wait;
        waiting.is_place = file.is_none();
        waiting.before.extend(file.into_iter().flatten());
        waiting.before.sort_unstable();
        waiting.before.dedup();
    }

    /// Notes that a folder was listed with all that is in it, but for these.
    pub(super) fn listed(&mut self, folder: &Path, but: impl Fn(&Path) -> bool) {
        self.0
            .retain(|path, waiting| !waiting.is_place || !path.starts_with(folder) || but(path));
    }

    /// What this was called before, if it is one of them.
    pub(super) fn before(&self, path: &Path) -> &[PathBuf] {
        self.0.get(path).map_or(&[], |waiting| &waiting.before)
    }

    /// Notes that it was read.
    pub(super) fn end(&mut self, path: &Path) {
        self.0.remove(path);
    }

    /// Forgets what is not there any more.
    pub(super) fn retain(&mut self, mut is_there: impl FnMut(&Path) -> bool) {
        self.0.retain(|path, _| is_there(path));
    }

    /// What is to be tried again now.
    pub(super) fn take_due(&mut self, now: Instant) -> Vec<Again> {
        let due = self.0.iter_mut().filter(|(_, waiting)| now >= waiting.next);
        due.map(|(path, waiting)| {
            waiting.is_asked = true;
            // Whoever is asked may lose it.
            waiting.next = now + LATE;
            Again {
                path: path.clone(),
                before: waiting.before.clone(),
            }
        })
        .collect()
    }

    /// When there is something to try again.
    pub(super) fn next(&self) -> Option<Instant> {
        self.0.values().map(|waiting| waiting.next).min()
    }

    /// Whether it is too early to try this again.
    pub(super) fn rests(&self, path: &Path, now: Instant) -> bool {
        let waiting = self.0.get(path);
        waiting.is_some_and(|waiting| !waiting.is_asked && now < waiting.next)
    }

    /// Has everything tried again at once, since somebody may have mended it.
    pub(super) fn hurry(&mut self, now: Instant) {
        for waiting in self.0.values_mut() {
            waiting.next = now;
            waiting.wait = Duration::ZERO;
        }
    }

    /// Whether what has lost its file may be in one of these.
    pub(super) fn keeps_entries(&self, now: Instant) -> bool {
        let mut waiting = self.0.values();
        waiting.any(|waiting| now.saturating_duration_since(waiting.since) < PATIENCE)
    }

    /// Whether that will be so of one that cannot be read now: there is none, or
    /// some that did not become old.
    pub(super) fn may_keep(&self, now: Instant) -> bool {
        self.is_empty() || self.keeps_entries(now)
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(super) fn paths(&self) -> impl Iterator<Item = &Path> {
        self.0.keys().map(PathBuf::as_path)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn paths(again: &[Again]) -> Vec<&Path> {
        again.iter().map(|again| again.path.as_path()).collect()
    }

    #[test]
    fn what_cannot_be_read_is_tried_at_growing_distances() {
        let start = Instant::now();
        let mut unread = Unread::default();
        unread.note("a.md".into(), Some(vec!["b.md".into()]), start);
        let (mut now, mut waits) = (start, Vec::new());
        for _ in 0..9 {
            let next = unread.next().unwrap();
            assert!(unread.rests(Path::new("a.md"), now));
            assert!(unread.take_due(now).is_empty());
            let again = unread.take_due(next);
            assert_eq!(paths(&again), [Path::new("a.md")]);
            assert_eq!(again[0].before, [PathBuf::from("b.md")]);
            assert!(!unread.rests(Path::new("a.md"), next));
            waits.push(next.duration_since(now).as_secs());
            unread.note("a.md".into(), Some(vec!["b.md".into()]), next);
            now = next;
        }
        assert_eq!(waits, [1, 2, 4, 8, 16, 20, 20, 20, 20]);
        // It is tried soon when somebody says that it may be mended.
        unread.hurry(now);
        assert_eq!(paths(&unread.take_due(now)), [Path::new("a.md")]);
        unread.note("a.md".into(), Some(Vec::new()), now);
        assert_eq!(unread.next(), Some(now + SOON));
        unread.end(Path::new("a.md"));
        assert_eq!(unread.next(), None);
    }

    #[test]
    fn one_that_is_asked_for_and_lost_is_asked_for_again() {
        let start = Instant::now();
        let mut unread = Unread::default();
        unread.note("a.md".into(), Some(Vec::new()), start);
        assert_eq!(unread.take_due(start + SOON).len(), 1);
        assert!(unread.take_due(start + 2 * SOON).is_empty());
        assert_eq!(unread.take_due(start + SOON + LATE).len(), 1);
    }

    #[test]
    fn entries_are_kept_for_it_and_not_for_ever() {
        let start = Instant::now();
        let mut unread = Unread::default();
        assert!(!unread.keeps_entries(start));
        unread.note("old.md".into(), Some(Vec::new()), start);
        let late = start + PATIENCE;
        // That it fails again begins no new wait.
        unread.note("old.md".into(), Some(Vec::new()), late);
        assert!(unread.keeps_entries(start + PATIENCE / 2));
        assert!(!unread.keeps_entries(late));
        unread.note("new.md".into(), Some(Vec::new()), late);
        assert!(unread.keeps_entries(late));
        unread.retain(|path| path == Path::new("old.md"));
        assert!(!unread.keeps_entries(late));
        assert!(!unread.is_empty());
    }
}
