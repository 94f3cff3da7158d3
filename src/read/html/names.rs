//! What the names of a page's parts, and its elements, tell is not the story.

use super::{
    cuts::Cuts,
    hints::Hints,
    measure::{Measures, Sum},
    tags::Tag,
    tree::{Node, Tree},
};

/// No element, and no kind of name, takes away more of the page's sentences
/// than this: where most of the story stands under a name, the name means
/// something else (`body class="has-sidebar"`).
const MOST: f32 = 0.4;

/// What readers wrote, and what is beside the story by its element, may be far
/// more than the story; but so much of the page must be left, in bytes.
const LEFT: f32 = 500.0;

/// A byline is shorter than this, and a paragraph about the topic of tags is
/// not.
const SHORT: usize = 250;

/// An element with more of the sentences than this, and the headline, has the
/// story.
const STORY: f32 = 0.2;

/// Names that take away what is under them.
const STRONG: Hints = Hints::NAV
    .and(Hints::SIDE)
    .and(Hints::FOOT)
    .and(Hints::SHARE)
    .and(Hints::RELATED)
    .and(Hints::NEWSLETTER)
    .and(Hints::COMMENTS)
    .and(Hints::BIO)
    .and(Hints::AD)
    .and(Hints::POPUP)
    .and(Hints::CAPTION);

/// Names that take away what is short.
const WEAK: Hints = Hints::META
    .and(Hints::TAGS)
    .and(Hints::CONTENTS)
    .and(Hints::PLAYER);

/// Leaves out what is not the story by its name.
pub(super) fn prune(tree: &Tree, measures: &Measures, cuts: &mut Cuts) {
    let page = Page {
        tree,
        measures,
        whole: measures.sums[0].prose.max(1) as f32,
    };
    let mut trusted = STRONG.and(WEAK);
    for kind in trusted.kinds() {
        let taken = page.taken_by(kind) as f32;
        let mut too_much = taken > MOST * page.whole;
        if kind == Hints::COMMENTS {
            too_much &= page.whole - taken < LEFT;
        }
        if too_much {
            trusted = trusted.without(kind);
        }
    }
    cuts.cut_where(tree, 0, |at| page.is_out(at, trusted));
}

/// Leaves out what nobody is meant to see, and what is not the text of a piece
/// that was written as an article.
pub(super) fn prune_written(tree: &Tree, cuts: &mut Cuts) {
    cuts.cut_where(tree, 0, |at| {
        let node = &tree.nodes[at];
        node.hints.any(Hints::HIDDEN) || matches!(node.tag, Tag::Figcaption | Tag::Button)
    });
}

struct Page<'t> {
    tree: &'t Tree<'t>,
    measures: &'t Measures,
    /// The sentences of the page, in bytes.
    whole: f32,
}

impl Page<'_> {
    fn share(&self, at: usize) -> f32 {
        self.measures.sums[at].prose as f32 / self.whole
    }

    /// The sentences in the outermost elements of this kind.
    fn taken_by(&self, kind: Hints) -> usize {
        let (mut taken, mut at) = (0, 1);
        while at < self.tree.nodes.len() {
            let node = &self.tree.nodes[at];
            let named = node.hints.any(kind) && !is_kept(node) && !self.holds_story(at);
            taken += if named {
                self.measures.sums[at].prose
            } else {
                0
            };
            at = if named { node.end } else { at + 1 };
        }
        taken
    }

    fn is_out(&self, at: usize, trusted: Hints) -> bool {
        let node = &self.tree.nodes[at];
        let Sum { prose, .. } = self.measures.sums[at];
        let few = self.share(at) <= MOST;
        let much_left = self.whole * (1.0 - self.share(at)) >= LEFT;
        let hints = node.hints;
        match node.tag {
            Tag::Text => return false,
            Tag::Nav | Tag::Footer | Tag::Aside if few || much_left => return true,
            // Another story, or what somebody wrote about this one.
            Tag::Article if few && self.is_nested(at) => return !self.holds_story(at),
            Tag::Form if few => return true,
            Tag::Figcaption | Tag::Button | Tag::Label => return true,
            _ => {}
        }
        if hints.any(Hints::HIDDEN) && few {
            // Answers are folded up below their questions.
            return prose == 0 || !self.tree.near(at, 3, |node| node.hints.any(Hints::FOLDED));
        }
        if is_kept(node) {
            return false;
        }
        let strong = hints.only(STRONG).only(trusted);
        if strong != Hints::NONE && !self.holds_story(at) {
            return !self.is_quoted(at, strong);
        }
        hints.any(WEAK.only(trusted)) && prose < SHORT
    }

    /// Whether an article is inside of another.
    fn is_nested(&self, mut at: usize) -> bool {
        while at > 0 {
            at = self.tree.nodes[at].parent;
            if self.tree.nodes[at].tag == Tag::Article {
                return true;
            }
        }
        false
    }

    /// Whether the headline, or what is named as the story, is in it.
    fn holds_story(&self, at: usize) -> bool {
        self.share(at) > STORY
            && self.tree.range(at).skip(1).any(|at| {
                let node = &self.tree.nodes[at];
                node.tag == Tag::Heading(1) || node.hints.any(Hints::BODY) && self.share(at) > STORY
            })
    }

    /// Whether the story quotes in it what somebody said on a social network.
    fn is_quoted(&self, at: usize, names: Hints) -> bool {
        names.without(Hints::SHARE).without(Hints::CAPTION) == Hints::NONE
            && self
                .tree
                .range(at)
                .any(|at| self.tree.nodes[at].tag == Tag::Blockquote)
    }
}

/// Whether names count for nothing here.
fn is_kept(node: &Node) -> bool {
    node.tag.is_inline()
        || node.hints.any(Hints::BODY)
        || matches!(node.tag, Tag::Body | Tag::Blockquote)
}
