//! How much an article is about something, from shallow features.

use super::{
    About,
    candidates::{Candidate, Kind},
};
use crate::digest::{
    lang::Classes,
    names,
    words::{Gap, Shape, Word},
};

/// How many features there are.
const FEATURES: usize = 22;

/// The weight of each feature.
const WEIGHTS: [f32; FEATURES] = [
    1.2, 0.4, 0.8, 0.3, 0.9, 0.6, -0.8, 0.4, 0.0, -1.0, -1.2, -0.5, -0.4, 0.3, 0.3, 0.5, 0.2, 0.6,
    1.0, 0.6, -0.6, -0.4,
];

/// The score of something that has no features.
const BIAS: f32 = -3.0;

/// What its kind adds.
///
/// Keyphrase sets count what readers marked in a text; editors tag people,
/// countries and subjects of their list before anything else. These are the
/// editors' part, set by eye.
fn taste(candidate: &Candidate, about: &About<'_>) -> f32 {
    match candidate.kind {
        Kind::Place(_) => 0.8,
        Kind::Known(_) => 1.0,
        Kind::Concept(_) => 0.8,
        Kind::Name(at) => match about.names[at].kind {
            names::Kind::Person => 1.0,
            names::Kind::Organization => 0.4,
            names::Kind::Place => 0.2,
            names::Kind::Unknown => 0.0,
        },
        Kind::Phrase => 0.0,
    }
}

/// How much the article is about it.
pub(super) fn score(candidate: &Candidate, about: &About<'_>) -> f32 {
    let features = features(candidate, about);
    let weighed = features
        .iter()
        .zip(WEIGHTS)
        .map(|(value, weight)| value * weight);
    BIAS + weighed.sum::<f32>() + taste(candidate, about)
}

/// The features of a candidate.
pub(super) fn features(candidate: &Candidate, about: &About<'_>) -> [f32; FEATURES] {
    let (_, walk) = about.body;
    let words = &walk.words[candidate.words()];
    let sentences = number(walk.sentences.len().max(1));
    let share = |class: Classes| {
        let some = words.iter().filter(|word| word.classes.any(class)).count();
        number(some) / number(words.len().max(1))
    };
    let is = |condition: bool| f32::from(u8::from(condition));
    let count = number(candidate.count);
    let tf = |word: &Word| number(walk.terms.counts[word.id as usize]).ln();
    let tfs = words.iter().map(tf);
    let capital = words
        .iter()
        .filter(|word| word.is_capital() && word.gap != Gap::Edge)
        .count();
    let text = &about.body.0.plain;
    let name = match candidate.kind {
        Kind::Name(at) => Some(about.names[at].kind),
        _ => None,
    };
    let known = matches!(candidate.kind, Kind::Place(_) | Kind::Known(_));
    let from = number(candidate.from);
    [
        count.ln(),
        number(candidate.whole).ln_1p(),
        1.0 / (1.0 + from),
        (number(candidate.to) - from) / sentences,
        is(candidate.titled),
        is(candidate.from < 2),
        is(words.len() == 1),
        is(words.len() == 2),
        is(words.len() == 3),
        is(words.len() > 3),
        share(Classes::GENERIC),
        is(words
            .first()
            .is_some_and(|word| word.classes.any(Classes::ADJECTIVE))),
        1.0 - from / sentences,
        number(capital) / number(words.len().max(1)),
        tfs.clone().sum::<f32>() / number(words.len().max(1)),
        is(name == Some(names::Kind::Person)),
        is(name.is_some() && name != Some(names::Kind::Person)),
        is(known),
        is(matches!(candidate.kind, Kind::Concept(_))),
        number(candidate.sentences).ln(),
        is(words
            .first()
            .is_some_and(|word| word.shape == Shape::Lower && word.span.of(text).ends_with("ing"))),
        is(words.len() == 1 && words[0].span.len() < 6),
    ]
}

#[allow(clippy::cast_precision_loss, reason = "counts in an article are small")]
fn number<N: TryInto<usize>>(count: N) -> f32 {
    count.try_into().unwrap_or(usize::MAX) as f32
}
