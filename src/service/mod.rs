//! The service: one loop around the stages, and one owner of the catalogue.
//!
//! [`Worker`] does the work of one pass, [`Service::run`] decides when there is
//! a pass to do. Whatever happens reaches the loop as an `Event`.

mod aside;
pub mod confine;
mod contents;
mod daemon;
mod decide;
mod faults;
mod flood;
pub mod inspect;
mod intake;
mod measure;
mod notes;
mod notify;
mod overview;
mod pass;
mod plan;
mod progress;
mod publishing;
mod push;
mod recover;
mod retracted;
mod retry;
mod serving;
mod shelf;
mod status;
mod tally;
mod tell;
mod unread;
mod upkeep;
mod watching;
mod worker;

pub use crate::catalogue::{
    EntryDecision, Query, Refusal, TopicDecision,
    store::{EntryState, Glance, Glanced, ListedEntry, ListedSpeaker, ListedTopic, Visitor},
};
pub use aside::Aside;
pub use decide::{Taken, decide};
pub use flood::{Flood, Held};
pub use notes::{Doing, Later};
pub use overview::{Life, Overview, overview};
pub use pass::Report;
pub use status::{Failing, HubStatus, LastPass, LastPublish, Listed, Status};
pub use tally::Tally;
pub use tell::{counted, duration, in_full, named, number};
pub use watching::{By, Watched};
pub use worker::Worker;

use crate::{config::Config, serve::Address};
use daemon::Loop;
use notify::Manager;
use serving::Serving;
use std::path::PathBuf;
use tokio::sync::mpsc;

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
    Passed(Box<Worker>, Box<Report>),
    /// The pass has failed in a way that it must not, and its worker with it.
    Lost,
}

/// What there is to say at the end.
#[derive(Debug)]
pub struct Farewell {
    /// What was done, and what fails.
    pub status: Status,
    /// Files that are left for the next start.
    pub files: usize,
    /// Files that are under embargo.
    pub embargoes: usize,
}

/// The daemon, ready to run.
pub struct Service {
    // Ended before the worker closes the catalogue.
    serving: Serving,
    worker: Worker,
    manager: Manager,
    confinement: String,
}

impl Service {
    /// Opens the catalogue, makes the folders and starts the server, its first
    /// thread. Just before that it calls `shut_in`, which tells in a line what it
    /// has done.
    ///
    /// # Errors
    ///
    /// When a folder or the catalogue cannot be had, or somebody else has it.
    pub fn open(config: Config, shut_in: impl FnOnce(&Config) -> String) -> anyhow::Result<Self> {
        let mut manager = Manager::from_env();
        manager.tell("opening the catalogue".to_owned());
        let mut worker = Worker::open(config)?;
        let confinement = shut_in(worker.config());
        let serving = Serving::start(&mut worker);
        Ok(Self {
            serving,
            worker,
            manager,
            confinement,
        })
    }

    /// How far it is shut in, in a line.
    #[must_use]
    pub fn confinement(&self) -> &str {
        &self.confinement
    }

    /// Where the server can be reached.
    #[must_use]
    pub fn addresses(&self) -> &[Address] {
        self.serving.addresses()
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
    /// disks are told and tried again.
    pub async fn run(
        self,
        reload: impl Fn() -> Result<Config, String>,
        signals: mpsc::Receiver<Signal>,
    ) -> anyhow::Result<Farewell> {
        // Marks are kept by the watcher, so a full queue loses nothing.
        let (sender, events) = mpsc::channel(64);
        let mut daemon = Loop::new(self.worker, self.serving, self.manager, sender);
        daemon.name_confinement(self.confinement);
        daemon.run(reload, events, signals).await
    }
}

/// Why the daemon ends when a pass has panicked.
fn lost() -> anyhow::Error {
    anyhow::anyhow!(
        "feedwright failed in the middle of its work, which is a fault of feedwright; please \
         report it with the line above; nothing is lost, and started again it goes on from there"
    )
}
