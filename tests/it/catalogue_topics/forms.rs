//! Which forms are one topic.

use super::*;

#[test]
fn what_is_written_otherwise_is_the_same_topic() {
    let shown = labels(&[
        &[
            topic("Human rights", Concept, &[]),
            topic("U.S.", Place, &[]),
        ],
        &[topic("HUMAN RIGHTS", Concept, &[]), topic("US", Place, &[])],
        &[topic("human-rights", Other, &[])],
    ]);
    assert_eq!(
        shown,
        [
            vec!["Human rights", "U.S."],
            vec!["Human rights", "U.S."],
            vec!["Human rights"]
        ]
    );
}

#[test]
fn a_long_form_that_an_article_pairs_is_known_from_then_on() {
    let long = "Board of Harbor Pilots";
    let shown = labels(&[
        &[topic("BHP", Organization, &[])],
        &[topic(long, Organization, &["BHP"])],
        &[topic(long, Organization, &[])],
    ]);
    assert_eq!(shown, [["BHP"], ["BHP"], ["BHP"]]);
}

#[test]
fn short_forms_are_known_in_their_article_only() {
    let shown = labels(&[
        &[topic("Harbor Pilots", Organization, &["HP", "Pilots"])],
        &[topic("HP", Organization, &[])],
        &[topic("Pilots", Organization, &[])],
        &[topic("HP", Organization, &["Harbor Pilots"])],
    ]);
    assert_eq!(shown, [["Harbor Pilots"], ["HP"], ["Pilots"], ["HP"]]);
}

#[test]
fn kinds_that_cannot_be_one_are_two_topics_of_one_label() {
    let mut f = Fixture::new();
    f.found("a.md", &about("harbor", &[topic("Orra", Place, &[])]));
    f.found(
        "b.md",
        &about("orchard", &[topic("Orra", Organization, &[])]),
    );
    // What is not known to be anything else is the older one.
    f.found("c.md", &about("tram", &[topic("Orra", Other, &[])]));
    let slugs: Vec<_> = f
        .listed()
        .iter()
        .map(|topic| (topic.slug.0.clone(), topic.articles))
        .collect();
    assert_eq!(slugs, [("orra_2".to_owned(), 2), ("orra".to_owned(), 1)]);
    // An entry shows no label twice.
    f.found(
        "d.md",
        &about(
            "ferry",
            &[topic("Orra", Organization, &[]), topic("Orra", Place, &[])],
        ),
    );
    assert_eq!(f.labels()[3], ["Orra"]);
}

#[test]
fn somebody_is_no_concept_of_the_same_name() {
    let mut f = Fixture::new();
    f.found("a.md", &about("harbor", &[topic("Price", Concept, &[])]));
    f.found("b.md", &about("tram", &[topic("Price", Person, &[])]));
    f.found(
        "c.md",
        &about("orchard", &[topic("Ada Price", Person, &[])]),
    );
    f.found("d.md", &about("ferry", &[topic("Price", Concept, &[])]));
    assert_eq!(
        f.labels(),
        [["Price"], ["Ada Price"], ["Ada Price"], ["Price"]]
    );
}

#[test]
fn a_kind_that_is_learned_later_holds_for_all() {
    let mut f = Fixture::new();
    f.found(
        "a.md",
        &about("harbor", &[topic("Ada Lindqvist", Other, &[])]),
    );
    f.found(
        "b.md",
        &about("orchard", &[topic("Ada Lindqvist", Person, &[])]),
    );
    f.found("c.md", &about("tram", &[topic("Lindqvist", Person, &[])]));
    assert_eq!(
        f.labels(),
        [["Ada Lindqvist"], ["Ada Lindqvist"], ["Ada Lindqvist"]]
    );
    let kinds: BTreeSet<_> = f
        .shown()
        .iter()
        .map(|entry| entry.digest.topics[0].kind.name())
        .collect();
    assert_eq!(kinds, BTreeSet::from(["person"]));
}

#[test]
fn english_concepts_are_one_in_either_number() {
    let shown = labels(&[
        &[topic("Heat pump", Concept, &[])],
        &[topic("Heat pumps", Concept, &[])],
        &[topic("Heat Pumps", Organization, &[])],
    ]);
    assert_eq!(shown, [["Heat pump"], ["Heat pump"], ["Heat pump"]]);
}
