//! What becomes of feeds when topics are called otherwise, merged, banned or
//! allowed again.
//!
//! The feed of a topic that the owner renames moves, and so does that of the
//! speaker it is. One that is merged into another becomes the other's. A banned
//! topic keeps its feed, which nothing leads to and which has no entries until
//! the topic is allowed again: whoever subscribed to it need not notice.

use super::{
    apply::Pass, channels, dues, members, place::Touch, subjects, topic_rows, topics::Renamed,
};
use crate::{
    catalogue::{Due, subject::Subject},
    channel::Scope,
    entry::{Topic, TopicKind},
};
use rusqlite::Result;
use std::mem;

impl Pass<'_> {
    /// Carries out what follows from the registry's being otherwise.
    pub(super) fn relabel(&mut self) -> Result<()> {
        for renamed in mem::take(&mut self.topics.renamed) {
            self.follow(&renamed)?;
        }
        for topic in mem::take(&mut self.topics.changed) {
            // It may be told of in the lists of feeds now, or no longer.
            if channels::key_of(self.db, Subject::topic(topic))?.is_some() {
                dues::mark(self.db, &Due::Lists)?;
            }
            for entry in topic_rows::entries(self.db, topic)? {
                self.shown = true;
                self.touch_changed(entry);
            }
        }
        for topic in mem::take(&mut self.topics.refined) {
            for entry in topic_rows::entries(self.db, topic)? {
                self.touch_changed(entry);
            }
        }
        Ok(())
    }

    fn touch_changed(&mut self, entry: i64) {
        let changed = Touch {
            changed: true,
            ..Touch::default()
        };
        self.touch(entry, changed);
    }

    fn follow(&mut self, renamed: &Renamed) -> Result<()> {
        let label = topic_rows::topic(self.db, renamed.to)?.label;
        if renamed.from == renamed.to {
            self.move_feed(Subject::topic(renamed.to), &label, renamed.by_owner)?;
        } else {
            let [from, to] = [renamed.from, renamed.to].map(Subject::topic);
            channels::merge(self.db, from, to)?;
        }
        if renamed.kind == TopicKind::Person {
            self.follow_speaker(renamed, &label)?;
        }
        Ok(())
    }

    /// Gives the feed of a subject its new name, and its place if the owner
    /// gave it.
    fn move_feed(&self, subject: Subject, label: &str, by_owner: bool) -> Result<()> {
        match channels::of(self.db, subject)? {
            Some(channel) if by_owner => channels::rename(self.db, &channel, label),
            Some(channel) => channels::changed(self.db, channel.key),
            None => Ok(()),
        }
    }

    /// Somebody who is quoted is called as the topic is.
    fn follow_speaker(&mut self, renamed: &Renamed, label: &str) -> Result<()> {
        let (old, new) = (Topic::folded(&renamed.label), Topic::folded(label));
        let Some(from) = subjects::find(self.db, Scope::Speaker, &old)? else {
            return Ok(());
        };
        for entry in members::entries(self.db, from)? {
            self.touch_changed(entry);
        }
        match subjects::find(self.db, Scope::Speaker, &new)? {
            Some(into) if into != from => channels::merge(self.db, from, into),
            _ => {
                subjects::rename(self.db, from, &new, label)?;
                self.move_feed(from, label, renamed.by_owner)
            }
        }
    }
}
