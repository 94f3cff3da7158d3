//! What is deleted, refused or brought back.

use super::*;

#[test]
fn a_deleted_article_is_withdrawn_at_the_end() {
    let mut f = Fixture::new();
    f.found("a.md", &article("harbor"));
    f.end();
    let id = f.id("a.md");
    assert_eq!(f.gone("a.md"), Outcome::Gone);
    assert_eq!(f.catalogue.count().unwrap(), 1, "not before the end");
    assert_eq!(f.withdrawn(), [id]);
    assert_eq!((f.shown(), f.catalogue.count().unwrap()), (vec![], 0));
    assert_eq!(f.gone("a.md"), Outcome::Unchanged);
}

#[test]
fn an_article_brought_back_has_its_id_and_dates() {
    let mut f = Fixture::new();
    f.found("a.md", &article("harbor"));
    f.found("b.md", &article("orchard"));
    f.end();
    f.found("c.md", &article("library"));
    f.end();
    let before = f.shown();
    let id = f.id("a.md");
    f.gone("a.md");
    f.end();
    assert_eq!(
        f.found("elsewhere.md", &article("harbor")),
        Outcome::Revived(id)
    );
    f.end();
    assert_eq!(f.shown(), before, "and its old place in the order");
}

#[test]
fn an_article_brought_back_edited_is_the_same() {
    let mut f = Fixture::new();
    f.found("a.md", &article("harbor"));
    f.end();
    let id = f.id("a.md");
    f.gone("a.md");
    f.end();
    assert_eq!(
        f.found("new.md", &rewritten("harbor", 2)),
        Outcome::Revived(id)
    );
    assert_eq!(f.only().updated, at(4));
}

#[test]
fn at_its_old_path_an_article_is_known_by_less() {
    for (path, same) in [("a.md", true), ("b.md", false)] {
        let mut f = Fixture::new();
        f.found("a.md", &article("harbor"));
        f.end();
        let id = f.id("a.md");
        f.gone("a.md");
        f.end();
        f.found(path, &rewritten("harbor", 5));
        assert_eq!(f.id(path) == id, same, "{path}");
    }
}

#[test]
fn an_id_is_never_given_twice() {
    let mut f = Fixture::new();
    f.found("a.md", &article("harbor"));
    f.end();
    let first = f.id("a.md");
    f.found("a.md", &edited("harbor"));
    f.end();
    f.found("b.md", &article("harbor"));
    f.end();
    assert_eq!(f.id("a.md"), first);
    assert_eq!(f.id("b.md").0, format!("{first}-2"));
}

#[test]
fn a_refused_file_is_reported_and_remembered() {
    let mut f = Fixture::new();
    for path in ["b.bin", "a.bin"] {
        assert_eq!(f.refused(path, Refusal::Faulty), Outcome::Refused);
    }
    assert_eq!(f.withdrawn(), []);
    let refused = ["a.bin", "b.bin"].map(|path| Refused {
        path: path.into(),
        kind: Refusal::Faulty,
        reason: "Faulty".to_owned(),
    });
    assert_eq!(f.catalogue.refused().unwrap(), refused);
    assert_eq!(f.catalogue.sources().unwrap().len(), 2);
    assert_eq!(f.shown(), []);
    f.gone("a.bin");
    let outcome = f.found("b.bin", &article("harbor"));
    assert_eq!(outcome, Outcome::Added(f.id("b.bin")));
    assert_eq!(f.catalogue.refused().unwrap(), []);
}

#[test]
fn an_entry_outlives_a_moment_in_which_its_file_is_empty() {
    let mut f = Fixture::new();
    f.found("a.md", &article("harbor"));
    f.end();
    let before = f.only();
    f.refused("a.md", Refusal::Faulty);
    assert_eq!(f.withdrawn(), []);
    assert_eq!(f.only(), before);
    assert_eq!(f.catalogue.refused().unwrap().len(), 1);
    assert_eq!(f.found("a.md", &article("harbor")), Outcome::Unchanged);
    assert_eq!(f.catalogue.refused().unwrap(), []);
    assert_eq!(f.only(), before);
    f.refused("a.md", Refusal::Faulty);
    f.gone("a.md");
    assert_eq!(f.withdrawn(), [before.id]);
}

#[test]
fn a_draft_is_withdrawn_and_published_again_under_its_id() {
    let mut f = Fixture::new();
    f.found("a.md", &article("harbor"));
    f.end();
    let id = f.id("a.md");
    f.refused("a.md", Refusal::Draft);
    assert_eq!(f.withdrawn(), std::slice::from_ref(&id));
    assert_eq!(f.catalogue.refused().unwrap()[0].kind, Refusal::Draft);
    assert_eq!(
        f.found("a.md", &rewritten("harbor", 4)),
        Outcome::Revived(id)
    );
}
