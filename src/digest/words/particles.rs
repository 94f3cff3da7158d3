//! Words that a particle is written onto, as in Korean: "등대는" is "등대" and
//! a particle.
//!
//! A word may end in the letters of a particle by itself. What is left without
//! it has to stand in the text again, in another form or without one.

use super::{
    cut::{Piece, Role, phrases},
    scan::next_word,
};
use crate::digest::lang::{self, Language, Phrases, is_hangul, key};
use std::{ops::Range, sync::LazyLock};

/// A text has particles if it has so many words in Hangul among its first ones.
const FIRST: usize = 64;
const FEWEST: usize = 3;

/// Stems are learnt from so many words of a text.
const LOOKED_AT: usize = 20_000;

/// Particles, the longest first.
static PARTICLES: LazyLock<Vec<&str>> = LazyLock::new(|| {
    let mut particles: Vec<_> = phrases(Phrases::Particle).collect();
    particles.sort_by_key(|particle| (usize::MAX - particle.len(), *particle));
    particles
});

/// Words that are grammar, and the endings of such.
static GRAMMAR: LazyLock<(Vec<&str>, Vec<&str>)> = LazyLock::new(|| {
    let korean = |part: &&str| part.ends_with(is_hangul);
    let (endings, mut words): (Vec<_>, Vec<_>) = phrases(Phrases::FunctionPart)
        .filter(korean)
        .partition(|part| part.starts_with('~'));
    words.sort_unstable();
    (words, endings.into_iter().map(|part| &part[1..]).collect())
});

/// The keys of the words that the text has with particles, sorted; nothing if
/// it is not written in Hangul.
pub(super) fn stems(texts: [&str; 2], lang: &Language) -> Option<Vec<u64>> {
    let text = texts[1];
    if !lang::may_be_hangul(text) {
        return None;
    }
    let first = words(text, lang).take(FIRST);
    if first.filter(|word| is_korean(&text[word.clone()])).count() < FEWEST {
        return None;
    }
    let mut forms: Vec<(u64, u64)> = Vec::new();
    let all = texts.into_iter().flat_map(|text| {
        let words = words(text, lang).take(LOOKED_AT);
        words.map(move |word| &text[word])
    });
    for word in all {
        if is_korean(word) && !is_grammar(word) {
            let whole = key(word);
            forms.extend(cuts(word).map(|stem| (key(&word[..stem]), whole)));
            forms.push((whole, whole));
        }
    }
    forms.sort_unstable();
    // A stem is known by two of its forms; a word that is used again is one
    // itself.
    let groups = forms.chunk_by(|one, other| one.0 == other.0);
    let stems = groups.filter(|group| {
        let (stem, form) = group[0];
        let forms = group.iter().any(|(_, other)| *other != form);
        forms || group.len() > 1 && stem == form
    });
    Some(stems.map(|group| group[0].0).collect())
}

/// Cuts particles off, and tells grammar.
pub(super) fn cut(text: &str, lang: &Language, stems: &[u64]) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut push = |range: Range<usize>, role| {
        pieces.push(Piece {
            start: range.start,
            end: range.end,
            role,
        });
    };
    for range in words(text, lang) {
        let word = &text[range.clone()];
        if !is_korean(word) {
            continue;
        }
        let known = |stem: &usize| stems.binary_search(&key(&word[..*stem])).is_ok();
        if is_joining(word) {
            push(range, Role::Joining);
        } else if is_grammar(word) {
            push(range, Role::Function);
        } else if let Some(stem) = cuts(word).find(known) {
            let stem = range.start + stem;
            push(range.start..stem, Role::Unit);
            push(stem..range.end, Role::Function);
        } else {
            let role = if known(&word.len()) {
                Role::Unit
            } else {
                Role::Rest
            };
            push(range, role);
        }
    }
    pieces
}

/// Where the particles start that may be at a word's end.
fn cuts(word: &str) -> impl Iterator<Item = usize> {
    PARTICLES.iter().filter_map(|particle| {
        let stem = word.strip_suffix(particle)?;
        (!stem.is_empty()).then_some(stem.len())
    })
}

fn is_grammar(word: &str) -> bool {
    let (words, endings) = &*GRAMMAR;
    words.binary_search(&word).is_ok() || endings.iter().any(|ending| word.ends_with(ending))
}

fn is_joining(word: &str) -> bool {
    phrases(Phrases::ClausePart).any(|part| part == word)
}

fn is_korean(word: &str) -> bool {
    word.ends_with(is_hangul)
}

fn words(text: &str, lang: &Language) -> impl Iterator<Item = Range<usize>> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let found = next_word(text, at, lang)?;
        at = found.range.end;
        Some(found.range)
    })
}
