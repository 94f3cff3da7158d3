//! `feedwright backup`: a copy that can take the place of the catalogue.

use crate::program::{Place, article, says, touched, wait_for};
use std::{fs, thread};

/// Puts a copy in the place of the catalogue, as the help text says.
fn restore(place: &Place, copy: &str) {
    place.rename(".feedwright", ".feedwright.old");
    fs::create_dir(place.path(".feedwright")).unwrap();
    fs::copy(place.path(copy), place.path(".feedwright/catalogue.db")).unwrap();
}

#[test]
fn a_backup_while_articles_come_restores_ids_and_dates() {
    let place = Place::new();
    let drop = |number: u32| {
        let name = format!("watch/{number}.md");
        place.write(
            &name,
            &article(&format!("N{number}"), &format!("harbor {number}")),
        );
    };
    (0..20).for_each(drop);
    // An article without a date has that of its arrival, which only the catalogue
    // knows.
    let undated = article("Undated", "market").replace("date: 2026-03-04\n", "");
    place.write("watch/undated.md", &undated);
    let mut daemon = place.daemon(&["run"]);
    wait_for("the first articles", || place.items().len() == 21);
    thread::scope(|scope| {
        scope.spawn(|| (20..40).for_each(drop));
        for copy in ["one.db", "two.db"] {
            let ended = place.run(&["backup", copy]);
            says(&ended, 0, &["the catalogue is in", "bytes", "--help"]);
        }
    });
    wait_for("all articles", || place.items().len() == 41);
    let mut before = place.items();
    daemon.signal(rustix::process::Signal::TERM);
    assert!(daemon.end().success());
    fs::remove_dir_all(place.path("feeds")).unwrap();
    for copy in ["one.db", "two.db"] {
        restore(&place, copy);
        assert_eq!(place.run(&["build"]).code, Some(0));
        let mut after = place.items();
        before.sort_by(|one, other| one.id.cmp(&other.id));
        after.sort_by(|one, other| one.id.cmp(&other.id));
        assert_eq!(after, before);
        fs::remove_dir_all(place.path(".feedwright.old")).unwrap();
    }
}

#[test]
fn a_backup_of_what_did_not_change_restores_the_same_feeds() {
    let place = Place::new();
    for number in 0..5 {
        place.write(
            &format!("watch/{number}.md"),
            &article(&format!("N{number}"), &format!("harbor {number}")),
        );
    }
    let undated = article("Undated", "market").replace("date: 2026-03-04\n", "");
    place.write("watch/undated.md", &undated);
    assert_eq!(place.run(&["build"]).code, Some(0));
    assert_eq!(
        place.run(&["entries", "retract", "1.md", "-y"]).code,
        Some(0)
    );
    assert_eq!(place.run(&["backup", "copy.db"]).code, Some(0));
    let read = || {
        ["rss.xml", "atom.xml", "feed.json", "index.html"]
            .map(|name| fs::read_to_string(place.path("feeds").join(name)).unwrap())
    };
    let before = read();
    restore(&place, "copy.db");
    fs::remove_dir_all(place.path("feeds")).unwrap();
    assert_eq!(place.run(&["build"]).code, Some(0));
    assert_eq!(read(), before);
    assert!(place.item("N1").is_none(), "what was retracted is back");
}

#[test]
fn a_backup_writes_over_nothing_and_leaves_nothing_half() {
    let place = Place::new();
    place.write("watch/a.md", &article("A", "harbor"));
    assert_eq!(place.run(&["build"]).code, Some(0));
    place.write("copy.db", "mine");
    let before = touched(&place.path("copy.db"));
    says(
        &place.run(&["backup", "copy.db"]),
        1,
        &["copy.db is there already", "another file"],
    );
    assert_eq!(touched(&place.path("copy.db")), before);
    says(
        &place.run(&["backup", "none/copy.db"]),
        1,
        &["none", "check that the folder exists"],
    );
    assert_eq!(place.run(&["backup", "whole.db"]).code, Some(0));
    let mut names: Vec<_> = fs::read_dir(place.path(""))
        .unwrap()
        .map(|file| file.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    assert_eq!(
        names,
        [".feedwright", "copy.db", "feeds", "watch", "whole.db"]
    );
}
