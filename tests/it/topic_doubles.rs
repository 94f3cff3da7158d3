//! One thing is one topic, whole: no acronym beside what it stands for, no part
//! of a name beside or instead of it, no two names in one.

use crate::topic_forms::all_topics;
use feedwright::article::Article;

/// The labels of all topics of an article.
fn check(language: &str, byline: &[&str], paragraphs: &[&str]) -> Vec<String> {
    let article = Article {
        language: Some(language.to_owned()),
        byline: byline.iter().map(|name| (*name).to_owned()).collect(),
        ..Article::default()
    };
    let topics = all_topics(article, paragraphs);
    topics.into_iter().map(|topic| topic.label).collect()
}

/// That the topics have all of the first labels and none of the second.
#[track_caller]
fn has(topics: &[String], right: &[&str], wrong: &[&str]) {
    let known = |label: &&&str| topics.iter().any(|topic| topic == **label);
    let missing: Vec<_> = right.iter().filter(|label| !known(label)).collect();
    let extra: Vec<_> = wrong.iter().filter(known).collect();
    assert!(
        missing.is_empty() && extra.is_empty(),
        "without {missing:?}, with {extra:?}: {topics:?}"
    );
}

#[test]
fn a_known_name_is_not_cut_where_a_name_of_the_article_would_end() {
    let topics = check(
        "en",
        &[],
        &[
            "The Organization for Security and Co-operation in Europe met in Marrow Point on Monday.",
            "The OSCE wants more observers. Nobody at the OSCE would say how many.",
        ],
    );
    has(
        &topics,
        &["OSCE"],
        &[
            "Organization for Security and Co-operation",
            "Organization for Security and Co-operation in Europe",
            "Organization",
        ],
    );
}

#[test]
fn a_known_acronym_takes_the_long_form_that_only_the_article_has() {
    let topics = check(
        "en",
        &[],
        &[
            "The Organization of Security and Common Estuaries met in Marrow Point on Monday.",
            "The OSCE wants more observers. Nobody at the OSCE would say how many.",
        ],
    );
    has(
        &topics,
        &["OSCE"],
        &["Organization of Security and Common Estuaries"],
    );
}

#[test]
fn hyphens_and_accents_make_no_other_topic() {
    let topics = check(
        "en",
        &[],
        &[
            "The tide tables of Marrow Point are wrong, José Rueda said. Rueda knows all tide tables.",
            "Money for the tide-table is short, and Jose Rueda has none. Nobody likes the tide-table.",
        ],
    );
    let tables = topics.iter().filter(|topic| topic.starts_with("Tide"));
    assert_eq!(tables.count(), 1, "{topics:?}");
    has(&topics, &["José Rueda"], &["Jose Rueda"]);
}

#[test]
fn an_acronym_and_its_words_are_one_topic_though_neither_explains_the_other() {
    let topics = check(
        "en",
        &[],
        &[
            "Harbors file a Tidal Fee Disclosure each year. The TFD of Marrow Point was late.",
            "A late Tidal Fee Disclosure costs a harbor its TFD license.",
        ],
    );
    let both = ["Tidal Fee Disclosure", "TFD"];
    let count = topics.iter().filter(|topic| both.contains(&&***topic));
    assert_eq!(count.count(), 1, "{topics:?}");
}

#[test]
fn what_stands_before_a_full_name_is_none_of_it() {
    let topics = check(
        "en",
        &[],
        &[
            "A former Miss Universe Alicia Roe opened the new pier of Marrow Point on Monday.",
            "Alicia Roe cut the ribbon, and Roe left at noon.",
        ],
    );
    has(&topics, &["Alicia Roe"], &["Universe Alicia Roe"]);
}

#[test]
fn behind_a_german_surname_von_der_joins_nothing() {
    let topics = check(
        "de",
        &[],
        &[
            "Anna Berg von der Partij voor Water kam am Montag nach Brunstede. Anna Berg blieb zwei Tage.",
            "Dort traf sie Karl von der Lohe. Karl von der Lohe ist Bürgermeister.",
        ],
    );
    has(
        &topics,
        &["Anna Berg", "Karl von der Lohe"],
        &[
            "Anna Berg von der Partij",
            "Anna Berg von der Partij voor Water",
        ],
    );
}

#[test]
fn a_second_surname_is_a_part_of_a_portuguese_name() {
    let topics = check(
        "pt",
        &[],
        &[
            "O presidente da câmara, Pedro Rebelo de Moura, chegou a Lisboa na segunda-feira.",
            "Pedro Rebelo de Moura falou com os pescadores. Ana Costa de Lisboa ficou em casa.",
        ],
    );
    has(
        &topics,
        &["Pedro Rebelo de Moura"],
        &["Pedro Rebelo", "Moura", "Ana Costa de Lisboa"],
    );
}

#[test]
fn what_small_words_join_more_than_once_is_one_name() {
    let topics = check(
        "pt",
        &[],
        &[
            "A aldeia abriu a Gruta do Vento aos visitantes. Na Gruta do Vento vivem morcegos.",
            "Também a Furna da névoa reabre. Os guias da Furna da névoa pedem silêncio.",
        ],
    );
    has(
        &topics,
        &["Gruta do Vento", "Furna da névoa"],
        &["Gruta", "Vento", "Furna"],
    );
}

#[test]
fn german_adjectives_stand_as_they_do_alone() {
    let topics = check(
        "de",
        &[],
        &[
            "In der Nordischen Seglerpartei gibt es Streit. Der Vorstand der Nordischen Seglerpartei tagt am Montag.",
            "Die Schiffe fahren durch den Lohischen Sund nach Brunstede. Niemand kennt den Lohischen Sund besser.",
            "Auf den Lohischen Inseln steht ein Leuchtturm.",
        ],
    );
    has(
        &topics,
        &["Nordische Seglerpartei", "Lohischer Sund"],
        &[
            "Nordischen Seglerpartei",
            "Lohischen Sund",
            "Lohischer Inseln",
        ],
    );
}

#[test]
fn authors_are_no_topic_in_any_form_of_their_names() {
    let paragraphs = [
        "Ann Lee went to Marrow Point to see the ferry. Lee saw nothing of it.",
        "The ferry belongs to Tom Lohe. Anna Roe sold it to him.",
    ];
    let topics = check("en", &["Ann B. Lee", "A. Roe"], &paragraphs);
    has(&topics, &["Tom Lohe"], &["Ann Lee", "Lee", "Anna Roe"]);
    let topics = check("en", &["Berta Lee"], &paragraphs);
    has(&topics, &["Ann Lee", "Anna Roe"], &[]);
}

#[test]
fn a_general_noun_behind_a_german_name_is_none_of_it() {
    let topics = check(
        "de",
        &[],
        &[
            "In Brunstede Anfang Mai war das Wasser hoch. Der Hafen von Brunstede blieb zu.",
            "Auch Frau Lohe kam nach Brunstede. Dort sprach Lohe mit den Fischern.",
        ],
    );
    has(&topics, &["Brunstede"], &["Brunstede Anfang", "Anfang"]);
}
