//! Which entry does a person at the terminal mean?

use crate::{
    cli::asking::Refused,
    config::Config,
    service::{EntryState, ListedEntry, counted, named as shown},
};
use std::path::{Path, PathBuf, absolute};

/// The one entry with this id, of this file, or with this name in addresses.
pub(super) fn named(
    entries: &[ListedEntry],
    config: &Config,
    which: &str,
) -> Result<ListedEntry, Refused> {
    let slug = slug(which);
    let of_name = entries
        .iter()
        .find(|entry| entry.id.0 == which)
        .or_else(|| entries.iter().find(|entry| entry.slug == slug));
    if let Some(entry) = of_name {
        return Ok(entry.clone());
    }
    let paths = paths(config, which);
    let of_file = |entry: &&ListedEntry| entry.files.iter().any(|file| paths.contains(file));
    // A file may have been another entry's before.
    let is_there = |entry: &&ListedEntry| !matches!(entry.state, EntryState::Withdrawn(_));
    let of_file: Vec<_> = entries.iter().filter(of_file).collect();
    let there = of_file.iter().copied().find(is_there);
    if let Some(entry) = there.or(of_file.first().copied()) {
        return Ok(entry.clone());
    }
    let is_in = |file: &PathBuf| paths.iter().any(|path| file.starts_with(path));
    let inside = entries.iter().filter(is_there);
    let inside: Vec<_> = inside
        .filter(|entry| entry.files.iter().any(is_in))
        .collect();
    if let [first, ..] = &inside[..] {
        return Err(Refused::failed(format!(
            "{which} has {}; name one of them, such as {}",
            counted(inside.len(), "entry", "entries"),
            first.slug
        )));
    }
    Err(Refused::failed(unknown(entries, which)))
}

/// The name in addresses, of which people have the page.
fn slug(which: &str) -> &str {
    let last = which.rsplit('/').next().unwrap_or(which);
    last.strip_suffix(".html").unwrap_or(last)
}

/// What a path may mean below the watch folder: people name files from where
/// they are, as the list has them, or in full.
fn paths(config: &Config, which: &str) -> Vec<PathBuf> {
    let folder = &config.service.watch_folder;
    let given = Path::new(which);
    let mut paths = vec![given.to_owned()];
    let below = |folder: &Path, path: &Path| path.strip_prefix(folder).ok().map(Path::to_owned);
    paths.extend(below(folder, given));
    if let (Ok(folder), Ok(given)) = (absolute(folder), absolute(given)) {
        paths.extend(below(&folder, &given));
        let real = folder.canonicalize().unwrap_or(folder);
        paths.extend(below(&real, &given));
    }
    paths.retain(|path| !path.as_os_str().is_empty());
    paths
}

/// What to say of a name that no entry has: the most alike, if any are.
fn unknown(entries: &[ListedEntry], which: &str) -> String {
    /// Slips of the hand are above this.
    const ALIKE: f64 = 0.84;
    const FEW: usize = 3;
    let which_slug = slug(which).to_lowercase();
    let alike = |name: &str| strsim::jaro_winkler(&name.to_lowercase(), &which_slug);
    let mut near: Vec<(f64, String)> = Vec::new();
    for entry in entries {
        let file = entry.files.first();
        let name = file.and_then(|file| file.file_name()?.to_str());
        let of_file = name.map_or(0.0, alike);
        let best = of_file.max(alike(&entry.slug)).max(alike(&entry.title));
        if best >= ALIKE {
            let called = match file {
                Some(file) if of_file >= best => shown(file),
                _ => entry.slug.clone(),
            };
            near.push((best, called));
        }
    }
    near.sort_by(|(one, _), (other, _)| other.total_cmp(one));
    let near = near.into_iter().take(FEW).map(|(_, called)| called);
    let near: Vec<_> = near.collect();
    if near.is_empty() {
        format!(
            "no entry has the id, file or name \"{which}\"; `feedwright entries` lists them all"
        )
    } else {
        let near = near.join(", or ");
        format!("no entry has the id, file or name \"{which}\"; did you mean {near}?")
    }
}
