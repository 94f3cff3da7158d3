//! Lines as cleaning sees them: what each looks like.

use super::{
    Rule,
    furniture::{self, SHORT, Wording},
};
use crate::{
    digest::lang::{self, Eight},
    text::{BlockKind, Text},
};

/// The fewest words of a line that may be the first half of a paragraph.
const BROKEN: usize = 6;

/// The fewest words of a line of Thai or Lao that is a paragraph: its sentences
/// have no mark at their end.
const PARAGRAPH: usize = 12;

/// A block, as cleaning sees it.
#[derive(Debug)]
pub(super) struct Line<'a> {
    pub(super) text: &'a str,
    pub(super) kind: BlockKind,
    /// How many words it has.
    pub(super) words: usize,
    /// How many of them start with a capital letter.
    pub(super) capitals: usize,
    /// Its words in lower case, one space between them.
    pub(super) folded: String,
    /// Whether it ends as a sentence does.
    pub(super) stops: bool,
    /// By which wording it is furniture of the page, if it is.
    pub(super) wording: Option<Wording>,
    /// The rule that drops it.
    pub(super) rule: Option<Rule>,
}

impl Line<'_> {
    /// Whether it reads as running text.
    pub(super) fn is_prose(&self) -> bool {
        let lower = self.words - self.capitals;
        // A third, since German writes every noun with a capital.
        (self.stops && self.words >= 4 && 3 * lower >= self.words)
            || (self.words >= 20 && 2 * lower >= self.words)
            || (self.stops && self.words >= 12)
    }

    /// Whether it may be a headline: neither a menu's word nor a paragraph.
    pub(super) fn is_headline_like(&self) -> bool {
        let full_stop = self.text.trim_end().ends_with('.') && !self.text.ends_with("...");
        // "Home » Town » Bridges" is the way to the page.
        let way = self.text.matches(['»', '›', '>']).count() > 1 && !self.text.contains('«');
        (3..=40).contains(&self.words)
            && !way
            && (!full_stop || 2 * self.capitals > self.words + 2)
            && self.rule.is_none()
            && !self.text.ends_with([':', ','])
    }
}

/// The blocks of a text, looked at.
pub(super) fn lines(text: &Text) -> Vec<Line<'_>> {
    let look = |block| {
        let line: &str = text.of(block);
        let (mut words, capitals) = count(line);
        if !line.is_ascii() {
            words = words.max(lang::unspaced_words(line));
        }
        Line {
            text: line,
            kind: block.kind,
            words,
            capitals,
            // Paragraphs are told by what they look like, not by wording.
            folded: if words <= SHORT || words <= 2 * SHORT && 2 * capitals > words {
                fold(line)
            } else {
                String::new()
            },
            stops: stops(line),
            wording: None,
            rule: None,
        }
    };
    let mut lines: Vec<Line> = text.blocks.iter().map(look).collect();
    // A paragraph that was broken by mistake goes on in small letters.
    for at in 1..lines.len() {
        let goes_on = lines[at].text.starts_with(char::is_lowercase);
        let broken = !lines[at - 1].stops && lines[at - 1].words >= BROKEN;
        if goes_on && broken && lines[at].is_prose() {
            lines[at - 1].stops = true;
        }
    }
    for line in &mut lines {
        line.wording = furniture::wording(line);
    }
    lines
}

/// How many words a line has, and how many of them start with a capital
/// letter, signs before it aside.
fn count(line: &str) -> (usize, usize) {
    let bytes = line.as_bytes();
    let (mut words, mut capitals) = (0, 0);
    let mut at = 0;
    // One turn for each word and what stands before its first letter or digit.
    while let Some(byte) = bytes.get(at) {
        let capital = match byte {
            b'a'..=b'z' | b'0'..=b'9' => false,
            b'A'..=b'Z' => true,
            0x80.. => {
                let Some(letter) = line[at..].chars().next() else {
                    break;
                };
                at += letter.len_utf8() - 1;
                if !letter.is_alphanumeric() {
                    at += 1;
                    continue;
                }
                letter.is_uppercase()
            }
            _ => {
                at += 1;
                continue;
            }
        };
        words += 1;
        capitals += usize::from(capital);
        at = word_end(line, at + 1);
    }
    (words, capitals)
}

/// Where the word that goes on at `at` ends, with the white space after it if
/// that is ASCII.
fn word_end(line: &str, mut at: usize) -> usize {
    let bytes = line.as_bytes();
    loop {
        let inside = Eight::load(bytes, at).before(0, b' ', b' ');
        at += inside as usize;
        match bytes.get(at) {
            _ if inside == 8 => {}
            None => return at,
            Some(b' ' | b'\t'..=b'\r') => return at + 1,
            Some(0x80..) => match line[at..].chars().next() {
                Some(letter) if !letter.is_whitespace() => at += letter.len_utf8(),
                _ => return at,
            },
            // Control characters.
            Some(_) => at += 1,
        }
    }
}

/// Whether a line ends as a sentence does, marks and brackets aside.
fn stops(line: &str) -> bool {
    let bare = line.trim_end_matches(|c: char| "\"'”’“»«)]› \u{a0}".contains(c));
    bare.ends_with(['.', '!', '?', '…', ':', ';'])
        || bare.ends_with(lang::is_full_stop)
        || bare.ends_with(lang::ends_without_mark) && lang::unspaced_words(bare) >= PARAGRAPH
}

/// A line's words in lower case with one space between them, signs left out.
pub(super) fn fold(line: &str) -> String {
    let bytes = line.as_bytes();
    let mut folded = String::with_capacity(line.len());
    let (mut at, mut apart) = (0, false);
    while at < bytes.len() {
        let letters = Eight::load(bytes, at).letters() as usize;
        let mut other = None;
        let end = match bytes[at] {
            _ if letters > 0 => at + letters,
            b'0'..=b'9' => at + 1,
            0x80.. => {
                other = line[at..].chars().next();
                at + other.map_or(1, char::len_utf8)
            }
            _ => {
                (at, apart) = (at + 1, true);
                continue;
            }
        };
        if other.is_some_and(|other| !(other.is_alphanumeric() || other == '©')) {
            (at, apart) = (end, true);
            continue;
        }
        if apart && !folded.is_empty() {
            folded.push(' ');
        }
        match other {
            Some(letter) => folded.extend(letter.to_lowercase()),
            None => folded.push_str(&line[at..end]),
        }
        (at, apart) = (end, false);
    }
    folded.make_ascii_lowercase();
    folded
}

/// Whether `folded` holds `part` as whole words.
pub(super) fn holds(folded: &str, part: &str) -> bool {
    folded.match_indices(part).any(|(at, _)| {
        let before = folded[..at].chars().next_back();
        let after = folded[at + part.len()..].chars().next();
        before.is_none_or(|c| c == ' ') && after.is_none_or(|c| c == ' ')
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::{prop_assert_eq, proptest};

    fn folded_letter_by_letter(line: &str) -> String {
        let words = line.split(|c: char| !(c.is_alphanumeric() || c == '©'));
        let words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
        let lower = |c: char| c.to_lowercase();
        words.join(" ").chars().flat_map(lower).collect()
    }

    proptest! {
        #[test]
        fn folding_eight_letters_at_a_time_folds_each(
            line in "([a-zA-Z]{1,20}|[ -~]|[’“©ßİÉΣ１²\u{a0}\u{301}]|\\PC){0,24}"
        ) {
            prop_assert_eq!(fold(&line), folded_letter_by_letter(&line));
        }
    }
}
