//! What a paragraph of a Word document states about itself.

use super::{
    super::{
        ReadError,
        elements::{Elements, Inside},
        manuscript::Role,
    },
    numbering::{Numbering, Sign},
    styles::{self, ListPlace, Styles},
};

/// A paragraph's properties.
#[derive(Default)]
pub(super) struct Stated {
    style: Option<String>,
    outline: Option<u8>,
    list: ListPlace,
    /// It goes on in the next paragraph: its end was deleted in a tracked
    /// change, or it is a large initial letter.
    pub(super) goes_on: bool,
}

impl Stated {
    /// Reads the properties whose element has just begun.
    pub(super) fn read(elements: &mut Elements) -> Result<Self, ReadError> {
        let mut stated = Self::default();
        elements.inside(|element| {
            let value = || element.get("val");
            match element.name() {
                "pStyle" => stated.style = value(),
                "outlineLvl" => stated.outline = value().and_then(|level| level.parse().ok()),
                "ilvl" => stated.list.level = value().and_then(|level| level.parse().ok()),
                "numId" => stated.list.id = value(),
                "del" | "moveFrom" => stated.goes_on = true,
                "framePr" => {
                    let initial = element.get("dropCap");
                    stated.goes_on |= initial.is_some_and(|place| place != "none");
                }
                // How it was before a tracked change.
                "pPrChange" | "rPrChange" | "sectPr" => return Inside::Skip,
                _ => {}
            }
            Inside::Enter
        })?;
        Ok(stated)
    }

    /// What the paragraph is.
    pub(super) fn role(&self, styles: &Styles, numbering: &Numbering) -> Role {
        let style = self.style.as_deref();
        let role = style.map(|style| styles.role(style)).unwrap_or_default();
        let heading = self.outline.and_then(styles::heading);
        if let (Role::Body, Some(heading)) = (role, heading) {
            return heading;
        }
        let by_style = style.and_then(|style| styles.list(style));
        let by_style = by_style.unwrap_or_default();
        let list = self.list.id.as_ref().or(by_style.id.as_ref());
        let level = self.list.level.or(by_style.level).unwrap_or_default();
        match (role, list) {
            (Role::Body | Role::Item { .. }, Some(list)) => {
                let ordered = match numbering.sign(list, level) {
                    Sign::None => return Role::Body,
                    sign => sign == Sign::Number,
                };
                // "List Bullet 2" is a list of its own, on its first level.
                let named = match role {
                    Role::Item { depth, .. } => depth,
                    _ => 0,
                };
                Role::Item {
                    ordered,
                    depth: level.min(8).max(named),
                }
            }
            (role, _) => role,
        }
    }
}
