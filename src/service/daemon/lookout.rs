//! What the loop tells those who watch over it: hubs that fail become faults,
//! and what goes on becomes health and metrics.

use super::{Loop, Moment, say};
use crate::{
    publish::websub::Seen,
    serve::{
        health,
        metrics::{self, Waiting, Watched},
    },
    service::{faults::About, status::HubStatus, watching::By},
};
use std::sync::Arc;

impl Loop {
    /// Tells how things stand now. It is called whenever something happened, and
    /// every second.
    pub(super) fn tell_watchers(&mut self) {
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
