//! What the worker notes beside its work, for the loop to tell: how far it is,
//! and what it could not do without failing as a whole.

use super::{
    intake::Failed,
    measure::Arrivals,
    tell::{in_full, named},
};
use crate::{
    clock,
    feed::FeedError,
    publish::{PublishError, websub::Changed},
};
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
    /// Those of which that may pass by itself.
    pub(super) unread: Vec<Failed>,
    /// Documents that could not be written, and the words for it.
    pub(super) documents: Vec<(String, String)>,
    /// What keeps all documents from being written.
    pub(super) general: Option<anyhow::Error>,
    /// Whether so many could not be that no others were tried.
    pub(super) blocked: bool,
    /// When documents are written that were left.
    pub(super) later: Option<Later>,
    /// Files whose way to the readers is measured.
    pub(super) arrivals: Arrivals,
    /// Documents that readers subscribe to and that were written; hubs are to
    /// be told.
    pub(super) changed: Vec<Changed>,
    /// Documents that were removed.
    pub(super) removed: Vec<String>,
    /// Documents that were written before something failed.
    pub(super) written: Vec<String>,
}

/// When documents are written that were left.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Later {
    /// Then, or before an end.
    At(Instant),
    /// When what has come meanwhile is taken in.
    AfterMore,
}

impl Notes {
    /// Notes that a file or folder in the watch folder could not be looked at.
    pub(super) fn cannot(&mut self, task: &str, path: &Path, error: &io::Error) {
        let name = name_of(path);
        if is_passing(error) {
            return self.cannot_now(task, path, error);
        }
        let remedy = remedy(error);
        let text =
            format!("cannot {task} {name}: {error}; what is known of it stays as it was; {remedy}");
        self.places.push((name, text));
    }

    /// Notes the same where the reason may pass by itself; others are not noted.
    pub(super) fn cannot_now(&mut self, task: &str, path: &Path, error: &io::Error) {
        if is_passing(error) {
            let failed = Failed::new(task, path.to_owned(), error);
            self.unread.push(failed);
        }
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

/// What a file or folder in the watch folder is called.
pub(super) fn name_of(path: &Path) -> String {
    if path.as_os_str().is_empty() {
        "the watch folder".to_owned()
    } else {
        named(path)
    }
}

/// Whether an error in reading is one of the disk or of the system at this
/// moment, and not of the file: it may be gone at the next try, and nothing will
/// tell of that.
pub(super) fn is_passing(error: &io::Error) -> bool {
    match error.kind() {
        ErrorKind::OutOfMemory => true,
        ErrorKind::PermissionDenied | ErrorKind::NotFound | ErrorKind::NotADirectory => false,
        // An error without a number is our own.
        _ => error.raw_os_error().is_some(),
    }
}

/// What helps against an error in reading.
pub(super) fn remedy(error: &io::Error) -> &'static str {
    match error.kind() {
        ErrorKind::NotFound => "check its name",
        ErrorKind::PermissionDenied => "let the user that feedwright runs as read it",
        ErrorKind::OutOfMemory => {
            "give the machine or the service more memory, or lower `max-file-size` under `[watch]`"
        }
        ErrorKind::StaleNetworkFileHandle => "mount that network folder anew",
        _ => match error.raw_os_error() {
            Some(TOO_MANY_IN_SYSTEM | TOO_MANY_IN_PROCESS) => {
                "raise the limit of open files (LimitNOFILE= in a systemd unit)"
            }
            _ => "check the disk",
        },
    }
}

/// ENFILE and EMFILE, for which the standard library has no name.
const TOO_MANY_IN_SYSTEM: i32 = 23;
const TOO_MANY_IN_PROCESS: i32 = 24;

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

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(unix)]
    #[test]
    fn errors_of_the_moment_are_told_from_those_of_a_file() {
        // EINTR, EIO, EAGAIN, ENOMEM, ENFILE, EMFILE, ETIMEDOUT, ESTALE.
        for (number, words) in [
            (4, "check the disk"),
            (5, "check the disk"),
            (11, "check the disk"),
            (12, "more memory"),
            (23, "limit of open files"),
            (24, "limit of open files"),
            (110, "check the disk"),
            (116, "mount that network folder anew"),
        ] {
            let error = io::Error::from_raw_os_error(number);
            assert!(is_passing(&error), "{error}");
            assert!(remedy(&error).contains(words), "{error}");
        }
        // EPERM, ENOENT, EACCES, ENOTDIR.
        for number in [1, 2, 13, 20] {
            let error = io::Error::from_raw_os_error(number);
            assert!(!is_passing(&error), "{error}");
        }
        let own = io::Error::new(ErrorKind::InvalidInput, "not a regular file");
        assert!(!is_passing(&own));
    }
}
