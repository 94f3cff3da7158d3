//! What must be: which articles lie where, and what may be asked of each.
//!
//! An article is *known* when it was seen to be in the feeds as it lies in the
//! folder. From then on its entry keeps its id through anything that is done to
//! the file, until it is known in its next state. What was done since it was
//! last known decides what may be done to it next: an article that was moved
//! and edited can still be recognized by its text, one that was moved, edited
//! three times, copied and deleted before anybody looked cannot, and nobody
//! promises that.

use crate::{articles::Mark, rng::Rng};
use std::{
    collections::{BTreeMap, BTreeSet},
    path::{Path, PathBuf},
};

/// What was done to an article since it was last known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Since {
    pub(crate) edits: u32,
    pub(crate) moved: bool,
    /// Copied, brought back, made: nothing else may be done to it but deleting.
    pub(crate) other: bool,
}

impl Since {
    pub(crate) fn nothing(self) -> bool {
        self == Self::default()
    }
}

/// An article and where it lies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Article {
    pub(crate) seed: u64,
    pub(crate) edition: u32,
    pub(crate) ending: &'static str,
    /// Relative to the watch folder; several for copies.
    pub(crate) paths: BTreeSet<PathBuf>,
    pub(crate) since: Since,
    /// Whether it was ever known.
    pub(crate) known: bool,
}

impl Article {
    /// Where it lies, if there is one place.
    pub(crate) fn alone(&self) -> Option<&Path> {
        match self.paths.len() {
            1 => self.paths.first().map(|path| &**path),
            _ => None,
        }
    }
}

/// All articles.
#[derive(Debug, Default)]
pub(crate) struct Model {
    /// Those that lie in the folder.
    pub(crate) live: BTreeMap<Mark, Article>,
    /// Those that were deleted while known, and may come back.
    pub(crate) deleted: BTreeMap<Mark, Article>,
    /// How many there have been.
    pub(crate) made: u64,
    /// Whether nothing is moved and edited before that was seen.
    pub(crate) apart: bool,
    /// How many file names have been given: none is given twice.
    names: u64,
}

/// Edits that nobody may have seen: more of them, and a moved article is not to
/// be recognized by its text any more.
const EDITS: u32 = 2;

/// The folders that articles lie in.
const FOLDERS: [&str; 6] = ["", "", "city", "city/north", "coast", "sports"];

impl Model {
    /// A mark that no article has had.
    pub(crate) fn new_mark(&mut self) -> Mark {
        self.made += 1;
        Mark::of(self.made)
    }

    /// A place where no file has been.
    pub(crate) fn new_place(&mut self, rng: &mut Rng, ending: &str) -> PathBuf {
        let name = self.new_name(ending);
        let folder = if rng.chance(10) {
            format!("new{}", self.names)
        } else {
            (*rng.pick(&FOLDERS)).to_owned()
        };
        Path::new(&folder).join(name)
    }

    /// A name that no file has had.
    pub(crate) fn new_name(&mut self, ending: &str) -> String {
        self.names += 1;
        format!("report-{}.{ending}", self.names)
    }

    /// A folder that there has not been.
    pub(crate) fn new_folder(&mut self) -> PathBuf {
        self.names += 1;
        PathBuf::from(format!("moved{}", self.names))
    }

    /// One of the live articles that are so.
    pub(crate) fn one(&self, rng: &mut Rng, is_so: impl Fn(&Article) -> bool) -> Option<Mark> {
        let so: Vec<&Mark> = self
            .live
            .iter()
            .filter(|(_, article)| is_so(article))
            .map(|(mark, _)| mark)
            .collect();
        (!so.is_empty()).then(|| (*rng.pick(&so)).clone())
    }

    /// Whether an article may be edited now.
    pub(crate) fn may_edit(&self, article: &Article) -> bool {
        let since = article.since;
        let apart = self.apart && since.moved;
        article.paths.len() == 1 && since.edits < EDITS && !since.other && !apart
    }

    /// Whether an article may be moved now.
    pub(crate) fn may_move(&self, article: &Article) -> bool {
        let since = article.since;
        let apart = self.apart && since.edits > 0;
        article.paths.len() == 1 && !since.other && !apart
    }

    /// One of the deleted articles.
    pub(crate) fn gone(&self, rng: &mut Rng) -> Option<Mark> {
        let all: Vec<&Mark> = self.deleted.keys().collect();
        (!all.is_empty()).then(|| (*rng.pick(&all)).clone())
    }

    /// A folder that holds articles, of which each may be moved.
    pub(crate) fn movable_folder(&self, rng: &mut Rng) -> Option<PathBuf> {
        let tops = self.live.values().flat_map(|article| &article.paths);
        let tops: BTreeSet<PathBuf> = tops
            .filter(|path| path.components().count() > 1)
            .filter_map(|path| path.iter().next().map(PathBuf::from))
            .collect();
        let movable = |top: &PathBuf| {
            self.live.values().all(|article| {
                let inside = article.paths.iter().any(|path| path.starts_with(top));
                !inside || article.since.nothing() && article.paths.len() == 1
            })
        };
        let tops: Vec<PathBuf> = tops.into_iter().filter(movable).collect();
        (!tops.is_empty()).then(|| rng.pick(&tops).clone())
    }

    /// Takes an article out of the folder.
    pub(crate) fn delete(&mut self, mark: &Mark) -> Option<Article> {
        let article = self.live.remove(mark)?;
        // What nobody knew in its last state may come back as another.
        if article.known && article.since.nothing() {
            self.deleted.insert(mark.clone(), article.clone());
        }
        Some(article)
    }

    /// All is in the feeds as it lies in the folder.
    pub(crate) fn all_known(&mut self) {
        for article in self.live.values_mut() {
            article.since = Since::default();
            article.known = true;
        }
    }

    /// The articles that lie in or below this folder.
    pub(crate) fn below(&self, folder: &Path) -> BTreeSet<&Mark> {
        let inside = |article: &Article| article.paths.iter().any(|path| path.starts_with(folder));
        self.live
            .iter()
            .filter(|(_, article)| inside(article))
            .map(|(mark, _)| mark)
            .collect()
    }
}
