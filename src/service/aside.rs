//! What lies in the watch folder and is left alone: links, pipes, hidden files.
//! Nobody is to wonder where it stays, and nobody to read a thousand lines.

use super::{status::Listed, tell::named};
use crate::watch::scan;
use serde::{Deserialize, Serialize};
use std::{
    collections::{BTreeMap, BTreeSet},
    mem,
    ops::Bound,
    path::{Path, PathBuf},
};

/// Of each kind so many are known by name; more are only counted.
const MOST: usize = 10_000;

/// How many a line of the log names.
const NAMED: usize = 3;

/// Kinds that the log does not tell of: they come and go with every save, and
/// nobody takes them for articles.
const USUAL: [&str; 2] = [scan::BY_ITS_NAME, scan::REST_OF_A_PAGE];

/// What is left alone, by the reason.
#[derive(Debug, Default)]
pub(super) struct Asides(BTreeMap<&'static str, Kind>);

#[derive(Debug, Default)]
struct Kind {
    paths: BTreeSet<PathBuf>,
    /// How many there are besides, as far as the last listing told.
    beyond: usize,
    /// Those that are new: the first of them, and how many.
    new: Vec<PathBuf>,
    new_count: usize,
}

/// What is left alone for one reason.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Aside {
    /// Why.
    pub reason: String,
    /// What.
    #[serde(flatten)]
    pub files: Listed<String>,
}

impl Asides {
    /// Takes note of all that a listing of this folder left alone.
    pub(super) fn listed(&mut self, folder: &Path, left: &[(PathBuf, &'static str)]) {
        let mut before = BTreeMap::new();
        for (why, kind) in &mut self.0 {
            let inside = kind.remove_below(folder);
            let beyond = if folder == Path::new("") {
                mem::take(&mut kind.beyond)
            } else {
                0
            };
            before.insert(*why, (inside, beyond));
        }
        for (path, why) in left {
            let before = before.get(why);
            // Of those that are only counted nobody knows which were there.
            let is_new =
                before.is_none_or(|(inside, beyond)| *beyond == 0 && !inside.contains(path));
            self.0.entry(why).or_default().add(path.clone(), is_new);
        }
    }

    /// Takes note of one thing that is left alone.
    pub(super) fn met(&mut self, path: &Path, why: &'static str) {
        let kind = self.0.entry(why).or_default();
        if !kind.paths.contains(path) {
            kind.add(path.to_owned(), true);
        }
    }

    /// Takes note that there is something else at this path, or nothing.
    pub(super) fn gone(&mut self, path: &Path) {
        for kind in self.0.values_mut() {
            kind.remove_below(path);
        }
    }

    /// What there is to say of those that are new: a line for each reason.
    pub(super) fn news(&mut self) -> Vec<String> {
        let mut lines = Vec::new();
        for (why, kind) in &mut self.0 {
            let (first, count) = (mem::take(&mut kind.new), mem::take(&mut kind.new_count));
            if count > 0 && !USUAL.contains(why) {
                let first = first.iter().map(|path| named(path)).collect();
                lines.push(format!("left alone {}: {why}", Listed { count, first }));
            }
        }
        lines
    }

    /// All of it.
    pub(super) fn told(&self) -> Vec<Aside> {
        let kinds = self.0.iter().map(|(why, kind)| Aside {
            reason: (*why).to_owned(),
            files: Listed::of(
                kind.paths.len() + kind.beyond,
                kind.paths.iter().map(|path| named(path)),
            ),
        });
        kinds.filter(|kind| kind.files.count > 0).collect()
    }
}

impl Kind {
    fn add(&mut self, path: PathBuf, is_new: bool) {
        if is_new {
            self.new_count += 1;
            if self.new.len() < NAMED {
                self.new.push(path.clone());
            }
        }
        if self.paths.len() < MOST {
            self.paths.insert(path);
        } else {
            self.beyond += 1;
        }
    }

    fn remove_below(&mut self, folder: &Path) -> BTreeSet<PathBuf> {
        let from = (Bound::Included(folder), Bound::Unbounded);
        let from = self.paths.range::<Path, _>(from);
        let below: BTreeSet<_> = from
            .take_while(|path| path.starts_with(folder))
            .cloned()
            .collect();
        for path in &below {
            self.paths.remove(path);
        }
        below
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LINK: &str = "links are not followed";

    fn left(names: &[String]) -> Vec<(PathBuf, &'static str)> {
        names.iter().map(|name| (name.into(), LINK)).collect()
    }

    fn names(count: usize) -> Vec<String> {
        (0..count)
            .map(|number| format!("d/{number:05}.md"))
            .collect()
    }

    #[test]
    fn a_thousand_are_one_line_and_only_once() {
        let mut asides = Asides::default();
        let all = left(&names(12_000));
        asides.listed(Path::new(""), &all);
        let line =
            "left alone d/00000.md, d/00001.md, d/00002.md and 11,997 more: links are not followed";
        assert_eq!(asides.news(), [line]);
        assert_eq!(asides.told()[0].files.count, 12_000);
        asides.listed(Path::new(""), &all);
        asides.met(Path::new("d/00007.md"), LINK);
        assert!(asides.news().is_empty());
        assert_eq!(asides.told()[0].files.count, 12_000);
    }

    #[test]
    fn what_comes_later_is_told_and_what_goes_forgotten() {
        let mut asides = Asides::default();
        asides.listed(Path::new(""), &left(&names(2)));
        asides.news();
        asides.met(Path::new("new.md"), LINK);
        asides.met(Path::new("new.md"), LINK);
        assert_eq!(asides.news(), ["left alone new.md: links are not followed"]);
        asides.listed(Path::new("d"), &left(&names(3)));
        assert_eq!(
            asides.news(),
            ["left alone d/00002.md: links are not followed"]
        );
        assert_eq!(asides.told()[0].files.count, 4);
        asides.gone(Path::new("d"));
        assert_eq!(asides.told()[0].files.first, ["new.md"]);
        asides.gone(Path::new("new.md"));
        assert!(asides.told().is_empty());
        // Hidden files come and go.
        asides.met(Path::new(".x.swp"), scan::BY_ITS_NAME);
        assert!(asides.news().is_empty());
        assert_eq!(asides.told()[0].files.first, [".x.swp"]);
    }
}
