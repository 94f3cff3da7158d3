//! Offices and professions beside a name: "spokesman Tom Roe", "Ann Lee, the
//! mayor of Leeds", "Secretary of State Ann Lee".

use super::{
    Gender, is_named,
    runs::{Finder, is_first},
};
use crate::digest::{
    lang::{Classes, Language, Pairs, Trait},
    words::{Gap, Shape, Word},
};

impl Finder<'_> {
    /// The office in small letters directly before a name: "spokesman Tom Roe".
    pub(super) fn lower_role(&self, run: usize, name: usize) -> Option<u64> {
        let mut at = run.checked_sub(1).filter(|_| run == name)?;
        // "глава посёлка Анна Соколова": its field may stand between.
        if self.is_plain_field(at) {
            at -= 1;
        }
        let before = &self.words[at];
        let next = &self.words[at + 1];
        let direct = next.gap == Gap::Space && next.sentence == before.sentence;
        (direct
            && before.classes.any(Classes::ROLE)
            && before.shape != Shape::Number
            && !before.is_possessive())
        .then_some(before.key)
    }

    /// The sex that kinship or a trade beside a name tells: "his wife, Ann",
    /// "spokesman Tom Roe", "Ann Lee, a mother of two".
    pub(super) fn kinship(&self, run: usize, name: usize, end: usize) -> Gender {
        let kinds = Classes::MALE_TITLE.and(Classes::FEMALE_TITLE);
        let told = |word: &Word| {
            let small = word.shape == Shape::Lower && !word.is_possessive();
            let classes = if small {
                word.classes
            } else {
                Classes::default()
            };
            Gender::of(classes.only(kinds))
        };
        let next = &self.words[run];
        // "Like his mother, Roe said ...": no apposition, since none ends.
        let after = self.words.get(end).map_or(Gap::Edge, |word| word.gap);
        let joined = match next.gap {
            Gap::Space => true,
            Gap::Comma => after != Gap::Space,
            Gap::Edge | Gap::Mark => false,
        };
        let before = self.words[..run].last();
        let before = before.filter(|_| run == name && joined);
        let before = before.map_or(Gender::Unknown, told);
        // "Tom Roe, the son of an actress" tells with its first noun.
        let rest = &self.words[end.min(self.words.len())..];
        let apposed = rest.first().filter(|first| {
            first.gap == Gap::Comma
                && first.classes.any(Classes::DETERMINER)
                // "Ann Lee, whose son fell": it is her son who is one.
                && !first.classes.any(Classes::PRONOUN.and(Classes::RELATIVE))
        });
        let noun = apposed.and_then(|first| {
            let noun = |word: &&Word| word.classes.any(kinds.and(Classes::PERSON));
            let inside = |word: &&Word| word.sentence == first.sentence && word.gap == Gap::Space;
            rest[1..].iter().take(4).take_while(inside).find(noun)
        });
        before.or(noun.map_or(Gender::Unknown, told))
    }

    /// Whether the field of an office stands here: "ministro de | Sanidad".
    pub(super) fn is_field(&self, at: usize) -> bool {
        let small = |back: usize, class| {
            let word = at.checked_sub(back).map(|at| &self.words[at]);
            word.is_some_and(|word| word.shape == Shape::Lower && word.classes.any(class))
        };
        let told = self.lang.does(Trait::FIELD_BEFORE_NAME);
        told && small(1, Classes::LINK) && small(2, Classes::ROLE)
    }

    /// Whether what stands before the first name at `known` is no part of it.
    pub(super) fn is_prefixed(&self, words: &[Word], known: usize) -> bool {
        let before = &words[known - 1];
        self.lang.capitalizes_nouns()
            || words.len() > 3
            || before.gap == Gap::Edge
            || before.classes.any(Classes::ADJECTIVE.and(Classes::PERSON))
            || self.lang.canonical(Pairs::Place, before.key).is_some()
    }

    /// Whether a noun stands here that tells the field of the office before it.
    fn is_plain_field(&self, at: usize) -> bool {
        let other = Classes::ROLE
            .and(Classes::STOP)
            .and(Classes::PREPOSITION)
            .and(Classes::SPEECH)
            .and(Classes::ADVERB);
        let word = &self.words[at];
        self.lang.does(Trait::FIELD_BEFORE_NAME)
            && self.lang.does(Trait::NO_ARTICLES)
            && at > 0
            && word.shape == Shape::Lower
            && word.gap == Gap::Space
            && self.words[at + 1].gap == Gap::Space
            && !word.classes.any(other)
    }

    /// The office in an apposition after a name: "Ann Lee, the mayor of ...".
    pub(super) fn apposition(&self, end: usize) -> Option<u64> {
        let rest = self.words.get(end..)?;
        let first = rest.first().filter(|word| word.gap == Gap::Comma)?;
        let near = rest.iter().take(6).take_while(|word| {
            word.sentence == first.sentence
                && (word.span == first.span || word.gap == Gap::Space)
                && !word.classes.any(Classes::RELATIVE.and(Classes::LINK))
        });
        let mut role = None;
        for word in near {
            if word.classes.any(Classes::ROLE) && word.shape != Shape::Capitalized {
                role = Some(word.key);
            } else if role.is_some() || is_named(word) && word.span == first.span {
                break;
            }
        }
        role
    }
}

/// Where the name starts after an office with its field: "Secretary of |
/// State Judith Marlow" has it after "State".
pub(super) fn after_office(words: &[Word], link: usize) -> usize {
    let mut start = link;
    let joins = |word: &Word| word.shape == Shape::Lower || word.classes.any(Classes::LINK);
    while start < words.len() && joins(&words[start]) {
        start += 1;
    }
    let field = start;
    let first = (field..words.len()).find(|at| *at > field && is_first(words[*at].classes));
    let left = words.len() - field;
    first.unwrap_or(match left {
        0 | 1 => words.len(),
        2 => field + 1,
        _ => words.len() - 2,
    })
}

/// Where the name starts after nouns that tell what it names, capitalized as
/// all nouns are, and whether the last of them is known to do so: "Firma
/// Nordlicht AG". Nouns alone are no name.
pub(super) fn after_kind(words: &[Word], from: usize, lang: &Language) -> (usize, bool) {
    let kinds = Classes::GENERIC.and(Classes::CALLED);
    let rest = &words[from..];
    let length = rest.iter().take_while(|word| word.classes.any(kinds));
    let length = length.count();
    if !lang.capitalizes_nouns() || length == 0 {
        return (from, false);
    }
    let called = rest[length - 1].classes.any(Classes::CALLED);
    // "Sohn Paul": what a general noun means alone is no name for sure.
    let kept = usize::from(length + 1 == rest.len() && !called);
    (from + length - kept, called && length < rest.len())
}
