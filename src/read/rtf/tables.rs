//! What stands at the head of an RTF file: fonts, styles, lists, properties.

use super::{
    super::manuscript::{self, Properties, Role},
    charsets::{self, Charset},
};
use std::collections::{BTreeMap, BTreeSet};

/// How many styles one may be based on, each on the next.
const LONGEST_CHAIN: usize = 20;

#[derive(Default)]
pub(super) struct Font {
    pub(super) name: String,
    /// The number of its charset.
    pub(super) charset: i32,
    /// The number of its code page.
    pub(super) page: Option<i32>,
}

#[derive(Default)]
pub(super) struct Style {
    pub(super) name: String,
    pub(super) base: Option<i32>,
    pub(super) outline: Option<i32>,
    pub(super) list: Option<i32>,
    pub(super) strong: bool,
    pub(super) emphasis: bool,
}

/// A style whose entry is being read.
#[derive(Default)]
pub(super) struct OpenStyle {
    pub(super) number: i32,
    /// It is for stretches of text rather than for paragraphs.
    pub(super) for_text: bool,
    pub(super) style: Style,
}

/// The head of a file.
#[derive(Default)]
pub(super) struct Head {
    pub(super) page: Option<i32>,
    pub(super) fonts: BTreeMap<i32, Font>,
    /// The code pages that belong to charsets of fonts.
    pub(super) font_pages: BTreeSet<i32>,
    pub(super) styles: BTreeMap<i32, Style>,
    /// Styles of stretches of text.
    pub(super) texts: BTreeMap<i32, Style>,
    /// The kinds of numbers of a list's levels, by the list's id.
    pub(super) lists: BTreeMap<i32, Vec<i32>>,
    /// The ids of lists, by the number that paragraphs know them by.
    pub(super) overrides: BTreeMap<i32, i32>,
    pub(super) properties: Properties,
}

impl Head {
    /// Takes in that a font has the charset of this number.
    pub(super) fn set_charset(&mut self, font: i32, charset: i32) {
        self.fonts.entry(font).or_default().charset = charset;
        self.font_pages.extend(charsets::page_of_font(charset));
    }

    pub(super) fn add_style(&mut self, open: OpenStyle) {
        let styles = if open.for_text {
            &mut self.texts
        } else {
            &mut self.styles
        };
        styles.insert(open.number, open.style);
    }

    /// How bytes in this font become characters.
    pub(super) fn charset(&self, font: i32) -> Charset {
        let page = self.page.unwrap_or(1252);
        let page = self.fonts.get(&font).map_or(page, |font| {
            let own = font.page.or_else(|| charsets::page_of_font(font.charset));
            // The charset 0 is that of western Windows where fonts of the file's
            // own code page are told apart from it, and else means nothing.
            let western = font.charset == 0 && self.font_pages.contains(&page);
            own.unwrap_or(if western { 1252 } else { page })
        });
        let charset = Charset::of_page(page);
        charset.unwrap_or(Charset::Known(encoding_rs::WINDOWS_1252))
    }

    /// The name of this font if it draws other shapes than its characters are.
    pub(super) fn symbols(&self, font: i32) -> Option<&str> {
        let font = self.fonts.get(&font)?;
        let symbols = font.charset == 2 || manuscript::is_symbols(&font.name);
        symbols.then_some(font.name.as_str())
    }

    /// What paragraphs of this style are, and the list that they are in.
    pub(super) fn paragraph(&self, style: i32) -> (Role, Option<i32>) {
        let mut role = None;
        let mut list = None;
        let mut next = Some(style);
        for _ in 0..LONGEST_CHAIN {
            let Some(style) = next.and_then(|style| self.styles.get(&style)) else {
                break;
            };
            role = role
                .or_else(|| manuscript::role(&style.name))
                .or(style.outline.and_then(heading));
            list = list.or(style.list);
            next = style.base;
        }
        (role.unwrap_or_default(), list)
    }

    /// Whether a list is numbered on this level; `None` where it has no signs.
    pub(super) fn is_numbered(&self, list: i32, level: u8) -> Option<bool> {
        let id = self.overrides.get(&list);
        let levels = id.and_then(|id| self.lists.get(id));
        match levels.and_then(|levels| levels.get(usize::from(level))) {
            Some(255) => None,
            Some(23) | None => Some(false),
            Some(_) => Some(true),
        }
    }
}

/// The heading at this place in the outline.
pub(super) fn heading(outline: i32) -> Option<Role> {
    let level = u8::try_from(outline).ok().filter(|level| *level < 9)?;
    Some(Role::Heading(level + 1))
}
