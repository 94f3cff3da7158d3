//! At the end of a round: is everything that is published what lies in the
//! folder, once each, under the id that it was first given?

use crate::{
    articles::{Mark, told},
    daemon::Program,
    documents::Shown,
    reader::{self, Stamp},
    table::{Finding, Kind},
    world::World,
};
use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};
use walkdir::WalkDir;

const FORMATS: [&str; 3] = ["atom.xml", "rss.xml", "feed.json"];

/// No chain of pages is longer; a longer one goes in circles.
const LONGEST: usize = 10_000;

/// Holds all feeds against the model.
pub(crate) fn whole(world: &World) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut first: Option<BTreeMap<String, String>> = None;
    for format in FORMATS {
        let before = findings.len();
        let all = walk(world, Path::new(""), format, &mut findings);
        everything(world, format, &all, &mut findings);
        if findings.len() > before {
            // The others will not be right either.
            return findings;
        }
        let ids = all.iter().map(|one| (one.id.clone(), one.headline.clone()));
        let ids: BTreeMap<String, String> = ids.collect();
        if *first.get_or_insert_with(|| ids.clone()) != ids {
            let words = format!("{format} and {} do not agree", FORMATS[0]);
            findings.push(Finding::new(Kind::Other, words));
        }
    }
    channels(world, &mut findings);
    findings
}

/// The entries of a feed and of all pages before it.
fn walk(world: &World, folder: &Path, format: &str, findings: &mut Vec<Finding>) -> Vec<Shown> {
    let mut entries = Vec::new();
    let mut next = Some(folder.join(format));
    let mut pages = 0;
    while let Some(name) = next.take() {
        let document = match world.look.document(&name) {
            Ok(Some(document)) => document,
            Ok(None) => {
                let words = format!("{} is not there", name.display());
                findings.push(Finding::new(Kind::Lost, words));
                break;
            }
            Err(why) => {
                let words = format!("{}: {why}", name.display());
                findings.push(Finding::new(Kind::Malformed, words));
                break;
            }
        };
        entries.extend(document.entries.iter().cloned());
        next = document.older.as_ref().map(|older| resolve(&name, older));
        pages += 1;
        if pages > LONGEST {
            let words = format!("the pages of {} go in circles", folder.display());
            findings.push(Finding::new(Kind::Other, words));
            break;
        }
    }
    let mut ids = BTreeSet::new();
    for one in &entries {
        if !ids.insert(&one.id) {
            let words = format!("{} stands twice in {}/{format}", one.id, folder.display());
            findings.push(Finding::new(Kind::Doubled, words));
        }
    }
    entries
}

/// Where a relative address leads from a document.
fn resolve(from: &Path, address: &str) -> PathBuf {
    let mut path = from.parent().unwrap_or(from).to_owned();
    for part in address.split('/') {
        if part == ".." {
            path.pop();
        } else {
            path.push(part);
        }
    }
    path
}

/// Every article has one entry, in its last edition, under its first id; and
/// no entry is without an article.
fn everything(world: &World, format: &str, all: &[Shown], findings: &mut Vec<Finding>) {
    let mut shown: BTreeMap<Mark, Vec<(&Shown, u32)>> = BTreeMap::new();
    for one in all {
        if let Some((mark, edition)) = told(&one.headline) {
            shown.entry(mark).or_default().push((one, edition));
        } else {
            let words = format!("{format}: no article says {:?}", one.headline);
            findings.push(Finding::new(Kind::Other, words));
        }
    }
    for (mark, article) in &world.model.live {
        let Some(entries) = shown.remove(mark) else {
            let words = format!("{} at {:?} is not in {format}", mark.0, article.paths);
            findings.push(Finding::new(Kind::Lost, words));
            continue;
        };
        if entries.len() > 1 {
            let words = format!("{} has {} entries in {format}", mark.0, entries.len());
            findings.push(Finding::new(Kind::Doubled, words));
        }
        for (entry, edition) in entries {
            if edition != article.edition {
                let words = format!(
                    "{} is shown in edition {edition}, not {}, in {format}",
                    mark.0, article.edition
                );
                findings.push(Finding::new(Kind::Lost, words));
            }
            let shelf = world.look.shelf();
            if let Some(id) = shelf.memory.id(mark).filter(|id| *id != entry.id) {
                let words = format!("{} was {id} and is {} in {format}", mark.0, entry.id);
                findings.push(Finding::new(Kind::Id, words));
            }
        }
    }
    for mark in shown.keys() {
        let words = format!("{} is in {format} and not in the folder", mark.0);
        findings.push(Finding::new(Kind::Other, words));
    }
}

/// No feed of a topic, a speaker, a folder or a search has an entry twice or
/// one without its article; that of a folder has just those in it.
fn channels(world: &World, findings: &mut Vec<Finding>) {
    let folder = world.feeds();
    let inner = WalkDir::new(&folder)
        .min_depth(1)
        .sort_by_file_name()
        .into_iter()
        .filter_entry(|entry| entry.file_name() != "archive" && entry.file_name() != "entries");
    for entry in inner.flatten().filter(|entry| entry.file_type().is_dir()) {
        if !entry.path().join(FORMATS[0]).exists() {
            continue;
        }
        let Ok(name) = entry.path().strip_prefix(&folder) else {
            continue;
        };
        for format in FORMATS {
            let entries = walk(world, name, format, findings);
            let marks = entries.iter().filter_map(|one| told(&one.headline));
            let marks: BTreeSet<Mark> = marks.map(|(mark, _)| mark).collect();
            for mark in &marks {
                if !world.model.live.contains_key(mark) {
                    let words = format!("{} is in {} and gone", mark.0, name.display());
                    findings.push(Finding::new(Kind::Other, words));
                }
            }
            if let Ok(below) = name.strip_prefix("folders") {
                let there = world.model.below(below);
                if there != marks.iter().collect() {
                    let words = format!(
                        "{}/{format} has {} entries, and the folder {} articles",
                        name.display(),
                        marks.len(),
                        there.len()
                    );
                    findings.push(Finding::new(Kind::Lost, words));
                }
            }
        }
    }
}

/// What the program says of its own work, when no daemon runs.
///
/// # Errors
///
/// All that is not as it has to be.
pub(crate) fn program(program: &Program, feeds: &Path) -> Result<(), Vec<Finding>> {
    let other = |words: String| Err(vec![Finding::new(Kind::Other, words)]);
    let built = |what: &str| match program.run(&["build"]) {
        Ok((status, _)) if status.success() => None,
        Ok((_, said)) => Some(format!("the {what} build failed: {said}")),
        Err(error) => Some(format!("the {what} build did not start: {error}")),
    };
    // What a stop has left undone is written by the first.
    if let Some(words) = built("first") {
        return other(words);
    }
    let before = bytes(feeds);
    if let Some(words) = built("second") {
        return other(words);
    }
    let after = bytes(feeds);
    if before != after {
        let differs = |name: &&PathBuf| before.get(*name) != after.get(*name);
        let names: BTreeSet<&PathBuf> = before.keys().chain(after.keys()).filter(differs).collect();
        return other(format!("a second build rewrote {names:?}"));
    }
    match program.run(&["check", "--feeds"]) {
        Ok((status, _)) if status.success() => Ok(()),
        Ok((_, said)) => other(format!("the feeds do not pass the check: {said}")),
        Err(error) => other(format!("the check did not start: {error}")),
    }
}

/// Every file in a folder, with what tells that it was touched, and its bytes.
fn bytes(folder: &Path) -> BTreeMap<PathBuf, (Stamp, Vec<u8>)> {
    let files = WalkDir::new(folder).into_iter().flatten();
    let files = files.filter(|entry| entry.file_type().is_file());
    let read = |entry: walkdir::DirEntry| {
        let stamp = reader::stamp(&entry.metadata().ok()?);
        let bytes = fs::read(entry.path()).ok()?;
        Some((entry.into_path(), (stamp, bytes)))
    };
    files.filter_map(read).collect()
}
