//! What there is no room for in memory: laid aside as bytes, and taken back.
//!
//! On a first pass over a large archive every entry is wanted in some seven
//! sheets, far apart. To write it anew for each would take most of the time.

use super::{
    coded::{Coded, push_about, push_number, push_text},
    fragment::{Fragment, Sizes, Texts},
};
use crate::channel::Listed;
use std::{array, collections::BTreeMap, fmt::Debug};

/// A place for bytes, such as a file. It may lose or refuse any of them: what is
/// not there is made anew.
pub trait Shelf: Debug + Send + Sync {
    /// Keeps bytes, and tells where; `None` if they cannot be kept.
    fn put(&mut self, bytes: &[u8]) -> Option<u64>;

    /// So many bytes from there; `None` if they cannot be had.
    fn get(&mut self, at: u64, length: usize) -> Option<Vec<u8>>;
}

/// Fragments on a shelf.
#[derive(Debug)]
pub(super) struct Shelved {
    shelf: Box<dyn Shelf>,
    /// By the entry's place: its version, and where its fragment is.
    places: BTreeMap<i64, (i64, u64, usize)>,
}

impl Shelved {
    pub(super) fn new(shelf: Box<dyn Shelf>) -> Self {
        Self {
            shelf,
            places: BTreeMap::new(),
        }
    }

    /// The same shelf, and nothing on it any more.
    pub(super) fn emptied(self) -> Self {
        Self::new(self.shelf)
    }

    /// Lays a fragment aside, unless it is there.
    pub(super) fn put(&mut self, listed: Listed, fragment: &Fragment) {
        let known = self.places.get(&listed.key);
        if known.is_some_and(|(version, ..)| *version == listed.version) {
            return;
        }
        let bytes = to_bytes(fragment);
        if let Some(at) = self.shelf.put(&bytes) {
            let place = (listed.version, at, bytes.len());
            self.places.insert(listed.key, place);
        }
    }

    /// Takes a fragment back; it stays there as well.
    pub(super) fn get(&mut self, listed: Listed) -> Option<Fragment> {
        let place = self.places.get(&listed.key);
        let (_, at, length) = *place.filter(|(version, ..)| *version == listed.version)?;
        from_bytes(&self.shelf.get(at, length)?)
    }
}

/// A fragment as bytes.
fn to_bytes(fragment: &Fragment) -> Vec<u8> {
    let mut out = Vec::with_capacity(fragment.weight());
    push_about(&mut out, &fragment.about);
    let Sizes { digest, full } = fragment.sizes;
    let texts = [&fragment.digest, &fragment.full];
    out.extend(texts.map(|texts| u8::from(texts.is_some())));
    out.push(u8::from(full.is_some()));
    push_number(&mut out, digest as u64);
    push_number(&mut out, full.unwrap_or_default() as u64);
    for text in texts.into_iter().flatten().flatten() {
        push_text(&mut out, text);
    }
    out
}

/// The fragment again; `None` if these are not the bytes of one.
fn from_bytes(bytes: &[u8]) -> Option<Fragment> {
    let mut coded = Coded(bytes);
    let about = coded.about()?;
    let [has_digest, has_full, is_full] = [coded.flag()?, coded.flag()?, coded.flag()?];
    let (digest, full) = (coded.count()?, coded.count()?);
    let mut texts = |are_there: bool| {
        let mut texts: Texts = array::from_fn(|_| String::new());
        for text in texts.iter_mut().filter(|_| are_there) {
            coded.text()?.clone_into(text);
        }
        Some(are_there.then_some(texts))
    };
    Some(Fragment {
        about,
        sizes: Sizes {
            digest,
            full: is_full.then_some(full),
        },
        digest: texts(has_digest)?,
        full: texts(has_full)?,
    })
}
