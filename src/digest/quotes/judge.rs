//! Judging what stands between marks: is it words that somebody said?
//!
//! Scare quotes, titles, names and words in doubt are not. How long a stretch
//! is tells most; then how it is brought in, and how it ends.

use super::{attribution::Attribution, scene::Scene};
use crate::digest::{lang::Classes, words::Shape};
use std::ops::Range;

/// From this many words on a stretch between marks is words that somebody said:
/// of those in newspapers that no judge took for a quotation, 97 in 100 were
/// shorter.
const CERTAIN: usize = 6;

/// A fragment has this many words at least; single words are words in doubt.
const FRAGMENT: usize = 2;

/// How far from a fragment the verb of saying may stand, in words.
const NEAR: usize = 12;

/// What is made of a stretch between marks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Verdict {
    /// It is a quotation.
    Quotation(Form),
    /// It is none.
    Rejected(Reason),
}

/// How much of what somebody said is quoted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::digest) enum Form {
    /// A whole sentence or more, as in `"We heard it go," said Reed.`
    Whole,
    /// A few words inside the article's own sentence, as in `Reed called it
    /// "a disaster for the bay"`.
    Fragment,
}

/// Why a stretch between marks is no quotation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::digest) enum Reason {
    /// It is the value of an attribute, as in `id="672"`.
    Attribute,
    /// It has no words.
    NoWords,
    /// It is the title of a work or a name, by its capitals.
    Title,
    /// A word before it says that it is a name, a title or a term ("called",
    /// "the slogan").
    Named,
    /// It is a single word, which its writer keeps at a distance.
    SingleWord,
    /// It is a few words that no verb of saying goes with.
    Untold,
}

/// Judges the stretch at `at`, given who said it.
pub(super) fn judge(scene: &Scene, at: usize, told: Attribution) -> Verdict {
    let stretch = &scene.quoted[at];
    let words = scene.ranges[at].clone();
    let text = stretch.words.of(scene.plain);
    let before = scene.plain[..stretch.outer.start as usize]
        .chars()
        .next_back();
    if before == Some('=') {
        return Verdict::Rejected(Reason::Attribute);
    }
    if words.is_empty() {
        return Verdict::Rejected(Reason::NoWords);
    }
    let direct = told.by.is_direct();
    let capitals = scene.lang.capitalizes_nouns();
    let (mut capital, mut lower) = (0, 0);
    for word in &scene.walk.words[words.clone()] {
        let small = word.shape == Shape::Lower;
        // Among nouns with capitals small words tell a title less, but verbs
        // and pronouns are in none: „Wir können nicht mehr“.
        let said = capitals && word.classes.any(Classes::AUXILIARY.and(Classes::SUBJECT));
        if small && (said || !word.classes.any(Classes::STOP.and(Classes::PREPOSITION))) {
            lower += 1;
        } else if word.is_capital() {
            capital += 1;
        }
    }
    let inside = text.ends_with(['.', ',', '?', '!', '…', '—', '–', '-', ';']);
    // Outside America the comma stands after the mark.
    let outside = scene.plain[stretch.outer.end as usize..].starts_with([',', '.']);
    let ends = inside || outside && told.by.is_after();
    let alone = stands_alone(scene, at);
    let led = leads(scene, at);
    let title = lower == 0 && capital > 0 && !text.ends_with(['?', '!']);
    let named = words.start > 0 && {
        let near = words.start - 1;
        scene.is(near, Classes::CALLED)
            && scene.word(near).sentence == scene.word(words.start).sentence
    };
    // Where all nouns have capitals, these tell less.
    let excused = if scene.lang.capitalizes_nouns() {
        direct && words.len() >= CERTAIN
    } else {
        ends && told.by.is_after() && (alone || led)
    };
    let whole = text.starts_with(char::is_uppercase) && (alone || led || direct && ends);
    let form = if whole { Form::Whole } else { Form::Fragment };
    if title && words.len() < 2 * CERTAIN && !excused {
        return Verdict::Rejected(Reason::Title);
    }
    if words.len() >= CERTAIN {
        return Verdict::Quotation(form);
    }
    if named && !led {
        return Verdict::Rejected(Reason::Named);
    }
    let starts = text.starts_with(char::is_uppercase);
    let sentence = starts && ends && (direct && (alone || led || told.by.is_before()) || alone);
    if sentence
        || words.len() >= FRAGMENT
            && (direct && led || told.by.is_before() || is_told(scene, words.clone()))
    {
        return Verdict::Quotation(form);
    }
    Verdict::Rejected(if words.len() == 1 {
        Reason::SingleWord
    } else {
        Reason::Untold
    })
}

/// Whether a verb of saying stands in the sentence around a stretch.
fn is_told(scene: &Scene, words: Range<usize>) -> bool {
    let sentence = scene.word(words.start).sentence;
    let around = |at: &usize| scene.word(*at).sentence == sentence;
    let before = (0..words.start).rev().take_while(around);
    let after = (words.end..scene.walk.words.len()).take_while(around);
    before
        .take(NEAR)
        .chain(after.take(NEAR))
        .any(|at| !scene.is_quoted(at) && scene.is_speech(at))
}

/// Whether a stretch is a sentence of its own: nothing runs into it.
fn stands_alone(scene: &Scene, at: usize) -> bool {
    let stretch = &scene.quoted[at];
    let block = scene.text.blocks[stretch.block].span;
    let head = &scene.plain[block.start as usize..stretch.outer.start as usize];
    let head = head.trim_end();
    head.is_empty() || head.ends_with(['.', '!', '?', ':', '”', '"', '“', '»'])
}

/// Whether a comma or a colon leads in to a stretch.
fn leads(scene: &Scene, at: usize) -> bool {
    let head = &scene.plain[..scene.quoted[at].outer.start as usize];
    head.trim_end().ends_with([',', ':'])
}
