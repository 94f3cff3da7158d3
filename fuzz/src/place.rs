//! A catalogue for a target, and records for it.

use feedwright::{
    catalogue::{Found, Outcome, Record, Settings, store::Catalogue},
    channel::{Part, Sheet},
    entry::Digest,
    file::Stamp,
};
use jiff::Timestamp;
use std::path::Path;
use tempfile::TempDir;

/// A catalogue in a folder of its own.
pub(super) struct Place {
    // Closed before its folder goes: fields are dropped in this order.
    pub(super) catalogue: Catalogue,
    folder: TempDir,
}

impl Place {
    pub(super) fn new() -> Self {
        // In memory where there is such a folder: nothing here is about disks.
        let memory = Path::new("/dev/shm");
        let folder = if memory.is_dir() {
            TempDir::new_in(memory)
        } else {
            TempDir::new()
        };
        let folder = folder.expect("there is room for a folder");
        let catalogue = Catalogue::open(folder.path()).expect("the folder is empty");
        Self { catalogue, folder }
    }

    /// Ends and starts again, as a kill would.
    pub(super) fn reopened(self) -> Self {
        let Self { catalogue, folder } = self;
        drop(catalogue);
        let catalogue = Catalogue::open(folder.path()).expect("it was open before");
        Self { catalogue, folder }
    }

    pub(super) fn apply(&mut self, records: &[Record]) -> Vec<Outcome> {
        let applied = self.catalogue.apply(records);
        applied.expect("the catalogue takes any record")
    }

    /// The current part of every feed; that of all entries is the first.
    pub(super) fn sheets(&self) -> impl Iterator<Item = Sheet> {
        let sheet = |key| self.catalogue.sheet(key, Part::Current);
        (1..).map_while(move |key| sheet(key).expect("the catalogue is whole"))
    }
}

/// Settings by which everything has a feed at once.
pub(super) fn set(settings: Settings) -> Record {
    Record::Settings(Box::new(Settings {
        id: "tag:example.org,2026:feed".to_owned(),
        min_articles: 1,
        ..settings
    }))
}

/// An article in a file, whose bytes are taken to be what it says.
pub(super) fn found(path: &str, digest: Digest, at: Timestamp) -> Record {
    let bytes = serde_json::to_vec(&digest).expect("a digest has no maps");
    Record::Found(Box::new(Found {
        path: path.into(),
        stamp: stamp(bytes.len() as u64),
        content: *blake3::hash(&bytes).as_bytes(),
        digest,
        at,
    }))
}

pub(super) fn stamp(size: u64) -> Stamp {
    Stamp {
        size,
        modified: 1,
        changed: 2,
        inode: 3,
    }
}
