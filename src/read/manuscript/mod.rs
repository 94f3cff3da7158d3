//! What an office program's document comes down to: paragraphs with a role,
//! runs of text that look alike, and tables.
//!
//! Word, OpenDocument, and RTF write them in different ways, and mean the same.
//! Here is what they have in common: which paragraph is the headline, where text
//! boxes and notes go, and which tables are no tables.

mod fields;
mod properties;
mod styles;
mod symbols;
mod write;

pub(super) use fields::{Field, field, link};
pub(super) use properties::Properties;
pub(super) use styles::{Role, is_code as is_code_style, role};
pub(super) use symbols::{is_symbols, symbol};

use super::blocks::Builder;
use crate::{
    article::{Article, Origin},
    dates,
};
use std::rc::Rc;

/// Among how many paragraphs at the top the one in a title's style is looked
/// for. Letterheads take some lines before it.
const TOP: usize = 12;

/// The longest line that may stand between the top and the headline.
const LONGEST_KICKER: usize = 80;

/// How a stretch of text looks.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Look {
    pub(super) link: Option<Rc<str>>,
    pub(super) strong: bool,
    pub(super) emphasis: bool,
    pub(super) code: bool,
}

/// A stretch of text that looks alike. A line break in it is `\n`.
#[derive(Debug)]
struct Run {
    text: String,
    look: Look,
}

/// A paragraph and what it is.
#[derive(Debug, Default)]
pub(super) struct Paragraph {
    pub(super) role: Role,
    runs: Vec<Run>,
}

impl Paragraph {
    pub(super) fn new(role: Role) -> Self {
        Self {
            role,
            runs: Vec::new(),
        }
    }

    /// Adds text at its end.
    pub(super) fn push(&mut self, text: &str, look: &Look) {
        if text.is_empty() {
            return;
        }
        match self.runs.last_mut() {
            Some(last) if last.look == *look => last.text.push_str(text),
            last => {
                // Most have one run; the usual room for four is a waste.
                if last.is_none() {
                    self.runs.reserve_exact(1);
                }
                self.runs.push(Run {
                    text: text.to_owned(),
                    look: look.clone(),
                });
            }
        }
    }

    /// Its text on one line.
    fn line(&self) -> String {
        let mut text = String::new();
        for run in &self.runs {
            text.push_str(&run.text);
        }
        folded(&text)
    }

    /// Makes an item of a paragraph whose bullet or number is written out, with
    /// a tab behind it: "•\tThe quay", "2.\tThe crane".
    fn take_sign(&mut self) {
        let (Role::Body, Some(first)) = (self.role, self.runs.first_mut()) else {
            return;
        };
        let Some((sign, rest)) = first.text.split_once('\t') else {
            return;
        };
        let number = sign.strip_suffix(['.', ')']).unwrap_or_default();
        let is_number =
            (1..=3).contains(&number.len()) && number.bytes().all(|digit| digit.is_ascii_digit());
        let is_bullet = matches!(sign, "•" | "·" | "–" | "-" | "*" | "o" | "▪" | "■" | "●");
        if is_number || is_bullet {
            self.role = Role::Item {
                ordered: is_number,
                depth: 0,
            };
            first.text = rest.to_owned();
        }
    }

    pub(super) fn is_blank(&self) -> bool {
        let blank = |run: &Run| run.text.chars().all(char::is_whitespace);
        self.runs.iter().all(blank)
    }
}

/// White space to single spaces, and characters out that show nothing.
fn folded(text: &str) -> String {
    let shown = text.replace(['\u{ad}', '\u{200b}', '\u{feff}'], "");
    shown.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Rows of cells of paragraphs.
type Table = Vec<Vec<Vec<Paragraph>>>;

#[derive(Debug)]
enum Piece {
    Paragraph(Paragraph),
    Table(Table),
}

/// Text that goes on by itself: the document's, or a text box's.
#[derive(Debug, Default)]
struct Flow {
    pieces: Vec<Piece>,
    /// The tables that are open, inner ones last.
    tables: Vec<Table>,
    /// What was found inside a paragraph and waits for its end.
    held: Vec<Piece>,
}

/// A document under construction.
#[derive(Debug, Default)]
pub(super) struct Manuscript {
    flow: Flow,
    /// The flows around it.
    outer: Vec<Flow>,
    /// Footnotes and endnotes, with their place in the order of references.
    notes: Vec<(usize, Vec<Paragraph>)>,
}

impl Manuscript {
    /// Adds a paragraph, and behind it the text boxes that it held.
    pub(super) fn paragraph(&mut self, mut paragraph: Paragraph) {
        paragraph.take_sign();
        if !paragraph.is_blank() {
            self.flow.add(Piece::Paragraph(paragraph));
        }
        for piece in std::mem::take(&mut self.flow.held) {
            self.flow.add(piece);
        }
    }

    pub(super) fn open_table(&mut self) {
        self.flow.tables.push(Table::new());
    }

    pub(super) fn open_row(&mut self) {
        if let Some(table) = self.flow.tables.last_mut() {
            table.push(Vec::new());
        }
    }

    pub(super) fn open_cell(&mut self) {
        let row = self
            .flow
            .tables
            .last_mut()
            .and_then(|table| table.last_mut());
        if let Some(row) = row {
            row.push(Vec::new());
        }
    }

    /// Forgets the row that was opened last.
    pub(super) fn drop_row(&mut self) {
        if let Some(table) = self.flow.tables.last_mut() {
            table.pop();
        }
    }

    pub(super) fn close_table(&mut self) {
        if let Some(table) = self.flow.tables.pop() {
            self.flow.add(Piece::Table(table));
        }
    }

    /// A text box begins, in the middle of a paragraph perhaps.
    pub(super) fn open_box(&mut self) {
        self.outer.push(std::mem::take(&mut self.flow));
    }

    pub(super) fn close_box(&mut self) {
        if let Some(outer) = self.outer.pop() {
            let inner = std::mem::replace(&mut self.flow, outer);
            self.flow.held.extend(inner.finish());
        }
    }

    /// What has been written since the text box was opened is a footnote, the
    /// one that is referred to at this place among all.
    pub(super) fn close_note(&mut self, place: usize) {
        let Some(outer) = self.outer.pop() else {
            return;
        };
        let inner = std::mem::replace(&mut self.flow, outer);
        let mut note = Vec::new();
        for piece in inner.finish() {
            paragraphs(piece, &mut note);
        }
        for (at, paragraph) in note.iter_mut().enumerate() {
            paragraph.role = match at {
                0 => Role::Item {
                    ordered: true,
                    depth: 0,
                },
                _ => Role::Body,
            };
        }
        self.notes.push((place, note));
    }

    /// The article that this is, with what its properties tell of it.
    pub(super) fn finish(mut self, properties: &Properties) -> Article {
        while !self.outer.is_empty() {
            self.close_box();
        }
        let mut pieces = self.flow.finish();
        // Notes stand at the end, so that they do not break the text, and their
        // marks in the text are left out: a quotation is no "quotation.3".
        self.notes.sort_by_key(|(place, _)| *place);
        let notes = self.notes.into_iter().flat_map(|(_, note)| note);
        pieces.extend(notes.map(Piece::Paragraph));
        let mut article = Article {
            origin: Origin::Authored,
            ..Article::default()
        };
        let mut byline = Vec::new();
        pieces.retain(|piece| match piece {
            Piece::Paragraph(paragraph) => match paragraph.role {
                Role::Author => {
                    byline.push(paragraph.line());
                    false
                }
                Role::Date if article.published.is_none() => {
                    article.published = dates::parse(&paragraph.line());
                    article.published.is_none()
                }
                Role::LeftOut => false,
                _ => true,
            },
            Piece::Table(_) => true,
        });
        let headline = headline(&mut pieces, properties);
        let mut builder = Builder::with_capacity(1000);
        for piece in &pieces {
            match piece {
                Piece::Paragraph(paragraph) => write::paragraph(&mut builder, paragraph),
                Piece::Table(table) => write::table(&mut builder, table),
            }
        }
        article.text = builder.finish();
        properties.take_over(headline, byline, &mut article);
        article
    }
}

impl Flow {
    fn add(&mut self, piece: Piece) {
        match self.tables.last_mut() {
            None => self.pieces.push(piece),
            Some(table) => {
                if table.is_empty() {
                    table.push(Vec::new());
                }
                let row = table.last_mut().expect("there is a row");
                if row.is_empty() {
                    row.push(Vec::new());
                }
                // A table inside of a cell is read cell after cell.
                paragraphs(piece, row.last_mut().expect("there is a cell"));
            }
        }
    }

    fn finish(mut self) -> Vec<Piece> {
        while let Some(table) = self.tables.pop() {
            self.add(Piece::Table(table));
        }
        self.pieces.append(&mut self.held);
        self.pieces
    }
}

/// The paragraphs that a piece consists of, in reading order.
fn paragraphs(piece: Piece, into: &mut Vec<Paragraph>) {
    match piece {
        Piece::Paragraph(paragraph) => into.push(paragraph),
        Piece::Table(table) => into.extend(table.into_iter().flatten().flatten()),
    }
}

/// Takes the headline out: a paragraph in the title's style; else a first
/// heading that none outranks; else what repeats the title in the properties.
fn headline(pieces: &mut Vec<Piece>, properties: &Properties) -> Option<String> {
    let role_at = |at: usize| match pieces.get(at) {
        Some(Piece::Paragraph(paragraph)) => Some(paragraph.role),
        _ => None,
    };
    let styled = |wanted: Role| (0..pieces.len().min(TOP)).find(|at| role_at(*at) == Some(wanted));
    if let Some(first) = styled(Role::Title).or_else(|| styled(Role::Subtitle)) {
        // Long headlines are broken by hand, into two paragraphs.
        let role = role_at(first);
        let count = (first..pieces.len())
            .take_while(|at| role_at(*at) == role)
            .count();
        return Some(take(pieces, first, count));
    }
    if let Some(at) = first_heading(pieces) {
        return Some(take(pieces, at, 1));
    }
    let first = match pieces.first() {
        Some(Piece::Paragraph(paragraph)) => paragraph.line(),
        _ => return None,
    };
    properties.is_repeated(&first).then(|| take(pieces, 0, 1))
}

/// The heading that the text begins with, if no other outranks it. Lines such as
/// "Press release" may stand before it if there is no other of its level.
fn first_heading(pieces: &[Piece]) -> Option<usize> {
    let level = |piece: &Piece| match piece {
        Piece::Paragraph(Paragraph {
            role: Role::Heading(level),
            ..
        }) => Some(*level),
        _ => None,
    };
    let kicker = |piece: &Piece| match piece {
        Piece::Paragraph(paragraph) if paragraph.role == Role::Body => {
            let line = paragraph.line();
            line.chars().count() <= LONGEST_KICKER && !line.ends_with(['.', '!', '?'])
        }
        _ => false,
    };
    let at = pieces
        .iter()
        .take(TOP)
        .take_while(|piece| level(piece).is_some() || kicker(piece))
        .position(|piece| level(piece).is_some())?;
    let first = level(&pieces[at])?;
    let mut others = pieces[at + 1..].iter().filter_map(level);
    let alone = others.all(|other| {
        if at == 0 {
            other >= first
        } else {
            other > first
        }
    });
    (alone && at + 1 < pieces.len()).then_some(at)
}

/// Takes so many paragraphs out, and returns their text.
fn take(pieces: &mut Vec<Piece>, first: usize, count: usize) -> String {
    let taken = pieces.drain(first..first + count);
    let lines = taken.map(|piece| match piece {
        Piece::Paragraph(paragraph) => paragraph.line(),
        Piece::Table(_) => String::new(),
    });
    lines.collect::<Vec<_>>().join(" ")
}
