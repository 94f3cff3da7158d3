//! The sentences of a quotation.

use super::{
    About,
    traits::{Traits, traits},
};
use crate::{
    digest::{
        sentences::{self, Quoted},
        words::{Walk, Word},
    },
    entry::{Quotation, ends_a_sentence},
    text::Span,
};
use memchr::memchr3;
use std::ops::Range;

/// A sentence of a quotation.
#[derive(Debug)]
pub(super) struct Said<'a> {
    pub(super) span: Span,
    pub(super) words: &'a [Word],
    /// How many words it has.
    pub(super) count: usize,
    /// Whether it does not go on from the one before.
    pub(super) opens: bool,
    /// Whether it is the second half of a sentence that a clause interrupts.
    pub(super) half: bool,
    pub(super) traits: Traits,
}

/// What is known of the words of the article.
pub(super) struct Known {
    /// By the number of a term: how much of what the article is about it is,
    /// in halves.
    pub(super) themes: Vec<u8>,
    /// By the place of a word: whether it is part of a name.
    pub(super) names: Vec<Named>,
}

/// Whether a word is part of a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Named {
    No,
    Person,
    Other,
}

/// Takes a quotation apart into its sentences.
///
/// Where a clause stood between two parts, the first ends in the comma that
/// held it open. The second goes on with the sentence when it starts small, or
/// when the clause does not end as a sentence does ("When the flood came," she
/// said, "I ran.").
pub(super) fn take_apart<'a>(
    about: &About<'a>,
    known: &Known,
    quotation: &Quotation,
    said: &mut Vec<Said<'a>>,
) {
    let (plain, mut opens) = (about.body.plain.as_str(), true);
    let mut before: Option<Span> = None;
    for part in &quotation.parts {
        let text = part.of(plain);
        let mut half = false;
        if let Some(before) = before {
            let between = &plain[before.end as usize..part.start as usize];
            let attributed = between.contains(char::is_alphanumeric);
            let held = !before.of(plain).ends_with(['.', '!', '?', '…']);
            half = text.starts_with(char::is_lowercase)
                || attributed && held && !ends_a_sentence(between);
            opens = attributed && !half;
        }
        before = Some(*part);
        let mut take = |span: Span| {
            let places = words_in(about.walk, span);
            let words = &about.walk.words[places.clone()];
            let traits = traits(about, known, span, places);
            said.push(Said {
                span,
                words,
                count: count(span.of(plain), words.len()),
                opens,
                half,
                traits,
            });
            (opens, half) = (false, false);
        };
        if is_one_sentence(text) {
            take(*part);
            continue;
        }
        let start = part.start as usize;
        sentences::split(text, about.lang, Quoted::Cut, |span| {
            let range = span.range();
            take(Span::new(start + range.start, start + range.end));
        });
    }
}

/// How many words a sentence has, where a script without blanks makes one of
/// many: two Chinese or Japanese letters are as much as a word, and four of the
/// letters that Thai and Burmese are written with.
fn count(text: &str, words: usize) -> usize {
    // Curly marks start with 0xE2.
    if text.bytes().all(|byte| byte < 0xE0 || byte == 0xE2) {
        return words;
    }
    let quarters = text.chars().filter(|c| c.is_alphanumeric());
    let quarters = quarters.map(|c| match u32::from(c) {
        0x0E00..=0x109F | 0x1780..=0x17FF => 1,
        0x3000..=0x9FFF | 0xF900..=0xFAFF => 2,
        _ => 0,
    });
    words.max(quarters.sum::<usize>() / 4)
}

/// Whether nothing in a quotation could end a sentence or be an item of a list:
/// most are told so by a glance.
fn is_one_sentence(text: &str) -> bool {
    let inside = &text.as_bytes()[..text.len().saturating_sub(1)];
    text.is_ascii()
        && text.starts_with(|c: char| c.is_ascii_alphabetic())
        && memchr3(b'.', b'!', b'?', inside).is_none()
}

fn words_in(walk: &Walk, span: Span) -> Range<usize> {
    let from = |at: u32| walk.words.partition_point(|word| word.span.start < at);
    let (start, end) = (from(span.start), from(span.end));
    start..end.max(start)
}

#[cfg(test)]
mod tests {
    use super::count;

    #[test]
    fn letters_are_counted_where_no_blanks_part_words() {
        assert_eq!(count("Plain words, three", 3), 3);
        assert_eq!(count("It’s “ours”", 2), 2);
        assert_eq!(count("私たちは町の図書館を守ります。", 1), 7);
        assert_eq!(count("ห้องสมุดของเราเปิดแล้ว", 1), 5);
        assert_eq!(count("Мы сохраним библиотеку", 3), 3);
    }
}
