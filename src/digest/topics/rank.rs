//! How much an article is about something, from shallow features.

use super::{
    About,
    candidates::{Candidate, Kind},
};
use crate::digest::{
    lang::Classes,
    names,
    words::{Gap, Shape},
};
use std::{f32::consts::LN_2, sync::LazyLock};

/// The score of something that has no features.
const BIAS: f32 = -3.85;

/// What is taken from a phrase that is used once.
const ONCE: f32 = -0.3;

/// What its kind adds.
///
/// Keyphrase sets count what readers marked in a text; editors tag people,
/// countries and subjects of their list before anything else. These are the
/// editors' part, set by eye.
fn taste(candidate: &Candidate, about: &About<'_>) -> f32 {
    let often = ln(candidate.count);
    match candidate.kind {
        // "Europe" and "Asia" are in the news everywhere.
        Kind::Place(_) if is_vague(candidate, about) => -0.7,
        Kind::Place(_) | Kind::Known(_) => 0.2 + 0.9 * often,
        Kind::Concept(_) if candidate.count == 1 => 0.0,
        Kind::Concept(_) => 0.4 + 0.4 * often,
        Kind::Name(at) if about.names[at].is_like_a_person() => {
            let office = f32::from(u8::from(!about.names[at].roles.is_empty()));
            0.7 + 0.5 * office + 0.3 * often
        }
        Kind::Name(_) => -0.4,
        // Used once, a phrase is what somebody happened to say, the more so if
        // it is "a powerful address".
        Kind::Phrase if candidate.count == 1 => {
            let first = about.body.1.words[candidate.words()].first();
            let adjective = first.is_some_and(|word| word.classes.any(Classes::ADJECTIVE));
            if adjective { -1.0 } else { ONCE }
        }
        Kind::Phrase => 0.0,
    }
}

fn is_vague(candidate: &Candidate, about: &About<'_>) -> bool {
    let words = &about.body.1.words[candidate.words()];
    words.iter().all(|word| word.classes.any(Classes::GENERIC))
}

/// How much the article is about it: its features, each with its weight.
///
/// The weights were found by a logistic regression: is a candidate among the
/// keyphrases that people gave to a newspaper article? Fitted on 184 English,
/// 60 French and 66 Portuguese articles at equal weight but three times for the
/// English, and a little on 300 more whose keys are mostly single words. No
/// word of them is in here. The two of English words that stand alone were then
/// set by eye.
pub(super) fn score(candidate: &Candidate, about: &About<'_>) -> f32 {
    let (text, walk) = about.body;
    let words = &walk.words[candidate.words()];
    let (mut times, mut counted, mut generic, mut capital) = (0.0, 0, 0, 0);
    for word in words {
        // "of" in a name is in every sentence.
        if !word.classes.any(Classes::STOP) {
            times += ln(walk.terms.counts[word.id as usize]);
            counted += 1;
        }
        generic += u32::from(word.classes.any(Classes::GENERIC));
        capital += u32::from(word.is_capital() && word.gap != Gap::Edge);
    }
    let length = words.len().max(1) as f32;
    let often = ln(candidate.count);
    let single = words.len() == 1;
    let is = |condition: bool| f32::from(u8::from(condition));

    let mut sum = 0.0;
    let mut add = |value: f32, weight: f32| sum += value * weight;
    add(often, 0.55);
    add(ln(1 + candidate.whole), WHOLE);
    add(ln(candidate.sentences), -0.69);
    for value in place(candidate.from, candidate.to, candidate.titled, about) {
        add(value, 1.0);
    }
    // What kind it is.
    match candidate.kind {
        Kind::Name(at) => {
            let person = about.names[at].kind == names::Kind::Person;
            add(1.0, if person { -0.48 } else { 0.03 });
            add(is(single), 0.82);
            add(often, -0.24);
        }
        Kind::Place(_) | Kind::Known(_) => {
            add(1.0, 0.05);
            add(often, -0.24);
        }
        Kind::Concept(_) => add(1.0, -0.36),
        Kind::Phrase => {}
    }
    // What its words are like.
    add(times / counted.max(1) as f32, TIMES);
    add(generic as f32 / length, -0.71);
    if let Some(first) = words.first() {
        add(is(first.classes.any(Classes::ADJECTIVE)), -0.42);
        let gerund = first.shape == Shape::Lower && first.span.of(&text.plain).ends_with("ing");
        add(is(gerund), -0.15);
    }
    if candidate.kind == Kind::Phrase {
        let [size, compound] = size(words.len(), about);
        add(capital as f32 / length, -0.29);
        add(1.0, size);
        add(is(single && words[0].span.len() < 6), -0.95);
        add(is(single) * often, -0.40);
        add(1.0, compound);
    } else {
        add(is(single && about.lang.tag == "en"), -1.80);
    }
    let score = BIAS + sum + taste(candidate, about);
    if candidate.kind == Kind::Phrase && candidate.count == 1 {
        let most = most(words.len(), candidate.whole > 0, times, about);
        debug_assert!(
            score < most + most_for_place(candidate.from, about) + 0.001,
            "phrases are dropped that could be topics: a feature that adds is not in `most`"
        );
    }
    score
}

/// The weights of being a whole noun phrase, and of how often its words stand
/// in the text.
const WHOLE: f32 = 0.94;
const TIMES: f32 = 0.59;

/// What it adds where something stands: in which sentences first and last, and
/// whether in the headline.
fn place(from: u32, to: u32, titled: bool, about: &About<'_>) -> [f32; 5] {
    let sentences = about.body.1.sentences.len().max(1) as f32;
    let early = from < 2;
    let (from, to) = (from as f32, to as f32);
    [
        1.0 / (1.0 + from) * 1.38,
        (1.0 - from / sentences) * 0.65,
        (to - from) / sentences * 0.23,
        if titled { 0.21 } else { 0.0 },
        if early { 0.05 } else { 0.0 },
    ]
}

/// What the number of words adds to a phrase, first anywhere and then in
/// English, which writes compounds apart, so that one word says less.
fn size(words: usize, about: &About<'_>) -> [f32; 2] {
    let [anywhere, english] = match words {
        1 => [0.32, -2.20],
        2 => [-0.56, 0.25],
        3 => [-0.69, 0.0],
        _ => [-1.92, 0.0],
    };
    let compounds = about.lang.tag == "en";
    [anywhere, if compounds { english } else { 0.0 }]
}

/// The most that a phrase can score that is mentioned once, without what is
/// added for its place: what it takes time to find out only takes from this.
pub(super) fn most(words: usize, whole: bool, times: f32, about: &About<'_>) -> f32 {
    let [anywhere, compound] = size(words, about);
    let whole = if whole { LN_2 * WHOLE } else { 0.0 };
    BIAS + ONCE + whole + anywhere + compound + most_for_times(words, times)
}

/// What of it is for how often its words stand in the text.
pub(super) fn most_for_times(words: usize, times: f32) -> f32 {
    times / words as f32 * TIMES
}

/// The most that is added to it for a place in this sentence.
pub(super) fn most_for_place(sentence: u32, about: &About<'_>) -> f32 {
    place(sentence, sentence, true, about).iter().sum()
}

/// The logarithm of a count; most counts are small.
pub(super) fn ln(count: u32) -> f32 {
    static SMALL: LazyLock<[f32; 64]> =
        LazyLock::new(|| std::array::from_fn(|count| (count as f32).ln()));
    let known = SMALL.get(count as usize).copied();
    known.unwrap_or_else(|| (count as f32).ln())
}
