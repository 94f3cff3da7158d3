//! Sheets, rendered again and again.
//!
//! A drop changes an entry or two of each sheet that it is in. So what every
//! entry became is kept, and a document is put together from its head, the
//! fragments of its entries, and an end.

use super::{
    Document, Edition, FORMATS, FeedError, LARGEST_DOCUMENT, Settings, SiteUrl,
    border::{self, Extent},
    cache::{Cache, Made},
    fragment::{Fragment, Sizes},
    head::{self, About, Frame, Names},
    imprint::Imprint,
    place,
    shelf::Shelf,
};
use crate::{
    channel::{Listed, Part, Sheet},
    entry::Entry,
};
use rayon::prelude::*;
use std::{array, collections::BTreeSet, sync::Arc};

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
/// KB, so that what a drop brings is there for each of its sheets; what was there
/// before stands in their documents.
const ROOM: usize = 4 * 1024 * 1024;

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

    /// Which entries it needs to be given for this sheet, each once. All others
    /// are kept at least until the next call. When they are given, more may be
    /// missing: only when the sizes of all are known, it is known how much of
    /// each there is room for.
    pub fn missing(&mut self, settings: &Settings, sheet: &Sheet) -> Vec<Listed> {
        self.set(settings);
        let missing = self.cache.missing(&sheet.entries);
        if !missing.is_empty() {
            return missing;
        }
        let Ok(entries) = self.entries(settings, sheet) else {
            return missing;
        };
        let entries = fitting(&entries, sheet.part, around(settings, sheet));
        let is_short = |one: &Fitting| one.fragment.texts(one.extent).is_none();
        let short = entries.iter().filter(|one| is_short(one));
        short.map(|one| one.listed).collect()
    }

    /// Takes entries from the documents that they stand in: those which a sheet
    /// left this imprint in, one for each of [`Imprint::names`]. If these are
    /// not the documents as they were then, it takes nothing.
    pub fn recall(&mut self, settings: &Settings, imprint: &Imprint, documents: &[Vec<u8>]) {
        self.set(settings);
        let is_wanted = |listed| !self.cache.is_whole(listed);
        for (listed, fragment) in imprint.take(settings, documents, is_wanted) {
            self.cache.add(listed, fragment);
        }
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
        let about: Vec<_> = entries.iter().map(|one| &one.fragment.about).collect();
        check_ids(&sheet.channel.id, &about)?;
        let mut shown = Vec::with_capacity(entries.len());
        for Fitting {
            listed,
            fragment,
            extent,
        } in &entries
        {
            let missing = FeedError::Missing { key: listed.key };
            shown.push(fragment.texts(*extent).ok_or(missing)?);
        }
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
        let mut starts = Vec::with_capacity(documents.capacity());
        for folder in folders {
            let folder = head::folder_of(folder, sheet.part);
            let frame = frame.at(&folder);
            for (at, format) in FORMATS.iter().enumerate() {
                let texts: Vec<_> = shown.iter().map(|texts| &*texts[at]).collect();
                let (bytes, start) = format.document(&frame, &texts)?;
                starts.push(start);
                documents.push(Document {
                    name: place::path(&folder, format.name),
                    media_type: format.media_type,
                    bytes,
                });
            }
        }
        // Archive pages are hardly ever rendered again.
        let imprint = (sheet.part == Part::Current).then(|| {
            let mut imprint =
                Imprint::new(settings, array::from_fn(|at| (&documents[at], starts[at])));
            for one in &entries {
                imprint.push(one.listed, one.fragment, one.extent);
            }
            imprint
        });
        Ok(Edition { documents, imprint })
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
    fn entries(
        &self,
        settings: &Settings,
        sheet: &Sheet,
    ) -> Result<Vec<(Listed, &Fragment)>, FeedError> {
        let mut entries = Vec::with_capacity(sheet.entries.len());
        for listed in &sheet.entries {
            let kept = self.cache.get(*listed);
            match kept.filter(|_| self.settings == *settings) {
                Some(Made::Fragment(fragment)) => entries.push((*listed, &**fragment)),
                Some(Made::Nothing) => {}
                None => return Err(FeedError::Missing { key: listed.key }),
            }
        }
        Ok(entries)
    }
}

/// An entry in a document, and how much of it there is room for.
struct Fitting<'f> {
    listed: Listed,
    fragment: &'f Fragment,
    extent: Extent,
}

/// As many entries as a document can hold, with as many full texts as it
/// should. The first ones come first: they are the newest.
fn fitting<'f>(entries: &[(Listed, &'f Fragment)], part: Part, around: usize) -> Vec<Fitting<'f>> {
    let room = match part {
        Part::Current => NORMAL_DOCUMENT,
        Part::Archive(_) => ARCHIVE_DOCUMENT,
    };
    let mut size = around;
    let mut fitting = Vec::with_capacity(entries.len());
    for (listed, fragment) in entries {
        size += fragment.sizes.digest;
        if size >= LARGEST_DOCUMENT {
            break;
        }
        fitting.push(Fitting {
            listed: *listed,
            fragment,
            extent: Extent::Digest,
        });
    }
    for one in &mut fitting {
        let Sizes { digest, full } = one.fragment.sizes;
        let Some(full) = full else { continue };
        let more = full.saturating_sub(digest);
        if size + more <= room {
            size += more;
            one.extent = Extent::Full;
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
