//! What the owner decides about topics and entries: left in the catalogue, and applied by
//! whoever has it.

use super::{
    retracted,
    tell::{short, tell},
    worker::Worker,
};
use crate::{
    catalogue::{
        Record,
        store::{Holder, StoreError, Visitor},
    },
    config::Config,
};
use anyhow::Context as _;
use std::{
    sync::atomic::AtomicBool,
    thread,
    time::{Duration, Instant},
};

/// How long to wait until a running feedwright has taken a decision: it looks
/// once a second, but may be in the middle of something.
const PATIENCE: Duration = Duration::from_secs(3);

const PAUSE: Duration = Duration::from_millis(20);

/// How a decision was taken.
#[derive(Debug)]
pub enum Taken {
    /// It holds, and the feeds show it; these documents were written.
    Here {
        /// Documents that were written.
        written: Vec<String>,
    },
    /// The process that has the catalogue has applied it, and publishes.
    There(Holder),
    /// The process that has the catalogue is busy, and will apply it.
    Later(Holder),
}

/// Takes a decision: leaves it in the catalogue, and applies it if no other
/// process has that.
///
/// # Errors
///
/// When the catalogue or the feeds cannot be written.
pub fn decide(
    config: Config,
    visitor: &mut Visitor,
    decision: impl Into<Record>,
) -> anyhow::Result<Taken> {
    // Before anything else: whoever has the catalogue then, or has it next,
    // takes it.
    visitor.ask(decision)?;
    let holder = match Worker::open(config) {
        Ok(mut worker) => {
            // Whoever asks is told what came of it.
            worker.asked = true;
            worker.answer()?;
            let written = worker.publish(&AtomicBool::new(false))?;
            return Ok(Taken::Here { written });
        }
        Err(error) => match error.downcast() {
            Ok(StoreError::Held { holder, .. }) => holder,
            Ok(error) => return Err(error).context(KEPT),
            Err(error) => return Err(error.context(KEPT)),
        },
    };
    let start = Instant::now();
    while visitor.is_waiting()? {
        if start.elapsed() > PATIENCE {
            return Ok(Taken::Later(holder));
        }
        thread::sleep(PAUSE);
    }
    Ok(Taken::There(holder))
}

/// What an error comes behind when the decision is safe.
const KEPT: &str = "the decision is kept, and holds when feedwright runs again";

impl Worker {
    /// Whether others have left decisions, or the feeds are gone. A catalogue
    /// that cannot be asked is told of by the next pass.
    pub(super) fn is_asked(&self) -> bool {
        self.catalogue.is_asked().unwrap_or_default() || self.has_lost_feeds()
    }

    /// Applies the decisions that others have left.
    pub(super) fn answer(&mut self) -> anyhow::Result<()> {
        self.mend()?;
        self.prepare()?;
        if !self.catalogue.is_asked()? {
            return Ok(());
        }
        let asked = self.catalogue.apply_asked()?;
        let is_of_entries = |(record, _): &(Record, _)| matches!(record, Record::Entries(_));
        if asked.applied.iter().any(is_of_entries) {
            retracted::keep(&self.config, &self.catalogue)?;
        }
        for (record, outcome) in asked.applied {
            tell(&record, &outcome, self.asked);
        }
        for record in asked.unreadable {
            tracing::warn!(
                "a decision is dropped, since another version of feedwright left it \
                 and this one cannot read it: {}; take it again with `feedwright topics` or \
                 `feedwright entries`",
                short(&record)
            );
        }
        Ok(())
    }
}
