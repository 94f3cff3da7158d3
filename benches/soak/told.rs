//! The events of a folder, counted beside the program.

use notify::{
    Event, EventKind, RecursiveMode, Watcher as _,
    event::{AccessKind, AccessMode, ModifyKind, RenameMode},
};
use std::{
    fs,
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
};

/// What the system tells everybody who watches the folder as the program does:
/// that something was made, written to, closed after that, renamed or removed.
/// What is opened and read is not counted.
pub(super) struct Told {
    count: Arc<AtomicU64>,
    lost: Arc<AtomicBool>,
    _watcher: notify::RecommendedWatcher,
}

impl Told {
    pub(super) fn about(folder: &Path) -> Self {
        let (count, lost) = (Arc::<AtomicU64>::default(), Arc::<AtomicBool>::default());
        let (counting, losing) = (Arc::clone(&count), Arc::clone(&lost));
        let note = move |event: notify::Result<Event>| {
            let event = event.unwrap();
            losing.fetch_or(event.need_rescan(), Ordering::Relaxed);
            let counts = match event.kind {
                EventKind::Access(kind) => kind == AccessKind::Close(AccessMode::Write),
                // Both halves of a rename were told of before.
                EventKind::Modify(ModifyKind::Name(RenameMode::Both)) => false,
                _ => true,
            };
            counting.fetch_add(u64::from(counts), Ordering::Relaxed);
        };
        let mut watcher = notify::recommended_watcher(note).unwrap();
        watcher.watch(folder, RecursiveMode::Recursive).unwrap();
        Self {
            count,
            lost,
            _watcher: watcher,
        }
    }

    /// How many they were.
    pub(super) fn count(&self) -> u64 {
        assert!(!self.lost.load(Ordering::Relaxed), "events were lost");
        self.count.load(Ordering::Relaxed)
    }

    /// Counts from none on.
    pub(super) fn forget(&self) {
        self.count.store(0, Ordering::Relaxed);
    }
}

/// How many changes there may be at once so that no event is lost, however late
/// it is read: each change is four events, and there are those of reading.
pub(super) fn largest_burst() -> usize {
    let queue = fs::read_to_string("/proc/sys/fs/inotify/max_queued_events").unwrap();
    queue.trim().parse::<usize>().unwrap() / 8
}
