//! Who is quoted by name?
//!
//! Pure: what a quotation is attributed to is the name of somebody, or a
//! description such as "a spokesman". Whose feed it goes to is told by the name,
//! as the registry of topics has it where it knows the person.

use crate::entry::Topic;

/// Somebody whom an article has for a topic.
#[derive(Debug)]
pub(super) struct Person {
    /// As entries show the topic.
    pub(super) label: String,
    /// That label and all that the article calls the person, folded.
    pub(super) forms: Vec<String>,
}

/// Words in lower case that stand within names. "Mayor of Orra" is an office.
const PARTICLES: &[&str] = &[
    "af", "al", "av", "bin", "bint", "da", "das", "de", "del", "dela", "della", "den", "der", "di",
    "do", "dos", "du", "e", "el", "ibn", "la", "le", "t", "ten", "ter", "van", "vom", "von", "y",
    "zu", "zum", "zur",
];

/// No name begins with these: "The Ministry", "Die Sprecherin der Stadt".
const ARTICLES: &[&str] = &[
    "a", "an", "another", "das", "der", "die", "een", "ein", "eine", "einer", "el", "het", "il",
    "la", "las", "le", "les", "lo", "los", "one", "os", "some", "the", "um", "uma", "un", "una",
    "une",
];

/// What is put before names without being one, in any article.
const TITLES: &[&str] = &[
    "capt",
    "col",
    "dame",
    "dr",
    "frau",
    "gen",
    "gov",
    "herr",
    "hon",
    "lt",
    "maj",
    "mlle",
    "mme",
    "mr",
    "mrs",
    "ms",
    "mx",
    "prof",
    "professor",
    "rep",
    "rev",
    "sen",
    "sgt",
    "sig",
    "sir",
    "sra",
    "srta",
];

/// Names have no more words than this; longer ones were descriptions or lists.
const LONGEST: usize = 6;

/// Which of an article's persons somebody is, if it is certain.
pub(super) fn known<'p>(name: &str, persons: &'p [Person]) -> Option<&'p Person> {
    let name = Topic::folded(name);
    let rules: [fn(&str, &str) -> bool; 4] = [is, has_a_title, is_the_end_of, has_the_same_ends];
    // The surest evidence first.
    rules.into_iter().find_map(|rule| {
        let matches = |person: &&Person| person.forms.iter().any(|form| rule(&name, form));
        let mut found = persons.iter().filter(matches);
        let first = found.next()?;
        // Between two nobody guesses.
        found
            .all(|other| other.label == first.label)
            .then_some(first)
    })
}

fn is(name: &str, form: &str) -> bool {
    name == form
}

/// "Mayor Ilse Brandt". "Otto Brandt" need not be Brandt.
fn has_a_title(name: &str, form: &str) -> bool {
    form.contains(' ') && ends_with(name, form)
}

fn is_the_end_of(name: &str, form: &str) -> bool {
    ends_with(form, name)
}

/// "Ilse M. Brandt".
fn has_the_same_ends(name: &str, form: &str) -> bool {
    let ends = |name: &str| {
        let (first, rest) = name.split_once(' ')?;
        let last = rest.rsplit(' ').next()?;
        Some((first.to_owned(), last.to_owned()))
    };
    ends(name).is_some_and(|ours| ends(form) == Some(ours))
}

/// Whether a name ends with these whole words, and has more.
fn ends_with(name: &str, words: &str) -> bool {
    let rest = name.strip_suffix(words);
    !words.is_empty() && rest.is_some_and(|rest| rest.ends_with(' '))
}

/// The words of a name on one line, without titles that are no part of it.
pub(super) fn bare(name: &str) -> String {
    let words: Vec<&str> = name.split_whitespace().collect();
    let is_title = |word: &&&str| TITLES.contains(&&*Topic::folded(word));
    let titles = words.iter().take_while(is_title).count();
    words[titles.min(words.len().saturating_sub(1))..].join(" ")
}

/// Whether this is a name as people have it, as far as its letters tell: two
/// words or more, which begin with capitals, or are in a script without them.
pub(super) fn is_name(bare: &str) -> bool {
    if bare.contains(|c: char| c.is_numeric() || ",;:!?()[]/@&\"“”«»".contains(c)) {
        return false;
    }
    let words: Vec<&str> = bare.split(' ').collect();
    let [first, middle @ .., last] = &words[..] else {
        return false;
    };
    let particle = |word: &&str| PARTICLES.contains(&&*Topic::folded(word));
    words.len() <= LONGEST
        && !ARTICLES.contains(&&*Topic::folded(first))
        && (is_capital(first) || particle(first))
        && is_capital(last)
        && middle.iter().all(|word| is_capital(word) || particle(word))
}

/// Whether a word begins as names do.
fn is_capital(word: &str) -> bool {
    let mut letters = word.chars().filter(|c| c.is_alphabetic());
    let Some(first) = letters.next() else {
        return false;
    };
    // "al-Masri", "d'Orra": a capital follows the particle.
    let after = |mark: char| {
        let rest = word.split_once(mark).map(|(_, rest)| rest);
        rest.is_some_and(|rest| rest.starts_with(char::is_uppercase))
    };
    !first.is_lowercase() || after('-') || after('\'') || after('’')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_told_from_descriptions() {
        for name in [
            "Ada Lindqvist",
            "Ines van der Falk",
            "J. P. Marlow",
            "Omar al-Masri",
            "Jeanne d'Orra",
            "Іван Заїка",
            "محمد صالح",
        ] {
            assert!(is_name(name), "{name}");
        }
        for description in [
            "a spokesman",
            "The Ministry",
            "police in Orra",
            "Mayor of Orra",
            "Die Sprecherin der Stadt",
            "Lindqvist",
            "spokeswoman Ada",
            "Ada Lindqvist, the mayor",
            "Witness 3",
            "",
        ] {
            assert!(!is_name(description), "{description}");
        }
        assert_eq!(bare("Dr. Ada  Lindqvist"), "Ada Lindqvist");
        assert_eq!(bare("Mr. Falk"), "Falk");
        assert_eq!(bare("Dr."), "Dr.");
    }

    #[test]
    fn an_articles_persons_are_known_by_any_of_their_names() {
        let person = |label: &str, others: &[&str]| Person {
            label: label.to_owned(),
            forms: [label]
                .iter()
                .chain(others)
                .map(|form| Topic::folded(form))
                .collect(),
        };
        let persons = [
            person("Ilse Brandt", &["Brandt"]),
            person("Ada Falk", &[]),
            person("Ines Falk", &[]),
        ];
        let known = |name| super::known(name, &persons).map(|person| &*person.label);
        assert_eq!(known("Mayor Ilse Brandt"), Some("Ilse Brandt"));
        assert_eq!(known("BRANDT"), Some("Ilse Brandt"));
        assert_eq!(known("Ilse M. Brandt"), Some("Ilse Brandt"));
        assert_eq!(known("Otto Brandt"), None);
        assert_eq!(known("Falk"), None, "there are two");
        assert_eq!(known("Ines Falk"), Some("Ines Falk"));
        assert_eq!(known("se Brandt"), None);
    }
}
