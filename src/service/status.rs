//! What a running daemon tells of itself, for `feedwright status`: a file in
//! the state folder.
//!
//! The disk that it is on may be full, which is when somebody looks: so the
//! file gets its blocks at the start and is written over in place. A checksum
//! tells whether it is whole; where it is not, whoever reads it tries again.
//! It is not synced, since it is worth nothing after a power cut.

use super::{aside::Aside, notes::Doing, tally::Tally, tell::number, watching::Watched};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::{
    fmt,
    fs::{self, File, OpenOptions},
    io::{self, Seek as _, Write as _},
    path::{Path, PathBuf},
    thread,
    time::{Duration, Instant},
};

/// The file's name in the state folder.
const NAME: &str = "daemon.status";

/// Its size: more than enough for what is listed in it.
const SIZE: usize = 64 << 10;

/// No more than so many files or faults are listed; of the others, how many
/// they are.
pub(super) const LISTED: usize = 30;

/// How long the words of a fault may be.
const WORDS: usize = 600;

/// The least time between two writings.
const SPACING: Duration = Duration::from_secs(1);

/// How often it is written although nothing has changed, so that a daemon that
/// hangs is known by its silence.
const SIGN_OF_LIFE: Duration = Duration::from_mins(1);

/// After so much silence a daemon is taken to hang.
pub(super) const SILENCE: Duration = Duration::from_mins(3);

/// What the daemon tells.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Status {
    /// The program's version.
    pub version: String,
    /// The number of its process.
    pub pid: u32,
    /// When it was started.
    pub started: Timestamp,
    /// When this was written.
    pub heard: Timestamp,
    /// When it was stopped.
    pub stopped: Option<Timestamp>,
    /// The folder that it watches.
    pub watch_folder: String,
    /// The folder that it writes.
    pub feeds_folder: String,
    /// How it watches.
    pub watching: Watched,
    /// How far it is shut in, in a line.
    #[serde(default)]
    pub confinement: String,
    /// The pass that goes on.
    pub doing: Option<Doing>,
    /// The last pass that ended.
    pub last_pass: Option<LastPass>,
    /// When documents were written last.
    pub last_publish: Option<LastPublish>,
    /// What was done since the start.
    pub tally: Tally,
    /// How many documents were written since.
    pub documents: usize,
    /// Files that are waited for.
    pub waiting: Listed<String>,
    /// Files and folders that cannot be read for now, and are tried again.
    #[serde(default)]
    pub unread: Listed<String>,
    /// What is left alone in the watch folder.
    #[serde(default)]
    pub left_alone: Vec<Aside>,
    /// What fails.
    pub faults: Listed<Failing>,
    /// Where the server listens.
    #[serde(default)]
    pub addresses: Vec<String>,
    /// Who is told when feeds change.
    #[serde(default)]
    pub hubs: Vec<HubStatus>,
}

/// How things stand with a hub.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HubStatus {
    /// Its address.
    pub url: String,
    /// How many documents it is to be told of.
    pub owed: usize,
    /// When it was last told of something.
    pub told_at: Option<Timestamp>,
    /// What is wrong, if the last request did not end well.
    pub fault: Option<String>,
}

/// A pass that ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LastPass {
    /// When.
    pub at: Timestamp,
    /// How long it took, in milliseconds.
    pub took_ms: u64,
    /// Whether it failed.
    pub failed: bool,
}

/// Documents that were written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LastPublish {
    /// When.
    pub at: Timestamp,
    /// How many.
    pub documents: usize,
}

/// Some of many.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Listed<T> {
    /// How many there are.
    pub count: usize,
    /// The first of them.
    pub first: Vec<T>,
}

impl<T> Default for Listed<T> {
    fn default() -> Self {
        Self {
            count: 0,
            first: Vec::new(),
        }
    }
}

/// The first of them, and how many more there are.
impl fmt::Display for Listed<String> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.first.is_empty() {
            return write!(f, "{} of them", number(self.count as u64));
        }
        f.write_str(&self.first.join(", "))?;
        match self.count.saturating_sub(self.first.len()) {
            0 => Ok(()),
            more => write!(f, " and {} more", number(more as u64)),
        }
    }
}

impl<T> Listed<T> {
    /// Lists the first of so many.
    pub(super) fn of(count: usize, all: impl Iterator<Item = T>) -> Self {
        let first = all.take(LISTED).collect();
        Self { count, first }
    }
}

/// A fault that lasts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Failing {
    /// What it is about.
    pub about: String,
    /// What it is, why, and what helps.
    pub text: String,
    /// How often it was seen.
    pub count: u64,
    /// When first.
    pub since: Timestamp,
    /// When last.
    pub last: Timestamp,
}

impl Failing {
    pub(super) fn new(about: &str, text: &str, count: u64, times: [Timestamp; 2]) -> Self {
        let [since, last] = times;
        Self {
            about: about.to_owned(),
            text: text.chars().take(WORDS).collect(),
            count,
            since,
            last,
        }
    }
}

/// The file, and what was last written to it.
#[derive(Debug)]
pub(super) struct StatusFile {
    path: PathBuf,
    file: Option<File>,
    written: Option<Status>,
    /// Not before this instant again.
    next: Instant,
    /// At this instant in any case.
    sign: Instant,
}

impl StatusFile {
    pub(super) fn new(folder: &Path, now: Instant) -> Self {
        Self {
            path: folder.join(NAME),
            file: None,
            written: None,
            next: now,
            sign: now,
        }
    }

    /// Whether it may be written now; else it would be too soon.
    pub(super) fn is_time(&self, now: Instant) -> bool {
        now >= self.next
    }

    /// When it may or must be written next.
    pub(super) fn next(&self) -> Instant {
        self.next
    }

    /// Writes it, if something has changed or it is time for a sign of life.
    /// That it cannot be is no fault of its own: the catalogue beside it tells
    /// what is wrong with the disk.
    pub(super) fn keep(&mut self, status: Status, now: Instant) {
        self.next = now + SPACING;
        let same = self.written.as_ref().is_some_and(|written| {
            let heard = written.heard;
            Status {
                heard,
                ..status.clone()
            } == *written
        });
        if same && now < self.sign {
            return;
        }
        if self.write(&status).is_ok() {
            self.sign = now + SIGN_OF_LIFE;
            self.written = Some(status);
        } else {
            self.file = None;
            self.written = None;
        }
    }

    fn write(&mut self, status: &Status) -> io::Result<()> {
        let text = serde_json::to_string(status)?;
        let checksum = blake3::hash(text.as_bytes()).to_hex();
        let mut bytes = format!("{checksum}\n{text}\n").into_bytes();
        let file = if let Some(file) = &mut self.file {
            file
        } else {
            // Later on no more is written than there is to tell: what stands
            // behind it is of no account.
            bytes.resize(SIZE.max(bytes.len()), b' ');
            let mut options = OpenOptions::new();
            options.write(true).create(true).truncate(false);
            self.file.insert(options.open(&self.path)?)
        };
        file.rewind()?;
        file.write_all(&bytes)
    }
}

/// Reads what the daemon on this state folder last told, if it is there and
/// whole.
pub(super) fn read(folder: &Path) -> io::Result<Option<Status>> {
    const TRIES: usize = 5;
    const PAUSE: Duration = Duration::from_millis(20);
    for _ in 0..TRIES {
        let bytes = match fs::read(folder.join(NAME)) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            bytes => bytes?,
        };
        if let Some(status) = parse(&bytes) {
            return Ok(Some(status));
        }
        // Half of one writing and half of another.
        thread::sleep(PAUSE);
    }
    Ok(None)
}

fn parse(bytes: &[u8]) -> Option<Status> {
    let mut lines = bytes.split(|byte| *byte == b'\n');
    let (checksum, text) = (lines.next()?, lines.next()?);
    let is_whole = blake3::hash(text).to_hex().as_bytes() == checksum;
    is_whole
        .then(|| serde_json::from_slice(text).ok())
        .flatten()
}
