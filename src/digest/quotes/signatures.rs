//! Names that sign a quotation: “...” — Ann Lee, mayor.

use super::{
    attribution::{Attribution, Rule},
    clauses::block_at_end,
    scene::{Scene, Who},
};
use crate::digest::{
    lang::Classes,
    names::Kind,
    words::{Gap, Shape},
};
use std::ops::Range;

/// The most words that sign a quotation.
pub(super) const SIGNATURE: usize = 12;

/// What stands before a name that signs a quotation.
pub(super) const DASHES: [char; 4] = ['—', '–', '―', '-'];

/// The name that signs a quotation after a dash: a name, and little else.
pub(super) fn signed(scene: &Scene, words: Range<usize>) -> Option<Attribution> {
    let phrase = scene.phrase(words.start, words.end)?;
    let says = words.clone().any(|word| scene.is_finite_speech(word));
    let short = words.len() <= SIGNATURE && !says && !scene.is(words.start, Classes::AND);
    (short && matches!(phrase.who, Who::Name(_)))
        .then(|| Attribution::told(scene, phrase.who, Rule::Signed, words))
}

/// The name in the block below a quotation that fills its own: behind a dash,
/// or with nothing but what somebody is.
pub(super) fn signed_below(scene: &Scene, at: usize) -> Option<Attribution> {
    let quoted = &scene.quoted[at];
    let block = block_at_end(scene, at);
    let this = scene.text.blocks[block].span;
    let end = quoted.outer.end.min(this.end);
    let tail = scene.stretch(end, this.end);
    let below = scene.text.blocks.get(block + 1)?;
    if !tail.trim().is_empty() {
        return None;
    }
    let words = scene.block_words(block + 1);
    if scene.text.of(below).starts_with(DASHES) {
        return signed(scene, words);
    }
    let mention = scene.mention_at(words.clone().next()?)?;
    let full = mention.words.len() > 1 && scene.names[mention.name].kind != Kind::Place;
    let next = mention.words.end;
    let apposed = next < words.end && scene.word(next).gap == Gap::Comma;
    let verbs = Classes::AUXILIARY
        .and(Classes::VERB)
        .and(Classes::SPEECH)
        .and(Classes::SUBJECT);
    let verb = |at: usize| scene.word(at).shape == Shape::Lower && scene.is(at, verbs);
    let verb = words.clone().any(verb);
    (full && apposed && !verb)
        .then(|| signed(scene, words))
        .flatten()
}
