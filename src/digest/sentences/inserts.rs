//! Quotations and brackets inside a block: what opens and closes in it is never
//! cut.

use super::{Quoted, Splitter, is_stop};
use memchr::{memchr2_iter, memmem};

/// Quotations and brackets are followed this far for their closing mark, in
/// bytes. The longest quotation of 6,600 in newspaper articles had 291 words.
const LONGEST_INSERT: usize = 2_000;

impl Splitter<'_> {
    /// Past a quotation or bracket that opens at `at`: `Ok` with the sentence's
    /// end if it ends with it, `Err` with where to go on if not.
    pub(super) fn insert(&mut self, at: usize, opening: char) -> Result<usize, usize> {
        let inside = at + opening.len_utf8();
        let bracket = matches!(opening, '(' | '[' | '（');
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
            '「' => 4,
            '『' => 5,
            '（' => 6,
            _ => 7,
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
        let east = match opening {
            '「' => Some("」"),
            '『' => Some("』"),
            '（' => Some("）"),
            _ => None,
        };
        if let Some(closing) = east {
            let found = memmem::find(range, closing.as_bytes());
            if found.is_none() {
                self.barren[kind] = far;
            }
            return found.map(|found| inside + found);
        }
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

    /// The end of a mark that closes behind a blank, as in text that was cut
    /// into words: "the series '' American Dad ! '' .". It has opened in the
    /// same sentence.
    pub(super) fn apart(&self, at: usize) -> Option<usize> {
        let rest = self.text[at..].strip_prefix(" '")?;
        let (mark, rest) = match rest.strip_prefix('\'') {
            Some(rest) => ("''", rest),
            None => ("'", rest),
        };
        let mut from = self.start.max(at.saturating_sub(LONGEST_INSERT));
        while !self.text.is_char_boundary(from) {
            from += 1;
        }
        let said = self.text[from..at].split(' ');
        let open = said.filter(|word| *word == mark).count() % 2 == 1;
        if !open || !rest.is_empty() && !rest.starts_with(' ') {
            return None;
        }
        // The sentence's own full stop may follow.
        let stop = rest.strip_prefix(" .").map_or(0, |after| {
            let ends = after.is_empty() || after.starts_with(' ');
            2 * usize::from(ends)
        });
        Some(self.text.len() - rest.len() + stop)
    }
}
