//! Which quotation marks and brackets a sentence has, and what it ends with.

use crate::digest::lang::{ends_without_mark, is_full_stop};
use memchr::{memchr2, memchr3};

/// The quotation marks and brackets of a sentence.
#[derive(Default)]
pub(super) struct Marks {
    /// Bytes inside quotation marks.
    pub(super) quoted: usize,
    /// Whether every mark and bracket has its other one.
    pub(super) balanced: bool,
}

/// First bytes of marks: of brackets and straight marks, of “ ” „ and of « ».
const BEGINS: [bool; 256] = {
    let mut table = [false; 256];
    table[b'"' as usize] = true;
    table[b'(' as usize] = true;
    table[b')' as usize] = true;
    table[0xe2] = true;
    table[0xc2] = true;
    table
};

impl Marks {
    /// One pass that stops at marks only; most sentences have none.
    pub(super) fn of(text: &str) -> Marks {
        let bytes = text.as_bytes();
        let ascii = memchr3(b'"', b'(', b')', bytes);
        let first = ascii.into_iter().chain(memchr2(0xe2, 0xc2, bytes)).min();
        let (mut start, mut open) = (None, ' ');
        let (mut quoted, mut brackets, mut wrong) = (0, 0_i32, false);
        let mut next = first.unwrap_or(bytes.len());
        while let Some(ahead) = bytes[next..].iter().position(|b| BEGINS[usize::from(*b)]) {
            let at = next + ahead;
            next = at + 1;
            // No byte is looked at that is not a character's first.
            let letter = text[at..].chars().next().unwrap_or(' ');
            match (start, letter) {
                (_, '(') => brackets += 1,
                (_, ')') => {
                    brackets -= 1;
                    wrong |= brackets < 0;
                }
                (None, '"' | '“' | '„' | '«' | '»') => {
                    start = Some(at);
                    open = letter;
                }
                (None, '”') => wrong = true,
                (Some(from), '"' | '”' | '“' | '»' | '«') if closes(open, letter) => {
                    quoted += at - from;
                    start = None;
                }
                _ => {}
            }
        }
        quoted += start.map_or(0, |start| text.len() - start);
        Marks {
            quoted,
            balanced: !wrong && brackets == 0 && start.is_none(),
        }
    }
}

/// Whether a quotation that `open` opened may close with `letter`.
fn closes(open: char, letter: char) -> bool {
    match open {
        '"' => letter == '"',
        '„' => matches!(letter, '“' | '”' | '"'),
        '“' => matches!(letter, '”' | '"'),
        '«' => letter == '»',
        _ => letter == '«',
    }
}

/// Whether it ends as sentences do; captions and headings do not.
pub(super) fn is_ended(text: &str) -> bool {
    let bare = text.trim_end_matches([
        '"', '”', '“', '’', '\'', ')', ']', '»', ' ', '」', '』', '）',
    ]);
    bare.ends_with(['.', '!', '?', '…'])
        || bare.ends_with(is_full_stop)
        || bare.ends_with(ends_without_mark)
}

/// Adds a sentence, behind a space where the one before has no mark that brings
/// its own, as in Chinese.
pub(super) fn add(said: &mut String, sentence: &str) {
    let bare = said.trim_end_matches(['”', '’']);
    let spaced = !bare.ends_with(['。', '！', '？', '」', '』', '）']);
    if !said.is_empty() && spaced {
        said.push(' ');
    }
    said.push_str(sentence);
}
