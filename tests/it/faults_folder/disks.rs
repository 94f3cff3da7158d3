//! A watch folder, or a disk in it, that is made or mounted again.

use super::*;

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
