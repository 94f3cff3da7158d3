//! One pass: find out what changed, take it in, tell the catalogue, publish.

use super::{
    intake::{self, Taken},
    plan::{Fresh, Work},
    progress::Progress,
    tell::tell,
    worker::{VERSION, Worker, version},
};
use crate::catalogue::{Outcome, Record};
use jiff::Timestamp;
use rayon::prelude::*;
use std::{
    collections::BTreeSet,
    mem,
    path::PathBuf,
    sync::{
        atomic::{AtomicBool, Ordering},
        mpsc,
    },
    thread,
    time::{Duration, Instant},
};

/// How many articles are told to the catalogue at once in a long pass: enough
/// that a durable commit costs each of them little, few enough that a stop is
/// heeded within a fraction of a second and that little is held in memory. The
/// forms of new topics lie all over their table, of which each commit writes
/// most pages anew: half as many commits save 6 % of the CPU time of a first
/// pass, for 7 MB.
const BATCH: usize = 512;

/// Fewer files than this are taken in without other threads, which cost more.
const FEW: usize = 4;

/// How often the feeds follow while a long pass goes on.
const REFRESH: Duration = Duration::from_secs(1);

/// With more changes than this in a pass, each is logged only in detail mode.
const LOGGED: usize = 20;

/// What became of a pass.
#[derive(Debug, Default)]
pub struct Report {
    /// Files that were found new, changed or gone and are in the feeds now.
    pub changed: usize,
    /// Files that changed while they were read.
    pub unsettled: Vec<PathBuf>,
    /// Files that may still be written.
    pub fresh: Vec<PathBuf>,
    /// Files to be looked at again when an embargo ends.
    pub again: Vec<(PathBuf, Timestamp)>,
    /// Documents that were written.
    pub written: Vec<String>,
}

impl Worker {
    /// Does one pass over everything, for somebody who looks at the report and
    /// at [`Worker::refused`] afterwards.
    ///
    /// # Errors
    ///
    /// When the watch folder is not there, or the catalogue or the feeds cannot
    /// be written. What was told to the catalogue by then stays told.
    pub fn pass_over_all(&mut self, stop: &AtomicBool) -> anyhow::Result<Report> {
        let fresh = Fresh::Take;
        let growing = BTreeSet::new();
        self.asked = true;
        self.pass(&Work::All { fresh, growing }, stop)
    }

    pub(super) fn pass(&mut self, work: &Work, stop: &AtomicBool) -> anyhow::Result<Report> {
        let mut report = Report::default();
        self.answer()?;
        let mut plan = match work {
            Work::Answer => {
                report.written = self.publish(stop)?;
                return Ok(report);
            }
            Work::All { fresh, growing } => self.plan_all(*fresh, growing)?,
            Work::Some(due) => self.plan_some(due),
        };
        report.fresh = plan.settle(&self.known);
        let at = now();
        // A file that shows up under another name later in the pass is a move,
        // so nothing is shown before all is told.
        let refresh = plan.gone.is_empty();
        let quiet = plan.gone.len() + plan.read.len() > LOGGED;
        let gone = plan.gone.into_iter().map(|path| Record::Gone { path });
        let mut pass = Pass {
            records: gone.collect(),
            worker: self,
            report,
            at,
            quiet,
            refresh,
            shown: Instant::now(),
        };
        let whole = pass.take_in(plan.read, stop)?;
        // What is gone may turn up in what a stop has left unread; it is
        // withdrawn by the next pass.
        if whole {
            pass.records.push(Record::End { at: now() });
        }
        pass.tell()?;
        let mut report = pass.report;
        if whole && self.outdated && matches!(work, Work::All { .. }) {
            self.catalogue.set_meta(VERSION, &version(&self.config))?;
            self.outdated = false;
        }
        self.tidy()?;
        report.written.extend(self.publish(stop)?);
        Ok(report)
    }
}

/// A pass under way.
struct Pass<'a> {
    worker: &'a mut Worker,
    report: Report,
    /// What the catalogue has not been told yet.
    records: Vec<Record>,
    at: Timestamp,
    /// Whether there is too much to log each file.
    quiet: bool,
    /// Whether the feeds may follow before the end.
    refresh: bool,
    /// When they last did.
    shown: Instant,
}

impl Pass<'_> {
    /// Takes files in and tells the catalogue. Returns whether none is left.
    fn take_in(&mut self, paths: Vec<PathBuf>, stop: &AtomicBool) -> anyhow::Result<bool> {
        let config = self.worker.config.clone();
        let at = self.at;
        if paths.len() <= FEW {
            let taken = paths
                .into_iter()
                .map(|path| intake::take_in(&config, path, at))
                .collect();
            self.note(taken);
            return Ok(true);
        }
        let mut progress = Progress::new(paths.len());
        let mut left = paths.len();
        thread::scope(|scope| {
            // While one batch is written, the next is digested.
            let (sender, batches) = mpsc::sync_channel(1);
            scope.spawn(move || {
                for batch in paths.chunks(BATCH) {
                    let take_in = |path: &PathBuf| intake::take_in(&config, path.clone(), at);
                    let taken: Vec<Taken> = batch.par_iter().map(take_in).collect();
                    // Nobody listens any more after a stop or a fault.
                    if sender.send(taken).is_err() {
                        return;
                    }
                }
            });
            for taken in batches {
                left -= taken.len();
                progress.add(taken.len());
                self.note(taken);
                if self.records.len() >= BATCH {
                    self.tell()?;
                }
                if self.refresh && left > 0 && self.shown.elapsed() >= REFRESH {
                    self.worker.answer()?;
                    let written = self.worker.publish_first()?;
                    self.report.written.extend(written);
                    self.shown = Instant::now();
                }
                if stop.load(Ordering::Relaxed) {
                    break;
                }
            }
            Ok(left == 0)
        })
    }

    fn note(&mut self, taken: Vec<Taken>) {
        for taken in taken {
            match taken {
                Taken::Told { records, again } => {
                    self.worker.leave(&records, &mut self.records);
                    self.records.extend(records);
                    self.report.again.extend(again);
                    // A mailbox is one file with hundreds of articles.
                    self.quiet |= self.records.len() > LOGGED;
                }
                Taken::Unsettled(path) => self.report.unsettled.push(path),
            }
        }
    }

    /// Tells the catalogue what was found out, and the log what came of it. One
    /// durable commit, so the fewer the better.
    fn tell(&mut self) -> anyhow::Result<()> {
        let records = mem::take(&mut self.records);
        let outcomes = self.worker.catalogue.apply(&records)?;
        for (record, outcome) in records.into_iter().zip(outcomes) {
            let shown = is_shown(&outcome);
            self.report.changed += usize::from(shown);
            if !(self.worker.asked && outcome == Outcome::Refused) {
                tell(&record, &outcome, self.quiet);
            }
            let known = &mut self.worker.known;
            match record {
                Record::Found(found) => {
                    known.insert(found.path, found.stamp);
                }
                Record::Refused { path, stamp, .. } | Record::Holds { path, stamp } => {
                    known.insert(path, stamp);
                }
                Record::Gone { path } => {
                    known.remove(&path);
                }
                Record::End { .. }
                | Record::Topics(_)
                | Record::Settings(_)
                | Record::Recovered(_) => {}
            }
        }
        Ok(())
    }
}

/// Whether readers may see a difference.
fn is_shown(outcome: &Outcome) -> bool {
    match outcome {
        Outcome::Unchanged | Outcome::Refused | Outcome::Gone => false,
        Outcome::Ended { moved, withdrawn } => !moved.is_empty() || !withdrawn.is_empty(),
        _ => true,
    }
}

/// The time, in whole seconds as feeds show it.
fn now() -> Timestamp {
    let now = Timestamp::now();
    Timestamp::from_second(now.as_second()).unwrap_or(now)
}
