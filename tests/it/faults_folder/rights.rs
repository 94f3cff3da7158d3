//! What may not be read.

use super::*;

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
