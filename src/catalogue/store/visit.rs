//! Looking into the catalogue beside the process that has it, and leaving
//! decisions there for that process to apply.

use super::{
    Catalogue, FILE, StoreError,
    query::{many, one, run},
    schema, seal,
    topic_rows::{self as rows, TopicRow, TopicsColumn},
};
use crate::{
    catalogue::{
        Record, Slug,
        subject::Subject,
        topics::{Family, TopicDecision, TopicId},
    },
    entry::{Topic, TopicKind},
};
use rusqlite::{Connection, OptionalExtension as _, Result};
use std::{
    cmp::Reverse,
    collections::{HashMap, HashSet},
    path::{Path, PathBuf},
};

/// Somebody who looks into the catalogue without having it.
#[derive(Debug)]
pub struct Visitor {
    pub(super) db: Connection,
    file: PathBuf,
}

/// A topic of the registry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListedTopic {
    /// Which one it is.
    pub id: TopicId,
    /// As entries show it.
    pub label: String,
    /// What kind of thing it is.
    pub kind: TopicKind,
    /// Its name in addresses, by which its feed is first found.
    pub slug: Slug,
    /// The folder of its feed in the feeds folder, if it has one.
    pub feed: Option<String>,
    /// Whether the owner wants it shown nowhere.
    pub banned: bool,
    /// How many entries show it.
    pub articles: usize,
    /// What else means it in articles, in alphabetical order.
    pub forms: Vec<String>,
}

impl Visitor {
    /// Opens the catalogue in this folder beside whoever has it. Nothing is
    /// given where there is none.
    ///
    /// # Errors
    ///
    /// When the database cannot be used, or an older program has it.
    pub fn open(folder: &Path) -> Result<Option<Self>, StoreError> {
        let file = folder.join(FILE);
        if !file.exists() {
            return Ok(None);
        }
        if let Some(db) = schema::visit(&file)? {
            return Ok(Some(Self { db, file }));
        }
        // Whoever has it brings it up to date.
        drop(Catalogue::open(folder)?);
        Ok(schema::visit(&file)?.map(|db| Self { db, file }))
    }

    /// The topics that entries show and those that are banned, when an entry
    /// shows `most`: first those that many show.
    ///
    /// # Errors
    ///
    /// When the database cannot be read.
    pub fn topics(&self, most: usize) -> Result<Vec<ListedTopic>, StoreError> {
        list(&self.db, most).map_err(self.explain())
    }

    /// The topics that somebody may mean by this name: a label or another form.
    ///
    /// # Errors
    ///
    /// When the database cannot be read.
    pub fn called(&self, name: &str) -> Result<Vec<ListedTopic>, StoreError> {
        called(&self.db, name).map_err(self.explain())
    }

    /// The other topic that keeps this one from being called so, if there is
    /// one.
    ///
    /// # Errors
    ///
    /// When the database cannot be read.
    pub fn taken(&self, topic: TopicId, label: &str) -> Result<Option<ListedTopic>, StoreError> {
        let other = || -> Result<Option<ListedTopic>> {
            let Some(row) = rows::root(&self.db, topic)? else {
                return Ok(None);
            };
            let other = rows::taken(&self.db, &row, &Topic::folded(label))?;
            let other = other
                .map(|other| rows::topic(&self.db, other))
                .transpose()?;
            Ok(other.map(|row| named(row, 0)))
        };
        other().map_err(self.explain())
    }

    /// How many entries show something else after this decision, when an entry
    /// shows `most` topics.
    ///
    /// # Errors
    ///
    /// When the database cannot be read.
    pub fn affected(&self, decision: &TopicDecision, most: usize) -> Result<usize, StoreError> {
        affected(&self.db, decision, most).map_err(self.explain())
    }

    /// Leaves a decision for the process that has the catalogue, or will have
    /// it next. On return it is on the disk.
    ///
    /// # Errors
    ///
    /// When the database cannot be written.
    ///
    /// # Panics
    ///
    /// Never: every decision can be written as JSON.
    pub fn ask(&mut self, decision: impl Into<Record>) -> Result<(), StoreError> {
        let record = serde_json::to_string(&decision.into());
        let record = record.expect("a decision has no maps and no own writers");
        let sql = "INSERT INTO pending (record) VALUES (?1)";
        seal::remove(&self.file)?;
        run(&self.db, sql, [record]).map_err(self.explain())
    }

    /// Whether what was left is still to be applied.
    ///
    /// # Errors
    ///
    /// When the database cannot be read.
    pub fn is_waiting(&self) -> Result<bool, StoreError> {
        is_any_pending(&self.db).map_err(self.explain())
    }

    pub(super) fn explain(&self) -> impl FnOnce(rusqlite::Error) -> StoreError + '_ {
        |source| StoreError::database(&self.file, source)
    }
}

/// Whether there is anything to apply.
pub(super) fn is_any_pending(db: &Connection) -> Result<bool> {
    let mut query = db.prepare_cached("SELECT EXISTS (SELECT 1 FROM pending)")?;
    query.query_row([], |row| row.get(0))
}

/// What there is to apply, in order, and what of it this program cannot read,
/// which is of no use to it ever. All of it is then forgotten.
pub(super) fn take_pending(db: &Connection) -> Result<(Vec<Record>, Vec<String>)> {
    let sql = "SELECT record FROM pending ORDER BY seq";
    let pending: Vec<String> = many(db, sql, [], |row| row.get(0))?;
    run(db, "DELETE FROM pending", [])?;
    let (mut records, mut unreadable) = (Vec::new(), Vec::new());
    for pending in pending {
        match serde_json::from_str(&pending) {
            Ok(record) => records.push(record),
            Err(_) => unreadable.push(pending),
        }
    }
    Ok((records, unreadable))
}

/// What the owner decided until now, as far as it says what entries show.
struct Decided {
    /// By a merged topic, what it was merged into.
    targets: HashMap<TopicId, TopicId>,
    banned: HashSet<TopicId>,
}

impl Decided {
    fn read(db: &Connection) -> Result<Self> {
        let targets = "SELECT key, target FROM topic WHERE target IS NOT NULL";
        let targets = many(db, targets, [], |row| Ok((row.get(0)?, row.get(1)?)))?;
        let banned = many(db, "SELECT key FROM topic WHERE banned", [], |row| {
            row.get(0)
        })?;
        Ok(Self {
            targets: targets.into_iter().collect(),
            banned: banned.into_iter().collect(),
        })
    }

    /// The first `most` topics that an entry with these shows.
    fn shown(&self, topics: &TopicsColumn, most: usize) -> Vec<TopicId> {
        let mut shown = Vec::with_capacity(most.min(topics.0.len()));
        for topic in &topics.0 {
            let topic = self.targets.get(topic).unwrap_or(topic);
            if shown.len() < most && !self.banned.contains(topic) && !shown.contains(topic) {
                shown.push(*topic);
            }
        }
        shown
    }

    /// The same after a decision about these topics.
    fn after(mut self, decision: &TopicDecision, about: &[TopicId], into: TopicId) -> Self {
        match decision {
            TopicDecision::Rename { .. } => {}
            TopicDecision::Ban { .. } => self.banned.extend(about),
            TopicDecision::Allow { .. } => self.banned.retain(|topic| !about.contains(topic)),
            TopicDecision::Merge { .. } => {
                for target in self.targets.values_mut() {
                    if about.contains(target) {
                        *target = into;
                    }
                }
                let about = about.iter().filter(|topic| **topic != into);
                self.targets.extend(about.map(|topic| (*topic, into)));
            }
        }
        self
    }
}

/// The topics of entries that feeds show.
const SHOWN: &str = "
    SELECT topics FROM entry e WHERE withdrawn IS NULL
        AND NOT EXISTS (SELECT 1 FROM retraction r WHERE r.id = e.id)";

fn list(db: &Connection, most: usize) -> Result<Vec<ListedTopic>> {
    let decided = Decided::read(db)?;
    let mut counts: HashMap<TopicId, usize> = HashMap::new();
    let mut entries = db.prepare(SHOWN)?;
    let mut entries = entries.query([])?;
    while let Some(row) = entries.next()? {
        for topic in decided.shown(&row.get(0)?, most) {
            *counts.entry(topic).or_default() += 1;
        }
    }
    let sql = "SELECT key, label, kind, slug, banned, settled FROM topic WHERE target IS NULL";
    let mut listed: Vec<ListedTopic> = Vec::new();
    let mut at: HashMap<TopicId, usize> = HashMap::new();
    let mut topics = db.prepare(sql)?;
    let mut topics = topics.query([])?;
    while let Some(row) = topics.next()? {
        let row = rows::topic_row(row)?;
        let articles = counts.get(&row.key).copied().unwrap_or_default();
        if articles > 0 || row.banned {
            at.insert(row.key, listed.len());
            listed.push(named(row, articles));
        }
    }
    let mut forms =
        db.prepare("SELECT topic, written FROM topic_form WHERE written IS NOT NULL")?;
    let mut forms = forms.query([])?;
    while let Some(row) = forms.next()? {
        if let Some(at) = at.get(&row.get(0)?) {
            listed[*at].forms.push(row.get(1)?);
        }
    }
    let mut feeds = db.prepare("SELECT folder FROM channel WHERE subject = ?1")?;
    for topic in &mut listed {
        let feed = feeds.query_row([Subject::topic(topic.id)], |row| row.get(0));
        topic.feed = feed.optional()?;
        let label = Topic::folded(&topic.label);
        topic.forms.retain(|form| Topic::folded(form) != label);
        topic.forms.sort_unstable();
        topic.forms.dedup();
    }
    listed.sort_by_cached_key(|topic| {
        let label = Topic::folded(&topic.label);
        (Reverse(topic.articles), label, topic.id)
    });
    Ok(listed)
}

fn named(row: TopicRow, articles: usize) -> ListedTopic {
    ListedTopic {
        id: row.key,
        label: row.label,
        kind: row.kind,
        slug: row.slug,
        feed: None,
        banned: row.banned,
        articles,
        forms: Vec::new(),
    }
}

fn called(db: &Connection, name: &str) -> Result<Vec<ListedTopic>> {
    let form = Topic::folded(name);
    let mut keys: Vec<TopicId> = Vec::new();
    for (family, topic) in rows::of_form(db, &form)? {
        if family != Family::Slug && !keys.contains(&topic) {
            keys.push(topic);
        }
    }
    if keys.is_empty() {
        keys = rows::named(db, &form, &[])?;
    }
    let mut found: Vec<TopicRow> = Vec::new();
    for key in keys {
        found.push(rows::topic(db, key)?);
    }
    // Of those that have it for a form, the one that is called so is meant.
    let labeled = |row: &TopicRow| Topic::folded(&row.label) == form;
    if found.iter().any(labeled) {
        found.retain(labeled);
    }
    Ok(found.into_iter().map(|row| named(row, 0)).collect())
}

fn affected(db: &Connection, decision: &TopicDecision, most: usize) -> Result<usize> {
    let (about, into) = match decision {
        TopicDecision::Merge { from, into } => (&from[..], into),
        TopicDecision::Rename { topic, .. }
        | TopicDecision::Ban { topic }
        | TopicDecision::Allow { topic } => (std::slice::from_ref(topic), topic),
    };
    let Some(into) = rows::root(db, *into)? else {
        return Ok(0);
    };
    let (mut topics, mut entries) = (Vec::new(), Vec::new());
    for topic in about {
        topics.extend(rows::root(db, *topic)?.map(|row| row.key));
    }
    for topic in &topics {
        entries.extend(rows::entries(db, *topic)?);
    }
    entries.sort_unstable();
    entries.dedup();
    let before = Decided::read(db)?;
    let after = Decided::read(db)?.after(decision, &topics, into.key);
    let renamed = matches!(decision, TopicDecision::Rename { .. });
    let mut affected = 0;
    for entry in entries {
        let sql = format!("{SHOWN} AND key = ?1");
        let Some(topics) = one(db, &sql, [entry], |row| row.get::<_, TopicsColumn>(0))? else {
            continue;
        };
        let (before, after) = (before.shown(&topics, most), after.shown(&topics, most));
        let is_renamed = renamed && before.contains(&into.key);
        affected += usize::from(is_renamed || before != after);
    }
    Ok(affected)
}
