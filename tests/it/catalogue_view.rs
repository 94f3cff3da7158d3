//! What a view tells those who look around: what is found, what there is much
//! of, and what stands beside what.

use crate::catalogue::{Fixture, article, at, found};
use feedwright::{
    catalogue::{
        Query, Record, Settings, TopicDecision, Typing, Wanted,
        store::{Count, ListedSubject, Slugged, View},
    },
    channel::{Part, Scope},
    entry::{Digest, Quotation, Speaker, Topic, TopicKind},
    text::Span,
};
use jiff::Timestamp;

const DAY: i64 = 86_400;

/// An article on its own subject with these topics that quotes these people,
/// published so many days after the tests' epoch, which is a Tuesday.
fn about(subject: &str, topics: &[&str], speakers: &[&str], day: i64) -> Digest {
    let concept = |label: &&str| Topic {
        label: (*label).to_owned(),
        kind: TopicKind::Concept,
        forms: Vec::new(),
    };
    let quote = |speaker: &&str| Quotation {
        parts: vec![Span::new(0, 5)],
        speaker: Some(Speaker((*speaker).to_owned())),
    };
    Digest {
        topics: topics.iter().map(concept).collect(),
        quotes: speakers.iter().map(quote).collect(),
        language: Some(if day % 2 == 0 { "en" } else { "de-AT" }.to_owned()),
        published: Some(at(day * DAY)),
        ..article(subject)
    }
}

/// A catalogue that can be searched, in which two articles make a feed.
fn fixture() -> Fixture {
    let mut f = Fixture::new();
    let settings = Settings {
        id: "tag:example.org,2024:feed".to_owned(),
        min_articles: 2,
        searched: true,
        ..Settings::default()
    };
    f.apply(Record::Settings(Box::new(settings)));
    f
}

/// Five articles: three on trams, two that quote Ada Lindqvist, two in a folder.
fn town() -> Fixture {
    let mut f = fixture();
    let ada = ["Ada Lindqvist"];
    for (path, digest) in [
        ("a.md", about("harbor", &["Trams", "Old town"], &ada, 0)),
        ("News/b.md", about("orchard", &["Trams"], &[], 8)),
        ("News/c.md", about("library", &["Night buses"], &ada, 1)),
        ("d.md", about("ferry", &["Trams"], &["a spokesman"], 30)),
        ("e.md", about("museum", &[], &[], 3)),
    ] {
        f.found(path, &digest);
    }
    f.end();
    f
}

impl Fixture {
    fn view(&self) -> View {
        View::open(self.folder.path()).unwrap().unwrap()
    }
}

/// The titles of what is found, in order.
fn titles(view: &View, wanted: &Wanted) -> Vec<String> {
    let hits = view.find(wanted, None, 50).unwrap();
    let count = hits.entries.len();
    assert_eq!(hits.count, Count::Exactly(count));
    let entry = |key| view.entry(key).unwrap().unwrap();
    hits.entries
        .iter()
        .map(|listed| entry(listed.key).digest.title.clone())
        .collect()
}

fn typed(text: &str) -> Wanted {
    Wanted {
        query: Query::read(text, Typing::Going).query,
        ..Wanted::default()
    }
}

#[test]
fn entries_are_found_in_the_order_of_feeds() {
    let f = town();
    let view = f.view();
    let find = |wanted: &Wanted| titles(&view, wanted);
    let all = [
        "On ferry",
        "On orchard",
        "On museum",
        "On library",
        "On harbor",
    ];
    assert_eq!(find(&Wanted::default()), all);
    assert_eq!(find(&typed("on")), all);
    assert_eq!(
        find(&typed("tram")),
        ["On ferry", "On orchard", "On harbor"]
    );
    assert_eq!(find(&typed("\"on l")), ["On library"]);
    assert_eq!(find(&typed("tram -ferry language:de-at")), [""; 0]);
    let some = some();
    for (wanted, expected) in [
        (
            Wanted {
                topic: some("TRAMS"),
                ..typed("o")
            },
            &all[..2],
        ),
        (
            Wanted {
                topic: some("topics/trams"),
                ..typed("o")
            },
            &all[..2],
        ),
        (
            Wanted {
                speaker: some("ada lindqvist"),
                ..Wanted::default()
            },
            &all[3..],
        ),
        (
            Wanted {
                folder: some("News"),
                language: some("de"),
                ..Wanted::default()
            },
            &all[3..4],
        ),
        (
            Wanted {
                folder: some("/News/"),
                ..typed("trams")
            },
            &all[1..2],
        ),
        (
            Wanted {
                topic: some("Unheard of"),
                ..Wanted::default()
            },
            &[][..],
        ),
        (
            Wanted {
                language: some("not one"),
                ..Wanted::default()
            },
            &[][..],
        ),
    ] {
        let mut titles = find(&wanted);
        titles.truncate(expected.len().max(usize::from(expected.is_empty())));
        assert_eq!(titles, expected, "{wanted}");
    }
}

fn some() -> impl Fn(&str) -> Option<String> {
    |text| Some(text.to_owned())
}

#[test]
fn a_view_finds_what_has_come_since() {
    let mut f = town();
    let mut view = f.view();
    assert_eq!(titles(&view, &typed("quarry")), [""; 0]);
    view.hold().unwrap();
    f.found("f.md", &about("quarry", &["Trams"], &[], 40));
    f.gone("a.md");
    f.end();
    assert_eq!(titles(&view, &typed("quarry")), [""; 0]);
    assert_eq!(titles(&view, &typed("harbor")), ["On harbor"]);
    view.release();
    assert_eq!(titles(&view, &typed("quarry")), ["On quarry"]);
    assert_eq!(titles(&view, &typed("harbor")), [""; 0]);
    // What an entry says now, and which folder it is in.
    f.found("f.md", &about("canal", &[], &[], 41));
    f.found("News/e.md", &about("museum", &[], &[], 3));
    f.gone("e.md");
    f.end();
    assert_eq!(titles(&view, &typed("quarry")), [""; 0]);
    assert_eq!(titles(&view, &typed("canal")), ["On canal"]);
    assert_eq!(titles(&view, &typed("museum folder:news")), ["On museum"]);
}

#[test]
fn an_archive_can_be_searched_from_when_that_is_set() {
    let mut f = Fixture::new();
    f.apply(Record::Settings(Box::default()));
    f.found("a.md", &article("harbor"));
    f.end();
    let view = f.view();
    assert_eq!(titles(&view, &typed("harbor")), ["On harbor"]);
    assert_eq!(view.languages().unwrap(), []);
    let settings = Settings {
        searched: true,
        ..Settings::default()
    };
    f.apply(Record::Settings(Box::new(settings)));
    f.found("b.md", &about("ferry", &[], &[], 0));
    f.end();
    assert_eq!(titles(&view, &typed("harbor")), ["On harbor"]);
    assert_eq!(titles(&view, &typed("on")).len(), 2);
    assert_eq!(view.languages().unwrap(), [("en".to_owned(), 1)]);
}

/// What a list says, in short: label, feed, entries, and the weeks that have
/// any, as how long ago they were.
fn listed(view: &View, scope: Scope, now: Timestamp) -> Vec<String> {
    let list = view.subjects(scope, now, 0, 50).unwrap();
    assert_eq!(list.total, list.subjects.len());
    let short = |subject: &ListedSubject| {
        let weeks = subject.weeks.iter().rev().enumerate();
        let weeks: Vec<String> = weeks
            .filter(|(_, count)| **count > 0)
            .map(|(ago, count)| format!("{count} {ago} ago"))
            .collect();
        let feed = subject.feed.as_deref().unwrap_or("no feed");
        let (label, entries) = (&subject.label, subject.entries);
        format!("{label}, {feed}: {entries} ({})", weeks.join(", "))
    };
    list.subjects.iter().map(short).collect()
}

#[test]
fn subjects_are_listed_with_what_they_have_had_lately() {
    let mut f = town();
    let view = f.view();
    let now = at(31 * DAY);
    assert_eq!(
        listed(&view, Scope::Topic, now),
        [
            "Trams, topics/trams: 3 (1 0 ago, 1 3 ago, 1 4 ago)",
            "Night buses, no feed: 1 (1 4 ago)",
            "Old town, no feed: 1 (1 4 ago)",
        ]
    );
    assert_eq!(
        listed(&view, Scope::Speaker, now),
        ["Ada Lindqvist, speakers/ada-lindqvist: 2 (2 4 ago)"]
    );
    assert_eq!(
        listed(&view, Scope::Folder, now),
        ["News, folders/news: 2 (1 3 ago, 1 4 ago)"]
    );
    assert_eq!(listed(&view, Scope::Search, now), [""; 0]);
    let trams = &view.subjects(Scope::Topic, now, 0, 1).unwrap();
    assert_eq!((trams.total, trams.subjects.len()), (3, 1));
    assert_eq!(trams.subjects[0].newest, at(30 * DAY));
    let rest = &view.subjects(Scope::Topic, now, 1, 50).unwrap();
    assert_eq!((rest.total, rest.subjects.len()), (3, 2));
    // Half a year later all of it is long ago.
    let later = at(250 * DAY);
    assert_eq!(
        listed(&view, Scope::Speaker, later),
        ["Ada Lindqvist, speakers/ada-lindqvist: 2 ()"]
    );
    assert_eq!(view.weeks(now).unwrap().iter().sum::<u32>(), 5);
    assert_eq!(
        view.languages().unwrap(),
        [("en".to_owned(), 3), ("de-at".to_owned(), 2)]
    );
    // What the owner does not want to see.
    let topics = f.catalogue.channels().unwrap();
    assert!(topics.iter().any(|channel| channel.name == "Trams"));
    let topic = visitor_topic(&f, "Trams");
    f.apply(Record::Topics(TopicDecision::Ban { topic }));
    f.end();
    let shown = listed(&view, Scope::Topic, now);
    assert!(
        shown.iter().all(|topic| !topic.starts_with("Trams")),
        "{shown:?}"
    );
    let banned = Wanted {
        topic: Some("Trams".to_owned()),
        ..Wanted::default()
    };
    assert_eq!(titles(&view, &banned), [""; 0]);
}

fn visitor_topic(f: &Fixture, label: &str) -> feedwright::catalogue::TopicId {
    let visitor = feedwright::catalogue::store::Visitor::open(f.folder.path());
    visitor.unwrap().unwrap().called(label).unwrap()[0].id
}

#[test]
fn large_archives_list_what_has_a_feed() {
    let mut f = fixture();
    let records: Vec<Record> = (0..1_001)
        .map(|number| {
            let topics = ["Trams".to_owned(), format!("Phrase {number}")];
            let topics: Vec<&str> = topics.iter().map(String::as_str).collect();
            let digest = Digest {
                title: format!("Number {number}"),
                ..about(&format!("s{number}"), &topics, &[], number)
            };
            found(format!("{number}.md"), &digest, 1)
        })
        .collect();
    f.catalogue.apply(&records).unwrap();
    f.end();
    let view = f.view();
    let all = view.subjects(Scope::Topic, at(0), 0, 50).unwrap();
    assert_eq!((all.total, all.subjects.len()), (1, 1));
    assert_eq!(
        (&*all.subjects[0].label, all.subjects[0].entries),
        ("Trams", 1_001)
    );
    // More than are at hand: this one is found by the index.
    assert_eq!(titles(&view, &typed("\"number 7\"").clone()), ["Number 7"]);
    let first = view.find(&typed("number"), None, 20).unwrap();
    assert!(
        matches!(first.count, Count::AtLeast(21..=1_001)),
        "{first:?}"
    );
    assert!(first.next.is_some());
}

#[test]
fn an_entry_is_found_by_its_slug_and_has_neighbors() {
    let mut f = town();
    let view = f.view();
    let slugged = |slug: &str| view.by_slug(slug).unwrap();
    let key = |slug: &str| match slugged(slug) {
        Slugged::Here { listed, entry } => {
            assert_eq!(entry.slug, slug);
            listed
        }
        other => panic!("{other:?}"),
    };
    let beside = view.neighbors(key("on-museum").key).unwrap();
    assert_eq!(beside.newer, Some(key("on-orchard")));
    assert_eq!(beside.older, Some(key("on-library")));
    let newest = view.neighbors(key("on-ferry").key).unwrap();
    assert_eq!(
        (newest.newer, newest.older),
        (None, Some(key("on-orchard")))
    );
    assert_eq!(view.neighbors(key("on-harbor").key).unwrap().older, None);
    assert_eq!(slugged("on-quarry"), Slugged::Unknown);
    f.gone("e.md");
    f.now = 99;
    f.end();
    assert_eq!(slugged("on-museum"), Slugged::Gone(at(100)));
    assert_eq!(
        view.neighbors(key("on-library").key).unwrap().newer,
        Some(key("on-orchard"))
    );
}

#[test]
fn a_search_is_a_feed_whose_id_follows_from_the_question() {
    let f = town();
    let view = f.view();
    let sheet = |query: &str| {
        let query = Query::parse(query).unwrap();
        view.search_sheet(&Wanted::by(query)).unwrap()
    };
    let one = sheet("trams harbor");
    assert_eq!(
        (one.part, one.archives, one.deleted.len()),
        (Part::Current, 0, 0)
    );
    assert_eq!(
        (one.channel.scope, &*one.channel.name),
        (Scope::Search, "trams harbor")
    );
    assert_eq!(one.entries.len(), 1);
    // Readers know it by this: it must never change.
    assert_eq!(
        one.channel.id,
        "tag:example.org,2024:feed/search/f6487d09587362166d344485"
    );
    for same in [
        " Trams  HARBOR",
        "harbor AND tráms",
        "(trams (harbor trams))",
    ] {
        assert_eq!(sheet(same).channel.id, one.channel.id, "{same}");
    }
    for other in [
        "trams OR harbor",
        "\"trams harbor\"",
        "trams* harbor",
        "trams -harbor",
    ] {
        assert_ne!(sheet(other).channel.id, one.channel.id, "{other}");
    }
    let filtered = Wanted {
        topic: Some("Trams".to_owned()),
        ..typed("harbor ")
    };
    let of = |wanted: &Wanted| view.search_sheet(wanted).unwrap().channel;
    assert_eq!(of(&filtered).name, "harbor · Trams");
    assert_ne!(of(&filtered).id, of(&typed("harbor trams ")).id);
    let written = Wanted {
        topic: Some("TRAMS".to_owned()),
        ..filtered.clone()
    };
    assert_eq!(of(&filtered).id, of(&written).id);
    let language = Wanted {
        language: Some("EN".to_owned()),
        ..typed("trams ")
    };
    assert_eq!(of(&language).id, of(&typed("language:en trams ")).id);
}
