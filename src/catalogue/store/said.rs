//! What an article says that tells where its entry belongs: its topics, and who
//! is quoted in it by name.

use super::topic_rows::{self, Rooted, TopicsColumn};
use crate::{
    catalogue::{
        speakers::{self, Person},
        topics::{Family, TopicId},
    },
    entry::{Digest, Topic, TopicKind},
};
use rusqlite::{Connection, Result};

/// What tells where an entry belongs.
#[derive(Debug, Default)]
pub(super) struct Said {
    /// The topics that it may show, in order.
    pub(super) topics: Vec<TopicId>,
    /// The names of those who are quoted.
    pub(super) speakers: Vec<String>,
    /// The name of who said the lead quotation.
    pub(super) lead: Option<String>,
}

impl Said {
    /// What a digest says whose topics are these.
    pub(super) fn of(db: &Connection, digest: &Digest, topics: &TopicsColumn) -> Result<Self> {
        let rooted = topic_rows::rooted(db, topics)?;
        let quotes = digest.quotes.iter();
        let quoted = quotes.filter_map(|quote| quote.speaker.as_ref());
        let lead = digest.lead_quote.as_ref();
        let lead = lead.and_then(|lead| lead.speaker.as_ref());
        let mut said = Self::default();
        let mut seen: Vec<(&str, Option<String>)> = Vec::new();
        if lead.is_some() || digest.quotes.iter().any(|quote| quote.speaker.is_some()) {
            let known = Known::of(db, digest, &rooted);
            for speaker in quoted.chain(lead) {
                if seen.iter().all(|(other, _)| *other != speaker.0) {
                    seen.push((&speaker.0, known.name(&speaker.0)?));
                }
            }
        }
        let of_lead = seen
            .iter()
            .find(|(other, _)| Some(*other) == lead.map(|lead| &*lead.0));
        said.lead = of_lead.and_then(|(_, name)| name.clone());
        said.speakers = seen.into_iter().filter_map(|(_, name)| name).collect();
        let shown = topic_rows::shown(&rooted);
        said.topics = shown.into_iter().map(|(_, topic)| topic.key).collect();
        Ok(said)
    }
}

/// Whom each quotation of a digest whose topics are these is of, as feeds call
/// them; those who have no name are left out.
pub(super) fn quoted(
    db: &Connection,
    digest: &Digest,
    topics: &TopicsColumn,
) -> Result<Vec<String>> {
    let speakers = || {
        digest
            .quotes
            .iter()
            .filter_map(|quote| quote.speaker.as_ref())
    };
    if speakers().next().is_none() {
        return Ok(Vec::new());
    }
    let rooted = topic_rows::rooted(db, topics)?;
    let known = Known::of(db, digest, &rooted);
    let names = speakers().map(|speaker| known.name(&speaker.0));
    names.filter_map(Result::transpose).collect()
}

/// Whom and what an article has for topics.
struct Known<'db> {
    db: &'db Connection,
    persons: Vec<Person>,
    /// What is quoted as well, but is nobody: folded.
    bodies: Vec<String>,
}

impl<'db> Known<'db> {
    fn of(db: &'db Connection, digest: &Digest, rooted: &[Rooted]) -> Self {
        let mut known = Self {
            db,
            persons: Vec::new(),
            bodies: Vec::new(),
        };
        for (topic, root) in digest.topics.iter().zip(rooted) {
            let mut forms = vec![Topic::folded(&root.label), Topic::folded(&topic.label)];
            forms.extend(topic.forms.iter().map(|form| Topic::folded(form)));
            match root.kind {
                TopicKind::Person => known.persons.push(Person {
                    label: root.label.clone(),
                    forms,
                }),
                TopicKind::Organization | TopicKind::Place => known.bodies.extend(forms),
                TopicKind::Concept | TopicKind::Other => {}
            }
        }
        known
    }

    /// The name of who is quoted, if it is a name.
    fn name(&self, speaker: &str) -> Result<Option<String>> {
        if let Some(person) = speakers::known(speaker, &self.persons) {
            return Ok(Some(person.label.clone()));
        }
        let bare = speakers::bare(speaker);
        let folded = Topic::folded(&bare);
        if self.bodies.contains(&folded) {
            return Ok(None);
        }
        let rows = topic_rows::of_form(self.db, &folded)?;
        let person = rows.iter().find(|(family, _)| *family == Family::Person);
        if let Some((_, topic)) = person {
            let label = topic_rows::topic(self.db, *topic)?.label;
            // Anybody may have a last name.
            if folded.contains(' ') || Topic::folded(&label) == folded {
                return Ok(Some(label));
            }
        } else if rows
            .iter()
            .any(|(family, _)| matches!(family, Family::Organization | Family::Place))
        {
            return Ok(None);
        }
        Ok(speakers::is_name(&bare).then_some(bare))
    }
}
