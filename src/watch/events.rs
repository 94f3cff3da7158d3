//! The system's events, as marks on paths.

mod about;
mod fault;

pub use fault::WatchError;

use super::{
    is_left_alone_below, scan,
    settle::{Hint, Pending},
};
use about::{About, about, created, is_folder};
use fault::{explain, is_limit};
use notify::{Config, Event, RecommendedWatcher, RecursiveMode, Watcher as _};
use std::{
    collections::{BTreeMap, BTreeSet},
    fs::File,
    io::{Seek as _, Write as _},
    mem,
    path::{Path, PathBuf},
    sync::{
        Arc, Condvar, Mutex, MutexGuard, PoisonError,
        mpsc::{self, Sender},
    },
    thread,
    time::Duration,
};

/// With more marked paths than this, listing the whole folder is cheaper than
/// keeping them.
const MOST_MARKS: usize = 50_000;

/// Whether the system tells when a writer closes a file. Where it does, what is
/// being written is waited for; where it does not, it has to stand still.
pub const TELLS_CLOSES: bool = cfg!(any(target_os = "linux", target_os = "android"));

/// Whether each folder has to be watched by itself, or the system watches all
/// that is in one.
const BY_FOLDER: bool = cfg!(any(target_os = "linux", target_os = "android"));

/// What was marked since the last look, by path relative to the watch folder.
#[derive(Debug, Default)]
pub struct Marks {
    /// Files, with the last thing heard of each.
    pub files: BTreeMap<PathBuf, Hint>,
    /// Those of them that were renamed away before anything else was heard.
    pub left: BTreeSet<PathBuf>,
    /// Folders that appeared or vanished, or of which that cannot be told.
    pub folders: BTreeSet<PathBuf>,
    /// Events were lost: all has to be watched anew and listed.
    pub rescan: bool,
    /// The watch folder itself was removed or renamed, and its watch with it.
    pub root_is_lost: bool,
    /// What the system said it could not do.
    pub fault: Option<String>,
}

/// A watch on a folder and all that is in it; ends when dropped.
pub struct Watcher(Arc<Inner>);

struct Inner {
    root: PathBuf,
    marks: Mutex<Marks>,
    /// Watches folders; nothing after the end.
    watcher: Mutex<Option<RecommendedWatcher>>,
    buoy: Option<Buoy>,
    /// How often the buoy was told of.
    passed: Mutex<u64>,
    passes: Condvar,
}

/// A file of our own that is watched like all others. Events come in order: when
/// a write to it has been told of, everything before that has been.
struct Buoy {
    file: Mutex<File>,
    path: PathBuf,
}

/// How long an event may be under way on a machine that is busy. When it was
/// lost, with others, all is listed anyway.
const UNDER_WAY: Duration = Duration::from_secs(2);

impl Watcher {
    /// Watches `root`; what is in it is watched as it is listed, by
    /// [`Watcher::watch`]. `wake` is called after something was marked; it must
    /// return at once, since events are lost while it does not. In `own`, a folder
    /// outside of `root`, it makes a file without a name.
    ///
    /// # Errors
    ///
    /// When the system does not let the folder be watched; with what helps in
    /// the message.
    pub fn new(
        root: &Path,
        own: &Path,
        wake: impl Fn() + Send + 'static,
    ) -> Result<Self, WatchError> {
        let inner = Arc::new(Inner {
            root: root.to_owned(),
            marks: Mutex::default(),
            watcher: Mutex::default(),
            buoy: buoy(own),
            passed: Mutex::default(),
            passes: Condvar::new(),
        });
        // A new folder is watched as soon as it is told of, and not by whoever
        // tells, since nothing could be told meanwhile.
        let (sender, arrived) = mpsc::channel();
        let handler = {
            let inner = Arc::downgrade(&inner);
            move |event| {
                let Some(inner) = inner.upgrade() else {
                    return;
                };
                if inner.is_buoy(&event) {
                    *inner.passed.lock().unwrap_or_else(PoisonError::into_inner) += 1;
                    inner.passes.notify_all();
                } else if mark(&mut inner.marks(), &inner.root, event, &sender) {
                    wake();
                }
            }
        };
        let config = Config::default().with_follow_symlinks(false);
        let mut watcher =
            RecommendedWatcher::new(handler, config).map_err(|error| explain(&error))?;
        let mode = if BY_FOLDER {
            RecursiveMode::NonRecursive
        } else {
            RecursiveMode::Recursive
        };
        watcher.watch(root, mode).map_err(|error| explain(&error))?;
        if let Some(buoy) = &inner.buoy {
            // Without it, what is told late is taken in twice.
            let _ = watcher.watch(&buoy.path, RecursiveMode::NonRecursive);
        }
        *inner.watcher() = Some(watcher);
        let weak = Arc::downgrade(&inner);
        thread::spawn(move || {
            for folder in arrived {
                let Some(inner) = weak.upgrade() else {
                    return;
                };
                inner.watch_all(&folder);
            }
        });
        Ok(Self(inner))
    }

    /// Watches a folder, relative to the root, by itself. One that is not there
    /// or cannot be read is for whoever lists it to tell.
    pub fn watch(&self, folder: &Path) {
        self.0.watch(folder);
    }

    /// Takes what was marked since the last call.
    #[must_use]
    pub fn take(&self) -> Marks {
        mem::take(&mut *self.0.marks())
    }

    /// Whether files or folders were told of since the last [`Watcher::take`] that
    /// are there now, or soon will be.
    #[must_use]
    pub fn is_anything_told(&self) -> bool {
        let marks = self.0.marks();
        let mut hints = marks.files.values();
        !marks.folders.is_empty()
            || hints.any(|hint| matches!(hint, Hint::Growing | Hint::Complete))
    }

    /// What was told of since the last [`Watcher::take`].
    #[must_use]
    pub fn told(&self) -> Pending {
        let marks = self.0.marks();
        Pending {
            files: marks.files.clone(),
            left: marks.left.clone(),
            folders: marks.folders.clone(),
        }
    }

    /// Those of these files that somebody has written to since the last
    /// [`Watcher::take`]. Who read one of them meanwhile may have half of it, even
    /// if it is closed by now; its close is told by the next take. Waits until
    /// what has happened so far has been told.
    #[must_use]
    pub fn being_written(&self, files: impl Iterator<Item = PathBuf>) -> BTreeSet<PathBuf> {
        if !TELLS_CLOSES {
            return BTreeSet::new();
        }
        self.0.catch_up();
        let marks = self.0.marks();
        let is_written = |file: &PathBuf| {
            let mark = marks.files.get(file);
            matches!(mark, Some(Hint::Growing | Hint::Complete))
        };
        files.filter(is_written).collect()
    }
}

impl Drop for Watcher {
    fn drop(&mut self) {
        // The channel to the thread that watches new folders ends with it.
        let watcher = self.0.watcher().take();
        drop(watcher);
    }
}

impl Inner {
    fn marks(&self) -> MutexGuard<'_, Marks> {
        self.marks.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn watcher(&self) -> MutexGuard<'_, Option<RecommendedWatcher>> {
        self.watcher.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn is_buoy(&self, event: &notify::Result<Event>) -> bool {
        self.buoy.as_ref().is_some_and(|buoy| {
            event
                .as_ref()
                .is_ok_and(|event| event.paths.contains(&buoy.path))
        })
    }

    /// Waits until what has happened so far has been told.
    fn catch_up(&self) {
        let Some(buoy) = &self.buoy else {
            return;
        };
        let file = buoy.file.lock().unwrap_or_else(PoisonError::into_inner);
        let passed = self.passed.lock().unwrap_or_else(PoisonError::into_inner);
        let before = *passed;
        if (&*file).rewind().is_ok() && (&*file).write_all(b".").is_ok() {
            let wait = |passed: &mut u64| *passed == before;
            drop(self.passes.wait_timeout_while(passed, UNDER_WAY, wait));
        }
    }

    fn watch(&self, folder: &Path) {
        if !BY_FOLDER {
            return;
        }
        let mut watcher = self.watcher();
        let Some(watcher) = &mut *watcher else {
            return;
        };
        let path = self.root.join(folder);
        // The root has its watch, and may have a path without an end.
        let path = if folder == Path::new("") {
            &self.root
        } else {
            &path
        };
        if let Err(error) = watcher.watch(path, RecursiveMode::NonRecursive)
            && is_limit(&error.kind)
        {
            self.marks().fault = Some(explain(&error).to_string());
        }
    }

    /// Watches a folder with those in it, outer ones first, so that those are
    /// told of which come too late to be found.
    fn watch_all(&self, folder: &Path) {
        // Which folders there are is what a listing asks first.
        scan::list(&self.root, folder, &|folder| self.watch(folder));
    }
}

/// A buoy, where the system has a name for a file without one.
fn buoy(folder: &Path) -> Option<Buoy> {
    #[cfg(any(target_os = "linux", target_os = "android"))]
    {
        use std::os::fd::AsRawFd as _;
        let mut file = tempfile::tempfile_in(folder).ok()?;
        // It has its room from now on, also when the disk gets full.
        file.write_all(b".").ok()?;
        let path = PathBuf::from(format!("/proc/self/fd/{}", file.as_raw_fd()));
        Some(Buoy {
            file: Mutex::new(file),
            path,
        })
    }
    #[cfg(not(any(target_os = "linux", target_os = "android")))]
    {
        let _ = folder;
        None
    }
}

/// Marks what an event tells, and hands folders that appeared on. Returns
/// whether it told anything.
fn mark(
    marks: &mut Marks,
    root: &Path,
    event: notify::Result<Event>,
    arrived: &Sender<PathBuf>,
) -> bool {
    let event = match event {
        Ok(event) => event,
        Err(error) => {
            marks.fault = Some(explain(&error).to_string());
            return true;
        }
    };
    if event.need_rescan() {
        marks.rescan = true;
        return true;
    }
    let Some(about) = about(event.kind) else {
        return false;
    };
    let mut told = false;
    for path in event.paths {
        let Ok(relative) = path.strip_prefix(root) else {
            continue;
        };
        if relative.as_os_str().is_empty() {
            marks.root_is_lost |= matches!(
                about,
                About::File(Hint::Vanished | Hint::Removed) | About::Folder
            );
            told = true;
            continue;
        }
        if is_left_alone_below(relative) {
            if matches!(about, About::File(Hint::Complete) | About::Arrived) {
                tracing::debug!("left alone {relative:?}: by its name");
            }
            continue;
        }
        told = true;
        let hint = match about {
            About::File(hint) => hint,
            About::Created => created(&path),
            About::Arrived if is_folder(&path) => {
                hand_on(marks, relative, arrived);
                continue;
            }
            About::Arrived => Hint::Complete,
            About::Folder => {
                hand_on(marks, relative, arrived);
                continue;
            }
        };
        // A change of mode or times after the close must not hide it.
        if hint == Hint::Seen {
            marks.files.entry(relative.to_owned()).or_insert(hint);
        } else {
            let before = marks.files.insert(relative.to_owned(), hint);
            if before.is_none() && hint == Hint::Vanished {
                marks.left.insert(relative.to_owned());
            }
        }
    }
    if marks.files.len() + marks.folders.len() > MOST_MARKS {
        marks.files.clear();
        marks.left.clear();
        marks.folders.clear();
        marks.rescan = true;
    }
    told
}

fn hand_on(marks: &mut Marks, folder: &Path, arrived: &Sender<PathBuf>) {
    marks.folders.insert(folder.to_owned());
    if BY_FOLDER {
        // At the end there is nobody to watch it, nor to look at the marks.
        let _ = arrived.send(folder.to_owned());
    }
}
