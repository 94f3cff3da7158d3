//! What is known of languages: classes of words and names of things, as data.
//!
//! A language is one data file, read once: its words, how it is written, and
//! what its articles are about. To add one is to add its file and a line in
//! [`LANGUAGES`]. Words are looked up by a 64-bit key of their folded form,
//! so that a lookup neither allocates nor compares strings.

mod cities;
mod classes;
mod eight;
mod endings;
mod keys;
mod phrases;
mod recognize;
mod scripts;
mod stock;
mod writing;

pub(super) use cities::is_city;
pub(super) use classes::Classes;
pub(super) use eight::Eight;
pub(super) use keys::{join, key, key_of_letters, key_with_apostrophe};
pub(super) use phrases::{Lists, Phrases, lists};
pub(super) use recognize::settle;
pub(super) use scripts::{
    Unspaced, ends_without_mark, is_full_stop, is_hangul, may_be_hangul, may_be_unspaced, unspaced,
    unspaced_words,
};
pub(super) use stock::Stock;
pub(super) use writing::Trait;

use keys::{Table, add_heads, key_of, phrase_and_stems, stem_or};
use std::sync::{LazyLock, OnceLock};
use writing::{SECTIONS, Writing};

/// Every language with a table: its tag and its data.
const LANGUAGES: &[(&str, &str)] = &[
    ("en", include_str!("en.txt")),
    ("de", include_str!("de.txt")),
    ("fr", include_str!("fr.txt")),
    ("es", include_str!("es.txt")),
    ("it", include_str!("it.txt")),
    ("pt", include_str!("pt.txt")),
    ("nl", include_str!("nl.txt")),
    ("ru", include_str!("ru.txt")),
    // What pages say in languages without tables.
    ("und", include_str!("pages.txt")),
];

/// A table of what a phrase stands for ("russian" for "Russia").
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Pairs {
    /// Countries and the like, by their names, demonyms and adjectives.
    Place,
    /// What editors tag that is no name, by its usual wordings.
    Concept,
    /// Organizations known by an abbreviation, by their long names.
    Organization,
    /// Agencies, papers and stations, which tell where a story comes from.
    Outlet,
}

impl Pairs {
    const ALL: [(&'static str, Pairs); 4] = [
        ("place", Pairs::Place),
        ("concept", Pairs::Concept),
        ("known-organization", Pairs::Organization),
        ("outlet", Pairs::Outlet),
    ];
}

/// What is known of one language.
#[derive(Debug)]
pub(super) struct Language {
    /// Its BCP 47 tag; empty for the neutral table.
    pub(super) tag: &'static str,
    writing: Writing,
    words: Table<Classes>,
    /// Whether verbs of saying are known, so that clauses can be read.
    speaks: bool,
    pairs: [Table<&'static str>; Pairs::ALL.len()],
    /// How many words the longest phrase in `pairs` has, by its first word.
    heads: Table<u32>,
    stock: Table<stock::Known>,
}

impl Language {
    /// What the data says of the word with this key.
    pub(super) fn classes(&self, key: u64) -> Classes {
        self.words.get(key)
    }

    /// Whether `word` is of one of these classes. For rare places; words of a
    /// walk know their classes.
    pub(super) fn is(&self, word: &str, classes: Classes) -> bool {
        self.classes(key(word)).any(classes)
    }

    /// What the phrase with this key stands for.
    pub(super) fn canonical(&self, pairs: Pairs, key: u64) -> Option<&'static str> {
        let canonical = self.pairs[pairs as usize].get(key);
        (!canonical.is_empty()).then_some(canonical)
    }

    /// How many words the longest known phrase has that starts with a word of
    /// this key or stem. Only words of [`Classes::HEAD`] are worth asking for.
    pub(super) fn longest(&self, key: u64) -> u32 {
        self.heads.get(key)
    }

    /// Whether a word with this last byte may have a stem of its own, so that
    /// others are not asked.
    pub(super) fn inflects(&self, last: u8) -> bool {
        self.writing.inflects(last)
    }

    /// The key of a word's stem, which is equal for singular and plural.
    pub(super) fn term(&self, word: &str) -> u64 {
        self.term_of(word, key(word))
    }

    /// The same for a word whose key is known.
    pub(super) fn term_of(&self, word: &str, key: u64) -> u64 {
        stem_or(word, key, &self.writing)
    }

    /// What a compound is by the noun that it ends in, which makes a
    /// "Museumsdirektor" a "Direktor"; "fifty-three" is a number as its parts are.
    pub(super) fn compound(&self, word: &str) -> Classes {
        if let Some(head) = self.writing.head(word) {
            return self.classes(key(head));
        }
        let is_number = |part| self.classes(key(part)).any(Classes::NUMERAL);
        if word.contains('-') && word.split('-').all(is_number) {
            return Classes::NUMERAL;
        }
        Classes::default()
    }

    /// Whether a small word ends as verbs do, and nouns seldom.
    pub(super) fn ends_as_verb(&self, word: &str) -> bool {
        self.writing.ends_as_verb(word)
    }

    /// Whether a small word is a regular past form by its ending.
    pub(super) fn is_past(&self, word: &str) -> bool {
        self.writing.is_past(word)
    }

    /// Whether a word is a gerund by its ending.
    pub(super) fn is_gerund(&self, word: &str) -> bool {
        self.writing.is_gerund(word)
    }

    /// Whether a word is an adverb by its ending.
    pub(super) fn is_adverb(&self, word: &str) -> bool {
        self.writing.is_adverb(word)
    }

    /// Whether a hyphen, behind which `rest` stands, parts a word from one that
    /// hangs on it ("dit-il").
    pub(super) fn parts(&self, rest: &str) -> bool {
        self.writing.parts(rest)
    }

    /// A noun as it stands alone, if it does not stand so, given the key of the
    /// article before it: "Amt" for "des Amtes".
    pub(super) fn uninflected(&self, noun: &str, before: Option<u64>) -> Option<String> {
        self.writing.uninflected(noun, before)
    }

    /// An adjective as it stands alone before its noun, given the key of the
    /// article before both, if that tells: "Bunte Liga" for "der Bunten Liga".
    pub(super) fn nominative(&self, adjective: &str, noun: &str, article: u64) -> Option<String> {
        self.writing.nominative(adjective, noun, article)
    }

    /// Whether the word with this key stands inside names of organizations
    /// ("Bank of Leeds").
    pub(super) fn links_names(&self, key: u64) -> bool {
        self.writing.links_names(key)
    }

    /// Whether verbs of saying are known: without them nobody can tell who
    /// speaks in a clause.
    pub(super) fn speaks(&self) -> bool {
        self.speaks
    }

    /// What the stem of a word tells of it.
    pub(super) fn of_stem(&self, term: u64) -> Classes {
        let told = if self.does(Trait::INFLECTED_NAMES) {
            Classes::HEAD.and(Classes::OF_STEM)
        } else {
            Classes::HEAD
        };
        self.classes(term).only(told)
    }

    /// Whether the language is written so.
    pub(super) fn does(&self, which: Trait) -> bool {
        self.writing.does(which)
    }

    /// The ending of regular past forms, if enough of its verbs are listed to
    /// tell words without one.
    pub(super) fn past_ending(&self) -> Option<&'static str> {
        self.writing.past_ending()
    }

    /// Whether nouns are written with a capital letter.
    pub(super) fn capitalizes_nouns(&self) -> bool {
        self.does(Trait::CAPITALIZED_NOUNS)
    }

    /// Whether a dash may open what somebody says, without marks.
    pub(super) fn speaks_with_dashes(&self) -> bool {
        !self.does(Trait::MARKS_ONLY)
    }

    /// Whether short words are written onto the next one ("l'Europe").
    pub(super) fn elides(&self) -> bool {
        self.does(Trait::ELIDED_ARTICLES)
    }

    fn parse(tag: &'static str, data: &'static str) -> Language {
        let mut words: Vec<(u64, Classes)> = Vec::new();
        let mut pairs: [Vec<(u64, &'static str)>; Pairs::ALL.len()] = Default::default();
        let mut heads: Vec<(u64, u32)> = Vec::new();
        let (mut class, mut into) = (None, None);
        let writing = Writing::parse(tag, data);
        let (mut stock, mut openers, mut kind) = (Vec::new(), Vec::new(), None);
        for line in data.lines().filter(|line| !line.starts_with('#')) {
            if let Some(section) = line.strip_prefix('[').and_then(|l| l.strip_suffix(']')) {
                class = Classes::named(section);
                kind = Stock::named(section);
                into = Pairs::ALL.iter().find(|(name, _)| *name == section);
                assert!(
                    class.is_some()
                        || into.is_some()
                        || Phrases::named(section).is_some()
                        || kind.is_some()
                        || SECTIONS.contains(&section),
                    "the data of {tag} has an unknown section {section}"
                );
            } else if let Some(kind) = kind {
                openers.extend(stock::add(&mut stock, kind, line));
            } else if let Some(class) = class {
                if class.any(Classes::VERB.and(Classes::ACTION)) {
                    let verbs = line.split_ascii_whitespace();
                    let keys = verbs.flat_map(|verb| writing.inflected(verb));
                    words.extend(keys.map(|key| (key, class)));
                }
                let class = if class == Classes::SHORT_TITLE {
                    class.and(Classes::TITLE)
                } else {
                    class
                };
                words.extend(line.split_ascii_whitespace().map(|word| (key(word), class)));
                // By their stems words are known in each case.
                if writing.does(Trait::INFLECTED_NAMES) && class.any(Classes::OF_STEM) {
                    let stems = line.split_ascii_whitespace();
                    words.extend(stems.map(|word| (stem_or(word, key(word), &writing), class)));
                }
            } else if let (Some((_, into)), Some((canonical, forms))) = (into, line.split_once('='))
            {
                // The form shown to readers stands first, then its wordings.
                let canonical = canonical.trim();
                let forms = forms.split(',').map(str::trim).chain([canonical]);
                let known = &mut pairs[*into as usize];
                for form in forms.filter(|form| !form.is_empty()) {
                    add_heads(&mut heads, form, &writing);
                    for other in keys::variants(form, &writing) {
                        heads.push((other, 1));
                        known.push((other, canonical));
                    }
                    // "russisch~" stands for its inflected forms.
                    let Some(stem) = form.strip_suffix('~') else {
                        known.extend(phrase_and_stems(form, &writing).map(|key| (key, canonical)));
                        continue;
                    };
                    known.extend(keys::ENDINGS.map(|ending| (key_of(&[stem, ending]), canonical)));
                }
            }
        }
        if writing.does(Trait::SHARED_NAMES) {
            add_first_names(&mut words);
        }
        words.extend(heads.iter().map(|(key, _)| (*key, Classes::HEAD)));
        words.extend(openers.into_iter().map(|key| (key, Classes::STOCK)));
        let first = |list: Vec<(u64, &'static str)>| Table::new(&list, |first, _| first);
        Language {
            tag,
            writing,
            speaks: words
                .iter()
                .any(|(_, classes)| classes.any(Classes::SPEECH)),
            words: Table::new(&words, Classes::and),
            pairs: pairs.map(first),
            heads: Table::new(&heads, u32::max),
            stock: stock::table(&stock),
        }
    }
}

/// Adds the first names that all languages have, but for those that are words of
/// this one.
fn add_first_names(words: &mut Vec<(u64, Classes)>) {
    let own = Table::new(words, Classes::and);
    let mut class = None;
    for line in include_str!("first-names.txt").lines() {
        if let Some(section) = line.strip_prefix('[').and_then(|l| l.strip_suffix(']')) {
            class = Classes::named(section);
        } else if let Some(class) = class {
            let names = line.split_ascii_whitespace().map(key);
            let known = Classes::MALE_NAME.and(Classes::FEMALE_NAME);
            let free = names.filter(|key| {
                let classes = own.get(*key);
                classes == classes.only(known)
            });
            words.extend(free.map(|key| (key, class)));
        }
    }
}

/// The table of a language by its tag, regions and scripts aside; a neutral one
/// for languages without data.
pub(super) fn table(tag: &str) -> &'static Language {
    static NEUTRAL: LazyLock<Language> = LazyLock::new(|| Language::parse("", ""));
    let primary = tag.split(['-', '_']).next().unwrap_or_default();
    LANGUAGES
        .iter()
        .position(|(known, _)| known.eq_ignore_ascii_case(primary))
        .map_or_else(|| &*NEUTRAL, at)
}

/// The table at this place of [`LANGUAGES`], read when it is first asked for.
fn at(place: usize) -> &'static Language {
    static TABLES: [OnceLock<Language>; LANGUAGES.len()] =
        [const { OnceLock::new() }; LANGUAGES.len()];
    let (tag, data) = LANGUAGES[place];
    TABLES[place].get_or_init(|| Language::parse(tag, data))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_language_has_its_table() {
        for (tag, _) in LANGUAGES {
            assert_eq!(table(tag).tag, *tag);
        }
        assert_eq!(table("en-GB").tag, "en");
        assert_eq!(table("tlh").tag, "");
    }

    #[test]
    fn words_are_found_whatever_their_case() {
        let english = table("en");
        assert!(english.is("The", Classes::STOP));
        assert!(english.is("U.S", Classes::ABBREVIATION));
        assert!(!english.is("zebra", Classes::STOP));
        assert!(table("de").is("Über", Classes::STOP));
    }

    #[test]
    fn phrases_are_found_by_form_and_by_stem() {
        let (english, german) = (table("en"), table("de"));
        let place = |lang: &Language, form: &str| {
            let keys = form.split_whitespace().map(key);
            lang.canonical(Pairs::Place, keys.reduce(join).unwrap_or_default())
        };
        assert_eq!(place(english, "Saudi Arabian"), Some("Saudi Arabia"));
        assert_eq!(place(german, "russischer"), Some("Russland"));
        assert_eq!(place(english, "Atlantis"), None);
        let stem = join(english.term("trade"), english.term("wars"));
        assert_eq!(english.canonical(Pairs::Concept, stem), Some("Trade war"));
    }
}
