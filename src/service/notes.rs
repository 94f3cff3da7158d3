//! What the worker notes beside its work, for the loop to tell: how far it is,
//! and what it could not do without failing as a whole.

use super::{
    clock,
    tell::{in_full, named},
};
use crate::{feed::FeedError, publish::PublishError};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::{
    io::{self, ErrorKind},
    path::Path,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Instant,
};

/// The notes of a worker.
#[derive(Debug, Default)]
pub(super) struct Notes {
    pub(super) activity: Arc<Activity>,
    /// Files and folders that could not be looked at, and the words for it.
    pub(super) places: Vec<(String, String)>,
    /// Documents that could not be written, and the words for it.
    pub(super) documents: Vec<(String, String)>,
    /// What keeps all documents from being written.
    pub(super) general: Option<anyhow::Error>,
    /// Whether so many could not be that no others were tried.
    pub(super) blocked: bool,
    /// When documents are written that were left for then.
    pub(super) later: Option<Instant>,
    /// Documents that were written before something failed.
    pub(super) written: Vec<String>,
}

impl Notes {
    /// Notes that a file or folder in the watch folder could not be looked at.
    pub(super) fn cannot(&mut self, task: &str, path: &Path, error: &io::Error) {
        let name = if path.as_os_str().is_empty() {
            "the watch folder".to_owned()
        } else {
            named(path)
        };
        let remedy = match error.kind() {
            ErrorKind::PermissionDenied => "let the user that feedwright runs as read it",
            _ => "check the disk",
        };
        let text =
            format!("cannot {task} {name}: {error}; what is known of it stays as it was; {remedy}");
        self.places.push((name, text));
    }

    /// Notes why a document could not be written: it alone, or all of them.
    pub(super) fn refused(&mut self, error: anyhow::Error, feeds_folder: &Path) {
        match error.downcast_ref() {
            Some(PublishError::Refused { path, source, .. })
                if path != feeds_folder && is_of_one(source.kind()) =>
            {
                self.documents.push((named(path), in_full(&error)));
            }
            _ => {
                self.general.get_or_insert(error);
            }
        }
    }

    /// Notes that a document is not as it should be, so that the old one stays.
    pub(super) fn unfit(&mut self, error: &FeedError) {
        let words = error.to_string();
        self.documents.push((words.clone(), words));
    }
}

/// Whether an error of the file system is about one document rather than about
/// the disk.
fn is_of_one(kind: ErrorKind) -> bool {
    matches!(
        kind,
        ErrorKind::AlreadyExists
            | ErrorKind::DirectoryNotEmpty
            | ErrorKind::InvalidFilename
            | ErrorKind::IsADirectory
            | ErrorKind::NotADirectory
            | ErrorKind::PermissionDenied
    )
}

/// What the worker is doing now, readable while it does.
#[derive(Debug, Default)]
pub(super) struct Activity(Mutex<Option<Doing>>);

/// What is being done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Doing {
    /// In words.
    pub step: String,
    /// Since when the pass goes on.
    pub since: Timestamp,
    /// How many files are taken in.
    pub done: usize,
    /// How many there are to be taken in.
    pub total: usize,
}

impl Activity {
    /// A pass begins, with this step.
    pub(super) fn begin(&self, step: &str) {
        *self.lock() = Some(Doing {
            step: step.to_owned(),
            since: clock::now(),
            done: 0,
            total: 0,
        });
    }

    /// The pass goes on with another step.
    pub(super) fn step(&self, step: &str) {
        if let Some(doing) = &mut *self.lock() {
            step.clone_into(&mut doing.step);
        }
    }

    /// So many files are to be taken in.
    pub(super) fn expect(&self, total: usize) {
        if let Some(doing) = &mut *self.lock() {
            doing.total = total;
        }
    }

    /// So many more are.
    pub(super) fn add(&self, files: usize) {
        if let Some(doing) = &mut *self.lock() {
            doing.done += files;
        }
    }

    /// The pass is over. Tells how many files it left.
    pub(super) fn end(&self) -> usize {
        let doing = self.lock().take();
        doing.map_or(0, |doing| doing.total.saturating_sub(doing.done))
    }

    pub(super) fn now(&self) -> Option<Doing> {
        self.lock().clone()
    }

    fn lock(&self) -> MutexGuard<'_, Option<Doing>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
