//! Catalogues of earlier versions.

use super::*;

#[test]
fn there_is_nothing_to_visit_where_no_catalogue_is() {
    let folder = tempfile::tempdir().unwrap();
    assert!(Visitor::open(folder.path()).unwrap().is_none());
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
}

/// A catalogue as the second version of the program left it.
pub(crate) fn of_version_2(f: Fixture) -> tempfile::TempDir {
    let Fixture {
        folder, catalogue, ..
    } = f;
    drop(catalogue);
    let db = rusqlite::Connection::open(folder.path().join("catalogue.db")).unwrap();
    let sql = "SELECT name FROM sqlite_schema WHERE name LIKE 'search%' AND type = 'table'
        AND name NOT LIKE 'search_%' ESCAPE '\\'";
    let searched: Vec<String> = db
        .prepare(sql)
        .unwrap()
        .query_map([], |row| row.get(0))
        .unwrap()
        .collect::<Result<_, _>>()
        .unwrap();
    for table in searched {
        db.execute_batch(&format!("DROP TABLE {table}")).unwrap();
    }
    db.execute_batch(
        "DROP TABLE IF EXISTS search_entry; DROP TABLE tally;
         DROP INDEX entry_slug; DROP INDEX entry_revised; DROP TABLE subject; DROP TABLE member;
         DROP TABLE deleted; DROP TABLE grown; DROP TABLE imprint; DROP TABLE channel;
         DROP TABLE folder; DROP TABLE page; DROP TABLE due; DROP TABLE document;
         ALTER TABLE entry DROP COLUMN slug; ALTER TABLE entry DROP COLUMN version;
         ALTER TABLE entry DROP COLUMN revised; ALTER TABLE entry DROP COLUMN placed;
         ALTER TABLE entry DROP COLUMN speaker; ALTER TABLE entry DROP COLUMN subjects;
         CREATE INDEX entry_order ON entry (generation DESC, published DESC, id)
             WHERE withdrawn IS NULL;
         DELETE FROM meta WHERE key IN ('settings', 'round');
         ALTER TABLE former DROP COLUMN ended; DROP TABLE retraction;
         PRAGMA user_version = 2;",
    )
    .unwrap();
    folder
}

/// A catalogue as the first version of the program left it.
fn of_version_1(f: Fixture) -> tempfile::TempDir {
    let folder = of_version_2(f);
    let db = rusqlite::Connection::open(folder.path().join("catalogue.db")).unwrap();
    db.execute_batch(
        "DROP VIEW topic_entry; DROP TABLE topic_later;
         DROP TABLE topic; DROP TABLE topic_form; DROP TABLE topic_name;
         DROP TABLE pending; ALTER TABLE entry DROP COLUMN topics; PRAGMA user_version = 1;
         UPDATE digest SET digest = json_set(digest, '$.topics',
             json((SELECT json_group_array(json_extract(value, '$[0]'))
              FROM json_each(digest.digest, '$.topics'))));",
    )
    .unwrap();
    folder
}

#[test]
fn a_catalogue_without_a_registry_gets_one() {
    let mut f = town();
    f.found(
        "e.md",
        &about("ferry", &[topic("HEAT PUMPS", Concept, &[])]),
    );
    let (before, labels) = (f.shown(), f.labels());
    let folder = of_version_1(f);
    // Looking is enough.
    let visitor = Visitor::open(folder.path()).unwrap().unwrap();
    let counts: Vec<_> = visitor
        .topics(8)
        .unwrap()
        .into_iter()
        .map(|topic| (topic.label, topic.articles))
        .collect();
    assert_eq!(
        counts,
        [("Heat pumps".to_owned(), 3), ("Lindqvist".to_owned(), 3)]
    );
    let catalogue = feedwright::catalogue::store::Catalogue::open(folder.path()).unwrap();
    let mut f = Fixture {
        folder,
        catalogue,
        now: 90,
    };
    assert_eq!(f.labels(), labels);
    let dates = |shown: &[feedwright::entry::Entry]| {
        shown
            .iter()
            .map(|e| (e.id.clone(), e.updated))
            .collect::<Vec<_>>()
    };
    assert_eq!(dates(&f.shown()), dates(&before));
    // Digested anew, they tell their kinds.
    f.found("a.md", &about("harbor", &[topic("Lindqvist", Person, &[])]));
    assert_eq!(f.visitor().called("Lindqvist").unwrap()[0].kind, Person);
}
