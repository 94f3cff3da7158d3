//! What lies in the feeds folder, as far as it can be read.

use crate::feed::{self, PublishedCard, PublishedEntry, PublishedHead, published};
use std::{
    fs::{self, File},
    io::Read as _,
    path::Path,
};

/// Of feeds other than that of all entries, no more than this is read of each
/// document: what it says of itself, and the headline of its newest entry.
const BEGINNING: u64 = 128 << 10;

/// The documents of ours in a folder of the feeds folder.
pub(super) fn documents(root: &Path, folder: &str, page: u32) -> Vec<(String, u32)> {
    let name = |name: &str| {
        if folder.is_empty() {
            name.to_owned()
        } else {
            format!("{folder}/{name}")
        }
    };
    let names = feed::published::document_names().map(name);
    let there = names.filter(|name| root.join(name).is_file());
    there.map(|name| (name, page)).collect()
}

/// What a sheet shows: by its Atom document, or by the other that can be
/// understood where that cannot be read.
pub(super) fn sheet(root: &Path, folder: &str) -> Option<(PublishedHead, Vec<PublishedEntry>)> {
    let read = |name: &str| text(&root.join(folder).join(name), feed::LARGEST_DOCUMENT as u64);
    let atom = read("atom.xml").and_then(|atom| published::entries(&atom));
    atom.or_else(|| published::entries_of_json(&read("feed.json")?))
}

pub(super) fn page_cards(root: &Path, folder: &str) -> Vec<PublishedCard> {
    let page = root.join(folder).join("index.html");
    let page = text(&page, feed::LARGEST_DOCUMENT as u64).unwrap_or_default();
    published::cards(&page)
}

pub(super) fn beginning(path: &Path) -> Option<String> {
    text(path, BEGINNING)
}

/// So many bytes of a file as text, if it is one.
fn text(path: &Path, limit: u64) -> Option<String> {
    // What is no file may never end.
    if !fs::metadata(path).ok()?.is_file() {
        return None;
    }
    let mut bytes = Vec::new();
    File::open(path)
        .ok()?
        .take(limit)
        .read_to_end(&mut bytes)
        .ok()?;
    Some(String::from_utf8_lossy(&bytes).into_owned())
}
