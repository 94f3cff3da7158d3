//! What is counted and measured, for whoever watches over the daemon.
//!
//! The service counts what it does and the server what it answers, each with an
//! addition and without a lock. [`Metrics::render`] writes all of it as text.
//! What is in the catalogue is looked up when somebody asks, and not again for
//! a while if that took long. Nothing here names a file of the owner's, since
//! metrics are often read by others than the articles are.

mod http;
mod kinds;
mod process;
mod render;
mod text;

pub use http::{Cached, Http, Method};
pub use kinds::{Counter, Each, Gauge, Histogram, Instant, Kind};
pub use text::Form;

use crate::catalogue::store::{self, Counts};
use jiff::Timestamp;
use std::{
    path::PathBuf,
    sync::{Mutex, PoisonError},
    time::{self, Duration},
};

/// Everything that is counted and measured.
#[derive(Debug)]
pub struct Metrics {
    /// What the server answers.
    pub http: Http,
    /// What became of articles.
    pub articles: Each<Article, Counter>,
    /// How long it takes to read and digest a file.
    pub digest: Histogram,
    /// How long a pass takes.
    pub pass: Histogram,
    /// How passes end.
    pub passes: Each<Passed, Counter>,
    /// From when a file was dropped to when its documents are written.
    pub published: Histogram,
    /// When a pass last ended well.
    pub last_pass: Instant,
    /// When documents were last written.
    pub last_publish: Instant,
    /// Documents that were written.
    pub documents: Counter,
    /// How often the whole watch folder was listed.
    pub listings: Counter,
    /// How often events were lost, and it had to be.
    pub overflows: Counter,
    /// Files that are being written or wait for others, and those that cannot be
    /// read for now.
    pub waiting: Each<Waiting, Gauge>,
    /// How the watch folder is watched: 1 for what is so.
    pub watch: Each<Watched, Gauge>,
    /// What the loop tells now and then.
    told: Mutex<Told>,
    /// What is in the catalogue, as it was last looked up.
    counts: Mutex<Looked>,
    started: Timestamp,
    state_folder: PathBuf,
}

/// What is told as a whole now and then.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Told {
    /// By their kind, what fails now, and how often anything did.
    pub faults: Vec<(&'static str, usize, u64)>,
    /// The hubs.
    pub hubs: Vec<Hub>,
    /// Since when a pass goes on, if one does.
    pub pass_since: Option<Timestamp>,
    /// Whether all is well enough for readers: the first pass is done and the
    /// watch is alive.
    pub is_ready: bool,
}

/// How things stand with a hub.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Hub {
    /// Its address.
    pub url: String,
    /// How many documents it is to be told of.
    pub owed: usize,
    /// When it was last told of something.
    pub told_at: Option<Timestamp>,
    /// How many requests it took, did not take for now, and refused.
    pub requests: [u64; 3],
}

/// What is in the catalogue, and when that was looked up.
#[derive(Debug, Default)]
struct Looked {
    counts: Counts,
    /// Not before this instant again.
    next: Option<time::Instant>,
}

/// What is in the catalogue is looked up again after so many times what it took:
/// it costs a twentieth of the CPU at most, however often somebody asks.
const COSTLY: u32 = 20;

/// Most articles take one to ten milliseconds, a large PDF a second.
const DIGEST: &[f64] = &[
    0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0,
];

/// A pass over one article takes some milliseconds, the first one minutes.
const PASS: &[f64] = &[
    0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 5.0, 15.0, 60.0, 300.0,
];

/// A file is taken as soon as it is closed; where the folder is listed, after
/// two or more times the time between two listings.
const PUBLISHED: &[f64] = &[
    0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 60.0, 300.0,
];

impl Metrics {
    /// Nothing was counted yet. The folder is that of the catalogue.
    #[must_use]
    pub fn new(state_folder: PathBuf, started: Timestamp) -> Self {
        Self {
            http: Http::default(),
            articles: Each::default(),
            digest: Histogram::new(DIGEST),
            pass: Histogram::new(PASS),
            passes: Each::default(),
            published: Histogram::new(PUBLISHED),
            last_pass: Instant::default(),
            last_publish: Instant::default(),
            documents: Counter::default(),
            listings: Counter::default(),
            overflows: Counter::default(),
            waiting: Each::default(),
            watch: Each::default(),
            told: Mutex::default(),
            counts: Mutex::default(),
            started,
            state_folder,
        }
    }

    /// It is so now.
    pub fn tell(&self, told: Told) {
        *self.told.lock().unwrap_or_else(PoisonError::into_inner) = told;
    }

    /// All of it as text. It asks the catalogue and the system, so it is nothing
    /// for a thread that must not wait.
    #[must_use]
    pub fn render(&self, form: Form) -> String {
        let told = self.told.lock().unwrap_or_else(PoisonError::into_inner);
        let told = told.clone();
        render::render(self, &told, self.counts(), form)
    }

    /// What is in the catalogue; what it last was where it cannot be asked.
    fn counts(&self) -> Counts {
        let mut looked = self.counts.lock().unwrap_or_else(PoisonError::into_inner);
        let began = time::Instant::now();
        if looked.next.is_none_or(|next| began >= next) {
            if let Ok(Some(counts)) = store::counts(&self.state_folder) {
                looked.counts = counts;
            }
            let took: Duration = began.elapsed();
            looked.next = Some(began + took * COSTLY);
        }
        looked.counts
    }
}

/// A list of what is told apart by a label.
macro_rules! each {
    ($(#[$about:meta])* $type:ident, $label:literal: $($(#[$what:meta])* $kind:ident $name:literal,)*) => {
        $(#[$about])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum $type {
            $($(#[$what])* $kind,)*
        }

        impl Kind for $type {
            const ALL: &'static [Self] = &[$(Self::$kind,)*];
            const LABEL: &'static str = $label;

            fn name(self) -> &'static str {
                match self {
                    $(Self::$kind => $name,)*
                }
            }

            fn number(self) -> usize {
                self as usize
            }
        }
    };
}
use each;

each! {
    /// What became of an article.
    Article, "result":
    /// It is a new entry.
    Added "added",
    /// Its entry says something else.
    Edited "edited",
    /// Another version of the program digests it otherwise.
    Redigested "redigested",
    /// One of its files was edited, and is an entry of its own.
    Split "split",
    /// Its file was renamed or moved.
    Moved "moved",
    /// There is one more file with it.
    Copied "copied",
    /// Its entry was withdrawn, and is back.
    Revived "revived",
    /// Its file is gone.
    Withdrawn "withdrawn",
    /// It cannot be taken.
    Refused "refused",
    /// It asks not to be published, or not yet.
    LeftOut "left-out",
    /// Nothing of it changed.
    Unchanged "unchanged",
}

each! {
    /// How a pass ended.
    Passed, "result":
    /// Well.
    Done "done",
    /// It is tried again.
    Failed "failed",
}

each! {
    /// What files wait for.
    Waiting, "state":
    /// Whoever writes them to end.
    Growing "growing",
    /// A disk to be well again.
    Unread "unread",
}

each! {
    /// How the watch folder is watched.
    Watched, "mode":
    /// By the system's events.
    Events "events",
    /// By listings.
    Listing "listing",
    /// Not at all: it is not there.
    Nothing "nothing",
}
