//! A reader that looks at what is published all the while: every document in
//! the folder, as often as it can.

use crate::{
    articles::Mark,
    documents::{self, Document},
    memory::Memory,
    table::Kind,
};
use std::{
    collections::{BTreeMap, BTreeSet},
    fs::{self, File},
    io::{self, Read as _},
    os::unix::fs::MetadataExt as _,
    path::{Path, PathBuf},
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
    thread::{self, JoinHandle},
    time::{Duration, Instant},
};
use walkdir::WalkDir;

/// How long a reader rests between two looks at the current feeds.
const REST: Duration = Duration::from_millis(10);

/// How often it looks at everything else as well.
const ALL: Duration = Duration::from_millis(400);

/// What tells whether a file is the one that was read before.
pub(crate) type Stamp = (u64, u64, i64, i64);

/// All documents as they were read last.
#[derive(Debug, Default)]
pub(crate) struct Shelf {
    read: BTreeMap<PathBuf, (Stamp, Arc<Document>)>,
    pub(crate) memory: Memory,
}

/// What the reader and those who ask it have in common.
#[derive(Debug, Clone)]
pub(crate) struct Look {
    folder: PathBuf,
    /// Whether the feed of everything holds all entries at any time.
    whole: bool,
    shelf: Arc<Mutex<Shelf>>,
}

/// A document that could not be read.
type Unread = String;

impl Look {
    pub(crate) fn new(folder: PathBuf, whole: bool) -> Self {
        Self {
            folder,
            whole,
            shelf: Arc::default(),
        }
    }

    pub(crate) fn shelf(&self) -> MutexGuard<'_, Shelf> {
        self.shelf.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Reads one document, by its name in the folder; `None` when it is not
    /// there.
    pub(crate) fn document(&self, name: &Path) -> Result<Option<Arc<Document>>, Unread> {
        let before: BTreeSet<Mark> = if self.whole && name.components().count() == 1 {
            self.shelf().memory.steady.clone()
        } else {
            BTreeSet::new()
        };
        let (stamp, bytes) = match self.open(name) {
            Ok(Some(found)) => found,
            Ok(None) => return Ok(None),
            Err(Opened::Known(document)) => return Ok(Some(document)),
            // Its disk is being taken away, or the reader has too many files
            // open: nothing is said about the document.
            Err(Opened::Refused(error)) => return Err(error.to_string()),
        };
        let mut shelf = self.shelf();
        shelf.memory.documents += 1;
        match documents::parse(name, &bytes) {
            Ok(document) => {
                let feeds = ["rss.xml", "atom.xml", "feed.json"];
                let is_feed = feeds.iter().any(|feed| name.ends_with(feed));
                let whole = self.whole && name.components().count() == 1 && is_feed;
                if is_feed {
                    shelf.memory.note(name, &document, &before, whole);
                }
                let document = Arc::new(document);
                let kept = (stamp, Arc::clone(&document));
                shelf.read.insert(name.to_owned(), kept);
                Ok(Some(document))
            }
            Err(why) => {
                let words = format!("{} of {} bytes: {why}", name.display(), bytes.len());
                shelf.memory.complain(Kind::Malformed, words.clone());
                Err(words)
            }
        }
    }

    fn open(&self, name: &Path) -> Result<Option<(Stamp, Vec<u8>)>, Opened> {
        let mut file = match File::open(self.folder.join(name)) {
            Ok(file) => file,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(Opened::Refused(error)),
        };
        let stamp = stamp(&file.metadata().map_err(Opened::Refused)?);
        if let Some((read, document)) = self.shelf().read.get(name)
            && *read == stamp
        {
            return Err(Opened::Known(Arc::clone(document)));
        }
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).map_err(Opened::Refused)?;
        Ok(Some((stamp, bytes)))
    }

    /// Reads all documents, or the current ones; gives the names of those that
    /// are there.
    pub(crate) fn sweep(&self, what: Sweep) -> Vec<PathBuf> {
        let mut names = Vec::new();
        let old = |name: &std::ffi::OsStr| name == "archive" || name == "entries";
        let walk = WalkDir::new(&self.folder)
            .sort_by_file_name()
            .into_iter()
            .filter_entry(|entry| what == Sweep::All || !old(entry.file_name()));
        for entry in walk.flatten() {
            // Hidden files are no documents.
            let hidden = entry.file_name().as_encoded_bytes().starts_with(b".");
            if !entry.file_type().is_file() || hidden {
                continue;
            }
            if let Ok(name) = entry.path().strip_prefix(&self.folder)
                && self.document(name).is_ok_and(|found| found.is_some())
            {
                names.push(name.to_owned());
            }
        }
        names
    }

    /// Forgets what was read, since the folder is another one.
    pub(crate) fn forget(&self) {
        self.shelf().read.clear();
    }
}

/// What is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sweep {
    Current,
    All,
}

enum Opened {
    Known(Arc<Document>),
    Refused(io::Error),
}

pub(crate) fn stamp(data: &fs::Metadata) -> Stamp {
    (data.ino(), data.size(), data.mtime(), data.mtime_nsec())
}

/// A thread that looks all the while; ends when dropped.
#[derive(Debug)]
pub(crate) struct Reader {
    stop: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

impl Reader {
    pub(crate) fn start(look: Look) -> Self {
        let stop = Arc::new(AtomicBool::new(false));
        let stopped = Arc::clone(&stop);
        let thread = thread::spawn(move || {
            let mut all = Instant::now();
            while !stopped.load(Ordering::Relaxed) {
                look.sweep(Sweep::Current);
                if all.elapsed() >= ALL {
                    look.sweep(Sweep::All);
                    all = Instant::now();
                }
                thread::sleep(REST);
            }
        });
        Self {
            stop,
            thread: Some(thread),
        }
    }
}

impl Drop for Reader {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::Relaxed);
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}
