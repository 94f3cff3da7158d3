//! Which value holds for each setting, and where it comes from.

use super::{
    Config, ConfigError, Overrides, feeds, load, read,
    sample::SAMPLE,
    settings::keys,
    state_directory,
    written::{json, toml},
};
use crate::serve::Address;
use serde_json::Value;
use std::path::Path;
use toml::{Spanned, de::DeTable, de::DeValue};

/// A setting as it holds.
#[derive(Debug, Clone, PartialEq)]
pub struct Effective {
    /// Its section in the file; `feed` is one of the owner's feeds, which begins
    /// with its name.
    pub section: &'static str,
    /// Its name.
    pub key: &'static str,
    /// Its value. Folders are as they are used, not as the file has them.
    pub value: Value,
    /// Where that comes from.
    pub origin: Origin,
}

impl Effective {
    /// The value in TOML, on one line.
    #[must_use]
    pub fn toml(&self) -> String {
        toml(&self.value)
    }
}

/// Where the value of a setting comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// Nobody has set it.
    Default,
    /// The file says so, in this line.
    File(usize),
    /// An argument or the environment says so.
    Given,
    /// systemd made the folder.
    System,
}

/// Every setting as it holds, in the order of the documentation; the owner's
/// feeds behind them.
///
/// # Errors
///
/// Those of [`load`].
pub fn effective(overrides: &Overrides) -> Result<Vec<Effective>, ConfigError> {
    let config = load(overrides)?;
    let text = read(overrides)?.unwrap_or_default();
    let text = text.trim_start_matches('\u{feff}');
    // Both were parsed before, or are the program's own.
    let (set, _) = DeTable::parse_recoverable(text);
    let (defaults, _) = DeTable::parse_recoverable(SAMPLE);
    let mut all = Vec::new();
    for (section, key) in keys() {
        let of_file = find(set.get_ref(), section, key);
        let (value, mut origin) = match of_file {
            Some((value, at)) => (Some(value), Origin::File(line(text, at))),
            None => (
                find(defaults.get_ref(), section, key).map(|(value, _)| value),
                Origin::Default,
            ),
        };
        let mut value = value.map(json).unwrap_or_default();
        if let Some((used, is_given)) = used(&config, overrides, section, key) {
            value = used;
            origin = is_given.unwrap_or(origin);
        }
        all.push(Effective {
            section,
            key,
            value,
            origin,
        });
    }
    if let Some(DeValue::Array(feeds)) = set.get_ref().get(feeds::NAME).map(Spanned::get_ref) {
        let feeds = feeds.iter().filter_map(|feed| feed.get_ref().as_table());
        for (feed, key) in feeds.flat_map(|feed| feeds::KEYS.map(|key| (feed, key))) {
            if let Some((name, value)) = feed.get_key_value(key) {
                all.push(Effective {
                    section: feeds::NAME,
                    key,
                    value: json(value.get_ref()),
                    origin: Origin::File(line(text, name.span().start)),
                });
            }
        }
    }
    Ok(all)
}

/// A setting in a file, and where it stands.
fn find<'t>(root: &'t DeTable<'_>, section: &str, key: &str) -> Option<(&'t DeValue<'t>, usize)> {
    let section = root.get(section)?.get_ref().as_table()?;
    let (name, value) = section.get_key_value(key)?;
    Some((value.get_ref(), name.span().start))
}

fn line(text: &str, at: usize) -> usize {
    let before = text.get(..at).unwrap_or(text);
    before.matches('\n').count() + 1
}

/// What is used, where that may be another than what the file has: a folder is
/// relative to the file, and those outside may have named another.
fn used(
    config: &Config,
    overrides: &Overrides,
    section: &str,
    key: &str,
) -> Option<(Value, Option<Origin>)> {
    let folder = |path: &Path| Value::from(path.display().to_string());
    let given = |is_given: bool| is_given.then_some(Origin::Given);
    let folders = &config.service;
    Some(match (section, key) {
        ("watch", "folder") => (
            folder(&folders.watch_folder),
            given(overrides.watch.is_some()),
        ),
        ("feeds", "folder") => (
            folder(&folders.feeds_folder),
            given(overrides.feeds.is_some()),
        ),
        ("state", "folder") => (
            folder(&folders.state_folder),
            given(overrides.state.is_some()).or_else(|| state_directory().map(|_| Origin::System)),
        ),
        ("serve", "listen") => (
            addresses(&config.serve.listen),
            given(overrides.listen.is_some()),
        ),
        _ => return None,
    })
}

fn addresses(listen: &[Address]) -> Value {
    match listen {
        [] => "".into(),
        [one] => one.to_string().into(),
        many => many.iter().map(ToString::to_string).collect(),
    }
}
