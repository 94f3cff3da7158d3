//! The statements about topics that applying records is made of, one a
//! function.

use super::query::{many, one, run};
use crate::{
    catalogue::{
        rules::Key,
        topics::{Family, Slug, TopicKey, slug},
    },
    entry::{Topic, TopicKind},
};
use rusqlite::{
    Connection, Result, Row, ToSql,
    types::{FromSql, FromSqlError, FromSqlResult, ToSqlOutput, ValueRef},
};
use std::fmt::Write as _;

/// A topic as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct TopicRow {
    pub(super) key: TopicKey,
    pub(super) label: String,
    pub(super) kind: TopicKind,
    pub(super) slug: Slug,
    pub(super) banned: bool,
    pub(super) settled: bool,
}

/// The topics of an entry, one for each that its digest has: a JSON list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct TopicsColumn(pub(super) Vec<TopicKey>);

impl ToSql for TopicsColumn {
    fn to_sql(&self) -> Result<ToSqlOutput<'_>> {
        let mut list = String::with_capacity(2 + 7 * self.0.len());
        for topic in &self.0 {
            list.push(if list.is_empty() { '[' } else { ',' });
            // Writing to a string cannot fail.
            write!(list, "{topic}").expect("a string takes everything");
        }
        list.push_str(if list.is_empty() { "[]" } else { "]" });
        Ok(list.into())
    }
}

impl FromSql for TopicsColumn {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        let list = serde_json::from_str(value.as_str()?);
        list.map(Self)
            .map_err(|source| FromSqlError::Other(Box::new(source)))
    }
}

/// A kind of topic.
struct KindColumn(TopicKind);

impl ToSql for KindColumn {
    fn to_sql(&self) -> Result<ToSqlOutput<'_>> {
        Ok(self.0.name().into())
    }
}

impl FromSql for KindColumn {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        let name = value.as_str()?;
        let kind = TopicKind::ALL.into_iter().find(|kind| kind.name() == name);
        Ok(Self(kind.unwrap_or_default()))
    }
}

/// The topics that have this form, at most one a family.
pub(super) fn of_form(db: &Connection, form: &str) -> Result<Vec<(Family, TopicKey)>> {
    let sql = "SELECT family, topic FROM topic_form WHERE form = ?1 ORDER BY family";
    many(db, sql, [form], |row| {
        let family = match row.get(0)? {
            1 => Family::Person,
            2 => Family::Organization,
            3 => Family::Place,
            _ => Family::Open,
        };
        Ok((family, row.get(1)?))
    })
}

/// The first two persons that may be called so, of those that an entry has or
/// the owner knows: a slip that was mended is nobody.
pub(super) fn named(db: &Connection, name: &str, also: &[TopicKey]) -> Result<Vec<TopicKey>> {
    let sql = "
        SELECT n.topic,
            EXISTS (SELECT 1 FROM topic_entry e WHERE e.topic = n.topic)
                OR (SELECT settled FROM topic WHERE key = n.topic)
        FROM topic_name n WHERE n.name = ?1 ORDER BY n.topic";
    let mut query = db.prepare_cached(sql)?;
    let mut rows = query.query([name])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        let topic: TopicKey = row.get(0)?;
        if row.get(1)? || also.contains(&topic) {
            found.push(topic);
            if found.len() > 1 {
                break;
            }
        }
    }
    Ok(found)
}

/// The topic with this key.
pub(super) fn topic(db: &Connection, key: TopicKey) -> Result<TopicRow> {
    let sql = "SELECT key, label, kind, slug, banned, settled FROM topic WHERE key = ?1";
    db.prepare_cached(sql)?.query_row([key], topic_row)
}

/// The topic that has this slug, or that it was merged into.
pub(super) fn with_slug(db: &Connection, slug: &Slug) -> Result<Option<TopicRow>> {
    let sql = "
        SELECT key, label, kind, slug, banned, settled FROM topic
        WHERE key = (SELECT coalesce(target, key) FROM topic WHERE slug = ?1)";
    one(db, sql, [&slug.0], topic_row)
}

/// The first six columns of a topic.
pub(super) fn topic_row(row: &Row<'_>) -> Result<TopicRow> {
    let KindColumn(kind) = row.get(2)?;
    Ok(TopicRow {
        key: row.get(0)?,
        label: row.get(1)?,
        kind,
        slug: Slug(row.get(3)?),
        banned: row.get(4)?,
        settled: row.get(5)?,
    })
}

/// Adds a topic, which gets the first slug for its label that none has.
pub(super) fn insert(db: &Connection, label: &str, kind: TopicKind) -> Result<TopicKey> {
    let sql = "INSERT INTO topic (label, kind, slug) VALUES (?1, ?2, ?3)
        ON CONFLICT (slug) DO NOTHING";
    let mut insert = db.prepare_cached(sql)?;
    let mut nth = 1;
    while insert.execute((label, KindColumn(kind), slug(label, nth).0))? == 0 {
        nth += 1;
    }
    Ok(db.last_insert_rowid())
}

/// Gives a topic a form, unless another of its family has it.
pub(super) fn add_form(
    db: &Connection,
    topic: TopicKey,
    family: Family,
    form: &str,
    written: &str,
) -> Result<()> {
    let sql = "INSERT OR IGNORE INTO topic_form VALUES (?1, ?2, ?3, ?4)";
    run(db, sql, (form, family as i64, topic, written))
}

/// Takes a form from a topic.
pub(super) fn drop_form(
    db: &Connection,
    topic: TopicKey,
    family: Family,
    form: &str,
) -> Result<()> {
    let sql = "DELETE FROM topic_form WHERE form = ?1 AND family = ?2 AND topic = ?3";
    run(db, sql, (form, family as i64, topic))
}

/// Gives a person a name to be called by.
pub(super) fn add_name(db: &Connection, topic: TopicKey, name: &str) -> Result<()> {
    let sql = "INSERT OR IGNORE INTO topic_name VALUES (?1, ?2)";
    run(db, sql, (name, topic))
}

/// Gives a topic another label.
pub(super) fn relabel(db: &Connection, topic: TopicKey, label: &str) -> Result<()> {
    let sql = "UPDATE topic SET label = ?2 WHERE key = ?1";
    run(db, sql, (topic, label))
}

/// Notes that the owner gave a topic its label.
pub(super) fn settle(db: &Connection, topic: TopicKey) -> Result<()> {
    run(
        db,
        "UPDATE topic SET settled = TRUE WHERE key = ?1",
        [topic],
    )
}

/// Notes of what kind a topic is.
pub(super) fn set_kind(db: &Connection, topic: TopicKey, kind: TopicKind) -> Result<()> {
    let sql = "UPDATE topic SET kind = ?2 WHERE key = ?1";
    run(db, sql, (topic, KindColumn(kind)))
}

/// Bans a topic, or allows it again.
pub(super) fn ban(db: &Connection, topic: TopicKey, banned: bool) -> Result<()> {
    let sql = "UPDATE topic SET banned = ?2 WHERE key = ?1";
    run(db, sql, (topic, banned))
}

/// Makes all that one topic is and has another's.
pub(super) fn merge(db: &Connection, from: TopicKey, into: TopicKey) -> Result<()> {
    for sql in [
        "UPDATE topic SET target = ?2 WHERE key = ?1 OR target = ?1",
        "UPDATE topic_form SET topic = ?2 WHERE topic = ?1",
        "INSERT OR IGNORE INTO topic_name SELECT name, ?2 FROM topic_name WHERE topic = ?1",
        "INSERT OR IGNORE INTO topic_entry SELECT ?2, entry FROM topic_entry WHERE topic = ?1",
    ] {
        run(db, sql, [from, into])?;
    }
    run(db, "DELETE FROM topic_name WHERE topic = ?1", [from])?;
    run(db, "DELETE FROM topic_entry WHERE topic = ?1", [from])
}

/// The entries that have a topic.
pub(super) fn entries(db: &Connection, topic: TopicKey) -> Result<Vec<Key>> {
    let sql = "SELECT entry FROM topic_entry WHERE topic = ?1 ORDER BY entry";
    many(db, sql, [topic], |row| row.get(0))
}

/// The topics that these are or were merged into.
pub(super) fn roots(db: &Connection, topics: &TopicsColumn) -> Result<TopicsColumn> {
    let sql = "SELECT coalesce(target, key) FROM topic WHERE key = ?1";
    let mut query = db.prepare_cached(sql)?;
    let root = |topic| query.query_row([topic], |row| row.get(0));
    let roots: Result<_> = topics.0.iter().map(root).collect();
    roots.map(TopicsColumn)
}

/// Notes that an entry has a topic.
pub(super) fn link(db: &Connection, topic: TopicKey, entry: Key) -> Result<()> {
    let sql = "INSERT OR IGNORE INTO topic_entry VALUES (?1, ?2)";
    run(db, sql, [topic, entry])
}

/// Forgets that an entry has a topic, or any that was merged into it.
pub(super) fn unlink(db: &Connection, topic: TopicKey, entry: Key) -> Result<()> {
    let sql = "
        DELETE FROM topic_entry WHERE entry = ?2
            AND topic = (SELECT coalesce(target, key) FROM topic WHERE key = ?1)";
    run(db, sql, [topic, entry])
}

/// Makes the topics of a digest, which are these, what entries show: under the
/// registry's labels, none twice, banned ones out.
pub(super) fn resolve(
    db: &Connection,
    topics: &TopicsColumn,
    stated: &mut Vec<Topic>,
) -> Result<()> {
    let sql = "
        SELECT r.key, r.label, r.kind, r.banned
        FROM topic t JOIN topic r ON r.key = coalesce(t.target, t.key) WHERE t.key = ?1";
    let mut query = db.prepare_cached(sql)?;
    let mut shown: Vec<(TopicKey, Topic)> = Vec::with_capacity(topics.0.len());
    for (key, mut topic) in topics.0.iter().zip(std::mem::take(stated)) {
        let (key, banned): (TopicKey, bool) = query.query_row([key], |row| {
            topic.label = row.get(1)?;
            KindColumn(topic.kind) = row.get(2)?;
            Ok((row.get(0)?, row.get(3)?))
        })?;
        let same = |(other, shown): &(TopicKey, Topic)| *other == key || shown.label == topic.label;
        if !banned && !shown.iter().any(same) {
            shown.push((key, topic));
        }
    }
    stated.extend(shown.into_iter().map(|(_, topic)| topic));
    Ok(())
}
