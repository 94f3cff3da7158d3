//! What there is no room for in memory: laid aside as bytes, and taken back.
//!
//! On a first pass over a large archive every entry is wanted in some seven
//! sheets, far apart. To write it anew for each would take most of the time.

use super::{
    FORMATS,
    fragment::{Fragment, Texts},
    head::{About, Uses},
};
use crate::channel::Listed;
use jiff::Timestamp;
use std::{collections::BTreeMap, fmt::Debug};

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

/// A fragment as bytes: each text behind its length.
fn to_bytes(fragment: &Fragment) -> Vec<u8> {
    let mut out = Vec::with_capacity(fragment.weight());
    let About {
        id,
        language,
        updated,
        uses: Uses { entries, media },
    } = &fragment.about;
    let flags = [
        *entries,
        *media,
        language.is_some(),
        fragment.full.is_some(),
    ];
    out.extend(flags.map(u8::from));
    out.extend(updated.as_second().to_le_bytes());
    push(&mut out, id);
    push(&mut out, language.as_deref().unwrap_or_default());
    let texts = [Some(&fragment.digest), fragment.full.as_ref()];
    for text in texts.into_iter().flatten().flat_map(|texts| &texts.of) {
        push(&mut out, text);
    }
    out
}

fn push(out: &mut Vec<u8>, text: &str) {
    out.extend((text.len() as u64).to_le_bytes());
    out.extend(text.as_bytes());
}

/// The fragment again; `None` if these are not the bytes of one.
fn from_bytes(mut bytes: &[u8]) -> Option<Fragment> {
    let rest = &mut bytes;
    let [entries, media, has_language, has_full] = *rest.split_off(..4)?.first_chunk()?;
    let updated = i64::from_le_bytes(*rest.split_off(..8)?.first_chunk()?);
    let id = text(rest)?;
    let language = text(rest)?;
    let mut texts = || {
        let mut of = [const { String::new() }; FORMATS.len()];
        for one in &mut of {
            *one = text(rest)?;
        }
        Some(Texts::of(of))
    };
    Some(Fragment {
        digest: texts()?,
        full: if has_full == 1 { Some(texts()?) } else { None },
        about: About {
            id,
            language: (has_language == 1).then_some(language),
            updated: Timestamp::from_second(updated).ok()?,
            uses: Uses {
                entries: entries == 1,
                media: media == 1,
            },
        },
    })
}

fn text(rest: &mut &[u8]) -> Option<String> {
    let length = u64::from_le_bytes(*rest.split_off(..8)?.first_chunk()?);
    let bytes = rest.split_off(..usize::try_from(length).ok()?)?;
    String::from_utf8(bytes.to_vec()).ok()
}
