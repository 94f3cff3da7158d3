//! What is kept of a document: its entries as they were written.
//!
//! An edition differs from the one before in an entry or two. So only those
//! are laid out, read back and checked, in a document of their own that has
//! the head of the whole one; the bytes of all others are put behind them.
//!
//! The whole is then as good as if it had been read back at once. Each entry
//! was, as a whole element, in a document whose root had the same start tag:
//! the same prefixes were bound and the same language held. What stands before
//! and after the entries was read back just now, around one of them. Neither
//! XML nor the formats let an entry change how its neighbors read; only that
//! no id occurs twice is a matter of all, and the border sees to that.

use super::{LARGEST_DOCUMENT, border::CleanEntry, wire::Laid};
use std::{collections::BTreeMap, mem, sync::Arc};

/// The entries of the document before.
#[derive(Debug, Default)]
pub(super) struct Kept {
    /// The start tag of the root that they were read back in.
    root: Vec<u8>,
    /// By id, what each was written from, and its bytes.
    entries: BTreeMap<String, (Arc<CleanEntry>, Vec<u8>)>,
}

impl Kept {
    /// The document with these entries. `write` gives the one with only some of
    /// them, read back and checked.
    pub(super) fn document(
        &mut self,
        entries: &[Arc<CleanEntry>],
        write: impl Fn(&[&CleanEntry]) -> Result<Laid, String>,
    ) -> Result<Vec<u8>, String> {
        // Whatever goes wrong, nothing that is half done is kept.
        let mut before = mem::take(self);
        // The first is always written: it shows where the entries stand.
        let fresh = |at: usize, entry: &Arc<CleanEntry>, before: &Kept| {
            let same = |(clean, _): &(Arc<CleanEntry>, _)| Arc::ptr_eq(clean, entry);
            at == 0 || !before.entries.get(entry.id()).is_some_and(same)
        };
        let mut written = Vec::new();
        for (at, entry) in entries.iter().enumerate() {
            if fresh(at, entry, &before) {
                written.push(&**entry);
            }
        }
        let mut laid = write(&written)?;
        if written.len() < entries.len() && laid.bytes[laid.root.clone()] != before.root {
            before.entries.clear();
            written = entries.iter().map(|entry| &**entry).collect();
            laid = write(&written)?;
        }
        if laid.entries.len() != written.len() {
            return Err(format!("it has {} entries", laid.entries.len()));
        }
        self.root = laid.bytes[laid.root.clone()].to_vec();

        let (Some(first), Some(last)) = (laid.entries.first(), laid.entries.last()) else {
            return Ok(laid.bytes);
        };
        let kept = before.entries.values().map(|(_, bytes)| bytes.len());
        let mut bytes = Vec::with_capacity(laid.bytes.len() + kept.sum::<usize>());
        bytes.extend_from_slice(&laid.bytes[..first.start]);
        let mut ranges = laid.entries.iter();
        for (at, entry) in entries.iter().enumerate() {
            let own = if fresh(at, entry, &before) {
                let range = ranges.next().expect("as many were written as are fresh");
                laid.bytes[range.clone()].to_vec()
            } else {
                let kept = before.entries.remove(entry.id());
                kept.expect("what is not fresh is kept").1
            };
            bytes.extend_from_slice(&own);
            let id = entry.id().to_owned();
            self.entries.insert(id, (Arc::clone(entry), own));
        }
        bytes.extend_from_slice(&laid.bytes[last.end..]);
        if bytes.len() >= LARGEST_DOCUMENT {
            return Err(format!("it has {} bytes", bytes.len()));
        }
        Ok(bytes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        entry::{Entry, EntryId},
        feed::{
            Settings,
            border::{CleanFeed, Known},
            wire,
        },
    };
    use std::cell::RefCell;

    #[test]
    fn an_entry_is_written_when_it_is_fresh_first_or_under_another_root() {
        let entry = |number: u32| {
            Arc::new(Entry {
                id: EntryId(format!("tag:example.org,2024:{number}")),
                published: jiff::Timestamp::UNIX_EPOCH,
                updated: jiff::Timestamp::UNIX_EPOCH,
                ..Entry::default()
            })
        };
        let given = [entry(3), entry(2), entry(1)];
        let settings = Settings::default();
        let mut known = Known::default();
        let feed = CleanFeed::new(&settings, "tag:example.org,2024:feed", &given, &mut known)
            .expect("the ids are fit for a feed");
        let clean = feed.entries;
        let mut kept = Kept::default();
        let mut check = |entries: &[Arc<CleanEntry>], root: &str| {
            let written = RefCell::default();
            let write = |entries: &[&CleanEntry]| {
                let entry = |entry: &&CleanEntry| format!("<e>{}</e>", &entry.id()[21..]);
                let inner: String = entries.iter().map(entry).collect();
                written.replace(inner.replace("<e>", "").replace("</e>", ""));
                let xml = format!("<r a=\"{root}\">{inner}</r>");
                Ok(wire::finish(xml.as_bytes(), "e", &[]))
            };
            let document = kept.document(entries, write).expect("nothing fails");
            let document = String::from_utf8_lossy(&document).replace("\n  ", "");
            (written.into_inner(), document)
        };
        let three = "<r a=\"1\"><e>3</e><e>2</e><e>1</e>\n</r>\n";
        let two = "<r a=\"1\"><e>2</e><e>1</e>\n</r>\n";
        let other = "<r a=\"2\"><e>3</e><e>2</e><e>1</e>\n</r>\n";
        for (entries, root, written, document) in [
            (&clean[1..], "1", "21", two),
            (&clean[..], "1", "3", three),
            (&clean[1..], "1", "2", two),
            (&clean[..], "2", "321", other),
            (&clean[..], "2", "3", other),
        ] {
            assert_eq!(
                check(entries, root),
                (written.to_owned(), document.to_owned())
            );
        }
    }
}
