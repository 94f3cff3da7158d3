//! The channels of the catalogue: which there are, who is in them, how they are
//! cut into parts, and what is due when something changes.

mod born;
mod disk;
mod dump;
mod entries;
mod folders;
mod history;
mod parts;

use crate::catalogue::{Fixture, article};
use feedwright::{
    catalogue::{Due, Outcome, Placed, Query, Record, Search, Settings},
    channel::{Channel, Part, Scope, Sheet},
    entry::{Digest, Entry, LeadQuote, Quotation, Speaker, Topic, TopicKind},
    text::Span,
};
use std::sync::Arc;

/// The id of the feed of all entries in these tests.
const ROOT: &str = "tag:example.org,2024:feed";

const SUBJECTS: [&str; 8] = [
    "harbor", "orchard", "library", "tram", "ferry", "museum", "quarry", "canal",
];

/// Subjects of articles, each in a go of its own.
fn one_by_one(f: &mut Fixture, count: usize) {
    for number in 0..count {
        f.found(&format!("{number}.md"), &article(&format!("s{number}")));
        f.end();
    }
}

/// Articles in one go that are about this and quote that, one a folder.
fn three(f: &mut Fixture, topics: &[&str], speakers: &[&str]) {
    for subject in &SUBJECTS[..3] {
        f.found(
            &format!("{subject}/a.md"),
            &about(subject, topics, speakers),
        );
    }
    f.end();
}

fn settings(min_articles: usize, max_entries: usize) -> Settings {
    Settings {
        id: ROOT.to_owned(),
        min_articles,
        max_entries,
        ..Settings::default()
    }
}

fn search(name: &str, query: &str) -> Search {
    Search {
        name: name.to_owned(),
        query: Query::parse(query).unwrap(),
    }
}

/// An article on its own subject that is about concepts and quotes somebody.
fn about(subject: &str, topics: &[&str], speakers: &[&str]) -> Digest {
    let concept = |label: &&str| Topic {
        label: (*label).to_owned(),
        kind: TopicKind::Concept,
        forms: Vec::new(),
    };
    saying(subject, topics.iter().map(concept).collect(), speakers)
}

/// An article on its own subject with these topics that quotes somebody.
fn saying(subject: &str, topics: Vec<Topic>, speakers: &[&str]) -> Digest {
    let quote = |speaker: &&str| Quotation {
        parts: vec![Span::new(0, 5)],
        speaker: Some(Speaker((*speaker).to_owned())),
    };
    Digest {
        topics,
        language: Some("en".to_owned()),
        quotes: speakers.iter().map(quote).collect(),
        lead_quote: speakers.first().map(|speaker| LeadQuote {
            quote: "We start in May".to_owned(),
            speaker: Some(Speaker((*speaker).to_owned())),
        }),
        ..article(subject)
    }
}

fn person(label: &str, forms: &[&str]) -> Topic {
    Topic {
        label: label.to_owned(),
        kind: TopicKind::Person,
        forms: forms.iter().map(|form| (*form).to_owned()).collect(),
    }
}

impl Fixture {
    fn with(settings: Settings) -> Self {
        let mut f = Self::new();
        assert_eq!(f.set(settings), Outcome::Decided);
        f
    }

    fn set(&mut self, settings: Settings) -> Outcome {
        self.apply(Record::Settings(Box::new(settings)))
    }

    /// The feed with this folder, and its place in the catalogue.
    fn channel(&self, folder: &str) -> (i64, Arc<Channel>) {
        let sheet = |key| self.catalogue.sheet(key, Part::Current).unwrap();
        let mut all = (1..200).filter_map(|key| Some((key, sheet(key)?.channel)));
        all.find(|(_, channel)| channel.folder == folder)
            .unwrap_or_else(|| panic!("no {folder:?} in {:?}", self.folders()))
    }

    fn sheet(&self, folder: &str, part: Part) -> Option<Sheet> {
        let (key, _) = self.channel(folder);
        self.catalogue.sheet(key, part).unwrap()
    }

    fn entry(&self, key: i64) -> Entry {
        let entry = self.catalogue.entry(key).unwrap();
        Arc::unwrap_or_clone(entry.expect("it is shown"))
    }

    /// The titles in a part, without "On ".
    fn part(&self, folder: &str, part: Part) -> Vec<String> {
        let sheet = self.sheet(folder, part).expect("there is such a part");
        let title = |listed: &feedwright::channel::Listed| {
            self.entry(listed.key).digest.title.replace("On ", "")
        };
        sheet.entries.iter().map(title).collect()
    }

    fn current(&self, folder: &str) -> Vec<String> {
        self.part(folder, Part::Current)
    }

    /// The folders of all feeds that are told of.
    fn folders(&self) -> Vec<String> {
        let channels = self.catalogue.channels().unwrap().into_iter();
        channels.map(|channel| channel.folder).collect()
    }

    fn scoped(&self, scope: Scope) -> Vec<String> {
        let channels = self.catalogue.channels().unwrap().into_iter();
        let of = channels.filter(|channel| channel.scope == scope);
        of.map(|channel| channel.folder).collect()
    }

    fn due(&self) -> Vec<Due> {
        self.catalogue.due(usize::MAX).unwrap()
    }

    /// Takes all that is due for published.
    fn publish(&mut self) {
        let done: Vec<_> = self
            .due()
            .into_iter()
            .map(|due| Placed::new(due, Vec::new()))
            .collect();
        self.catalogue.published(&done, &[]).unwrap();
        assert_eq!(self.due(), []);
    }

    fn key(&self, path: &str) -> i64 {
        let db = rusqlite::Connection::open(self.folder.path().join("catalogue.db")).unwrap();
        let sql = "SELECT entry FROM source WHERE path = ?1";
        db.query_row(sql, [path], |row| row.get(0)).unwrap()
    }
}
