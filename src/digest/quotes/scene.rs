//! What attribution looks at: words, names and quoted stretches side by side,
//! and who is meant at a place in the text.

use super::marks::Quoted;
use crate::{
    digest::{
        lang::{Classes, Language},
        names::Name,
        words::{Gap, Shape, Walk, Word},
    },
    text::{Span, Text},
};
use std::{cell::OnceCell, collections::HashSet, ops::Range};

/// What a name mention is where it is none.
const NONE: u32 = u32::MAX;

/// An article, as attribution sees it.
pub(super) struct Scene<'a> {
    pub(super) plain: &'a str,
    pub(super) text: &'a Text,
    pub(super) walk: &'a Walk,
    pub(super) lang: &'a Language,
    pub(super) names: &'a [Name],
    /// The quoted stretches, in order.
    pub(super) quoted: &'a [Quoted],
    /// Their words.
    pub(super) ranges: Vec<Range<usize>>,
    /// The mentions of names, in order.
    pub(super) mentions: Vec<Mention>,
    /// By word: which mention it is a part of.
    mention: Vec<u32>,
    /// By word: whether it is quoted.
    inside: Vec<bool>,
    /// By stretch, and the end: how many borders between sentences stand within
    /// those before it.
    borders: Vec<u32>,
    /// The keys of words that are written small somewhere; asked for seldom.
    small: OnceCell<HashSet<u64>>,
}

/// A mention of a name.
#[derive(Debug, Clone)]
pub(super) struct Mention {
    pub(super) name: usize,
    pub(super) words: Range<usize>,
}

/// Who a phrase means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Who {
    /// One of the names.
    Name(usize),
    /// The pronoun at this word.
    Pronoun(usize),
    /// Somebody who is described.
    Described(Span),
}

impl<'a> Scene<'a> {
    /// An article in which nothing is known to be quoted yet.
    pub(super) fn new(
        text: &'a Text,
        walk: &'a Walk,
        lang: &'a Language,
        names: &'a [Name],
    ) -> Self {
        let mut mentions: Vec<Mention> = names
            .iter()
            .enumerate()
            .flat_map(|(name, of)| {
                of.words.iter().map(move |words| Mention {
                    name,
                    words: words.start as usize..words.end as usize,
                })
            })
            .collect();
        mentions.sort_unstable_by_key(|mention| mention.words.start);
        let mut mention = vec![NONE; walk.words.len()];
        for (at, found) in (0..).zip(&mentions) {
            mention[found.words.clone()].fill(at);
        }
        Self {
            plain: &text.plain,
            text,
            walk,
            lang,
            names,
            quoted: &[],
            ranges: Vec::new(),
            mentions,
            mention,
            inside: vec![false; walk.words.len()],
            borders: vec![0],
            small: OnceCell::new(),
        }
    }

    /// The same, with these stretches quoted.
    pub(super) fn quoting(mut self, quoted: &'a [Quoted]) -> Self {
        let words = &self.walk.words;
        let first = |at: u32| words.partition_point(|word| word.span.start < at);
        let range = |quoted: &Quoted| first(quoted.words.start)..first(quoted.words.end);
        self.ranges = quoted.iter().map(range).collect();
        let mut borders = 0;
        for range in &self.ranges {
            self.inside[range.clone()].fill(true);
            if !range.is_empty() {
                borders += words[range.end - 1].sentence - words[range.start].sentence;
            }
            self.borders.push(borders);
        }
        self.quoted = quoted;
        self
    }

    /// How many borders between sentences stand within the stretches behind the
    /// word at `at`, of the first `count` stretches.
    pub(super) fn borders_quoted(&self, at: usize, count: usize) -> u32 {
        let first = self.ranges[..count].partition_point(|range| range.start <= at);
        self.borders[count] - self.borders[first]
    }

    /// Whether a word is written small somewhere.
    pub(super) fn is_small(&self, key: u64) -> bool {
        let small = self.small.get_or_init(|| {
            let words = self.walk.words.iter();
            let small = words.filter(|word| word.shape == Shape::Lower);
            small.map(|word| word.key).collect()
        });
        small.contains(&key)
    }

    pub(super) fn word(&self, at: usize) -> &Word {
        &self.walk.words[at]
    }

    pub(super) fn is(&self, at: usize, classes: Classes) -> bool {
        self.walk.words[at].classes.any(classes)
    }

    /// A verb of saying, written as verbs are.
    pub(super) fn is_speech(&self, at: usize) -> bool {
        let word = self.word(at);
        let small = word.shape == Shape::Lower || word.gap == Gap::Edge;
        small && word.classes.any(Classes::SPEECH) && self.mention[at] == NONE
    }

    /// A verb of saying in a finite form, as far as that can be told.
    pub(super) fn is_finite_speech(&self, at: usize) -> bool {
        self.is_speech(at) && !self.is(at, Classes::PARTICIPLE)
    }

    /// From the first of these words to the last.
    pub(super) fn span(&self, words: &Range<usize>) -> Span {
        let last = words.end.max(words.start + 1) - 1;
        Span {
            start: self.word(words.start).span.start,
            end: self.word(last).bare().end,
        }
    }

    pub(super) fn is_quoted(&self, at: usize) -> bool {
        self.inside[at]
    }

    /// The mention that the word at `at` is a part of.
    pub(super) fn mention_at(&self, at: usize) -> Option<&Mention> {
        let found = self.mention[at];
        (found != NONE).then(|| &self.mentions[found as usize])
    }

    /// The words of a block.
    pub(super) fn block_words(&self, block: usize) -> Range<usize> {
        let span = self.text.blocks[block].span;
        let words = &self.walk.words;
        words.partition_point(|word| word.span.start < span.start)
            ..words.partition_point(|word| word.span.start < span.end)
    }

    /// What stands from one byte to another; nothing where a word that holds a
    /// mark ends behind what the mark begins.
    pub(super) fn stretch(&self, start: u32, end: u32) -> &'a str {
        self.plain
            .get(start as usize..end as usize)
            .unwrap_or_default()
    }

    /// What stands between two neighboring words.
    pub(super) fn between(&self, before: usize, after: usize) -> &'a str {
        &self.plain[self.word(before).span.end as usize..self.word(after).span.start as usize]
    }
}
