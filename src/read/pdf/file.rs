//! The file: where its objects are, and what its streams hold.
//!
//! The tables that say where objects are are not read: they are often wrong,
//! and following them can go round in circles. Objects are found where they
//! are, in one pass over the file, and of those with one number the last holds,
//! since changes are appended. So damaged and cut files need no second way.

use super::{
    Work,
    crypt::{Key, Locked},
    filter::{self, Parameters},
    object::{Dict, Lexer, Object},
    spelling::{ends_there, heading, stream_start, without_line_end},
};
use crate::read::{Input, ReadError, unpack::BEYOND_ROOM};
use memchr::memmem;
use std::collections::BTreeMap;

/// What an object that the end of the file cuts costs, for each of its bytes.
const CUT: usize = 8;

/// So many references may lead to another reference.
const LONGEST_CHAIN: usize = 8;

/// So many filters may be one behind the other. Two are usual.
const MOST_FILTERS: usize = 4;

pub(super) struct File<'a> {
    input: &'a Input<'a>,
    work: &'a Work,
    places: BTreeMap<u32, Place>,
    /// What streams of objects hold, unpacked.
    packed: Vec<Vec<u8>>,
    /// What the file says about itself as a whole.
    trailer: Dict,
    key: Option<Key>,
}

#[derive(Clone, Copy)]
enum Place {
    /// In the file itself.
    Plain {
        at: usize,
        generation: u16,
        /// From where to where its stream is, if it is one.
        stream: Option<(usize, usize)>,
    },
    /// In one of the streams of objects.
    Packed { stream: usize, at: usize },
}

impl<'a> File<'a> {
    pub(super) fn of(input: &'a Input<'a>, work: &'a Work) -> Result<Self, Locked> {
        let mut file = Self {
            input,
            work,
            places: BTreeMap::new(),
            packed: Vec::new(),
            trailer: Dict::default(),
            key: None,
        };
        let found = file.scan();
        let encrypt = file
            .trailer
            .get("Encrypt")
            .map(|object| file.resolve(object));
        if let Some(Object::Dict(encrypt)) = encrypt {
            let id = file.trailer.get("ID").map(|id| file.resolve(id));
            let id = id.as_ref().and_then(Object::array);
            let id = id.and_then(|id| id.first()?.text()).unwrap_or_default();
            file.key = Some(Key::open(&file.resolved(&encrypt), id)?);
        }
        file.place(found);
        if !matches!(file.trailer.get("Root"), Some(Object::Ref(_))) {
            file.guess_root();
        }
        Ok(file)
    }

    /// Finds the objects and the trailers, in order.
    fn scan(&mut self) -> Vec<(u32, Place, bool)> {
        let bytes = self.input.bytes;
        let ends = memmem::Finder::new("endstream");
        let mut found = Vec::new();
        let mut from = 0;
        while let Some(next) = memmem::find(&bytes[from..], b"obj") {
            let at = from + next;
            let gap = &bytes[from..at];
            for trailer in memmem::find_iter(gap, b"trailer") {
                self.take_trailer(from + trailer + "trailer".len());
            }
            from = at + "obj".len();
            let Some((number, generation)) = heading(&bytes[..at]) else {
                continue;
            };
            let mut lexer = Lexer::new(bytes, from, self.work);
            let Some(object) = lexer.object() else {
                // One object may be cut by the end of the file; where many
                // are, each would be read to the end.
                if lexer.at() == bytes.len() {
                    self.work.spend(CUT * (bytes.len() - from));
                }
                if self.work.is_spent() {
                    break;
                }
                continue;
            };
            let behind = lexer.at();
            let mut stream = None;
            let mut packed = false;
            if let Some((dict, start)) = object.dict().zip(stream_start(bytes, &mut lexer)) {
                let length = dict.get("Length").and_then(Object::count);
                let stated = length.and_then(|length| start.checked_add(length));
                let stated = stated.filter(|end| ends_there(bytes, *end));
                let end = stated.unwrap_or_else(|| match ends.find(&bytes[start..]) {
                    Some(end) => without_line_end(bytes, start, start + end),
                    None => bytes.len(),
                });
                stream = Some((start, end));
                packed = dict.is("Type", "ObjStm");
                if dict.is("Type", "XRef") {
                    self.merge(dict);
                }
                from = end;
            } else {
                from = behind;
            }
            let place = Place::Plain {
                at: at + "obj".len(),
                generation,
                stream,
            };
            self.places.insert(number, place);
            found.push((number, place, packed));
        }
        for trailer in memmem::find_iter(&bytes[from..], b"trailer") {
            self.take_trailer(from + trailer + "trailer".len());
        }
        found
    }

    fn take_trailer(&mut self, at: usize) {
        let mut lexer = Lexer::new(self.input.bytes, at, self.work);
        if let Some(Object::Dict(dict)) = lexer.object() {
            self.merge(&dict);
        }
    }

    /// Takes what a trailer says; a later one holds.
    fn merge(&mut self, trailer: &Dict) {
        for key in ["Root", "Info", "Encrypt", "ID"] {
            if let Some(value) = trailer.get(key) {
                self.trailer.insert(key.as_bytes(), value.clone());
            }
        }
    }

    /// Enters all objects at their places, now that streams of objects can be
    /// read.
    fn place(&mut self, found: Vec<(u32, Place, bool)>) {
        self.places.clear();
        for (number, place, packed) in found {
            self.places.insert(number, place);
            if !packed {
                continue;
            }
            let Some((dict, bytes)) = self.stream(number) else {
                continue;
            };
            let first = dict.get("First").map(|first| self.resolve(first));
            let first = first.and_then(|first| first.count()).unwrap_or(0);
            let mut lexer = Lexer::new(&bytes, 0, self.work);
            let stream = self.packed.len();
            while lexer.at() < first {
                let pair = lexer.object().zip(lexer.object());
                let Some((number, offset)) = pair else { break };
                let number = number.count().and_then(|number| u32::try_from(number).ok());
                let (Some(number), Some(offset)) = (number, offset.count()) else {
                    break;
                };
                let at = first.saturating_add(offset);
                self.places.insert(number, Place::Packed { stream, at });
            }
            self.packed.push(bytes);
        }
    }

    /// Looks for the catalog of a file whose end is missing.
    fn guess_root(&mut self) {
        let numbers: Vec<u32> = self.places.keys().copied().collect();
        let root = numbers.into_iter().rev().find(|number| {
            let object = self.get(*number);
            let dict = object.as_ref().and_then(Object::dict);
            dict.is_some_and(|dict| dict.is("Type", "Catalog"))
        });
        if let Some(root) = root {
            self.trailer.insert(b"Root", Object::Ref(root));
        }
    }

    /// Every object that is a page, for files without a tree of them.
    pub(super) fn loose_pages(&self) -> Vec<u32> {
        let is_page = |number: &u32| {
            let object = self.get(*number);
            let dict = object.as_ref().and_then(Object::dict);
            dict.is_some_and(|dict| dict.is("Type", "Page"))
        };
        self.places.keys().copied().filter(is_page).collect()
    }

    pub(super) fn work(&self) -> &'a Work {
        self.work
    }

    /// The value of a key of the trailer.
    pub(super) fn top(&self, key: &str) -> Option<Object> {
        self.trailer.get(key).map(|object| self.resolve(object))
    }

    /// What the file states about itself, and the number of the object that does.
    pub(super) fn info(&self) -> Option<(u32, Object)> {
        match self.trailer.get("Info")? {
            Object::Ref(number) => Some((*number, self.get(*number)?)),
            _ => None,
        }
    }

    /// The object of a number.
    pub(super) fn get(&self, number: u32) -> Option<Object> {
        match *self.places.get(&number)? {
            Place::Plain { at, .. } => Lexer::new(self.input.bytes, at, self.work).object(),
            Place::Packed { stream, at } => {
                Lexer::new(self.packed.get(stream)?, at, self.work).object()
            }
        }
    }

    /// The object itself, where it is a reference to one.
    pub(super) fn resolve(&self, object: &Object) -> Object {
        let mut object = object.clone();
        for _ in 0..LONGEST_CHAIN {
            match object {
                Object::Ref(number) => object = self.get(number).unwrap_or(Object::Null),
                object => return object,
            }
        }
        Object::Null
    }

    /// The value of a key, resolved.
    pub(super) fn value(&self, dict: &Dict, key: &str) -> Option<Object> {
        dict.get(key).map(|object| self.resolve(object))
    }

    /// The dictionary that is the value of a key.
    pub(super) fn dict(&self, dict: &Dict, key: &str) -> Option<Dict> {
        match self.value(dict, key)? {
            Object::Dict(dict) => Some(dict),
            _ => None,
        }
    }

    /// A dictionary with its direct values resolved.
    fn resolved(&self, dict: &Dict) -> Dict {
        let keys = [
            "V",
            "R",
            "Length",
            "O",
            "U",
            "UE",
            "P",
            "CF",
            "StmF",
            "EncryptMetadata",
        ];
        let mut resolved = Dict::default();
        for key in keys {
            if let Some(value) = self.value(dict, key) {
                resolved.insert(key.as_bytes(), value);
            }
        }
        if let Some(filters) = self.dict(dict, "CF") {
            let name = resolved
                .get("StmF")
                .and_then(Object::name)
                .unwrap_or_default();
            let name = String::from_utf8_lossy(name).into_owned();
            if let Some(filter) = self.dict(&filters, &name) {
                resolved.insert(b"CF", Object::Dict(filter));
            }
        }
        resolved
    }

    /// A text of an object of this number, which may be encrypted.
    pub(super) fn decrypted(&self, number: u32, text: &[u8]) -> Vec<u8> {
        match (&self.key, self.places.get(&number)) {
            (Some(key), Some(Place::Plain { generation, .. })) => {
                key.decrypt(number, *generation, text)
            }
            _ => text.to_vec(),
        }
    }

    /// The stream of a number: what is said of it, and its content.
    pub(super) fn stream(&self, number: u32) -> Option<(Dict, Vec<u8>)> {
        let Place::Plain {
            generation,
            stream: Some((start, end)),
            ..
        } = *self.places.get(&number)?
        else {
            return None;
        };
        let Some(Object::Dict(dict)) = self.get(number) else {
            return None;
        };
        let raw = self.input.bytes.get(start..end)?;
        if !self.work.spend(raw.len()) {
            return None;
        }
        let mut bytes = match &self.key {
            // The tables of places are never encrypted.
            Some(key) if !dict.is("Type", "XRef") => key.decrypt(number, generation, raw),
            _ => raw.to_vec(),
        };
        let list =
            |key: &str, short: &str| match self.value(&dict, key).or(self.value(&dict, short)) {
                None | Some(Object::Null) => Vec::new(),
                Some(Object::Array(array)) => array,
                Some(one) => vec![one],
            };
        let parameters = list("DecodeParms", "DP");
        for (nth, name) in list("Filter", "F").iter().enumerate() {
            let name = self.resolve(name);
            let parameters = parameters.get(nth).map(|object| self.resolve(object));
            let parameters = parameters.as_ref().and_then(Object::dict);
            let parameters = parameters.map_or_else(Parameters::default, |p| self.parameters(p));
            if nth == MOST_FILTERS {
                return None;
            }
            let room = self.input.room.get();
            bytes = filter::decode(name.name()?, &bytes, parameters, room + 1)?;
            // What does not fit is told at the end, when no room is left.
            self.input.take_room(bytes.len(), super::WHAT).ok()?;
            if !self.work.spend(bytes.len()) {
                return None;
            }
        }
        Some((dict, bytes))
    }

    fn parameters(&self, dict: &Dict) -> Parameters {
        let or = |key: &str, default: usize, most: usize| {
            let value = self.value(dict, key).and_then(|value| value.count());
            value
                .unwrap_or(default)
                .clamp(usize::from(key != "EarlyChange"), most)
        };
        Parameters {
            predictor: or("Predictor", 1, 15),
            colors: or("Colors", 1, 32),
            bits: or("BitsPerComponent", 8, 16),
            columns: or("Columns", 1, 1 << 20),
            early: or("EarlyChange", 1, 1) == 1,
        }
    }

    /// Why the file was not read to its end, if it was not.
    pub(super) fn limit(&self) -> Result<(), ReadError> {
        match self.input.room.get() {
            0 => Err(ReadError::TooMuch {
                what: super::WHAT,
                limit: BEYOND_ROOM.to_owned(),
                remedy: super::REMEDY,
            }),
            _ => Ok(()),
        }
    }
}
