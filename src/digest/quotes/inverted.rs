//! Clauses of languages whose finite verb stands second: "…", stellte Lee fest;
//! Dazu sagte Lee: "…".
//!
//! After a quotation the verb comes first, whichever it is, and its subject
//! next. Before one the subject opens the sentence or follows the verb, and the
//! case of its determiner tells which of two it is.

use super::{
    behind::verb_of,
    leads::named,
    phrases::Phrase,
    scene::{Scene, Who},
};
use crate::{
    digest::{
        lang::{Classes, Trait},
        words::{Gap, Shape},
    },
    text::Span,
};
use std::ops::Range;

/// The most words between a verb and its subject.
const BETWEEN: usize = 8;

/// How many words before the quotation a verb of saying may stand that no colon
/// follows.
const NEAR: usize = 12;

/// Who speaks in a clause after a quotation. `held` tells that the quotation is
/// held open by a comma or another mark, so that a verb must follow.
pub(super) fn after(scene: &Scene, clause: Range<usize>, held: bool) -> Option<Who> {
    let mut start = clause.start;
    if scene.is(start, Classes::SOURCE) && start + 1 < clause.end {
        start += 1;
        if !is_verb(scene, start) {
            return Some(shown(scene, start, &source(scene, start, clause.end)?));
        }
    }
    let small = Classes::ADVERB.and(Classes::AND).and(Classes::THAT);
    while start + 1 < clause.end && scene.is(start, small) && scene.mention_at(start).is_none() {
        start += 1;
    }
    let spoken = scene.is_speech(start)
        // "..., hatte Lee gesagt": the verb of saying ends the clause.
        || scene.is(start, Classes::AUXILIARY) && clause.clone().any(|at| scene.is_speech(at));
    if spoken || held && is_verb(scene, start) {
        let (at, phrase) = behind(scene, start, clause.end)?;
        let named = !matches!(phrase.who, Who::Described(_)) || phrase.sure;
        return (spoken || named).then(|| shown(scene, at, &phrase));
    }
    let phrase = scene.phrase(start, clause.end)?;
    // "..., dem Sprecher zufolge".
    let postposed = phrase.words.end < clause.end && scene.is(phrase.words.end, Classes::SOURCE);
    (postposed || verb_of(scene, &phrase, clause.end).is_some())
        .then(|| shown(scene, start, &phrase))
}

/// Who speaks in a clause that leads in to words.
pub(super) fn lead_in(scene: &Scene, clause: Range<usize>, colon: bool, full: bool) -> Option<Who> {
    let start = clause.start;
    let sourced = |at: &usize| {
        scene.is(*at, Classes::SOURCE)
            && (*at == start
                || scene.is(*at, Classes::PREPOSITION)
                || scene.is(*at - 1, Classes::PREPOSITION))
    };
    if let Some(at) = clause.clone().find(sourced)
        && let Some(phrase) = source(scene, at + 1, clause.end)
    {
        return Some(shown(scene, at + 1, &phrase));
    }
    let verb = clause.clone().rev().find(|at| scene.is_speech(*at));
    let Some(verb) = verb else {
        return if colon {
            introduced(scene, &clause)
        } else {
            None
        };
    };
    if !colon && full && clause.end - verb > NEAR {
        return None;
    }
    let (at, phrase) = subject(scene, &clause, verb)?;
    Some(shown(scene, at, &phrase))
}

/// Who speaks in a clause that ends in a colon and has no verb of saying: "Lee
/// am Montag: ...", "Hier sparte der Minister nicht mit Kritik: ..."
fn introduced(scene: &Scene, clause: &Range<usize>) -> Option<Who> {
    if let Some((at, phrase)) = front(scene, clause) {
        let told = phrase.sure || is_full_name(scene, &phrase);
        return told.then(|| shown(scene, at, &phrase));
    }
    if clause.len() <= 2 {
        let phrase = named(scene, clause.clone()).filter(|phrase| phrase.sure);
        return phrase.map(|phrase| phrase.who);
    }
    let opening = clause.start..clause.end.min(clause.start + BETWEEN);
    let subject = opening
        .filter(|at| is_verb(scene, *at))
        .find_map(|at| behind(scene, at, clause.end))
        .filter(|(_, phrase)| phrase.sure);
    subject.map(|(at, phrase)| shown(scene, at, &phrase))
}

/// The subject of a clause with a verb of saying at `verb`, and where it stands.
fn subject(scene: &Scene, clause: &Range<usize>, verb: usize) -> Option<(usize, Phrase)> {
    let front = front(scene, clause);
    let from = front
        .as_ref()
        .map_or(clause.start, |(_, phrase)| phrase.words.end);
    // The finite verb may be an auxiliary, and the verb of saying last.
    let finite = (from..verb)
        .find(|at| scene.is(*at, Classes::AUXILIARY) && scene.mention_at(*at).is_none())
        .unwrap_or(verb);
    // "In dem Brief heißt es: ..."
    let nobody = |verb: usize| verb + 1 < clause.end && scene.is(verb + 1, Classes::IMPERSONAL);
    if scene.is(clause.start, Classes::PREPOSITION) && (nobody(finite) || nobody(verb)) {
        return document(scene, clause.start, finite);
    }
    // "Er äußerte Bedenken: ..." has a thing there; "Dazu sagte Lee: ..." ends
    // with who spoke.
    let spoke =
        |found: &(usize, Phrase)| !is_bare(found.0, &found.1) || found.1.words.end == clause.end;
    let follows = || {
        let found = behind(scene, finite, clause.end).filter(spoke);
        found.or_else(|| behind(scene, verb, clause.end).filter(spoke))
    };
    let Some((at, phrase)) = front else {
        return follows();
    };
    if is_named(&phrase) || is_full_name(scene, &phrase) {
        return Some((at, phrase));
    }
    // "Der Zeitung sagte Lee": what is described may be spoken to.
    let direct = phrase.words.end == finite;
    let other = follows().filter(|(_, other)| {
        matches!(other.who, Who::Name(_)) || other.sure && (is_named(other) || !phrase.sure)
    });
    let named = other.filter(|_| direct || !phrase.sure);
    named.or_else(|| (phrase.sure || direct).then_some((at, phrase)))
}

/// Whether a phrase is a name of several words, as hardly any nouns are.
fn is_full_name(scene: &Scene, phrase: &Phrase) -> bool {
    matches!(phrase.who, Who::Name(name) if scene.names[name].form.contains(' '))
}

fn is_named(phrase: &Phrase) -> bool {
    phrase.sure && !matches!(phrase.who, Who::Described(_))
}

/// The subject that opens a clause, and where it stands.
fn front(scene: &Scene, clause: &Range<usize>) -> Option<(usize, Phrase)> {
    let mut at = clause.start;
    while at + 1 < clause.end && scene.is(at, Classes::AND) {
        at += 1;
    }
    let finite = |at: usize| scene.is_speech(at) || scene.is(at, Classes::AUXILIARY);
    // "Auch der Minister sagte": were the adverb alone, the verb would follow.
    if at + 1 < clause.end && scene.is(at, Classes::ADVERB) && !finite(at + 1) {
        at += 1;
    }
    if is_oblique(scene, at) {
        return None;
    }
    let phrase = scene.phrase(at, clause.end)?;
    let known = phrase.sure || !is_bare(at, &phrase);
    let free = scene.word(at).classes.is_none();
    let told = free && phrase.words.end < clause.end && finite(phrase.words.end);
    (known || told).then_some((at, phrase))
}

/// Whether a phrase is one word that nothing shows to mean somebody.
fn is_bare(at: usize, phrase: &Phrase) -> bool {
    matches!(phrase.who, Who::Described(_)) && phrase.words.end == at + 1 && !phrase.sure
}

/// The subject behind the verb at `verb`, and where it stands.
fn behind(scene: &Scene, verb: usize, last: usize) -> Option<(usize, Phrase)> {
    let mut at = verb + 1;
    while at < last && at <= verb + BETWEEN && scene.word(at).gap == Gap::Space {
        if scene.is_quoted(at) {
            return None;
        }
        let named = scene.mention_at(at).is_some() || scene.is(at, Classes::SUBJECT);
        if !named && scene.is(at, Classes::IMPERSONAL) {
            return document(scene, at + 1, last);
        }
        let passed = Classes::ADVERB.and(Classes::AUXILIARY).and(Classes::SOURCE);
        if named || !(is_oblique(scene, at) || scene.is(at, passed)) {
            // "Lee später", where "Lee" is known from nowhere else.
            let phrase = scene
                .phrase(at, last)
                .or_else(|| scene.phrase(at, at + 1))?;
            return Some((at, phrase));
        }
        at = past(scene, at, last);
    }
    None
}

/// What a clause without a subject names as saying so: "heißt es in der
/// Mitteilung".
pub(super) fn document(scene: &Scene, at: usize, last: usize) -> Option<(usize, Phrase)> {
    let end = last.min(at + BETWEEN);
    let link = (at..end).find(|at| scene.is(*at, Classes::PREPOSITION))?;
    let at = link + 1;
    let phrase = scene.phrase(at, last)?;
    Some((at, phrase))
}

/// One past what tells only when somebody spoke: "сказал в понедельник Петров".
pub(super) fn past_time(scene: &Scene, at: usize, last: usize) -> usize {
    let time = Classes::DAY.and(Classes::MONTH);
    let is = |at: usize, class| at < last && scene.is(at, class);
    if scene.lang.does(Trait::VERB_SECOND) || at >= last || scene.mention_at(at).is_some() {
        return at;
    }
    let governed = is(at, Classes::PREPOSITION.and(Classes::DEFINITE)) && is(at + 1, time);
    let past = at + usize::from(governed) + usize::from(governed || is(at, time));
    // In "said the Tuesday edition" the day is no time by itself.
    let people = Classes::DETERMINER.and(Classes::ROLE).and(Classes::TITLE);
    let starts = past < last && (is(past, people) || scene.mention_at(past).is_some());
    if starts { past } else { at }
}

/// Who is meant behind a word that names a source, whatever its case.
fn source(scene: &Scene, at: usize, last: usize) -> Option<Phrase> {
    let linked = at < last && scene.is(at, Classes::PREPOSITION) && scene.mention_at(at).is_none();
    let at = at + usize::from(linked);
    let phrase = scene.phrase(at, last);
    phrase.or_else(|| scene.phrase(at, last.min(at + 1)))
}

/// One past what is no subject: a word, or a phrase in another case or behind
/// a preposition.
fn past(scene: &Scene, at: usize, last: usize) -> usize {
    let noun = |at: usize| scene.word(at).shape != Shape::Lower;
    if !is_oblique(scene, at) {
        return at + 1;
    }
    let governed = scene.is(at, Classes::PREPOSITION);
    // A pronoun ("sich", "ihm") governs nothing.
    if !governed && !scene.is(at, Classes::DETERMINER) {
        return at + 1;
    }
    let inner = |at: &usize| {
        !noun(*at) && scene.word(*at).gap == Gap::Space && !scene.is(*at, Classes::SUBJECT)
    };
    let end = (at + 1..last).find(|at| !inner(at)).unwrap_or(last);
    if end == last || scene.word(end).gap != Gap::Space {
        return at + 1;
    }
    match scene.mention_at(end) {
        Some(mention) => mention.words.end.max(end + 1),
        None => end + 1,
    }
}

/// Whether a phrase that starts here is in another case than subjects are.
fn is_oblique(scene: &Scene, at: usize) -> bool {
    let oblique = Classes::OBLIQUE.and(Classes::PREPOSITION);
    scene.mention_at(at).is_none() && scene.is(at, oblique) && !scene.is(at, Classes::SUBJECT)
}

/// Whether a word that follows a quotation may be a finite verb: a small word
/// that is nothing else.
fn is_verb(scene: &Scene, at: usize) -> bool {
    let other = Classes::STOP
        .and(Classes::PREPOSITION)
        .and(Classes::CONNECTIVE)
        .and(Classes::ADVERB)
        .and(Classes::RELATIVE)
        .and(Classes::DETERMINER)
        .and(Classes::SOURCE)
        .and(Classes::ADJECTIVE)
        .and(Classes::PERSON);
    let word = scene.word(at);
    let known = Classes::SPEECH.and(Classes::AUXILIARY);
    word.shape == Shape::Lower && (word.classes.any(known) || !word.classes.any(other))
}

/// Who a phrase means; a description goes without the small words behind it,
/// which belong to the verb.
fn shown(scene: &Scene, at: usize, phrase: &Phrase) -> Who {
    let Who::Described(span) = phrase.who else {
        return phrase.who;
    };
    let capital = scene.lang.capitalizes_nouns();
    let small = Classes::OBLIQUE.and(Classes::ADVERB);
    let noun = (at..phrase.words.end).rev().find(|at| {
        let named = scene.word(*at).shape != Shape::Lower;
        let noun = named || !capital && !scene.is(*at, small);
        noun && scene.word(*at).span.start < span.end
    });
    let Some(noun) = noun.filter(|noun| *noun > at || !scene.is(at, Classes::DETERMINER)) else {
        return phrase.who;
    };
    Who::Described(Span {
        start: span.start,
        end: scene.word(noun).bare().end.min(span.end),
    })
}
