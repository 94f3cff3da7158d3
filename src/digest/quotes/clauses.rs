//! The clauses beside a quotation, and who speaks in them: "..., said Lee",
//! "Lee said: ...".

use super::{
    inverted::{self, document, past_time},
    marks::Ending,
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

/// The longest clause between two parts of a quotation, in words.
const CLAUSE: usize = 40;

/// The longest description with the clause that belongs to it, in words.
const DESCRIBED: usize = 16;

/// The most words after a dash that sign a quotation.
const SIGNATURE: usize = 12;

/// What stands before a name that signs a quotation.
const DASHES: [char; 4] = ['—', '–', '―', '-'];

/// The words between a stretch and the next one of its block, or the block's
/// end.
fn gap_after(scene: &Scene, at: usize) -> Range<usize> {
    let quoted = &scene.quoted[at];
    let block = block_at_end(scene, at);
    let end = match scene.quoted.get(at + 1) {
        Some(next) if next.block == block => scene.ranges[at + 1].start,
        _ => scene.block_words(block).end,
    };
    if quoted.ending != Ending::Closed {
        return end..end;
    }
    scene.ranges[at].end..end.max(scene.ranges[at].end)
}

/// The block in which a stretch ends.
pub(super) fn block_at_end(scene: &Scene, at: usize) -> usize {
    let end = scene.quoted[at].outer.end;
    let blocks = &scene.text.blocks;
    let next = blocks.partition_point(|block| block.span.start < end);
    next.saturating_sub(1)
}

/// The words between a stretch and the one before it in its block, or the
/// block's start.
pub(super) fn gap_before(scene: &Scene, at: usize) -> Range<usize> {
    let start = match at.checked_sub(1).map(|before| &scene.quoted[before]) {
        Some(_) if block_at_end(scene, at - 1) == scene.quoted[at].block => {
            scene.ranges[at - 1].end
        }
        _ => scene.block_words(scene.quoted[at].block).start,
    };
    start.min(scene.ranges[at].start)..scene.ranges[at].start
}

/// A clause after the stretch.
pub(super) fn after(scene: &Scene, at: usize) -> Option<Who> {
    let gap = gap_after(scene, at);
    if gap.is_empty() {
        return None;
    }
    let quote = scene.quoted[at].words.of(scene.plain);
    let sentence = scene.word(gap.start).sentence;
    let clause_end = gap
        .clone()
        .find(|word| scene.word(*word).sentence != sentence)
        .unwrap_or(gap.end);
    let clause = gap.start..clause_end.min(gap.start + CLAUSE);
    let opening = &scene.plain
        [scene.quoted[at].outer.end as usize..scene.word(gap.start).span.start as usize];
    if opening.trim_start().starts_with(DASHES)
        && let Some(who) = signed(scene, clause.clone())
    {
        return Some(who);
    }
    let apart = opening.contains(['.', ';', ':', '(', '?', '!']);
    // A stop inside the marks and a capital after them: a sentence of its own,
    // unless it says nothing but who spoke.
    let stopped = quote.ends_with('.') || quote.ends_with('…');
    let capital = scene.word(gap.start).shape != Shape::Lower;
    let next_follows = scene.quoted.get(at + 1).is_some_and(|next| {
        clause_end == scene.ranges[at + 1].start && next.block == scene.quoted[at].block
    });
    if apart || stopped && capital && (clause.len() > 6 || next_follows) {
        return None;
    }
    if scene.lang.does(Trait::VERB_SECOND) {
        let held = quote.ends_with([',', '?', '!']) || opening.contains(',');
        return inverted::after(scene, clause, held);
    }
    let mut start = clause.start;
    if scene.is(start, Classes::SOURCE) {
        let skip = usize::from(start + 1 < clause.end && scene.is(start + 1, Classes::PREPOSITION));
        return scene
            .phrase(start + 1 + skip, clause.end)
            .map(|phrase| phrase.who);
    }
    while start + 1 < clause.end
        && scene.is(
            start,
            Classes::ADVERB.and(Classes::AUXILIARY).and(Classes::AND),
        )
        && !scene.is_speech(start)
        && scene.mention_at(start).is_none()
    {
        start += 1;
    }
    if scene.is_speech(start) || is_verb_like(scene, start, quote, clause.end) {
        let mut subject = start + 1;
        while subject + 1 < clause.end
            && scene.is(subject, Classes::ADVERB.and(Classes::AUXILIARY))
            && scene.mention_at(subject).is_none()
            && !scene.is(subject, Classes::SUBJECT)
        {
            subject += 1;
        }
        subject = past_time(scene, subject, clause.end);
        let nobody = |at: usize| scene.is(at, Classes::IMPERSONAL);
        let unnamed = nobody(subject) || scene.phrase(subject, clause.end).is_none();
        if unnamed && (start.saturating_sub(1)..=subject).any(nobody) {
            return document(scene, subject, clause.end).map(|(_, phrase)| phrase.who);
        }
        let phrase = scene.phrase(subject, clause.end)?;
        return Some(fuller(scene, subject, &phrase, clause.end));
    }
    let phrase = scene.phrase(start, clause.end)?;
    if !speaks(scene, &phrase, clause.end) {
        return None;
    }
    // "peut-on lire dans le rapport".
    let source = scene
        .is(start, Classes::IMPERSONAL)
        .then(|| document(scene, start + 1, clause.end));
    let source = source.flatten().map(|(_, phrase)| phrase.who);
    Some(source.unwrap_or(phrase.who))
}

/// Whether an unknown small word stands where a verb of saying does: directly
/// after words that a comma holds open, and before a name.
fn is_verb_like(scene: &Scene, at: usize, quote: &str, last: usize) -> bool {
    let known = Classes::STOP
        .and(Classes::PREPOSITION)
        .and(Classes::CONNECTIVE)
        .and(Classes::ADVERB)
        .and(Classes::RELATIVE)
        .and(Classes::PERSON);
    let word = scene.word(at);
    let held = quote.ends_with([',', '?', '!']) || word.gap == Gap::Comma;
    held && word.shape == Shape::Lower
        && !word.classes.any(known)
        && at + 1 < last
        && scene.word(at + 1).gap == Gap::Space
        && scene.mention_at(at + 1).is_some()
}

/// A description after its verb with the clause that tells more of it: "said
/// an official who was not authorized to speak".
fn fuller(scene: &Scene, start: usize, phrase: &Phrase, last: usize) -> Who {
    let Who::Described(span) = phrase.who else {
        return phrase.who;
    };
    let end = (phrase.end..last)
        .find(|at| scene.word(*at).gap != Gap::Space || scene.is_quoted(*at))
        .unwrap_or(last);
    if end == phrase.end || end - start > DESCRIBED {
        return phrase.who;
    }
    Who::Described(Span {
        start: span.start,
        end: scene.word(end - 1).bare().end,
    })
}

/// The name that signs a quotation after a dash: a name, and little else.
fn signed(scene: &Scene, words: Range<usize>) -> Option<Who> {
    let phrase = scene.phrase(words.start, words.end)?;
    let short = words.len() <= SIGNATURE && !words.clone().any(|word| scene.is_speech(word));
    (short && matches!(phrase.who, Who::Name(_))).then_some(phrase.who)
}

/// The name after a dash in the block below a quotation that fills its own.
pub(super) fn signed_below(scene: &Scene, at: usize) -> Option<Who> {
    let quoted = &scene.quoted[at];
    let block = block_at_end(scene, at);
    let this = scene.text.blocks[block].span;
    let tail = &scene.plain[quoted.outer.end as usize..this.end as usize];
    let below = scene.text.blocks.get(block + 1)?;
    let text = scene.text.of(below);
    if !tail.trim().is_empty() || !text.starts_with(DASHES) {
        return None;
    }
    signed(scene, scene.block_words(block + 1))
}

/// Whether a verb of saying follows a phrase, appositions and adverbs aside.
pub(super) fn speaks(scene: &Scene, phrase: &Phrase, last: usize) -> bool {
    let mut at = phrase.end;
    while at < last && at < phrase.end + CLAUSE {
        if scene.is_quoted(at) {
            return false;
        }
        if scene.is_speech(at) {
            return true;
        }
        // "Lee, who runs the firm, said": past the comma another clause may
        // stand; another subject ends the search.
        if at > phrase.end && scene.is(at, Classes::SUBJECT) && scene.word(at).gap == Gap::Comma {
            return false;
        }
        at += 1;
    }
    false
}

/// A clause that leads in to the stretch.
pub(super) fn before(scene: &Scene, at: usize) -> Option<Who> {
    let gap = gap_before(scene, at);
    if gap.is_empty() {
        return None;
    }
    let quoted = &scene.quoted[at];
    let last = gap.end - 1;
    let lead = &scene.plain[scene.word(last).span.end as usize..quoted.outer.start as usize];
    let lead = lead.trim();
    let colon = lead.ends_with(':');
    let full = quoted.words.of(scene.plain).starts_with(char::is_uppercase);
    let stopped = lead.ends_with(['.', '!', '?', ';']);
    if stopped {
        return None;
    }
    let sentence = scene.word(last).sentence;
    let start = gap
        .clone()
        .rev()
        .take_while(|word| scene.word(*word).sentence == sentence)
        .last()?;
    let clause = start..gap.end;
    lead_in(scene, clause, colon, full)
}

/// Who speaks in a clause that leads in to words.
pub(super) fn lead_in(scene: &Scene, clause: Range<usize>, colon: bool, full: bool) -> Option<Who> {
    if scene.lang.does(Trait::VERB_SECOND) {
        return inverted::lead_in(scene, clause, colon, full);
    }
    let verb = clause.clone().rev().find(|word| scene.is_speech(*word));
    let source = clause.clone().find(|word| {
        scene.is(*word, Classes::SOURCE) && scene.word(*word).shape == Shape::Lower
            || *word == clause.start && scene.is(*word, Classes::SOURCE)
    });
    if let Some(source) = source {
        let skip =
            usize::from(source + 1 < clause.end && scene.is(source + 1, Classes::PREPOSITION));
        if let Some(phrase) = scene.phrase(source + 1 + skip, clause.end) {
            return Some(phrase.who);
        }
    }
    if let Some(verb) = verb {
        let near = clause.end - verb <= 12;
        if colon || near || !full {
            return subject(scene, clause.clone(), verb);
        }
        return None;
    }
    if !colon {
        return None;
    }
    // "Lee: ...", "Lee's answer: ..."
    first_named(scene, clause)
}

/// The subject of the verb of saying at `verb`.
fn subject(scene: &Scene, clause: Range<usize>, verb: usize) -> Option<Who> {
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
    let joined = scene.is(
        at - 1,
        Classes::AND
            .and(Classes::RELATIVE)
            .and(Classes::PREPOSITION),
    );
    if !breaks && !joined {
        // The phrase that ends directly before the verb and starts earliest.
        let earliest = clause.start.max(at.saturating_sub(14));
        let found = (earliest..at)
            .filter(|start| starts_phrase(scene, *start, clause.start))
            .find_map(|start| scene.phrase(start, at).filter(|phrase| phrase.end == at));
        if let Some(first) = joined_before(scene, clause.start, at) {
            return Some(first);
        }
        if let Some(phrase) = found {
            // In "Angesichts dessen nannte Lena Roth ..." the subject follows.
            let inverted = (!phrase.sure)
                .then(|| told_after(scene, verb, clause.end))
                .flatten();
            return Some(inverted.unwrap_or(phrase.who));
        }
    }
    first_subject(scene, clause.start..at)
}

/// The first of two names before a verb: "Lee and Roe wrote".
fn joined_before(scene: &Scene, start: usize, verb: usize) -> Option<Who> {
    let second = scene.mention_at(verb.checked_sub(1)?)?.words.start;
    let and = second.checked_sub(1).filter(|and| *and > start)?;
    let both = scene.is(and, Classes::AND) && scene.word(and).gap == Gap::Space;
    let first = scene.mention_at(and - 1).filter(|_| both)?;
    let free = first.words.start == start
        || !scene.is(
            first.words.start - 1,
            Classes::PREPOSITION.and(Classes::LINK),
        );
    free.then_some(Who::Name(first.name))
}

/// The subject after a verb that opens its clause: "Said Lee: ...".
fn told_after(scene: &Scene, verb: usize, last: usize) -> Option<Who> {
    let phrase = scene.phrase(verb + 1, last)?;
    phrase.sure.then_some(phrase.who)
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
    !inner
        && !before.classes.any(
            Classes::PREPOSITION
                .and(Classes::LINK)
                .and(Classes::DETERMINER)
                .and(Classes::ADJECTIVE),
        )
}

/// The first phrase of a clause that may be its subject.
pub(super) fn first_subject(scene: &Scene, clause: Range<usize>) -> Option<Who> {
    let mut at = clause.start;
    while at < clause.end {
        // "Così il ministro: ...".
        let small = scene.is(at, Classes::ADVERB) && scene.mention_at(at).is_none();
        if small && at == clause.start && at + 1 < clause.end && scene.is(at + 1, Classes::DEFINITE)
        {
            at += 1;
            continue;
        }
        // "In an interview with the BBC, Lee ...": its noun is no subject.
        let governs = scene.is(at, Classes::PREPOSITION) && !scene.is(at, Classes::AND);
        if governs && scene.mention_at(at).is_none() {
            let comma = (at + 1..clause.end).find(|word| scene.word(*word).gap != Gap::Space);
            match comma {
                Some(comma) => {
                    at = comma;
                    continue;
                }
                None => return None,
            }
        }
        let phrase = scene.phrase(at, clause.end).filter(|phrase| phrase.sure);
        match phrase {
            // A subject is in no other case: "dem Minister".
            Some(phrase) if scene.is(at, Classes::OBLIQUE) => at = phrase.end,
            Some(phrase) => return Some(phrase.who),
            None => at += 1,
        }
    }
    None
}

/// The first name of a clause, a possessor included.
pub(super) fn first_named(scene: &Scene, mut clause: Range<usize>) -> Option<Who> {
    first_subject(scene, clause.clone()).or_else(|| {
        clause
            .find_map(|at| scene.mention_at(at))
            .map(|mention| Who::Name(mention.name))
    })
}
