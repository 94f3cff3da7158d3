//! Names that are given, and words that are shouted: who says what stands
//! between marks as a part of another sentence?
//!
//! In "Reed called the plan “absurd”" the one word is what Reed said; in "a
//! program called “Absurd”" it is a name, and nobody's words.

use super::scene::Scene;
use crate::digest::lang::{Classes, Trait};
use std::ops::Range;

/// How far before a stretch the verb that names it may stand, in words.
const NAMED: usize = 12;

/// How far before a stretch the word for what is shouted may stand, in words.
const UTTERED: usize = 6;

/// How far behind a stretch the verb that names it may stand, in words.
const BEHIND: usize = 2;

/// How far behind a stretch the word for what is shouted may stand, in words.
const UTTERED_BEHIND: usize = 3;

/// How far behind a stretch the preposition of who acts may stand, in words.
const AGENT: usize = 4;

/// Words from which this many are quoted may be shouted; single ones are names
/// too often.
const SHOUTED: usize = 2;

/// Dashes, behind which another clause begins.
const DASHES: [char; 3] = ['—', '–', '-'];

/// Who gives something the name that stands between marks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Namer {
    /// Somebody, whose words they are: "Reed called it".
    Somebody,
    /// Nobody in particular: "a program called", "the slogan".
    Nobody,
}

/// Who calls something by the words of the stretch at `at`, or has them
/// shouted. Words that look like a title may be one beside a noun.
pub(super) fn namer(scene: &Scene, at: usize, title: bool) -> Option<Namer> {
    let near = scene.ranges[at].start.checked_sub(1);
    let near = near.filter(|near| Around::of(scene, at).holds(*near));
    if names_before(scene, at, near, title)
        || utters(scene, at, near, title)
        || scene.lang.capitalizes_nouns() && names_behind(scene, at)
    {
        return Some(Namer::Somebody);
    }
    let bare = |near: usize| lead(scene, at, near).trim().is_empty();
    let nobody = |verb| is_by_nobody(scene, at, verb);
    if near.is_some_and(bare) && naming_verb(scene, at).is_some_and(nobody) {
        return Some(Namer::Nobody);
    }
    // "known as the “Harbor Rule”", "a book, “Harbor Rules”".
    let joins = Classes::DETERMINER.and(Classes::PREPOSITION);
    let lead = lead(scene, at, near?).trim();
    let called = Around::of(scene, at)
        .before()
        .take(BEHIND + 1)
        .find(|at| !lead.is_empty() || !scene.is(*at, joins) || scene.is(*at, Classes::CALLED))?;
    let named = matches!(lead, "" | ",") && scene.is(called, Classes::CALLED);
    named.then_some(Namer::Nobody)
}

/// The unquoted words of the sentence around a stretch.
struct Around<'a> {
    scene: &'a Scene<'a>,
    words: Range<usize>,
}

impl<'a> Around<'a> {
    fn of(scene: &'a Scene<'a>, at: usize) -> Self {
        Self {
            scene,
            words: scene.ranges[at].clone(),
        }
    }

    fn holds(&self, at: usize) -> bool {
        let sentence = self.scene.word(self.words.start).sentence;
        self.scene.word(at).sentence == sentence && !self.scene.is_quoted(at)
    }

    /// Backwards from the stretch.
    fn before(&self) -> impl Iterator<Item = usize> {
        (0..self.words.start).rev().take_while(|at| self.holds(*at))
    }

    fn behind(&self) -> impl Iterator<Item = usize> {
        (self.words.end..self.scene.walk.words.len()).take_while(|at| self.holds(*at))
    }
}

/// Whether a verb before a stretch names something by it: "Reed called it",
/// "which she describes as".
fn names_before(scene: &Scene, at: usize, near: Option<usize>, title: bool) -> bool {
    let Some(near) = near.filter(|near| lead(scene, at, *near).trim().is_empty()) else {
        return false;
    };
    let noun = title && is_noun_before(scene, at, near) && !is_split_verb(scene, at);
    let verb = naming_verb(scene, at);
    let joins = Classes::DETERMINER.and(Classes::PREPOSITION);
    verb.is_some_and(|verb| {
        if is_by_nobody(scene, at, verb) {
            return false;
        }
        let object = || (verb + 1..=near).any(|at| !scene.is(at, joins));
        // What a company calls its own is doubted rather than quoted.
        if scene.ranges[at].len() == 1 && is_its(scene, verb + 1) {
            return false;
        }
        if scene.is(verb, Classes::CALLED) {
            // "called" may as well be "that is called"; but what is called has
            // its name directly behind it: "called the plan “Folly”".
            let agent = || has_agent(scene, at, verb);
            object() || !title && agent() || !noun && verb > 0 && is_subject(scene, verb - 1)
        } else {
            !noun
        }
    })
}

/// The verb of naming before a stretch.
fn naming_verb(scene: &Scene, at: usize) -> Option<usize> {
    let around = Around::of(scene, at);
    let verbs = Classes::NAMING.and(Classes::SPEECH).and(Classes::RELATIVE);
    // Articles that are relative pronouns as well end nothing.
    around
        .before()
        .take(NAMED)
        .find(|at| scene.is(*at, verbs) && !scene.is(*at, Classes::DETERMINER))
        .filter(|verb| scene.is(*verb, Classes::NAMING) && !is_noun(scene, *verb))
}

/// Whether nobody in particular calls something by the stretch at `at`: the
/// verb is in the passive and no "by" follows, it has no subject, or one that
/// may be anybody: "it’s also called", "whether you call it", "labeling them
/// as".
fn is_by_nobody(scene: &Scene, at: usize, verb: usize) -> bool {
    // Where the verb is the second word, its subject may stand behind it.
    if scene.lang.does(Trait::VERB_SECOND) {
        return false;
    }
    let around = Around::of(scene, at);
    let helps = Classes::AUXILIARY
        .and(Classes::PASSIVE)
        .and(Classes::ADVERB);
    let helps = |at: &usize| scene.is(*at, helps) && !scene.is(*at, Classes::PREPOSITION);
    let first = (0..verb)
        .rev()
        .take_while(|at| around.holds(*at) && helps(at));
    let first = first.last().unwrap_or(verb);
    let gerund = scene.is(verb, Classes::PARTICIPLE);
    if !gerund && (first..verb).any(|at| scene.is(at, Classes::PASSIVE)) {
        return !has_agent(scene, at, verb);
    }
    let mut words = verb + 1..scene.ranges[at].start;
    let Some(subject) = first.checked_sub(1).filter(|at| around.holds(*at)) else {
        // "Call it", but "Calling it “absurd,” Reed left".
        return !gerund;
    };
    let person = Classes::HE.and(Classes::SHE).and(Classes::PERSON);
    let known = |at: usize| scene.mention_at(at).is_some() || scene.is(at, person);
    let anybody = |at: usize| {
        let other = Classes::FIRST
            .and(Classes::SECOND)
            .and(Classes::THEY)
            .and(Classes::PRONOUN);
        !known(at) && scene.is(at, other)
    };
    let apart = !scene.between(subject, first).trim().is_empty();
    let joined = scene.is(subject, Classes::AND.and(Classes::PREPOSITION));
    if apart || joined {
        // "and called it", "to call it", ", calling it": the subject stands
        // further up.
        let mut above = (0..=subject).rev().take(NAMED);
        let above = above.find(|at| known(*at) || scene.is(*at, Classes::SUBJECT));
        let above = above.filter(|at| around.holds(*at));
        return above.map_or(joined && gerund, anybody);
    }
    let bare = words.all(|at| scene.is(at, Classes::PREPOSITION.and(Classes::DETERMINER)));
    // "a plan described as", and "what Reed described as".
    anybody(subject) || bare && scene.is(verb, Classes::CALLED) && !known(subject)
}

/// Whether it is told who acts by a verb in the passive: "called “absurd” by".
fn has_agent(scene: &Scene, at: usize, verb: usize) -> bool {
    let by = |at: usize| scene.is(at, Classes::PASSIVE) && scene.is(at, Classes::PREPOSITION);
    let behind = Around::of(scene, at).behind().take(AGENT).any(by);
    behind || (verb + 1..scene.ranges[at].start).any(by)
}

/// Whether a word means that what follows is a thing's or a company's own.
fn is_its(scene: &Scene, at: usize) -> bool {
    let people = Classes::HE
        .and(Classes::SHE)
        .and(Classes::THEY)
        .and(Classes::SUBJECT)
        .and(Classes::FIRST);
    scene.is(at, Classes::PRONOUN)
        && scene.is(at, Classes::DETERMINER)
        && !scene.is(at, people)
        && !scene.is(at, Classes::THAT.and(Classes::OPEN))
}

/// Whether the words of a stretch are chanted, sung or written on a sign.
fn utters(scene: &Scene, at: usize, near: Option<usize>, title: bool) -> bool {
    let around = Around::of(scene, at);
    let word = |at: usize| scene.is(at, Classes::UTTERED);
    // "reading the “Harbor Notes”" is no shouting.
    let is_name = |near| title && scene.is(near, Classes::DETERMINER);
    let before = near.is_some_and(|near| !lead(scene, at, near).contains(DASHES) && !is_name(near))
        && around.before().take(UTTERED).any(word);
    // "„Nie wieder“, mit diesen Worten ..."
    let comma = || scene.plain[scene.quoted[at].outer.end as usize..].starts_with(',');
    let behind = || near.is_none() && comma() && around.behind().take(UTTERED_BEHIND).any(word);
    scene.ranges[at].len() >= SHOUTED && (before || behind())
}

/// Whether a verb behind a stretch names something by it, as German has it:
/// "als „Unfug“ bezeichnete".
fn names_behind(scene: &Scene, at: usize) -> bool {
    let around = Around::of(scene, at);
    let governed = around
        .before()
        .take(BEHIND)
        .any(|at| scene.is(at, Classes::PREPOSITION));
    let verb = around
        .behind()
        .take(BEHIND)
        .find(|at| scene.is(*at, Classes::NAMING));
    // "als „Irrlicht“ bezeichnet wird": by everybody.
    let passive = |verb: usize| {
        let next = scene.walk.words.get(verb + 1);
        scene.ranges[at].len() == 1 && next.is_some_and(|word| word.classes.any(Classes::AUXILIARY))
    };
    governed && verb.is_some_and(|verb| !passive(verb))
}

/// What stands between a stretch and the word before it.
fn lead<'a>(scene: &Scene<'a>, at: usize, near: usize) -> &'a str {
    scene.stretch(scene.word(near).span.end, scene.quoted[at].outer.start)
}

/// Whether the word before a stretch is a noun, of which the stretch may be the
/// title: "praised the film “Harbor”".
fn is_noun_before(scene: &Scene, at: usize, near: usize) -> bool {
    if scene.word(near).is_possessive() {
        return true;
    }
    if scene.lang.capitalizes_nouns() {
        // "nennt „Harbor“" may as well mean that it is mentioned.
        let bare = Classes::DEFINITE.and(Classes::NAMING);
        let article = scene.ranges[at].len() == 1 && scene.is(near, bare);
        return article || scene.word(near).is_capital();
    }
    let other = Classes::DETERMINER
        .and(Classes::PREPOSITION)
        .and(Classes::PRONOUN)
        .and(Classes::SUBJECT)
        .and(Classes::NAMING)
        .and(Classes::SPEECH);
    !scene.is(near, other) && scene.mention_at(near).is_none()
}

/// Whether a verb's split prefix stands behind a stretch: "warf ihm „Unfug“
/// vor".
fn is_split_verb(scene: &Scene, at: usize) -> bool {
    let around = Around::of(scene, at);
    let mut behind = around.behind();
    let prefix = behind
        .next()
        .is_some_and(|at| scene.is(at, Classes::PREPOSITION) && scene.lang.capitalizes_nouns());
    prefix
        && behind
            .next()
            .is_none_or(|at| scene.between(at - 1, at).trim() != "" || scene.is(at, Classes::AND))
}

/// Whether a word that may be a verb is a noun here: "the call".
fn is_noun(scene: &Scene, at: usize) -> bool {
    at > 0
        && scene.is(at - 1, Classes::DETERMINER.and(Classes::ADJECTIVE))
        && !scene.lang.capitalizes_nouns()
}

/// Whether a word can be who acts: "Reed called", "what they call". With an
/// auxiliary between, "called" may be what is done to them.
fn is_subject(scene: &Scene, at: usize) -> bool {
    scene.mention_at(at).is_some() || scene.is(at, Classes::SUBJECT.and(Classes::PERSON))
}
