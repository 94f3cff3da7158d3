//! The border: entries become values that any format may use as they are.
//!
//! What XML forbids is gone, single lines are single, addresses are absolute,
//! dates have four-digit years, HTML is written. The crates that lay out the
//! documents check none of this, and write what they are given.

use super::{
    FeedError, LARGEST_DOCUMENT, Settings, SiteUrl, address, body,
    language::{self, language},
};
use crate::entry::{Entry, EntryId};
use jiff::Timestamp;
use std::{
    collections::{BTreeMap, BTreeSet},
    mem,
    sync::Arc,
};

/// A feed, ready to be laid out.
pub(super) struct CleanFeed<'a> {
    pub(super) id: &'a str,
    pub(super) title: String,
    pub(super) description: String,
    pub(super) url: Option<&'a SiteUrl>,
    /// Who is named where an entry names nobody.
    pub(super) author: String,
    pub(super) language: Option<String>,
    /// When the newest change was; 1970 when there is no entry, since a date
    /// must be there and the clock is not known.
    pub(super) updated: Timestamp,
    pub(super) entries: Vec<Arc<CleanEntry>>,
    /// How many of these are not as they were in the feed before.
    pub(super) fresh: usize,
}

/// An entry, ready to be laid out.
#[derive(Debug, Clone)]
pub(super) struct CleanEntry {
    /// What it was made from.
    entry: Arc<Entry>,
    pub(super) title: String,
    pub(super) authors: Vec<String>,
    pub(super) topics: Vec<String>,
    /// Only where it differs from the feed's.
    pub(super) language: Option<String>,
    pub(super) url: Option<String>,
    pub(super) image: Option<String>,
    pub(super) published: Timestamp,
    pub(super) updated: Timestamp,
    /// The digest, as HTML; never empty.
    pub(super) digest: String,
    /// The digest and the full text, as HTML; `None` without a full text or
    /// without room for it.
    full: Option<Full>,
}

#[derive(Debug, Clone)]
struct Full {
    html: String,
    /// What it takes more in a document than the digest, in bytes.
    more: usize,
}

/// The entries of the feed before. What they became is used again for those
/// that are still the same, since most are.
#[derive(Debug, Default)]
pub(super) struct Known {
    author: Option<String>,
    language: Option<String>,
    max_topics: usize,
    entries: BTreeMap<EntryId, Arc<CleanEntry>>,
}

/// A feed that people fetch every hour should not be larger, in bytes. Where
/// full texts would make it so, those that no longer fit are left out, and the
/// entry's content is its digest alone.
const NORMAL_DOCUMENT: usize = 512 * 1024;

/// What the elements around a feed's own values take at most.
const AROUND_FEED: usize = 2 * 1024;

/// What the elements around an entry's values take at most. Measured: 470 bytes
/// in RSS, and in Atom, with a language of its own, 480.
const AROUND_ENTRY: usize = 640;

/// The same for a name or topic.
const AROUND_NAME: usize = 64;

/// No entry names more authors, or topics.
const MOST_NAMES: usize = 100;

/// No name or topic is longer, in bytes.
const LONGEST_NAME: usize = 256;

/// No other single line is longer, in bytes. With these limits, and those of
/// the digest's HTML, one entry takes 2.5 MB at most, so that there is always
/// room for the newest one.
const LONGEST_LINE: usize = 64 * 1024;

impl<'a> CleanFeed<'a> {
    pub(super) fn new(
        settings: &'a Settings,
        id: &'a str,
        entries: &[Arc<Entry>],
        known: &mut Known,
    ) -> Result<Self, FeedError> {
        let entries = &entries[..entries.len().min(settings.max_entries)];
        check_ids(id, entries)?;
        let named = settings.author.as_deref().map(line);
        let named = named.filter(|author| !author.is_empty());
        let title = line(&settings.title);
        let language = match &settings.language {
            Some(tag) => language(tag),
            None => shared_language(entries),
        };
        let mut feed = CleanFeed {
            id,
            description: line(&settings.description),
            url: settings.url.as_ref(),
            author: named.clone().unwrap_or_else(|| title.clone()),
            updated: Timestamp::UNIX_EPOCH,
            entries: Vec::new(),
            fresh: 0,
            title,
            language,
        };
        let most = settings.max_topics;
        if (&known.author, &known.language, known.max_topics) != (&named, &feed.language, most) {
            known.entries.clear();
            known.max_topics = most;
            known.author = named;
            known.language.clone_from(&feed.language);
        }
        feed.fit(entries, known);
        let newest = feed.entries.iter().map(|entry| entry.updated).max();
        feed.updated = newest.unwrap_or_default();
        Ok(feed)
    }

    /// What tells topics from other people's categories: an IRI of our own,
    /// which there is only with a site.
    pub(super) fn topic_scheme(&self) -> Option<String> {
        self.url.map(|url| url.join("topics/"))
    }

    /// Takes as many entries as a document can hold, with as many full texts as
    /// a normal one should. The first ones come first: they are the newest.
    fn fit(&mut self, entries: &[Arc<Entry>], known: &mut Known) {
        let scheme = self.topic_scheme().map_or(0, |scheme| scheme.len());
        let language = self.language.as_deref();
        let url = self.url.map_or("", SiteUrl::as_str);
        let lines = [
            self.id,
            &self.title,
            &self.description,
            &self.author,
            url,
            url,
        ];
        let mut size = AROUND_FEED + lines.into_iter().map(size_of_line).sum::<usize>();
        let mut before = mem::take(&mut known.entries);
        for entry in entries {
            let same = before.remove(&entry.id).filter(|one| one.entry == *entry);
            self.fresh += usize::from(same.is_none());
            let clean = same.unwrap_or_else(|| {
                let (author, most) = (known.author.as_deref(), known.max_topics);
                Arc::new(CleanEntry::new(entry, author, language, most))
            });
            size += clean.size(scheme);
            if size >= LARGEST_DOCUMENT {
                break;
            }
            self.entries.push(clean);
        }
        for clean in &mut self.entries {
            let least = clean.entry.digest.body.plain.len();
            let full = if size + least > NORMAL_DOCUMENT {
                None
            } else if clean.full.is_some() {
                clean.full.as_ref().map(|full| (full.more, None))
            } else {
                let full = clean.with_full_text(language);
                full.map(|full| (full.more, Some(full)))
            };
            match full.filter(|(more, _)| size + more <= NORMAL_DOCUMENT) {
                Some((more, made)) => {
                    size += more;
                    if made.is_some() {
                        Arc::make_mut(clean).full = made;
                    }
                }
                None if clean.full.is_some() => Arc::make_mut(clean).full = None,
                None => {}
            }
        }
        let entries = self.entries.iter();
        known.entries = entries
            .map(|clean| (clean.entry.id.clone(), Arc::clone(clean)))
            .collect();
    }
}

impl CleanEntry {
    /// Without the full text.
    fn new(
        entry: &Arc<Entry>,
        author: Option<&str>,
        feed_language: Option<&str>,
        most: usize,
    ) -> Self {
        let digest = &entry.digest;
        let mut authors = names(digest.byline.iter());
        // A paper answers for what none of its authors signed.
        if authors.is_empty() {
            authors = names(digest.site.iter());
        }
        if authors.is_empty() {
            authors.extend(author.map(str::to_owned));
        }
        let title = Some(line(&digest.title)).filter(|title| !title.is_empty());
        let title = title.unwrap_or_else(|| "Untitled".to_owned());
        let mut topics = names(digest.topics.iter().map(|topic| &topic.label));
        topics.truncate(most);
        let language = digest.language.as_deref().and_then(language);
        let summary = html(language.as_deref(), |out| {
            body::push_digest(out, digest, &topics);
            if out.is_empty() {
                body::push_element(out, "p", &title);
            }
        });
        let url = digest.url.as_deref().and_then(address::web);
        let image = digest.image.as_deref();
        let image = image.map(|image| address::resolved(url.as_deref(), image));
        let published = clamped(entry.published);
        CleanEntry {
            entry: Arc::clone(entry),
            title,
            authors,
            topics,
            language: language.filter(|tag| Some(tag.as_str()) != feed_language),
            image: image.and_then(|image| address::web(&image)),
            url,
            published,
            updated: clamped(entry.updated).max(published),
            full: None,
            digest: summary,
        }
    }

    pub(super) fn id(&self) -> &str {
        &self.entry.id.0
    }

    /// The digest and, if there is room, the full text, as HTML.
    pub(super) fn content(&self) -> &str {
        self.full.as_ref().map_or(&self.digest, |full| &full.html)
    }

    fn with_full_text(&self, feed_language: Option<&str>) -> Option<Full> {
        let digest = &self.entry.digest;
        let html = html(self.language.as_deref().or(feed_language), |out| {
            body::push_digest(out, digest, &self.topics);
            let digest_ends = out.len();
            body::push_text(out, &digest.body, self.url.as_deref());
            if digest_ends > 0 && out.len() > digest_ends {
                out.insert_str(digest_ends, "<hr>");
            }
        });
        let more = size_in_xml(&html).saturating_sub(size_in_xml(&self.digest));
        (!html.is_empty()).then_some(Full { html, more })
    }

    /// What it takes in a document, in bytes: a little more than in the format
    /// that takes the most, and without the full text. `scheme` is what naming a topic's scheme takes.
    fn size(&self, scheme: usize) -> usize {
        let lines = [
            Some(self.id()),
            Some(&self.title),
            self.url.as_deref(),
            self.image.as_deref(),
        ];
        let lines = lines.into_iter().flatten().map(size_of_line).sum::<usize>();
        let authors = self
            .authors
            .iter()
            .map(|name| AROUND_NAME + size_of_line(name));
        // Atom says each topic twice.
        let topics = self
            .topics
            .iter()
            .map(|topic| AROUND_NAME + scheme + 2 * size_of_line(topic));
        // As summary and as content.
        let html = 2 * size_in_xml(&self.digest);
        // RSS gives the picture twice.
        let image = self.image.as_deref().map_or(0, size_of_line);
        AROUND_ENTRY + lines + image + authors.chain(topics).sum::<usize>() + html
    }
}

/// HTML in a language; where that is written from right to left, it says so,
/// since readers lay out an entry in their own direction.
fn html(language: Option<&str>, push: impl FnOnce(&mut String)) -> String {
    let mut inner = String::new();
    push(&mut inner);
    match language.filter(|tag| language::is_right_to_left(tag)) {
        Some(tag) if !inner.is_empty() => {
            format!("<div dir=\"rtl\" lang=\"{tag}\">{inner}</div>")
        }
        _ => inner,
    }
}

/// What HTML takes as escaped text, in bytes.
fn size_in_xml(html: &str) -> usize {
    html.len() + 4 * memchr::memchr3_iter(b'&', b'<', b'>', html.as_bytes()).count()
}

/// What a single line takes at most, in bytes: up to six a character that
/// needs a reference.
fn size_of_line(line: &str) -> usize {
    let is_special = |byte: &u8| b"&<>\"'".contains(byte);
    line.len() + 5 * line.bytes().filter(is_special).count()
}

fn check_ids(feed: &str, entries: &[Arc<Entry>]) -> Result<(), FeedError> {
    let mut seen = BTreeSet::from([feed]);
    let ids = entries.iter().map(|entry| entry.id.0.as_str());
    if let Some(id) = [feed]
        .into_iter()
        .chain(ids.clone())
        .find(|id| !address::is_iri(id))
    {
        return Err(FeedError::Id { id: id.to_owned() });
    }
    match ids.into_iter().find(|id| !seen.insert(id)) {
        Some(id) => Err(FeedError::SameId { id: id.to_owned() }),
        None => Ok(()),
    }
}

/// The language that all entries share.
fn shared_language(entries: &[Arc<Entry>]) -> Option<String> {
    let mut tags = entries.iter().map(|entry| entry.digest.language.as_deref());
    let first = tags.next()??;
    tags.all(|tag| tag == Some(first))
        .then(|| language(first))?
}

/// Names or topics, each a single line, none empty, none twice.
fn names<'s>(given: impl Iterator<Item = &'s String>) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for name in given.map(|name| line(&name[..name.floor_char_boundary(LONGEST_NAME)])) {
        if names.len() < MOST_NAMES && !name.is_empty() && !names.contains(&name) {
            names.push(name);
        }
    }
    names
}

/// Text on a single line: controls gone, line ends and the like folded, none at
/// its ends. Other spaces stay as they are: French sets no-break ones.
pub(super) fn line(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut space = false;
    let text = text.trim();
    for c in text[..text.floor_char_boundary(LONGEST_LINE)].chars() {
        match c {
            ' ' | '\t' | '\n' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}' => space = true,
            _ if body::is_dropped(c) => {}
            _ => {
                if std::mem::take(&mut space) {
                    out.push(' ');
                }
                out.push(c);
            }
        }
    }
    // The crates take off white space of all kinds when they read.
    out.trim().to_owned()
}

/// With a year that all formats can write, and without fractions of a second,
/// which RSS cannot.
fn clamped(time: Timestamp) -> Timestamp {
    /// The years 1 and 9999: outside of them a year has no four digits.
    const SECONDS: (i64, i64) = (-62_135_596_800, 253_402_207_200);
    let second = time.as_nanosecond().div_euclid(1_000_000_000);
    let second = i64::try_from(second).unwrap_or_default();
    Timestamp::from_second(second.clamp(SECONDS.0, SECONDS.1)).unwrap_or_default()
}
