//! The rules of channels, one by one.

use super::{ROOT, about, person, saying, search, settings};
use crate::{
    catalogue::{Fixture, article, at, found},
    catalogue_topics::of_version_2,
};
use feedwright::{
    catalogue::{Due, Outcome, Record, Settings, TopicDecision, store::Catalogue},
    channel::{Part, Scope},
    entry::{Digest, Topic, TopicKind},
    file::Stamp,
};

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

// Which channels are there?

#[test]
fn the_feed_of_all_entries_is_there_from_the_start() {
    let mut f = Fixture::new();
    assert_eq!((f.folders(), f.due()), (vec![], vec![]));
    assert_eq!(f.set(settings(3, 50)), Outcome::Decided);
    let (key, all) = f.channel("");
    assert_eq!((&*all.id, all.scope, &*all.name), (ROOT, Scope::All, ""));
    let part = Part::Current;
    let current = Due::Sheet { channel: key, part };
    assert_eq!(f.due(), [current, Due::Lists]);
    f.publish();
    assert_eq!(f.set(settings(3, 50)), Outcome::Unchanged);
    assert_eq!(f.due(), []);
    // The id is given once.
    let other = Settings {
        id: "tag:example.org,2024:other".to_owned(),
        ..settings(3, 60)
    };
    f.set(other);
    assert_eq!(f.channel("").1.id, ROOT);
}

#[test]
fn the_id_that_the_service_kept_stays() {
    let mut f = Fixture::new();
    f.catalogue
        .meta_once("feed-id", "tag:example.org,2020:old")
        .unwrap();
    f.set(settings(3, 50));
    assert_eq!(f.channel("").1.id, "tag:example.org,2020:old");
}

#[test]
fn a_topic_speaker_or_folder_has_a_feed_from_enough_entries_on_and_keeps_it() {
    let mut f = Fixture::with(settings(3, 50));
    for (number, subject) in SUBJECTS[..3].iter().enumerate() {
        assert_eq!(f.folders(), [""], "after {number}");
        let digest = about(subject, &["Heat pumps"], &["Ada Lindqvist"]);
        f.found(&format!("Town News/{subject}.md"), &digest);
        assert_eq!(f.folders(), [""], "not before the end");
        f.end();
    }
    let born = [
        "",
        "topics/heat-pumps",
        "speakers/ada-lindqvist",
        "folders/town-news",
    ];
    assert_eq!(f.folders(), born);
    for (folder, name) in born
        .iter()
        .zip(["", "Heat pumps", "Ada Lindqvist", "Town News"])
    {
        let (_, channel) = f.channel(folder);
        assert_eq!(channel.name, name);
        assert_eq!(f.current(folder), ["library", "orchard", "harbor"]);
    }
    assert_eq!(f.channel(born[1]).1.id, format!("{ROOT}/topics/heat-pumps"));
    for subject in &SUBJECTS[..3] {
        f.gone(&format!("Town News/{subject}.md"));
    }
    f.end();
    assert_eq!(f.folders(), born, "they stay");
    assert_eq!(f.current(born[1]), [""; 0]);
}

#[test]
fn only_names_are_speakers() {
    let mut f = Fixture::with(settings(1, 50));
    let speakers = [
        "a spokesman",
        "The Ministry",
        "police",
        "Falk",
        "Dr. Otto Falk",
    ];
    f.found("a.md", &about("harbor", &[], &speakers));
    f.end();
    assert_eq!(f.scoped(Scope::Speaker), ["speakers/otto-falk"]);
}

#[test]
fn a_speaker_is_the_person_that_the_article_has_for_a_topic() {
    let mut f = Fixture::with(settings(1, 50));
    let ilse = || vec![person("Ilse Brandt", &["Brandt"])];
    f.found("a.md", &saying("harbor", ilse(), &["Mayor Ilse Brandt"]));
    f.found("b.md", &saying("tram", ilse(), &["Brandt"]));
    // Another article knows her by the registry.
    f.found("c.md", &saying("ferry", vec![], &["ILSE BRANDT"]));
    f.found("d.md", &saying("museum", ilse(), &["Otto Brandt"]));
    // Who is not a person is not one for being quoted.
    let body = Topic {
        label: "Orra Port Authority".to_owned(),
        kind: TopicKind::Organization,
        forms: Vec::new(),
    };
    f.found(
        "e.md",
        &saying("quarry", vec![body], &["Orra Port Authority"]),
    );
    f.end();
    let found = f.scoped(Scope::Speaker);
    assert_eq!(found, ["speakers/ilse-brandt", "speakers/otto-brandt"]);
    assert_eq!(
        f.current("speakers/ilse-brandt"),
        ["ferry", "tram", "harbor"]
    );
    let entry = f.entry(f.key("a.md"));
    assert_eq!(entry.speaker_feed.as_deref(), Some("speakers/ilse-brandt"));
}

#[test]
fn an_entry_is_in_every_folder_above_each_of_its_files() {
    let mut f = Fixture::with(settings(1, 50));
    f.found("News/2024/a.md", &article("harbor"));
    f.found("Mirror/a.md", &article("harbor"));
    f.found("b.md", &article("tram"));
    f.end();
    let all = ["folders/mirror", "folders/news", "folders/news/2024"];
    assert_eq!(f.scoped(Scope::Folder), all);
    for folder in all {
        assert_eq!(f.current(folder), ["harbor"]);
    }
    assert_eq!(f.channel(all[2]).1.name, "News/2024");
    f.publish();
    // A move shows nothing new but in the folders.
    let before = f.sheet("", Part::Current);
    f.gone("News/2024/a.md");
    f.found("Other/a.md", &article("harbor"));
    f.end();
    assert_eq!(f.sheet("", Part::Current), before);
    assert_eq!(f.current("folders/news"), [""; 0]);
    assert_eq!(f.current("folders/other"), ["harbor"]);
    let part = Part::Current;
    let sheet = |folder| Due::Sheet {
        channel: f.channel(folder).0,
        part,
    };
    let mut due = vec![
        sheet(all[1]),
        sheet(all[2]),
        sheet("folders/other"),
        Due::Lists,
    ];
    due.sort_unstable();
    let mut is = f.due();
    is.sort_unstable();
    assert_eq!(is, due);
}

#[test]
fn a_file_that_holds_articles_is_no_folder() {
    let holds = || Record::Holds {
        path: "Mail/box.mbox".into(),
        stamp: Stamp {
            size: 1,
            modified: 1,
            changed: 1,
            inode: 1,
        },
    };
    for first in [true, false] {
        let mut f = Fixture::with(settings(1, 50));
        if first {
            f.apply(holds());
        }
        f.found("Mail/box.mbox/1", &article("harbor"));
        f.found("Mail/box.mbox/inner.zip/2", &article("tram"));
        if !first {
            f.apply(holds());
        }
        f.end();
        assert_eq!(f.scoped(Scope::Folder), ["folders/mail"], "first: {first}");
    }
}

#[test]
fn only_topics_that_an_entry_shows_count() {
    let few = Settings {
        max_topics: 2,
        ..settings(1, 50)
    };
    let mut f = Fixture::with(few.clone());
    f.found(
        "a.md",
        &about("harbor", &["Trams", "Ferries", "Buses"], &[]),
    );
    f.end();
    assert_eq!(f.scoped(Scope::Topic), ["topics/ferries", "topics/trams"]);
    let feeds = |f: &Fixture| f.entry(f.key("a.md")).topic_feeds.clone();
    let named = ["topics/trams", "topics/ferries"].map(|feed| Some(feed.to_owned()));
    assert_eq!(feeds(&f), named);
    f.publish();
    f.set(Settings {
        max_topics: 3,
        ..few
    });
    assert_eq!(f.current("topics/buses"), ["harbor"]);
    let (all, _) = f.channel("");
    let part = Part::Current;
    assert!(f.due().contains(&Due::Sheet { channel: all, part }));
}

// Searches.

#[test]
fn a_search_has_a_feed_as_long_as_the_owner_asks() {
    let mut asked = settings(3, 50);
    asked.searches = vec![search("Boats & ships", "ferry"), search("Rails", "tram")];
    let mut f = Fixture::with(asked.clone());
    assert_eq!(
        f.scoped(Scope::Search),
        ["searches/boats-ships", "searches/rails"]
    );
    let (key, channel) = f.channel("searches/rails");
    assert_eq!(channel.id, format!("{ROOT}/searches/rails"));
    f.publish();
    asked.searches.pop();
    f.set(asked.clone());
    assert_eq!(f.scoped(Scope::Search), ["searches/boats-ships"]);
    assert_eq!(
        f.due(),
        [Due::Gone("searches/rails".to_owned()), Due::Lists]
    );
    assert_eq!(f.catalogue.sheet(key, Part::Current).unwrap(), None);
    asked.searches.push(search("Rails", "tram OR ferry"));
    f.set(asked);
    assert_eq!(f.channel("searches/rails").1.id, channel.id);
    assert_ne!(
        f.channel("searches/rails").0,
        key,
        "what was due of it is not"
    );
    assert_eq!(f.due()[0], Due::Gone("searches/rails".to_owned()));
}

#[test]
fn searches_that_cannot_be_read_any_more_end_when_others_are_told() {
    let mut asked = settings(3, 50);
    asked.searches = vec![search("Rails", "tram")];
    let mut f = Fixture::with(asked);
    let db = rusqlite::Connection::open(f.folder.path().join("catalogue.db")).unwrap();
    db.execute("UPDATE meta SET value = '{' WHERE key = 'settings'", [])
        .unwrap();
    f.found("a.md", &article("harbor"));
    f.set(settings(3, 50));
    assert_eq!(f.scoped(Scope::Search), [""; 0]);
    assert_eq!(f.due()[0], Due::Gone("searches/rails".to_owned()));
}

// Folders of channels.

#[test]
fn no_two_channels_have_one_folder_whatever_the_case() {
    let mut f = Fixture::with(settings(1, 50));
    f.found("News/a.md", &article("harbor"));
    f.found("news/b.md", &article("tram"));
    f.found("NEWS/archive/c.md", &article("ferry"));
    f.found("con/d.md", &article("museum"));
    let both = [
        Topic {
            label: "Orra".to_owned(),
            kind: TopicKind::Place,
            forms: Vec::new(),
        },
        Topic {
            label: "Orra".to_owned(),
            kind: TopicKind::Organization,
            forms: Vec::new(),
        },
    ];
    let [place, body] = both.map(|topic| vec![topic]);
    f.found("e.md", &saying("quarry", place, &[]));
    f.found("f.md", &saying("canal", body, &[]));
    f.end();
    let mut folders = f.scoped(Scope::Folder);
    folders.sort_unstable();
    assert_eq!(
        folders,
        [
            "folders/con_2",
            "folders/news",
            "folders/news_2",
            "folders/news_3",
            "folders/news_3/archive_2"
        ]
    );
    let mut topics = f.scoped(Scope::Topic);
    topics.sort_unstable();
    assert_eq!(topics, ["topics/orra", "topics/orra_2"]);
}

fn decide(f: &mut Fixture, decision: TopicDecision) {
    assert_eq!(f.apply(Record::Topics(decision)), Outcome::Decided);
}

fn topic(f: &Fixture, name: &str) -> feedwright::catalogue::TopicId {
    let visitor = feedwright::catalogue::store::Visitor::open(f.folder.path());
    visitor.unwrap().unwrap().called(name).unwrap()[0].id
}

fn rename(f: &mut Fixture, name: &str, label: &str) {
    let topic = topic(f, name);
    let label = label.to_owned();
    decide(f, TopicDecision::Rename { topic, label });
}

fn merge(f: &mut Fixture, from: &str, into: &str) {
    let from = vec![topic(f, from)];
    let into = topic(f, into);
    decide(f, TopicDecision::Merge { from, into });
}

#[test]
fn the_feed_of_a_renamed_topic_moves_and_is_found_where_it_was() {
    let mut f = Fixture::with(settings(3, 2));
    three(&mut f, &["Heat pumps"], &[]);
    f.publish();
    let before = f.channel("topics/heat-pumps");
    let entries = f.sheet("topics/heat-pumps", Part::Current).unwrap().entries;
    rename(&mut f, "Heat pumps", "Heating");
    let (key, channel) = f.channel("topics/heating");
    assert_eq!((key, &channel.id), (before.0, &before.1.id));
    assert_eq!(
        (&*channel.name, &*channel.former),
        ("Heating", &["topics/heat-pumps".to_owned()][..])
    );
    let due = f.due();
    assert_eq!(due[0], Due::Gone("topics/heat-pumps/archive".to_owned()));
    for part in [Part::Current, Part::Archive(1), Part::Archive(2)] {
        assert!(due.contains(&Due::Sheet { channel: key, part }), "{part:?}");
    }
    assert!(due.contains(&Due::Lists));
    let after = f.sheet("topics/heating", Part::Current).unwrap().entries;
    assert!(after[0].version > entries[0].version);
    assert_eq!(
        f.entry(after[0].key).topic_feeds,
        [Some("topics/heating".to_owned())]
    );
    // It may go back to where it was.
    rename(&mut f, "Heating", "Heat Pumps");
    assert_eq!(f.channel("topics/heat-pumps").1.former, ["topics/heating"]);
    // Another of that name does not get there.
    for subject in &SUBJECTS[3..6] {
        let called = vec![person("Heating", &[])];
        f.found(&format!("{subject}.md"), &saying(subject, called, &[]));
    }
    f.end();
    assert_eq!(
        f.scoped(Scope::Topic),
        ["topics/heat-pumps", "topics/heating_2"]
    );
}

#[test]
fn the_feed_of_a_merged_topic_is_the_other_ones() {
    let mut f = Fixture::with(settings(3, 50));
    three(&mut f, &["Trams"], &[]);
    for subject in &SUBJECTS[3..6] {
        f.found(
            &format!("{subject}.md"),
            &about(subject, &["Streetcars"], &[]),
        );
    }
    f.found("g.md", &about("quarry", &["Light rail"], &[]));
    f.end();
    let (key, _) = f.channel("topics/trams");
    merge(&mut f, "Streetcars", "Trams");
    let (same, channel) = f.channel("topics/trams");
    assert_eq!(
        (same, &*channel.former),
        (key, &["topics/streetcars".to_owned()][..])
    );
    assert_eq!(f.current("topics/trams").len(), 6);
    // One without a feed gets that of the one it takes in.
    merge(&mut f, "Trams", "Light rail");
    let (same, channel) = f.channel("topics/light-rail");
    assert_eq!(same, key);
    assert_eq!(channel.former, ["topics/trams", "topics/streetcars"]);
    assert_eq!(f.scoped(Scope::Topic), ["topics/light-rail"]);
    assert_eq!(f.current("topics/light-rail").len(), 7);
}

#[test]
fn a_merge_of_many_entries_cuts_the_pages_anew() {
    let mut f = Fixture::with(settings(2, 4));
    for number in 0..40 {
        let topics = if number % 10 == 9 {
            ["Trams"]
        } else {
            ["Streetcars"]
        };
        f.found(
            &format!("{number}.md"),
            &about(&format!("s{number}"), &topics, &[]),
        );
        f.end();
    }
    merge(&mut f, "Streetcars", "Trams");
    f.end();
    let sheet = f.sheet("topics/trams", Part::Current).unwrap();
    assert_eq!((sheet.archives, sheet.entries.len()), (18, 4));
    for page in 1..=18 {
        assert_eq!(f.part("topics/trams", Part::Archive(page)).len(), 2);
    }
}

#[test]
fn the_feed_of_a_banned_topic_is_empty_until_it_is_allowed() {
    let mut f = Fixture::with(settings(3, 2));
    three(&mut f, &["Trams"], &[]);
    f.publish();
    let (key, _) = f.channel("topics/trams");
    let topic = topic(&f, "Trams");
    let sheets = |f: &Fixture| {
        let sheet = |part| f.catalogue.sheet(key, part).unwrap().unwrap();
        [Part::Current, Part::Archive(1)].map(|part| sheet(part).entries.len())
    };
    assert_eq!(sheets(&f), [2, 1]);
    decide(&mut f, TopicDecision::Ban { topic });
    assert_eq!(f.scoped(Scope::Topic), [""; 0]);
    assert_eq!(sheets(&f), [0, 0]);
    assert!(f.due().contains(&Due::Lists));
    f.found("new.md", &about("canal", &["Trams"], &[]));
    f.end();
    assert_eq!(sheets(&f), [0, 0]);
    decide(&mut f, TopicDecision::Allow { topic });
    f.end();
    assert_eq!(f.scoped(Scope::Topic), ["topics/trams"]);
    assert_eq!(sheets(&f), [2, 1]);
    assert_eq!(f.sheet("topics/trams", Part::Current).unwrap().archives, 2);
}

#[test]
fn a_speaker_is_called_as_the_topic_is() {
    let mut f = Fixture::with(settings(2, 50));
    let ilse = || vec![person("Ilse Brandt", &[])];
    f.found("a.md", &saying("harbor", ilse(), &["Ilse Brandt"]));
    f.found("b.md", &saying("tram", vec![], &["Ilse Brandt"]));
    f.end();
    let (key, _) = f.channel("speakers/ilse-brandt");
    rename(&mut f, "Ilse Brandt", "Ilse Brandt-Holm");
    let (same, channel) = f.channel("speakers/ilse-brandt-holm");
    assert_eq!((same, &*channel.name), (key, "Ilse Brandt-Holm"));
    assert_eq!(channel.former, ["speakers/ilse-brandt"]);
    let folder = "speakers/ilse-brandt-holm";
    assert_eq!(f.entry(f.key("b.md")).speaker_feed.as_deref(), Some(folder));
    // Those to come are hers as well.
    f.found("c.md", &saying("ferry", vec![], &["Ilse Brandt"]));
    f.end();
    assert_eq!(f.current(folder).len(), 3);
    // Two that are merged are one.
    let other = || vec![person("Mara Stahl", &[])];
    for (path, subject) in [("d.md", "museum"), ("e.md", "quarry")] {
        f.found(path, &saying(subject, other(), &["Mara Stahl"]));
    }
    f.end();
    merge(&mut f, "Mara Stahl", "Ilse Brandt-Holm");
    f.end();
    assert_eq!(f.current(folder).len(), 5);
    assert_eq!(
        f.channel(folder).1.former,
        ["speakers/ilse-brandt", "speakers/mara-stahl"]
    );
    assert_eq!(f.scoped(Scope::Speaker), [folder]);
}

// Parts.

#[test]
fn the_older_half_of_a_full_part_becomes_an_archive_page() {
    let mut f = Fixture::with(settings(3, 5));
    one_by_one(&mut f, 5);
    f.publish();
    assert_eq!(f.sheet("", Part::Current).unwrap().archives, 0);
    assert_eq!(f.sheet("", Part::Archive(1)), None);
    f.found("5.md", &article("s5"));
    assert_eq!(f.sheet("", Part::Archive(1)), None, "not before the end");
    f.end();
    assert_eq!(f.current(""), ["s5", "s4", "s3"]);
    assert_eq!(f.part("", Part::Archive(1)), ["s2", "s1", "s0"]);
    let (channel, _) = f.channel("");
    let due = [Part::Current, Part::Archive(1), Part::Archive(2)];
    let due = due.map(|part| Due::Sheet { channel, part });
    let entry = Due::Entry(f.key("5.md"));
    assert_eq!(f.due(), [&due[..], &[entry]].concat());
    // The follower of the last page is there already, without entries.
    let follower = f.sheet("", Part::Archive(2)).unwrap();
    assert_eq!((follower.entries.len(), follower.archives), (0, 1));
    assert_eq!(f.sheet("", Part::Archive(3)), None);
}

#[test]
fn a_first_pass_in_any_order_is_cut_into_full_pages() {
    let mut f = Fixture::with(settings(3, 4));
    for number in [7, 2, 9, 0, 4, 1, 8, 3, 6, 5] {
        let digest = Digest {
            published: Some(at(number)),
            ..article(&format!("s{number}"))
        };
        f.found(&format!("{number}.md"), &digest);
    }
    assert_eq!(f.current(""), ["s9", "s8", "s7", "s6"], "while it goes on");
    f.end();
    assert_eq!(f.current(""), ["s9", "s8", "s7", "s6"]);
    assert_eq!(f.part("", Part::Archive(3)), ["s5", "s4"]);
    assert_eq!(f.part("", Part::Archive(1)), ["s1", "s0"]);
}

#[test]
fn an_entry_stays_in_its_page_whatever_date_it_gets() {
    let mut f = Fixture::with(settings(3, 2));
    one_by_one(&mut f, 6);
    f.publish();
    let pages = |f: &Fixture| [1, 2, 3, 4].map(|page| f.part("", Part::Archive(page)));
    let before = pages(&f);
    let dated = Digest {
        published: Some(at(5_000)),
        ..article("s1")
    };
    f.found("1.md", &dated);
    f.end();
    assert_eq!(pages(&f), before);
    let (channel, _) = f.channel("");
    let part = Part::Archive(2);
    assert_eq!(
        f.due(),
        [Due::Sheet { channel, part }, Due::Entry(f.key("1.md"))]
    );
}

#[test]
fn a_smaller_part_is_cut_at_once() {
    let mut f = Fixture::with(settings(3, 6));
    one_by_one(&mut f, 6);
    f.set(settings(3, 3));
    assert_eq!(f.current(""), ["s5", "s4"]);
    assert_eq!(f.part("", Part::Archive(2)), ["s3", "s2"]);
}

#[test]
fn a_withdrawn_entry_is_told_of_in_the_part_it_was_in() {
    let mut f = Fixture::with(settings(3, 2));
    one_by_one(&mut f, 4);
    let id = f.entry(f.key("0.md")).id;
    let key = f.key("0.md");
    f.publish();
    f.gone("0.md");
    f.end();
    let page = f.sheet("", Part::Archive(1)).unwrap();
    assert_eq!((page.entries.len(), page.deleted.len()), (0, 1));
    assert_eq!((&page.deleted[0].id, page.deleted[0].at), (&id, at(f.now)));
    assert_eq!(f.sheet("", Part::Current).unwrap().deleted, []);
    let (channel, _) = f.channel("");
    let part = Part::Archive(1);
    assert_eq!(f.due(), [Due::Sheet { channel, part }, Due::Entry(key)]);
    assert_eq!(f.catalogue.entry(key).unwrap(), None);
    assert_eq!(f.catalogue.slug(key).unwrap().as_deref(), Some("on-s0"));
    // It comes back to where it was.
    f.publish();
    f.found("again.md", &article("s0"));
    f.end();
    let page = f.sheet("", Part::Archive(1)).unwrap();
    assert_eq!((page.entries.len(), page.deleted.len()), (1, 0));
    assert_eq!(f.due(), [Due::Sheet { channel, part }, Due::Entry(key)]);
}

#[test]
fn a_part_tells_of_a_hundred_withdrawn_entries() {
    let mut f = Fixture::with(settings(3, 500));
    let articles = |numbers: std::ops::Range<i64>| -> Vec<Record> {
        let one = |number| {
            found(
                format!("{number}.md"),
                &article(&format!("s{number}")),
                number,
            )
        };
        numbers.map(one).collect()
    };
    f.catalogue.apply(&articles(0..130)).unwrap();
    f.end();
    for number in 0..120 {
        f.gone(&format!("{number}.md"));
        if number % 60 == 59 {
            f.end();
        }
    }
    let deleted = f.sheet("", Part::Current).unwrap().deleted;
    assert_eq!(deleted.len(), 100);
    assert_eq!((deleted[0].at, deleted[59].at), (at(f.now), at(f.now)));
    assert!(deleted[60].at < at(f.now));
    let db = rusqlite::Connection::open(f.folder.path().join("catalogue.db")).unwrap();
    let sql = "SELECT count(*) FROM deleted WHERE subject = 0";
    let kept: i64 = db.query_row(sql, [], |row| row.get(0)).unwrap();
    assert_eq!(kept, 100, "the rest is forgotten");
}

// Entries.

#[test]
fn an_entry_names_no_feed_that_is_born_after_it() {
    let mut f = Fixture::with(settings(3, 50));
    let about = |subject| about(subject, &["Trams"], &["Ada Lindqvist"]);
    let feeds = |f: &Fixture, path: &str| {
        let entry = f.entry(f.key(path));
        (entry.topic_feeds.len(), entry.speaker_feed.is_some())
    };
    f.found("a.md", &about("harbor"));
    f.end();
    f.found("b.md", &about("orchard"));
    f.end();
    f.found("c.md", &about("library"));
    f.publish();
    let listed = f.sheet("", Part::Current).unwrap().entries;
    f.end();
    assert_eq!(feeds(&f, "a.md"), (0, false));
    assert_eq!(feeds(&f, "c.md"), (1, true), "it came with the third");
    let after = f.sheet("", Part::Current).unwrap().entries;
    assert_ne!(listed[0], after[0]);
    assert_eq!(listed[1..], after[1..]);
    let (channel, _) = f.channel("");
    let part = Part::Current;
    let due = f.due();
    assert!(due.contains(&Due::Sheet { channel, part }));
    assert!(due.contains(&Due::Entry(f.key("c.md"))) && !due.contains(&Due::Entry(f.key("a.md"))));
    // One that is rewritten may name it.
    let longer = Digest {
        summary: "Something else.".to_owned(),
        ..about("harbor")
    };
    f.found("a.md", &longer);
    f.end();
    assert_eq!(feeds(&f, "a.md"), (1, true));
}

#[test]
fn slugs_are_given_once_and_differ() {
    let mut f = Fixture::with(settings(3, 50));
    let titled = |subject, title: &str| Digest {
        title: title.to_owned(),
        ..article(subject)
    };
    f.found("a.md", &titled("harbor", "The new pier"));
    f.found("b.md", &titled("tram", "The New Pier!"));
    f.found("c.md", &titled("ferry", "Con"));
    f.end();
    let slug = |f: &Fixture, path: &str| f.entry(f.key(path)).slug;
    assert_eq!(slug(&f, "a.md"), "the-new-pier");
    let other = slug(&f, "b.md");
    assert!(
        other.starts_with("the-new-pier_") && other.len() == 21,
        "{other}"
    );
    assert!(slug(&f, "c.md").starts_with("con_"));
    f.found("a.md", &titled("harbor", "The old pier"));
    f.end();
    assert_eq!(slug(&f, "a.md"), "the-new-pier");
    assert_eq!(f.entry(f.key("a.md")).arrived, at(1));
}

// What is due, and what was published.

#[test]
fn what_was_published_is_known_until_it_is_removed() {
    use feedwright::catalogue::Written;
    let mut f = Fixture::with(settings(3, 50));
    f.found("a.md", &article("harbor"));
    f.end();
    let written = |name: &str, size| Written {
        name: name.to_owned(),
        size,
        modified: -5,
    };
    let page = Due::Entry(f.key("a.md"));
    let done = [(page.clone(), vec![written("entries/a.html", 7)])];
    f.catalogue.published(&done, &[]).unwrap();
    assert!(!f.due().contains(&page));
    let mut f = f.reopen();
    let known = f.catalogue.documents().unwrap();
    assert_eq!(known, [(written("entries/a.html", 7), page.clone())]);
    f.catalogue.make_due(std::slice::from_ref(&page)).unwrap();
    assert!(f.due().contains(&page));
    let done = [(page.clone(), vec![written("entries/a.html", u64::MAX)])];
    f.catalogue.published(&done, &[]).unwrap();
    assert_eq!(
        f.catalogue.documents_of(&page).unwrap(),
        [written("entries/a.html", u64::MAX)]
    );
    let below = |folder: &str| {
        f.catalogue
            .documents_of(&Due::Gone(folder.to_owned()))
            .unwrap()
    };
    assert_eq!((below("entries").len(), below("entr").len()), (1, 0));
    f.catalogue
        .published(&[(page, vec![])], &["entries/a.html".to_owned()])
        .unwrap();
    assert_eq!(f.catalogue.documents().unwrap(), []);
}

#[test]
fn everything_may_be_made_due() {
    let mut f = Fixture::with(settings(1, 2));
    three(&mut f, &["Trams"], &["Ada Lindqvist"]);
    f.publish();
    f.catalogue.everything_is_due().unwrap();
    let due = f.due();
    let sheets = due
        .iter()
        .filter(|due| matches!(due, Due::Sheet { .. }))
        .count();
    // Three folders with an entry each; three feeds with a page and a follower.
    assert_eq!(sheets, 3 + 3 * 3);
    let entries = due
        .iter()
        .filter(|due| matches!(due, Due::Entry(_)))
        .count();
    assert_eq!((entries, due.len()), (3, sheets + 1 + 3));
    let (all, _) = f.channel("");
    let part = Part::Current;
    assert_eq!(due[0], Due::Sheet { channel: all, part });
    assert_eq!(f.catalogue.due(2).unwrap(), due[..2]);
}

#[test]
fn a_catalogue_from_before_there_were_channels_gets_them() {
    let mut f = Fixture::new();
    three(&mut f, &["Trams"], &["Ada Lindqvist"]);
    f.gone("tram/a.md");
    f.gone("library/a.md");
    f.found("other/a.md", &about("canal", &["Trams"], &[]));
    f.end();
    let before = f.shown();
    let now = f.now;
    let folder = of_version_2(f);
    let catalogue = Catalogue::open(folder.path()).unwrap();
    let mut f = Fixture {
        folder,
        catalogue,
        now,
    };
    assert_eq!(f.shown(), before);
    f.set(settings(2, 50));
    assert_eq!(f.folders(), ["", "topics/trams", "speakers/ada-lindqvist"]);
    assert_eq!(f.current("topics/trams"), ["canal", "orchard", "harbor"]);
    let feeds = f.entry(f.key("harbor/a.md")).topic_feeds;
    assert_eq!(feeds, [Some("topics/trams".to_owned())]);
    assert!(f.due().contains(&Due::Entry(f.key("harbor/a.md"))));
    // What was withdrawn before has its slug when it comes back.
    f.found("library/a.md", &about("library", &["Trams"], &[]));
    f.end();
    assert_eq!(f.entry(f.key("library/a.md")).slug, "on-library");
}
