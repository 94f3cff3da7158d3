//! What entries tell of channels, what is due, and what was published.

use super::{about, search, settings, three};
use crate::{
    catalogue::{Fixture, article, at},
    catalogue_topics::earlier::of_version_2,
};
use feedwright::{
    catalogue::{
        Due, EntryDecision, Placed, Query,
        store::{Catalogue, Visitor},
    },
    channel::Part,
    entry::Digest,
};

// Entries.

#[test]
fn an_archived_entry_names_no_feed_that_is_born_after_it() {
    for (max_entries, named) in [(50, (1, true)), (2, (0, false))] {
        let mut f = Fixture::with(settings(3, max_entries));
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
        assert_eq!(feeds(&f, "a.md"), named);
        assert_eq!(feeds(&f, "c.md"), (1, true), "it came with the third");
        let after = f.sheet("", Part::Current).unwrap().entries;
        assert_ne!(listed[0], after[0]);
        let (channel, _) = f.channel("");
        let part = Part::Current;
        let due = f.due();
        assert!(due.contains(&Due::Sheet { channel, part }));
        assert!(due.contains(&Due::Entry(f.key("c.md"))));
        assert_eq!(due.contains(&Due::Entry(f.key("a.md"))), named.1);
        // One that is rewritten may name it.
        let longer = Digest {
            summary: "Something else.".to_owned(),
            ..about("harbor")
        };
        f.found("a.md", &longer);
        f.end();
        assert_eq!(feeds(&f, "a.md"), (1, true));
    }
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
    let done = [Placed::new(
        page.clone(),
        vec![written("entries/a.html", 7)],
    )];
    f.catalogue.published(&done, &[]).unwrap();
    assert!(!f.due().contains(&page));
    let mut f = f.reopen();
    let known = f.catalogue.documents().unwrap();
    assert_eq!(known, [(written("entries/a.html", 7), page.clone())]);
    f.catalogue.make_due(std::slice::from_ref(&page)).unwrap();
    assert!(f.due().contains(&page));
    let done = [Placed::new(
        page.clone(),
        vec![written("entries/a.html", u64::MAX)],
    )];
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
        .published(&[Placed::new(page, vec![])], &["entries/a.html".to_owned()])
        .unwrap();
    assert_eq!(f.catalogue.documents().unwrap(), []);
}

#[test]
fn what_a_feed_left_in_its_documents_is_kept_as_it_is() {
    let mut f = Fixture::with(settings(3, 50));
    f.found("a.md", &article("harbor"));
    f.end();
    let (channel, _) = f.channel("");
    assert_eq!(f.catalogue.imprint(channel).unwrap(), None);
    for (left, kept) in [(Some(vec![7, 0]), vec![7, 0]), (None, vec![7, 0])] {
        let due = Due::Sheet {
            channel,
            part: Part::Current,
        };
        let placed = Placed {
            imprint: left,
            ..Placed::new(due, Vec::new())
        };
        f.catalogue.published(&[placed], &[]).unwrap();
        assert_eq!(f.catalogue.imprint(channel).unwrap(), Some(kept));
    }
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

#[test]
fn owners_find_the_same_entries_with_an_index_and_without() {
    let mut indexed = settings(3, 50);
    indexed.searches = vec![search("Nothing", "nothing")];
    let mut all = Vec::new();
    for settings in [settings(3, 50), indexed] {
        let mut f = Fixture::with(settings);
        three(&mut f, &["Trams"], &["Ada Lindqvist"]);
        f.found("away.md", &about("away", &["Trams"], &[]));
        f.found("off.md", &about("off", &["Trams"], &[]));
        f.end();
        let off = f.entry(f.key("off.md")).id;
        let (entries, at) = (vec![off], at(90));
        f.apply(EntryDecision::Retract { entries, at }.into());
        f.gone("away.md");
        f.end();
        let visitor = Visitor::open(f.folder.path()).unwrap().unwrap();
        let find = |query: &str| -> Vec<String> {
            let query = (!query.is_empty()).then(|| Query::parse(query).unwrap());
            let entries = visitor.entries(query.as_ref()).unwrap().into_iter();
            entries
                .map(|one| one.title.replace("On ", "") + if one.is_gone { " (gone)" } else { "" })
                .collect()
        };
        let queries = [
            "",
            "harbor",
            "-harbor",
            "topic:trams",
            "off OR away",
            "speaker:lindqvist -orchard",
            "folder:library",
            "nothing",
        ];
        all.push(queries.map(find));
    }
    assert_eq!(all[0], all[1]);
    let [
        everything,
        harbor,
        others,
        trams,
        hidden,
        said,
        library,
        nothing,
    ] = &all[1];
    assert_eq!(everything.len(), 5);
    assert_eq!(harbor, &["harbor"]);
    assert_eq!((others.len(), trams.len()), (4, 5));
    let mut hidden = hidden.clone();
    hidden.sort_unstable();
    assert_eq!(hidden, ["away (gone)", "off"]);
    assert_eq!((said.len(), library.len(), nothing.len()), (2, 1, 0));
}
