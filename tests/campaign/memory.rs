//! What was seen in the feeds, ever: what subscribers remember.

use crate::{
    articles::{Mark, told},
    documents::{Document, Shown},
    table::{Finding, Kind},
};
use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
};

/// What is remembered of an article.
#[derive(Debug, Clone)]
struct Seen {
    id: String,
    published: BTreeMap<&'static str, String>,
}

/// What subscribers remember, and what they complain of.
#[derive(Debug, Default)]
pub(crate) struct Memory {
    seen: BTreeMap<Mark, Seen>,
    /// The date of each edition, as each format has it.
    updated: BTreeMap<(Mark, u32, &'static str), String>,
    ids: BTreeMap<String, Mark>,
    /// The archive page of the feed of everything that each id is on.
    pages: BTreeMap<String, String>,
    /// Articles that took the place of others, with those.
    pub(crate) replaced: BTreeMap<Mark, Mark>,
    /// Articles that are in the feed of everything and that nobody has taken
    /// away since: they stay in it, whatever else happens.
    pub(crate) steady: BTreeSet<Mark>,
    pub(crate) findings: BTreeSet<Finding>,
    /// How many documents were read.
    pub(crate) documents: u64,
}

impl Memory {
    pub(crate) fn complain(&mut self, kind: Kind, words: String) {
        self.findings.insert(Finding::new(kind, words));
    }

    /// The catalogue was lost: entries may come onto other pages of the archive.
    pub(crate) fn forget_pages(&mut self) {
        self.pages.clear();
        self.steady.clear();
    }

    /// The id that an article was first shown with.
    pub(crate) fn id(&self, mark: &Mark) -> Option<&str> {
        self.seen.get(mark).map(|seen| &*seen.id)
    }

    /// Takes note of a document. `before` are the articles that were steady
    /// before it was opened; `whole` says whether it shows all entries.
    pub(crate) fn note(
        &mut self,
        path: &Path,
        document: &Document,
        before: &BTreeSet<Mark>,
        whole: bool,
    ) {
        let mut marks = BTreeSet::new();
        let mut ids = BTreeSet::new();
        for shown in &document.entries {
            if !ids.insert(&shown.id) {
                let words = format!("{} stands twice in {}", shown.id, path.display());
                self.complain(Kind::Doubled, words);
            }
            let Some((mark, edition)) = told(&shown.headline) else {
                let words = format!("{}: no article says {:?}", path.display(), shown.headline);
                self.complain(Kind::Other, words);
                continue;
            };
            if !marks.insert(mark.clone()) {
                let words = format!("{} stands twice in {}", mark.0, path.display());
                self.complain(Kind::Doubled, words);
            }
            self.note_entry(path, &mark, edition, shown);
        }
        if whole {
            let steady: Vec<Mark> = before.intersection(&self.steady).cloned().collect();
            for mark in steady {
                if !marks.contains(&mark) {
                    let words = format!("{} was gone from {} for a moment", mark.0, path.display());
                    self.complain(Kind::Lost, words);
                }
            }
        }
        self.note_page(path, &ids);
    }

    fn note_entry(&mut self, path: &Path, mark: &Mark, edition: u32, shown: &Shown) {
        let format = match path.extension().and_then(|ending| ending.to_str()) {
            Some("json") => "json",
            _ if path.file_name().is_some_and(|name| name == "atom.xml") => "atom",
            _ => "rss",
        };
        let seen = self.seen.entry(mark.clone()).or_insert_with(|| Seen {
            id: shown.id.clone(),
            published: BTreeMap::new(),
        });
        let mut complaints = Vec::new();
        if seen.id != shown.id {
            complaints.push((
                Kind::Id,
                format!("{} was {} and is {}", mark.0, seen.id, shown.id),
            ));
        }
        let published = seen.published.entry(format);
        let published = published.or_insert_with(|| shown.published.clone());
        if *published != shown.published {
            let words = format!(
                "{} was published {published} and now {} ({format})",
                mark.0, shown.published
            );
            complaints.push((Kind::Other, words));
        }
        let key = (mark.clone(), edition, format);
        let updated = self.updated.entry(key);
        let updated = updated.or_insert_with(|| shown.updated.clone());
        if *updated != shown.updated {
            let words = format!(
                "edition {edition} of {} was updated {updated} and now {} ({format})",
                mark.0, shown.updated
            );
            complaints.push((Kind::Other, words));
        }
        let owner = self.ids.entry(shown.id.clone());
        let owner = owner.or_insert_with(|| mark.clone());
        if owner != mark {
            let came = self.replaced.get(mark);
            if came == Some(owner) {
                *owner = mark.clone();
            } else if self.replaced.get(owner) != Some(mark) {
                complaints.push((
                    Kind::Id,
                    format!(
                        "{} was the id of {} and is that of {}",
                        shown.id, owner.0, mark.0
                    ),
                ));
            }
        }
        for (kind, words) in complaints {
            self.complain(kind, words);
        }
    }

    /// An entry stays on the archive page that it came to.
    fn note_page(&mut self, path: &Path, ids: &BTreeSet<&String>) {
        let mut parts = path.iter().filter_map(|part| part.to_str());
        let (Some("archive"), Some(page)) = (parts.next(), parts.next()) else {
            return;
        };
        for id in ids {
            let before = self.pages.entry((*id).clone());
            let before = before.or_insert_with(|| page.to_owned());
            if before != page {
                let words = format!("{id} was on archive page {before} and is on {page}");
                page.clone_into(before);
                self.complain(Kind::Other, words);
            }
        }
    }
}
