//! What clocks and dates can do to the daemon.

use crate::{
    daemon::shown,
    program::{Daemon, Place, article, touched, wait_for},
};
use rustix::process::Signal;
use std::{
    collections::BTreeSet,
    fs::{self, File},
    path::Path,
    time::{Duration, SystemTime},
};

/// The library that gives a program another time, if it is here.
fn faker() -> Option<&'static str> {
    let places = [
        "/usr/lib/x86_64-linux-gnu/faketime/libfaketime.so.1",
        "/usr/lib/aarch64-linux-gnu/faketime/libfaketime.so.1",
        "/usr/lib/faketime/libfaketime.so.1",
        "/usr/lib64/faketime/libfaketime.so.1",
    ];
    let found = places.into_iter().find(|place| Path::new(place).exists());
    if found.is_none() {
        eprintln!("not tried: faketime is not installed");
    }
    found
}

/// A daemon whose clock is set by the file `clock`.
fn at_odds(place: &Place, faker: &str) -> Daemon {
    let mut command = place.command(&[]);
    command
        .env("TZ", "UTC")
        .env("LD_PRELOAD", faker)
        .env("FAKETIME_TIMESTAMP_FILE", place.path("clock"))
        .env("FAKETIME_NO_CACHE", "1")
        .env("FAKETIME_DONT_FAKE_MONOTONIC", "1")
        .env("DONT_FAKE_MONOTONIC", "1");
    place.start(&mut command)
}

#[test]
fn a_clock_that_jumps_makes_no_entry_another_one() {
    let Some(faker) = faker() else {
        return;
    };
    let place = Place::new();
    place.write("clock", "+0");
    place.write("watch/still.md", &article("Still", "harbor"));
    place.write("watch/edited.md", &article("Edited", "market"));
    let mut daemon = at_odds(&place, faker);
    let (still, edited) = (shown(&place, "Still"), shown(&place, "Edited"));
    let before = place.item("Still");
    // Back to a machine without a battery, before that, and past every date that
    // a feed can write.
    for (round, jump) in ["-2d", "+3d", "-56y", "-100y", "+7000y", "+8100y", "+0"]
        .into_iter()
        .enumerate()
    {
        place.write("clock", jump);
        let title = format!("New {round}");
        place.write(&format!("watch/{round}.md"), &article(&title, &title));
        shown(&place, &title);
        let title = format!("Edited {round}");
        place.write("watch/edited.md", &article(&title, "market"));
        assert_eq!(shown(&place, &title), edited);
        let item = place.item(&title).unwrap();
        assert!(item.updated >= item.published, "{jump}: {item:?}");
        assert_eq!(shown(&place, "Still"), still);
        assert_eq!(place.item("Still"), before, "{jump}");
        assert_eq!(place.items().len(), round + 3);
    }
    assert!(
        !daemon.log().contains("fault of feedwright"),
        "{}",
        daemon.log()
    );
    assert!(!daemon.log().contains("ERROR"), "{}", daemon.log());
    daemon.signal(Signal::TERM);
    daemon.end();
    // What a stop has left undone.
    assert_eq!(place.run(&["build"]).code, Some(0));
    let sound = place.run(&["check", "--feeds"]);
    assert_eq!(sound.code, Some(0), "{}{}", sound.out, sound.err);
}

#[test]
fn an_embargo_ends_by_the_clock_that_is_right_then() {
    let Some(faker) = faker() else {
        return;
    };
    let place = Place::new();
    place.write("clock", "@2026-03-04 05:00:00");
    let text = article("Held back", "harbor").replace(
        "date: 2026-03-04",
        "date: 2026-03-04\nembargo: 2026-03-04T06:00:00Z",
    );
    place.write("watch/a.md", &text);
    place.write("watch/b.md", &article("Free", "market"));
    let _daemon = at_odds(&place, faker);
    shown(&place, "Free");
    assert!(place.item("Held back").is_none());
    place.write("clock", "@2026-03-04 07:00:00");
    let id = shown(&place, "Held back");
    // Once it is out, a clock that is set back does not take it in again.
    place.write("clock", "@2026-03-04 04:00:00");
    place.write("watch/c.md", &article("Later", "ferry"));
    shown(&place, "Later");
    assert_eq!(shown(&place, "Held back"), id);
}

#[test]
fn times_of_files_mean_nothing_to_readers() {
    let place = Place::new();
    let day = Duration::from_hours(24);
    let (before, after) = (SystemTime::UNIX_EPOCH - day, SystemTime::UNIX_EPOCH + day);
    let times = [
        // 1901, as far back as most file systems go, and 1970.
        before - 24_854 * day,
        before,
        SystemTime::UNIX_EPOCH,
        after,
        // 2038, 2106, 2262, when 64 bits of nanoseconds end, 2446 and 9999, the
        // last as far as the file system lets it.
        after + 24_855 * day,
        after + 49_710 * day,
        after + 106_751 * day,
        after + 173_800 * day,
        after + 2_932_800 * day,
    ];
    let set = |name: &str, time| {
        let file = File::options().write(true).open(place.path(name)).unwrap();
        if let Err(error) = file.set_modified(time) {
            eprintln!("not tried: {error}");
        }
    };
    for (number, time) in times.into_iter().enumerate() {
        let name = format!("watch/{number}.md");
        let title = format!("N{number}");
        place.write(&name, &article(&title, &title));
        set(&name, time);
    }
    let daemon = place.daemon(&[]);
    wait_for("all", || place.items().len() == times.len());
    let items = place.items();
    assert!(
        items
            .iter()
            .all(|item| item.published == "2026-03-04T00:00:00+00:00")
    );
    // An edit that keeps size and time, as some programs make them, is seen.
    let old = article("N3", "N3");
    let new = old.replace("on Tuesday", "on Thursda");
    assert_eq!(old.len(), new.len());
    place.write("watch/3.md", &new);
    set("watch/3.md", times[3]);
    let shows = |words: &str| {
        let feed = fs::read_to_string(place.path("feeds/atom.xml")).unwrap();
        feed.contains(words)
    };
    wait_for("the edit", || shows("on Thursda"));
    // Other times alone are no edit, neither now nor after a start.
    let items = place.items();
    for number in 0..times.len() {
        set(
            &format!("watch/{number}.md"),
            times[(number + 4) % times.len()],
        );
    }
    place.write("watch/marker.md", &article("Marker", "lighthouse"));
    shown(&place, "Marker");
    drop(daemon);
    fs::remove_file(place.path("watch/marker.md")).unwrap();
    assert_eq!(place.run(&["build"]).code, Some(0));
    assert_eq!(place.items(), items);
}

#[test]
fn dates_of_articles_may_be_anything() {
    let place = Place::new();
    let dates = [
        ("0000-00-00", ""),
        ("0001-01-01", ""),
        ("1600-02-29", "1600-02-29T00:00:00+00:00"),
        ("1969-12-31T23:59:59Z", "1969-12-31T23:59:59+00:00"),
        ("1970-01-01", "1970-01-01T00:00:00+00:00"),
        // A leap second, and an hour that daylight saving leaves out.
        ("2016-12-31T23:59:60Z", "2016-12-31T23:59:59+00:00"),
        ("2026-03-29T02:30:00+01:00", "2026-03-29T01:30:00+00:00"),
        ("2026-02-30", ""),
        ("9999-12-31T23:59:59-12:00", ""),
        ("10000-01-01", ""),
    ];
    for (number, (date, _)) in dates.iter().enumerate() {
        let title = format!("N{number}");
        let text = article(&title, &title).replace("2026-03-04", date);
        place.write(&format!("watch/{number}.md"), &text);
    }
    let built = place.run(&["build"]);
    assert_eq!(place.items().len(), dates.len(), "{}", built.err);
    let published: BTreeSet<_> = place
        .items()
        .into_iter()
        .map(|item| item.published)
        .collect();
    for (_, expected) in dates.iter().filter(|(_, expected)| !expected.is_empty()) {
        assert!(published.contains(*expected), "{expected} in {published:?}");
    }
    let sound = place.run(&["check", "--feeds"]);
    assert_eq!(sound.code, Some(0), "{}{}", sound.out, sound.err);
}

#[test]
fn the_time_zone_of_the_machine_is_in_no_feed() {
    let place = Place::new();
    place.write("watch/a.md", &article("A", "harbor"));
    place.write(
        "watch/b.md",
        &article("B", "market").replace("2026-03-04", "2026-03-29T02:30:00"),
    );
    let build = |zone: &str| {
        let status = place.command(&["build"]).env("TZ", zone).output().unwrap();
        assert!(status.status.success());
        ["rss.xml", "atom.xml", "feed.json", "index.html"]
            .map(|name| touched(&place.path("feeds").join(name)))
    };
    let first = build("UTC");
    for zone in [
        "America/New_York",
        "Asia/Kathmandu",
        "Pacific/Apia",
        "right/UTC",
    ] {
        assert_eq!(build(zone), first, "{zone}");
    }
    // Nor in what is digested there for the first time.
    let digest = |zone: &str| {
        let mut command = place.command(&["digest", "--json", "watch"]);
        command.env("TZ", zone).output().unwrap().stdout
    };
    assert_eq!(digest("America/New_York"), digest("Asia/Kathmandu"));
}
