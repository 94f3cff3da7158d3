//! One pass: find out what changed, take it in, tell the catalogue, publish.

use super::{
    intake::{self, Taken},
    progress::Progress,
};
use crate::{
    catalogue::{
        Outcome, Record, Refusal,
        store::{Catalogue, Refused},
    },
    config::Config,
    digest, feed,
    file::Stamp,
    publish::files,
    watch::{
        scan,
        settle::{Due, Hint},
    },
};
use anyhow::Context as _;
use jiff::Timestamp;
use rayon::prelude::*;
use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
    sync::{
        atomic::{AtomicBool, Ordering},
        mpsc,
    },
    thread,
    time::{Duration, Instant, SystemTime},
};

/// How many articles are told to the catalogue at once in a long pass: enough
/// that a durable commit costs each of them little, few enough that a stop is
/// heeded within a fraction of a second and that little is held in memory.
const BATCH: usize = 256;

/// Fewer files than this are taken in without other threads: starting them
/// would cost more than it saves.
const FEW: usize = 4;

/// How often the feeds follow while a long pass goes on.
const REFRESH: Duration = Duration::from_secs(1);

/// With more changes than this in a pass, each is logged only in detail mode.
const LOGGED: usize = 20;

/// A file younger than this may still be in its writer's hands when a listing
/// finds it.
const FRESH: Duration = Duration::from_secs(2);

/// What a pass has to do.
#[derive(Debug)]
pub(super) enum Work {
    /// List the whole watch folder.
    All {
        /// What to do with files that may still be written.
        fresh: Fresh,
        /// Files that are known to be in their writer's hands.
        growing: BTreeSet<PathBuf>,
    },
    /// Look at some files and folders.
    Some(Due),
}

/// What to do with a file that a listing finds and that may still be written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fresh {
    /// Take it as it is.
    Take,
    /// Report it, to be looked at again when its writer may have shown itself.
    Settle,
    /// Take it when it is the same as in the listing before.
    Compare,
}

/// What became of a pass.
#[derive(Debug, Default)]
pub struct Report {
    /// Files that were found new, changed or gone and are in the feeds now.
    pub changed: usize,
    /// Files that changed while they were read.
    pub unsettled: Vec<PathBuf>,
    /// Files that may still be written.
    pub fresh: Vec<PathBuf>,
    /// Documents that were written.
    pub written: Vec<String>,
}

/// Does the passes; the one owner of the catalogue.
pub struct Worker {
    config: Config,
    catalogue: Catalogue,
    /// What the catalogue knows of each file, so that a listing need not ask.
    known: BTreeMap<PathBuf, Stamp>,
    /// What the listing before found changed, while polling.
    unsettled: BTreeMap<PathBuf, Stamp>,
    /// Whether the feeds on disk may differ from the catalogue.
    stale: bool,
    /// Whether everything has to be digested again.
    outdated: bool,
    /// Whether somebody will ask for the refused files, so that the log need
    /// not name them.
    asked: bool,
}

impl Worker {
    /// Opens the catalogue and makes the folders.
    ///
    /// # Errors
    ///
    /// When a folder or the catalogue cannot be had, or somebody else has it.
    pub fn open(mut config: Config) -> anyhow::Result<Self> {
        let catalogue = Catalogue::open(&config.service.state_folder)?;
        let sources = catalogue.sources()?;
        let folder = &config.service.watch_folder;
        // A folder that is missing although articles were found in it is a disk
        // that is not mounted; making it would withdraw them all.
        if sources.is_empty() {
            fs::create_dir_all(folder).with_context(|| {
                format!(
                    "cannot make the watch folder {}; check `folder` under `[watch]`",
                    folder.display()
                )
            })?;
        }
        files::clean_leftovers(&config.service.feeds_folder)?;
        settle_folders(&mut config);
        let outdated = catalogue.meta(VERSION)?.as_deref() != Some(&*version(&config));
        Ok(Self {
            config,
            catalogue,
            known: sources.into_iter().collect(),
            unsettled: BTreeMap::new(),
            stale: true,
            outdated,
            asked: false,
        })
    }

    /// The settings it works by.
    #[must_use]
    pub fn config(&self) -> &Config {
        &self.config
    }

    /// How many entries the catalogue holds.
    ///
    /// # Errors
    ///
    /// When the catalogue cannot be asked.
    pub fn count(&self) -> anyhow::Result<usize> {
        Ok(self.catalogue.count()?)
    }

    /// What lies in the watch folder and is not in the feeds, with the reason.
    ///
    /// # Errors
    ///
    /// When the catalogue cannot be asked.
    pub fn refused(&self) -> anyhow::Result<Vec<Refused>> {
        Ok(self.catalogue.refused()?)
    }

    /// Takes other settings over. Returns whether the folder to watch, or how
    /// it is watched, changed.
    pub(super) fn reconfigure(&mut self, mut config: Config) -> bool {
        if config.service.state_folder != self.config.service.state_folder {
            tracing::warn!(
                "the folder under `[state]` changes when feedwright is started anew; until then {} \
                 stays in use",
                self.config.service.state_folder.display()
            );
            config
                .service
                .state_folder
                .clone_from(&self.config.service.state_folder);
        }
        for folder in [&config.service.watch_folder, &config.service.feeds_folder] {
            if let Err(error) = fs::create_dir_all(folder) {
                tracing::error!("cannot make the folder {}: {error}", folder.display());
            }
        }
        settle_folders(&mut config);
        let moved = config.service.watch_folder != self.config.service.watch_folder
            || config.watch != self.config.watch;
        self.outdated |= version(&config) != version(&self.config);
        self.stale = true;
        self.config = config;
        moved
    }

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
        let mut plan = match work {
            Work::All { fresh, growing } => self.plan_all(*fresh, growing)?,
            Work::Some(due) => self.plan_some(due),
        };
        plan.settle(&self.known, &mut report);
        let at = now();
        // A file that shows up under another name later in the pass is a move,
        // so nothing is shown before all is told.
        let refresh = plan.gone.is_empty();
        let mut pass = Pass {
            worker: self,
            report,
            at,
            refresh,
            shown: Instant::now(),
        };
        if !plan.gone.is_empty() {
            let gone = plan
                .gone
                .drain(..)
                .map(|path| Record::Gone { path })
                .collect();
            pass.tell(gone)?;
        }
        let whole = pass.take_in(plan.read, stop)?;
        pass.tell(vec![Record::End { at: now() }])?;
        let mut report = pass.report;
        if whole && self.outdated && matches!(work, Work::All { .. }) {
            self.catalogue.set_meta(VERSION, &version(&self.config))?;
            self.outdated = false;
        }
        report.written.extend(self.publish()?);
        Ok(report)
    }

    /// Lists the watch folder and compares it with what is known.
    fn plan_all(&mut self, fresh: Fresh, growing: &BTreeSet<PathBuf>) -> anyhow::Result<Plan> {
        let root = &self.config.service.watch_folder;
        let identity = scan::identity(root).map(|(device, number)| format!("{device}:{number}"));
        let identity = identity.with_context(|| {
            format!(
                "the watch folder {} is not there; make it, or mount what belongs there",
                root.display()
            )
        })?;
        let listing = scan::list(root, Path::new(""));
        let before = self.catalogue.meta(ROOT)?;
        // An empty folder that is another one than before is most likely the
        // place where a disk is not mounted.
        if listing.files.is_empty()
            && !self.known.is_empty()
            && before.is_some_and(|before| before != identity)
        {
            anyhow::bail!(
                "the watch folder {} is empty and another one than before; mount what belongs \
                 there, or put one article into it if all {} files are really gone",
                root.display(),
                self.known.len()
            );
        }
        self.catalogue.set_meta(ROOT, &identity)?;
        let mut plan = self.compare(Path::new(""), &listing, fresh);
        plan.read.retain(|path| !growing.contains(path));
        Ok(plan)
    }

    /// Looks at the files and folders that are due.
    fn plan_some(&mut self, due: &Due) -> Plan {
        let mut plan = Plan::default();
        let root = self.config.service.watch_folder.clone();
        for (path, hint) in &due.files {
            match scan::look(&root, path) {
                // After a close the bytes may differ although the stamp does
                // not: two writes within one tick of the file system's clock.
                Ok(Some(stamp)) => {
                    if *hint == Hint::Complete || self.known.get(path) != Some(&stamp) {
                        plan.read.push(path.clone());
                    }
                }
                Ok(None) if self.known.contains_key(path) => plan.gone.push(path.clone()),
                // A path that is not known as a file may be a folder that was
                // renamed away.
                Ok(None) => plan.gone.extend(self.known_below(path)),
                Err(error) => tracing::warn!("cannot look at {}: {error}", path.display()),
            }
        }
        for folder in &due.folders {
            let listing = scan::list(&root, folder);
            let part = self.compare(folder, &listing, Fresh::Settle);
            plan.read.extend(part.read);
            plan.gone.extend(part.gone);
            plan.fresh.extend(part.fresh);
        }
        plan
    }

    fn known_below(&self, folder: &Path) -> Vec<PathBuf> {
        let from = self.known.range(folder.to_owned()..);
        let below = from
            .map(|(path, _)| path)
            .take_while(|path| path.starts_with(folder));
        below.cloned().collect()
    }

    /// What a listing of `folder` says is new, changed or gone.
    fn compare(&mut self, folder: &Path, listing: &scan::Listing, fresh: Fresh) -> Plan {
        let mut plan = Plan::default();
        let unsettled = std::mem::take(&mut self.unsettled);
        let there: BTreeSet<&Path> = listing.files.iter().map(|(path, _)| &**path).collect();
        let unknown = |path: &Path| {
            listing
                .faults
                .iter()
                .any(|(fault, _)| path.starts_with(fault))
        };
        for (path, error) in &listing.faults {
            tracing::warn!(
                "cannot list {}: {error}; what is in it stays as it was",
                path.display()
            );
        }
        for path in self.known_below(folder) {
            if !there.contains(&*path) && !unknown(&path) {
                plan.gone.push(path);
            }
        }
        for (path, stamp) in &listing.files {
            if self.known.get(path) == Some(stamp) && !self.outdated {
                continue;
            }
            match fresh {
                Fresh::Settle if is_fresh(stamp) => plan.fresh.push((path.clone(), *stamp)),
                Fresh::Compare if unsettled.get(path) != Some(stamp) => {
                    self.unsettled.insert(path.clone(), *stamp);
                }
                Fresh::Take | Fresh::Settle | Fresh::Compare => plan.read.push(path.clone()),
            }
        }
        plan
    }

    /// Brings the feeds on disk up to date, if they may not be.
    fn publish(&mut self) -> anyhow::Result<Vec<String>> {
        if !self.stale {
            return Ok(Vec::new());
        }
        let settings = &self.config.feed;
        let id = self
            .catalogue
            .meta_once("feed-id", &feed::new_id(settings))?;
        let entries = self.catalogue.newest(settings.max_entries)?;
        let edition = feed::render(settings, &id, &entries)?;
        let published = files::publish(&self.config.service.feeds_folder, &edition)?;
        self.stale = false;
        Ok(published.written)
    }
}

/// Under what name the catalogue keeps which folder the watch folder was.
const ROOT: &str = "watch-folder";

/// Under what name it keeps what its digests were made with.
const VERSION: &str = "digest-version";

/// What has to be read, and what is gone.
#[derive(Default)]
struct Plan {
    read: Vec<PathBuf>,
    gone: Vec<PathBuf>,
    /// What may still be written.
    fresh: Vec<(PathBuf, Stamp)>,
}

impl Plan {
    /// Puts it in order. Fresh files are left for later, but for those that were
    /// only moved: nobody writes them, and while they wait their entries would
    /// be withdrawn.
    fn settle(&mut self, known: &BTreeMap<PathBuf, Stamp>, report: &mut Report) {
        let file = |stamp: &Stamp| (stamp.inode, stamp.size, stamp.modified);
        let gone = self.gone.iter().filter_map(|path| known.get(path));
        let moved: BTreeSet<_> = gone.map(file).collect();
        for (path, stamp) in self.fresh.drain(..) {
            if stamp.inode != 0 && moved.contains(&file(&stamp)) {
                self.read.push(path);
            } else {
                report.fresh.push(path);
            }
        }
        for paths in [&mut self.read, &mut self.gone] {
            paths.sort_unstable();
            paths.dedup();
        }
    }
}

/// A pass under way.
struct Pass<'a> {
    worker: &'a mut Worker,
    report: Report,
    at: Timestamp,
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
            self.tell_taken(taken)?;
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
                self.tell_taken(taken)?;
                if self.refresh && left > 0 && self.shown.elapsed() >= REFRESH {
                    let written = self.worker.publish()?;
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

    fn tell_taken(&mut self, taken: Vec<Taken>) -> anyhow::Result<()> {
        let mut records = Vec::with_capacity(taken.len());
        for taken in taken {
            match taken {
                Taken::Told(record) => records.push(record),
                Taken::Unsettled(path) => self.report.unsettled.push(path),
            }
        }
        self.tell(records)
    }

    /// Tells the catalogue what was found out, and the log what came of it.
    fn tell(&mut self, records: Vec<Record>) -> anyhow::Result<()> {
        if records.is_empty() {
            return Ok(());
        }
        let outcomes = self.worker.catalogue.apply(&records)?;
        let quiet = records.len() > LOGGED;
        for (record, outcome) in records.into_iter().zip(outcomes) {
            let shown = is_shown(&outcome);
            self.worker.stale |= shown;
            self.report.changed += usize::from(shown);
            if !(self.worker.asked && outcome == Outcome::Refused) {
                log(&record, &outcome, quiet);
            }
            let known = &mut self.worker.known;
            match record {
                Record::Found(found) => {
                    known.insert(found.path, found.stamp);
                }
                Record::Refused { path, stamp, .. } => {
                    known.insert(path, stamp);
                }
                Record::Gone { path } => {
                    known.remove(&path);
                }
                Record::End { .. } => {}
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

fn log(record: &Record, outcome: &Outcome, quiet: bool) {
    let tell = |what: &str, path: &Path, title: &str| {
        if quiet {
            tracing::debug!("{what} {}: {title}", path.display());
        } else {
            tracing::info!("{what} {}: {title}", path.display());
        }
    };
    match (record, outcome) {
        (Record::Found(found), outcome) => {
            let what = match outcome {
                Outcome::Added(_) => "added",
                Outcome::Edited(_) | Outcome::Split { .. } => "changed",
                Outcome::Moved(_) => "moved to",
                Outcome::Copied(_) => "same article at",
                Outcome::Revived(_) => "back again:",
                _ => return,
            };
            tell(what, &found.path, &found.digest.title);
        }
        (
            Record::Refused {
                path,
                reason,
                kind: Refusal::Draft,
                ..
            },
            _,
        ) => {
            tracing::info!("left out {}: {reason}", path.display());
        }
        (Record::Refused { path, reason, .. }, _) => {
            tracing::warn!("cannot take {}: {reason}", path.display());
        }
        (_, Outcome::Ended { withdrawn, .. }) if !withdrawn.is_empty() => {
            let entries = if withdrawn.len() == 1 {
                "entry"
            } else {
                "entries"
            };
            tracing::info!("withdrew {} {entries}", withdrawn.len());
        }
        _ => {}
    }
}

/// Makes the folders absolute and free of links, so that what events tell can
/// be taken relative to them and a change of the working directory is harmless.
fn settle_folders(config: &mut Config) {
    let folders = &mut config.service;
    for folder in [
        &mut folders.watch_folder,
        &mut folders.feeds_folder,
        &mut folders.state_folder,
    ] {
        let settled = fs::canonicalize(&folder).or_else(|_| std::path::absolute(&folder));
        if let Ok(settled) = settled {
            *folder = settled;
        }
    }
}

/// What a digest depends on besides the article.
fn version(config: &Config) -> String {
    format!("{} {:?}", digest::VERSION, config.digest)
}

fn is_fresh(stamp: &Stamp) -> bool {
    let now = SystemTime::now()
        .duration_since(SystemTime::UNIX_EPOCH)
        .unwrap_or_default();
    let age = now.as_nanos().cast_signed() - i128::from(stamp.modified);
    (0..FRESH.as_nanos().cast_signed()).contains(&age)
}

/// The time, in whole seconds as feeds show it.
fn now() -> Timestamp {
    let now = Timestamp::now();
    Timestamp::from_second(now.as_second()).unwrap_or(now)
}
