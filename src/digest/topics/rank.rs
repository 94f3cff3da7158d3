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

/// The score of something that has no features.
const BIAS: f32 = -3.85;

/// What its kind adds.
///
/// Keyphrase sets count what readers marked in a text; editors tag people,
/// countries and subjects of their list before anything else. These are the
/// editors' part, set by eye.
fn taste(candidate: &Candidate, about: &About<'_>) -> f32 {
    let often = number(candidate.count).ln();
    match candidate.kind {
        // "Europe" and "Asia" are in the news everywhere.
        Kind::Place(_) if is_vague(candidate, about) => -0.7,
        Kind::Place(_) | Kind::Known(_) => 0.2 + 0.9 * often,
        Kind::Concept(_) if candidate.count == 1 => 0.0,
        Kind::Concept(_) => 0.4 + 0.4 * often,
        Kind::Name(at) if about.names[at].kind == names::Kind::Person => {
            let office = f32::from(u8::from(!about.names[at].roles.is_empty()));
            0.7 + 0.5 * office + 0.3 * often
        }
        Kind::Name(_) => -0.4,
        // Used once, a phrase is what somebody happened to say, the more so if
        // it is "a powerful address".
        Kind::Phrase if candidate.count == 1 => {
            let first = about.body.1.words[candidate.words()].first();
            let adjective = first.is_some_and(|word| word.classes.any(Classes::ADJECTIVE));
            if adjective { -1.0 } else { -0.3 }
        }
        Kind::Phrase => 0.0,
    }
}

fn is_vague(candidate: &Candidate, about: &About<'_>) -> bool {
    let words = &about.body.1.words[candidate.words()];
    words.iter().all(|word| word.classes.any(Classes::GENERIC))
}

/// How much the article is about it.
pub(super) fn score(candidate: &Candidate, about: &About<'_>) -> f32 {
    let weighed = features(candidate, about).map(|(value, weight)| value * weight);
    BIAS + weighed.iter().sum::<f32>() + taste(candidate, about)
}

/// The features of a candidate, each with its weight.
///
/// The weights were found by a logistic regression: is a candidate among the
/// keyphrases that people gave to a newspaper article? Fitted on 184 English,
/// 60 French and 66 Portuguese articles at equal weight but three times for the
/// English, and a little on 300 more whose keys are mostly single words. No
/// word of them is in here. The two of English words that stand alone were then
/// set by eye.
fn features(candidate: &Candidate, about: &About<'_>) -> [(f32, f32); 28] {
    let (_, walk) = about.body;
    let words = &walk.words[candidate.words()];
    let sentences = number(walk.sentences.len().max(1));
    let share = |class: Classes| {
        let some = words.iter().filter(|word| word.classes.any(class)).count();
        number(some) / number(words.len().max(1))
    };
    let is = |condition: bool| f32::from(u8::from(condition));
    let count = number(candidate.count);
    let times = |word: &Word| number(walk.terms.counts[word.id as usize]).ln();
    let tfs = words.iter().map(times);
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
    let phrase = candidate.kind == Kind::Phrase;
    let compounds = about.lang.tag == "en";
    let single = words.len() == 1;
    let adjective = words
        .first()
        .is_some_and(|word| word.classes.any(Classes::ADJECTIVE));
    let gerund = words
        .first()
        .is_some_and(|word| word.shape == Shape::Lower && word.span.of(text).ends_with("ing"));
    let length = number(words.len().max(1));
    let when = |condition: bool, value: f32| if condition { value } else { 0.0 };
    [
        (count.ln(), 0.55),
        (number(candidate.whole).ln_1p(), 0.94),
        (number(candidate.sentences).ln(), -0.69),
        // Where it stands.
        (1.0 / (1.0 + from), 1.38),
        (1.0 - from / sentences, 0.65),
        ((number(candidate.to) - from) / sentences, 0.23),
        (is(candidate.titled), 0.21),
        (is(candidate.from < 2), 0.05),
        // What kind it is.
        (is(name == Some(names::Kind::Person)), -0.48),
        (
            is(name.is_some() && name != Some(names::Kind::Person)),
            0.03,
        ),
        (is(known), 0.05),
        (is(matches!(candidate.kind, Kind::Concept(_))), -0.36),
        (is(name.is_some() && single), 0.82),
        (when(known || name.is_some(), count.ln()), -0.24),
        // What its words are like.
        (tfs.sum::<f32>() / length, 0.59),
        (share(Classes::GENERIC), -0.71),
        (is(adjective), -0.42),
        (is(gerund), -0.15),
        (when(phrase, number(capital) / length), -0.29),
        (is(phrase && single), 0.32),
        (is(phrase && words.len() == 2), -0.56),
        (is(phrase && words.len() == 3), -0.69),
        (is(phrase && words.len() > 3), -1.92),
        (is(phrase && single && words[0].span.len() < 6), -0.95),
        (when(phrase && single, count.ln()), -0.40),
        // English writes compounds apart, so that one word says less.
        (is(phrase && single && compounds), -2.20),
        (is(!phrase && single && compounds), -1.80),
        (is(phrase && words.len() == 2 && compounds), 0.25),
    ]
}

#[allow(clippy::cast_precision_loss, reason = "counts in an article are small")]
fn number<N: TryInto<usize>>(count: N) -> f32 {
    count.try_into().unwrap_or(usize::MAX) as f32
}
