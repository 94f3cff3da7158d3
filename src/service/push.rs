//! Telling hubs that feeds changed, and remembering what they were told.
//!
//! The catalogue keeps one number for each hub: all documents that were modified
//! until then were told. It is written seldom, and only moves on when they were;
//! so what was written since, and perhaps a little more, is told at the next
//! start. Times may go back when a clock is set: then the number goes back
//! before the catalogue hears of such a document.

use super::worker::Worker;
use crate::{
    catalogue::{Due, Written},
    channel::Part,
    feed::{Edition, HubUrl},
    publish::{
        Published,
        websub::{Changed, Hubs, Pace},
    },
};
use std::{
    collections::BTreeMap,
    mem,
    sync::Arc,
    time::{Duration, Instant},
};

/// How often it is kept what hubs were told.
const EVERY: Duration = Duration::from_mins(1);

/// How long hubs are waited for at the end.
const AT_THE_END: Duration = Duration::from_secs(1);

/// The hubs, and what is kept of them.
#[derive(Debug, Default)]
pub(super) struct Push {
    pub(super) hubs: Arc<Hubs>,
    /// Until when each was told of all documents, as the catalogue has it.
    kept: BTreeMap<HubUrl, i64>,
    /// When that is looked at again.
    next: Option<Instant>,
    /// Whether hubs are told at all: by the daemon, not by whoever builds once.
    pub(super) is_wanted: bool,
    /// Whether these are the hubs of the settings and of the catalogue.
    pub(super) is_ready: bool,
}

impl Push {
    /// The catalogue may have lost what it kept; the hubs still know it.
    pub(super) fn forget(&mut self) {
        self.kept.clear();
        self.is_ready = false;
    }
}

/// The name of what a hub was told.
fn key(hub: &HubUrl) -> String {
    format!("told-to {hub}")
}

/// Whether subscribers can subscribe to what this comes to: archive pages never
/// change.
fn is_subscribed(due: &Due) -> bool {
    let current = Part::Current;
    matches!(due, Due::Sheet { part, .. } if *part == current)
}

/// The documents that were written just now and that readers subscribe to.
pub(super) fn changed(done: &[(Due, Edition)], published: &[Published]) -> Vec<Changed> {
    let dues = done.iter();
    let dues = dues.flat_map(|(due, edition)| edition.documents.iter().map(move |_| due));
    let written = dues.zip(published);
    let written = written.filter(|(due, one)| one.written && is_subscribed(due));
    let changed = written.map(|(_, one)| Changed {
        name: one.name.clone(),
        modified: one.modified,
    });
    changed.collect()
}

impl Worker {
    /// Starts to tell hubs, of what they were not told before, too. Those of
    /// before end.
    pub(super) fn start_push(&mut self) -> anyhow::Result<()> {
        if self.push.is_ready || !self.push.is_wanted {
            return Ok(());
        }
        self.end_push(Duration::ZERO)?;
        if self.config.feed.hubs.is_empty() {
            self.push = Push {
                is_wanted: true,
                is_ready: true,
                ..Push::default()
            };
            return Ok(());
        }
        let documents = self.catalogue.documents()?;
        let all = documents.into_iter().filter(|(_, due)| is_subscribed(due));
        let all = all.map(|(Written { name, modified, .. }, _)| Changed { name, modified });
        let all: Vec<_> = all.collect();
        // Nobody can have subscribed through a hub that no feed has named.
        let newest = all.iter().map(|one| one.modified).max();
        let newest = newest.unwrap_or(i64::MIN);
        let mut kept = BTreeMap::new();
        for hub in &self.config.feed.hubs {
            let told = self.catalogue.meta(&key(hub))?;
            let told = told.and_then(|told| told.parse().ok());
            if told.is_none() {
                self.catalogue.set_meta(&key(hub), &newest.to_string())?;
            }
            kept.insert(hub.clone(), told.unwrap_or(newest));
        }
        let until = |hub: &HubUrl| kept.get(hub).copied().unwrap_or(newest);
        let hubs = Hubs::start(&self.config.feed, Pace::default(), until);
        hubs.catch_up(&all);
        self.push = Push {
            hubs: Arc::new(hubs),
            kept,
            next: None,
            is_wanted: true,
            is_ready: true,
        };
        Ok(())
    }

    /// Before the catalogue hears that these were written: what it keeps for
    /// the hubs must be older.
    pub(super) fn before_told(&mut self, changed: &[Changed]) -> anyhow::Result<()> {
        let Some(oldest) = changed.iter().map(|one| one.modified).min() else {
            return Ok(());
        };
        let before = oldest.saturating_sub(1);
        let kept = mem::take(&mut self.push.kept).into_iter();
        let (late, kept): (BTreeMap<_, _>, _) = kept.partition(|(_, kept)| *kept > before);
        self.push.kept = kept;
        for hub in late.into_keys() {
            self.catalogue.set_meta(&key(&hub), &before.to_string())?;
            self.push.kept.insert(hub, before);
        }
        Ok(())
    }

    /// Tells hubs what was written, now that the server shows it, too.
    pub(super) fn tell_hubs(&mut self) {
        let changed = mem::take(&mut self.notes.changed);
        self.push.hubs.tell(&changed);
    }

    /// Keeps now and then what hubs were told.
    pub(super) fn keep_push(&mut self) -> anyhow::Result<()> {
        let now = Instant::now();
        if self.push.hubs.are_none() || self.push.next.is_some_and(|next| now < next) {
            return Ok(());
        }
        self.push.next = Some(now + EVERY);
        self.keep_told()
    }

    /// Ends it, and keeps what hubs were told.
    pub(super) fn close_push(&mut self) -> anyhow::Result<()> {
        self.end_push(AT_THE_END)
    }

    fn end_push(&mut self, patience: Duration) -> anyhow::Result<()> {
        self.push.hubs.stop(patience);
        self.push.is_ready = false;
        self.keep_told()
    }

    fn keep_told(&mut self) -> anyhow::Result<()> {
        for (hub, until) in self.push.hubs.told_until() {
            if self.push.kept.get(&hub) != Some(&until) {
                self.catalogue.set_meta(&key(&hub), &until.to_string())?;
                self.push.kept.insert(hub, until);
            }
        }
        Ok(())
    }
}
