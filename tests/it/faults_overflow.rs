//! More happens than the system's queue of events takes while the daemon does
//! not look.

use crate::{
    daemon::{not_shown, shown},
    program::{Place, article},
};
use rustix::process::Signal;
use std::fs;

/// More than this is not made: some systems queue a million events.
const MOST: usize = 200_000;

/// Fills the queue of a daemon that stands still, with what it leaves alone.
fn fill(place: &Place) -> bool {
    let limit = fs::read_to_string("/proc/sys/fs/inotify/max_queued_events").unwrap();
    let limit: usize = limit.trim().parse().unwrap();
    if limit > MOST {
        eprintln!("not tried: this system queues {limit} events");
        return false;
    }
    let path = place.path("watch/.noise");
    // It is made, closed and removed, which are three events.
    for _ in 0..limit / 3 + 10 {
        fs::write(&path, "").unwrap();
        fs::remove_file(&path).unwrap();
    }
    true
}

#[test]
fn what_was_lost_in_a_full_queue_is_found_at_once() {
    let place = Place::new();
    place.write("watch/edited.md", &article("Before", "harbor"));
    place.write("watch/moved.md", &article("Moved", "market"));
    place.write("watch/removed.md", &article("Removed", "station"));
    let daemon = place.daemon(&[]);
    let edited = shown(&place, "Before");
    let moved = shown(&place, "Moved");
    shown(&place, "Removed");
    for round in 0..2 {
        daemon.signal(Signal::STOP);
        if !fill(&place) {
            daemon.signal(Signal::CONT);
            return;
        }
        // Of none of this there will be an event.
        let title = |what: &str| format!("{what} {round}");
        place.write("watch/edited.md", &article(&title("Edited"), "harbor"));
        place.write(
            &format!("watch/in{round}/new.md"),
            &article(&title("New"), "ferry"),
        );
        if round == 0 {
            fs::create_dir(place.path("watch/to")).unwrap();
            place.rename("watch/moved.md", "watch/to/there.md");
            fs::remove_file(place.path("watch/removed.md")).unwrap();
        }
        daemon.signal(Signal::CONT);
        shown(&place, &title("New"));
        assert_eq!(shown(&place, &title("Edited")), edited);
        assert_eq!(shown(&place, "Moved"), moved);
        not_shown(&place, "Removed");
        // The folders that came meanwhile are watched from then on.
        place.write(
            &format!("watch/in{round}/next.md"),
            &article(&title("Next"), "bridge"),
        );
        shown(&place, &title("Next"));
    }
    assert!(!daemon.log().contains("ERROR"), "{}", daemon.log());
}
