//! Feeds: how do entries look on the wire?
//!
//! Entries in, documents out. Nothing here knows a clock, a file or chance, so
//! the same entries give the same bytes. Which entries there are and in which
//! order is for the caller to say; where the documents go is for `publish`.
//!
//! A document is made in three steps. The `border` turns entries into values
//! that every format may use as they are; a format lays them out with the
//! crate for it; and `check` reads the bytes back, which must give the same
//! values again. A document that does not is an error and never published.
//! What entries became is `kept` for the next time, when most are the same.
//!
//! To add a format is to add its file and its line in `FORMATS`.

mod address;
mod atom;
mod body;
mod border;
mod check;
#[expect(dead_code, reason = "the sheets of channels are not rendered yet")]
mod head;
mod kept;
mod language;
mod lint;
mod marks;
#[expect(dead_code, reason = "the sheets of channels are not rendered yet")]
mod place;
mod rss;
mod settings;
mod wire;

pub use lint::{
    Finding, Kind, Level, Linted, More, Rule, Together, is_feed_like, leftover, lint,
    lint_together, rules,
};
pub use settings::{Content, Date, Settings, SettingsError, SiteUrl};

use crate::entry::Entry;
use border::{CleanEntry, CleanFeed, Known};
use kept::Kept;
use rayon::prelude::*;
use std::sync::Arc;
use wire::Laid;

/// The formats that a feed is rendered in.
const FORMATS: &[Format] = &[rss::FORMAT, atom::FORMAT];

/// No document may be larger, in bytes: some aggregators stop reading there.
///
/// It holds because the oldest entries are left out before it is reached.
pub const LARGEST_DOCUMENT: usize = 5_000_000;

/// All documents of a feed, rendered together.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Edition {
    /// The documents, one a format, in a fixed order.
    pub documents: Vec<Document>,
}

/// One file that readers fetch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// Its path in the feeds folder, with `/` between folders.
    pub name: String,
    /// Its media type, for servers.
    pub media_type: &'static str,
    /// What is in it.
    pub bytes: Vec<u8>,
}

/// Why a feed cannot be rendered.
///
/// None of these is the owner's doing, and none goes away by trying again.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum FeedError {
    /// An id that no feed may carry.
    #[error(
        "the id {id:?} is not an absolute IRI; this is a fault in feedwright, please report it"
    )]
    Id {
        /// The id.
        id: String,
    },
    /// Two entries with one id: readers would show one of them.
    #[error("two entries have the id {id:?}; this is a fault in feedwright, please report it")]
    SameId {
        /// The id.
        id: String,
    },
    /// A document that does not say what was put into it.
    #[error(
        "{document} does not read back as it was written: {fault}; it is not published, please report it"
    )]
    Unfaithful {
        /// The document's name.
        document: &'static str,
        /// What differs, and where.
        fault: String,
    },
}

/// Renders a feed in all formats, once; [`Renderer::render`] says how.
///
/// # Errors
///
/// As [`Renderer::render`].
pub fn render(settings: &Settings, feed_id: &str, entries: &[Entry]) -> Result<Edition, FeedError> {
    let entries: Vec<_> = entries.iter().cloned().map(Arc::new).collect();
    Renderer::default().render(settings, feed_id, &entries)
}

/// Renders a feed again and again. It keeps what each entry became, so that
/// the next edition costs little more than the entries that are new in it.
///
/// What it gives depends on the arguments alone, not on what came before.
#[derive(Debug, Default)]
pub struct Renderer {
    /// What the rest was made with.
    settings: Settings,
    known: Known,
    /// One a format.
    kept: [Kept; FORMATS.len()],
}

/// With more fresh entries than this, formats are worth a thread each.
const FEW: usize = 4;

impl Renderer {
    /// Renders the feed in all formats.
    ///
    /// `feed_id` is the feed's permanent id, an absolute IRI such as a tag URI.
    /// `entries` come in the order in which readers shall see them; those past
    /// [`Settings::max_entries`] are left out.
    ///
    /// # Errors
    ///
    /// When an id is unfit for a feed or occurs twice, or when a document does not
    /// read back as it was written.
    pub fn render(
        &mut self,
        settings: &Settings,
        feed_id: &str,
        entries: &[Arc<Entry>],
    ) -> Result<Edition, FeedError> {
        if self.settings != *settings {
            *self = Self {
                settings: settings.clone(),
                ..Self::default()
            };
        }
        let feed = CleanFeed::new(settings, feed_id, entries, &mut self.known)?;
        let document = |(format, kept): (&Format, &mut Kept)| format.document(&feed, kept);
        let documents: Result<_, _> = if feed.fresh <= FEW {
            FORMATS.iter().zip(&mut self.kept).map(document).collect()
        } else {
            // A subscriber waits for all of them: each is a millisecond or two.
            FORMATS
                .par_iter()
                .zip(&mut self.kept)
                .map(document)
                .collect()
        };
        Ok(Edition {
            documents: documents?,
        })
    }
}

/// The id of a feed that is made for the first time: a tag URI (RFC 4151).
///
/// It tells feeds of different places apart, and is given once: whoever keeps
/// it keeps it when title and address change. Like the entries' ids it stands
/// under a name that nobody can ever own (RFC 2606).
#[must_use]
pub fn new_id(settings: &Settings) -> String {
    let place = settings
        .url
        .as_ref()
        .map_or(&*settings.title, SiteUrl::as_str);
    let hash = blake3::hash(place.as_bytes()).to_hex();
    format!("tag:feedwright.invalid,2026:feed/{}", &hash[..16])
}

/// A format of feeds.
struct Format {
    /// The document's name.
    name: &'static str,
    media_type: &'static str,
    /// Writes the document as if only these of its entries were in it, and
    /// reads it back, or says what came back wrong.
    write: fn(&CleanFeed, &[&CleanEntry]) -> Result<Laid, String>,
}

impl Format {
    fn document(&self, feed: &CleanFeed, kept: &mut Kept) -> Result<Document, FeedError> {
        let write = |entries: &[&CleanEntry]| {
            let laid = (self.write)(feed, entries)?;
            check::well_formed(&laid.bytes)?;
            Ok(laid)
        };
        match kept.document(&feed.entries, write) {
            Ok(bytes) => Ok(Document {
                name: self.name.to_owned(),
                media_type: self.media_type,
                bytes,
            }),
            Err(fault) => Err(FeedError::Unfaithful {
                document: self.name,
                fault,
            }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What becomes of a title that came past the border.
    fn faults(title: &str) -> Vec<String> {
        let settings = Settings::default();
        let mut feed = CleanFeed::new(
            &settings,
            "tag:example.org,2024:feed",
            &[],
            &mut Known::default(),
        )
        .expect("the id is fit for a feed");
        title.clone_into(&mut feed.title);
        let fault = |format: &Format| match format.document(&feed, &mut Kept::default()) {
            Ok(_) => None,
            Err(error) => Some(error.to_string()),
        };
        FORMATS.iter().filter_map(fault).collect()
    }

    #[test]
    fn what_comes_past_the_border_is_caught_when_read_back() {
        assert!(faults("Articles").is_empty());
        for dirty in ["a\u{b}b", "a\u{ffff}", "a\rb"] {
            let faults = faults(dirty);
            assert_eq!(faults.len(), FORMATS.len(), "{dirty:?}");
            assert!(faults[0].starts_with("rss.xml does not read back as it was written"));
        }
        // The crate for RSS takes off white space at the ends when it reads.
        assert!(faults(" a")[0].contains("the channel differs"));
    }
}
