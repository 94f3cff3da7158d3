//! Who is "he"?

use super::scene::Scene;
use crate::digest::{
    lang::Classes,
    names::{Gender, Kind},
};

/// How many mentions before a pronoun are looked at. Antecedents further up
/// were wrong more often than not.
const REACH: usize = 14;

/// How many pronouns are followed up the text.
const CHAIN: usize = 3;

/// What being meant by the pronoun before adds.
const CHAINED: i32 = 3;

/// The least score with which somebody is meant; below it nobody is named.
const LEAST: i32 = 3;

/// How far the best must be ahead of the next: a tie names nobody.
const AHEAD: i32 = 1;

/// The person that the pronoun at the word at `at` means, given who spoke
/// before it.
///
/// The weights order the evidence as grammars do (near, subject, of a fitting
/// sex, speaking already) and were set by hand on newspaper articles; none of
/// them decides alone.
pub(super) fn resolve(scene: &Scene, at: usize, speaker: Option<usize>) -> Option<usize> {
    meant(scene, at, speaker, CHAIN)
}

/// The same, following at most `chain` pronouns up the text.
fn meant(scene: &Scene, at: usize, speaker: Option<usize>, chain: usize) -> Option<usize> {
    let pronoun = scene.word(at);
    let gender = if pronoun.classes.any(Classes::HE) {
        Gender::Male
    } else if pronoun.classes.any(Classes::SHE) {
        Gender::Female
    } else {
        return None;
    };
    let before = scene
        .mentions
        .partition_point(|mention| mention.words.start < at);
    let mut scores: Vec<(usize, i32)> = Vec::with_capacity(8);
    if let Some(speaker) = speaker {
        scores.push((speaker, 4));
    }
    let mut looked = 0;
    for mention in scene.mentions[..before].iter().rev() {
        let first = mention.words.start;
        if scene.is_quoted(first) {
            continue;
        }
        let name = &scene.names[mention.name];
        let person = match name.kind {
            Kind::Person => 2,
            // Where nouns look like names, one that may be a noun is nobody.
            Kind::Unknown if scene.lang.capitalizes_nouns() && !name.form.contains(' ') => continue,
            Kind::Unknown => 0,
            Kind::Organization | Kind::Place => continue,
        };
        let fits = match name.gender {
            Gender::Unknown => 0,
            known if known == gender => 2,
            _ => continue,
        };
        looked += 1;
        if looked > REACH {
            break;
        }
        let distance = pronoun.sentence.saturating_sub(scene.word(first).sentence);
        let near = match distance {
            0 => 6,
            1 => 5,
            2 => 2,
            3 => 1,
            _ => 0,
        };
        let score = near + person + fits + role_in_sentence(scene, mention.words.clone());
        match scores.iter_mut().find(|(name, _)| *name == mention.name) {
            Some((_, best)) => *best = (*best).max(score),
            None => scores.push((mention.name, score)),
        }
    }
    scores.retain(|(name, _)| {
        let known = scene.names[*name].gender;
        known == Gender::Unknown || known == gender
    });
    // "He was tired. He sat down": the second one is mostly the first.
    let earlier = chain
        .checked_sub(1)
        .and_then(|chain| meant(scene, earlier_pronoun(scene, at)?, speaker, chain));
    if let Some(score) = earlier.and_then(|who| scores.iter_mut().find(|(name, _)| *name == who)) {
        score.1 += CHAINED;
    }
    scores.sort_by_key(|(_, score)| -score);
    let (best, score) = *scores.first()?;
    let clear = scores.get(1).is_none_or(|(_, next)| score - next >= AHEAD);
    (score >= LEAST && (clear || speaker == Some(best))).then_some(best)
}

/// The pronoun of the same sex before this one, in its sentence or the one
/// before.
fn earlier_pronoun(scene: &Scene, at: usize) -> Option<usize> {
    let kinds = Classes::HE.and(Classes::SHE);
    let kind = scene.word(at).classes.only(kinds);
    let sentence = scene.word(at).sentence;
    (0..at)
        .rev()
        .take_while(|word| scene.word(*word).sentence + 1 >= sentence)
        .filter(|word| !scene.is_quoted(*word))
        .find(|word| scene.is(*word, kind) && scene.is(*word, Classes::SUBJECT))
}

/// What a mention's place in its sentence says for it: subjects are taken up
/// by pronouns, possessors and objects seldom.
fn role_in_sentence(scene: &Scene, words: std::ops::Range<usize>) -> i32 {
    let last = words.end - 1;
    if scene.word(last).is_possessive() {
        return -1;
    }
    let start = scene.word(words.start);
    let sentence = start.sentence;
    // A word before it that is no title: then it opens no sentence.
    let earlier = (0..words.start)
        .rev()
        .take_while(|at| scene.word(*at).sentence == sentence);
    let governed = words.start > 0
        && scene.word(words.start - 1).sentence == sentence
        && scene.is(words.start - 1, Classes::PREPOSITION.and(Classes::LINK));
    let opens = !earlier.clone().any(|at| {
        scene.mention_at(at).is_some()
            || scene.is_speech(at)
            || scene.is(
                at,
                Classes::PREPOSITION
                    .and(Classes::SUBJECT)
                    .and(Classes::VERB),
            )
    });
    let next = words.end;
    let acts = next < scene.walk.words.len()
        && scene.word(next).sentence == sentence
        && scene.is(
            next,
            Classes::SPEECH.and(Classes::AUXILIARY).and(Classes::VERB),
        );
    let said = words.start > 0
        && scene.word(words.start - 1).sentence == sentence
        && scene.is_speech(words.start - 1);
    let says = next < scene.walk.words.len()
        && scene.word(next).sentence == sentence
        && scene.is_speech(next);
    if governed {
        return -2;
    }
    2 * i32::from(opens || said) + i32::from(acts) + i32::from(says)
}
