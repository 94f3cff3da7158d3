//! A few of the article's own sentences that together say what happened.
//!
//! Each sentence is weighed by shallow features (`candidates`) and told what it
//! hangs on (`needs`); of all sets of up to three of the best, the one that says
//! most is taken (`choose`), and put in order. What a reader could not
//! understand on its own is never taken: a sentence that hangs on one that was
//! left out, or the lead quotation a second time.

mod brief;
mod candidates;
mod choose;
mod cut;
mod head;
mod marks;
mod needs;
mod repeats;

pub(super) use repeats::lead_spans;

use super::{
    lang::Language,
    words::{Walk, Word},
};
use crate::text::{Span, Text};
use marks::add;

/// What a summary is made from, beyond the body.
#[derive(Debug, Clone, Copy)]
pub(super) struct About<'a> {
    /// The headline's words.
    pub(super) title: &'a Walk,
    /// Where the lead quotation stands in the body.
    pub(super) lead: &'a [Span],
    /// The language of the body.
    pub(super) lang: &'static Language,
}

impl About<'_> {
    /// Whether words say the headline again.
    fn is_title(&self, words: &[Word]) -> bool {
        let keys = self.title.words.iter().map(|word| word.key);
        !words.is_empty() && words.iter().map(|word| word.key).eq(keys)
    }
}

/// A summary of at most `limit` bytes; only a single sentence may be a little
/// longer.
pub(super) fn summary(body: &Text, walk: &Walk, about: &About<'_>, limit: usize) -> String {
    if let Some(whole) = brief::brief(body, walk, about, limit) {
        return whole;
    }
    let candidates = candidates::candidates(body, walk, about, limit);
    let chosen = choose::choose(&candidates, walk, about.lang, limit);
    if let Some(opening) = cut::long_opening(&candidates, limit)
        && !chosen.iter().any(|candidate| candidate.opens)
    {
        return fold(opening.span.of(&body.plain));
    }
    let mut summary = String::new();
    for candidate in chosen {
        add(&mut summary, &fold(candidate.span.of(&body.plain)));
    }
    if summary.is_empty() {
        return cut::piece(body, &candidates, limit).unwrap_or_default();
    }
    summary
}

/// A text on one line; most are on one already.
fn fold(text: &str) -> String {
    let even = text.bytes().all(|byte| matches!(byte, b' '..=b'~'));
    if even && !text.contains("  ") {
        return text.trim_matches(' ').to_owned();
    }
    let mut folded = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !folded.is_empty() {
            folded.push(' ');
        }
        folded.push_str(word);
    }
    folded
}
