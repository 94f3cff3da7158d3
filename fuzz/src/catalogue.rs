//! The query language, and the names that the catalogue gives.

use super::{
    feed, pieces,
    place::{Place, found, set},
};
use feedwright::{
    catalogue::{Query, Record, Search, Settings},
    channel::Scope,
    entry::{Digest, Quotation, Speaker, Topic},
    text::{BlockKind, Span, Text},
};
use jiff::Timestamp;
use std::{cell::RefCell, collections::BTreeSet};

impl Place {
    /// Which entries each search finds, by their places.
    fn found(&mut self, searches: Vec<Search>) -> Vec<BTreeSet<i64>> {
        let wanted = searches.len();
        self.apply(&[settings(searches)]);
        let sheets = self.sheets();
        let found = sheets.filter(|sheet| sheet.channel.scope == Scope::Search);
        let found = found.map(|sheet| sheet.entries.iter().map(|entry| entry.key).collect());
        found.take(wanted).collect()
    }
}

fn settings(searches: Vec<Search>) -> Record {
    set(Settings {
        searches,
        ..Settings::default()
    })
}

fn quoted(name: &str) -> Quotation {
    Quotation {
        parts: vec![Span::new(0, 1)],
        speaker: Some(Speaker(name.to_owned())),
    }
}

/// What queries are asked of. None has a topic or a speaker that another has.
fn archive() -> Vec<Record> {
    let one = |at: usize, (path, title, text, topic, speaker, language, published): Told| {
        let mut body = Text::default();
        body.push(BlockKind::Paragraph, &format!("{text} {}", "x".repeat(at)));
        let digest = Digest {
            title: title.to_owned(),
            body,
            topics: vec![Topic::from(topic)],
            quotes: vec![quoted(speaker)],
            language: Some(language.to_owned()).filter(|tag| !tag.is_empty()),
            published: published.parse().ok(),
            ..Digest::default()
        };
        found(path, digest, Timestamp::UNIX_EPOCH)
    };
    let told = ARCHIVE.iter().enumerate().map(|(at, told)| one(at, *told));
    told.collect()
}

/// Path, title, text, topic, speaker, language and date of an article.
type Told = (
    &'static str,
    &'static str,
    &'static str,
    &'static str,
    &'static str,
    &'static str,
    &'static str,
);

#[rustfmt::skip]
const ARCHIVE: &[Told] = &[
    ("a/one.md", "Harbor tolls rise", "The port of Orra asks more.", "Port fees", "Judith Marlow", "en", "2026-03-01T00:00:00Z"),
    ("a/b/two.md", "Fähre fährt öfter", "Die Fähre nach Lund fährt.", "Verkehr", "Émile Böll", "de-AT", "2025-12-31T23:59:59Z"),
    ("Été/three.md", "東京で会議", "会議は新しい橋を議論した。", "橋", "李明", "ja", "2026-01-01T00:00:00Z"),
    ("four.md", "AND OR NOT", "NEAR title: \"quoted\" *", "C++", "O'Dell", "", ""),
];

thread_local! {
    static PLACE: RefCell<Option<Place>> = const { RefCell::new(None) };
}

/// A query says what is wrong with it, at a place of it, or is answered: an
/// entry is found by it or by its opposite, and never by both.
pub(super) fn query(bytes: &[u8]) {
    let written = String::from_utf8_lossy(bytes);
    let query = match Query::parse(&written) {
        Ok(query) => query,
        Err(error) => {
            assert!(written.get(error.span.clone()).is_some(), "{error:?}");
            assert!(!error.what.is_empty() && !error.help.is_empty());
            return;
        }
    };
    assert_eq!(query.to_string(), written);
    assert_eq!(Query::parse(&query.to_string()).as_ref(), Ok(&query));
    let kept = serde_json::to_string(&query).expect("a query is a string");
    assert_eq!(
        serde_json::from_str::<Query>(&kept).ok(),
        Some(query.clone())
    );

    let search = |name: &str, query: &Query| Search {
        name: name.to_owned(),
        query: query.clone(),
    };
    // One that is as deep as can be has no opposite, nor has one as long.
    let opposite = Query::parse(&format!("-({written})")).ok();
    let opposite = opposite.iter().map(|opposite| search("opposite", opposite));
    let searches = [search("asked", &query)]
        .into_iter()
        .chain(opposite)
        .collect();
    PLACE.with_borrow_mut(|place| {
        // What fails leaves a place behind that is not as it was.
        let mut there = place.take().unwrap_or_else(|| {
            let mut place = Place::new();
            place.apply(&[settings(Vec::new())]);
            place.apply(&archive());
            place
        });
        let found = there.found(searches);
        if let [asked, opposite] = &*found {
            assert!(asked.is_disjoint(opposite), "{written:?}");
            assert_eq!(asked.len() + opposite.len(), ARCHIVE.len(), "{written:?}");
        }
        there.apply(&[settings(Vec::new())]);
        *place = Some(there);
    });
}

/// Whatever titles, topics, speakers and folders are called, every feed and
/// every page has a name of its own that is a file's on any system.
pub(super) fn names(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let mut place = Place::new();
    place.apply(&[settings(Vec::new())]);
    let mut records = Vec::new();
    for (at, text) in text.split("\n---\n").take(4).enumerate() {
        let mut digest = Digest::default();
        let mut path = String::new();
        for (name, value) in pieces::fields(text) {
            match name {
                "title" => digest.title = value,
                "topic" => digest.topics.push(Topic::from(value)),
                "speaker" => digest.quotes.push(quoted(&value)),
                "folder" => path = value,
                _ => digest.body.push(BlockKind::Paragraph, &value),
            }
        }
        digest
            .body
            .push(BlockKind::Paragraph, &format!("Article {at}."));
        // Paths come from the file system, which has no others.
        let path = path.replace('\0', "");
        let sound = |part: &&str| !matches!(*part, "" | "." | "..");
        let mut parts: Vec<&str> = path.split('/').filter(sound).collect();
        let file = format!("{at}.md");
        parts.push(&file);
        records.push(found(&parts.join("/"), digest, Timestamp::UNIX_EPOCH));
    }
    let count = records.len();
    place.apply(&records);
    place.apply(&[Record::End {
        at: Timestamp::UNIX_EPOCH,
    }]);

    let entries = place.catalogue.newest(usize::MAX);
    let entries = entries.expect("the catalogue is whole");
    assert_eq!(entries.len(), count, "an article is lost or doubled");
    let mut taken = BTreeSet::new();
    for entry in &entries {
        assert!(taken.insert(folded(&entry.slug)), "{:?}", entry.slug);
        file_name(&entry.slug);
    }
    let channels = place.catalogue.channels();
    let channels = channels.expect("the catalogue is whole");
    let mut taken = BTreeSet::new();
    for channel in &channels {
        assert!(
            taken.insert(folded(&channel.folder)),
            "{:?}",
            channel.folder
        );
        channel.folder.split('/').skip(1).for_each(file_name);
    }
    feed::lists(&channels);
    for sheet in place.sheets().take(SHEETS) {
        let entries = sheet.entries.iter().map(|listed| {
            let entry = place.catalogue.entry(listed.key);
            entry
                .expect("the catalogue is whole")
                .expect("it is listed")
        });
        feed::sheet(&sheet, &entries.collect::<Vec<_>>());
    }
}

/// Of so many feeds the documents are looked at; more say no more.
const SHEETS: usize = 4;

/// As file systems compare names that do not tell case apart.
fn folded(name: &str) -> String {
    name.to_uppercase().to_lowercase()
}

/// Checks that files may be called so on any system.
fn file_name(name: &str) {
    assert!((1..=200).contains(&name.len()), "{name:?}");
    assert!(
        !name.starts_with('.') && !name.ends_with(['.', ' ']),
        "{name:?}"
    );
    let forbidden = |c: char| c.is_control() || r#"<>:"/\|?*"#.contains(c);
    assert!(!name.contains(forbidden), "{name:?}");
    let stem = name.split('.').next().unwrap_or_default();
    assert!(
        !matches!(stem, "con" | "prn" | "aux" | "nul" | "com1" | "lpt1"),
        "{name:?}"
    );
}
