use super::*;
use crate::{
    config::Config,
    file::Stamp,
    service::{
        contents::UNCERTAIN,
        plan::{Work, compare::Unsettled},
    },
    watch::settle::{Due, Hint},
};
use std::{fs, sync::atomic::AtomicBool, time::Duration};
use tempfile::TempDir;

const REPORT: &str = "Harbor opens\n\nThe harbor of Velmond opens on Monday, said its warden, \
                      Ilse Torvik.\n\nFishing boats come first.\n";

/// A worker that has taken in `old.txt` and `other.txt`, and the watch folder.
fn worker() -> (TempDir, Worker, PathBuf) {
    let folder = TempDir::new().unwrap();
    let mut config = Config::default();
    let watch = folder.path().join("watch");
    config.service.watch_folder.clone_from(&watch);
    config.service.feeds_folder = folder.path().join("feeds");
    config.service.state_folder = folder.path().join("state");
    let mut worker = Worker::open(config).unwrap();
    fs::write(watch.join("old.txt"), REPORT).unwrap();
    fs::write(watch.join("other.txt"), "Something else\n\nAltogether.\n").unwrap();
    // Read at once, they would have no certain time, and be read again.
    let made = SystemTime::now();
    while made.elapsed().is_ok_and(|age| age < 2 * COARSE) {
        thread::yield_now();
    }
    let report = worker.pass_over_all(&AtomicBool::new(false));
    assert!(report.fault.is_none(), "{:?}", report.fault);
    (folder, worker, watch)
}

fn plan(worker: &mut Worker, fresh: Fresh) -> Plan {
    let work = Work::All {
        fresh,
        growing: BTreeSet::new(),
        watcher: None,
    };
    let mut plan = worker.plan(&work).unwrap();
    plan.settle();
    plan
}

/// An article gets another name, and is saved as vim saves: of its file nothing
/// stays.
fn move_and_edit(watch: &Path) {
    let new = watch.join("new.txt");
    fs::rename(watch.join("old.txt"), &new).unwrap();
    fs::rename(&new, watch.join("new.txt~")).unwrap();
    fs::write(&new, REPORT.replace("Monday", "Friday")).unwrap();
    fs::remove_file(watch.join("new.txt~")).unwrap();
}

/// At whatever moment it happens, no listing may find the one without the other.
#[test]
fn what_is_moved_and_edited_between_listings_is_told_with_what_is_gone() {
    for wait in [0, 20, 50, 90, 130, 180, 250] {
        let (_folder, mut worker, watch) = worker();
        // Something is missing, so it is listed again.
        fs::remove_file(watch.join("other.txt")).unwrap();
        let editor = {
            let watch = watch.clone();
            thread::spawn(move || {
                thread::sleep(Duration::from_millis(wait));
                move_and_edit(&watch);
            })
        };
        let plan = plan(&mut worker, Fresh::Take);
        editor.join().unwrap();
        let is_read = plan.read.contains(&"new.txt".into());
        let is_gone = plan.gone.contains(&"old.txt".into());
        assert_eq!(is_read, is_gone, "after {wait} ms");
    }
}

/// A listing may come by the one folder before something is moved, and by the
/// other one after that.
#[test]
fn what_comes_while_it_is_listed_has_it_listed_again() {
    let (_folder, worker, watch) = worker();
    let since = SystemTime::now();
    let listed = |watch: &Path| list(watch, Path::new(""), None);
    assert!(!worker.is_any_new(&listed(&watch), since + Duration::from_mins(1)));
    fs::write(watch.join("new.txt"), REPORT.replace("Monday", "Friday")).unwrap();
    assert!(worker.is_any_new(&listed(&watch), since));
    assert!(!worker.is_any_new(&listed(&watch), since + Duration::from_mins(1)));
    // What was only renamed is recognized by itself.
    fs::remove_file(watch.join("new.txt")).unwrap();
    fs::rename(watch.join("old.txt"), watch.join("new.txt")).unwrap();
    assert!(!worker.is_any_new(&listed(&watch), since));
}

#[test]
fn while_polling_what_is_new_waits_for_what_is_missed_after_it() {
    let (_folder, mut worker, watch) = worker();
    // As a listing finds it that comes by the old place first.
    fs::write(watch.join("new.txt"), REPORT.replace("Monday", "Friday")).unwrap();
    let first = plan(&mut worker, Fresh::Compare);
    fs::remove_file(watch.join("old.txt")).unwrap();
    let second = plan(&mut worker, Fresh::Compare);
    // What is missed later was seen together with it.
    fs::remove_file(watch.join("other.txt")).unwrap();
    let third = plan(&mut worker, Fresh::Compare);
    for early in [first, second] {
        assert_eq!((early.read, early.gone), (vec![], vec![]));
    }
    assert_eq!(third.read, [Path::new("new.txt")]);
    assert_eq!(third.gone, [Path::new("old.txt")]);
    assert_eq!(worker.unsettled.len(), 2, "{:?}", worker.unsettled);
    let other = worker.unsettled.get(Path::new("other.txt"));
    assert_eq!(other, Some(&Unsettled::Missing));
}

/// What is gone may wait for something that the listing before has found, and
/// not settled yet.
#[test]
fn while_polling_what_is_gone_waits_for_what_was_just_found() {
    let (_folder, mut worker, watch) = worker();
    fs::remove_file(watch.join("old.txt")).unwrap();
    plan(&mut worker, Fresh::Compare);
    fs::write(watch.join("new.txt"), REPORT.replace("Monday", "Friday")).unwrap();
    let early = plan(&mut worker, Fresh::Compare);
    assert_eq!((early.read, early.gone), (vec![], vec![]));
    // Also when it is looked at before the next listing.
    let due = Due {
        files: vec![("old.txt".into(), Hint::Vanished)],
        ..Due::default()
    };
    let watcher = None;
    let between = worker.plan(&Work::Some { due, watcher }).unwrap();
    assert_eq!((between.read, between.gone), (vec![], vec![]));
    let last = plan(&mut worker, Fresh::Compare);
    assert_eq!(last.read, [Path::new("new.txt")]);
    assert_eq!(last.gone, [Path::new("old.txt")]);
}

#[test]
fn what_is_waited_for_while_polling_ends() {
    let (_folder, mut worker, watch) = worker();
    fs::remove_file(watch.join("old.txt")).unwrap();
    let mut compared = |fresh| {
        let work = Work::All {
            fresh,
            growing: BTreeSet::new(),
            watcher: None,
        };
        let report = worker.pass(&work, &AtomicBool::new(false));
        assert!(report.fault.is_none(), "{:?}", report.fault);
        report.compared
    };
    assert_eq!(compared(Fresh::Compare), [Path::new("old.txt")]);
    // Now it is gone.
    assert_eq!(compared(Fresh::Compare), [] as [PathBuf; 0]);
    fs::write(watch.join("new.txt"), REPORT).unwrap();
    assert_eq!(compared(Fresh::Compare), [Path::new("new.txt")]);
    // Nobody compares any more.
    assert_eq!(compared(Fresh::Settle), [] as [PathBuf; 0]);
}

/// A new file may have the number and size of one that was deleted a moment ago,
/// and that was read as soon as it was written.
#[test]
fn what_was_made_later_than_a_file_was_changed_is_not_that_file_renamed() {
    let (_folder, mut worker, watch) = worker();
    fs::write(watch.join("new.txt"), REPORT).unwrap();
    let metadata = fs::metadata(watch.join("new.txt")).unwrap();
    let Ok(born) = metadata.created().map(scan::nanoseconds) else {
        // This file system does not keep it.
        return;
    };
    let stamp = scan::stamp(&metadata);
    for (changed, is_it) in [(born - 1, false), (born, true)] {
        let modified = UNCERTAIN;
        let known = Stamp {
            modified,
            changed,
            ..stamp
        };
        worker.known.insert("old.txt".into(), known);
        assert_eq!(worker.is_renamed(Path::new("new.txt"), &stamp), is_it);
    }
}
