//! The names in an article: who and what is it about, under which forms?
//!
//! One table for the whole article. Every form of a name ("Ann Lee", "Mayor
//! Lee", "Lee") leads to one entry, which is shown in its fullest form. Sex,
//! kind and office come from the text around the name and small tables; what
//! the text does not tell stays unknown.

mod offices;
mod runs;

use super::{
    lang::{Classes, Language, Pairs, Trait, join},
    words::{Gap, Walk, Word},
};
use crate::text::{Span, Text};
use runs::Run;
use std::ops::Range;

/// A name with all its mentions.
#[derive(Debug, Clone)]
pub(super) struct Name {
    /// Its fullest form, as the article writes it, white space folded.
    pub(super) form: String,
    /// What it is a name of.
    pub(super) kind: Kind,
    /// Whether it is a man's or a woman's, as far as the article tells.
    pub(super) gender: Gender,
    /// Where it stands, without titles and possessive endings; in order.
    pub(super) mentions: Vec<Span>,
    /// The same as places in the walk's words.
    pub(super) words: Vec<Range<u32>>,
    /// The keys of the offices and professions that stand beside it.
    pub(super) roles: Vec<u64>,
    /// The keys of the fullest form's words.
    keys: Vec<u64>,
    /// How many mentions come with a title, an office or a known first name.
    personal: u32,
}

/// What a name is a name of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Person,
    Organization,
    Place,
    Unknown,
}

/// A person's sex, as far as an article tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Gender {
    Male,
    Female,
    Unknown,
}

impl Gender {
    /// What these classes tell.
    fn of(classes: Classes) -> Gender {
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

    fn or(self, other: Gender) -> Gender {
        if self == Gender::Unknown { other } else { self }
    }

    fn contradicts(self, other: Gender) -> bool {
        self != Gender::Unknown && other != Gender::Unknown && self != other
    }
}

/// The names of an article, in order of their first mention.
///
/// What stands in `quoted` is said by people in the article: it mentions
/// names, but "he" and "she" in it tell nothing of those outside.
pub(super) fn names(text: &Text, walk: &Walk, lang: &Language, quoted: &[Span]) -> Vec<Name> {
    let mut names: Vec<Name> = Vec::new();
    for run in runs::runs(&text.plain, walk, lang) {
        let at = place(&names, &run, lang);
        match at {
            Some(at) => names[at].take(&text.plain, walk, run),
            None => names.push(Name::new(&text.plain, walk, lang, run)),
        }
    }
    merge_bare(&mut names);
    for name in &mut names {
        name.settle(lang);
        if lang.does(Trait::INFLECTED_NAMES) {
            name.straighten(&text.plain);
        }
    }
    pronouns_tell(&mut names, walk, quoted);
    names
}

/// The name that a run is a form of.
fn place(names: &[Name], run: &Run, lang: &Language) -> Option<usize> {
    let same = names.iter().position(|name| name.keys == run.keys);
    let fits = |name: &Name| !name.gender.contradicts(run.gender);
    if let [only] = run.keys[..] {
        let bare = |ends: fn(&[u64]) -> Option<&u64>| {
            let candidates = names.iter().enumerate().filter(|(_, name)| {
                name.keys.len() > 1
                    && name.kind != Kind::Organization
                    && name.kind != Kind::Place
                    && ends(&name.keys) == Some(&only)
                    && fits(name)
            });
            // The one the article speaks most of; the later one among equals.
            candidates
                .max_by_key(|(_, name)| name.mentions.len())
                .map(|(at, _)| at)
        };
        return bare(<[u64]>::last)
            .or(same)
            .or_else(|| bare(<[u64]>::first).filter(|_| run.first_name));
    }
    // "Van der Meer", for "Oscar van der Meer".
    let surname = |name: &Name| {
        name.kind == Kind::Person && name.keys.len() > 1 && name.keys[1..] == run.keys[..]
    };
    let particled = || lang.does(Trait::CAPITAL_PARTICLES);
    let same = same.or_else(|| {
        let mut names = names.iter();
        names.position(|name| surname(name) && fits(name) && particled())
    });
    same.or_else(|| {
        names.iter().position(|name| {
            name.keys.len() > 1
                && name.keys.last() == run.keys.last()
                && name.keys.first() == run.keys.first()
                && name.kind != Kind::Organization
                && fits(name)
        })
    })
}

/// Joins a surname that was mentioned before its full name ("Lee" in the first
/// paragraph, "Ann Lee" in the second) to it.
fn merge_bare(names: &mut Vec<Name>) {
    let mut at = 0;
    while at < names.len() {
        let bare = &names[at];
        let full = (bare.keys.len() == 1 && bare.kind != Kind::Place)
            .then(|| {
                names.iter().position(|name| {
                    name.keys.len() > 1
                        && name.kind == Kind::Person
                        && name.keys.last() == bare.keys.last()
                        && !name.gender.contradicts(bare.gender)
                })
            })
            .flatten();
        let Some(full) = full else {
            at += 1;
            continue;
        };
        let bare = names.remove(at);
        let name = &mut names[full - usize::from(full > at)];
        name.gender = name.gender.or(bare.gender);
        name.personal += bare.personal;
        name.roles.extend(bare.roles);
        name.mentions.extend(bare.mentions);
        name.words.extend(bare.words);
        name.mentions.sort_unstable();
        name.words.sort_unstable_by_key(|words| words.start);
    }
}

impl Name {
    fn new(plain: &str, walk: &Walk, lang: &Language, run: Run) -> Name {
        let phrase = run.keys.iter().copied().reduce(join).unwrap_or_default();
        let words = &walk.words[range(&run.words)];
        let acronym = words.len() == 1 && words[0].shape == super::words::Shape::Upper;
        let kind = if lang.canonical(Pairs::Place, phrase).is_some() && !run.personal {
            Kind::Place
        } else if lang.canonical(Pairs::Organization, phrase).is_some()
            || words
                .iter()
                .any(|word| word.classes.any(Classes::ORGANIZATION))
            || acronym && !run.personal
        {
            Kind::Organization
        } else if run.personal {
            Kind::Person
        } else {
            Kind::Unknown
        };
        let mut name = Name {
            form: String::new(),
            kind,
            gender: Gender::Unknown,
            mentions: Vec::new(),
            words: Vec::new(),
            roles: Vec::new(),
            keys: Vec::new(),
            personal: 0,
        };
        name.take(plain, walk, run);
        name
    }

    /// Adds a mention.
    fn take(&mut self, plain: &str, walk: &Walk, run: Run) {
        let words = &walk.words[range(&run.words)];
        let (first, last) = (words[0].span.start, words[words.len() - 1].bare().end);
        let span = Span {
            start: first,
            end: last,
        };
        self.mentions.push(span);
        self.words.push(run.words);
        self.gender = self.gender.or(run.gender);
        self.personal += u32::from(run.personal);
        if run.personal && self.kind == Kind::Unknown {
            self.kind = Kind::Person;
        }
        if let Some(role) = run.role.filter(|role| !self.roles.contains(role)) {
            self.roles.push(role);
        }
        if run.keys.len() > self.keys.len() {
            self.keys = run.keys;
            self.form = unshouted(&shown(span.of(plain)));
        }
    }

    /// Shows an inflected name in its shortest full form, which is the one that
    /// subjects have: "Иван Петров", not "Ивана Петрова".
    fn straighten(&mut self, plain: &str) {
        let full = |words: &Range<u32>| range(words).len() >= self.keys.len();
        let mentions = self.mentions.iter().zip(&self.words);
        let forms = mentions.filter(|(_, words)| full(words));
        let shortest = forms.map(|(span, _)| *span).min_by_key(|span| span.len());
        if let Some(shortest) = shortest {
            self.form = unshouted(&shown(shortest.of(plain)));
        }
    }

    /// Settles what only all mentions together tell: two words that are later
    /// shortened to the last one are a person's name.
    fn settle(&mut self, lang: &Language) {
        let shortened = self.words.iter().any(|words| words.len() == 1);
        let full = (2..=3).contains(&self.keys.len());
        if self.kind == Kind::Unknown && shortened && full && !lang.capitalizes_nouns() {
            self.kind = Kind::Person;
        }
    }
}

/// A name as others are set, where it is set in capitals: "MARROW POINT" in a
/// dateline, "ANN LEE" in a byline. Single words and short names stay, which
/// may be acronyms.
pub(super) fn unshouted(name: &str) -> String {
    let mut letters = name.chars().filter(|c| c.is_alphabetic());
    let long = letters.clone().count() > 6 && name.contains(' ');
    if !long || !letters.all(char::is_uppercase) {
        return name.to_owned();
    }
    let mut inside = false;
    let mut shown = String::with_capacity(name.len());
    for letter in name.chars() {
        if inside {
            shown.extend(letter.to_lowercase());
        } else {
            shown.push(letter);
        }
        inside = letter.is_alphabetic();
    }
    shown
}

/// A name as shown: white space folded, but otherwise as the article has it.
fn shown(form: &str) -> String {
    let mut shown = String::with_capacity(form.len());
    for word in form.split_whitespace() {
        if !shown.is_empty() {
            shown.push(' ');
        }
        shown.push_str(word);
    }
    shown
}

fn range(words: &Range<u32>) -> Range<usize> {
    words.start as usize..words.end as usize
}

/// The pronouns that tell a sex.
const PRONOUN: Classes = Classes::HE.and(Classes::SHE);

/// Learns sexes from pronouns: where one person alone was named in a sentence
/// and the one before it, "he" and "she" mean that person.
fn pronouns_tell(names: &mut [Name], walk: &Walk, quoted: &[Span]) {
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

/// Whether a word is written as a name's part is.
fn is_named(word: &Word) -> bool {
    word.is_capital()
}
