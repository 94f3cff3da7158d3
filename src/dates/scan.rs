//! Walking through a line: numbers, words and marks.

use super::names::{self, Meaning};
use std::ops::RangeInclusive;

/// A place in a line. It is copied before something is tried, and moves on only
/// when that succeeds.
#[derive(Clone, Copy)]
pub(super) struct Cursor<'t> {
    text: &'t str,
    pub(super) at: usize,
    /// The text's language, without script and region; empty when unknown.
    pub(super) language: &'t str,
}

impl<'t> Cursor<'t> {
    pub(super) fn new(text: &'t str, language: &'t str) -> Self {
        let language = language.split(['-', '_']).next().unwrap_or_default();
        Self {
            text,
            at: 0,
            language,
        }
    }

    fn rest(&self) -> &'t str {
        &self.text[self.at..]
    }

    /// Whether white space comes next, or nothing.
    pub(super) fn is_loose(&self) -> bool {
        self.peek().is_none_or(char::is_whitespace)
    }

    /// The next character, white space or not.
    pub(super) fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    /// The character before.
    pub(super) fn before(&self) -> Option<char> {
        self.text[..self.at].chars().next_back()
    }

    /// Whether a text of this shape stands before: a `0` stands for any digit.
    pub(super) fn is_behind(&self, shape: &str) -> bool {
        let before = self.text.as_bytes()[..self.at].iter().rev();
        let mut both = shape.bytes().rev().zip(before);
        self.at >= shape.len()
            && both.all(|(want, is)| want == *is || want == b'0' && is.is_ascii_digit())
    }

    pub(super) fn skip_space(&mut self) {
        self.at = self.text.len() - self.rest().trim_start().len();
    }

    /// Whether nothing but white space comes.
    pub(super) fn is_at_end(mut self) -> bool {
        self.skip_space();
        self.at == self.text.len()
    }

    /// Moves over one character.
    pub(super) fn step(&mut self) {
        self.at += self.peek().map_or(0, char::len_utf8);
    }

    /// Takes a number with so many digits, perhaps behind white space.
    pub(super) fn number(&mut self, digits: RangeInclusive<usize>) -> Option<i16> {
        let (digits_at, end) = self.digits();
        if !digits.contains(&(end - digits_at)) {
            return None;
        }
        let number = self.text[digits_at..end].parse().ok()?;
        self.at = end;
        Some(number)
    }

    /// The same, where it follows at once.
    pub(super) fn glued(&mut self, digits: RangeInclusive<usize>) -> Option<i16> {
        if self.is_loose() {
            return None;
        }
        self.number(digits)
    }

    /// Where the digits that come next start and end.
    fn digits(mut self) -> (usize, usize) {
        self.skip_space();
        let rest = self.rest().as_bytes();
        let count = rest.iter().take_while(|b| b.is_ascii_digit()).count();
        (self.at, self.at + count)
    }

    /// Takes exactly so many digits at once, leaving those behind.
    pub(super) fn first_digits(&mut self, count: usize) -> Option<i16> {
        let number = self.text.get(self.at..self.at + count)?;
        if !number.bytes().all(|b| b.is_ascii_digit()) {
            return None;
        }
        self.at += count;
        number.parse().ok()
    }

    /// How many digits come next, perhaps behind white space.
    pub(super) fn count_digits(self) -> usize {
        let (start, end) = self.digits();
        end - start
    }

    /// Takes one of these marks, perhaps behind white space.
    pub(super) fn mark(&mut self, marks: &str) -> Option<char> {
        let mut next = *self;
        next.skip_space();
        let mark = next.peek().filter(|c| marks.contains(*c))?;
        next.step();
        *self = next;
        Some(mark)
    }

    /// The same, where it follows at once.
    pub(super) fn glued_mark(&mut self, marks: &str) -> Option<char> {
        if self.is_loose() {
            return None;
        }
        self.mark(marks)
    }

    /// Takes a word as it is written, perhaps behind white space. Scripts
    /// without spaces give a known word or a single character.
    pub(super) fn letters(&mut self) -> Option<&'t str> {
        let mut next = *self;
        next.skip_space();
        let rest = next.rest();
        let first = rest.chars().next().filter(|c| c.is_alphabetic())?;
        let length = if names::is_unspaced(first) {
            names::unspaced(rest).map_or(first.len_utf8(), |(length, _)| length)
        } else {
            // Accents may stand alone.
            let inside = |c: char| {
                c.is_alphabetic() && !names::is_unspaced(c) || matches!(c, '\u{300}'..='\u{36f}')
            };
            rest.find(|c| !inside(c)).unwrap_or(rest.len())
        };
        next.at += length;
        *self = next;
        Some(&rest[..length])
    }

    /// Takes a word for which `accept` finds something in its meaning.
    pub(super) fn word<T>(&mut self, accept: impl FnOnce(Meaning) -> Option<T>) -> Option<T> {
        let mut next = *self;
        let word = next.letters()?;
        let meaning = match names::unspaced(word) {
            Some((_, meaning)) => meaning,
            None => names::meaning(word, self.language),
        };
        let found = accept(meaning)?;
        *self = next;
        Some(found)
    }

    /// Takes one of these texts, perhaps behind white space; tells which.
    pub(super) fn exact(&mut self, texts: &[&str]) -> Option<usize> {
        let mut next = *self;
        next.skip_space();
        let starts = |text: &&str| next.rest().starts_with(*text);
        let which = texts.iter().position(starts)?;
        self.at = next.at + texts[which].len();
        Some(which)
    }

    /// Takes one of these words, whatever their case.
    pub(super) fn literal(&mut self, words: &[&str]) -> Option<()> {
        let mut next = *self;
        let word = next.letters()?;
        let same = |known: &&str| known.eq_ignore_ascii_case(word);
        words.iter().any(same).then(|| *self = next)
    }
}
