//! The border: entries become values that any format may use as they are.
//!
//! What XML forbids is gone, single lines are single, addresses are absolute,
//! dates have four-digit years, HTML is written. The crates that lay out the
//! documents check none of this, and write what they are given.

use super::{
    Content, Date, FeedError, Settings, address, beacon, body, head::Uses, html, language,
};
use crate::entry::{Entry, LeadQuote, Topic};
use jiff::Timestamp;

/// An entry, ready to be laid out.
#[derive(Debug, Clone)]
pub(super) struct CleanEntry<'a> {
    pub(super) id: &'a str,
    /// Its name in addresses; empty when it has none.
    pub(super) slug: &'a str,
    pub(super) title: String,
    /// Never empty: the paper or the feed's own author stand in for nobody.
    pub(super) authors: Vec<String>,
    /// Whether these are the names in its byline.
    pub(super) signed: bool,
    /// The paper that the article appeared in.
    pub(super) site: Option<String>,
    pub(super) topics: Vec<CleanTopic<'a>>,
    /// What tells topics from other people's categories: an IRI of our own,
    /// which there is only with a site.
    pub(super) topic_scheme: Option<String>,
    pub(super) language: Option<String>,
    /// Where the article was published.
    pub(super) url: Option<String>,
    /// The path of its own page in the feeds folder, if it has one.
    pub(super) page: Option<String>,
    /// Where readers are led: where it was published, else to its own page,
    /// which only a site gives an address.
    pub(super) link: Option<String>,
    pub(super) image: Option<String>,
    pub(super) published: Timestamp,
    pub(super) updated: Timestamp,
    pub(super) lead: Option<CleanLead<'a>>,
    /// The summary as plain text; it may be empty.
    pub(super) summary: String,
    /// The digest, as HTML; never empty.
    pub(super) digest: String,
    /// The full text, as HTML; `None` when there is none, or feeds carry none.
    pub(super) text: Option<String>,
    /// The digest and the full text, as HTML; `None` as that.
    pub(super) full: Option<String>,
}

/// A topic, and the folder of its feed.
#[derive(Debug, Clone)]
pub(super) struct CleanTopic<'a> {
    pub(super) label: String,
    pub(super) feed: Option<&'a str>,
}

/// A lead quotation, who said it, and the folder of that one's feed.
#[derive(Debug, Clone)]
pub(super) struct CleanLead<'a> {
    pub(super) quote: String,
    pub(super) speaker: Option<String>,
    pub(super) feed: Option<&'a str>,
}

/// How much of an entry is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Extent {
    Digest,
    Full,
}

/// No entry names more authors, or topics.
const MOST_NAMES: usize = 100;

/// No name or topic is longer, in bytes.
const LONGEST_NAME: usize = 256;

/// Nothing that a feed says of itself is longer, in bytes: its documents say
/// some of it several times.
pub(super) const LONGEST_SAID: usize = 2048;

/// No other single line is longer, in bytes. With these limits, and those of
/// the digest's HTML, one entry takes 2.5 MB at most, so that there is always
/// room for the newest one.
const LONGEST_LINE: usize = 64 * 1024;

impl<'a> CleanEntry<'a> {
    pub(super) fn new(settings: &Settings, entry: &'a Entry) -> Result<Self, FeedError> {
        let id = entry.id.0.as_str();
        if !address::is_iri(id) {
            return Err(FeedError::Id { id: id.to_owned() });
        }
        let digest = &entry.digest;
        let title = title(&digest.title).unwrap_or_else(|| "Untitled".to_owned());
        let language = digest.language.as_deref().and_then(language::language);
        let url = digest.url.as_deref().and_then(address::web);
        let page = page_of(entry).filter(|_| url.is_none());
        let site = settings.url.as_ref();
        let on_site = |page| Some(site?.join(&address::of_path(page)));
        let image = digest.image.as_deref();
        let image = image.map(|image| address::resolved(url.as_deref(), image));
        let image = image.and_then(|image| address::web(&image));
        let published = clamped(match settings.date {
            Date::Stated => entry.published,
            Date::Arrived => entry.arrived,
        });
        let (authors, signed) = authors(settings, entry);
        let mut clean = CleanEntry {
            id,
            slug: &entry.slug,
            authors,
            signed,
            site: digest.site.as_deref().and_then(name),
            topics: topics(entry, settings.max_topics),
            topic_scheme: site.map(|url| url.join("topics/")),
            link: url.clone().or_else(|| on_site(page.as_deref()?)),
            page,
            image: image.filter(|image| !beacon::is_beacon(image)),
            published,
            updated: clamped(entry.updated).max(published),
            lead: clean_lead(entry),
            summary: line(body::shortened(digest.summary.trim())),
            digest: String::new(),
            text: None,
            full: None,
            title,
            language,
            url,
        };
        clean.write(settings, entry);
        Ok(clean)
    }

    /// Writes the HTML.
    fn write(&mut self, settings: &Settings, entry: &Entry) {
        let mut digest = String::new();
        body::push_digest(&mut digest, self, &entry.digest, settings.url.as_ref());
        let mut text = String::new();
        if settings.content == Content::Full {
            let manner = body::Manner {
                base: self.url.as_deref(),
                pictures: body::Pictures::Shown,
                said: &[],
            };
            body::push_text(&mut text, &entry.digest.body, manner);
        }
        if !text.is_empty() {
            let rule = if digest.is_empty() { "" } else { "<hr>" };
            self.full = Some(self.directed(&format!("{digest}{rule}{text}")));
            self.text = Some(text);
        }
        if digest.is_empty() {
            body::push_element(&mut digest, "p", &self.title);
        }
        self.digest = self.directed(&digest);
    }

    /// Takes the full text away when it is longer than so many bytes.
    pub(super) fn limit(&mut self, longest: usize) {
        if self.full.as_ref().is_some_and(|full| full.len() > longest) {
            (self.text, self.full) = (None, None);
        }
    }

    /// The entry as HTML.
    pub(super) fn content(&self, extent: Extent) -> &str {
        match (extent, &self.full) {
            (Extent::Full, Some(full)) => full,
            _ => &self.digest,
        }
    }

    /// What it needs of the root of its document.
    pub(super) fn uses(&self) -> Uses {
        Uses {
            entries: true,
            media: self.image.is_some(),
        }
    }

    /// HTML in the entry's language; where that is written from right to left,
    /// it says so, since readers lay out an entry in their own direction.
    fn directed(&self, html: &str) -> String {
        let language = self.language.as_deref();
        match language.filter(|tag| language::is_right_to_left(tag)) {
            Some(tag) => format!("<div dir=\"rtl\" lang=\"{tag}\">{html}</div>"),
            None => html.to_owned(),
        }
    }
}

/// The path that an entry's own page has in the feeds folder.
pub(super) fn page_of(entry: &Entry) -> Option<String> {
    let named = !entry.slug.is_empty();
    named.then(|| html::entry_path(&entry.slug))
}

/// Who is named where an entry names nobody: a feed of Atom must name somebody.
pub(super) fn author(settings: &Settings) -> String {
    let author = settings.author.as_deref().and_then(name);
    author
        .or_else(|| Some(said(&settings.title)).filter(|site| !site.is_empty()))
        .unwrap_or_else(|| "Untitled".to_owned())
}

/// Who is named, and whether these are the names in its byline.
fn authors(settings: &Settings, entry: &Entry) -> (Vec<String>, bool) {
    let digest = &entry.digest;
    let mut authors: Vec<String> = Vec::new();
    for author in digest.byline.iter().filter_map(|given| name(given)) {
        if authors.len() < MOST_NAMES && !authors.contains(&author) {
            authors.push(author);
        }
    }
    let signed = !authors.is_empty();
    // A paper answers for what none of its authors signed.
    if !signed {
        let paper = digest.site.as_deref().and_then(name);
        authors.push(paper.unwrap_or_else(|| author(settings)));
    }
    (authors, signed)
}

/// The topics that are shown, none twice.
fn topics(entry: &Entry, most: usize) -> Vec<CleanTopic<'_>> {
    let feeds = entry.topic_feeds.iter().map(Option::as_deref);
    let feeds = feeds.chain(std::iter::repeat(None));
    let mut topics: Vec<CleanTopic> = Vec::new();
    for (Topic { label, .. }, feed) in entry.digest.topics.iter().zip(feeds) {
        let Some(label) = name(label) else { continue };
        if topics.len() < most.min(MOST_NAMES) && topics.iter().all(|one| one.label != label) {
            topics.push(CleanTopic { label, feed });
        }
    }
    topics
}

fn clean_lead(entry: &Entry) -> Option<CleanLead<'_>> {
    let LeadQuote { quote, speaker } = entry.digest.lead_quote.as_ref()?;
    let clean = |text: &str| title(body::shortened(text.trim()));
    Some(CleanLead {
        quote: clean(quote)?,
        speaker: speaker.as_ref().and_then(|speaker| clean(&speaker.0)),
        feed: entry.speaker_feed.as_deref(),
    })
}

/// What a feed says of itself, as a single line.
pub(super) fn said(given: &str) -> String {
    line(&given[..given.floor_char_boundary(LONGEST_SAID)])
}

/// A single line, unless nothing is left of it.
pub(super) fn title(given: &str) -> Option<String> {
    Some(line(given)).filter(|line| !line.is_empty())
}

/// A name or topic: a short single line, unless nothing is left of it.
pub(super) fn name(given: &str) -> Option<String> {
    title(&given[..given.floor_char_boundary(LONGEST_NAME)])
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
pub(super) fn clamped(time: Timestamp) -> Timestamp {
    /// The years 1 and 9999: outside of them a year has no four digits.
    const SECONDS: (i64, i64) = (-62_135_596_800, 253_402_207_200);
    let second = time.as_nanosecond().div_euclid(1_000_000_000);
    let second = i64::try_from(second).unwrap_or_default();
    Timestamp::from_second(second.clamp(SECONDS.0, SECONDS.1)).unwrap_or_default()
}
