//! What an article is about: names and concepts, as an editor would tag it.
//!
//! `candidates` gathers what could be a topic: names, places, the concepts of
//! the language's table and, from `phrases`, runs of nouns. `rank` gives each a score from
//! shallow features. Here the best are chosen, no two of them for one thing.
//! `label` tells how each is shown and what kind of thing it is, and `forms`
//! what else the article calls it.

mod akin;
mod candidates;
mod doubles;
mod forms;
mod known;
mod label;
mod ngrams;
mod nouns;
mod owner;
mod phrases;
mod rank;
mod told;

use super::{lang::Language, names::Name, words::Walk};
use crate::{
    entry::{Topic, TopicKind},
    text::Text,
};
use candidates::{Candidate, Kind, Owner};
use label::{clean, is_author, is_outlet, kind, label, meant};
pub use owner::Rules;

/// What scores this much less than the best topic is noise: phrases that somebody
/// used once in an article about something else. Set by eye.
const WORSE: f32 = 3.5;

/// The topics of the shortest article, and the words that make another one: a
/// brief is about few things.
const SHORTEST: usize = 5;
const EACH: usize = 20;

/// The longest topic, in characters: what is longer is no name that a reader
/// would look for. Those that an article states are kept as they are.
const LONGEST_LABEL: usize = 60;

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
        let terms = terms(&meant(&label, about), about);
        if !label.is_empty() && chosen.iter().all(|chosen| chosen.terms != terms) {
            chosen.push(Chosen {
                label,
                kind: TopicKind::Other,
                terms,
                plain: false,
            });
        }
    }
    chosen.truncate(most);
    if ngrams::applies(about) {
        return ngrams::topics(about, chosen, most);
    }
    let most = most.min(SHORTEST + about.body.1.words.len() / EACH);
    let candidates = candidates::candidates(about);
    let length = rank::Length::of(about);
    let sure = candidates
        .iter()
        .filter(|candidate| told::is_sure(candidate, about));
    let scored = sure.map(|candidate| (rank::score(candidate, length, about), candidate));
    let mut ranked: Vec<_> = scored.collect();
    let best = ranked
        .iter()
        .map(|(score, _)| *score)
        .max_by(f32::total_cmp);
    let least = best.unwrap_or_default() - WORSE;
    ranked.retain(|(score, _)| *score >= least);
    ranked.sort_unstable_by(|(one, first), (other, second)| {
        let place = || first.place().cmp(&second.place());
        other.total_cmp(one).then_with(place)
    });
    for (_, candidate) in ranked {
        if chosen.len() >= most {
            break;
        }
        if is_outlet(candidate, about) || is_shadow(candidate, about) {
            continue;
        }
        let label = label(candidate, about);
        let terms = terms(&label, about);
        let too_long = label.chars().count() > LONGEST_LABEL;
        if label.is_empty() || too_long || is_author(&label, candidate, about) {
            continue;
        }
        let kind = kind(candidate, about);
        let topic = Chosen {
            plain: matches!(candidate.kind, Kind::Phrase | Kind::Concept(_)),
            label,
            kind,
            terms,
        };
        if !chosen.iter().any(|other| doubles::is_double(&topic, other)) {
            chosen.push(topic);
        }
    }
    let mut topics = shown(chosen);
    forms::fill(&mut topics, about);
    topics
}

fn shown(chosen: Vec<Chosen>) -> Vec<Topic> {
    let topic = |chosen: Chosen| Topic {
        label: chosen.label,
        kind: chosen.kind,
        forms: Vec::new(),
    };
    chosen.into_iter().map(topic).collect()
}

/// A topic that is taken.
struct Chosen {
    label: String,
    kind: TopicKind,
    /// The keys of its words' stems.
    terms: Vec<u64>,
    /// Whether it is no name.
    plain: bool,
}

/// Whether a phrase says something in passing of an organization that the article
/// is about ("NATO headquarters").
fn is_shadow(candidate: &Candidate, about: &About<'_>) -> bool {
    /// So many times as often it is named.
    const MORE: u32 = 3;
    let walk = about.body.1;
    let first = &walk.words[candidate.words().start];
    let uses = walk.terms.counts[first.id as usize];
    candidate.opens == Owner::Organization && uses >= MORE * candidate.count
}

fn terms(label: &str, about: &About<'_>) -> Vec<u64> {
    label
        .split(|c: char| c.is_whitespace() || c == '-')
        .map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()))
        .filter(|word| !word.is_empty())
        .map(|word| told::stem(about.lang.term(word), about))
        .collect()
}
