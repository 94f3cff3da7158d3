//! The loop: what happens, and when there is a pass to do.

mod lookout;
mod manager;
mod outcome;

use super::{
    Event, Farewell, Signal, Worker,
    faults::{About, Faults, Grade, Moment, Said},
    notes::Activity,
    notify::Manager,
    plan::Work,
    retry::Began,
    serving::Serving,
    status::{Listed, Status, StatusFile},
    tally::Tally,
    watching::{By, Watching},
};
use crate::{clock, config::Config, publish::websub::Hubs};
use anyhow::Context as _;
use jiff::Timestamp;
use std::{
    collections::BTreeMap,
    panic::{self, AssertUnwindSafe},
    path::PathBuf,
    process,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Instant,
};
use tokio::{sync::mpsc, task};

pub(super) struct Loop {
    // Ended before the worker closes the catalogue.
    serving: Serving,
    /// The worker, while it is not at work.
    idle: Option<Box<Worker>>,
    watching: Watching,
    /// Tells the worker at work to end early.
    stop: Arc<AtomicBool>,
    /// Tells it that more has come.
    hurry: Arc<AtomicBool>,
    /// A configuration that waits for the worker to come back.
    next_config: Option<Config>,
    sender: mpsc::Sender<Event>,
    faults: Faults,
    /// Until when nothing is taken in, since it would fail.
    hold_until: Instant,
    /// When documents that could not be written are tried again, and those that
    /// were left for later are written.
    retry_at: Option<Instant>,
    /// Whether the last pass left documents for later.
    owes: bool,
    activity: Arc<Activity>,
    pass: Began,
    /// Files that changed since the listing before, while polling.
    compared: Vec<PathBuf>,
    /// What cannot be read for now.
    unread: Vec<PathBuf>,
    status_file: StatusFile,
    status: Status,
    /// Whether everything in the watch folder has been looked at once.
    is_whole: bool,
    is_ending: bool,
    /// Who is told when feeds change, and how often each did not take it.
    hubs: Arc<Hubs>,
    failures: BTreeMap<String, u64>,
    /// When those who watch over it are told again.
    watched_from: Instant,
    manager: Manager,
    /// How many entries there were when they were last counted.
    entries: usize,
    /// After which pass that was.
    counted_at: Option<Timestamp>,
}

impl Loop {
    pub(super) fn new(
        worker: Worker,
        serving: Serving,
        manager: Manager,
        sender: mpsc::Sender<Event>,
    ) -> Self {
        let now = Instant::now();
        let watching = Watching::new(worker.config(), sender.clone());
        let service = &worker.config().service;
        let at = clock::now();
        let status = Status {
            version: env!("CARGO_PKG_VERSION").to_owned(),
            pid: process::id(),
            started: at,
            heard: at,
            stopped: None,
            watch_folder: String::new(),
            feeds_folder: String::new(),
            watching: watching.told(),
            confinement: String::new(),
            doing: None,
            last_pass: None,
            last_publish: None,
            tally: Tally::default(),
            documents: 0,
            waiting: Listed::default(),
            unread: Listed::default(),
            left_alone: Vec::new(),
            faults: Listed::default(),
            addresses: serving
                .addresses()
                .iter()
                .map(ToString::to_string)
                .collect(),
            hubs: Vec::new(),
        };
        let mut new = Self {
            activity: Arc::clone(&worker.notes.activity),
            status_file: StatusFile::new(&service.state_folder, now),
            status,
            watching,
            stop: Arc::default(),
            hurry: Arc::clone(&worker.hurry),
            next_config: None,
            sender,
            faults: Faults::default(),
            hold_until: now,
            retry_at: None,
            owes: false,
            pass: Began::new(now),
            compared: Vec::new(),
            unread: Vec::new(),
            serving,
            is_whole: false,
            is_ending: false,
            hubs: Arc::default(),
            failures: BTreeMap::new(),
            watched_from: now,
            manager,
            entries: 0,
            counted_at: None,
            idle: None,
        };
        new.name_folders(worker.config());
        new.idle = Some(Box::new(worker));
        new
    }

    pub(super) async fn run(
        mut self,
        reload: impl Fn() -> Result<Config, String>,
        mut events: mpsc::Receiver<Event>,
        mut signals: mpsc::Receiver<Signal>,
    ) -> anyhow::Result<Farewell> {
        self.watching.rescan(Instant::now());
        // Not when the first pass is over: what was published is being served, and
        // who waits for this service need not wait for an archive to be digested.
        self.manager.ready();
        loop {
            self.start_pass();
            self.tell_watchers_in_time();
            self.tell_manager();
            self.tell_status();
            let wake = self.next_wake().into();
            let event = tokio::select! {
                Some(signal) = signals.recv() => Event::Signal(signal),
                Some(event) = events.recv() => event,
                () = tokio::time::sleep_until(wake) => continue,
            };
            match event {
                // What was marked is taken when there is somebody to look.
                Event::Marked => self.hurry(),
                Event::Signal(Signal::Stop) => break,
                Event::Signal(Signal::Reload) => {
                    self.manager.reloading();
                    self.reload(reload());
                }
                Event::Passed(worker, report) => {
                    self.idle = Some(worker);
                    self.note(*report);
                    self.tell_watchers();
                }
                Event::Lost => return Err(super::lost()),
            }
        }
        let files = self.waiting().len() + self.unread.len();
        let embargoes = self.watching.embargoes();
        self.stop.store(true, Ordering::Relaxed);
        self.is_ending = true;
        self.manager.stopping();
        self.tell_watchers();
        self.serving.end();
        // The watch ends first, so that nothing new comes while the last pass
        // is written.
        self.watching.end();
        let mut left = 0;
        while self.idle.is_none() {
            match events.recv().await.context("the worker was lost")? {
                Event::Passed(worker, report) => {
                    self.idle = Some(worker);
                    left = report.left;
                    self.note(*report);
                }
                Event::Lost => return Err(super::lost()),
                Event::Marked | Event::Signal(_) => {}
            }
        }
        self.settle_debt();
        self.close_push();
        self.serving.stop();
        let at = clock::now();
        self.status.stopped = Some(at);
        self.write_status();
        Ok(Farewell {
            status: self.status,
            files: files + left,
            embargoes,
        })
    }

    /// Writes what was left for later, before an end.
    fn settle_debt(&mut self) {
        if let Some(mut worker) = self.idle.take_if(|_| self.owes) {
            worker.asked = true;
            let report = worker.pass(&Work::Answer, &AtomicBool::new(false));
            self.note(report);
            self.idle = Some(worker);
        }
    }

    /// Gives the worker something to do, if it is idle and there is something.
    fn start_pass(&mut self) {
        let Some(mut worker) = self.idle.take() else {
            return;
        };
        let now = Instant::now();
        if let Some(config) = self.next_config.take() {
            if worker.reconfigure(config) {
                self.watching = self.watching.anew(worker.config());
            }
            self.name_folders(worker.config());
            self.serving.set(worker.config());
            self.watching.rescan(now);
            // The remedy may be in it.
            self.hold_until = now;
            worker.unread.hurry(now);
            tracing::info!("the configuration is taken over");
            self.manager.ready();
        }
        let Some(work) = self.due(&mut worker, now) else {
            self.idle = Some(worker);
            return;
        };
        self.pass = Began::new(now);
        self.hurry.store(false, Ordering::Relaxed);
        let (stop, sender) = (Arc::clone(&self.stop), self.sender.clone());
        task::spawn_blocking(move || {
            let pass = AssertUnwindSafe(|| worker.pass(&work, &stop));
            let event = match panic::catch_unwind(pass) {
                Ok(report) => Event::Passed(worker, Box::new(report)),
                // Who knows what state it is in.
                Err(_) => Event::Lost,
            };
            // When the loop is gone there is nobody left to tell.
            let _ = sender.blocking_send(event);
        });
    }

    /// Has the worker leave documents for the next pass, unless some could not be
    /// written: whether they can be is told when all were tried.
    fn hurry(&self) {
        if !self.faults.has(About::Documents) && !self.faults.has(About::Feeds) {
            self.hurry.store(true, Ordering::Relaxed);
        }
    }

    /// What there is to do now, if anything.
    fn due(&mut self, worker: &mut Worker, now: Instant) -> Option<Work> {
        if now < self.hold_until {
            return None;
        }
        self.watching.read_again(worker.unread.take_due(now), now);
        let work = self.watching.due(now);
        self.look_at_watch();
        let retry = self.retry_at.is_some_and(|at| now >= at);
        let answer = || (retry || worker.is_asked()).then_some(Work::Answer);
        let work = work.or_else(answer);
        if work.is_some() {
            self.retry_at = None;
        }
        work
    }

    /// When to look at the latest whether there is something to do.
    fn next_wake(&self) -> Instant {
        let status = self.status_file.next();
        let status = self.manager.next().map_or(status, |sign| sign.min(status));
        let Some(worker) = &self.idle else {
            return status;
        };
        let watching = self.watching.next_wake();
        let others = [self.retry_at, worker.unread.next()];
        let work = others.into_iter().flatten().fold(watching, Instant::min);
        work.max(self.hold_until).min(status.max(Instant::now()))
    }

    fn reload(&mut self, config: Result<Config, String>) {
        let now = Moment::now();
        match config {
            Ok(config) => {
                self.next_config = Some(config);
                say(self.faults.end(About::Configuration, now));
            }
            Err(fault) => {
                let text =
                    format!("the configuration is not taken over, the one before stays: {fault}");
                say(self.faults.note(About::Configuration, "", text, now));
                self.manager.ready();
            }
        }
    }

    /// Takes note of what keeps the watch from its work.
    fn look_at_watch(&mut self) {
        let now = Moment::now();
        if self.watching.told().by == By::Nothing {
            let text = format!(
                "the watch folder {} is not there; the feeds stay as they are until it is back",
                self.status.watch_folder
            );
            say(self.faults.note(About::WatchFolder, "", text, now));
        }
        match self.watching.fault() {
            Some(fault) if !self.faults.has(About::Events) => {
                let fault = fault.to_owned();
                say(self.faults.note(About::Events, "", fault, now));
            }
            Some(_) => {}
            None => say(self.faults.end(About::Events, now)),
        }
    }
}

fn say(said: impl IntoIterator<Item = Said>) {
    for Said { grade, text } in said {
        match grade {
            Grade::Error => tracing::error!("{text}"),
            Grade::Info => tracing::info!("{text}"),
        }
    }
}
