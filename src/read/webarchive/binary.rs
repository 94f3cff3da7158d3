//! Binary property lists, as far as a page needs: the one way from the root to
//! its entry. Nothing is walked that is not asked for, so that no list can loop
//! or nest.

use super::{MAIN, Resource};
use encoding_rs::UTF_16BE;

pub(super) const MAGIC: &[u8] = b"bplist00";

/// How many bytes at the end tell where everything is.
const TRAILER: usize = 32;

/// The longest dictionary that is searched. The root and an entry have about
/// five keys each.
const KEYS: usize = 200;

/// The page's entry; `None` when the list is broken.
pub(super) fn resource(bytes: &[u8]) -> Option<Resource> {
    let list = List::open(bytes)?;
    let main = list.entries(list.root)?.into_iter();
    let main = main.into_iter().find(|(key, _)| key == MAIN)?.1;
    let mut resource = Resource::default();
    for (key, at) in list.entries(main)? {
        resource.take(&key, list.text(at), list.data(at));
    }
    Some(resource)
}

struct List<'l> {
    bytes: &'l [u8],
    /// Where the places of objects are told.
    table: usize,
    objects: usize,
    /// How many bytes a place takes there, and an object's number elsewhere.
    place: usize,
    number: usize,
    root: usize,
}

impl<'l> List<'l> {
    fn open(bytes: &'l [u8]) -> Option<Self> {
        let start = bytes.len().checked_sub(TRAILER)?;
        let trailer = &bytes[start..];
        let list = Self {
            bytes: &bytes[..start],
            place: usize::from(trailer[6]),
            number: usize::from(trailer[7]),
            objects: integer(&trailer[8..16])?,
            root: integer(&trailer[16..24])?,
            table: integer(&trailer[24..32])?,
        };
        let sizes = 1..=8;
        (sizes.contains(&list.place) && sizes.contains(&list.number)).then_some(list)
    }

    /// The bytes of an object from its marker on.
    fn object(&self, number: usize) -> Option<&'l [u8]> {
        if number >= self.objects {
            return None;
        }
        let at = self.table.checked_add(number.checked_mul(self.place)?)?;
        let place = self.bytes.get(at..at.checked_add(self.place)?)?;
        self.bytes
            .get(integer(place)?..)
            .filter(|rest| !rest.is_empty())
    }

    /// An object of this kind: its length and what follows.
    fn sized(&self, number: usize, kind: u8) -> Option<(usize, &'l [u8])> {
        let object = self.object(number)?;
        let (marker, rest) = object.split_first()?;
        if marker >> 4 != kind {
            return None;
        }
        if marker & 0xf < 0xf {
            return Some((usize::from(marker & 0xf), rest));
        }
        // A longer length is an integer object of its own.
        let (marker, rest) = rest.split_first()?;
        let size = 1usize << (marker & 0xf).min(4);
        let length = rest.get(..size).filter(|_| marker >> 4 == 1)?;
        Some((integer(length)?, &rest[size..]))
    }

    fn data(&self, number: usize) -> Option<Vec<u8>> {
        let (length, rest) = self.sized(number, 4)?;
        rest.get(..length).map(<[u8]>::to_vec)
    }

    fn text(&self, number: usize) -> Option<String> {
        if let Some((length, rest)) = self.sized(number, 5) {
            return Some(String::from_utf8_lossy(rest.get(..length)?).into_owned());
        }
        let (length, rest) = self.sized(number, 6)?;
        let units = rest.get(..length.checked_mul(2)?)?;
        Some(UTF_16BE.decode_without_bom_handling(units).0.into_owned())
    }

    /// The keys of a dictionary, and the numbers of their values.
    fn entries(&self, number: usize) -> Option<Vec<(String, usize)>> {
        let (length, rest) = self.sized(number, 0xd)?;
        let at = |place: usize| {
            let start = place.checked_mul(self.number)?;
            integer(rest.get(start..start.checked_add(self.number)?)?)
        };
        let entry = |place: usize| Some((self.text(at(place)?)?, at(place + length)?));
        let all = length <= KEYS;
        all.then(|| (0..length).map(entry).collect()).flatten()
    }
}

/// A number, its highest byte first.
fn integer(bytes: &[u8]) -> Option<usize> {
    let fold = |value: u64, byte: &u8| value.checked_mul(256)?.checked_add(u64::from(*byte));
    usize::try_from(bytes.iter().try_fold(0, fold)?).ok()
}
