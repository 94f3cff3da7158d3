//! In which order entries come, and when feeds are made anew.

use super::*;

#[test]
fn newest_arrivals_come_first_then_newest_dates() {
    let dated = |subject, days: i64| Digest {
        published: Some(at(days * 86_400)),
        ..article(subject)
    };
    let mut f = Fixture::new();
    f.found("a.md", &dated("harbor", -3));
    f.found("b.md", &dated("orchard", -1));
    f.found("c.md", &dated("library", -2));
    f.end();
    // An old article that arrives later is news all the same.
    f.found("d.md", &dated("tram", -900));
    f.end();
    let order = ["On tram", "On orchard", "On library", "On harbor"];
    assert_eq!(f.titles(), order);
    let two = f.shown()[..2].to_vec();
    let newest = f.catalogue.newest(2).unwrap();
    assert_eq!(
        newest
            .into_iter()
            .map(Arc::unwrap_or_clone)
            .collect::<Vec<_>>(),
        two
    );
    // An edit moves nothing up.
    f.found("a.md", &dated("harbor", -3));
    f.found(
        "c.md",
        &Digest {
            published: Some(at(-2 * 86_400)),
            ..edited("library")
        },
    );
    f.end();
    assert_eq!(f.titles(), order);
}

#[test]
fn a_pass_that_is_killed_and_resumed_is_one_arrival() {
    let dated = |subject, seconds| Digest {
        published: Some(at(seconds)),
        ..article(subject)
    };
    let mut f = Fixture::new();
    f.found("a.md", &dated("harbor", -1));
    let mut f = f.reopen();
    f.found("b.md", &dated("orchard", -2));
    f.end();
    assert_eq!(f.titles(), ["On harbor", "On orchard"]);
}

#[test]
fn the_revision_moves_with_what_feeds_show() {
    let mut f = Fixture::new();
    let mut last = f.catalogue.revision().unwrap();
    let mut moved = |f: &Fixture| {
        let now = f.catalogue.revision().unwrap();
        std::mem::replace(&mut last, now) != now
    };
    f.found("a.md", &article("harbor"));
    assert!(moved(&f), "added");
    f.end();
    assert!(!moved(&f), "an end of nothing");
    f.found("b.md", &article("harbor"));
    f.refused("c.md", Refusal::Faulty);
    f.gone("a.md");
    f.end();
    assert!(!moved(&f), "a move, and a refused file");
    f.gone("b.md");
    assert!(!moved(&f), "not gone for good");
    f.end();
    assert!(moved(&f), "withdrawn");
    f.found("b.md", &article("harbor"));
    assert!(moved(&f), "revived");
}
