//! The parts of a page that are left out.

use super::{measure::Run, tree::Tree};

/// Which nodes are left out.
#[derive(Clone)]
pub(super) struct Cuts(Vec<bool>);

impl Cuts {
    pub(super) fn none(tree: &Tree) -> Self {
        Self(vec![false; tree.nodes.len()])
    }

    /// Whether a node is left out.
    pub(super) fn holds(&self, at: usize) -> bool {
        self.0[at]
    }

    /// Leaves out a node and all in it.
    pub(super) fn cut(&mut self, tree: &Tree, at: usize) {
        self.0[tree.range(at)].fill(true);
    }

    /// Leaves out a run of text.
    pub(super) fn cut_run(&mut self, run: &Run) {
        self.0[run.first..run.end].fill(true);
    }

    /// Leaves out each outermost element inside of `root` that `is` holds for.
    pub(super) fn cut_where(&mut self, tree: &Tree, root: usize, is: impl Fn(usize) -> bool) {
        let mut at = root + 1;
        while at < tree.nodes[root].end {
            if !self.holds(at) && !is(at) {
                at += 1;
                continue;
            }
            self.cut(tree, at);
            at = tree.nodes[at].end;
        }
    }
}
