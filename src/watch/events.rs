//! The system's events, as marks on paths.

use super::{is_left_alone_below, settle::Hint};
use notify::{
    Config, ErrorKind, Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher as _,
    event::{AccessKind, AccessMode, CreateKind, ModifyKind, RemoveKind, RenameMode},
};
use std::{
    collections::{BTreeMap, BTreeSet},
    mem,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError},
};

/// With more marked paths than this, listing the whole folder is cheaper than
/// keeping them.
const MOST_MARKS: usize = 50_000;

/// What was marked since the last look, by path relative to the watch folder.
#[derive(Debug, Default)]
pub struct Marks {
    /// Files, with the last thing heard of each.
    pub files: BTreeMap<PathBuf, Hint>,
    /// Folders that appeared or vanished, or of which that cannot be told.
    pub folders: BTreeSet<PathBuf>,
    /// Events were lost: all has to be listed.
    pub rescan: bool,
    /// What the system said it could not do.
    pub fault: Option<String>,
}

/// A watch on a folder and all that is in it; ends when dropped.
pub struct Watcher {
    marks: Arc<Mutex<Marks>>,
    _watcher: RecommendedWatcher,
}

impl Watcher {
    /// Watches `root`. `wake` is called after something was marked; it must
    /// return at once, since events are lost while it does not.
    ///
    /// # Errors
    ///
    /// When the system does not let the folder be watched; with what helps in
    /// the message.
    pub fn new(root: &Path, wake: impl Fn() + Send + 'static) -> Result<Self, WatchError> {
        let marks = Arc::new(Mutex::new(Marks::default()));
        let config = Config::default().with_follow_symlinks(false);
        let handler = {
            let (marks, root) = (Arc::clone(&marks), root.to_owned());
            move |event| {
                let mut marks = marks.lock().unwrap_or_else(PoisonError::into_inner);
                if mark(&mut marks, &root, event) {
                    wake();
                }
            }
        };
        let mut watcher =
            RecommendedWatcher::new(handler, config).map_err(|error| explain(&error))?;
        watcher
            .watch(root, RecursiveMode::Recursive)
            .map_err(|error| explain(&error))?;
        Ok(Self {
            marks,
            _watcher: watcher,
        })
    }

    /// Takes what was marked since the last call.
    #[must_use]
    pub fn take(&self) -> Marks {
        mem::take(&mut *self.marks.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// Why a folder cannot be watched by events.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct WatchError(String);

/// Marks what an event tells. Returns whether it told anything.
fn mark(marks: &mut Marks, root: &Path, event: notify::Result<Event>) -> bool {
    let event = match event {
        Ok(event) => event,
        Err(error) => {
            marks.fault = Some(explain(&error).0);
            marks.rescan = true;
            return true;
        }
    };
    if event.need_rescan() {
        marks.rescan = true;
        return true;
    }
    let Some(hint) = hint(event.kind) else {
        return false;
    };
    let mut told = false;
    for path in event.paths {
        let Ok(relative) = path.strip_prefix(root) else {
            continue;
        };
        // The root itself: it was removed or renamed, which the service notices
        // by its identity.
        if relative.as_os_str().is_empty() {
            told = true;
            continue;
        }
        if is_left_alone_below(relative) {
            continue;
        }
        told = true;
        match hint {
            // A change of mode or times after the close must not hide it.
            About::File(Hint::Seen) => {
                marks.files.entry(relative.to_owned()).or_insert(Hint::Seen);
            }
            About::File(hint) => {
                marks.files.insert(relative.to_owned(), hint);
            }
            About::Folder => {
                marks.folders.insert(relative.to_owned());
            }
            // The event does not tell a file from a folder: a folder that was
            // renamed into place is there to be asked, one that was renamed
            // away is found by the paths that were known below it.
            About::Arrived => {
                if path.is_dir() {
                    marks.folders.insert(relative.to_owned());
                } else {
                    marks.files.insert(relative.to_owned(), Hint::Complete);
                }
            }
        }
    }
    if marks.files.len() + marks.folders.len() > MOST_MARKS {
        marks.files.clear();
        marks.folders.clear();
        marks.rescan = true;
    }
    told
}

enum About {
    File(Hint),
    Folder,
    Arrived,
}

fn hint(kind: EventKind) -> Option<About> {
    Some(match kind {
        EventKind::Access(AccessKind::Close(AccessMode::Write)) => About::File(Hint::Complete),
        EventKind::Create(CreateKind::Folder) | EventKind::Remove(RemoveKind::Folder) => {
            About::Folder
        }
        // A hard link appears without being written, and so does an empty file
        // that is about to be.
        EventKind::Create(_) | EventKind::Modify(ModifyKind::Metadata(_)) => {
            About::File(Hint::Seen)
        }
        EventKind::Remove(_) | EventKind::Modify(ModifyKind::Name(RenameMode::From)) => {
            About::File(Hint::Vanished)
        }
        // `Both` repeats a `From` and a `To`.
        EventKind::Modify(ModifyKind::Name(RenameMode::Both)) | EventKind::Access(_) => {
            return None;
        }
        // `To`, and systems that do not tell which it was.
        EventKind::Modify(ModifyKind::Name(_)) => About::Arrived,
        EventKind::Modify(_) => About::File(Hint::Growing),
        EventKind::Any | EventKind::Other => return None,
    })
}

fn explain(error: &notify::Error) -> WatchError {
    const RAISE: &str = "raise the limit with `sysctl fs.inotify.max_user_watches=524288`";
    const INSTANCES: &str = "raise the limit with `sysctl fs.inotify.max_user_instances=512`";
    let text = match &error.kind {
        ErrorKind::MaxFilesWatch => {
            format!("the system's limit on watched folders is reached; {RAISE}")
        }
        // inotify says "no space left on device" and "too many open files" for
        // its own limits, which sends people to look at their disks.
        ErrorKind::Io(io) if io.raw_os_error() == Some(28) => {
            format!("the system's limit on watched folders is reached; {RAISE}")
        }
        ErrorKind::Io(io) if io.raw_os_error() == Some(24) => {
            format!("the system's limit on watching programs is reached; {INSTANCES}")
        }
        ErrorKind::Io(io) => io.to_string(),
        ErrorKind::PathNotFound => "the folder is not there".to_owned(),
        _ => error.to_string(),
    };
    WatchError(text)
}
