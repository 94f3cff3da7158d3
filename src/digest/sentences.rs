//! Where sentences end.
//!
//! One pass over the bytes of a block; only at a mark that may end a sentence
//! are the words around it looked at. A quotation or a bracket that closes in
//! the same block is never cut, so that a sentence has all of its marks.

use super::lang::{self, Classes, Language, key};
use crate::text::Span;

/// Quotations and brackets are followed this far for their closing mark, in
/// bytes. The longest quotation of 6,600 in newspaper articles had 1,700.
const LONGEST_INSERT: usize = 2_000;

/// A time of day or a year ends no sentence when it stands in its opening
/// phrase ("On Monday at 6 a.m. Mr. Smith arrived"), which is this many words
/// at most.
const OPENING_PHRASE: usize = 7;

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
        while at < self.bytes.len() {
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
        self.bytes.len()
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
        let mut here = inside;
        while here < far {
            let byte = self.bytes[here];
            if byte.is_ascii() {
                let closes = match byte {
                    b')' => opening == '(',
                    b']' => opening == '[',
                    b'"' => kind < 3 && !self.opens(here, here + 1),
                    _ => false,
                };
                if closes {
                    return Some(here);
                }
                if byte == b'"' && kind == 0 {
                    return None;
                }
                here += 1;
                continue;
            }
            let letter = self.char(here)?;
            match (opening, letter) {
                ('“', '”') | ('„', '“' | '”') | ('«', '»') => return Some(here),
                // Another one opens: the first was never closed.
                ('“', '“') | ('„', '„') | ('«', '«') => return None,
                _ => here += letter.len_utf8(),
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

    /// The end of a footnote's number in brackets: "[12]".
    fn footnote(&self, at: usize) -> Option<usize> {
        let open = at + usize::from(self.bytes.get(at) == Some(&b' '));
        let digits = self.text.get(open..)?.strip_prefix('[')?;
        let close = digits.find(']').filter(|close| (1..4).contains(close))?;
        let all = digits[..close].bytes().all(|byte| byte.is_ascii_digit());
        all.then_some(open + close + 2)
    }

    /// Whether a sentence ends with this run of marks.
    fn ends(&self, run: &Run) -> bool {
        let next = self.skip_space(run.end);
        let Some(first) = self.char(next) else {
            return true;
        };
        if run.kind == Kind::Other {
            return true;
        }
        if next == run.end {
            return self.is_glued(run);
        }
        let word = self.text[next..].trim_start_matches(is_opening);
        let Some(letter) = word.chars().next() else {
            return false;
        };
        let bullet = matches!(first, '•' | '⁃' | '–' | '—' | '-' | '*' | '¿' | '¡');
        if !bullet && !letter.is_alphanumeric() && !matches!(letter, '$' | '£' | '€' | '#' | '@')
        {
            return letter == '.' && run.kind == Kind::Strong;
        }
        let word = first_word(word);
        if letter.is_lowercase() {
            // "iPhone" and "eBay" may start a sentence.
            return word.chars().nth(1).is_some_and(char::is_uppercase);
        }
        match run.kind {
            Kind::Strong | Kind::Other => true,
            Kind::Ellipsis => !letter.is_ascii_digit() && word != "I",
            Kind::Period => self.period_ends(run, letter, word),
        }
    }

    /// Whether the period at `run` ends a sentence, given what follows: a word
    /// that does not start small.
    fn period_ends(&self, run: &Run, letter: char, word: &str) -> bool {
        let before = self.text[self.start..run.start].trim_end();
        let from = before.rfind(char::is_whitespace).map_or(0, |at| at + 1);
        let token = before[from..].trim_start_matches(|c| is_opening(c) || is_closing(c));
        let starter = self.lang.is(word, Classes::STARTER);
        let leads = token.len() == before.trim_start_matches(is_opening).len();
        if token.is_empty() {
            return true;
        }
        if token.bytes().all(|byte| byte.is_ascii_digit()) {
            // "1. The first item", and "am 3. Oktober" in German.
            let ordinal = self.lang.capitalizes_nouns() && token.len() <= 2;
            return !(leads && token.len() <= 3) && (!ordinal || starter);
        }
        let mut letters = token.chars();
        let initial = letters.next().filter(|_| letters.next().is_none());
        if let Some(initial) = initial.filter(|c| c.is_uppercase()) {
            let pronoun = initial == 'I' && self.lang.tag == "en";
            return starter && (pronoun || !leads);
        }
        let mut classes = self.lang.classes(key(token));
        if classes == Classes::default() {
            // "D-Minn." and "ex-Gov.": the last part is the abbreviation.
            let last = token.rsplit(['-', '–', '/', '—']).next().unwrap_or(token);
            classes = self.lang.classes(key(last));
            let letters = last.chars().count();
            let dotted = token.contains('.') && letters <= 4;
            let mute = self.lang.tag.is_empty() && letters <= 4 && !last.contains(is_vowel);
            if classes == Classes::default() && (dotted && !token.contains("..") || mute) {
                classes = Classes::ABBREVIATION;
            }
        }
        if classes.any(Classes::NUMBERED) && letter.is_numeric() {
            return false;
        }
        if classes.any(Classes::SHORT_TITLE) && !classes.any(Classes::ABBREVIATION) {
            return false;
        }
        if classes.any(Classes::TIME) {
            return starter || !self.is_opening_phrase(before);
        }
        if classes.any(Classes::ABBREVIATION) {
            return starter;
        }
        true
    }

    /// Whether all of the sentence so far is a phrase such as "In 44 B.C.".
    fn is_opening_phrase(&self, before: &str) -> bool {
        let at = [before.rfind(": "), before.rfind("; ")];
        let clause = at
            .into_iter()
            .flatten()
            .max()
            .map_or(before, |at| &before[at + 2..]);
        let mut words = clause.split_whitespace();
        let first = words.next().unwrap_or_default();
        words.clone().count() < OPENING_PHRASE
            && self.lang.is(first, Classes::PREPOSITION)
            && words.all(|word| !self.lang.is(word, Classes::PRONOUN))
    }

    /// Whether a sentence starts without a space: "worldwide.The".
    fn is_glued(&self, run: &Run) -> bool {
        let rest = &self.text[run.end..];
        let mut next = rest.trim_start_matches(['"', '“', '„']).chars();
        let capital = next.next().is_some_and(char::is_uppercase)
            && next.next().is_some_and(|c| c.is_lowercase() || c == ' ');
        let token = self.text[self.start..run.start]
            .rsplit(char::is_whitespace)
            .next()
            .unwrap_or_default();
        let word = token.trim_start_matches(|c: char| !c.is_alphanumeric());
        let plain = word.len() > 2
            && (word.chars().skip(1).all(char::is_lowercase)
                || word.chars().all(|c| c.is_ascii_digit() || c == ','));
        let following = rest.split(char::is_whitespace).next().unwrap_or_default();
        // "Jane.Doe@example.com" is no sentence end.
        let address = following.contains(['@', '/']) || token.contains(['@', '/']);
        let title = self
            .lang
            .is(word, Classes::SHORT_TITLE.and(Classes::ABBREVIATION));
        capital && plain && !address && !title
    }

    /// Whether the question or exclamation that ends at `run` is somebody's
    /// whose name follows ("“Stop!” Ann Lee shouted").
    fn is_attributed(&self, run: &Run) -> bool {
        if run.kind != Kind::Strong {
            return false;
        }
        let next = self.text[run.end..].trim_start();
        let mut words = next.split_whitespace().take(4);
        let named = words
            .next()
            .is_some_and(|word| !self.lang.is(word, Classes::STARTER));
        named && words.any(|word| self.lang.is(first_word(word), Classes::SPEECH))
    }

    /// The number of an item of a list that starts at `at`: "1.", "2)" or "3.)".
    fn item(&self, at: usize) -> Option<u32> {
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

fn is_opening(letter: char) -> bool {
    matches!(
        letter,
        '"' | '\''
            | '“'
            | '‘'
            | '„'
            | '‚'
            | '«'
            | '‹'
            | '('
            | '['
            | '{'
            | '`'
            | '¿'
            | '¡'
            | '—'
            | '–'
            | '-'
            | '•'
            | '⁃'
            | '*'
            | ' '
    )
}

fn is_closing(letter: char) -> bool {
    matches!(letter, '”' | '’' | '»' | '›' | ')' | ']' | '}')
}

fn is_vowel(letter: char) -> bool {
    !letter.is_ascii()
        || matches!(
            letter.to_ascii_lowercase(),
            'a' | 'e' | 'i' | 'o' | 'u' | 'y'
        )
}

/// The letters at the start of `text`.
fn first_word(text: &str) -> &str {
    let text = text.trim_start_matches(is_opening);
    let inside = |c: char| c.is_alphanumeric() || matches!(c, '\'' | '’');
    let end = text.find(|c| !inside(c)).unwrap_or(text.len());
    &text[..end]
}

fn trim_end(text: &str, end: usize) -> usize {
    text[..end].trim_end().len()
}
