//! Runs of nouns and adjectives: what an article is about that is no name.

use super::{
    About, WORTH,
    candidates::{Kind, Mention, Mentions, Owner, number},
    rank,
};
use crate::digest::{
    lang::{Classes, Language, Pairs, join},
    words::{Gap, Shape, Word},
};
use std::ops::Range;

/// The longest run of nouns that is a topic.
const LONGEST_PHRASE: usize = 4;

/// What is in no noun phrase.
const NO_NOUN: Classes = Classes::STOP
    .and(Classes::PREPOSITION)
    .and(Classes::PRONOUN)
    .and(Classes::DETERMINER)
    .and(Classes::ADVERB)
    .and(Classes::CONNECTIVE)
    .and(Classes::NUMERAL)
    .and(Classes::MONTH)
    .and(Classes::DAY)
    .and(Classes::TIME)
    .and(Classes::SHORT_TITLE)
    .and(Classes::TITLE);

/// What is mostly a verb, but a noun after an article or an adjective.
const VERBS: Classes = Classes::VERB.and(Classes::SPEECH).and(Classes::AUXILIARY);

/// Runs of nouns and adjectives, and every part of them that ends in a noun.
pub(super) fn phrases(about: &About<'_>, owners: &[Owner], found: &mut Mentions) {
    let (_, walk) = about.body;
    let words = &walk.words;
    let limits = Limits::of(about);
    let mut start = 0;
    for (at, word) in words.iter().enumerate() {
        let goes_on = word.gap == Gap::Space && at > 0 && !words[at - 1].is_possessive();
        let nominal = owners[at] != Owner::Person && is_nominal(about, words, at);
        if !goes_on || !nominal {
            parts(about, &limits, owners, start..at, found);
            start = if nominal { at } else { at + 1 };
        }
    }
    parts(about, &limits, owners, start..words.len(), found);
}

/// The most that phrases can score that are mentioned once.
struct Limits {
    /// By the number of words less one, and by whether they are a whole run.
    sizes: [[f32; 2]; LONGEST_PHRASE],
    /// What is added by the sentence.
    places: Vec<f32>,
}

impl Limits {
    fn of(about: &About<'_>) -> Self {
        let size = |words| [false, true].map(|whole| rank::most(words, whole, 0.0, about));
        let sentences = 0..number(about.body.1.sentences.len());
        Self {
            sizes: std::array::from_fn(|at| size(at + 1)),
            places: sentences
                .map(|at| rank::most_for_place(at, about))
                .collect(),
        }
    }

    /// Without what is added by the sentence.
    fn most(&self, words: usize, whole: bool, times: f32) -> f32 {
        self.sizes[words - 1][usize::from(whole)] + rank::most_for_times(words, times)
    }
}

/// Every part of a run that is a noun phrase itself.
fn parts(
    about: &About<'_>,
    limits: &Limits,
    owners: &[Owner],
    run: Range<usize>,
    found: &mut Mentions,
) {
    if run.is_empty() {
        return;
    }
    let walk = about.body.1;
    let words = &walk.words[run.clone()];
    let place = limits.places[words[0].sentence as usize];
    for from in run.clone() {
        let (mut lone, mut times) = (false, 0.0);
        let rest = &words[from - run.start..];
        for (length, word) in (1..=LONGEST_PHRASE).zip(rest) {
            let count = walk.terms.counts[word.id as usize];
            lone |= count == 1;
            times += rank::ln(count);
            let whole = length == words.len();
            // Most are dropped here.
            if lone && place + limits.most(length, whole, times) <= WORTH {
                continue;
            }
            let to = from + length - 1;
            let Some(key) = key(about, &walk.words[from..=to], &owners[from..=to]) else {
                continue;
            };
            let mentions = if lone {
                &mut found.lone
            } else {
                &mut found.shared
            };
            mentions.push(Mention {
                key,
                kind: Kind::Phrase,
                first: number(from),
                length: number(length),
                whole,
            });
        }
    }
}

/// The key of a phrase, if it is one that may be a topic.
fn key(about: &About<'_>, phrase: &[Word], owners: &[Owner]) -> Option<u64> {
    let ([first, ..], [.., last]) = (phrase, phrase) else {
        return None;
    };
    let single = phrase.len() == 1;
    // "Russian aggression" is one of Russia's mentions.
    let placed = !single && owners[0] == Owner::Known;
    let owned = owners.iter().all(|owner| *owner != Owner::Nobody);
    if owned || placed || !is_noun(last, &about.body.0.plain, about.lang) {
        return None;
    }
    if phrase.iter().all(|word| word.classes.any(Classes::GENERIC)) {
        return None;
    }
    if single && last.span.len() < 4 && last.shape == Shape::Lower {
        return None;
    }
    let key = phrase.iter().map(|word| word.term).reduce(join)?;
    // A concept is noted already; "turkey" would be shown as a country.
    let taken = |pairs| about.lang.canonical(pairs, key).is_some();
    let head = first.classes.any(Classes::HEAD);
    if head && about.lang.longest(first.term) > 0 && (taken(Pairs::Concept) || taken(Pairs::Place))
    {
        return None;
    }
    Some(join(key, phrase.len() as u64))
}

/// Whether a word may stand in a noun phrase.
fn is_nominal(about: &About<'_>, words: &[Word], at: usize) -> bool {
    let word = &words[at];
    if word.classes.any(NO_NOUN)
        || matches!(word.shape, Shape::Number | Shape::Initial)
        || word.span.len() < 2
    {
        return false;
    }
    let bare = word.bare();
    let letters = &about.body.0.plain.as_bytes()[bare.range()];
    // "I-Vt." tells a senator's state.
    let party = letters.get(1) == Some(&b'-') && letters.len() < 7;
    // Of other scripts, the walk has told what is grammar.
    let cased = |c: char| c.is_lowercase() || c.is_uppercase();
    let short = || {
        let word = bare.of(&about.body.0.plain);
        word.chars().count() < 4 && word.starts_with(cased)
    };
    if party || about.lang.tag.is_empty() && short() {
        return false;
    }
    if word.is_capital() {
        // At a sentence's start the capital tells nothing.
        let placed = word.gap == Gap::Edge;
        let verb = word.classes.any(VERBS) || letters.ends_with(b"ing");
        return !placed || !verb && !about.lang.capitalizes_nouns();
    }
    if about.lang.capitalizes_nouns() {
        // Adjectives are inflected there, and no title as they stand.
        return false;
    }
    if about.lang.tag == "en" && letters.ends_with(b"ly") && letters.len() > 4 {
        return false;
    }
    if word.classes.any(VERBS) {
        let before = at.checked_sub(1).map(|before| words[before].classes);
        let determined = word.gap == Gap::Space
            && before.is_some_and(|before| before.any(Classes::DETERMINER.and(Classes::ADJECTIVE)));
        return determined && !word.classes.any(Classes::AUXILIARY);
    }
    about.lang.tag != "en" || !letters.ends_with(b"ed") || letters.ends_with(b"eed")
}

/// What ends no topic: adjectives, and people told by what they are.
const NO_HEAD: Classes = Classes::ADJECTIVE.and(Classes::ROLE).and(Classes::PERSON);

/// Whether a noun phrase may end with this word.
fn is_noun(word: &Word, plain: &str, lang: &Language) -> bool {
    let is_verb = || lang.ends_as_verb(word.bare().of(plain));
    !word.classes.any(NO_HEAD)
        && word.bare().len() > 1
        && !(word.shape == Shape::Lower && is_verb())
}
