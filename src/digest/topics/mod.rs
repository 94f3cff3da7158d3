//! What an article is about: names and concepts, as an editor would tag it.
//!
//! `candidates` gathers what could be a topic: names, places, the concepts of
//! the language's table and, from `phrases`, runs of nouns. `rank` gives each a score from
//! shallow features. Here the best are chosen, no two of them for one thing.

mod candidates;
mod owner;
mod phrases;
mod rank;

use super::{
    lang::{Classes, Language, Pairs},
    names::{self, Name, unshouted},
    words::Walk,
};
use crate::{
    entry::{Topic, TopicKind},
    text::Text,
};
use candidates::{Candidate, Kind};
pub use owner::Rules;

/// What scores below this is noise. Set by eye on 25 newspaper articles: lower,
/// the last topics were phrases that somebody used once.
const WORTH: f32 = -3.0;

/// What topics are made from.
#[derive(Debug, Clone, Copy)]
pub(super) struct About<'a> {
    /// The topics that the article states for itself.
    pub(super) stated: &'a [String],
    /// The headline's words.
    pub(super) title: &'a Walk,
    /// The text and its words.
    pub(super) body: (&'a Text, &'a Walk),
    /// Who and what is named in it.
    pub(super) names: &'a [Name],
    /// Its authors, who are no topic.
    pub(super) byline: &'a [String],
    /// Its language.
    pub(super) lang: &'a Language,
}

/// At most `most` topics, the most important first; those that the article
/// states come before all others.
pub(super) fn topics(about: &About<'_>, most: usize) -> Vec<Topic> {
    let mut chosen: Vec<Chosen> = Vec::new();
    for stated in about.stated {
        let label = clean(stated);
        let terms = terms(&label, about.lang);
        if !label.is_empty() && chosen.iter().all(|chosen| chosen.terms != terms) {
            chosen.push(Chosen {
                label,
                kind: TopicKind::Other,
                terms,
            });
        }
    }
    chosen.truncate(most);
    let candidates = candidates::candidates(about);
    let scored = candidates
        .iter()
        .map(|candidate| (rank::score(candidate, about), candidate));
    let mut ranked: Vec<_> = scored.filter(|(score, _)| *score > WORTH).collect();
    ranked.sort_unstable_by(|(one, first), (other, second)| {
        let place = || first.place().cmp(&second.place());
        other.total_cmp(one).then_with(place)
    });
    for (_, candidate) in ranked {
        if chosen.len() >= most {
            break;
        }
        if is_outlet(candidate, about) {
            continue;
        }
        let label = label(candidate, about);
        let terms = terms(&label, about.lang);
        if label.is_empty() || is_author(&label, about) {
            continue;
        }
        if chosen.iter().all(|other| !is_double(&terms, &other.terms)) {
            let kind = kind(candidate, about);
            chosen.push(Chosen { label, kind, terms });
        }
    }
    chosen
        .into_iter()
        .map(|chosen| Topic {
            label: chosen.label,
            kind: chosen.kind,
            forms: Vec::new(),
        })
        .collect()
}

/// A topic that is taken.
struct Chosen {
    label: String,
    kind: TopicKind,
    /// The keys of its words' stems.
    terms: Vec<u64>,
}

fn kind(candidate: &Candidate, about: &About<'_>) -> TopicKind {
    match candidate.kind {
        Kind::Place(_) => TopicKind::Place,
        Kind::Known(_) => TopicKind::Organization,
        Kind::Concept(_) | Kind::Phrase => TopicKind::Concept,
        Kind::Name(at) => match about.names[at].kind {
            names::Kind::Person => TopicKind::Person,
            names::Kind::Organization => TopicKind::Organization,
            names::Kind::Place => TopicKind::Place,
            names::Kind::Unknown => TopicKind::Other,
        },
    }
}

/// Whether two topics are for one thing: the words of one are all in the other,
/// one after the other.
fn is_double(one: &[u64], other: &[u64]) -> bool {
    let within = |short: &[u64], long: &[u64]| {
        short.is_empty() || long.windows(short.len()).any(|part| part == short)
    };
    within(one, other) || within(other, one)
}

fn is_author(label: &str, about: &About<'_>) -> bool {
    let same = |name: &String| name.eq_ignore_ascii_case(label);
    about.byline.iter().any(same)
}

fn terms(label: &str, lang: &Language) -> Vec<u64> {
    label
        .split(|c: char| c.is_whitespace())
        .map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()))
        .filter(|word| !word.is_empty())
        .map(|word| lang.term(word))
        .collect()
}

/// A topic as readers see it: on one line, without control characters.
fn clean(topic: &str) -> String {
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
fn label(candidate: &Candidate, about: &About<'_>) -> String {
    let (text, walk) = about.body;
    match candidate.kind {
        Kind::Place(canonical) | Kind::Known(canonical) | Kind::Concept(canonical) => {
            canonical.to_owned()
        }
        Kind::Name(at) => name_label(&about.names[at].form, about.lang),
        Kind::Phrase => {
            let words = &walk.words[candidate.words()];
            let (Some(first), Some(last)) = (words.first(), words.last()) else {
                return String::new();
            };
            let start = first.span.range().start;
            let words = clean(&text.plain[start..last.bare().range().end]);
            capitalized(&unshouted(&words))
        }
    }
}

/// A name without the article in front of it, and not in capitals where they
/// are a dateline's ("ABIDJAN") rather than an abbreviation's.
fn name_label(form: &str, lang: &Language) -> String {
    /// Abbreviations that are read as words are seldom longer ("UNICEF" is in
    /// the table).
    const LONGEST_ACRONYM: usize = 5;
    let form = clean(form);
    let form = match form.split_once(' ') {
        Some((first, rest)) if lang.is(first, Classes::DETERMINER) => rest,
        _ => &form,
    };
    let loud = |word: &str| word.chars().all(char::is_uppercase);
    let words = || form.split(' ');
    if words().all(loud) && words().any(|word| word.chars().count() > LONGEST_ACRONYM) {
        let quiet: Vec<_> = words()
            .map(|word| capitalized(&word.to_lowercase()))
            .collect();
        return quiet.join(" ");
    }
    form.to_owned()
}

fn capitalized(label: &str) -> String {
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
fn is_outlet(candidate: &Candidate, about: &About<'_>) -> bool {
    let key = candidates::joined(&about.body.1.words[candidate.words()]);
    let outlet = key.and_then(|key| about.lang.canonical(Pairs::Outlet, key));
    matches!(candidate.kind, Kind::Name(_) | Kind::Phrase) && outlet.is_some()
}
