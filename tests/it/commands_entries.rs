//! `feedwright entries`: what is in the feeds, and what the owner takes off them.

use crate::program::{Place, article, says, wait_for};
use std::{collections::BTreeMap, fs, path::Path};

/// Three articles, and their feeds.
fn town() -> Place {
    let place = Place::new();
    place.write("config.toml", "[feeds]\ntombstones = true\n");
    for (name, title) in [("a", "Harbor"), ("b", "Market"), ("d/c", "Bridge")] {
        place.write(
            &format!("watch/{name}.md"),
            &article(title, &title.to_lowercase()),
        );
    }
    assert_eq!(place.run(&["build"]).code, Some(0));
    place
}

/// All documents, by their path.
fn feeds(place: &Place) -> BTreeMap<String, String> {
    fn walk(folder: &Path, root: &Path, all: &mut BTreeMap<String, String>) {
        for file in fs::read_dir(folder).unwrap() {
            let path = file.unwrap().path();
            if path.is_dir() {
                walk(&path, root, all);
            } else {
                let name = path.strip_prefix(root).unwrap().display().to_string();
                all.insert(name, fs::read_to_string(&path).unwrap());
            }
        }
    }
    let (root, mut all) = (place.path("feeds"), BTreeMap::new());
    walk(&root, &root, &mut all);
    all
}

/// The lines of the list, words apart by one space.
fn list(place: &Place, arguments: &[&str]) -> Vec<String> {
    let ended = place.run(&[&["entries"], arguments].concat());
    assert_eq!(ended.code, Some(0), "{ended:?}");
    let words = |line: &str| line.split_whitespace().collect::<Vec<_>>().join(" ");
    ended.out.lines().map(words).collect()
}

fn state(place: &Place, which: &str) -> String {
    let shown = place.run(&["entries", "show", "--json", which]);
    let shown: serde_json::Value = serde_json::from_str(&shown.out).unwrap();
    shown["state"].as_str().unwrap().to_owned()
}

#[test]
fn entries_are_listed_the_newest_first_and_found_by_queries() {
    let place = town();
    let all = list(&place, &[]);
    assert_eq!(all.len(), 3, "{all:?}");
    assert!(
        all.contains(&"2026-03-04 shown a.md Harbor".to_owned()),
        "{all:?}"
    );
    let titles: Vec<_> = all
        .iter()
        .map(|line| line.rsplit(' ').next().unwrap())
        .collect();
    assert_eq!(titles, place.titles());
    assert_eq!(
        list(&place, &["title:market"]),
        ["2026-03-04 shown b.md Market"]
    );
    assert_eq!(list(&place, &["folder:d", "OR", "title:harbor"]).len(), 2);
    assert_eq!(
        list(
            &place,
            &["speaker:Lindqvist", "date:2026-03", "NOT", "folder:d"]
        )
        .len(),
        2
    );
    let none = place.run(&["entries", "zeppelin"]);
    says(&none, 0, &["no entry is found by zeppelin", "lists all"]);
    let faulty = place.run(&["entries", "harbor", "speker:Ada"]);
    says(&faulty, 2, &["speker", "       ^", "help: ", "speaker"]);

    let lines = place.run(&["entries", "--json", "title:market"]).out;
    let line: serde_json::Value = serde_json::from_str(&lines).unwrap();
    let item = place.item("Market").unwrap();
    let contract = serde_json::json!({
        "id": item.id, "name": "market", "title": "Market", "published": "2026-03-04T00:00:00Z",
        "updated": "2026-03-04T00:00:00Z", "state": "shown", "since": null, "files": ["b.md"],
    });
    assert_eq!(line, contract);
    let shown = place.run(&["entries", "show", "market"]).out;
    for part in [
        &*item.id,
        "state      shown",
        "file       b.md",
        "Ada Lindqvist",
        "topics",
    ] {
        assert!(shown.contains(part), "{part} is not in:\n{shown}");
    }
}

#[test]
fn an_entry_is_named_by_id_file_or_name_and_else_the_nearest_is_told() {
    let place = town();
    let id = place.item("Bridge").unwrap().id;
    let full = place.path("watch/d/c.md");
    for which in [
        &*id,
        "d/c.md",
        "watch/d/c.md",
        "bridge",
        "entries/bridge.html",
        full.to_str().unwrap(),
    ] {
        let shown = place.run(&["entries", "show", which]);
        assert_eq!(shown.code, Some(0), "{which}: {shown:?}");
        assert!(shown.out.contains(&id), "{which}: {}", shown.out);
    }
    says(
        &place.run(&["entries", "show", "brigde"]),
        1,
        &["did you mean bridge?"],
    );
    says(
        &place.run(&["entries", "retract", "watch/d", "-y"]),
        1,
        &["has 1 entry", "such as bridge"],
    );
    says(
        &place.run(&["entries", "show", "zzz"]),
        1,
        &["\"zzz\"", "lists them all"],
    );
}

#[test]
fn what_is_retracted_leaves_every_feed_and_comes_back_as_it_was() {
    let place = town();
    let (before, item) = (feeds(&place), place.item("Market").unwrap());
    says(
        &place.run(&["entries", "retract", "watch/b.md"]),
        2,
        &[
            "\"Market\" (b.md) leaves the feeds",
            "1 entry changes",
            "nothing is changed",
            "--yes",
        ],
    );
    assert_eq!(feeds(&place), before);
    says(
        &place.run(&["entries", "retract", "watch/b.md", "-y"]),
        0,
        &["done; wrote"],
    );
    assert!(place.path("watch/b.md").exists());
    assert!(place.item("Market").is_none());
    let after = feeds(&place);
    assert!(!after.contains_key("entries/market.html"));
    assert!(
        after["atom.xml"].contains("at:deleted-entry"),
        "{}",
        after["atom.xml"]
    );
    for (name, text) in after.iter().filter(|(name, _)| !name.ends_with("atom.xml")) {
        assert!(!text.contains(&item.id), "{name} has it");
        assert!(!text.contains("Market"), "{name} has it");
    }
    assert_eq!(
        place.run(&["entries", "retract", "market", "-y"]).code,
        Some(0)
    );
    assert_eq!(place.run(&["check", "--feeds"]).code, Some(0));

    // It stays off whatever happens to the file, until it is restored.
    assert_eq!(place.run(&["build"]).code, Some(0));
    let text = article("Market", "market").replace("in May", "in June");
    place.write("watch/b.md", &text);
    assert_eq!(place.run(&["build"]).code, Some(0));
    place.rename("watch/b.md", "watch/d/e.md");
    assert_eq!(place.run(&["build"]).code, Some(0));
    fs::remove_file(place.path("watch/d/e.md")).unwrap();
    assert_eq!(place.run(&["build"]).code, Some(0));
    place.write("watch/b.md", &article("Market", "market"));
    assert_eq!(place.run(&["build"]).code, Some(0));
    assert!(place.item("Market").is_none());
    assert_eq!(state(&place, "market"), "retracted");

    says(
        &place.run(&["entries", "restore", "b.md", "-y"]),
        0,
        &["is in the feeds again"],
    );
    let back = place.item("Market").unwrap();
    assert_eq!((&back.id, &back.published), (&item.id, &item.published));
    assert_eq!(state(&place, "market"), "shown");
    says(
        &place.run(&["entries", "restore", "b.md", "-y"]),
        0,
        &["was not retracted", "nothing to do"],
    );
}

#[test]
fn retracting_and_restoring_leaves_the_same_feeds() {
    let place = town();
    let before = feeds(&place);
    assert_eq!(
        place
            .run(&["entries", "retract", "harbor", "bridge", "-y"])
            .code,
        Some(0)
    );
    assert_eq!(place.titles(), ["Market"]);
    assert_eq!(
        place
            .run(&["entries", "restore", "harbor", "bridge", "-y"])
            .code,
        Some(0)
    );
    let after = feeds(&place);
    assert_eq!(
        after.keys().collect::<Vec<_>>(),
        before.keys().collect::<Vec<_>>()
    );
    for (name, text) in &before {
        assert_eq!(&after[name], text, "{name}");
    }
    let ended = place.run(&["build"]);
    assert!(
        ended.err.contains("the feeds were up to date"),
        "{}",
        ended.err
    );
}

#[test]
fn what_is_retracted_stays_so_when_the_catalogue_is_lost() {
    let place = town();
    let item = place.item("Market").unwrap();
    assert_eq!(
        place.run(&["entries", "retract", "market", "-y"]).code,
        Some(0)
    );
    for name in ["catalogue.db", "catalogue.seal"] {
        fs::remove_file(place.path(".feedwright").join(name)).unwrap();
    }
    assert_eq!(place.run(&["build"]).code, Some(0));
    assert_eq!(place.items().len(), 2);
    assert!(place.item("Market").is_none());
    assert_eq!(
        place.run(&["entries", "restore", "b.md", "-y"]).code,
        Some(0)
    );
    assert_eq!(place.item("Market").unwrap().id, item.id);
}

#[test]
fn a_running_daemon_takes_entries_off_and_puts_them_back() {
    let place = town();
    let item = place.item("Harbor").unwrap();
    let daemon = place.daemon(&["run"]);
    says(
        &place.run(&["entries", "retract", "watch/a.md", "-y"]),
        0,
        &["done by process", "keeps the feeds up to date"],
    );
    wait_for("the entry to leave", || place.item("Harbor").is_none());
    wait_for("the line", || {
        daemon.log().contains("took 1 entry off the feeds")
    });
    says(
        &place.run(&["entries", "restore", "watch/a.md", "-y"]),
        0,
        &["done by process"],
    );
    wait_for("the entry to be back", || place.item("Harbor").is_some());
    assert_eq!(place.item("Harbor").unwrap(), item);
}

#[test]
fn without_a_catalogue_nothing_is_listed_and_nothing_made() {
    let place = Place::new();
    for arguments in [
        &["entries"][..],
        &["entries", "show", "a"],
        &["entries", "retract", "a", "-y"],
        &["speakers"],
        &["backup", "copy.db"],
    ] {
        says(
            &place.run(arguments),
            1,
            &["there is no catalogue in", "feedwright build"],
        );
    }
    assert!(!place.path(".feedwright").exists() && !place.path("copy.db").exists());
    assert_eq!(place.run(&["build"]).code, Some(0));
    says(
        &place.run(&["entries"]),
        0,
        &["there is no entry yet", "drop an article into"],
    );
    says(
        &place.run(&["speakers"]),
        0,
        &["nobody is quoted by name yet"],
    );
}
