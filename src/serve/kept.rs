//! Documents that readers asked for, kept for those who ask next.
//!
//! Of what was asked for lately the bytes are kept, and of much more the labels:
//! who has an edition already is told so without rendering it again.

use super::document::{self, Document, Label};
use crate::channel::Listed;
use std::{
    collections::{HashMap, VecDeque},
    sync::Arc,
};

/// How many bytes of documents are kept, encodings included: what a few dozen
/// feeds take.
const ROOM: usize = 8 << 20;

/// How many labels are kept.
const LABELS: usize = 8 * 1024;

/// For how many addresses of this server documents are kept; those who make
/// addresses up get theirs rendered each time.
const ROOTS: usize = 4;

/// Of how many earlier editions it is known what was in them, so that a reader
/// that has one can be told of the rest alone.
const EDITIONS: usize = 16;

/// Documents, by the address that this server was asked by (empty where the
/// documents do not depend on it) and by name.
#[derive(Debug, Default)]
pub(super) struct Kept {
    roots: HashMap<String, HashMap<String, Slot>>,
    size: usize,
    labels: usize,
    /// Counts what was asked for: what was not for long goes first.
    clock: u64,
}

#[derive(Debug, Default)]
struct Slot {
    label: Option<Arc<Label>>,
    document: Option<Arc<Document>>,
    /// What the document was counted with.
    size: usize,
    used: u64,
    editions: VecDeque<Edition>,
}

/// An earlier edition of a document.
#[derive(Debug, Clone)]
pub(super) struct Edition {
    stem: String,
    pub(super) listed: Vec<Listed>,
}

/// What is kept of a document.
#[derive(Debug, Clone)]
pub(super) struct Found {
    pub(super) label: Arc<Label>,
    pub(super) document: Option<Arc<Document>>,
}

impl Kept {
    /// What is kept of a document, if it is as it was published last.
    pub(super) fn find(&mut self, root: &str, name: &str) -> Option<Found> {
        self.clock += 1;
        let slot = self.roots.get_mut(root)?.get_mut(name)?;
        slot.used = self.clock;
        Some(Found {
            label: Arc::clone(slot.label.as_ref()?),
            document: slot.document.clone(),
        })
    }

    /// The edition of a document that has this entity tag, if it is known what
    /// was in it.
    pub(super) fn edition(&self, root: &str, name: &str, etag: &str) -> Option<&Edition> {
        let stem = document::stem(etag);
        let slot = self.roots.get(root)?.get(name)?;
        slot.editions.iter().find(|edition| edition.stem == stem)
    }

    /// Keeps a document.
    pub(super) fn keep(&mut self, root: &str, name: &str, document: &Arc<Document>) {
        self.clock += 1;
        if !self.roots.contains_key(root) && self.roots.len() >= ROOTS {
            let last = |slots: &HashMap<String, Slot>| slots.values().map(|one| one.used).max();
            let oldest = self.roots.iter().min_by_key(|(_, slots)| last(slots));
            let oldest = oldest.map(|(root, _)| root.clone());
            for slot in oldest
                .and_then(|root| self.roots.remove(&root))
                .unwrap_or_default()
            {
                self.size -= slot.1.size;
                self.labels -= 1;
            }
        }
        let slots = self.roots.entry(root.to_owned()).or_default();
        let before = slots.len();
        let slot = slots.entry(name.to_owned()).or_default();
        let label = Arc::new(document.label.clone());
        if let Some(listed) = &label.listed
            && slot.editions.iter().all(|one| one.stem != label.stem())
        {
            slot.editions.truncate(EDITIONS - 1);
            slot.editions.push_front(Edition {
                stem: label.stem().to_owned(),
                listed: listed.clone(),
            });
        }
        self.size -= slot.size;
        slot.size = document.size();
        self.size += slot.size;
        slot.label = Some(label);
        slot.document = Some(Arc::clone(document));
        slot.used = self.clock;
        self.labels += slots.len() - before;
        self.make_room();
    }

    /// Takes note that a document has grown by one of its encodings.
    pub(super) fn grown(&mut self, root: &str, name: &str, document: &Arc<Document>) {
        let slot = self
            .roots
            .get_mut(root)
            .and_then(|slots| slots.get_mut(name));
        let Some(slot) = slot else { return };
        if slot
            .document
            .as_ref()
            .is_some_and(|kept| Arc::ptr_eq(kept, document))
        {
            self.size -= slot.size;
            slot.size = document.size();
            self.size += slot.size;
            self.make_room();
        }
    }

    /// Forgets documents that were published anew or removed. Tells whether there
    /// are any.
    pub(super) fn forget<'n>(&mut self, names: impl Iterator<Item = &'n str>) -> bool {
        let mut any = false;
        for name in names {
            any = true;
            let slots = self.roots.values_mut();
            for slot in slots.filter_map(|slots| slots.get_mut(name)) {
                self.size -= slot.size;
                slot.size = 0;
                slot.label = None;
                slot.document = None;
            }
        }
        any
    }

    /// Forgets everything.
    pub(super) fn clear(&mut self) {
        *self = Self::default();
    }

    fn make_room(&mut self) {
        while self.size > ROOM {
            let slots = self.roots.values_mut().flat_map(HashMap::values_mut);
            let oldest = slots
                .filter(|slot| slot.size > 0)
                .min_by_key(|slot| slot.used);
            let Some(slot) = oldest else { return };
            self.size -= slot.size;
            slot.size = 0;
            slot.document = None;
        }
        if self.labels > LABELS {
            let slots = self.roots.values().flat_map(HashMap::values);
            let mut used: Vec<u64> = slots.map(|slot| slot.used).collect();
            let half = used.len() / 2;
            let (_, half, _) = used.select_nth_unstable(half);
            let half = *half;
            for slots in self.roots.values_mut() {
                slots.retain(|_, slot| slot.used >= half || slot.size > 0);
            }
            self.labels = self.roots.values().map(HashMap::len).sum();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn document(bytes: usize, fill: u8) -> Arc<Document> {
        let listed = Some(vec![Listed {
            key: i64::from(fill),
            version: 1,
        }]);
        Arc::new(Document::new("text/plain", vec![fill; bytes], None, listed))
    }

    #[test]
    fn what_was_not_asked_for_for_long_goes_but_for_its_label() {
        let mut kept = Kept::default();
        for (at, name) in ["a", "b", "c"].into_iter().enumerate() {
            kept.keep("", name, &document(ROOM / 3, u8::try_from(at).unwrap()));
        }
        kept.find("", "a");
        kept.keep("", "d", &document(ROOM / 3, 9));
        let has = |kept: &mut Kept, name| kept.find("", name).unwrap().document.is_some();
        assert!(has(&mut kept, "a") && !has(&mut kept, "b"));
        assert!(has(&mut kept, "c") && has(&mut kept, "d"));
        assert!(kept.size <= ROOM);
    }

    #[test]
    fn it_is_bounded_whatever_is_asked_for() {
        let mut kept = Kept::default();
        for at in 0..4 * LABELS {
            let root = (at % 7).to_string();
            kept.keep(&root, &at.to_string(), &document(2000, 1));
        }
        assert!(kept.size <= ROOM && kept.labels <= LABELS);
        let sizes = kept
            .roots
            .values()
            .flat_map(HashMap::values)
            .map(|slot| slot.size);
        assert_eq!(sizes.sum::<usize>(), kept.size);
        assert_eq!(
            kept.roots.values().map(HashMap::len).sum::<usize>(),
            kept.labels
        );
        assert!(kept.roots.len() <= ROOTS);
    }

    #[test]
    fn earlier_editions_are_known_by_their_tags() {
        let mut kept = Kept::default();
        let first = document(500, 1);
        kept.keep("", "a", &first);
        assert!(kept.forget(["a"].into_iter()));
        assert!(kept.find("", "a").is_none());
        kept.keep("", "a", &document(500, 2));
        let tag = format!("{}-gz", first.label.stem());
        assert_eq!(kept.edition("", "a", &tag).unwrap().listed[0].key, 1);
        assert!(kept.edition("", "a", "other").is_none());
        kept.clear();
        assert!(kept.edition("", "a", &tag).is_none());
    }
}
