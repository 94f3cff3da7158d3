//! The styles of a Word document: what a paragraph is, and how text looks.

use super::{
    super::{
        ReadError,
        elements::{Element, Elements, Inside, Piece},
        manuscript::{self, Role},
    },
    WHAT,
};
use std::collections::BTreeMap;

/// How many styles one may be based on, each on the next. Word itself allows
/// fewer; a circle would go on for ever.
const LONGEST_CHAIN: usize = 20;

/// Styles by id. The id is in the language of whoever made the document, the
/// name mostly in English.
#[derive(Default)]
pub(super) struct Styles(BTreeMap<String, Style>);

#[derive(Default)]
struct Style {
    name: String,
    base: Option<String>,
    /// Its place in the outline: 0 is the highest heading, 9 is running text.
    outline: Option<u8>,
    list: Option<ListPlace>,
    look: RunLook,
}

/// A list, and how deep in it.
#[derive(Debug, Clone, Default)]
pub(super) struct ListPlace {
    pub(super) id: Option<String>,
    pub(super) level: Option<u8>,
}

/// What run properties state; `None` where they leave it to the style.
#[derive(Debug, Clone, Default)]
pub(super) struct RunLook {
    pub(super) style: Option<String>,
    pub(super) font: Option<String>,
    pub(super) strong: Option<bool>,
    pub(super) emphasis: Option<bool>,
    pub(super) hidden: Option<bool>,
}

impl RunLook {
    /// Takes in one element of run properties.
    pub(super) fn take_in(&mut self, element: &Element) -> Inside {
        let on = || Some(is_on(element.get("val").as_deref()));
        match element.name() {
            "rStyle" => self.style = element.get("val"),
            "rFonts" => self.font = element.get("ascii").or_else(|| element.get("hAnsi")),
            "b" => self.strong = on(),
            "i" => self.emphasis = on(),
            "vanish" => self.hidden = on(),
            "webHidden" => self.hidden = self.hidden.or_else(on),
            // How it looked before a tracked change.
            "rPrChange" => return Inside::Skip,
            _ => {}
        }
        Inside::Enter
    }
}

/// A switch without a value is on.
fn is_on(value: Option<&str>) -> bool {
    !matches!(value, Some("0" | "false" | "off" | "none"))
}

impl Styles {
    pub(super) fn read(xml: &str) -> Result<Self, ReadError> {
        let mut elements = Elements::new(xml, WHAT);
        let mut found = BTreeMap::new();
        while let Some(piece) = elements.next()? {
            let Piece::Start(element) = piece else {
                continue;
            };
            match element.name() {
                "style" => {
                    let mut style = Style::default();
                    elements.inside(|inner| style.take_in(inner))?;
                    if let Some(id) = element.get("styleId") {
                        found.insert(id, style);
                    }
                }
                "docDefaults" | "latentStyles" => elements.skip()?,
                _ => {}
            }
        }
        Ok(Self(found))
    }

    /// A style and those that it is based on, the nearest first.
    fn chain<'s>(&'s self, id: &'s str) -> impl Iterator<Item = (&'s str, Option<&'s Style>)> {
        let first = Some((id, self.0.get(id)));
        let next = |(_, style): &(&'s str, Option<&'s Style>)| {
            let base = style.as_ref()?.base.as_deref()?;
            Some((base, self.0.get(base)))
        };
        std::iter::successors(first, next).take(LONGEST_CHAIN)
    }

    /// What a paragraph of this style is.
    pub(super) fn role(&self, id: &str) -> Role {
        let known = |(id, style): (&str, Option<&Style>)| {
            let name = style.map_or(id, |style| style.name.as_str());
            let named = manuscript::role(name).or_else(|| manuscript::role(id));
            let outline = style.and_then(|style| style.outline).and_then(heading);
            named.or(outline)
        };
        self.chain(id).find_map(known).unwrap_or_default()
    }

    /// The list that paragraphs of this style are in.
    pub(super) fn list(&self, id: &str) -> Option<ListPlace> {
        let place = |(_, style): (&str, Option<&Style>)| style?.list.clone();
        self.chain(id).find_map(place)
    }

    /// What the style of a stretch of text states, and whether it is for code.
    pub(super) fn look(&self, id: &str) -> (RunLook, bool) {
        let mut look = RunLook::default();
        let mut code = false;
        for (id, style) in self.chain(id) {
            code |= manuscript::is_code_style(style.map_or(id, |style| style.name.as_str()));
            if let Some(style) = style {
                look.strong = look.strong.or(style.look.strong);
                look.emphasis = look.emphasis.or(style.look.emphasis);
                look.hidden = look.hidden.or(style.look.hidden);
                look.font = look.font.or_else(|| style.look.font.clone());
            }
        }
        (look, code)
    }
}

/// The heading at this place in the outline.
pub(super) fn heading(outline: u8) -> Option<Role> {
    (outline < 9).then_some(Role::Heading(outline + 1))
}

impl Style {
    fn take_in(&mut self, element: &Element) -> Inside {
        let value = || element.get("val");
        match element.name() {
            "name" => self.name = value().unwrap_or_default(),
            "basedOn" => self.base = value(),
            "outlineLvl" => self.outline = value().and_then(|level| level.parse().ok()),
            "ilvl" => {
                let list = self.list.get_or_insert_default();
                list.level = value().and_then(|level| level.parse().ok());
            }
            "numId" => self.list.get_or_insert_default().id = value(),
            // The look of parts of tables.
            "tblStylePr" | "pPrChange" => return Inside::Skip,
            _ => return self.look.take_in(element),
        }
        Inside::Enter
    }
}
