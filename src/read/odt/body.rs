//! The text of an OpenDocument text.

use super::{
    super::{
        ReadError,
        elements::{Element, Elements, Piece},
        manuscript::{self, Look, Manuscript, Paragraph, Role},
    },
    WHAT,
    styles::Styles,
};

/// The most spaces or cells that one element stands for. Files of a few bytes
/// may ask for millions.
const MOST_REPEATED: usize = 100;

/// Reads the body, which stands behind all else.
pub(super) fn read(xml: &str, styles: &Styles) -> Result<Manuscript, ReadError> {
    let mut elements = Elements::new(xml, WHAT);
    let mut walk = Walk {
        styles,
        out: Manuscript::default(),
        open: Vec::new(),
        paragraphs: Vec::new(),
        looks: Vec::new(),
        lists: Vec::new(),
        notes: 0,
    };
    let mut found = false;
    while let Some(piece) = elements.next()? {
        match piece {
            Piece::Start(element) if !found => match element.name() {
                "document" | "document-content" | "body" => {}
                "text" => found = true,
                _ => elements.skip()?,
            },
            Piece::Start(element) => walk.start(&element, &mut elements)?,
            Piece::End => walk.end(),
            Piece::Text(text) => walk.text(&text),
        }
    }
    if found {
        Ok(walk.out)
    } else {
        Err(ReadError::Damaged {
            what: WHAT,
            cause: "it holds no text document".to_owned(),
        })
    }
}

/// What an open element is.
enum Open {
    Paragraph,
    /// A stretch of text with a look of its own.
    Stretch,
    List,
    Item,
    Table,
    TextBox,
    Note(usize),
    /// One that tells nothing by itself.
    Other,
}

/// A list that is open.
struct List {
    /// Its style, its own or that of the list around it.
    style: String,
    /// A new item has begun, and has no paragraph yet.
    fresh: bool,
}

struct Walk<'d> {
    styles: &'d Styles,
    out: Manuscript,
    open: Vec<Open>,
    /// The paragraphs that are open: notes have paragraphs inside others.
    paragraphs: Vec<OpenParagraph>,
    /// The looks of the stretches that are open, and whether they are hidden.
    looks: Vec<(Look, bool)>,
    lists: Vec<List>,
    notes: usize,
}

struct OpenParagraph {
    paragraph: Paragraph,
    hidden: bool,
    /// How many stretches were open around it.
    around: usize,
    /// The lists around it, which are none of what is inside of it.
    lists: Vec<List>,
}

impl Walk<'_> {
    fn start(&mut self, element: &Element, elements: &mut Elements) -> Result<(), ReadError> {
        // Sections, fields, and the like can be hidden.
        if element
            .get("display")
            .is_some_and(|display| display == "none")
            || element
                .get("is-hidden")
                .is_some_and(|hidden| hidden == "true")
        {
            if element.name() == "hidden-paragraph"
                && let Some(open) = self.paragraphs.last_mut()
            {
                open.hidden = true;
            }
            return elements.skip();
        }
        let open = match element.name() {
            "p" | "h" => {
                self.open_paragraph(element);
                Open::Paragraph
            }
            "span" => {
                self.open_stretch(element);
                Open::Stretch
            }
            "a" => {
                let mut look = self.look();
                let address = element.get("href").and_then(|href| manuscript::link(&href));
                look.0.link = address.or(look.0.link);
                self.looks.push(look);
                Open::Stretch
            }
            "s" | "tab" | "line-break" => {
                self.space(element);
                Open::Other
            }
            "list" => {
                let outer = self.lists.last().map(|list| list.style.clone());
                let style = element.get("style-name").or(outer).unwrap_or_default();
                self.lists.push(List {
                    style,
                    fresh: false,
                });
                Open::List
            }
            "list-item" => {
                if let Some(list) = self.lists.last_mut() {
                    list.fresh = true;
                }
                Open::Item
            }
            "table" => {
                self.out.open_table();
                Open::Table
            }
            "table-row" => {
                self.out.open_row();
                Open::Other
            }
            "table-cell" | "covered-table-cell" => {
                for _ in 0..count(element, "number-columns-repeated") {
                    self.out.open_cell();
                }
                Open::Other
            }
            "text-box" | "custom-shape" | "rect" | "ellipse" | "circle" => {
                self.out.open_box();
                Open::TextBox
            }
            "note" => {
                self.out.open_box();
                self.notes += 1;
                Open::Note(self.notes)
            }
            name if LEFT_OUT.contains(&name) => return elements.skip(),
            _ => Open::Other,
        };
        self.open.push(open);
        Ok(())
    }

    fn end(&mut self) {
        match self.open.pop() {
            Some(Open::Paragraph) => {
                if let Some(open) = self.paragraphs.pop() {
                    self.looks.truncate(open.around);
                    self.lists = open.lists;
                    let hidden = Paragraph::default();
                    let shown = if open.hidden { hidden } else { open.paragraph };
                    self.out.paragraph(shown);
                }
            }
            Some(Open::Stretch) => {
                self.looks.pop();
            }
            Some(Open::List) => {
                self.lists.pop();
            }
            Some(Open::Table) => self.out.close_table(),
            Some(Open::TextBox) => self.out.close_box(),
            Some(Open::Note(place)) => self.out.close_note(place),
            Some(Open::Item | Open::Other) | None => {}
        }
    }

    /// Text as it stands in the file: its white space is folded, since spaces
    /// that count have elements of their own.
    fn text(&mut self, text: &str) {
        if self.paragraphs.is_empty() {
            return;
        }
        let mut folded = String::with_capacity(text.len());
        for c in text.chars() {
            match c {
                ' ' | '\t' | '\n' | '\r' if folded.ends_with(' ') => {}
                ' ' | '\t' | '\n' | '\r' => folded.push(' '),
                c => folded.push(c),
            }
        }
        self.write(&folded);
    }

    /// White space that counts.
    fn space(&mut self, element: &Element) {
        match element.name() {
            "tab" => self.write("\t"),
            "line-break" => self.write("\n"),
            _ => self.write(&" ".repeat(count(element, "c"))),
        }
    }

    fn write(&mut self, text: &str) {
        let (look, hidden) = self.look();
        if let Some(open) = self.paragraphs.last_mut()
            && !hidden
        {
            open.paragraph.push(text, &look);
        }
    }

    /// How text looks that is written now.
    fn look(&self) -> (Look, bool) {
        let around = self.paragraphs.last().map_or(0, |open| open.around);
        let own = &self.looks[around.min(self.looks.len())..];
        own.last().cloned().unwrap_or_default()
    }

    fn open_stretch(&mut self, element: &Element) {
        let (mut look, mut hidden) = self.look();
        if let Some(style) = element.get("style-name") {
            let stated = self.styles.text(&style);
            look.strong = stated.strong.unwrap_or(look.strong);
            look.emphasis = stated.emphasis.unwrap_or(look.emphasis);
            look.code |= stated.code;
            hidden = stated.hidden.unwrap_or(hidden);
        }
        self.looks.push((look, hidden));
    }

    fn open_paragraph(&mut self, element: &Element) {
        let style = element.get("style-name").unwrap_or_default();
        let (mut role, hidden) = self.styles.paragraph(&style);
        let level = element.get("outline-level");
        let level = level.and_then(|level| level.parse::<u8>().ok());
        if element.name() == "h" && !matches!(role, Role::Title | Role::Subtitle) {
            role = Role::Heading(level.unwrap_or(1));
        }
        let depth = self.lists.len().saturating_sub(1);
        if let Some(list) = self.lists.last_mut()
            && matches!(role, Role::Body | Role::Item { .. })
        {
            role = Role::Body;
            // A second paragraph of an item is no item of its own.
            if std::mem::take(&mut list.fresh) {
                role = Role::Item {
                    ordered: self.styles.is_numbered(&list.style, depth + 1),
                    depth: u8::try_from(depth).unwrap_or(u8::MAX),
                };
            }
        }
        self.paragraphs.push(OpenParagraph {
            paragraph: Paragraph::new(role),
            hidden,
            around: self.looks.len(),
            lists: std::mem::take(&mut self.lists),
        });
    }
}

/// How often something is there, by an attribute.
fn count(element: &Element, name: &str) -> usize {
    let count = element.get(name).and_then(|count| count.parse().ok());
    count.unwrap_or(1).min(MOST_REPEATED)
}

/// What is not the text, or not written by its author. Deleted text stands among
/// the tracked changes.
#[rustfmt::skip]
const LEFT_OUT: &[&str] = &[
    "tracked-changes", "annotation", "note-citation", "forms", "binary-data", "title", "desc",
    "object", "page-number", "page-count", "page-continuation", "page-variable-get", "placeholder",
    "ruby-text", "script", "event-listeners", "table-of-content", "illustration-index",
    "table-index", "object-index", "user-index", "alphabetical-index", "bibliography-source",
    "variable-decls", "sequence-decls", "user-field-decls", "dde-connection-decls", "hidden-text",
    "shapes",
];
