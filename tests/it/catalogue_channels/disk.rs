//! A feeds folder as a service keeps it: it writes what is due and nothing else.

use crate::catalogue::Fixture;
use feedwright::{
    catalogue::{Due, Placed, Written},
    channel::{Channel, Part, Sheet},
    entry::Entry,
};
use std::collections::BTreeMap;

/// What lies in the feeds folder, by path.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Disk(pub(super) BTreeMap<String, Document>);

#[derive(Debug, Clone, PartialEq)]
pub(super) enum Document {
    Sheet(Box<Rendered>),
    Lists(Vec<Channel>),
    Page(Box<Entry>),
}

/// A part of a feed: whose, which, how far back it leads, what is in it.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Rendered {
    channel: Identity,
    part: Part,
    archives: Option<u32>,
    entries: Vec<Entry>,
    deleted: Vec<String>,
}

/// What a document says of its feed.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Identity {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) folder: String,
}

fn path(folder: &str, name: &str) -> String {
    if folder.is_empty() {
        name.to_owned()
    } else {
        format!("{folder}/{name}")
    }
}

/// The documents that a sheet comes to.
fn of_sheet(f: &Fixture, sheet: &Sheet) -> Vec<(String, Document)> {
    let channel = &sheet.channel;
    let identity = Identity {
        id: channel.id.clone(),
        name: channel.name.clone(),
        folder: channel.folder.clone(),
    };
    let entries = sheet.entries.iter().map(|listed| f.entry(listed.key));
    let deleted = sheet.deleted.iter().map(|gone| gone.id.0.clone());
    // The current part leads to the last page; pages lead to those beside them.
    let archives = (sheet.part == Part::Current).then_some(sheet.archives);
    let document = Document::Sheet(Box::new(Rendered {
        channel: identity,
        part: sheet.part,
        archives,
        entries: entries.collect(),
        deleted: deleted.collect(),
    }));
    let folders: Vec<String> = match sheet.part {
        Part::Current => {
            let former = channel.former.iter();
            former.chain([&channel.folder]).cloned().collect()
        }
        Part::Archive(page) => vec![path(&channel.folder, &format!("archive/{page}"))],
    };
    let names = folders.iter().map(|folder| path(folder, "feed"));
    names.map(|name| (name, document.clone())).collect()
}

fn of_lists(f: &Fixture) -> (String, Document) {
    let mut channels = f.catalogue.channels().unwrap();
    // Where they were before is nothing that a list shows.
    for channel in &mut channels {
        channel.former.clear();
    }
    ("lists".to_owned(), Document::Lists(channels))
}

fn of_entry(f: &Fixture, key: i64) -> Option<(String, Document)> {
    let entry = f.catalogue.entry(key).unwrap()?;
    let slug = f.catalogue.slug(key).unwrap().unwrap();
    assert_eq!(slug, entry.slug);
    let page = Document::Page(Box::new((*entry).clone()));
    Some((format!("entries/{slug}"), page))
}

impl Disk {
    /// Writes what is due.
    pub(super) fn publish(&mut self, f: &mut Fixture) {
        let (mut done, mut removed) = (Vec::new(), Vec::new());
        for due in f.catalogue.due(usize::MAX).unwrap() {
            let documents: Vec<(String, Document)> = match &due {
                Due::Gone(_) => Vec::new(),
                Due::Sheet { channel, part } => {
                    let sheet = f.catalogue.sheet(*channel, *part).unwrap();
                    sheet.map_or_else(Vec::new, |sheet| of_sheet(f, &sheet))
                }
                Due::Lists => vec![of_lists(f)],
                Due::Entry(key) => of_entry(f, *key).into_iter().collect(),
            };
            let mut ours: Vec<String> = documents.iter().map(|(name, _)| name.clone()).collect();
            ours.sort_unstable();
            let before = f.catalogue.documents_of(&due).unwrap().into_iter();
            for gone in before.filter(|document| ours.binary_search(&document.name).is_err()) {
                self.0.remove(&gone.name);
                removed.push(gone.name);
            }
            let written = ours.into_iter().map(|name| Written {
                size: name.len() as u64,
                modified: f.now,
                name,
            });
            done.push(Placed::new(due, written.collect()));
            self.0.extend(documents);
        }
        f.catalogue.published(&done, &removed).unwrap();
        assert_eq!(f.catalogue.due(1).unwrap(), []);
        let known = f.catalogue.documents().unwrap().into_iter();
        let known: Vec<String> = known.map(|(document, _)| document.name).collect();
        let there: Vec<String> = self.0.keys().cloned().collect();
        assert_eq!(known, there, "the ledger");
    }

    /// What would lie there if everything were written anew.
    pub(super) fn fresh(f: &Fixture, db: &rusqlite::Connection) -> Self {
        let mut disk = BTreeMap::new();
        let numbers = |sql: &str| -> Vec<i64> {
            let mut query = db.prepare(sql).unwrap();
            let rows = query.query_map([], |row| row.get(0)).unwrap();
            rows.collect::<Result<_, _>>().unwrap()
        };
        for channel in numbers("SELECT key FROM channel") {
            let sheet = |part| f.catalogue.sheet(channel, part).unwrap();
            let current = sheet(Part::Current).unwrap();
            disk.extend(of_sheet(f, &current));
            // The one after the last is there without entries, and no other.
            for page in 1..=current.archives + 1 {
                if let Some(page) = sheet(Part::Archive(page)) {
                    disk.extend(of_sheet(f, &page));
                }
            }
            assert_eq!(sheet(Part::Archive(current.archives + 2)), None);
        }
        for key in numbers("SELECT key FROM entry") {
            disk.extend(of_entry(f, key));
        }
        if !f.catalogue.channels().unwrap().is_empty() {
            disk.extend([of_lists(f)]);
        }
        Self(disk)
    }
}
