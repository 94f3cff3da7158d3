//! Sheets, rendered again and again.
//!
//! A drop changes an entry or two of each sheet that it is in. So what every
//! entry became is kept, and a document is put together from its head, the
//! fragments of its entries, and an end.

use super::{
    Document, Edition, FORMATS, FeedError, LARGEST_DOCUMENT, Settings, SiteUrl,
    border::{self, Extent},
    cache::{Cache, Made},
    fragment::Fragment,
    head::{self, About, Frame, Names},
    place,
    shelf::Shelf,
};
use crate::{
    channel::{Listed, Part, Sheet},
    entry::Entry,
};
use rayon::prelude::*;
use std::{collections::BTreeSet, sync::Arc};

/// Renders sheets. It keeps what entries became, so that only those need to be
/// loaded that it has not seen yet, or not as they are now.
///
/// First say which entries a sheet has ([`Renderer::missing`]), then give those
/// that it misses ([`Renderer::take`]), then have the sheet rendered
/// ([`Renderer::sheet`]). What it gives depends on these arguments alone, not
/// on what came before.
#[derive(Debug)]
pub struct Renderer {
    /// What all that is kept was made with.
    settings: Settings,
    cache: Cache,
}

/// How many bytes of fragments are kept. An entry of 600 words takes about 30
/// KB, so that the newest ones of every feed that is written to are there.
const ROOM: usize = 12 * 1024 * 1024;

/// With more entries than this, threads are worth their start.
const FEW: usize = 4;

/// A feed that people fetch every hour should not be larger, in bytes. Where
/// full texts would make it so, those that no longer fit are left out, and the
/// entry's content is its digest alone.
const NORMAL_DOCUMENT: usize = 512 * 1024;

/// The same for an archive page, which is fetched once.
const ARCHIVE_DOCUMENT: usize = 4_000_000;

/// What the elements around a document's own values take at most. The page for
/// people takes the most, with its styles.
const AROUND: usize = 16 * 1024;

/// How often a document says what it is called, and whatever else is in its
/// head.
const SAID: usize = 6;

impl Default for Renderer {
    fn default() -> Self {
        Self::with_room(ROOM)
    }
}

impl Renderer {
    /// One that keeps about so many bytes.
    #[must_use]
    pub fn with_room(bytes: usize) -> Self {
        Self {
            settings: Settings::default(),
            cache: Cache::new(bytes),
        }
    }

    /// Lays what it has no room for onto this shelf from now on, which is empty;
    /// or, without one, forgets it.
    pub fn set_shelf(&mut self, shelf: Option<Box<dyn Shelf>>) {
        self.cache.set_shelf(shelf);
    }

    /// Which of these entries it needs to be given, each once. All others are
    /// kept at least until the next call.
    pub fn missing(&mut self, settings: &Settings, listed: &[Listed]) -> Vec<Listed> {
        self.set(settings);
        self.cache.missing(listed)
    }

    /// Takes an entry and makes what it shall be in documents.
    ///
    /// # Errors
    ///
    /// When the entry cannot be shown: its id is unfit for a feed, or a format
    /// does not read back as it was written. It is then no longer missing, and
    /// sheets come without it, so that it costs only itself.
    pub fn take(
        &mut self,
        settings: &Settings,
        listed: Listed,
        entry: &Entry,
    ) -> Result<(), FeedError> {
        self.set(settings);
        let made = Fragment::new(settings, entry);
        self.put(listed, made)
    }

    /// Takes entries as [`Renderer::take`] does; with many of them, in several
    /// threads. Returns why some of them cannot be shown, if so.
    #[must_use]
    pub fn take_all(
        &mut self,
        settings: &Settings,
        entries: &[(Listed, Arc<Entry>)],
    ) -> Vec<FeedError> {
        self.set(settings);
        let make = |(_, entry): &(_, Arc<Entry>)| Fragment::new(settings, entry);
        let made: Vec<_> = if entries.len() <= FEW {
            entries.iter().map(make).collect()
        } else {
            entries.par_iter().map(make).collect()
        };
        let listed = entries.iter().map(|(listed, _)| *listed);
        let taken = listed
            .zip(made)
            .map(|(listed, made)| self.put(listed, made));
        taken.filter_map(Result::err).collect()
    }

    /// Renders a sheet in all formats, and the current one again wherever its
    /// channel was before.
    ///
    /// # Errors
    ///
    /// When an entry of the sheet is missing, an id is unfit for a feed or
    /// occurs twice, or a document does not read back as it was written.
    pub fn sheet(&self, settings: &Settings, sheet: &Sheet) -> Result<Edition, FeedError> {
        let entries = self.entries(settings, sheet)?;
        let entries = fitting(&entries, sheet.part, around(settings, sheet));
        let about: Vec<_> = entries.iter().map(|(one, _)| &one.about).collect();
        check_ids(&sheet.channel.id, &about)?;
        let names = Names::new(settings, sheet);
        let frame = Frame::new(settings, sheet, &names, &about)?;

        let mut folders = vec![&sheet.channel.folder];
        if sheet.part == Part::Current {
            for former in &sheet.channel.former {
                // A channel may have been renamed and back again.
                if !folders.contains(&former) {
                    folders.push(former);
                }
            }
        }
        let mut documents = Vec::with_capacity(folders.len() * FORMATS.len());
        for folder in folders {
            let folder = head::folder_of(folder, sheet.part);
            let frame = frame.at(&folder);
            for (at, format) in FORMATS.iter().enumerate() {
                let texts = entries.iter().map(|(one, extent)| one.text(at, *extent));
                let texts: Vec<_> = texts.collect();
                documents.push(Document {
                    name: place::path(&folder, format.name),
                    media_type: format.media_type,
                    bytes: format.document(&frame, &texts)?,
                });
            }
        }
        Ok(Edition { documents })
    }

    fn set(&mut self, settings: &Settings) {
        if self.settings != *settings {
            self.cache.clear();
            self.settings = settings.clone();
        }
    }

    fn put(&mut self, listed: Listed, made: Result<Fragment, FeedError>) -> Result<(), FeedError> {
        let (made, taken) = match made {
            Ok(fragment) => (Made::Fragment(Box::new(fragment)), Ok(())),
            Err(error) => (Made::Nothing, Err(error)),
        };
        self.cache.put(listed, made);
        taken
    }

    /// The entries of a sheet that can be shown.
    fn entries(&self, settings: &Settings, sheet: &Sheet) -> Result<Vec<&Fragment>, FeedError> {
        let mut entries = Vec::with_capacity(sheet.entries.len());
        for listed in &sheet.entries {
            let kept = self.cache.get(*listed);
            match kept.filter(|_| self.settings == *settings) {
                Some(Made::Fragment(fragment)) => entries.push(&**fragment),
                Some(Made::Nothing) => {}
                None => return Err(FeedError::Missing { key: listed.key }),
            }
        }
        Ok(entries)
    }
}

/// As many entries as a document can hold, with as many full texts as it
/// should. The first ones come first: they are the newest.
fn fitting<'f>(entries: &[&'f Fragment], part: Part, around: usize) -> Vec<(&'f Fragment, Extent)> {
    let room = match part {
        Part::Current => NORMAL_DOCUMENT,
        Part::Archive(_) => ARCHIVE_DOCUMENT,
    };
    let mut size = around;
    let mut fitting = Vec::with_capacity(entries.len());
    for entry in entries {
        size += entry.size(Extent::Digest);
        if size >= LARGEST_DOCUMENT {
            break;
        }
        fitting.push((*entry, Extent::Digest));
    }
    for (entry, extent) in &mut fitting {
        let more = entry
            .size(Extent::Full)
            .saturating_sub(entry.size(Extent::Digest));
        if size + more <= room {
            size += more;
            *extent = Extent::Full;
        }
    }
    fitting
}

/// What a document takes without its entries, at most, in bytes.
fn around(settings: &Settings, sheet: &Sheet) -> usize {
    // A character takes up to six bytes where it needs a reference.
    let is_special = |byte: &u8| b"&<>\"'".contains(byte);
    let size = |line: &str| {
        let line = &line[..line.floor_char_boundary(border::LONGEST_SAID)];
        line.len() + 5 * line.bytes().filter(is_special).count()
    };
    let channel = &sheet.channel;
    let said = [
        &*channel.id,
        &*channel.name,
        &*channel.folder,
        &*settings.title,
        &*settings.description,
        settings.author.as_deref().unwrap_or_default(),
        settings.url.as_ref().map_or("", SiteUrl::as_str),
    ];
    let deleted = sheet.deleted.iter().filter(|_| settings.tombstones);
    let deleted = deleted.map(|one| 100 + size(&one.id.0)).sum::<usize>();
    AROUND + SAID * said.into_iter().map(size).sum::<usize>() + deleted
}

/// Readers would show one of two entries with one id.
fn check_ids(channel: &str, entries: &[&About]) -> Result<(), FeedError> {
    let mut seen = BTreeSet::from([channel]);
    match entries.iter().find(|entry| !seen.insert(&entry.id)) {
        Some(entry) => Err(FeedError::SameId {
            id: entry.id.clone(),
        }),
        None => Ok(()),
    }
}
