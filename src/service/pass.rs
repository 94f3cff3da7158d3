//! One pass: find out what changed, take it in, tell the catalogue, publish.

mod end;
mod late;

use super::{
    aside::Aside,
    intake::{self, Failed, Taken},
    notes::{Later, name_of},
    plan::{Disk, Fresh, Work},
    progress::Progress,
    tally::Tally,
    tell::tell,
    worker::{Digests, VERSION, Worker, version},
};
use crate::{
    catalogue::{Outcome, Record},
    clock,
    watch::{events::Watcher, settle::Hint},
};
use jiff::Timestamp;
use late::Late;
use rayon::prelude::*;
use std::{
    collections::{BTreeMap, BTreeSet},
    mem,
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
        mpsc,
    },
    thread,
    time::Instant,
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

/// With more changes than this in a pass, each is logged only in detail mode.
const LOGGED: usize = 20;

/// What became of a pass.
#[derive(Debug, Default)]
pub struct Report {
    /// What was done with entries.
    pub tally: Tally,
    /// Files that changed while they were read.
    pub unsettled: Vec<PathBuf>,
    /// Files that may still be written, or are not known to be gone, to be
    /// looked at again, and why.
    pub waiting: Vec<(PathBuf, Hint)>,
    /// Files to be looked at again when an embargo ends.
    pub again: Vec<(PathBuf, Timestamp)>,
    /// Documents that were written.
    pub written: Vec<String>,
    /// Files and folders that could not be looked at, and the words for it.
    pub places: Vec<(String, String)>,
    /// What could not be read for now, and the words for it.
    pub failed: Vec<(String, String)>,
    /// All that cannot be read for now, and is tried again.
    pub unread: Vec<PathBuf>,
    /// What is left alone in the watch folder.
    pub left_alone: Vec<Aside>,
    /// Documents that could not be written, and the words for it.
    pub documents: Vec<(String, String)>,
    /// What was mounted where disks are mounted, or were: another one sends no
    /// event.
    pub mounts: BTreeMap<PathBuf, Option<Disk>>,
    /// Whether the whole watch folder was looked at.
    pub listed: bool,
    /// Whether entries that have lost their files wait for what may have become of
    /// those.
    pub unended: bool,
    /// Files that a stop or a fault left.
    pub left: usize,
    /// Files that changed since the listing before, while polling.
    pub compared: Vec<PathBuf>,
    /// When documents are written that were left.
    pub later: Option<Later>,
    /// Whether what failed is in the way of all documents.
    pub blocked: bool,
    /// Why it did not come to its end. What was told to the catalogue by then
    /// stays told.
    pub fault: Option<anyhow::Error>,
}

impl Worker {
    /// Does one pass over everything, for somebody who looks at the report and
    /// at [`Worker::refused`] afterwards.
    pub fn pass_over_all(&mut self, stop: &AtomicBool) -> Report {
        self.asked = true;
        let work = Work::All {
            fresh: Fresh::Take,
            growing: BTreeSet::new(),
            watcher: None,
        };
        self.pass(&work, stop)
    }

    pub(super) fn pass(&mut self, work: &Work, stop: &AtomicBool) -> Report {
        let mut report = Report::default();
        self.notes.activity.begin("looking for changes");
        self.hold_site();
        report.fault = self.try_pass(work, stop, &mut report).err();
        report.left = self.notes.activity.end();
        report.written.append(&mut self.notes.written);
        self.show_site(&report);
        if !self.catalogue.is_shaken() {
            self.tidy();
        }
        self.tell_hubs();
        if let Err(fault) = self.keep_push() {
            report.fault.get_or_insert(fault);
        }
        self.measure(&mut report);
        report.places = mem::take(&mut self.notes.places);
        report.documents = mem::take(&mut self.notes.documents);
        report.later = self.notes.later.take();
        report.blocked = mem::take(&mut self.notes.blocked);
        if let Some(general) = self.notes.general.take() {
            report.blocked = true;
            report.fault = report.fault.map(|_| general);
        }
        report.mounts = self.mounts.seen();
        report.unended = self.mercy.is_begun();
        report.compared = self.compared();
        for line in self.asides.news() {
            tracing::warn!("{line}");
        }
        report.left_alone = self.asides.told();
        report.unread = self.unread.paths().map(Path::to_owned).collect();
        report
    }

    /// Does it until something fails. What is found out by then is in the
    /// report.
    fn try_pass(
        &mut self,
        work: &Work,
        stop: &AtomicBool,
        report: &mut Report,
    ) -> anyhow::Result<()> {
        self.answer()?;
        self.start_push()?;
        let all = self.recovering_work(work)?;
        let work = all.as_ref().unwrap_or(work);
        if matches!(work, Work::Answer) {
            return self.publish_all(stop, report);
        }
        let mut plan = self.plan(work)?;
        for failed in mem::take(&mut self.notes.unread) {
            self.note_unread(failed, None, report);
        }
        report.listed = matches!(work, Work::All { .. });
        if report.listed {
            let now = Instant::now();
            plan.read.retain(|path| !self.unread.rests(path, now));
        }
        report.waiting = plan.settle();
        self.notes.activity.expect(plan.read.len());
        let at = now();
        // A file that shows up under another name later in the pass is a move,
        // so nothing is shown before all is told.
        let refresh = plan.gone.is_empty() && plan.moved.is_empty();
        let quiet = plan.gone.len() + plan.read.len() > LOGGED;
        let awaited = self.awaited(&plan);
        let gone = plan.gone.into_iter().map(|path| Record::Gone { path });
        let mut pass = Pass {
            records: gone.collect(),
            worker: self,
            watcher: plan.watcher,
            former: plan.moved.values().flatten().cloned().collect(),
            moved: plan.moved,
            report,
            at,
            quiet,
            refresh,
        };
        let whole = pass.take_in(plan.read, stop)? && pass.worker.may_end(pass.report)?;
        let ends = pass.worker.ends(whole, awaited, pass.report);
        if ends {
            pass.records.push(Record::End { at: now() });
        }
        pass.tell()?;
        pass.worker.is_open = !ends;
        if pass.quiet && !pass.worker.asked && pass.report.tally != Tally::default() {
            tracing::info!("{}", pass.report.tally);
        }
        if whole && report.listed && self.digests == Digests::Outdated {
            self.digests = Digests::Renewed;
        }
        // After a restart nobody would remember what is to be read again.
        if self.digests == Digests::Renewed && self.unread.is_empty() {
            self.catalogue.set_meta(VERSION, &version(&self.config))?;
            self.digests = Digests::Current;
        }
        self.tell_unclaimed()?;
        self.publish_all(stop, report)
    }

    /// Takes note of a file that could not be read for now, with what it was
    /// called before, or of a folder.
    fn note_unread(&mut self, failed: Failed, file: Option<Vec<PathBuf>>, report: &mut Report) {
        let Failed { path, text } = failed;
        report.failed.push((name_of(&path), text));
        self.unread.note(path, file, Instant::now());
    }

    fn publish_all(&mut self, stop: &AtomicBool, report: &mut Report) -> anyhow::Result<()> {
        self.notes.activity.step("writing documents");
        report.written.extend(self.publish(stop)?);
        Ok(())
    }
}

/// A pass under way.
struct Pass<'a> {
    worker: &'a mut Worker,
    /// Tells which files are being written meanwhile.
    watcher: Option<Arc<Watcher>>,
    /// What files that are read were called before.
    moved: BTreeMap<PathBuf, Vec<PathBuf>>,
    /// All these former names, but for those that were given on to a file which
    /// has been taken in.
    former: BTreeSet<PathBuf>,
    report: &'a mut Report,
    /// What the catalogue has not been told yet.
    records: Vec<Record>,
    at: Timestamp,
    /// Whether there is too much to log each file.
    quiet: bool,
    /// Whether the feeds may follow before the end.
    refresh: bool,
}

impl Pass<'_> {
    /// Takes files in and tells the catalogue. Returns whether none is left.
    fn take_in(&mut self, paths: Vec<PathBuf>, stop: &AtomicBool) -> anyhow::Result<bool> {
        let config = self.worker.config.clone();
        let at = self.at;
        let activity = Arc::clone(&self.worker.notes.activity);
        let metrics = Arc::clone(&self.worker.metrics);
        activity.step("taking in files");
        if paths.len() <= FEW {
            activity.add(paths.len());
            let taken = paths
                .into_iter()
                .map(|path| metrics.digest.time(|| intake::take_in(&config, path, at)));
            let taken = taken.collect();
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
                    let take_in = |path: &PathBuf| {
                        metrics
                            .digest
                            .time(|| intake::take_in(&config, path.clone(), at))
                    };
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
                activity.add(taken.len());
                self.note(taken);
                if self.records.len() >= BATCH {
                    self.tell()?;
                }
                if self.refresh && left > 0 && self.worker.is_stale() {
                    self.worker.answer()?;
                    let written = self.worker.publish_first()?;
                    self.report.written.extend(written);
                    self.worker.show_site(self.report);
                    self.worker.tell_hubs();
                    self.worker.hold_site();
                }
                if stop.load(Ordering::Relaxed) {
                    break;
                }
            }
            Ok(left == 0)
        })
    }

    fn note(&mut self, taken: Vec<Taken>) {
        // What was read while somebody wrote to it may be half of it.
        let paths = taken.iter().map(|taken| taken.path().to_owned());
        let written = self.watcher.as_ref();
        let written = written.map(|watcher| watcher.being_written(paths));
        let written = written.unwrap_or_default();
        let mut told = Vec::new();
        let keeps = self.worker.unread.may_keep(Instant::now());
        let late = Late::of(&taken, &written, &self.moved, keeps);
        for taken in taken {
            let before = self.moved.remove(taken.path()).unwrap_or_default();
            match taken {
                taken if late.settles(taken.path()) => {
                    self.wait_for(taken.path().to_owned(), before);
                }
                taken if late.is_unread(taken.path()) => {
                    let (path, now) = (taken.path().to_owned(), Instant::now());
                    self.worker.unread.note(path, Some(before), now);
                }
                taken if written.contains(taken.path()) => {
                    self.wait_for(taken.path().to_owned(), before);
                }
                Taken::Told { records, again } => {
                    let first = records.first().map_or(Path::new(""), Record::path);
                    self.worker.unread.end(first);
                    // All that was moved leaves its place before anything is put
                    // there.
                    let gone = before.into_iter().filter(|path| self.former.contains(path));
                    let gone = gone.map(|path| Record::Gone { path });
                    self.records.extend(gone);
                    self.worker.leave(&records, &mut told);
                    told.extend(records);
                    self.report.again.extend(again);
                }
                Taken::Unsettled(path) => self.wait_for(path, before),
                Taken::Failed(failed) => {
                    self.worker.note_unread(failed, Some(before), self.report);
                }
            }
        }
        for record in &told {
            self.former.remove(record.path());
        }
        self.records.append(&mut told);
        // A mailbox is one file with hundreds of articles.
        self.quiet |= self.records.len() > LOGGED;
    }

    /// Leaves a file to a later pass, and with it what it was called before.
    fn wait_for(&mut self, path: PathBuf, before: Vec<PathBuf>) {
        self.report.unsettled.push(path);
        let before = before.into_iter().map(|path| (path, Hint::Vanished));
        self.report.waiting.extend(before);
    }

    /// Tells the catalogue what was found out, and the log what came of it. One
    /// durable commit, so the fewer the better.
    fn tell(&mut self) -> anyhow::Result<()> {
        let records = mem::take(&mut self.records);
        let outcomes = self.worker.catalogue.apply(&records)?;
        for (record, outcome) in records.into_iter().zip(outcomes) {
            self.report.tally.add(&outcome);
            self.worker.count_outcome(&record, &outcome);
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
                | Record::Entries(_)
                | Record::Settings(_)
                | Record::Recovered(_) => {}
            }
        }
        Ok(())
    }
}

/// The time, in whole seconds as feeds show it.
fn now() -> Timestamp {
    let now = clock::now();
    Timestamp::from_second(now.as_second()).unwrap_or(now)
}

#[cfg(test)]
mod tests;
