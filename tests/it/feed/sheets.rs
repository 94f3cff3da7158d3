//! The sheets of channels: where they are, and how they lead to each other.

use super::*;
use feedwright::channel::Deleted;

/// A sheet of a topic's feed, with one entry unless it waits to be filled.
fn page(part: Part, archives: u32) -> (Sheet, Vec<Entry>) {
    let waits = matches!(part, Part::Archive(page) if page > archives);
    let entries: Vec<_> = (0..u32::from(!waits)).map(|n| entry(n, full())).collect();
    let mut sheet = sheet(entries.len());
    sheet.channel = Arc::new(Channel {
        id: "tag:example.org,2024:topic/1".to_owned(),
        scope: Scope::Topic,
        name: "Roads & bridges".to_owned(),
        folder: "topics/roads-bridges".to_owned(),
        // It was called what it is now before, too.
        former: ["topics/roads", "topics/roads-bridges", "topics/a/b"]
            .map(str::to_owned)
            .to_vec(),
    });
    (sheet.part, sheet.archives) = (part, archives);
    (sheet, entries)
}

fn check_page(settings: &Settings, part: Part, archives: u32) -> Seen {
    let (sheet, entries) = page(part, archives);
    check_sheet(settings, &sheet, &entries)
}

/// What a document links to, by relation, in the words of each format.
fn links(seen: &Seen) -> [Vec<(String, String)>; 2] {
    let of_rss = seen.channel.extensions.get("atom");
    let of_rss = of_rss.into_iter().flat_map(|of| &of["link"]);
    let rss = of_rss.map(|one| {
        assert_eq!(one.attrs["type"], "application/rss+xml");
        (one.attrs["rel"].clone(), one.attrs["href"].clone())
    });
    let of_atom = seen.feed.links.iter().filter(|one| one.rel != "alternate");
    let atom = of_atom.map(|one| {
        assert_eq!(one.mime_type.as_deref(), Some("application/atom+xml"));
        (one.rel.clone(), one.href.clone())
    });
    [rss.collect(), atom.collect()]
}

/// The documents that are linked to, given their folders by relation.
fn meant(base: &str, folders: &[(&str, &str)]) -> [Vec<(String, String)>; 2] {
    ["rss.xml", "atom.xml"].map(|name| {
        let link =
            |(rel, folder): &(&str, &str)| ((*rel).to_owned(), format!("{base}{folder}{name}"));
        folders.iter().map(link).collect()
    })
}

#[test]
fn pages_lead_to_each_other() {
    let base = "https://example.org/feeds/topics/roads-bridges/";
    for (part, archives, folders) in [
        (Part::Current, 0, vec![("self", "")]),
        (
            Part::Current,
            2,
            vec![("self", ""), ("prev-archive", "archive/2/")],
        ),
        (
            Part::Archive(2),
            2,
            vec![
                ("self", "archive/2/"),
                ("current", ""),
                ("prev-archive", "archive/1/"),
                ("next-archive", "archive/3/"),
            ],
        ),
        (
            Part::Archive(1),
            1,
            vec![
                ("self", "archive/1/"),
                ("current", ""),
                ("next-archive", "archive/2/"),
            ],
        ),
        (
            Part::Archive(3),
            2,
            vec![
                ("self", "archive/3/"),
                ("current", ""),
                ("prev-archive", "archive/2/"),
            ],
        ),
    ] {
        let seen = check_page(&with_site(), part, archives);
        assert_eq!(
            links(&seen),
            meant(base, &folders),
            "{part:?} of {archives}"
        );
        let to = |rel: &str| {
            let folder = folders.iter().find(|(one, _)| *one == rel)?.1;
            Some(format!("{base}{folder}feed.json"))
        };
        assert_eq!(seen.items["feed_url"].as_str(), to("self").as_deref());
        assert_eq!(
            seen.items["next_url"].as_str(),
            to("prev-archive").as_deref()
        );
        let home = format!("{base}{}", folders[0].1);
        assert_eq!(seen.channel.link, home);
        assert_eq!(seen.items["home_page_url"], home);
        let alternate = seen.feed.links.iter().find(|one| one.rel == "alternate");
        assert_eq!(alternate.unwrap().href, home);

        let is_archive = matches!(part, Part::Archive(page) if page <= archives);
        assert_eq!(seen.channel.extensions.contains_key("fh"), is_archive);
        assert_eq!(seen.feed.extensions.contains_key("fh"), is_archive);
        for xml in [&seen.rss, &seen.atom] {
            let name = "xmlns:fh=\"http://purl.org/syndication/history/1.0\"";
            assert_eq!(xml.contains(name), is_archive);
            assert_eq!(xml.contains("<fh:archive>"), is_archive);
        }
    }
}

#[test]
fn without_a_site_pages_lead_to_each_other_on_disk() {
    let seen = check_page(&Settings::default(), Part::Current, 2);
    assert_eq!(
        links(&seen),
        meant(
            "",
            &[("prev-archive", "../../topics/roads-bridges/archive/2/")]
        )
    );
    assert_eq!(seen.channel.link, "tag:example.org,2024:topic/1");
    let seen = check_page(&Settings::default(), Part::Archive(2), 2);
    let base = "../../../../topics/roads-bridges/";
    let folders = [
        ("current", ""),
        ("prev-archive", "archive/1/"),
        ("next-archive", "archive/3/"),
    ];
    assert_eq!(links(&seen), meant(base, &folders));
    assert_eq!(seen.items["next_url"], format!("{base}archive/1/feed.json"));
    assert!(seen.items.get("feed_url").is_none() && seen.items.get("home_page_url").is_none());
}

#[test]
fn an_archive_page_stays_as_it_is_when_others_follow() {
    let (sheet, entries) = page(Part::Archive(1), 1);
    let before = render(&with_site(), &sheet, &entries).unwrap();
    for archives in [2, 7] {
        let later = Sheet {
            archives,
            ..sheet.clone()
        };
        assert_eq!(render(&with_site(), &later, &entries).unwrap(), before);
    }
    let names: Vec<_> = before.documents.iter().map(|one| &*one.name).collect();
    let folder = "topics/roads-bridges/archive/1";
    let meant = ["rss.xml", "atom.xml", "feed.json", "index.html"];
    assert_eq!(names, meant.map(|name| format!("{folder}/{name}")));
}

#[test]
fn a_renamed_channel_is_found_where_it_was() {
    for settings in [with_site(), Settings::default()] {
        let (sheet, entries) = page(Part::Current, 2);
        let edition = render(&settings, &sheet, &entries).unwrap();
        assert_eq!(edition.documents.len(), 12);
        let now = seen(&edition, "topics/roads-bridges");
        for former in ["topics/roads", "topics/a/b"] {
            let then = seen(&edition, former);
            if settings.url.is_some() {
                assert_eq!((&then.rss, &then.atom), (&now.rss, &now.atom));
                assert_eq!(then.json, now.json);
            }
            assert_eq!(then.feed.id, now.feed.id);
            assert_eq!(then.feed.entries, now.feed.entries);
            assert_ne!(then.html, now.html);
        }
        let deeper = seen(&edition, "topics/a/b");
        if settings.url.is_none() {
            let next = "../../../topics/roads-bridges/archive/2/feed.json";
            assert_eq!(deeper.items["next_url"], next);
        }
    }
}

#[test]
fn a_feed_is_called_by_its_site_and_what_it_is_of() {
    let named = |title: &str, name: &str| {
        let (mut sheet, entries) = page(Part::Current, 0);
        let channel = Channel {
            name: name.to_owned(),
            ..Channel::clone(&sheet.channel)
        };
        sheet.channel = Arc::new(channel);
        let settings = Settings {
            title: title.to_owned(),
            ..with_site()
        };
        let seen = check_sheet(&settings, &sheet, &entries);
        assert_eq!(seen.items["title"], seen.channel.title);
        assert_eq!(seen.feed.title.value, seen.channel.title);
        seen.channel.title
    };
    assert_eq!(
        named("The Lorn Desk", "Ilse Brandt"),
        "The Lorn Desk: Ilse Brandt"
    );
    assert_eq!(
        named("The Lorn Desk", " a/b\n<c>\u{1} "),
        "The Lorn Desk: a/b <c>"
    );
    assert_eq!(named("The Lorn Desk", "\u{1}"), "The Lorn Desk");
    assert_eq!(named("", "press/2024"), "press/2024");
    assert_eq!(named("", ""), "Untitled");
}

#[test]
fn withdrawn_entries_are_told_if_the_owner_wants_it() {
    let (mut sheet, entries) = page(Part::Current, 0);
    let deleted = |id: &str, at: &str| Deleted {
        id: EntryId(id.to_owned()),
        at: time(at),
    };
    sheet.deleted = vec![
        deleted("tag:example.org,2024:9?a&b", "2025-01-03T00:00:00.5Z"),
        deleted("no id", "2025-01-02T00:00:00Z"),
        deleted("tag:example.org,2024:8", "2025-01-01T00:00:00Z"),
    ];
    let seen = check_sheet(&with_site(), &sheet, &entries);
    assert!(!seen.atom.contains("tombstones") && !seen.atom.contains("deleted"));
    // Without this the feed would be older than it was with the entry.
    assert_eq!(seen.feed.updated.to_rfc3339(), "2025-01-03T00:00:00+00:00");

    let settings = Settings {
        tombstones: true,
        ..with_site()
    };
    let seen = check_sheet(&settings, &sheet, &entries);
    let tombstones: Vec<_> = seen.feed.extensions["at"]["deleted-entry"]
        .iter()
        .map(|one| (&*one.attrs["ref"], &*one.attrs["when"]))
        .collect();
    assert_eq!(
        tombstones,
        [
            ("tag:example.org,2024:9?a&b", "2025-01-03T00:00:00Z"),
            ("tag:example.org,2024:8", "2025-01-01T00:00:00Z"),
        ]
    );
    let name = "xmlns:at=\"http://purl.org/atompub/tombstones/1.0\"";
    assert_eq!(seen.atom.matches(name).count(), 1);
    assert!(!seen.rss.contains("deleted"));
}

#[test]
fn archive_pages_hold_more_text() {
    let long = "Words & words. ".repeat(2000);
    let digest = || Digest {
        body: text(&[(BlockKind::Paragraph, &long)]),
        ..titled("A")
    };
    let entries: Vec<_> = (0..50).map(|n| entry(n, digest())).collect();
    let mut archive = sheet(50);
    (archive.part, archive.archives) = (Part::Archive(1), 1);
    let seen = check_sheet(&Settings::default(), &archive, &entries);
    let items = seen.channel.items.iter();
    assert!(items.clone().all(|item| item.content != item.description));
    assert!(seen.atom.len() > 1_500_000);
}

#[test]
fn topics_and_speakers_lead_to_their_feeds() {
    let mut entry = entry(1, full());
    entry.topic_feeds = vec![None, Some("topics/port lorn?".to_owned())];
    entry.speaker_feed = Some("speakers/ilse-brandt".to_owned());
    let entries = [entry];
    let seen = check(&with_site(), &entries);
    assert_eq!(
        seen.channel.items[0].description.as_deref(),
        Some(
            "<blockquote><p>We opened it a week early.</p><footer>— <cite>\
             <a href=\"https://example.org/feeds/speakers/ilse-brandt/\">Mayor Ilse Brandt</a>\
             </cite></footer></blockquote>\
             <p>The bridge is open again. Buses use it from Monday.</p>\
             <p>Roads &amp; bridges · <a href=\"https://example.org/feeds/topics/port%20lorn%3F/\" \
             rel=\"tag\">Port Lorn</a></p>"
        )
    );
    // Without a site there is nothing absolute to lead to.
    let seen = check(&Settings::default(), &entries);
    assert!(
        !seen.channel.items[0]
            .description
            .as_ref()
            .unwrap()
            .contains("<a")
    );

    // A topic that is not shown takes its feed with it.
    let mut entries = entries;
    let digest = &mut entries[0].digest;
    digest.topics = ["\u{1}", "Port Lorn", "Port Lorn"]
        .map(Topic::from)
        .to_vec();
    digest.lead_quote.as_mut().unwrap().speaker = Some(Speaker(" ".to_owned()));
    let seen = check(&with_site(), &entries);
    let html = seen.channel.items[0].description.as_ref().unwrap();
    assert!(
        html.contains("/topics/port%20lorn%3F/\" rel=\"tag\">Port Lorn</a></p>"),
        "{html}"
    );
    assert!(
        !html.contains("speakers") && !html.contains("cite"),
        "{html}"
    );
}

#[test]
fn lists_tell_which_feeds_there_are() {
    let (sheet, _) = page(Part::Current, 0);
    let documents = feed::lists(&with_site(), &[Channel::clone(&sheet.channel)]);
    let names: Vec<_> = documents
        .iter()
        .map(|one| (&*one.name, one.media_type))
        .collect();
    assert_eq!(
        names,
        [
            ("feeds.opml", "text/x-opml"),
            ("topics/index.html", "text/html"),
            ("speakers/index.html", "text/html"),
            ("folders/index.html", "text/html"),
            ("searches/index.html", "text/html"),
        ]
    );
    let text = |at: usize| String::from_utf8(documents[at].bytes.clone()).unwrap();
    let address = "https://example.org/feeds/topics/roads-bridges/rss.xml";
    assert!(text(0).contains(address));
    assert!(text(1).contains("topics/roads-bridges/index.html"));
    assert!(!text(2).contains("roads-bridges"));
}

#[test]
fn an_entry_without_an_address_has_a_page() {
    let mut entry = entry(1, full());
    entry.slug = "harbor-bridge".to_owned();
    assert_eq!(feed::entry_page(&with_site(), &entry).unwrap(), None);
    let link = |settings: &Settings, entry: &Entry| {
        let seen = check(settings, std::slice::from_ref(entry));
        let item = &seen.channel.items[0];
        let atom = seen.feed.entries[0]
            .links
            .first()
            .map(|one| one.href.clone());
        assert_eq!(atom, item.link);
        assert_eq!(seen.items["items"][0]["url"].as_str(), item.link.as_deref());
        (item.link.clone(), seen.html)
    };
    for url in [None, Some("javascript:alert(1)"), Some("/relative")] {
        entry.digest.url = url.map(str::to_owned);
        let page = feed::entry_page(&with_site(), &entry).unwrap().unwrap();
        assert_eq!(page.name, "entries/harbor-bridge.html");
        let html = String::from_utf8(page.bytes).unwrap();
        assert!(html.contains("Buses use it from Monday, if 2 &lt; 3."));
        let (address, html) = link(&with_site(), &entry);
        let meant = "https://example.org/feeds/entries/harbor-bridge.html";
        assert_eq!(address.as_deref(), Some(meant));
        assert!(html.contains("\"entries/harbor-bridge.html\""));
        let (address, html) = link(&Settings::default(), &entry);
        assert_eq!(address, None);
        assert!(html.contains("\"entries/harbor-bridge.html\""));
    }
}
