//! The worker: the settings, the catalogue and the feeds, between passes.

use super::{plan, upkeep::Upkeep};
use crate::{
    catalogue::store::{Catalogue, Refused},
    config::Config,
    digest,
    feed::{self, Renderer},
    file::Stamp,
};
use anyhow::Context as _;
use std::{collections::BTreeMap, fs, path::PathBuf};

/// The name of what its digests were made with.
pub(super) const VERSION: &str = "digest-version";

/// Does the passes; the one owner of the catalogue.
pub struct Worker {
    pub(super) config: Config,
    pub(super) catalogue: Catalogue,
    /// The feeds' permanent id.
    pub(super) feed_id: String,
    pub(super) renderer: Renderer,
    /// What the catalogue knows of each file, so that a listing need not ask.
    pub(super) known: BTreeMap<PathBuf, Stamp>,
    /// What the listing before found changed, while polling.
    pub(super) unsettled: BTreeMap<PathBuf, Stamp>,
    /// Whether everything has to be digested again.
    pub(super) outdated: bool,
    /// Whether the catalogue knows the settings, and the documents on disk were
    /// looked after.
    pub(super) prepared: bool,
    /// Whether somebody will ask for what came of it, so that the log need not
    /// tell.
    pub(super) asked: bool,
    pub(super) upkeep: Upkeep,
}

impl Worker {
    /// Opens the catalogue and makes the folders.
    ///
    /// # Errors
    ///
    /// When a folder or the catalogue cannot be had, or somebody else has it.
    pub fn open(mut config: Config) -> anyhow::Result<Self> {
        let mut catalogue = Catalogue::open(&config.service.state_folder)?;
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
        if sources.is_empty() {
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
        let outdated = catalogue.meta(VERSION)?.as_deref() != Some(&*version(&config));
        Ok(Self {
            config,
            catalogue,
            feed_id,
            renderer: Renderer::default(),
            known,
            unsettled: BTreeMap::new(),
            outdated,
            prepared: false,
            asked: false,
            upkeep: Upkeep::default(),
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
        let moved = config.service.watch_folder != self.config.service.watch_folder
            || config.watch != self.config.watch;
        self.outdated |= version(&config) != version(&self.config);
        self.prepared = false;
        self.upkeep = Upkeep::default();
        self.config = config;
        moved
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
pub(super) fn version(config: &Config) -> String {
    format!("{} {:?} {:?}", digest::VERSION, config.read, config.digest)
}
