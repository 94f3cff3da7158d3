//! Man or woman? What titles, first names, kinship and pronouns tell.

use super::{Kind, Name};
use crate::{
    digest::{
        lang::Classes,
        words::{Gap, Walk},
    },
    text::Span,
};

/// A person's sex, as far as an article tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::digest) enum Gender {
    Male,
    Female,
    Unknown,
}

impl Gender {
    /// What these classes tell.
    pub(in crate::digest) fn of(classes: Classes) -> Gender {
        let male = classes.any(Classes::MALE_TITLE.and(Classes::MALE_NAME).and(Classes::HE));
        let female = classes.any(
            Classes::FEMALE_TITLE
                .and(Classes::FEMALE_NAME)
                .and(Classes::SHE),
        );
        match (male, female) {
            (true, false) => Gender::Male,
            (false, true) => Gender::Female,
            _ => Gender::Unknown,
        }
    }

    pub(in crate::digest) fn or(self, other: Gender) -> Gender {
        if self == Gender::Unknown { other } else { self }
    }

    pub(in crate::digest) fn contradicts(self, other: Gender) -> bool {
        self != Gender::Unknown && other != Gender::Unknown && self != other
    }
}

/// The pronouns that tell a sex.
const PRONOUN: Classes = Classes::HE.and(Classes::SHE);

/// Learns sexes from pronouns: where one person alone was named in a sentence
/// and the one before it, "he" and "she" mean that person.
pub(super) fn pronouns_tell(names: &mut [Name], walk: &Walk, quoted: &[Span]) {
    let mut mentions: Vec<(u32, usize)> = names
        .iter()
        .enumerate()
        .filter(|(_, name)| matches!(name.kind, Kind::Person | Kind::Unknown))
        .flat_map(|(at, name)| {
            // "from Lee County": what is governed and may be a place is no
            // rival for the pronoun.
            let sure = name.kind == Kind::Person;
            let starts = name.words.iter().map(|words| words.start);
            starts
                .filter(move |start| sure || !is_governed(walk, *start))
                .map(move |start| (start, at))
        })
        .collect();
    mentions.sort_unstable();
    let mut votes = vec![(0, 0); names.len()];
    let mut quoted = quoted.iter().peekable();
    let (mut next, mut recent) = (0, [None::<(u32, usize)>; 3]);
    for (at, word) in walk.words.iter().enumerate() {
        if !word.classes.any(PRONOUN) {
            continue;
        }
        while quoted.next_if(|span| span.end <= word.span.start).is_some() {}
        let inside = quoted.peek().is_some_and(|span| span.contains(word.span));
        while let Some(&(start, name)) = mentions.get(next)
            && start as usize <= at
        {
            recent.rotate_right(1);
            recent[0] = Some((walk.words[start as usize].sentence, name));
            next += 1;
        }
        let told = Gender::of(word.classes.only(PRONOUN));
        if inside || told == Gender::Unknown {
            continue;
        }
        let near = |(sentence, _): &(u32, usize)| sentence + 1 >= word.sentence;
        let mut near = recent.iter().flatten().filter(|mention| near(mention));
        let Some((_, who)) = near.next() else {
            continue;
        };
        if near.all(|(_, other)| other == who) {
            let vote = &mut votes[*who];
            *(if told == Gender::Male {
                &mut vote.0
            } else {
                &mut vote.1
            }) += 1;
        }
    }
    for (name, (he, she)) in names.iter_mut().zip(votes) {
        if name.gender == Gender::Unknown && he != she {
            name.gender = if he > she {
                Gender::Male
            } else {
                Gender::Female
            };
        }
    }
}

/// Whether a preposition or a comma stands directly before a word.
fn is_governed(walk: &Walk, at: u32) -> bool {
    let at = at as usize;
    let word = &walk.words[at];
    let before = at.checked_sub(1).map(|before| &walk.words[before]);
    let before = before.filter(|before| before.sentence == word.sentence);
    word.gap == Gap::Comma
        || before.is_some_and(|before| before.classes.any(Classes::PREPOSITION.and(Classes::LINK)))
}
