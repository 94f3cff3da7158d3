//! What is known of languages: classes of words and names of things, as data.
//!
//! A language is one data file, read once: its words, how it is written, and
//! what its articles are about. To add one is to add its file and a line in
//! [`LANGUAGES`]. Words are looked up by a 64-bit key of their folded form,
//! so that a lookup neither allocates nor compares strings.

mod eight;
mod keys;
mod phrases;
mod recognize;
mod scripts;
mod stock;
mod writing;

pub(super) use eight::Eight;
pub(super) use keys::{join, key, key_of_letters, key_with_apostrophe};
pub(super) use phrases::Phrases;
pub(super) use recognize::settle;
pub(super) use stock::Stock;
pub(super) use writing::Trait;

use keys::{Table, add_heads, key_of, phrase_and_stems, stem_or};
use std::sync::{LazyLock, OnceLock};
use writing::{SECTIONS, Writing};

/// Every language with a table: its tag and its data.
const LANGUAGES: &[(&str, &str)] = &[
    (
        "en",
        concat!(include_str!("en.txt"), include_str!("en-topics.txt")),
    ),
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

/// What a language's data says of a word, as a set.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Classes(u64);

macro_rules! classes {
    ($($(#[$doc:meta])* $name:ident = $at:literal, $section:literal;)*) => {
        impl Classes {
            $($(#[$doc])* pub(super) const $name: Classes = Classes(1 << $at);)*

            /// The class that a section of a data file is about.
            fn named(section: &str) -> Option<Classes> {
                match section {
                    $($section => Some(Self::$name),)*
                    _ => None,
                }
            }
        }
    };
}

classes! {
    /// Words that say nothing of what a text is about.
    STOP = 0, "stop";
    /// Words that start sentences and are hardly ever part of a name.
    STARTER = 1, "starter";
    /// Abbreviations before a name: no sentence ends after them.
    TITLE = 2, "title";
    /// Abbreviations that may end a sentence.
    ABBREVIATION = 3, "abbreviation";
    /// Abbreviations that belong to the number after them ("No. 5").
    NUMBERED = 4, "numbered";
    /// Prepositions.
    PREPOSITION = 5, "preposition";
    /// Personal and possessive pronouns of the third person, and
    /// demonstratives: what needs an antecedent.
    PRONOUN = 6, "pronoun";
    /// Verbs of saying, as they stand in an attribution.
    SPEECH = 7, "speech";
    /// Months, in full and short.
    MONTH = 8, "month";
    /// Days of the week, in full and short.
    DAY = 9, "day";
    /// Verbs in their finite forms, and other words that end a noun phrase.
    VERB = 10, "verb";
    /// Adverbs and other words that are in no noun phrase.
    ADVERB = 11, "adverb";
    /// Adjectives, which may start a noun phrase but not end one.
    ADJECTIVE = 12, "adjective";
    /// Nouns too general to be a topic on their own.
    GENERIC = 13, "generic";
    /// Articles and other determiners.
    DETERMINER = 14, "determiner";
    /// Words that join a sentence to the one before.
    CONNECTIVE = 15, "connective";
    /// Numbers in words.
    NUMERAL = 16, "numeral";
    /// Clock times and the like after a number ("a.m.").
    TIME = 17, "time";
    /// Academic degrees, which follow a name and may end a sentence.
    DEGREE = 18, "degree";
    /// Words that make a name an organization's.
    ORGANIZATION = 19, "organization";
    /// Offices and professions in front of a name.
    ROLE = 20, "role";
    /// Titles as they are abbreviated; they are titles as well.
    SHORT_TITLE = 21, "title-abbreviation";
    /// Verbs of saying as participles, which follow their subject and never
    /// stand before it ("adding").
    PARTICIPLE = 25, "participle";
    /// What makes a verb passive: its auxiliaries, and the preposition of who
    /// acts ("was", "by").
    PASSIVE = 26, "passive";
    /// Words that open a clause beside the main one ("when").
    SUBORDINATE = 27, "subordinate";
    /// Pronouns that mean nobody beside a verb of saying ("heißt es in").
    IMPERSONAL = 30, "impersonal";
    /// Determiners and pronouns in a case that no subject is in ("dem").
    OBLIQUE = 31, "oblique";
    /// Verbs that call somebody or something what stands in quotation marks
    /// ("she called it").
    NAMING = 28, "naming";
    /// Words for what is shouted, sung or written, however few words that is
    /// ("chants of").
    UTTERED = 29, "uttered";
    /// Prepositions that a place follows, and a person hardly ever.
    LOCATIVE = 22, "locative";
    /// Pronouns for a man.
    HE = 32, "he";
    /// Pronouns for a woman.
    SHE = 33, "she";
    /// Pronouns for several people, and for those whose sex is not told.
    THEY = 34, "they";
    /// Pronouns that can be who speaks.
    SUBJECT = 35, "subject";
    /// Titles of a man.
    MALE_TITLE = 36, "male-title";
    /// Titles of a woman.
    FEMALE_TITLE = 37, "female-title";
    /// First names of men.
    MALE_NAME = 38, "male-name";
    /// First names of women.
    FEMALE_NAME = 39, "female-name";
    /// People told by what they are or do ("a spokesman").
    PERSON = 40, "person";
    /// Auxiliaries, which stand between a speaker and the verb.
    AUXILIARY = 41, "auxiliary";
    /// Words that name who speaks and are no verb ("according to").
    SOURCE = 42, "source";
    /// Relative pronouns.
    RELATIVE = 43, "relative";
    /// Short words inside a surname ("van").
    PARTICLE = 44, "particle";
    /// Words that join a title or a name to what it is of ("of").
    LINK = 45, "link";
    /// Words that introduce what somebody says ("that").
    THAT = 46, "that";
    /// Words that call what stands in quotation marks a name or a title.
    CALLED = 47, "called";
    /// Words that join two names or verbs.
    AND = 48, "and";
    /// Words that point out of a quotation, so that it does not stand alone.
    OPEN = 49, "open";
    /// The first person: a quotation's personal tone.
    FIRST = 50, "first";
    /// Articles of what is known already ("the").
    DEFINITE = 51, "definite";
    /// Labels of whoever asks in an interview ("Q").
    QUESTIONER = 55, "questioner";
    /// What whoever is asked is called: as a label ("A"), and by the question
    /// ("you").
    ANSWERER = 56, "answerer";
    /// Words that tell of an interview ("spoke").
    INTERVIEW = 57, "interview";
    /// The second person, spoken to.
    SECOND = 58, "second";
    /// Words of feeling and of contrast, which plain talk is full of.
    FEELING = 59, "feeling";
    /// Words that join a sentence to the one before and can be left out
    /// ("but", "and").
    JOINING = 60, "joining";
    /// Further nouns for who may speak, people and papers, of which many are
    /// topics as well.
    SPEAKER = 62, "speaker";
}

impl Classes {
    /// Words that, or whose stem, a phrase in one of the tables starts with. No
    /// section has them: they are told from the phrases.
    pub(super) const HEAD: Classes = Classes(1 << 63);

    /// What a stem tells of a word where names are inflected.
    pub(super) const OF_PEOPLE: Classes = Classes(
        Self::PERSON.0
            | Self::ROLE.0
            | Self::MALE_NAME.0
            | Self::FEMALE_NAME.0
            | Self::ORGANIZATION.0,
    );

    /// Whether the data says nothing of what word it is.
    pub(super) fn is_none(self) -> bool {
        self.0 & !Self::HEAD.0 == 0
    }

    /// Whether any class of `other` is among these.
    pub(super) fn any(self, other: Classes) -> bool {
        self.0 & other.0 != 0
    }

    /// Those among these that are of `other`.
    pub(super) const fn only(self, other: Classes) -> Classes {
        Classes(self.0 & other.0)
    }

    /// Both sets together.
    pub(super) const fn and(self, other: Classes) -> Classes {
        Classes(self.0 | other.0)
    }
}

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
    phrases: phrases::Lists,
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
    /// "Museumsdirektor" a "Direktor".
    pub(super) fn compound(&self, word: &str) -> Classes {
        let head = self.writing.head(word);
        head.map_or(Classes::default(), |head| self.classes(key(head)))
    }

    /// Whether a small word ends as verbs do, and nouns seldom.
    pub(super) fn ends_as_verb(&self, word: &str) -> bool {
        self.writing.ends_as_verb(word)
    }

    /// Whether a hyphen, behind which `rest` stands, parts a word from one that
    /// hangs on it ("dit-il").
    pub(super) fn parts(&self, rest: &str) -> bool {
        self.writing.parts(rest)
    }

    /// Whether verbs of saying are known: without them nobody can tell who
    /// speaks in a clause.
    pub(super) fn speaks(&self) -> bool {
        self.speaks
    }

    /// What the stem of a word tells of it.
    pub(super) fn of_stem(&self, term: u64) -> Classes {
        let told = if self.does(Trait::INFLECTED_NAMES) {
            Classes::HEAD.and(Classes::OF_PEOPLE)
        } else {
            Classes::HEAD
        };
        self.classes(term).only(told)
    }

    /// Whether the language is written so.
    pub(super) fn does(&self, which: Trait) -> bool {
        self.writing.does(which)
    }

    /// Whether nouns are written with a capital letter.
    pub(super) fn capitalizes_nouns(&self) -> bool {
        self.does(Trait::CAPITALIZED_NOUNS)
    }

    /// Whether a dash may open what somebody says, without marks.
    pub(super) fn speaks_with_dashes(&self) -> bool {
        !matches!(self.tag, "en" | "de" | "nl")
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
        let (mut phrases, mut list) = (phrases::Lists::default(), None);
        let writing = Writing::parse(tag, data);
        let (mut stock, mut kind) = (Vec::new(), None);
        for line in data.lines().filter(|line| !line.starts_with('#')) {
            if let Some(section) = line.strip_prefix('[').and_then(|l| l.strip_suffix(']')) {
                class = Classes::named(section);
                list = Phrases::named(section);
                kind = Stock::named(section);
                into = Pairs::ALL.iter().find(|(name, _)| *name == section);
                assert!(
                    class.is_some()
                        || into.is_some()
                        || list.is_some()
                        || kind.is_some()
                        || SECTIONS.contains(&section),
                    "the data of {tag} has an unknown section {section}"
                );
            } else if let Some(list) = list {
                phrases.add(list, line);
            } else if let Some(kind) = kind {
                stock::add(&mut stock, kind, line);
            } else if let Some(class) = class {
                if class == Classes::VERB {
                    let verbs = line.split_whitespace();
                    words.extend(verbs.flat_map(|verb| writing.inflected(verb)));
                }
                let class = if class == Classes::SHORT_TITLE {
                    class.and(Classes::TITLE)
                } else {
                    class
                };
                words.extend(line.split_whitespace().map(|word| (key(word), class)));
                // By their stems words are known in each case.
                if writing.does(Trait::INFLECTED_NAMES) && class.any(Classes::OF_PEOPLE) {
                    let stems = line.split_whitespace();
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
            phrases: phrases.sorted(),
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
            let names = line.split_whitespace().map(key);
            let known = Classes::MALE_NAME.and(Classes::FEMALE_NAME);
            let free = names.filter(|key| {
                let classes = own.get(*key);
                classes == classes.only(known)
            });
            words.extend(free.map(|key| (key, class)));
        }
    }
}

/// The tables of all languages with data.
pub(super) fn all() -> impl Iterator<Item = &'static Language> {
    (0..LANGUAGES.len()).map(at)
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
