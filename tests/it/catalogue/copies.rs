//! The same text in several files.

use super::*;

#[test]
fn the_same_text_twice_is_one_entry() {
    let mut f = Fixture::new();
    f.found("a.md", &article("harbor"));
    let before = f.only();
    assert_eq!(
        f.found("b.md", &article("harbor")),
        Outcome::Copied(before.id.clone())
    );
    // Another way of writing the same words, as an export to plain text has.
    let shouted = Digest {
        title: "ON HARBOR!".to_owned(),
        ..article("harbor")
    };
    assert_eq!(
        f.found("b.txt", &shouted),
        Outcome::Copied(before.id.clone())
    );
    f.end();
    assert_eq!(f.only(), before);
    // It stays as long as one of its files does.
    f.gone("a.md");
    f.gone("b.md");
    assert_eq!(f.withdrawn(), []);
    assert_eq!(f.only(), before);
    f.gone("b.txt");
    assert_eq!(f.withdrawn(), [before.id]);
    assert_eq!(f.shown(), []);
}

#[test]
fn an_edit_of_the_first_copy_splits_the_others_off() {
    let mut f = Fixture::new();
    for path in ["a.md", "b.md", "c.md"] {
        f.found(path, &article("harbor"));
    }
    f.end();
    let old = f.only();
    let outcome = f.found("a.md", &edited("harbor"));
    let off = f.id("b.md");
    assert_eq!(
        outcome,
        Outcome::Split {
            edited: old.id.clone(),
            off: off.clone()
        }
    );
    f.end();
    assert_eq!((f.id("a.md"), f.id("c.md")), (old.id.clone(), off.clone()));
    assert_eq!(
        off.0,
        format!("{}-2", old.id),
        "the text's first id is taken"
    );
    let split = f.shown().into_iter().find(|e| e.id == off).unwrap();
    assert_eq!((split.digest, split.updated), (old.digest, old.updated));
}

#[test]
fn copies_edited_alike_stay_one_entry() {
    let mut f = Fixture::new();
    f.found("a.md", &article("harbor"));
    f.found("a.txt", &article("harbor"));
    f.end();
    let id = f.only().id;
    f.found("a.md", &edited("harbor"));
    f.found("a.txt", &edited("harbor"));
    f.end();
    assert_eq!(f.only().id, id);
    assert_eq!(f.id("a.txt"), id);
}

#[test]
fn copies_that_arrive_and_are_edited_in_one_go_keep_the_first_id() {
    let mut f = Fixture::new();
    f.found("a.md", &article("harbor"));
    let id = f.id("a.md");
    f.found("a.txt", &article("harbor"));
    f.found("a.md", &edited("harbor"));
    f.found("a.txt", &edited("harbor"));
    f.end();
    assert_eq!(f.only().id, id);
}

#[test]
fn an_edit_of_a_later_copy_is_a_new_entry() {
    let mut f = Fixture::new();
    f.found("a.md", &article("harbor"));
    f.found("b.md", &article("harbor"));
    f.end();
    let old = f.only();
    let outcome = f.found("b.md", &edited("harbor"));
    assert_eq!(outcome, Outcome::Added(f.id("b.md")));
    f.end();
    assert_eq!(f.id("a.md"), old.id);
    assert_eq!(f.shown().into_iter().find(|e| e.id == old.id), Some(old));
}

#[test]
fn a_file_overwritten_with_another_entrys_text_joins_it() {
    let mut f = Fixture::new();
    f.found("a.md", &article("harbor"));
    f.found("b.md", &article("orchard"));
    f.end();
    let (harbor, orchard) = (f.id("a.md"), f.id("b.md"));
    assert_eq!(
        f.found("a.md", &article("orchard")),
        Outcome::Copied(orchard)
    );
    assert_eq!(f.withdrawn(), [harbor]);
}
