//! Watching: which files are ready, which are gone?
//!
//! Events are hints and the scan is the truth. An event handler that does work
//! makes the system drop events (a slow one lost 12,240 of 20,000 files), so
//! [`events`] only marks paths; [`settle`] decides when a marked path is worth
//! a look; [`scan`] lists what is really there. Files are opened elsewhere.

pub mod events;
pub mod scan;
pub mod settle;

use std::{
    path::{Path, PathBuf},
    time::Duration,
};

/// How changes in the watch folder are noticed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Mode {
    /// By the system's events where the file system has them, else by polling.
    #[default]
    Auto,
    /// By listing the folder again and again.
    Poll,
}

/// What can be set about watching.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    /// How changes are noticed.
    pub mode: Mode,
    /// The time between two looks when polling.
    pub poll_interval: Duration,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            mode: Mode::Auto,
            poll_interval: Duration::from_secs(2),
        }
    }
}

/// Names that programs give to what is not, or not yet, a finished file.
const UNFINISHED: &[&str] = &[
    "bak",
    "crdownload",
    "download",
    "filepart",
    "lock",
    "opdownload",
    "orig",
    "part",
    "partial",
    "rej",
    "swo",
    "swp",
    "swx",
    "temp",
    "tmp",
];

/// Whether a file or folder of this name is to be left alone: hidden ones
/// (which editors and sync programs write next to the real one), backups, and
/// partial downloads.
#[must_use]
pub fn is_left_alone(name: &Path) -> bool {
    let Some(name) = name.file_name() else {
        return true;
    };
    let bytes = name.as_encoded_bytes();
    // vim asks whether it may write in a folder by creating a file "4913".
    let probe = bytes == b"4913";
    let hidden = bytes.starts_with(b".");
    let backup = bytes.ends_with(b"~") || (bytes.starts_with(b"#") && bytes.ends_with(b"#"));
    let ending = Path::new(name)
        .extension()
        .and_then(|ending| ending.to_str());
    let unfinished = ending.is_some_and(|ending| {
        let known = |other: &str| ending.eq_ignore_ascii_case(other);
        UNFINISHED.iter().any(|other| known(other))
    });
    probe || hidden || backup || unfinished
}

/// What browsers and editors add to a page's name for the folder with the rest
/// of it, in their languages.
const COMPANIONS: &[&str] = &[
    "_files",
    ".files",
    "-Dateien",
    "_Dateien",
    "_fichiers",
    "_archivos",
    "_fitxers",
    "_file",
    "_arquivos",
    "_ficheiros",
    "_bestanden",
    "-filer",
    "_filer",
    "_tiedostot",
    "_pliki",
    "_soubory",
    "_elemei",
    "_dosyalar",
    "_datoteke",
];

/// The names, without their ending, of the page that a folder of this name may
/// be the rest of.
fn pages_of(folder: &str) -> impl Iterator<Item = &str> {
    let page = |suffix: &&str| folder.strip_suffix(suffix);
    COMPANIONS.iter().filter_map(page)
}

/// The folders that may hold the rest of a page: what a browser saves beside
/// `page.html`. Empty for files that are no pages.
pub fn companions(page: &Path) -> impl Iterator<Item = PathBuf> {
    let ending = page.extension().and_then(|ending| ending.to_str());
    let stem = page.file_stem().and_then(|stem| stem.to_str());
    let stem = stem.filter(|_| ending.is_some_and(|ending| PAGES.contains(&ending)));
    stem.into_iter().flat_map(move |stem| {
        COMPANIONS
            .iter()
            .map(move |suffix| page.with_file_name(format!("{stem}{suffix}")))
    })
}

/// How the names of pages end that browsers save with a folder beside them.
const PAGES: &[&str] = &["html", "htm", "xhtml"];

/// Whether a path, relative to the watch folder, or a folder above it is to be
/// left alone.
#[must_use]
pub fn is_left_alone_below(relative: &Path) -> bool {
    relative.iter().any(|part| is_left_alone(Path::new(part)))
}
