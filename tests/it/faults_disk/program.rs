//! The real program on a disk, and within limits, that do not do.

use crate::{
    daemon::shown,
    program::{Daemon, Place, article, ended, touched, wait_for},
};
use std::{
    collections::BTreeMap,
    fs,
    os::unix::fs::PermissionsExt as _,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

/// The documents in the feeds folder, and whatever else is in it.
fn documents(place: &Place) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut folders = vec![place.path("feeds")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).into_iter().flatten() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                // A temporary file may be gone by now.
                found.extend(fs::read(&path).ok().map(|bytes| (path, bytes)));
            }
        }
    }
    found
}

fn has_leftovers(place: &Place) -> bool {
    let is_temporary = |path: &PathBuf| path.extension().is_some_and(|ending| ending == "tmp");
    documents(place).keys().any(is_temporary)
}

/// Whether anything is still to be published.
fn is_due(place: &Place) -> bool {
    let db = rusqlite::Connection::open(place.path(".feedwright/catalogue.db")).unwrap();
    let count = db.query_row("SELECT count(*) FROM due", [], |row| row.get::<_, i64>(0));
    count.unwrap() > 0
}

/// Waits until so many entries are published, with their pages.
fn pages_are_there(place: &Place, entries: usize) {
    wait_for("the pages", || {
        let is_page = |path: &&PathBuf| path.extension().is_some_and(|ending| ending == "html");
        let documents = documents(place);
        let pages = documents.keys().filter(is_page);
        let of_entries = |path: &&PathBuf| path.starts_with(place.path("feeds/entries"));
        pages.filter(of_entries).count() == entries && !is_due(place)
    });
}

fn count(log: &str, words: &str) -> usize {
    log.lines().filter(|line| line.contains(words)).count()
}

/// The program as a shell starts it after these words.
fn after(place: &Place, words: &str, arguments: &[&str]) -> Command {
    let program = place.command(arguments);
    let mut command = Command::new("sh");
    command
        .arg("-c")
        .arg(format!("{words}; exec \"$0\" \"$@\""))
        .arg(program.get_program())
        .args(program.get_args())
        .current_dir(place.path(""))
        .stdin(Stdio::null());
    command
}

#[test]
fn a_mask_keeps_nobody_from_reading_the_feeds() {
    let place = Place::new();
    place.write("watch/one.md", &article("One", "harbor"));
    let built = ended(&mut after(&place, "umask 077", &["build"]));
    assert_eq!(built.code, Some(0), "{}", built.err);
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    for path in documents(&place).keys() {
        assert_eq!(mode(path), 0o644, "{path:?}");
        let folders = path.ancestors().skip(1);
        for folder in folders.take_while(|folder| folder.starts_with(place.path("feeds"))) {
            assert_eq!(mode(folder), 0o755, "{folder:?}");
        }
    }
}

#[test]
fn feeds_that_somebody_removes_are_back_at_once() {
    let place = Place::new();
    place.write("watch/one.md", &article("One", "harbor"));
    place.write("watch/two.md", &article("Two", "station"));
    let daemon = place.daemon(&[]);
    shown(&place, "Two");
    pages_are_there(&place, 2);
    let before = documents(&place);
    fs::rename(place.path("feeds"), place.path("removed")).unwrap();
    fs::remove_dir_all(place.path("removed")).unwrap();
    wait_for("the feeds", || {
        documents(&place) == before && !is_due(&place)
    });
    let log = daemon.log();
    assert_eq!(
        count(&log, "was removed, or is another one now"),
        1,
        "{log}"
    );

    // Another folder under the same name, as when something is mounted there.
    fs::rename(place.path("feeds"), place.path("aside")).unwrap();
    fs::create_dir(place.path("feeds")).unwrap();
    wait_for("the feeds", || {
        documents(&place) == before && !is_due(&place)
    });
    let log = daemon.log();
    assert_eq!(count(&log, "ERROR"), 0, "{log}");
}

#[test]
fn a_file_in_place_of_the_feeds_is_told_once_and_waited_for() {
    let place = Place::new();
    place.write("watch/one.md", &article("One", "harbor"));
    let daemon = place.daemon(&[]);
    shown(&place, "One");
    fs::rename(place.path("feeds"), place.path("aside")).unwrap();
    place.write("feeds", "mine");
    place.write("watch/two.md", &article("Two", "station"));
    wait_for("the word about it", || daemon.log().contains("ERROR"));
    let log = daemon.log();
    assert!(log.contains("a file is where a folder should be"), "{log}");
    fs::remove_file(place.path("feeds")).unwrap();
    shown(&place, "Two");
    shown(&place, "One");
    assert_eq!(count(&daemon.log(), "ERROR"), 1, "{}", daemon.log());
}

#[test]
fn what_is_in_the_way_of_one_document_stops_no_other() {
    let place = Place::new();
    place.write("watch/one.md", &article("One", "harbor"));
    assert_eq!(place.run(&["build"]).code, Some(0));
    for taken in ["feeds/rss.xml", "feeds/feed.json"] {
        fs::remove_file(place.path(taken)).unwrap();
    }
    fs::create_dir(place.path("feeds/feed.json")).unwrap();
    let pipe = Command::new("mkfifo")
        .arg(place.path("feeds/rss.xml"))
        .status();
    assert!(pipe.unwrap().success());
    place.write("watch/two.md", &article("Two", "station"));
    let built = place.run(&["build"]);
    assert_eq!(built.code, Some(1));
    assert!(
        built.err.contains("feed.json") && built.err.contains("a folder is where the document"),
        "{}",
        built.err
    );
    // A pipe is replaced without being opened.
    assert!(place.path("feeds/rss.xml").is_file());
    assert!(place.path("feeds/entries").read_dir().unwrap().count() >= 2);
    assert!(!has_leftovers(&place));
    fs::remove_dir(place.path("feeds/feed.json")).unwrap();
    assert_eq!(place.run(&["build"]).code, Some(0));
    assert_eq!(place.titles(), ["Two", "One"]);
    let page = touched(&place.path("feeds/feed.json"));
    assert_eq!(place.run(&["build"]).code, Some(0));
    assert_eq!(touched(&place.path("feeds/feed.json")), page);
}

#[test]
fn many_documents_that_cannot_be_written_are_one_fault_and_tried_again() {
    const MANY: usize = 20;
    let place = Place::new();
    let title = |number| format!("Report {number}");
    for number in 0..MANY {
        let page = format!("feeds/entries/report-{number}.html/mine");
        place.write(&page, "somebody's folder is where the page should be");
        let text = article(&title(number), &format!("harbor {number}"));
        place.write(&format!("watch/{number}.md"), &text);
    }
    let daemon = place.daemon(&[]);
    // As many as are tried, of which some are told; then it is the folder.
    wait_for("the word about it", || {
        daemon.log().contains("it is tried again until it works")
    });
    let log = daemon.log();
    let told = count(&log, "ERROR");
    assert!((2..=10).contains(&told), "{told}: {log}");
    for number in 0..MANY {
        fs::remove_dir_all(place.path(&format!("feeds/entries/report-{number}.html"))).unwrap();
    }
    pages_are_there(&place, MANY);
    wait_for("the end of it", || {
        daemon.log().contains("well again after")
    });
    assert!(!has_leftovers(&place));
}

/// Sets a limit of a running program.
#[cfg(target_os = "linux")]
fn limit(daemon: &Daemon, what: rustix::process::Resource, to: Option<u64>) {
    let id = i32::try_from(daemon.id()).unwrap();
    let id = rustix::process::Pid::from_raw(id).unwrap();
    let before = rustix::process::prlimit(
        Some(id),
        what,
        rustix::process::Rlimit {
            current: to,
            maximum: rustix::process::getrlimit(what).maximum,
        },
    );
    before.unwrap();
}

/// The daemon is told of an article within a limit, and takes it when the limit
/// is gone, by itself.
#[cfg(target_os = "linux")]
fn outlives(what: rustix::process::Resource, to: u64, words: &str) {
    let place = Place::new();
    place.write("watch/one.md", &article("One", "harbor"));
    let daemon = place.daemon(&[]);
    shown(&place, "One");
    pages_are_there(&place, 1);
    let before = documents(&place);
    let usual = rustix::process::getrlimit(what).current;
    limit(&daemon, what, Some(to));
    place.write("watch/two.md", &article("Two", "station"));
    wait_for("a word about it", || daemon.log().contains(words));
    let now = documents(&place);
    for (path, bytes) in &before {
        assert!(now.contains_key(path), "{}", path.display());
        assert!(!bytes.is_empty());
    }
    limit(&daemon, what, usual);
    shown(&place, "Two");
    shown(&place, "One");
    wait_for("the end of it", || {
        daemon.log().contains("well again after")
    });
    assert!(!has_leftovers(&place));
    let log = daemon.log();
    assert_eq!(count(&log, words), 1, "{log}");
}

#[cfg(target_os = "linux")]
#[test]
fn a_limit_of_the_size_of_files_is_outlived() {
    outlives(rustix::process::Resource::Fsize, 2_000, "ERROR");
}

#[cfg(target_os = "linux")]
#[test]
fn a_limit_of_open_files_is_outlived() {
    outlives(rustix::process::Resource::Nofile, 4, "ERROR");
}

#[cfg(target_os = "linux")]
#[test]
fn an_article_that_cannot_be_read_for_now_keeps_its_entry_wherever_it_is() {
    use rustix::process::{Resource, getrlimit};
    let place = Place::new();
    for (name, title) in [("one", "One"), ("two", "Two"), ("three", "Three")] {
        place.write(&format!("watch/{name}.md"), &article(title, name));
    }
    let daemon = place.daemon(&[]);
    shown(&place, "Three");
    pages_are_there(&place, 3);
    let before = documents(&place);
    let usual = getrlimit(Resource::Nofile).current;
    limit(&daemon, Resource::Nofile, Some(4));
    place.rename("watch/one.md", "watch/renamed.md");
    let edited = article("Two", "two").replace("two", "edited");
    place.write("watch/two.md", &edited);
    fs::remove_file(place.path("watch/three.md")).unwrap();
    let status = || {
        let told = place.run(&["status", "--json"]).out;
        serde_json::from_str::<serde_json::Value>(&told).unwrap()
    };
    // What was renamed is looked for in the folder, which cannot be listed either.
    wait_for("all in the status", || status()["pending"]["unread"] == 3);
    let told = status();
    let first = serde_json::json!(["the watch folder", "renamed.md", "two.md"]);
    assert_eq!(told["pending"]["unread_first"], first);
    assert_eq!(told["pending"]["waiting"], 0);
    assert_eq!(told["well"], false);
    let page = place.run(&["status"]).out;
    let words = "3 files and folders that cannot be read for now are tried again: the watch folder, renamed.md";
    assert!(page.contains(words), "{page}");
    // What is gone may be in one of them.
    assert_eq!(told["entries"], 3);
    assert_eq!(documents(&place), before);

    limit(&daemon, Resource::Nofile, usual);
    wait_for("all of it", || {
        let told = status();
        told["pending"]["unread"] == 0 && told["entries"] == 2 && !is_due(&place)
    });
    let ids = |documents: &BTreeMap<PathBuf, Vec<u8>>| {
        let atom = documents[&place.path("feeds/atom.xml")].clone();
        let atom = String::from_utf8(atom).unwrap();
        let ids = atom.split("<id>").skip(2);
        let ids = ids.map(|id| id.split("</id>").next().unwrap().to_owned());
        ids.collect::<std::collections::BTreeSet<_>>()
    };
    let (ids_before, ids_now) = (ids(&before), ids(&documents(&place)));
    assert_eq!((ids_before.len(), ids_now.len()), (3, 2));
    assert!(ids_now.is_subset(&ids_before));
    let log = daemon.log();
    for name in ["renamed.md", "two.md"] {
        let words = format!("ERROR cannot read {name}: ");
        assert_eq!(count(&log, &words), 1, "{log}");
    }
    assert!(log.contains("tried again until it works"), "{log}");
    assert!(log.contains("LimitNOFILE="), "{log}");
}

#[cfg(target_os = "linux")]
#[test]
fn a_file_that_memory_is_short_for_is_told_of_and_nothing_is_concluded() {
    let place = Place::new();
    place.write("config.toml", "[watch]\nmax-file-size = \"1 GB\"\n");
    place.write("watch/one.md", &article("One", "harbor"));
    place.write("watch/two.md", &article("Two", "station"));
    assert_eq!(place.run(&["build"]).code, Some(0));
    fs::remove_file(place.path("watch/two.md")).unwrap();
    let large = fs::File::create(place.path("watch/large.md")).unwrap();
    large.set_len(900_000_000).unwrap();
    place.write("watch/three.md", &article("Three", "market"));
    let built = ended(&mut after(&place, "ulimit -v 800000", &["build"]));
    assert_eq!(built.code, Some(1), "{}", built.err);
    for words in ["cannot read large.md: ", "memory", "run this again"] {
        assert!(built.err.contains(words), "{words} is not in {}", built.err);
    }
    assert_eq!(place.items().len(), 3);
    fs::remove_file(place.path("watch/large.md")).unwrap();
    assert_eq!(place.run(&["build"]).code, Some(0));
    assert_eq!(place.items().len(), 2);
}

#[cfg(target_os = "linux")]
#[test]
fn few_open_files_are_enough_for_many_documents() {
    let place = Place::new();
    for number in 0..40 {
        let what = format!("harbor{number}");
        place.write(
            &format!("watch/f{}/{number}.md", number % 8),
            &article(&format!("Article {number}"), &what),
        );
    }
    let built = ended(&mut after(&place, "ulimit -n 20", &["build"]));
    assert_eq!(built.code, Some(0), "{}", built.err);
    assert_eq!(place.items().len(), 40);
}

#[test]
fn a_folder_that_may_not_be_written_to_is_told_and_waited_for() {
    let place = Place::new();
    place.write("watch/one.md", &article("One", "harbor"));
    assert_eq!(place.run(&["build"]).code, Some(0));
    let feeds = place.path("feeds");
    let allow = |mode| fs::set_permissions(&feeds, fs::Permissions::from_mode(mode)).unwrap();
    allow(0o555);
    place.write("watch/two.md", &article("Two", "station"));
    let Some(mut bounded) = place.bounded(&[]) else {
        return;
    };
    let daemon = place.start(&mut bounded);
    wait_for("the word about it", || daemon.log().contains("ERROR"));
    assert!(
        daemon
            .log()
            .contains("let the user that runs feedwright write there")
    );
    allow(0o755);
    shown(&place, "Two");
}

#[test]
fn what_a_killed_process_left_is_removed_by_the_next() {
    let place = Place::new();
    place.write("watch/one.md", &article("One", "harbor"));
    assert_eq!(place.run(&["build"]).code, Some(0));
    place.write("feeds/.feedwright-0123456789abcdef.tmp", "half");
    place.write("feeds/topics/.feedwright-aB3x9Q.tmp", "half");
    assert!(has_leftovers(&place));
    assert_eq!(place.run(&["build"]).code, Some(0));
    assert!(!has_leftovers(&place));
}

#[test]
fn a_page_whose_word_was_never_given_goes_with_its_article() {
    let place = Place::new();
    place.write("watch/one.md", &article("One", "harbor"));
    place.write("watch/two.md", &article("Two", "station"));
    // The page of an entry cannot be written; a process killed right after it
    // was would leave the same catalogue.
    place.write("feeds/entries", "a file in the way");
    assert_eq!(place.run(&["build"]).code, Some(1));
    fs::remove_file(place.path("feeds/entries")).unwrap();
    place.write("feeds/entries/two.html", "the page");
    place.write("feeds/entries/mine.html", "nobody's");
    fs::remove_file(place.path("watch/two.md")).unwrap();
    assert_eq!(place.run(&["build"]).code, Some(0));
    assert!(place.path("feeds/entries/one.html").exists());
    assert!(!place.path("feeds/entries/two.html").exists());
    assert!(place.path("feeds/entries/mine.html").exists());
}
