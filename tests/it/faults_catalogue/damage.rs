//! The catalogue is damaged, or an older one.

use super::*;

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
