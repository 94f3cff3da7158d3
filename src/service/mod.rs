//! The service: one loop around the stages, and one owner of the catalogue.
//!
//! [`Worker`] does the work of one pass, [`Service::run`] decides when there is
//! a pass to do. Whatever happens reaches the loop as an `Event`.

mod decide;
pub mod inspect;
mod intake;
mod pass;
mod plan;
mod progress;
mod publishing;
mod shelf;
mod tell;
mod upkeep;
mod watching;
mod worker;

pub use crate::catalogue::{
    Refusal, TopicDecision,
    store::{ListedTopic, Visitor},
};
pub use decide::{Taken, decide};
pub use pass::Report;
pub use tell::{in_full, named};
pub use worker::Worker;

use crate::config::Config;
use anyhow::Context as _;
use std::{
    path::PathBuf,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::{Duration, Instant},
};
use tokio::{sync::mpsc, task};
use watching::Watching;

/// How long to wait before a failed pass is tried again: short enough that a
/// disk which has room again is noticed soon, long enough not to flood the log.
const RETRY: Duration = Duration::from_secs(5);

/// Folders and limits of the service.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    /// The folder that articles are dropped into.
    pub watch_folder: PathBuf,
    /// The folder that feeds are written to.
    pub feeds_folder: PathBuf,
    /// The folder of the catalogue.
    pub state_folder: PathBuf,
    /// The largest file that is read, in bytes.
    pub max_file_size: u64,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            watch_folder: "watch".into(),
            feeds_folder: "feeds".into(),
            state_folder: ".feedwright".into(),
            max_file_size: 32_000_000,
        }
    }
}

/// What somebody outside asks of the running service.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Signal {
    /// Finish what is being written, and end.
    Stop,
    /// Read the configuration again.
    Reload,
}

/// Everything that can happen to the loop, besides time passing.
enum Event {
    /// Something in the watch folder was marked.
    Marked,
    /// A signal came.
    Signal(Signal),
    /// The pass is over, and here is its worker back.
    Passed(Box<Worker>, anyhow::Result<Report>),
}

/// The daemon, ready to run.
pub struct Service {
    worker: Worker,
}

impl Service {
    /// Opens the catalogue and makes the folders.
    ///
    /// # Errors
    ///
    /// When a folder or the catalogue cannot be had, or somebody else has it.
    pub fn open(config: Config) -> anyhow::Result<Self> {
        let worker = Worker::open(config)?;
        Ok(Self { worker })
    }

    /// The settings, with the folders as they really are.
    #[must_use]
    pub fn config(&self) -> &Config {
        self.worker.config()
    }

    /// How many entries the catalogue holds.
    ///
    /// # Errors
    ///
    /// When the catalogue cannot be asked.
    pub fn count(&self) -> anyhow::Result<usize> {
        self.worker.count()
    }

    /// Runs until told to stop. `reload` gives the configuration anew, or says
    /// in words why it is not to be used.
    ///
    /// # Errors
    ///
    /// When a thread of the program itself fails. Faults of files, folders and
    /// disks are logged and tried again.
    pub async fn run(
        self,
        reload: impl Fn() -> Result<Config, String>,
        signals: mpsc::Receiver<Signal>,
    ) -> anyhow::Result<()> {
        // Marks are kept by the watcher, so a full queue loses nothing.
        let (sender, events) = mpsc::channel(64);
        let watching = Watching::new(self.worker.config(), sender.clone());
        let daemon = Loop {
            idle: Some(Box::new(self.worker)),
            watching,
            stop: Arc::default(),
            next_config: None,
            sender,
            last_fault: String::new(),
            rest_until: Instant::now(),
        };
        daemon.run(reload, events, signals).await
    }
}

struct Loop {
    /// The worker, while it is not at work.
    idle: Option<Box<Worker>>,
    watching: Watching,
    /// Tells the worker at work to end early.
    stop: Arc<AtomicBool>,
    /// A configuration that waits for the worker to come back.
    next_config: Option<Config>,
    sender: mpsc::Sender<Event>,
    last_fault: String,
    /// Until when nothing that others ask is tried again.
    rest_until: Instant,
}

impl Loop {
    async fn run(
        mut self,
        reload: impl Fn() -> Result<Config, String>,
        mut events: mpsc::Receiver<Event>,
        mut signals: mpsc::Receiver<Signal>,
    ) -> anyhow::Result<()> {
        self.watching.rescan(Instant::now());
        loop {
            self.start_pass();
            let wake = self.watching.next_wake().into();
            let event = tokio::select! {
                Some(signal) = signals.recv() => Event::Signal(signal),
                Some(event) = events.recv() => event,
                () = tokio::time::sleep_until(wake), if self.idle.is_some() => continue,
            };
            match event {
                // What was marked is taken when there is somebody to look.
                Event::Marked => {}
                Event::Signal(Signal::Stop) => break,
                Event::Signal(Signal::Reload) => match reload() {
                    Ok(config) => self.next_config = Some(config),
                    Err(faults) => tracing::error!(
                        "the configuration is not taken over, the one before stays:\n{faults}"
                    ),
                },
                Event::Passed(worker, result) => {
                    self.idle = Some(worker);
                    self.note(result);
                }
            }
        }
        self.stop.store(true, Ordering::Relaxed);
        // The watch ends first, so that nothing new comes while the last pass
        // is written.
        drop(self.watching);
        while self.idle.is_none() {
            match events.recv().await.context("the worker was lost")? {
                Event::Passed(worker, _) => self.idle = Some(worker),
                Event::Marked | Event::Signal(_) => {}
            }
        }
        Ok(())
    }

    /// Gives the worker something to do, if it is idle and there is something.
    fn start_pass(&mut self) {
        let Some(mut worker) = self.idle.take() else {
            return;
        };
        if let Some(config) = self.next_config.take() {
            if worker.reconfigure(config) {
                self.watching = self.watching.anew(worker.config());
            }
            self.watching.rescan(Instant::now());
            tracing::info!("the configuration is taken over");
        }
        let now = Instant::now();
        let asked = || now >= self.rest_until && worker.is_asked();
        let answer = || asked().then_some(plan::Work::Answer);
        let Some(work) = self.watching.due(now).or_else(answer) else {
            self.idle = Some(worker);
            return;
        };
        let (stop, sender) = (Arc::clone(&self.stop), self.sender.clone());
        task::spawn_blocking(move || {
            let result = worker.pass(&work, &stop);
            // When the loop is gone there is nobody left to tell.
            let _ = sender.blocking_send(Event::Passed(worker, result));
        });
    }

    /// Takes note of how a pass went.
    fn note(&mut self, result: anyhow::Result<Report>) {
        let now = Instant::now();
        match result {
            Ok(report) => {
                if !self.last_fault.is_empty() {
                    tracing::info!("all is well again");
                    self.last_fault.clear();
                }
                self.watching.passed(report, now);
            }
            Err(error) => {
                let fault = in_full(&error);
                // A disk stays full for hours: one line is enough.
                if fault != self.last_fault {
                    tracing::error!("{fault}; trying again every {} s", RETRY.as_secs());
                    self.last_fault = fault;
                }
                self.rest_until = now + RETRY;
                self.watching.retry(self.rest_until);
            }
        }
    }
}
