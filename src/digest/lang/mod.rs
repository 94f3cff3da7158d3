//! What is known of languages: classes of words and names of things, as data.
//!
//! Two data files per language, read once: its words, and what its articles are
//! about. To add a language is to add these files, a line in [`LANGUAGES`] and
//! one in [`TABLES`]. Words are looked up by a 64-bit key of their folded form,
//! so that a lookup neither allocates nor compares strings.

mod eight;
mod keys;
mod phrases;
mod recognize;
mod scripts;
mod stock;

pub(super) use eight::Eight;
pub(super) use keys::{join, key, key_of_letters, term, term_of};
pub(super) use phrases::Phrases;
pub(super) use recognize::settle;
pub(super) use stock::Stock;

use keys::{Table, inflected, key_of, phrase_and_stems};
use std::sync::LazyLock;

/// Every language with a table: its tag and its data.
const LANGUAGES: &[(&str, &str)] = &[
    (
        "en",
        concat!(include_str!("en.txt"), include_str!("en-topics.txt")),
    ),
    (
        "de",
        concat!(include_str!("de.txt"), include_str!("de-topics.txt")),
    ),
    (
        "fr",
        concat!(include_str!("fr.txt"), include_str!("fr-topics.txt")),
    ),
    (
        "es",
        concat!(include_str!("es.txt"), include_str!("es-topics.txt")),
    ),
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
    /// The second person, spoken to.
    SECOND = 58, "second";
    /// Words of feeling and of contrast, which plain talk is full of.
    FEELING = 59, "feeling";
    /// Words that join a sentence to the one before and can be left out
    /// ("but", "and").
    JOINING = 60, "joining";
}

impl Classes {
    /// Words that, or whose stem, a phrase in one of the tables starts with. No
    /// section has them: they are told from the phrases.
    pub(super) const HEAD: Classes = Classes(1 << 63);

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
    /// The last letters of the endings that stems go without, as a set.
    endings: u32,
    words: Table<Classes>,
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
        self.endings & keys::bit(last) != 0
    }

    /// Whether nouns are written with a capital letter.
    pub(super) fn capitalizes_nouns(&self) -> bool {
        self.tag == "de"
    }

    /// Whether short words are written onto the next one ("l'Europe").
    pub(super) fn elides(&self) -> bool {
        matches!(self.tag, "fr" | "it" | "ca")
    }

    fn parse(tag: &'static str, data: &'static str) -> Language {
        let mut words: Vec<(u64, Classes)> = Vec::new();
        let mut pairs: [Vec<(u64, &'static str)>; Pairs::ALL.len()] = Default::default();
        let mut heads: Vec<(u64, u32)> = Vec::new();
        let (mut class, mut into) = (None, None);
        let (mut phrases, mut list) = (phrases::Lists::default(), None);
        let (mut stock, mut kind) = (Vec::new(), None);
        for line in data.lines().filter(|line| !line.starts_with('#')) {
            if let Some(section) = line.strip_prefix('[').and_then(|l| l.strip_suffix(']')) {
                class = Classes::named(section);
                list = Phrases::named(section);
                kind = Stock::named(section);
                into = Pairs::ALL.iter().find(|(name, _)| *name == section);
                assert!(
                    class.is_some() || into.is_some() || list.is_some() || kind.is_some(),
                    "the data of {tag} has an unknown section {section}"
                );
            } else if let Some(list) = list {
                phrases.add(list, line);
            } else if let Some(kind) = kind {
                stock::add(&mut stock, kind, line);
            } else if let Some(class) = class {
                if class == Classes::VERB && tag == "en" {
                    words.extend(line.split_whitespace().flat_map(inflected));
                }
                let class = if class == Classes::SHORT_TITLE {
                    class.and(Classes::TITLE)
                } else {
                    class
                };
                words.extend(line.split_whitespace().map(|word| (key(word), class)));
            } else if let (Some((_, into)), Some((canonical, forms))) = (into, line.split_once('='))
            {
                // The form shown to readers stands first, then its wordings.
                let canonical = canonical.trim();
                let forms = forms.split(',').map(str::trim).chain([canonical]);
                let known = &mut pairs[*into as usize];
                for form in forms.filter(|form| !form.is_empty()) {
                    keys::add_heads(&mut heads, form, tag);
                    // "russisch~" stands for its inflected forms.
                    let Some(stem) = form.strip_suffix('~') else {
                        known.extend(phrase_and_stems(form, tag).map(|key| (key, canonical)));
                        continue;
                    };
                    known.extend(keys::ENDINGS.map(|ending| (key_of(&[stem, ending]), canonical)));
                }
            }
        }
        words.extend(heads.iter().map(|(key, _)| (*key, Classes::HEAD)));
        let first = |list: Vec<(u64, &'static str)>| Table::new(&list, |first, _| first);
        Language {
            tag,
            endings: keys::last_of_endings(tag),
            words: Table::new(&words, Classes::and),
            pairs: pairs.map(first),
            heads: Table::new(&heads, u32::max),
            phrases: phrases.sorted(),
            stock: stock::table(&stock),
        }
    }
}

/// The tables of all languages with data.
pub(super) fn all() -> impl Iterator<Item = &'static Language> {
    TABLES.iter().map(|table| &**table)
}

/// The table of a language by its tag, regions and scripts aside; a neutral one
/// for languages without data.
pub(super) fn table(tag: &str) -> &'static Language {
    static NEUTRAL: LazyLock<Language> = LazyLock::new(|| Language::parse("", ""));
    let primary = tag.split(['-', '_']).next().unwrap_or_default();
    LANGUAGES
        .iter()
        .position(|(known, _)| known.eq_ignore_ascii_case(primary))
        .map_or_else(|| &*NEUTRAL, |at| &*TABLES[at])
}

/// In the order of [`LANGUAGES`].
static TABLES: [LazyLock<Language>; LANGUAGES.len()] = [
    LazyLock::new(|| Language::parse(LANGUAGES[0].0, LANGUAGES[0].1)),
    LazyLock::new(|| Language::parse(LANGUAGES[1].0, LANGUAGES[1].1)),
    LazyLock::new(|| Language::parse(LANGUAGES[2].0, LANGUAGES[2].1)),
    LazyLock::new(|| Language::parse(LANGUAGES[3].0, LANGUAGES[3].1)),
    LazyLock::new(|| Language::parse(LANGUAGES[4].0, LANGUAGES[4].1)),
];

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
        let stem = join(term("trade", "en"), term("wars", "en"));
        assert_eq!(english.canonical(Pairs::Concept, stem), Some("Trade war"));
    }
}
