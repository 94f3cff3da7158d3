//! The worker: the settings, the catalogue and the feeds, between passes.

use super::{
    aside::Asides,
    notes::Notes,
    plan::{self, Known, Mounts, Patience, Unsettled},
    push::Push,
    recover,
    unread::Unread,
    upkeep::Upkeep,
};
use crate::{
    catalogue::store::{Catalogue, Refused},
    clock,
    config::Config,
    digest,
    feed::{self, Renderer},
    publish,
    serve::{Site, metrics::Metrics},
};
use anyhow::Context as _;
use std::{
    collections::BTreeMap,
    fs::{self, File, TryLockError},
    path::{Path, PathBuf},
    sync::{Arc, atomic::AtomicBool},
    thread,
    time::{Duration, Instant},
};

/// How long to wait at the start for a program that has the catalogue locked.
const PATIENCE: Duration = Duration::from_secs(20);

/// How often the feed of all entries follows while it works: with what a batch of
/// files takes, subscribers to it see about every second what has come.
const REFRESH: Duration = Duration::from_millis(350);

/// The name of what its digests were made with.
pub(super) const VERSION: &str = "digest-version";

/// Does the passes; the one owner of the catalogue.
pub struct Worker {
    /// Given up before the catalogue: whoever has that next needs it.
    feeds_lock: Option<File>,
    pub(super) config: Config,
    pub(super) catalogue: Catalogue,
    /// The feeds' permanent id.
    pub(super) feed_id: String,
    pub(super) renderer: Renderer,
    /// From when on the lists of feeds may be written again.
    pub(super) lists_from: Instant,
    /// What the catalogue knows of each file, so that a listing need not ask.
    pub(super) known: Known,
    /// Which disks are mounted below the watch folder.
    pub(super) mounts: Mounts,
    /// What the listing before found changed, or missing, while polling.
    pub(super) unsettled: BTreeMap<PathBuf, Unsettled>,
    /// How long what is gone waits for what may have become of it, and what is new
    /// for what is gone and was not told yet.
    pub(super) patience: Patience,
    /// The same of entries that have lost their files.
    pub(super) mercy: Patience,
    /// Whether there may be such entries: no end was told since. After a start
    /// nobody knows.
    pub(super) is_open: bool,
    /// What is left alone.
    pub(super) asides: Asides,
    /// What cannot be read for now.
    pub(super) unread: Unread,
    /// What the digests were made with.
    pub(super) digests: Digests,
    /// Whether the catalogue knows the settings, and the documents on disk were
    /// looked after.
    pub(super) prepared: bool,
    /// How much lies beside the catalogue that cannot be moved into it, as it
    /// was told.
    pub(super) untidy: Option<u64>,
    /// Whether somebody will ask for what came of it, so that the log need not
    /// tell.
    pub(super) asked: bool,
    /// What it counts.
    pub(super) metrics: Arc<Metrics>,
    /// How often the feeds follow while a long pass goes on, or while ever more
    /// comes.
    pub(super) refresh: Duration,
    /// When the feed of all entries last did.
    pub(super) shown: Instant,
    /// Whether more has come that is to be taken in.
    pub(super) hurry: Arc<AtomicBool>,
    /// What the server shows, if there is one.
    pub(super) site: Option<Arc<Site>>,
    /// What it notes beside its work.
    pub(super) notes: Notes,
    pub(super) upkeep: Upkeep,
    /// Who is told when feeds change; nobody unless the daemon runs.
    pub(super) push: Push,
}

impl Worker {
    /// Opens the catalogue and makes the folders.
    ///
    /// # Errors
    ///
    /// When a folder or the catalogue cannot be had, or somebody else has it.
    pub fn open(mut config: Config) -> anyhow::Result<Self> {
        let mut catalogue = open_catalogue(&config)?;
        let feeds_lock = lock_feeds(&config.service.feeds_folder)?;
        settle_folders(&mut config);
        let is_altered = recover::take_over(&config, &mut catalogue)?;
        let sources = catalogue.sources()?;
        let folder = &config.service.watch_folder;
        if folder.exists() && !folder.is_dir() {
            anyhow::bail!(
                "the watch folder {} is a file; name the folder that it is in, with --watch or as \
                 `folder` under `[watch]`",
                folder.display()
            );
        }
        // A folder that is missing although articles were found in it is a disk
        // that is not mounted; making it would withdraw them all.
        if sources.is_empty() && !catalogue.is_recovering()? {
            fs::create_dir_all(folder).with_context(|| {
                format!(
                    "cannot make the watch folder {}; check `folder` under `[watch]`",
                    folder.display()
                )
            })?;
        }
        settle_folders(&mut config);
        let feed_id = catalogue.meta_once("feed-id", &feed::new_id(&config.feed))?;
        let known = plan::unsure_of_withheld(sources.into_iter().collect(), &catalogue.refused()?);
        let mounts = Mounts::load(&catalogue)?;
        let outdated = catalogue.meta(VERSION)?.as_deref() != Some(&*version(&config));
        let digests = Digests::new(outdated || is_altered);
        let folder = config.service.state_folder.clone();
        let metrics = Arc::new(Metrics::new(folder, clock::now()));
        Ok(Self {
            feeds_lock,
            config,
            catalogue,
            feed_id,
            renderer: Renderer::default(),
            lists_from: Instant::now(),
            known,
            mounts,
            unsettled: BTreeMap::new(),
            patience: Patience::default(),
            mercy: Patience::default(),
            is_open: true,
            asides: Asides::default(),
            unread: Unread::default(),
            digests,
            prepared: false,
            untidy: None,
            asked: false,
            metrics,
            refresh: REFRESH,
            shown: Instant::now(),
            hurry: Arc::default(),
            site: None,
            notes: Notes::default(),
            upkeep: Upkeep::default(),
            push: Push::default(),
        })
    }

    /// The settings it works by.
    #[must_use]
    pub fn config(&self) -> &Config {
        &self.config
    }

    /// Whether subscribers to everything have waited long for what has come.
    pub(super) fn is_stale(&self) -> bool {
        self.shown.elapsed() >= self.refresh
    }

    /// Looks after the catalogue when a pass is over, and the server, which had
    /// kept what there was before it, has let go of that.
    pub(super) fn tidy(&mut self) {
        let log = self.catalogue.tidy();
        if log.is_some() && self.untidy.is_none() {
            tracing::warn!(
                "another program reads the catalogue in {} all the while, which keeps it from \
                 being tidied, and takes ever more room there; close that program",
                self.config.service.state_folder.display()
            );
        }
        self.untidy = log;
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
        settle_folders(&mut config);
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
        // Folders that stay are not made: a missing one may be a disk that is
        // not mounted.
        let (new, old) = (&config.service, &self.config.service);
        let folders = [
            (&new.watch_folder, &old.watch_folder),
            (&new.feeds_folder, &old.feeds_folder),
        ];
        for (folder, _) in folders.iter().filter(|(new, old)| new != old) {
            if let Err(error) = fs::create_dir_all(folder) {
                tracing::error!("cannot make the folder {}: {error}", folder.display());
            }
        }
        settle_folders(&mut config);
        if config.service.feeds_folder != self.config.service.feeds_folder {
            match lock_feeds(&config.service.feeds_folder) {
                Ok(lock) => self.feeds_lock = lock,
                Err(error) => {
                    tracing::error!("{error}; until then the folder before stays in use");
                    config
                        .service
                        .feeds_folder
                        .clone_from(&self.config.service.feeds_folder);
                }
            }
        }
        let moved = config.service.watch_folder != self.config.service.watch_folder
            || config.watch != self.config.watch;
        if version(&config) != version(&self.config) {
            self.digests = Digests::Outdated;
        }
        self.prepared = false;
        self.upkeep = Upkeep::default();
        self.push.is_ready = false;
        self.config = config;
        moved
    }
}

/// What the digests in the catalogue were made with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Digests {
    /// This program and these settings.
    Current,
    /// The same where they could be, and the catalogue does not say so yet.
    Renewed,
    /// Others: everything has to be digested again.
    Outdated,
}

impl Digests {
    fn new(are_outdated: bool) -> Self {
        if are_outdated {
            Self::Outdated
        } else {
            Self::Current
        }
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

/// Opens the catalogue. A program that has it locked is waited for a while:
/// whoever looks into it with `sqlite3` is done soon, or is told.
fn open_catalogue(config: &Config) -> anyhow::Result<Catalogue> {
    let start = Instant::now();
    loop {
        match Catalogue::open(&config.service.state_folder) {
            Err(error) if error.is_locked() && start.elapsed() < PATIENCE => {
                tracing::warn!("{error}; waiting for it");
            }
            opened => return Ok(opened?),
        }
    }
}

/// Locks the feeds folder against others with another catalogue, who would
/// write other documents into it, and remove these. The lock is on the folder
/// itself, so that nothing of it is there to be published; where folders cannot
/// be opened (Windows), there is none.
fn lock_feeds(folder: &Path) -> anyhow::Result<Option<File>> {
    // What keeps it from being made is told when there is something to publish.
    let made = publish::make_folder(folder).ok();
    let Some(file) = made.and_then(|()| File::open(folder).ok()) else {
        return Ok(None);
    };
    let start = Instant::now();
    loop {
        match file.try_lock() {
            Ok(()) => return Ok(Some(file)),
            Err(TryLockError::WouldBlock) if start.elapsed() < Duration::from_secs(1) => {
                thread::sleep(Duration::from_millis(20));
            }
            Err(TryLockError::WouldBlock) => anyhow::bail!(
                "another feedwright, with another catalogue, writes into the feeds folder {}; stop \
                 that one first, or give this one a folder of its own with --feeds",
                folder.display()
            ),
            // Some network drives have no locks; that is no reason to stop.
            Err(TryLockError::Error(_)) => return Ok(None),
        }
    }
}

/// What a digest depends on besides the article.
pub(super) fn version(config: &Config) -> String {
    format!("{} {:?} {:?}", digest::VERSION, config.read, config.digest)
}
