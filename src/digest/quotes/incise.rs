//! Clauses inside the marks: « Nous partirons, a-t-elle ajouté, et vite. »
//!
//! Where a language sets the clause that tells who speaks between the words
//! themselves, a stretch is cut around it, as if the marks had been closed
//! before it and opened again behind it. A verb of saying alone is no such
//! clause: its subject stands behind it, and a mark ends both.

use super::{
    inverted::past_time,
    marks::{Ending, Quoted},
    scene::{Scene, Who},
};
use crate::{
    digest::{
        lang::{Classes, Trait},
        names::Kind,
        words::{Gap, Shape},
    },
    text::Span,
};
use std::ops::Range;

/// The longest clause, in words.
const CLAUSE: usize = 12;

/// How far behind a stretch a verb of saying stands that is told of all of it,
/// in words.
const BEHIND: usize = 4;

/// What stands before a clause besides a comma.
const ENDS: [char; 4] = ['?', '!', '…', ','];

/// Dashes that part a clause from the words.
const DASHES: [char; 3] = ['—', '–', '-'];

/// The stretches, cut around the clauses inside them; nothing where there are
/// none. In the scene nothing is quoted yet: what is, this tells.
pub(super) fn split(scene: &Scene, quoted: &[Quoted]) -> Option<Vec<Quoted>> {
    if !scene.lang.does(Trait::CLAUSE_INSIDE_MARKS) || quoted.is_empty() {
        return None;
    }
    let mut found = Vec::with_capacity(quoted.len() + 4);
    for stretch in quoted {
        cut(scene, *stretch, &mut found);
    }
    (found != quoted).then_some(found)
}

/// Adds the parts of a stretch.
fn cut(scene: &Scene, stretch: Quoted, found: &mut Vec<Quoted>) {
    let words = &scene.walk.words;
    let first = |at: u32| words.partition_point(|word| word.span.start < at);
    let last = first(stretch.words.end);
    let mut rest = stretch;
    let mut at = first(stretch.words.start) + 1;
    while at < last {
        let Some(clause) = clause(scene, at, last) else {
            at += 1;
            continue;
        };
        if is_told(scene, last) {
            break;
        }
        let Some((part, next)) = parted(scene, rest, &clause) else {
            at = clause.end;
            continue;
        };
        found.push(part);
        let Some(next) = next else {
            return;
        };
        rest = next;
        at = clause.end + 1;
    }
    found.push(rest);
}

/// The part of a stretch before a clause, and the one behind it if anything
/// stands there.
fn parted(
    scene: &Scene,
    stretch: Quoted,
    clause: &Range<usize>,
) -> Option<(Quoted, Option<Quoted>)> {
    let parts = |c: char| c == ',' || c.is_whitespace() || DASHES.contains(&c);
    let start = stretch.words.start as usize;
    let open = scene.word(clause.start).span.start as usize;
    let before = scene.plain.get(start..open)?.trim_end_matches(parts);
    let end = stretch.words.end as usize;
    let close = scene.word(clause.end - 1).span.end as usize;
    // A word may reach past a mark that it was taken to hold.
    let tail = scene.plain.get(close..end)?;
    let behind = tail.trim_start_matches(|c| c == '.' || parts(c));
    let goes_on = behind.contains(char::is_alphanumeric);
    // What is left open ends with the words, not with a clause.
    if !before.contains(char::is_alphanumeric) || !goes_on && stretch.ending != Ending::Closed {
        return None;
    }
    let stop = start + before.len();
    let part = Quoted {
        words: Span::new(start, stop),
        outer: Span::new(stretch.outer.start as usize, stop),
        ending: Ending::Closed,
        ..stretch
    };
    let from = end - behind.len();
    // The comma that ends the clause belongs to it.
    let comma = tail.starts_with([',', '.']);
    let outer = if comma { close + 1 } else { from };
    let blocks = &scene.text.blocks;
    let next = Quoted {
        words: Span::new(from, end),
        outer: Span::new(outer, stretch.outer.end as usize),
        block: blocks.partition_point(|block| block.span.start as usize <= from) - 1,
        ..stretch
    };
    Some((part, goes_on.then_some(next)))
}

/// The clause that starts at the word at `at` and tells who speaks, within the
/// words before `last`.
fn clause(scene: &Scene, at: usize, last: usize) -> Option<Range<usize>> {
    let word = scene.word(at);
    let verbal = Classes::SPEECH.and(Classes::AUXILIARY);
    let lower = word.shape == Shape::Lower;
    if !lower || word.gap == Gap::Space || !scene.is(at, verbal) || !opens(scene, at) {
        return None;
    }
    let limit = last.min(at + CLAUSE);
    let end = closed(scene, subject_end(scene, at, limit)?, last)?;
    let mark = |at| scene.between(at - 1, at).trim_start();
    let shut = end == last || mark(end).starts_with([',', '.']) || mark(end).starts_with(DASHES);
    // "« Mon père, disait ma mère, ... »" is told by whoever speaks.
    let own = (at..end).any(|at| scene.is(at, Classes::FIRST.and(Classes::IMPERSONAL)));
    (shut && !own).then_some(at..end)
}

/// Whether a mark before the word at `at` may end words and open a clause.
fn opens(scene: &Scene, at: usize) -> bool {
    let mark = scene.between(at - 1, at).trim();
    let bare = mark.trim_end_matches(DASHES).trim_end();
    bare.chars().all(|c| ENDS.contains(&c)) && !mark.is_empty() && !mark.starts_with('-')
        || bare == "..."
}

/// Where the subject of a clause ends that opens with its verb at `at`: "dit
/// Lee", "a ajouté Lee", "a-t-elle ajouté".
fn subject_end(scene: &Scene, at: usize, last: usize) -> Option<usize> {
    let close = |at: usize| at < last && scene.word(at).gap == Gap::Space;
    let named = |at: usize| scene.mention_at(at).is_some();
    let mut verb = at;
    let mut told = false;
    while !scene.is_speech(verb) {
        let pronoun = scene.is(verb, Classes::SUBJECT) && verb > at && !told;
        let small = Classes::AUXILIARY.and(Classes::ADVERB);
        if named(verb) || !(pronoun || scene.is(verb, small)) {
            return None;
        }
        told |= pronoun;
        verb += 1;
        if !close(verb) {
            return None;
        }
    }
    if told {
        return Some(verb + 1);
    }
    if scene.is(verb, Classes::PARTICIPLE) && verb == at {
        return None;
    }
    let mut subject = verb + 1;
    while close(subject)
        && scene.is(subject, Classes::ADVERB)
        && !named(subject)
        && !scene.is(subject, Classes::SUBJECT)
    {
        subject += 1;
    }
    let subject = past_time(scene, subject, last);
    let phrase = scene.phrase(subject, last).filter(|_| close(subject))?;
    let somebody = match phrase.who {
        Who::Name(name) => scene.names[name].kind != Kind::Place,
        Who::Pronoun(_) => true,
        Who::Described(_) => phrase.sure && scene.is(subject, Classes::DETERMINER),
    };
    somebody.then_some(phrase.words.end)
}

/// Where a clause ends whose subject ends before the word at `end`: with it, or
/// with what tells more of it and stands before the next mark.
fn closed(scene: &Scene, end: usize, last: usize) -> Option<usize> {
    let last = last.min(end + CLAUSE);
    let more = Classes::PREPOSITION
        .and(Classes::LINK)
        .and(Classes::ADVERB)
        .and(Classes::DAY);
    let mut at = end;
    if at < last && !scene.breaks(at) {
        if !scene.is(at, more) {
            return None;
        }
        at = run(scene, at, last)?;
    }
    let comma = |at: usize| at < last && scene.word(at).gap == Gap::Comma;
    // "affirme Lee, maire de la ville, ..."
    if at == end && comma(at) && is_office(scene, at) {
        at = office(scene, at, last)?;
    }
    // "« Il ment, accuse le maire, insulte tout le monde »" is a row of verbs,
    // and in "affirme Lee, hydrologue" the words do not go on yet. Behind a
    // pronoun neither is.
    let pronoun = scene.mention_at(end - 1).is_none()
        && scene.is(end - 1, Classes::SUBJECT.and(Classes::SPEECH));
    let doubtful = !pronoun && comma(at) && is_open(scene, at);
    (!doubtful).then_some(at)
}

/// Where a run of words without a mark or a verb ends.
fn run(scene: &Scene, at: usize, last: usize) -> Option<usize> {
    let end = (at + 1..last).find(|at| scene.breaks(*at)).unwrap_or(last);
    let verbs = Classes::SUBJECT.and(Classes::RELATIVE).and(Classes::THAT);
    let verb = |at: usize| {
        let finite =
            scene.is(at, Classes::AUXILIARY) && !scene.is(at, Classes::ADVERB.and(Classes::LINK));
        scene.is_speech(at) || scene.mention_at(at).is_none() && (finite || scene.is(at, verbs))
    };
    (!(at..end).any(verb)).then_some(end)
}

/// Where an office ends that an article may open; with one, another word behind
/// it may be its verb: "affirme Lee, le maire ment".
fn office(scene: &Scene, at: usize, last: usize) -> Option<usize> {
    let end = run(scene, at, last)?;
    let next = at + 2;
    let more = Classes::PREPOSITION
        .and(Classes::LINK)
        .and(Classes::ADJECTIVE);
    let own = !scene.is(at, Classes::DETERMINER)
        || next >= end
        || scene.is(next, more)
        || scene.mention_at(next).is_some();
    own.then_some(end)
}

/// Whether a word behind a comma may be a noun or a verb: one of those that no
/// list has all of.
fn is_open(scene: &Scene, at: usize) -> bool {
    let word = scene.word(at);
    let known = Classes::STOP
        .and(Classes::PREPOSITION)
        .and(Classes::CONNECTIVE)
        .and(Classes::ADVERB)
        .and(Classes::SUBORDINATE);
    word.shape == Shape::Lower && !word.classes.any(known)
}

/// Whether what follows a comma is what somebody is: "maire de la ville", "le
/// maire".
fn is_office(scene: &Scene, at: usize) -> bool {
    let people = Classes::ROLE.and(Classes::PERSON);
    let next = at + 1;
    scene.is(at, people)
        || scene.is(at, Classes::DETERMINER)
            && next < scene.walk.words.len()
            && scene.word(next).gap == Gap::Space
            && scene.is(next, people)
}

/// Whether a clause behind the stretch that ends before the word at `last`
/// tells who said all of it.
fn is_told(scene: &Scene, last: usize) -> bool {
    let sentence = scene.word(last - 1).sentence;
    let behind = last..(last + BEHIND).min(scene.walk.words.len());
    behind
        .take_while(|at| scene.word(*at).sentence == sentence)
        .any(|at| scene.is_speech(at))
}
