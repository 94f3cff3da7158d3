//! Any history leaves sound channels.

use super::{
    about,
    disk::Disk,
    dump::{Bound, bounds, content, number},
    search, settings,
};
use crate::catalogue::{Fixture, at, found};
use feedwright::{
    catalogue::{Record, TopicDecision, TopicId},
    channel::{Part, Scope},
    entry::{Digest, Entry},
};
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet, HashMap};

const PATHS: [&str; 9] = [
    "a.md",
    "b.md",
    "News/c.md",
    "News/d.md",
    "news/e.md",
    "News/Old/f.md",
    "News/archive/g.md",
    "box.mbox/1",
    "News/h.md",
];
const SUBJECTS: [&str; 7] = [
    "harbor", "orchard", "library", "tram", "ferry", "museum", "quarry",
];
const TOPICS: [&str; 4] = ["Heat pumps", "Old town", "Trams", "Night buses"];
const LABELS: [&str; 4] = ["heat pump", "Harbor", "Old Town", "Buses"];
const SPEAKERS: [&str; 3] = ["Ada Lindqvist", "a spokesman", "Otto Falk"];

/// A step of a made-up history: few of everything, so that they meet.
#[derive(Debug, Clone)]
enum Step {
    Write {
        path: usize,
        subject: usize,
        version: usize,
        stated: Option<i64>,
        topics: Vec<usize>,
        speaker: Option<usize>,
    },
    Remove(usize),
    End,
    Publish,
    Set {
        min: usize,
        max: usize,
        topics: usize,
        searches: usize,
    },
    Rename(i64, usize),
    Merge(i64, i64),
    Ban(i64),
    Allow(i64),
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let topic = 1..6_i64;
    let write = (
        0..PATHS.len(),
        0..SUBJECTS.len(),
        0..3_usize,
        proptest::option::of(-20..20_i64),
        proptest::sample::subsequence((0..TOPICS.len()).collect::<Vec<_>>(), 0..4),
        proptest::option::of(0..SPEAKERS.len()),
    );
    let write = write.prop_map(
        |(path, subject, version, stated, topics, speaker)| Step::Write {
            path,
            subject,
            version,
            stated,
            topics,
            speaker,
        },
    );
    let set = (1..4_usize, 1..6_usize, 1..4_usize, 0..3_usize);
    let set = set.prop_map(|(min, max, topics, searches)| Step::Set {
        min,
        max,
        topics,
        searches,
    });
    let step = prop_oneof![
        18 => write,
        6 => (0..PATHS.len()).prop_map(Step::Remove),
        8 => Just(Step::End),
        4 => Just(Step::Publish),
        1 => set,
        1 => (topic.clone(), 0..LABELS.len()).prop_map(|(topic, label)| Step::Rename(topic, label)),
        1 => (topic.clone(), topic.clone()).prop_map(|(from, into)| Step::Merge(from, into)),
        1 => topic.clone().prop_map(Step::Ban),
        1 => topic.prop_map(Step::Allow),
    ];
    proptest::collection::vec(step, 1..60)
}

fn record(step: &Step, now: i64) -> Option<Record> {
    let decide = |decision| Some(Record::Topics(decision));
    match step {
        Step::Write {
            path,
            subject,
            version,
            stated,
            topics,
            speaker,
        } => {
            let topics: Vec<&str> = topics.iter().map(|topic| TOPICS[*topic]).collect();
            let speakers: Vec<&str> = speaker.iter().map(|speaker| SPEAKERS[*speaker]).collect();
            let digest = Digest {
                published: stated.map(at),
                summary: format!("Version {version}."),
                ..about(SUBJECTS[*subject], &topics, &speakers)
            };
            Some(found(PATHS[*path], &digest, now))
        }
        Step::Remove(path) => Some(Record::Gone {
            path: PATHS[*path].into(),
        }),
        Step::End => Some(Record::End { at: at(now) }),
        Step::Publish => None,
        Step::Set {
            min,
            max,
            topics,
            searches,
        } => {
            let mut settings = settings(*min, *max);
            settings.max_topics = *topics;
            let all = [search("Boats", "ferry"), search("Rails", "tram")];
            settings.searches = all[..*searches].to_vec();
            Some(Record::Settings(Box::new(settings)))
        }
        Step::Rename(topic, label) => decide(TopicDecision::Rename {
            topic: TopicId(*topic),
            label: LABELS[*label].to_owned(),
        }),
        Step::Merge(from, into) => decide(TopicDecision::Merge {
            from: vec![TopicId(*from)],
            into: TopicId(*into),
        }),
        Step::Ban(topic) => decide(TopicDecision::Ban {
            topic: TopicId(*topic),
        }),
        Step::Allow(topic) => decide(TopicDecision::Allow {
            topic: TopicId(*topic),
        }),
    }
}

/// The folders that the files of each entry are in.
fn folders(f: &Fixture) -> BTreeMap<String, BTreeSet<String>> {
    let mut folders: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for path in f.catalogue.sources().unwrap().into_keys() {
        let Some(id) = f.catalogue.entry_at(&path).unwrap() else {
            continue;
        };
        let of = folders.entry(id.0).or_default();
        for above in path
            .ancestors()
            .skip(1)
            .filter(|above| above.iter().count() > 0)
        {
            of.insert(above.to_str().unwrap().to_owned());
        }
    }
    folders
}

/// What is read of a catalogue again and again while its history goes on.
#[derive(Default)]
struct Watch {
    /// What an entry is in each of its versions.
    versions: HashMap<(i64, i64), Entry>,
    /// The newest entry that there was when a page was closed.
    closed: BTreeMap<Bound, i64>,
    slugs: HashMap<String, String>,
}

impl Watch {
    /// What holds at any time.
    fn always(&mut self, f: &Fixture, db: &rusqlite::Connection) {
        for what in [
            "SELECT count(*) FROM member m JOIN entry e ON e.key = m.entry
             WHERE e.withdrawn IS NOT NULL OR m.generation <> e.generation OR m.placed <> e.placed
                OR NOT EXISTS (SELECT 1 FROM json_each(e.subjects) WHERE value = m.subject)",
            "SELECT count(*) FROM entry e, json_each(e.subjects) s WHERE NOT EXISTS
                (SELECT 1 FROM member m WHERE m.entry = e.key AND m.subject = s.value)",
            "SELECT count(*) FROM entry e WHERE (withdrawn IS NULL) <> EXISTS
                (SELECT 1 FROM member m WHERE m.subject = 0 AND m.entry = e.key)",
            "SELECT count(*) FROM deleted d JOIN entry e ON e.key = d.entry
                WHERE e.withdrawn IS NULL",
            "SELECT count(*) FROM channel c WHERE NOT EXISTS
                (SELECT 1 FROM folder f WHERE f.channel = c.key AND f.folder = c.folder)",
            "SELECT count(*) FROM folder WHERE channel NOT IN (SELECT key FROM channel)",
            "SELECT count(*) FROM page WHERE channel NOT IN (SELECT key FROM channel)",
            "SELECT count(*) - count(DISTINCT id) FROM channel",
            "SELECT count(*) - count(DISTINCT lower(folder)) FROM folder",
            "SELECT count(*) FROM channel c WHERE entries <>
                (SELECT count(*) FROM member m WHERE m.subject = c.subject)",
            "SELECT count(*) FROM (SELECT subject, week, entries FROM tally EXCEPT
                SELECT subject, (placed + 259200000000) / 604800000000, count(*) FROM member
                WHERE subject IN (SELECT subject FROM channel) GROUP BY 1, 2)",
            "SELECT count(*) FROM (SELECT DISTINCT subject,
                    (placed + 259200000000) / 604800000000 AS week FROM member
                WHERE subject IN (SELECT subject FROM channel)
                EXCEPT SELECT subject, week FROM tally)",
        ] {
            assert_eq!(number(db, what), 0, "{what}");
        }
        let last = number(db, "SELECT coalesce(max(key), 0) FROM entry");
        let bounds = bounds(db);
        for bound in &bounds {
            let last = *self.closed.entry(*bound).or_insert(last);
            let sheet = f.catalogue.sheet(bound.0, Part::Archive(bound.1));
            for listed in sheet.unwrap().unwrap().entries {
                assert!(listed.key <= last, "{bound:?} gained {listed:?}");
            }
        }
        self.closed.retain(|bound, _| bounds.contains(bound));
    }

    /// Entries do not change but with their versions.
    fn versions(&mut self, f: &Fixture, channels: i64) {
        for key in 1..=channels {
            let Some(sheet) = f.catalogue.sheet(key, Part::Current).unwrap() else {
                continue;
            };
            for listed in sheet.entries {
                let entry = f.entry(listed.key);
                let same = self.slugs.entry(entry.id.0.clone());
                assert_eq!(*same.or_insert_with(|| entry.slug.clone()), entry.slug);
                let versions = self.versions.entry((listed.key, listed.version));
                assert_eq!(*versions.or_insert_with(|| entry.clone()), entry);
            }
        }
    }

    /// What holds when a go has ended.
    fn at_an_end(f: &Fixture, db: &rusqlite::Connection) {
        let settings = f.catalogue.settings().unwrap();
        let live = f.catalogue.count().unwrap();
        let folders = folders(f);
        for key in 1..=number(db, "SELECT coalesce(max(key), 0) FROM channel") {
            let Some(current) = f.catalogue.sheet(key, Part::Current).unwrap() else {
                continue;
            };
            let channel = &current.channel;
            assert!(current.entries.len() <= settings.max_entries, "{channel:?}");
            let mut walked = current.entries.clone();
            for page in (1..=current.archives).rev() {
                let page = f
                    .catalogue
                    .sheet(key, Part::Archive(page))
                    .unwrap()
                    .unwrap();
                walked.extend(page.entries);
            }
            let unique: BTreeSet<i64> = walked.iter().map(|listed| listed.key).collect();
            assert_eq!(unique.len(), walked.len(), "an entry twice in {channel:?}");
            let mut ids: BTreeSet<String> = BTreeSet::new();
            for key in unique {
                let entry = f.entry(key);
                match channel.scope {
                    Scope::Topic => {
                        let shown = entry.digest.topics.iter().take(settings.max_topics);
                        let labels: Vec<&str> = shown.map(|topic| &*topic.label).collect();
                        assert!(
                            labels.contains(&&*channel.name),
                            "{labels:?} in {channel:?}"
                        );
                    }
                    Scope::Speaker => {
                        let mut quotes = entry.digest.quotes.iter();
                        assert!(quotes.any(|quote| {
                            quote.speaker.as_ref().is_some_and(|s| s.0 == channel.name)
                        }));
                    }
                    Scope::All | Scope::Folder | Scope::Search => {}
                }
                ids.insert(entry.id.0);
            }
            if channel.scope == Scope::All {
                assert_eq!(ids.len(), live);
            }
            if channel.scope == Scope::Folder {
                let within = folders.iter().filter(|(_, of)| of.contains(&channel.name));
                let within: BTreeSet<String> = within.map(|(id, _)| id.clone()).collect();
                assert_eq!(ids, within, "{}", channel.name);
            }
        }
    }
}

/// A subject has its feed when it has entries enough.
fn born(f: &Fixture, db: &rusqlite::Connection) {
    let min = f.catalogue.settings().unwrap().min_articles;
    let sql = format!(
        "SELECT count(*) FROM (SELECT subject FROM member GROUP BY subject
            HAVING count(*) >= {min}) WHERE subject NOT IN (SELECT subject FROM channel)"
    );
    assert_eq!(
        number(db, &sql),
        0,
        "{:?}",
        content(db, &["digest", "entry"])
    );
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_history_leaves_sound_channels(steps in steps()) {
        let mut f = Fixture::new();
        let db = rusqlite::Connection::open(f.folder.path().join("catalogue.db")).unwrap();
        let (mut watch, mut disk) = (Watch::default(), Disk::default());
        let mut records = Vec::new();
        let first = [Step::Set { min: 2, max: 3, topics: 2, searches: 1 }];
        let steps = first.iter().chain(&steps).chain([&Step::End, &Step::Publish]);
        let mut is_told = BTreeMap::new();
        for (now, step) in (1..).zip(steps) {
            f.now = now;
            let Some(record) = record(step, now) else {
                disk.publish(&mut f);
                let fresh = Disk::fresh(&f, &db);
                for (name, document) in &fresh.0 {
                    prop_assert_eq!(disk.0.get(name), Some(document), "{} in {:?}", name, is_told);
                }
                prop_assert_eq!(&disk, &fresh);
                continue;
            };
            f.apply(record.clone());
            is_told.insert(now, format!("{record:.200?}"));
            watch.always(&f, &db);
            watch.versions(&f, number(&db, "SELECT coalesce(max(key), 0) FROM channel"));
            if let Record::End { .. } = record {
                Watch::at_an_end(&f, &db);
                born(&f, &db);
            }
            if let Record::Settings(_) = record {
                let before = content(&db, &[]);
                f.apply(record.clone());
                prop_assert_eq!(content(&db, &[]), before, "the same settings again");
            }
            records.push(record);
        }
        // At once or one by one, published or not.
        let mut other = Fixture::new();
        other.catalogue.apply(&records).unwrap();
        let again = rusqlite::Connection::open(other.folder.path().join("catalogue.db")).unwrap();
        let but = ["due", "document"];
        let (ours, others) = (content(&db, &but), content(&again, &but));
        for (our, other) in ours.iter().zip(&others) {
            prop_assert_eq!(our, other);
        }
        prop_assert_eq!(ours.len(), others.len());
        let slugs: BTreeSet<String> = watch.slugs.values().cloned().collect();
        prop_assert_eq!(slugs.len(), watch.slugs.len(), "a slug twice");
    }
}
