//! Where the story starts: behind the lines that some sites and agencies put
//! under the headline.

use super::candidates::ratio;
use crate::{
    digest::{
        dateline::dateline,
        lang::Classes,
        words::{Gap, Shape, Walk, Word},
    },
    text::Text,
};

/// Lines are looked at in this many paragraphs; no head is longer.
const MOST_LINES: u32 = 4;

/// A line under the headline has no more words than this.
const LINE: usize = 12;

/// And if nothing but its own words tells it, no more than this.
const TELEGRAM: usize = 9;

/// The story's first sentence is this much longer than a line above it.
const LONGER: f32 = 1.5;

/// The block that the story starts with. `repeats_title` tells whether words say
/// the headline again.
pub(super) fn story_start(
    body: &Text,
    walk: &Walk,
    repeats_title: impl Fn(&[Word]) -> bool,
) -> u32 {
    let first_of = |block: u32| {
        let at = walk.sentences.partition_point(|s| s.block < block);
        walk.sentences.get(at).filter(|s| s.block == block)
    };
    let alone = |block: u32| {
        let at = walk.sentences.partition_point(|s| s.block < block);
        walk.sentences
            .get(at + 1)
            .is_none_or(|next| next.block != block)
    };
    let mut titled = false;
    for block in 0..MOST_LINES {
        let Some(sentence) = first_of(block) else {
            return 0;
        };
        let words = walk.of(sentence);
        let text = sentence.span.of(&body.plain);
        // What stands above a dateline is not of the story.
        if dateline(text) > 0 {
            return block;
        }
        if repeats_title(words) && alone(block) {
            titled = true;
            continue;
        }
        let next = first_of(block + 1).map(|next| walk.of(next));
        let longer = |block: u32| {
            first_of(block)
                .is_some_and(|next| ratio(walk.of(next).len(), words.len().max(1)) >= LONGER)
        };
        let above = next.is_some_and(|next| {
            alone(block)
                && words.len() <= LINE
                && (longer(block + 1) || titled && longer(block + 2))
                && (titled || is_telegram(words, next) || dated(body, block + 1))
        });
        if !above {
            return block;
        }
    }
    0
}

/// Whether the block starts with a dateline.
fn dated(body: &Text, block: u32) -> bool {
    let block = body.blocks.get(block as usize);
    block.is_some_and(|block| dateline(body.of(block)) > 0)
}

/// Whether a line is written as headlines are, without articles, and says less
/// than the sentence behind it: "Nervous growers await frost".
fn is_telegram(line: &[Word], next: &[Word]) -> bool {
    let article = Classes::DETERMINER.and(Classes::DEFINITE);
    let others = article
        .and(Classes::AUXILIARY)
        .and(Classes::DAY)
        .and(Classes::FIRST);
    let open = |word: &Word| {
        word.classes.any(others)
            || word.shape == Shape::Number
            || word.gap != Gap::Space && word.gap != Gap::Edge
            || word.is_capital() && word.gap != Gap::Edge
    };
    let again = |word: &Word| word.is_content() && next.iter().any(|w| w.id == word.id);
    line.len() <= TELEGRAM
        && !line.iter().any(open)
        && next.iter().any(|word| word.classes.any(article))
        && line.iter().any(again)
}
