//! Disks that are mounted below the watch folder: what lies on one that is not
//! mounted just now is not gone.

use crate::{
    catalogue::{portable, store::Catalogue},
    service::{
        tell::{counted, named},
        worker::Worker,
    },
    watch::scan::{self, Listing},
};
use serde::{Deserialize, Serialize};
use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
};

/// Under what name the catalogue keeps which disks are mounted where.
const MOUNTS: &str = "mounts";

/// How it keeps that there are none.
const NONE: &str = "[]";

/// The folders that a disk was mounted on when there were files in them, and
/// which one it was.
#[derive(Debug, Default)]
pub(in crate::service) struct Mounts {
    known: BTreeMap<PathBuf, Disk>,
    /// What was found there, and in folders that became another disk's, when it
    /// was last looked at.
    seen: BTreeMap<PathBuf, Option<Disk>>,
    /// Whether the catalogue may not know it all.
    is_changed: bool,
}

/// Device and number of a disk's outermost folder.
pub(in crate::service) type Disk = (u64, u64);

#[derive(Serialize, Deserialize)]
struct Mount {
    #[serde(with = "portable")]
    folder: PathBuf,
    disk: Disk,
}

impl Mounts {
    /// Those that the catalogue knows of.
    pub(in crate::service) fn load(catalogue: &Catalogue) -> anyhow::Result<Self> {
        let kept = catalogue.meta(MOUNTS)?;
        // What another version wrote is found out anew.
        let mounts: Vec<Mount> = kept
            .and_then(|kept| serde_json::from_str(&kept).ok())
            .unwrap_or_default();
        let known = mounts.into_iter().map(|mount| (mount.folder, mount.disk));
        Ok(Self {
            known: known.collect(),
            seen: BTreeMap::new(),
            is_changed: false,
        })
    }

    /// Tells the catalogue what it does not know yet.
    pub(super) fn keep(&mut self, catalogue: &mut Catalogue) -> anyhow::Result<()> {
        if !self.is_changed {
            return Ok(());
        }
        let mounts = self.known.iter().map(|(folder, disk)| Mount {
            folder: folder.clone(),
            disk: *disk,
        });
        let mounts = serde_json::to_string(&mounts.collect::<Vec<_>>())?;
        if catalogue.meta(MOUNTS)?.unwrap_or_else(|| NONE.to_owned()) != mounts {
            catalogue.set_meta(MOUNTS, &mounts)?;
        }
        self.is_changed = false;
        Ok(())
    }

    /// The folders above a file that are not what they were.
    pub(super) fn replaced_above(&self, file: &Path) -> Vec<PathBuf> {
        let differs = |folder: &&Path| {
            let seen = self.seen.get(*folder);
            seen.is_some_and(|seen| seen.as_ref() != self.known.get(*folder))
        };
        let folders = file.ancestors().skip(1).filter(differs);
        folders.map(Path::to_owned).collect()
    }

    /// What was mounted when it was last looked at, where something was or should
    /// be: when that changes, no event tells of it.
    pub(in crate::service) fn seen(&self) -> BTreeMap<PathBuf, Option<Disk>> {
        self.seen.clone()
    }
}

impl Worker {
    /// Takes note of the disks that a listing of everything found mounted. Where
    /// files are known and none are found, the disk before stays the one that
    /// belongs there.
    pub(super) fn note_mounts(&mut self, listing: &Listing) {
        let is_settled = |folder: &Path| {
            let first = listing.files.partition_point(|(path, _)| &**path < folder);
            let found = listing.files.get(first);
            found.is_some_and(|(path, _)| path.starts_with(folder))
                || self.known.below(folder).next().is_none()
        };
        let mut known = self.mounts.known.clone();
        let now: BTreeMap<_, _> = listing.mounts.iter().cloned().collect();
        known.retain(|folder, _| now.contains_key(folder) || !is_settled(folder));
        let settled = now.iter().filter(|(folder, _)| is_settled(folder));
        known.extend(settled.map(|(folder, disk)| (folder.clone(), *disk)));
        let seen = known.keys();
        let seen = seen.map(|folder| (folder.clone(), now.get(folder).copied()));
        self.mounts.seen = seen.collect();
        self.mounts.known = known;
        // It may be another catalogue than before.
        self.mounts.is_changed = true;
    }

    /// Of files that are not where they were, those that may be gone. What is in
    /// a folder that became another disk's and is empty, is most likely on a disk
    /// that is not mounted; told once, it stays as it was.
    pub(super) fn not_unmounted(&mut self, missing: Vec<PathBuf>) -> Vec<PathBuf> {
        let mut looked_at: BTreeMap<PathBuf, bool> = BTreeMap::new();
        let mut gone = Vec::with_capacity(missing.len());
        for path in missing {
            let folders = path.ancestors().skip(1);
            let mut away = false;
            for folder in folders.filter(|folder| *folder != Path::new("")) {
                if !looked_at.contains_key(folder) {
                    let is_away = self.is_away(folder);
                    looked_at.insert(folder.to_owned(), is_away);
                }
                away |= looked_at[folder];
            }
            if !away {
                gone.push(path);
            }
        }
        gone
    }

    fn is_away(&mut self, folder: &Path) -> bool {
        let root = &self.config.service.watch_folder;
        let now = scan::mounted(&root.join(folder));
        if now.as_ref() == self.mounts.known.get(folder) {
            return false;
        }
        self.mounts.seen.insert(folder.to_owned(), now);
        if !scan::list(root, folder, &|_| {}).files.is_empty() {
            self.mounts.known.remove(folder);
            let now = now.map(|disk| (folder.to_owned(), disk));
            self.mounts.known.extend(now);
            self.mounts.is_changed = true;
            return false;
        }
        if self
            .notes
            .places
            .iter()
            .any(|(name, _)| *name == named(folder))
        {
            return true;
        }
        let text = format!(
            "cannot list {}: it is empty and another disk than before; what is known of it stays \
             as it was; mount what belongs there, or put one article into it if {} are really gone",
            named(folder),
            counted(self.known.below(folder).count(), "file", "files")
        );
        self.notes.places.push((named(folder), text));
        true
    }
}
