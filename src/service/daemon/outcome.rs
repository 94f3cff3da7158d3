//! What came of a pass: what the status says of it, and what fails since when.

use super::{Loop, say};
use crate::service::{
    Report,
    faults::{About, Moment},
    notes::{Later, name_of},
    retry::{about, rest},
    status::{LastPass, LastPublish},
    tell::in_full,
};
use std::{collections::BTreeSet, mem};

impl Loop {
    /// Takes note of how a pass went.
    pub(super) fn note(&mut self, mut report: Report) {
        let now = Moment::now();
        let took = self.pass.took(now.tick);
        let fault = report.fault.take();
        let rest = rest(self.pass.cost(now.tick), fault.as_ref());
        self.is_whole |= report.listed && fault.is_none();
        self.serving.site.metrics().pass.observe(took);
        self.status.last_pass = Some(LastPass {
            at: now.at,
            took_ms: took.as_millis().try_into().unwrap_or(u64::MAX),
            failed: fault.is_some(),
        });
        self.status.tally += report.tally;
        if !report.written.is_empty() {
            self.status.last_publish = Some(LastPublish {
                at: now.at,
                documents: report.written.len(),
            });
            self.status.documents += report.written.len();
        }
        self.owes = matches!(report.later, Some(Later::At(_)));
        self.retry_at = match report.later {
            Some(Later::At(at)) => Some(at),
            Some(Later::AfterMore) => Some(now.tick),
            None => self.retry_at,
        };
        self.note_places(&mut report, now);
        let documents = mem::take(&mut report.documents);
        self.compared = mem::take(&mut report.compared);
        self.unread = mem::take(&mut report.unread);
        self.status.left_alone = mem::take(&mut report.left_alone);
        let (listed, blocked) = (report.listed, report.blocked);
        // Before the watch hears that the pass is over: what was not listed has no
        // watch.
        let about = fault.as_ref().map(about);
        if about.is_some_and(|about| !matches!(about, About::Feeds | About::Documents)) {
            self.watching.list_at(now.tick + rest);
        }
        self.watching.passed(report, now.tick);
        let Some(fault) = fault else {
            let ended = [About::Catalogue, About::Feeds, About::Documents];
            let listed = listed.then_some(About::WatchFolder);
            for about in ended.into_iter().chain(listed) {
                say(self.faults.end(about, now));
            }
            return;
        };
        let about = about.unwrap_or(About::WatchFolder);
        if about == About::Feeds || about == About::Documents {
            for about in [About::WatchFolder, About::Catalogue] {
                say(self.faults.end(about, now));
            }
        }
        if about == About::Feeds || !documents.is_empty() {
            let any = !documents.is_empty();
            say(self.faults.note_all(About::Documents, documents, now));
            if any && !blocked {
                // All others are written, and so will be what comes.
                say(self.faults.end(About::Feeds, now));
                self.retry_at = Some(now.tick + rest);
                return;
            }
        }
        let text = again(&in_full(&fault));
        say(self.faults.note(about, "", text, now));
        self.hold_until = now.tick + rest;
        self.retry_at = Some(self.hold_until);
    }

    /// What could not be looked at. A listing of everything tells of all that
    /// cannot.
    fn note_places(&mut self, report: &mut Report, now: Moment) {
        let lasting: BTreeSet<_> = report.unread.iter().map(|path| name_of(path)).collect();
        let failed = mem::take(&mut report.failed).into_iter();
        let failed = failed.map(|(what, text)| (what, again(&text)));
        let lasts = |what: &str| lasting.contains(what);
        say(self
            .faults
            .note_those(About::Unread, failed.collect(), lasts, now));
        let places = mem::take(&mut report.places);
        if report.listed {
            say(self.faults.note_all(About::Places, places, now));
        } else {
            for (what, text) in places {
                say(self.faults.note(About::Places, &what, text, now));
            }
        }
    }
}

fn again(fault: &str) -> String {
    format!("{fault}; it is tried again until it works")
}
