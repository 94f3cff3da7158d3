//! What is there when the catalogue is opened, and when it cannot be.

use super::*;

#[test]
fn what_was_applied_is_there_after_a_kill() {
    let mut f = Fixture::new();
    f.found("a.md", &article("harbor"));
    f.found("b.md", &article("orchard"));
    f.end();
    let (before, id) = (f.shown(), f.id("a.md"));
    f.gone("a.md");
    let mut f = f.reopen();
    assert_eq!(f.shown(), before, "no end was told yet");
    f.found("c.md", &edited("harbor"));
    let mut f = f.reopen();
    assert_eq!(f.withdrawn(), []);
    assert_eq!(f.id("c.md"), id);
    assert_eq!(f.catalogue.count().unwrap(), 2);
}

#[test]
fn an_overwritten_text_is_remembered_over_a_kill() {
    let mut f = Fixture::new();
    f.found("a.md", &article("harbor"));
    f.end();
    let before = f.only();
    f.found("a.md", &article("orchard"));
    let mut f = f.reopen();
    assert_eq!(
        f.found("b.md", &article("harbor")),
        Outcome::Moved(before.id.clone())
    );
    f.end();
    assert_eq!(f.shown()[1], before);
    assert_eq!(f.shown()[0].id, f.id("a.md"));
}

#[test]
fn a_second_opener_is_told_who_holds_the_catalogue() {
    let f = Fixture::new();
    let error = Catalogue::open(f.folder.path()).unwrap_err();
    let StoreError::Held { holder, .. } = &error else {
        panic!("{error}")
    };
    if cfg!(unix) {
        assert_eq!(holder.pid, Some(std::process::id()));
        assert!(error.to_string().contains(&std::process::id().to_string()));
    }
    let mut f = f.reopen();
    assert_eq!(f.shown(), []);
}

#[test]
fn a_newer_catalogue_is_left_alone() {
    let folder = TempDir::new().unwrap();
    let file = folder.path().join("catalogue.db");
    drop(Catalogue::open(folder.path()).unwrap());
    let db = rusqlite::Connection::open(&file).unwrap();
    db.pragma_update(None, "user_version", 4_000).unwrap();
    drop(db);
    let before = fs::read(&file).unwrap();
    let error = Catalogue::open(folder.path()).unwrap_err();
    assert!(
        matches!(error, StoreError::Newer { found: 4_000, .. }),
        "{error}"
    );
    assert!(error.to_string().contains("newer program"), "{error}");
    assert_eq!(fs::read(&file).unwrap(), before);
}

#[test]
fn a_digest_from_before_a_field_was_added_is_read() {
    let mut f = Fixture::new();
    f.found("a.md", &article("harbor"));
    let Fixture {
        folder, catalogue, ..
    } = f;
    drop(catalogue);
    let db = rusqlite::Connection::open(folder.path().join("catalogue.db")).unwrap();
    let sql = "UPDATE digest SET digest = json_remove(digest, '$.summary', '$.url')";
    assert_eq!(db.execute(sql, []).unwrap(), 1);
    drop(db);
    let catalogue = Catalogue::open(folder.path()).unwrap();
    let digest = catalogue.newest(1).unwrap().remove(0).digest.clone();
    assert_eq!(
        digest,
        Digest {
            summary: String::new(),
            ..article("harbor")
        }
    );
}

#[test]
fn what_an_owner_writes_with_another_tool_is_read() {
    let mut f = Fixture::new();
    f.found("a.md", &article("harbor"));
    let before = f.only();
    let db = rusqlite::Connection::open(f.folder.path().join("catalogue.db")).unwrap();
    db.execute("UPDATE digest SET title = 'By hand'", [])
        .unwrap();
    let after = f.catalogue.newest(1).unwrap().remove(0);
    assert_eq!(after.digest.title, "By hand");
    assert_eq!(after.id, before.id);
}

#[test]
fn a_damaged_row_is_told_rather_than_shown() {
    let mut f = Fixture::new();
    f.found("a.md", &article("harbor"));
    let Fixture {
        folder, catalogue, ..
    } = f;
    drop(catalogue);
    let db = rusqlite::Connection::open(folder.path().join("catalogue.db")).unwrap();
    db.execute("UPDATE digest SET digest = 'not JSON'", [])
        .unwrap();
    drop(db);
    let catalogue = Catalogue::open(folder.path()).unwrap();
    let Opened::SetAside { to, .. } = catalogue.opened() else {
        panic!("{:?}", catalogue.opened());
    };
    assert!(to.exists());
    assert_eq!(catalogue.newest(1).unwrap(), []);
}

#[test]
fn records_that_cannot_all_be_applied_change_nothing() {
    let mut f = Fixture::new();
    f.found("a.md", &article("harbor"));
    f.end();
    let (before, revision) = (f.shown(), f.catalogue.revision().unwrap());
    // The entry at b.md cannot be read, so the second record fails.
    f.found("b.md", &article("orchard"));
    let id = f.id("b.md").0;
    let db = rusqlite::Connection::open(f.folder.path().join("catalogue.db")).unwrap();
    let sql = "UPDATE digest SET digest = '!' WHERE entry = (SELECT key FROM entry WHERE id = ?1)";
    assert_eq!(db.execute(sql, [id]).unwrap(), 1);
    let records = [
        Record::Gone {
            path: "a.md".into(),
        },
        found("b.md", &edited("orchard"), 9),
    ];
    f.catalogue.apply(&records).unwrap_err();
    assert_eq!(f.id("a.md"), before[0].id);
    assert_eq!(
        f.catalogue.revision().unwrap(),
        revision + 1,
        "b.md was added"
    );
}

#[test]
fn what_is_no_catalogue_is_kept() {
    let folder = TempDir::new().unwrap();
    let file = folder.path().join("catalogue.db");
    let open = || Catalogue::open(folder.path()).unwrap_err().to_string();
    fs::write(&file, "Dear diary, today nothing happened.\n".repeat(200)).unwrap();
    let before = fs::read(&file).unwrap();
    let catalogue = Catalogue::open(folder.path()).unwrap();
    let Opened::SetAside { to, .. } = catalogue.opened() else {
        panic!("{:?}", catalogue.opened());
    };
    assert_eq!(fs::read(to).unwrap(), before);
    drop(catalogue);

    fs::remove_file(&file).unwrap();
    let db = rusqlite::Connection::open(&file).unwrap();
    db.execute_batch("CREATE TABLE recipes (name TEXT)")
        .unwrap();
    drop(db);
    let before = fs::read(&file).unwrap();
    assert!(open().contains("another program's"), "{}", open());
    assert_eq!(fs::read(&file).unwrap(), before);
}

#[test]
fn a_folder_that_cannot_be_is_named() {
    let folder = TempDir::new().unwrap();
    let file = folder.path().join("file");
    fs::write(&file, "").unwrap();
    let error = Catalogue::open(&file.join("state")).unwrap_err();
    assert!(matches!(error, StoreError::Io { .. }), "{error}");
}

#[cfg(unix)]
#[test]
fn the_folder_is_its_owners_alone() {
    use std::os::unix::fs::PermissionsExt;
    let folder = TempDir::new().unwrap();
    let state = folder.path().join("a/state");
    drop(Catalogue::open(&state).unwrap());
    let mode = fs::metadata(&state).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o700);
}

#[test]
fn what_is_kept_once_stays() {
    let mut f = Fixture::new();
    assert_eq!(f.catalogue.meta_once("feed", "first").unwrap(), "first");
    assert_eq!(f.catalogue.meta_once("feed", "second").unwrap(), "first");
    assert_eq!(f.catalogue.meta("version").unwrap(), None);
    f.catalogue.set_meta("version", "7").unwrap();
    f.catalogue.set_meta("version", "8").unwrap();
    let f = f.reopen();
    assert_eq!(f.catalogue.meta("version").unwrap().as_deref(), Some("8"));
}

#[cfg(unix)]
#[test]
fn names_may_be_any_bytes() {
    use std::{ffi::OsStr, os::unix::ffi::OsStrExt};
    let path = PathBuf::from(OsStr::from_bytes(b"caf\xe9\n.txt"));
    let record = found(path.clone(), &article("harbor"), 1);
    let json = serde_json::to_string(&record).unwrap();
    let mut f = Fixture::new();
    f.apply(serde_json::from_str(&json).unwrap());
    let id = f.catalogue.entry_at(&path).unwrap().unwrap();
    assert!(f.catalogue.sources().unwrap().contains_key(&path));
    let mut f = f.reopen();
    f.apply(Record::Gone { path: path.clone() });
    assert_eq!(f.withdrawn(), [id]);
    f.apply(Record::Refused {
        path: path.clone(),
        stamp: stamp(3),
        kind: Refusal::Faulty,
        reason: "empty".to_owned(),
    });
    let refused = f.catalogue.refused().unwrap();
    assert_eq!(refused.len(), 1);
    assert_eq!((&refused[0].path, &*refused[0].reason), (&path, "empty"));
}

#[test]
fn a_stamp_comes_back_as_it_was() {
    let mut f = Fixture::new();
    f.found("a.md", &article("harbor"));
    let sources = f.catalogue.sources().unwrap();
    assert_eq!(sources[Path::new("a.md")].inode, u64::MAX);
}
