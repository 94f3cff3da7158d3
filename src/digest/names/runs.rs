//! Runs of capitalized words that may be names, cut free of what is no part of
//! a name: titles, offices, and words that are capitalized for their place.

use super::{
    Gender,
    alone::{inner_keys, keep_surnames},
    is_named,
    offices::{after_kind, after_office},
};
use crate::digest::{
    lang::{Classes, Language, Pairs, Trait, join},
    words::{Gap, Shape, Walk, Word},
};
use std::ops::Range;

/// A run of words that is one mention of a name.
#[derive(Debug, Clone)]
pub(super) struct Run {
    /// The name's words, without titles.
    pub(super) words: Range<u32>,
    /// Their keys, without initials' periods and suffixes such as "Jr."
    pub(super) keys: Vec<u64>,
    /// The office or profession beside it.
    pub(super) role: Option<u64>,
    /// What its title, office or first name tells.
    pub(super) gender: Gender,
    /// Whether title, office or first name show it to be a person's.
    pub(super) personal: bool,
    /// Whether it names an organization by one of its words.
    pub(super) corporate: bool,
    /// Whether a title or kinship tells its sex.
    pub(super) told: bool,
    /// Which part of a name it is.
    pub(super) part: Part,
    /// The key of an office with its field before it ("Transport Secretary").
    pub(super) office: Option<u64>,
}

/// Which part of a name a run is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    /// Several words, or one that a noun introduces ("Agentur Nordlicht").
    Full,
    /// A first name alone.
    Given,
    /// A surname, perhaps of several words ("van Dyck").
    Surname,
    /// A surname only if somebody has it who is named in full: "Baker", which
    /// is a trade as well.
    Doubted,
}

/// The longest name, in words. Longer runs are headlines or lists.
const LONGEST: usize = 7;

/// What starts sentences and titles, but no names.
pub(super) const NO_NAME: Classes = Classes::STOP
    .and(Classes::STARTER)
    .and(Classes::PRONOUN)
    .and(Classes::DETERMINER)
    .and(Classes::DAY)
    .and(Classes::MONTH)
    .and(Classes::CONNECTIVE)
    .and(Classes::SUBJECT);

/// What a word at a sentence's start must not be to be a name.
const NO_NAME_AT_EDGE: Classes = NO_NAME
    .and(Classes::PREPOSITION)
    .and(Classes::ADVERB)
    .and(Classes::VERB)
    .and(Classes::SPEECH)
    .and(Classes::NUMERAL)
    .and(Classes::GENERIC)
    .and(Classes::SOURCE)
    .and(Classes::AUXILIARY);

/// First names of either sex.
const FIRST_NAME: Classes = Classes::MALE_NAME.and(Classes::FEMALE_NAME);

/// Finds the runs of a text.
pub(super) fn runs(plain: &str, walk: &Walk, lang: &Language) -> Vec<Run> {
    let finder = Finder {
        plain,
        words: &walk.words,
        lang,
        inner: inner_keys(walk),
    };
    let mut found = Vec::new();
    for sentence in &walk.sentences {
        let words = sentence.words.start as usize..sentence.words.end as usize;
        // Where all nouns have capitals, a headline looks like any sentence.
        if !lang.capitalizes_nouns() && is_title_case(&walk.words[words.clone()]) {
            continue;
        }
        let mut at = words.start;
        while at < words.end {
            let end = finder.end_of_run(at, words.end);
            if end == at {
                at += 1;
                continue;
            }
            finder.cut(at..end, &mut found);
            at = end;
        }
    }
    keep_surnames(&mut found, lang.capitalizes_nouns());
    found
}

/// Whether a sentence is set as headlines are: then capitals tell nothing.
fn is_title_case(words: &[Word]) -> bool {
    let (mut capital, mut lower) = (0, 0);
    for word in words {
        if word.classes.any(Classes::STOP.and(Classes::PREPOSITION)) {
            continue;
        }
        capital += usize::from(is_named(word));
        lower += usize::from(word.shape == Shape::Lower);
        // Capitals in all the rest would not be enough.
        if lower * 8 > words.len() {
            return false;
        }
    }
    capital >= 5 && lower * 8 <= capital
}

pub(super) struct Finder<'a> {
    plain: &'a str,
    pub(super) words: &'a [Word],
    pub(super) lang: &'a Language,
    pub(super) inner: Vec<u64>,
}

impl Finder<'_> {
    /// One past the last word of the run that starts at `at`; `at` itself when
    /// none does.
    fn end_of_run(&self, at: usize, last: usize) -> usize {
        let first = &self.words[at];
        if !self.may_be_named(first) {
            return at;
        }
        let mut end = at + 1;
        while end < last && end - at < 2 * LONGEST && !self.words[end - 1].is_possessive() {
            let next = end + self.joint(end, last);
            if next == last || !self.joins(next) || !may_follow(&self.words[next]) {
                break;
            }
            end = next + 1;
        }
        end
    }

    /// Whether the word at `at` stands directly after the one before, the
    /// period of an abbreviation aside.
    pub(super) fn joins(&self, at: usize) -> bool {
        let word = &self.words[at];
        if word.gap == Gap::Space {
            return true;
        }
        let before = &self.words[at - 1];
        let titled = before
            .classes
            .any(Classes::SHORT_TITLE.and(Classes::ABBREVIATION));
        let between = &self.plain[before.span.end as usize..word.span.start as usize];
        titled && word.gap == Gap::Mark && between.trim_end() == "."
    }

    pub(super) fn may_be_named(&self, word: &Word) -> bool {
        if !is_named(word) {
            return false;
        }
        let acronym = word.shape == Shape::Upper && word.span.len() > 1;
        if acronym {
            return !word
                .classes
                .any(Classes::DETERMINER.and(Classes::CONNECTIVE))
                || word.span.of(self.plain).contains('.');
        }
        // "respondió Julio Serrano": months have no capital there, but names do.
        let called = word.classes.any(FIRST_NAME)
            && word.classes.any(Classes::MONTH.and(Classes::DAY))
            && word.shape == Shape::Capitalized;
        if called && word.gap == Gap::Space {
            return true;
        }
        if matches!(word.gap, Gap::Edge | Gap::Mark) {
            let titled = word
                .classes
                .any(Classes::TITLE.and(Classes::ROLE).and(FIRST_NAME));
            return titled || !word.classes.any(NO_NAME_AT_EDGE);
        }
        // "Millionen Euro": a noun for numbers, capitalized as all are.
        if self.lang.capitalizes_nouns() && word.classes.any(Classes::NUMERAL) {
            return false;
        }
        // "zei Van der Meer": a particle with a capital starts a surname.
        let particle = self.lang.does(Trait::CAPITAL_PARTICLES)
            && word.shape == Shape::Capitalized
            && word.gap == Gap::Space
            && word.classes.any(Classes::PARTICLE);
        particle
            || word.shape != Shape::Initial && !word.classes.any(NO_NAME)
            || word.shape == Shape::Initial && !word.classes.any(Classes::SUBJECT)
    }

    /// Cuts a run into what stands before a name and the name.
    fn cut(&self, run: Range<usize>, found: &mut Vec<Run>) {
        let words = &self.words[run.clone()];
        let is = |at: usize, class: Classes| words[at].classes.any(class);
        let titled = Classes::TITLE.and(Classes::ROLE);
        // "Stephen King" is no king: a first name before it speaks for a name.
        let heads = words.iter().enumerate().rposition(|(at, word)| {
            word.classes.any(titled)
                && at + 1 < words.len()
                && !(at > 0 && self.is_given(run.start + at - 1) && !is(at, Classes::TITLE))
                && !is_suffix(&words[at + 1], self.plain)
                // "Justice Department" is nobody called Department.
                && !words[at + 1..]
                    .iter()
                    .all(|word| word.classes.any(Classes::ORGANIZATION))
        });
        let mut start = heads.map_or(0, |at| at + 1);
        let head = &words[..start];
        let mut introduced = false;
        if heads.is_some() && words[start].classes.any(Classes::LINK) {
            start = after_office(words, start);
        } else if heads.is_none() {
            start = words
                .iter()
                .position(|word| word.shape != Shape::Lower)
                .unwrap_or(0);
            // What stands before a known first name and is none is no name:
            // "Former", "Familienministerin".
            let known = words.iter().position(|word| is_first(word.classes));
            // In "Cornell Henry Brook" it is one all the same.
            let prefixed =
                |at: &usize| (1..words.len() - 1).contains(at) && self.is_prefixed(words, *at);
            let field = self.is_field(run.start);
            if let Some(known) = known.filter(|at| prefixed(at) || field && *at > 0) {
                start = start.max(known);
            }
            // "Former", "Democratic": capitalized for their place.
            while start + 2 < words.len()
                && is(start, Classes::ADJECTIVE)
                && is(start + 1, FIRST_NAME)
            {
                start += 1;
            }
            (start, introduced) = after_kind(words, start, self.lang);
        }
        let name = &words[start.min(words.len())..];
        if name.is_empty() || name.len() > LONGEST {
            return;
        }
        // "FULL TEXT": set in capitals, and no name for it.
        let shouted = name.len() > 1 && name.iter().all(|word| word.shape == Shape::Upper);
        if shouted && !is_first(name[0].classes) && heads.is_none() {
            return;
        }
        // "former Pennsylvania Gov. and ...": an office, and nobody's name.
        let office = name[name.len() - 1].classes.any(Classes::TITLE);
        if office && name.len() > 1 && !is_first(name[0].classes) {
            return;
        }
        let roled = heads.is_some();
        let first_known = is_first(name[0].classes);
        let personal = roled || first_known && name.len() > 1;
        let at = run.start + start;
        let doubted = name.len() == 1 && self.is_doubted(at, personal);
        if name.len() == 1 && !doubted && !self.is_known_alone(at, personal) {
            return;
        }
        let titles = head.iter().fold(Gender::Unknown, |gender, word| {
            gender.or(title_gender(word.classes))
        });
        let titles = titles.or(self.kinship(run.start, at, run.end));
        let gender = titles.or(Gender::of(name[0].classes.only(FIRST_NAME)));
        let role = head
            .iter()
            .rev()
            .find(|word| word.classes.any(Classes::ROLE))
            .map(|word| word.key)
            .or_else(|| self.lower_role(run.start, at))
            .or_else(|| self.apposition(run.end));
        // A person may be called "Court"; "baker" before it tells.
        let placed = self.lower_role(run.start, at).is_some()
            || roled && name.len() == 2 && !name[0].classes.any(Classes::ORGANIZATION);
        let corporate = !(placed || first_known && name.len() == 2)
            && name
                .iter()
                .any(|word| word.classes.any(Classes::ORGANIZATION));
        // "iPhone" is a product's name, "pageWhy" none at all.
        let corporate = corporate || introduced || name.len() == 1 && name[0].shape == Shape::Mixed;
        let thing = corporate || self.is_known_thing(name);
        let personal = personal || role.is_some() && name.len() <= 3;
        let part = match name.len() {
            1 if doubted => Part::Doubted,
            1 if introduced => Part::Full,
            1 if first_known => Part::Given,
            1 => Part::Surname,
            _ if name[0].classes.any(Classes::PARTICLE) => Part::Surname,
            _ => Part::Full,
        };
        // "Transport Secretary Ann Lee": the office may stand for her later.
        let field = head.len() > 1 && head[head.len() - 1].classes.any(Classes::ROLE);
        let office = field.then(|| head.iter().map(|word| word.key).reduce(join));
        found.push(Run {
            words: number(at)..number(run.end),
            office: office.flatten(),
            keys: keys(name, self.plain, self.lang),
            role,
            gender,
            personal: personal && !thing,
            corporate,
            told: titles != Gender::Unknown,
            part,
        });
    }

    /// Whether these words name an organization or a place that is known.
    fn is_known_thing(&self, name: &[Word]) -> bool {
        let phrase = name.iter().map(|word| word.key).reduce(join);
        phrase.is_some_and(|phrase| {
            self.lang.canonical(Pairs::Place, phrase).is_some()
                || self.lang.canonical(Pairs::Organization, phrase).is_some()
        })
    }
}

pub(super) fn is_first(classes: Classes) -> bool {
    classes.any(FIRST_NAME)
}

fn title_gender(classes: Classes) -> Gender {
    Gender::of(classes.only(Classes::MALE_TITLE.and(Classes::FEMALE_TITLE)))
}

/// "Jr.", "III": part of a name, but not what it is known by.
fn is_suffix(word: &Word, plain: &str) -> bool {
    let word = word.span.of(plain).trim_end_matches('.');
    matches!(word, "Jr" | "Sr" | "II" | "III" | "IV")
}

fn keys(name: &[Word], plain: &str, lang: &Language) -> Vec<u64> {
    // In each case a name is the same one.
    let inflected = lang.does(Trait::INFLECTED_NAMES);
    let last = name.len() - 1;
    name.iter()
        .enumerate()
        .filter(|(at, word)| *at < last || last == 0 || !is_suffix(word, plain))
        .map(|(_, word)| if inflected { word.term } else { word.key })
        .collect()
}

fn number(at: usize) -> u32 {
    u32::try_from(at).expect("texts are limited to less than 4 GiB")
}

fn may_follow(word: &Word) -> bool {
    is_named(word)
        && !word.classes.any(Classes::DAY.and(Classes::MONTH))
        && (word.shape == Shape::Upper || !word.classes.any(Classes::SUBJECT))
}
