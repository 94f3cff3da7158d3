//! Where channels stand, and what becomes of them when topics are renamed,
//! merged or banned.

use super::{SUBJECTS, about, person, saying, settings, three};
use crate::catalogue::{Fixture, article};
use feedwright::{
    catalogue::{Due, Outcome, Record, TopicDecision},
    channel::{Part, Scope},
    entry::{Topic, TopicKind},
};

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
