//! Where sentences end.
//!
//! One pass over the bytes of a block; only at a mark that may end a sentence
//! are the words around it looked at. A quotation or a bracket that closes in
//! the same block is never cut, so that a sentence has all of its marks.

mod ends;
mod inserts;

use super::lang::{self, Eight, Language, is_full_stop};
use crate::text::Span;
use std::cell::OnceCell;

/// What to do with sentence ends inside a quotation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Quoted {
    /// The quotation belongs to its sentence as a whole.
    Whole,
    /// Sentences end inside it as well.
    Cut,
}

/// The sentences of one block of text, written in the language with this tag.
///
/// ```
/// use feedwright::digest::sentences::sentences;
///
/// let text = "Dr. Ode left at 7 a.m. Nobody saw her.";
/// let found: Vec<_> = sentences(text, "en").iter().map(|span| span.of(text)).collect();
/// assert_eq!(found, ["Dr. Ode left at 7 a.m.", "Nobody saw her."]);
/// ```
#[must_use]
pub fn sentences(block: &str, tag: &str) -> Vec<Span> {
    let mut found = Vec::new();
    split(block, lang::table(tag), Quoted::Whole, |span| {
        found.push(span);
    });
    found
}

/// Calls `found` with each sentence of a block, in order. They leave out
/// nothing but white space.
pub(super) fn split(block: &str, lang: &Language, quoted: Quoted, mut found: impl FnMut(Span)) {
    let mut splitter = Splitter {
        text: block,
        bytes: block.as_bytes(),
        lang,
        quoted,
        start: 0,
        barren: [0; 8],
        list: None,
        small: OnceCell::new(),
    };
    while let Some(span) = splitter.next() {
        found(span);
    }
}

/// The numbers of items that have letters, apart from those that have numbers.
const LETTERED: u32 = 1_000;

struct Splitter<'a> {
    text: &'a str,
    bytes: &'a [u8],
    lang: &'a Language,
    quoted: Quoted,
    /// Where the next sentence starts.
    start: usize,
    /// Up to where each opening mark is known to have no closing one, so that
    /// a text full of opening marks is not searched again and again.
    barren: [usize; 8],
    /// The number that the next item of a list in running text would have.
    list: Option<u32>,
    /// Whether the block has no capitals at all, so that a small letter may
    /// start a sentence; asked for only where that matters.
    small: OnceCell<bool>,
}

/// What a byte may be the start of.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Byte {
    Plain,
    Stop,
    Opening,
    /// White space, after which an item of a list may start.
    Space,
    /// The question mark of Greek.
    Semicolon,
    /// The first of a character that is not ASCII and may be a mark.
    High,
}

const BYTES: [Byte; 256] = {
    let mut table = [Byte::Plain; 256];
    // The bytes that marks of other scripts start with, see `is_mark`.
    let (mut at, high) = (0, b"\xc2\xd6\xd8\xdb\xe0\xe1\xe2\xe3\xef");
    while at < high.len() {
        table[high[at] as usize] = Byte::High;
        at += 1;
    }
    table[b'.' as usize] = Byte::Stop;
    table[b'!' as usize] = Byte::Stop;
    table[b'?' as usize] = Byte::Stop;
    table[b'"' as usize] = Byte::Opening;
    table[b'(' as usize] = Byte::Opening;
    table[b'[' as usize] = Byte::Opening;
    table[b' ' as usize] = Byte::Space;
    table[b';' as usize] = Byte::Semicolon;
    table
};

/// Whether a character that starts with these bytes may be a mark: most letters
/// of the same scripts are told by their second byte.
#[inline]
fn is_mark(first: u8, second: u8) -> bool {
    match first {
        0xc2 => second == 0xab,
        0xd6 => second == 0x89,
        0xd8 => second == 0x9f,
        0xdb => second == 0x94,
        0xe0 => second == 0xa5,
        0xe1 => matches!(second, 0x81 | 0x8d | 0x9f),
        0xe2 | 0xe3 => second == 0x80,
        0xef => matches!(second, 0xbc | 0xbd),
        _ => false,
    }
}

/// Whether a letter that starts with these bytes is Thai or Lao, where a blank
/// may end a sentence.
#[inline]
fn is_unmarked(first: u8, second: u8) -> bool {
    first == 0xe0 && matches!(second, 0xb8..=0xbb)
}

/// The marks at the end of a sentence: where they start, and where they and the
/// closing marks after them end.
struct Run {
    start: usize,
    end: usize,
    kind: Kind,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Period,
    /// An exclamation or a question.
    Strong,
    Ellipsis,
    /// The full stop of a script without spaces or without capitals.
    Other,
}

impl Splitter<'_> {
    fn next(&mut self) -> Option<Span> {
        self.start = self.skip_space(self.start);
        if self.start >= self.bytes.len() {
            return None;
        }
        self.list = self.item(self.start).map(|number| number + 1);
        let end = self.end();
        let span = Span::new(self.start, trim_end(self.text, end));
        self.start = end;
        Some(span)
    }

    /// The end of the sentence that starts at `self.start`.
    fn end(&mut self) -> usize {
        let mut at = self.start;
        loop {
            // Where no item of a list is awaited, white space tells nothing.
            if self.list.is_none() {
                at = self.skip_plain(at);
            }
            if at >= self.bytes.len() {
                return self.bytes.len();
            }
            match BYTES[usize::from(self.bytes[at])] {
                Byte::Plain => at += 1,
                Byte::Space => {
                    at += 1;
                    if self.list.is_some() && self.item(at) == self.list {
                        return at;
                    }
                }
                Byte::Stop => {
                    let run = self.run(at, at);
                    if self.ends(&run) {
                        return run.end;
                    }
                    at = run.end.max(at + 1);
                }
                Byte::Opening => match self.insert(at, char::from(self.bytes[at])) {
                    Ok(end) => return end,
                    Err(resume) => at = resume,
                },
                Byte::Semicolon => {
                    let before = self.text[..at].chars().next_back();
                    let greek = |c| matches!(c, '\u{370}'..='\u{3ff}' | '\u{1f00}'..='\u{1fff}');
                    let run = before.is_some_and(greek).then(|| self.run(at, at + 1));
                    match run.filter(|run| self.ends(run)) {
                        Some(run) => return run.end,
                        None => at += 1,
                    }
                }
                Byte::High => match self.high(at) {
                    Ok(end) => return end,
                    Err(resume) => at = resume,
                },
            }
        }
    }

    /// Past a character that is not ASCII: `Ok` with the sentence's end if it
    /// ends with it, `Err` with where to go on if not.
    fn high(&mut self, at: usize) -> Result<usize, usize> {
        let (first, second) = (self.bytes[at], self.bytes[at + 1]);
        if is_unmarked(first, second) {
            let rest = self.bytes[at..].chunks_exact(3);
            let letters = rest.take_while(|letter| is_unmarked(letter[0], letter[1]));
            let past = at + 3 * letters.count();
            let ends = self.bytes.get(past) == Some(&b' ') && self.clause_ends(past);
            return if ends { Ok(past) } else { Err(past) };
        }
        if !is_mark(first, second) {
            return Err(at + 2);
        }
        let letter = self.char(at).unwrap_or('\u{fffd}');
        let past = at + letter.len_utf8();
        match letter {
            '“' | '„' | '«' | '「' | '『' | '（' => self.insert(at, letter),
            letter if is_stop(letter) => {
                let run = self.run(at, at);
                if self.ends(&run) {
                    return Ok(run.end);
                }
                Err(run.end.max(past))
            }
            _ => Err(past),
        }
    }

    /// The next byte that may be part of a mark, eight bytes at a time.
    fn skip_plain(&self, mut at: usize) -> usize {
        while at < self.bytes.len() {
            // All stops and opening marks of ASCII but one are among these.
            let before = Eight::load(self.bytes, at).before(b'!', b'?', b'[');
            at += before as usize;
            if before == 8 {
                continue;
            }
            // Of other scripts, each byte is looked at.
            let letters = self.bytes[at..]
                .iter()
                .take_while(|byte| **byte >= 0x80 && BYTES[usize::from(**byte)] == Byte::Plain);
            let letters = letters.count();
            at += letters;
            if letters > 0 {
                continue;
            }
            if BYTES[usize::from(self.bytes[at])] != Byte::Plain {
                return at;
            }
            at += 1;
        }
        at
    }

    /// The run of marks from `start`, and what closes after them; at least up
    /// to `past`.
    fn run(&self, start: usize, past: usize) -> Run {
        let mut kind = Kind::Period;
        let (mut at, mut periods) = (start, 0);
        let mut note = |letter: char| match letter {
            '.' => periods += 1,
            '!' | '?' | ';' => kind = Kind::Strong,
            '…' => periods += 3,
            _ => kind = Kind::Other,
        };
        let greek = |at: usize| at == start && self.bytes[at] == b';';
        while let Some(letter) = self.char(at).filter(|c| is_stop(*c) || greek(at)) {
            note(letter);
            at += letter.len_utf8();
            // Spaced marks: ". . ." and "! ! !".
            let next = self.skip_space(at);
            let spaced = next > at && next - at <= 2 && self.char(next).is_some_and(is_stop);
            let single = |c: char| !c.is_alphanumeric();
            if spaced && self.char(next + 1).is_none_or(single) {
                at = next;
            }
        }
        at = at.max(past);
        while let Some(letter) = self.char(at) {
            let german = letter == '“' && self.text[self.start..at].contains('„');
            let closes = matches!(
                letter,
                '"' | '\'' | '”' | '’' | ')' | ']' | '»' | '」' | '』' | '》' | '）' | '｣'
            );
            if !closes && !german && !is_stop(letter) {
                break;
            }
            at += letter.len_utf8();
        }
        at = self.apart(at).unwrap_or(at);
        while let Some(end) = self.footnote(at) {
            at = end;
        }
        if periods > 1 && kind == Kind::Period {
            kind = Kind::Ellipsis;
        }
        Run {
            start,
            end: at,
            kind,
        }
    }

    /// The end of a footnote's number in brackets: `[12]`.
    fn footnote(&self, at: usize) -> Option<usize> {
        let open = at + usize::from(self.bytes.get(at) == Some(&b' '));
        let inside = self.bytes.get(open..)?.strip_prefix(b"[")?;
        let digits = inside.iter().take_while(|byte| byte.is_ascii_digit());
        // Not more than four are looked at, however many there are.
        let count = digits.take(4).count();
        let closed = inside.get(count) == Some(&b']');
        (closed && (1..4).contains(&count)).then_some(open + count + 2)
    }

    /// The number of an item of a list that starts at `at`: "1.", "2)", "3.)" or
    /// "a.".
    fn item(&self, at: usize) -> Option<u32> {
        // Asked at many places, most of which start a word.
        let first = *self.bytes.get(at)?;
        if first.is_ascii_alphabetic() {
            let marked = matches!(self.bytes.get(at + 1..at + 3)?, b". " | b") ");
            let capital = self.bytes.get(at + 3)?.is_ascii_uppercase();
            let small = first.is_ascii_lowercase();
            return (marked && capital && small).then_some(LETTERED + u32::from(first));
        }
        let rest = self.text.get(at..)?.trim_start_matches(['•', '⁃', ' ']);
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        if digits == 0 || digits > 2 {
            return None;
        }
        let mark = rest[digits..]
            .trim_start_matches('.')
            .trim_start_matches(')');
        let marked = mark.len() < rest.len() - digits && mark.starts_with(' ');
        let capital = mark.trim_start().starts_with(char::is_uppercase);
        (marked && capital).then(|| rest[..digits].parse().ok())?
    }

    fn skip_space(&self, at: usize) -> usize {
        let rest = self.text.get(at..).unwrap_or_default();
        at + rest.len() - rest.trim_start().len()
    }

    fn char(&self, at: usize) -> Option<char> {
        self.text.get(at..)?.chars().next()
    }
}

fn is_stop(letter: char) -> bool {
    if letter.is_ascii() {
        return matches!(letter, '.' | '!' | '?');
    }
    letter == '…' || is_full_stop(letter)
}

fn trim_end(text: &str, end: usize) -> usize {
    text[..end].trim_end().len()
}
