//! Which topics are for one thing, though they are written in two ways.

use super::{Chosen, akin};
use crate::entry::TopicKind;

/// The letters of an acronym that stands for what has these initials: two mean
/// too many things.
const LETTERS: std::ops::RangeInclusive<usize> = 3..=6;

/// Whether two topics are for one thing.
pub(super) fn is_double(one: &Chosen, other: &Chosen) -> bool {
    is_within(&one.terms, &other.terms)
        || one.plain && other.plain && akin::is_double(&one.label, &other.label)
        || is_adjective(one, other)
        || is_adjective(other, one)
        || is_spelled_alike(&one.label, &other.label)
        || are_words(one, other) && akin::are_forms(&one.label, &other.label)
        || is_short_for(&one.label, &other.label)
        || is_short_for(&other.label, &one.label)
}

/// Whether the words of one topic are all in the other, one after the other.
fn is_within(one: &[u64], other: &[u64]) -> bool {
    let within = |short: &[u64], long: &[u64]| {
        short.is_empty() || long.windows(short.len()).any(|part| part == short)
    };
    within(one, other) || within(other, one)
}

/// Whether what looks like a name is a concept with an ending: "Islamic" beside
/// "Islam".
fn is_adjective(name: &Chosen, concept: &Chosen) -> bool {
    /// The shortest stem and the longest ending of one.
    const STEM: usize = 5;
    const ENDING: usize = 3;
    let lone = name.kind == TopicKind::Other && !name.plain && name.terms.len() == 1;
    let ending = name.label.strip_prefix(&*concept.label);
    lone && concept.plain
        && concept.label.len() >= STEM
        && ending.is_some_and(|ending| ending.chars().count() <= ENDING)
}

/// Whether two labels have the same letters whatever is between them:
/// "Tide-table" and "Tide table".
fn is_spelled_alike(one: &str, other: &str) -> bool {
    one.len().abs_diff(other.len()) <= 2 && letters(one).eq(letters(other))
}

fn letters(label: &str) -> impl Iterator<Item = char> + '_ {
    let letters = label.chars().filter(|letter| letter.is_alphanumeric());
    letters.flat_map(char::to_lowercase)
}

/// Whether words of one family mean one thing in both: in concepts, and in the
/// names of organizations ("Federal Elections Commission").
fn are_words(one: &Chosen, other: &Chosen) -> bool {
    let several = |topic: &Chosen| topic.kind == TopicKind::Organization && topic.terms.len() > 1;
    one.plain && other.plain || several(one) && several(other)
}

/// Whether a label is an acronym of the initials of another: "TFD" of "Tidal Fee
/// Disclosure". What is in small letters may count for nothing.
fn is_short_for(short: &str, long: &str) -> bool {
    let upper = short.chars().all(char::is_uppercase);
    if !upper || !LETTERS.contains(&short.chars().count()) || !long.contains(' ') {
        return false;
    }
    let words = || {
        long.split([' ', '-'])
            .filter_map(|word| word.chars().next())
    };
    let initials = words().flat_map(char::to_uppercase);
    let capitals = words().filter(|letter| letter.is_uppercase());
    short.chars().eq(initials) || short.chars().eq(capitals)
}
