use super::*;
use std::{
    cell::Cell,
    fs,
    io::Write as _,
    path::{Path, PathBuf},
};
use tempfile::TempDir;

/// A file with some text, which was made a while ago.
fn file() -> (TempDir, PathBuf) {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("a.md");
    fs::write(&path, "Before.").unwrap();
    let made = fs::metadata(&path).unwrap().modified().unwrap();
    while made.elapsed().is_ok_and(|age| age < 2 * COARSE) {
        thread::yield_now();
    }
    (folder, path)
}

/// Reads the file, with something done to it at each time that it was opened.
fn read(path: &Path, meanwhile: impl Fn(usize)) -> (Contents, usize) {
    let times = Cell::new(0);
    let read = contents(
        || {
            let opened = scan::open(path)?;
            times.set(times.get() + 1);
            meanwhile(times.get());
            Ok(opened)
        },
        100,
    );
    (read.unwrap(), times.get())
}

#[test]
fn a_file_that_rests_is_read_once() {
    let (_folder, path) = file();
    let (read, times) = read(&path, |_| {});
    assert!(matches!(read, Contents::Whole(bytes, _) if bytes == b"Before."));
    assert_eq!(times, 1);
}

#[test]
fn a_file_that_changes_once_it_is_open_is_not_taken() {
    for text in ["Behind.", "Longer than before."] {
        let (_folder, path) = file();
        let (read, _) = read(&path, |_| {
            let mut file = fs::File::options().write(true).open(&path).unwrap();
            file.write_all(text.as_bytes()).unwrap();
        });
        assert!(matches!(read, Contents::Changing), "{text}");
    }
}

/// A second change within the same tick of the file system's clock would not
/// show in its times.
#[test]
fn a_file_that_was_written_over_this_moment_is_opened_again_when_a_change_would_show() {
    let (_folder, path) = file();
    loop {
        fs::write(&path, "Halfway.").unwrap();
        let written = fs::metadata(&path).unwrap().modified().unwrap();
        let (read, times) = read(&path, |_| {});
        // On a busy machine it is not this moment any more.
        if times == 1 && written.elapsed().is_ok_and(|age| age >= COARSE) {
            continue;
        }
        let Contents::Whole(bytes, stamp) = read else {
            panic!("it rests");
        };
        assert_eq!((&bytes[..], times), (&b"Halfway."[..], 2));
        assert_ne!(stamp.modified, UNCERTAIN);
        break;
    }
}
