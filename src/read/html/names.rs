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

/// All names together take no more than this, but for what is below [`LEFT`].
const MOST_AT_ALL: f32 = 0.9;

/// What readers wrote, and what is beside the story by its element, may be far
/// more than the story; but so much of the page must be left, in bytes.
const LEFT: f32 = 500.0;

/// A byline is shorter than this, and a paragraph about the topic of tags is
/// not.
const SHORT: usize = 250;

/// A form with more sentences than this is what a page is built in.
const FORM: usize = 600;

/// So many articles around one are looked at.
const ARTICLES: usize = 8;

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
    .and(Hints::COOKIES)
    .and(Hints::CAPTION);

/// Names that take away what is short.
const WEAK: Hints = Hints::META
    .and(Hints::TAGS)
    .and(Hints::CONTENTS)
    .and(Hints::PLAYER);

/// Leaves out what is not the story by its name.
pub(super) fn prune(tree: &Tree, measures: &Measures, cuts: &mut Cuts) {
    let page = Page::new(tree, measures);
    let mut trusted = STRONG.and(WEAK);
    for kind in trusted.without(Hints::COOKIES).kinds() {
        let taken = page.taken_by(kind) as f32;
        let mut too_much = taken > MOST * page.whole;
        if kind == Hints::COMMENTS {
            // In a forum, what people write is the story.
            let page_of = |node: &Node| node.tag == Tag::Body && node.hints.any(Hints::FORUM);
            too_much &= page.whole - taken < LEFT || tree.nodes.iter().take(8).any(page_of);
        }
        if too_much {
            trusted = trusted.without(kind);
        }
    }
    let blank = cuts.clone();
    cuts.cut_where(tree, 0, |at| page.is_out(at, trusted));
    let told = measures
        .runs
        .iter()
        .filter(|run| run.prose && !cuts.holds(run.first));
    let left: usize = told.map(|run| run.bytes).sum();
    // All names together may take what none takes alone.
    if (left as f32) < LEFT.min(page.whole * (1.0 - MOST_AT_ALL)) {
        *cuts = blank;
        cuts.cut_where(tree, 0, |at| page.is_out(at, Hints::COOKIES));
    }
}

/// Leaves out what nobody is meant to see, and what is not the text of a piece
/// that was written as an article.
pub(super) fn prune_written(tree: &Tree, cuts: &mut Cuts) {
    cuts.cut_where(tree, 0, |at| {
        let node = &tree.nodes[at];
        let caption = node.tag == Tag::Figcaption && !tree.is_source(at);
        node.hints.any(Hints::HIDDEN) || caption || node.tag == Tag::Button
    });
}

struct Page<'t> {
    tree: &'t Tree<'t>,
    measures: &'t Measures,
    /// The sentences of the page, in bytes.
    whole: f32,
    /// For each node, the article that it is in; 0 for none.
    articles: Vec<usize>,
    /// For each article, its sentences without those of articles in it.
    own: Vec<usize>,
    /// The article with the page's headline.
    main: Option<usize>,
}

impl<'t> Page<'t> {
    fn new(tree: &'t Tree, measures: &'t Measures) -> Self {
        let mut articles = vec![0; tree.nodes.len()];
        let mut own: Vec<usize> = measures.sums.iter().map(|sum| sum.prose).collect();
        for (at, node) in tree.nodes.iter().enumerate().skip(1) {
            let is_article = tree.nodes[node.parent].tag == Tag::Article;
            let outer = if is_article {
                node.parent
            } else {
                articles[node.parent]
            };
            articles[at] = outer;
            if node.tag == Tag::Article && outer > 0 {
                own[outer] -= measures.sums[at].prose;
            }
        }
        let mut headlines = tree
            .nodes
            .iter()
            .enumerate()
            .filter(|(_, node)| node.tag == Tag::Heading(1));
        let headline = headlines.next().map(|(at, _)| articles[at]);
        let alone = headlines.next().is_none();
        Self {
            main: headline.filter(|at| alone && *at > 0 && measures.sums[*at].prose >= SHORT),
            tree,
            measures,
            whole: measures.sums[0].prose.max(1) as f32,
            articles,
            own,
        }
    }

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
        // `class="quote-author"`: what names do elsewhere, a source is shown by
        // them.
        let unseen = Hints::HIDDEN
            .and(Hints::SHARE)
            .and(Hints::AD)
            .and(Hints::NAV);
        let source = !hints.any(unseen) && !matches!(node.tag, Tag::Button | Tag::Nav);
        if source && self.tree.is_source(at) {
            return false;
        }
        match node.tag {
            Tag::Text => return false,
            Tag::Nav | Tag::Footer | Tag::Aside if few || much_left => return true,
            // Another story, or what somebody wrote about this one.
            Tag::Article if few && (self.is_nested(at) || self.is_another(at)) => {
                return !self.holds_story(at);
            }
            Tag::Form if few && prose < FORM => return true,
            // One that is not closed holds all that follows.
            Tag::Figcaption | Tag::Button | Tag::Label if few || prose < SHORT => return true,
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
        // `class="read-more-answer"` is an answer.
        let answer = strong == Hints::RELATED && hints.any(Hints::FOLDED);
        if strong != Hints::NONE && !answer && !self.holds_story(at) {
            return !self.is_quoted(at, strong);
        }
        let weak = hints.only(WEAK).only(trusted);
        weak != Hints::NONE && prose < SHORT && !self.is_quoted(at, weak)
    }

    /// Whether an article is inside of another that says something itself.
    /// Elsewhere a post is one article, and its text another in it.
    fn is_nested(&self, at: usize) -> bool {
        let mut outer = self.articles[at];
        for _ in 0..ARTICLES {
            if outer == 0 {
                return false;
            }
            if self.own[outer] >= SHORT {
                return true;
            }
            outer = self.articles[outer];
        }
        false
    }

    /// Whether the headline of the page is in an article that is not this one.
    fn is_another(&self, at: usize) -> bool {
        self.main.is_some_and(|main| {
            let (this, main) = (self.tree.range(at), self.tree.range(main));
            let apart = this.end <= main.start || main.end <= this.start;
            apart && self.share(at) < self.share(main.start)
        })
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
        let frames = Hints::SHARE.and(Hints::CAPTION).and(Hints::PLAYER);
        names.without(frames) == Hints::NONE
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
