//! What a sentence hangs on: what a reader must have read before it.

use crate::digest::{
    lang::{Classes, Language, Stock, Trait},
    words::{Gap, Shape, Word},
};

/// What must stand before a sentence in a summary.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Need {
    /// Nothing: it stands alone.
    Nothing,
    /// The sentence that stands before it in the article.
    Before,
    /// The same, and that there is somebody in it whom "he" or "she" may mean.
    Somebody,
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

/// What the sentence needs that opens the article: nothing, unless it begins as
/// stories do that keep back whom they are about: "He vowed to".
pub(super) fn keeps_back(words: &[Word], lang: &Language) -> Need {
    let starts = Classes::HE.and(Classes::SHE).and(Classes::JOINING);
    let first = words.first().is_some_and(|word| word.classes.any(starts));
    // "Because of the frost, ..." joins nothing before it.
    let first = first && lang.stock(words, Stock::Dated) == 0;
    if first || adds(words, lang) {
        return Need::Before;
    }
    Need::Nothing
}

/// Whether it adds to what was said before: "Tallberg also".
fn adds(words: &[Word], lang: &Language) -> bool {
    let near = words.len().min(ADDING);
    (1..near).any(|at| lang.stock(&words[at..], Stock::Adding) > 0)
}

/// A phrase has no more words than this before its noun.
const LONGEST: usize = 5;

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
    match pronoun(words, lang, dated) {
        Need::Nothing => {}
        need => return need,
    }
    let adds = adds(words, lang);
    let near = &words[..words.len().min(ADDING)];
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

/// What a pronoun needs that stands for somebody or something which the sentence
/// has not named before it.
fn pronoun(words: &[Word], lang: &Language, dated: impl Fn(usize) -> bool) -> Need {
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
            if one && !person && lang.does(Trait::NATURAL_GENDER) {
                return Need::Somebody;
            }
            if !thing || one && !person {
                return Need::Before;
            }
        }
        let noun = is_noun(word);
        thing |= noun;
        person |= noun
            && (small || lang.capitalizes_nouns() || word.is_capital() || word.classes.any(HUMAN));
    }
    Need::Nothing
}

/// What words for people are.
const HUMAN: Classes = Classes::PERSON
    .and(Classes::ROLE)
    .and(Classes::SPEAKER)
    .and(Classes::TITLE)
    .and(Classes::MALE_NAME)
    .and(Classes::FEMALE_NAME);

/// Whether there may be somebody in a sentence: a word for people, a pronoun for
/// one, or a name that is not where something is.
pub(super) fn has_somebody(words: &[Word]) -> bool {
    words.iter().enumerate().any(|(at, word)| {
        let before = at.checked_sub(1).map(|before| &words[before]);
        let placing = Classes::PREPOSITION
            .and(Classes::LOCATIVE)
            .and(Classes::LINK);
        let place = before.is_some_and(|before| before.classes.any(placing));
        let name = word.is_capital()
            && is_noun(word)
            && !place
            && (before.is_some() || words.get(1).is_some_and(Word::is_capital));
        // "Will" and "May" are names as well.
        let pronoun = word.classes.any(Classes::HE.and(Classes::SHE));
        name || pronoun || word.classes.any(HUMAN) && is_noun(word)
    })
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
    let first = &words[0];
    if !first.classes.any(Classes::DEFINITE) {
        if counts(words, lang) {
            return Need::Before;
        }
        // One name alone that the article has in full before.
        let single = first.is_capital()
            && !first.classes.any(Classes::STOP)
            && words.get(1).is_some_and(|word| !word.is_capital());
        if single && !lang.capitalizes_nouns() {
            return Need::Term(first.id);
        }
        // "As part of the deal, ...": an opening phrase.
        let opens = first
            .classes
            .any(Classes::PREPOSITION.and(Classes::SUBORDINATE));
        let near = words.iter().take(LONGEST);
        let definite = near
            .clone()
            .position(|word| word.classes.any(Classes::DEFINITE));
        return match definite {
            // "In the 1990s" is known to everybody.
            Some(at) if opens => match phrase(&words[at..], lang) {
                Need::Before => Need::Nothing,
                need => need,
            },
            _ => Need::Nothing,
        };
    }
    phrase(words, lang)
}

/// What a definite phrase needs: its noun.
fn phrase(words: &[Word], lang: &Language) -> Need {
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
