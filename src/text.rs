//! Text in blocks: one string, and spans into it.
//!
//! Both nouns stand on this one: an [article](crate::article) is read into it
//! and an [entry](crate::entry) keeps what is left of it after cleaning. One
//! buffer and spans instead of a string per paragraph, since every later step
//! walks the text and none of them needs a copy.

use serde::{Deserialize, Serialize};

/// A stretch of a text, in bytes, on character borders.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Span {
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// The span from `start` up to, not including, `end`; both in bytes.
    ///
    /// # Panics
    ///
    /// When a position is past 4 GiB. Files are limited to far less before
    /// they are read.
    #[must_use]
    pub fn new(start: usize, end: usize) -> Self {
        let position = |at| u32::try_from(at).expect("texts are limited to less than 4 GiB");
        Self {
            start: position(start),
            end: position(end),
        }
    }

    /// The stretch of `text` that this span covers.
    #[must_use]
    pub fn of(self, text: &str) -> &str {
        &text[self.range()]
    }

    /// The same as a range, for slicing.
    #[must_use]
    pub fn range(self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }

    /// How many bytes it covers.
    #[must_use]
    pub fn len(self) -> usize {
        self.range().len()
    }

    /// Whether it covers nothing.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.start >= self.end
    }

    /// Whether `other` lies wholly inside this span.
    #[must_use]
    pub fn contains(self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }
}

/// A text in blocks.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Text {
    /// The blocks' texts in order, with a blank line (`"\n\n"`) between them.
    /// Blocks without text take no room.
    pub plain: String,
    /// The blocks, in order, not overlapping.
    pub blocks: Vec<Block>,
}

/// A paragraph, heading, list item or the like.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Block {
    /// What it is.
    pub kind: BlockKind,
    /// Where its text stands in [`Text::plain`].
    pub span: Span,
    /// Emphasis, links and the like in it, in order of their start; inner ones
    /// after the outer ones that hold them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub marks: Vec<Mark>,
}

/// The kinds of blocks that a feed can show.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub enum BlockKind {
    /// Running text.
    Paragraph,
    /// A heading, with its level from 1 to 6.
    Heading(u8),
    /// An item of a list.
    ListItem {
        /// Numbered rather than bulleted.
        ordered: bool,
        /// How many lists it is inside of, beyond the first.
        depth: u8,
    },
    /// Text set apart as somebody else's.
    Quote,
    /// Text whose white space counts.
    Code,
    /// A table: a line a row, cells parted by tabs.
    Table,
    /// A picture, which a [`MarkKind::Picture`] names. It has no text: what is
    /// written below a picture is not the story.
    Picture,
}

impl BlockKind {
    /// Whether its text is sentences, to be quoted and summarized.
    #[must_use]
    pub fn is_prose(self) -> bool {
        matches!(self, Self::Paragraph | Self::Quote | Self::ListItem { .. })
    }
}

/// A stretch inside a block that is more than plain text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mark {
    /// Where, in [`Text::plain`].
    pub span: Span,
    /// What it is.
    pub kind: MarkKind,
}

/// The kinds of marks that a feed can show.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub enum MarkKind {
    /// Emphasis, shown as italics.
    Emphasis,
    /// Strong emphasis, shown as bold.
    Strong,
    /// Computer text.
    Code,
    /// The first row of a table, where that names its columns.
    Header,
    /// A link to this address, as the article writes it.
    Link(String),
    /// A picture, on an empty span in a block of its own.
    Picture {
        /// Its address, as the article writes it.
        address: String,
        /// What it shows, for those who do not see it.
        alt: String,
    },
}

impl Text {
    /// Appends a block and its text, without marks. A block without text takes
    /// no room among the texts of the others.
    pub fn push(&mut self, kind: BlockKind, text: &str) {
        if !self.plain.is_empty() && !text.is_empty() {
            self.plain.push_str("\n\n");
        }
        let start = self.plain.len();
        self.plain.push_str(text);
        self.blocks.push(Block {
            kind,
            span: Span::new(start, self.plain.len()),
            marks: Vec::new(),
        });
    }

    /// Appends a picture. Both its address and what it shows are as the article
    /// writes them.
    pub fn push_picture(&mut self, address: String, alt: String) {
        let end = self.plain.len();
        let span = Span::new(end, end);
        self.blocks.push(Block {
            kind: BlockKind::Picture,
            span,
            marks: vec![Mark {
                span,
                kind: MarkKind::Picture { address, alt },
            }],
        });
    }

    /// The text of one block.
    #[must_use]
    pub fn of(&self, block: &Block) -> &str {
        block.span.of(&self.plain)
    }

    /// A new text of those blocks for which `keep`, given their place in the
    /// order, is true, with their marks moved along.
    ///
    /// # Panics
    ///
    /// Never: only blocks that are there are asked for.
    #[must_use]
    pub fn retain(&self, mut keep: impl FnMut(usize) -> bool) -> Text {
        let mut kept = Text {
            plain: String::with_capacity(self.plain.len()),
            blocks: Vec::with_capacity(self.blocks.len()),
        };
        for (_, block) in self.blocks.iter().enumerate().filter(|(at, _)| keep(*at)) {
            kept.take_over(self, block);
        }
        kept
    }

    /// Appends all blocks of another text.
    pub fn append(&mut self, other: &Text) {
        for block in &other.blocks {
            self.take_over(other, block);
        }
    }

    /// Appends a block of another text, with its marks moved along.
    fn take_over(&mut self, other: &Text, block: &Block) {
        self.push(block.kind, other.of(block));
        let moved = self.blocks.last_mut().expect("a block was just pushed");
        let shift = |at: u32| at - block.span.start + moved.span.start;
        moved.marks = block
            .marks
            .iter()
            .map(|mark| Mark {
                span: Span {
                    start: shift(mark.span.start),
                    end: shift(mark.span.end),
                },
                kind: mark.kind.clone(),
            })
            .collect();
    }
}

/// Cuts a line that has more letters than `most`, at a word if one ends in its
/// second half, and puts an ellipsis there, which counts as well.
pub fn cut_line(line: &mut String, most: usize) {
    let letter = |line: &str, place: usize| line.char_indices().nth(place).map(|(at, _)| at);
    // A letter has a byte at least.
    if line.len() <= most || letter(line, most).is_none() {
        return;
    }
    let room = letter(line, most.saturating_sub(1)).unwrap_or(line.len());
    let word = line[..room].rfind(char::is_whitespace);
    line.truncate(word.filter(|at| *at > room / 2).unwrap_or(room));
    let kept = line.trim_end_matches(|c: char| c.is_whitespace() || ",;:-–—".contains(c));
    line.truncate(kept.len());
    line.push('…');
}
