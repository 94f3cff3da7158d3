//! Who speaks in a clause behind words: "..., said Lee", "..., Lee said".

use super::{
    attribution::{Attribution, Rule},
    inverted::{document, past_time},
    phrases::Phrase,
    scene::{Scene, Who},
};
use crate::digest::{
    lang::Classes,
    names::Kind,
    words::{Gap, Shape},
};
use std::ops::Range;

/// The most words between a speaker and the verb of saying.
const CLAUSE: usize = 40;

/// The longest description with the clause that belongs to it, in words.
const DESCRIBED: usize = 16;

/// Who speaks in a clause behind words.
pub(super) fn told_in(scene: &Scene, clause: &Range<usize>, quote: &str) -> Option<Attribution> {
    let last = clause.end;
    let mut start = clause.start;
    if scene.is(start, Classes::SOURCE) {
        let skip = usize::from(start + 1 < last && scene.is(start + 1, Classes::PREPOSITION));
        let phrase = scene.phrase(start + 1 + skip, last)?;
        return Some(Attribution::told(
            scene,
            fuller(scene, &phrase, last, true),
            Rule::SourceFollows,
            start..phrase.words.end,
        ));
    }
    if is_agent(scene, start) && is_called(scene, start) {
        let phrase = scene.phrase(start + 1, last)?;
        return Some(Attribution::told(
            scene,
            phrase.who,
            Rule::Agent,
            start..phrase.words.end,
        ));
    }
    let mut joined = false;
    while start + 1 < last
        && scene.is(
            start,
            Classes::ADVERB.and(Classes::AUXILIARY).and(Classes::AND),
        )
        && !scene.is_speech(start)
        && scene.mention_at(start).is_none()
    {
        joined |= scene.is(start, Classes::AND);
        start += 1;
    }
    // “...” and stressed its importance, “...,” and Lee said: another clause.
    if joined {
        return None;
    }
    let verb = scene.is_speech(start) || is_verb_like(scene, start, quote, last);
    if verb {
        // “...,” adding: its subject is the sentence's.
        if scene.is(start, Classes::PARTICIPLE) {
            return None;
        }
        return behind_verb(scene, start, last);
    }
    let held = quote.ends_with([',', '?', '!']) || scene.word(start).gap == Gap::Comma;
    let bare = || bare_name(scene, start, last).filter(|_| held);
    let phrase = scene.phrase(start, last).or_else(bare);
    // "Fans First director Ann Lee said": the person is nearer to the verb.
    let thing = phrase.as_ref().is_some_and(
        |phrase| matches!(phrase.who, Who::Name(name) if scene.names[name].kind != Kind::Person),
    );
    if thing && let Some((name, verb)) = named_before_verb(scene, start, last) {
        return Some(Attribution::told(
            scene,
            Who::Name(name),
            Rule::Follows,
            start..verb + 1,
        ));
    }
    if let Some(phrase) = &phrase
        && let Some(verb) = verb_of(scene, phrase, last)
    {
        // "peut-on lire dans le rapport".
        let source = scene
            .is(start, Classes::IMPERSONAL)
            .then(|| document(scene, start + 1, last));
        let who = match source.flatten() {
            Some((_, phrase)) => phrase.who,
            None => fuller(scene, phrase, last, false),
        };
        return Some(Attribution::told(
            scene,
            who,
            Rule::Follows,
            start..verb + 1,
        ));
    }
    if let Some((name, verb)) = named_before_verb(scene, start, last) {
        return Some(Attribution::told(
            scene,
            Who::Name(name),
            Rule::Follows,
            start..verb + 1,
        ));
    }
    None
}

/// The subject behind the verb at `verb`: "said Lee".
fn behind_verb(scene: &Scene, verb: usize, last: usize) -> Option<Attribution> {
    let mut subject = verb + 1;
    while subject + 1 < last
        && scene.is(subject, Classes::ADVERB.and(Classes::AUXILIARY))
        && scene.mention_at(subject).is_none()
        && !scene.is(subject, Classes::SUBJECT)
    {
        subject += 1;
    }
    if subject < last {
        subject = past_time(scene, subject, last);
    }
    if subject >= last {
        return None;
    }
    let nobody = |at: usize| scene.is(at, Classes::IMPERSONAL);
    let phrase = scene.phrase(subject, last);
    if (nobody(subject) || phrase.is_none()) && (verb.saturating_sub(1)..=subject).any(nobody) {
        let (at, phrase) = document(scene, subject, last)?;
        return Some(Attribution::told(
            scene,
            phrase.who,
            Rule::Inverted,
            verb..phrase.words.end.max(at),
        ));
    }
    let phrase = phrase.or_else(|| named_last(scene, subject, last))?;
    // Lee, citing “...,” said the plan could fail: "the plan" has a verb of its
    // own.
    let next = phrase.words.end;
    let acts = next < last
        && scene.word(next).gap == Gap::Space
        && (scene.is(next, Classes::AUXILIARY) && !scene.is(next, Classes::ADVERB)
            || scene.is_finite_speech(next));
    if acts {
        return None;
    }
    let who = fuller(scene, &phrase, last, true);
    Some(Attribution::told(
        scene,
        who,
        Rule::Inverted,
        verb..phrase.words.end,
    ))
}

/// The name at the end of a phrase that is not understood: "said master of
/// ceremonies Ann Lee".
fn named_last(scene: &Scene, start: usize, last: usize) -> Option<Phrase> {
    let end = (start + 1..last)
        .find(|at| scene.breaks(*at) || scene.is_quoted(*at))
        .unwrap_or(last);
    let mention = scene.mention_at(end.checked_sub(1).filter(|at| *at >= start)?)?;
    let person = match scene.names[mention.name].kind {
        Kind::Person => true,
        Kind::Unknown => mention.words.len() > 1,
        Kind::Organization | Kind::Place => false,
    };
    let whole = mention.words.end == end && !scene.word(end - 1).is_possessive();
    (person && whole).then_some(Phrase {
        who: Who::Name(mention.name),
        sure: true,
        words: start..end,
    })
}

/// A name that is mentioned here alone, so that only the verb behind it speaks
/// for it: “...,” Kestrel wrote.
fn bare_name(scene: &Scene, start: usize, last: usize) -> Option<Phrase> {
    let no_name = Classes::STOP
        .and(Classes::PERSON)
        .and(Classes::SPEAKER)
        .and(Classes::SPEECH)
        .and(Classes::PREPOSITION)
        .and(Classes::ADVERB)
        .and(Classes::DAY)
        .and(Classes::MONTH);
    let end = (start..last)
        .find(|at| {
            let word = scene.word(*at);
            !word.is_capital()
                || word.classes.any(no_name)
                || *at > start && scene.breaks(*at)
                || scene.is_quoted(*at)
        })
        .unwrap_or(last);
    let whole = end > start && end < last && !scene.word(end - 1).is_possessive();
    whole.then(|| Phrase {
        who: Who::Described(scene.span(&(start..end))),
        sure: false,
        words: start..end,
    })
}

/// Whether the word at `at` brings in who acts in the passive ("by").
pub(super) fn is_agent(scene: &Scene, at: usize) -> bool {
    let agent = Classes::PASSIVE;
    scene.is(at, agent) && scene.is(at, Classes::PREPOSITION)
}

/// Whether a verb of saying leads in, shortly before the stretch that ends
/// before the word at `at`: "labeled a “...” by".
fn is_called(scene: &Scene, at: usize) -> bool {
    let sentence = scene.word(at).sentence;
    (0..at)
        .rev()
        .skip_while(|word| scene.is_quoted(*word))
        .take_while(|word| scene.word(*word).sentence == sentence)
        .take(4)
        .any(|word| scene.is_finite_speech(word))
}

/// A name directly before the first verb of saying of a clause, where what
/// stands before the name is not understood: "Fans First director Ann Lee
/// said".
fn named_before_verb(scene: &Scene, start: usize, last: usize) -> Option<(usize, usize)> {
    let end = (start + 1..last)
        .find(|at| scene.breaks(*at) || scene.is_quoted(*at))
        .unwrap_or(last);
    let verb = (start..end).find(|at| scene.is_finite_speech(*at))?;
    let mut name = verb;
    while name > start
        && scene.is(name - 1, Classes::ADVERB.and(Classes::AUXILIARY))
        && scene.mention_at(name - 1).is_none()
    {
        name -= 1;
    }
    let mention = scene.mention_at(name.checked_sub(1).filter(|before| *before >= start)?)?;
    let whole = mention.words.end == name && !scene.word(name - 1).is_possessive();
    let inside = (start..mention.words.start).any(|at| {
        scene.is(
            at,
            Classes::SUBORDINATE
                .and(Classes::SUBJECT)
                .and(Classes::RELATIVE),
        )
    });
    (whole && !inside).then_some((mention.name, verb))
}

/// Whether an unknown small word stands where a verb of saying does: directly
/// after words that a comma holds open, and before a name.
fn is_verb_like(scene: &Scene, at: usize, quote: &str, last: usize) -> bool {
    let known = Classes::STOP
        .and(Classes::PREPOSITION)
        .and(Classes::CONNECTIVE)
        .and(Classes::ADVERB)
        .and(Classes::RELATIVE)
        .and(Classes::SPEAKER)
        .and(Classes::PERSON);
    let word = scene.word(at);
    let held = quote.ends_with([',', '?', '!']) || word.gap == Gap::Comma;
    // In "former FBI agent Ann Lee wrote" it is no verb.
    let told = |at: usize| {
        (at + 1..last)
            .take_while(|next| scene.word(*next).gap == Gap::Space)
            .any(|next| scene.is_finite_speech(next))
    };
    held && word.shape == Shape::Lower
        && !word.classes.any(known)
        && at + 1 < last
        && scene.word(at + 1).gap == Gap::Space
        && scene.mention_at(at + 1).is_some()
        && !told(at)
}

/// A description with the clause that tells more of it: "an official who was
/// not authorized to speak", "the designer, who works elsewhere", and behind
/// its verb, where nothing else follows, "a source involved in the matter".
fn fuller(scene: &Scene, phrase: &Phrase, last: usize, inverted: bool) -> Who {
    let Who::Described(_) = phrase.who else {
        return phrase.who;
    };
    let start = phrase.words.end;
    if start >= last {
        return phrase.who;
    }
    let others = Classes::STOP
        .and(Classes::PREPOSITION)
        .and(Classes::ADVERB)
        .and(Classes::AUXILIARY);
    let word = scene.word(start);
    let reduced = inverted
        && word.shape == Shape::Lower
        && word.gap == Gap::Space
        && !word.classes.any(others);
    if !reduced && !is_agent(scene, start) && !word.classes.any(Classes::RELATIVE) {
        return phrase.who;
    }
    let mut end = (start + 1..last)
        .find(|at| scene.breaks(*at) || scene.is_quoted(*at))
        .unwrap_or(last);
    // Where no comma parts them, the subject's own verb is the last one.
    if !inverted && !scene.breaks(start) {
        let verb = (start..end).rev().find(|at| scene.is_finite_speech(*at));
        end = verb.unwrap_or(end);
        while end > start && scene.is(end - 1, Classes::ADVERB.and(Classes::AUXILIARY)) {
            end -= 1;
        }
    }
    if end <= start || end - phrase.words.start > DESCRIBED {
        return phrase.who;
    }
    Who::Described(scene.span(&(phrase.words.start..end)))
}

/// The verb of saying that follows a phrase, appositions and adverbs aside.
pub(super) fn verb_of(scene: &Scene, phrase: &Phrase, last: usize) -> Option<usize> {
    let start = phrase.words.end;
    let mut aside = false;
    for at in start..last.min(start + CLAUSE) {
        if scene.is_quoted(at) {
            continue;
        }
        if scene.is_finite_speech(at) {
            return Some(at);
        }
        let gap = scene.word(at).gap;
        aside |= gap != Gap::Space || scene.is(at, Classes::RELATIVE);
        // "Lee, who runs the firm, said": past the comma another clause may
        // stand; another subject ends the search.
        if at > start && gap == Gap::Comma && scene.is(at, Classes::SUBJECT) {
            return None;
        }
        // "Lee is a lawyer ...": another verb is the phrase's.
        let finite = scene.is(at, Classes::PASSIVE) && !scene.is(at, Classes::PREPOSITION);
        if finite && !aside && !(at + 1..last.min(at + 4)).any(|next| scene.is_speech(next)) {
            return None;
        }
    }
    None
}
