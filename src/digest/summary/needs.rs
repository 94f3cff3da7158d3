//! What a sentence hangs on: what a reader must have read before it.

use crate::digest::{
    lang::{Classes, Language, Stock},
    words::{Gap, Shape, Word},
};

/// What must stand before a sentence in a summary.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Need {
    /// Nothing: it stands alone.
    Nothing,
    /// The sentence that stands before it in the article.
    Before,
    /// A sentence that has the term of this number, to which it adds: "Tallberg
    /// also".
    More(u32),
    /// Better a sentence that has the term of this number, which it speaks of as
    /// known: "the boat", "Tallberg".
    Term(u32),
}

impl Need {
    /// Whether the sentence can be understood alone.
    pub(super) fn is_none(self) -> bool {
        matches!(self, Need::Nothing | Need::Term(_))
    }
}

/// Whether a sentence that opens the article begins as stories do that keep
/// back whom they are about: "He vowed to".
pub(super) fn keeps_back(words: &[Word]) -> bool {
    let pronoun = Classes::HE.and(Classes::SHE);
    words.first().is_some_and(|word| word.classes.any(pronoun))
}

/// Words that add to what was said before stand among the first of a sentence.
const ADDING: usize = 7;

/// What the sentence of these words needs. `known` tells of a term whether the
/// article has it in an earlier sentence.
pub(super) fn need(words: &[Word], lang: &Language, known: impl Fn(u32) -> bool) -> Need {
    let Some(first) = words.first() else {
        return Need::Nothing;
    };
    let joins = Classes::CONNECTIVE.and(Classes::JOINING);
    let dated = |at: usize| {
        let day = Classes::MONTH.and(Classes::DAY);
        let next = words.get(at + 1);
        lang.stock(&words[at..], Stock::Dated) > 0 || next.is_some_and(|word| word.classes.any(day))
    };
    if first.classes.any(joins) && !dated(0) || lang.stock(words, Stock::Connective) > 0 {
        return Need::Before;
    }
    let near = &words[..words.len().min(ADDING)];
    for (at, word) in words.iter().enumerate().take(2 * ADDING).skip(1) {
        // "The mayor, however, ..." and "The mayor, on the other hand, ..."
        let long = if word.gap == Gap::Space {
            continue;
        } else {
            lang.stock(&words[at..], Stock::Connective)
                .max(usize::from(word.classes.any(joins)))
        };
        if long > 0
            && words
                .get(at + long)
                .is_some_and(|next| next.gap != Gap::Space)
        {
            return Need::Before;
        }
    }
    if pronoun(words, lang, dated) {
        return Need::Before;
    }
    let adds = (1..near.len()).any(|at| lang.stock(&words[at..], Stock::Adding) > 0);
    match subject(words, lang) {
        Need::Term(id) if adds => Need::More(id),
        _ if adds => match near.iter().find(|word| is_noun(word)) {
            Some(noun) => Need::More(noun.id),
            None => Need::Before,
        },
        Need::Term(id) if !known(id) => Need::Nothing,
        need => need,
    }
}

/// Whether a pronoun stands for somebody or something that the sentence has not
/// named before it.
fn pronoun(words: &[Word], lang: &Language, dated: impl Fn(usize) -> bool) -> bool {
    let stands_for = |word: &Word| {
        // "le" is an article as well in Italian, and "that" joins clauses.
        let other = Classes::DEFINITE.and(Classes::THAT).and(Classes::RELATIVE);
        word.classes.any(Classes::PRONOUN)
            && (word.gap == Gap::Edge && !word.classes.any(Classes::DEFINITE)
                || !word.classes.any(other))
    };
    let small = !words
        .iter()
        .any(|word| word.is_capital() && word.gap != Gap::Edge);
    let (mut thing, mut person) = (false, false);
    for (at, word) in words.iter().enumerate() {
        if stands_for(word) && !dated(at) {
            let one =
                word.classes.any(Classes::HE.and(Classes::SHE)) && !word.classes.any(Classes::THEY);
            if !thing || one && !person {
                return true;
            }
        }
        let noun = is_noun(word);
        let human = Classes::PERSON
            .and(Classes::ROLE)
            .and(Classes::SPEAKER)
            .and(Classes::TITLE)
            .and(Classes::MALE_NAME)
            .and(Classes::FEMALE_NAME);
        thing |= noun;
        person |= noun
            && (small || lang.capitalizes_nouns() || word.is_capital() || word.classes.any(human));
    }
    false
}

/// Whether a word may name what a sentence speaks of.
fn is_noun(word: &Word) -> bool {
    let others = Classes::STOP
        .and(Classes::PREPOSITION)
        .and(Classes::DETERMINER)
        .and(Classes::VERB)
        .and(Classes::ADVERB)
        .and(Classes::PRONOUN)
        .and(Classes::SUBORDINATE);
    let time = Classes::MONTH.and(Classes::DAY);
    !word.classes.any(others.and(time)) && word.shape != Shape::Number
}

/// What a sentence needs whose subject is told as if it were known: "The boat",
/// "The 34-year-old", "Tallberg".
fn subject(words: &[Word], lang: &Language) -> Need {
    /// A subject has no more words than this before its noun.
    const LONGEST: usize = 5;
    let first = &words[0];
    if !first.classes.any(Classes::DEFINITE) {
        if counts(words, lang) {
            return Need::Before;
        }
        // One name alone that the article has in full before.
        let single = first.is_capital()
            && !first.classes.any(Classes::STOP)
            && words.get(1).is_some_and(|word| !word.is_capital());
        return if single && !lang.capitalizes_nouns() {
            Need::Term(first.id)
        } else {
            Need::Nothing
        };
    }
    let ends = Classes::VERB
        .and(Classes::AUXILIARY)
        .and(Classes::PREPOSITION)
        .and(Classes::STOP)
        .and(Classes::RELATIVE);
    let rest = words[1..].iter().take(LONGEST);
    let phrase = rest.take_while(|word| word.gap == Gap::Space && !word.classes.any(ends));
    let (mut head, mut named) = (None, false);
    for word in phrase {
        named |= word.is_capital() && !lang.capitalizes_nouns();
        head = Some(word);
    }
    match head {
        _ if named => Need::Nothing,
        // "The 34-year-old said", "The two left".
        Some(head) if head.shape == Shape::Number || head.classes.any(Classes::NUMERAL) => {
            Need::Before
        }
        Some(head) => Need::Term(head.id),
        None => Need::Nothing,
    }
}

/// Whether a sentence starts with how many, and does not say of what: "Hundreds
/// more came", "Forty percent disagreed", "Some left".
fn counts(words: &[Word], lang: &Language) -> bool {
    /// The most words of a number with what makes it a rough one.
    const LONGEST: usize = 5;
    let number = |word: &Word| {
        word.shape == Shape::Number || word.classes.any(Classes::NUMERAL.and(Classes::DETERMINER))
    };
    let rough = |word: &Word| {
        number(word) || word.classes.any(Classes::STOP) && !word.classes.any(Classes::PRONOUN)
    };
    for (at, word) in words.iter().enumerate().take(LONGEST).skip(1) {
        let percent = lang.stock(&words[at..], Stock::Percent);
        if percent > 0 {
            let next = words.get(at + percent);
            return next.is_some_and(|next| !next.classes.any(Classes::PREPOSITION));
        }
        if !rough(word) && at > 1 || word.gap != Gap::Space {
            break;
        }
    }
    let few = words.iter().take(LONGEST).take_while(|word| number(word));
    let verb = Classes::VERB
        .and(Classes::AUXILIARY)
        .and(Classes::SPEECH)
        .and(Classes::ADVERB);
    let next = words.get(few.count());
    number(&words[0]) && next.is_some_and(|next| next.classes.any(verb))
}
