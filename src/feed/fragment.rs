//! What an entry becomes: its part of every document that it is in.
//!
//! A fragment knows nothing of the channel. It says everything of its entry
//! itself, its language too, so that it can stand in any document as it is.

use super::{
    FORMATS, FeedError, Format, Settings,
    border::{CleanEntry, Extent},
    head::About,
};
use crate::entry::Entry;

/// An entry, in every format.
#[derive(Debug)]
pub(super) struct Fragment {
    pub(super) about: About,
    pub(super) digest: Texts,
    /// With its full text; `None` when it has none.
    pub(super) full: Option<Texts>,
}

/// Texts, one a format; those with the full text are empty for formats that
/// never show it.
#[derive(Debug)]
pub(super) struct Texts {
    pub(super) of: [String; FORMATS.len()],
    /// The size of the largest, in bytes.
    size: usize,
}

/// An entry whose HTML has more bytes is shown without its full text. Nobody
/// reads a book in a feed reader, and feeds that are fetched every hour would
/// never have the room for it.
const LONGEST: usize = 384 * 1024;

impl Fragment {
    pub(super) fn new(settings: &Settings, entry: &Entry) -> Result<Self, FeedError> {
        let mut clean = CleanEntry::new(settings, entry)?;
        clean.limit(LONGEST);
        let full = clean.full.is_some();
        Ok(Self {
            about: About {
                id: clean.id.to_owned(),
                language: clean.language.clone(),
                updated: clean.updated,
                uses: clean.uses(),
            },
            digest: Texts::new(&clean, Extent::Digest)?,
            full: full.then(|| Texts::new(&clean, Extent::Full)).transpose()?,
        })
    }

    /// Its text in a format, which is given by its place in the table.
    pub(super) fn text(&self, format: usize, extent: Extent) -> &str {
        let shown = match FORMATS[format].extent {
            Extent::Full => extent,
            Extent::Digest => Extent::Digest,
        };
        &self.texts(shown).of[format]
    }

    /// The size of its text, in bytes, in the format that takes the most.
    pub(super) fn size(&self, extent: Extent) -> usize {
        self.texts(extent).size
    }

    /// What it takes in memory, in bytes.
    pub(super) fn weight(&self) -> usize {
        let texts = [Some(&self.digest), self.full.as_ref()];
        let texts = texts.into_iter().flatten().flat_map(|texts| &texts.of);
        size_of::<Self>() + texts.map(String::capacity).sum::<usize>()
    }

    fn texts(&self, extent: Extent) -> &Texts {
        match (extent, &self.full) {
            (Extent::Full, Some(full)) => full,
            _ => &self.digest,
        }
    }
}

impl Texts {
    fn new(entry: &CleanEntry, extent: Extent) -> Result<Self, FeedError> {
        let mut of = [const { String::new() }; FORMATS.len()];
        let texts = of.iter_mut().zip(FORMATS);
        let shows = |format: &Format| extent == Extent::Digest || format.extent == extent;
        for (text, format) in texts.filter(|(_, format)| shows(format)) {
            let made = (format.fragment)(entry, extent);
            *text = made.map_err(|fault| format.unfaithful(fault))?;
            text.shrink_to_fit();
        }
        Ok(Self::of(of))
    }

    pub(super) fn of(of: [String; FORMATS.len()]) -> Self {
        let size = of.iter().map(String::len).max().unwrap_or_default();
        Self { of, size }
    }
}
