//! The clause in front of a quotation, and who speaks in it: "Lee said: ...".

use super::{
    attribution::{Attribution, Rule, goes_on},
    behind::is_agent,
    clauses::{LIGHT, gap_before, is_light},
    inverted,
    phrases::Phrase,
    scene::{Scene, Who},
    subjects::{first_subject, subject},
};
use crate::digest::{
    lang::{Classes, Trait},
    names::Kind,
    words::{Gap, Shape},
};
use std::ops::Range;

/// How far before a whole sentence its verb of saying may stand, in words,
/// where no colon leads in.
const NEAR: usize = 12;

/// How many words may stand beside a speaker before a colon that no verb of
/// saying explains, where it is no person: "From the report", "The paper today".
const LABEL: usize = 3;

/// The most words between a thing that is written on and its article.
const CARRIED: usize = 3;

/// A clause that leads in to the stretch; `earlier` is what is known of the
/// stretch before it.
pub(super) fn before(
    scene: &Scene,
    at: usize,
    earlier: Option<&Attribution>,
) -> Option<Attribution> {
    let gap = gap_before(scene, at);
    if gap.is_empty() {
        return None;
    }
    let quoted = &scene.quoted[at];
    let last = gap.end - 1;
    let lead = scene.stretch(scene.word(last).span.end, quoted.outer.start);
    let lead = lead.trim();
    let full = quoted.words.of(scene.plain).starts_with(char::is_uppercase);
    if lead.ends_with(['.', '!', '?', ';']) {
        return None;
    }
    let start = sentence_start(scene, &gap)?;
    // What is only named between marks does not cut the clause.
    let mut from = at;
    let mut clause = start..gap.end;
    let sentence = scene.word(start).sentence;
    let runs_on = |from: usize, start: usize| {
        from > 0
            && start > 0
            && scene.ranges[from - 1].end == start
            && scene.word(start - 1).sentence == sentence
    };
    while at - from < LIGHT && runs_on(from, clause.start) && is_light(scene, from - 1) {
        let Some(start) = sentence_start(scene, &gap_before(scene, from - 1)) else {
            break;
        };
        from -= 1;
        clause.start = start;
    }
    let cut = runs_on(from, clause.start);
    if cut && let Some(told) = going_on(scene, &clause, earlier) {
        return Some(told);
    }
    lead_in(scene, clause, lead.ends_with(':'), full)
}

/// Where the last sentence among words starts.
fn sentence_start(scene: &Scene, words: &Range<usize>) -> Option<usize> {
    let sentence = scene.word(words.end.checked_sub(1)?).sentence;
    words
        .clone()
        .rev()
        .take_while(|word| scene.word(*word).sentence == sentence)
        .last()
}

/// The subject of a clause that begins with its verb, since the subject stands
/// before an earlier quotation: Lee spoke of “...” and added that “...”.
fn going_on(
    scene: &Scene,
    clause: &Range<usize>,
    earlier: Option<&Attribution>,
) -> Option<Attribution> {
    let skipped = Classes::AND.and(Classes::ADVERB).and(Classes::AUXILIARY);
    let verb = clause
        .clone()
        .find(|at| scene.is_speech(*at) || !scene.is(*at, skipped))?;
    let joined = (clause.start..verb).any(|at| scene.is(at, Classes::AND));
    if !scene.is_speech(verb) || !joined && !scene.is(verb, Classes::PARTICIPLE) {
        return None;
    }
    let others = clause.clone().skip_while(|at| *at <= verb);
    if others.clone().any(|at| scene.is_finite_speech(at)) {
        return None;
    }
    let earlier =
        earlier.filter(|earlier| earlier.by.is_direct() && goes_on(scene, earlier.who))?;
    Some(Attribution {
        who: earlier.who,
        by: Rule::SharedSubject,
        cue: Some(scene.span(clause)),
    })
}

/// Who speaks in a clause that leads in to words.
pub(super) fn lead_in(
    scene: &Scene,
    clause: Range<usize>,
    colon: bool,
    full: bool,
) -> Option<Attribution> {
    let told = |who: Option<Who>, by: Rule, words| Attribution::told(scene, who, by, words);
    if scene.lang.does(Trait::VERB_SECOND) {
        let who = inverted::lead_in(scene, clause.clone(), colon, full)?;
        return Some(told(Some(who), Rule::LeadIn, clause));
    }
    // "Lee told the court when asked": another verb is the main one.
    let beside = |at: usize| {
        at > clause.start
            && scene.is(at - 1, Classes::SUBORDINATE)
            && !scene.is(at - 1, Classes::AND)
    };
    let verb = clause.clone().rev().find(|word| {
        // "a command like", "said that the work had been like": it compares,
        // but in "she was like" it speaks.
        let compares = scene.is(*word, Classes::PREPOSITION)
            && *word > clause.start
            && (!scene.is(*word - 1, Classes::PASSIVE)
                || (clause.start..*word).any(|at| scene.is_finite_speech(at)));
        scene.is_speech(*word) && !beside(*word) && !compares
    });
    let source = clause.clone().find(|word| {
        scene.is(*word, Classes::SOURCE) && scene.word(*word).shape == Shape::Lower
            || *word == clause.start && scene.is(*word, Classes::SOURCE)
    });
    if let Some(source) = source {
        let skip =
            usize::from(source + 1 < clause.end && scene.is(source + 1, Classes::PREPOSITION));
        let phrase = scene.phrase(source + 1 + skip, clause.end);
        // "$5 per hour" has no source.
        let phrase = phrase.filter(|phrase| skip > 0 || phrase.sure);
        // "Lee, according to Roe, said": it is Lee who said so.
        let other = |phrase: &Phrase| {
            source > clause.start && verb.is_some_and(|verb| verb >= phrase.words.end)
        };
        if let Some(phrase) = phrase.filter(|phrase| !other(phrase)) {
            let words = source..phrase.words.end;
            return Some(told(Some(phrase.who), Rule::SourceLeads, words));
        }
    }
    if let Some(phrase) = possessor(scene, &clause) {
        return Some(told(
            Some(phrase.who),
            Rule::Colon,
            phrase.words.start..clause.end,
        ));
    }
    if let Some(verb) = verb {
        if !colon && full && clause.end - verb > NEAR {
            return None;
        }
        if let Some(start) = passive(scene, clause.start, verb) {
            // "When a plan is revealed, Lee calls it": no verb of saying.
            if (verb + 1..clause.end).any(|at| scene.breaks(at)) {
                return None;
            }
            let agent = (verb + 1..clause.end).find(|at| is_agent(scene, *at));
            let agent = agent.and_then(|by| scene.phrase(by + 1, clause.end));
            let end = agent.as_ref().map_or(verb + 1, |agent| agent.words.end);
            let who = agent.map(|agent| agent.who);
            return Some(told(who, Rule::Passive, start..end));
        }
        if let Some(noun) = carrier(scene, clause.start, verb) {
            let near = clause.start.max(noun.saturating_sub(CARRIED))..=noun;
            let somebody = Classes::PERSON.and(Classes::SPEAKER).and(Classes::SUBJECT);
            let start = near
                .rev()
                .take_while(|at| *at == noun || !scene.is(*at, somebody))
                .find(|at| scene.is(*at, Classes::DETERMINER));
            let itself = start.map(|start| Who::Described(scene.span(&(start..noun + 1))));
            return Some(told(itself, Rule::LeadIn, start.unwrap_or(noun)..verb + 1));
        }
        let phrase = subject(scene, &clause, verb)?;
        let words = phrase.words.start.min(verb)..phrase.words.end.max(verb + 1);
        return Some(told(Some(phrase.who), rule(scene, &phrase, verb), words));
    }
    if !colon {
        return None;
    }
    // A label that is nobody leads in all the same: nobody else does.
    let phrase = named(scene, clause)?;
    let who = phrase.sure.then_some(phrase.who);
    Some(told(who, Rule::Colon, phrase.words))
}

/// By which rule a subject is that of a verb.
fn rule(scene: &Scene, phrase: &Phrase, verb: usize) -> Rule {
    let end = phrase.words.end;
    if end > verb {
        return Rule::LeadIn;
    }
    let mut between = end..verb;
    if between.clone().any(|at| scene.is(at, Classes::RELATIVE)) {
        Rule::Relative
    } else if between.any(|at| scene.is_speech(at)) {
        Rule::SharedSubject
    } else {
        Rule::LeadIn
    }
}

/// What the words at a verb are written on: "Lee held a sign that read".
fn carrier(scene: &Scene, first: usize, verb: usize) -> Option<usize> {
    let before = verb.checked_sub(1)?;
    let noun = if scene.is(before, Classes::RELATIVE) {
        before.checked_sub(1)?
    } else {
        before
    };
    (noun >= first && scene.is(noun, Classes::CARRIER) && !scene.breaks(verb)).then_some(noun)
}

/// Where the passive starts that the verb is in: "was asked".
fn passive(scene: &Scene, first: usize, verb: usize) -> Option<usize> {
    if scene.is(verb, Classes::PARTICIPLE) {
        return None;
    }
    let mut at = verb;
    while at > first && scene.is(at - 1, Classes::AUXILIARY.and(Classes::ADVERB)) {
        at -= 1;
        if scene.is(at, Classes::PASSIVE) {
            return Some(at);
        }
    }
    None
}

/// The possessor in "Lee's answer was: ...".
fn possessor(scene: &Scene, clause: &Range<usize>) -> Option<Phrase> {
    let last = clause.clone().last()?;
    if !scene.is(last, Classes::PASSIVE) || scene.is(last, Classes::PREPOSITION) {
        return None;
    }
    let mention = (clause.start..last)
        .rev()
        .filter_map(|at| scene.mention_at(at))
        .find(|mention| scene.word(mention.words.end - 1).is_possessive())?;
    (mention.words.start >= clause.start).then(|| Phrase {
        who: Who::Name(mention.name),
        sure: true,
        words: mention.words.clone(),
    })
}

/// The one whom a clause without a verb of saying names: "Lee: ...", "Lee's
/// answer: ...", "From the report: ...".
pub(super) fn named(scene: &Scene, clause: Range<usize>) -> Option<Phrase> {
    let person = |at: usize| {
        let mention = scene.mention_at(at)?;
        let first = mention.words.start;
        let place = scene.names[mention.name].kind == Kind::Place;
        let owner = scene.word(mention.words.end - 1).is_possessive();
        let mut before = first;
        while before > clause.start
            && scene.is(before - 1, Classes::DETERMINER.and(Classes::ADJECTIVE))
        {
            before -= 1;
        }
        // "“...” by Ann Lee: “...”": whoever wrote it.
        let governed = before > clause.start
            && scene.is(before - 1, Classes::PREPOSITION)
            && !is_agent(scene, before - 1);
        (!place && (owner || !governed)).then(|| Phrase {
            who: Who::Name(mention.name),
            sure: true,
            words: mention.words.clone(),
        })
    };
    let described = |at: usize| {
        let phrase = scene.phrase(at, clause.end)?;
        (phrase.sure && phrase.words.end == clause.end).then_some(phrase)
    };
    writer(scene, &clause)
        .or_else(|| first_subject(scene, clause.clone()))
        .or_else(|| clause.clone().find_map(person))
        .or_else(|| clause.clone().find_map(described))
        .map(|mut phrase| {
            if !may_speak(scene, &clause, &phrase) {
                phrase.sure = false;
            }
            phrase
        })
}

/// The one who wrote what a clause names before its colon: "“...” by Ann Lee",
/// "by the Herald's Ann Lee".
fn writer(scene: &Scene, clause: &Range<usize>) -> Option<Phrase> {
    let last = clause.end.checked_sub(1)?;
    let mention = scene.mention_at(last)?;
    let first = mention.words.start;
    let before = first.checked_sub(1).filter(|at| *at >= clause.start)?;
    let joined = scene.word(first).gap == Gap::Space;
    let owned = scene.word(before).is_possessive() && scene.mention_at(before).is_some();
    let kind = scene.names[mention.name].kind;
    let person = kind == Kind::Person || kind == Kind::Unknown && mention.words.len() > 1;
    let whole = mention.words.end == clause.end && !scene.word(last).is_possessive();
    let wrote = joined && (owned || is_agent(scene, before));
    (person && whole && wrote).then(|| Phrase {
        who: Who::Name(mention.name),
        sure: true,
        words: mention.words.clone(),
    })
}

/// Whether one whom a clause without a verb of saying names may speak: a person,
/// or what is (nearly) all of it.
fn may_speak(scene: &Scene, clause: &Range<usize>, phrase: &Phrase) -> bool {
    let first = phrase.words.start;
    // "What to ask - Pew Research: ...": a mark starts the label.
    let start = (clause.start + 1..=first)
        .rev()
        .find(|at| scene.word(*at).gap == Gap::Mark)
        .unwrap_or(clause.start);
    let whole = phrase.words.len() + LABEL >= clause.end - start;
    let governs = Classes::PREPOSITION.and(Classes::LINK);
    let governed =
        first > clause.start && scene.word(first).gap == Gap::Space && scene.is(first - 1, governs);
    let next = phrase.words.end;
    match phrase.who {
        Who::Pronoun(_) => true,
        // "New Hampshire: ...", "HTTP: ...": labels, and nobody who speaks.
        Who::Name(name) => match scene.names[name].kind {
            Kind::Person => true,
            Kind::Organization => whole || !governed,
            // "Ann Lee, Herald: ..."
            Kind::Unknown if next == clause.end => {
                phrase.words.len() > 1 || first > clause.start && scene.breaks(first)
            }
            Kind::Unknown => !governed,
            Kind::Place => false,
        },
        // "Helping people is hard: ..." tells what, and not who.
        Who::Described(_) => {
            let opening = Classes::DETERMINER
                .and(Classes::NUMERAL)
                .and(Classes::ADJECTIVE)
                .and(Classes::PERSON)
                .and(Classes::SPEAKER)
                .and(Classes::ROLE);
            let opens = scene.is(first, opening)
                || scene.mention_at(first).is_some()
                || scene.word(first).is_possessive();
            let acts = Classes::AUXILIARY.and(Classes::VERB);
            let label = first == clause.start && whole;
            // "Think how much worse an advertisement would be": no subject.
            let small = Classes::AND.and(Classes::ADVERB).and(Classes::CONNECTIVE);
            let closed = next < clause.end && scene.breaks(next);
            let subject = closed
                || scene.breaks(first)
                || first > clause.start && scene.is(first - 1, Classes::THAT)
                || (clause.start..first).all(|at| scene.is(at, small));
            opens && (whole && governed || subject)
                || label && (next == clause.end || !scene.is(next, acts))
        }
    }
}
