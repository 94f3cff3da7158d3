//! The catalogue under faults: whatever happens to it, subscribers keep what
//! they know.

mod beside;
mod bytes;
mod damage;
mod lost;

use crate::{
    catalogue::{Fixture, rewritten},
    program::{Ended, Place, article, ended, wait_for},
};
use feedwright::{
    catalogue::store::{Catalogue, Opened},
    entry::Entry,
};
use rusqlite::Connection;
use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    os::unix::fs::{FileExt as _, PermissionsExt as _},
    path::Path,
    sync::Arc,
    thread,
};
use tempfile::TempDir;
use walkdir::WalkDir;

/// A number that looks like chance (`splitmix64`), another one each time.
struct Chance(u64);

impl Chance {
    fn below(&mut self, end: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let hash = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let hash = (hash ^ (hash >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (hash ^ (hash >> 31)) % end
    }
}

/// Every document, by its path in the feeds folder.
fn documents(place: &Place) -> BTreeMap<String, String> {
    let root = place.path("feeds");
    let files = WalkDir::new(&root).into_iter().map(Result::unwrap);
    let files = files.filter(|file| file.file_type().is_file());
    files
        .map(|file| {
            let name = file.path().strip_prefix(&root).unwrap();
            let bytes = fs::read(file.path()).unwrap();
            (
                name.to_str().unwrap().to_owned(),
                String::from_utf8(bytes).unwrap(),
            )
        })
        .collect()
}

/// Says which documents differ, and where.
#[track_caller]
fn assert_same(before: &BTreeMap<String, String>, after: &BTreeMap<String, String>, what: &str) {
    let names = before.keys().chain(after.keys());
    for name in names {
        let (Some(old), Some(new)) = (before.get(name), after.get(name)) else {
            panic!("{what}: {name} is there only before or after");
        };
        if let Some((old, new)) = old.lines().zip(new.lines()).find(|(old, new)| old != new) {
            panic!("{what}: {name} differs:\n{old}\n{new}");
        }
        assert_eq!(old.len(), new.len(), "{what}: {name} is cut");
    }
}

fn build(place: &Place) -> Ended {
    let ended = place.run(&["build"]);
    assert_eq!(ended.code, Some(0), "{ended:?}");
    ended
}

/// A place with a history: articles that came one after another, some without a
/// date or with an address of their own, edited, renamed and withdrawn ones;
/// feeds with archives, of topics, speakers and folders, and a search.
fn lived() -> Place {
    let place = Place::new();
    let config = "
        [feeds]\nmax-entries = 4\n
        [[feed]]\nname = \"Bridges\"\nquery = \"bridge\"\n";
    place.write("config.toml", config);
    for number in 0..14 {
        let mut text = article(&format!("Report {number}"), &format!("bridge {number}"));
        if number % 3 == 0 {
            text = text.replace("date: 2026-03-04\n", "");
        }
        if number % 4 == 1 {
            let url = format!(
                "date: 2025-01-{:02}\nurl: https://paper.example/{number}",
                number + 1
            );
            text = text.replace("date: 2026-03-04", &url);
        }
        let folder = ["", "north/", "north/coast/"][number % 3];
        place.write(&format!("watch/{folder}{number}.md"), &text);
        build(&place);
    }
    for number in [2, 5, 9] {
        let folder = ["", "north/", "north/coast/"][number % 3];
        let path = place.path(&format!("watch/{folder}{number}.md"));
        let text = fs::read_to_string(&path).unwrap();
        fs::write(
            &path,
            text.replace("begins in May", "begins in June, or never"),
        )
        .unwrap();
    }
    place.rename("watch/3.md", "watch/renamed.md");
    fs::remove_file(place.path("watch/north/4.md")).unwrap();
    build(&place);
    place
}

fn copy(from: &Path, to: &Path) {
    fs::remove_dir_all(to).unwrap();
    fs::create_dir(to).unwrap();
    for file in fs::read_dir(from).unwrap() {
        let file = file.unwrap();
        fs::copy(file.path(), to.join(file.file_name())).unwrap();
    }
}
