//! Whose verb is it? The subjects of clauses.

use super::{
    phrases::Phrase,
    scene::{Scene, Who},
};
use crate::digest::{
    lang::Classes,
    names::Kind,
    words::{Gap, Shape},
};
use std::ops::Range;

/// The longest phrase before its verb, in words.
const PHRASE: usize = 14;

/// How far into a sentence its subject is looked for, in words. Longer ones are
/// lists, or no sentences at all.
const SENTENCE: usize = 100;

/// How many verbs that share a subject are followed to it.
const CHAIN: usize = 4;

/// The subject of the verb of saying at `verb`.
pub(super) fn subject(scene: &Scene, clause: &Range<usize>, verb: usize) -> Option<Phrase> {
    subject_of(scene, clause, verb, CHAIN)
}

/// The same, following at most `chain` verbs up the clause.
fn subject_of(scene: &Scene, clause: &Range<usize>, verb: usize, chain: usize) -> Option<Phrase> {
    // "said Lee:", "Asked Lee:" at the clause's start.
    if verb == clause.start {
        return told_after(scene, verb, clause.end);
    }
    let mut at = verb;
    while at > clause.start
        && scene.word(at).gap == Gap::Space
        && scene.is(at - 1, Classes::AUXILIARY.and(Classes::ADVERB))
        && scene.mention_at(at - 1).is_none()
        && !scene.is(at - 1, Classes::SUBJECT)
    {
        at -= 1;
    }
    if at == clause.start {
        return told_after(scene, verb, clause.end);
    }
    let breaks = matches!(scene.word(at).gap, Gap::Comma | Gap::Mark);
    if !breaks && scene.is(at - 1, Classes::RELATIVE) {
        return antecedent(scene, clause, at - 1);
    }
    let joined = scene.is(at - 1, Classes::AND.and(Classes::PREPOSITION));
    if !breaks && !joined {
        if let Some(first) = joined_before(scene, clause.start, at) {
            return Some(first);
        }
        let phrase = phrase_before(scene, clause.start, at);
        let unsure = phrase.as_ref().is_none_or(|phrase| !phrase.sure);
        if unsure
            && scene.is(verb, Classes::PARTICIPLE)
            && let Some(phrase) = governed(scene, clause.start, at)
        {
            return Some(phrase);
        }
        if let Some(phrase) = phrase {
            if scene.is(verb, Classes::PARTICIPLE)
                && let Some(subject) = object_of(scene, clause.start, &phrase)
            {
                return Some(subject);
            }
            // In "Angesichts dessen nannte Lena Roth ..." the subject follows.
            let inverted = (!phrase.sure)
                .then(|| told_after(scene, verb, clause.end))
                .flatten();
            let apposed = || apposed_to(scene, clause.start, &phrase);
            return inverted.or_else(apposed).or(Some(phrase));
        }
        if scene.is(verb, Classes::PARTICIPLE) {
            return first_subject(scene, clause.start..at);
        }
    }
    // "If the union wins, said Lee, “...”": a clause beside the main one stands
    // before the verb, so that the subject follows.
    let opened = scene.is(clause.start, Classes::SUBORDINATE);
    let ends = |at: usize| at >= clause.end || scene.breaks(at) || scene.is(at, Classes::LINK);
    if opened
        && scene.word(verb).gap == Gap::Comma
        && let Some(phrase) = told_after(scene, verb, clause.end)
        && ends(phrase.words.end)
        && matches!(phrase.who, Who::Name(name) if scene.names[name].kind == Kind::Person)
    {
        return Some(phrase);
    }
    if breaks
        && !scene.is(verb, Classes::PARTICIPLE)
        && let Some(phrase) = before_aside(scene, clause.start, at)
    {
        return Some(phrase);
    }
    if breaks && let Some(crowd) = crowd(scene, clause.start, at, verb) {
        return Some(crowd);
    }
    // "Lee spoke first, Roe said, adding": the verb before has the subject.
    let main = main_clause(scene, clause);
    let earlier = (main.min(at)..at)
        .rev()
        .find(|word| scene.is_finite_speech(*word));
    earlier
        .filter(|_| chain > 0 && (joined || scene.is(verb, Classes::PARTICIPLE)))
        .and_then(|earlier| subject_of(scene, &(clause.start..at), earlier, chain - 1))
        .or_else(|| first_subject(scene, clause.start..at))
}

/// Those who chant in the clause that a participle ends: "Lee left the hall,
/// where about 50 protesters had gathered, chanting".
fn crowd(scene: &Scene, first: usize, at: usize, verb: usize) -> Option<Phrase> {
    let chants = scene.is(verb, Classes::UTTERED) && scene.is(verb, Classes::PARTICIPLE);
    let opens = Classes::SUBORDINATE.and(Classes::RELATIVE);
    let acts = |phrase: &Phrase| {
        let next = phrase.words.end;
        phrase.sure && matches!(phrase.who, Who::Described(_)) && next < at && !scene.breaks(next)
    };
    (first..at)
        .rev()
        .take_while(|word| chants && !scene.is_finite_speech(*word))
        .filter(|word| scene.is(*word, opens))
        .find_map(|opener| scene.phrase(opener + 1, at).filter(acts))
}

/// The name before an apposition that ends before the word at `at`: "Lee left,
/// while Roe, the mayor, said".
fn before_aside(scene: &Scene, first: usize, at: usize) -> Option<Phrase> {
    let comma = (first + 1..at)
        .rev()
        .find(|word| scene.word(*word).gap == Gap::Comma)?;
    let told = (comma..at).any(|word| scene.is_quoted(word) || scene.is_finite_speech(word));
    let person = |phrase: &Phrase| match phrase.who {
        Who::Name(name) => scene.names[name].kind == Kind::Person,
        _ => false,
    };
    phrase_before(scene, first, comma).filter(|phrase| !told && person(phrase))
}

/// Where the main clause starts, behind one that opens the sentence: "As the
/// crowd began to cheer, Lee".
fn main_clause(scene: &Scene, clause: &Range<usize>) -> usize {
    let joins = Classes::AND.and(Classes::CONNECTIVE);
    let first = clause
        .clone()
        .find(|at| scene.is(*at, Classes::SUBORDINATE) || !scene.is(*at, joins));
    let beside = first.filter(|at| scene.is(*at, Classes::SUBORDINATE));
    let comma = beside.and_then(|at| (at + 1..clause.end).find(|word| scene.breaks(*word)));
    comma.unwrap_or(clause.start)
}

/// The phrase that ends directly before the word at `at` and starts earliest.
fn phrase_before(scene: &Scene, first: usize, at: usize) -> Option<Phrase> {
    let earliest = first.max(at.saturating_sub(PHRASE));
    (earliest..at)
        .filter(|start| starts_phrase(scene, *start, first))
        .find_map(|start| {
            scene
                .phrase(start, at)
                .filter(|phrase| phrase.words.end == at)
        })
}

/// The name that ends directly before a participle, whatever governs it: "a
/// recording of Lee saying".
fn governed(scene: &Scene, first: usize, at: usize) -> Option<Phrase> {
    let mention = scene.mention_at(at - 1)?;
    let person = scene.names[mention.name].kind == Kind::Person;
    let whole = person
        && mention.words.start >= first
        && mention.words.end == at
        && !scene.word(at - 1).is_possessive();
    whole.then(|| Phrase {
        who: Who::Name(mention.name),
        sure: true,
        words: mention.words.clone(),
    })
}

/// The name that a description is set behind, with a comma before it alone:
/// "Ann Lee, president of the union said".
fn apposed_to(scene: &Scene, first: usize, phrase: &Phrase) -> Option<Phrase> {
    let start = phrase.words.start;
    if !matches!(phrase.who, Who::Described(_))
        || start <= first
        || scene.word(start).gap != Gap::Comma
    {
        return None;
    }
    let mention = scene.mention_at(start - 1)?;
    let person = scene.names[mention.name].kind == Kind::Person;
    let opens = mention.words.start == first;
    (person && opens && mention.words.end == start).then_some(Phrase {
        who: Who::Name(mention.name),
        sure: true,
        words: mention.words.start..phrase.words.end,
    })
}

/// Who acts on what a description is the object of: "Lee issued a statement
/// saying".
fn object_of(scene: &Scene, first: usize, phrase: &Phrase) -> Option<Phrase> {
    let start = phrase.words.start;
    let verb = start.checked_sub(1).filter(|verb| *verb > first)?;
    let links = Classes::PREPOSITION
        .and(Classes::LINK)
        .and(Classes::AND)
        .and(Classes::RELATIVE)
        .and(Classes::SUBORDINATE)
        .and(Classes::DETERMINER)
        .and(Classes::ADVERB)
        .and(Classes::ADJECTIVE);
    let acts = matches!(phrase.who, Who::Described(_))
        && scene.is(start, Classes::DETERMINER)
        && scene.word(start).gap == Gap::Space
        && scene.word(verb).shape == Shape::Lower
        && scene.mention_at(verb).is_none()
        && !scene.is(verb, links);
    let subject = first_subject(scene, first..verb).filter(|_| acts)?;
    matches!(subject.who, Who::Name(_) | Who::Pronoun(_)).then_some(subject)
}

/// Whom the relative pronoun at `at` stands for: "Roe, who said".
fn antecedent(scene: &Scene, clause: &Range<usize>, at: usize) -> Option<Phrase> {
    let mention = at
        .checked_sub(1)
        .filter(|before| *before >= clause.start)
        .and_then(|before| scene.mention_at(before))
        .filter(|mention| mention.words.end == at);
    match mention {
        Some(mention) => Some(Phrase {
            who: Who::Name(mention.name),
            sure: true,
            words: mention.words.clone(),
        }),
        None => first_subject(scene, clause.start..at),
    }
}

/// The first of several names before a verb: "Lee and Roe wrote", "Lee, Roe
/// and Doe wrote".
fn joined_before(scene: &Scene, start: usize, verb: usize) -> Option<Phrase> {
    let last = verb.checked_sub(1)?;
    // "Lee and her sister wrote".
    let kin = || {
        let noun = scene.is(
            last,
            Classes::PERSON.and(Classes::SPEAKER).and(Classes::ROLE),
        );
        let owner = last.checked_sub(1).filter(|_| noun)?;
        let owned = scene.is(owner, Classes::PRONOUN) && scene.is(owner, Classes::DETERMINER);
        owned.then_some(owner)
    };
    let second = scene.mention_at(last).map(|mention| mention.words.start);
    let second = second.or_else(kin)?;
    let and = second.checked_sub(1).filter(|and| *and > start)?;
    let both = scene.is(and, Classes::AND) && scene.word(and).gap == Gap::Space;
    let mut first = scene.mention_at(and - 1).filter(|_| both)?;
    while first.words.start > start && scene.word(first.words.start).gap == Gap::Comma {
        match scene.mention_at(first.words.start - 1) {
            Some(earlier) => first = earlier,
            None => break,
        }
    }
    let free = first.words.start == start
        || !scene.is(
            first.words.start - 1,
            Classes::PREPOSITION.and(Classes::LINK),
        );
    free.then_some(Phrase {
        who: Who::Name(first.name),
        sure: true,
        words: first.words.start..verb,
    })
}

/// The subject after a verb that opens its clause: "Said Lee: ...".
fn told_after(scene: &Scene, verb: usize, last: usize) -> Option<Phrase> {
    if scene.is(verb, Classes::PARTICIPLE) {
        return None;
    }
    scene.phrase(verb + 1, last).filter(|phrase| phrase.sure)
}

/// Whether a phrase may start here: not inside another one or behind a
/// preposition.
fn starts_phrase(scene: &Scene, at: usize, first: usize) -> bool {
    if at == first || scene.word(at).gap != Gap::Space {
        return true;
    }
    let before = scene.word(at - 1);
    let inner = scene
        .mention_at(at)
        .is_some_and(|mention| mention.words.start < at);
    let joins = Classes::PREPOSITION
        .and(Classes::LINK)
        .and(Classes::DETERMINER)
        .and(Classes::ADJECTIVE);
    // "As Lee said", "to which Lee said".
    let opens = Classes::SUBORDINATE.and(Classes::RELATIVE);
    let clause = before.classes.any(opens);
    !inner && (clause || !before.classes.any(joins))
}

/// The first phrase of a clause that may be its subject.
pub(super) fn first_subject(scene: &Scene, clause: Range<usize>) -> Option<Phrase> {
    let clause = clause.start..clause.end.min(clause.start + SENTENCE);
    let mut at = clause.start;
    while at < clause.end {
        // "In an interview with the BBC, Lee ...": its noun is no subject, nor
        // is that of a clause beside the main one: "As the crowd cheered, Lee".
        // "Così il ministro: ...".
        let small = scene.is(at, Classes::ADVERB) && scene.mention_at(at).is_none();
        if small && at == clause.start && at + 1 < clause.end && scene.is(at + 1, Classes::DEFINITE)
        {
            at += 1;
            continue;
        }
        let beside = at == clause.start && scene.is(at, Classes::SUBORDINATE);
        if beside && let Some(phrase) = told_beside(scene, &clause) {
            return Some(phrase);
        }
        let rough = || scene.is_rough(at, clause.end) && scene.phrase(at, clause.end).is_some();
        let governs = scene.is(at, Classes::PREPOSITION) && !scene.is(at, Classes::AND) && !rough();
        if (governs || beside) && scene.mention_at(at).is_none() {
            let comma = (at + 1..clause.end).find(|word| scene.breaks(*word));
            match comma {
                Some(comma) => {
                    at = comma;
                    continue;
                }
                None if beside => {}
                None if scene.lang.capitalizes_nouns() => return None,
                // "Much of the debate was so tame that Lee": past its noun.
                None => {
                    let governed = scene.phrase(at + 1, clause.end);
                    at = governed.map_or(at + 1, |phrase| phrase.words.end);
                    continue;
                }
            }
        }
        // "which hits people": the verb is no part of a phrase.
        if scene.is(at, Classes::RELATIVE) && is_verb(scene, at + 1, clause.end) {
            at += 2;
            continue;
        }
        if let Some(phrase) = scene.phrase(at, clause.end).filter(|phrase| phrase.sure) {
            let next = phrase.words.end;
            // "Her stylist told Lee that ...": whom somebody tells does not act.
            let told = at > clause.start && scene.is(at - 1, Classes::TELL);
            if told && scene.word(at).gap == Gap::Space {
                return None;
            }
            // A subject is in no other case: "dem Minister".
            if scene.is(at, Classes::OBLIQUE) {
                at = next;
                continue;
            }
            // "in Salem, New Hampshire, Lee": where, not who.
            let place = matches!(phrase.who, Who::Name(name)
                if scene.names[name].kind == Kind::Place);
            if place && next < clause.end && scene.word(next).gap != Gap::Space {
                at = next;
                continue;
            }
            return Some(phrase);
        }
        at += 1;
    }
    None
}

/// The subject of a clause beside the main one, where the main one is what is
/// quoted: "As Ann Lee, the mayor, noted".
fn told_beside(scene: &Scene, clause: &Range<usize>) -> Option<Phrase> {
    let phrase = scene.phrase(clause.start + 1, clause.end)?;
    let next = phrase.words.end;
    let apposed = next < clause.end && scene.word(next).gap == Gap::Comma;
    (phrase.sure && apposed).then_some(phrase)
}

/// Whether the word at `at`, behind a relative pronoun, is its verb rather than
/// the start of another subject.
fn is_verb(scene: &Scene, at: usize, last: usize) -> bool {
    let subject = Classes::DETERMINER
        .and(Classes::SUBJECT)
        .and(Classes::PERSON)
        .and(Classes::SPEAKER)
        .and(Classes::ROLE)
        .and(Classes::ADJECTIVE)
        .and(Classes::NUMERAL);
    at < last
        && scene.word(at).shape == Shape::Lower
        && !scene.is(at, subject)
        && !scene.lang.capitalizes_nouns()
}
