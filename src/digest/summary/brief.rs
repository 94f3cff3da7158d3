//! Articles that are no longer than a summary.

use super::{About, candidates::is_aside, fold, head::story_start, marks::add};
use crate::digest::lang::is_full_stop;
use crate::{
    digest::{dateline::dateline, words::Walk},
    text::Text,
};

/// The whole text if it is no longer than a summary; of its labels, of items of
/// lists that are no sentences, of the headline told again and of what readers
/// are told to do, nothing, unless there is nothing else.
pub(super) fn brief(body: &Text, walk: &Walk, about: &About<'_>, limit: usize) -> Option<String> {
    let prose = || {
        body.blocks
            .iter()
            .zip(0_u32..)
            .filter(|(block, _)| block.kind.is_prose())
    };
    if prose().map(|(block, _)| block.span.len()).sum::<usize>() > 2 * limit {
        return None;
    }
    let aside = |text: &str, number: u32| {
        let sentence = walk.sentences.iter().find(|s| s.block == number);
        sentence.is_some_and(|s| {
            let words = walk.of(s);
            s.span.len() == text.len()
                && (is_aside(text, words, about.lang, false) || about.is_title(words))
        })
    };
    let start = story_start(body, walk, |words| about.is_title(words));
    let is_label =
        |text: &str, number: u32| number < start || is_label(text) || aside(text, number);
    let labels = prose().all(|(block, number)| is_label(body.of(block), number));
    let (mut whole, mut left_out) = (String::new(), 0);
    for (block, number) in prose() {
        let text = body.of(block);
        let text = if whole.is_empty() {
            &text[dateline(text)..]
        } else {
            text
        };
        if whole.len() + left_out + text.len() > limit {
            return None;
        }
        if !labels && is_label(text, number) {
            left_out += text.len() + 1;
            continue;
        }
        add(&mut whole, &fold(text));
    }
    Some(whole)
}

/// Whether a block is a few words that do not end as a sentence does.
fn is_label(text: &str) -> bool {
    /// The most words of a label; a longer line is a sentence without its end.
    const LONGEST: usize = 6;
    let bare = text.trim_end_matches(|c: char| "\"'”’“»«)]› \u{a0}".contains(c));
    !bare.ends_with(['.', '!', '?', '…', ','])
        && !bare.ends_with(is_full_stop)
        && text.split_whitespace().count() <= LONGEST
}
