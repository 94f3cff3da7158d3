//! Which element of a page holds the story.
//!
//! Every run of text speaks for or against the elements that it is in: sentences
//! for, links and labels against. The element with the highest sum is the core:
//! a strict sum, where also the shortest sentence has to outweigh a little, so
//! that a grid of teasers adds nothing. From there a lenient sum climbs to what
//! may be the story too, and what stands beside the way up is let in if it looks
//! alike.
//!
//! Halves of the development pages (parted by a hash of their names) gave the
//! same figures within .003 for every constant here, and half or double of each
//! moved them by less than .004.

use super::{
    cuts::Cuts,
    hints::Hints,
    measure::{Measures, Run},
    tags::Tag,
    tree::Tree,
};

/// What text in links takes away, by its bytes.
const LINKED: f32 = 0.8;

/// What a label takes away, by its bytes.
const LABEL: f32 = 0.35;

/// A line of fewer words than this, not a sentence, is a label.
const LABEL_WORDS: usize = 8;

/// Beside its bytes, what is taken away for each run that has sentences, is a
/// link, or is a label.
const EACH: (f32, f32, f32) = (50.0, 50.0, 10.0);

/// What an element that is named as the story counts for.
const NAMED: f32 = 3.0;

/// The same for leaving it behind on the way up.
const NAMED_UP: f32 = 1.3;

/// What an element that is meant for the story counts for.
const MEANT: f32 = 1.05;

/// No element speaks against those around it with more than this: a long list
/// of links in a story does not part the story.
const MOST_AGAINST: f32 = 300.0;

/// A block beside the core that looks the same may have this little.
const ALIKE: f32 = -50.0;

/// The element whose text is the story's, with little else; of what is in it,
/// the parts that do not go with the story are cut. None where nothing on the
/// page reads as one.
pub(super) fn root(tree: &Tree, measures: &Measures, cuts: &mut Cuts) -> Option<usize> {
    let told = |run: &Run| run.prose && !cuts.holds(run.first);
    if !measures.runs.iter().any(told) {
        return None;
    }
    let strict = sums(tree, measures, cuts, strict);
    let lenient = sums(tree, measures, cuts, lenient);
    let core = core(tree, &strict, cuts);
    let (mut root, mut at) = (core, core);
    while at > 0 {
        at = tree.nodes[at].parent;
        let named = tree.nodes[root].hints.any(Hints::BODY);
        let factor = if named { NAMED_UP } else { 1.0 };
        if lenient[at] > lenient[root] * factor {
            root = at;
        }
    }
    let mut inner = core;
    while inner != root {
        let outer = tree.nodes[inner].parent;
        beside(tree, measures, &strict, (outer, inner), cuts);
        inner = outer;
    }
    Some(root)
}

/// The element with the highest sum; of several, the innermost.
fn core(tree: &Tree, sums: &[f32], cuts: &Cuts) -> usize {
    let (mut best, mut best_sum) = (0, f32::MIN);
    for (at, node) in tree.nodes.iter().enumerate() {
        if node.tag.is_inline() || cuts.holds(at) {
            continue;
        }
        let factor = if node.hints.any(Hints::BODY) {
            NAMED
        } else if matches!(node.tag, Tag::Article | Tag::Main) {
            MEANT
        } else {
            1.0
        };
        let sum = if sums[at] > 0.0 {
            sums[at] * factor
        } else {
            sums[at]
        };
        if sum >= best_sum {
            (best, best_sum) = (at, sum);
        }
    }
    best
}

/// Cuts what is in `outer`, beside `inner`, and does not go with it.
fn beside(
    tree: &Tree,
    measures: &Measures,
    strict: &[f32],
    (outer, inner): (usize, usize),
    cuts: &mut Cuts,
) {
    let like = &tree.nodes[inner];
    let mut at = outer + 1;
    while at < tree.nodes[outer].end {
        let node = &tree.nodes[at];
        let sum = &measures.sums[at];
        let alike = node.tag == like.tag && node.class == like.class && node.class != 0;
        let goes_with = if node.tag.is_flow() {
            sum.linked * 2 <= sum.bytes
        } else {
            strict[at] > if alike { ALIKE } else { 0.0 }
        };
        if at != inner && !cuts.holds(at) && !node.tag.is_inline() && !goes_with {
            cuts.cut(tree, at);
        }
        at = node.end;
    }
}

fn sums(tree: &Tree, measures: &Measures, cuts: &Cuts, worth: fn(&Run, Tag) -> f32) -> Vec<f32> {
    let mut sums = vec![0.0; tree.nodes.len()];
    for run in measures.runs.iter().filter(|run| !cuts.holds(run.first)) {
        sums[run.owner] += worth(run, tree.nodes[run.owner].tag);
    }
    for at in (1..tree.nodes.len()).rev() {
        let sum = sums[at];
        sums[tree.nodes[at].parent] += sum.max(-MOST_AGAINST);
    }
    sums
}

fn strict(run: &Run, tag: Tag) -> f32 {
    let (prose, link, label) = EACH;
    if run.prose {
        lenient(run, tag) - prose
    } else if run.linked * 2 > run.bytes {
        -link - LINKED * run.linked as f32
    } else if is_label(run, tag) {
        lenient(run, tag) - label
    } else {
        lenient(run, tag)
    }
}

fn lenient(run: &Run, tag: Tag) -> f32 {
    let linked = run.linked as f32;
    let plain = run.bytes as f32 - linked;
    let worth = match tag {
        _ if run.prose => return plain,
        _ if is_label(run, tag) => -LABEL,
        Tag::Li if run.words >= 4 => 0.3,
        Tag::Td | Tag::Th => 0.1,
        _ => 0.0,
    };
    worth * plain - LINKED * linked
}

fn is_label(run: &Run, tag: Tag) -> bool {
    run.words < LABEL_WORDS
        && match tag {
            Tag::Heading(_) | Tag::Td | Tag::Th => false,
            Tag::Li => run.words < 4,
            _ => true,
        }
}
