//! What is in the catalogue's database.

use rusqlite::types::ValueRef;
use std::collections::BTreeSet;

/// All that two catalogues with the same records have in common.
pub(super) fn content(db: &rusqlite::Connection, but: &[&str]) -> Vec<String> {
    let sql = "SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name";
    let mut tables = db.prepare(sql).unwrap();
    let tables = tables.query_map([], |row| row.get::<_, String>(0)).unwrap();
    let mut content = Vec::new();
    for table in tables.map(Result::unwrap) {
        // How an index lies in its tables follows from when it was written.
        let index = table.starts_with("search_") && table != "search_entry";
        if index || but.contains(&&*table) {
            continue;
        }
        let mut rows = db.prepare(&format!("SELECT * FROM {table}")).unwrap();
        let columns = rows.column_count();
        let mut rows = rows.query([]).unwrap();
        while let Some(row) = rows.next().unwrap() {
            let value = |at| match row.get_ref(at).unwrap() {
                ValueRef::Text(text) => String::from_utf8_lossy(text).into_owned(),
                value => format!("{value:?}"),
            };
            let values: Vec<String> = (0..columns).map(value).collect();
            // How often something was applied is no matter of what was.
            if values[0] != "revision" {
                content.push(format!("{table} {values:?}"));
            }
        }
    }
    content
}

/// An archive page: feed, number, and the position of its newest entry.
pub(super) type Bound = (i64, u32, i64, i64, i64);

/// The bounds of all archive pages.
pub(super) fn bounds(db: &rusqlite::Connection) -> BTreeSet<Bound> {
    let sql = "SELECT channel, number, generation, placed, entry FROM page";
    let mut query = db.prepare(sql).unwrap();
    let rows = query.query_map([], |row| {
        Ok((
            row.get(0)?,
            row.get(1)?,
            row.get(2)?,
            row.get(3)?,
            row.get(4)?,
        ))
    });
    rows.unwrap().collect::<Result<_, _>>().unwrap()
}

pub(super) fn number(db: &rusqlite::Connection, sql: &str) -> i64 {
    db.query_row(sql, [], |row| row.get(0)).unwrap()
}
