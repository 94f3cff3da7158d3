//! The text of a Word document.

use super::{
    super::{
        ReadError,
        elements::{Element, Elements, Inside, Piece},
        manuscript::{self, Field, Look, Manuscript, Paragraph},
    },
    Parts, Relations, WHAT,
    paragraph::Stated,
    styles::RunLook,
};
use std::{collections::BTreeMap, rc::Rc};

/// The longest instruction of a field that is kept; addresses are shorter.
const LONGEST_INSTRUCTION: usize = 4000;

/// How many fields may be inside of each other. All are asked for each run, and
/// nothing makes a document end them.
const DEEPEST_FIELD: usize = 100;

/// Reads the body and then the notes that it refers to.
pub(super) fn read(parts: &Parts) -> Result<Manuscript, ReadError> {
    let mut walk = Walk {
        parts,
        relations: &parts.relations,
        out: Manuscript::default(),
        open: Vec::new(),
        paragraphs: Vec::new(),
        carried: None,
        runs: Vec::new(),
        links: Vec::new(),
        fields: Vec::new(),
        references: BTreeMap::new(),
        without_content: false,
    };
    walk.part(&parts.body)?;
    for (xml, relations) in &parts.notes {
        walk.relations = relations;
        // What is open at the end of the body, is so by mistake.
        walk.fields.clear();
        walk.part(xml)?;
    }
    Ok(walk.out)
}

/// What an open element is.
enum Open {
    Paragraph,
    Run,
    Link,
    SimpleField,
    Table,
    Row,
    TextBox,
    Note(usize),
    /// One that tells nothing by itself.
    Other,
}

/// A field whose end has not been met.
#[derive(Default)]
struct OpenField {
    instruction: String,
    /// Its result has begun, and is to be treated like this.
    result: Option<Field>,
}

struct Walk<'d> {
    parts: &'d Parts,
    relations: &'d Relations,
    out: Manuscript,
    open: Vec<Open>,
    /// The paragraphs that are open: text boxes have paragraphs inside others.
    paragraphs: Vec<(Paragraph, bool)>,
    /// The text of a paragraph that goes on in the next.
    carried: Option<Paragraph>,
    runs: Vec<(Look, RunState)>,
    links: Vec<Option<Rc<str>>>,
    fields: Vec<OpenField>,
    /// The notes that are referred to, and their place among all.
    references: BTreeMap<(Note, String), usize>,
    /// What fills the content control is a prompt, or a table of contents.
    without_content: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Note {
    Foot,
    End,
}

#[derive(Default)]
struct RunState {
    hidden: bool,
    /// Its font, if it draws other shapes than its characters are.
    symbols: Option<String>,
}

impl<'d> Walk<'d> {
    fn part(&mut self, xml: &'d str) -> Result<(), ReadError> {
        let mut elements = Elements::new(xml, WHAT);
        while let Some(piece) = elements.next()? {
            match piece {
                Piece::Start(element) => self.start(&element, &mut elements)?,
                Piece::End => self.end(),
                // Text outside of `t` is white space between elements.
                Piece::Text(_) => {}
            }
        }
        Ok(())
    }

    fn start(&mut self, element: &Element, elements: &mut Elements) -> Result<(), ReadError> {
        let open = match element.name() {
            "p" => {
                let paragraph = self.carried.take().unwrap_or_default();
                self.paragraphs.push((paragraph, false));
                Open::Paragraph
            }
            "pPr" => return self.paragraph_properties(elements),
            "r" => {
                self.runs.push(Default::default());
                Open::Run
            }
            "rPr" => return self.run_properties(elements),
            "t" => {
                let preserved = element.get("space").as_deref() == Some("preserve");
                let text = elements.text()?;
                self.write(if preserved { &text } else { text.trim() });
                return Ok(());
            }
            "instrText" => {
                let text = elements.text()?;
                if let Some(field) = self.fields.last_mut()
                    && field.instruction.len() + text.len() < LONGEST_INSTRUCTION
                {
                    field.instruction.push_str(&text);
                }
                return Ok(());
            }
            "tbl" => {
                self.out.open_table();
                Open::Table
            }
            "tr" => {
                self.out.open_row();
                Open::Row
            }
            "trPr" => {
                let mut deleted = false;
                elements.inside(|inner| {
                    deleted |= inner.name() == "del";
                    Inside::Enter
                })?;
                if deleted {
                    self.skip_row(elements)?;
                }
                return Ok(());
            }
            "tc" => {
                self.out.open_cell();
                Open::Other
            }
            "hyperlink" => {
                self.links.push(self.address(element));
                Open::Link
            }
            "fldSimple" => {
                let instruction = element.get("instr").unwrap_or_default();
                self.fields.push(OpenField {
                    result: Some(manuscript::field(&instruction)),
                    ..OpenField::default()
                });
                Open::SimpleField
            }
            "txbxContent" => {
                self.out.open_box();
                Open::TextBox
            }
            "footnote" => return self.note(Note::Foot, element, elements),
            "endnote" => return self.note(Note::End, element, elements),
            "sdtPr" => {
                elements.inside(|inner| {
                    self.without_content |= is_unwritten(inner);
                    Inside::Enter
                })?;
                return Ok(());
            }
            "sdtContent" if std::mem::take(&mut self.without_content) => return elements.skip(),
            // A fallback says the same again, for programs that are older than
            // what stands before it; what is deleted or moved away is gone.
            "Fallback" | "del" | "moveFrom" | "sectPr" | "tblPr" | "tblGrid" | "tcPr" | "rt"
            | "ctrlPr" | "delText" | "delInstrText" | "sdtEndPr" => return elements.skip(),
            name => {
                self.character(name, element);
                Open::Other
            }
        };
        self.open.push(open);
        Ok(())
    }

    /// What stands for characters in a run.
    fn character(&mut self, name: &str, element: &Element) {
        match name {
            "tab" | "ptab" if !self.runs.is_empty() => self.write("\t"),
            "br" if element
                .get("type")
                .is_none_or(|kind| kind == "textWrapping") =>
            {
                self.write("\n");
            }
            "cr" => self.write("\n"),
            "br" => self.write(" "),
            "noBreakHyphen" => self.write("-"),
            "sym" => {
                let place = element.get("char");
                let place = place.and_then(|hex| u32::from_str_radix(&hex, 16).ok());
                let font = element.get("font").unwrap_or_default();
                if let Some(place) = place {
                    let shown = manuscript::symbol(&font, place).or_else(|| {
                        let plain = !manuscript::is_symbols(&font);
                        char::from_u32(place).filter(|_| plain)
                    });
                    self.write(shown.map(String::from).as_deref().unwrap_or_default());
                }
            }
            "fldChar" => self.field_character(element.get("fldCharType").as_deref()),
            "footnoteReference" => self.reference(Note::Foot, element),
            "endnoteReference" => self.reference(Note::End, element),
            _ => {}
        }
    }

    fn end(&mut self) {
        match self.open.pop() {
            Some(Open::Paragraph) => {
                if let Some((paragraph, goes_on)) = self.paragraphs.pop() {
                    if goes_on {
                        self.carried = Some(paragraph);
                    } else {
                        self.out.paragraph(paragraph);
                    }
                }
            }
            Some(Open::Run) => {
                self.runs.pop();
            }
            Some(Open::Link) => {
                self.links.pop();
            }
            Some(Open::SimpleField) => {
                self.fields.pop();
            }
            Some(Open::Table) => self.out.close_table(),
            Some(Open::TextBox) => self.out.close_box(),
            Some(Open::Note(place)) => self.out.close_note(place),
            Some(Open::Row | Open::Other) | None => {}
        }
    }

    fn write(&mut self, text: &str) {
        let shown = |field: &OpenField| !matches!(field.result, None | Some(Field::LeftOut));
        let Some((paragraph, _)) = self.paragraphs.last_mut() else {
            return;
        };
        if !self.fields.iter().all(shown) {
            return;
        }
        let (mut look, mut symbols) = (Look::default(), None);
        if let Some((run, state)) = self.runs.last() {
            if state.hidden {
                return;
            }
            look = run.clone();
            symbols = state.symbols.as_deref();
        }
        let field = self
            .fields
            .iter()
            .rev()
            .find_map(|field| match &field.result {
                Some(Field::Link(address)) => Some(Rc::clone(address)),
                _ => None,
            });
        let element = self.links.iter().rev().find_map(Clone::clone);
        look.link = field.or(element);
        match symbols {
            None => paragraph.push(text, &look),
            Some(font) => {
                let text: String = text
                    .chars()
                    .filter_map(|c| match c {
                        c if c.is_whitespace() => Some(c),
                        c => manuscript::symbol(font, u32::from(c)),
                    })
                    .collect();
                paragraph.push(&text, &look);
            }
        }
    }

    fn paragraph_properties(&mut self, elements: &mut Elements) -> Result<(), ReadError> {
        let stated = Stated::read(elements)?;
        if let Some((paragraph, goes_on)) = self.paragraphs.last_mut() {
            paragraph.role = stated.role(&self.parts.styles, &self.parts.numbering);
            *goes_on = stated.goes_on;
        }
        Ok(())
    }

    fn run_properties(&mut self, elements: &mut Elements) -> Result<(), ReadError> {
        let mut own = RunLook::default();
        elements.inside(|element| own.take_in(element))?;
        let style = own.style.as_deref();
        let (style, code) = style
            .map(|style| self.parts.styles.look(style))
            .unwrap_or_default();
        if let Some((look, state)) = self.runs.last_mut() {
            look.strong = own.strong.or(style.strong).unwrap_or_default();
            look.emphasis = own.emphasis.or(style.emphasis).unwrap_or_default();
            look.code = code;
            state.hidden = own.hidden.or(style.hidden).unwrap_or_default();
            let font = own.font.or(style.font);
            state.symbols = font.filter(|font| manuscript::is_symbols(font));
        }
        Ok(())
    }

    fn field_character(&mut self, kind: Option<&str>) {
        match kind {
            Some("begin") if self.fields.len() < DEEPEST_FIELD => {
                self.fields.push(OpenField::default());
            }
            Some("separate") => {
                if let Some(field) = self.fields.last_mut() {
                    field.result = Some(manuscript::field(&field.instruction));
                }
            }
            Some("end") => {
                self.fields.pop();
            }
            _ => {}
        }
    }

    fn address(&self, element: &Element) -> Option<Rc<str>> {
        let target = self.relations.by_id(&element.get("id")?)?;
        match element.get("anchor") {
            Some(anchor) => manuscript::link(&format!("{target}#{anchor}")),
            None => manuscript::link(target),
        }
    }

    fn reference(&mut self, kind: Note, element: &Element) {
        if let Some(id) = element.get("id") {
            let place = self.references.len();
            self.references.entry((kind, id)).or_insert(place);
        }
    }

    /// A note; one that nothing refers to is a separator, or was deleted.
    fn note(
        &mut self,
        kind: Note,
        element: &Element,
        elements: &mut Elements,
    ) -> Result<(), ReadError> {
        let id = element.get("id").unwrap_or_default();
        let Some(place) = self.references.get(&(kind, id)) else {
            return elements.skip();
        };
        self.open.push(Open::Note(*place));
        self.out.open_box();
        Ok(())
    }

    /// Passes over the rest of a row that was deleted in a tracked change.
    fn skip_row(&mut self, elements: &mut Elements) -> Result<(), ReadError> {
        elements.skip()?;
        self.open.pop();
        self.out.drop_row();
        Ok(())
    }
}

/// Whether a content control states that nobody wrote what is in it.
fn is_unwritten(property: &Element) -> bool {
    match property.name() {
        "showingPlcHdr" => property
            .get("val")
            .is_none_or(|on| on != "0" && on != "false"),
        "docPartGallery" => property.get("val").is_some_and(|gallery| {
            gallery == "Table of Contents" || gallery.starts_with("Page Numbers")
        }),
        _ => false,
    }
}
