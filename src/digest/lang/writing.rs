//! How a language is written: what of its spelling and grammar no list of words
//! can tell, as data.

use super::{
    endings::{Ending, Tail},
    keys::{bit, key_of},
};
use memchr::memmem;

/// What a language does, one bit each.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::digest) struct Trait(u16);

macro_rules! traits {
    ($($(#[$doc:meta])* $name:ident = $at:literal, $word:literal;)*) => {
        impl Trait {
            $($(#[$doc])* pub(in crate::digest) const $name: Trait = Trait(1 << $at);)*

            /// The trait that a line of the section "trait" states.
            fn named(word: &str) -> Option<Trait> {
                match word {
                    $($word => Some(Self::$name),)*
                    _ => None,
                }
            }
        }
    };
}

traits! {
    /// Nouns are written with a capital letter.
    CAPITALIZED_NOUNS = 0, "capitalized-nouns";
    /// Short words are written onto the next one ("l'Europe").
    ELIDED_ARTICLES = 1, "elided-articles";
    /// The finite verb is the second part of a sentence, so that the subject
    /// stands behind it wherever something else opens the sentence.
    VERB_SECOND = 2, "verb-second";
    /// Names are inflected ("Ивана Петрова").
    INFLECTED_NAMES = 3, "inflected-names";
    /// First names of other languages are written as there.
    SHARED_NAMES = 4, "shared-names";
    /// No article tells what is known already, so that an office alone does.
    NO_ARTICLES = 5, "no-articles";
    /// A particle has a capital where a surname stands alone ("Van der Meer").
    CAPITAL_PARTICLES = 6, "capital-particles";
    /// An office with its field stands before a name without a sign between
    /// them ("el ministro de Sanidad Ana Ruiz").
    FIELD_BEFORE_NAME = 7, "field-before-name";
    /// What is said stands between marks, never behind a dash alone.
    MARKS_ONLY = 8, "marks-only";
    /// "He" and "she" are people: nouns for things have no sex.
    NATURAL_GENDER = 9, "natural-gender";
    /// The clause that tells who speaks may stand inside the marks, between the
    /// words («Nous partons, dit Lee, demain»).
    CLAUSE_INSIDE_MARKS = 10, "clause-inside-marks";
    /// Adjectives stand behind their noun as a rule ("énergie nucléaire").
    ADJECTIVES_BEHIND = 11, "adjectives-behind";
    /// Compounds are written as words of their own ("water supply"), so that one
    /// word says less.
    OPEN_COMPOUNDS = 12, "open-compounds";
    /// Adjectives made of names have a capital letter ("French").
    CAPITAL_ADJECTIVES = 13, "capital-adjectives";
}

/// The sections that are about writing.
pub(super) const SECTIONS: [&str; 17] = [
    "trait",
    "stem",
    "verb-form",
    "verb-ending",
    "past-ending",
    "gerund-ending",
    "adverb-ending",
    "noun-ending",
    "clitic",
    "compound",
    "name-link",
    "genitive-article",
    "nominative",
    "adjective-stem",
    "plural-ending",
    "genitive-ending",
    "dative-ending",
];

/// What is known of how a language is written.
#[derive(Debug, Default)]
pub(super) struct Writing {
    traits: u16,
    /// Words with fewer bytes have no stem of their own.
    shortest: usize,
    /// The endings that stems go without, and what they have instead; the
    /// first that fits counts.
    stems: Vec<(Ending, &'static str)>,
    /// The last letters of those endings, as a set.
    last_letters: u32,
    /// The regular forms of verbs: an ending, and what it becomes.
    verbs: Vec<(&'static str, &'static str)>,
    /// What small words end in that are verbs more often than nouns.
    verb_endings: Vec<Ending>,
    /// The ending of regular past forms, where enough verbs are listed that words
    /// without one can be told.
    past_ending: Option<Ending>,
    /// The ending of gerunds.
    gerund_ending: Option<Ending>,
    /// The ending of adverbs made of adjectives.
    adverb_ending: Option<Ending>,
    /// What nouns among them end in all the same.
    noun_endings: Vec<Ending>,
    /// Words that hang on the one before by a hyphen ("dit-il").
    clitics: Vec<&'static str>,
    /// Articles that a noun in the genitive stands behind ("des").
    genitive_articles: Vec<u64>,
    /// What nouns end in there, and what they have instead where they stand
    /// alone; the first that fits counts.
    genitive_endings: Vec<(&'static str, &'static str)>,
    /// The same of nouns in the dative, wherever they stand.
    dative_endings: Vec<(&'static str, &'static str)>,
    /// What adjectives end in without their inflection ("isch").
    adjective_stems: Vec<&'static str>,
    /// Articles behind which an adjective is inflected, each with the ending that
    /// it has where it stands alone with its noun in the singular.
    nominatives: Vec<(u64, &'static str)>,
    /// What nouns end in that may be in the plural behind these articles.
    plural_endings: Vec<&'static str>,
    /// Words inside the name of an organization ("Bank of Leeds").
    name_links: Vec<u64>,
    /// Nouns that make the compounds that end in them what they are
    /// themselves.
    heads: Vec<&'static str>,
    /// The last letters of those nouns, hashed, as a set: few words have any of
    /// them, so that all others are done with at once.
    tails: [u64; 4],
}

impl Writing {
    /// What a data file says of it.
    pub(super) fn parse(tag: &str, data: &'static str) -> Writing {
        let mut writing = Writing::default();
        for word in words(data, "trait") {
            let named = Trait::named(word);
            let Trait(known) =
                named.unwrap_or_else(|| panic!("the data of {tag} has an unknown trait {word}"));
            writing.traits |= known;
        }
        for word in words(data, "stem") {
            // A number tells the length from which on words have stems.
            if let Ok(bytes) = word.parse() {
                writing.shortest = bytes;
                continue;
            }
            let (ending, instead) = word.split_once('=').unwrap_or((word, ""));
            writing.stems.push((Ending::new(ending), instead));
            writing.last_letters |= ending.bytes().last().map_or(0, bit);
        }
        let verbs = words(data, "verb-form").filter_map(|form| form.split_once('='));
        writing.verbs.extend(verbs);
        let known = |section| words(data, section).map(Ending::new);
        writing.verb_endings.extend(known("verb-ending"));
        writing.past_ending = known("past-ending").next();
        writing.gerund_ending = known("gerund-ending").next();
        writing.adverb_ending = known("adverb-ending").next();
        writing.noun_endings.extend(known("noun-ending"));
        writing.clitics.extend(words(data, "clitic"));
        let endings = |section| words(data, section).filter_map(|word| word.split_once('='));
        writing.genitive_endings.extend(endings("genitive-ending"));
        writing.dative_endings.extend(endings("dative-ending"));
        writing
            .adjective_stems
            .extend(words(data, "adjective-stem"));
        writing.plural_endings.extend(words(data, "plural-ending"));
        let nominatives =
            endings("nominative").map(|(article, ending)| (key_of(&[article]), ending));
        writing.nominatives.extend(nominatives);
        let articles = words(data, "genitive-article").map(|word| key_of(&[word]));
        writing.genitive_articles.extend(articles);
        writing
            .name_links
            .extend(words(data, "name-link").map(|word| key_of(&[word])));
        for head in words(data, "compound") {
            writing.heads.push(head);
            let tail = tail(head.as_bytes());
            writing.tails[tail / 64] |= 1 << (tail % 64);
        }
        writing
    }

    pub(super) fn does(&self, Trait(which): Trait) -> bool {
        self.traits & which != 0
    }

    /// Whether a word with this last byte may have a stem of its own, so that
    /// others are not asked.
    pub(super) fn inflects(&self, last: u8) -> bool {
        self.last_letters & bit(last) != 0
    }

    /// The stem of a word in two parts, where it differs from the word.
    pub(super) fn stem<'a>(&self, word: &'a str) -> Option<(&'a str, &'static str)> {
        if word.len() < self.shortest {
            return None;
        }
        let tail = Tail::of(word);
        let (stem, ending, instead) = self.stems.iter().find_map(|(ending, instead)| {
            let stem = tail.without(ending)?;
            Some((stem, ending.text, *instead))
        })?;
        (ending != instead).then_some((stem, instead))
    }

    /// The keys of a verb's regular forms. An ending of "~" stands for the last
    /// letter, which is doubled.
    pub(super) fn inflected(&self, verb: &'static str) -> impl Iterator<Item = u64> {
        let last = verb.char_indices().next_back().map_or(0, |(at, _)| at);
        self.verbs.iter().map(move |(ending, form)| {
            if *ending == "~" {
                key_of(&[verb, &verb[last..], form])
            } else {
                key_of(&[verb.strip_suffix(ending).unwrap_or(verb), form])
            }
        })
    }

    /// Whether a small word ends as verbs do, and nouns seldom: "basculer", but
    /// not "quartier".
    pub(super) fn ends_as_verb(&self, word: &str) -> bool {
        let tail = Tail::of(word);
        word.len() > 4 && tail.is_any(&self.verb_endings) && !tail.is_any(&self.noun_endings)
    }

    /// Whether a small word is a regular past form by its ending ("wanted", but
    /// not "need").
    pub(super) fn is_past(&self, word: &str) -> bool {
        ends(word, self.past_ending) && !Tail::of(word).is_any(&self.noun_endings)
    }

    /// Whether a word is a gerund by its ending.
    pub(super) fn is_gerund(&self, word: &str) -> bool {
        ends(word, self.gerund_ending)
    }

    /// Whether a word is an adverb by its ending.
    pub(super) fn is_adverb(&self, word: &str) -> bool {
        word.len() > 4 && ends(word, self.adverb_ending)
    }

    pub(super) fn past_ending(&self) -> Option<&'static str> {
        self.past_ending.map(|ending| ending.text)
    }

    /// Whether a hyphen, behind which `rest` stands, parts a word from one that
    /// hangs on it.
    pub(super) fn parts(&self, rest: &str) -> bool {
        self.clitics.iter().any(|clitic| {
            rest.strip_prefix(clitic)
                .is_some_and(|rest| !rest.starts_with(|c: char| c == '-' || c.is_alphanumeric()))
        })
    }

    /// Whether the word with this key stands inside names of organizations.
    pub(super) fn links_names(&self, key: u64) -> bool {
        self.name_links.contains(&key)
    }

    /// A noun as it stands alone, if it does not stand so: "Amt" for "Amtes"
    /// behind "des", "Helfer" for "Helfern".
    pub(super) fn uninflected(&self, noun: &str, before: Option<u64>) -> Option<String> {
        let changed = |endings: &[(&str, &str)]| {
            endings.iter().find_map(|(ending, instead)| {
                let rest = noun.len().checked_sub(ending.len())?;
                let (stem, tail) = noun.split_at_checked(rest)?;
                let fits = tail.to_lowercase() == *ending && (rest > 2 || *ending == *instead);
                // A whole word has its capital in the ending.
                fits.then(|| (*ending != *instead).then(|| format!("{stem}{instead}")))
            })
        };
        let genitive = before.is_some_and(|before| self.genitive_articles.contains(&before));
        let endings = if genitive {
            &self.genitive_endings
        } else {
            &self.dative_endings
        };
        changed(endings).flatten()
    }

    /// An adjective as it stands alone before its noun: "Bunte" for "Bunten"
    /// behind "der".
    pub(super) fn nominative(&self, adjective: &str, noun: &str, article: u64) -> Option<String> {
        /// What it ends in behind these articles.
        const INFLECTED: &str = "en";
        let found = self.nominatives.iter().find(|(key, _)| *key == article);
        let stem = adjective.strip_suffix(INFLECTED)?.to_lowercase();
        let plural = self
            .plural_endings
            .iter()
            .any(|ending| noun.ends_with(ending));
        let known = self.adjective_stems.iter().any(|end| stem.ends_with(end));
        let (_, ending) = found.filter(|_| known && !plural)?;
        let stem = &adjective[..adjective.len() - INFLECTED.len()];
        Some(format!("{stem}{ending}"))
    }

    /// The noun that a compound ends in.
    pub(super) fn head(&self, word: &str) -> Option<&'static str> {
        if self.heads.is_empty() {
            return None;
        }
        let tail = tail(word.as_bytes());
        if self.tails[tail / 64] & 1 << (tail % 64) == 0 {
            return None;
        }
        let ends = |head: &&&str| {
            let rest = word.len().saturating_sub(head.len());
            let tail = &word.as_bytes()[rest..];
            rest > 0 && tail.eq_ignore_ascii_case(head.as_bytes())
        };
        self.heads.iter().find(ends).copied()
    }
}

fn ends(word: &str, ending: Option<Ending>) -> bool {
    ending.is_some_and(|ending| Tail::of(word).is(&ending))
}

/// A number of eight bits for the last three bytes of a word, without case.
fn tail(word: &[u8]) -> usize {
    let last = word.iter().rev().take(3);
    let folded = last.map(|byte| usize::from(byte | 0x20));
    folded.fold(0, |hash, byte| (hash * 37 + byte) & 0xff)
}

/// The words of one section, which may stand in several places.
fn words(data: &'static str, section: &str) -> impl Iterator<Item = &'static str> {
    let head = format!("[{section}]\n");
    let begins = |at: &usize| *at == 0 || data.as_bytes()[*at - 1] == b'\n';
    let heads: Vec<usize> = memmem::find_iter(data.as_bytes(), &head)
        .filter(begins)
        .map(|at| at + head.len())
        .collect();
    let lines = heads
        .into_iter()
        .flat_map(|at| data[at..].lines().take_while(|line| !line.starts_with('[')));
    let lines = lines.filter(|line| !line.starts_with('#'));
    lines.flat_map(str::split_ascii_whitespace)
}

#[cfg(test)]
mod tests {
    use crate::digest::lang::{Classes, table};

    #[test]
    fn stems_are_equal_for_singular_and_plural() {
        let same = [
            ("en", "cities", "city"),
            ("en", "churches", "church"),
            ("en", "wars", "war"),
            ("de", "Ministerin", "Ministerin"),
            ("de", "Verträgen", "Verträg"),
            ("fr", "journaux", "journal"),
        ];
        for (tag, one, other) in same {
            assert_eq!(table(tag).term(one), table(tag).term(other), "{one}");
        }
        for word in ["glass", "bus", "crisis", "as"] {
            assert_eq!(table("en").writing.stem(word), None);
        }
    }

    #[test]
    fn verbs_have_their_regular_forms() {
        for form in ["announces", "denies", "denied", "denying", "announced"] {
            assert!(table("en").is(form, Classes::VERB), "{form}");
        }
    }
}
