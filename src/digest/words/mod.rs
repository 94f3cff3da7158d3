//! The words of a text, found in one walk over its bytes.
//!
//! Every later step looks at these words and the spans they cover; nobody else
//! cuts text into words, and no word is copied.

mod clusters;
mod cut;
mod kin;
mod ngrams;
mod particles;
mod scan;
mod terms;

pub(super) use terms::Terms;

use super::{
    lang::{Classes, Language},
    sentences::{self, Quoted},
};
use crate::text::{Span, Text};
use cut::{Known, Piece, Role};
use scan::{Found, next_word};
use std::ops::Range;

/// The words of a text and its sentences.
#[derive(Debug, Default)]
pub(super) struct Walk {
    /// In order.
    pub(super) words: Vec<Word>,
    /// In order; none crosses the border of a block.
    pub(super) sentences: Vec<Sentence>,
    /// The different stems among the words.
    pub(super) terms: Terms,
    /// Whether the article alone has told what its words are.
    pub(super) told: bool,
    /// What cuts words that no space parts.
    known: Known,
    /// Where such words are, in order.
    pieces: Vec<Piece>,
    /// The next of them.
    piece: usize,
}

/// A word: letters and digits with the marks that belong inside ("O'Neil",
/// "co-operation", "U.S.", "1,000").
#[derive(Debug, Clone, Copy)]
pub(super) struct Word {
    /// Where it stands, with a possessive ending.
    pub(super) span: Span,
    /// The key of its letters without case, possessive ending and last period:
    /// equal for equal words, and for looking it up in a language's tables.
    pub(super) key: u64,
    /// The key of its stem, equal for singular and plural.
    pub(super) term: u64,
    /// The number of its stem among [`Walk::terms`].
    pub(super) id: u32,
    /// What the language knows of it.
    pub(super) classes: Classes,
    /// Which sentence it stands in.
    pub(super) sentence: u32,
    /// How it is written.
    pub(super) shape: Shape,
    /// What stands between the word before and this one.
    pub(super) gap: Gap,
    /// How many bytes at its end are a possessive ending ("'s").
    possessive: u8,
}

/// How a word is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    /// "word"; also words of scripts without case.
    Lower,
    /// "Word", "O'Neil".
    Capitalized,
    /// "NATO", "U.S.", "COVID-19".
    Upper,
    /// "J." or "J".
    Initial,
    /// "1,000", "5th".
    Number,
    /// "iPhone".
    Mixed,
}

/// What stands between a word and the one before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Gap {
    /// It is the first of its sentence.
    Edge,
    /// White space, or nothing ("J.Marlow").
    Space,
    /// A comma.
    Comma,
    /// Any other mark: quotation marks, brackets, dashes.
    Mark,
}

/// A sentence.
#[derive(Debug, Clone)]
pub(super) struct Sentence {
    /// Where it stands, closing marks included.
    pub(super) span: Span,
    /// Its words, as places in [`Walk::words`].
    pub(super) words: Range<u32>,
    /// Which block it stands in.
    pub(super) block: u32,
}

impl Word {
    /// Whether it says something of what the text is about.
    pub(super) fn is_content(&self) -> bool {
        let number = self.shape == Shape::Number;
        !(number | self.classes.any(Classes::STOP) | (self.span.len() < 2))
    }

    /// Where it stands without a possessive ending.
    pub(super) fn bare(&self) -> Span {
        Span {
            start: self.span.start,
            end: self.span.end - u32::from(self.possessive),
        }
    }

    /// Whether it ends in a possessive "'s".
    pub(super) fn is_possessive(&self) -> bool {
        self.possessive > 0
    }

    /// Whether it is written with a capital, as names are.
    pub(super) fn is_capital(&self) -> bool {
        matches!(
            self.shape,
            Shape::Capitalized | Shape::Upper | Shape::Initial | Shape::Mixed
        )
    }
}

impl Walk {
    /// The words of one sentence.
    pub(super) fn of(&self, sentence: &Sentence) -> &[Word] {
        &self.words[sentence.words.start as usize..sentence.words.end as usize]
    }
}

/// Walks a text of several blocks. Its headline tells of its words as well.
pub(super) fn walk(text: &Text, headline: &str, lang: &Language) -> Walk {
    let mut walk = Walk::default();
    // English has about six bytes a word and twenty words a sentence.
    walk.words.reserve(text.plain.len() / 5);
    walk.sentences.reserve(text.plain.len() / 80);
    walk.terms.grow((text.plain.len() / 5).next_power_of_two());
    walk.known = cut::learn([headline, &text.plain], lang);
    walk.pieces = walk.known.cut(&text.plain, lang);
    for (block, at) in text.blocks.iter().zip(0..) {
        let start = block.span.start as usize;
        sentences::split(text.of(block), lang, Quoted::Whole, |span| {
            let span = Span::new(start + span.range().start, start + span.range().end);
            walk.sentence(&text.plain, span, at, lang);
        });
    }
    walk
}

impl Walk {
    /// Walks a text of one block that belongs to this one, such as its headline.
    pub(super) fn line(&self, line: &str, lang: &Language) -> Walk {
        let mut walk = Walk {
            pieces: self.known.cut(line, lang),
            ..Walk::default()
        };
        sentences::split(line, lang, Quoted::Whole, |span| {
            walk.sentence(line, span, 0, lang);
        });
        walk
    }

    /// The piece that starts at `at`, as a word; those before it are passed.
    fn piece_at(&mut self, at: usize) -> Option<Piece> {
        let rest = &self.pieces[self.piece..];
        self.piece += rest.iter().take_while(|piece| piece.start < at).count();
        let piece = self.pieces.get(self.piece);
        piece.copied().filter(|piece| piece.start == at)
    }

    fn sentence(&mut self, text: &str, span: Span, block: u32, lang: &Language) {
        let number = count(self.sentences.len());
        let first = count(self.words.len());
        let slice = &text[..span.range().end];
        let (mut at, mut last) = (span.range().start, None);
        while let Some(mut found) = next_word(slice, at, lang) {
            let piece = if self.pieces.is_empty() {
                None
            } else {
                self.piece_at(found.range.start)
            };
            if let Some(piece) = piece {
                found = Found::piece(text, piece.start..piece.end, piece.role == Role::Number);
            }
            at = found.range.end;
            let gap = match last {
                None => Gap::Edge,
                Some(end) => gap(text, end, found.range.start, lang),
            };
            last = Some(found.range.end);
            let terms = &mut self.terms;
            let mut word = found.word(text, number, gap, lang, terms);
            word.classes = match piece.map(|piece| piece.role) {
                Some(Role::Function) => Classes::STOP,
                Some(Role::Joining) => Classes::STOP.and(Classes::CONNECTIVE),
                Some(Role::Rest) => Classes::ADVERB,
                _ => Classes::default(),
            };
            self.words.push(word);
        }
        // Looked up one after the other, the words wait for memory together.
        for word in &mut self.words[first as usize..] {
            word.classes = word.classes.and(lang.classes(word.key));
            if word.classes.is_none() {
                let of_head = lang.compound(word.bare().of(text));
                word.classes = word.classes.and(of_head);
            }
            if word.term != word.key {
                word.classes = word.classes.and(lang.of_stem(word.term));
            }
        }
        self.sentences.push(Sentence {
            span,
            words: first..count(self.words.len()),
            block,
        });
    }
}

fn count(at: usize) -> u32 {
    u32::try_from(at).expect("texts are limited to less than 4 GiB")
}

/// What stands between two words, in most cases a space.
fn gap(text: &str, from: usize, to: usize, lang: &Language) -> Gap {
    match &text.as_bytes()[from..to] {
        b"" | b" " => Gap::Space,
        b", " | b"," => Gap::Comma,
        _ => match text[from..to].trim() {
            "" => Gap::Space,
            "," => Gap::Comma,
            // What hangs on a verb stands behind a hyphen ("dit-il").
            "-" if lang.parts(&text[to..]) => Gap::Space,
            _ => Gap::Mark,
        },
    }
}
