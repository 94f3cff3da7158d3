//! The statements about topics that applying records is made of, one a
//! function.

use super::{
    form_key::{self, FormKey},
    query::{many, one, run},
};
use crate::{
    catalogue::{
        Slug,
        rules::Key,
        slug,
        topics::{Family, TopicId},
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
    pub(super) key: TopicId,
    pub(super) label: String,
    pub(super) kind: TopicKind,
    pub(super) slug: Slug,
    pub(super) banned: bool,
    pub(super) settled: bool,
}

/// The topics of an entry, one for each that its digest has: a JSON list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct TopicsColumn(pub(super) Vec<TopicId>);

impl ToSql for TopicsColumn {
    fn to_sql(&self) -> Result<ToSqlOutput<'_>> {
        let mut list = String::with_capacity(2 + 7 * self.0.len());
        for TopicId(topic) in &self.0 {
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

impl ToSql for TopicId {
    fn to_sql(&self) -> Result<ToSqlOutput<'_>> {
        self.0.to_sql()
    }
}

impl FromSql for TopicId {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        value.as_i64().map(Self)
    }
}

/// A kind of topic.
pub(super) struct KindColumn(pub(super) TopicKind);

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
pub(super) fn of_form(db: &Connection, form: &str) -> Result<Vec<(Family, TopicId)>> {
    let sql = "SELECT key, topic FROM topic_form WHERE key BETWEEN ?1 AND ?2 ORDER BY key";
    let (first, last) = FormKey::of(form).rows().into_inner();
    many(db, sql, [first, last], |row| {
        Ok((form_key::family(row.get(0)?), row.get(1)?))
    })
}

/// The first two persons that may be called so, of those that an entry has or
/// the owner knows: a slip that was mended is nobody.
pub(super) fn named(db: &Connection, name: &str, also: &[TopicId]) -> Result<Vec<TopicId>> {
    let sql = "
        SELECT n.topic,
            EXISTS (SELECT 1 FROM topic_entry e WHERE e.topic = n.topic)
                OR (SELECT settled FROM topic WHERE key = n.topic)
        FROM topic_name n WHERE n.name = ?1 ORDER BY n.topic";
    let mut query = db.prepare_cached(sql)?;
    let mut rows = query.query([name])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        let topic: TopicId = row.get(0)?;
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
pub(super) fn topic(db: &Connection, key: TopicId) -> Result<TopicRow> {
    let sql = "SELECT key, label, kind, slug, banned, settled FROM topic WHERE key = ?1";
    db.prepare_cached(sql)?.query_row([key], topic_row)
}

/// The topic with this key, or that it was merged into.
pub(super) fn root(db: &Connection, key: TopicId) -> Result<Option<TopicRow>> {
    let sql = "
        SELECT key, label, kind, slug, banned, settled FROM topic
        WHERE key = (SELECT coalesce(target, key) FROM topic WHERE key = ?1)";
    one(db, sql, [key], topic_row)
}

/// The first six columns of a topic.
pub(super) fn topic_row(row: &Row<'_>) -> Result<TopicRow> {
    let KindColumn(kind) = row.get(2)?;
    let label: String = row.get(1)?;
    let slug = row.get::<_, Option<String>>(3)?.map(Slug);
    Ok(TopicRow {
        key: row.get(0)?,
        slug: slug.unwrap_or_else(|| slug::slug(&Topic::folded(&label), 1)),
        label,
        kind,
        banned: row.get(4)?,
        settled: row.get(5)?,
    })
}

/// Moves a form of a topic to another family, unless one of that has it.
pub(super) fn move_form(
    db: &Connection,
    topic: TopicId,
    form: &str,
    [from, to]: [Family; 2],
) -> Result<()> {
    let sql = "
        UPDATE OR IGNORE topic_form SET key = ?3
        WHERE key = ?2 AND topic = ?1";
    let form = FormKey::of(form);
    run(db, sql, (topic, form.in_family(from), form.in_family(to)))
}

/// Gives a person a name to be called by.
pub(super) fn add_name(db: &Connection, topic: TopicId, name: &str) -> Result<()> {
    let sql = "INSERT OR IGNORE INTO topic_name VALUES (?1, ?2)";
    run(db, sql, (name, topic))
}

/// Gives a topic another label. The old one stays a form, and its slug the
/// same.
pub(super) fn relabel(db: &Connection, topic: &TopicRow, label: &str) -> Result<()> {
    keep_label(db, topic)?;
    let sql = "UPDATE topic SET label = ?2, slug = ?3 WHERE key = ?1";
    run(db, sql, (topic.key, label, &topic.slug.0))
}

/// The other topic that keeps this one from being called so.
pub(super) fn taken(db: &Connection, topic: &TopicRow, form: &str) -> Result<Option<TopicId>> {
    let family = Family::of(topic.kind);
    let rows = of_form(db, form)?.into_iter();
    let mut others = rows.filter(|(other, key)| *key != topic.key && family.may_be(*other));
    Ok(others.next().map(|(_, key)| key))
}

/// Notes how the label of a topic that is about to lose it is written.
fn keep_label(db: &Connection, topic: &TopicRow) -> Result<()> {
    let sql = "
        UPDATE topic_form SET written = ?4
        WHERE key BETWEEN ?2 AND ?3 AND topic = ?1 AND written IS NULL";
    let label = &topic.label;
    let (first, last) = FormKey::of(&Topic::folded(label)).rows().into_inner();
    run(db, sql, (topic.key, first, last, label))
}

/// Notes that the owner gave a topic its label.
pub(super) fn settle(db: &Connection, topic: TopicId) -> Result<()> {
    run(
        db,
        "UPDATE topic SET settled = TRUE WHERE key = ?1",
        [topic],
    )
}

/// Notes of what kind a topic is.
pub(super) fn set_kind(db: &Connection, topic: TopicId, kind: TopicKind) -> Result<()> {
    let sql = "UPDATE topic SET kind = ?2 WHERE key = ?1";
    run(db, sql, (topic, KindColumn(kind)))
}

/// Bans a topic, or allows it again.
pub(super) fn ban(db: &Connection, topic: TopicId, banned: bool) -> Result<()> {
    let sql = "UPDATE topic SET banned = ?2 WHERE key = ?1";
    run(db, sql, (topic, banned))
}

/// Makes all that one topic is and has another's.
pub(super) fn merge(db: &Connection, from: &TopicRow, into: TopicId) -> Result<()> {
    keep_label(db, from)?;
    let from = from.key;
    for sql in [
        "UPDATE topic SET target = ?2 WHERE key = ?1 OR target = ?1",
        "UPDATE topic_form SET topic = ?2 WHERE topic = ?1",
        "INSERT OR IGNORE INTO topic_name SELECT name, ?2 FROM topic_name WHERE topic = ?1",
        "INSERT OR IGNORE INTO topic_later SELECT ?2, entry FROM topic_entry WHERE topic = ?1",
    ] {
        run(db, sql, [from, into])?;
    }
    run(db, "DELETE FROM topic_name WHERE topic = ?1", [from])?;
    run(db, "DELETE FROM topic_later WHERE topic = ?1", [from])?;
    run(db, "UPDATE topic SET entry = NULL WHERE key = ?1", [from])
}

/// The entries that have a topic.
pub(super) fn entries(db: &Connection, topic: TopicId) -> Result<Vec<Key>> {
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

/// Forgets that an entry has a topic, or any that was merged into it.
pub(super) fn unlink(db: &Connection, topic: TopicId, entry: Key) -> Result<()> {
    for sql in [
        "DELETE FROM topic_later WHERE entry = ?2
            AND topic = (SELECT coalesce(target, key) FROM topic WHERE key = ?1)",
        "UPDATE topic SET entry = NULL WHERE entry = ?2
            AND key = (SELECT coalesce(target, key) FROM topic WHERE key = ?1)",
    ] {
        run(db, sql, (topic, entry))?;
    }
    Ok(())
}

/// A topic of an entry, or what it was merged into.
#[derive(Debug, Clone)]
pub(super) struct Rooted {
    pub(super) key: TopicId,
    pub(super) label: String,
    pub(super) kind: TopicKind,
    pub(super) banned: bool,
}

/// The topics that these are or were merged into, one for each.
pub(super) fn rooted(db: &Connection, topics: &TopicsColumn) -> Result<Vec<Rooted>> {
    let sql = "
        SELECT r.key, r.label, r.kind, r.banned
        FROM topic t JOIN topic r ON r.key = coalesce(t.target, t.key) WHERE t.key = ?1";
    let mut query = db.prepare_cached(sql)?;
    let row = |row: &Row<'_>| {
        let KindColumn(kind) = row.get(2)?;
        Ok(Rooted {
            key: row.get(0)?,
            label: row.get(1)?,
            kind,
            banned: row.get(3)?,
        })
    };
    let topics = topics.0.iter();
    topics.map(|topic| query.query_row([topic], row)).collect()
}

/// Those that entries show, none twice, and which of all each is.
pub(super) fn shown(rooted: &[Rooted]) -> Vec<(usize, &Rooted)> {
    let mut shown: Vec<(usize, &Rooted)> = Vec::with_capacity(rooted.len());
    for (at, topic) in rooted.iter().enumerate() {
        let same =
            |(_, other): &(usize, &Rooted)| other.key == topic.key || other.label == topic.label;
        if !topic.banned && !shown.iter().any(same) {
            shown.push((at, topic));
        }
    }
    shown
}

/// Makes the topics of a digest, which are these, what entries show: under the
/// registry's labels, none twice, banned ones out. Tells which they are.
pub(super) fn resolve(
    db: &Connection,
    topics: &TopicsColumn,
    stated: &mut Vec<Topic>,
) -> Result<Vec<TopicId>> {
    let rooted = rooted(db, topics)?;
    let mut before: Vec<Option<Topic>> = std::mem::take(stated).into_iter().map(Some).collect();
    let mut keys = Vec::with_capacity(rooted.len());
    for (at, root) in shown(&rooted) {
        let Some(mut topic) = before.get_mut(at).and_then(Option::take) else {
            continue;
        };
        topic.label.clone_from(&root.label);
        topic.kind = root.kind;
        stated.push(topic);
        keys.push(root.key);
    }
    Ok(keys)
}
