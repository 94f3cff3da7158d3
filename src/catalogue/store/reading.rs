//! Entries as feeds show them.

use super::{
    channels,
    columns::{DigestColumns, TimeColumn},
    topic_rows,
};
use crate::{
    catalogue::{rules::Key, subject::Subject},
    entry::{Entry, EntryId},
};
use rusqlite::{Connection, Result};

/// The entry with this key, whether it is shown or withdrawn.
pub(super) fn entry(db: &Connection, key: Key, max_topics: usize) -> Result<Entry> {
    let sql = "
        SELECT id, published, updated, first_seen, slug, title, digest, body, topics, speaker,
            revised
        FROM entry JOIN digest ON digest.entry = entry.key WHERE key = ?1";
    db.prepare_cached(sql)?.query_row([key], |row| {
        let (TimeColumn(published), TimeColumn(updated)) = (row.get(1)?, row.get(2)?);
        let mut digest = DigestColumns::read(row, 5)?.into_digest()?;
        let topics = topic_rows::resolve(db, &row.get(8)?, &mut digest.topics)?;
        let revised = row.get(10)?;
        let feed = |subject| channels::folder_of(db, subject, revised);
        let topics = topics.into_iter().take(max_topics);
        let feeds = topics.map(|topic| feed(Subject::topic(topic)));
        let mut topic_feeds: Vec<Option<String>> = feeds.collect::<Result<_>>()?;
        while topic_feeds.last().is_some_and(Option::is_none) {
            topic_feeds.pop();
        }
        let speaker: Option<Subject> = row.get(9)?;
        let speaker_feed = match speaker {
            Some(speaker) => feed(speaker)?,
            None => None,
        };
        let slug: Option<String> = row.get(4)?;
        let TimeColumn(arrived) = row.get(3)?;
        Ok(Entry {
            id: EntryId(row.get(0)?),
            slug: slug.unwrap_or_default(),
            arrived,
            published,
            updated,
            digest,
            topic_feeds,
            speaker_feed,
        })
    })
}
