//! Where the text of a group goes, and what the tables at the head state.

use super::{
    super::manuscript,
    body::{OpenField, Walk},
    state::{Ending, Target},
    tables::Font,
};

impl Walk {
    /// Whether this word tells where the text of its group goes.
    pub(super) fn destination(&mut self, name: &str) -> bool {
        let target = match (name, self.state.target) {
            (name, _) if LEFT_OUT.contains(&name) => Target::Nowhere,
            ("fonttbl", _) => Target::Fonts,
            ("stylesheet", _) => {
                self.state.ending = Ending::Styles;
                Target::Styles
            }
            ("listtable", _) => Target::Lists,
            ("listoverridetable", _) => Target::Overrides,
            ("pn", _) => Target::OldList,
            ("info", _) => Target::Properties,
            ("title", Target::Properties) => Target::Title,
            // The second is who saved it last.
            ("author", Target::Properties) if self.head.properties.creators.is_empty() => {
                Target::Creator
            }
            ("subject", Target::Properties) => Target::Subject,
            ("keywords", Target::Properties) => Target::Keywords,
            (_, Target::Properties) => Target::Nowhere,
            ("field", Target::Text) => {
                self.fields.push(OpenField::default());
                self.state.ending = Ending::Field;
                return true;
            }
            ("fldinst", Target::Text) => Target::Instruction,
            ("fldrslt", Target::Text) => {
                if let Some(field) = self.fields.last_mut() {
                    field.result = Some(manuscript::field(&field.instruction));
                }
                return true;
            }
            // The same again in characters of today.
            ("ud", _) => self
                .outer
                .iter()
                .rev()
                .nth(1)
                .map_or(Target::Nowhere, |state| state.target),
            ("shptxt" | "dptxbxtext", Target::Text) => {
                self.interrupt(Ending::TextBox);
                return true;
            }
            ("footnote", Target::Text) => {
                self.interrupt(Ending::Note);
                return true;
            }
            _ => return false,
        };
        self.state.target = target;
        true
    }

    /// Whether this word belongs to an entry of a table at the head.
    pub(super) fn entry(&mut self, name: &str, number: Option<i32>) -> bool {
        let value = number.unwrap_or_default();
        match self.state.target {
            Target::Fonts => match name {
                "f" => {
                    self.entry = value;
                    self.head.fonts.insert(value, Font::default());
                }
                "fcharset" => self.head.set_charset(self.entry, value),
                "cpg" => self.head.fonts.entry(self.entry).or_default().page = number,
                _ => {}
            },
            Target::Styles => match name {
                "s" => self.style.number = value,
                "cs" | "ds" | "ts" => {
                    self.style.number = value;
                    self.style.for_text = true;
                }
                "sbasedon" => self.style.style.base = number,
                "outlinelevel" => self.style.style.outline = number,
                "ls" => self.style.style.list = number,
                _ => return false,
            },
            Target::Lists => match name {
                // Its number stands behind its levels.
                "list" => {
                    self.head.lists.remove(&0);
                }
                "listid" => {
                    let levels = self.head.lists.remove(&0).unwrap_or_default();
                    self.head.lists.insert(value, levels);
                }
                "levelnfc" => self.head.lists.entry(0).or_default().push(value),
                _ => {}
            },
            Target::Overrides => match name {
                "listid" => self.entry = value,
                "ls" => {
                    self.head.overrides.insert(value, self.entry);
                }
                _ => {}
            },
            Target::OldList => {
                let numbered = match name {
                    "pnlvlblt" => Some(false),
                    "pndec" | "pnlvlbody" | "pnucltr" | "pnlcltr" | "pnucrm" | "pnlcrm" => {
                        Some(true)
                    }
                    _ => None,
                };
                // It is said in a group of its own, and of the paragraph around.
                if let (Some(_), Some(outer)) = (numbered, self.outer.last_mut()) {
                    outer.paragraph.old_list = numbered;
                }
            }
            _ => return false,
        }
        true
    }
}

/// Groups that are entered although programs may pass over them.
pub(super) const KNOWN: &[&str] = &[
    "cs",
    "ds",
    "ts",
    "do",
    "shpinst",
    "dptxbxtext",
    "fldinst",
    "footnote",
    "listtable",
    "listoverridetable",
    "pn",
    "ud",
];

/// Groups whose text is not the document's.
#[rustfmt::skip]
const LEFT_OUT: &[&str] = &[
    "annotation", "aftncn", "aftnsep", "aftnsepc", "atnauthor", "atnid", "bkmkend", "bkmkstart",
    "colortbl", "comment", "filetbl", "footer", "footerf", "footerl", "footerr", "ftncn", "ftnsep",
    "ftnsepc", "header", "headerf", "headerl", "headerr", "keycode", "listtext", "nesttableprops",
    "nonesttables", "nonshppict", "objclass", "objdata", "objname", "pict", "pntext", "pntxta",
    "pntxtb", "private", "rxe", "shprslt", "sp", "tc", "tcn", "themedata", "txe", "upr", "xe",
];
