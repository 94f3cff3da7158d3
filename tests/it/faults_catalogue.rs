//! The catalogue under faults: whatever happens to it, subscribers keep what
//! they know.

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

#[test]
fn a_removed_state_folder_changes_no_byte_of_the_feeds() {
    let place = lived();
    let before = documents(&place);
    assert!(
        before.contains_key("archive/2/atom.xml"),
        "{:?}",
        before.keys()
    );
    assert!(
        before
            .keys()
            .any(|name| name.starts_with("topics/") && name.contains("archive"))
    );
    fs::remove_dir_all(place.path(".feedwright")).unwrap();
    let ended = build(&place);
    assert!(ended.err.contains("13 entries"), "{ended:?}");
    assert_same(&before, &documents(&place), "no state folder");
    // What comes then is a new entry, and what is edited keeps its id.
    let last = place.item("Report 13").unwrap();
    let text = fs::read_to_string(place.path("watch/north/13.md")).unwrap();
    place.write(
        "watch/north/13.md",
        &text.replace("begins in May", "begins in July"),
    );
    place.write("watch/new.md", &article("New", "tunnel"));
    build(&place);
    assert_eq!(place.titles()[0], "New");
    assert_eq!(place.item("Report 13").unwrap().id, last.id);
}

#[test]
fn one_format_tells_enough_when_a_disk_has_damaged_another() {
    let place = lived();
    let before = documents(&place);
    fs::remove_dir_all(place.path(".feedwright")).unwrap();
    for name in ["atom.xml", "archive/1/atom.xml", "archive/2/rss.xml"] {
        let length = before[name].len();
        fs::write(place.path(&format!("feeds/{name}")), vec![0; length]).unwrap();
    }
    build(&place);
    assert_same(&before, &documents(&place), "zeroed documents");
}

#[test]
fn a_feed_that_was_empty_when_the_catalogue_was_lost_goes_on() {
    let place = Place::new();
    for number in 0..3 {
        let text = article(&format!("Report {number}"), &format!("bridge {number}"));
        place.write(&format!("watch/city/{number}.md"), &text);
        place.write(
            &format!("watch/{number}.md"),
            &text.replace("bridge", "tunnel"),
        );
    }
    build(&place);
    fs::remove_dir_all(place.path("watch/city")).unwrap();
    build(&place);
    let empty = fs::read_to_string(place.path("feeds/folders/city/atom.xml")).unwrap();
    assert!(!empty.contains("<entry>"));
    fs::remove_dir_all(place.path(".feedwright")).unwrap();
    build(&place);
    place.write("watch/city/new.md", &article("New", "ferry"));
    build(&place);
    let feed = fs::read_to_string(place.path("feeds/folders/city/atom.xml")).unwrap();
    assert!(
        feed.contains("<title>New</title>") || feed.contains(">New</title>"),
        "{feed}"
    );
}

#[test]
fn an_article_that_was_edited_while_the_catalogue_was_lost_keeps_its_id() {
    let place = lived();
    let before = place.items();
    fs::remove_dir_all(place.path(".feedwright")).unwrap();
    let path = place.path("watch/north/13.md");
    let text = fs::read_to_string(&path).unwrap();
    fs::write(&path, text.replace("begins in May", "begins in July")).unwrap();
    // Another one has next to no words in common with what it was, but its
    // address.
    let path = place.path("watch/1.md");
    let path = if path.exists() {
        path
    } else {
        place.path("watch/north/1.md")
    };
    let other = article("Other words", "tunnel").replace(
        "date: 2026-03-04",
        "date: 2026-03-04\nurl: https://paper.example/1",
    );
    let pages = documents(&place);
    let old = pages
        .values()
        .find(|page| page.contains("https://paper.example/1\""))
        .cloned();
    assert!(old.is_some());
    fs::write(&path, other).unwrap();
    build(&place);
    let after = place.items();
    assert_eq!(before.len(), after.len());
    let ids = |items: &[crate::program::Item]| -> Vec<String> {
        items.iter().map(|item| item.id.clone()).collect()
    };
    assert_eq!(ids(&before), ids(&after));
    let all = documents(&place);
    let titles = all
        .iter()
        .filter(|(name, text)| name.ends_with("atom.xml") && text.contains("Other words"));
    // In the archive, under its old id.
    assert!(titles.count() > 0);
    let page = all.values().find(|page| {
        page.contains("<title xml:lang=\"en\">Other words") || page.contains("<title>Other words")
    });
    assert!(page.is_some());
}

#[test]
fn damage_of_any_kind_is_told_and_undone() {
    type Damage = fn(&Path);
    let kinds: [(&str, Damage); 8] = [
        ("no database", |db| {
            fs::write(db, "This is no database. ".repeat(500)).unwrap();
        }),
        ("empty", |db| fs::write(db, "").unwrap()),
        ("removed", |db| fs::remove_file(db).unwrap()),
        ("cut", |db| {
            let length = fs::metadata(db).unwrap().len();
            fs::File::options()
                .write(true)
                .open(db)
                .unwrap()
                .set_len(length / 2)
                .unwrap();
        }),
        ("zeroed pages", |db| {
            let file = fs::File::options().write(true).open(db).unwrap();
            file.write_all_at(&[0; 8192], 8192).unwrap();
        }),
        ("missing table", |db| {
            Connection::open(db)
                .unwrap()
                .execute_batch("DROP TABLE page")
                .unwrap();
        }),
        ("no mark", |db| {
            Connection::open(db)
                .unwrap()
                .pragma_update(None, "application_id", 7)
                .unwrap();
        }),
        ("a changed date", |db| {
            // As a kill leaves it, so that nobody else has written to it.
            fs::remove_file(db.with_file_name("catalogue.seal")).unwrap();
            let sql = "UPDATE entry SET updated = updated + 86400000000 WHERE key = 3";
            Connection::open(db).unwrap().execute_batch(sql).unwrap();
        }),
    ];
    let place = lived();
    let before = documents(&place);
    for (what, damage) in kinds {
        damage(&place.path(".feedwright/catalogue.db"));
        let ended = build(&place);
        let gone = matches!(what, "empty" | "removed");
        let told = if gone { "taken over" } else { "was damaged" };
        assert!(ended.err.contains(told), "{what}: {ended:?}");
        assert_same(&before, &documents(&place), what);
    }
    let kept = fs::read_dir(place.path(".feedwright")).unwrap();
    let kept = kept.filter(|file| {
        let name = file.as_ref().unwrap().file_name();
        let name = name.to_str().unwrap();
        let number = name.strip_prefix("catalogue-damaged-");
        number.is_some_and(|number| number.strip_suffix(".db").is_some())
    });
    assert_eq!(kept.count(), 6);
}

#[test]
fn a_backup_that_is_older_than_the_feeds_catches_up() {
    let place = lived();
    let backup = TempDir::new().unwrap();
    copy(&place.path(".feedwright"), backup.path());
    place.write(
        "watch/late.md",
        &article("Late", "tunnel").replace("date: 2026-03-04\n", ""),
    );
    build(&place);
    let text = article("Late", "tunnel").replace("begins in May", "never begins");
    place.write("watch/late.md", &text);
    build(&place);
    let before = place.items();
    copy(backup.path(), &place.path(".feedwright"));
    build(&place);
    assert_eq!(place.items(), before);
}

#[test]
fn damage_while_running_is_undone_without_a_restart() {
    let place = lived();
    let before = documents(&place);
    let mut daemon = place.daemon(&["run"]);
    let file = fs::File::options()
        .write(true)
        .open(place.path(".feedwright/catalogue.db"))
        .unwrap();
    let length = file.metadata().unwrap().len();
    file.write_all_at(&vec![0x5a; usize::try_from(length).unwrap() - 4096], 4096)
        .unwrap();
    place.write("watch/new.md", &article("New", "tunnel"));
    wait_for("the new article", || place.item("New").is_some());
    fs::remove_file(place.path("watch/new.md")).unwrap();
    wait_for("its end", || place.item("New").is_none());
    daemon.signal(rustix::process::Signal::TERM);
    daemon.end();
    let log = daemon.log();
    assert!(log.contains("was damaged"), "{log}");
    // A stop leaves the feeds of topics to the next one.
    build(&place);
    let ids = |documents: BTreeMap<String, String>| -> BTreeSet<String> {
        let feeds = documents
            .iter()
            .filter(|(name, _)| name.ends_with("feed.json"));
        let ids = feeds.flat_map(|(_, feed)| feed.lines());
        let ids = ids.filter(|line| line.contains("\"id\""));
        ids.map(str::to_owned).collect()
    };
    assert_eq!(ids(before), ids(documents(&place)));
}

#[test]
fn two_with_one_feeds_folder_are_told_apart() {
    let place = lived();
    let _daemon = place.daemon(&["run"]);
    let other = place.run(&["build", "--state", "other"]);
    assert_eq!(other.code, Some(1));
    assert!(other.err.contains("another catalogue"), "{other:?}");
    let linked = place.path("link");
    std::os::unix::fs::symlink(place.path(".feedwright"), &linked).unwrap();
    let other = place.run(&["build", "--state", "link"]);
    assert!(other.err.contains("is held by process"), "{other:?}");
}

#[test]
fn a_lock_of_somebody_else_is_waited_for() {
    let place = lived();
    let daemon = place.daemon(&["run"]);
    let shell = Connection::open(place.path(".feedwright/catalogue.db")).unwrap();
    shell.execute_batch("BEGIN EXCLUSIVE").unwrap();
    place.write("watch/new.md", &article("New", "tunnel"));
    wait_for("a word about it", || {
        daemon.log().contains("close the program that has it open")
    });
    assert_eq!(place.item("New"), None);
    shell.execute_batch("COMMIT").unwrap();
    wait_for("the article", || place.item("New").is_some());
    assert!(!daemon.log().contains("damaged"), "{}", daemon.log());
}

#[test]
fn a_lock_of_somebody_else_is_waited_for_at_the_start() {
    let place = lived();
    let shell = Connection::open(place.path(".feedwright/catalogue.db")).unwrap();
    shell
        .execute_batch("PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE")
        .unwrap();
    place.write("watch/new.md", &article("New", "tunnel"));
    thread::scope(|scope| {
        let daemon = scope.spawn(|| place.daemon(&["run"]));
        wait_for("a word about it", || {
            let log = fs::read_to_string(place.path("log")).unwrap_or_default();
            log.contains("close the program that has it open") && log.contains("waiting for it")
        });
        drop(shell);
        let daemon = daemon.join().unwrap();
        wait_for("the article", || place.item("New").is_some());
        assert!(!daemon.log().contains("damaged"), "{}", daemon.log());
    });
}

#[test]
fn an_empty_watch_folder_withdraws_nothing_when_the_catalogue_is_lost() {
    let place = lived();
    let before = documents(&place);
    fs::remove_dir_all(place.path(".feedwright")).unwrap();
    place.rename("watch", "away");
    for folder in [false, true] {
        if folder {
            fs::create_dir(place.path("watch")).unwrap();
        }
        let ended = place.run(&["build"]);
        assert_eq!(ended.code, Some(1), "{ended:?}");
        assert_same(&before, &documents(&place), "no articles");
    }
    fs::remove_dir(place.path("watch")).unwrap();
    place.rename("away", "watch");
    build(&place);
    assert_same(&before, &documents(&place), "articles again");
}

#[test]
fn a_folder_that_lost_its_articles_with_the_catalogue_has_an_empty_feed() {
    let place = Place::new();
    place.write("config.toml", "[topics]\nmin-articles = 1\n");
    place.write("watch/city/first.md", &article("First", "bridge"));
    place.write("watch/coast/second.md", &article("Second", "harbor"));
    build(&place);
    let feed = |name: &str| fs::read_to_string(place.path(name)).unwrap();
    let before = feed("feeds/folders/city/atom.xml");
    assert!(before.contains("<title>First</title>"));
    fs::remove_dir_all(place.path(".feedwright")).unwrap();
    place.rename("watch/city/first.md", "watch/coast/first.md");
    build(&place);
    let after = feed("feeds/folders/city/atom.xml");
    assert!(!after.contains("<title>First</title>"), "{after}");
    assert!(feed("feeds/folders/coast/atom.xml").contains("<title>First</title>"));
    // It is the same feed, and has articles again when some come.
    place.write("watch/city/third.md", &article("Third", "orchard"));
    build(&place);
    let again = feed("feeds/folders/city/atom.xml");
    assert!(again.contains("<title>Third</title>"), "{again}");
    let id = |feed: &str| feed.split("</id>").next().map(str::to_owned);
    assert_eq!(id(&before), id(&again));
}

#[test]
fn folders_are_watched_when_the_catalogue_is_lost() {
    let place = Place::new();
    place.write("watch/city/first.md", &article("First", "bridge"));
    build(&place);
    fs::remove_dir_all(place.path(".feedwright")).unwrap();
    place.write("watch/city/second.md", &article("Second", "harbor"));
    let _daemon = place.daemon(&["run"]);
    wait_for("what came meanwhile", || place.item("Second").is_some());
    place.write("watch/city/third.md", &article("Third", "orchard"));
    wait_for("what comes later", || place.item("Third").is_some());
}

#[test]
fn what_cannot_be_read_yet_stays_when_the_catalogue_is_lost() {
    let place = Place::new();
    place.write("watch/a.md", &article("A", "bridge"));
    place.write("watch/in/b.md", &article("B", "harbor"));
    build(&place);
    let before = place.items();
    fs::remove_dir_all(place.path(".feedwright")).unwrap();
    let rights = |mode| {
        let rights = fs::Permissions::from_mode(mode);
        fs::set_permissions(place.path("watch/in"), rights).unwrap();
    };
    rights(0);
    if let Some(mut bounded) = place.bounded(&["build"]) {
        let ended = ended(&mut bounded);
        assert_eq!(place.items(), before, "{ended:?}");
        assert!(
            ended.err.contains("the feeds stay as they are"),
            "{ended:?}"
        );
    }
    rights(0o755);
    build(&place);
    assert_eq!(place.items(), before);
}

#[test]
fn feeds_of_others_are_none_of_ours() {
    let place = Place::new();
    place.write("watch/a.md", &article("A", "bridge"));
    let other = r#"<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom">
        <id>urn:other</id><title>Other</title><updated>2026-01-01T00:00:00Z</updated>
        <entry><id>urn:1</id><title>A</title><updated>2020-01-01T00:00:00Z</updated></entry></feed>"#;
    place.write("feeds/atom.xml", other);
    place.write("feeds/feed.json", "[1, 2");
    place.write("feeds/topics/x/atom.xml", other);
    let ended = build(&place);
    assert!(!ended.err.contains("taken over"), "{ended:?}");
    assert_eq!(place.titles(), ["A"]);
    // Nor one with ids that feedwright never gave, whoever says that he made it.
    let claimed = other.replace(
        "<id>urn:other",
        "<generator>feedwright</generator><id>urn:other",
    );
    fs::remove_dir_all(place.path(".feedwright")).unwrap();
    fs::remove_dir_all(place.path("feeds")).unwrap();
    place.write("feeds/atom.xml", &claimed);
    let ended = build(&place);
    assert!(!ended.err.contains("taken over"), "{ended:?}");
    assert_eq!(place.titles(), ["A"]);
}

fn copy(from: &Path, to: &Path) {
    fs::remove_dir_all(to).unwrap();
    fs::create_dir(to).unwrap();
    for file in fs::read_dir(from).unwrap() {
        let file = file.unwrap();
        fs::copy(file.path(), to.join(file.file_name())).unwrap();
    }
}

/// A catalogue with some history.
fn filled() -> Fixture {
    let mut fixture = Fixture::new();
    for number in 0..40 {
        let mut digest = rewritten(&format!("bridge{number}"), number % 3);
        digest.topics = vec!["Bridges".into(), format!("Bridge {number}").as_str().into()];
        fixture.found(&format!("{number}.md"), &digest);
        if number % 7 == 0 {
            fixture.end();
        }
    }
    fixture.gone("5.md");
    fixture.end();
    fixture
}

fn entries(catalogue: &Catalogue) -> Vec<Arc<Entry>> {
    catalogue.newest(1000).unwrap()
}

#[test]
fn any_byte_that_changes_in_a_closed_catalogue_is_noticed() {
    let Fixture {
        folder, catalogue, ..
    } = filled();
    let before = entries(&catalogue);
    drop(catalogue);
    let (mut chance, mut set_aside) = (Chance(1), 0);
    let scratch = TempDir::new().unwrap();
    for round in 0..300 {
        copy(folder.path(), scratch.path());
        flip(&scratch.path().join("catalogue.db"), &mut chance);
        let Ok(catalogue) = Catalogue::open(scratch.path()) else {
            // Such as another program's database: told, and left as it is.
            continue;
        };
        assert_ne!(*catalogue.opened(), Opened::Sound, "round {round}");
        if matches!(catalogue.opened(), Opened::SetAside { .. }) {
            set_aside += 1;
            assert!(scratch.path().join("catalogue-damaged-1.db").exists());
            assert_eq!(entries(&catalogue), []);
        } else {
            // What an owner may have written by hand is read, and told.
            assert_eq!(*catalogue.opened(), Opened::Altered);
            assert_eq!(entries(&catalogue).len(), before.len(), "round {round}");
        }
    }
    assert!(set_aside > 100, "only {set_aside} were damaged");
    let whole = Catalogue::open(folder.path()).unwrap();
    assert_eq!(*whole.opened(), Opened::Sound);
    assert_eq!(entries(&whole), before);
}

#[test]
fn damage_after_a_kill_never_shows_what_was_not_written() {
    let fixture = filled();
    let before: BTreeMap<_, _> = entries(&fixture.catalogue)
        .into_iter()
        .map(|entry| (entry.id.clone(), entry))
        .collect();
    let (mut chance, mut set_aside) = (Chance(2), 0);
    let scratch = TempDir::new().unwrap();
    for round in 0..300 {
        // As a kill leaves it: with what is beside the database.
        copy(fixture.folder.path(), scratch.path());
        let log = scratch.path().join("catalogue.db-wal");
        if round % 2 == 0 {
            let db = Connection::open(scratch.path().join("catalogue.db")).unwrap();
            db.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))
                .unwrap();
            drop(db);
            flip(&scratch.path().join("catalogue.db"), &mut chance);
        } else {
            flip(&log, &mut chance);
        }
        let Ok(catalogue) = Catalogue::open(scratch.path()) else {
            continue;
        };
        assert_ne!(*catalogue.opened(), Opened::Sound);
        set_aside += u32::from(matches!(catalogue.opened(), Opened::SetAside { .. }));
        for entry in entries(&catalogue) {
            // What was lost of the end may be missing, or be as it was before.
            let whole = before.get(&entry.id);
            if let Some(whole) = whole {
                assert_eq!(entry.digest, whole.digest, "round {round}");
                assert_eq!(entry.updated, whole.updated, "round {round}");
            }
        }
    }
    assert!(set_aside > 50, "only {set_aside} were damaged");
}

fn flip(file: &Path, chance: &mut Chance) {
    let length = fs::metadata(file).unwrap().len();
    let file = fs::File::options()
        .read(true)
        .write(true)
        .open(file)
        .unwrap();
    let count = [1, 1, 16, 512][usize::try_from(chance.below(4)).unwrap()];
    let at = chance.below(length - count);
    let mut bytes = vec![0; usize::try_from(count).unwrap()];
    file.read_exact_at(&mut bytes, at).unwrap();
    for byte in &mut bytes {
        *byte ^= u8::try_from(1 + chance.below(255)).unwrap();
    }
    file.write_all_at(&bytes, at).unwrap();
}

#[test]
fn a_clock_that_jumps_moves_no_date_back() {
    let mut fixture = Fixture::new();
    let jumps = [
        0,
        100,
        -1_700_000_000,
        -1_800_000_000,
        251_000_000_000,
        50,
        51,
    ];
    let mut before: Option<Arc<Entry>> = None;
    for (round, jump) in jumps.into_iter().enumerate() {
        fixture.now = jump;
        fixture.found("a.md", &rewritten("bridge", round));
        fixture.found(
            &format!("{round}.md"),
            &rewritten(&format!("tunnel{round}"), 0),
        );
        // Told again, it is as it was.
        let id = fixture
            .catalogue
            .entry_at(Path::new("a.md"))
            .unwrap()
            .unwrap();
        let of = |fixture: &Fixture| {
            let all = entries(&fixture.catalogue);
            all.into_iter().find(|entry| entry.id == id).unwrap()
        };
        let now = of(&fixture);
        fixture.now = jump + 1_000;
        fixture.found("a.md", &rewritten("bridge", round));
        assert_eq!(of(&fixture), now, "round {round}");
        assert!(now.updated >= now.published, "{now:?}");
        if let Some(before) = &before {
            assert!(
                now.updated > before.updated,
                "round {round}: {:?}",
                now.updated
            );
            assert_eq!((now.published, &now.id), (before.published, &before.id));
        }
        before = Some(now);
        fixture.end();
        // What came last stands first, whatever the clock said.
        let newest = &entries(&fixture.catalogue)[0];
        assert_eq!(newest.digest.title, format!("On tunnel{round}"));
    }
    let ids: BTreeSet<_> = entries(&fixture.catalogue)
        .iter()
        .map(|entry| entry.id.clone())
        .collect();
    assert_eq!(ids.len(), 1 + jumps.len());
}
