//! Articles that are no longer than a summary.

use super::{fold, join};
use crate::{digest::dateline::dateline, text::Text};

/// The whole text if it is no longer than a summary; of its labels and items of
/// lists that are no sentences, nothing, unless there is nothing else.
pub(super) fn brief(body: &Text, limit: usize) -> Option<String> {
    let blocks = body.blocks.iter().filter(|block| block.kind.is_prose());
    let texts: Vec<&str> = blocks.map(|block| body.of(block)).collect();
    let labels = texts.iter().all(|text| is_label(text));
    let (mut whole, mut left_out) = (String::new(), 0);
    for text in texts {
        let text = if whole.is_empty() {
            &text[dateline(text)..]
        } else {
            text
        };
        if whole.len() + left_out + text.len() > limit {
            return None;
        }
        if is_label(text) && !labels {
            left_out += text.len() + 1;
            continue;
        }
        join(&mut whole, &fold(text));
    }
    Some(whole)
}

/// Whether a block is a few words that do not end as a sentence does.
fn is_label(text: &str) -> bool {
    /// The most words of a label; a longer line is a sentence without its end.
    const LONGEST: usize = 6;
    let bare = text.trim_end_matches(|c: char| "\"'”’“»«)]› \u{a0}".contains(c));
    !bare.ends_with(['.', '!', '?', '…', ',', '。', '！', '？'])
        && text.split_whitespace().count() <= LONGEST
}
