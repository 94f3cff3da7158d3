//! Which files are ready, which are left alone.

use feedwright::watch::{
    is_left_alone, is_left_alone_below, scan,
    settle::{DOUBT, Due, GRACE, GROWTH, Hint, LISTED, SECOND_LOOK, Settler},
};
use std::{
    fs,
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

fn files(due: Due) -> Vec<String> {
    let name = |(path, _): (PathBuf, Hint)| path.to_str().unwrap().to_owned();
    due.files.into_iter().map(name).collect()
}

/// A settler that was told these hints about "a" at these milliseconds, and
/// whether "a" is due at `asked`.
#[track_caller]
fn check(hints: &[(u64, Hint)], asked: u64, expected: bool) {
    let start = Instant::now();
    let at = |ms| start + Duration::from_millis(ms);
    let mut settler = Settler::default();
    for (ms, hint) in hints {
        settler.note("a".into(), *hint, at(*ms));
    }
    assert_eq!(
        files(settler.take_due(at(asked))) == ["a"],
        expected,
        "{hints:?} at {asked}"
    );
}

#[test]
fn a_closed_file_is_due_at_once() {
    check(&[(0, Hint::Growing), (9, Hint::Complete)], 9, true);
}

#[test]
fn a_file_that_is_being_written_waits_for_its_close() {
    check(&[(0, Hint::Seen), (1, Hint::Growing)], 5_000, false);
    check(&[(0, Hint::Complete), (1, Hint::Growing)], 5_000, false);
}

#[test]
fn a_writer_that_never_closes_is_looked_at_in_the_end() {
    let growth = u64::try_from(GROWTH.as_millis()).unwrap();
    check(&[(0, Hint::Growing)], growth, true);
}

#[test]
fn a_close_that_was_lost_is_not_waited_for() {
    let start = Instant::now();
    let mut settler = Settler::default();
    settler.note("a".into(), Hint::Growing, start);
    settler.note_loss(start);
    assert!(settler.take_due(start).is_empty());
    assert_eq!(files(settler.take_due(start + DOUBT)), ["a"]);
    // A further sign of the writer, and the close is certain to come again.
    settler.note("a".into(), Hint::Growing, start);
    settler.note_loss(start);
    settler.note("a".into(), Hint::Growing, start);
    assert!(settler.take_due(start + DOUBT).is_empty());
}

#[test]
fn a_listing_does_not_cut_the_wait_for_a_close_short() {
    check(&[(0, Hint::Growing), (10, Hint::Seen)], 5_000, false);
}

#[test]
fn a_vanished_file_gets_its_grace() {
    let grace = u64::try_from(GRACE.as_millis()).unwrap();
    check(&[(0, Hint::Vanished)], grace - 1, false);
    check(&[(0, Hint::Vanished)], grace, true);
}

#[test]
fn a_save_by_rename_is_due_once() {
    let start = Instant::now();
    let mut settler = Settler::default();
    settler.note("a".into(), Hint::Vanished, start);
    settler.note("a".into(), Hint::Complete, start + Duration::from_millis(2));
    assert_eq!(
        files(settler.take_due(start + Duration::from_millis(2))),
        ["a"]
    );
    assert_eq!(settler.next_due(), None);
}

#[test]
fn a_new_folder_is_listed_twice_and_an_inner_one_with_it() {
    let start = Instant::now();
    let mut settler = Settler::default();
    settler.note_folder("d/inner".into(), start);
    settler.note_folder("d".into(), start);
    assert_eq!(settler.take_due(start).folders, [""; 0].map(PathBuf::from));
    assert_eq!(
        settler.take_due(start + GRACE).folders,
        [PathBuf::from("d")]
    );
    assert_eq!(
        settler.take_due(start + SECOND_LOOK).folders,
        [PathBuf::from("d")]
    );
    assert_eq!(settler.next_due(), None);
}

#[test]
fn hidden_and_unfinished_files_are_left_alone() {
    for name in [
        ".a.md.swp",
        "a.md~",
        "a.part",
        "a.md.crdownload",
        "a.TMP",
        ".DS_Store",
        "#a.md#",
        "4913",
        ".goutputstream-X1Y2",
        "a.md.filepart",
        "a.bak",
        "a.md.orig",
    ] {
        assert!(is_left_alone(Path::new(name)), "{name}");
    }
    for name in [
        "a.md", "a", "4913.txt", "tmp", "part.txt", "~a.md", "a.b.txt", "-a.md",
    ] {
        assert!(!is_left_alone(Path::new(name)), "{name}");
    }
    assert!(is_left_alone_below(Path::new("d/.git/a.md")));
    assert!(!is_left_alone_below(Path::new("d/e/a.md")));
}

#[test]
fn a_listing_holds_regular_files_only() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    let outside = tempfile::tempdir().unwrap();
    fs::write(outside.path().join("secret.txt"), "secret").unwrap();
    fs::create_dir_all(root.join("d/.hidden")).unwrap();
    for name in [
        "b.txt",
        "d/a.txt",
        "d/.hidden/x.txt",
        ".y.txt",
        "z.txt.part",
    ] {
        fs::write(root.join(name), name).unwrap();
    }
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink(outside.path(), root.join("link")).unwrap();
        std::os::unix::fs::symlink("../b.txt", root.join("d/link.txt")).unwrap();
        std::os::unix::fs::symlink(".", root.join("d/loop")).unwrap();
        rustix::fs::mkfifoat(rustix::fs::CWD, root.join("pipe.txt"), 0o600.into()).unwrap();
    }
    let listing = scan::list(root, Path::new(""), &|_| {});
    let names: Vec<_> = listing
        .files
        .iter()
        .map(|(path, _)| path.to_str().unwrap())
        .collect();
    assert_eq!(names, ["b.txt", "d/a.txt"]);
    assert!(listing.faults.is_empty());
    let below = scan::list(root, Path::new("d"), &|_| {});
    assert_eq!(below.files.len(), 1);
    for (path, there) in [
        ("b.txt", true),
        ("d/a.txt", true),
        ("d", false),
        ("none", false),
        ("b.txt/x", false),
        ("link/secret.txt", !cfg!(unix)),
        ("d/link.txt", false),
        ("pipe.txt", false),
    ] {
        assert_eq!(
            matches!(
                scan::look(root, Path::new(path)).unwrap(),
                scan::There::File { .. }
            ),
            there,
            "{path}"
        );
    }
    #[cfg(unix)]
    {
        assert!(scan::open(&root.join("pipe.txt")).is_err());
        assert!(scan::open(&root.join("d/link.txt")).is_err());
    }
}

#[test]
fn a_replaced_folder_is_another_one() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().join("watch");
    assert_eq!(scan::identity(&root), None);
    fs::create_dir(&root).unwrap();
    let first = scan::identity(&root);
    fs::rename(&root, folder.path().join("old")).unwrap();
    fs::create_dir(&root).unwrap();
    assert_ne!(scan::identity(&root), first);
}

#[test]
fn what_vanished_is_looked_at_with_what_a_listing_found() {
    let start = Instant::now();
    let at = |milliseconds| start + Duration::from_millis(milliseconds);
    let mut settler = Settler::default();
    settler.note("new/b.md".into(), Hint::Listed, at(0));
    settler.note("a.md".into(), Hint::Vanished, at(50));
    // Renamed into place meanwhile, it may be what vanished.
    settler.note("c.md".into(), Hint::Complete, at(60));
    assert_eq!(settler.take_due(at(300)), Due::default());
    assert_eq!(files(settler.take_due(at(500))).len(), 3);
}

/// What is due at the last of these milliseconds, and that nothing is at those
/// before.
#[track_caller]
fn together(hints: &[(u64, &str, Hint)], asked: &[u64], expected: &[&str]) {
    let start = Instant::now();
    let at = |milliseconds| start + Duration::from_millis(milliseconds);
    let mut settler = Settler::default();
    for (milliseconds, path, hint) in hints {
        settler.note(path.into(), *hint, at(*milliseconds));
    }
    let (last, before) = asked.split_last().unwrap();
    for milliseconds in before {
        assert_eq!(settler.take_due(at(*milliseconds)), Due::default());
    }
    assert_eq!(settler.next_due(), Some(at(*last)));
    assert_eq!(files(settler.take_due(at(*last))), expected);
}

#[test]
fn what_takes_the_name_of_a_renamed_file_is_looked_at_with_it() {
    use Hint::{Complete, Growing, Vanished};
    let hints = [
        (0, "a.md", Vanished),
        (1, "b.md", Complete),
        (2, "a.md", Growing),
        (3, "a.md", Complete),
    ];
    together(&hints, &[3, 80, 100], &["a.md", "b.md"]);
    // The same when it is heard of before the other half of the rename.
    let hints = [
        (0, "a.md", Vanished),
        (1, "a.md", Complete),
        (1, "b.md", Complete),
    ];
    together(&hints, &[1, 80, 100], &["a.md", "b.md"]);
}

#[test]
fn what_was_moved_and_saved_by_rename_is_looked_at_with_what_vanished() {
    use Hint::{Complete, Vanished};
    let hints = [
        (0, "a.md", Vanished),
        (1, "d/b.md", Complete),
        (30, "d/b.md", Vanished),
        (31, "d/b.md", Complete),
    ];
    together(&hints, &[31, 80, 100], &["a.md", "d/b.md"]);
}

#[test]
fn what_takes_the_name_of_a_renamed_file_waits_for_new_folders() {
    for renamed in ["d/a.md", "d"] {
        let start = Instant::now();
        let at = |milliseconds| start + Duration::from_millis(milliseconds);
        let mut settler = Settler::default();
        settler.note_folder("new".into(), at(0));
        // Others do not.
        settler.note("c.md".into(), Hint::Complete, at(0));
        assert_eq!(files(settler.take_due(at(0))), ["c.md"]);
        settler.note(renamed.into(), Hint::Vanished, at(1));
        settler.note("d/a.md".into(), Hint::Complete, at(2));
        assert_eq!(settler.take_due(at(60)), Due::default());
        let due = settler.take_due(at(100));
        assert_eq!(due.folders, [PathBuf::from("new")]);
        assert!(files(due).contains(&"d/a.md".to_owned()));
        // The second look is for what is lost otherwise.
        settler.note("d/a.md".into(), Hint::Vanished, at(102));
        settler.note("d/a.md".into(), Hint::Complete, at(103));
        assert_eq!(files(settler.take_due(at(103))), ["d/a.md"]);
    }
}

#[test]
fn what_arrives_waits_as_long_as_what_vanished_does() {
    use Hint::{Complete, Listed, Vanished};
    let hints = [
        (0, "new/c.md", Listed),
        (10, "a.md", Vanished),
        (20, "b.md", Complete),
        // Saved once more, and heard of for the first time, while that waits.
        (300, "b.md", Complete),
        (310, "d.md", Complete),
    ];
    together(
        &hints,
        &[310, 400, 500],
        &["a.md", "b.md", "d.md", "new/c.md"],
    );
}

#[test]
fn what_was_heard_since_a_look_counts_more_than_the_look() {
    let start = Instant::now();
    let mut settler = Settler::default();
    settler.note("a.md".into(), Hint::Growing, start);
    settler.note_again("a.md".into(), Hint::Vanished, start);
    settler.note_again("b.md".into(), Hint::Vanished, start);
    let due = settler.take_due(start + LISTED);
    assert_eq!(due.pending.files, [("a.md".into(), Hint::Growing)].into());
    assert_eq!(files(due), ["b.md"]);
}

#[test]
fn what_was_put_off_is_looked_at_with_what_is_missing() {
    use Hint::{Complete, Vanished};
    for (hint, at) in [(Vanished, 110), (Hint::Removed, 110), (Complete, 500)] {
        let start = Instant::now();
        let mut settler = Settler::default();
        settler.note_again("a.md".into(), Vanished, start);
        settler.note_again("b.md".into(), Complete, start);
        settler.note("c.md".into(), hint, start + Duration::from_millis(10));
        settler.note("d.md".into(), Complete, start + Duration::from_millis(20));
        let due = settler.take_due(start + Duration::from_millis(at));
        assert_eq!(files(due), ["a.md", "b.md", "c.md", "d.md"]);
    }
}

#[test]
fn what_is_back_waits_as_long_as_what_arrives() {
    use Hint::{Complete, Listed, Vanished};
    let hints = [
        (0, "a.md", Vanished),
        (1, "b.md", Complete),
        (2, "a.md", Complete),
        (5, "c.md", Vanished),
        (550, "new/d.md", Listed),
    ];
    // Not before what has its former name, though that waits for a second.
    together(
        &hints,
        &[2, 550, 1030, 1050],
        &["a.md", "b.md", "c.md", "new/d.md"],
    );
}

#[test]
fn what_came_with_a_folder_and_is_saved_is_looked_at_with_what_vanished() {
    use Hint::{Complete, Listed, Vanished};
    let hints = [
        (0, "e/c.md", Listed),
        (10, "d/a.md", Vanished),
        // Its first name in the new folder was never heard of.
        (20, "e/a.md", Vanished),
        (21, "e/a.md", Complete),
    ];
    together(&hints, &[21, 300, 500], &["d/a.md", "e/a.md", "e/c.md"]);
}

#[test]
fn what_took_a_name_and_was_removed_takes_nothing_with_it() {
    use Hint::{Complete, Listed, Removed, Vanished};
    let hints = [
        (0, "new/c.md", Listed),
        (10, "a.md", Vanished),
        (11, "b.md", Complete),
        (12, "a.md", Complete),
        (13, "a.md", Removed),
    ];
    together(&hints, &[13, 300, 500], &["a.md", "b.md", "new/c.md"]);
}

#[test]
fn what_arrives_waits_for_what_was_looked_for_in_vain() {
    use Hint::{Complete, Vanished};
    let start = Instant::now();
    let at = |milliseconds| start + Duration::from_millis(milliseconds);
    let mut settler = Settler::default();
    settler.note("a.md".into(), Vanished, at(0));
    assert_eq!(files(settler.take_due(at(100))), ["a.md"]);
    settler.note_again("a.md".into(), Vanished, at(105));
    settler.note("b.md".into(), Complete, at(110));
    assert_eq!(settler.take_due(at(580)), Due::default());
    assert_eq!(files(settler.take_due(at(605))), ["a.md", "b.md"]);
}
