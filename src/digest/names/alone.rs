//! Words that stand alone: which of them are names?

use super::{
    is_named,
    runs::{Finder, NO_NAME, Part, Run, is_first},
};
use crate::digest::{
    lang::Classes,
    words::{Gap, Shape, Walk, Word},
};

/// What stands before a trade, but before no name.
const COUNTED: Classes = Classes::DETERMINER
    .and(Classes::NUMERAL)
    .and(Classes::ADJECTIVE);

/// A trade alone is a name only as the surname of somebody who is named in
/// full. Where every noun is capitalized, any word without a title is one only
/// as the last of several that stand together somewhere: nouns do so hardly
/// ever, other than in front of a name.
pub(super) fn keep_surnames(runs: &mut Vec<Run>, any: bool) {
    if !any && !runs.iter().any(|run| run.part == Part::Doubted) {
        return;
    }
    let introduced = |run: &Run| run.keys.len() == 1 && run.part == Part::Full;
    let full = |run: &&Run| (run.personal || any) && run.keys.len() > 1 || introduced(run);
    let surname = |run: &Run| run.keys.last().copied().unwrap_or_default();
    let mut surnames: Vec<u64> = runs.iter().filter(full).map(surname).collect();
    surnames.sort_unstable();
    runs.retain(|run| {
        let sure = run.keys.len() > 1 || run.personal || introduced(run) || !any;
        sure && run.part != Part::Doubted || surnames.binary_search(&surname(run)).is_ok()
    });
}

/// The keys of words that are capitalized inside a sentence, where position is
/// no reason for it; sorted.
pub(super) fn inner_keys(walk: &Walk) -> Vec<u64> {
    let inner = |word: &&Word| is_named(word) && matches!(word.gap, Gap::Space | Gap::Comma);
    let mut keys: Vec<u64> = walk
        .words
        .iter()
        .filter(inner)
        .map(|word| word.key)
        .collect();
    keys.sort_unstable();
    keys.dedup();
    keys
}

impl Finder<'_> {
    /// Whether a word alone is a name: one that is capitalized for its place
    /// must stand elsewhere as a name, or do as people do. Where all nouns are,
    /// a title must tell.
    pub(super) fn is_known_alone(&self, at: usize, personal: bool) -> bool {
        let word = &self.words[at];
        if word.shape == Shape::Initial && word.span.len() < 3 {
            return false;
        }
        let at_edge = matches!(word.gap, Gap::Edge | Gap::Mark);
        let inside = || self.inner.binary_search(&word.key).is_ok();
        if word.classes.any(NO_NAME) && word.shape != Shape::Upper {
            return false;
        }
        let role = word.classes.any(Classes::TITLE.and(Classes::ROLE)) && !personal;
        !role && (personal || !at_edge || inside() || is_first(word.classes) || self.speaks(at))
    }

    /// Whether an unknown word in the singular has a verb of saying behind it:
    /// "Cortlan said", "Cortlan flatly denied".
    fn speaks(&self, at: usize) -> bool {
        let word = &self.words[at];
        let unknown = word.classes.is_none() && word.term == word.key && !word.is_possessive();
        let mut behind = self.words[at + 1..]
            .iter()
            .take_while(|next| next.gap == Gap::Space && next.shape == Shape::Lower);
        let verb = behind.next().filter(|_| unknown);
        let verb = verb.and_then(|next| {
            if next.classes.is_none() {
                behind.next()
            } else {
                Some(next)
            }
        });
        verb.is_some_and(|verb| verb.classes.any(Classes::SPEECH))
    }

    /// Whether a trade stands where a name does: "Baker said", "for Baker".
    pub(super) fn is_doubted(&self, at: usize, personal: bool) -> bool {
        let word = &self.words[at];
        let before = at.checked_sub(1).map(|before| self.words[before]);
        let before = before.filter(|_| word.gap == Gap::Space);
        let counted = before.is_some_and(|before| before.classes.any(COUNTED));
        !personal
            && word.shape == Shape::Capitalized
            && word.classes.any(Classes::ROLE)
            && !word.classes.any(Classes::TITLE)
            && !counted
    }
}
