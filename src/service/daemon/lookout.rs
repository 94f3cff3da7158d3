//! What the loop tells those who watch over it: hubs that fail become faults,
//! and what goes on becomes health, metrics and the status file.

use super::{Loop, Moment, say};
use crate::{
    clock,
    config::Config,
    publish::websub::Seen,
    serve::{
        health,
        metrics::{self, Waiting, Watched},
    },
    service::{
        faults::About,
        notes::name_of,
        status::{Failing, HubStatus, Listed},
        tell::named,
        watching::By,
    },
};
use std::{
    collections::BTreeSet,
    path::PathBuf,
    sync::Arc,
    time::{Duration, Instant},
};

/// The least time between two tellings. A thousand files that are written at
/// once wake the loop a thousand times, and to count them costs as much.
const SPACING: Duration = Duration::from_millis(100);

impl Loop {
    /// Tells how things stand, unless that was told just now. It is called
    /// whenever something happened, and every second.
    pub(super) fn tell_watchers_in_time(&mut self) {
        if Instant::now() >= self.watched_from {
            self.tell_watchers();
        }
    }

    /// Tells how things stand now.
    pub(super) fn tell_watchers(&mut self) {
        self.watched_from = Instant::now() + SPACING;
        if let Some(worker) = &self.idle {
            self.hubs = Arc::clone(&worker.push.hubs);
        }
        let hubs = self.hubs.seen();
        self.note_hubs(&hubs);
        let watched = self.watching.told();
        self.serving.site.health().tell(health::Told {
            is_whole: self.is_whole,
            watching: match watched.by {
                By::Events => Some("events"),
                By::Listing => Some("listing"),
                By::Nothing => None,
            },
            doing: self
                .activity
                .now()
                .map(|now| (now.step, now.done, now.total)),
            faults: self.faults.count(),
            last_pass: self.status.last_pass.as_ref().map(|pass| pass.at),
            is_ending: self.is_ending,
        });
        let metrics = self.serving.site.metrics();
        for (mode, by) in [
            (Watched::Events, By::Events),
            (Watched::Listing, By::Listing),
            (Watched::Nothing, By::Nothing),
        ] {
            metrics.watch.of(mode).set(usize::from(watched.by == by));
        }
        metrics.listings.raise_to(self.watching.counts.listings);
        metrics.overflows.raise_to(self.watching.counts.overflows);
        let growing = self.watching.waiting().count() + self.compared.len();
        metrics.waiting.of(Waiting::Growing).set(growing);
        metrics.waiting.of(Waiting::Unread).set(self.unread.len());
        metrics.tell(metrics::Told {
            faults: self.faults.counted(),
            hubs: hubs.iter().map(hub).collect(),
            pass_since: self.activity.now().map(|now| now.since),
            is_ready: self.serving.site.health().is_ready(),
        });
        self.status.hubs = hubs.into_iter().map(hub_status).collect();
    }

    /// Tells hubs the last, before an end.
    pub(super) fn close_push(&mut self) {
        if let Some(worker) = &mut self.idle
            && let Err(error) = worker.close_push()
        {
            tracing::error!(
                "{error:#}; hubs are told once more of what they were told since the start"
            );
        }
        self.tell_watchers();
    }

    /// Takes note of hubs that fail, and of those that are well again.
    fn note_hubs(&mut self, hubs: &[Seen]) {
        let mut failed = Vec::new();
        for hub in hubs {
            let failures = hub.failed + hub.refused;
            let before = self.failures.insert(hub.url.to_string(), failures);
            if let Some(fault) = &hub.fault
                && before != Some(failures)
            {
                failed.push((hub.url.to_string(), fault.clone()));
            }
        }
        let lasts = |what: &str| {
            let mut hubs = hubs.iter();
            hubs.any(|hub| hub.fault.is_some() && hub.url.as_str() == what)
        };
        let now = Moment::now();
        say(self.faults.note_those(About::Hubs, failed, lasts, now));
    }

    /// Files that are not taken yet, since they may still be written.
    pub(super) fn waiting(&self) -> BTreeSet<PathBuf> {
        let growing = self.watching.waiting();
        growing.chain(self.compared.iter().cloned()).collect()
    }

    pub(super) fn name_folders(&mut self, config: &Config) {
        self.status.watch_folder = named(&config.service.watch_folder);
        self.status.feeds_folder = named(&config.service.feeds_folder);
    }

    pub(in crate::service) fn name_confinement(&mut self, confinement: String) {
        self.status.confinement = confinement;
    }

    /// Brings the status file up to date, if it is time for that.
    pub(super) fn tell_status(&mut self) {
        if self.status_file.is_time(Instant::now()) {
            self.write_status();
        }
    }

    pub(super) fn write_status(&mut self) {
        let waiting = self.waiting();
        let status = &mut self.status;
        status.heard = clock::now();
        status.watching = self.watching.told();
        status.doing = self.activity.now();
        status.waiting = Listed::of(waiting.len(), waiting.iter().map(|path| named(path)));
        let unread = self.unread.iter().map(|path| name_of(path));
        status.unread = Listed::of(self.unread.len(), unread);
        let faults = self.faults.current().map(|(about, fault)| {
            let times = [fault.since.at, fault.last.at];
            Failing::new(about.name(), &fault.text, fault.count, times)
        });
        status.faults = Listed::of(self.faults.count(), faults);
        self.status_file.keep(status.clone(), Instant::now());
    }
}

fn hub(seen: &Seen) -> metrics::Hub {
    metrics::Hub {
        url: seen.url.to_string(),
        owed: seen.owed,
        told_at: seen.told_at,
        requests: [seen.told, seen.failed, seen.refused],
    }
}

fn hub_status(seen: Seen) -> HubStatus {
    HubStatus {
        url: seen.url.to_string(),
        owed: seen.owed,
        told_at: seen.told_at,
        fault: seen.fault,
    }
}
