//! Runs of nouns and adjectives: what an article is about that is no name.

use super::{
    About,
    candidates::{Kind, Mention, Mentions, Owner, number},
};
use crate::digest::{
    lang::{Classes, Language, Pairs, Trait, join},
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
pub(super) const VERBS: Classes = Classes::VERB
    .and(Classes::ACTION)
    .and(Classes::SPEECH)
    .and(Classes::AUXILIARY);

/// What neither stands in a noun phrase nor is a noun as a rule.
pub(super) const NOT_NOMINAL: Classes = NO_NOUN.and(VERBS);

/// What stands before a noun as a rule.
const BEFORE_NOUN: Classes = Classes::DETERMINER.and(Classes::ADJECTIVE);

/// People told by what they are: no topic on their own.
pub(super) const PEOPLE: Classes = Classes::ROLE.and(Classes::PERSON);

/// What follows a noun phrase, so that the word before it is a noun even if it
/// is mostly a verb.
const AFTER_PHRASE: Classes = Classes::AND
    .and(Classes::AUXILIARY)
    .and(Classes::VERB)
    .and(Classes::PREPOSITION);

/// How a word fits into a noun phrase.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fit {
    /// Not at all.
    No,
    /// As a noun or an adjective.
    Anywhere,
    /// As a noun behind another one: "drug use".
    Behind,
    /// Before a noun, as adjectives do: "armed forces".
    Before,
    /// Before everything else: "1990 census", "Third World".
    First,
    /// As the name of a person before a noun: "Larsen trial".
    Bearer,
}

/// Runs of nouns and adjectives, and every part of them that ends in a noun.
pub(super) fn phrases(about: &About<'_>, owners: &[Owner], found: &mut Mentions) {
    let words = &about.body.1.words;
    let mut fits: Vec<Fit> = Vec::with_capacity(words.len());
    let mut nouns: Vec<bool> = Vec::with_capacity(words.len());
    let mut start = 0;
    for (at, word) in words.iter().enumerate() {
        let goes_on = word.gap == Gap::Space && at > start && !words[at - 1].is_possessive();
        let behind = goes_on && fits[at - 1] != Fit::No;
        let fit = match owners[at] {
            Owner::Person => bearer(words, owners, at),
            Owner::Closed => Fit::No,
            _ => fit(about, words, at, behind),
        };
        fits.push(fit);
        let may_end = matches!(fit, Fit::First | Fit::Anywhere | Fit::Behind);
        nouns.push(may_end && is_noun(word, &about.body.0.plain, about.lang));
        if !goes_on || fit == Fit::No {
            if start < at {
                parts(about, owners, (&fits, &nouns), start..at, found);
            }
            start = if fit == Fit::No { at + 1 } else { at };
        }
    }
    parts(about, owners, (&fits, &nouns), start..words.len(), found);
}

/// Every part of a run that is a noun phrase itself, given how each word fits and
/// whether a noun phrase may end with it.
fn parts(
    about: &About<'_>,
    owners: &[Owner],
    (fits, nouns): (&[Fit], &[bool]),
    run: Range<usize>,
    found: &mut Mentions,
) {
    let walk = about.body.1;
    for from in run.clone() {
        // A name is whole, or it is another one.
        if from > 0 && goes_on(owners, from) {
            continue;
        }
        let mut lone = false;
        for to in from..run.end.min(from + LONGEST_PHRASE) {
            lone |= walk.terms.counts[walk.words[to].id as usize] == 1;
            let single = from == to;
            match fits[to] {
                Fit::First if !single => break,
                Fit::Anywhere => {}
                Fit::Behind if !single => {}
                _ => continue,
            }
            if !nouns[to] {
                continue;
            }
            if to + 1 < owners.len() && goes_on(owners, to + 1) {
                continue;
            }
            let whole = from == run.start && to + 1 == run.end;
            // What comes once is no topic as one word of a phrase, nor beside a
            // person's name.
            if lone && (single && !whole || owners[from] == Owner::Person) {
                continue;
            }
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
                length: number(to + 1 - from),
                whole,
                opens: owners[from],
            });
        }
    }
}

/// Whether the name that the word before is of goes on with this one.
fn goes_on(owners: &[Owner], at: usize) -> bool {
    owners[at] != Owner::Nobody && owners[at] == owners[at - 1]
}

/// The key of a phrase that ends with a noun, if it is one that may be a topic.
fn key(about: &About<'_>, phrase: &[Word], owners: &[Owner]) -> Option<u64> {
    let ([first, ..], [.., last]) = (phrase, phrase) else {
        return None;
    };
    let single = phrase.len() == 1;
    let owned = owners.iter().all(|owner| *owner != Owner::Nobody);
    if owned {
        return None;
    }
    // "énergie nucléaire" is a topic, and "nucléaire" none.
    let behind = !single && about.lang.does(Trait::ADJECTIVES_BEHIND);
    if last.classes.any(Classes::ADJECTIVE) && !(behind && is_head(first)) {
        return None;
    }
    // In "Firma Nordlicht AG" the name is the topic.
    let kind = first.classes.any(Classes::GENERIC.and(Classes::CALLED));
    if kind
        && about.lang.capitalizes_nouns()
        && !single
        && owners[1..].iter().all(|owner| *owner != Owner::Nobody)
    {
        return None;
    }
    // "U.S. Secretary" of State is an office.
    if last.is_capital() && last.classes.any(Classes::ROLE) {
        return None;
    }
    let people = last.classes.any(PEOPLE);
    if single && (people || last.span.len() < 4 && last.shape == Shape::Lower) {
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

/// How a word of a person's name fits.
fn bearer(words: &[Word], owners: &[Owner], at: usize) -> Fit {
    let next = words.get(at + 1).filter(|next| next.gap == Gap::Space);
    let noun_follows =
        next.is_some_and(|next| owners[at + 1] == Owner::Person || next.shape == Shape::Lower);
    if noun_follows && !words[at].is_possessive() {
        Fit::Bearer
    } else {
        Fit::No
    }
}

/// How a word fits that is of no person's name; `behind` tells whether one
/// stands before it that fits.
fn fit(about: &About<'_>, words: &[Word], at: usize, behind: bool) -> Fit {
    let word = &words[at];
    let classes = word.classes;
    // Half of the words, and no number or ordinal among them.
    let numeral = word.shape == Shape::Number || classes.any(Classes::NUMERAL);
    if !numeral && classes.any(NO_NOUN) {
        return Fit::No;
    }
    let next = words.get(at + 1).filter(|next| next.gap == Gap::Space);
    let before = at.checked_sub(1).map(|before| &words[before]);
    let before = before.filter(|_| word.gap == Gap::Space);
    let placed = word.gap == Gap::Edge;
    if let Some(next) = next.filter(|_| !placed) {
        let dated = before.is_some_and(|before| before.classes.any(Classes::MONTH));
        let ordinal = classes.any(Classes::NUMERAL) && word.is_capital() && next.is_capital();
        if ordinal && !next.classes.any(NO_NOUN)
            || word.shape == Shape::Number && is_year(word.bare().of(&about.body.0.plain)) && !dated
        {
            return Fit::First;
        }
    }
    if classes.any(NO_NOUN)
        || matches!(word.shape, Shape::Number | Shape::Initial)
        || word.span.len() < 2
    {
        return Fit::No;
    }
    let letters = word.bare().of(&about.body.0.plain);
    // "I-Vt." tells a senator's state.
    let party = letters.as_bytes().get(1) == Some(&b'-')
        && letters.len() < 7
        && !letters.bytes().any(|byte| byte.is_ascii_digit());
    // Of other scripts, the walk has told what is grammar.
    let cased = |c: char| c.is_lowercase() || c.is_uppercase();
    let short = || letters.chars().count() < 4 && letters.starts_with(cased);
    if party || !about.lang.speaks() && short() {
        return Fit::No;
    }
    if word.is_capital() {
        // At a sentence's start the capital tells nothing.
        let verb = || classes.any(VERBS) || about.lang.is_gerund(letters);
        return if placed && (about.lang.capitalizes_nouns() || verb()) {
            Fit::No
        } else {
            Fit::Anywhere
        };
    }
    // Adjectives are inflected where nouns have a capital, and no title as they
    // stand.
    if about.lang.capitalizes_nouns()
        || about.lang.is_adverb(letters)
        || classes.any(Classes::AUXILIARY)
    {
        return Fit::No;
    }
    let follows = |classes| before.is_some_and(|before| before.classes.any(classes));
    let past = about.lang.is_past(letters);
    if behind && is_finite(words, at, about.lang) {
        return Fit::No;
    }
    if classes.any(VERBS) {
        let action = classes.any(Classes::ACTION);
        if follows(BEFORE_NOUN) {
            return if action && (past || about.lang.is_gerund(letters)) {
                Fit::Before
            } else {
                Fit::Anywhere
            };
        }
        if action && !past {
            return Fit::No;
        }
        if past || about.lang.is_gerund(letters) {
            let noun_follows = next.is_some_and(|next| !next.classes.any(NOT_NOMINAL));
            let modifies = behind || follows(Classes::PREPOSITION);
            return if noun_follows && modifies {
                Fit::Before
            } else {
                Fit::No
            };
        }
        let ends = next.is_none_or(|next| next.classes.any(AFTER_PHRASE));
        let compounds = about.lang.does(Trait::OPEN_COMPOUNDS);
        return if behind && ends && compounds {
            Fit::Behind
        } else {
            Fit::No
        };
    }
    let modifies = || follows(BEFORE_NOUN.and(Classes::PREPOSITION)) || letters.contains('-');
    match past {
        true if modifies() => Fit::Before,
        true => Fit::No,
        false => Fit::Anywhere,
    }
}

/// Whether a word behind a noun is a verb by what follows it: "needs the", "aims
/// to rely".
fn is_finite(words: &[Word], at: usize, lang: &Language) -> bool {
    let word = &words[at];
    let inflected = word.term != word.key && lang.does(Trait::OPEN_COMPOUNDS);
    let mut next = words[at + 1..]
        .iter()
        .take_while(|next| next.gap == Gap::Space);
    let Some(next_word) = next.next().filter(|_| inflected) else {
        return false;
    };
    let object = Classes::DEFINITE
        .and(Classes::HE)
        .and(Classes::SHE)
        .and(Classes::THEY);
    let both = Classes::GENERIC.and(VERBS);
    let mut infinitive = || {
        let verb = next
            .next()
            .is_some_and(|verb| verb.term == verb.key && verb.classes.any(VERBS));
        word.classes.any(both) && next_word.classes.any(Classes::PREPOSITION) && verb
    };
    next_word.classes.any(object) || infinitive()
}

/// Whether digits are a year of these times.
fn is_year(digits: &str) -> bool {
    let number = digits.bytes().all(|byte| byte.is_ascii_digit());
    digits.len() == 4 && number && (digits.starts_with("19") || digits.starts_with("20"))
}

/// Whether a word can be the noun that adjectives behind it tell of.
fn is_head(word: &Word) -> bool {
    !word.classes.any(PEOPLE.and(Classes::ADJECTIVE))
}

/// Whether a noun phrase may end with this word.
fn is_noun(word: &Word, plain: &str, lang: &Language) -> bool {
    let is_verb = || lang.ends_as_verb(word.bare().of(plain));
    let common = word.shape == Shape::Lower || word.gap == Gap::Edge;
    word.bare().len() > 1 && !(common && is_verb())
}
