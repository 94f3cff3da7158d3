//! Who is "he"?

use super::{
    antecedents::{Place, candidates},
    attribution::Attribution,
    evidence::Signs,
    scene::Scene,
};
use crate::digest::{lang::Classes, names::Gender};

/// How many words back the pronoun before is looked for.
const BACK: usize = 60;

/// How many pronouns are followed up the text.
const CHAIN: usize = 1;

/// The least weight with which somebody is meant; below it nobody is named.
const LEAST: i32 = 200;

/// How far the best must be ahead of the next: a tie names nobody.
const AHEAD: i32 = 10;

/// The person that the pronoun at the word at `at` means, given who said what
/// before it.
pub(super) fn resolve(scene: &Scene, at: usize, told: &[Attribution]) -> Option<usize> {
    meant(scene, at, told, CHAIN)
}

/// The same, following at most `chain` pronouns up the text.
fn meant(scene: &Scene, at: usize, told: &[Attribution], chain: usize) -> Option<usize> {
    let gender = if scene.is(at, Classes::HE) {
        Gender::Male
    } else if scene.is(at, Classes::SHE) {
        Gender::Female
    } else {
        return None;
    };
    let place = Place::new(scene, at, gender);
    let mut candidates = candidates(scene, &place, told);
    // "He was tired. He sat down": the second one is mostly the first.
    let earlier = chain
        .checked_sub(1)
        .and_then(|chain| meant(scene, earlier_pronoun(scene, at, place.base)?, told, chain));
    let chained = candidates.iter_mut().find(|one| Some(one.name) == earlier);
    if let Some(chained) = chained {
        chained.signs.add(Signs::CHAINED);
    }
    let mut weights: Vec<(i32, usize)> = candidates
        .iter()
        .map(|candidate| (candidate.signs.weight(), candidate.name))
        .collect();
    weights.sort_by_key(|(weight, _)| -weight);
    let (weight, best) = *weights.first()?;
    let next = weights.get(1);
    let clear = next.is_none_or(|(next, _)| weight - next >= AHEAD);
    (weight >= LEAST && clear).then_some(best)
}

/// The pronoun of the same sex before this one, in its sentence or the one
/// before.
fn earlier_pronoun(scene: &Scene, at: usize, base: usize) -> Option<usize> {
    let kinds = Classes::HE.and(Classes::SHE);
    let kind = scene.word(at).classes.only(kinds);
    let sentence = scene.word(base).sentence;
    (0..base)
        .rev()
        .take(BACK)
        .take_while(|word| scene.word(*word).sentence + 1 >= sentence)
        .filter(|word| !scene.is_quoted(*word))
        .find(|word| scene.is(*word, kind) && scene.is(*word, Classes::SUBJECT))
}
