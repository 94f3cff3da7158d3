//! Topics in languages without tables: no list tells their nouns, verbs and
//! offices, so that only what the article itself shows is taken, and in the
//! form that it shows best.

use super::{
    About,
    candidates::{Candidate, Kind},
};
use crate::digest::{
    names::Name,
    words::{Gap, Walk, Word},
};
use std::ops::Range;

/// A word in small letters that stands alone comes so often at least, unless
/// the headline has it: verbs of saying come twice in many articles.
const OFTEN: u32 = 3;

/// Of so many mentions of a word, one at least is no part of a longer phrase.
const PART: u32 = 2;

/// Whether an article in a language without tables tells enough of a candidate.
/// A capital alone, once, may be that of a day or of a sentence's start; and
/// what stands only inside a longer phrase is a part of it.
pub(super) fn is_sure(candidate: &Candidate, about: &About<'_>) -> bool {
    if !about.body.1.told {
        return true;
    }
    let single = candidate.words().len() == 1;
    let titled = candidate.titled >= 1.0;
    match candidate.kind {
        Kind::Name(_) => !single || candidate.count > 1 || titled,
        Kind::Phrase if single => {
            let word = &about.body.1.words[candidate.words().start];
            let often = candidate.count >= OFTEN || titled || word.is_capital();
            candidate.whole * PART >= candidate.count && often && candidate.count > 1
        }
        Kind::Phrase => candidate.count > 1,
        _ => true,
    }
}

/// The form of a candidate to show, where the article tells of a better one
/// than that of its mention.
pub(super) fn form<'t>(candidate: &Candidate, about: &About<'t>) -> Option<&'t str> {
    if !about.body.1.told {
        return None;
    }
    let (text, walk) = about.body;
    match candidate.kind {
        Kind::Phrase if candidate.words().len() == 1 => {
            let form = best_form(&walk.words[candidate.words().start], about);
            Some(form.bare().of(&text.plain))
        }
        Kind::Name(at) => bare_name(&about.names[at], about),
        _ => None,
    }
}

/// A name without what opens the sentence before it.
fn bare_name<'t>(name: &Name, about: &About<'t>) -> Option<&'t str> {
    let (text, walk) = about.body;
    let words = |mention: &Range<u32>| &walk.words[mention.start as usize..mention.end as usize];
    let fullest = name
        .words
        .iter()
        .rev()
        .max_by_key(|mention| mention.len())?;
    let [first, rest @ .., last] = words(fullest) else {
        return None;
    };
    // "Burmistrz Halina Wrońska", later "Wrońska": the first is her office.
    let surname = |word: &Word| word.term == last.term && word.span != last.span;
    let alone = walk
        .words
        .iter()
        .any(|word| surname(word) && is_alone(word, walk));
    let from = match rest {
        [.., given] if first.gap == Gap::Edge && alone => given,
        // "Ο Βαλσάμης": no name is one letter.
        _ if first.span.of(&text.plain).chars().count() == 1 => rest.first().unwrap_or(last),
        _ => return None,
    };
    text.plain
        .get(from.span.range().start..last.bare().range().end)
}

/// Whether no other capital stands beside a capital.
fn is_alone(word: &Word, walk: &Walk) -> bool {
    let at = walk
        .words
        .partition_point(|other| other.span.start < word.span.start);
    let before = at.checked_sub(1).map(|before| &walk.words[before]);
    let joined = |one: &Word, next: &Word| next.gap == Gap::Space && one.is_capital();
    let after = walk.words.get(at + 1).filter(|after| after.is_capital());
    word.is_capital()
        && !before.is_some_and(|before| joined(before, word))
        && !after.is_some_and(|after| joined(word, after))
}

/// The key of the stem that the article shows a word to have.
pub(super) fn stem(key: u64, about: &About<'_>) -> u64 {
    if !about.body.1.told {
        return key;
    }
    let word = about.body.1.words.iter().find(|word| word.key == key);
    word.map_or(key, |word| word.term)
}

/// Of a word's forms the one to show: used often, not much longer than the
/// others, as endings make them, and written as in the headline.
fn best_form<'t>(word: &Word, about: &About<'t>) -> &'t Word {
    /// Being used in the headline counts as one and a half uses, and each
    /// byte of an ending takes a quarter of one.
    const HEADLINE: usize = 6;
    const USE: usize = 4;
    const LONGEST: usize = 64;
    let walk = about.body.1;
    let mut forms: Vec<&Word> = walk
        .words
        .iter()
        .filter(|other| other.term == word.term)
        .collect();
    forms.sort_by_key(|form| form.key);
    let shortest = forms.iter().map(|form| form.bare().len()).min();
    let mut best: Option<(usize, &Word)> = None;
    for same in forms.chunk_by(|one, other| one.key == other.key) {
        let first = same[0];
        let titled = about.title.words.iter().any(|other| other.key == first.key);
        let ending = first.bare().len() - shortest.unwrap_or_default();
        let worth = USE * same.len() + if titled { HEADLINE } else { 0 };
        let worth = (worth + LONGEST).saturating_sub(ending);
        let before = |other: &Word| first.span.start < other.span.start;
        if best.is_none_or(|(most, other)| worth > most || worth == most && before(other)) {
            best = Some((worth, first));
        }
    }
    best.map_or(&walk.words[0], |(_, form)| form)
}
