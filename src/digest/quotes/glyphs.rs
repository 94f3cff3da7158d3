//! The glyphs of quotation marks, and what stands beside them.

use crate::text::Span;

/// A quotation mark, or what may be one.
#[derive(Debug, Clone, Copy)]
pub(super) struct Mark {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) glyph: Glyph,
    pub(super) sides: Sides,
    /// The byte before is one that ends a sentence or a clause.
    pub(super) after_stop: bool,
    /// The byte before is an `s`: the mark may be a plural's apostrophe.
    pub(super) after_s: bool,
    /// The byte before is a colon.
    pub(super) after_colon: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Glyph {
    /// `"`, either way.
    Straight,
    /// `“`, closing in German.
    HighSix,
    /// `”`, opening in Swedish.
    HighNine,
    /// `„`
    Low,
    /// `«`, closing in German.
    Left,
    /// `»`, opening in German.
    Right,
    /// `「`, `『`, and the doubled grave accents of old wires.
    Open,
    /// `」`, `』`, and the doubled apostrophes of old wires.
    Close,
    /// `‘`, `‚`, or `‹`.
    SingleOpen,
    /// `'`, `’`, or `›`, apostrophes among them.
    Single,
}

/// What a mark's neighbors allow it to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sides {
    Opens,
    Closes,
    Both,
    Neither,
}

impl Mark {
    pub(super) fn is_single(self) -> bool {
        matches!(self.glyph, Glyph::Single | Glyph::SingleOpen)
    }

    pub(super) fn may_open(self) -> bool {
        matches!(self.sides, Sides::Opens | Sides::Both)
    }

    pub(super) fn may_close(self) -> bool {
        matches!(self.sides, Sides::Closes | Sides::Both)
    }
}

/// Collects the marks of one block.
pub(super) fn scan(plain: &str, block: Span, marks: &mut Vec<Mark>) {
    let bytes = plain.as_bytes();
    let Span { start, end } = block;
    let (first, end) = (start as usize, end as usize);
    let mut at = first;
    while let Some(ahead) = next(&bytes[at..end]) {
        at += ahead;
        let (glyph, len) = match bytes[at] {
            b'"' => (Glyph::Straight, 1),
            b'\'' if bytes[at..end].starts_with(b"''") => (Glyph::Close, 2),
            b'\'' => (Glyph::Single, 1),
            b'`' if bytes[at..end].starts_with(b"``") => (Glyph::Open, 2),
            0xC2 if bytes[at + 1] == 0xAB => (Glyph::Left, 2),
            0xC2 if bytes[at + 1] == 0xBB => (Glyph::Right, 2),
            0xE2 if bytes[at + 1] == 0x80 => match bytes[at + 2] {
                0x98 | 0x9A | 0x9B | 0xB9 => (Glyph::SingleOpen, 3),
                0x99 | 0xBA => (Glyph::Single, 3),
                0x9C | 0x9F => (Glyph::HighSix, 3),
                0x9D => (Glyph::HighNine, 3),
                0x9E => (Glyph::Low, 3),
                _ => (Glyph::Open, 0),
            },
            0xE3 if bytes[at + 1] == 0x80 => match bytes[at + 2] {
                0x8C | 0x8E => (Glyph::Open, 3),
                0x8D | 0x8F => (Glyph::Close, 3),
                _ => (Glyph::Open, 0),
            },
            _ => (Glyph::Open, 0),
        };
        if len == 0 {
            at += 1;
            continue;
        }
        let before = plain[first..at].chars().next_back();
        let after = plain[at + len..end].chars().next();
        marks.push(Mark {
            start: at,
            end: at + len,
            glyph,
            sides: sides(before, after),
            after_stop: before.is_some_and(|c| ".,?!;:…-–—".contains(c)),
            after_s: before == Some('s'),
            after_colon: before == Some(':'),
        });
        at += len;
    }
}

/// How far it is to the next byte that a mark may begin with. Nearly all bytes
/// are letters, so that sixteen are looked at together.
#[allow(
    clippy::needless_bitwise_bool,
    reason = "lazy operators would branch between bytes"
)]
fn next(bytes: &[u8]) -> Option<usize> {
    let begins = |byte: &u8| {
        (*byte == b'"')
            | (*byte == b'\'')
            | (*byte == b'`')
            | (*byte == 0xc2)
            | (*byte == 0xe2)
            | (*byte == 0xe3)
    };
    let none = |chunk: &&[u8; 16]| !chunk.iter().fold(false, |any, byte| any | begins(byte));
    let skipped = 16 * bytes.as_chunks().0.iter().take_while(none).count();
    let ahead = bytes[skipped..].iter().position(begins)?;
    Some(skipped + ahead)
}

/// What neighbors allow: an opening mark stands free on its left, a closing
/// one on its right.
fn sides(before: Option<char>, after: Option<char>) -> Sides {
    let blank = |c: char| c.is_whitespace() || c == '\u{200B}';
    let dash = |c: char| matches!(c, '-' | '–' | '—' | '―' | '/' | '…');
    let mark = |c: char| "\"'“”„‘’‚«»‹›".contains(c);
    let left = before.is_none_or(|c| blank(c) || dash(c) || mark(c) || "([{>*_¿¡".contains(c));
    let right = after.is_none_or(|c| blank(c) || dash(c) || mark(c) || ".,;:!?)]}<*_".contains(c));
    let (blank_left, blank_right) = (before.is_none_or(blank), after.is_none_or(blank));
    match (left, right) {
        // A dash or mark on the one side and a blank on the other: the blank
        // tells more.
        (true, true) if blank_left && !blank_right => Sides::Opens,
        (true, true) if blank_right && !blank_left => Sides::Closes,
        (true, true) => Sides::Both,
        (true, false) => Sides::Opens,
        (false, true) => Sides::Closes,
        (false, false) => Sides::Neither,
    }
}
