//! The styles of an OpenDocument text: what a paragraph is, how text looks,
//! and which lists are numbered.

use super::{
    super::{
        ReadError,
        elements::{Element, Elements, Inside, Piece},
        manuscript::{self, Role},
    },
    WHAT,
};
use std::collections::BTreeMap;

/// How many styles one may stand on, each on the next.
const LONGEST_CHAIN: usize = 20;

/// Which styles of a document are wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Which {
    All,
    /// Not those that programs make up for headers and footers, since they have
    /// the names of others in the text.
    Named,
}

#[derive(Default)]
pub(super) struct Styles {
    paragraphs: BTreeMap<String, Style>,
    texts: BTreeMap<String, Style>,
    /// For each list style, which of its levels are numbered.
    lists: BTreeMap<String, BTreeMap<usize, bool>>,
}

#[derive(Default)]
struct Style {
    name: String,
    base: Option<String>,
    outline: Option<u8>,
    look: TextLook,
}

/// What text properties state; `None` where they leave it to what is around.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct TextLook {
    pub(super) strong: Option<bool>,
    pub(super) emphasis: Option<bool>,
    pub(super) hidden: Option<bool>,
    pub(super) code: bool,
}

impl Styles {
    /// Takes in the styles of a document.
    pub(super) fn read(&mut self, xml: &str, which: Which) -> Result<(), ReadError> {
        let mut elements = Elements::new(xml, WHAT);
        while let Some(piece) = elements.next()? {
            let Piece::Start(element) = piece else {
                continue;
            };
            match element.name() {
                "style" => self.style(&element, &mut elements)?,
                "list-style" => self.list(&element, &mut elements)?,
                // Nothing but the text itself stands behind it.
                "body" => return Ok(()),
                "master-styles" | "font-face-decls" => elements.skip()?,
                "automatic-styles" if which == Which::Named => elements.skip()?,
                _ => {}
            }
        }
        Ok(())
    }

    fn style(&mut self, element: &Element, elements: &mut Elements) -> Result<(), ReadError> {
        let name = element.get("name").unwrap_or_default();
        let level = element.get("default-outline-level");
        let mut style = Style {
            name: element.get("display-name").unwrap_or_else(|| name.clone()),
            base: element.get("parent-style-name"),
            outline: level.and_then(|level| level.parse().ok()),
            look: TextLook::default(),
        };
        elements.inside(|inner| {
            if inner.name() == "text-properties" {
                style.look.take_in(inner);
            }
            Inside::Enter
        })?;
        match element.get("family").as_deref() {
            Some("paragraph") => self.paragraphs.insert(name, style),
            Some("text") => self.texts.insert(name, style),
            _ => None,
        };
        Ok(())
    }

    fn list(&mut self, element: &Element, elements: &mut Elements) -> Result<(), ReadError> {
        let mut levels = BTreeMap::new();
        elements.inside(|inner| {
            let level = inner.get("level").and_then(|level| level.parse().ok());
            let numbered = match inner.name() {
                "list-level-style-number" => inner
                    .get("num-format")
                    .is_some_and(|format| !format.is_empty()),
                _ => false,
            };
            if let (Some(level), true) = (level, inner.name().starts_with("list-level-style")) {
                levels.insert(level, numbered);
            }
            Inside::Enter
        })?;
        let name = element.get("name").unwrap_or_default();
        self.lists.insert(name, levels);
        Ok(())
    }

    /// What a paragraph of this style is, and whether it is hidden.
    pub(super) fn paragraph(&self, name: &str) -> (Role, bool) {
        let mut role = None;
        let mut hidden = None;
        for (name, style) in chain(&self.paragraphs, name) {
            role = role.or_else(|| {
                let named = manuscript::role(style.map_or(name, |style| style.name.as_str()));
                let outline = style.and_then(|style| style.outline);
                named.or(outline.filter(|level| *level > 0).map(Role::Heading))
            });
            hidden = hidden.or(style.and_then(|style| style.look.hidden));
        }
        (role.unwrap_or_default(), hidden.unwrap_or_default())
    }

    /// What the style of a stretch of text states.
    pub(super) fn text(&self, name: &str) -> TextLook {
        let mut look = TextLook::default();
        for (name, style) in chain(&self.texts, name) {
            look.code |= manuscript::is_code_style(style.map_or(name, |style| &style.name));
            if let Some(style) = style {
                look.strong = look.strong.or(style.look.strong);
                look.emphasis = look.emphasis.or(style.look.emphasis);
                look.hidden = look.hidden.or(style.look.hidden);
            }
        }
        look
    }

    /// Whether a list is numbered on this level, counted from 1.
    pub(super) fn is_numbered(&self, list: &str, level: usize) -> bool {
        let level = self.lists.get(list).and_then(|levels| levels.get(&level));
        level.copied().unwrap_or_default()
    }
}

/// A style and those that it stands on, the nearest first.
fn chain<'s>(
    styles: &'s BTreeMap<String, Style>,
    name: &'s str,
) -> impl Iterator<Item = (&'s str, Option<&'s Style>)> {
    let first = Some((name, styles.get(name)));
    let next = |(_, style): &(&'s str, Option<&'s Style>)| {
        let base = style.as_ref()?.base.as_deref()?;
        Some((base, styles.get(base)))
    };
    std::iter::successors(first, next).take(LONGEST_CHAIN)
}

impl TextLook {
    fn take_in(&mut self, properties: &Element) {
        let weight = properties.get("font-weight");
        self.strong = weight.map(|weight| match weight.parse::<u32>() {
            Ok(weight) => weight >= 600,
            Err(_) => weight == "bold",
        });
        let slant = properties.get("font-style");
        self.emphasis = slant.map(|slant| slant != "normal");
        let display = properties.get("display");
        self.hidden = display.map(|display| display == "none");
    }
}
