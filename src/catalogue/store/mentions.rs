//! The statements that every mention of a topic costs. They are kept at hand
//! while records are applied: to look for them each time took a tenth of all.

use super::{
    form_key::{self, FormKey},
    topic_rows::KindColumn,
};
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
        let of_forms = "SELECT key, topic FROM topic_form WHERE key BETWEEN ?1 AND ?2";
        let insert = "INSERT INTO topic (label, kind, entry) VALUES (?1, ?2, ?3)";
        let add_form = "INSERT OR IGNORE INTO topic_form (key, topic, written) VALUES (?1, ?2, ?3)";
        let link = "INSERT OR IGNORE INTO topic_later VALUES (?1, ?2)";
        Ok(Self {
            db,
            of_forms: db.prepare_cached(of_forms)?,
            insert: db.prepare_cached(insert)?,
            add_form: db.prepare_cached(add_form)?,
            link: db.prepare_cached(link)?,
        })
    }

    /// The topics that have this form.
    pub(super) fn of_form(&mut self, form: &str) -> Result<Rows> {
        self.of_forms(FormKey::of(form), false)
            .map(|[rows, _]| rows)
    }

    /// The topics that have this form, and those that have it with an "s" more
    /// or less.
    pub(super) fn of_forms(&mut self, form: FormKey, in_any_number: bool) -> Result<[Rows; 2]> {
        let same = form.rows();
        let all = if in_any_number {
            form.in_any_number()
        } else {
            same.clone()
        };
        let mut found = [Vec::new(), Vec::new()];
        let mut rows = self.of_forms.query([all.start(), all.end()])?;
        while let Some(row) = rows.next()? {
            let key = row.get(0)?;
            let other = !same.contains(&key);
            found[usize::from(other)].push((form_key::family(key), row.get(1)?));
        }
        Ok(found)
    }

    /// Adds a topic that this entry is the first to have, with this label, which
    /// is written so. `alone` says whether nothing else has the label for a form.
    pub(super) fn insert(
        &mut self,
        entry: Key,
        (label, written): (&str, &str),
        kind: TopicKind,
        alone: bool,
    ) -> Result<TopicId> {
        self.insert.execute((written, KindColumn(kind), entry))?;
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
        let key = FormKey::of(form).in_family(family);
        Ok(self.add_form.execute((key, topic, written))? > 0)
    }

    /// Notes that an entry has a topic that others had before.
    pub(super) fn link(&mut self, topic: TopicId, entry: Key) -> Result<()> {
        self.link.execute((topic, entry)).map(drop)
    }
}
