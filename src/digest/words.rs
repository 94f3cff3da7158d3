//! The words of a text, found in one walk over its bytes.
//!
//! Every later step looks at these words and the spans they cover; nobody else
//! cuts text into words, and no word is copied.

use super::{
    lang::{self, Classes, Language, key},
    sentences::{self, Quoted},
};
use crate::text::{Span, Text};
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
    /// "Word", "McCain".
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
    /// White space, or nothing ("J.Blinken").
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

/// The different stems of a text, numbered in order of appearance, with how
/// often each stands in it.
#[derive(Debug, Default)]
pub(super) struct Terms {
    /// How often the stem with each number occurs.
    pub(super) counts: Vec<u32>,
    keys: Vec<u64>,
    /// Numbers plus one by key, in open addressing; 0 is free.
    slots: Vec<u32>,
}

impl Terms {
    /// The number of a stem that occurs in the text.
    pub(super) fn get(&self, term: u64) -> Option<u32> {
        let mut at = self.place(term)?;
        while self.slots[at] > 0 {
            let id = self.slots[at] - 1;
            if self.keys[id as usize] == term {
                return Some(id);
            }
            at = (at + 1) & (self.slots.len() - 1);
        }
        None
    }

    fn add(&mut self, term: u64) -> u32 {
        if self.slots.len() < (self.keys.len() + 1) * 2 {
            self.grow((self.keys.len() * 4 + 64).next_power_of_two());
        }
        let id = self.get(term).unwrap_or_else(|| {
            let id = count(self.keys.len());
            self.keys.push(term);
            self.counts.push(0);
            self.fill(term, id);
            id
        });
        self.counts[id as usize] += 1;
        id
    }

    fn grow(&mut self, slots: usize) {
        self.slots = vec![0; slots];
        for at in 0..self.keys.len() {
            self.fill(self.keys[at], count(at));
        }
    }

    fn fill(&mut self, term: u64, id: u32) {
        if let Some(mut at) = self.place(term) {
            while self.slots[at] > 0 {
                at = (at + 1) & (self.slots.len() - 1);
            }
            self.slots[at] = id + 1;
        }
    }

    #[allow(
        clippy::cast_possible_truncation,
        reason = "only the low bits are used"
    )]
    fn place(&self, term: u64) -> Option<usize> {
        let mask = self.slots.len().checked_sub(1)?;
        Some((term ^ (term >> 32)) as usize & mask)
    }
}

impl Word {
    /// Whether it says something of what the text is about.
    pub(super) fn is_content(&self) -> bool {
        self.shape != Shape::Number && !self.classes.any(Classes::STOP) && self.span.len() > 1
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

/// Walks a text of several blocks.
pub(super) fn walk(text: &Text, lang: &Language) -> Walk {
    let mut walk = Walk::default();
    // English has about six bytes a word and twenty words a sentence.
    walk.words.reserve(text.plain.len() / 5);
    walk.sentences.reserve(text.plain.len() / 80);
    walk.terms.grow((text.plain.len() / 5).next_power_of_two());
    for (block, at) in text.blocks.iter().zip(0..) {
        let start = block.span.start as usize;
        sentences::split(text.of(block), lang, Quoted::Whole, |span| {
            let span = Span::new(start + span.range().start, start + span.range().end);
            walk.sentence(&text.plain, span, at, lang);
        });
    }
    walk
}

/// Walks a text of one block, such as a headline.
pub(super) fn walk_line(line: &str, lang: &Language) -> Walk {
    let mut walk = Walk::default();
    sentences::split(line, lang, Quoted::Whole, |span| {
        walk.sentence(line, span, 0, lang);
    });
    walk
}

impl Walk {
    fn sentence(&mut self, text: &str, span: Span, block: u32, lang: &Language) {
        let number = count(self.sentences.len());
        let first = count(self.words.len());
        let slice = &text[..span.range().end];
        let (mut at, mut last) = (span.range().start, None);
        while let Some(found) = next_word(slice, at, lang) {
            at = found.range.end;
            let gap = match last {
                None => Gap::Edge,
                Some(end) => gap(&text[end..found.range.start]),
            };
            last = Some(found.range.end);
            let mut word = found.word(text, number, gap, lang);
            word.id = self.terms.add(word.term);
            self.words.push(word);
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

fn gap(between: &str) -> Gap {
    match between {
        "" | " " => Gap::Space,
        ", " | "," => Gap::Comma,
        _ => {
            let marks = between.trim();
            match marks {
                "" => Gap::Space,
                "," => Gap::Comma,
                _ => Gap::Mark,
            }
        }
    }
}

/// A word as found, with what was seen of its letters on the way.
struct Found {
    range: Range<usize>,
    letters: usize,
    capitals: usize,
    digits: usize,
    starts: Start,
    ascii: bool,
    dotted: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Start {
    Small,
    Capital,
    Digit,
}

/// What a byte is to a word.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Byte {
    Other,
    Small,
    Capital,
    Digit,
    /// May stand inside a word.
    Inner,
    /// Part of a character that is not ASCII.
    High,
}

const BYTES: [Byte; 256] = {
    let mut table = [Byte::Other; 256];
    let mut at = 0;
    while at < 256 {
        table[at] = match at as u8 {
            b'a'..=b'z' => Byte::Small,
            b'A'..=b'Z' => Byte::Capital,
            b'0'..=b'9' => Byte::Digit,
            b'.' | b',' | b'\'' | b'-' | b'&' => Byte::Inner,
            0x80.. => Byte::High,
            _ => Byte::Other,
        };
        at += 1;
    }
    table
};

/// The first word at or after `at`.
fn next_word(text: &str, mut at: usize, lang: &Language) -> Option<Found> {
    let bytes = text.as_bytes();
    let start = loop {
        match BYTES[usize::from(*bytes.get(at)?)] {
            Byte::Other | Byte::Inner => at += 1,
            Byte::High => {
                let letter = text[at..].chars().next()?;
                if letter.is_alphanumeric() {
                    break at;
                }
                at += letter.len_utf8();
            }
            _ => break at,
        }
    };
    let mut found = Found {
        range: start..start,
        letters: 0,
        capitals: 0,
        digits: 0,
        starts: Start::Small,
        ascii: true,
        dotted: false,
    };
    while let Some(byte) = bytes.get(at) {
        let past = match BYTES[usize::from(*byte)] {
            Byte::Small => {
                found.letters += 1;
                at + 1
            }
            Byte::Capital => {
                found.capital(at == start);
                at + 1
            }
            Byte::Digit => {
                found.digits += 1;
                if at == start {
                    found.starts = Start::Digit;
                }
                at + 1
            }
            Byte::Other => break,
            Byte::Inner => match inner(text, start, at, &mut found, lang) {
                Inner::Goes => at + 1,
                Inner::Ends => {
                    at += 1;
                    break;
                }
                Inner::Outside => break,
            },
            Byte::High => {
                let letter = text[at..].chars().next()?;
                let past = at + letter.len_utf8();
                if letter.is_alphanumeric() || is_mark(letter) {
                    found.ascii = false;
                    if letter.is_uppercase() {
                        found.capital(at == start);
                    } else if letter.is_numeric() {
                        found.digits += 1;
                    } else {
                        found.letters += 1;
                    }
                    past
                } else if matches!(letter, '’' | '‐' | '‑' | '\u{ad}') && letter_at(text, past)
                {
                    found.ascii = false;
                    if letter == '’' && lang.elides() && is_elision(&text[start..at]) {
                        at = past;
                        break;
                    }
                    past
                } else {
                    break;
                }
            }
        };
        at = past;
    }
    found.range.end = at;
    Some(found)
}

/// What a mark does that follows a letter or digit.
enum Inner {
    /// The word goes on after it.
    Goes,
    /// The word ends with it.
    Ends,
    /// The word ended before it.
    Outside,
}

fn inner(text: &str, start: usize, at: usize, found: &mut Found, lang: &Language) -> Inner {
    let bytes = text.as_bytes();
    let digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    let upper = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_uppercase);
    let goes = match bytes[at] {
        b'\'' => {
            if lang.elides() && is_elision(&text[start..at]) && letter_at(text, at + 1) {
                return Inner::Ends;
            }
            letter_at(text, at + 1)
        }
        b'-' => letter_at(text, at + 1),
        b',' => digit(at - 1) && digit(at + 1),
        b'&' => upper(at - 1) && upper(at + 1),
        _ => {
            if digit(at - 1) && digit(at + 1) {
                return Inner::Goes;
            }
            return period(text, start, at, found);
        }
    };
    if goes { Inner::Goes } else { Inner::Outside }
}

/// What a period does: "U.S.", "J." and "example.com" have it inside.
fn period(text: &str, start: usize, at: usize, found: &mut Found) -> Inner {
    let bytes = text.as_bytes();
    let part = text[start..at].rsplit('.').next().unwrap_or_default();
    let single = |part: &str| {
        let mut letters = part.chars();
        letters.next().is_some_and(char::is_alphabetic) && letters.next().is_none()
    };
    let short = single(part) || (part.len() == 2 && part.as_bytes()[0].is_ascii_uppercase());
    let rest = &text[at + 1..];
    let next = rest.bytes().take_while(u8::is_ascii_alphabetic).count();
    let past = bytes.get(at + 1 + next);
    let free = past.is_none_or(|byte| !byte.is_ascii_alphanumeric());
    if short && (next == 1 || next == 2 && past == Some(&b'.')) && free {
        found.dotted = true;
        return Inner::Goes;
    }
    if found.dotted && (single(part) || part.len() == 2) {
        return Inner::Ends;
    }
    if single(part) && start + part.len() == at && found.capitals == 1 {
        return Inner::Ends;
    }
    // Names of hosts and files, which are small.
    if next > 1 && bytes[at + 1].is_ascii_lowercase() && bytes[at - 1].is_ascii_alphanumeric() {
        return Inner::Goes;
    }
    Inner::Outside
}

/// Whether these letters before an apostrophe are a word of their own: "l'",
/// "qu'", "jusqu'".
fn is_elision(letters: &str) -> bool {
    letters.chars().count() == 1 || letters.to_ascii_lowercase().ends_with("qu")
}

fn letter_at(text: &str, at: usize) -> bool {
    let next = text.get(at..).and_then(|rest| rest.chars().next());
    next.is_some_and(char::is_alphanumeric)
}

/// Marks that are written over or after a letter.
fn is_mark(letter: char) -> bool {
    matches!(letter,
        '\u{300}'..='\u{36f}' | '\u{5b0}'..='\u{5c7}' | '\u{64b}'..='\u{652}'
        | '\u{900}'..='\u{963}' | '\u{981}'..='\u{dff}' | '\u{e31}'..='\u{e4e}')
}

impl Found {
    fn capital(&mut self, first: bool) {
        self.letters += 1;
        self.capitals += 1;
        if first {
            self.starts = Start::Capital;
        }
    }

    fn word(&self, text: &str, sentence: u32, gap: Gap, lang: &Language) -> Word {
        let whole = &text[self.range.clone()];
        let possessive = ["'s", "’s", "'S", "’S"]
            .iter()
            .find(|ending| whole.len() > ending.len() && whole.ends_with(**ending))
            .map_or(0, |ending| ending.len());
        let bare = &whole[..whole.len() - possessive];
        let letters = bare.strip_suffix('.').unwrap_or(bare);
        let key = key(letters);
        Word {
            span: Span::new(self.range.start, self.range.end),
            key,
            term: lang::term(letters, lang.tag),
            id: 0,
            classes: lang.classes(key),
            sentence,
            shape: self.shape(possessive),
            gap,
            possessive: u8::try_from(possessive).unwrap_or(0),
        }
    }

    fn shape(&self, possessive: usize) -> Shape {
        let letters = self.letters - usize::from(possessive > 0);
        match self.starts {
            Start::Digit => Shape::Number,
            Start::Capital if letters == 1 && self.digits == 0 => Shape::Initial,
            Start::Capital if self.capitals >= letters => Shape::Upper,
            Start::Capital => Shape::Capitalized,
            Start::Small if self.capitals > 0 => Shape::Mixed,
            Start::Small if self.letters == 0 => Shape::Number,
            Start::Small => Shape::Lower,
        }
    }
}
