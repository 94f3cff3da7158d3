//! Somebody else has it, or the folders beside it are not as they were.

use super::*;

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
