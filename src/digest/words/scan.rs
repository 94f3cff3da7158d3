//! Finding words in bytes: a table says what each byte may be to a word, and
//! only characters that are not ASCII are decoded. Most words are ASCII letters
//! alone, which are read eight at a time.

use super::{Gap, Shape, Terms, Word};
use crate::{
    digest::lang::{self, Classes, Language, key},
    text::Span,
};
use std::ops::Range;
use unicode_normalization::char::is_combining_mark;

/// A word as found.
pub(super) struct Found {
    pub(super) range: Range<usize>,
    /// Up to where its letters go, its possessive ending and last period aside.
    bare: usize,
    key: u64,
    shape: Shape,
    possessive: usize,
}

/// What was seen of a word's letters on the way.
struct Seen {
    letters: usize,
    capitals: usize,
    digits: usize,
    starts: Start,
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
    let mut byte = 0_u8;
    loop {
        table[byte as usize] = match byte {
            b'a'..=b'z' => Byte::Small,
            b'A'..=b'Z' => Byte::Capital,
            b'0'..=b'9' => Byte::Digit,
            b'.' | b',' | b'\'' | b'-' | b'&' => Byte::Inner,
            0x80.. => Byte::High,
            _ => Byte::Other,
        };
        if byte == u8::MAX {
            break table;
        }
        byte += 1;
    }
};

/// The first word at or after `at`.
#[inline]
pub(super) fn next_word(text: &str, at: usize, lang: &Language) -> Option<Found> {
    let start = first_letter(text, at)?;
    Some(plain(text.as_bytes(), start).unwrap_or_else(|| composed(text, start, lang)))
}

/// Where the first letter or digit at or after `at` stands.
#[inline]
fn first_letter(text: &str, mut at: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    loop {
        match BYTES[usize::from(*bytes.get(at)?)] {
            Byte::Other | Byte::Inner => at += 1,
            // Quotation marks and dashes, too many to ask whether they are letters.
            Byte::High if bytes[at..].starts_with(&[0xe2, 0x80]) => at += 3,
            Byte::High => {
                let letter = text[at..].chars().next()?;
                if letter.is_alphanumeric() {
                    return Some(at);
                }
                at += letter.len_utf8();
            }
            _ => return Some(at),
        }
    }
}

/// The word at `start` if it is ASCII letters alone and what follows is plainly
/// no part of it.
#[inline]
fn plain(bytes: &[u8], start: usize) -> Option<Found> {
    let letters = lang::key_of_letters(bytes, start);
    let count = letters.end - start;
    let next = |at: usize| bytes.get(letters.end + at).copied();
    let ends = match next(0) {
        None | Some(b',') => true,
        // "word. The", but neither "J." nor "U.S." nor "example.com".
        Some(b'.') => count > 1 && !next(1).is_some_and(|byte| byte.is_ascii_alphabetic()),
        // Quotation marks and dashes, but no apostrophe and no hyphen.
        Some(0xe2) => next(1) == Some(0x80) && !matches!(next(2), Some(0x90 | 0x91 | 0x99)),
        Some(byte) => BYTES[usize::from(byte)] == Byte::Other,
    };
    if count == 0 || !ends {
        return None;
    }
    let shape = match letters.capitals {
        0 => Shape::Lower,
        _ if !bytes[start].is_ascii_uppercase() => Shape::Mixed,
        1 if count == 1 => Shape::Initial,
        capitals if capitals as usize == count => Shape::Upper,
        _ => Shape::Capitalized,
    };
    Some(Found {
        range: start..letters.end,
        bare: letters.end,
        key: letters.key,
        shape,
        possessive: 0,
    })
}

/// The word at `start`, which may have digits, marks, and any script's letters.
#[inline(never)]
fn composed(text: &str, start: usize, lang: &Language) -> Found {
    let mut seen = Seen {
        letters: 0,
        capitals: 0,
        digits: 0,
        starts: Start::Small,
        dotted: false,
    };
    let end = end(text, start, lang, &mut seen);
    let whole = &text[start..end];
    let possessive = possessive(whole);
    let bare = &whole[..whole.len() - possessive];
    let letters = bare.strip_suffix('.').unwrap_or(bare);
    Found {
        range: start..end,
        bare: start + letters.len(),
        key: key(letters),
        shape: seen.shape(possessive),
        possessive,
    }
}

/// Where the word at `start` ends.
fn end(text: &str, start: usize, lang: &Language, seen: &mut Seen) -> usize {
    let bytes = text.as_bytes();
    let mut at = start;
    while let Some(byte) = bytes.get(at) {
        let past = match BYTES[usize::from(*byte)] {
            Byte::Small => {
                seen.letters += 1;
                at + 1
            }
            Byte::Capital => {
                seen.capital(at == start);
                at + 1
            }
            Byte::Digit => {
                seen.digits += 1;
                if at == start {
                    seen.starts = Start::Digit;
                }
                at + 1
            }
            Byte::Other => break,
            Byte::Inner => match inner(text, start, at, seen, lang) {
                Inner::Goes => at + 1,
                Inner::Ends => {
                    at += 1;
                    break;
                }
                Inner::Outside => break,
            },
            Byte::High => {
                let Some(letter) = text[at..].chars().next() else {
                    break;
                };
                let past = at + letter.len_utf8();
                // Where no space parts words, whoever asked cuts them.
                if lang::unspaced(letter).is_some() {
                    return if at == start { past } else { at };
                }
                let mark = matches!(letter, '’' | '”' | '“' | '—' | '–');
                if !mark && (letter.is_alphanumeric() || is_mark(letter)) {
                    if letter.is_uppercase() {
                        seen.capital(at == start);
                    } else if letter.is_numeric() {
                        seen.digits += 1;
                    } else {
                        seen.letters += 1;
                    }
                    past
                } else if matches!(letter, '’' | '‐' | '‑' | '\u{ad}') && letter_at(text, past)
                {
                    if letter == '’' && lang.elides() && is_elision(&text[start..at], lang) {
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
    at
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

fn inner(text: &str, start: usize, at: usize, seen: &mut Seen, lang: &Language) -> Inner {
    let bytes = text.as_bytes();
    let digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    let upper = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_uppercase);
    let goes = match bytes[at] {
        b'\'' => {
            if lang.elides() && is_elision(&text[start..at], lang) && letter_at(text, at + 1) {
                return Inner::Ends;
            }
            letter_at(text, at + 1)
        }
        b'-' => {
            // "t-il" in "a-t-il" is one word.
            let parts = lang.parts(&text[at + 1..]) && !lang.parts(&text[start..]);
            letter_at(text, at + 1) && !parts
        }
        b',' => digit(at - 1) && digit(at + 1),
        b'&' => upper(at - 1) && upper(at + 1),
        _ => {
            if digit(at - 1) && digit(at + 1) {
                return Inner::Goes;
            }
            return period(text, start, at, seen);
        }
    };
    if goes { Inner::Goes } else { Inner::Outside }
}

/// What a period does: "U.S.", "J." and "example.com" have it inside.
fn period(text: &str, start: usize, at: usize, seen: &mut Seen) -> Inner {
    let bytes = text.as_bytes();
    let part = text[start..at].rsplit('.').next().unwrap_or_default();
    let single = |part: &str| {
        let mut letters = part.chars();
        letters.next().is_some_and(char::is_alphabetic) && letters.next().is_none()
    };
    let short = single(part) || (part.len() == 2 && part.as_bytes()[0].is_ascii_uppercase());
    let rest = &text[at + 1..];
    let next = rest.bytes().take_while(u8::is_ascii_alphabetic).count();
    let after = bytes.get(at + 1 + next);
    let free = after.is_none_or(|byte| !byte.is_ascii_alphanumeric());
    if short && (next == 1 || next == 2 && after == Some(&b'.')) && free {
        seen.dotted = true;
        return Inner::Goes;
    }
    if seen.dotted && (single(part) || part.len() == 2) {
        return Inner::Ends;
    }
    if single(part) && start + part.len() == at && seen.capitals == 1 {
        return Inner::Ends;
    }
    // Names of hosts and files, which are small.
    if next > 1 && bytes[at + 1].is_ascii_lowercase() && bytes[at - 1].is_ascii_alphanumeric() {
        return Inner::Goes;
    }
    Inner::Outside
}

/// No word that ends in an apostrophe is longer, in bytes; the longest of those
/// known are "quelqu'" and "lorsqu'". One of a thousand apostrophes is no word.
const LONGEST_ELISION: usize = 40;

/// Whether these letters before an apostrophe are a word of their own: "l'",
/// "qu'", "jusqu'", or one that the language has with it, as "dell'".
fn is_elision(letters: &str, lang: &Language) -> bool {
    letters.len() <= LONGEST_ELISION
        && (letters.chars().count() == 1
            || letters.to_ascii_lowercase().ends_with("qu")
            || !lang.classes(lang::key_with_apostrophe(letters)).is_none())
}

fn letter_at(text: &str, at: usize) -> bool {
    let next = text.get(at..).and_then(|rest| rest.chars().next());
    next.is_some_and(char::is_alphanumeric)
}

/// Marks that are written over or after a letter.
fn is_mark(letter: char) -> bool {
    letter >= '\u{300}' && is_combining_mark(letter)
}

impl Seen {
    fn capital(&mut self, first: bool) {
        self.letters += 1;
        self.capitals += 1;
        if first {
            self.starts = Start::Capital;
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

/// How many bytes at a word's end are a possessive ending.
fn possessive(word: &str) -> usize {
    if !matches!(word.as_bytes().last(), Some(b's' | b'S')) {
        return 0;
    }
    ["'s", "’s", "'S", "’S"]
        .iter()
        .find(|ending| word.len() > ending.len() && word.ends_with(**ending))
        .map_or(0, |ending| ending.len())
}

impl Found {
    /// A word that was cut where no space is.
    pub(super) fn piece(text: &str, range: Range<usize>, number: bool) -> Found {
        Found {
            bare: range.end,
            key: key(&text[range.clone()]),
            shape: if number { Shape::Number } else { Shape::Lower },
            possessive: 0,
            range,
        }
    }

    /// The word, numbered; its classes are looked up later.
    #[inline]
    pub(super) fn word(
        &self,
        text: &str,
        sentence: u32,
        gap: Gap,
        lang: &Language,
        terms: &mut Terms,
    ) -> Word {
        let term = if lang.inflects(text.as_bytes()[self.bare - 1]) {
            lang.term_of(&text[self.range.start..self.bare], self.key)
        } else {
            self.key
        };
        Word {
            span: Span::new(self.range.start, self.range.end),
            key: self.key,
            term,
            id: terms.add(term),
            classes: Classes::default(),
            sentence,
            shape: self.shape,
            gap,
            possessive: u8::try_from(self.possessive).unwrap_or(0),
        }
    }
}
