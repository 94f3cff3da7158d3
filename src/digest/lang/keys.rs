//! Keys: words and phrases as 64-bit hashes of their folded forms, and tables
//! by them.
//!
//! Two words that share a key by chance would share their classes; among some
//! thousand words of 64 bits that does not happen.

use super::{
    eight::Eight,
    writing::{Trait, Writing},
};

/// The key of a word: of its letters without case, with one kind of apostrophe.
pub(in crate::digest) fn key(word: &str) -> u64 {
    let letters = key_of_letters(word.as_bytes(), 0);
    if letters.end == word.len() {
        letters.key
    } else {
        key_of(&[word])
    }
}

/// The key of a word that is given in parts.
pub(super) fn key_of(parts: &[&str]) -> u64 {
    let mut hash = Feed::default();
    for part in parts {
        if part.is_ascii() {
            hash.add_ascii(part.as_bytes());
            continue;
        }
        for letter in part.chars() {
            match letter {
                '’' => hash.add(b'\''),
                _ if letter.is_ascii() => hash.add_letter(letter.to_ascii_lowercase()),
                _ => letter
                    .to_lowercase()
                    .for_each(|letter| hash.add_letter(letter)),
            }
        }
    }
    hash.finish()
}

/// The key of a word that an apostrophe ends.
pub(in crate::digest) fn key_with_apostrophe(letters: &str) -> u64 {
    key_of(&[letters, "'"])
}

/// The key of words that follow each other.
pub(in crate::digest) fn join(first: u64, next: u64) -> u64 {
    (first.rotate_left(5) ^ next).wrapping_mul(MIX)
}

/// The key of a phrase, and its key by its words' stems.
pub(super) fn phrase_and_stems(words: &str, writing: &Writing) -> [u64; 2] {
    let keys = words.split_ascii_whitespace().map(|word| {
        let key = key(word);
        [key, stem_or(word, key, writing)]
    });
    let joined = keys.reduce(|first, next| [join(first[0], next[0]), join(first[1], next[1])]);
    joined.unwrap_or_default()
}

/// The key of a word's stem, or its own, which is known.
pub(super) fn stem_or(word: &str, key: u64, writing: &Writing) -> u64 {
    let stem = writing.stem(word);
    stem.map_or(key, |(stem, ending)| key_of(&[stem, ending]))
}

/// The bit of a letter, small or capital.
pub(super) fn bit(letter: u8) -> u32 {
    1 << (letter & 0x1f)
}

/// The key of a word of ASCII letters that stands at `start`, and where they
/// end.
#[inline]
pub(in crate::digest) fn key_of_letters(bytes: &[u8], start: usize) -> Letters {
    let (mut hash, mut at, mut capitals) = (Hash::default(), start, 0);
    loop {
        let eight = Eight::load(bytes, at);
        let count = eight.letters();
        let letters = eight.first(count);
        let folded = letters.folded_letters().first(count);
        if letters != folded {
            capitals += letters.capitals().count_ones();
        }
        at += count as usize;
        if count == 8 {
            hash.step(folded);
            continue;
        }
        return Letters {
            end: at,
            capitals,
            key: hash.finish(folded, count as usize),
        };
    }
}

/// ASCII letters that stand together.
pub(in crate::digest) struct Letters {
    pub(in crate::digest) end: usize,
    /// How many of them are capitals.
    pub(in crate::digest) capitals: u32,
    pub(in crate::digest) key: u64,
}

/// A hash that takes eight letters at a time: most words are one or two steps.
#[derive(Default)]
struct Hash {
    state: u64,
}

impl Hash {
    #[inline]
    fn step(&mut self, letters: Eight) {
        self.state = (self.state.rotate_left(5) ^ letters.0).wrapping_mul(MIX);
    }

    /// The hash with the letters that are left, at most seven.
    #[inline]
    fn finish(mut self, letters: Eight, count: usize) -> u64 {
        // A letter of 0xff is free to tell the end.
        self.step(Eight(letters.0 | 0xff << (count * 8)));
        self.state ^ (self.state >> 29)
    }
}

/// Letters on their way into a hash.
#[derive(Default)]
struct Feed {
    hash: Hash,
    /// Letters not taken yet, and how many.
    chunk: u64,
    filled: usize,
}

impl Feed {
    fn add(&mut self, byte: u8) {
        self.chunk |= u64::from(byte) << (self.filled * 8);
        self.filled += 1;
        if self.filled == 8 {
            self.hash.step(Eight(self.chunk));
            (self.chunk, self.filled) = (0, 0);
        }
    }

    fn add_letter(&mut self, letter: char) {
        for byte in letter.encode_utf8(&mut [0; 4]).bytes() {
            self.add(byte);
        }
    }

    /// Adds ASCII letters, folded.
    fn add_ascii(&mut self, mut bytes: &[u8]) {
        while self.filled == 0 && bytes.len() >= 8 {
            self.hash.step(Eight::load(bytes, 0).folded());
            bytes = &bytes[8..];
        }
        if self.filled == 0 {
            self.chunk = Eight::load(bytes, 0).folded().0;
            self.filled = bytes.len();
            return;
        }
        for byte in bytes {
            self.add(byte.to_ascii_lowercase());
        }
    }

    fn finish(self) -> u64 {
        self.hash.finish(Eight(self.chunk), self.filled)
    }
}

/// An odd number without pattern: the golden ratio's.
const MIX: u64 = 0x9e37_79b9_7f4a_7c15;

/// Values by key, in open addressing at less than half full. The keys are
/// hashes already, so they are their own place.
///
/// A key goes into one of several slots that are looked at together, so that
/// for known words and unknown ones alike there is nothing to guess.
#[derive(Debug)]
pub(super) struct Table<V> {
    shelves: Vec<Shelf<V>>,
}

/// Slots that are filled from the first on, most of them in one line of the
/// cache. A key of 0 is a free slot; no word has it.
#[derive(Debug, Clone, Copy, Default)]
#[repr(align(64))]
struct Shelf<V>([(u64, V); 4]);

impl<V: Copy + Default> Table<V> {
    /// Of a list; the values of a key that stands in it more than once are
    /// merged, in order.
    pub(super) fn new(list: &[(u64, V)], merge: impl Fn(V, V) -> V) -> Self {
        let mut table = Self::free(list.len());
        let mut count = 0;
        for (key, value) in list.iter().filter(|(key, _)| *key != 0) {
            let slot = table.slot(*key);
            *slot = if slot.0 == 0 {
                count += 1;
                (*key, *value)
            } else {
                (*key, merge(slot.1, *value))
            };
        }
        // With many keys merged, a smaller table is found in the cache more often.
        let mut fitting = Self::free(count);
        if fitting.shelves.len() == table.shelves.len() {
            return table;
        }
        for slot in table.filled() {
            *fitting.slot(slot.0) = slot;
        }
        fitting
    }

    fn free(keys: usize) -> Self {
        let shelf = Shelf::<V>::default();
        let slots = (keys * 2 + 2).next_power_of_two();
        Self {
            shelves: vec![shelf; slots.div_ceil(shelf.0.len())],
        }
    }

    /// All keys with their values.
    pub(super) fn filled(&self) -> impl Iterator<Item = (u64, V)> {
        let slots = self.shelves.iter().flat_map(|shelf| shelf.0);
        slots.filter(|(key, _)| *key != 0)
    }

    /// The slot of this key, or the free one where it would stand.
    fn slot(&mut self, key: u64) -> &mut (u64, V) {
        let mut at = self.place(key);
        loop {
            let taken = |(found, _): &(u64, V)| *found == key || *found == 0;
            if let Some(slot) = self.shelves[at].0.iter().position(taken) {
                return &mut self.shelves[at].0[slot];
            }
            at = (at + 1) & (self.shelves.len() - 1);
        }
    }

    /// The value of this key; the default if it has none.
    #[inline]
    pub(super) fn get(&self, key: u64) -> V {
        let mut at = self.place(key);
        loop {
            let Shelf(shelf) = &self.shelves[at];
            let (mut value, mut here) = (V::default(), false);
            for (found, its) in shelf {
                value = if *found == key { *its } else { value };
                here |= *found == key;
            }
            // Few shelves are full, so that it may stand on the next.
            if here || shelf[shelf.len() - 1].0 == 0 {
                return value;
            }
            at = (at + 1) & (self.shelves.len() - 1);
        }
    }

    #[allow(
        clippy::cast_possible_truncation,
        reason = "only the low bits are used"
    )]
    fn place(&self, key: u64) -> usize {
        (key ^ (key >> 32)) as usize & (self.shelves.len() - 1)
    }
}

/// Adds the keys and stems of a phrase's first word, with the number of its
/// words.
pub(super) fn add_heads(heads: &mut Vec<(u64, u32)>, words: &str, writing: &Writing) {
    let mut parts = words.split_ascii_whitespace();
    let Some(first) = parts.next() else {
        return;
    };
    let count = u32::try_from(parts.count() + 1).unwrap_or(u32::MAX);
    if let Some(stem) = first.strip_suffix('~') {
        heads.extend(ENDINGS.map(|ending| (key_of(&[stem, ending]), count)));
    } else {
        let key = key(first);
        heads.extend([(key, count), (stem_or(first, key, writing), count)]);
    }
}

/// The most letters of an abbreviation that is written with periods as well.
const DOTTED: usize = 4;

/// How else a name of one word is written: with periods ("i.m.f"), and in the
/// genitive where that has no apostrophe ("Norwegens").
pub(super) fn variants(word: &str, writing: &Writing) -> impl Iterator<Item = u64> {
    let letters = word.bytes().all(|byte| byte.is_ascii_alphabetic());
    let vowels = word.bytes().filter(|byte| b"aeiouyAEIOUY".contains(byte));
    let short = letters && (2..=DOTTED).contains(&word.len()) && vowels.count() < 2;
    let dotted = short.then(|| {
        let mut dotted = String::with_capacity(2 * word.len());
        for letter in word.chars() {
            dotted.push(letter);
            dotted.push('.');
        }
        dotted.pop();
        key(&dotted)
    });
    let single = !word.contains([' ', '~', '.']) && word.len() > DOTTED;
    let genitive = single && writing.does(Trait::CAPITALIZED_NOUNS);
    let genitive = genitive.then(|| key_of(&[word, "s"]));
    dotted.into_iter().chain(genitive)
}

/// The endings that "~" stands for.
pub(super) const ENDINGS: [&str; 7] = ["", "e", "s", "es", "en", "er", "em"];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_knows_no_case_and_no_parts() {
        for word in ["a", "Zürich", "OrganizAtion", "SEVENTY", "EIGHTEEN", "@[`{"] {
            assert_eq!(key(word), key(&word.to_lowercase()));
            for at in (0..=word.len()).filter(|at| word.is_char_boundary(*at)) {
                let (one, other) = word.split_at(at);
                assert_eq!(key(word), key_of(&[one, other]), "{one}|{other}");
            }
        }
        assert_eq!(key("don’t"), key("don't"));
        assert_ne!(key("on"), key("no"));
        assert_ne!(key("@"), key("`"));
    }

    #[test]
    fn letters_have_the_same_key_read_at_once() {
        for word in [
            "",
            "a",
            "Seventy",
            "EIGHTEEN",
            "organizAtions",
            "a-b",
            "Ab\u{e9}c",
        ] {
            let text = format!("x {word}");
            let letters = key_of_letters(text.as_bytes(), 2);
            assert_eq!(letters.key, key_of(&[&text[2..letters.end]]), "{word}");
            let capitals = text[2..letters.end].matches(char::is_uppercase).count();
            assert_eq!(letters.capitals as usize, capitals, "{word}");
            let rest = text[letters.end..].chars().next();
            assert!(
                rest.is_none_or(|next| !next.is_ascii_alphabetic()),
                "{word}"
            );
        }
    }
}
