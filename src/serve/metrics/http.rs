//! What the server counts.

use super::{
    each,
    kinds::{Counter, Each, Gauge, Histogram, Kind},
};
use std::{
    sync::atomic::{AtomicU64, Ordering},
    time::Duration,
};

/// The numbers that a status may be.
const STATUSES: usize = 500;

/// An answer from memory takes some tens of microseconds, a search a few
/// milliseconds.
const TAKES: &[f64] = &[
    0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.1, 0.5, 2.5,
];

/// What the server counts.
#[derive(Debug)]
pub struct Http {
    /// By method and status.
    requests: Each<Method, Statuses>,
    /// How long an answer takes to be made, without the way to the client.
    pub took: Histogram,
    /// Bytes of bodies that were sent.
    pub sent: Counter,
    /// Connections that were accepted, and those that are open.
    pub accepted: Counter,
    /// Those that are open.
    pub open: Gauge,
    /// Those that were refused, since too many were open.
    pub refused: Counter,
    /// Clients that wait for what is new.
    pub live: Gauge,
    /// Requests that were too many of one client.
    pub limited: Counter,
    /// Documents that were at hand, or had to be made.
    pub cache: Each<Cached, Counter>,
}

/// How often each status was answered.
#[derive(Debug)]
struct Statuses(Box<[AtomicU64]>);

impl Default for Statuses {
    fn default() -> Self {
        Self((0..STATUSES).map(|_| AtomicU64::new(0)).collect())
    }
}

impl Default for Http {
    fn default() -> Self {
        Self {
            requests: Each::default(),
            took: Histogram::new(TAKES),
            sent: Counter::default(),
            accepted: Counter::default(),
            open: Gauge::default(),
            refused: Counter::default(),
            live: Gauge::default(),
            limited: Counter::default(),
            cache: Each::default(),
        }
    }
}

impl Http {
    /// A request was answered.
    pub fn answered(&self, method: Method, status: u16, took: Duration) {
        let statuses = &self.requests.of(method).0;
        let at = usize::from(status).saturating_sub(100).min(STATUSES - 1);
        statuses[at].fetch_add(1, Ordering::Relaxed);
        self.took.observe(took);
    }

    /// How often each method was answered with each status that there was.
    pub(super) fn requests(&self) -> Vec<(&'static str, String, u64)> {
        let mut all = Vec::new();
        for (method, statuses) in self.requests.all() {
            for (at, count) in statuses.0.iter().enumerate() {
                let count = count.load(Ordering::Relaxed);
                if count > 0 {
                    all.push((method, (at + 100).to_string(), count));
                }
            }
        }
        all
    }
}

each! {
    /// How a request asks.
    Method, "method":
    /// For a document.
    Get "GET",
    /// For what would be said of it.
    Head "HEAD",
    /// For what may be asked.
    Options "OPTIONS",
    /// Otherwise, which is never granted.
    Other "other",
}

impl Method {
    /// The one of this name.
    #[must_use]
    pub fn of(name: &str) -> Self {
        match name {
            "GET" => Self::Get,
            "HEAD" => Self::Head,
            "OPTIONS" => Self::Options,
            _ => Self::Other,
        }
    }
}

each! {
    /// Whether a document was at hand.
    Cached, "result":
    /// It was.
    Hit "hit",
    /// It had to be made.
    Miss "miss",
}
