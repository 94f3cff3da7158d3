//! XML as a flat tree: elements in the order of the document, each with its
//! place, so that nothing here or above needs recursion.

use super::source::Text;
use std::{borrow::Cow, ops::Range};

/// The namespaces that rules know.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Space {
    /// None: RSS itself.
    None,
    Atom,
    Content,
    DublinCore,
    /// Feed history (RFC 5005).
    History,
    Media,
    /// Tombstones (RFC 6721).
    Tombstone,
    Xhtml,
    /// `xml:`.
    Xml,
    Other,
}

pub(super) struct Tree<'a> {
    pub(super) text: &'a str,
    /// Whether all of it could be read.
    pub(super) is_whole: bool,
    pub(super) elements: Vec<Element<'a>>,
    pub(super) attributes: Vec<Attribute<'a>>,
    pub(super) pieces: Vec<Piece>,
}

pub(super) struct Element<'a> {
    pub(super) space: Space,
    pub(super) name: &'a str,
    pub(super) at: usize,
    pub(super) parent: Option<usize>,
    /// One past the last element that is in it.
    pub(super) end: usize,
    pub(super) attributes: Range<usize>,
    pub(super) pieces: Range<usize>,
}

pub(super) struct Attribute<'a> {
    pub(super) space: Space,
    pub(super) name: &'a str,
    pub(super) value: Cow<'a, str>,
    pub(super) at: usize,
}

/// A stretch of text, without references in it, or one reference.
pub(super) struct Piece {
    pub(super) owner: usize,
    pub(super) range: Range<usize>,
    /// What a reference means.
    pub(super) meant: Option<char>,
}

impl<'a> Tree<'a> {
    pub(super) fn root(&self) -> Option<&Element<'a>> {
        self.elements.first()
    }

    pub(super) fn root_at(&self) -> usize {
        self.root().map_or(0, |root| root.at)
    }

    /// The elements directly in one.
    pub(super) fn children(&self, of: usize) -> impl Iterator<Item = usize> {
        let end = self.elements.get(of).map_or(0, |element| element.end);
        let mut next = of + 1;
        std::iter::from_fn(move || {
            let child = next;
            (child < end).then(|| {
                next = self.elements[child].end.max(child + 1);
                child
            })
        })
    }

    /// Those of a name.
    pub(super) fn named(
        &self,
        of: usize,
        space: Space,
        name: &'static str,
    ) -> impl Iterator<Item = usize> {
        self.children(of).filter(move |at| {
            let element = &self.elements[*at];
            element.space == space && element.name == name
        })
    }

    pub(super) fn attributes(&self, of: usize) -> &[Attribute<'a>] {
        &self.attributes[self.elements[of].attributes.clone()]
    }

    /// An attribute without a namespace.
    pub(super) fn attribute(&self, of: usize, name: &str) -> Option<&Attribute<'a>> {
        let mut all = self.attributes(of).iter();
        all.find(|one| one.space == Space::None && one.name == name)
    }

    /// The text directly in an element.
    pub(super) fn text(&self, of: usize) -> Text {
        let mut text = Text::default();
        let pieces = &self.pieces[self.elements[of].pieces.clone()];
        for piece in pieces.iter().filter(|piece| piece.owner == of) {
            match piece.meant {
                Some(c) => text.push(c.encode_utf8(&mut [0; 4]), piece.range.start),
                None => text.push(&self.text[piece.range.clone()], piece.range.start),
            }
        }
        text
    }

    /// Whether an element holds nothing but white space.
    pub(super) fn is_empty(&self, of: usize) -> bool {
        let pieces = &self.pieces[self.elements[of].pieces.clone()];
        self.elements[of].end <= of + 1
            && pieces.iter().all(|piece| {
                piece.meant.is_none() && self.text[piece.range.clone()].trim().is_empty()
            })
    }
}
