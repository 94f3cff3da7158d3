//! The glyphs of quotation marks, and what stands beside them.

use crate::text::Span;

/// A quotation mark, or what may be one.
#[derive(Debug, Clone, Copy)]
pub(super) struct Mark {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) glyph: Glyph,
    pub(super) sides: Sides,
    /// What stands before it.
    pub(super) before: Before,
    /// What stands behind it.
    pub(super) behind: Behind,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Glyph {
    /// `"` and its full-width form, either way.
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
    /// `‹`, closing in German.
    InnerLeft,
    /// `›`, opening in German.
    InnerRight,
    /// `「`, `『` and the like, and the doubled grave accents of old wires.
    Open,
    /// `」`, `』` and the like, and the doubled apostrophes of old wires.
    Close,
    /// `‘` or `‚`.
    SingleOpen,
    /// `'` or `’`, apostrophes among them.
    Single,
}

impl Glyph {
    /// What closes where this one opened, if only one glyph does.
    pub(super) fn opposite(self) -> Option<Glyph> {
        match self {
            Self::Left => Some(Self::Right),
            Self::Right => Some(Self::Left),
            Self::InnerLeft => Some(Self::InnerRight),
            Self::InnerRight => Some(Self::InnerLeft),
            _ => None,
        }
    }
}

/// What a mark's neighbors allow it to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sides {
    Opens,
    Closes,
    Both,
    Neither,
}

/// What stands directly before a mark.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Before {
    /// What ends a sentence or a clause.
    Stop,
    /// A colon.
    Colon,
    /// An `s`: the mark may be a plural's apostrophe.
    S,
    /// A digit: the mark may mean inches.
    Digit,
    /// White space.
    Blank,
    /// Nothing, or anything else.
    Other,
}

/// What stands directly behind a mark.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Behind {
    /// A comma, a stop or the like.
    Stop,
    /// A capital.
    Capital,
    /// A digit: the mark may stand for a century, as in "the '90s".
    Digit,
    /// Nothing, or anything else.
    Other,
}

impl Mark {
    pub(super) fn is_single(self) -> bool {
        matches!(self.glyph, Glyph::Single | Glyph::SingleOpen)
    }

    pub(super) fn may_open(self) -> bool {
        let century = self.is_single() && self.behind == Behind::Digit;
        !century && matches!(self.sides, Sides::Opens | Sides::Both)
    }

    pub(super) fn may_close(self) -> bool {
        matches!(self.sides, Sides::Closes | Sides::Both)
    }

    pub(super) fn after_stop(self) -> bool {
        matches!(self.before, Before::Stop | Before::Colon)
    }
}

/// Collects the marks of one block.
pub(super) fn scan(plain: &str, block: Span, marks: &mut Vec<Mark>) {
    let (first, end) = (block.start as usize, block.end as usize);
    let bytes = &plain.as_bytes()[..end];
    let mut at = first;
    while let Some(ahead) = next(&bytes[at..]) {
        at += ahead;
        // A dash whose charset was mistaken is `â€“`.
        let broken = plain[first..at].ends_with("â€");
        let Some((glyph, len)) = glyph(&bytes[at..]).filter(|_| !broken) else {
            at += 1;
            continue;
        };
        let before = plain[first..at].chars().next_back();
        let after = plain[at + len..end].chars().next();
        marks.push(Mark {
            start: at,
            end: at + len,
            glyph,
            sides: sides(before, after),
            before: match before {
                Some(':' | '：') => Before::Colon,
                Some(c) if ".,?!;…-–—。，！？、".contains(c) => Before::Stop,
                Some('s') => Before::S,
                Some(c) if c.is_ascii_digit() => Before::Digit,
                Some(c) if c.is_whitespace() => Before::Blank,
                _ => Before::Other,
            },
            behind: match after {
                Some(c) if ".,;:?!".contains(c) => Behind::Stop,
                Some(c) if c.is_uppercase() => Behind::Capital,
                Some(c) if c.is_ascii_digit() => Behind::Digit,
                _ => Behind::Other,
            },
        });
        at += len;
    }
}

/// The glyph that these bytes begin with, and its length.
fn glyph(bytes: &[u8]) -> Option<(Glyph, usize)> {
    let found = match *bytes {
        [b'"', ..] => (Glyph::Straight, 1),
        [b'\'', b'\'', ..] => (Glyph::Close, 2),
        [b'\'', ..] => (Glyph::Single, 1),
        [b'`', b'`', ..] => (Glyph::Open, 2),
        [0xC2, 0xAB, ..] => (Glyph::Left, 2),
        [0xC2, 0xBB, ..] => (Glyph::Right, 2),
        [0xE2, 0x80, last, ..] => {
            let glyph = match last {
                0x98 | 0x9A | 0x9B => Glyph::SingleOpen,
                0x99 => Glyph::Single,
                0x9C | 0x9F => Glyph::HighSix,
                0x9D => Glyph::HighNine,
                0x9E => Glyph::Low,
                0xB9 => Glyph::InnerLeft,
                0xBA => Glyph::InnerRight,
                _ => return None,
            };
            (glyph, 3)
        }
        // 「『〝, their forms for vertical lines and of half the width.
        [0xE3, 0x80, 0x8C | 0x8E | 0x9D, ..]
        | [0xEF, 0xB9, 0x81 | 0x83, ..]
        | [0xEF, 0xBD, 0xA2, ..] => (Glyph::Open, 3),
        // 」』〞〟, and theirs.
        [0xE3, 0x80, 0x8D | 0x8F | 0x9E | 0x9F, ..]
        | [0xEF, 0xB9, 0x82 | 0x84, ..]
        | [0xEF, 0xBD, 0xA3, ..] => (Glyph::Close, 3),
        // `＂`
        [0xEF, 0xBC, 0x82, ..] => (Glyph::Straight, 3),
        _ => return None,
    };
    Some(found)
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
            | (*byte == 0xef)
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
    let mark = |c: char| "\"'“”„‘’‚«»‹›".contains(c) || is_unspaced(c);
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

/// Whether a letter or mark is of a script that writes no blanks between words,
/// or, as Korean, none behind what is quoted.
pub(super) fn is_unspaced(c: char) -> bool {
    matches!(
        u32::from(c),
        // Thai to Burmese, and Khmer.
        0x0E00..=0x109F | 0x1780..=0x17FF
        // Marks, kana, Han, Hangul, and their full-width forms.
        | 0x3000..=0x9FFF | 0xAC00..=0xD7AF | 0xF900..=0xFAFF | 0xFF00..=0xFFEF
    )
}
