//! What the language's tables know: places, organizations and concepts.

use super::{
    About,
    candidates::{Kind, Mention, Owner, number},
};
use crate::digest::{
    lang::{Classes, Pairs, Trait, join, key},
    words::{Gap, Shape, Word},
};

/// Finds what the language's tables know.
pub(super) fn known(
    about: &About<'_>,
    words: &[Word],
    owners: &mut [Owner],
    found: &mut Vec<Mention>,
) {
    let mut at = 0;
    while at < words.len() {
        let head = words[at].classes.any(Classes::HEAD);
        if !head || matches!(owners[at], Owner::Person | Owner::Closed) {
            at += 1;
            continue;
        }
        let Some((kind, length)) = longest_known(about, words, at) else {
            at += 1;
            continue;
        };
        let (Kind::Place(canonical) | Kind::Known(canonical) | Kind::Concept(canonical)) = kind
        else {
            at += 1;
            continue;
        };
        // In "Brussels, Belgium" only the city is spoken of.
        let locates = matches!(kind, Kind::Place(_))
            && words[at].gap == Gap::Comma
            && at > 0
            && words[at - 1].shape == Shape::Capitalized
            && words
                .get(at + length)
                .is_none_or(|next| next.gap != Gap::Space);
        if !locates {
            found.push(Mention {
                key: canonical_key(canonical),
                kind,
                first: number(at),
                length: number(length),
                whole: true,
                opens: Owner::Nobody,
            });
        }
        // "Muslims" is written as a name, but is the concept again.
        if !matches!(kind, Kind::Concept(_)) || words[at..at + length].iter().all(Word::is_capital)
        {
            let organization = matches!(kind, Kind::Known(_));
            let owner = if organization {
                Owner::Organization
            } else {
                Owner::Known
            };
            owners[at..at + length].fill(owner);
        }
        at += length;
    }
}

/// The longest phrase at `at` that a table knows, and how many words it has.
pub(super) fn longest_known(about: &About<'_>, words: &[Word], at: usize) -> Option<(Kind, usize)> {
    let first = &words[at];
    let lang = about.lang;
    if !first.classes.any(Classes::HEAD) {
        return None;
    }
    let mut longest = lang.longest(first.key) as usize;
    if first.term != first.key {
        longest = longest.max(lang.longest(first.term) as usize);
    }
    let preposition = first.classes.any(Classes::PREPOSITION) && is_small(first);
    if longest == 0 || preposition || first.shape == Shape::Number {
        return None;
    }
    let (mut key, mut term) = (first.key, first.term);
    let mut best = None;
    for length in 1..=longest {
        if length > 1 {
            let Some(next) = words.get(at + length - 1).filter(|next| joins(next, first)) else {
                break;
            };
            if words[at + length - 2].is_possessive() {
                break;
            }
            key = join(key, next.key);
            term = join(term, next.term);
        }
        let run = &words[at..at + length];
        let lookup = |pairs| about.lang.canonical(pairs, key);
        let proper = is_proper(about, run);
        let name = |pairs| proper.then(|| lookup(pairs)).flatten();
        if let Some(place) = name(Pairs::Place) {
            best = Some((Kind::Place(place), length));
        } else if let Some(known) = name(Pairs::Organization) {
            best = Some((Kind::Known(known), length));
        } else if is_concept(run)
            && let Some(concept) =
                lookup(Pairs::Concept).or_else(|| about.lang.canonical(Pairs::Concept, term))
        {
            best = Some((Kind::Concept(concept), length));
        }
    }
    best
}

/// Whether a known name is written as a name: "US" and "Turkey", but not "us"
/// and "turkey". Short forms must be in capitals throughout, "WHO".
fn is_proper(about: &About<'_>, run: &[Word]) -> bool {
    if let [word] = run {
        let common = word.classes.any(Classes::STOP) || word.span.len() <= 3;
        if common {
            return word.shape == Shape::Upper;
        }
        // Demonyms are small in German and the Romance languages.
        return word.is_capital() || !about.lang.does(Trait::CAPITAL_ADJECTIVES) && is_small(word);
    }
    let cased = about.lang.capitalizes_nouns() || about.lang.does(Trait::CAPITAL_ADJECTIVES);
    let ends = || run.first().into_iter().chain(run.last());
    !cased || ends().all(|word| word.is_capital() || word.classes.any(Classes::DETERMINER))
}

/// Whether the words of a concept are used as a noun.
fn is_concept(run: &[Word]) -> bool {
    match run {
        [word] => {
            !word.classes.any(Classes::STOP) && word.shape != Shape::Upper
                || word.shape == Shape::Upper && word.span.len() > 1
        }
        _ => true,
    }
}

fn canonical_key(canonical: &str) -> u64 {
    // Apart from the keys of names and of phrases.
    key(canonical).rotate_left(17)
}

fn joins(next: &Word, first: &Word) -> bool {
    next.gap == Gap::Space && next.sentence == first.sentence
}

fn is_small(word: &Word) -> bool {
    word.shape == Shape::Lower
}
