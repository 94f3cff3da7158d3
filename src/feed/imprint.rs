//! What a sheet left in its documents, so that its entries can be taken from
//! there when it is rendered again.
//!
//! A drop adds an entry to a sheet of fifty. The others stand in the documents
//! as they were, word for word; to load and write each anew would take most of
//! the time, and to keep them all in memory, most of the memory.

use super::{
    Document, FORMATS, Settings, VERSION,
    border::Extent,
    coded::{Coded, push_about, push_number, push_text},
    fragment::{Fragment, Sizes},
    head::About,
};
use crate::channel::Listed;
use std::array;

/// What a sheet left in its documents: which these are, and where in them each
/// of its entries stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Imprint {
    /// What the documents were made with.
    made_with: [u8; 16],
    documents: [Printed; FORMATS.len()],
    entries: Vec<Stamp>,
}

/// A document.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Printed {
    name: String,
    /// Over all of its bytes.
    checksum: u32,
    /// Where its first entry begins.
    start: usize,
}

/// An entry, as it stands in the documents.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Stamp {
    listed: Listed,
    about: About,
    sizes: Sizes,
    extent: Extent,
    /// How many bytes it has in each document.
    lengths: [usize; FORMATS.len()],
}

impl Imprint {
    /// The imprint of documents, one a format; nothing stands in them yet. Where
    /// their entries begin is given with each.
    pub(super) fn new(settings: &Settings, documents: [(&Document, usize); FORMATS.len()]) -> Self {
        let printed = |(document, start): (&Document, usize)| Printed {
            name: document.name.clone(),
            checksum: crc32fast::hash(&document.bytes),
            start,
        };
        Self {
            made_with: made_with(settings),
            documents: documents.map(printed),
            entries: Vec::new(),
        }
    }

    /// Adds the next entry in the documents.
    pub(super) fn push(&mut self, listed: Listed, fragment: &Fragment, extent: Extent) {
        let texts = fragment.texts(extent);
        self.entries.push(Stamp {
            listed,
            about: fragment.about.clone(),
            sizes: fragment.sizes,
            extent,
            lengths: array::from_fn(|at| texts.map_or(0, |texts| texts[at].len())),
        });
    }

    /// The names of the documents, in the order in which they are to be given.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.documents.iter().map(|one| &*one.name)
    }

    /// Takes the entries that are wanted from the documents; none if these are
    /// not the ones, or entries look otherwise now.
    pub(super) fn take(
        &self,
        settings: &Settings,
        documents: &[Vec<u8>],
        is_wanted: impl Fn(Listed) -> bool,
    ) -> Vec<(Listed, Fragment)> {
        let are_they = documents.len() == FORMATS.len()
            && self.made_with == made_with(settings)
            && documents
                .iter()
                .zip(&self.documents)
                .all(|(bytes, printed)| crc32fast::hash(bytes) == printed.checksum);
        if !are_they {
            return Vec::new();
        }
        let mut starts = self.documents.each_ref().map(|one| one.start);
        let mut taken = Vec::new();
        for stamp in &self.entries {
            let from = starts;
            for (at, start) in starts.iter_mut().enumerate() {
                *start += stamp.lengths[at] + FORMATS[at].between.len();
            }
            if !is_wanted(stamp.listed) {
                continue;
            }
            let mut texts = array::from_fn(|_| String::new());
            for (at, text) in texts.iter_mut().enumerate() {
                let bytes = documents[at].get(from[at]..from[at] + stamp.lengths[at]);
                let Some(found) = bytes.and_then(|bytes| str::from_utf8(bytes).ok()) else {
                    return taken;
                };
                found.clone_into(text);
            }
            let mut fragment = Fragment {
                about: stamp.about.clone(),
                sizes: stamp.sizes,
                digest: None,
                full: None,
            };
            *match stamp.extent {
                Extent::Digest => &mut fragment.digest,
                Extent::Full => &mut fragment.full,
            } = Some(texts);
            taken.push((stamp.listed, fragment));
        }
        taken
    }

    /// As bytes, to be kept.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut out = self.made_with.to_vec();
        for printed in &self.documents {
            push_text(&mut out, &printed.name);
            push_number(&mut out, printed.checksum.into());
            push_number(&mut out, printed.start as u64);
        }
        for stamp in &self.entries {
            push_number(&mut out, stamp.listed.key.cast_unsigned());
            push_number(&mut out, stamp.listed.version.cast_unsigned());
            push_about(&mut out, &stamp.about);
            let Sizes { digest, full } = stamp.sizes;
            out.push(u8::from(stamp.extent == Extent::Full));
            out.push(u8::from(full.is_some()));
            push_number(&mut out, digest as u64);
            push_number(&mut out, full.unwrap_or_default() as u64);
            for length in stamp.lengths {
                push_number(&mut out, length as u64);
            }
        }
        out
    }

    /// An imprint that was kept; `None` if these bytes are not one.
    #[must_use]
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let (made_with, rest) = bytes.split_first_chunk()?;
        let mut coded = Coded(rest);
        let mut printed = || {
            Some(Printed {
                name: coded.text()?.to_owned(),
                checksum: coded.number()?.try_into().ok()?,
                start: coded.count()?,
            })
        };
        let documents: Option<Vec<_>> = FORMATS.iter().map(|_| printed()).collect();
        let mut entries = Vec::new();
        while !coded.0.is_empty() {
            entries.push(stamp(&mut coded)?);
        }
        Some(Self {
            made_with: *made_with,
            documents: documents?.try_into().ok()?,
            entries,
        })
    }
}

fn stamp(coded: &mut Coded) -> Option<Stamp> {
    let listed = Listed {
        key: coded.number()?.cast_signed(),
        version: coded.number()?.cast_signed(),
    };
    let about = coded.about()?;
    let [shows_full, has_full] = [coded.flag()?, coded.flag()?];
    let (digest, full) = (coded.count()?, coded.count()?);
    let mut lengths = [0; FORMATS.len()];
    for length in &mut lengths {
        *length = coded.count()?;
    }
    Some(Stamp {
        listed,
        about,
        sizes: Sizes {
            digest,
            full: has_full.then_some(full),
        },
        extent: if shows_full {
            Extent::Full
        } else {
            Extent::Digest
        },
        lengths,
    })
}

/// Names what entries are made with, besides themselves.
fn made_with(settings: &Settings) -> [u8; 16] {
    let hash = blake3::hash(format!("{VERSION} {settings:?}").as_bytes());
    array::from_fn(|at| hash.as_bytes()[at])
}
