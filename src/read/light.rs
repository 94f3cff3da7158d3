//! What the light markups have in common: lines in blocks, marks inside of
//! them, lists by their indentation.
//!
//! Each of these formats tells what its marks are with a function from a place
//! in a text to the [`Piece`] that begins there; this file does the rest.

use super::blocks::Builder;
use crate::text::{BlockKind, MarkKind, Text};
use std::{borrow::Cow, collections::BTreeMap};

/// How far the end of a mark is looked for, in bytes. Longer than any sentence;
/// without a limit a file of opening marks would take forever.
const LONGEST: usize = 2000;

/// So many marks of a text may be closed by nothing before any doubt.
const HOPELESS: usize = 1000;

/// How deep marks are read inside of marks; deeper ones stay as written.
const DEEPEST: usize = 4;

/// Names and what they stand for: attributes, substitutions, targets of links.
pub(super) type Names = BTreeMap<String, String>;

/// Something in a text that is not said as it is written, and how many bytes of
/// the text it is.
pub(super) enum Piece<'t> {
    /// It is said differently; not at all, when empty.
    Text(Cow<'t, str>, usize),
    /// A mark, and what stands in it, in which there may be other marks.
    Marked(MarkKind, Cow<'t, str>, usize),
    /// A mark whose inside is as it is written.
    Verbatim(MarkKind, &'t str, usize),
    /// A picture's address and what it shows.
    Picture(&'t str, Cow<'t, str>, usize),
}

/// What begins at a place in a text, if it is more than a letter.
pub(super) type Read = for<'t> fn(&Names, &'t str, usize) -> Option<Piece<'t>>;

/// Writes a text whose marks `read` knows.
pub(super) struct Writer {
    builder: Builder,
    pub(super) names: Names,
    read: Read,
    pictures: Vec<(String, String)>,
}

impl Writer {
    pub(super) fn new(bytes: usize, read: Read) -> Self {
        Self {
            builder: Builder::with_capacity(bytes),
            names: Names::new(),
            read,
            pictures: Vec::new(),
        }
    }

    /// Writes a block; pictures in it come after it. Without text, nothing.
    pub(super) fn block(&mut self, kind: BlockKind, text: &str) {
        self.builder.open(kind);
        self.inline(text, 0);
        self.builder.close();
        for (address, alt) in std::mem::take(&mut self.pictures) {
            self.picture(&address, &alt);
        }
    }

    /// Writes lines as code, without the indentation that all of them share.
    pub(super) fn code(&mut self, lines: &[&str]) {
        let filled = lines.iter().filter(|line| !line.trim().is_empty());
        let shared = filled.map(|line| indent(line)).min().unwrap_or(0);
        self.builder.open(BlockKind::Code);
        for line in lines {
            self.builder
                .write_verbatim(line.get(shared..).unwrap_or_default());
            self.builder.write_verbatim("\n");
        }
        self.builder.close();
    }

    pub(super) fn table(&mut self, rows: &[Vec<String>]) {
        let said: Vec<Vec<String>> = rows
            .iter()
            .map(|row| row.iter().map(|cell| self.said(cell)).collect())
            .collect();
        self.builder.table(&said);
    }

    pub(super) fn picture(&mut self, address: &str, alt: &str) {
        if !address.is_empty() && !address.starts_with("data:") {
            self.builder.picture(address, alt);
        }
    }

    /// A text as it is said, on one line, without its marks.
    pub(super) fn said(&self, text: &str) -> String {
        let mut writer = Self {
            names: self.names.clone(),
            ..Self::new(text.len(), self.read)
        };
        writer.block(BlockKind::Paragraph, text);
        writer.finish().plain
    }

    /// Whether nothing has been written yet.
    pub(super) fn is_empty(&self) -> bool {
        self.builder.is_empty()
    }

    pub(super) fn finish(self) -> Text {
        self.builder.finish()
    }

    fn inline(&mut self, text: &str, depth: usize) {
        let (mut from, mut at, mut tried) = (0, 0, 0);
        while let Some(c) = text[at..].chars().next() {
            // Where most of a text is marks that nothing closes, no more of
            // them are looked at.
            let hopeless = tried > HOPELESS && 4 * tried > at;
            let marks = depth < DEEPEST && !hopeless;
            let piece = marks.then(|| (self.read)(&self.names, text, at)).flatten();
            let Some(piece) = piece else {
                tried += usize::from(c.is_ascii_punctuation());
                at += c.len_utf8();
                continue;
            };
            self.builder.write(&text[from..at]);
            let length = match piece {
                Piece::Text(said, length) => {
                    self.builder.write(&said);
                    length
                }
                Piece::Marked(kind, inside, length) => {
                    let mark = self.builder.start_mark();
                    self.inline(&inside, depth + 1);
                    self.builder.end_mark(mark, kind);
                    length
                }
                Piece::Verbatim(kind, inside, length) => {
                    let mark = self.builder.start_mark();
                    self.builder.write(inside);
                    self.builder.end_mark(mark, kind);
                    length
                }
                Piece::Picture(address, alt, length) => {
                    self.pictures.push((address.to_owned(), alt.into_owned()));
                    length
                }
            };
            at += length.max(1);
            from = at;
        }
        self.builder.write(&text[from..]);
    }
}

/// What stands between the mark at `at` and the same mark after it, as people
/// write them: nothing of a word before the first or after the second, and no
/// space inside of either.
pub(super) fn between<'t>(text: &'t str, at: usize, mark: &str) -> Option<&'t str> {
    let start = at + mark.len();
    let before = text[..at].chars().next_back();
    let inside = text.get(start..)?;
    let opens = !before.is_some_and(|c| c.is_alphanumeric() || c == '\\')
        && inside.starts_with(|c: char| !c.is_whitespace());
    if !text[at..].starts_with(mark) || !opens {
        return None;
    }
    let end = inside.floor_char_boundary(LONGEST);
    let ends = inside[..end].match_indices(mark).map(|(end, _)| end);
    ends.filter(|end| *end > 0)
        .find(|end| {
            let after = inside[end + mark.len()..].chars().next();
            let closes = !inside[..*end].ends_with(|c: char| c.is_whitespace() || c == '\\');
            closes && !after.is_some_and(|c| c.is_alphanumeric() || mark.starts_with(c))
        })
        .map(|end| &inside[..end])
}

/// What stands between two different marks, the first of which is at `at`, and
/// how long all of it is.
pub(super) fn inside<'t>(
    text: &'t str,
    at: usize,
    open: &str,
    close: &str,
) -> Option<(&'t str, usize)> {
    let rest = text[at..].strip_prefix(open)?;
    let end = rest[..rest.floor_char_boundary(LONGEST)].find(close)?;
    Some((&rest[..end], open.len() + end + close.len()))
}

/// The web address that begins at `at`, without the marks of the sentence that
/// it ends.
pub(super) fn address(text: &str, at: usize) -> Option<&str> {
    let rest = &text[at..];
    let begins = ["https://", "http://", "mailto:"]
        .iter()
        .any(|start| rest.starts_with(start));
    if !begins || text[..at].ends_with(char::is_alphanumeric) {
        return None;
    }
    let ends = |c: char| c.is_whitespace() || matches!(c, '<' | '>' | '[' | ']' | '"' | '`' | '|');
    let address = &rest[..rest.find(ends).unwrap_or(rest.len())];
    Some(address.trim_end_matches(['.', ',', ';', ':', '!', '?', ')', '\'']))
}

/// How many bytes of white space a line begins with.
pub(super) fn indent(line: &str) -> usize {
    line.len() - line.trim_start().len()
}

/// The lists that an item may be inside of, by how far their items are in.
#[derive(Default)]
pub(super) struct Lists(Vec<usize>);

impl Lists {
    /// How many lists an item that is so far in is inside of, beyond the first.
    pub(super) fn depth(&mut self, indent: usize) -> u8 {
        while self.0.last().is_some_and(|last| *last > indent) {
            self.0.pop();
        }
        if self.0.last() != Some(&indent) {
            self.0.push(indent);
        }
        u8::try_from(self.0.len() - 1).unwrap_or(u8::MAX)
    }

    /// Whether a line that is so far in goes on with the last item.
    pub(super) fn holds(&self, indent: usize) -> bool {
        self.0.last().is_some_and(|last| indent > *last)
    }

    pub(super) fn end(&mut self) {
        self.0.clear();
    }
}
