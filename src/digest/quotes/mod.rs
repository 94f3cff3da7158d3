//! Quotations: what is somebody quoted as saying, and who?
//!
//! `marks` pairs quotation marks, `attribution` tells who speaks. Here the
//! stretches between marks that are titles, names or words in doubt are left
//! out, and the parts of split quotations joined. What is quoted is a span of
//! the text, so it is verbatim by construction.

mod attribution;
mod clauses;
mod glyphs;
mod inverted;
mod marks;
mod phrases;
mod pronouns;
mod scene;

use super::{
    lang::{Classes, Language},
    names::Name,
    words::{Shape, Walk},
};
use crate::{
    entry::{Quotation, Speaker},
    text::{Span, Text},
};
use attribution::{Attribution, Rule};
use marks::Ending;
pub(super) use marks::{Quoted, pair};
use scene::{Scene, Who};
use std::ops::Range;

/// From this many words on a stretch between marks is words that somebody said:
/// of those in newspapers that no judge took for a quotation, 97 in 100 were
/// shorter.
const CERTAIN: usize = 6;

/// A fragment has this many words at least; single words are words in doubt.
const FRAGMENT: usize = 2;

/// How far from a fragment the verb of saying may stand, in words.
const NEAR: usize = 12;

/// Finds the quotations among the stretches between marks and tells who spoke.
pub(super) fn quotations(
    text: &Text,
    walk: &Walk,
    lang: &Language,
    names: &[Name],
    quoted: &[Quoted],
) -> Vec<Quotation> {
    let scene = Scene::new(text, walk, lang, names, quoted);
    let told = attribution::attribute(&scene);
    let mut found: Vec<Quotation> = Vec::new();
    // The stretch that the last quotation ends with.
    let mut last: Option<usize> = None;
    for (at, stretch) in quoted.iter().enumerate() {
        let goes_on =
            last.is_some_and(|before| before + 1 == at && is_continued(&scene, &told, at));
        if !goes_on && !is_quotation(&scene, at, told[at]) {
            continue;
        }
        let speaker = told[at].who.and_then(|who| speaker(&scene, who));
        match found.last_mut() {
            Some(quotation) if goes_on => {
                quotation.parts.push(stretch.words);
                quotation.speaker = quotation.speaker.take().or(speaker);
            }
            _ => found.push(Quotation {
                parts: vec![stretch.words],
                speaker,
            }),
        }
        last = Some(at);
    }
    found
}

/// Whether a stretch goes on with the quotation before it: a clause that tells
/// who spoke stands between them, or a paragraph break in print's manner.
fn is_continued(scene: &Scene, told: &[Attribution], at: usize) -> bool {
    let before = &scene.quoted[at - 1];
    if before.ending == Ending::GoesOn {
        return before.block + 1 == scene.quoted[at].block;
    }
    if before.block != scene.quoted[at].block || told[at].who != told[at - 1].who {
        return false;
    }
    let gap = scene.ranges[at - 1].end..scene.ranges[at].start;
    let between = Span {
        start: before.outer.end,
        end: scene.quoted[at].outer.start,
    };
    let clause = between.of(scene.plain);
    let one = gap
        .clone()
        .all(|word| scene.word(word).sentence == scene.word(gap.start).sentence);
    let long_enough = scene.ranges[at].len() > 1 || before.words.of(scene.plain).ends_with(',');
    // The clause that told the first part's speaker leads in to the second.
    let led = told[at].by == Rule::Before && clause.trim_end().ends_with(',');
    told[at - 1].by == Rule::After
        && (told[at].by == Rule::Paragraph || led)
        && one
        && !gap.is_empty()
        && long_enough
        && clause.trim_end().ends_with([',', '.', '-', '—', '–'])
}

/// Whether a stretch is words that somebody said, rather than a title, a name
/// or a word in doubt.
fn is_quotation(scene: &Scene, at: usize, told: Attribution) -> bool {
    let stretch = &scene.quoted[at];
    let words = scene.ranges[at].clone();
    let text = stretch.words.of(scene.plain);
    let before = scene.plain[..stretch.outer.start as usize]
        .chars()
        .next_back();
    // `id="672"`: an attribute's value.
    if before == Some('=') || words.is_empty() {
        return false;
    }
    let direct = matches!(told.by, Rule::After | Rule::Before);
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
    let ends = inside || outside && told.by == Rule::After;
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
        ends && told.by == Rule::After && (alone || led)
    };
    if title && words.len() < 2 * CERTAIN && !excused {
        return false;
    }
    if words.len() >= CERTAIN {
        return true;
    }
    if named && !led {
        return false;
    }
    let starts = text.starts_with(char::is_uppercase);
    let sentence = starts && ends && (direct && (alone || led || told.by == Rule::Before) || alone);
    sentence
        || words.len() >= 2 && direct && led
        || words.len() >= FRAGMENT && (told.by == Rule::Before || is_told(scene, words))
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

/// A speaker as shown.
fn speaker(scene: &Scene, who: Who) -> Option<Speaker> {
    match who {
        Who::Name(name) => Some(Speaker(scene.names[name].form.clone())),
        Who::Described(span) => {
            let words: Vec<&str> = span.of(scene.plain).split_whitespace().collect();
            Some(Speaker(words.join(" ")))
        }
        Who::Pronoun(_) => None,
    }
}
