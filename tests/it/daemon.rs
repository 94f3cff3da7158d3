//! The real daemon on a temporary folder: what a person does with it.

use crate::program::{Place, article, wait_for};
use rustix::process::Signal;
use std::{
    fs,
    sync::atomic::{AtomicBool, Ordering},
    thread,
};

/// Waits until the feed shows an entry of this title, and gives its id.
#[track_caller]
pub(super) fn shown(place: &Place, title: &str) -> String {
    wait_for(title, || place.item(title).is_some());
    place.item(title).unwrap().id
}

#[track_caller]
pub(super) fn not_shown(place: &Place, title: &str) {
    wait_for(&format!("the end of {title}"), || {
        place.item(title).is_none()
    });
}

#[test]
fn a_day_at_the_newsroom() {
    let place = Place::new();
    place.write("watch/first.md", &article("First", "harbor"));
    let daemon = place.daemon(&[]);
    let stop = AtomicBool::new(false);
    thread::scope(|scope| {
        // A subscriber looks all the while: no feed is ever half-written or
        // shows an entry twice.
        let reader = scope.spawn(|| {
            while !stop.load(Ordering::Relaxed) {
                place.items();
            }
        });
        let day = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| newsroom(&place)));
        stop.store(true, Ordering::Relaxed);
        reader.join().unwrap();
        day.unwrap();
    });
    assert!(!daemon.log().contains("ERROR"), "{}", daemon.log());
    assert!(!daemon.log().contains("WARN"), "{}", daemon.log());
}

fn newsroom(place: &Place) {
    let first = shown(place, "First");

    // cp
    place.write("copied.md", &article("Copied", "station"));
    fs::copy(place.path("copied.md"), place.path("watch/copied.md")).unwrap();
    let copied = shown(place, "Copied");

    // mv into the folder
    place.write("moved.md", &article("Moved", "market"));
    place.rename("moved.md", "watch/moved.md");
    shown(place, "Moved");
    assert_eq!(place.titles(), ["Moved", "Copied", "First"]);

    // vim's way of saving: the old file becomes the backup, a new one is
    // written in its place.
    place.rename("watch/copied.md", "watch/copied.md~");
    place.write(
        "watch/copied.md",
        &article("Copied, corrected in vim", "station"),
    );
    fs::remove_file(place.path("watch/copied.md~")).unwrap();
    assert_eq!(shown(place, "Copied, corrected in vim"), copied);
    not_shown(place, "Copied");

    // VS Code's way: the file is emptied and written in place.
    place.write(
        "watch/copied.md",
        &article("Copied, corrected in Code", "station"),
    );
    assert_eq!(shown(place, "Copied, corrected in Code"), copied);

    // GNOME's way: a hidden file is renamed over the old one.
    place.write(
        "watch/.goutputstream-A1B2C3",
        &article("Copied, corrected in gedit", "station"),
    );
    place.rename("watch/.goutputstream-A1B2C3", "watch/copied.md");
    assert_eq!(shown(place, "Copied, corrected in gedit"), copied);

    // A folder dropped whole, by copying and by moving.
    fs::create_dir(place.path("watch/sports")).unwrap();
    place.write("watch/sports/one.md", &article("Sports one", "stadium"));
    place.write(
        "watch/sports/deep/er/two.md",
        &article("Sports two", "racetrack"),
    );
    place.write("culture/three.md", &article("Culture three", "theater"));
    place.rename("culture", "watch/culture");
    let one = shown(place, "Sports one");
    shown(place, "Sports two");
    let three = shown(place, "Culture three");

    // Renames, of a file and of a folder, and a move between folders: nothing
    // that a subscriber sees. A file dropped after them shows when they are done.
    let before = place.items();
    place.rename("watch/first.md", "watch/renamed.md");
    place.rename("watch/sports", "watch/games");
    place.rename("watch/culture/three.md", "watch/games/three.md");
    place.write("watch/marker.md", &article("Marker", "lighthouse"));
    shown(place, "Marker");
    fs::remove_file(place.path("watch/marker.md")).unwrap();
    not_shown(place, "Marker");
    assert_eq!(place.items(), before);
    assert_eq!(shown(place, "First"), first);
    assert_eq!(shown(place, "Sports one"), one);
    assert_eq!(shown(place, "Culture three"), three);

    // An edit at the new place is still the same entry.
    place.write(
        "watch/games/three.md",
        &article("Culture three, second night", "theater"),
    );
    assert_eq!(shown(place, "Culture three, second night"), three);

    // A deletion withdraws; bringing the file back revives the same id.
    fs::remove_file(place.path("watch/renamed.md")).unwrap();
    not_shown(place, "First");
    place.write("watch/back.md", &article("First", "harbor"));
    assert_eq!(shown(place, "First"), first);

    // A folder deleted with all that is in it.
    fs::remove_dir_all(place.path("watch/games")).unwrap();
    not_shown(place, "Sports one");
    not_shown(place, "Sports two");

    // Partial downloads and hidden files are nothing.
    place.write("watch/big.md.part", &article("Partial", "airport"));
    place.write("watch/.hidden.md", &article("Hidden", "tunnel"));
    place.rename("watch/big.md.part", "watch/big.md");
    shown(place, "Partial");
    assert!(place.item("Hidden").is_none());
}

#[test]
fn a_file_written_slowly_shows_once_it_is_closed() {
    use std::io::Write as _;
    let place = Place::new();
    // What is there at the start is taken as it is.
    place.write("watch/first.md", &article("First", "harbor"));
    let _daemon = place.daemon(&[]);
    shown(&place, "First");
    let whole = article("Slow", "canal");
    let (head, tail) = whole.split_at(whole.len() / 2);
    let mut file = fs::File::create(place.path("watch/slow.md")).unwrap();
    file.write_all(head.as_bytes()).unwrap();
    file.sync_all().unwrap();
    // What is dropped meanwhile shows, the unfinished file does not.
    place.write("watch/quick.md", &article("Quick", "ferry"));
    shown(&place, "Quick");
    assert_eq!(place.titles(), ["Quick", "First"]);
    file.write_all(tail.as_bytes()).unwrap();
    drop(file);
    shown(&place, "Slow");
    let item = place.item("Slow").unwrap();
    assert_eq!(item.updated, item.published);
}

#[test]
fn the_end_comes_on_both_signals_with_nothing_lost() {
    for signal in [Signal::TERM, Signal::INT] {
        let place = Place::new();
        place.write("watch/a.md", &article("A", "harbor"));
        let mut daemon = place.daemon(&["run"]);
        let id = shown(&place, "A");
        daemon.signal(signal);
        assert_eq!(daemon.end().code(), Some(0));
        assert!(daemon.log().contains("stopped"));
        place.write("watch/b.md", &article("B", "market"));
        let _daemon = place.daemon(&["run"]);
        shown(&place, "B");
        assert_eq!(shown(&place, "A"), id);
    }
}

#[test]
fn a_kill_loses_nothing() {
    let place = Place::new();
    for number in 0..40 {
        place.write(
            &format!("watch/{number}.md"),
            &article(&format!("N{number}"), "harbor"),
        );
    }
    let mut daemon = place.daemon(&[]);
    daemon.signal(Signal::KILL);
    daemon.end();
    let _daemon = place.daemon(&[]);
    wait_for("all entries", || place.items().len() == 40);
}

#[test]
fn a_reload_takes_a_sound_configuration_and_refuses_a_faulty_one() {
    let place = Place::new();
    place.write("config.toml", "[site]\ntitle = 'Before'\n");
    place.write("watch/a.md", &article("A", "harbor"));
    let daemon = place.daemon(&[]);
    let id = shown(&place, "A");
    let title = || fs::read_to_string(place.path("feeds/atom.xml")).unwrap();
    assert!(title().contains(">Before</title>"));
    place.write("config.toml", "[site]\ntitle = 'After'\ncolor = 'red'\n");
    daemon.signal(Signal::HUP);
    wait_for("the refusal", || {
        daemon.log().contains("unknown setting `color`")
    });
    assert!(title().contains(">Before</title>"));
    place.write("config.toml", "[site]\ntitle = 'After'\n");
    daemon.signal(Signal::HUP);
    wait_for("the new title", || title().contains(">After</title>"));
    assert_eq!(shown(&place, "A"), id);
}

#[test]
fn a_reload_digests_anew_and_changes_no_date() {
    let place = Place::new();
    place.write("config.toml", "[topics]\nmax = 10\n");
    place.write("watch/a.md", &article("A", "harbor"));
    let daemon = place.daemon(&[]);
    shown(&place, "A");
    let before = place.items();
    let topics = || {
        fs::read_to_string(place.path("feeds/rss.xml"))
            .unwrap()
            .matches("<category")
            .count()
    };
    assert!(topics() > 1);
    place.write("config.toml", "[topics]\nmax = 1\n");
    daemon.signal(Signal::HUP);
    wait_for("fewer topics", || topics() == 1);
    assert_eq!(place.items(), before);
    assert!(!daemon.log().contains("WARN"), "{}", daemon.log());
}

#[test]
fn a_second_daemon_says_who_holds_the_catalogue() {
    let place = Place::new();
    let daemon = place.daemon(&[]);
    let second = place.run(&["run"]);
    assert_eq!(second.code, Some(1));
    assert!(
        second.err.contains(&daemon.id().to_string()),
        "{}",
        second.err
    );
    assert_eq!(place.run(&["build"]).code, Some(1));
}

#[test]
fn a_watch_folder_that_goes_away_withdraws_nothing_and_is_watched_again() {
    let place = Place::new();
    place.write("watch/a.md", &article("A", "harbor"));
    let daemon = place.daemon(&[]);
    let id = shown(&place, "A");
    place.rename("watch", "elsewhere");
    wait_for("a word about it", || daemon.log().contains("is not there"));
    assert_eq!(place.titles(), ["A"]);
    place.rename("elsewhere", "watch");
    place.write("watch/b.md", &article("B", "market"));
    shown(&place, "B");
    // Another folder in its place is watched as well.
    place.rename("watch", "old");
    fs::create_dir(place.path("watch")).unwrap();
    place.write("watch/c.md", &article("C", "station"));
    shown(&place, "C");
    place.write("watch/a.md", &article("A", "harbor"));
    assert_eq!(shown(&place, "A"), id);
    place.write("watch/d.md", &article("D", "ferry"));
    shown(&place, "D");
}

#[test]
fn polling_sees_what_events_would_have_told() {
    let place = Place::new();
    place.write(
        "config.toml",
        "[watch]\nmode = 'poll'\npoll-interval = '100ms'\n",
    );
    place.write("watch/a.md", &article("A", "harbor"));
    let _daemon = place.daemon(&[]);
    let id = shown(&place, "A");
    place.write("watch/d/b.md", &article("B", "market"));
    shown(&place, "B");
    place.rename("watch/a.md", "watch/d/a.md");
    place.write("watch/d/a.md", &article("A, edited", "harbor"));
    assert_eq!(shown(&place, "A, edited"), id);
    fs::remove_file(place.path("watch/d/b.md")).unwrap();
    not_shown(&place, "B");
}

/// What is missing in the first listing has it made twice, and something may be
/// moved between the two.
#[test]
fn what_is_moved_and_edited_between_the_first_listings_keeps_its_id() {
    let place = Place::new();
    place.write(
        "config.toml",
        "[watch]\nmode = 'poll'\npoll-interval = '100ms'\n",
    );
    place.write("watch/a.md", &article("A", "harbor"));
    place.write("watch/b.md", &article("B", "market"));
    let daemon = place.daemon(&[]);
    let id = shown(&place, "A");
    shown(&place, "B");
    drop(daemon);
    fs::remove_file(place.path("watch/b.md")).unwrap();
    let _daemon = place.daemon(&[]);
    // As vim saves: of the file that was moved nothing stays.
    place.rename("watch/a.md", "watch/c.md~");
    place.write("watch/c.md", &article("A, edited", "harbor"));
    fs::remove_file(place.path("watch/c.md~")).unwrap();
    not_shown(&place, "B");
    assert_eq!(shown(&place, "A, edited"), id);
}

#[test]
fn files_that_are_no_articles_are_named_and_harm_nothing() {
    let place = Place::new();
    let daemon = place.daemon(&[]);
    fs::write(
        place.path("watch/picture.txt"),
        b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR",
    )
    .unwrap();
    place.write("watch/broken.md", "---\ntitle: [unclosed\n---\n\nText.\n");
    place.write("watch/good.md", &article("Good", "harbor"));
    shown(&place, "Good");
    wait_for("both names", || {
        let log = daemon.log();
        log.contains("picture.txt") && log.contains("broken.md")
    });
    assert_eq!(place.titles(), ["Good"]);
    // Mended, it shows.
    place.write("watch/broken.md", &article("Mended", "market"));
    shown(&place, "Mended");
}

#[test]
fn the_lists_of_feeds_are_whole_when_it_stops() {
    let place = Place::new();
    place.write("config.toml", "[topics]\nmin-articles = 1\n");
    let mut daemon = place.daemon(&[]);
    // Each brings a feed of its own, faster than the lists are written.
    for name in ["ports", "fairs", "mills", "lakes"] {
        place.write(&format!("watch/{name}/one.md"), &article(name, "pier"));
        let feed = place.path(&format!("feeds/folders/{name}/index.html"));
        wait_for(name, || feed.exists());
    }
    daemon.signal(Signal::TERM);
    assert!(daemon.end().success());
    let lists = fs::read_to_string(place.path("feeds/feeds.opml")).unwrap();
    for name in ["ports", "fairs", "mills", "lakes"] {
        assert!(
            lists.contains(&format!("folders/{name}/rss.xml")),
            "{lists}"
        );
    }
    let built = place.run(&["build"]);
    assert!(built.err.contains("were up to date"), "{}", built.err);
}
