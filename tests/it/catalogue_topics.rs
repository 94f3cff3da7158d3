//! The registry of topics: what articles mention, as entries show it.

use crate::catalogue::{Fixture, article, at, found};
use TopicKind::{Concept, Organization, Other, Person, Place};
use feedwright::{
    catalogue::{
        Outcome, Record, TopicDecision, TopicId,
        store::{ListedTopic, Visitor},
    },
    entry::{Digest, Topic, TopicKind},
};
use proptest::prelude::*;
use std::collections::BTreeSet;

fn topic(label: &str, kind: TopicKind, forms: &[&str]) -> Topic {
    Topic {
        label: label.to_owned(),
        kind,
        forms: forms.iter().map(|form| (*form).to_owned()).collect(),
    }
}

/// An article on its own subject with these topics.
fn about(subject: &str, topics: &[Topic]) -> Digest {
    Digest {
        topics: topics.to_vec(),
        language: Some("en".to_owned()),
        ..article(subject)
    }
}

const SUBJECTS: [&str; 8] = [
    "harbor", "orchard", "library", "tram", "ferry", "museum", "quarry", "canal",
];

/// The labels that articles show, in the order in which they are told, each of
/// which has these topics.
fn labels(articles: &[&[Topic]]) -> Vec<Vec<String>> {
    let mut f = Fixture::new();
    for (topics, subject) in articles.iter().zip(SUBJECTS) {
        f.found(&format!("{subject}.md"), &about(subject, topics));
    }
    f.labels()
}

impl Fixture {
    /// What each entry shows, the oldest first.
    fn labels(&mut self) -> Vec<Vec<String>> {
        let mut shown = self.shown();
        shown.sort_by_key(|entry| entry.published);
        let labels = |topics: &[Topic]| topics.iter().map(|topic| topic.label.clone()).collect();
        shown
            .iter()
            .map(|entry| labels(&entry.digest.topics))
            .collect()
    }

    fn visitor(&self) -> Visitor {
        Visitor::open(self.folder.path()).unwrap().unwrap()
    }

    fn listed(&self) -> Vec<ListedTopic> {
        self.visitor().topics(8).unwrap()
    }

    fn id_of(&self, name: &str) -> TopicId {
        let found = self.visitor().called(name).unwrap();
        assert_eq!(found.len(), 1, "{name}: {found:?}");
        found[0].id
    }

    fn rename(&mut self, topic: &str, label: &str) -> Outcome {
        let (topic, label) = (self.id_of(topic), label.to_owned());
        self.apply(Record::Topics(TopicDecision::Rename { topic, label }))
    }

    fn merge(&mut self, from: &[&str], into: &str) -> Outcome {
        let from = from.iter().map(|name| self.id_of(name)).collect();
        let into = self.id_of(into);
        self.apply(Record::Topics(TopicDecision::Merge { from, into }))
    }

    fn ban(&mut self, topic: &str) -> Outcome {
        let topic = self.id_of(topic);
        self.apply(Record::Topics(TopicDecision::Ban { topic }))
    }

    fn allow(&mut self, topic: &str) -> Outcome {
        let topic = self.id_of(topic);
        self.apply(Record::Topics(TopicDecision::Allow { topic }))
    }
}

// Which topic is it?

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

// Persons.

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

// What the owner decides.

/// Three articles on Lindqvist, two on heat pumps, the last on both.
fn town() -> Fixture {
    let mut f = Fixture::new();
    let (lone, pumps) = (
        topic("Lindqvist", Person, &[]),
        topic("Heat pumps", Concept, &[]),
    );
    f.found("a.md", &about("harbor", std::slice::from_ref(&lone)));
    f.found("b.md", &about("orchard", std::slice::from_ref(&lone)));
    f.found("c.md", &about("library", std::slice::from_ref(&pumps)));
    f.found("d.md", &about("tram", &[pumps, lone]));
    f.end();
    f
}

#[test]
fn a_rename_holds_for_all_articles_and_those_to_come() {
    let mut f = town();
    let (before, revision) = (f.shown(), f.catalogue.revision().unwrap());
    assert_eq!(f.rename("lindqvist", "The mayor"), Outcome::Decided);
    assert!(f.catalogue.revision().unwrap() > revision);
    f.found("e.md", &about("ferry", &[topic("Lindqvist", Person, &[])]));
    // A full name does not undo it.
    f.found(
        "f.md",
        &about("museum", &[topic("Ada Lindqvist", Person, &[])]),
    );
    let mut f = f.reopen();
    assert_eq!(f.labels()[0], ["The mayor"]);
    assert_eq!(
        f.labels()[3..5],
        [vec!["Heat pumps", "The mayor"], vec!["The mayor"]]
    );
    assert_eq!(f.labels()[5], ["Ada Lindqvist"]);
    for old in before {
        let new = f
            .shown()
            .into_iter()
            .find(|entry| entry.id == old.id)
            .unwrap();
        assert_eq!((new.updated, new.published), (old.updated, old.published));
    }
    // Once is enough, and back is back.
    assert_eq!(f.rename("The mayor", "The mayor"), Outcome::Unchanged);
    assert_eq!(f.rename("The mayor", "Lindqvist"), Outcome::Decided);
    assert_eq!(f.labels()[0], ["Lindqvist"]);
}

#[test]
fn a_label_that_another_topic_has_is_not_given() {
    let mut f = town();
    assert_eq!(
        f.rename("Lindqvist", "!"),
        Outcome::Decided,
        "any sign will do"
    );
    assert_eq!(f.rename("!", " "), Outcome::Unchanged);
    f.found("e.md", &about("ferry", &[topic("Ada Falk", Person, &[])]));
    assert_eq!(f.rename("Ada Falk", "lindqvist"), Outcome::Unchanged);
}

#[test]
fn a_decision_survives_edits_and_another_digest() {
    let mut f = town();
    f.rename("Lindqvist", "The mayor");
    f.ban("Heat pumps");
    let lone = topic("Lindqvist", Person, &[]);
    let edited = Digest {
        summary: "Another one.".to_owned(),
        ..about(
            "tram",
            &[
                topic("Heat pump", Concept, &[]),
                lone,
                topic("Tolls", Concept, &[]),
            ],
        )
    };
    f.found("d.md", &edited);
    assert_eq!(f.labels()[3], ["The mayor", "Tolls"]);
}

#[test]
fn merged_topics_are_one_along_any_chain() {
    let mut f = Fixture::new();
    let one = |label| [topic(label, Concept, &[])];
    for (label, subject) in ["Tolls", "Fees", "Charges", "Duties"]
        .into_iter()
        .zip(SUBJECTS)
    {
        f.found(&format!("{subject}.md"), &about(subject, &one(label)));
    }
    assert_eq!(f.merge(&["Tolls"], "Fees"), Outcome::Decided);
    assert_eq!(f.merge(&["Fees", "Duties"], "Charges"), Outcome::Decided);
    // Those are one already, so that there are no circles.
    assert_eq!(f.merge(&["Charges"], "Tolls"), Outcome::Unchanged);
    f.found("e.md", &about("ferry", &one("Tolls")));
    assert_eq!(f.labels(), vec![["Charges"]; 5]);
    let listed = f.listed();
    assert_eq!(listed.len(), 1);
    assert_eq!(
        (listed[0].articles, &listed[0].forms[..]),
        (5, &["Duties", "Fees", "Tolls"].map(str::to_owned)[..])
    );
    // An entry that has two of them shows one.
    f.found(
        "f.md",
        &about("museum", &[one("Fees"), one("Duties")].concat()),
    );
    assert_eq!(f.labels()[5], ["Charges"]);
    assert_eq!(f.listed()[0].articles, 6);
}

#[test]
fn what_is_banned_is_not_shown_until_it_is_allowed() {
    let mut f = town();
    let before = f.labels();
    assert_eq!(f.ban("Heat pumps"), Outcome::Decided);
    assert_eq!(f.labels()[2..], [vec![], vec!["Lindqvist"]]);
    assert_eq!(f.ban("Heat pumps"), Outcome::Unchanged);
    f.found("e.md", &about("ferry", &[topic("Heat pump", Concept, &[])]));
    assert_eq!(f.labels()[4], [""; 0]);
    let listed = f.listed();
    assert_eq!(
        (&*listed[1].label, listed[1].banned, listed[1].articles),
        ("Heat pumps", true, 0)
    );
    assert_eq!(f.allow("Heat pump"), Outcome::Decided);
    assert_eq!(f.labels()[..4], before);
    assert_eq!(f.allow("Heat pumps"), Outcome::Unchanged);
}

#[test]
fn a_decision_about_what_is_not_there_changes_nothing() {
    let mut f = town();
    let none = TopicId(9_000);
    let known = f.id_of("Lindqvist");
    let revision = f.catalogue.revision().unwrap();
    for decision in [
        TopicDecision::Ban { topic: none },
        TopicDecision::Rename {
            topic: none,
            label: "X".to_owned(),
        },
        TopicDecision::Merge {
            from: vec![none],
            into: known,
        },
        TopicDecision::Merge {
            from: vec![known],
            into: none,
        },
    ] {
        assert_eq!(f.visitor().affected(&decision, 8).unwrap(), 0);
        assert_eq!(f.apply(Record::Topics(decision)), Outcome::Unchanged);
    }
    assert_eq!(f.catalogue.revision().unwrap(), revision);
}

#[test]
fn what_a_decision_will_change_is_what_it_changes() {
    let first = |f: &mut Fixture, most: usize| {
        let mut labels = f.labels();
        for labels in &mut labels {
            labels.truncate(most);
        }
        labels
    };
    for (most, decide) in [(8, 0), (1, 0), (8, 1), (1, 1), (8, 2), (1, 2)] {
        let mut f = town();
        let (lindqvist, pumps) = (f.id_of("Lindqvist"), f.id_of("Heat pumps"));
        let decision = match decide {
            0 => TopicDecision::Rename {
                topic: lindqvist,
                label: "The mayor".to_owned(),
            },
            1 => TopicDecision::Ban { topic: pumps },
            _ => TopicDecision::Merge {
                from: vec![pumps],
                into: lindqvist,
            },
        };
        let told = f.visitor().affected(&decision, most).unwrap();
        let before = first(&mut f, most);
        f.apply(Record::Topics(decision));
        let after = first(&mut f, most);
        let changed = before
            .iter()
            .zip(&after)
            .filter(|(before, after)| before != after);
        assert_eq!(told, changed.count(), "{most} {decide}");
    }
}

#[test]
fn decisions_left_by_others_are_applied_once_and_in_order() {
    let f = town();
    assert!(!f.catalogue.is_asked().unwrap());
    let topic = f.id_of("Lindqvist");
    let rename = |label: &str| TopicDecision::Rename {
        topic,
        label: label.to_owned(),
    };
    let mut visitor = f.visitor();
    visitor.ask(rename("The mayor")).unwrap();
    visitor.ask(rename("Mayor Lindqvist")).unwrap();
    assert!(visitor.is_waiting().unwrap());
    // Not lost when whoever has the catalogue ends.
    let mut f = f.reopen();
    assert!(f.catalogue.is_asked().unwrap());
    let applied = f.catalogue.apply_asked().unwrap().applied;
    assert_eq!(applied.len(), 2);
    assert!(
        applied
            .iter()
            .all(|(_, outcome)| *outcome == Outcome::Decided)
    );
    assert_eq!(f.labels()[0], ["Mayor Lindqvist"]);
    assert!(!visitor.is_waiting().unwrap());
    assert_eq!(f.catalogue.apply_asked().unwrap().applied, []);
}

// The store.

#[test]
fn there_is_nothing_to_visit_where_no_catalogue_is() {
    let folder = tempfile::tempdir().unwrap();
    assert!(Visitor::open(folder.path()).unwrap().is_none());
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
}

/// A catalogue as the second version of the program left it.
pub(crate) fn of_version_2(f: Fixture) -> tempfile::TempDir {
    let Fixture {
        folder, catalogue, ..
    } = f;
    drop(catalogue);
    let db = rusqlite::Connection::open(folder.path().join("catalogue.db")).unwrap();
    let sql = "SELECT name FROM sqlite_schema WHERE name LIKE 'search%' AND type = 'table'
        AND name NOT LIKE 'search_%' ESCAPE '\\'";
    let searched: Vec<String> = db
        .prepare(sql)
        .unwrap()
        .query_map([], |row| row.get(0))
        .unwrap()
        .collect::<Result<_, _>>()
        .unwrap();
    for table in searched {
        db.execute_batch(&format!("DROP TABLE {table}")).unwrap();
    }
    db.execute_batch(
        "DROP TABLE IF EXISTS search_entry; DROP TABLE tally;
         DROP INDEX entry_slug; DROP INDEX entry_revised; DROP TABLE subject; DROP TABLE member;
         DROP TABLE deleted; DROP TABLE grown; DROP TABLE imprint; DROP TABLE channel;
         DROP TABLE folder; DROP TABLE page; DROP TABLE due; DROP TABLE document;
         ALTER TABLE entry DROP COLUMN slug; ALTER TABLE entry DROP COLUMN version;
         ALTER TABLE entry DROP COLUMN revised; ALTER TABLE entry DROP COLUMN placed;
         ALTER TABLE entry DROP COLUMN speaker; ALTER TABLE entry DROP COLUMN subjects;
         CREATE INDEX entry_order ON entry (generation DESC, published DESC, id)
             WHERE withdrawn IS NULL;
         DELETE FROM meta WHERE key IN ('settings', 'round');
         ALTER TABLE former DROP COLUMN ended; DROP TABLE retraction;
         PRAGMA user_version = 2;",
    )
    .unwrap();
    folder
}

/// A catalogue as the first version of the program left it.
fn of_version_1(f: Fixture) -> tempfile::TempDir {
    let folder = of_version_2(f);
    let db = rusqlite::Connection::open(folder.path().join("catalogue.db")).unwrap();
    db.execute_batch(
        "DROP VIEW topic_entry; DROP TABLE topic_later;
         DROP TABLE topic; DROP TABLE topic_form; DROP TABLE topic_name;
         DROP TABLE pending; ALTER TABLE entry DROP COLUMN topics; PRAGMA user_version = 1;
         UPDATE digest SET digest = json_set(digest, '$.topics',
             json((SELECT json_group_array(json_extract(value, '$[0]'))
              FROM json_each(digest.digest, '$.topics'))));",
    )
    .unwrap();
    folder
}

#[test]
fn a_catalogue_without_a_registry_gets_one() {
    let mut f = town();
    f.found(
        "e.md",
        &about("ferry", &[topic("HEAT PUMPS", Concept, &[])]),
    );
    let (before, labels) = (f.shown(), f.labels());
    let folder = of_version_1(f);
    // Looking is enough.
    let visitor = Visitor::open(folder.path()).unwrap().unwrap();
    let counts: Vec<_> = visitor
        .topics(8)
        .unwrap()
        .into_iter()
        .map(|topic| (topic.label, topic.articles))
        .collect();
    assert_eq!(
        counts,
        [("Heat pumps".to_owned(), 3), ("Lindqvist".to_owned(), 3)]
    );
    let catalogue = feedwright::catalogue::store::Catalogue::open(folder.path()).unwrap();
    let mut f = Fixture {
        folder,
        catalogue,
        now: 90,
    };
    assert_eq!(f.labels(), labels);
    let dates = |shown: &[feedwright::entry::Entry]| {
        shown
            .iter()
            .map(|e| (e.id.clone(), e.updated))
            .collect::<Vec<_>>()
    };
    assert_eq!(dates(&f.shown()), dates(&before));
    // Digested anew, they tell their kinds.
    f.found("a.md", &about("harbor", &[topic("Lindqvist", Person, &[])]));
    assert_eq!(f.visitor().called("Lindqvist").unwrap()[0].kind, Person);
}

// Properties.

#[derive(Debug, Clone)]
enum Step {
    Write { path: usize, topics: Vec<Topic> },
    Remove { path: usize },
    End,
    Rename { topic: usize, label: usize },
    Merge { from: usize, into: usize },
    Ban { topic: usize },
    Allow { topic: usize },
}

const LABELS: [&str; 9] = [
    "Lindqvist",
    "Ada Lindqvist",
    "Bo Lindqvist",
    "Ada M. Lindqvist",
    "Orra",
    "ORRA",
    "Tolls",
    "Toll",
    "Harbor Orra",
];

fn topics() -> impl Strategy<Value = Vec<Topic>> {
    let kinds = prop_oneof![
        Just(Person),
        Just(Organization),
        Just(Place),
        Just(Concept),
        Just(Other)
    ];
    let forms = proptest::collection::vec(0..LABELS.len(), 0..3);
    let one = (0..LABELS.len(), kinds, forms).prop_map(|(label, kind, forms)| {
        let forms: Vec<_> = forms.into_iter().map(|form| LABELS[form]).collect();
        topic(LABELS[label], kind, &forms)
    });
    proptest::collection::vec(one, 0..4)
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let any = || 0..40_usize;
    let step = prop_oneof![
        8 => (0..SUBJECTS.len(), topics()).prop_map(|(path, topics)| Step::Write { path, topics }),
        1 => (0..SUBJECTS.len()).prop_map(|path| Step::Remove { path }),
        1 => Just(Step::End),
        1 => (any(), 0..LABELS.len()).prop_map(|(topic, label)| Step::Rename { topic, label }),
        1 => (any(), any()).prop_map(|(from, into)| Step::Merge { from, into }),
        1 => any().prop_map(|topic| Step::Ban { topic }),
        1 => any().prop_map(|topic| Step::Allow { topic }),
    ];
    proptest::collection::vec(step, 1..30)
}

fn record(step: &Step, slugs: &[String], now: i64) -> Record {
    let slug = |number: &usize| {
        let count = slugs.len().max(1);
        TopicId(1 + i64::try_from(number % count).unwrap())
    };
    let path = |number: &usize| format!("{}.md", SUBJECTS[*number]);
    match step {
        Step::Write {
            path: number,
            topics,
        } => found(path(number), &about(SUBJECTS[*number], topics), now),
        Step::Remove { path: number } => Record::Gone {
            path: path(number).into(),
        },
        Step::End => Record::End { at: at(now) },
        Step::Rename { topic, label } => Record::Topics(TopicDecision::Rename {
            topic: slug(topic),
            label: LABELS[*label].to_owned(),
        }),
        Step::Merge { from, into } => Record::Topics(TopicDecision::Merge {
            from: vec![slug(from)],
            into: slug(into),
        }),
        Step::Ban { topic } => Record::Topics(TopicDecision::Ban { topic: slug(topic) }),
        Step::Allow { topic } => Record::Topics(TopicDecision::Allow { topic: slug(topic) }),
    }
}

/// Every slug there is, written or not.
fn slugs(db: &rusqlite::Connection) -> Vec<String> {
    let mut query = db
        .prepare("SELECT slug, label FROM topic ORDER BY key")
        .unwrap();
    let slug = |row: &rusqlite::Row<'_>| {
        let (slug, label): (Option<String>, String) = (row.get(0)?, row.get(1)?);
        Ok(slug.unwrap_or_else(|| Topic::folded(&label).replace(' ', "-")))
    };
    let slugs = query.query_map([], slug).unwrap();
    slugs.collect::<Result<_, _>>().unwrap()
}

fn number(db: &rusqlite::Connection, sql: &str) -> i64 {
    db.query_row(sql, [], |row| row.get(0)).unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 32, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_history_leaves_a_sound_registry(steps in steps()) {
        let mut f = Fixture::new();
        let db = rusqlite::Connection::open(f.folder.path().join("catalogue.db")).unwrap();
        let mut before: Vec<String> = Vec::new();
        let mut records = Vec::new();
        for (now, step) in (1..).zip(&steps) {
            let record = record(step, &before, now);
            f.apply(record.clone());
            records.push(record);
            let after = slugs(&db);
            prop_assert_eq!(&after[..before.len()], &before[..], "slugs stay");
            let unique: BTreeSet<&String> = after.iter().collect();
            prop_assert_eq!(unique.len(), after.len(), "a slug twice in {:?}", after);
            before = after;
            let banned: BTreeSet<String> = f.listed().into_iter().filter(|t| t.banned).map(|t| t.label).collect();
            let allowed: BTreeSet<String> = f.listed().into_iter().filter(|t| !t.banned).map(|t| t.label).collect();
            for labels in f.labels() {
                let unique: BTreeSet<&String> = labels.iter().collect();
                prop_assert_eq!(unique.len(), labels.len(), "a topic twice");
                for label in &labels {
                    prop_assert!(allowed.contains(label), "{} is in no list", label);
                    prop_assert!(!banned.contains(label) || allowed.contains(label));
                }
            }
            for (what, sql) in [
                ("a merged topic in use", "SELECT count(*) FROM topic WHERE target IS NOT NULL AND (
                    key IN (SELECT topic FROM topic_form) OR key IN (SELECT topic FROM topic_name)
                    OR key IN (SELECT topic FROM topic_entry)
                    OR target IN (SELECT key FROM topic WHERE target IS NOT NULL))"),
                ("a form of nothing", "SELECT count(*) FROM topic_form WHERE topic NOT IN (SELECT key FROM topic)"),
                ("an entry that is not linked", "SELECT count(*) FROM entry, json_each(entry.topics) j
                    JOIN topic t ON t.key = j.value WHERE NOT EXISTS (SELECT 1 FROM topic_entry l
                    WHERE l.entry = entry.key AND l.topic = coalesce(t.target, t.key))"),
                ("a link that is none", "SELECT count(*) FROM topic_entry l WHERE NOT EXISTS (SELECT 1
                    FROM entry, json_each(entry.topics) j JOIN topic t ON t.key = j.value
                    WHERE entry.key = l.entry AND coalesce(t.target, t.key) = l.topic)"),
            ] {
                prop_assert_eq!(number(&db, sql), 0, "{}", what);
            }
        }
        // The same records give the same registry, at once or one by one.
        let mut other = Fixture::new();
        other.catalogue.apply(&records).unwrap();
        prop_assert_eq!(f.shown(), other.shown());
        prop_assert_eq!(f.listed(), other.listed());
        let again = rusqlite::Connection::open(other.folder.path().join("catalogue.db")).unwrap();
        prop_assert_eq!(slugs(&db), slugs(&again));
    }
}
