//! Files that somebody writes to while they are read.

use feedwright::watch::{events::Watcher, settle::Hint};
use std::{
    fs::{self, File},
    io::Write as _,
    iter,
    path::{Path, PathBuf},
};
use tempfile::TempDir;

fn is_written(watcher: &Watcher, name: &str) -> bool {
    let one = iter::once(PathBuf::from(name));
    !watcher.being_written(one).is_empty()
}

/// Without waiting: whoever asks is told of all that has happened until then.
#[test]
fn who_is_writing_a_file_is_known_as_soon_as_he_writes() {
    let folder = TempDir::new().unwrap();
    for name in ["a.md", "b.md"] {
        fs::write(folder.path().join(name), "Before.").unwrap();
    }
    let own = TempDir::new().unwrap();
    let watcher = Watcher::new(folder.path(), own.path(), || {}).unwrap();
    for _ in 0..50 {
        assert!(!is_written(&watcher, "a.md"));
        let mut file = File::create(folder.path().join("a.md")).unwrap();
        file.write_all(b"Half.").unwrap();
        assert!(is_written(&watcher, "a.md") && !is_written(&watcher, "b.md"));
        // Whoever read it meanwhile may have half of it.
        drop(file);
        assert!(is_written(&watcher, "a.md") && !is_written(&watcher, "b.md"));
        let marks = watcher.take();
        assert_eq!(marks.files.get(Path::new("a.md")), Some(&Hint::Complete));
    }
}
