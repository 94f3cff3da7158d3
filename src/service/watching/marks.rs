//! What the events marked, handed to the settler.

use super::Watching;
use crate::watch::{
    events::{self, Marks},
    settle::Hint,
};
use std::time::Instant;

impl Watching {
    /// Takes over what the events marked.
    pub(super) fn take_marks(&mut self, now: Instant) {
        if let Some(watcher) = &self.watcher {
            let marks = watcher.take();
            self.heed(marks, now);
        }
    }

    fn heed(&mut self, mut marks: Marks, now: Instant) {
        if marks.fault.is_some() {
            // Where not all is watched, half of what was moved may be told of: it
            // is left to listings, but for who is writing.
            marks.files.retain(|_, hint| *hint == Hint::Growing);
            marks.left.clear();
            marks.folders.clear();
        }
        self.counts.overflows += u64::from(marks.rescan);
        for folder in marks.folders {
            self.settler.note_folder(folder, now);
        }
        // What was renamed away first, also if something is at its place again:
        // what arrived elsewhere waits for it, also if it was renamed away then.
        for path in &marks.left {
            self.settler.note(path.clone(), Hint::Vanished, now);
        }
        for (path, hint) in marks.files {
            if hint == Hint::Vanished && !marks.left.contains(&path) {
                self.settler.note(path.clone(), Hint::Complete, now);
            }
            self.settler.note(path, hint, now);
        }
        if marks.rescan || !events::TELLS_CLOSES {
            self.settler.note_loss(now);
        }
        // An event about the root itself.
        self.next_root_check = self.next_root_check.min(now);
        self.root_is_lost |= marks.root_is_lost;
        if let Some(fault) = marks.fault {
            self.fall_back(fault, now);
        } else if marks.rescan {
            // Folders that appeared meanwhile have no watch, and one that was
            // renamed has it under its former name.
            self.watch_root(now);
            self.next_listing = now;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        config::Config,
        service::{plan::Work, watching::By},
        watch::{Mode, settle::DOUBT},
    };
    use std::{collections::BTreeSet, path::Path, time::Duration};
    use tempfile::TempDir;
    use tokio::sync::mpsc;

    const SECOND: Duration = Duration::from_secs(1);

    /// A watch on a folder that was listed once and gets no listing for a while.
    fn watching(folder: &TempDir) -> (Watching, Instant) {
        let mut config = Config::default();
        config.service.watch_folder = folder.path().to_owned();
        config.service.state_folder = folder.path().to_owned();
        config.watch.mode = Mode::Auto;
        config.watch.poll_interval = 60 * SECOND;
        let mut watching = Watching::new(&config, mpsc::channel(1).0);
        let now = Instant::now();
        assert!(matches!(watching.due(now), Some(Work::All { .. })));
        (watching, now)
    }

    fn marks(path: &str, hint: Hint) -> Marks {
        Marks {
            files: [(path.into(), hint)].into(),
            ..Marks::default()
        }
    }

    /// The files that are due by then, in whatever passes.
    fn due(watching: &mut Watching, until: Instant) -> BTreeSet<String> {
        let mut files = BTreeSet::new();
        while let Some(Work::Some { due, .. }) = watching.due(until) {
            files.extend(due.files.iter().map(|(path, _)| path.display().to_string()));
        }
        files
    }

    /// The folder that it came from may be the one that could not be watched:
    /// read without what is gone, it would be a new article.
    #[test]
    fn what_is_told_with_a_fault_is_left_to_listings() {
        let folder = TempDir::new().unwrap();
        for fault in [None, Some("no watches are left".to_owned())] {
            let (mut watching, now) = watching(&folder);
            let is_fault = fault.is_some();
            let mut marks = marks("new.txt", Hint::Complete);
            marks.left.insert("old.txt".into());
            marks.folders.insert("folder".into());
            watching.heed(Marks { fault, ..marks }, now);
            let due = due(&mut watching, now + 2 * SECOND);
            assert_eq!(due.is_empty(), is_fault, "{due:?}");
            let by = if is_fault { By::Listing } else { By::Events };
            assert_eq!(watching.told().by, by);
        }
    }

    /// The close may be what is not told any more.
    #[test]
    fn who_was_writing_when_the_events_were_given_up_is_waited_for_no_longer() {
        let folder = TempDir::new().unwrap();
        let (mut watching, now) = watching(&folder);
        watching.heed(marks("before.txt", Hint::Growing), now);
        let later = now + DOUBT;
        assert!(due(&mut watching, later).is_empty(), "its close is certain");
        let mut marks = marks("after.txt", Hint::Growing);
        marks.fault = Some("no watches are left".to_owned());
        watching.heed(marks, now);
        assert!(due(&mut watching, now).is_empty());
        let both = ["after.txt", "before.txt"].map(str::to_owned);
        assert_eq!(due(&mut watching, later), both.into());
    }

    /// Events that were on trial when the folder was gone are none to trust.
    #[test]
    fn a_trial_ends_with_the_events() {
        let folder = TempDir::new().unwrap();
        let (mut watching, now) = watching(&folder);
        watching.heed(marks("a.txt", Hint::Growing), now);
        watching.on_trial = true;
        watching.unwatch(now);
        assert!(watching.watcher.is_none() && !watching.on_trial);
        assert_eq!(watching.waiting().collect::<Vec<_>>(), [Path::new("a.txt")]);
    }
}
