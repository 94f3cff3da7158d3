//! The lists of a Word document: which are numbered, which have bullets.

use super::{
    super::{
        ReadError,
        elements::{Element, Elements, Inside, Piece},
    },
    WHAT,
    styles::Styles,
};
use std::collections::BTreeMap;

/// How the items of a list begin.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sign {
    Bullet,
    Number,
    /// Nothing: it is no list but for its indent.
    None,
}

/// Lists by id.
#[derive(Default)]
pub(super) struct Numbering(BTreeMap<String, Levels>);

/// The signs of a list's levels.
type Levels = BTreeMap<u8, Sign>;

/// A pattern of lists, which Word keeps apart from the lists that follow it.
#[derive(Default)]
struct Pattern {
    levels: Levels,
    /// The style that defines it in its place.
    style: Option<String>,
}

impl Numbering {
    pub(super) fn read(xml: &str, styles: &Styles) -> Result<Self, ReadError> {
        let mut elements = Elements::new(xml, WHAT);
        let mut patterns: BTreeMap<String, Pattern> = BTreeMap::new();
        let mut lists: Vec<(String, String, Levels)> = Vec::new();
        while let Some(piece) = elements.next()? {
            let Piece::Start(element) = piece else {
                continue;
            };
            match element.name() {
                "abstractNum" => {
                    let mut pattern = Pattern::default();
                    let mut level = 0;
                    elements.inside(|inner| {
                        if inner.name() == "numStyleLink" {
                            pattern.style = inner.get("val");
                        }
                        take_in(inner, &mut level, &mut pattern.levels)
                    })?;
                    let id = element.get("abstractNumId").unwrap_or_default();
                    patterns.insert(id, pattern);
                }
                "num" => {
                    let (mut level, mut levels) = (0, Levels::new());
                    let mut pattern = String::new();
                    elements.inside(|inner| {
                        if inner.name() == "abstractNumId" {
                            pattern = inner.get("val").unwrap_or_default();
                        }
                        take_in(inner, &mut level, &mut levels)
                    })?;
                    let id = element.get("numId").unwrap_or_default();
                    lists.push((id, pattern, levels));
                }
                _ => {}
            }
        }
        let pattern_of: BTreeMap<&str, &str> = lists
            .iter()
            .map(|(id, pattern, _)| (id.as_str(), pattern.as_str()))
            .collect();
        let levels = |pattern: &str| {
            let pattern = patterns.get(pattern)?;
            let style = pattern.style.as_deref();
            let list = style.and_then(|style| styles.list(style)?.id);
            let other = list.and_then(|list| patterns.get(*pattern_of.get(list.as_str())?));
            Some(other.unwrap_or(pattern).levels.clone())
        };
        let resolved = lists.iter().map(|(id, pattern, own)| {
            let mut all = levels(pattern).unwrap_or_default();
            all.extend(own.iter().map(|(level, sign)| (*level, *sign)));
            (id.clone(), all)
        });
        Ok(Self(resolved.collect()))
    }

    /// How items of this list begin on this level.
    pub(super) fn sign(&self, list: &str, level: u8) -> Sign {
        let sign = self.0.get(list).and_then(|levels| levels.get(&level));
        // The list 0 is how a paragraph leaves the list of its style.
        let unknown = if list == "0" {
            Sign::None
        } else {
            Sign::Bullet
        };
        sign.copied().unwrap_or(unknown)
    }
}

fn take_in(element: &Element, level: &mut u8, levels: &mut Levels) -> Inside {
    match element.name() {
        "lvl" | "lvlOverride" => {
            let stated = element.get("ilvl").and_then(|level| level.parse().ok());
            *level = stated.unwrap_or_default();
        }
        "numFmt" => {
            let sign = match element.get("val").as_deref() {
                Some("bullet") => Sign::Bullet,
                Some("none") => Sign::None,
                _ => Sign::Number,
            };
            levels.insert(*level, sign);
        }
        "pPr" | "rPr" => return Inside::Skip,
        _ => {}
    }
    Inside::Enter
}
