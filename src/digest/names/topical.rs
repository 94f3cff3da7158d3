//! Names as topics: which of them are one thing, and how far each goes.
//!
//! Who speaks is told from names as they stand in their sentences. What an
//! article is about asks for more: an organization goes as far as "of" and what
//! follows, its acronym is the same thing, and so is a name with an initial for
//! the first name.

use super::{Bounds, Kind, Name, acronyms, extent, genitives, kinds, range};
use crate::{
    digest::{
        lang::{Classes, Language, key},
        words::{Gap, Shape, Walk, Word},
    },
    text::Text,
};
use std::ops::Range;

/// The names of an article as things that it may be about, in order of their
/// first mention.
pub(in crate::digest) fn topical(
    mut names: Vec<Name>,
    text: &Text,
    walk: &Walk,
    lang: &Language,
) -> Vec<Name> {
    trim(&mut names, text, walk, lang);
    if lang.capitalizes_nouns() {
        trim_behind(&mut names, walk);
    }
    extent::complete(&mut names, text, walk, lang);
    acronyms::join_long_forms(&mut names, text, walk, lang);
    if lang.capitalizes_nouns() {
        genitives::join_genitives(&mut names, text, walk, lang);
    }
    join_initials(&mut names, walk);
    join_accents(&mut names);
    kinds::judge(&mut names, text, walk, lang);
    names.retain(|name| !name.mentions.is_empty());
    names.sort_by_key(|name| name.mentions[0].start);
    names
}

impl Name {
    /// Whether nothing in it is a topic of its own: a person's name, or the
    /// full name of an organization.
    pub(in crate::digest) fn is_closed(&self) -> bool {
        self.bounds != Bounds::Open || self.kind == Kind::Person
    }

    /// Whether it is told of as people are, though it may be a storm's name.
    pub(in crate::digest) fn is_like_a_person(&self) -> bool {
        self.is_closed() && self.bounds != Bounds::Given && self.kind != Kind::Place
    }

    /// Whether it is an acronym of what is no name: "gross national happiness".
    pub(in crate::digest) fn is_concept(&self) -> bool {
        self.bounds == Bounds::Given && self.kind == Kind::Unknown
    }

    /// Takes all mentions of another form of it.
    pub(super) fn absorb(&mut self, other: Name) {
        self.personal += other.personal;
        self.gender = self.gender.or(other.gender);
        self.roles.extend(other.roles);
        self.mentions.extend(other.mentions);
        self.words.extend(other.words);
        self.mentions.sort_unstable();
        self.words.sort_unstable_by_key(|words| words.start);
        self.bounds = self.bounds.max(other.bounds.min(Bounds::Closed));
        if self.kind == Kind::Unknown {
            self.kind = other.kind;
        }
    }
}

/// Takes off adjectives that are capitalized for their place: "Leeds-born | Ann
/// Roe", "Longtime | Roe".
fn trim(names: &mut Vec<Name>, text: &Text, walk: &Walk, lang: &Language) {
    let mut at = 0;
    while at < names.len() {
        let words = range(&names[at].words[0]);
        let first = &walk.words[words.start];
        let short = words.len() < 2 || names[at].keys.len() < 2;
        let sure = !short && is_no_part(&walk.words[words.clone()], text, lang);
        let prefixed = || is_prefix(first, lang) || is_before_full(&names[at], names, walk);
        if short || !sure && !prefixed() {
            at += 1;
            continue;
        }
        // "Deutsch-dänische | Beziehungen" are none without it.
        let last = &walk.words[words.end - 1];
        let noun = words.len() == 2 && lang.capitalizes_nouns() && kinds::is_noun(last, walk);
        let hyphened = first.span.of(&text.plain).contains('-');
        let rest = &names[at].keys[1..];
        let bearer = names.iter().enumerate().position(|(other, name)| {
            let somebody = name.kind == Kind::Person && name.keys.len() > rest.len();
            other != at && (name.keys == rest || somebody && name.keys.ends_with(rest))
        });
        if bearer.is_none() && (!sure || noun || hyphened && words.len() == 2) {
            at += 1;
            continue;
        }
        let name = &mut names[at];
        let key = name.keys.remove(0);
        for (words, mention) in name.words.iter_mut().zip(&mut name.mentions) {
            let first = &walk.words[words.start as usize];
            if words.len() > 1 && first.key == key {
                words.start += 1;
                mention.start = walk.words[words.start as usize].span.start;
            }
        }
        name.mentions[0].of(&text.plain).clone_into(&mut name.form);
        if let Some(bearer) = bearer {
            let trimmed = names.remove(at);
            names[bearer - usize::from(bearer > at)].absorb(trimmed);
        } else {
            at += 1;
        }
    }
}

/// Takes off a general noun that stands behind a name where all nouns have
/// capitals: "Lohe | Anfang Mai".
fn trim_behind(names: &mut Vec<Name>, walk: &Walk) {
    let general = |words: &Range<u32>| {
        let last = &walk.words[words.end as usize - 1];
        last.classes.any(Classes::GENERIC) && !last.classes.any(Classes::ORGANIZATION)
    };
    let mut at = 0;
    while at < names.len() {
        let name = &names[at];
        let length = name.keys.len();
        let whole = |words: &Range<u32>| words.len() == length && general(words);
        if length < 2 || name.bounds != Bounds::Open || !name.words.iter().all(whole) {
            at += 1;
            continue;
        }
        let rest = &name.keys[..length - 1];
        let bearer = names.iter().position(|other| other.keys == rest);
        let first = walk.words[name.words[0].start as usize];
        if bearer.is_none() && (length > 2 || !first.classes.is_none()) {
            at += 1;
            continue;
        }
        let name = &mut names[at];
        name.keys.pop();
        for (words, mention) in name.words.iter_mut().zip(&mut name.mentions) {
            words.end -= 1;
            mention.end = walk.words[words.end as usize - 1].bare().end;
        }
        if let Some((rest, _)) = name.form.rsplit_once(' ') {
            name.form = rest.to_owned();
        }
        match bearer {
            Some(bearer) => {
                let trimmed = names.remove(at);
                names[bearer - usize::from(bearer > at)].absorb(trimmed);
            }
            None => at += 1,
        }
    }
}

/// Whether a name goes on with somebody's full name: "Universe | Ann Roe".
fn is_before_full(name: &Name, names: &[Name], walk: &Walk) -> bool {
    let words = &walk.words[range(&name.words[0])];
    let called = |word: &Word| {
        let first = Classes::MALE_NAME.and(Classes::FEMALE_NAME);
        word.classes.any(first)
    };
    words.len() > 2
        && !called(&words[0])
        && words[0].shape != Shape::Initial
        && called(&words[1])
        && names.iter().any(|other| {
            other.kind == Kind::Person && other.keys.len() > 1 && other.keys == name.keys[1..]
        })
}

/// Whether a name's first word may be an adjective that is capitalized for its
/// place, or an office that several hold ("Senators Roe and Lee").
fn is_prefix(word: &Word, lang: &Language) -> bool {
    let office = Classes::TITLE.and(Classes::ROLE);
    let offices = word.term != word.key && lang.classes(word.term).any(office);
    offices || matches!(word.gap, Gap::Edge | Gap::Mark) && word.classes.any(Classes::ADJECTIVE)
}

/// Whether a name's first word is surely none of it: an adjective by its form
/// ("Leeds-born"), an agency before who wrote for it, a noun that tells what it
/// is where all nouns have capitals, or an office in the genitive ("des Generalsekretärs | Roe").
fn is_no_part(words: &[Word], text: &Text, lang: &Language) -> bool {
    let [first, next, rest @ ..] = words else {
        return false;
    };
    let written = first.span.of(&text.plain);
    if let Some((before, behind)) = written.split_once('-') {
        return before.len() > 1 && behind.starts_with(char::is_lowercase);
    }
    let called = next
        .classes
        .any(Classes::MALE_NAME.and(Classes::FEMALE_NAME));
    let agency = first.shape == Shape::Upper && first.span.len() > 1 && called && !rest.is_empty();
    let office = || {
        let base = written.strip_suffix('s').map(key);
        let office = Classes::ROLE.and(Classes::TITLE);
        base.is_some_and(|base| lang.classes(base).any(office))
    };
    // "Stadt | Roe": any noun has a capital.
    let noun = lang.capitalizes_nouns() && first.classes.any(Classes::GENERIC) && !called;
    agency || noun || lang.capitalizes_nouns() && first.classes.is_none() && office()
}

/// Joins "B. Roe" to "Bela Roe" where nobody else is meant.
fn join_initials(names: &mut Vec<Name>, walk: &Walk) {
    let mut at = 0;
    while at < names.len() {
        let full = initialed(&names[at], walk).and_then(|letter| {
            let keys = &names[at].keys;
            let fits = |name: &Name| {
                name.keys.len() > 1
                    && name.keys.last() == keys.last()
                    && name.keys.first() != keys.first()
                    && initial_of(name, walk) == Some(letter)
                    && !matches!(name.kind, Kind::Organization | Kind::Place)
            };
            let mut full = (0..names.len()).filter(|at| fits(&names[*at]));
            full.next().filter(|_| full.next().is_none())
        });
        match full {
            Some(full) => {
                let short = names.remove(at);
                names[full - usize::from(full > at)].absorb(short);
            }
            None => at += 1,
        }
    }
}

/// Joins "Jose Rueda" to "José Rueda": accents are lost on the way.
fn join_accents(names: &mut Vec<Name>) {
    let mut at = 0;
    while at < names.len() {
        let form = &names[at].form;
        let accented = (!form.is_ascii()).then(|| form.chars().map(unaccented).collect::<String>());
        let without = accented.filter(|bare| bare != form);
        let bare = without.and_then(|bare| names.iter().position(|name| name.form == bare));
        let Some(bare) = bare else {
            at += 1;
            continue;
        };
        let (name, bare) = (names.remove(bare), at - usize::from(bare < at));
        names[bare].absorb(name);
        at = bare + 1;
    }
}

fn unaccented(letter: char) -> char {
    if letter.is_lowercase() {
        return acronyms::plain(letter);
    }
    let mut small = letter.to_lowercase();
    let small = small.next().map_or(letter, acronyms::plain);
    small.to_uppercase().next().unwrap_or(letter)
}

/// The initial that stands for the whole first name.
fn initialed(name: &Name, walk: &Walk) -> Option<u64> {
    let words = &walk.words[range(name.words.first()?)];
    let short = words.len() == 2 && words[0].shape == Shape::Initial;
    short.then_some(words[0].key)
}

/// The key of a first name's first letter.
fn initial_of(name: &Name, walk: &Walk) -> Option<u64> {
    let letter = name.form.chars().next()?;
    let words = name.words.first()?;
    let whole = walk.words[words.start as usize].shape == Shape::Capitalized;
    whole.then(|| key(letter.encode_utf8(&mut [0; 4])))
}

impl Name {
    /// Adds a mention that no run is.
    pub(super) fn mention(&mut self, words: Range<u32>, span: crate::text::Span) {
        let at = self
            .words
            .partition_point(|known| known.start < words.start);
        self.words.insert(at, words);
        self.mentions.insert(at, span);
    }
}
