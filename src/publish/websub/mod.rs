//! `WebSub` (a W3C recommendation): hubs are told which feeds changed, so that
//! subscribers hear of it at once.
//!
//! Each hub has a thread and a queue of its own, so that one that is slow or
//! away is in nobody's way. What it could not be told is tried again, ever more
//! seldom; what it refuses is not. A hub that comes back is told of all that
//! changed meanwhile, each document once.
//!
//! Nothing here is kept over a restart but one number a hub, which the service
//! keeps: all that was modified until then was told. What was modified later is
//! told again at the next start, which does no harm: a hub fetches and finds
//! that nothing is new.

mod answer;
mod ask;
mod queue;

use crate::{
    clock,
    feed::{self, HubUrl},
};
use answer::Answer;
use jiff::Timestamp;
use queue::Queue;
use std::{
    sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError},
    thread,
    time::{Duration, Instant},
};
use ureq::Agent;

/// A document that was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Changed {
    /// Its path in the feeds folder.
    pub name: String,
    /// When its file was modified, in nanoseconds since 1970.
    pub modified: i64,
}

/// When hubs are told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pace {
    /// How long to wait for more to change, when something has.
    pub gather: Duration,
    /// The time between two requests to one hub.
    pub spacing: Duration,
    /// The time between all that changed and what changes next.
    pub rest: Duration,
    /// How long to wait after the first failure; twice as long after the next,
    /// and so on.
    pub first_retry: Duration,
    /// And after no failure longer than this.
    pub longest_retry: Duration,
    /// How long a hub may take to answer.
    pub timeout: Duration,
}

impl Default for Pace {
    fn default() -> Self {
        Self {
            // A pass writes the three formats of several feeds, one after the
            // other, in some milliseconds.
            gather: Duration::from_millis(200),
            spacing: Duration::from_millis(100),
            rest: Duration::from_secs(1),
            first_retry: Duration::from_secs(2),
            longest_retry: Duration::from_mins(30),
            timeout: Duration::from_secs(20),
        }
    }
}

/// When so many documents in a row were refused one by one, a hub takes none.
const MANY_REFUSED: usize = 16;

/// Hubs that say that they take several topics in one request, and how many they
/// are given. To others each is told by itself: many read the last one only, and
/// say nothing.
const TAKE_SEVERAL: [(&str, usize); 1] = [("pubsubhubbub.appspot.com", 50)];

/// The hubs, each with a thread that tells it what it does not know.
#[derive(Debug, Default)]
pub struct Hubs {
    hubs: Vec<Arc<Hub>>,
}

/// How things stand with a hub.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seen {
    /// The hub.
    pub url: HubUrl,
    /// How many documents it is to be told of.
    pub owed: usize,
    /// When it was last told of something.
    pub told_at: Option<Timestamp>,
    /// How many requests it took.
    pub told: u64,
    /// How many came to nothing, and were tried again.
    pub failed: u64,
    /// How many it refused for good.
    pub refused: u64,
    /// What is wrong, if the last request did not end well.
    pub fault: Option<String>,
}

impl Hubs {
    /// Starts a thread for each hub. `told_until` says of each that it knows of
    /// all documents which were modified until then.
    pub fn start(
        settings: &feed::Settings,
        pace: Pace,
        told_until: impl Fn(&HubUrl) -> i64,
    ) -> Self {
        let settings = &Arc::new(settings.clone());
        let start = |url: &HubUrl| {
            let hub = Arc::new(Hub::new(url, pace, told_until(url), settings));
            let worker = Arc::clone(&hub);
            let name = "hub".to_owned();
            let started = thread::Builder::new()
                .name(name)
                .spawn(move || worker.run());
            if let Err(error) = started {
                let mut state = hub.lock();
                state.is_over = true;
                state.seen.fault = Some(format!(
                    "the hub {url} is not told of anything, since the system gives no thread: {error}"
                ));
            }
            hub
        };
        Self {
            hubs: settings.hubs.iter().map(start).collect(),
        }
    }

    /// Whether there are none.
    #[must_use]
    pub fn are_none(&self) -> bool {
        self.hubs.is_empty()
    }

    /// Tells all hubs that these documents changed, as far as anybody can
    /// subscribe to them. It waits for nothing.
    pub fn tell(&self, changed: &[Changed]) {
        for hub in &self.hubs {
            hub.tell(changed.iter());
        }
    }

    /// Tells each hub of those of these documents that it was not told of
    /// before the start.
    pub fn catch_up(&self, documents: &[Changed]) {
        for hub in &self.hubs {
            let until = hub.lock().queue.told_until();
            hub.tell(documents.iter().filter(|one| one.modified > until));
        }
    }

    /// For each hub, until when it knows of all documents that were modified.
    #[must_use]
    pub fn told_until(&self) -> Vec<(HubUrl, i64)> {
        let told = |hub: &Arc<Hub>| (hub.url.clone(), hub.lock().queue.told_until());
        self.hubs.iter().map(told).collect()
    }

    /// How things stand with each.
    #[must_use]
    pub fn seen(&self) -> Vec<Seen> {
        self.hubs.iter().map(|hub| hub.seen()).collect()
    }

    /// Ends it: what can be told in this time is; then nothing more is said. A
    /// request that a hub has not answered by then is given up.
    pub fn stop(&self, patience: Duration) {
        let until = Instant::now() + patience;
        for hub in &self.hubs {
            hub.lock().stop_at = Some(until);
            hub.awake.notify_all();
        }
        for hub in &self.hubs {
            let mut state = hub.lock();
            while !state.is_over {
                let left = until.saturating_duration_since(Instant::now());
                if left.is_zero() {
                    break;
                }
                let woken = hub.awake.wait_timeout(state, left);
                state = woken.unwrap_or_else(PoisonError::into_inner).0;
            }
        }
    }
}

/// Nobody hears of what is left.
impl Drop for Hubs {
    fn drop(&mut self) {
        self.stop(Duration::ZERO);
    }
}

/// A hub, and what it is to be told.
#[derive(Debug)]
struct Hub {
    url: HubUrl,
    settings: Arc<feed::Settings>,
    pace: Pace,
    state: Mutex<State>,
    /// Something in the state is otherwise.
    awake: Condvar,
}

#[derive(Debug)]
struct State {
    queue: Queue,
    /// How many topics it takes at once.
    most: usize,
    /// Not before this instant again.
    next: Instant,
    /// How many requests in a row came to nothing.
    failures: u32,
    /// How many documents in a row it refused.
    refusals: usize,
    /// When to end at the latest.
    stop_at: Option<Instant>,
    /// Whether its thread has ended.
    is_over: bool,
    seen: Seen,
}

impl Hub {
    fn new(url: &HubUrl, pace: Pace, told_until: i64, settings: &Arc<feed::Settings>) -> Self {
        let known = TAKE_SEVERAL.iter().find(|(host, _)| *host == url.host());
        Self {
            url: url.clone(),
            settings: Arc::clone(settings),
            pace,
            state: Mutex::new(State {
                queue: Queue::new(told_until),
                most: known.map_or(1, |(_, most)| *most),
                next: Instant::now(),
                failures: 0,
                refusals: 0,
                stop_at: None,
                is_over: false,
                seen: Seen {
                    url: url.clone(),
                    owed: 0,
                    told_at: None,
                    told: 0,
                    failed: 0,
                    refused: 0,
                    fault: None,
                },
            }),
            awake: Condvar::new(),
        }
    }

    fn tell<'a>(&self, changed: impl Iterator<Item = &'a Changed>) {
        let mut state = self.lock();
        let was_empty = state.queue.is_empty();
        for one in changed {
            if feed::topic(&self.settings, &one.name).is_some() {
                state.queue.add(one);
            }
        }
        if was_empty && !state.queue.is_empty() {
            state.next = state.next.max(Instant::now() + self.pace.gather);
            self.awake.notify_all();
        }
    }

    fn seen(&self) -> Seen {
        let state = self.lock();
        Seen {
            owed: state.queue.len(),
            ..state.seen.clone()
        }
    }

    /// Tells the hub what it does not know, until the end.
    fn run(&self) {
        let agent: Agent = ask::agent(&self.url, &self.pace);
        while let Some(next) = self.next() {
            let topic = |one: &Changed| feed::topic(&self.settings, &one.name);
            let topics: Vec<String> = next.iter().filter_map(topic).collect();
            let answer = ask::publish(&agent, &self.url, &topics);
            self.note(&next, answer);
        }
        self.lock().is_over = true;
        self.awake.notify_all();
    }

    /// What to tell it next, when it is time for that; nothing at the end.
    fn next(&self) -> Option<Vec<Changed>> {
        let mut state = self.lock();
        loop {
            let now = Instant::now();
            if let Some(until) = state.stop_at {
                // One that did not answer before is not waited for now.
                let goes_on = now < until && state.failures == 0 && !state.queue.is_empty();
                return goes_on.then(|| state.queue.next(state.most));
            }
            if state.queue.is_empty() {
                let woken = self.awake.wait(state);
                state = woken.unwrap_or_else(PoisonError::into_inner);
                continue;
            }
            let wait = state.next.saturating_duration_since(now);
            if wait.is_zero() {
                return Some(state.queue.next(state.most));
            }
            let woken = self.awake.wait_timeout(state, wait);
            state = woken.unwrap_or_else(PoisonError::into_inner).0;
        }
    }

    /// Takes note of what came of telling it these.
    fn note(&self, told: &[Changed], answer: Answer) {
        let mut state = self.lock();
        let state = &mut *state;
        let (url, pace) = (&self.url, &self.pace);
        let mut wait = None;
        match answer {
            Answer::Told => {
                state.queue.done(told);
                state.failures = 0;
                state.refusals = 0;
                state.seen.told += 1;
                state.seen.told_at = Some(clock::now());
                state.seen.fault = None;
            }
            Answer::Later { why, after } => {
                state.failures += 1;
                state.seen.failed += 1;
                state.seen.fault = Some(format!(
                    "cannot tell the hub {url} that feeds changed: {why}; it is tried again until \
                     it works"
                ));
                wait = Some(retry(pace, state.failures, after));
            }
            // Perhaps it takes them one by one.
            Answer::Refused { all: false, .. } if told.len() > 1 => state.most = 1,
            Answer::Refused { why, all } => {
                state.queue.done(told);
                state.failures = 0;
                state.refusals += 1;
                if all || state.refusals >= MANY_REFUSED {
                    state.queue.give_up();
                }
                state.seen.refused += 1;
                state.seen.fault = Some(format!(
                    "the hub {url} refuses to be told that feeds changed: {why}; it is asked again \
                     when they change again; check `hubs` under `[push]`"
                ));
            }
            // It was followed as far as it goes.
            Answer::Moved(_) => {}
        }
        let wait = wait.unwrap_or(if state.queue.is_empty() {
            pace.rest
        } else {
            pace.spacing
        });
        state.next = Instant::now() + wait;
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// How long to wait after so many failures in a row, if the hub asks for so
/// much.
fn retry(pace: &Pace, failures: u32, asked: Option<Duration>) -> Duration {
    let doubled = 2_u32.saturating_pow(failures.saturating_sub(1));
    let own = pace.first_retry.saturating_mul(doubled);
    let own = own.min(pace.longest_retry);
    asked.map_or(own, |asked| asked.max(own))
}

#[cfg(test)]
mod tests;
