//! How much an article is about something, from shallow features.

use super::{
    About,
    candidates::{Candidate, Kind, Owner},
    phrases::{PEOPLE, VERBS},
};
use crate::digest::{
    lang::{Classes, Trait},
    names,
    words::{Shape, Word},
};
use std::sync::LazyLock;

/// The words of an article that is neither brief nor long.
const USUAL: f32 = 400.0;

/// What of an article tells how to read the features of a candidate.
#[derive(Debug, Clone, Copy)]
pub(super) struct Length {
    /// In words.
    words: f32,
    /// How far it is from an article of the usual length, in powers of e: a brief
    /// one is about few things, each named by a word or two.
    brief: f32,
    long: f32,
}

impl Length {
    pub(super) fn of(about: &About<'_>) -> Self {
        /// What is further off is as good as this.
        const FAR: f32 = 1.2;
        let words = about.body.1.words.len().max(1) as f32;
        let off = (words / USUAL).ln().clamp(-FAR, FAR);
        Self {
            words,
            brief: (-off).max(0.0),
            long: off.max(0.0),
        }
    }
}

/// How much the article is about it: its features, each with its weight.
///
/// The weights were found by fitting a ranking (a softmax over the candidates
/// of an article, with a little weight decay): which candidates are among the
/// keyphrases that people gave to it? Fitted on 184 long articles of news
/// agencies, 300 mostly short English ones from the web with keys of one word, 60
/// French and 66 Portuguese ones, and 80 in five languages with an editor's
/// tags, with a say of 5, 2.5, 1, 1 and 3. Features were dropped as long as
/// halves of the articles, fitted on one and tested on the other, gave the same
/// figures without them. No word of the articles is in here.
///
/// Editors tag the people, places and organizations that an article keeps coming
/// back to, and subjects of their list, but no phrase that somebody used once. The
/// weights of tables, of what is named three times, and of phrases used once
/// were then set by eye for them, at a cost of two points in a hundred on the
/// long articles.
pub(super) fn score(candidate: &Candidate, length: Length, about: &About<'_>) -> f32 {
    /// Words are no rarer for being longer than this.
    const LETTERS: f32 = 11.0;
    /// What stands more often in a hundred words is no less a topic.
    const DENSE: f32 = 1.0;
    let (text, walk) = about.body;
    let words = &walk.words[candidate.words()];
    let (Some(first), Some(last)) = (words.first(), words.last()) else {
        return f32::MIN;
    };
    let letters = |word: &Word| word.bare().of(&text.plain);
    let share = |which: &dyn Fn(&Word) -> bool| {
        words.iter().filter(|word| which(word)).count() as f32 / words.len() as f32
    };
    let total = |of: &dyn Fn(&Word) -> f32| words.iter().map(of).sum::<f32>();
    let uses = |word: &Word| walk.terms.counts[word.id as usize];

    let size = words.len();
    let single = is(size == 1);
    let phrase = is(candidate.kind == Kind::Phrase);
    let compounds = is(about.lang.does(Trait::OPEN_COMPOUNDS));
    let place = is(matches!(candidate.kind, Kind::Place(_)));
    let known = is(matches!(candidate.kind, Kind::Known(_)));
    let concept = is(matches!(candidate.kind, Kind::Concept(_)));
    let of_name = |kind| match candidate.kind {
        Kind::Name(at) => is(about.names[at].kind == kind),
        _ => 0.0,
    };
    let person = match candidate.kind {
        Kind::Name(at) => is(about.names[at].is_like_a_person()),
        _ => 0.0,
    };
    let adjective = is(first.classes.any(Classes::ADJECTIVE));
    let other = (1.0 - person) * (of_name(names::Kind::Place) + of_name(names::Kind::Unknown));
    let named = person + other + place + known;

    let count = candidate.count as f32;
    let often = ln(candidate.count);
    let part = 1.0 - candidate.whole as f32 / count;
    let beside = candidate.beside;
    let early = 1.0 - candidate.from as f32 / length.words;
    let dense = 100.0 * count / length.words.max(USUAL);
    let frequent = total(&|word| ln(uses(word))) / size as f32;
    let letters_each = total(&|word| letters(word).chars().count() as f32) / size as f32;
    let letters_each = letters_each.min(LETTERS);
    let small = |word: &Word| word.shape == Shape::Lower;
    let hyphen = words.iter().any(|word| letters(word).contains('-'));
    let Length { brief, long, .. } = length;

    let features = [
        // What kind of thing it is.
        (concept, 1.48),
        (concept * is(candidate.count >= 3), 0.40),
        (concept * dense.min(DENSE), -1.45),
        (known, 0.30),
        (place, 0.35),
        (person, 0.45),
        ((1.0 - person) * of_name(names::Kind::Organization), 0.57),
        (other, 0.45),
        ((person + place + known) * often, 0.30),
        (named * is(candidate.count >= 3), 0.90),
        // How many words it has.
        (phrase * single * is(candidate.count == 1), -0.80),
        (phrase * is(size == 2), -0.32),
        (phrase * is(size == 4), -1.18),
        (phrase * compounds * single, 0.59),
        (phrase * compounds * is(size == 2), 0.81),
        (compounds * single, -0.49),
        // What words these are.
        (adjective, -0.36),
        (phrase * adjective * is(candidate.count == 1), -0.50),
        (is(first.classes.any(VERBS)), -0.69),
        (is(candidate.opens == Owner::Person), -0.36),
        (is(candidate.opens == Owner::Name), 0.22),
        (is(last.classes.any(PEOPLE)), -0.38),
        (
            is(size > 1 && small(last) && last.classes.any(VERBS)),
            -0.65,
        ),
        (share(&|word| word.classes.any(Classes::GENERIC)), -0.35),
        (is(hyphen), -0.33),
        (letters_each / 10.0, 1.34),
        // How often it and its words are used.
        (ln(1 + candidate.whole), 0.0),
        (is(candidate.count == 1), -0.41),
        (part, -0.51),
        (single * part, 0.05),
        (frequent, 0.47),
        (total(&|word| ln(1 + uses(word))) / 3.0, 0.55),
        // Where.
        (candidate.titled, 0.41),
        (early, 1.08),
        (ln(1 + candidate.from) / 6.0, -0.61),
        // Beside which words.
        (beside.determiner as f32 / count, 0.32),
        (beside.preposition as f32 / count, 0.25),
        (beside.noun as f32 / count, -0.52),
        (beside.link as f32 / count, -0.25),
        // What is different in brief and in long articles.
        (brief * early, -0.76),
        (brief * often, 0.21),
        (brief * phrase * single, 0.34),
        (brief * letters_each / 10.0, -0.59),
        (brief * frequent, -0.50),
        (long * single, -0.33),
    ];
    features.iter().map(|(value, weight)| value * weight).sum()
}

fn is(condition: bool) -> f32 {
    f32::from(u8::from(condition))
}

/// The logarithm of a count; most counts are small.
fn ln(count: u32) -> f32 {
    static SMALL: LazyLock<[f32; 64]> =
        LazyLock::new(|| std::array::from_fn(|count| (count as f32).ln()));
    let known = SMALL.get(count as usize).copied();
    known.unwrap_or_else(|| (count as f32).ln())
}
