//! When is there something to do? Events, the settler, the periodic listing and
//! the watch on the watch folder itself, brought together.

mod told;

pub use told::{By, Watched};

use super::{
    Event, Report,
    plan::{Fresh, Work},
    tell::named,
};
use crate::{
    config::Config,
    watch::{
        Mode,
        events::Watcher,
        scan,
        settle::{Hint, Settler},
    },
};
use jiff::Timestamp;
use std::{
    collections::BTreeMap,
    mem,
    path::PathBuf,
    time::{Duration, Instant},
};
use tokio::sync::mpsc;

/// How often the whole folder is listed although events work: what they lost
/// silently comes to light then.
const PERIODIC: Duration = Duration::from_mins(5);

/// How often the root is looked at: a root that was removed and made again, or
/// mounted over, sends no event ever after.
const ROOT_CHECK: Duration = Duration::from_secs(1);

pub(super) struct Watching {
    root: PathBuf,
    identity: Option<(u64, u64)>,
    sender: mpsc::Sender<Event>,
    watcher: Option<Watcher>,
    /// The time between two listings, and whether they are all there is.
    every: Duration,
    /// What to do with files that a listing finds fresh.
    fresh: Fresh,
    started: bool,
    settler: Settler,
    next_listing: Instant,
    next_root_check: Instant,
    /// Why it is only listed.
    why: Option<String>,
    /// What keeps it from being watched by events, where those are wanted.
    fault: Option<String>,
    /// Files to be looked at again at a time, when an embargo ends.
    embargoes: BTreeMap<PathBuf, Timestamp>,
}

impl Watching {
    /// Starts to watch as `config` says; by listing, with a word about it,
    /// where events cannot be had.
    pub(super) fn new(config: &Config, sender: mpsc::Sender<Event>) -> Self {
        let root = config.service.watch_folder.clone();
        let shared = config.watch.mode == Mode::Auto && scan::is_shared(&root);
        let now = Instant::now();
        let mut watching = Self {
            identity: None,
            watcher: None,
            every: config.watch.poll_interval,
            fresh: Fresh::Compare,
            started: false,
            settler: Settler::default(),
            next_listing: now,
            next_root_check: now,
            why: None,
            fault: None,
            embargoes: BTreeMap::new(),
            sender,
            root,
        };
        if shared {
            tracing::info!(
                "{} is on a file system that other machines write to: it is listed every {:?}",
                watching.root.display(),
                watching.every
            );
            watching.why = Some("other machines write to its file system".to_owned());
        } else if config.watch.mode == Mode::Poll {
            watching.why = Some("`mode` under `[watch]` says so".to_owned());
        } else if config.watch.mode == Mode::Auto {
            watching.fresh = Fresh::Settle;
            watching.every = PERIODIC;
        }
        watching.watch_root(config.watch.poll_interval);
        watching
    }

    /// Starts anew with other settings. What is under embargo is so still.
    pub(super) fn anew(&mut self, config: &Config) -> Self {
        Self {
            embargoes: mem::take(&mut self.embargoes),
            ..Self::new(config, self.sender.clone())
        }
    }

    /// Asks for the whole folder to be listed.
    pub(super) fn rescan(&mut self, now: Instant) {
        self.next_listing = now;
    }

    /// Takes over what the events marked.
    fn take_marks(&mut self, now: Instant) {
        let Some(watcher) = &self.watcher else {
            return;
        };
        let marks = watcher.take();
        if let Some(fault) = marks.fault {
            self.fall_back(format!("events were lost: {fault}"));
        }
        for folder in marks.folders {
            self.settler.note_folder(folder, now);
        }
        for (path, hint) in marks.files {
            self.settler.note(path, hint, now);
        }
        if marks.rescan {
            self.next_listing = now;
            self.settler.note_loss(now);
        }
        // An event about the root itself.
        self.next_root_check = self.next_root_check.min(now);
    }

    /// What there is to do now, if anything.
    pub(super) fn due(&mut self, now: Instant) -> Option<Work> {
        self.take_marks(now);
        if now >= self.next_root_check {
            self.next_root_check = now + ROOT_CHECK;
            if !self.root_is_there(now) {
                return None;
            }
            self.end_embargoes(now);
        }
        self.identity?;
        if now >= self.next_listing {
            self.next_listing = now + self.every;
            // At the start nobody waits for what may still be written: its
            // close will come.
            let fresh = if self.started {
                self.fresh
            } else {
                Fresh::Take
            };
            self.started = true;
            let growing = self.settler.growing();
            return Some(Work::All { fresh, growing });
        }
        let due = self.settler.take_due(now);
        (!due.is_empty()).then_some(Work::Some(due))
    }

    /// When to ask again at the latest.
    pub(super) fn next_wake(&self) -> Instant {
        let listing = self.identity.map(|_| self.next_listing);
        let due = self.identity.and(self.settler.next_due());
        let times = [Some(self.next_root_check), listing, due];
        times
            .into_iter()
            .flatten()
            .min()
            .unwrap_or(self.next_root_check)
    }

    /// Asks for a look at the files whose embargo has ended. The clock is asked
    /// each time, since it may be set.
    fn end_embargoes(&mut self, now: Instant) {
        if self.embargoes.is_empty() {
            return;
        }
        let time = Timestamp::now();
        let settler = &mut self.settler;
        self.embargoes.retain(|path, until| {
            let over = *until <= time;
            if over {
                settler.note(path.clone(), Hint::Complete, now);
            }
            !over
        });
    }

    /// Takes note of files that changed while they were read, and of those that
    /// have to wait.
    pub(super) fn passed(&mut self, report: Report, now: Instant) {
        for path in report.unsettled {
            self.settler.note(path, Hint::Growing, now);
        }
        self.embargoes.extend(report.again);
        for path in report.fresh {
            self.settler.note(path, Hint::Seen, now);
        }
    }

    /// Whether the watch folder is there; watches it anew when it is another
    /// one than before.
    fn root_is_there(&mut self, now: Instant) -> bool {
        let identity = scan::identity(&self.root);
        if identity == self.identity {
            return identity.is_some();
        }
        if identity.is_some() {
            tracing::info!(
                "the watch folder {} is another one now",
                self.root.display()
            );
            self.watch_root(self.every);
            self.rescan(now);
            return true;
        }
        self.identity = None;
        self.watcher = None;
        false
    }

    fn watch_root(&mut self, poll_interval: Duration) {
        self.identity = scan::identity(&self.root);
        self.watcher = None;
        if self.fresh == Fresh::Compare || self.identity.is_none() {
            return;
        }
        let sender = self.sender.clone();
        let wake = move || {
            let _ = sender.try_send(Event::Marked);
        };
        match Watcher::new(&self.root, wake) {
            Ok(watcher) => self.watcher = Some(watcher),
            Err(error) => {
                self.every = poll_interval;
                self.fall_back(error.to_string());
            }
        }
    }

    /// Goes on by listing, since events cannot be trusted any more. The loop
    /// tells of it.
    fn fall_back(&mut self, why: String) {
        if self.fresh == Fresh::Compare {
            return;
        }
        self.fresh = Fresh::Compare;
        self.every = self.every.min(Config::default().watch.poll_interval);
        self.fault = Some(format!(
            "{} is listed every {:?} instead of being watched by events: {why}",
            named(&self.root),
            self.every
        ));
        self.why = Some(why);
    }
}
