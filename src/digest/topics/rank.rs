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
    logarithms: Logarithms,
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
            logarithms: Logarithms::new(),
        }
    }
}

/// How much the article is about it: its features, each with its weight.
///
/// The weights were found by fitting a ranking (a softmax over the candidates
/// of an article, with weight decay): which candidates are among the
/// keyphrases that people gave to it? Fitted on 184 long articles of news
/// agencies, 300 mostly short English ones from the web with keys of one word, 60
/// French and 66 Portuguese ones, and 80 in four languages with tags such as an
/// editor gives. Weights that were set by eye for an editor and two such fits were then
/// mixed, and features dropped as long as the figures stayed. No word of the
/// articles is in here.
///
/// The sets want different things. Fitted for the agencies alone, the same
/// features have four points in a hundred more there, for the short articles
/// alone five more, and an editor's tags ten and five fewer. Editors tag the
/// people, places and organizations that an article keeps coming back to, and
/// subjects of their list, but no phrase that somebody used once; where they
/// part ways, the editor has it.
pub(super) fn score(candidate: &Candidate, length: Length, about: &About<'_>) -> f32 {
    /// What starts within so many words is told at once, or after a while.
    const AT_ONCE: u32 = 40;
    const SOON: u32 = 80;
    let walk = about.body.1;
    let words = &walk.words[candidate.words()];
    let (Some(first), Some(last)) = (words.first(), words.last()) else {
        return f32::MIN;
    };
    let log = length.logarithms;
    let made = Made::of(words, log, about);
    let size = words.len();
    let single = is(size == 1);
    let is_phrase = candidate.kind == Kind::Phrase;
    let phrase = is(is_phrase);
    let compounds = is(about.lang.does(Trait::OPEN_COMPOUNDS));
    let adjective = is(first.classes.any(Classes::ADJECTIVE));
    let general = is(last.classes.any(Classes::GENERIC));

    let count = candidate.count as f32;
    let often = log.of(candidate.count);
    let is_once = candidate.count == 1;
    let once = is(is_once);
    let thrice = is(candidate.count >= 3);
    let part = 1.0 - candidate.whole as f32 / count;
    let beside = candidate.beside;
    let early = 1.0 - candidate.from as f32 / length.words;
    let untitled = is(candidate.titled == 0.0);
    let late = is(candidate.from >= SOON);
    let Length { brief, long, .. } = length;

    // Features that are zero for most candidates are left out there, which
    // changes no sum.
    let mut score = Sum(0.0);
    let person = if is_phrase {
        0.0
    } else {
        add_kind(&mut score, candidate, length, about)
    };
    score.add([
        (phrase, -0.06),
        // How many words it has.
        (compounds * single, -0.65),
        (single * often, -0.19),
        (person * single * long, 0.64),
        (brief * single, 0.32),
        (long * single, -0.10),
        (phrase * is(size == 2), -0.10),
        (phrase * is(size == 4), -0.72),
        (phrase * compounds * single, 0.18),
        (phrase * compounds * is(size == 2), 0.24),
        // What words these are.
        (made.letters, 1.19),
        (made.general, -0.30),
        (adjective, -0.13),
        (phrase * adjective, -0.20),
        (is(first.classes.any(VERBS)), -0.65),
        (is(candidate.opens == Owner::Person), -0.11),
        (is(candidate.opens == Owner::Known), 0.38),
        (is(last.classes.any(PEOPLE)), -0.40),
        (
            is(size > 1 && last.shape == Shape::Lower && last.classes.any(VERBS)),
            -0.76,
        ),
        (phrase * general * is(size == 2), -0.15),
        (is(made.hyphen), -0.10),
        // How often it and its words are used.
        (made.frequent, 0.81),
        (made.uses, 0.17),
        (once, -0.55),
        (thrice, 0.06),
        (part, -0.67),
    ]);
    if is_phrase && is_once {
        score.add([
            (1.0, -0.25),
            (single, -0.24),
            (adjective, -0.15),
            (compounds * is(size == 2), 0.43),
            (untitled, -0.18),
            (untitled * late, -0.24),
        ]);
    }
    score.add([
        // Where.
        (candidate.titled, 0.18),
        (is(candidate.titled >= 1.0), 0.29),
        (early, 0.68),
        (long * early, 0.83),
        (log.of(1 + candidate.from) / 6.0, -0.73),
        (is(candidate.from < AT_ONCE), 0.17),
        // Beside which words.
        (beside.determiner as f32 / count, 0.36),
        (beside.preposition as f32 / count, 0.35),
        (beside.noun as f32 / count, -0.70),
        (beside.link as f32 / count, -0.29),
    ]);
    score.0
}

/// A sum of features, each with its weight, in the order in which they come.
struct Sum(f32);

impl Sum {
    #[inline]
    fn add<const N: usize>(&mut self, features: [(f32, f32); N]) {
        for (value, weight) in features {
            self.0 += value * weight;
        }
    }
}

/// Adds what kind of thing a candidate is that is no run of nouns, and tells
/// whether it is a person.
fn add_kind(score: &mut Sum, candidate: &Candidate, length: Length, about: &About<'_>) -> f32 {
    /// What stands more often in a hundred words is no less a topic.
    const DENSE: f32 = 1.0;
    let place = is(matches!(candidate.kind, Kind::Place(_)));
    let known = is(matches!(candidate.kind, Kind::Known(_)));
    let concept = is(matches!(candidate.kind, Kind::Concept(_)));
    let (mut person, mut other) = (0.0, 0.0);
    if let Kind::Name(at) = candidate.kind {
        let name = &about.names[at];
        person = is(name.is_like_a_person());
        other = is(matches!(
            name.kind,
            names::Kind::Place | names::Kind::Unknown
        )) * (1.0 - person);
    }
    let named = person + other + place + known;
    let often = length.logarithms.of(candidate.count);
    let thrice = is(candidate.count >= 3);
    let dense = 100.0 * candidate.count as f32 / length.words.max(USUAL);
    let long = length.long;
    score.add([
        (concept, 0.53),
        (concept * thrice, 0.12),
        (concept * often, -0.06),
        (concept * dense.min(DENSE), -0.44),
        (concept * long, 0.35),
        (place, 0.11),
        ((person + place + known) * often, 0.09),
        (other * often, -0.16),
        (other * long, -0.31),
        (named * thrice, 1.12),
    ]);
    person
}

/// What the words of a candidate are like.
#[derive(Default)]
struct Made {
    /// How many letters they have on average, in tens: longer words are rarer.
    letters: f32,
    /// The share of general ones.
    general: f32,
    /// How often they are used: the mean and the sum of logarithms.
    frequent: f32,
    uses: f32,
    /// Whether one has a hyphen.
    hyphen: bool,
}

impl Made {
    fn of(words: &[Word], log: Logarithms, about: &About<'_>) -> Self {
        /// Words are no rarer for being longer than this.
        const LETTERS: f32 = 11.0;
        let (text, walk) = about.body;
        let (mut letters, mut general) = (0_u32, 0_u8);
        let mut made = Self::default();
        for word in words {
            let uses = walk.terms.counts[word.id as usize];
            for byte in &text.plain.as_bytes()[word.bare().range()] {
                letters += u32::from(begins_letter(*byte));
                made.hyphen |= *byte == b'-';
            }
            general += u8::from(word.classes.any(Classes::GENERIC));
            made.frequent += log.of(uses);
            made.uses += log.of(1 + uses);
        }
        let size = words.len().max(1) as f32;
        made.letters = (letters as f32 / size).min(LETTERS) / 10.0;
        made.general = f32::from(general) / size;
        made.frequent /= size;
        made.uses /= 3.0;
        made
    }
}

fn is(condition: bool) -> f32 {
    f32::from(u8::from(condition))
}

/// Whether a byte is the first of a character.
fn begins_letter(byte: u8) -> bool {
    byte & 0xc0 != 0x80
}

/// The logarithms of counts, most of which are small.
#[derive(Debug, Clone, Copy)]
struct Logarithms(&'static [f32; 64]);

impl Logarithms {
    fn new() -> Self {
        static SMALL: LazyLock<[f32; 64]> =
            LazyLock::new(|| std::array::from_fn(|count| (count as f32).ln()));
        Self(&SMALL)
    }

    fn of(self, count: u32) -> f32 {
        let known = self.0.get(count as usize).copied();
        known.unwrap_or_else(|| (count as f32).ln())
    }
}
