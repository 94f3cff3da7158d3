//! Publishing: what is due in the catalogue becomes documents on disk.
//!
//! The catalogue keeps what is due with the change that made it so, and forgets
//! it with the word that the documents are on disk. Whatever ends the program
//! in between, the next one goes on from there.

mod prepare;

use super::{notes::Later, push, shelf::FileShelf, worker::Worker};
use crate::{
    catalogue::{Due, Placed, Written},
    channel::{Part, Sheet},
    feed::{self, Document, Edition, FeedError, Imprint},
    publish,
};
use std::{
    collections::BTreeSet,
    slice,
    sync::atomic::{AtomicBool, Ordering},
    time::{Duration, Instant},
};

/// How much is asked for at once of what is due.
const SOME: usize = 256;

/// How many bytes of documents are held before they are written.
const BATCH: usize = 8 << 20;

/// How many entries are loaded at once; bounds the memory.
const LOADED: usize = 64;

/// When so many things cannot be written that were tried one by one, none can.
const MANY_REFUSED: usize = 16;

/// How often the lists of feeds are written at most. Every feed that is born
/// changes them, and with thousands of feeds they are the largest documents of
/// all, which nobody waits for: written every second, they were a fifth of the
/// work of articles that came one by one.
const LISTS: Duration = Duration::from_secs(10);

/// They rest for so many times what they took, if that is longer.
const COSTLY: u32 = 20;

/// What is due, and the documents that it became.
type Done = (Due, Edition);

/// The turn of something due: an archive page comes after the current part that
/// its entries stood in just now, while these are at hand.
fn turn(due: &Due) -> (u8, i64, Part) {
    match due {
        Due::Gone(_) => (0, 0, Part::Current),
        Due::Sheet { channel, part } => (1, *channel, *part),
        Due::Lists => (2, 0, Part::Current),
        Due::Entry(key) => (3, *key, Part::Current),
    }
}

impl Worker {
    /// Brings all documents on disk up to date, the feed of all entries first.
    /// Returns the names of those that were written. What a stop leaves is done
    /// the next time, and so are the lists of feeds if they were written just
    /// now, unless somebody asked for all. Where more has come meanwhile, the rest
    /// waits for it after a while: subscribers to everything should not.
    ///
    /// # Errors
    ///
    /// When a document cannot be written, or is not as it should be. Of the
    /// latter the old one stays, and the error comes when all others are
    /// written.
    pub(super) fn publish_due(&mut self, stop: &AtomicBool) -> anyhow::Result<Vec<String>> {
        let mut written = Vec::new();
        let mut faults = Vec::new();
        // What is not tried, or not again.
        let mut left = BTreeSet::new();
        self.notes.later = None;
        let mut refusal = None;
        let mut shelved = false;
        // Subscribers to everything do not wait for the rest.
        let mut limit = 1;
        loop {
            let began = Instant::now();
            let mut due = self.catalogue.due(limit + left.len())?;
            let is_stopped = stop.load(Ordering::Relaxed);
            let rests = is_stopped || began < self.lists_from;
            if due.contains(&Due::Lists) && rests && !self.asked {
                left.insert(Due::Lists);
            }
            due.retain(|due| !left.contains(due));
            if due.is_empty() {
                let has_lists = left.contains(&Due::Lists);
                self.notes.later = has_lists.then_some(Later::At(self.lists_from));
                break;
            }
            if is_stopped {
                break;
            }
            if due.len() >= SOME && !shelved {
                let shelf = FileShelf::new(self.config.service.state_folder.clone());
                self.renderer.set_shelf(Some(Box::new(shelf)));
                shelved = true;
            }
            due.sort_by_key(turn);
            self.catalogue.hold()?;
            let done = self.lay_out(due, &mut faults, &mut left);
            self.catalogue.release()?;
            let done = done?;
            let has_lists = done.iter().any(|(due, _)| *due == Due::Lists);
            if let Err(fault) = self.place(&done, &mut written) {
                // One that is in the way of one document stops no other; a disk
                // that is full stops all.
                let refused = self.place_each(done, &mut written);
                if refused.len() >= MANY_REFUSED {
                    self.notes.written = written;
                    self.notes.blocked = true;
                    return Err(fault);
                }
                left.extend(refused);
                refusal.get_or_insert(fault);
            }
            if has_lists {
                let now = Instant::now();
                self.lists_from = now + LISTS.max((now - began) * COSTLY);
            }
            if limit == 1 {
                self.shown = Instant::now();
            }
            limit = SOME;
            // A fault is told to be over when all was tried.
            let failed = refusal.is_some() || !faults.is_empty();
            let hurries = self.hurry.load(Ordering::Relaxed) && !self.asked && !failed;
            // What has come is to be looked at and taken in before it is published.
            if hurries && self.shown.elapsed() >= self.refresh / 2 {
                self.notes.later = Some(Later::AfterMore);
                break;
            }
        }
        self.renderer.set_shelf(None);
        for fault in &faults {
            self.notes.unfit(fault);
        }
        let failed = match (refusal, faults.into_iter().next()) {
            (None, None) => return Ok(written),
            (Some(refusal), _) => Err(refusal),
            (None, Some(fault)) => Err(fault.into()),
        };
        self.notes.written = written;
        failed
    }

    /// What is due, in documents, as far as it may be held.
    fn lay_out(
        &mut self,
        due: Vec<Due>,
        faults: &mut Vec<FeedError>,
        left: &mut BTreeSet<Due>,
    ) -> anyhow::Result<Vec<Done>> {
        let mut done: Vec<Done> = Vec::new();
        let mut size = 0;
        for due in due {
            match self.documents(&due, faults)? {
                Ok(edition) => {
                    let documents = edition.documents.iter();
                    size += documents.map(|one| one.bytes.len()).sum::<usize>();
                    done.push((due, edition));
                }
                Err(fault) => {
                    faults.push(fault);
                    left.insert(due);
                }
            }
            if size >= BATCH {
                break;
            }
        }
        Ok(done)
    }

    /// Puts documents onto the disk, those of each due by themselves, and tells
    /// which of these cannot be, up to [`MANY_REFUSED`].
    fn place_each(&mut self, done: Vec<Done>, written: &mut Vec<String>) -> Vec<Due> {
        let mut refused = Vec::new();
        for one in done {
            if let Err(error) = self.place(slice::from_ref(&one), written) {
                let folder = &self.config.service.feeds_folder;
                self.notes.refused(error, folder);
                refused.push(one.0);
                if refused.len() >= MANY_REFUSED {
                    break;
                }
            }
        }
        refused
    }

    /// Brings what is due first up to date, which is the feed of all entries,
    /// and nothing else: a long pass shows how far it is.
    pub(super) fn publish_first(&mut self) -> anyhow::Result<Vec<String>> {
        let mut done = Vec::new();
        for due in self.catalogue.due(1)? {
            // Faults are told at the end of the pass.
            if let Ok(edition) = self.documents(&due, &mut Vec::new())? {
                done.push((due, edition));
            }
        }
        let mut written = Vec::new();
        self.place(&done, &mut written)?;
        self.shown = Instant::now();
        Ok(written)
    }

    /// The documents that something due becomes; none for what is gone. An
    /// entry that cannot be shown is left out, and the reason put to `faults`.
    fn documents(
        &mut self,
        due: &Due,
        faults: &mut Vec<FeedError>,
    ) -> anyhow::Result<Result<Edition, FeedError>> {
        let settings = &self.config.feed;
        Ok(match due {
            Due::Sheet { channel, part } => {
                let Some(sheet) = self.catalogue.sheet(*channel, *part)? else {
                    return Ok(Ok(Edition::default()));
                };
                self.load(&sheet, *channel, faults)?;
                self.renderer.sheet(&self.config.feed, &sheet)
            }
            Due::Entry(key) => match self.catalogue.entry(*key)? {
                Some(entry) => feed::entry_page(settings, &entry).map(Edition::from_iter),
                None => Ok(Edition::default()),
            },
            Due::Lists => {
                let lists = feed::lists(settings, &self.catalogue.channels()?);
                Ok(Edition::from_iter(lists))
            }
            Due::Gone(_) => Ok(Edition::default()),
        })
    }

    /// Gives the renderer the entries of a sheet that it misses: from the
    /// documents that they stand in, else from the catalogue.
    fn load(
        &mut self,
        sheet: &Sheet,
        channel: i64,
        faults: &mut Vec<FeedError>,
    ) -> anyhow::Result<()> {
        let settings = &self.config.feed;
        let mut missing = self.renderer.missing(settings, sheet);
        if missing.is_empty() {
            return Ok(());
        }
        if let Some((imprint, documents)) = self.printed(channel)? {
            self.renderer.recall(settings, &imprint, &documents);
            missing = self.renderer.missing(settings, sheet);
        }
        // The second time for full texts that there turns out to be room for.
        for _ in 0..2 {
            for listed in missing.chunks(LOADED) {
                let mut fresh = Vec::with_capacity(listed.len());
                for listed in listed {
                    if let Some(entry) = self.catalogue.entry(listed.key)? {
                        fresh.push((*listed, entry));
                    }
                }
                faults.extend(self.renderer.take_all(settings, &fresh));
            }
            missing = self.renderer.missing(settings, sheet);
            if missing.is_empty() {
                break;
            }
        }
        Ok(())
    }

    /// What the current part of a feed left in its documents, and these, unless
    /// somebody changed them.
    fn printed(&self, channel: i64) -> anyhow::Result<Option<(Imprint, Vec<Vec<u8>>)>> {
        let imprint = self.catalogue.imprint(channel)?;
        let Some(imprint) = imprint.and_then(|bytes| Imprint::from_bytes(&bytes)) else {
            return Ok(None);
        };
        let part = Part::Current;
        let written = self.catalogue.documents_of(&Due::Sheet { channel, part })?;
        let folder = &self.config.service.feeds_folder;
        let read = |name: &str| {
            let one = written.iter().find(|one| one.name == name)?;
            publish::untouched(folder, &one.name, one.size, one.modified)
        };
        let documents: Option<Vec<_>> = imprint.names().map(read).collect();
        Ok(documents.map(|documents| (imprint, documents)))
    }

    /// Puts documents onto the disk, takes away those that what is done had
    /// before and has no longer, and tells the catalogue. Appends the names of
    /// those that were written.
    fn place(&mut self, done: &[Done], written: &mut Vec<String>) -> anyhow::Result<()> {
        if done.is_empty() {
            return Ok(());
        }
        let folder = &self.config.service.feeds_folder;
        let mut before = publish::Known::new();
        for (due, _) in done {
            let documents = self.catalogue.documents_of(due)?.into_iter();
            before.extend(documents.map(|one| (one.name, (one.size, one.modified))));
        }
        // A document that nobody knows of would stay for ever, were its article
        // gone by the time that the work of a killed process is taken up.
        let mut new = told(done, |document| {
            let is_new = !before.contains_key(&document.name);
            is_new.then(|| unwritten(&document.name))
        });
        new.retain(|one| !one.documents.is_empty());
        if !new.is_empty() {
            self.catalogue.note_documents(&new)?;
        }
        let documents = done.iter().flat_map(|(_, edition)| &edition.documents);
        let published = publish::publish(folder, &documents.collect::<Vec<_>>(), &before)?;
        for document in &published {
            before.remove(&document.name);
        }
        let removed: Vec<String> = before.into_keys().collect();
        let mut rest = published.iter();
        let told = told(done, |_| {
            rest.next().map(|one| Written {
                name: one.name.clone(),
                size: one.size,
                modified: one.modified,
            })
        });
        let changed = push::changed(done, &published);
        self.before_told(&changed)?;
        let cleared = publish::remove(&self.config.service.feeds_folder, &removed);
        if cleared.is_ok() {
            self.catalogue.published(&told, &removed)?;
        } else {
            // What was published need not be written once more.
            self.catalogue.note_documents(&told)?;
        }
        self.notes.changed.extend(changed);
        cleared?;
        self.notes.removed.extend(removed);
        let names = published.into_iter().filter(|one| one.written);
        written.extend(names.map(|one| one.name));
        Ok(())
    }
}

/// What the catalogue is told of each document, if anything, beside what it
/// comes from.
fn told(done: &[Done], mut tell: impl FnMut(&Document) -> Option<Written>) -> Vec<Placed> {
    let told = done.iter().map(|(due, edition)| Placed {
        due: due.clone(),
        documents: edition.documents.iter().filter_map(&mut tell).collect(),
        imprint: edition.imprint.as_ref().map(Imprint::to_bytes),
    });
    told.collect()
}

/// A document that is yet to be written: no file is like it.
fn unwritten(name: &str) -> Written {
    Written {
        name: name.to_owned(),
        size: u64::MAX,
        modified: i64::MIN,
    }
}
