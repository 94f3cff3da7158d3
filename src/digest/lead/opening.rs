//! How a sentence starts, and where it starts to say something.

use crate::digest::{
    lang::{Classes, Language, Stock},
    words::{Gap, Shape, Word},
};

/// How a sentence starts.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Opening {
    #[default]
    Plain,
    /// "Well, ...".
    Filler,
    /// "This election ...": what it is can be guessed.
    Determined,
    /// "But ...", "So ...".
    Joined,
    /// "It is ...", "That's ...", "They ...": its subject is somewhere else.
    Back,
}

/// Pronouns that mean a man or a woman.
pub(super) const PERSONAL: Classes = Classes::HE.and(Classes::SHE);

/// Where the words start that say something, behind "But", "Well," and "I
/// think".
pub(super) fn subject(lang: &Language, words: &[Word]) -> usize {
    let mut at = 0;
    while let Some(word) = words.get(at) {
        let rest = &words[at..];
        let filler = lang.stock(rest, Stock::Filler);
        let thought = lang.stock(rest, Stock::Thought);
        let connective = lang.stock(rest, Stock::Connective);
        if filler > 0 && pauses(rest.get(filler)) {
            at += filler;
        } else if connective > 0 {
            at += connective;
        } else if word.classes.any(Classes::JOINING) {
            at += 1;
        } else if thought > 0 {
            at += thought;
            let that = words.get(at);
            at += usize::from(that.is_some_and(|word| word.classes.any(Classes::THAT)));
        } else {
            break;
        }
    }
    // All of a few words may be such.
    at.min(words.len().saturating_sub(1))
}

/// How a sentence starts whose subject stands at the start of `words`.
pub(super) fn opening(lang: &Language, before: &[Word], words: &[Word], plain: &str) -> Opening {
    let joins = |at: usize| {
        before[at].classes.any(Classes::JOINING) || lang.stock(&before[at..], Stock::Connective) > 0
    };
    let plainly = if (0..before.len()).any(joins) {
        Opening::Joined
    } else if lang.stock(before, Stock::Filler) > 0 {
        Opening::Filler
    } else {
        Opening::Plain
    };
    let Some(first) = words.first() else {
        return plainly;
    };
    let (classes, next) = (first.classes, words.get(1));
    let relative = |word: &Word| {
        let other = Classes::OPEN.and(Classes::DEFINITE).and(Classes::THAT);
        word.classes.any(Classes::RELATIVE) && !word.classes.any(other)
    };
    if before.is_empty() && relative(first) {
        return Opening::Back;
    }
    // "Those who ...".
    if !classes.any(Classes::OPEN) || next.is_some_and(relative) {
        return plainly;
    }
    let contracted = first.span.of(plain).contains(['\'', '’']);
    if lang.stock(words, Stock::Placeholder) > 0 || is_addressed(lang, words) {
        return plainly;
    }
    let personal = classes.any(PERSONAL.and(Classes::THEY));
    if classes.any(Classes::DETERMINER) && !personal {
        let near = words.iter().skip(1).take(2);
        // "Das alte Haus", but "Das zeigt schon".
        let bare = lang.capitalizes_nouns() && near.clone().all(|word| !word.is_capital());
        let pronoun = contracted || bare || pauses(next) || is_finite(next);
        return if pronoun {
            Opening::Back
        } else if plainly == Opening::Joined || classes.any(Classes::DEFINITE) {
            plainly
        } else {
            Opening::Determined
        };
    }
    if !personal && (contracted || is_finite(next)) && is_completed(lang, words) {
        return if plainly == Opening::Plain {
            Opening::Determined
        } else {
            plainly
        };
    }
    Opening::Back
}

/// Whether a pronoun that starts a sentence means whoever is spoken to, as "Sie"
/// may: then another of its kind in the sentence has the capital of politeness.
fn is_addressed(lang: &Language, words: &[Word]) -> bool {
    let third = PERSONAL.and(Classes::THEY);
    let polite = |word: &Word| {
        word.classes.any(third) && word.shape == Shape::Capitalized && word.gap != Gap::Edge
    };
    lang.capitalizes_nouns()
        && words.first().is_some_and(|word| word.classes.any(third))
        && words[1..].iter().any(polite)
}

/// Whether what a placeholder stands for comes after it: "It is hard to ...",
/// but not "It is going to ...".
fn is_completed(lang: &Language, words: &[Word]) -> bool {
    /// How far from the pronoun it may stand, in words.
    const NEAR: usize = 7;
    let near = &words[..words.len().min(NEAR)];
    (2..near.len()).any(|at| {
        lang.stock(&near[at..], Stock::Completing) > 0
            && lang.stock(&near[at - 1..], Stock::Modal) == 0
            && near[at].gap == Gap::Space
            && at + 1 < words.len()
            // "It was the only thing that ...".
            && !near[1..at].iter().any(|word| word.classes.any(Classes::DEFINITE))
    })
}

/// Whether nothing, or a mark, follows.
pub(super) fn pauses(next: Option<&Word>) -> bool {
    next.is_none_or(|next| next.gap != Gap::Space)
}

pub(super) fn is_finite(next: Option<&Word>) -> bool {
    next.is_some_and(|next| {
        let inflected = next.term != next.key && next.classes.any(Classes::VERB);
        inflected || next.classes.any(Classes::AUXILIARY)
    })
}
