//! A page as a list of its elements and texts, in the order of the document.
//!
//! A subtree is a range of the list, and its text a range of one string: what
//! is asked of thousands of elements is asked without walking a tree, and
//! nothing recurses, however deep a page is nested.

use super::{hints::Hints, tags::Tag};
use dom_query::{Document, NodeData, NodeId, TreeNode};
use std::ops::Range;

/// An element or a stretch of text.
#[derive(Debug, Clone, Copy)]
pub(super) struct Node {
    pub(super) tag: Tag,
    pub(super) hints: Hints,
    /// The place of what it is in; its own for the first.
    pub(super) parent: usize,
    /// One past the last node in it.
    pub(super) end: usize,
    /// A number made of its class; 0 for none.
    pub(super) class: u64,
    /// Where its text begins in [`Tree::text`].
    start: usize,
    id: NodeId,
}

/// A page, without what shows no text.
pub(super) struct Tree<'d> {
    document: &'d Document,
    pub(super) nodes: Vec<Node>,
    text: String,
}

impl<'d> Tree<'d> {
    /// Everything in the document.
    pub(super) fn new(document: &'d Document) -> Self {
        let mut tree = Self {
            document,
            nodes: Vec::with_capacity(document.tree.len()),
            text: String::new(),
        };
        let root = document.tree.root().id;
        tree.nodes.push(Node {
            tag: Tag::Block,
            hints: Hints::NONE,
            class: 0,
            parent: 0,
            end: 0,
            start: 0,
            id: root,
        });
        let first = |node: &TreeNode| node.first_child;
        // The open elements, each with its child that comes next.
        let mut open = vec![(0, document.tree.query_node(&root, first).flatten())];
        while let Some((parent, next)) = open.last_mut() {
            let Some(id) = *next else {
                let parent = *parent;
                tree.nodes[parent].end = tree.nodes.len();
                open.pop();
                continue;
            };
            let parent = *parent;
            let found = document.tree.query_node(&id, |node| {
                *next = node.next_sibling;
                tree.take(node, parent)
            });
            if let Some(Some(child)) = found {
                open.push((tree.nodes.len() - 1, Some(child)));
            }
        }
        tree
    }

    /// Adds a node; gives its first child, if what is in it is walked.
    fn take(&mut self, node: &TreeNode, parent: usize) -> Option<NodeId> {
        let start = self.text.len();
        let mut add = |tag, hints, class| {
            self.nodes.push(Node {
                tag,
                hints,
                class,
                parent,
                end: self.nodes.len() + 1,
                start,
                id: node.id,
            });
        };
        match &node.data {
            NodeData::Text { contents } => {
                add(Tag::Text, Hints::NONE, 0);
                self.text.push_str(contents);
                None
            }
            NodeData::Element(element) => {
                let name = element.name.local.as_ref();
                let mut tag = Tag::named(name);
                let mut first = node.first_child;
                let (mut hints, mut class, mut shadow) = (Hints::NONE, 0, false);
                for attr in &element.attrs {
                    let value = &*attr.value;
                    match attr.name.local.as_ref() {
                        "class" | "id" | "role" | "itemprop" | "data-component" | "data-testid" => {
                            if &*attr.name.local == "class" {
                                class = hash(value);
                            }
                            // Generated names are long, and tell nothing.
                            if value.len() < LONGEST_NAMES {
                                hints = hints.and(Hints::of_names(value));
                            }
                        }
                        "hidden" if value != "until-found" => hints = hints.and(Hints::HIDDEN),
                        "aria-hidden" if value == "true" => hints = hints.and(Hints::HIDDEN),
                        "style" if hides(value) => hints = hints.and(Hints::HIDDEN),
                        "shadowrootmode" | "shadowroot" => shadow = true,
                        _ => {}
                    }
                }
                if tag == Tag::Mute && shadow && name == "template" {
                    tag = Tag::Block;
                    first = element.template_contents;
                }
                if tag == Tag::Mute {
                    return None;
                }
                add(tag, hints, class);
                if name == "template" {
                    // Templates have a root of their own.
                    first = self
                        .document
                        .tree
                        .query_node(&first?, |root| root.first_child)?;
                }
                first
            }
            _ => None,
        }
    }

    pub(super) fn range(&self, at: usize) -> Range<usize> {
        at..self.nodes[at].end
    }

    /// The text of a subtree, white space as it stands.
    pub(super) fn text(&self, at: usize) -> &str {
        &self.text[self.nodes[at].start..self.start_of(self.nodes[at].end)]
    }

    /// The text from one node up to another.
    pub(super) fn text_between(&self, first: usize, end: usize) -> &str {
        &self.text[self.nodes[first].start..self.start_of(end)]
    }

    fn start_of(&self, at: usize) -> usize {
        self.nodes
            .get(at)
            .map_or(self.text.len(), |node| node.start)
    }

    /// An attribute of an element.
    pub(super) fn attr(&self, at: usize, name: &str) -> Option<String> {
        let id = self.nodes[at].id;
        let value = self.document.tree.query_node(&id, |node| {
            let element = node.as_element()?;
            let mut attrs = element.attrs.iter();
            let attr = attrs.find(|attr| &*attr.name.local == name)?;
            Some(String::from(&*attr.value))
        });
        value.flatten().filter(|value| !value.trim().is_empty())
    }

    /// Whether a text is for readers without scripts.
    pub(super) fn is_in_noscript(&self, at: usize) -> bool {
        self.near(at, 6, |node| node.tag == Tag::Noscript)
    }

    /// Whether an element may tell whose words a block quote has: a short one,
    /// in it or below it in a figure.
    pub(super) fn is_source(&self, at: usize) -> bool {
        let node = &self.nodes[at];
        let is_quote = |node: &Node| node.tag == Tag::Blockquote;
        let framed = || {
            node.tag == Tag::Figcaption
                && self.nodes[node.parent].tag == Tag::Figure
                && self.range(node.parent).len() < LARGEST_FIGURE
                && self.nodes[self.range(node.parent)].iter().any(is_quote)
        };
        node.tag != Tag::Blockquote
            && (self.near(node.parent, 3, is_quote) || framed())
            && self.text(at).trim().len() < LONGEST_SOURCE
    }

    /// Whether `is` holds for a node or one of so many that it is inside of.
    pub(super) fn near(&self, mut at: usize, levels: usize, is: impl Fn(&Node) -> bool) -> bool {
        for _ in 0..=levels {
            if is(&self.nodes[at]) {
                return true;
            }
            at = self.nodes[at].parent;
        }
        false
    }
}

/// A line that names the source of a block quote is shorter than this, in bytes.
const LONGEST_SOURCE: usize = 160;

/// A figure of more nodes than this is one that is not closed.
const LARGEST_FIGURE: usize = 100;

/// More than this in a `class` is made by a program, such as a style sheet's
/// compiler.
const LONGEST_NAMES: usize = 400;

/// Whether a style keeps its element from being seen.
fn hides(style: &str) -> bool {
    let mut rules = style.split(';').filter_map(|rule| rule.split_once(':'));
    rules.any(|(name, value)| {
        let value = value.trim().trim_end_matches("!important").trim_end();
        let is = |known: &str, hidden: &str| {
            name.trim().eq_ignore_ascii_case(known) && value.eq_ignore_ascii_case(hidden)
        };
        is("display", "none") || is("visibility", "hidden")
    })
}

/// Tells classes apart; the same for the same class, always.
fn hash(text: &str) -> u64 {
    let start = 0xcbf2_9ce4_8422_2325_u64;
    text.bytes().fold(start, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}
