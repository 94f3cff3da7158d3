//! An article comes, and is edited.

use super::*;

#[test]
fn a_new_article_gets_an_id_and_the_dates_it_states() {
    let mut f = Fixture::new();
    let digest = Digest {
        published: Some(at(-1_000)),
        modified: Some(at(-500)),
        lead_quote: Some(LeadQuote {
            quote: "We start in May".to_owned(),
            speaker: None,
        }),
        ..article("harbor")
    };
    assert_eq!(f.found("a.md", &digest), Outcome::Added(f.id("a.md")));
    let entry = f.only();
    assert_eq!(entry.digest, digest);
    assert_eq!((entry.published, entry.updated), (at(-1_000), at(-500)));
    let hex = entry
        .id
        .0
        .strip_prefix("tag:feedwright.invalid,2026:")
        .unwrap();
    assert_eq!(hex.len(), 32);
}

#[test]
fn an_article_without_dates_is_published_when_it_was_first_seen() {
    let mut f = Fixture::new();
    f.found("a.md", &article("harbor"));
    let entry = f.only();
    assert_eq!((entry.published, entry.updated), (at(1), at(1)));
}

#[test]
fn a_modification_before_publication_does_not_count() {
    let mut f = Fixture::new();
    let digest = Digest {
        published: Some(at(-10)),
        modified: Some(at(-20)),
        ..article("harbor")
    };
    f.found("a.md", &digest);
    assert_eq!(f.only().updated, at(-10));
}

#[test]
fn the_same_file_again_changes_nothing() {
    let mut f = Fixture::new();
    f.found("a.md", &article("harbor"));
    f.end();
    let (before, revision) = (f.shown(), f.catalogue.revision().unwrap());
    assert_eq!(f.found("a.md", &article("harbor")), Outcome::Unchanged);
    assert_eq!(f.withdrawn(), []);
    assert_eq!(f.shown(), before);
    assert_eq!(f.catalogue.revision().unwrap(), revision);
}

#[test]
fn a_touched_file_only_gets_its_new_stamp() {
    let mut f = Fixture::new();
    f.found("a.md", &article("harbor"));
    let Record::Found(mut touched) = found("a.md", &article("harbor"), 9) else {
        unreachable!()
    };
    touched.stamp.modified = 77;
    let before = f.shown();
    assert_eq!(f.apply(Record::Found(touched.clone())), Outcome::Unchanged);
    assert_eq!(f.shown(), before);
    let sources = f.catalogue.sources().unwrap();
    assert_eq!(sources[Path::new("a.md")], touched.stamp);
}

#[test]
fn an_edit_keeps_the_id_and_moves_updated_only() {
    let mut f = Fixture::new();
    f.found("a.md", &article("harbor"));
    f.end();
    let before = f.only();
    assert_eq!(
        f.found("a.md", &edited("harbor")),
        Outcome::Edited(before.id.clone())
    );
    assert_eq!(f.withdrawn(), []);
    let after = f.only();
    assert_eq!((&after.id, after.published), (&before.id, before.published));
    assert_eq!(after.updated, at(3));
    assert_eq!(after.digest, edited("harbor"));
}

#[test]
fn an_edit_that_states_a_later_modification_takes_it() {
    let mut f = Fixture::new();
    f.found("a.md", &article("harbor"));
    let later = Digest {
        modified: Some(at(500)),
        ..edited("harbor")
    };
    f.found("a.md", &later);
    assert_eq!(f.only().updated, at(500));
    // One that was stated before is not news.
    let again = Digest {
        modified: Some(at(400)),
        ..rewritten("harbor", 2)
    };
    f.found("a.md", &again);
    // Nor does a clock that is behind it move the date back.
    assert_eq!(f.only().updated, at(501));
}

#[test]
fn an_edit_that_no_feed_shows_does_not_move_updated() {
    let mut f = Fixture::new();
    f.found("a.md", &article("harbor"));
    let (before, revision) = (f.only(), f.catalogue.revision().unwrap());
    let noisy = Digest {
        dropped: vec![Dropped {
            text: "Share".to_owned(),
            rule: "share".to_owned(),
        }],
        ..article("harbor")
    };
    assert_eq!(f.found("a.md", &noisy), Outcome::Unchanged);
    let after = f.only();
    assert_eq!((after.updated, &after.id), (before.updated, &before.id));
    assert_eq!(after.digest.dropped.len(), 1);
    assert_eq!(f.catalogue.revision().unwrap(), revision);
}

#[test]
fn an_edit_of_front_matter_alone_is_an_edit() {
    let mut f = Fixture::new();
    f.found("a.md", &article("harbor"));
    let tagged = Digest {
        topics: vec![Topic::from("Shipping")],
        ..article("harbor")
    };
    assert_eq!(f.found("a.md", &tagged), Outcome::Edited(f.id("a.md")));
    assert_eq!(f.only().updated, at(2));
}

#[test]
fn published_follows_the_date_that_is_stated() {
    let mut f = Fixture::new();
    f.found("a.md", &article("harbor"));
    let dated = |seconds| Digest {
        published: Some(at(seconds)),
        ..article("harbor")
    };
    f.found("a.md", &dated(-100));
    assert_eq!(f.only().published, at(-100));
    assert_eq!(f.only().updated, at(2));
    // Taking the date out does not unsay it.
    f.found("a.md", &article("harbor"));
    assert_eq!(f.only().published, at(-100));
    // A date to come is never after the last change.
    f.found("a.md", &dated(900));
    assert_eq!((f.only().published, f.only().updated), (at(900), at(900)));
}

#[test]
fn another_digest_of_the_same_file_is_no_edit() {
    let mut f = Fixture::new();
    f.apply(found_with("a.md", &article("harbor"), b"bytes", 1));
    let before = f.only();
    let better = Digest {
        summary: "A better summary.".to_owned(),
        ..article("harbor")
    };
    let revision = f.catalogue.revision().unwrap();
    let outcome = f.apply(found_with("a.md", &better, b"bytes", 50));
    assert_eq!(outcome, Outcome::Redigested(before.id.clone()));
    let after = f.only();
    assert_eq!(after.digest, better);
    assert_eq!((after.id, after.updated), (before.id, before.updated));
    assert!(
        f.catalogue.revision().unwrap() > revision,
        "feeds show the summary"
    );
}

#[test]
fn a_file_rewritten_from_scratch_keeps_its_id() {
    let mut f = Fixture::new();
    f.found("a.md", &article("harbor"));
    f.end();
    let id = f.id("a.md");
    assert_eq!(
        f.found("a.md", &article("orchard")),
        Outcome::Edited(id.clone())
    );
    assert_eq!(f.withdrawn(), []);
    assert_eq!(f.only().id, id);
}
