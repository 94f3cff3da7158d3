//! Small words inside names: "Vincent van Gogh", "Secretary of State", "Marta
//! Roble de Sena".

use super::runs::{Finder, is_first};
use crate::digest::{
    lang::{Classes, Pairs, Trait, is_city},
    words::{Gap, Shape},
};

impl Finder<'_> {
    /// Whether the word at `at` is a first name or an initial.
    pub(super) fn is_given(&self, at: usize) -> bool {
        let word = &self.words[at];
        is_first(word.classes) || word.shape == Shape::Initial && word.is_capital()
    }

    /// How many small words at `at` join two parts of a name: "Vincent van
    /// Gogh", "Secretary of State", "Bank for International Settlements".
    pub(super) fn joint(&self, at: usize, last: usize) -> usize {
        let small = |at: usize, class| {
            at < last
                && self.words[at].shape == Shape::Lower
                && self.words[at].gap == Gap::Space
                && self.words[at].classes.any(class)
        };
        let before = self.words[at - 1].classes;
        // "de" is an article or a preposition as well; after a first name it is
        // neither: "Jan de Vries", "Ana de la Cruz".
        let surname = before.any(Classes::PARTICLE) && self.may_be_named(&self.words[at - 1]);
        let article = small(at, Classes::STOP.and(Classes::DETERMINER));
        let free = !article || is_first(before) || surname;
        if small(at, Classes::PARTICLE) && free {
            // "Karl von der Lohe"; but "Anna Berg von der Partei", where it is a
            // preposition.
            let noun = self.lang.capitalizes_nouns();
            let definite = small(at + 1, Classes::DEFINITE);
            if noun && definite && !self.starts_surname(at + 2, last) {
                return 0;
            }
            let two = small(at + 1, Classes::PARTICLE) || noun && definite;
            if two && noun && !(is_first(before) || surname) {
                return 0;
            }
            return 1 + usize::from(two);
        }
        if self.lang.does(Trait::ADJECTIVES_BEHIND) && small(at, Classes::PARTICLE) {
            return usize::from(self.is_second_surname(at, last));
        }
        // "Peter King of New York" holds no office.
        let surname = at > 1 && self.words[at - 1].gap == Gap::Space && self.is_given(at - 2);
        let headed = before.any(Classes::ROLE.and(Classes::TITLE)) && !surname;
        if headed && small(at, Classes::LINK) && !small(at, Classes::VERB) {
            return 1 + usize::from(small(at + 1, Classes::DETERMINER));
        }
        0
    }

    /// Whether the word at `at` may be a surname rather than an organization's
    /// name.
    fn starts_surname(&self, at: usize, last: usize) -> bool {
        let thing = Classes::ORGANIZATION
            .and(Classes::GENERIC)
            .and(Classes::ROLE);
        let next = self.words.get(at).filter(|_| at < last);
        next.is_some_and(|next| {
            let known = |pairs| self.lang.canonical(pairs, next.key).is_some();
            next.shape == Shape::Capitalized
                && !next.classes.any(thing)
                && !known(Pairs::Organization)
        })
    }

    /// Whether the small word at `at` joins the second surname of a person to the
    /// first: "Marta Roble de Sena", but not "Marta Roble de Lisboa".
    fn is_second_surname(&self, at: usize, last: usize) -> bool {
        let person = at > 1 && self.is_given(at - 2) && self.words[at - 1].gap == Gap::Space;
        let Some(next) = self.words.get(at + 1).filter(|_| person && at + 1 < last) else {
            return false;
        };
        let thing = Classes::ORGANIZATION.and(Classes::ROLE).and(Classes::TITLE);
        let known = [Pairs::Place, Pairs::Organization, Pairs::Concept];
        next.shape == Shape::Capitalized
            && next.gap == Gap::Space
            && self.words[at - 1].shape == Shape::Capitalized
            && !next.classes.any(thing)
            && !known
                .into_iter()
                .any(|pairs| self.lang.canonical(pairs, next.key).is_some())
            && !is_city(next.key)
    }
}
