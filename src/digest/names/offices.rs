//! Offices and professions beside a name: "spokesman Tom Roe", "Ann Lee, the
//! mayor of Leeds", "Secretary of State Ann Lee".

use super::{
    is_named,
    runs::{Finder, is_first},
};
use crate::digest::{
    lang::{Classes, Trait},
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
/// State Antony Blinken" has it after "State".
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
