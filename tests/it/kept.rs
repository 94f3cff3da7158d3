//! What the real daemon does with files that are not one article for now: under
//! embargo, a part of a page, several in one.

use crate::{
    daemon::{not_shown, shown},
    program::{Place, article},
};
use feedwright::clock;
use jiff::SignedDuration;
use rustix::process::Signal;
use std::fs;

#[test]
fn what_is_under_embargo_shows_when_it_ends() {
    let place = Place::new();
    let until = clock::now() + SignedDuration::from_secs(3);
    let embargoed =
        article("Held back", "harbor").replace("\ndate:", &format!("\nembargo: {until}\ndate:"));
    place.write("watch/held.md", &embargoed);
    let far = embargoed.replace(&until.to_string(), "2999-01-01T00:00:00Z");
    place.write("watch/far.md", &far.replace("harbor", "lighthouse"));
    let unread = embargoed.replace(&until.to_string(), "until tomorrow");
    place.write("watch/unread.md", &unread.replace("harbor", "station"));
    place.write("watch/open.md", &article("Open", "market"));
    let daemon = place.daemon(&[]);
    shown(&place, "Open");
    assert!(place.item("Held back").is_none() || clock::now() >= until);
    shown(&place, "Held back");
    assert!(clock::now() >= until);
    assert_eq!(place.titles(), ["Held back", "Open"]);
    let log = daemon.log();
    assert!(
        log.contains("far.md: it is under embargo until 2999-01-01"),
        "{log}"
    );
    assert!(
        log.contains("unread.md: embargo 'until tomorrow' is not a date"),
        "{log}"
    );
}

#[test]
fn an_embargo_outlives_the_daemon() {
    let place = Place::new();
    let until = clock::now() + SignedDuration::from_secs(2);
    let embargo = format!("\nembargo: {until}\ndate:");
    let held = article("Held back", "harbor").replace("\ndate:", &embargo);
    place.write("watch/held.md", &held);
    assert_eq!(place.run(&["build"]).code, Some(0));
    let _daemon = place.daemon(&[]);
    shown(&place, "Held back");
}

#[test]
fn the_folder_beside_a_saved_page_holds_no_articles() {
    let place = Place::new();
    let page = |title: &str, what: &str| {
        let text = article(title, what)
            .split_once("---\n\n")
            .unwrap()
            .1
            .to_owned();
        let body = text.replace("\n\n", "</p><p>");
        format!("<!DOCTYPE html><title>{title}</title><h1>{title}</h1><article><p>{body}</article>")
    };
    // Browsers write the folder first.
    place.write("watch/page_files/frame.html", &page("Frame", "harbor"));
    place.write("watch/other_files/one.md", &article("One", "station"));
    let daemon = place.daemon(&[]);
    shown(&place, "One");
    shown(&place, "Frame");
    place.write("watch/page.html", &page("Page", "market"));
    not_shown(&place, "Frame");
    shown(&place, "Page");
    place.write("watch/page_files/late.html", &page("Late", "lighthouse"));
    place.write("watch/page_files/style.css", "p { margin: 0 }");
    place.write("watch/two.md", &article("Two", "theater"));
    shown(&place, "Two");
    assert_eq!(place.items().len(), 3, "{:?}", place.titles());
    assert!(!daemon.log().contains("WARN"), "{}", daemon.log());
}

/// A mailbox with these articles as its letters, each under an id of its own.
fn mailbox(letters: &[(&str, &str)]) -> String {
    let letter = |(title, what): &(&str, &str)| {
        let text = article(title, what);
        let (_, body) = text.split_once("---\n\n").unwrap();
        format!(
            "From desk@example.org Wed Mar  4 10:00:00 2026\nFrom: Ada Holm <ada@example.org>\n\
             Subject: {title}\nMessage-ID: <{what}@example.org>\nDate: Wed, 4 Mar 2026 10:00:00 +0000\n\
             Content-Type: text/plain; charset=utf-8\n\n{body}\n\n"
        )
    };
    letters.iter().map(letter).collect()
}

#[test]
fn a_mailbox_is_an_article_for_each_of_its_letters() {
    let place = Place::new();
    let letters = [
        ("First", "harbor"),
        ("Second", "station"),
        ("Third", "market"),
    ];
    place.write("watch/press.mbox", &mailbox(&letters[..2]));
    let mut daemon = place.daemon(&[]);
    let first = shown(&place, "First");
    let second = shown(&place, "Second");

    // A mail comes in.
    place.write("watch/press.mbox", &mailbox(&letters));
    let third = shown(&place, "Third");
    assert_eq!(shown(&place, "First"), first);
    assert_eq!(place.items().len(), 3);

    // One is corrected, one taken out; a restart has nothing to add.
    let corrected = [("First, corrected", "harbor"), ("Third", "market")];
    place.write("watch/press.mbox", &mailbox(&corrected));
    not_shown(&place, "Second");
    assert_eq!(shown(&place, "First, corrected"), first);
    let before = place.items();
    daemon.signal(Signal::TERM);
    daemon.end();
    let mut daemon = place.daemon(&[]);
    place.write("watch/marker.md", &article("Marker", "lighthouse"));
    shown(&place, "Marker");
    fs::remove_file(place.path("watch/marker.md")).unwrap();
    not_shown(&place, "Marker");
    assert_eq!(place.items(), before);

    // Renaming it, or taking a letter out of it into a file, is a move.
    place.rename("watch/press.mbox", "watch/letters.mbox");
    place.write("watch/two.mbox", &mailbox(&letters[1..2]));
    assert_eq!(shown(&place, "Second"), second);
    assert_eq!(shown(&place, "First, corrected"), first);
    assert_eq!(shown(&place, "Third"), third);

    // An editor empties it for a moment.
    place.write("watch/letters.mbox", "");
    place.write("watch/letters.mbox", &mailbox(&corrected));
    assert_eq!(place.items().len(), 3);

    // In its place comes an article; then it is gone.
    place.write("watch/letters.mbox", &mailbox(&letters[2..]));
    not_shown(&place, "First, corrected");
    fs::remove_file(place.path("watch/letters.mbox")).unwrap();
    not_shown(&place, "Third");
    assert_eq!(place.titles(), ["Second"]);
    daemon.signal(Signal::TERM);
    daemon.end();
    assert!(!daemon.log().contains("ERROR"), "{}", daemon.log());
}
