//! The catalogue's rules, as records in and entries out.

mod copies;
mod edits;
mod gone;
mod model;
mod moves;
mod opened;
mod order;

use feedwright::{
    catalogue::{
        Found, Outcome, Record, Refusal,
        store::{Catalogue, Opened, Refused, StoreError},
    },
    entry::{Digest, Dropped, Entry, EntryId, LeadQuote, Topic},
    file::Stamp,
    text::{BlockKind, Text},
};
use jiff::Timestamp;
use proptest::prelude::*;
use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
    sync::Arc,
};
use tempfile::TempDir;

/// A catalogue in a folder of its own.
pub(crate) struct Fixture {
    pub(crate) folder: TempDir,
    pub(crate) catalogue: Catalogue,
    /// Seconds since the tests' epoch; every record is a second later.
    pub(crate) now: i64,
}

impl Fixture {
    pub(crate) fn new() -> Self {
        let folder = TempDir::new().unwrap();
        let catalogue = Catalogue::open(folder.path()).unwrap();
        Self {
            folder,
            catalogue,
            now: 0,
        }
    }

    /// Closes the catalogue, as a kill would, and opens it again.
    pub(crate) fn reopen(self) -> Self {
        let Self {
            folder,
            catalogue,
            now,
        } = self;
        drop(catalogue);
        let catalogue = Catalogue::open(folder.path()).unwrap();
        Self {
            folder,
            catalogue,
            now,
        }
    }

    pub(crate) fn apply(&mut self, record: Record) -> Outcome {
        let mut outcomes = self.catalogue.apply(&[record]).unwrap();
        assert_eq!(outcomes.len(), 1);
        outcomes.remove(0)
    }

    pub(crate) fn found(&mut self, path: &str, digest: &Digest) -> Outcome {
        self.now += 1;
        let record = found(path, digest, self.now);
        self.apply(record)
    }

    pub(crate) fn gone(&mut self, path: &str) -> Outcome {
        self.apply(Record::Gone { path: path.into() })
    }

    fn refused(&mut self, path: &str, kind: Refusal) -> Outcome {
        self.apply(Record::Refused {
            path: path.into(),
            stamp: stamp(0),
            kind,
            reason: format!("{kind:?}"),
        })
    }

    pub(crate) fn end(&mut self) -> Outcome {
        self.now += 1;
        let at = at(self.now);
        self.apply(Record::End { at })
    }

    /// The ids that an end withdraws.
    fn withdrawn(&mut self) -> Vec<EntryId> {
        match self.end() {
            Outcome::Ended { withdrawn, .. } => withdrawn,
            other => panic!("an end gave {other:?}"),
        }
    }

    pub(crate) fn shown(&mut self) -> Vec<Entry> {
        let read = self.catalogue.newest(usize::MAX).unwrap();
        read.into_iter().map(Arc::unwrap_or_clone).collect()
    }

    /// The one entry that is shown.
    pub(crate) fn only(&mut self) -> Entry {
        let mut shown = self.shown();
        assert_eq!(shown.len(), 1, "{shown:#?}");
        shown.remove(0)
    }

    fn titles(&mut self) -> Vec<String> {
        self.shown().into_iter().map(|e| e.digest.title).collect()
    }

    fn id(&self, path: &str) -> EntryId {
        let id = self.catalogue.entry_at(Path::new(path)).unwrap();
        id.unwrap_or_else(|| panic!("{path} has no entry"))
    }
}

/// A time in the tests' own reckoning.
pub(crate) fn at(seconds: i64) -> Timestamp {
    Timestamp::from_second(1_700_000_000 + seconds).unwrap()
}

fn stamp(number: u64) -> Stamp {
    Stamp {
        size: number,
        modified: 1,
        changed: 2,
        inode: u64::MAX,
    }
}

/// The file of an article: its bytes are taken to be what its digest says.
pub(crate) fn found(path: impl Into<PathBuf>, digest: &Digest, now: i64) -> Record {
    let bytes = serde_json::to_vec(digest).unwrap();
    found_with(path, digest, &bytes, now)
}

pub(crate) fn found_with(
    path: impl Into<PathBuf>,
    digest: &Digest,
    bytes: &[u8],
    now: i64,
) -> Record {
    Record::Found(Box::new(Found {
        path: path.into(),
        stamp: stamp(bytes.len() as u64),
        content: *blake3::hash(bytes).as_bytes(),
        digest: digest.clone(),
        at: at(now),
    }))
}

/// An article on its own subject, with this many of its ten paragraphs
/// rewritten.
pub(crate) fn rewritten(subject: &str, paragraphs: usize) -> Digest {
    let mut body = Text::default();
    for number in 0..10 {
        let version = if number < paragraphs { "new" } else { "old" };
        let sentence: Vec<String> = (0..30)
            .map(|word| format!("{subject}{version}{number}x{word}"))
            .collect();
        body.push(BlockKind::Paragraph, &sentence.join(" "));
    }
    Digest {
        title: format!("On {subject}"),
        summary: format!("About {subject}."),
        body,
        ..Digest::default()
    }
}

pub(crate) fn article(subject: &str) -> Digest {
    rewritten(subject, 0)
}

/// The article with one paragraph in ten rewritten.
fn edited(subject: &str) -> Digest {
    rewritten(subject, 1)
}
