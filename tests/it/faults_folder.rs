//! What the watch folder can do to the daemon: every fault of it that needs no
//! rights of the system's owner.

use crate::{
    daemon::{not_shown, shown},
    program::{Daemon, Place, article, wait_for},
};
use feedwright::{
    catalogue::{Record, store::Catalogue},
    watch::scan::{self, There},
};
use std::{
    collections::BTreeSet,
    fs::{self, File},
    io::Write as _,
    os::unix::{
        ffi::OsStrExt as _,
        fs::{PermissionsExt as _, symlink},
        net::UnixListener,
    },
    path::Path,
    process::{Command, Stdio},
    sync::{
        atomic::{AtomicBool, Ordering},
        mpsc,
    },
    thread,
    time::{Duration, Instant, SystemTime},
};

/// Waits until the daemon has dealt with everything that was done before: a
/// removal is believed no sooner than any other sign that a file is gone.
#[track_caller]
fn settled(place: &Place) {
    place.write("watch/marker.md", &article("Marker", "lighthouse"));
    shown(place, "Marker");
    fs::remove_file(place.path("watch/marker.md")).unwrap();
    not_shown(place, "Marker");
}

/// Does something while a subscriber looks all the while, who misses none of
/// the entries that are there before, and sees none twice.
#[track_caller]
fn while_read(place: &Place, act: impl FnOnce()) {
    let before: BTreeSet<_> = ids(place);
    let stop = AtomicBool::new(false);
    thread::scope(|scope| {
        let reader = scope.spawn(|| {
            while !stop.load(Ordering::Relaxed) {
                let now = ids(place);
                let missing: Vec<_> = before.difference(&now).collect();
                if !missing.is_empty() {
                    return Err(format!("{missing:?} vanished"));
                }
            }
            Ok(())
        });
        let acted = std::panic::catch_unwind(std::panic::AssertUnwindSafe(act));
        stop.store(true, Ordering::Relaxed);
        let read = reader.join().unwrap();
        assert_eq!(read, Ok(()), "{}", log(place));
        acted.unwrap();
    });
}

fn ids(place: &Place) -> BTreeSet<String> {
    place.items().into_iter().map(|item| item.id).collect()
}

fn log(place: &Place) -> String {
    fs::read_to_string(place.path("log")).unwrap()
}

fn set_rights(path: &Path, mode: u32) {
    fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
}

/// Writes a file as if long ago, so that a listing does not wait for its writer.
fn write_old(path: &Path, text: &str) {
    fs::write(path, text).unwrap();
    let file = File::options().write(true).open(path).unwrap();
    let then = SystemTime::now() - Duration::from_hours(1);
    file.set_modified(then).unwrap();
}

/// Numbers that look like chance and are the same in every run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 33).unwrap() % limit
    }
}

#[test]
fn other_rights_and_times_of_a_subfolder_are_no_reason_to_withdraw() {
    let place = Place::new();
    place.write("watch/d/a.md", &article("A", "harbor"));
    place.write("watch/d/e/b.md", &article("B", "market"));
    let _daemon = place.daemon(&[]);
    shown(&place, "A");
    shown(&place, "B");
    while_read(&place, || {
        set_rights(&place.path("watch/d"), 0o750);
        File::open(place.path("watch/d/e"))
            .unwrap()
            .set_modified(SystemTime::UNIX_EPOCH)
            .unwrap();
        settled(&place);
    });
}

#[test]
fn what_may_not_be_read_is_named_and_stops_nothing_else() {
    let place = Place::new();
    place.write("watch/closed/a.md", &article("A", "harbor"));
    place.write("watch/open/b.md", &article("B", "market"));
    place.write("watch/c.md", &article("C", "station"));
    let (closed, file) = (place.path("watch/closed"), place.path("watch/c.md"));
    set_rights(&closed, 0);
    set_rights(&file, 0);
    let Some(mut bounded) = place.bounded(&[]) else {
        return;
    };
    let daemon = place.start(&mut bounded);
    shown(&place, "B");
    wait_for("both names", || {
        daemon
            .log()
            .contains("cannot list closed: Permission denied")
            && daemon.log().contains("cannot take c.md: it cannot be read")
    });
    // Events work for all others.
    assert!(
        !daemon.log().contains("cannot be watched"),
        "{}",
        daemon.log()
    );
    // Granted later, it is noticed.
    set_rights(&file, 0o644);
    shown(&place, "C");
    set_rights(&closed, 0o755);
    shown(&place, "A");
    place.write("watch/closed/d.md", &article("D", "ferry"));
    shown(&place, "D");
    // Taken away again, nothing is withdrawn.
    while_read(&place, || {
        set_rights(&closed, 0);
        set_rights(&file, 0);
        settled(&place);
    });
    set_rights(&closed, 0o755);
}

#[test]
fn an_edit_through_one_of_two_names_is_an_edit_of_both() {
    let place = Place::new();
    place.write("watch/a.md", &article("A", "harbor"));
    place.write("watch/z.md", &article("Z", "market"));
    fs::hard_link(place.path("watch/a.md"), place.path("watch/b.md")).unwrap();
    let _daemon = place.daemon(&[]);
    let id = shown(&place, "A");
    for (name, title) in [("a.md", "Once"), ("b.md", "Twice")] {
        place.write(&format!("watch/{name}"), &article(title, "harbor"));
        assert_eq!(shown(&place, title), id);
        settled(&place);
        assert_eq!(place.items().len(), 2, "{}", log(&place));
    }
    // A further name, and the end of the first one.
    fs::hard_link(place.path("watch/b.md"), place.path("watch/c.md")).unwrap();
    while_read(&place, || {
        settled(&place);
        fs::remove_file(place.path("watch/a.md")).unwrap();
        settled(&place);
    });
    assert_eq!(shown(&place, "Twice"), id);
}

#[test]
fn an_edit_through_a_name_that_is_removed_at_once_is_one() {
    let place = Place::new();
    place.write("watch/a.md", &article("A", "harbor"));
    fs::hard_link(place.path("watch/a.md"), place.path("watch/b.md")).unwrap();
    let _daemon = place.daemon(&[]);
    let id = shown(&place, "A");
    wait_for("both", || log(&place).contains("same article at b.md"));
    place.write("watch/b.md", &article("Once", "harbor"));
    place.rename("watch/b.md", "gone.md");
    assert_eq!(shown(&place, "Once"), id);
    fs::hard_link(place.path("watch/a.md"), place.path("watch/c.md")).unwrap();
    wait_for("both", || log(&place).contains("same article at c.md"));
    place.write("watch/c.md", &article("Twice", "harbor"));
    fs::remove_file(place.path("watch/c.md")).unwrap();
    assert_eq!(shown(&place, "Twice"), id);
    settled(&place);
    assert_eq!(place.items().len(), 1);
}

#[test]
fn a_file_whose_name_is_given_on_takes_its_entry_along() {
    let place = Place::new();
    let text = |title: &str, end: &str| {
        let common = article(title, "harbor");
        format!("{common}\n{}\n", article("More", end).replace("---", ""))
    };
    place.write("watch/a.md", &text("A", "market"));
    place.write("watch/z.md", &article("Z", "station"));
    let _daemon = place.daemon(&[]);
    let id = shown(&place, "A");
    while_read(&place, || {
        for (step, (from, to)) in [("a.md", "b.md"), ("b.md", "new/c.md"), ("new/c.md", "0.md")]
            .into_iter()
            .enumerate()
        {
            fs::create_dir_all(place.path("watch/new")).unwrap();
            place.rename(&format!("watch/{from}"), &format!("watch/{to}"));
            // Half the words are the same, so it could be an edit.
            let title = format!("New {step}");
            place.write(
                &format!("watch/{from}"),
                &text(&title, &format!("ferry {step}")),
            );
            assert_ne!(shown(&place, &title), id);
            settled(&place);
            assert_eq!(shown(&place, "A"), id, "{}", log(&place));
        }
    });
    assert_eq!(place.items().len(), 5);
}

#[test]
fn a_name_that_is_given_on_time_and_again_takes_no_entry_along() {
    let place = Place::new();
    let build = |name: &str, title: &str, what: &str| {
        place.write(name, &article(title, what));
        let ended = place.run(&["build"]);
        assert_eq!(ended.code, Some(0), "{}", ended.err);
        place.item(title).unwrap().id
    };
    build("watch/a.md", "A", "harbor");
    let id = build("watch/a.md", "B", "market");
    place.rename("watch/a.md", "watch/z.md");
    assert_ne!(build("watch/a.md", "C", "station"), id);
    assert_eq!(place.item("B").unwrap().id, id);
}

#[test]
fn moves_all_over_the_place_are_seen_by_nobody() {
    moves("");
}

#[test]
fn moves_in_a_polled_folder_are_seen_by_nobody() {
    moves("[watch]\nmode = 'poll'\npoll-interval = '100ms'\n");
}

fn moves(config: &str) {
    const FILES: usize = 12;
    let place = Place::new();
    place.write("config.toml", config);
    for number in 0..FILES {
        place.write(
            &format!("watch/d{}/{number}.md", number % 3),
            &article(&format!("N{number}"), &format!("harbor {number}")),
        );
    }
    let _daemon = place.daemon(&[]);
    wait_for("all", || place.items().len() == FILES);
    let mut dice = Dice(88_172_645_463_325_252);
    let root = place.path("watch");
    let folders = || -> Vec<_> {
        let entries = fs::read_dir(&root).unwrap();
        entries.map(|entry| entry.unwrap().path()).collect()
    };
    while_read(&place, || {
        for step in 0..150 {
            let all = folders();
            let from = &all[dice.below(all.len())];
            if dice.below(5) == 0 {
                fs::rename(from, root.join(format!("e{step}"))).unwrap();
            } else if let Some(file) = fs::read_dir(from).unwrap().next() {
                let file = file.unwrap();
                let to = all[dice.below(all.len())].join(file.file_name());
                fs::rename(file.path(), to).unwrap();
            }
            // Faster than they are taken in, at times.
            thread::sleep(Duration::from_millis([0, 1, 5, 20][dice.below(4)]));
        }
        settled(&place);
    });
    // What a move out of the folder takes away is withdrawn, and back again
    // when it comes back.
    let before = ids(&place);
    let folder = folders()
        .into_iter()
        .find(|folder| fs::read_dir(folder).unwrap().next().is_some())
        .unwrap();
    fs::rename(&folder, place.path("outside")).unwrap();
    wait_for("the withdrawal", || place.items().len() < FILES);
    fs::rename(place.path("outside"), root.join("back")).unwrap();
    wait_for("the return", || ids(&place) == before);
}

/// An article `A` whose file the catalogue knows to be gone, while nobody has
/// said what became of it: the daemon was killed before.
fn with_an_article_that_lost_its_file() -> (Place, String) {
    let place = Place::new();
    place.write("watch/a.md", &article("A", "harbor"));
    place.write("watch/b.md", &article("B", "market"));
    let daemon = place.daemon(&[]);
    let id = shown(&place, "A");
    shown(&place, "B");
    drop(daemon);
    fs::remove_file(place.path("watch/a.md")).unwrap();
    let path = "a.md".into();
    let mut catalogue = Catalogue::open(&place.path(".feedwright")).unwrap();
    catalogue.apply(&[Record::Gone { path }]).unwrap();
    (place, id)
}

#[test]
fn what_lost_its_file_is_not_withdrawn_before_a_file_that_may_be_it_is_read() {
    let (place, id) = with_an_article_that_lost_its_file();
    // So young that a listing leaves it to its writer for a while.
    let text = article("Later", "harbor");
    place.write("watch/c.md", &format!("{text}\nMore comes in June.\n"));
    while_read(&place, || {
        let _daemon = place.daemon(&[]);
        assert_eq!(shown(&place, "Later"), id);
    });
    assert!(!log(&place).contains("withdrew"), "{}", log(&place));
}

#[test]
fn what_lost_its_file_waits_not_for_ever_for_one_that_is_being_written() {
    let (place, id) = with_an_article_that_lost_its_file();
    let mut file = File::create(place.path("watch/c.md")).unwrap();
    let _daemon = place.daemon(&[]);
    wait_for("the end of A", || {
        file.write_all(b"More. ").unwrap();
        !ids(&place).contains(&id)
    });
    assert!(place.item("B").is_some());
}

#[test]
fn links_pipes_sockets_and_devices_are_left_alone_unopened() {
    let place = Place::new();
    place.write("watch/a.md", &article("A", "harbor"));
    fs::create_dir(place.path("outside")).unwrap();
    write_old(
        &place.path("outside/secret.md"),
        &article("Secret", "vault"),
    );
    let pipe = |name: &str| {
        rustix::fs::mkfifoat(rustix::fs::CWD, place.path(name), 0o600.into()).unwrap();
    };
    pipe("watch/before.md");
    let daemon = place.daemon(&[]);
    shown(&place, "A");
    pipe("watch/pipe.md");
    // Opening the other end would let this go on.
    let held = place.path("watch/pipe.md");
    let writer = thread::spawn(move || File::options().write(true).open(held).map(drop));
    let _socket = UnixListener::bind(place.path("watch/socket.md")).unwrap();
    symlink("../outside/secret.md", place.path("watch/out.md")).unwrap();
    symlink("nowhere", place.path("watch/dangling.md")).unwrap();
    symlink(".", place.path("watch/loop")).unwrap();
    symlink("one.md", place.path("watch/two.md")).unwrap();
    symlink("two.md", place.path("watch/one.md")).unwrap();
    // A link to a folder that is renamed into place looks like one to events.
    symlink("outside", place.path("folder")).unwrap();
    place.rename("folder", "watch/folder");
    settled(&place);
    // Nor when the place of a file is taken.
    fs::remove_file(place.path("watch/a.md")).unwrap();
    pipe("watch/a.md");
    not_shown(&place, "A");
    settled(&place);
    assert_eq!(place.titles(), [""; 0], "{}", daemon.log());
    assert!(!writer.is_finished(), "the pipe was opened");
    let log = daemon.log();
    let mut warnings = log.lines().filter(|line| line.contains("WARN"));
    assert!(
        warnings.all(|line| line.contains("WARN left alone ")),
        "{log}"
    );
    drop(daemon);
    // Nor when they are there at the start.
    let _daemon = place.daemon(&[]);
    settled(&place);
    assert_eq!(place.titles(), [""; 0]);
    assert!(!writer.is_finished(), "the pipe was opened");
    drop(File::open(place.path("watch/pipe.md")).unwrap());
    writer.join().unwrap().unwrap();
}

#[test]
fn no_link_is_followed_on_the_way_to_a_file() {
    let place = Place::new();
    place.write("watch/d/a.md", "In the folder.");
    place.write("outside/a.md", "Outside.");
    let root = place.path("watch");
    assert!(scan::open_below(&root, Path::new("d/a.md")).is_ok());
    place.rename("watch/d", "watch/before");
    symlink(place.path("outside"), place.path("watch/d")).unwrap();
    assert!(scan::open_below(&root, Path::new("d/a.md")).is_err());
    let seen = scan::look(&root, Path::new("d/a.md")).unwrap();
    assert!(matches!(seen, There::LeftAlone(_)), "{seen:?}");
    let listing = scan::list(&root, Path::new("d"), &|_| {});
    assert!(listing.files.is_empty());
    assert_eq!(listing.left_alone.len(), 1);
}

#[test]
fn a_pipe_in_place_of_a_file_is_not_opened() {
    let place = Place::new();
    let pipe = place.path("watch/a.md");
    rustix::fs::mkfifoat(rustix::fs::CWD, &pipe, 0o600.into()).unwrap();
    let (sender, begins) = mpsc::channel();
    let writer = thread::spawn(move || {
        sender.send(()).unwrap();
        File::options().write(true).open(pipe).map(drop)
    });
    begins.recv().unwrap();
    // Somewhere in between the writer begins to wait for somebody who reads.
    for _ in 0..2_000 {
        assert!(scan::open_below(&place.path("watch"), Path::new("a.md")).is_err());
        assert!(scan::open(&place.path("watch/a.md")).is_err());
    }
    assert!(!writer.is_finished(), "the pipe was opened");
    drop(File::open(place.path("watch/a.md")).unwrap());
    writer.join().unwrap().unwrap();
}

#[test]
fn names_may_be_anything() {
    let place = Place::new();
    let names: [&[u8]; 8] = [
        b"new\nline.md",
        b"\x1b[31mred.md",
        b"\xff\xfe.md",
        b"-rf.md",
        b"  blank .md",
        b"it's \"quoted\".md",
        b"\xc3\x28/inside.md",
        b"Case.md",
    ];
    let long = [b'x'; 255];
    let at = |name: &[u8]| {
        place
            .path("watch")
            .join(Path::new(std::ffi::OsStr::from_bytes(name)))
    };
    let daemon = place.daemon(&[]);
    for (number, name) in names.iter().copied().chain([&long[..]]).enumerate() {
        fs::create_dir_all(at(name).parent().unwrap()).unwrap();
        let text = article(&format!("N{number}"), &format!("harbor {number}"));
        fs::write(at(name), text).unwrap();
    }
    wait_for("all", || place.items().len() == names.len() + 1);
    // Other names of every kind, another case among them.
    while_read(&place, || {
        fs::rename(at(b"Case.md"), at(b"case.md")).unwrap();
        fs::rename(at(b"\xff\xfe.md"), at(b"\xfe\xff\xff.md")).unwrap();
        fs::rename(at(b"\xc3\x28"), at(b"\xc3\x29")).unwrap();
        fs::rename(at(&long), at(&[b'y'; 255])).unwrap();
        settled(&place);
    });
    // A name of its own for each is possible in every feed.
    let folder = [b'f'; 255];
    for number in 0..4 {
        for folder in [&folder[..], b"\xc3\x29"] {
            let text = article(&format!("F{number}"), &format!("{folder:?} {number}"));
            fs::create_dir_all(at(folder)).unwrap();
            fs::write(at(folder).join(format!("{number}.md")), text).unwrap();
        }
    }
    wait_for("those in folders", || {
        place.items().len() == names.len() + 9
    });
    let log = daemon.log();
    assert!(!log.contains("WARN") && !log.contains("ERROR"), "{log}");
    assert!(
        !log.contains('\x1b') && log.contains("new\\nline.md"),
        "{log}"
    );
}

#[test]
fn a_root_that_is_made_again_at_once_is_watched() {
    let place = Place::new();
    place.write("watch/a.md", &article("A", "harbor"));
    let _daemon = place.daemon(&[]);
    shown(&place, "A");
    for round in 0..3 {
        // A file system gives the new folder the number of the old one, as it
        // happens.
        fs::remove_dir_all(place.path("watch")).unwrap();
        fs::create_dir(place.path("watch")).unwrap();
        for file in ["first", "second"] {
            let title = format!("{file} of {round}");
            place.write(&format!("watch/{file}.md"), &article(&title, &title));
            shown(&place, &title);
        }
    }
}

/// A daemon in a world of its own, in which the folder `disk` is mounted at
/// `watch/disk` whenever there is no file `away`; none where a user may not mount.
fn with_disk(place: &Place) -> Option<Daemon> {
    let own = |script: &str| {
        let mut command = Command::new("unshare");
        command.args(["-Urm", "sh", "-c", script]);
        command.current_dir(place.path(""));
        command
    };
    let tried = own("mount --bind disk watch/disk")
        .stderr(Stdio::null())
        .status();
    if !tried.is_ok_and(|status| status.success()) {
        eprintln!("not tried: this system's users cannot mount anything");
        return None;
    }
    let script = format!(
        "[ -e away ] || mount --bind disk watch/disk
        (daemon=$$; while kill -0 $daemon; do
            if [ -e away ]; then
                mountpoint -q watch/disk && umount watch/disk
            else
                mountpoint -q watch/disk || mount --bind disk watch/disk
            fi
            sleep 0.1
        done) 2> /dev/null &
        exec {}",
        env!("CARGO_BIN_EXE_feedwright")
    );
    let mut command = own(&script);
    command
        .env_remove("STATE_DIRECTORY")
        .env("FEEDWRIGHT_LISTEN", "off")
        .stdin(Stdio::null());
    Some(place.start(&mut command))
}

const AWAY: &str = "cannot list disk: it is empty and another disk than before";

#[test]
fn what_is_on_a_disk_that_is_not_mounted_is_not_gone() {
    let place = Place::new();
    place.write("disk/a.md", &article("A", "harbor"));
    place.write("disk/in/b.md", &article("B", "market"));
    place.write("watch/c.md", &article("C", "station"));
    fs::create_dir(place.path("watch/disk")).unwrap();
    let Some(daemon) = with_disk(&place) else {
        return;
    };
    wait_for("all", || place.items().len() == 3);
    let said = |words: &str| log(&place).matches(words).count();
    while_read(&place, || {
        fs::write(place.path("away"), "").unwrap();
        wait_for("the word about it", || said(AWAY) == 1);
        settled(&place);
        fs::remove_file(place.path("away")).unwrap();
        wait_for("the disk", || said("well again") == 1);
        settled(&place);
    });
    assert!(log(&place).contains("put one article into it if 2 files are really gone"));
    // Watched again. What somebody deletes there is gone, and so is the last.
    place.write("disk/in/d.md", &article("D", "ferry"));
    shown(&place, "D");
    fs::remove_file(place.path("disk/in/d.md")).unwrap();
    not_shown(&place, "D");
    fs::remove_file(place.path("disk/a.md")).unwrap();
    not_shown(&place, "A");
    fs::remove_dir_all(place.path("disk/in")).unwrap();
    not_shown(&place, "B");
    assert_eq!(place.titles(), ["C"]);
    place.write("disk/a.md", &article("A", "harbor"));
    shown(&place, "A");
    drop(daemon);
    // Nor while nobody looked.
    fs::write(place.path("away"), "").unwrap();
    let daemon = place.daemon(&[]);
    wait_for("the word about it again", || said(AWAY) == 2);
    settled(&place);
    assert_eq!(place.items().len(), 2);
    // Unless there is something else now.
    place.write("watch/disk/e.md", &article("E", "bridge"));
    shown(&place, "E");
    not_shown(&place, "A");
    // That is the folder now, and may become empty.
    fs::remove_file(place.path("watch/disk/e.md")).unwrap();
    not_shown(&place, "E");
    place.write("watch/disk/a.md", &article("A", "harbor"));
    shown(&place, "A");
    drop(daemon);
    fs::remove_file(place.path("watch/disk/a.md")).unwrap();
    assert_eq!(place.run(&["build"]).code, Some(0));
    assert_eq!(place.titles(), ["C"]);
}

#[test]
fn a_new_folder_with_files_at_once_is_taken_whole_and_watched() {
    let place = Place::new();
    place.write("config.toml", "[feeds]\nmax-entries = 100\n");
    let _daemon = place.daemon(&[]);
    let mut titles = 0;
    for round in 0..5 {
        for inner in ["a", "a/b", "a/b/c"] {
            for file in 0..4 {
                titles += 1;
                let title = format!("T{titles}");
                place.write(
                    &format!("watch/{round}/{inner}/{file}.md"),
                    &article(&title, &title),
                );
            }
        }
    }
    wait_for("all", || place.items().len() == titles);
    place.write("watch/3/a/b/c/late.md", &article("Late", "ferry"));
    shown(&place, "Late");
}

#[test]
fn a_file_written_in_pieces_is_seen_whole_or_not_at_all() {
    let place = Place::new();
    // What is there in the beginning is taken as it is.
    place.write("watch/zero.md", &article("Zero", "lighthouse"));
    let _daemon = place.daemon(&[]);
    shown(&place, "Zero");
    let files = ["one.md", "new/two.md", "new/in/three.md"];
    let stop = AtomicBool::new(false);
    thread::scope(|scope| {
        let reader = scope.spawn(|| {
            while !stop.load(Ordering::Relaxed) {
                let feed = fs::read_to_string(place.path("feeds/atom.xml")).unwrap_or_default();
                for entry in feed.split("<entry>").skip(1) {
                    assert!(entry.contains("begins in May"), "{entry}");
                }
            }
        });
        let writers = files.map(|name| {
            let path = place.path("watch").join(name);
            scope.spawn(move || {
                fs::create_dir_all(path.parent().unwrap()).unwrap();
                let text = article(name, name);
                // Emptied and written anew once it is there.
                for _ in 0..2 {
                    let mut file = File::create(&path).unwrap();
                    for piece in text.as_bytes().chunks(100) {
                        file.write_all(piece).unwrap();
                        thread::sleep(Duration::from_millis(30));
                    }
                }
            })
        });
        for writer in writers {
            writer.join().unwrap();
        }
        wait_for("all", || place.items().len() == files.len() + 1);
        stop.store(true, Ordering::Relaxed);
        reader.join().unwrap();
    });
}

#[test]
fn a_file_that_changes_while_it_is_read_is_never_a_mixture() {
    use std::os::unix::fs::FileExt as _;
    let place = Place::new();
    let body = |letter: char| {
        let word: String = [letter; 8].iter().collect();
        let parts = (100..700).map(|number| {
            format!("The {word} of part {number} was seen in the harbor on Tuesday.")
        });
        let parts = parts.collect::<Vec<_>>().join("\n\n");
        format!("---\ntitle: Same\ndate: 2026-03-04\n---\n\n{parts}\n")
    };
    let path = place.path("watch/same.md");
    fs::write(&path, body('a')).unwrap();
    let _daemon = place.daemon(&[]);
    let id = shown(&place, "Same");
    let letters = || {
        let feed = fs::read_to_string(place.path("feeds/atom.xml")).unwrap();
        let words = feed.split("The ").filter(|part| part.contains(" of part "));
        let words = words.filter_map(|part| part.chars().next());
        words.collect::<BTreeSet<char>>()
    };
    let stop = AtomicBool::new(false);
    thread::scope(|scope| {
        let reader = scope.spawn(|| {
            while !stop.load(Ordering::Relaxed) {
                let letters = letters();
                assert_eq!(letters.len(), 1, "{letters:?}");
            }
        });
        // Overwritten in place with as many bytes, so that neither size nor, for
        // a moment, time tells of it.
        let mut dice = Dice(362_436_069_362_436_069);
        for round in 0..60 {
            let text = body(['b', 'c', 'd'][round % 3]);
            let file = File::options().write(true).open(&path).unwrap();
            for (piece, at) in text.as_bytes().chunks(4096).zip((0..).step_by(4096)) {
                file.write_at(piece, at).unwrap();
                // What was closed before is read meanwhile.
                if round % 2 == 0 {
                    thread::sleep(Duration::from_millis(2));
                }
            }
            drop(file);
            thread::sleep(Duration::from_millis([0, 1, 8, 30][dice.below(4)]));
        }
        fs::write(&path, body('e')).unwrap();
        wait_for("the last text", || letters() == BTreeSet::from(['e']));
        stop.store(true, Ordering::Relaxed);
        reader.join().unwrap();
    });
    assert_eq!(shown(&place, "Same"), id);
}

#[test]
fn what_is_made_and_removed_at_once_is_nothing() {
    let place = Place::new();
    let daemon = place.daemon(&[]);
    for number in 0..200 {
        let path = place.path(&format!("watch/{number}.md"));
        fs::write(&path, "").unwrap();
        fs::remove_file(path).unwrap();
        fs::create_dir(place.path("watch/d")).unwrap();
        fs::remove_dir(place.path("watch/d")).unwrap();
    }
    settled(&place);
    assert_eq!(place.titles(), [""; 0]);
    let log = daemon.log();
    assert!(!log.contains("ERROR") && !log.contains("cannot"), "{log}");
}

/// A daemon for which the system sets this limit, until a file `raise` is made;
/// none where a user may not have limits of his own.
fn limited(place: &Place, limit: &str) -> Option<Daemon> {
    let own = |script: &str| {
        let mut command = Command::new("unshare");
        command.args(["-Ur", "sh", "-c", script]);
        command
    };
    let file = format!("/proc/sys/user/{limit}");
    let tried = own(&format!("echo 9 > {file}"))
        .stderr(Stdio::null())
        .status();
    if !tried.is_ok_and(|status| status.success()) {
        eprintln!("not tried: this system gives its users no limits of their own");
        return None;
    }
    let script = format!(
        "echo 0 > {file}
        (for n in $(seq 900); do
            sleep 0.1; if [ -e raise ]; then echo 9999 > {file}; exit; fi
        done) &
        exec {}",
        env!("CARGO_BIN_EXE_feedwright")
    );
    let mut command = own(&script);
    command
        .current_dir(place.path(""))
        .env_remove("STATE_DIRECTORY")
        .env("FEEDWRIGHT_LISTEN", "off")
        .stdin(Stdio::null());
    Some(place.start(&mut command))
}

#[test]
fn without_watches_the_folder_is_listed_until_there_are_some() {
    for (limit, remedy) in [
        ("max_inotify_watches", "fs.inotify.max_user_watches"),
        ("max_inotify_instances", "fs.inotify.max_user_instances"),
    ] {
        let place = Place::new();
        place.write("watch/d/a.md", &article("A", "harbor"));
        let Some(daemon) = limited(&place, limit) else {
            return;
        };
        shown(&place, "A");
        place.write("watch/d/b.md", &article("B", "market"));
        shown(&place, "B");
        let said = |words: &str| daemon.log().matches(words).count();
        assert_eq!(said(remedy), 1, "{}", daemon.log());
        fs::write(place.path("raise"), "").unwrap();
        wait_for("events", || said("INFO well again after") == 1);
        let start = Instant::now();
        place.write("watch/d/e/c.md", &article("C", "ferry"));
        shown(&place, "C");
        place.write("watch/d/e/d.md", &article("D", "station"));
        shown(&place, "D");
        assert_eq!(said("ERROR"), 1, "{} {:?}", daemon.log(), start.elapsed());
    }
}
