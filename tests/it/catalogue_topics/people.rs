//! Who a surname is.

use super::*;

#[test]
fn a_surname_is_the_one_person_who_has_it() {
    let shown = labels(&[
        &[topic("Ada Lindqvist", Person, &["Lindqvist"])],
        &[topic("Lindqvist", Person, &[])],
    ]);
    assert_eq!(shown, [["Ada Lindqvist"], ["Ada Lindqvist"]]);
}

#[test]
fn a_part_of_a_name_that_is_no_surname_is_somebody_else() {
    let shown = labels(&[
        &[topic("Ida Berg-Holm", Person, &[])],
        &[topic("Holm", Person, &[])],
        &[topic("Berg-Holm", Person, &[])],
        &[topic("Lorn Ada Falk", Person, &[])],
        &[topic("Ada Falk", Person, &[])],
    ]);
    assert_eq!(
        shown,
        [
            ["Ida Berg-Holm"],
            ["Holm"],
            ["Ida Berg-Holm"],
            ["Lorn Ada Falk"],
            ["Ada Falk"]
        ]
    );
}

#[test]
fn between_two_persons_nobody_guesses() {
    let shown = labels(&[
        &[topic("Ada Lindqvist", Person, &["Lindqvist"])],
        &[topic("Bo Lindqvist", Person, &["Lindqvist"])],
        &[topic("Lindqvist", Person, &[])],
        &[topic("Ada Lindqvist", Person, &[])],
        &[topic("Cem Lindqvist", Person, &[])],
        &[topic("Lindqvist", Person, &[])],
    ]);
    assert_eq!(
        shown,
        [
            ["Ada Lindqvist"],
            ["Bo Lindqvist"],
            ["Lindqvist"],
            ["Ada Lindqvist"],
            ["Cem Lindqvist"],
            ["Lindqvist"]
        ]
    );
}

#[test]
fn a_full_name_is_given_to_all_articles_that_had_the_surname() {
    let mut f = Fixture::new();
    f.found("a.md", &about("harbor", &[topic("Lindqvist", Person, &[])]));
    f.end();
    let (before, revision) = (f.only(), f.catalogue.revision().unwrap());
    f.found(
        "b.md",
        &about("orchard", &[topic("Ada Lindqvist", Person, &["Lindqvist"])]),
    );
    f.found("c.md", &about("tram", &[topic("Lindqvist", Person, &[])]));
    assert_eq!(
        f.labels(),
        [["Ada Lindqvist"], ["Ada Lindqvist"], ["Ada Lindqvist"]]
    );
    assert!(f.catalogue.revision().unwrap() > revision);
    let after = f
        .shown()
        .into_iter()
        .find(|entry| entry.id == before.id)
        .unwrap();
    assert_eq!(after.updated, before.updated, "no entry has changed");
    assert_eq!(f.listed()[0].slug.0, "lindqvist", "a slug stays");
    // Another one of that name is somebody else.
    f.found(
        "d.md",
        &about("ferry", &[topic("Bo Lindqvist", Person, &[])]),
    );
    assert_eq!(f.labels()[3], ["Bo Lindqvist"]);
}

#[test]
fn names_in_the_middle_may_be_left_out_but_not_differ() {
    let shown = labels(&[
        &[topic("Ada Maria Lindqvist", Person, &[])],
        &[topic("Ada Lindqvist", Person, &[])],
        &[topic("Ada Karin Lindqvist", Person, &[])],
        &[topic("Ada Lindqvist", Person, &[])],
        &[topic("Ines van der Falk", Person, &[])],
        &[topic("van der Falk", Person, &[])],
    ]);
    assert_eq!(
        shown,
        [
            ["Ada Maria Lindqvist"],
            ["Ada Maria Lindqvist"],
            ["Ada Karin Lindqvist"],
            ["Ada Maria Lindqvist"],
            ["Ines van der Falk"],
            ["Ines van der Falk"]
        ]
    );
}

#[test]
fn a_misspelled_name_that_was_mended_is_nobody() {
    let mut f = Fixture::new();
    f.found(
        "a.md",
        &about("harbor", &[topic("Adda Lindqvist", Person, &[])]),
    );
    f.found(
        "a.md",
        &about("harbor", &[topic("Ada Lindqvist", Person, &[])]),
    );
    f.found(
        "b.md",
        &about("orchard", &[topic("Lindqvist", Person, &[])]),
    );
    assert_eq!(f.labels(), [["Ada Lindqvist"], ["Ada Lindqvist"]]);
}
