//! What is no file, and names that are hardly any.

use super::*;

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
