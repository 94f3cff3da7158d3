//! The names in an article: who and what is it about, under which forms?
//!
//! One table for the whole article. Every form of a name ("Ann Lee", "Mayor
//! Lee", "Lee") leads to one entry, which is shown in its fullest form. Sex,
//! kind and office come from the text around the name and small tables; what
//! the text does not tell stays unknown.

mod acronyms;
mod alone;
mod extent;
mod gender;
mod genitives;
mod kinds;
mod offices;
mod particles;
mod runs;
mod spelling;
mod topical;

use super::{
    lang::{Classes, Language, Pairs, Trait, join},
    words::{Gap, Walk, Word},
};
use crate::text::{Span, Text};
pub(super) use gender::Gender;
use gender::pronouns_tell;
use runs::{Part, Run};
use spelling::shown;
pub(super) use spelling::unshouted;
use std::ops::Range;
pub(super) use topical::topical;

/// Of two people with one surname, one this many times more often spoken of is
/// meant by it, however near the other one was named.
const FAR_MORE: usize = 2;

/// So many different names are told apart; those that first stand behind them
/// are nobody's. A novel has some hundreds. Each new one is compared with those
/// before, so that a long list of names would take the square of its length.
const MOST_NAMES: usize = 2_000;

/// No name has a longer word, in bytes; Thai ones come near.
const LONGEST_WORD: usize = 120;

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
    /// The keys of the offices with their fields that stand before it:
    /// "Transport Secretary".
    offices: Vec<u64>,
    /// The keys of the fullest form's words.
    keys: Vec<u64>,
    /// How many mentions come with a title, an office or a known first name.
    personal: u32,
    /// Whether its fullest form is a surname alone, by all that is known.
    surname: bool,
    /// Whether a title or kinship told its sex, which is surer than a first
    /// name.
    told: bool,
    /// Whether what stands in it may be a topic of its own.
    bounds: Bounds,
}

/// Whether what stands in a name may be a topic of its own, and its form be
/// another one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Bounds {
    /// A place in it is one.
    Open,
    /// Nothing in it is one.
    Closed,
    /// And its form is how it is shown, whatever its mentions are like.
    Given,
}

/// What a name is a name of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Person,
    Organization,
    Place,
    Unknown,
}

/// The names of an article, in order of their first mention.
///
/// What stands in `quoted` is said by people in the article: it mentions
/// names, but "he" and "she" in it tell nothing of those outside.
pub(super) fn names(text: &Text, walk: &Walk, lang: &Language, quoted: &[Span]) -> Vec<Name> {
    let mut names: Vec<Name> = Vec::new();
    for mut run in runs::runs(&text.plain, walk, lang) {
        let words = &walk.words[range(&run.words)];
        if words.iter().any(|word| word.span.len() > LONGEST_WORD) {
            continue;
        }
        let holder = holder(&names, &run);
        if holder.is_some() {
            run.keys.clear();
        }
        let at = holder.or_else(|| place(&names, &run, lang));
        match at {
            Some(at) => names[at].take(&text.plain, walk, run),
            None if names.len() < MOST_NAMES => {
                names.push(Name::new(&text.plain, walk, lang, run));
            }
            None => {}
        }
    }
    merge_bare(&mut names);
    for name in &mut names {
        name.settle(walk, lang);
        if lang.does(Trait::INFLECTED_NAMES) {
            name.straighten(&text.plain);
        }
    }
    pronouns_tell(&mut names, walk, quoted);
    names
}

/// Who was introduced with the office that a run is, if it was one person: "the
/// Transport Secretary" is "Transport Secretary Ann Lee".
fn holder(names: &[Name], run: &Run) -> Option<usize> {
    if run.keys.len() < 2 {
        return None;
    }
    let office = run.keys.iter().copied().reduce(join)?;
    let mut holders = (0..names.len()).filter(|at| names[*at].offices.contains(&office));
    holders.next().filter(|_| holders.next().is_none())
}

/// The name that a run is a form of.
fn place(names: &[Name], run: &Run, lang: &Language) -> Option<usize> {
    let same = names.iter().position(|name| name.keys == run.keys);
    let fits = |name: &Name| !name.gender.contradicts(run.gender);
    if run.part != Part::Full {
        return bearer(names, run)
            .or(same)
            .or_else(|| called(names, run).filter(|_| run.part == Part::Given));
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

/// Who of several people bears the surname of a run: the one the article speaks
/// most of, by far; else the one it spoke of last.
fn bearer(names: &[Name], run: &Run) -> Option<usize> {
    let bearers = || {
        names.iter().enumerate().filter(|(_, name)| {
            name.keys.len() > run.keys.len()
                && name.is_somebody()
                && name.keys.ends_with(&run.keys)
                && !name.gender.contradicts(run.gender)
        })
    };
    let most = bearers().max_by_key(|(_, name)| name.mentions.len())?;
    let last = bearers().max_by_key(|(_, name)| name.mentions.last().map(|span| span.start))?;
    let (often, lately) = (most.1.mentions.len(), last.1.mentions.len());
    Some(if often > FAR_MORE * lately {
        most.0
    } else {
        last.0
    })
}

/// Who is called by the first name that a run is.
fn called(names: &[Name], run: &Run) -> Option<usize> {
    let called = names.iter().enumerate().filter(|(_, name)| {
        name.keys.len() > 1
            && name.is_somebody()
            && name.keys.first() == run.keys.first()
            && !name.gender.contradicts(run.gender)
    });
    // The one the article speaks most of; the later one among equals.
    called
        .max_by_key(|(_, name)| name.mentions.len())
        .map(|(at, _)| at)
}

/// Joins a surname that was mentioned before its full name ("Lee" in the first
/// paragraph, "Ann Lee" in the second) to it.
fn merge_bare(names: &mut Vec<Name>) {
    let mut at = 0;
    while at < names.len() {
        let bare = &names[at];
        let full = (bare.surname && bare.kind != Kind::Place)
            .then(|| {
                names.iter().position(|name| {
                    name.keys.len() > bare.keys.len()
                        && name.kind == Kind::Person
                        && name.keys.ends_with(&bare.keys)
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
        if bare.told && !name.told {
            name.gender = bare.gender;
        }
        name.gender = name.gender.or(bare.gender);
        name.told |= bare.told;
        name.personal += bare.personal;
        name.roles.extend(bare.roles);
        name.offices.extend(bare.offices);
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
            || run.corporate
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
            offices: Vec::new(),
            keys: Vec::new(),
            personal: 0,
            surname: false,
            told: false,
            bounds: Bounds::Open,
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
        if run.told && !self.told {
            self.gender = run.gender;
            self.told = true;
        }
        self.gender = self.gender.or(run.gender);
        self.personal += u32::from(run.personal);
        if run.personal && self.kind == Kind::Unknown {
            self.kind = Kind::Person;
        }
        if let Some(role) = run.role.filter(|role| !self.roles.contains(role)) {
            self.roles.push(role);
        }
        if let Some(office) = run.office.filter(|office| !self.offices.contains(office)) {
            self.offices.push(office);
        }
        if run.keys.len() > self.keys.len() {
            self.surname = run.part != Part::Full;
            self.keys = run.keys;
            // "Tom Roe Jr." keeps its period.
            let short = words[words.len() - 1].classes.any(Classes::ABBREVIATION);
            let dot = u32::from(short && plain[last as usize..].starts_with('.'));
            let full = Span {
                start: first,
                end: last + dot,
            };
            self.form = unshouted(&shown(full.of(plain)));
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

    /// Whether it may be somebody's.
    fn is_somebody(&self) -> bool {
        !matches!(self.kind, Kind::Organization | Kind::Place)
    }

    /// Settles what only all mentions together tell: two words that are later
    /// shortened to the last one are a person's name; what things are in is a
    /// place, and what has an article is a thing.
    fn settle(&mut self, walk: &Walk, lang: &Language) {
        if self.kind != Kind::Unknown || lang.capitalizes_nouns() {
            return;
        }
        let shortened = self.words.iter().any(|words| words.len() == 1);
        let full = (2..=3).contains(&self.keys.len());
        let follows = |class| {
            let follows = |words: &Range<u32>| is_after(walk, range(words), class);
            self.words.iter().any(follows)
        };
        if shortened && full {
            self.kind = Kind::Person;
        } else if follows(Classes::LOCATIVE) {
            self.kind = Kind::Place;
        } else if follows(Classes::DEFINITE) {
            self.kind = Kind::Organization;
        }
    }
}

/// Whether a word of a class stands directly before a name that owns nothing.
fn is_after(walk: &Walk, words: Range<usize>, class: Classes) -> bool {
    let before = words.start.checked_sub(1).map(|at| &walk.words[at]);
    walk.words[words.start].gap == Gap::Space
        && !walk.words[words.end - 1].is_possessive()
        && before.is_some_and(|before| before.classes.any(class))
}

fn range(words: &Range<u32>) -> Range<usize> {
    words.start as usize..words.end as usize
}

/// Whether a word is written as a name's part is.
fn is_named(word: &Word) -> bool {
    word.is_capital()
}
