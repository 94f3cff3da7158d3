//! The catalogue after something that it was to write could not be written.

use crate::catalogue::{Fixture, article, found};
use rusqlite::Connection;
use std::{fs, path::PathBuf};

fn file(fixture: &Fixture, name: &str) -> PathBuf {
    fixture.folder.path().join(name)
}

fn shell(fixture: &Fixture) -> Connection {
    Connection::open(file(fixture, "catalogue.db")).unwrap()
}

/// A catalogue in which a change has failed, with much beside the database.
fn failed() -> Fixture {
    let mut fixture = Fixture::new();
    for number in 0..20 {
        fixture.found(
            &format!("{number}.md"),
            &article(&format!("harbor{number}")),
        );
    }
    let sql = "CREATE TRIGGER no BEFORE INSERT ON entry BEGIN SELECT RAISE(ABORT, 'no'); END";
    shell(&fixture).execute_batch(sql).unwrap();
    let record = found("new.md", &article("market"), 100);
    fixture.catalogue.apply(&[record]).unwrap_err();
    shell(&fixture).execute_batch("DROP TRIGGER no").unwrap();
    fixture
}

fn log_length(fixture: &Fixture) -> u64 {
    fs::metadata(file(fixture, "catalogue.db-wal"))
        .unwrap()
        .len()
}

/// A disk that fails to write what is beside the database forgets it, and says
/// nothing the next time: so all of it is written once more, elsewhere.
#[test]
fn what_is_beside_the_database_is_moved_into_it_after_a_fault() {
    let mut fixture = failed();
    let before = log_length(&fixture);
    fixture.found("new.md", &article("market"));
    assert!(log_length(&fixture) < before / 2, "{before}");
    assert_eq!(fixture.catalogue.newest(100).unwrap().len(), 21);
}

#[test]
fn nothing_is_written_after_a_fault_while_that_cannot_be() {
    let mut fixture = failed();
    let reader = shell(&fixture);
    reader.execute_batch("BEGIN").unwrap();
    let count = |_: &rusqlite::Row<'_>| Ok(());
    reader
        .query_row("SELECT count(*) FROM entry", [], count)
        .unwrap();
    // The reader sees what is there now: what comes later cannot be moved.
    shell(&fixture)
        .execute_batch("CREATE TABLE mine (a)")
        .unwrap();
    let record = found("new.md", &article("market"), 100);
    let error = fixture.catalogue.apply(&[record]).unwrap_err().to_string();
    assert!(error.contains("another program reads it"), "{error}");
    assert_eq!(fixture.catalogue.newest(100).unwrap().len(), 20);
    reader.execute_batch("COMMIT").unwrap();
    fixture.found("new.md", &article("market"));
    assert_eq!(fixture.catalogue.newest(100).unwrap().len(), 21);
}
