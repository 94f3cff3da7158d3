//! A title for an article that has none: its first sentence, shortened.

use super::{
    dateline::dateline,
    words::{Gap, Walk},
};
use crate::text::Text;

/// The longest title that is made, in bytes: two lines in most readers.
const LONGEST: usize = 110;

/// A cut at a clause's border is taken from this many bytes on; before that
/// too little is left, and the cut is made at a word.
const ENOUGH: usize = 45;

/// The longest headline, in words: of 605 newspapers', nearly all are no
/// longer.
const HEADLINE: usize = 18;

/// What an article is called that says nothing.
const NOTHING: &str = "Untitled";

/// The first sentence as a title; cut at a clause's border where there is one,
/// with an ellipsis.
pub(super) fn made(body: &Text, walk: &Walk) -> String {
    let Some(sentence) = walk
        .sentences
        .iter()
        .find(|sentence| !sentence.words.is_empty())
    else {
        let line = body.plain.lines().find(|line| !line.trim().is_empty());
        let line = line.unwrap_or(NOTHING);
        return cut(line, line.len().min(LONGEST), line.len() > LONGEST);
    };
    let text = sentence.span.of(&body.plain);
    let dateline = dateline(text);
    let text = &text[dateline..];
    if text.len() <= LONGEST {
        return cut(text, text.len(), false);
    }
    let start = sentence.span.start as usize + dateline;
    let ends = |word: &crate::digest::words::Word| (word.span.end as usize).saturating_sub(start);
    let words = walk.of(sentence);
    let fits = words
        .iter()
        .take_while(|word| ends(word) <= LONGEST)
        .count();
    let clause = (1..=fits)
        .rev()
        .filter(|at| words.get(*at).is_some_and(|word| word.gap != Gap::Space))
        .map(|at| ends(&words[at - 1]))
        .find(|end| *end >= ENOUGH);
    let end = clause.or_else(|| fits.checked_sub(1).map(|last| ends(&words[last])));
    cut(text, end.unwrap_or(LONGEST), true)
}

/// Whether a title that was made is the whole first block, and short as
/// headlines are.
pub(super) fn is_line(title: &str, body: &Text) -> bool {
    let first = body.blocks.first().map_or("", |block| body.of(block));
    first.strip_suffix('.').unwrap_or(first) == title
        && title.split(' ').count() <= HEADLINE
        && body.blocks.len() > 2
}

/// The text up to `end`, moved to a character's border, white space folded.
fn cut(text: &str, end: usize, shortened: bool) -> String {
    let end = (0..=end.min(text.len()))
        .rev()
        .find(|at| text.is_char_boundary(*at))
        .unwrap_or(0);
    let words: Vec<&str> = text[..end].split_whitespace().collect();
    let title = words.join(" ");
    if shortened {
        format!(
            "{}…",
            title.trim_end_matches([',', ';', ':', '-', '–', '—', ' '])
        )
    } else {
        let bare = title
            .strip_suffix(['.', '。'])
            .filter(|bare| !bare.ends_with('.'));
        match bare.unwrap_or(&title) {
            "" => NOTHING.to_owned(),
            title => title.to_owned(),
        }
    }
}
