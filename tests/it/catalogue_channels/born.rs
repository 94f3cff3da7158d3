//! Which channels are there, and which entries are in them?

use super::{ROOT, SUBJECTS, about, person, saying, search, settings};
use crate::catalogue::{Fixture, article, at, found};
use feedwright::{
    catalogue::{Due, Outcome, Record, Settings},
    channel::{Part, Scope},
    entry::{Topic, TopicKind},
    file::Stamp,
};

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
fn a_new_search_finds_what_was_applied_with_it() {
    let indexed = |queries: &[&str]| {
        let named = queries.iter().map(|query| search(query, query));
        let searches = named.collect();
        Settings {
            searches,
            ..settings(3, 50)
        }
    };
    let told = |queries| Record::Settings(Box::new(indexed(queries)));
    let mut f = Fixture::with(indexed(&["nothing"]));
    let records = [
        found("a.md", &article("harbor"), 1),
        found("b.md", &article("tram"), 2),
        told(&["nothing", "harbor"]),
        Record::Gone {
            path: "a.md".into(),
        },
        Record::End { at: at(3) },
        told(&["nothing", "harbor", "harbor OR tram"]),
    ];
    f.catalogue.apply(&records[..3]).unwrap();
    assert_eq!(f.current("searches/harbor"), ["harbor"]);
    f.catalogue.apply(&records[3..]).unwrap();
    assert_eq!(f.current("searches/harbor"), [""; 0]);
    assert_eq!(f.current("searches/harbor-or-tram"), ["tram"]);
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

#[test]
fn a_search_has_the_entries_that_it_finds() {
    let mut asked = settings(3, 2);
    asked.searches = vec![search("Rails", "topic:trams OR folder:rails")];
    let mut f = Fixture::new();
    // Those that are there already are found as well.
    f.found("a.md", &about("harbor", &["Trams"], &[]));
    f.found("Rails/b.md", &about("orchard", &[], &[]));
    f.found("c.md", &about("library", &["Boats"], &[]));
    f.end();
    f.set(asked.clone());
    assert_eq!(f.current("searches/rails"), ["orchard", "harbor"]);
    f.publish();
    // One comes, one goes.
    f.found("d.md", &about("ferry", &["Trams"], &[]));
    f.found("a.md", &about("harbor", &["Boats"], &[]));
    f.end();
    assert_eq!(f.current("searches/rails"), ["ferry", "orchard"]);
    let (channel, _) = f.channel("searches/rails");
    let part = Part::Current;
    assert!(f.due().contains(&Due::Sheet { channel, part }));
    f.publish();
    asked.searches[0] = search("Rails", "topic:boats");
    f.set(asked);
    assert_eq!(f.current("searches/rails"), ["library", "harbor"]);
    assert!(f.due().contains(&Due::Sheet { channel, part }));
}
