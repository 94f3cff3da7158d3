//! Markdown that would take its parser far longer, or far more memory, than its
//! size lets expect.
//!
//! The parser goes through all open block quotes and lists for each line, so that
//! a line of a million `>` over a million short lines would take days.

use super::ReadError;
use std::borrow::Cow;

/// So deep may block quotes and lists be inside each other, by the marks of one
/// line. Mails that were answered by twenty people have twenty.
const DEEPEST: usize = 100;

/// So far may a line be indented, which nests lists as well: two columns each.
const WIDEST: usize = 2 * DEEPEST;

/// So many marks may be in a text. Its parser keeps eighty bytes for each, more
/// for a cell of a table; a book's notes have a hundredth of these.
const MOST_MARKS: usize = 2_000_000;

/// Refuses a text of marks, which would take more memory than an article is
/// worth.
pub(super) fn check(text: &str) -> Result<(), ReadError> {
    let mark = |byte: &u8| matches!(byte, b'[' | b']' | b'*' | b'_' | b'`' | b'<' | b'|' | b'~');
    if text.len() > MOST_MARKS && text.bytes().filter(mark).count() > MOST_MARKS {
        return Err(ReadError::TooMuch {
            what: "the Markdown file",
            limit: format!("has more than {MOST_MARKS} marks such as * and ["),
            remedy: "save it as text, with the ending .txt",
        });
    }
    Ok(())
}

/// The text without the marks and white space at the start of a line that nest it
/// deeper.
pub(super) fn flattened(text: &str) -> Cow<'_, str> {
    let mut kept = String::new();
    // Up to where it is copied.
    let mut from = 0;
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        if line.len() > DEEPEST
            && let Some((deep, behind)) = surplus(line)
        {
            kept.push_str(&text[from..start + deep]);
            from = start + behind;
        }
        start += line.len();
    }
    if from == 0 {
        return Cow::Borrowed(text);
    }
    kept.push_str(&text[from..]);
    Cow::Owned(kept)
}

/// Where in a line the marks begin that are too many, and where they end.
fn surplus(line: &str) -> Option<(usize, usize)> {
    let bytes = line.as_bytes();
    let (mut at, mut depth, mut indented) = (0, 0, 0);
    let mut deep = None;
    while let Some(length) = mark(&bytes[at..]) {
        let space = matches!(bytes[at], b' ' | b'\t');
        depth += usize::from(!space);
        indented += usize::from(space);
        if deep.is_none() && (depth > DEEPEST || indented > WIDEST) {
            deep = Some(at);
        }
        at += length;
    }
    deep.map(|deep| (deep, at))
}

/// How long the mark is that a line, or what is left of it, begins with: white
/// space, or what opens a block quote or an item of a list.
fn mark(rest: &[u8]) -> Option<usize> {
    let ends = |at: usize| rest.get(at).is_none_or(u8::is_ascii_whitespace);
    match rest.first()? {
        b' ' | b'\t' | b'>' => Some(1),
        b'-' | b'*' | b'+' if ends(1) => Some(1),
        b'0'..=b'9' => {
            // A number of more digits opens no item.
            let digits = rest.iter().take(9).take_while(|byte| byte.is_ascii_digit());
            let count = digits.count();
            let dot = matches!(rest.get(count), Some(b'.' | b')'));
            (dot && ends(count + 1)).then_some(count + 1)
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::{Cow, DEEPEST, flattened};

    #[test]
    fn what_people_write_stays_as_it_is() {
        for text in ["", "> > a\n- b\n  - c\n", "a - b > c 1. d", "---\n"] {
            assert!(matches!(flattened(text), Cow::Borrowed(same) if same == text));
        }
    }

    #[test]
    fn marks_beyond_the_deepest_are_left_out() {
        for mark in [">", "> ", "- ", "1. ", "> * "] {
            let text = format!("a\n{}Word\nb\n", mark.repeat(10 * DEEPEST));
            let flat = flattened(&text);
            assert!(flat.len() < 5 * DEEPEST, "{mark}");
            assert!(
                flat.starts_with("a\n") && flat.ends_with("Word\nb\n"),
                "{mark}"
            );
        }
        let code = format!("{}let x;\n", " ".repeat(1000));
        assert_eq!(flattened(&code), format!("{}let x;\n", " ".repeat(200)));
    }
}
