//! The registry of topics: what articles mention, as entries show it.

mod decisions;
pub(crate) mod earlier;
mod forms;
mod model;
mod people;

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
