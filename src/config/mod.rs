//! Settings: from the file, the environment and the arguments to one checked
//! [`Config`].
//!
//! [`parse`] is pure; [`load`] reads the file. All faults of a file are found
//! in one go, each with its place and what mends it. Every setting is one line
//! of the table in `settings`, and `feeds` reads those that the owner defines;
//! nothing downstream asks again whether a value is sound.

mod effective;
mod feeds;
mod push;
mod report;
mod sample;
mod schema;
mod settings;
mod strings;
mod topics;
mod unknown;
mod values;
mod written;

pub use effective::{Effective, Origin, effective};
pub use report::render;
pub use sample::SAMPLE;
pub use schema::schema;
pub use settings::keys;

use crate::{catalogue, digest, feed, read, serve, service, watch};
use std::{
    env, fs, io,
    ops::Range,
    path::{Path, PathBuf},
};

/// The file that is read when none is named, if it is there.
pub const FILE: &str = "config.toml";

/// Everything that can be set, checked.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Config {
    /// Folders and limits of the service.
    pub service: service::Settings,
    /// How changes are noticed.
    pub watch: watch::Settings,
    /// How files are read.
    pub read: read::Settings,
    /// How articles are digested.
    pub digest: digest::Settings,
    /// Which feeds there are.
    pub feeds: catalogue::Settings,
    /// What feeds say of themselves.
    pub feed: feed::Settings,
    /// The server.
    pub serve: serve::Settings,
}

/// What arguments and environment say, over the file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Overrides {
    /// The configuration file.
    pub config: Option<PathBuf>,
    /// The folder to watch.
    pub watch: Option<PathBuf>,
    /// The folder for the feeds.
    pub feeds: Option<PathBuf>,
    /// The folder for the catalogue.
    pub state: Option<PathBuf>,
    /// Where the server can be reached; nowhere where the list is empty.
    pub listen: Option<Vec<serve::Address>>,
}

/// One thing wrong with a configuration file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// Where, in bytes of the file.
    pub span: Range<usize>,
    /// What is wrong, in a few words.
    pub title: String,
    /// What stands there.
    pub label: String,
    /// What mends it.
    pub help: String,
}

/// Why there is no configuration.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ConfigError {
    /// The file cannot be read.
    #[error(
        "cannot read the configuration {path}: {cause}; check the path given with --config, or make \
         one with `feedwright init`"
    )]
    Unreadable {
        /// The file.
        path: String,
        /// What the system says.
        cause: io::Error,
    },
    /// The file has faults.
    #[error("{path} has {} fault{}", faults.len(), if faults.len() == 1 { "" } else { "s" })]
    Faulty {
        /// The file.
        path: String,
        /// What stands in it.
        text: String,
        /// All that is wrong with it.
        faults: Vec<Fault>,
    },
}

/// Reads a configuration from the text of a file. Folders stay as written.
///
/// ```
/// use feedwright::config::parse;
///
/// let config = parse("[feeds]\nmax-entries = 20").unwrap();
/// assert_eq!(config.feeds.max_entries, 20);
/// let faults = parse("[feeds]\nmax-entrys = 20").unwrap_err();
/// assert_eq!(faults[0].title, "unknown setting `max-entrys`");
/// ```
///
/// # Errors
///
/// All faults, in order of their place.
pub fn parse(text: &str) -> Result<Config, Vec<Fault>> {
    settings::parse(text)
}

/// Reads the configuration: arguments and environment before the file, the
/// file before the defaults. Folders in the file are taken relative to it;
/// without a file the defaults hold.
///
/// # Errors
///
/// When the file is named but cannot be read, or has faults.
pub fn load(overrides: &Overrides) -> Result<Config, ConfigError> {
    let path = file(overrides);
    let text = read(overrides)?;
    let mut config = match text {
        Some(text) => parse(&text).map_err(|faults| ConfigError::Faulty {
            path: path.display().to_string(),
            text,
            faults,
        })?,
        None => Config::default(),
    };
    let base = path.parent().unwrap_or(Path::new("")).to_owned();
    let folders = &mut config.service;
    let given = [
        (&mut folders.watch_folder, overrides.watch.clone()),
        (&mut folders.feeds_folder, overrides.feeds.clone()),
        (
            &mut folders.state_folder,
            overrides.state.clone().or_else(state_directory),
        ),
    ];
    for (folder, given) in given {
        *folder = given.unwrap_or_else(|| base.join(&folder));
    }
    for address in &mut config.serve.listen {
        if let serve::Address::Unix(path) = address {
            *path = base.join(&path);
        }
    }
    if let Some(listen) = &overrides.listen {
        config.serve.listen.clone_from(listen);
    }
    config.feeds.searched = !config.serve.listen.is_empty();
    Ok(config)
}

/// The configuration file, whether it is there or not.
fn file(overrides: &Overrides) -> PathBuf {
    overrides.config.clone().unwrap_or_else(|| FILE.into())
}

/// What stands in it; nothing where nobody named it and there is none.
fn read(overrides: &Overrides) -> Result<Option<String>, ConfigError> {
    let path = file(overrides);
    match fs::read_to_string(&path) {
        Ok(text) => Ok(Some(text)),
        Err(cause) if cause.kind() == io::ErrorKind::NotFound && overrides.config.is_none() => {
            Ok(None)
        }
        Err(cause) => Err(ConfigError::Unreadable {
            path: path.display().to_string(),
            cause,
        }),
    }
}

/// The folder that systemd made for the service's state; the first, should
/// there be several.
pub(crate) fn state_directory() -> Option<PathBuf> {
    let folders = env::var_os("STATE_DIRECTORY")?;
    env::split_paths(&folders)
        .next()
        .filter(|folder| folder.is_absolute())
}
