//! What owners decide about topics.

use super::*;

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
