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
        /// The words of an article that is neither brief nor long.
        const USUAL: f32 = 400.0;
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
/// keyphrases that people gave to it? The articles were 184 long ones of a news
/// agency, 300 short English ones from the web with keys of mostly one word, 60
/// French and 66 Portuguese ones, and 80 in five languages with an editor's tags,
/// each kind with a say of its own (4, 2, 1, 1 and 2). Features were dropped as long as halves of the
/// articles, fitted on one and tested on the other, gave the same figures
/// without them. No word of the articles is in here.
pub(super) fn score(candidate: &Candidate, length: Length, about: &About<'_>) -> f32 {
    /// Words are no rarer for being longer than this.
    const LETTERS: f32 = 11.0;
    /// What stands more often in a hundred words is no less a topic.
    const DENSE: f32 = 2.5;
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

    let count = candidate.count as f32;
    let often = ln(candidate.count);
    let part = 1.0 - candidate.whole as f32 / count;
    let beside = candidate.beside;
    let early = 1.0 - candidate.from as f32 / length.words;
    let dense = 100.0 * count / length.words.max(100.0);
    let frequent = total(&|word| ln(uses(word))) / size as f32;
    let letters_each = total(&|word| letters(word).chars().count() as f32) / size as f32;
    let letters_each = letters_each.min(LETTERS);
    let small = |word: &Word| word.shape == Shape::Lower;
    let hyphen = words.iter().any(|word| letters(word).contains('-'));
    let Length { brief, long, .. } = length;

    let features = [
        // What kind of thing it is.
        (concept, 1.28),
        (concept * dense.min(DENSE), -0.89),
        (known, 0.61),
        (place, 0.62),
        (of_name(names::Kind::Person), 0.73),
        (of_name(names::Kind::Organization), 0.55),
        (
            of_name(names::Kind::Place) + of_name(names::Kind::Unknown),
            0.50,
        ),
        // How many words it has.
        (phrase * is(size == 2), -0.12),
        (phrase * is(size == 4), -1.13),
        (phrase * compounds * single, 0.32),
        (phrase * compounds * is(size == 2), 0.59),
        (compounds * single, -0.40),
        // What words these are.
        (is(first.classes.any(Classes::ADJECTIVE)), -0.36),
        (is(first.classes.any(VERBS)), -0.59),
        (is(candidate.opens == Owner::Person), -0.51),
        (is(candidate.opens == Owner::Name), 0.24),
        (is(last.classes.any(PEOPLE)), -0.43),
        (
            is(size > 1 && small(last) && last.classes.any(VERBS)),
            -0.61,
        ),
        (share(&|word| word.classes.any(Classes::GENERIC)), -0.34),
        (is(hyphen), -0.26),
        (letters_each / 10.0, 1.36),
        // How often it and its words are used.
        (ln(1 + candidate.whole), -0.15),
        (is(candidate.count == 1), -0.41),
        (part, -0.82),
        (single * part, 0.30),
        (frequent, 0.69),
        (total(&|word| ln(1 + uses(word))) / 3.0, 0.42),
        // Where.
        (candidate.titled, 0.47),
        (early, 1.00),
        (ln(1 + candidate.from) / 6.0, -0.78),
        // Beside which words.
        (beside.determiner as f32 / count, 0.31),
        (beside.preposition as f32 / count, 0.26),
        (beside.noun as f32 / count, -0.46),
        (beside.link as f32 / count, -0.25),
        // What is different in brief and in long articles.
        (brief * early, -0.81),
        (brief * often, 0.28),
        (brief * phrase * single, 0.41),
        (brief * letters_each / 10.0, -0.58),
        (brief * frequent, -0.58),
        (long * single, -0.19),
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
