//! Feeds: how do entries look on the wire?
//!
//! Entries in, documents out. Nothing here knows a clock, a file or chance, so
//! the same entries give the same bytes. Which entries there are and in which
//! order is for the caller to say; where the documents go is for `publish`.
//!
//! A document is made in four steps. The `border` turns an entry into values
//! that every format may use as they are. Each format lays them out with the
//! crate for it, and `check` reads the bytes back, which must give the same
//! values again: that is a `fragment`, which is kept for as long as there is
//! room. The `head` is what a sheet says of itself; it is laid out and read back
//! likewise. A document is its head, the fragments of its entries and an end,
//! put together by the `renderer`. What does not read back is an error and
//! never published.
//!
//! To add a format is to add its file and its line in `FORMATS`.

mod address;
mod atom;
mod beacon;
mod body;
mod border;
mod cache;
mod check;
mod coded;
mod fragment;
mod head;
mod html;
mod hub;
mod imprint;
mod json;
mod language;
mod lint;
mod marks;
mod opml;
mod page;
mod place;
pub mod published;
mod renderer;
mod rss;
mod settings;
mod shelf;
mod wire;

pub use html::live;
pub use hub::{HubUrl, link_header, topic};
pub use imprint::Imprint;
pub use lint::{
    Finding, Kind, Level, Linted, More, Rule, Together, is_feed_like, leftover, lint,
    lint_together, rules,
};
pub use published::{PublishedCard, PublishedEntry, PublishedHead};
pub use renderer::Renderer;
pub use settings::{Content, Date, Settings, SettingsError, SiteUrl};
pub use shelf::Shelf;

use crate::{
    channel::{Channel, Scope, Sheet},
    entry::Entry,
};
use border::{CleanEntry, Extent};
use head::Frame;
use std::sync::Arc;
use wire::Around;

/// The formats that a sheet is rendered in.
const FORMATS: [Format; 4] = [rss::FORMAT, atom::FORMAT, json::FORMAT, page::FORMAT];

/// The vocabulary of feeds in pages (RFC 5005), and what it is called.
const HISTORY: (&str, &str) = ("fh", "http://purl.org/syndication/history/1.0");

/// The vocabulary of pictures, and what it is called.
const MEDIA: (&str, &str) = ("media", "http://search.yahoo.com/mrss/");

/// Moves when entries are laid out otherwise than before, so that all documents
/// are rendered again.
pub const VERSION: u32 = 1;

/// No document may be larger, in bytes: some aggregators stop reading there.
///
/// It holds because the oldest entries are left out before it is reached.
pub const LARGEST_DOCUMENT: usize = 5_000_000;

/// Documents that are rendered together, such as those of a sheet.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Edition {
    /// The documents, in a fixed order.
    pub documents: Vec<Document>,
    /// What the current part of a channel leaves in its documents, so that the
    /// next edition can take entries from them.
    pub imprint: Option<Imprint>,
}

impl FromIterator<Document> for Edition {
    fn from_iter<T: IntoIterator<Item = Document>>(documents: T) -> Self {
        Self {
            documents: documents.into_iter().collect(),
            imprint: None,
        }
    }
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
    /// An entry of a sheet that was not given.
    #[error("the entry {key} was not loaded; this is a fault in feedwright, please report it")]
    Missing {
        /// Its place in the catalogue.
        key: i64,
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

/// Renders a sheet once; [`Renderer::sheet`] says how. The entries are those that
/// the sheet lists, in that order.
///
/// # Errors
///
/// As [`Renderer::take`] and [`Renderer::sheet`].
pub fn render(
    settings: &Settings,
    sheet: &Sheet,
    entries: &[Arc<Entry>],
) -> Result<Edition, FeedError> {
    let mut renderer = Renderer::default();
    renderer.missing(settings, sheet);
    for (listed, entry) in sheet.entries.iter().zip(entries) {
        renderer.take(settings, *listed, entry)?;
    }
    renderer.sheet(settings, sheet)
}

/// Renders the page of an entry, which is where its link leads when its article
/// has no address of its own; `None` for one that has.
///
/// # Errors
///
/// When the entry's id is unfit for a feed.
pub fn entry_page(settings: &Settings, entry: &Entry) -> Result<Option<Document>, FeedError> {
    let clean = CleanEntry::new(settings, entry)?;
    Ok(clean.page.clone().map(|name| Document {
        name,
        media_type: page::FORMAT.media_type,
        bytes: html::entry_page(settings, &page::card(&clean)),
    }))
}

/// Renders the lists of all feeds: one for readers to import, and one for
/// people of each scope. They say which feeds there are and nothing of what is
/// in them.
#[must_use]
pub fn lists(settings: &Settings, channels: &[Channel]) -> Vec<Document> {
    let opml = Document {
        name: opml::NAME.to_owned(),
        media_type: opml::MEDIA_TYPE,
        bytes: opml::opml(settings, channels),
    };
    let scopes = Scope::ALL.into_iter().filter(|scope| *scope != Scope::All);
    let list = |scope: Scope| Document {
        name: place::path(scope.folder(), page::FORMAT.name),
        media_type: page::FORMAT.media_type,
        bytes: html::list(settings, scope, channels),
    };
    [opml].into_iter().chain(scopes.map(list)).collect()
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
    /// How much of an entry its documents show at most.
    extent: Extent,
    /// Writes an entry and reads it back, or says what came back wrong.
    fragment: fn(&CleanEntry, Extent) -> Result<String, String>,
    /// What stands between two entries.
    between: &'static str,
    /// Writes what stands around the entries of a document, if it has any, and
    /// reads it back.
    around: fn(&Frame, bool) -> Result<Around, String>,
}

impl Format {
    /// The document with these entries, and where they begin.
    fn document(&self, frame: &Frame, entries: &[&str]) -> Result<(Vec<u8>, usize), FeedError> {
        let made = (self.around)(frame, !entries.is_empty());
        let around = made.map_err(|fault| self.unfaithful(fault))?;
        let start = around.before.len();
        let bytes = around.with(entries, self.between);
        if bytes.len() >= LARGEST_DOCUMENT {
            return Err(self.unfaithful(format!("it has {} bytes", bytes.len())));
        }
        Ok((bytes, start))
    }

    fn unfaithful(&self, fault: String) -> FeedError {
        FeedError::Unfaithful {
            document: self.name,
            fault,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{head::Names, *};
    use crate::channel::Part;

    fn sheet() -> Sheet {
        Sheet {
            channel: Arc::new(Channel {
                id: "tag:example.org,2024:feed".to_owned(),
                scope: Scope::All,
                name: String::new(),
                folder: String::new(),
                former: Vec::new(),
            }),
            part: Part::Current,
            archives: 0,
            entries: Vec::new(),
            deleted: Vec::new(),
        }
    }

    #[test]
    fn what_comes_past_the_border_is_caught_when_read_back() {
        let (settings, sheet) = (Settings::default(), sheet());
        let names = Names::new(&settings, &sheet);
        let mut frame = Frame::new(&settings, &sheet, &names, &[]).expect("the id is fit");
        let mut entry = Entry::default();
        "tag:example.org,2024:1".clone_into(&mut entry.id.0);
        let mut clean = CleanEntry::new(&settings, &entry).expect("the id is fit");
        // The crate for RSS takes off white space at the ends when it reads.
        let dirty = ["Articles", "a\u{b}b", "a\u{ffff}", "a\rb", " a"];
        for (at, title) in dirty.into_iter().enumerate() {
            title.clone_into(&mut frame.head.title);
            title.clone_into(&mut clean.title);
            for format in &FORMATS[..2] {
                let document = format.document(&frame, &[]);
                let fragment = (format.fragment)(&clean, Extent::Full);
                assert_eq!(
                    document.is_ok(),
                    at == 0 || (at == 4 && format.name == "atom.xml")
                );
                assert_eq!(document.is_ok(), fragment.is_ok(), "{title:?}");
                if let (Err(error), 4) = (document, at) {
                    let told = "rss.xml does not read back as it was written: the channel differs";
                    assert!(error.to_string().starts_with(told), "{error}");
                }
            }
        }
    }
}
