//! Runs of nouns and adjectives: what an article is about that is no name.

use super::{
    About,
    candidates::{Kind, Mention, Owner, number},
};
use crate::digest::{
    lang::{Classes, Pairs, join},
    words::{Gap, Shape, Word},
};

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
pub(super) fn phrases(about: &About<'_>, owners: &[Owner], found: &mut Vec<Mention>) {
    let (text, walk) = about.body;
    let words = &walk.words;
    let mut start = 0;
    while start < words.len() {
        let mut end = start;
        while end < words.len()
            && (end == start || words[end].gap == Gap::Space && !words[end - 1].is_possessive())
            && is_nominal(about, words, end)
            && owners[end] != Owner::Person
        {
            end += 1;
        }
        if end == start {
            start += 1;
            continue;
        }
        for from in start..end {
            let mut key = 0;
            let is_head = about.lang.longest(words[from].term) > 0;
            for to in from..end.min(from + LONGEST_PHRASE) {
                let last = &words[to];
                key = if to == from {
                    last.term
                } else {
                    join(key, last.term)
                };
                let phrase = &words[from..=to];
                let owned = |owner: Owner| owners[from..=to].contains(&owner);
                // "Russian aggression" is one of Russia's mentions.
                let placed = phrase.len() > 1 && owners[from] == Owner::Known;
                let whole_name = owners[from..=to]
                    .iter()
                    .all(|owner| *owner != Owner::Nobody);
                if !is_noun(last, &text.plain, about.lang.tag)
                    || whole_name
                    || placed
                    || owned(Owner::Person)
                {
                    continue;
                }
                if phrase.iter().all(|word| word.classes.any(Classes::GENERIC)) {
                    continue;
                }
                if phrase.len() == 1 && last.span.len() < 4 && last.shape == Shape::Lower {
                    continue;
                }
                // A concept is noted already; "turkey" would be shown as a country.
                let taken = |pairs| about.lang.canonical(pairs, key).is_some();
                if is_head && (taken(Pairs::Concept) || taken(Pairs::Place)) {
                    continue;
                }
                found.push(Mention {
                    key: join(key, phrase.len() as u64),
                    kind: Kind::Phrase,
                    first: number(from),
                    length: number(phrase.len()),
                    whole: from == start && to + 1 == end,
                });
            }
        }
        start = end;
    }
}

/// Whether a word may stand in a noun phrase.
fn is_nominal(about: &About<'_>, words: &[Word], at: usize) -> bool {
    let word = &words[at];
    let letters = word.bare().of(&about.body.0.plain);
    // "I-Vt." tells a senator's state.
    let party = letters.as_bytes().get(1) == Some(&b'-') && letters.len() < 7;
    if matches!(word.shape, Shape::Number | Shape::Initial) || word.span.len() < 2 || party {
        return false;
    }
    if word.classes.any(NO_NOUN) || about.lang.tag.is_empty() && letters.chars().count() < 4 {
        return false;
    }
    if word.is_capital() {
        // At a sentence's start the capital tells nothing.
        let placed = word.gap == Gap::Edge;
        let verb = word.classes.any(VERBS) || letters.ends_with("ing");
        return !placed || !verb && !about.lang.capitalizes_nouns();
    }
    if about.lang.capitalizes_nouns() {
        // Adjectives are inflected there, and no title as they stand.
        return false;
    }
    if about.lang.tag == "en" && letters.ends_with("ly") && letters.len() > 4 {
        return false;
    }
    if word.classes.any(VERBS) {
        let before = at.checked_sub(1).map(|before| words[before].classes);
        let determined = word.gap == Gap::Space
            && before.is_some_and(|before| before.any(Classes::DETERMINER.and(Classes::ADJECTIVE)));
        return determined && !word.classes.any(Classes::AUXILIARY);
    }
    about.lang.tag != "en" || !letters.ends_with("ed") || letters.ends_with("eed")
}

/// What ends no topic: adjectives, and people told by what they are.
const NO_HEAD: Classes = Classes::ADJECTIVE.and(Classes::ROLE).and(Classes::PERSON);

/// Whether a noun phrase may end with this word.
fn is_noun(word: &Word, plain: &str, tag: &str) -> bool {
    let letters = word.bare().of(plain);
    let verb = tag == "fr" && word.shape == Shape::Lower && is_french_verb(letters);
    !verb && !word.classes.any(NO_HEAD) && letters.len() > 1
}

/// Whether a small French word ends as verbs do and nouns seldom: "basculer",
/// "attaqué", "pourrais"; but "quartier" and "liberté" are nouns.
fn is_french_verb(letters: &str) -> bool {
    let ends = |ending: &[&str]| ending.iter().any(|ending| letters.ends_with(ending));
    ends(&[
        "er", "é", "és", "ée", "ées", "ais", "ait", "aient", "ont", "ant",
    ]) && !ends(&["ier", "té", "tés", "çais", "lais", "nais", "fait", "lait"])
        && letters.len() > 4
}
