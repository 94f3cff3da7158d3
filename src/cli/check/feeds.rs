//! Feeds from disk to the judge: files as they are given, folders with all
//! feeds that are in them.

use super::print::Printer;
use crate::{
    cli::Outcome,
    feed::{self, Linted},
};
use anyhow::Context as _;
use rayon::prelude::*;
use std::{
    fs::File,
    io::{self, Read as _},
    path::{Path, PathBuf},
};
use walkdir::WalkDir;

/// No file is read further, in bytes: ten times what aggregators read.
const LONGEST: u64 = 50_000_000;

/// How many files are read before any of them is reported.
const AT_ONCE: usize = 64;

/// How a file came to be judged.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Given {
    /// By name: it should be a feed.
    Named,
    /// In a folder, where others may stand beside the feeds.
    Found,
}

/// Judges feed files, and folders of them.
pub(in crate::cli) fn check_feeds(paths: &[PathBuf], json: bool) -> anyhow::Result<Outcome> {
    let mut printer = Printer::new(json);
    for path in paths {
        if path.is_dir() {
            check_folder(path, &mut printer)?;
        } else if let Some(linted) = judged(path, Given::Named)? {
            printer.print(path, &linted)?;
        }
    }
    printer.finish()
}

fn check_folder(folder: &Path, printer: &mut Printer) -> anyhow::Result<()> {
    let mut paths = Vec::new();
    for entry in WalkDir::new(folder).sort_by_file_name() {
        let entry = entry.context("cannot look through the folder; check who may read it")?;
        if entry.file_type().is_file() {
            paths.push(entry.into_path());
        }
    }
    let mut known = Vec::new();
    for some in paths.chunks(AT_ONCE) {
        let judge = |path: &PathBuf| {
            let name = path.file_name().and_then(|name| name.to_str());
            match name.and_then(feed::leftover) {
                Some(leftover) => Ok((Some(leftover), None)),
                None => judged(path, Given::Found).map(|linted| (None, linted)),
            }
        };
        let all: Vec<anyhow::Result<_>> = some.par_iter().map(judge).collect();
        for (path, judged) in some.iter().zip(all) {
            let (leftover, linted) = judged?;
            if let Some(leftover) = leftover {
                printer.print_finding(path, &leftover)?;
            }
            if let Some(linted) = linted {
                printer.print(path, &linted)?;
                known.push((name_in(folder, path), linted));
            }
        }
    }
    for together in feed::lint_together(&known) {
        let path = folder.join(&known[together.file].0);
        printer.print_finding(&path, &together.finding)?;
    }
    Ok(())
}

/// What is wrong with a file; `None` for one that is no feed and need be none.
fn judged(path: &Path, given: Given) -> anyhow::Result<Option<Linted>> {
    let bytes = read(path).with_context(|| format!("cannot read {}", path.display()))?;
    let is_feed = given == Given::Named || feed::is_feed_like(&bytes);
    // A feed that lost its bytes when the power was cut looks like nothing.
    let is_blank = bytes
        .iter()
        .all(|byte| *byte == 0 || byte.is_ascii_whitespace());
    let ends_so = path
        .extension()
        .is_some_and(|end| end == "xml" || end == "json");
    Ok((is_feed || (is_blank && ends_so)).then(|| feed::lint(&bytes)))
}

fn read(path: &Path) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    File::open(path)?.take(LONGEST).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// A file's path in a folder, with `/` between names.
fn name_in(folder: &Path, path: &Path) -> String {
    let inner = path.strip_prefix(folder).unwrap_or(path);
    let names = inner.iter().map(|name| name.to_string_lossy());
    names.collect::<Vec<_>>().join("/")
}
