//! Digests of files for somebody who asks, without catalogue and feeds.

use super::{aside::Asides, intake};
use crate::{article::Article, config::Config, digest::Settings, watch::scan};
use rayon::prelude::*;
use std::{
    fs, io,
    path::{Path, PathBuf},
};

/// How many files are digested before any is handed on; bounds the memory.
const BATCH: usize = 256;

/// A file and what was made of it.
#[derive(Debug)]
pub struct Inspected<T> {
    /// The file, as it was named or as it was found in a folder that was named.
    pub path: PathBuf,
    /// What tells the article from others in the file, if that holds several.
    pub part: Option<String>,
    /// Its digest, or why there is none.
    pub digest: Result<T, String>,
}

/// Digests all files in `paths` with `make`, folders with all that is in them,
/// and hands what it gives to `show` in order.
///
/// # Errors
///
/// What `show` returns.
pub fn inspect<T: Send>(
    config: &Config,
    paths: &[PathBuf],
    make: impl Fn(Article, &Settings) -> T + Sync,
    mut show: impl FnMut(Inspected<T>) -> io::Result<()>,
) -> io::Result<()> {
    let mut files = Vec::new();
    for path in paths {
        if fs::metadata(path).is_ok_and(|metadata| metadata.is_dir()) {
            let listing = scan::list(path, Path::new(""), &|_| {});
            let left = listing.left_alone.into_iter();
            let left: Vec<_> = left.map(|(file, why)| (path.join(file), why)).collect();
            let mut asides = Asides::default();
            asides.listed(path, &left);
            for line in asides.news() {
                tracing::warn!("{line}");
            }
            let named = |(file, _): (PathBuf, _)| (path.join(file), None);
            files.extend(listing.files.into_iter().map(named));
            let faults = listing.faults.into_iter();
            files.extend(faults.map(|(fault, error)| (path.join(fault), Some(error))));
        } else {
            files.push((path.clone(), None));
        }
    }
    for batch in files.chunks(BATCH) {
        let digest = |(path, fault): &(PathBuf, Option<io::Error>)| {
            let digests = match fault {
                Some(error) => Err(format!("it cannot be listed: {error}")),
                None => intake::digest_file(config, path, &make),
            };
            let digests = digests.unwrap_or_else(|reason| vec![(None, Err(reason))]);
            (path.clone(), digests)
        };
        let inspected: Vec<_> = batch.par_iter().map(digest).collect();
        for (path, digests) in inspected {
            for (part, digest) in digests {
                show(Inspected {
                    path: path.clone(),
                    part,
                    digest,
                })?;
            }
        }
    }
    Ok(())
}
