//! How things stand, for programs.

use super::{Answer, Judged, Servers, glance, outcome, refused, running};
use crate::{
    cli::Outcome,
    service::{
        Aside, Failing, HubStatus, LastPass, LastPublish, Life, Overview, Refusal, Watched, named,
    },
};
use jiff::Timestamp;
use serde::Serialize;
use std::path::Path;

/// The contract with other programs: names and meanings never change.
#[derive(Serialize)]
pub(super) struct Json<'a> {
    /// "running", "silent", "held", "stopped", "killed" or "never".
    state: &'static str,
    /// Whether it runs and nothing failed.
    well: bool,
    /// The process that has the catalogue.
    pid: Option<u32>,
    version: Option<&'a str>,
    started: Option<Timestamp>,
    heard: Option<Timestamp>,
    stopped: Option<Timestamp>,
    watch_folder: Option<&'a str>,
    feeds_folder: Option<&'a str>,
    state_folder: String,
    watching: Option<&'a Watched>,
    /// How far it is shut in, in words.
    confinement: Option<&'a str>,
    entries: Option<usize>,
    feeds: Option<usize>,
    topics: Option<usize>,
    last_pass: Option<&'a LastPass>,
    last_publish: Option<&'a LastPublish>,
    pending: Pending<'a>,
    not_taken: Vec<JsonRefused<'a>>,
    left_out: Vec<JsonRefused<'a>>,
    /// What is in the watch folder and no article: the reason, how many there
    /// are, and the first of them.
    left_alone: &'a [Aside],
    /// Those that last; when it does not run, those that did at its end.
    faults: &'a [Failing],
    faults_count: usize,
    /// Why the catalogue cannot be read.
    catalogue_fault: Option<&'a str>,
    /// Where its server listens.
    servers: Vec<JsonServer<'a>>,
    /// Who is told when feeds change.
    hubs: &'a [HubStatus],
}

#[derive(Serialize)]
struct JsonServer<'a> {
    address: &'a str,
    /// Whether it answers, and whether it says that all is well.
    answers: bool,
    ready: bool,
    /// What is wrong, if anything is.
    reason: Option<&'a str>,
}

impl<'a> JsonServer<'a> {
    fn new(address: &'a str, answer: &'a Answer) -> Self {
        Self {
            address,
            answers: !matches!(answer, Answer::Silent(_)),
            ready: *answer == Answer::Ready,
            reason: match answer {
                Answer::Ready => None,
                Answer::NotReady(why) | Answer::Silent(why) => Some(why),
            },
        }
    }
}

#[derive(Serialize)]
struct Pending<'a> {
    /// What is being done.
    step: Option<&'a str>,
    since: Option<Timestamp>,
    done: usize,
    total: usize,
    /// Files that are being written, and the first of them.
    waiting: usize,
    waiting_for: &'a [String],
    /// Files and folders that cannot be read for now and are tried again, and
    /// the first of them.
    unread: usize,
    unread_first: &'a [String],
    /// Parts of feeds, pages and lists that are to be written.
    documents: usize,
    /// Decisions about topics.
    decisions: usize,
}

#[derive(Serialize)]
struct JsonRefused<'a> {
    path: String,
    reason: &'a str,
}

impl<'a> Json<'a> {
    pub(super) fn new(seen: &'a Overview, servers: &'a Servers, state_folder: &Path) -> Self {
        let status = seen.status.as_ref();
        let runs = running(seen);
        let glance = glance(seen);
        let refused = |kind| {
            refused(seen, kind)
                .map(|(path, reason)| JsonRefused { path, reason })
                .collect()
        };
        let doing = runs.and_then(|status| status.doing.as_ref());
        Self {
            state: match seen.life {
                Life::Running => "running",
                Life::Silent => "silent",
                Life::Held(_) => "held",
                Life::Stopped => "stopped",
                Life::Killed => "killed",
                Life::Never => "never",
            },
            well: outcome(seen, servers, Judged::Everything) == Outcome::Fine,
            pid: match &seen.life {
                Life::Held(holder) => holder.pid,
                _ => runs.map(|status| status.pid),
            },
            version: status.map(|status| &*status.version),
            started: status.map(|status| status.started),
            heard: status.map(|status| status.heard),
            stopped: status.and_then(|status| status.stopped),
            watch_folder: status.map(|status| &*status.watch_folder),
            feeds_folder: status.map(|status| &*status.feeds_folder),
            state_folder: named(state_folder),
            watching: runs.map(|status| &status.watching),
            confinement: runs.map(|status| &*status.confinement),
            entries: glance.map(|glance| glance.entries),
            feeds: glance.map(|glance| glance.feeds),
            topics: glance.map(|glance| glance.topics),
            last_pass: status.and_then(|status| status.last_pass.as_ref()),
            last_publish: status.and_then(|status| status.last_publish.as_ref()),
            pending: Pending {
                step: doing.map(|doing| &*doing.step),
                since: doing.map(|doing| doing.since),
                done: doing.map_or(0, |doing| doing.done),
                total: doing.map_or(0, |doing| doing.total),
                waiting: runs.map_or(0, |status| status.waiting.count),
                waiting_for: runs.map_or(&[], |status| &status.waiting.first),
                unread: runs.map_or(0, |status| status.unread.count),
                unread_first: runs.map_or(&[], |status| &status.unread.first),
                documents: glance.map_or(0, |glance| glance.due),
                decisions: glance.map_or(0, |glance| glance.decisions),
            },
            not_taken: refused(Refusal::Faulty),
            left_out: refused(Refusal::Draft),
            left_alone: status.map_or(&[], |status| &status.left_alone),
            faults: status.map_or(&[], |status| &status.faults.first),
            faults_count: status.map_or(0, |status| status.faults.count),
            catalogue_fault: seen.catalogue.as_ref().err().map(|fault| &**fault),
            servers: servers
                .iter()
                .map(|(address, answer)| JsonServer::new(address, answer))
                .collect(),
            hubs: status.map_or(&[], |status| &status.hubs),
        }
    }
}
