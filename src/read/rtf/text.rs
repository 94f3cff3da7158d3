//! Text out of an RTF file, and the paragraphs that it makes up.

use super::{
    super::manuscript::{self, Field, Look, Role},
    body::{OpenField, Place, Walk},
    state::{Ending, ParagraphState, Target},
    tables,
};
use crate::article::Article;
use std::rc::Rc;

/// The longest instruction of a field, property, or name of a font or style that
/// is kept.
const LONGEST: usize = 4000;

/// What control words show that stand for a character.
pub(super) fn shown(word: &str) -> Option<&'static str> {
    let shown = match word {
        "tab" => "\t",
        "line" | "lbr" => "\n",
        "page" | "column" | "emspace" | "enspace" | "qmspace" => " ",
        "emdash" => "—",
        "endash" => "–",
        "bullet" => "•",
        "lquote" => "‘",
        "rquote" => "’",
        "ldblquote" => "“",
        "rdblquote" => "”",
        "zwj" => "\u{200d}",
        "zwnj" => "\u{200c}",
        _ => return None,
    };
    Some(shown)
}

impl Walk {
    /// A character that is written as a number, of 16 bits with a sign.
    pub(super) fn unicode(&mut self, number: i32) {
        self.flush();
        self.skipped = self.state.fallback;
        let unit = u16::try_from(number.rem_euclid(0x1_0000)).unwrap_or_default();
        let units = [self.surrogate.take(), Some(unit)];
        for decoded in char::decode_utf16(units.into_iter().flatten()) {
            match decoded {
                Ok(c) => self.write_character(c),
                Err(half) => {
                    let half = half.unpaired_surrogate();
                    self.surrogate = Some(half).filter(|half| *half < 0xdc00);
                }
            }
        }
    }

    fn write_character(&mut self, c: char) {
        match self.head.symbols(self.state.font) {
            Some(font) if matches!(c, '\u{f000}'..='\u{f0ff}') => {
                let shown = manuscript::symbol(font, u32::from(c));
                self.write(shown.map(String::from).as_deref().unwrap_or_default());
            }
            _ => self.write(c.encode_utf8(&mut [0; 4])),
        }
    }

    /// Text that is written as a control word or symbol.
    pub(super) fn character(&mut self, text: &str) {
        self.flush();
        self.write(text);
    }

    /// Writes the bytes that have been met.
    pub(super) fn flush(&mut self) {
        if self.bytes.is_empty() {
            return;
        }
        let bytes = std::mem::take(&mut self.bytes);
        // Its other half has not come.
        self.surrogate = None;
        let font = self.state.font;
        let text = match self.head.symbols(font) {
            Some(name) if self.state.target == Target::Text => {
                let shown = |byte: &u8| match byte {
                    b' ' => Some(' '),
                    byte => manuscript::symbol(name, u32::from(*byte)),
                };
                bytes.iter().filter_map(shown).collect()
            }
            _ if bytes.is_ascii() => String::from_utf8(bytes).unwrap_or_default(),
            _ => self.head.charset(font).decode(&bytes),
        };
        self.write(&text);
    }

    fn write(&mut self, text: &str) {
        let properties = &mut self.head.properties;
        let keep = |kept: &mut String| {
            if kept.len() + text.len() < LONGEST {
                kept.push_str(text);
            }
        };
        match self.state.target {
            Target::Text => self.write_text(text),
            Target::Fonts => {
                if let Some(font) = self.head.fonts.get_mut(&self.entry) {
                    keep(&mut font.name);
                    // A semicolon ends each name.
                    font.name
                        .truncate(font.name.find(';').unwrap_or(font.name.len()));
                }
            }
            Target::Styles => keep(&mut self.style.style.name),
            Target::Title => keep(&mut properties.title),
            Target::Subject => keep(&mut properties.subject),
            Target::Creator => keep(first(&mut properties.creators)),
            Target::Keywords => keep(first(&mut properties.keywords)),
            Target::Instruction => {
                if let Some(field) = self.fields.last_mut() {
                    keep(&mut field.instruction);
                }
            }
            Target::Nowhere
            | Target::Lists
            | Target::Overrides
            | Target::Properties
            | Target::OldList => {}
        }
    }

    fn write_text(&mut self, text: &str) {
        let shown = |field: &OpenField| !matches!(field.result, None | Some(Field::LeftOut));
        let state = &self.state;
        if state.hidden || state.deleted || !self.fields.iter().all(shown) {
            return;
        }
        let style = state
            .text_style
            .and_then(|style| self.head.texts.get(&style));
        let link = self
            .fields
            .iter()
            .rev()
            .find_map(|field| match &field.result {
                Some(Field::Link(address)) => Some(Rc::clone(address)),
                _ => None,
            });
        let look = Look {
            link,
            strong: state.strong || style.is_some_and(|style| style.strong),
            emphasis: state.emphasis || style.is_some_and(|style| style.emphasis),
            code: style.is_some_and(|style| manuscript::is_code_style(&style.name)),
        };
        self.paragraph.push(text, &look);
    }

    /// The paragraph ends here; what it is, is known only now.
    pub(super) fn end_paragraph(&mut self) {
        // An end that was deleted or is hidden is none.
        let state = &self.state;
        if state.target != Target::Text || state.deleted || state.hidden {
            return;
        }
        let mut paragraph = std::mem::take(&mut self.paragraph);
        paragraph.role = self.role();
        let stated = self.state.paragraph;
        if stated.in_table {
            if !self.place.table {
                self.out.open_table();
            }
            if !self.place.row {
                self.out.open_row();
            }
            if !self.place.cell {
                self.out.open_cell();
            }
            self.place = Place {
                table: true,
                row: true,
                cell: true,
            };
        } else {
            self.end_table();
        }
        self.out.paragraph(paragraph);
    }

    fn end_table(&mut self) {
        if std::mem::take(&mut self.place).table {
            self.out.close_table();
        }
    }

    fn role(&self) -> Role {
        let stated = self.state.paragraph;
        let (role, by_style) = self.head.paragraph(stated.style);
        let heading = stated.outline.and_then(tables::heading);
        if let (Role::Body, Some(heading)) = (role, heading) {
            return heading;
        }
        if !matches!(role, Role::Body | Role::Item { .. }) {
            return role;
        }
        // The list 0 is how a paragraph leaves the list of its style.
        let list = stated.list.or(by_style);
        let numbered = match list.filter(|list| *list > 0) {
            Some(list) => self.head.is_numbered(list, stated.level),
            None => stated.old_list,
        };
        match numbered {
            Some(ordered) => Role::Item {
                ordered,
                depth: stated.level,
            },
            None if list.is_some() => Role::Body,
            None => role,
        }
    }

    /// A text box or a note begins, in the middle of a paragraph.
    pub(super) fn interrupt(&mut self, ending: Ending) {
        self.state.ending = ending;
        self.state.paragraph = ParagraphState::default();
        let interrupted = std::mem::take(&mut self.paragraph);
        let place = std::mem::take(&mut self.place);
        self.around.push((interrupted, place));
        self.out.open_box();
    }

    /// What a group brings to its end, with the group.
    pub(super) fn close(&mut self) {
        if self.outer.len() == 1 {
            self.end_rest();
        }
        match self.state.ending {
            Ending::Nothing | Ending::Styles => {}
            Ending::Field => {
                self.fields.pop();
            }
            Ending::Style => {
                let mut open = std::mem::take(&mut self.style);
                let end = open.style.name.find(';');
                open.style
                    .name
                    .truncate(end.unwrap_or(open.style.name.len()));
                open.style.strong = self.state.strong;
                open.style.emphasis = self.state.emphasis;
                self.head.add_style(open);
            }
            Ending::TextBox | Ending::Note => {
                self.end_rest();
                if self.state.ending == Ending::Note {
                    self.notes += 1;
                    self.out.close_note(self.notes);
                } else {
                    self.out.close_box();
                }
                (self.paragraph, self.place) = self.around.pop().unwrap_or_default();
            }
        }
        if let Some(outer) = self.outer.pop() {
            self.state = outer;
        }
    }

    /// The last paragraph has no end of its own.
    fn end_rest(&mut self) {
        let rest = std::mem::take(&mut self.paragraph);
        if !rest.is_blank() {
            self.paragraph = rest;
            self.end_paragraph();
        }
        self.end_table();
    }

    pub(super) fn finish(self) -> Article {
        self.out.finish(&self.head.properties)
    }
}

/// The first of some texts, made if there is none.
fn first(texts: &mut Vec<String>) -> &mut String {
    if texts.is_empty() {
        texts.push(String::new());
    }
    &mut texts[0]
}
