//! Decisions about topics while the daemon has the catalogue.

use crate::{
    commands_topics::tagged,
    daemon::shown,
    program::{Place, wait_for},
};
use rustix::process::Signal;
use std::fs;

fn atom(place: &Place) -> String {
    fs::read_to_string(place.path("feeds/atom.xml")).unwrap()
}

#[test]
fn a_decision_that_cannot_be_read_is_told_and_stops_no_other() {
    let place = Place::new();
    place.write("watch/a.md", &tagged("Monday", "Tolls"));
    let daemon = place.daemon(&[]);
    shown(&place, "Monday");
    let db = rusqlite::Connection::open(place.path(".feedwright/catalogue.db")).unwrap();
    let record = "{\"Topics\":{\"Paint\":{\"color\":\"red\"}}}";
    let sql = "INSERT INTO pending (record) VALUES (?1)";
    db.execute(sql, [record]).unwrap();
    drop(db);
    wait_for("the word", || daemon.log().contains("\"Paint\""));
    let log = daemon.log();
    let line = log.lines().find(|line| line.contains("\"Paint\"")).unwrap();
    for words in ["WARN a decision is dropped", record, "feedwright topics"] {
        assert!(line.contains(words), "{words} is not in {line}");
    }
    let ended = place.run(&["topics", "rename", "Tolls", "Fees", "--yes"]);
    assert_eq!(ended.code, Some(0), "{ended:?}");
    wait_for("the new label", || atom(&place).contains("label=\"Fees\""));
    assert_eq!(daemon.log().matches("\"Paint\"").count(), 1);
}

#[test]
fn a_running_daemon_takes_the_owners_decisions() {
    let place = Place::new();
    place.write("watch/a.md", &tagged("Monday", "Tolls"));
    place.write("watch/b.md", &tagged("Tuesday", "Fees"));
    let mut daemon = place.daemon(&[]);
    shown(&place, "Monday");
    shown(&place, "Tuesday");
    let before = place.items();

    let ended = place.run(&["topics", "rename", "Tolls", "Road charges", "--yes"]);
    assert_eq!(ended.code, Some(0), "{ended:?}");
    assert!(
        ended
            .err
            .contains("Tolls becomes Road charges: 1 entry changes"),
        "{}",
        ended.err
    );
    assert!(
        ended
            .err
            .contains(&format!("done by process {}", daemon.id())),
        "{}",
        ended.err
    );
    wait_for("the new label", || {
        atom(&place).contains("label=\"Road charges\"")
    });
    assert!(!atom(&place).contains("\"Tolls\""));
    assert_eq!(place.items(), before, "no entry is another for it");
    let listed = place.run(&["topics"]);
    assert!(
        listed.out.contains("Road charges  = Tolls"),
        "{}",
        listed.out
    );

    // What is dropped later follows it.
    place.write("watch/c.md", &tagged("Wednesday", "tolls"));
    shown(&place, "Wednesday");
    assert_eq!(atom(&place).matches("label=\"Road charges\"").count(), 2);
    let ended = place.run(&["topics", "ban", "Fees", "--yes"]);
    assert_eq!(ended.code, Some(0), "{ended:?}");
    wait_for("the ban", || !atom(&place).contains("label=\"Fees\""));
    assert!(daemon.log().contains("banned a topic"), "{}", daemon.log());

    // All of it outlives the daemon.
    daemon.signal(Signal::TERM);
    assert_eq!(daemon.end().code(), Some(0));
    let feed = atom(&place);
    let ended = place.run(&["build"]);
    assert!(
        ended.err.contains("the feeds were up to date"),
        "{}",
        ended.err
    );
    assert_eq!(atom(&place), feed);
}

#[test]
fn a_decision_is_not_lost_when_the_daemon_is_stopped_hard() {
    let place = Place::new();
    place.write("watch/a.md", &tagged("Monday", "Tolls"));
    let mut daemon = place.daemon(&[]);
    shown(&place, "Monday");
    // It has the catalogue, but does nothing: not even write what it published.
    let mut ended = None;
    wait_for("a moment in which it writes nothing", || {
        daemon.signal(Signal::STOP);
        let tried = place.run(&["topics", "ban", "Tolls", "--yes"]);
        let is_writing = tried.err.contains("database is locked");
        if is_writing {
            daemon.signal(Signal::CONT);
        }
        ended = Some(tried);
        !is_writing
    });
    let ended = ended.unwrap();
    assert_eq!(ended.code, Some(0), "{ended:?}");
    assert!(ended.err.contains("as soon as it can"), "{}", ended.err);
    assert!(atom(&place).contains("label=\"Tolls\""));
    daemon.signal(Signal::KILL);
    daemon.end();
    assert_eq!(place.run(&["build"]).code, Some(0));
    assert!(!atom(&place).contains("label=\"Tolls\""));
}
