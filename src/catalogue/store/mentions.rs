//! The statements that every mention of a topic costs. They are kept at hand
//! while records are applied: to look for them each time took a tenth of all.

use super::topic_rows::{KindColumn, TopicsColumn, family};
use crate::{
    catalogue::{
        rules::Key,
        slug,
        topics::{Family, TopicId},
    },
    entry::TopicKind,
};
use rusqlite::{CachedStatement, Connection, Result};

pub(super) struct Mentions<'db> {
    db: &'db Connection,
    of_forms: CachedStatement<'db>,
    insert: CachedStatement<'db>,
    add_form: CachedStatement<'db>,
    link: CachedStatement<'db>,
}

/// The topics that have a form, at most one a family.
pub(super) type Rows = Vec<(Family, TopicId)>;

impl<'db> Mentions<'db> {
    pub(super) fn new(db: &'db Connection) -> Result<Self> {
        // Forms that are looked for together lie near each other.
        let of_forms = "
            SELECT 0, family, topic FROM topic_form WHERE form = ?1
            UNION ALL SELECT 1, family, topic FROM topic_form WHERE form = ?2";
        let add_form = "
            INSERT OR IGNORE INTO topic_form (form, family, topic, written)
            VALUES (?1, ?2, ?3, ?4)";
        let link = "INSERT OR IGNORE INTO topic_entry VALUES (?1, ?2)";
        Ok(Self {
            db,
            of_forms: db.prepare_cached(of_forms)?,
            insert: db.prepare_cached("INSERT INTO topic (label, kind) VALUES (?1, ?2)")?,
            add_form: db.prepare_cached(add_form)?,
            link: db.prepare_cached(link)?,
        })
    }

    /// The topics that have this form.
    pub(super) fn of_form(&mut self, form: &str) -> Result<Rows> {
        self.of_forms(form, None).map(|[rows, _]| rows)
    }

    /// The topics that have these forms.
    pub(super) fn of_forms(&mut self, form: &str, other: Option<&str>) -> Result<[Rows; 2]> {
        let mut found = [Vec::new(), Vec::new()];
        let mut rows = self.of_forms.query((form, other))?;
        while let Some(row) = rows.next()? {
            let other: bool = row.get(0)?;
            found[usize::from(other)].push((family(row.get(1)?), row.get(2)?));
        }
        Ok(found)
    }

    /// Adds a topic with this label, which is written so. `alone` says whether
    /// nothing else has the label for a form.
    pub(super) fn insert(
        &mut self,
        label: &str,
        written: &str,
        kind: TopicKind,
        alone: bool,
    ) -> Result<TopicId> {
        self.insert.execute((written, KindColumn(kind)))?;
        let topic = TopicId(self.db.last_insert_rowid());
        if !alone {
            let mut nth = 2;
            let slug = loop {
                let slug = slug::slug(label, nth);
                if self.add_form(topic, Family::Slug, &slug.0, None)? {
                    break slug;
                }
                nth += 1;
            };
            let sql = "UPDATE topic SET slug = ?2 WHERE key = ?1";
            self.db.prepare_cached(sql)?.execute((topic, slug.0))?;
        }
        self.add_form(topic, Family::of(kind), label, None)?;
        Ok(topic)
    }

    /// Gives a topic a form, which is written so if it is not its label.
    /// Returns whether no other of its family has it.
    pub(super) fn add_form(
        &mut self,
        topic: TopicId,
        family: Family,
        form: &str,
        written: Option<&str>,
    ) -> Result<bool> {
        let added = self
            .add_form
            .execute((form, family as i64, topic, written))?;
        Ok(added > 0)
    }

    /// Notes that an entry has these topics.
    pub(super) fn link(&mut self, topics: &TopicsColumn, entry: Key) -> Result<()> {
        for topic in &topics.0 {
            self.link.execute((topic, entry))?;
        }
        Ok(())
    }
}
