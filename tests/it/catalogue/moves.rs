//! Files that change their names, and names that change their files.

use super::*;

/// Both orders in which a rename may be told.
fn rename(f: &mut Fixture, from: &str, to: &str, digest: &Digest, gone_first: bool) {
    if gone_first {
        f.gone(from);
        f.found(to, digest);
    } else {
        f.found(to, digest);
        f.gone(from);
    }
}

#[test]
fn a_rename_changes_nothing_that_is_shown() {
    for gone_first in [true, false] {
        let mut f = Fixture::new();
        f.found("a.md", &article("harbor"));
        f.end();
        let before = f.only();
        rename(&mut f, "a.md", "sub/b.md", &article("harbor"), gone_first);
        assert_eq!(f.withdrawn(), []);
        assert_eq!(f.only(), before);
        assert_eq!(f.id("sub/b.md"), before.id);
    }
}

#[test]
fn an_article_moved_and_edited_at_once_is_the_same() {
    for gone_first in [true, false] {
        let mut f = Fixture::new();
        f.found("z.md", &article("orchard"));
        f.found("a.md", &article("harbor"));
        f.end();
        let id = f.id("a.md");
        rename(&mut f, "a.md", "b.md", &rewritten("harbor", 2), gone_first);
        assert_eq!(f.withdrawn(), [], "gone first: {gone_first}");
        assert_eq!(f.id("b.md"), id);
        let entry = f.shown().into_iter().find(|e| e.id == id).unwrap();
        assert_eq!(entry.digest, rewritten("harbor", 2));
        assert_eq!(entry.published, at(2));
        assert!(entry.updated > entry.published);
        assert_eq!(f.catalogue.count().unwrap(), 2);
    }
}

#[test]
fn two_moved_and_edited_at_once_are_told_apart() {
    for gone_first in [true, false] {
        let mut f = Fixture::new();
        f.found("a.md", &article("harbor"));
        f.found("b.md", &rewritten("harbor", 3));
        f.end();
        let (a, b) = (f.id("a.md"), f.id("b.md"));
        let moves = [
            ("b", "d", rewritten("harbor", 4)),
            ("a", "c", edited("harbor")),
        ];
        for (from, to, digest) in &moves {
            if gone_first {
                f.gone(&format!("{from}.md"));
            } else {
                f.found(&format!("{to}.md"), digest);
            }
        }
        for (from, to, digest) in &moves {
            if gone_first {
                f.found(&format!("{to}.md"), digest);
            } else {
                f.gone(&format!("{from}.md"));
            }
        }
        f.end();
        assert_eq!(
            (f.id("c.md"), f.id("d.md")),
            (a, b),
            "gone first: {gone_first}"
        );
        assert_eq!(f.catalogue.count().unwrap(), 2);
    }
}

#[test]
fn another_article_in_the_place_of_a_deleted_one_is_new() {
    for gone_first in [true, false] {
        let mut f = Fixture::new();
        f.found("a.md", &article("harbor"));
        f.end();
        let old = f.id("a.md");
        rename(&mut f, "a.md", "b.md", &article("orchard"), gone_first);
        assert_eq!(f.withdrawn(), std::slice::from_ref(&old));
        assert_ne!(f.only().id, old);
    }
}

#[test]
fn files_that_swap_names_keep_their_ids() {
    let mut f = Fixture::new();
    f.found("a.md", &article("harbor"));
    f.found("b.md", &article("orchard"));
    f.end();
    let before = f.shown();
    let (harbor, orchard) = (f.id("a.md"), f.id("b.md"));
    f.found("a.md", &article("orchard"));
    f.found("b.md", &article("harbor"));
    assert_eq!(f.withdrawn(), []);
    assert_eq!((f.id("a.md"), f.id("b.md")), (orchard, harbor));
    assert_eq!(f.shown(), before);
}

#[test]
fn numbered_files_that_all_move_up_keep_their_ids() {
    let subjects = ["harbor", "orchard", "library", "tram"];
    for forwards in [true, false] {
        let mut f = Fixture::new();
        for (number, subject) in subjects[1..].iter().enumerate() {
            f.found(&format!("{}.md", number + 1), &article(subject));
        }
        f.end();
        let before = f.shown();
        let ids: Vec<_> = (1..=3).map(|n| f.id(&format!("{n}.md"))).collect();
        // A new article is put in front, told from either end.
        let mut order: Vec<usize> = (0..4).collect();
        if !forwards {
            order.reverse();
        }
        for number in order {
            f.found(&format!("{}.md", number + 1), &article(subjects[number]));
        }
        assert_eq!(f.withdrawn(), [], "forwards: {forwards}");
        let now: Vec<_> = (2..=4).map(|n| f.id(&format!("{n}.md"))).collect();
        assert_eq!(now, ids);
        let shown = f.shown();
        assert_eq!(shown[0].digest.title, "On harbor");
        assert_eq!(shown[1..], before);
    }
}

#[test]
fn a_name_that_is_given_on_before_the_move_is_told_keeps_no_id() {
    let mut f = Fixture::new();
    f.found("a.md", &article("harbor"));
    f.end();
    let before = f.only();
    // What was put in its place is told of goes before the file itself, of which
    // the last is a kill.
    f.found("a.md", &article("orchard"));
    f.end();
    f.found("c.md", &article("library"));
    f.end();
    let mut f = f.reopen();
    assert_eq!(
        f.found("new/b.md", &article("harbor")),
        Outcome::Moved(before.id.clone())
    );
    assert_eq!(f.withdrawn(), []);
    assert_eq!(f.id("new/b.md"), before.id);
    let shown = f.shown();
    assert_eq!(shown.len(), 3);
    let entry = shown.iter().find(|entry| entry.id == before.id).unwrap();
    assert_eq!(entry.digest, before.digest);
    assert_eq!(entry.published, before.published);
    // Readers saw the other text under this id.
    assert!(entry.updated > before.updated);
    let other = shown.iter().find(|entry| entry.id == f.id("a.md")).unwrap();
    assert_eq!(other.digest, article("orchard"));
    // An id that nobody would get again.
    assert!(!other.id.0.contains("-2"), "{other:?}");
}

#[test]
fn an_entry_that_turned_out_to_be_another_takes_no_text_from_that() {
    let mut f = Fixture::new();
    f.found("a.md", &article("harbor"));
    f.end();
    let id = f.id("a.md");
    // Moved and edited, new name first: for a moment it is an entry of its own.
    f.found("b.md", &rewritten("harbor", 2));
    f.gone("a.md");
    f.end();
    assert_eq!(f.id("b.md"), id);
    // Moved again, and its name given on.
    f.found("b.md", &article("orchard"));
    f.found("c.md", &rewritten("harbor", 2));
    f.end();
    assert_eq!(f.id("c.md"), id);
    assert_ne!(f.id("b.md"), id);
    assert_eq!(f.catalogue.count().unwrap(), 2);
}

#[test]
fn a_text_that_was_overwritten_long_ago_is_a_new_entry() {
    for (ends, wait) in [(1, 62), (2, 62), (1, 9_999), (1, -9_999)] {
        let mut f = Fixture::new();
        f.now = 10_000;
        f.found("a.md", &article("harbor"));
        f.end();
        let id = f.id("a.md");
        f.found("a.md", &article("orchard"));
        f.end();
        f.now += wait;
        for _ in 1..ends {
            f.end();
        }
        f.found("b.md", &article("harbor"));
        f.end();
        assert_eq!(f.id("a.md"), id, "{ends} ends, {wait} seconds");
        assert_ne!(f.id("b.md"), id);
    }
}

#[test]
fn a_backup_of_the_old_text_does_not_take_the_id() {
    for backup_first in [true, false] {
        let mut f = Fixture::new();
        f.found("a.md", &article("harbor"));
        f.end();
        let id = f.id("a.md");
        if backup_first {
            f.found("a.old.md", &article("harbor"));
        }
        f.found("a.md", &edited("harbor"));
        if !backup_first {
            f.found("a.old.md", &article("harbor"));
        }
        f.end();
        assert_eq!(f.id("a.md"), id);
        assert_ne!(f.id("a.old.md"), id);
    }
}

#[test]
fn a_save_through_another_file_keeps_the_id() {
    for gone_first in [true, false] {
        let mut f = Fixture::new();
        f.found("a.md", &article("harbor"));
        f.end();
        let before = f.only();
        // An editor writes beside it, and the daemon is quick.
        f.found("a.md.tmp", &rewritten("harbor", 2));
        f.end();
        if gone_first {
            f.gone("a.md.tmp");
        }
        f.found("a.md", &rewritten("harbor", 2));
        f.end();
        f.gone("a.md.tmp");
        f.end();
        let after = f.only();
        assert_eq!(after.id, before.id, "gone first: {gone_first}");
        assert_eq!(after.digest, rewritten("harbor", 2));
    }
}
