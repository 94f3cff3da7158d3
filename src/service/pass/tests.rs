//! What became of files is told, or waits, as the others allow.

use super::*;
use crate::{
    catalogue::Refusal,
    config::Config,
    file::Stamp,
    service::{intake::Failed, serving::Serving},
};
use std::{fs, slice, sync::atomic::AtomicBool, time::Duration};
use tempfile::TempDir;

fn worker(folder: &TempDir) -> Worker {
    let mut config = Config::default();
    config.service.watch_folder = folder.path().join("watch");
    config.service.feeds_folder = folder.path().join("feeds");
    config.service.state_folder = folder.path().join("state");
    Worker::open(config).unwrap()
}

/// Notes what was taken in, when `new.md` was called `old.md` before.
/// Gives the paths of which the catalogue
/// is told, in order, and the report.
fn note(taken: Vec<Taken>) -> (Vec<PathBuf>, Report, Worker) {
    let folder = TempDir::new().unwrap();
    let mut worker = worker(&folder);
    let begun = worker.pass_over_all(&AtomicBool::new(false));
    assert!(begun.fault.is_none(), "{:?}", begun.fault);
    let mut report = Report::default();
    let moved: BTreeMap<_, _> = [("new.md".into(), vec!["old.md".into()])].into();
    let mut pass = Pass {
        worker: &mut worker,
        watcher: None,
        former: ["old.md".into()].into(),
        moved,
        report: &mut report,
        records: Vec::new(),
        at: now(),
        quiet: true,
        refresh: false,
    };
    pass.note(taken);
    let records = pass.records.iter();
    let told = records.map(|record| match record {
        Record::Gone { path } => Path::new("gone").join(path),
        record => record.path().to_owned(),
    });
    (told.collect(), report, worker)
}

fn told(path: &str) -> Taken {
    let stamp = Stamp {
        size: 1,
        modified: 2,
        changed: 3,
        inode: 4,
    };
    Taken::Told {
        records: vec![Record::Refused {
            path: path.into(),
            stamp,
            kind: Refusal::Draft,
            reason: "it is a draft".to_owned(),
        }],
        again: None,
    }
}

fn failed(path: &str) -> Taken {
    Taken::Failed(Failed {
        path: path.into(),
        text: "cannot read it".to_owned(),
    })
}

#[test]
fn what_was_moved_has_left_its_place_before_that_is_taken() {
    let (told, report, _) = note(vec![told("new.md"), told("old.md")]);
    assert_eq!(told, ["gone/old.md", "new.md", "old.md"].map(PathBuf::from));
    assert!(report.unsettled.is_empty() && report.waiting.is_empty());
}

#[test]
fn what_took_the_name_of_a_file_that_is_being_written_waits_for_that() {
    let taken = vec![Taken::Unsettled("new.md".into()), told("old.md"), told("b")];
    let (told, report, _) = note(taken);
    assert_eq!(told, [Path::new("b")]);
    assert_eq!(report.unsettled, ["new.md", "old.md"].map(PathBuf::from));
    let waiting = ("old.md".into(), Hint::Vanished);
    assert_eq!(report.waiting, slice::from_ref(&waiting));
}

#[test]
fn what_took_the_name_of_a_file_that_cannot_be_read_is_read_again_with_it() {
    let (told, report, worker) = note(vec![failed("new.md"), told("old.md"), told("b")]);
    assert_eq!(told, [Path::new("b")]);
    assert!(report.unsettled.is_empty(), "{:?}", report.unsettled);
    let unread: Vec<&Path> = worker.unread.paths().collect();
    assert_eq!(unread, ["new.md", "old.md"].map(Path::new));
    assert_eq!(report.failed.len(), 1, "{:?}", report.failed);
    assert_eq!(
        worker.unread.before(Path::new("new.md")),
        ["old.md"].map(Path::new)
    );
}

#[test]
fn documents_wait_while_ever_more_comes() {
    let folder = TempDir::new().unwrap();
    let mut worker = worker(&folder);
    fs::write(folder.path().join("watch/a.md"), "# A ferry\n\nIt sails.\n").unwrap();
    worker.refresh = Duration::ZERO;
    worker.hurry.store(true, Ordering::Relaxed);
    let work = Work::All {
        fresh: Fresh::Take,
        growing: BTreeSet::new(),
        watcher: None,
    };
    let stop = AtomicBool::new(false);
    let page = folder.path().join("feeds/entries/a-ferry.html");
    let report = worker.pass(&work, &stop);
    assert!(report.fault.is_none() && report.later == Some(Later::AfterMore));
    let feed = fs::read_to_string(folder.path().join("feeds/rss.xml")).unwrap();
    assert!(feed.contains("A ferry") && !page.exists());
    worker.hurry.store(false, Ordering::Relaxed);
    let report = worker.pass(&Work::Answer, &stop);
    assert!(report.fault.is_none() && report.later.is_none());
    assert!(page.exists());
    assert_eq!(worker.catalogue.due(1).unwrap(), []);
}

#[test]
fn who_asked_for_all_gets_all() {
    let folder = TempDir::new().unwrap();
    let mut worker = worker(&folder);
    fs::write(folder.path().join("watch/a.md"), "# A ferry\n\nIt sails.\n").unwrap();
    worker.refresh = Duration::ZERO;
    worker.hurry.store(true, Ordering::Relaxed);
    let report = worker.pass_over_all(&AtomicBool::new(false));
    assert!(report.fault.is_none() && report.later.is_none());
    assert_eq!(worker.catalogue.due(1).unwrap(), []);
}

#[test]
fn subscribers_to_everything_see_a_long_pass_go_on() {
    let folder = TempDir::new().unwrap();
    let mut worker = worker(&folder);
    for number in 0..=BATCH {
        let text = format!("# Ferry {number}\n\nIt sails.\n");
        fs::write(folder.path().join(format!("watch/{number:03}.md")), text).unwrap();
    }
    // Not since the pass began, but since they last did.
    worker.refresh = Duration::from_mins(1);
    worker.shown = Instant::now().checked_sub(worker.refresh).unwrap();
    let began = worker.shown;
    let paths = (0..=BATCH).map(|number| folder.path().join(format!("watch/{number:03}.md")));
    let mut report = Report::default();
    let mut pass = Pass {
        worker: &mut worker,
        watcher: None,
        former: BTreeSet::new(),
        moved: BTreeMap::new(),
        report: &mut report,
        records: Vec::new(),
        at: now(),
        quiet: true,
        refresh: true,
    };
    assert!(
        pass.take_in(paths.collect(), &AtomicBool::new(false))
            .unwrap()
    );
    assert!(worker.shown > began);
    let feed = fs::read_to_string(folder.path().join("feeds/rss.xml")).unwrap();
    assert!(feed.contains("Ferry 511") && !feed.contains("Ferry 512"));
    assert!(!folder.path().join("feeds/entries/ferry-1.html").exists());
}

#[test]
fn the_server_is_not_taken_for_a_program_in_the_way() {
    let folder = TempDir::new().unwrap();
    let mut worker = worker(&folder);
    worker.config.serve.listen.clear();
    let serving = Serving::start(&mut worker);
    let begun = worker.pass_over_all(&AtomicBool::new(false));
    assert!(begun.fault.is_none(), "{:?}", begun.fault);
    // It shows what there was, and the pass writes much.
    worker.hold_site();
    worker
        .catalogue
        .set_meta("long", &"x".repeat(64 << 20))
        .unwrap();
    assert!(worker.catalogue.tidy().is_some());
    let done = worker.pass_over_all(&AtomicBool::new(false));
    assert!(done.fault.is_none(), "{:?}", done.fault);
    assert_eq!(worker.untidy, None);
    drop(serving);
}
