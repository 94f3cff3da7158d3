//! Where the story stands among the lines of a page.

use super::{Rule, lines::Line};
use crate::text::BlockKind;
use std::ops::Range;

/// What a line that reads as running text adds, by its words: a paragraph of
/// this many words outweighs one line of a menu.
const WORDS_A_POINT: f32 = 12.0;

/// A paragraph adds no more than this, so that no single one (a cookie notice)
/// outweighs a story.
const MOST: f32 = 6.0;

/// What a short line without a stop takes away. Of pasted pages' lines, 0.5
/// told story from page better (F1 .82) than 0.8 (.80) and 1.0 (.78): what it
/// keeps too much at the ends is less than what they lose inside.
const SHORT_LINE: f32 = -0.5;

/// The densest run of lines that read as a story; all lines where none does.
pub(super) fn story(lines: &[Line]) -> Range<usize> {
    let (mut best, mut best_sum) = (0..lines.len(), 0.0);
    let (mut start, mut sum) = (0, 0.0);
    for (at, line) in lines.iter().enumerate() {
        let before = at.checked_sub(1).map(|before| &lines[before]);
        sum += weight(line, before, lines.get(at + 1));
        if sum <= 0.0 {
            (start, sum) = (at + 1, 0.0);
        } else if sum > best_sum {
            (best, best_sum) = (start..at + 1, sum);
        }
    }
    best
}

#[allow(clippy::cast_precision_loss, reason = "a line has few words")]
fn weight(line: &Line, before: Option<&Line>, next: Option<&Line>) -> f32 {
    // "— Ann Lee, teacher" under her words is a part of them.
    let signed = |before: &Line| {
        let dash = line.text.starts_with(['—', '–', '―', '-']);
        dash && before.text.ends_with(['”', '"', '“', '«', '»', '’'])
    };
    // A headline said twice is an inset, and no menu.
    let same = |other: &Line| !line.folded.is_empty() && other.folded == line.folded;
    let twice = line.words >= 4 && (before.is_some_and(same) || next.is_some_and(same));
    match (line.rule, line.kind) {
        // Furniture inside the story says little: an advertisement's label.
        (Some(Rule::Furniture), _) => SHORT_LINE / 2.0,
        (Some(_), _) => 0.0,
        (None, BlockKind::Quote | BlockKind::Code) => 1.0,
        (None, BlockKind::Heading(_)) => -0.3,
        (None, _) if line.is_prose() => (line.words as f32 / WORDS_A_POINT).clamp(0.3, MOST),
        (None, BlockKind::ListItem { .. }) if line.words >= 4 => 0.2,
        (None, BlockKind::ListItem { .. }) => SHORT_LINE / 3.0,
        (None, _) if before.is_some_and(signed) => 0.2,
        (None, _) if twice => SHORT_LINE / 4.0,
        (None, _) => SHORT_LINE,
    }
}
