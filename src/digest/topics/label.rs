//! How a topic is shown, and what kind of thing it is.

use super::{
    About,
    candidates::{self, Candidate, Kind},
    forms::of_name,
    nouns::{standing_alone, with_nominative},
    told,
};
use crate::{
    digest::{
        lang::{Language, Pairs, is_city, join, key},
        names::{self, unshouted},
        words::Word,
    },
    entry::TopicKind,
};

pub(super) fn kind(candidate: &Candidate, about: &About<'_>) -> TopicKind {
    match candidate.kind {
        Kind::Place(_) => TopicKind::Place,
        Kind::Known(_) => TopicKind::Organization,
        Kind::Phrase if is_city_there(candidate, about) => TopicKind::Place,
        Kind::Concept(_) | Kind::Phrase => TopicKind::Concept,
        Kind::Name(at) => of_name(&about.names[at]),
    }
}

/// Whether a run of nouns is a city's name, which only the list of them tells
/// where all nouns have capitals.
fn is_city_there(candidate: &Candidate, about: &About<'_>) -> bool {
    let words = &about.body.1.words[candidate.words()];
    words.iter().all(Word::is_capital) && candidates::joined(words).is_some_and(is_city)
}

/// What the tables know under this wording: its canonical form and kind.
pub(super) fn known(label: &str, lang: &Language) -> Option<(&'static str, TopicKind)> {
    let keys = label.split_whitespace().map(|word| {
        let word = bare(word);
        let key = key(word);
        [key, lang.term_of(word, key)]
    });
    let keys = keys.reduce(|first, next| [join(first[0], next[0]), join(first[1], next[1])])?;
    let tables = [
        (Pairs::Place, TopicKind::Place),
        (Pairs::Organization, TopicKind::Organization),
        (Pairs::Concept, TopicKind::Concept),
    ];
    tables.into_iter().find_map(|(pairs, kind)| {
        let mut keys = keys.iter();
        let canonical = keys.find_map(|key| lang.canonical(pairs, *key))?;
        Some((canonical, kind))
    })
}

/// A word as it is looked up: "U.S" for "U.S.".
pub(super) fn bare(word: &str) -> &str {
    word.trim_end_matches('.')
}

/// What is meant by a topic that the article states: the name or the thing of
/// the tables that it is a form of, else itself.
pub(super) fn meant(stated: &str, about: &About<'_>) -> String {
    if let Some((canonical, _)) = known(stated, about.lang) {
        return canonical.to_owned();
    }
    let (text, walk) = about.body;
    let name = about.names.iter().find(|name| name.is_called(stated, text));
    name.map_or_else(
        || stated.to_owned(),
        |name| name.label(text, walk, about.lang),
    )
}

/// A topic as readers see it: on one line, without control characters.
pub(super) fn clean(topic: &str) -> String {
    let mut line = String::with_capacity(topic.len());
    let words = topic.split(|c: char| c.is_whitespace() || c.is_control());
    for word in words.filter(|word| !word.is_empty()) {
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    line
}

/// The form in which a candidate is shown.
pub(super) fn label(candidate: &Candidate, about: &About<'_>) -> String {
    let (text, walk) = about.body;
    match candidate.kind {
        Kind::Place(canonical) | Kind::Known(canonical) | Kind::Concept(canonical) => {
            canonical.to_owned()
        }
        Kind::Name(at) => {
            let name = &about.names[at];
            if let Some(form) = told::form(candidate, about) {
                return clean(form);
            }
            let label = capitalized(&name.label(text, walk, about.lang));
            let inflected = name.kind != names::Kind::Person && about.lang.capitalizes_nouns();
            let base = inflected.then(|| standing_alone(candidate.words(), &label, about));
            let label = base.flatten().unwrap_or(label);
            if inflected {
                with_nominative(candidate.words(), label, about)
            } else {
                label
            }
        }
        Kind::Phrase => {
            let words = &walk.words[candidate.words()];
            let (Some(first), Some(last)) = (words.first(), words.last()) else {
                return String::new();
            };
            let start = first.span.range().start;
            let words = &text.plain[start..last.bare().range().end];
            let words = clean(told::form(candidate, about).unwrap_or(words));
            let label = capitalized(&unshouted(&words));
            let base = standing_alone(candidate.words(), &label, about);
            with_nominative(candidate.words(), base.unwrap_or(label), about)
        }
    }
}

/// A label with its first letter as a capital, as topics have it.
pub(super) fn capitalized(label: &str) -> String {
    let mut letters = label.chars();
    match letters.next() {
        // "iPhone" keeps its first letter.
        Some(first) if !letters.clone().next().is_some_and(char::is_uppercase) => {
            let mut shown = String::with_capacity(label.len());
            shown.extend(first.to_uppercase());
            shown.push_str(letters.as_str());
            shown
        }
        _ => label.to_owned(),
    }
}

/// Whether a name is a paper's, an agency's or a station's.
pub(super) fn is_outlet(candidate: &Candidate, about: &About<'_>) -> bool {
    let key = candidates::joined(&about.body.1.words[candidate.words()]);
    let outlet = key.and_then(|key| about.lang.canonical(Pairs::Outlet, key));
    matches!(candidate.kind, Kind::Name(_) | Kind::Phrase) && outlet.is_some()
}

/// Whether a name is an author's, in whatever form: "Ann Lee" and "Lee", though
/// the byline has "Ann B. Lee".
pub(super) fn is_author(label: &str, candidate: &Candidate, about: &About<'_>) -> bool {
    let named = matches!(candidate.kind, Kind::Name(_));
    let same = |name: &String| name.eq_ignore_ascii_case(label) || named && is_called(name, label);
    about.byline.iter().any(same)
}

/// Whether somebody may be called by a form: the surname alone, or with the same
/// first name or its initial.
fn is_called(name: &str, form: &str) -> bool {
    let (mut full, mut short) = (name.split_whitespace(), form.split_whitespace());
    let (Some(full), Some(surname)) = (full.next().zip(full.next_back()), short.next_back()) else {
        return false;
    };
    let Some(given) = short.next() else {
        return full.1.to_lowercase() == surname.to_lowercase();
    };
    let initial = |word: &str| word.trim_end_matches('.').chars().count() == 1;
    let alike = if initial(given) || initial(full.0) {
        given.chars().next() == full.0.chars().next()
    } else {
        given.to_lowercase() == full.0.to_lowercase()
    };
    alike && full.1.to_lowercase() == surname.to_lowercase()
}
