//! How a name is written where it stands alone: in its most used full form,
//! without titles, with a space behind initials, and not in capitals.

use super::{Bounds, Kind, Name, range};
use crate::{
    digest::{
        lang::{Classes, Language, Trait, key},
        words::{Gap, Walk, Word},
    },
    text::{Span, Text},
};
use std::ops::Range;

/// Abbreviations that are read as words are seldom longer ("UNICEF" is in the
/// tables).
const LONGEST_ACRONYM: usize = 5;

impl Name {
    /// The name as an editor would write it: of its full forms the one that is
    /// used most, of equals the first.
    pub(in crate::digest) fn label(&self, text: &Text, walk: &Walk, lang: &Language) -> String {
        let plain = &text.plain;
        // The case of a mention is not the name's.
        if self.bounds == Bounds::Given || lang.does(Trait::INFLECTED_NAMES) {
            return quiet(&spelled(&self.form), lang);
        }
        let mut forms: Vec<(String, u32)> = Vec::new();
        let owned = self.is_owned(walk);
        for words in self.words.iter().filter(|words| self.is_full(words, walk)) {
            let mut span = full_span(words, walk, plain);
            if owned {
                span.end = walk.words[words.end as usize - 1].span.end;
            }
            let form = spelled(span.of(plain));
            match forms.iter_mut().find(|(known, _)| *known == form) {
                Some((_, uses)) => *uses += 1,
                None => forms.push((form, 1)),
            }
        }
        let shouted = |form: &str| form.contains(' ') && !form.contains(char::is_lowercase);
        let rank =
            |(at, (form, uses)): &(usize, &(String, u32))| (!shouted(form), *uses, usize::MAX - at);
        let best = forms.iter().enumerate().max_by_key(rank);
        let best = best.map_or_else(|| spelled(&self.form), |(_, (form, _))| form.clone());
        quiet(&best, lang)
    }

    /// Whether it ends in "'s" itself: "Moody's" is never without, and has
    /// nothing behind it somewhere.
    fn is_owned(&self, walk: &Walk) -> bool {
        let possessive = |words: &Range<u32>| walk.words[words.end as usize - 1].is_possessive();
        let nothing = Classes::STOP
            .and(Classes::PREPOSITION)
            .and(Classes::SPEECH)
            .and(Classes::AUXILIARY);
        let lone = |words: &Range<u32>| {
            let next = walk.words.get(words.end as usize);
            next.is_none_or(|next| next.gap != Gap::Space || next.classes.any(nothing))
        };
        matches!(self.kind, Kind::Organization | Kind::Unknown)
            && self.words.iter().all(possessive)
            && self.words.iter().any(lone)
    }

    /// The forms that the article has for it, and where each stands.
    pub(in crate::digest) fn forms(&self, text: &Text) -> impl Iterator<Item = (u32, String)> {
        let plain = &text.plain;
        self.mentions
            .iter()
            .map(|span| (span.start, spelled(span.of(plain))))
    }

    /// Whether the article has this form for it, or it is a person's surname.
    pub(in crate::digest) fn is_called(&self, form: &str, text: &Text) -> bool {
        let surname = self.kind == Kind::Person && self.keys.last() == Some(&key(form));
        let form = form.to_lowercase();
        surname
            || self
                .forms(text)
                .any(|(_, known)| known.to_lowercase() == form)
    }

    /// Whether its label may end in a word of one of these keys.
    pub(in crate::digest) fn may_end(&self, keys: &[u64]) -> bool {
        // "Moody's" and "Jr." are not what a name's keys have.
        let known = || self.keys.last().is_some_and(|last| keys.contains(last));
        self.bounds == Bounds::Given || self.keys.len() != 2 || known()
    }

    /// Whether a mention has the name in full, from its first word to its last.
    fn is_full(&self, words: &Range<u32>, walk: &Walk) -> bool {
        let words = &walk.words[range(words)];
        let (Some(first), Some(last)) = (self.keys.first(), self.keys.last()) else {
            return false;
        };
        let is = |word: &Word, key: u64| word.key == key;
        // What stands behind the last word is "Jr." or the like.
        let ends = words.iter().rev().take(2).any(|word| is(word, *last));
        words.len() >= self.keys.len().min(2) && is(&words[0], *first) && ends
    }
}

/// Where a mention stands, with the period of "Tom Roe Jr.".
fn full_span(words: &Range<u32>, walk: &Walk, plain: &str) -> Span {
    let words = &walk.words[range(words)];
    let last = &words[words.len() - 1];
    let end = last.bare().end;
    let short = words.len() > 1 && last.classes.any(Classes::ABBREVIATION);
    let dot = u32::from(short && plain[end as usize..].starts_with('.'));
    Span {
        start: words[0].span.start,
        end: end + dot,
    }
}

/// A name without the article in front of it, and not in capitals where they
/// are a dateline's ("ABIDJAN") rather than an abbreviation's.
fn quiet(form: &str, lang: &Language) -> String {
    let form = match form.split_once(' ') {
        Some((first, rest)) if lang.is(first, Classes::DETERMINER) => rest,
        _ => form,
    };
    let loud = |word: &str| word.chars().all(char::is_uppercase);
    let words = || form.split(' ');
    if words().all(loud) && words().any(|word| word.chars().count() > LONGEST_ACRONYM) {
        let quiet: Vec<_> = words().map(lowered).collect();
        return quiet.join(" ");
    }
    form.to_owned()
}

/// A word with its first letter as a capital only.
fn lowered(word: &str) -> String {
    let mut letters = word.chars();
    let first = letters.next().into_iter().flat_map(char::to_uppercase);
    first
        .chain(letters.flat_map(char::to_lowercase))
        .collect::<String>()
}

/// A name as it is spelled: white space folded, not in capitals throughout, and
/// with a space behind an initial: "Anna K. Roe" for "Anna K.Roe".
pub(in crate::digest) fn spelled(form: &str) -> String {
    let folded = unshouted(&shown(form));
    if !folded.contains('.') {
        return folded;
    }
    let mut spelled = String::with_capacity(folded.len() + 2);
    let mut letters = folded.chars().peekable();
    let mut inside = false;
    while let Some(letter) = letters.next() {
        spelled.push(letter);
        if letter == '.' && inside && letters.peek().is_some_and(|next| next.is_uppercase()) {
            let mut next = letters.clone().skip(1);
            if next.next().is_some_and(char::is_lowercase) {
                spelled.push(' ');
            }
        }
        inside = letter.is_alphabetic();
    }
    spelled
}

/// A name as others are set, where it is set in capitals: "MARROW POINT" in a
/// dateline, "ANN LEE" in a byline. Single words and short names stay, which
/// may be acronyms.
pub(in crate::digest) fn unshouted(name: &str) -> String {
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
pub(super) fn shown(form: &str) -> String {
    let mut shown = String::with_capacity(form.len());
    for word in form.split_whitespace() {
        if !shown.is_empty() {
            shown.push(' ');
        }
        shown.push_str(word);
    }
    shown
}
