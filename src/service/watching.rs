//! When is there something to do? Events, the settler, the periodic listing and
//! the watch on the watch folder itself, brought together.

mod marks;
mod told;

pub use told::{By, Watched};

use super::{
    Event, Report,
    plan::{Disk, Fresh, Work},
    tell::named,
    unread::Again,
};
use crate::{
    clock,
    config::Config,
    watch::{
        Mode,
        events::{self, Watcher},
        scan,
        settle::{Hint, LISTED, Settler},
    },
};
use jiff::Timestamp;
use std::{
    collections::BTreeMap,
    mem,
    path::{Path, PathBuf},
    sync::Arc,
    time::{Duration, Instant},
};
use tokio::sync::mpsc;

/// How often the whole folder is listed although events work: what they lost
/// silently comes to light then.
const PERIODIC: Duration = Duration::from_mins(5);

/// How often the root is looked at: a root that was removed and made again, or
/// mounted over, sends no event ever after.
const ROOT_CHECK: Duration = Duration::from_secs(1);

/// How long to go on by listing before events are asked for again, when the
/// system refused them: limits are raised, and other programs end.
const EVENTS_AGAIN: Duration = Duration::from_secs(20);

pub(super) struct Watching {
    root: PathBuf,
    /// A folder of feedwright's own.
    own: PathBuf,
    identity: Option<(u64, u64)>,
    /// Whether it was removed or renamed. Another one in its place may have the
    /// same identity: numbers of files are used again.
    root_is_lost: bool,
    sender: mpsc::Sender<Event>,
    watcher: Option<Arc<Watcher>>,
    /// The time between two listings when they are all there is.
    poll_interval: Duration,
    /// The time between two listings.
    every: Duration,
    /// What to do with files that a listing finds fresh.
    fresh: Fresh,
    /// What to do with them the first time, which is otherwise.
    first: Option<Fresh>,
    settler: Settler,
    next_listing: Instant,
    next_root_check: Instant,
    /// When there is to be a pass although nothing happens: entries wait that have
    /// lost their files.
    next_end: Option<Instant>,
    /// Why it is only listed.
    why: Option<String>,
    /// What keeps it from being watched by events, where those are wanted.
    fault: Option<String>,
    /// When they are asked for again.
    next_try: Instant,
    /// Whether they are on trial: all is listed, and watched on the way.
    on_trial: bool,
    /// Files to be looked at again at a time, when an embargo ends.
    embargoes: BTreeMap<PathBuf, Timestamp>,
    /// What was mounted below the root when that was last looked at.
    mounts: BTreeMap<PathBuf, Option<Disk>>,
    /// How often what had to be done.
    pub(super) counts: Counts,
}

/// How often what had to be done since the start.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Counts {
    /// The whole folder was listed.
    pub(super) listings: u64,
    /// Events were lost.
    pub(super) overflows: u64,
}

impl Watching {
    /// Starts to watch as `config` says; by listing, with a word about it,
    /// where events cannot be had.
    pub(super) fn new(config: &Config, sender: mpsc::Sender<Event>) -> Self {
        let root = config.service.watch_folder.clone();
        let shared = config.watch.mode == Mode::Auto && scan::is_shared(&root);
        let now = Instant::now();
        let mut watching = Self {
            identity: scan::identity(&root),
            root_is_lost: false,
            watcher: None,
            poll_interval: config.watch.poll_interval,
            every: config.watch.poll_interval,
            fresh: Fresh::Compare,
            // At the start nobody waits for what may still be written: its close
            // will come.
            first: Some(Fresh::Take),
            settler: Settler::default(),
            next_listing: now,
            next_root_check: now,
            next_end: None,
            why: None,
            fault: None,
            next_try: now,
            on_trial: false,
            embargoes: BTreeMap::new(),
            mounts: BTreeMap::new(),
            counts: Counts::default(),
            sender,
            own: config.service.state_folder.clone(),
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
        watching.watch_root(now);
        watching
    }

    /// Starts anew with other settings. What is under embargo is so still.
    pub(super) fn anew(&mut self, config: &Config) -> Self {
        Self {
            embargoes: mem::take(&mut self.embargoes),
            counts: self.counts,
            ..Self::new(config, self.sender.clone())
        }
    }

    /// Asks for the whole folder to be listed.
    pub(super) fn rescan(&mut self, now: Instant) {
        self.next_listing = now;
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
            self.look_at_mounts(now);
        }
        self.identity?;
        if self.fault.is_some() && self.watcher.is_none() && now >= self.next_try {
            self.try_events(now);
        }
        if now >= self.next_listing {
            self.next_listing = now + self.every;
            let fresh = self.first.take().unwrap_or(self.fresh);
            let growing = self.settler.growing();
            let watcher = self.watcher.clone();
            self.counts.listings += 1;
            return Some(Work::All {
                fresh,
                growing,
                watcher,
            });
        }
        let is_end = self.next_end.take_if(|end| *end <= now).is_some();
        let mut due = self.settler.take_due(now);
        let watcher = self.watcher.clone();
        if is_end && due.is_empty() {
            due.pending = self.settler.pending();
            return Some(Work::Some { due, watcher });
        }
        (!due.is_empty()).then_some(Work::Some { due, watcher })
    }

    /// When to ask again at the latest.
    pub(super) fn next_wake(&self) -> Instant {
        let listing = self.identity.map(|_| self.next_listing);
        let due = self.identity.and(self.settler.next_due());
        let end = self.identity.and(self.next_end);
        let times = [Some(self.next_root_check), listing, due, end];
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
        let time = clock::now();
        let settler = &mut self.settler;
        self.embargoes.retain(|path, until| {
            let over = *until <= time;
            if over {
                settler.note(path.clone(), Hint::Complete, now);
            }
            !over
        });
    }

    /// Asks for everything to be listed when another disk is mounted below the
    /// root, or one no longer.
    fn look_at_mounts(&mut self, now: Instant) {
        for (folder, before) in &mut self.mounts {
            let found = scan::mounted(&self.root.join(folder));
            if *before != found {
                *before = found;
                self.next_listing = now;
            }
        }
    }

    /// Asks for another look at what could not be read for now.
    pub(super) fn read_again(&mut self, unread: Vec<Again>, now: Instant) {
        if unread.is_empty() {
            return;
        }
        let growing = self.settler.growing();
        for Again { path, before } in unread {
            // Its close is waited for.
            if growing.contains(&path) {
                continue;
            }
            if path == Path::new("") {
                self.rescan(now);
                continue;
            }
            // As a rename is told: what is gone first.
            for before in before {
                self.settler.note(before, Hint::Vanished, now);
            }
            self.settler.note(path, Hint::Complete, now);
        }
    }

    /// Takes note of files that changed while they were read, and of those that
    /// have to wait.
    pub(super) fn passed(&mut self, report: Report, now: Instant) {
        for path in report.unsettled {
            self.settler.note_change(path, now);
        }
        self.embargoes.extend(report.again);
        self.mounts = report.mounts;
        self.next_end = report.unended.then_some(now + LISTED);
        for (path, hint) in report.waiting {
            self.settler.note_again(path, hint, now);
        }
        if self.on_trial {
            self.take_marks(now);
        }
        // Every folder has its watch.
        if mem::take(&mut self.on_trial) {
            self.fault = None;
            self.why = None;
            self.fresh = Fresh::Settle;
            self.every = PERIODIC;
            // What the listing before found changed waits for another one.
            self.next_listing = now;
        }
    }

    /// Whether the watch folder is there; watches it anew when it is another
    /// one than before.
    fn root_is_there(&mut self, now: Instant) -> bool {
        let identity = scan::identity(&self.root);
        if identity == self.identity && !mem::take(&mut self.root_is_lost) {
            return identity.is_some();
        }
        self.root_is_lost = false;
        let was_there = self.identity.is_some();
        self.identity = identity;
        if identity.is_some() {
            tracing::info!(
                "the watch folder {} is {} now",
                self.root.display(),
                if was_there { "another one" } else { "back" }
            );
            self.watch_root(now);
            self.rescan(now);
            return true;
        }
        self.unwatch(now);
        false
    }

    /// Gives up the events. The close of what is being written may have been
    /// among those that nobody has told yet.
    fn unwatch(&mut self, now: Instant) {
        self.watcher = None;
        self.on_trial = false;
        self.settler.note_loss(now);
    }

    /// Watches the root by events, if that is wanted and to be had; what is in it
    /// is watched as it is listed.
    fn watch_root(&mut self, now: Instant) {
        self.unwatch(now);
        if self.fresh == Fresh::Compare || self.identity.is_none() {
            return;
        }
        match self.watcher() {
            Ok(watcher) => self.watcher = Some(Arc::new(watcher)),
            Err(error) => self.fall_back(error.to_string(), now),
        }
    }

    fn watcher(&self) -> Result<Watcher, events::WatchError> {
        let sender = self.sender.clone();
        Watcher::new(&self.root, &self.own, move || {
            let _ = sender.try_send(Event::Marked);
        })
    }

    /// Goes on by listing, since events cannot be had. The loop tells of it.
    fn fall_back(&mut self, why: String, now: Instant) {
        // What could be watched is given back: others need it as well, and half
        // of the events are of no use.
        self.unwatch(now);
        self.next_try = now + EVENTS_AGAIN;
        self.fresh = Fresh::Compare;
        self.every = self.poll_interval;
        self.next_listing = self.next_listing.min(now + self.every);
        self.fault = Some(format!(
            "{} cannot be watched by events, and is listed every {:?} until it can: {why}",
            named(&self.root),
            self.every
        ));
        self.why = Some(why);
    }

    /// Sees whether events can be had again: all has to be watched for that, so
    /// all is listed.
    fn try_events(&mut self, now: Instant) {
        self.next_try = now + EVENTS_AGAIN;
        if let Ok(watcher) = self.watcher() {
            self.watcher = Some(Arc::new(watcher));
            self.on_trial = true;
            self.next_listing = now;
        }
    }
}
