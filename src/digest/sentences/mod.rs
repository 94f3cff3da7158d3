//! Where sentences end.
//!
//! One pass over the bytes of a block; only at a mark that may end a sentence
//! are the words around it looked at. A quotation or a bracket that closes in
//! the same block is never cut, so that a sentence has all of its marks.

mod ends;

use super::lang::{self, Eight, Language};
use crate::text::Span;
use memchr::memchr2_iter;
use std::cell::OnceCell;

/// Quotations and brackets are followed this far for their closing mark, in
/// bytes. The longest quotation of 6,600 in newspaper articles had 291 words.
const LONGEST_INSERT: usize = 2_000;

/// What to do with sentence ends inside a quotation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Quoted {
    /// The quotation belongs to its sentence as a whole.
    Whole,
    /// Sentences end inside it as well.
    Cut,
}

/// The sentences of one block of text, written in the language with this tag.
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
        barren: [0; 5],
        list: None,
        small: OnceCell::new(),
    };
    while let Some(span) = splitter.next() {
        found(span);
    }
}

struct Splitter<'a> {
    text: &'a str,
    bytes: &'a [u8],
    lang: &'a Language,
    quoted: Quoted,
    /// Where the next sentence starts.
    start: usize,
    /// Up to where each opening mark is known to have no closing one, so that
    /// a text full of opening marks is not searched again and again.
    barren: [usize; 5],
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
    /// Part of a character that is not ASCII.
    High,
}

const BYTES: [Byte; 256] = {
    let mut table = [Byte::Plain; 256];
    let mut at = 0x80;
    while at < 0x100 {
        table[at] = Byte::High;
        at += 1;
    }
    table[b'.' as usize] = Byte::Stop;
    table[b'!' as usize] = Byte::Stop;
    table[b'?' as usize] = Byte::Stop;
    table[b'"' as usize] = Byte::Opening;
    table[b'(' as usize] = Byte::Opening;
    table[b'[' as usize] = Byte::Opening;
    table[b' ' as usize] = Byte::Space;
    table
};

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
                Byte::High => {
                    let letter = self.char(at).unwrap_or('\u{fffd}');
                    let past = at + letter.len_utf8();
                    match letter {
                        '“' | '„' | '«' => match self.insert(at, letter) {
                            Ok(end) => return end,
                            Err(resume) => at = resume,
                        },
                        '…' | '。' | '！' | '？' | '．' | '।' | '؟' | '۔' => {
                            let run = self.run(at, at);
                            if self.ends(&run) {
                                return run.end;
                            }
                            at = run.end.max(past);
                        }
                        _ => at = past,
                    }
                }
            }
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
            if BYTES[usize::from(self.bytes[at])] != Byte::Plain {
                return at;
            }
            at += 1;
        }
        at
    }

    /// Past a quotation or bracket that opens at `at`: `Ok` with the sentence's
    /// end if it ends with it, `Err` with where to go on if not.
    fn insert(&mut self, at: usize, opening: char) -> Result<usize, usize> {
        let inside = at + opening.len_utf8();
        let bracket = matches!(opening, '(' | '[');
        if !bracket && self.quoted == Quoted::Cut {
            return Err(inside);
        }
        let Some(closing) = self.closing(at, opening) else {
            return Err(inside);
        };
        let past = closing + self.char(closing).map_or(1, char::len_utf8);
        // A bracket inside a sentence ends nothing, even if it holds sentences.
        if bracket && at != self.start {
            return Err(past);
        }
        let last = self.text[inside..closing].trim_end();
        let stops = last.trim_end_matches(is_stop);
        if stops.len() == last.len() {
            return Err(past);
        }
        let run = self.run(inside + stops.len(), past);
        if self.ends(&run) && !self.is_attributed(&run) {
            return Ok(run.end);
        }
        Err(run.end.max(past))
    }

    /// Where the mark stands that closes the one at `at`.
    fn closing(&mut self, at: usize, opening: char) -> Option<usize> {
        let kind = match opening {
            '"' => 0,
            '“' => 1,
            '„' => 2,
            '«' => 3,
            _ => 4,
        };
        if at < self.barren[kind] {
            return None;
        }
        let inside = at + opening.len_utf8();
        if opening == '"' && !self.opens(at, inside) {
            return None;
        }
        let far = (inside + LONGEST_INSERT).min(self.bytes.len());
        let range = &self.bytes[inside..far];
        // What may close it: a mark of ASCII, or a character that starts with
        // this byte.
        let (ascii, high) = match opening {
            '(' => (b')', b')'),
            '[' => (b']', b']'),
            '«' => (b'\xc2', b'\xc2'),
            '"' => (b'"', b'"'),
            _ => (b'"', b'\xe2'),
        };
        for here in memchr2_iter(ascii, high, range).map(|at| inside + at) {
            let letter = self.char(here)?;
            match (opening, letter) {
                ('"', '"') => return (!self.opens(here, here + 1)).then_some(here),
                ('“' | '„', '"') if !self.opens(here, here + 1) => return Some(here),
                ('(', ')') | ('[', ']') | ('“', '”') | ('„', '“' | '”') | ('«', '»') => {
                    return Some(here);
                }
                // Another one opens: the first was never closed.
                ('“', '“') | ('„', '„') | ('«', '«') => return None,
                _ => {}
            }
        }
        self.barren[kind] = far;
        None
    }

    /// Whether a straight mark from `at` to `past` opens rather than closes.
    fn opens(&self, at: usize, past: usize) -> bool {
        let before = self.text[..at].chars().next_back();
        let after = self.char(past);
        let free = before.is_none_or(|c| c.is_whitespace() || matches!(c, '(' | '[' | '—' | '–'));
        free && after.is_some_and(|c| !c.is_whitespace())
    }

    /// The run of marks from `start`, and what closes after them; at least up
    /// to `past`.
    fn run(&self, start: usize, past: usize) -> Run {
        let mut kind = Kind::Period;
        let (mut at, mut periods) = (start, 0);
        let mut note = |letter: char| match letter {
            '.' => periods += 1,
            '!' | '?' => kind = Kind::Strong,
            '…' => periods += 3,
            _ => kind = Kind::Other,
        };
        while let Some(letter) = self.char(at).filter(|c| is_stop(*c)) {
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
                '"' | '\'' | '”' | '’' | ')' | ']' | '»' | '」' | '』' | '》' | '）'
            );
            if !closes && !german && !is_stop(letter) {
                break;
            }
            at += letter.len_utf8();
        }
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
        let digits = self.text.get(open..)?.strip_prefix('[')?;
        let close = digits.find(']').filter(|close| (1..4).contains(close))?;
        let all = digits[..close].bytes().all(|byte| byte.is_ascii_digit());
        all.then_some(open + close + 2)
    }

    /// The number of an item of a list that starts at `at`: "1.", "2)" or "3.)".
    fn item(&self, at: usize) -> Option<u32> {
        // Asked at many places, most of which start a word.
        if self.bytes.get(at)?.is_ascii_alphabetic() {
            return None;
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
    matches!(
        letter,
        '.' | '!' | '?' | '…' | '。' | '！' | '？' | '．' | '।' | '؟' | '۔'
    )
}

fn trim_end(text: &str, end: usize) -> usize {
    text[..end].trim_end().len()
}
