//! The registry of topics: what articles mention is joined to what is
//! registered, and what the owner decides is carried out.

use super::{
    form_key::FormKey,
    mentions::Mentions,
    rows as entries,
    topic_rows::{self as rows, TopicRow, TopicsColumn},
};
use crate::{
    catalogue::{
        rules::Key,
        topics::{self, Family, Mention, TopicDecision, TopicId},
    },
    entry::{Digest, Topic, TopicKind},
};
use rusqlite::{Connection, Result};

/// The topics of articles, found or added in order.
pub(super) struct Registry<'db> {
    db: &'db Connection,
    mentions: Mentions<'db>,
    /// The topics that the article added.
    added: Vec<TopicId>,
    /// Topics of which entries show another label than before, or none.
    pub(super) changed: Vec<TopicId>,
    /// Topics of which another kind is known than before.
    pub(super) refined: Vec<TopicId>,
    /// Topics that are called otherwise than before, or are another one now.
    pub(super) renamed: Vec<Renamed>,
}

/// A topic that is called otherwise, or is another one now.
pub(super) struct Renamed {
    pub(super) from: TopicId,
    /// The same, or the one that it was merged into.
    pub(super) to: TopicId,
    /// What it was called.
    pub(super) label: String,
    pub(super) kind: TopicKind,
    /// Whether the owner gave it its name, rather than an article.
    pub(super) by_owner: bool,
}

/// How a mention was recognized.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum By {
    /// A topic of this family has its label for a form.
    Label(Family),
    /// It has a form or a name in common with a topic.
    Other,
}

impl<'db> Registry<'db> {
    pub(super) fn new(db: &'db Connection) -> Result<Self> {
        Ok(Self {
            db,
            mentions: Mentions::new(db)?,
            added: Vec::new(),
            changed: Vec::new(),
            refined: Vec::new(),
            renamed: Vec::new(),
        })
    }

    /// The registered topics that an entry's are, one for each. From now on it
    /// has them, and no longer those before.
    pub(super) fn of(
        &mut self,
        entry: Key,
        digest: &Digest,
        before: &TopicsColumn,
    ) -> Result<TopicsColumn> {
        let mut found = Vec::with_capacity(digest.topics.len());
        self.added.clear();
        for topic in &digest.topics {
            let topic = self.topic(entry, topic, digest.language.as_deref(), &found)?;
            found.push(topic);
        }
        for topic in before.0.iter().filter(|topic| !found.contains(topic)) {
            rows::unlink(self.db, *topic, entry)?;
        }
        // Anew for those before, since what was unlinked may be what one of them
        // was merged into.
        for topic in found.iter().filter(|topic| !self.added.contains(topic)) {
            self.mentions.link(*topic, entry)?;
        }
        Ok(TopicsColumn(found))
    }

    /// Whether the article that was looked at last is the first to have a topic.
    pub(super) fn is_new(&self, topic: TopicId) -> bool {
        self.added.contains(&topic)
    }

    /// Notes that other articles may have any topic from now on.
    pub(super) fn none_is_new(&mut self) {
        self.added.clear();
    }

    /// Notes that an entry has these topics, which others had before.
    pub(super) fn link(&mut self, entry: Key, topics: &TopicsColumn) -> Result<()> {
        let mut topics = topics.0.iter();
        topics.try_for_each(|topic| self.mentions.link(*topic, entry))
    }

    /// The topic that is mentioned, in an article that has mentioned these.
    fn topic(
        &mut self,
        entry: Key,
        topic: &Topic,
        language: Option<&str>,
        before: &[TopicId],
    ) -> Result<TopicId> {
        let mention = Mention::of(topic);
        let family = Family::of(topic.kind);
        let any_number = mention.has_other_number(language);
        let key = FormKey::of(&mention.label);
        let [same, near] = self.mentions.of_forms(key, any_number)?;
        let Some((known, by)) = self.known(&mention, &same, &near, before)? else {
            let alone = same.is_empty();
            let label = (&*mention.label, &*topic.label);
            let added = self.mentions.insert(entry, label, topic.kind, alone)?;
            self.added.push(added);
            self.learn(added, family, &mention)?;
            return Ok(added);
        };
        if by == By::Label(family) {
            // Its label tells nothing new.
            if !topic.forms.is_empty() {
                self.learn(known, family, &mention)?;
            }
        } else if by == By::Other || topic.kind != TopicKind::Other {
            self.refine(known, &mention)?;
        }
        Ok(known)
    }

    /// The registered topic that is mentioned, if there is one: the surest
    /// evidence first.
    fn known(
        &mut self,
        mention: &Mention<'_>,
        same: &[(Family, TopicId)],
        near: &[(Family, TopicId)],
        before: &[TopicId],
    ) -> Result<Option<(TopicId, By)>> {
        if let Some((family, known)) = mention.by_label(same) {
            // Somebody called Price is no price.
            let open = mention.is_person() && family == Family::Open;
            if !open || rows::topic(self.db, known)?.kind == TopicKind::Other {
                return Ok(Some((known, By::Label(family))));
            }
        }
        for (form, _) in &mention.forms {
            if let Some(known) = mention.by_form(&self.mentions.of_form(form)?) {
                return Ok(Some((known, By::Other)));
            }
        }
        let known = if mention.is_person() {
            self.person(mention, before)?
        } else {
            mention.by_form(near)
        };
        Ok(known.map(|known| (known, By::Other)))
    }

    /// The one registered person who may be called so.
    fn person(&mut self, mention: &Mention<'_>, before: &[TopicId]) -> Result<Option<TopicId>> {
        // Somebody with a longer name.
        if let [one] = rows::named(self.db, &mention.label, before)?[..] {
            return Ok(Some(one));
        }
        let Some((first, last)) = mention.ends() else {
            return Ok(None);
        };
        let mut person = |name: &str| -> Result<Option<TopicId>> {
            let rows = self.mentions.of_form(name)?;
            let person = rows.iter().find(|(family, _)| *family == Family::Person);
            Ok(person.map(|(_, topic)| *topic))
        };
        // Somebody without the names in the middle.
        let short = format!("{first} {last}");
        if short != mention.label
            && let Some(one) = person(&short)?
        {
            // Not somebody with others in the middle, who is also called so.
            let known = Topic::folded(&rows::topic(self.db, one)?.label);
            return Ok((known == short).then_some(one));
        }
        // Somebody of whom nothing but the last name was known until now.
        let Some(lone) = person(&last)? else {
            return Ok(None);
        };
        let known = rows::topic(self.db, lone)?;
        let others = rows::named(self.db, &last, before)?;
        if Topic::folded(&known.label) != last || others.iter().any(|other| *other != lone) {
            return Ok(None);
        }
        if !known.settled {
            self.promote(&known, mention)?;
        }
        Ok(Some(lone))
    }

    /// Gives somebody the full name, for all entries.
    fn promote(&mut self, known: &TopicRow, mention: &Mention<'_>) -> Result<()> {
        // Others may have the last name, too.
        let last = Topic::folded(&known.label);
        rows::move_form(self.db, known.key, &last, [Family::Person, Family::Slug])?;
        let label = &mention.topic.label;
        rows::relabel(self.db, known, label)?;
        self.mentions
            .add_form(known.key, Family::Person, &mention.label, Some(label))?;
        self.learn(known.key, Family::Person, mention)?;
        self.changed.push(known.key);
        self.note(known, known.key, false);
        Ok(())
    }

    /// Notes what a mention tells of a topic that is known by something else.
    fn refine(&mut self, known: TopicId, mention: &Mention<'_>) -> Result<()> {
        let mut row = rows::topic(self.db, known)?;
        let (label, kind) = (Topic::folded(&row.label), mention.topic.kind);
        if row.kind == TopicKind::Other && kind != TopicKind::Other {
            rows::set_kind(self.db, known, kind)?;
            row.kind = kind;
            if Family::of(kind) != Family::Open {
                rows::move_form(self.db, known, &label, [Family::Open, Family::of(kind)])?;
            }
            self.refined.push(known);
        }
        let family = Family::of(row.kind);
        if mention.is_person() != (family == Family::Person) {
            return Ok(());
        }
        if topics::is_certain(&mention.label, &label, row.kind) {
            let written = &mention.topic.label;
            self.mentions
                .add_form(known, family, &mention.label, Some(written))?;
        }
        self.learn(known, family, mention)
    }

    /// Notes by which other forms and names a topic is known.
    fn learn(&mut self, topic: TopicId, family: Family, mention: &Mention<'_>) -> Result<()> {
        for (form, written) in &mention.forms {
            self.mentions.add_form(topic, family, form, Some(written))?;
        }
        if family == Family::Person {
            for name in mention.names() {
                rows::add_name(self.db, topic, &name)?;
            }
        }
        Ok(())
    }

    /// Carries a decision out. Returns whether it changed anything.
    pub(super) fn decide(&mut self, decision: &TopicDecision) -> Result<bool> {
        match decision {
            TopicDecision::Rename { topic, label } => {
                let Some(row) = rows::root(self.db, *topic)? else {
                    return Ok(false);
                };
                self.rename(&row, label.trim())
            }
            TopicDecision::Merge { from, into } => {
                let Some(into) = rows::root(self.db, *into)? else {
                    return Ok(false);
                };
                let mut merged = false;
                for from in from {
                    // One that was merged before is the one it went into.
                    if let Some(from) = rows::root(self.db, *from)?
                        && from.key != into.key
                    {
                        rows::merge(self.db, &from, into.key)?;
                        self.note(&from, into.key, true);
                        merged = true;
                    }
                }
                if merged {
                    rows::settle(self.db, into.key)?;
                    self.changed.push(into.key);
                }
                Ok(merged)
            }
            TopicDecision::Ban { topic } => self.ban(*topic, true),
            TopicDecision::Allow { topic } => self.ban(*topic, false),
        }
    }

    /// Calls topics otherwise that have this label. Articles that say `form` come
    /// with the other label from now on, which may lead back to the topic: an
    /// "s" more makes no other one.
    pub(super) fn alias(&mut self, form: &str, label: &str) -> Result<()> {
        let form = Topic::folded(form);
        for (_, known) in rows::of_form(self.db, &form)? {
            let row = rows::topic(self.db, known)?;
            if Topic::folded(&row.label) == form {
                self.rename(&row, label.trim())?;
            }
        }
        Ok(())
    }

    fn rename(&mut self, row: &TopicRow, label: &str) -> Result<bool> {
        let (old, new) = (Topic::folded(&row.label), Topic::folded(label));
        let family = Family::of(row.kind);
        if label == row.label || new.is_empty() || rows::taken(self.db, row, &new)?.is_some() {
            return Ok(false);
        }
        rows::relabel(self.db, row, label)?;
        rows::settle(self.db, row.key)?;
        self.mentions
            .add_form(row.key, family, &old, Some(&row.label))?;
        self.mentions.add_form(row.key, family, &new, Some(label))?;
        if family == Family::Person {
            for name in topics::names(label) {
                rows::add_name(self.db, row.key, &name)?;
            }
        }
        self.changed.push(row.key);
        self.note(row, row.key, true);
        Ok(true)
    }

    fn note(&mut self, before: &TopicRow, to: TopicId, by_owner: bool) {
        self.renamed.push(Renamed {
            from: before.key,
            to,
            label: before.label.clone(),
            kind: before.kind,
            by_owner,
        });
    }

    fn ban(&mut self, topic: TopicId, banned: bool) -> Result<bool> {
        let row = rows::root(self.db, topic)?;
        let Some(row) = row.filter(|row| row.banned != banned) else {
            return Ok(false);
        };
        rows::ban(self.db, row.key, banned)?;
        self.changed.push(row.key);
        Ok(true)
    }
}

/// Registers the topics of all entries there are, oldest first: for a catalogue
/// from before there was a registry.
pub(super) fn fill(db: &Connection) -> Result<()> {
    let mut registry = Registry::new(db)?;
    let mut last = 0;
    while let Some((entry, digest)) = entries::next_digest(db, last)? {
        let topics = registry.of(entry, &digest, &TopicsColumn::default())?;
        entries::set_topics(db, entry, &topics)?;
        last = entry;
    }
    Ok(())
}
