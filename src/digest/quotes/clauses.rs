//! The words beside a quotation that may tell who speaks, and where they end.

use super::{
    attribution::{Attribution, Rule},
    behind::told_in,
    inverted,
    marks::Ending,
    scene::Scene,
    signatures::{DASHES, signed},
};
use crate::digest::{
    lang::{Classes, Trait},
    words::Shape,
};
use std::ops::Range;

/// The longest clause between two parts of a quotation, in words.
const CLAUSE: usize = 40;

/// The most words of a name or nickname in marks that a clause runs through,
/// and the most such names.
pub(super) const LIGHT: usize = 3;

/// The words between a stretch and the next one of its block, or the block's
/// end. What is only named between marks does not end it.
fn gap_after(scene: &Scene, at: usize) -> Range<usize> {
    let quoted = &scene.quoted[at];
    let block = block_at_end(scene, at);
    let mut next = at + 1;
    while next <= at + LIGHT
        && scene
            .quoted
            .get(next)
            .is_some_and(|found| found.block == block)
        && is_light(scene, next)
    {
        next += 1;
    }
    let end = match scene.quoted.get(next) {
        Some(found) if found.block == block => scene.ranges[next].start,
        _ => scene.block_words(block).end,
    };
    if quoted.ending != Ending::Closed {
        return end..end;
    }
    scene.ranges[at].end..end.max(scene.ranges[at].end)
}

/// Whether a stretch is a name or a nickname inside a clause, which runs on
/// around it: "Ann “Red” Lee said".
pub(super) fn is_light(scene: &Scene, at: usize) -> bool {
    let words = &scene.ranges[at];
    if words.start == 0 || !(1..=LIGHT).contains(&words.len()) {
        return false;
    }
    let before = scene.word(words.start - 1);
    let from = before.span.end as usize..scene.quoted[at].outer.start as usize;
    let near = scene.plain.get(from).unwrap_or_default();
    let text = scene.quoted[at].words.of(scene.plain);
    before.sentence == scene.word(words.start).sentence
        && near.chars().all(char::is_whitespace)
        && !text.ends_with(['.', '?', '!'])
        && !scene.is_speech(words.start - 1)
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
pub(super) fn after(scene: &Scene, at: usize) -> Option<Attribution> {
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
        && let Some(told) = signed(scene, clause.clone())
    {
        return Some(told);
    }
    let apart = opening.contains(['.', ';', ':', '(', '?', '!']);
    // A stop inside the marks and a capital after them: a sentence of its own,
    // unless it says nothing but who spoke.
    let stopped = quote.ends_with('.') || quote.ends_with('…');
    let capital = scene.word(gap.start).shape != Shape::Lower;
    let leads_on = leads_on(scene, at, clause_end);
    if apart || stopped && capital && (clause.len() > 6 || leads_on) {
        return None;
    }
    // Lee said, “Why?” Roe answered, “...”: each has its own clause.
    if leads_on && is_led(scene, at) {
        return None;
    }
    if scene.lang.does(Trait::VERB_SECOND) {
        let held = quote.ends_with([',', '?', '!']) || opening.contains(',');
        let who = inverted::after(scene, clause.clone(), held);
        // "..., schrieb ein Delegierter": a subject that is not understood is a
        // subject all the same, so that nobody else is asked for.
        let start = clause.start;
        let unread = scene.is_speech(start)
            && start + 1 < clause.end
            && scene.is(start + 1, Classes::DETERMINER);
        if who.is_none() && !unread {
            return None;
        }
        return Some(Attribution::told(scene, who, Rule::Inverted, clause));
    }
    told_in(scene, &clause, quote)
}

/// Whether the clause that ends at `clause_end` leads in to the next stretch.
fn leads_on(scene: &Scene, at: usize, clause_end: usize) -> bool {
    let Some(next) = scene.quoted.get(at + 1) else {
        return false;
    };
    if clause_end != scene.ranges[at + 1].start || next.block != scene.quoted[at].block {
        return false;
    }
    let last = scene.word(clause_end - 1).span.end;
    let between = last as usize..next.outer.start as usize;
    let between = scene.plain.get(between).unwrap_or_default();
    !between.trim_end().ends_with(['.', '!', '?'])
}

/// Whether a comma or a colon behind a verb of saying leads in to a stretch.
fn is_led(scene: &Scene, at: usize) -> bool {
    let gap = gap_before(scene, at);
    let Some(last) = gap.clone().last() else {
        return false;
    };
    let lead = scene.word(last).span.end as usize..scene.quoted[at].outer.start as usize;
    let sentence = scene.word(last).sentence;
    let told = gap
        .rev()
        .take_while(|word| scene.word(*word).sentence == sentence)
        .any(|word| scene.is_speech(word));
    let lead = scene.plain.get(lead).unwrap_or_default().trim();
    told && lead.ends_with([',', ':'])
}
