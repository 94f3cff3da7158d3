//! What inside the story's element is not the story, by how it is built.

use super::{
    cuts::Cuts,
    measure::{Measures, Run},
    tags::Tag,
    tree::Tree,
};
use std::collections::HashMap;

/// Leaves out of `root` what is links, what is said twice, cards that point to
/// other stories, and what stands before its first sentence and after its last.
pub(super) fn prune(tree: &Tree, measures: &Measures, root: usize, cuts: &mut Cuts) {
    link_lists(tree, measures, root, cuts);
    copies(tree, &kept(tree, measures, root, cuts), root, cuts);
    cards(tree, &kept(tree, measures, root, cuts), root, cuts);
    let runs = kept(tree, measures, root, cuts);
    ends(tree, &runs, cuts);
}

/// The runs that are left.
fn kept<'m>(tree: &Tree, measures: &'m Measures, root: usize, cuts: &Cuts) -> Vec<&'m Run> {
    let range = tree.range(root);
    let kept = |run: &&Run| range.contains(&run.first) && !cuts.holds(run.first);
    measures.runs.iter().filter(kept).collect()
}

/// Which of the runs are in a subtree.
fn inside(tree: &Tree, runs: &[&Run], at: usize) -> std::ops::Range<usize> {
    let end = tree.nodes[at].end;
    runs.partition_point(|run| run.first < at)..runs.partition_point(|run| run.first < end)
}

/// A block with more of its text in links than this is a list of them. Between
/// 0.5 and 0.8 the result is the same.
const LINKS: f32 = 0.8;

/// Leaves out blocks that are links, with little else.
fn link_lists(tree: &Tree, measures: &Measures, root: usize, cuts: &mut Cuts) {
    cuts.cut_where(tree, root, |at| {
        let sum = &measures.sums[at];
        tree.nodes[at].tag.is_container()
            && sum.links >= 2
            && sum.prose * 4 < sum.bytes
            && sum.linked as f32 > LINKS * sum.bytes as f32
    });
}

/// A run of so many words is unlikely to stand on a page twice by chance.
const LONG: usize = 8;

/// So many different long runs that were all there before make a copy; fewer
/// are a refrain.
const COPY: usize = 3;

/// Leaves out elements whose every paragraph stands on the page before them:
/// written once for wide screens, and once for narrow ones.
fn copies(tree: &Tree, runs: &[&Run], root: usize, cuts: &mut Cuts) {
    let mut first: HashMap<&str, usize> = HashMap::with_capacity(runs.len());
    let mut places = Vec::with_capacity(runs.len());
    // How many long runs there are before each, and how many of them are new.
    let (mut longs, mut news) = (vec![0; runs.len() + 1], vec![0; runs.len() + 1]);
    for (at, run) in runs.iter().enumerate() {
        let text = tree.text_between(run.first, run.end).trim();
        let place = *first.entry(text).or_insert(at);
        places.push(place);
        let long = usize::from(run.words >= LONG);
        longs[at + 1] = longs[at] + long;
        news[at + 1] = news[at] + if place == at { long } else { 0 };
    }
    if longs[runs.len()] - news[runs.len()] < COPY {
        return;
    }
    cuts.cut_where(tree, root, |at| {
        let within = inside(tree, runs, at);
        let all_old = news[within.end] == news[within.start];
        if !all_old || longs[within.end] - longs[within.start] < COPY {
            return false;
        }
        let long = within.filter(|at| runs[*at].words >= LONG);
        let mut before: Vec<usize> = long.map(|at| places[at]).collect();
        before.dedup();
        before.len() >= COPY && before.is_sorted()
    });
}

/// Beside its linked headline, a card says less than this, in bytes.
const CARD: usize = 250;

/// More runs than this are no card.
const CARD_RUNS: usize = 5;

/// Leaves out cards: a linked headline, perhaps with a line below it. Where
/// they are much of what there is, the page is a list of things, and they stay.
fn cards(tree: &Tree, runs: &[&Run], root: usize, cuts: &mut Cuts) {
    let bytes = |runs: &[&Run]| runs.iter().map(|run| run.bytes).sum::<usize>();
    let is_card = |at: usize| {
        let tag = tree.nodes[at].tag;
        if !(tag.is_container() || tag == Tag::Li) || matches!(tag, Tag::Ul | Tag::Ol | Tag::Dl) {
            return false;
        }
        let runs = &runs[inside(tree, runs, at)];
        let Some(head) = runs.iter().find(|run| run.words >= 3) else {
            return false;
        };
        let linked = runs.iter().map(|run| run.linked).sum::<usize>();
        let plain = bytes(runs) - linked;
        (2..=CARD_RUNS).contains(&runs.len())
            && head.is_link()
            && plain < CARD
            && linked * 5 > plain
    };
    let mut cards = cuts.clone();
    cards.cut_where(tree, root, is_card);
    let taken: usize = runs
        .iter()
        .filter(|run| cards.holds(run.first))
        .map(|run| run.bytes)
        .sum();
    if taken * 3 < bytes(runs) {
        *cuts = cards;
    }
}

/// A line of no more words than this, alone before or after the sentences, is a
/// label, a name or a date.
const LABEL: usize = 12;

/// A link of no more words than this, alone in its block, leads to something
/// else.
const LINK: usize = 40;

/// Leaves out what stands before the story's first sentence and after its last:
/// headline, byline, date, labels; and links that are blocks of their own.
fn ends(tree: &Tree, runs: &[&Run], cuts: &mut Cuts) {
    let Some(first) = runs.iter().position(|run| run.prose) else {
        return;
    };
    let last = runs.iter().rposition(|run| run.prose).unwrap_or(first);
    let tag = |run: &Run| tree.nodes[run.owner].tag;
    let is_heading = |run: &Run| matches!(tag(run), Tag::Heading(_));
    let is_source = |run: &Run| tree.is_source(run.owner);
    let headline = runs[..first]
        .iter()
        .rposition(|run| tag(run) == Tag::Heading(1));
    let mut ended = true;
    for (at, run) in runs.iter().enumerate().rev() {
        let label =
            run.words <= LABEL && !is_heading(run) && !tag(run).is_data() && !is_source(run);
        let alone = run.is_link()
            && run.words <= LINK
            && !is_heading(run)
            && !tag(run).is_data()
            && !is_source(run);
        let out = alone
            || at < first && (label || headline.is_some_and(|headline| at <= headline))
            || at > last && label && tag(run) != Tag::P
            // A heading with nothing below it.
            || ended && is_heading(run);
        if out {
            cuts.cut_run(run);
        } else {
            ended = false;
        }
    }
}
