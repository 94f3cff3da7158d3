//! What an entry becomes: its part of every document that it is in.
//!
//! A fragment knows nothing of the channel. It says everything of its entry
//! itself, its language too, so that it can stand in any document as it is.

use super::{
    FORMATS, FeedError, Settings,
    border::{CleanEntry, Extent},
    head::About,
};
use crate::entry::Entry;
use std::array;

/// An entry, in every format.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Fragment {
    pub(super) about: About,
    pub(super) sizes: Sizes,
    /// What documents show that have no room for its full text. It may have to
    /// be asked for anew, as the one below; one of them is there.
    pub(super) digest: Option<Texts>,
    /// What they show that have.
    pub(super) full: Option<Texts>,
}

/// The size of what documents show, in bytes, in the format that takes the most.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Sizes {
    pub(super) digest: usize,
    /// `None` when there is no full text.
    pub(super) full: Option<usize>,
}

/// Texts, one a format.
pub(super) type Texts = [String; FORMATS.len()];

/// An entry whose HTML has more bytes is shown without its full text. Nobody
/// reads a book in a feed reader, and feeds that are fetched every hour would
/// never have the room for it.
const LONGEST: usize = 384 * 1024;

impl Fragment {
    pub(super) fn new(settings: &Settings, entry: &Entry) -> Result<Self, FeedError> {
        let mut clean = CleanEntry::new(settings, entry)?;
        clean.limit(LONGEST);
        let digest = texts(|at| made(&clean, at, Extent::Digest))?;
        let full = clean.full.is_some().then(|| {
            texts(|at| match FORMATS[at].extent {
                Extent::Full => made(&clean, at, Extent::Full),
                Extent::Digest => Ok(digest[at].clone()),
            })
        });
        let full = full.transpose()?;
        Ok(Self {
            about: About {
                id: clean.id.to_owned(),
                language: clean.language.clone(),
                updated: clean.updated,
                uses: clean.uses(),
            },
            sizes: Sizes {
                digest: largest(&digest),
                full: full.as_ref().map(largest),
            },
            digest: Some(digest),
            full,
        })
    }

    /// Its texts to this extent; `None` if they have to be asked for anew.
    pub(super) fn texts(&self, extent: Extent) -> Option<&Texts> {
        match extent {
            Extent::Digest => self.digest.as_ref(),
            Extent::Full => self.full.as_ref(),
        }
    }

    /// Whether all of its texts are there.
    pub(super) fn is_whole(&self) -> bool {
        self.digest.is_some() && self.sizes.full.is_some() == self.full.is_some()
    }

    /// Takes what it has not from one of the same entry.
    pub(super) fn fill(&mut self, other: Self) {
        self.digest = self.digest.take().or(other.digest);
        self.full = self.full.take().or(other.full);
    }

    /// What it takes in memory, in bytes.
    pub(super) fn weight(&self) -> usize {
        let texts = [&self.digest, &self.full];
        let texts = texts.into_iter().flatten().flatten();
        size_of::<Self>() + texts.map(String::capacity).sum::<usize>()
    }
}

fn texts(mut text: impl FnMut(usize) -> Result<String, FeedError>) -> Result<Texts, FeedError> {
    let mut texts = array::from_fn(|_| String::new());
    for (at, one) in texts.iter_mut().enumerate() {
        *one = text(at)?;
    }
    Ok(texts)
}

fn made(entry: &CleanEntry, format: usize, extent: Extent) -> Result<String, FeedError> {
    let format = &FORMATS[format];
    let made = (format.fragment)(entry, extent);
    let mut text = made.map_err(|fault| format.unfaithful(fault))?;
    text.shrink_to_fit();
    Ok(text)
}

fn largest(texts: &Texts) -> usize {
    texts.iter().map(String::len).max().unwrap_or_default()
}
