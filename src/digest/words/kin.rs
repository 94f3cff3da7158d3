//! Words of a language without tables: which are forms of one word, and which
//! are grammar, by what one article shows.
//!
//! Forms are words that start alike and end in a few letters of their own, as
//! in all languages that put endings to a stem. Grammar is short or stands in
//! every third sentence. A word that the article has once in small letters is
//! not what it is about.

use super::{Classes, Gap, Shape, Terms, Walk, Word};
use crate::digest::lang::{is_hangul, unspaced};
use unicode_normalization::char::is_combining_mark;

/// A stem has so many letters at least.
const STEM: usize = 4;

/// Words of so few letters are grammar; somewhat longer ones are if they mostly
/// open a clause, or stand in every third sentence, and not in the headline.
const GRAMMAR: usize = 3;
const FREQUENT_GRAMMAR: usize = 5;

/// Fewer sentences do not tell what stands in every third.
const SENTENCES: usize = 6;

/// A form of a word, with what the article shows of it.
struct Form {
    key: u64,
    folded: Vec<char>,
    count: usize,
    sentences: usize,
    titled: bool,
    /// How often it follows a comma, as what opens a clause does.
    opening: usize,
    /// Whether it is written small somewhere, or in a script without case.
    small: bool,
}

impl Form {
    /// Whether it has as few letters as grammar has. Hebrew leaves vowels out,
    /// and Indian scripts write them as marks.
    fn is_short(&self) -> bool {
        let letters = self.folded.len();
        let marks = self.folded.iter().filter(|c| is_combining_mark(**c));
        match self.folded.first() {
            Some('\u{590}'..='\u{5ff}') => letters < GRAMMAR,
            Some('\u{900}'..='\u{dff}') => letters < GRAMMAR || letters - marks.count() < 2,
            _ => letters - marks.count() <= GRAMMAR,
        }
    }
}

/// What an article's words are, by themselves.
struct Told {
    /// By the key of a form, sorted: the key of its stem, and what it is.
    forms: Vec<(u64, u64, Classes)>,
}

impl Walk {
    /// The words of a text and of its headline, with the stems and classes that
    /// the article itself tells.
    pub(in crate::digest) fn told(&self, text: &str, title: (&Walk, &str)) -> (Walk, Walk) {
        let told = Told::of([(self, text), title]);
        (told.walk(self), told.walk(title.0))
    }
}

impl Told {
    fn of(walks: [(&Walk, &str); 2]) -> Told {
        let mut forms = forms(walks);
        let sentences = walks[0].0.sentences.len();
        forms.sort_by(|one, other| one.folded.cmp(&other.folded));
        let mut told = Vec::with_capacity(forms.len());
        for family in families(&forms) {
            let count: usize = family.iter().map(|form| form.count).sum();
            let titled = family.iter().any(|form| form.titled);
            for form in family {
                let often = sentences >= SENTENCES && form.sentences * 3 >= sentences;
                let opens = form.opening > 1 && form.opening * 2 >= form.count;
                let grammar = form.is_short()
                    || form.folded.len() <= FREQUENT_GRAMMAR && (opens || often && !titled);
                let classes = if form.small && grammar {
                    Classes::STOP
                } else if form.small && count < 2 {
                    Classes::ADVERB
                } else {
                    Classes::default()
                };
                told.push((form.key, family[0].key, classes));
            }
        }
        told.sort_unstable_by_key(|(key, ..)| *key);
        Told { forms: told }
    }

    /// The same words, with what is told of them.
    fn walk(&self, walk: &Walk) -> Walk {
        let mut terms = Terms::default();
        let known = |word: &Word| {
            let at = self.forms.binary_search_by_key(&word.key, |(key, ..)| *key);
            at.map_or((word.term, Classes::default()), |at| {
                let (_, stem, classes) = self.forms[at];
                (stem, classes)
            })
        };
        let told = |word: &Word| {
            let (term, classes) = known(word);
            Word {
                term,
                id: terms.add(term),
                classes: word.classes.and(classes),
                ..*word
            }
        };
        Walk {
            words: walk.words.iter().map(told).collect(),
            sentences: walk.sentences.clone(),
            terms,
            told: true,
            ..Walk::default()
        }
    }
}

/// The different words of an article that are neither numbers nor of a script
/// that goes another way.
fn forms(walks: [(&Walk, &str); 2]) -> Vec<Form> {
    let mut places: Vec<(u64, bool, usize)> = Vec::new();
    for ((walk, text), title) in walks.into_iter().zip([false, true]) {
        let of_this_kind = |word: &Word| {
            let first = word.span.of(text).chars().next();
            let other = |c| unspaced(c).is_some() || is_hangul(c);
            word.shape != Shape::Number && !first.is_some_and(other)
        };
        let words = walk.words.iter().enumerate();
        places.extend(
            words
                .filter(|(_, word)| of_this_kind(word))
                .map(|(at, word)| (word.key, title, at)),
        );
    }
    places.sort_unstable();
    let groups = places.chunk_by(|one, other| one.0 == other.0);
    let form = |group: &[(u64, bool, usize)]| {
        let word = |(_, title, at): &(u64, bool, usize)| &walks[usize::from(*title)].0.words[*at];
        let body = || group.iter().filter(|(_, title, _)| !title).map(word);
        let (key, title, _) = group[0];
        let text = word(&group[0]).bare().of(walks[usize::from(title)].1);
        let sentences: Vec<u32> = body().map(|word| word.sentence).collect();
        Form {
            key,
            folded: text.chars().flat_map(char::to_lowercase).collect(),
            count: sentences.len(),
            sentences: sentences.chunk_by(|one, other| one == other).count(),
            titled: group.iter().any(|(_, title, _)| *title),
            opening: body().filter(|word| word.gap == Gap::Comma).count(),
            small: group.iter().map(word).any(|word| !word.is_capital()),
        }
    };
    groups.map(form).collect()
}

/// Sorted forms, brought together where they are of one word.
fn families(forms: &[Form]) -> impl Iterator<Item = &[Form]> {
    let mut rest = forms;
    std::iter::from_fn(move || {
        let first = &rest.first()?.folded;
        let (mut stem, mut longest, mut length) = (first.len(), first.len(), 1);
        for form in &rest[1..] {
            let word = &form.folded;
            let shared = first.iter().zip(word).take_while(|(a, b)| a == b).count();
            let shared = shared.min(stem);
            let most = longest.max(word.len());
            let endings = most - shared + (first.len().min(word.len()) - shared.min(word.len()));
            // The stem is longer than what they end in: no "informator".
            if shared < STEM || endings * 5 > shared * 4 {
                break;
            }
            (stem, longest, length) = (shared, most, length + 1);
        }
        let (family, others) = rest.split_at(length);
        rest = others;
        Some(family)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_of_one_word_are_brought_together() {
        let family = |words: &[&str]| -> Vec<usize> {
            let form = |word: &&str| Form {
                key: 0,
                folded: word.chars().collect(),
                count: 1,
                sentences: 1,
                titled: false,
                opening: 0,
                small: true,
            };
            let mut forms: Vec<Form> = words.iter().map(form).collect();
            forms.sort_by(|one, other| one.folded.cmp(&other.folded));
            families(&forms).map(<[Form]>::len).collect()
        };
        assert_eq!(family(&["latarnia", "latarni", "latarnię"]), [3]);
        assert_eq!(
            family(&["kirjastokeskus", "kirjastokeskuksen", "kirjastokeskukseen"]),
            [3]
        );
        assert_eq!(family(&["млин", "млина", "млині"]), [3]);
        assert_eq!(family(&["kontrola", "kontrast"]), [1, 1]);
        assert_eq!(family(&["rada", "radio"]), [1, 1]);
        assert_eq!(family(&["informacja", "informator"]), [1, 1]);
    }
}
