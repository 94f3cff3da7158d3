use super::*;
use crate::{config::Config, service::plan::Work};
use std::{fs, sync::atomic::AtomicBool, time::Instant};
use tempfile::TempDir;

const REPORT: &str = "Harbor opens\n\nThe harbor of Velmond opens on Monday, said its warden, \
                      Ilse Torvik.\n\nFishing boats come first.\n";

/// A worker that has taken in `old.txt`, and the watch folder.
fn worker() -> (TempDir, Worker, PathBuf) {
    let folder = TempDir::new().unwrap();
    let mut config = Config::default();
    let watch = folder.path().join("watch");
    config.service.watch_folder.clone_from(&watch);
    config.service.feeds_folder = folder.path().join("feeds");
    config.service.state_folder = folder.path().join("state");
    let mut worker = Worker::open(config).unwrap();
    fs::write(watch.join("old.txt"), REPORT).unwrap();
    let report = worker.pass_over_all(&AtomicBool::new(false));
    assert!(report.fault.is_none(), "{:?}", report.fault);
    (folder, worker, watch)
}

/// What is planned when this file is due and these are not.
fn plan(worker: &mut Worker, due: &str, pending: Pending) -> Plan {
    let due = Due {
        files: vec![(due.into(), Hint::Complete)],
        pending,
        ..Due::default()
    };
    let watcher = None;
    let mut plan = worker.plan(&Work::Some { due, watcher }).unwrap();
    plan.read.sort();
    plan
}

fn told(path: &str, hint: Hint) -> Pending {
    Pending {
        files: [(path.into(), hint)].into(),
        ..Pending::default()
    }
}

fn folder(path: &str) -> Pending {
    Pending {
        folders: [path.into()].into(),
        ..Pending::default()
    }
}

#[test]
fn what_was_moved_is_read_with_what_took_its_name() {
    for (to, pending) in [
        ("new.txt", told("new.txt", Hint::Complete)),
        ("new.txt", told("new.txt", Hint::Listed)),
        ("folder/new.txt", folder("folder")),
    ] {
        let (_folder, mut worker, watch) = worker();
        fs::create_dir(watch.join("folder")).unwrap();
        fs::rename(watch.join("old.txt"), watch.join(to)).unwrap();
        fs::write(watch.join("old.txt"), "Something else\n\nAltogether.\n").unwrap();
        let plan = plan(&mut worker, "old.txt", pending);
        assert_eq!(plan.read, [Path::new(to), Path::new("old.txt")]);
        assert_eq!(plan.moved[Path::new(to)], [Path::new("old.txt")]);
    }
}

#[test]
fn another_name_of_what_is_gone_is_read_with_it() {
    let (_folder, mut worker, watch) = worker();
    fs::hard_link(watch.join("old.txt"), watch.join("other.txt")).unwrap();
    fs::remove_file(watch.join("old.txt")).unwrap();
    let due = Due {
        files: vec![("old.txt".into(), Hint::Removed)],
        pending: told("other.txt", Hint::Complete),
        ..Due::default()
    };
    let watcher = None;
    let plan = worker.plan(&Work::Some { due, watcher }).unwrap();
    assert_eq!(plan.gone, [Path::new("old.txt")]);
    assert_eq!(plan.read, [Path::new("other.txt")]);
}

#[test]
fn what_took_the_name_of_a_file_that_cannot_be_read_is_read_with_it() {
    let (_folder, mut worker, watch) = worker();
    fs::rename(watch.join("old.txt"), watch.join("new.txt")).unwrap();
    fs::write(watch.join("old.txt"), "Something else\n\nAltogether.\n").unwrap();
    let unread = ("new.txt".into(), Some(vec!["old.txt".into()]));
    worker.unread.note(unread.0, unread.1, Instant::now());
    let plan = plan(&mut worker, "old.txt", Pending::default());
    assert_eq!(plan.read, [Path::new("new.txt"), Path::new("old.txt")]);
}

#[test]
fn what_was_only_replaced_is_read_alone() {
    let (_folder, mut worker, watch) = worker();
    fs::write(watch.join("other.txt"), "Something else\n\nAltogether.\n").unwrap();
    fs::write(watch.join(".draft"), "Harbor opens\n\nAt last.\n").unwrap();
    fs::rename(watch.join(".draft"), watch.join("old.txt")).unwrap();
    let plan = plan(&mut worker, "old.txt", told("other.txt", Hint::Listed));
    assert_eq!(plan.read, [Path::new("old.txt")]);
}

#[test]
fn a_new_file_waits_for_what_vanished_before_it() {
    for (from, pending) in [
        ("old.txt", told("old.txt", Hint::Vanished)),
        ("old.txt", told("old.txt", Hint::Removed)),
        ("old.txt", folder("old.txt")),
    ] {
        let (_folder, mut worker, watch) = worker();
        fs::write(watch.join("new.txt"), REPORT.replace("Monday", "Friday")).unwrap();
        fs::remove_file(watch.join(from)).unwrap();
        let mut put_off = plan(&mut worker, "new.txt", pending);
        assert_eq!(put_off.read, [] as [PathBuf; 0]);
        assert_eq!(put_off.settle(), [("new.txt".into(), Hint::Complete)]);
        // Once that is due as well, both are told.
        let due = Due {
            files: vec![
                ("new.txt".into(), Hint::Complete),
                ("old.txt".into(), Hint::Vanished),
            ],
            ..Due::default()
        };
        let watcher = None;
        let plan = worker.plan(&Work::Some { due, watcher }).unwrap();
        assert_eq!(plan.read, [Path::new("new.txt")]);
        assert_eq!(plan.gone, [Path::new("old.txt")]);
    }
}

#[test]
fn a_new_file_does_not_wait_for_what_is_there() {
    let (_folder, mut worker, watch) = worker();
    fs::write(watch.join("new.txt"), "Something else\n\nAltogether.\n").unwrap();
    let plan = plan(&mut worker, "new.txt", told("old.txt", Hint::Vanished));
    assert_eq!(plan.read, [Path::new("new.txt")]);
}

#[test]
fn what_is_missing_waits_with_the_new_file_that_waits_for_another() {
    let (_folder, mut worker, watch) = worker();
    fs::write(watch.join("other.txt"), "Something else\n\nAltogether.\n").unwrap();
    worker.pass_over_all(&AtomicBool::new(false));
    // Moved, and saved anew by a program that writes another file for that.
    fs::write(watch.join("new.txt"), REPORT.replace("Monday", "Friday")).unwrap();
    fs::remove_file(watch.join("old.txt")).unwrap();
    fs::remove_file(watch.join("other.txt")).unwrap();
    let due = Due {
        files: vec![
            ("new.txt".into(), Hint::Complete),
            ("old.txt".into(), Hint::Vanished),
        ],
        pending: told("other.txt", Hint::Removed),
        ..Due::default()
    };
    let watcher = None;
    let mut plan = worker.plan(&Work::Some { due, watcher }).unwrap();
    assert_eq!(plan.read, [] as [PathBuf; 0]);
    assert_eq!(plan.gone, [] as [PathBuf; 0]);
    let waiting = [
        ("old.txt".into(), Hint::Vanished),
        ("new.txt".into(), Hint::Complete),
    ];
    assert_eq!(plan.settle(), waiting);
}

#[test]
fn what_has_lost_its_file_waits_for_what_is_told_of_and_not_known() {
    let (_folder, mut worker, watch) = worker();
    fs::write(watch.join("new.txt"), REPORT.replace("Monday", "Friday")).unwrap();
    let mut awaits = |path: &str, hint, is_open| {
        worker.is_open = is_open;
        plan(&mut worker, "no.txt", told(path, hint)).awaits
    };
    for hint in [Hint::Listed, Hint::Growing, Hint::Complete] {
        assert!(awaits("new.txt", hint, true));
        assert!(!awaits("new.txt", hint, false));
        assert!(!awaits("old.txt", hint, true));
    }
    assert!(!awaits("new.txt", Hint::Vanished, true));
}

#[test]
fn what_could_not_be_read_and_is_another_by_now_has_its_former_name() {
    let (_folder, mut worker, watch) = worker();
    fs::write(watch.join("new.txt"), REPORT.replace("Monday", "Friday")).unwrap();
    fs::remove_file(watch.join("old.txt")).unwrap();
    let before = Some(vec!["old.txt".into()]);
    worker.unread.note("new.txt".into(), before, Instant::now());
    let plan = plan(&mut worker, "new.txt", Pending::default());
    assert_eq!(plan.read, [Path::new("new.txt")]);
    assert_eq!(plan.gone, [Path::new("old.txt")]);
}
