//! Offices in phrases: whose they are, and the name that stands beside one.

use super::{
    clauses::LIGHT,
    scene::{Mention, Scene},
};
use crate::digest::{
    lang::{Classes, Trait},
    names::Kind,
    words::Shape,
};
use std::ops::Range;

impl Scene<'_> {
    /// The person whose office a definite phrase names: "the Secretary". What
    /// stands between may tell of somebody else: "the former president".
    pub(super) fn officer(&self, words: Range<usize>) -> Option<usize> {
        let alone = words.len() == 1 && self.lang.does(Trait::NO_ARTICLES);
        let fielded = words.len() == 3 && self.is(words.start, Classes::DEFINITE);
        if !alone && !fielded && (words.len() != 2 || !self.is(words.start, Classes::DEFINITE)) {
            return None;
        }
        let office = self.word(words.end - 1);
        if !office.classes.any(Classes::ROLE) {
            return None;
        }
        // "the transport secretary": who was introduced with that very field.
        let field = fielded.then(|| self.word(words.end - 2).key);
        let holds = |mention: &Mention| {
            let first = mention.words.start;
            field.is_none_or(|field| {
                first > 1
                    && self.word(first - 1).key == office.key
                    && self.word(first - 2).key == field
            })
        };
        let mut holders = self.mentions.iter().filter(|mention| {
            mention.words.start < words.start
                && self.names[mention.name].kind == Kind::Person
                && self.names[mention.name].roles.contains(&office.key)
                && holds(mention)
        });
        let name = holders.next()?.name;
        holders.all(|mention| mention.name == name).then_some(name)
    }

    /// Whether a name stands beside an office with its field, which is no part
    /// of the name: "el ministro de Sanidad Ana Ruiz".
    pub(super) fn is_apposed(&self, at: usize, mention: &Mention) -> bool {
        let field = mention.words.start.saturating_sub(1);
        let titles = Classes::ROLE.and(Classes::TITLE).and(Classes::PERSON);
        let other = titles.and(Classes::LINK).and(Classes::AND);
        // "Secretary of State Ann Lee": a first name that is known starts the
        // name, and the noun before it is the office's.
        let given = Classes::MALE_NAME.and(Classes::FEMALE_NAME);
        let told = self.lang.does(Trait::FIELD_BEFORE_NAME)
            || !self.lang.capitalizes_nouns() && self.is(mention.words.start, given);
        told && !self.breaks(mention.words.start)
            && field > at
            && self.names[mention.name].kind == Kind::Person
            && self.word(field).shape == Shape::Capitalized
            && self.mention_at(field).is_none()
            && !self.is(field, other.and(Classes::DETERMINER))
    }

    /// The person's name behind a short name in marks that starts here.
    pub(super) fn behind_marks(&self, at: usize, last: usize) -> Option<&Mention> {
        let end = (at..last).find(|word| !self.is_quoted(*word))?;
        // "“The Mill” star Ann Lee".
        let word = self.word(end);
        let known = Classes::STOP.and(Classes::SPEECH).and(Classes::PREPOSITION);
        let noun = word.shape == Shape::Lower && !word.classes.any(known);
        let start = end + usize::from(noun && self.mention_at(end).is_none());
        let mention = (start < last).then(|| self.mention_at(start)).flatten()?;
        let between = self.between(end - 1, start);
        let person = self.names[mention.name].kind == Kind::Person;
        let joined = !between.contains([',', '.', ':', ';']);
        let light = (1..=LIGHT).contains(&(end - at));
        (person && joined && light && mention.words.start == start).then_some(mention)
    }
}
