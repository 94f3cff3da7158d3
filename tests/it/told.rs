//! What the log tells: every fault, once, however often it comes back.

use crate::{
    daemon::shown,
    program::{Daemon, Place, article, wait_for},
};
use rustix::process::Signal;
use std::fs;

/// The lines with these words.
fn lines(daemon: &Daemon, words: &str) -> Vec<String> {
    let log = daemon.log();
    let lines = log.lines().filter(|line| line.contains(words));
    lines.map(str::to_owned).collect()
}

/// How often the fault about this was seen, as far as it is known.
fn seen(place: &Place, about: &str) -> u64 {
    let out = place.run(&["status", "--json"]).out;
    let status: serde_json::Value = serde_json::from_str(&out).unwrap();
    let faults = status["faults"].as_array().unwrap();
    let counts = faults.iter().filter(|fault| fault["about"] == about);
    counts.map(|fault| fault["count"].as_u64().unwrap()).sum()
}

#[test]
fn a_fault_that_lasts_is_one_line_and_its_end_another() {
    let place = Place::new();
    place.write("watch/a.md", &article("A", "harbor"));
    let mut daemon = place.daemon(&[]);
    shown(&place, "A");
    place.rename("feeds", "away");
    place.write("feeds", "a file where a folder should be");
    place.write("watch/b.md", &article("B", "market"));
    for count in 1..6 {
        wait_for("one more try", || seen(&place, "feeds") >= count);
        // Somebody who reloads wants it tried at once.
        daemon.signal(Signal::HUP);
    }
    let told = lines(&daemon, "ERROR");
    assert_eq!(told.len(), 1, "{told:#?}");
    for words in ["ERROR", "a file is where a folder should be", "tried again"] {
        assert!(told[0].contains(words), "{words} is not in {}", told[0]);
    }
    fs::remove_file(place.path("feeds")).unwrap();
    place.rename("away", "feeds");
    // It catches up by itself.
    shown(&place, "B");
    wait_for("its end", || !lines(&daemon, "well again").is_empty());
    let end = &lines(&daemon, "well again")[0];
    assert!(end.contains(" times): cannot "), "{end}");
    daemon.signal(Signal::TERM);
    daemon.end();
    let last = daemon.log().lines().last().unwrap().to_owned();
    assert!(
        last.contains("2 entries added") && last.contains("nothing is left to do"),
        "{last}"
    );
}

#[test]
fn two_faults_at_one_time_are_told_and_ended_each_by_itself() {
    let place = Place::new();
    place.write("watch/a.md", &article("A", "harbor"));
    fs::create_dir_all(place.path("feeds/rss.xml/mine")).unwrap();
    fs::create_dir_all(place.path("feeds/feeds.opml/mine")).unwrap();
    let mut daemon = place.daemon(&[]);
    wait_for("both", || {
        !lines(&daemon, "/rss.xml: Is a directory").is_empty()
            && !lines(&daemon, "/feeds.opml: Is a directory").is_empty()
    });
    wait_for("both in the status", || seen(&place, "document") >= 2);
    fs::remove_dir_all(place.path("feeds/feeds.opml")).unwrap();
    wait_for("the end of one", || {
        !lines(&daemon, "well again").is_empty()
    });
    assert!(lines(&daemon, "well again")[0].contains("feeds.opml"));
    assert!(seen(&place, "document") >= 1);
    daemon.signal(Signal::TERM);
    daemon.end();
    let log = daemon.log();
    // Each once, one of them again with its end, the other with the exit.
    for name in ["/rss.xml: Is", "/feeds.opml: Is"] {
        assert_eq!(log.matches(name).count(), 2, "{log}");
    }
    let last = log.lines().last().unwrap();
    for words in [
        "left for the next start: 1 feed or page",
        "failing: cannot",
        "rss.xml",
    ] {
        assert!(last.contains(words), "{words} is not in {last}");
    }
}

#[test]
fn many_bad_files_are_a_few_lines_and_a_count() {
    const MANY: usize = 300;
    let place = Place::new();
    for number in 0..MANY {
        place.write(&format!("watch/{number}.txt"), "");
    }
    let mut daemon = place.daemon(&[]);
    wait_for("the count", || {
        !lines(&daemon, "more lines like this").is_empty()
    });
    let told = lines(&daemon, "cannot take");
    assert_eq!(told.len(), 20 + 1);
    let rest = format!("and {} more lines like this", MANY - 20);
    assert!(told[20].contains(&rest), "{}", told[20]);
    assert!(told[20].contains("feedwright status"), "{}", told[20]);
    let out = place.run(&["status"]).out;
    assert!(out.contains("not taken: 300 files"), "{out}");
    assert_eq!(out.matches(".txt: the file is empty").count(), MANY);
    daemon.signal(Signal::TERM);
    daemon.end();
    let last = daemon.log().lines().last().unwrap().to_owned();
    assert!(last.contains("300 files that were not taken"), "{last}");
    // Who builds once is told of some, and where all are.
    let ended = place.run(&["build"]);
    assert_eq!(ended.code, Some(1));
    assert_eq!(ended.err.lines().count(), 1 + 50 + 1, "{}", ended.err);
    assert!(
        ended
            .err
            .contains("and 250 more; `feedwright status` shows all")
    );
}

#[test]
fn who_asks_about_many_files_is_told_of_each() {
    let place = Place::new();
    for number in 0..30 {
        let text = article("Early", &format!("harbor {number}"));
        place.write(&format!("{number}.md"), &text.replace("2026-", "24-"));
    }
    let ended = place.run(&["digest", "."]);
    assert_eq!(ended.err.matches("WARN").count(), 30, "{}", ended.err);
}

#[test]
fn a_faulty_configuration_is_told_once_and_when_it_is_sound_again() {
    let place = Place::new();
    place.write("watch/a.md", &article("A", "harbor"));
    let daemon = place.daemon(&[]);
    shown(&place, "A");
    place.write(
        "config.toml",
        "[site]\ncolor = 'red'\n[feeds]\nmax-entries = 0\n",
    );
    for count in 1..10 {
        daemon.signal(Signal::HUP);
        wait_for("one more refusal", || {
            seen(&place, "configuration") >= count
        });
    }
    let told = lines(&daemon, "configuration");
    assert_eq!(told.len(), 1, "{told:#?}");
    for words in [
        "config.toml:2: unknown setting `color`",
        "and 1 fault more",
        "feedwright check",
    ] {
        assert!(told[0].contains(words), "{words} is not in {}", told[0]);
    }
    place.write("config.toml", "[site]\ntitle = 'Sound'\n");
    daemon.signal(Signal::HUP);
    wait_for("its end", || !lines(&daemon, "well again").is_empty());
    wait_for("the new one", || {
        !lines(&daemon, "is taken over").is_empty()
    });
    wait_for("nothing to tell", || seen(&place, "configuration") == 0);
}

#[test]
fn one_event_is_one_line_of_a_bounded_length() {
    let place = Place::new();
    let title = "very ".repeat(4_000);
    place.write(
        "watch/long.md",
        &article(&format!("A {title}long title"), "harbor"),
    );
    place.write("watch/two\nERROR lines\u{1b}[2J.txt", "");
    // As long as a path may be.
    let deep = format!("{}/", "d".repeat(250)).repeat(12);
    place.write(&format!("watch/{deep}three.txt"), "");
    let daemon = place.daemon(&[]);
    wait_for("all", || {
        !lines(&daemon, "added long.md").is_empty()
            && !lines(&daemon, "two").is_empty()
            && !lines(&daemon, "dddd").is_empty()
    });
    let log = daemon.log();
    let (_, after) = log.split_once("Ctrl-C\n").unwrap();
    for line in after.lines() {
        let most = if line.contains("dddd") { 2_100 } else { 400 };
        assert!(
            line.starts_with("20") && line.chars().count() < most,
            "{line}"
        );
    }
    assert!(
        after.contains(r"two\nERROR lines\u{1b}[2J.txt: the file is empty"),
        "{after}"
    );
    // Nor is anything shown elsewhere that a terminal would obey.
    let out = place.run(&["status"]).out;
    assert!(
        out.contains(r"two\nERROR lines\u{1b}[2J.txt") && !out.contains('\u{1b}'),
        "{out}"
    );
}

/// A journal notes the time itself, and wants the level as a number.
#[test]
fn a_journal_is_told_the_level_in_its_own_way() {
    use std::os::unix::fs::MetadataExt as _;
    let place = Place::new();
    place.write(
        "watch/empty.md",
        &article("Early", "harbor").replace("2026-03-04", "2199-03-04"),
    );
    let journal = fs::File::create(place.path("journal")).unwrap();
    let metadata = journal.metadata().unwrap();
    let mut command = place.command(&["build"]);
    command.env(
        "JOURNAL_STREAM",
        format!("{}:{}", metadata.dev(), metadata.ino()),
    );
    command.stderr(journal);
    assert!(command.status().unwrap().success());
    let told = fs::read_to_string(place.path("journal")).unwrap();
    assert!(told.starts_with("<4> WARN empty.md: "), "{told}");
    // What goes elsewhere is for people.
    let mut command = place.command(&["build"]);
    command.env("JOURNAL_STREAM", "1:2");
    place.write(
        "watch/late.md",
        &article("Late", "market").replace("2026-03-04", "2199-03-04"),
    );
    let ended = crate::program::ended(&mut command);
    assert!(
        ended.err.contains(" WARN late.md: ") && !ended.err.contains("<4>"),
        "{}",
        ended.err
    );
}

#[test]
fn a_journal_that_takes_fields_is_given_them() {
    use std::os::{
        fd::OwnedFd,
        unix::net::{UnixDatagram, UnixListener, UnixStream},
    };
    let place = Place::new();
    let early = article("Early", "harbor").replace("2026-03-04", "2199-03-04");
    place.write("watch/early.md", &early);
    // As journald has them, whose place is told by standard error itself.
    let fields = UnixDatagram::bind(place.path("socket")).unwrap();
    fields.set_nonblocking(true).unwrap();
    let listener = UnixListener::bind(place.path("stdout")).unwrap();
    let logged = |arguments: &[&str]| {
        let stream = UnixStream::connect(place.path("stdout")).unwrap();
        let stream = OwnedFd::from(stream);
        let stat = rustix::fs::fstat(&stream).unwrap();
        let mut command = place.command(arguments);
        command
            .env("JOURNAL_STREAM", format!("{}:{}", stat.st_dev, stat.st_ino))
            .stderr(stream);
        command.status().unwrap();
        let mut told = Vec::new();
        let mut message = [0; 4096];
        while let Ok(length) = fields.recv(&mut message) {
            told.push(String::from_utf8(message[..length].to_vec()).unwrap());
        }
        told
    };
    let told = logged(&["build"]);
    let mut notes = told.iter();
    let note = notes.find(|told| told.starts_with("MESSAGE=early.md: it says that "));
    let note = note.unwrap_or_else(|| panic!("{told:#?}"));
    for line in ["PRIORITY=4", "FEEDWRIGHT_PATH=early.md"] {
        assert!(note.lines().any(|told| told == line), "{note}");
    }
    // What ends it is an error there, in a line.
    place.write("config.toml", "[site]\ncolor = 'red'\n");
    let told = logged(&["build"]).pop().unwrap();
    assert!(
        told.starts_with("MESSAGE=config.toml:2: unknown setting `color`"),
        "{told}"
    );
    assert!(told.contains("\nPRIORITY=3\n"), "{told}");
    drop(listener);
}
