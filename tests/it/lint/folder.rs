//! Files of a folder, judged by each other.

use crate::program::Place;
use feedwright::feed::{self, Linted};

pub(super) const RULES: &[&str] = &[
    "archive-back-link",
    "archive-entry-twice",
    "archive-loop",
    "archive-missing",
    "archive-not-current",
    "folder-entry-differs",
    "folder-entry-missing",
    "folder-id-two-entries",
    "folder-leftover",
];

/// A file's path and text.
type File = (&'static str, String);

const SITE: &str = "https://harbor.example/feeds/";

/// An Atom feed with these links, and an entry a number.
fn atom(links: &[(&str, &str)], entries: &[u32]) -> String {
    let links: String = links
        .iter()
        .map(|(rel, href)| match *rel {
            // From disk, no feed knows its own address.
            "self" if !href.contains(':') => "\n".to_owned(),
            _ => format!("<link rel=\"{rel}\" href=\"{href}\"/>\n"),
        })
        .collect();
    let is_archive = links.contains("\"current\"");
    let (history, mark) = if is_archive {
        (
            " xmlns:fh=\"http://purl.org/syndication/history/1.0\"",
            "<fh:archive/>",
        )
    } else {
        ("", "")
    };
    let entries: Vec<_> = entries
        .iter()
        .map(|number| {
            format!(
                "<entry><id>tag:harbor.example,2024:{number}</id><title>E{number}</title>\
                 <updated>2024-12-0{number}T00:00:00Z</updated><category term=\"a\"/>\
                 <link href=\"https://harbor.example/{number}\"/></entry>\n"
            )
        })
        .collect();
    format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\"{history}>\n\
         <id>tag:harbor.example,2024:feed</id><title>H</title><updated>2024-12-09T00:00:00Z</updated>\
         <author><name>A</name></author>{mark}\n{links}{}</feed>\n",
        entries.concat()
    )
}

/// A JSON feed.
fn json(next: Option<&str>, entries: &[u32]) -> String {
    let next = next.map_or(String::new(), |next| format!("\"next_url\": \"{next}\",\n"));
    let items: Vec<_> = entries
        .iter()
        .map(|number| {
            format!(
                "{{\"id\": \"tag:harbor.example,2024:{number}\", \"title\": \"E{number}\",\
                 \"url\": \"https://harbor.example/{number}\", \"content_text\": \"\",\
                 \"date_modified\": \"2024-12-0{number}T00:00:00Z\", \"tags\": [\"a\"]}}"
            )
        })
        .collect();
    let items = items.join(",\n");
    format!(
        "{{\"version\": \"https://jsonfeed.org/version/1.1\", \"title\": \"H\",\n{next}\"items\": [\n{items}\n]}}"
    )
}

/// A feed of six entries, its archive, and the page that is to come; `join`
/// gives the address of a document from the folder of another.
fn archive(join: impl Fn(&str, &str) -> String) -> Vec<File> {
    let one = |folder: &str, links: &[(&str, &str)], entries: &[u32]| {
        let links: Vec<_> = links
            .iter()
            .map(|(rel, to)| (*rel, join(folder, to)))
            .collect();
        let links: Vec<_> = links.iter().map(|(rel, to)| (*rel, to.as_str())).collect();
        atom(&links, entries)
    };
    let page = |number: &str| format!("archive/{number}/atom.xml");
    let next = |folder, path: &str, entries: &[u32]| json(Some(&join(folder, path)), entries);
    vec![
        (
            "atom.xml",
            one(
                "",
                &[("self", "atom.xml"), ("prev-archive", &page("2"))],
                &[6, 5],
            ),
        ),
        (
            "archive/2/atom.xml",
            one(
                "archive/2",
                &[
                    ("self", &page("2")),
                    ("current", "atom.xml"),
                    ("prev-archive", &page("1")),
                    ("next-archive", &page("3")),
                ],
                &[4, 3],
            ),
        ),
        (
            "archive/1/atom.xml",
            one(
                "archive/1",
                &[
                    ("self", &page("1")),
                    ("current", "atom.xml"),
                    ("next-archive", &page("2")),
                ],
                &[2, 1],
            ),
        ),
        (
            "archive/3/atom.xml",
            one(
                "archive/3",
                &[
                    ("self", &page("3")),
                    ("current", "atom.xml"),
                    ("prev-archive", &page("2")),
                ],
                &[],
            ),
        ),
        ("feed.json", next("", "archive/2/feed.json", &[6, 5])),
        (
            "archive/2/feed.json",
            next("archive/2", "archive/1/feed.json", &[4, 3]),
        ),
        ("archive/1/feed.json", json(None, &[2, 1])),
    ]
}

fn on_the_web(_: &str, to: &str) -> String {
    format!("{SITE}{to}")
}

fn from_disk(folder: &str, to: &str) -> String {
    let up = folder.split('/').filter(|part| !part.is_empty()).count();
    format!("{}{to}", "../".repeat(up))
}

fn check(files: &[File]) -> Vec<String> {
    let linted: Vec<(String, Linted)> = files
        .iter()
        .map(|(path, text)| ((*path).to_owned(), feed::lint(text.as_bytes())))
        .collect();
    for (path, linted) in &linted {
        let alone: Vec<_> = linted.findings.iter().map(|one| one.rule.name).collect();
        let alone: Vec<_> = alone
            .iter()
            .filter(|name| **name != "archive-self")
            .collect();
        assert!(alone.is_empty(), "{path}: {alone:?}");
    }
    let together = feed::lint_together(&linted).into_iter();
    together
        .map(|one| {
            let finding = &one.finding;
            format!(
                "{}:{}: {}",
                linted[one.file].0, finding.line, finding.rule.name
            )
        })
        .collect()
}

fn changed(files: &mut [File], path: &str, from: &str, to: &str) {
    let (_, text) = files.iter_mut().find(|(known, _)| *known == path).unwrap();
    assert!(text.contains(from), "{from} is not in {text}");
    *text = text.replace(from, to);
}

#[test]
fn a_whole_archive_is_good() {
    assert_eq!(check(&archive(on_the_web)), [""; 0]);
    assert_eq!(check(&archive(from_disk)), [""; 0]);
    let odd = |_: &str, to: &str| format!("{SITE}{}", to.replace("arch", "%61rch"));
    assert_eq!(check(&archive(odd)), [""; 0]);
    // What is elsewhere cannot be judged.
    let elsewhere = |_: &str, to: &str| format!("https://other.example/{to}?page");
    assert_eq!(check(&archive(elsewhere)), [""; 0]);
}

#[test]
fn pages_are_there_and_lead_to_each_other() {
    for join in [on_the_web, from_disk] {
        let mut files = archive(join);
        files.retain(|(path, _)| *path != "archive/1/atom.xml");
        assert_eq!(check(&files), ["archive/2/atom.xml:6: archive-missing"]);

        let mut files = archive(join);
        files.retain(|(path, _)| *path != "archive/1/feed.json");
        assert_eq!(check(&files), ["archive/2/feed.json:2: archive-missing"]);

        let mut files = archive(join);
        let (two, three) = (
            join("archive/1", "archive/2/"),
            join("archive/1", "archive/3/"),
        );
        changed(
            &mut files,
            "archive/1/atom.xml",
            &format!("next-archive\" href=\"{two}"),
            &format!("next-archive\" href=\"{three}"),
        );
        assert_eq!(
            check(&files),
            [
                "archive/2/atom.xml:6: archive-back-link",
                "archive/1/atom.xml:6: archive-back-link"
            ]
        );

        let mut files = archive(join);
        changed(&mut files, "atom.xml", "/2/", "/1/");
        assert_eq!(check(&files), ["archive/2/atom.xml:5: archive-not-current"]);

        let mut files = archive(join);
        changed(
            &mut files,
            "archive/1/feed.json",
            "\"items\"",
            &format!(
                "\"next_url\": \"{}\",\n\"items\"",
                join("archive/1", "archive/2/feed.json")
            ),
        );
        assert_eq!(check(&files), ["archive/1/feed.json:2: archive-loop"]);
    }
}

#[test]
fn walking_from_the_current_feed_meets_every_entry_once() {
    let mut files = archive(on_the_web);
    changed(
        &mut files,
        "archive/2/atom.xml",
        "</feed>",
        &atom(&[], &[6])
            .replace("</feed>", "")
            .split("<entry>")
            .skip(1)
            .map(|entry| format!("<entry>{entry}"))
            .collect::<Vec<_>>()
            .concat()
            .replace("</entry>\n", "</entry></feed>"),
    );
    assert_eq!(
        check(&files),
        [
            "archive/2/atom.xml:10: archive-entry-twice",
            "archive/2/atom.xml:10: folder-entry-missing"
        ]
    );
}

#[test]
fn the_same_entry_is_told_the_same() {
    for (from, to) in [
        ("2024-12-05T00:00:00Z", "2024-12-05T00:00:01Z"),
        ("\"E5\"", "\"Five\""),
        ("example/5\"", "example/five\""),
    ] {
        let mut files = archive(on_the_web);
        changed(&mut files, "feed.json", from, to);
        assert_eq!(
            check(&files),
            ["feed.json:5: folder-entry-differs"],
            "{from}"
        );
    }
    let mut files = archive(on_the_web);
    changed(&mut files, "feed.json", "\"E5\"", "\"Five\"");
    changed(&mut files, "feed.json", "example/5\"", "example/five\"");
    assert_eq!(check(&files), ["feed.json:5: folder-id-two-entries"]);
}

#[test]
fn all_formats_of_a_feed_carry_the_same_entries() {
    let mut files = archive(on_the_web);
    changed(&mut files, "feed.json", "024:6", "024:7");
    assert_eq!(
        check(&files),
        [
            "atom.xml:6: folder-entry-missing",
            "feed.json:4: folder-entry-missing"
        ]
    );
}

#[test]
fn a_folder_is_walked_and_what_is_no_feed_is_passed_over() {
    let place = Place::new();
    for (path, text) in archive(on_the_web) {
        place.write(&format!("site/{path}"), &text);
    }
    place.write("site/index.html", "<!doctype html><title>A</title>");
    place.write("site/sitemap.xml", "<urlset/>");
    place.write("site/list.json", "{\"items\": []}");
    let ended = place.run(&["check", "--feeds", "site"]);
    assert_eq!((ended.code, ended.out.as_str()), (Some(0), ""), "{ended:?}");
    assert!(ended.err.contains("7 feed files checked"), "{}", ended.err);
    place.write("site/.feedwright-aB3x9Q.tmp", "<rss");
    let ended = place.run(&["check", "--feeds", "site"]);
    assert_eq!(ended.code, Some(0));
    assert!(
        ended.out.contains("warning[folder-leftover]"),
        "{}",
        ended.out
    );
    std::fs::remove_file(place.path("site/archive/1/atom.xml")).unwrap();
    let ended = place.run(&["check", "--feeds", "site/"]);
    assert_eq!(ended.code, Some(1));
    assert!(
        ended
            .out
            .contains("archive/2/atom.xml:6:1: error[archive-missing]"),
        "{}",
        ended.out
    );
}
