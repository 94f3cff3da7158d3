//! Building a text block by block, folding white space on the way.

use super::{charset::is_forbidden, limits};
use crate::text::{Block, BlockKind, Mark, MarkKind, Span, Text};

/// A text under construction: at most one block is open.
pub(super) struct Builder {
    text: Text,
    open: Option<Open>,
}

/// The block that is being written.
struct Open {
    kind: BlockKind,
    /// How long the text was before this block's separator.
    before: usize,
    start: usize,
    marks: Vec<Mark>,
    /// White space was met that is not written yet.
    gap: bool,
}

/// A mark whose end is not known yet.
#[derive(Debug, Clone, Copy)]
pub(super) struct OpenMark(usize);

impl Builder {
    /// For a text of about so many bytes.
    pub(super) fn with_capacity(bytes: usize) -> Self {
        let text = Text {
            plain: String::with_capacity(bytes),
            blocks: Vec::new(),
        };
        Self { text, open: None }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.text.blocks.is_empty() && self.open.is_none()
    }

    pub(super) fn is_open(&self) -> bool {
        self.open.is_some()
    }

    pub(super) fn is_code(&self) -> bool {
        let kind = self.open.as_ref().map(|open| open.kind);
        kind == Some(BlockKind::Code)
    }

    /// Starts a block, ending the one before. Behind the longest text that is
    /// taken there are no more.
    pub(super) fn open(&mut self, kind: BlockKind) {
        self.close();
        if limits::is_full(&self.text) {
            return;
        }
        let before = self.text.plain.len();
        if before > 0 {
            self.text.plain.push_str("\n\n");
        }
        self.open = Some(Open {
            kind,
            before,
            start: self.text.plain.len(),
            marks: Vec::new(),
            gap: false,
        });
    }

    /// Writes into the open block, white space folded; without one, nothing.
    pub(super) fn write(&mut self, text: &str) {
        let Some(open) = &mut self.open else { return };
        let plain = &mut self.text.plain;
        let bytes = text.as_bytes();
        // `from` is where the stretch starts that is copied as it stands.
        let (mut from, mut at) = (0, 0);
        // Up to where bytes are looked at one by one.
        let mut uneven = 0;
        while at < bytes.len() {
            // Most text is even, and looked at sixteen bytes at a time.
            if at >= uneven && (from < at || bytes[at] != b' ') {
                if bytes[at..].first_chunk().is_some_and(is_even) {
                    at += 16;
                    continue;
                }
                uneven = at + 16;
            }
            if !LOOK[usize::from(bytes[at])] {
                at += 1;
                continue;
            }
            let c = text[at..].chars().next().expect("inside the text");
            let next = at + c.len_utf8();
            // Nearly all of them: one space between two words.
            let between = c == ' ' && from < at;
            if between && bytes.get(next).is_some_and(|b| !LOOK[usize::from(*b)]) {
                at = next;
                continue;
            }
            if c.is_whitespace() || is_forbidden(c) || is_invisible(c) {
                open.append(plain, &text[from..at]);
                open.gap |= c.is_whitespace();
                from = next;
            }
            at = next;
        }
        open.append(plain, &text[from..]);
    }

    /// Forgets white space that was met last.
    pub(super) fn forget_gap(&mut self) {
        if let Some(open) = &mut self.open {
            open.gap = false;
        }
    }

    /// Writes into the open block with its white space; for code.
    pub(super) fn write_verbatim(&mut self, text: &str) {
        let allowed = text.chars().filter(|c| !is_forbidden(*c) || *c == '\n');
        if self.open.is_some() {
            self.text.plain.extend(allowed);
        }
    }

    /// Writes a table, given as rows of cells; white space in cells is folded.
    /// One without text is forgotten.
    pub(super) fn table(&mut self, rows: &[Vec<String>]) {
        self.table_with(rows, false);
    }

    /// Writes a table, of whose first row it is known whether it names the
    /// columns.
    pub(super) fn table_with(&mut self, rows: &[Vec<String>], has_header: bool) {
        self.open(BlockKind::Table);
        for (at, row) in rows.iter().enumerate() {
            let cells: Vec<String> = row
                .iter()
                .map(|cell| cell.split_whitespace().collect::<Vec<_>>().join(" "))
                .collect();
            if cells.iter().any(|cell| !cell.is_empty()) {
                let header = (has_header && at == 0).then(|| self.start_mark());
                self.write_verbatim(&cells.join("\t"));
                // A table is no table when it is all names of columns.
                if let Some(header) = header.filter(|_| rows.len() > 1) {
                    self.end_mark(header, MarkKind::Header);
                }
                self.write_verbatim("\n");
            }
        }
        self.close();
    }

    /// Writes a picture, as a block of its own.
    pub(super) fn picture(&mut self, address: &str, alt: &str) {
        self.close();
        if limits::is_full(&self.text) {
            return;
        }
        let alt = alt.split_whitespace().collect::<Vec<_>>().join(" ");
        self.text.push_picture(
            address.replace(is_forbidden, ""),
            alt.replace(is_forbidden, ""),
        );
    }

    /// Begins a mark in the open block.
    pub(super) fn start_mark(&mut self) -> OpenMark {
        if let Some(open) = &mut self.open {
            open.settle(&mut self.text.plain);
        }
        OpenMark(self.text.plain.len())
    }

    /// Ends a mark. Marks around nothing are forgotten.
    pub(super) fn end_mark(&mut self, mark: OpenMark, kind: MarkKind) {
        let end = self.text.plain.trim_end_matches(' ').len();
        let Some(open) = &mut self.open else { return };
        // A mark that a block's end has cut off does not go on in the next.
        if mark.0 >= open.start && mark.0 < end {
            let span = Span::new(mark.0, end);
            open.marks.push(Mark { span, kind });
        }
    }

    /// Ends the open block. A block without text is forgotten.
    pub(super) fn close(&mut self) {
        let Some(mut open) = self.open.take() else {
            return;
        };
        let plain = &mut self.text.plain;
        if open.kind == BlockKind::Code {
            // Blank lines around code are the fence's; its indentation is not.
            let code = &plain[open.start..];
            let kept = code.trim_end();
            let first = kept.len() - kept.trim_start().len();
            let line = kept[..first].rfind('\n').map_or(0, |at| at + 1);
            let end = open.start + kept.len();
            plain.truncate(end);
            plain.replace_range(open.start..open.start + line, "");
        } else {
            plain.truncate(plain.trim_end_matches([' ', '\n']).len().max(open.start));
        }
        let span = Span::new(open.start, plain.len());
        if span.is_empty() || is_shortcode(span.of(plain)) {
            plain.truncate(open.before);
            return;
        }
        // Outer marks end after inner ones, so they come in the wrong order.
        open.marks
            .sort_by_key(|mark| (mark.span.start, std::cmp::Reverse(mark.span.end)));
        self.text.blocks.push(Block {
            kind: open.kind,
            span,
            marks: open.marks,
        });
    }

    /// Takes the first block away if it is of this kind, the only one so far,
    /// and `wanted`, and returns its text.
    pub(super) fn take_first(
        &mut self,
        kind: BlockKind,
        wanted: impl FnOnce(&str) -> bool,
    ) -> Option<String> {
        self.close();
        match self.text.blocks[..] {
            [Block { kind: first, .. }] if first == kind && wanted(&self.text.plain) => {
                self.text.blocks.clear();
                let text = self.text.plain.clone();
                self.text.plain.clear();
                Some(text)
            }
            _ => None,
        }
    }

    pub(super) fn finish(mut self) -> Text {
        self.close();
        self.text
    }
}

impl Open {
    fn append(&mut self, plain: &mut String, text: &str) {
        if !text.is_empty() {
            self.settle(plain);
            plain.push_str(text);
        }
    }

    /// Writes the white space that was met: one space, none at the start.
    fn settle(&mut self, plain: &mut String) {
        if self.gap && plain.len() > self.start && !plain.ends_with(' ') {
            plain.push(' ');
        }
        self.gap = false;
    }
}

/// A call of a site generator's template, alone in its block; what it would
/// show is not in the file.
fn is_shortcode(text: &str) -> bool {
    let pairs = [("{{", "}}"), ("{%", "%}")];
    pairs
        .iter()
        .any(|(start, end)| text.starts_with(start) && text.ends_with(end))
}

/// Characters that show nothing and stand inside words: soft hyphen, zero-width
/// space, byte order mark. Left in, "demo\u{ad}cracy" is no longer "democracy".
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}' | '\u{2060}' | '\u{feff}')
}

/// First bytes of characters that folding has to look at: white space, control
/// and invisible characters, and whatever shares their first byte.
#[allow(
    clippy::needless_bitwise_bool,
    reason = "lazy operators would branch between bytes"
)]
const fn looks(byte: u8) -> bool {
    (byte <= 0x20)
        | (byte == 0x7f)
        | (byte == 0xc2)
        | (byte == 0xe1)
        | (byte == 0xe2)
        | (byte == 0xe3)
        | (byte == 0xef)
}

/// The same as a table.
const LOOK: [bool; 256] = {
    let mut table = [false; 256];
    let mut byte: u8 = 0;
    loop {
        table[byte as usize] = looks(byte);
        if byte == u8::MAX {
            break table;
        }
        byte += 1;
    }
};

/// Whether there is nothing to fold in all but the last of these bytes: of what
/// has to be looked at, only spaces between words.
#[allow(
    clippy::needless_bitwise_bool,
    reason = "lazy operators would branch between bytes"
)]
fn is_even(bytes: &[u8; 17]) -> bool {
    let mut even = true;
    for at in 0..16 {
        let between = (bytes[at] == b' ') & !looks(bytes[at + 1]);
        even &= !looks(bytes[at]) | between;
    }
    even
}
