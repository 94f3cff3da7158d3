//! What an entry is found by, and whether a query finds it.
//!
//! The archive is searched by the database. An entry that has just come is at
//! hand, and asking whether each of the owner's queries finds it is a matter of
//! microseconds here, however large the archive is; the index would have to find
//! the entry in the list of every word first, and for `word*` read the lists of
//! all words that begin so.

use super::{Node, Place, Query, Term, append, path};
use crate::entry::{Entry, Speaker};
use memchr::memmem;
use std::iter;

/// A word that no text has, which keeps a phrase from being found across two
/// topics or speakers.
const BETWEEN: &str = " ¶";

/// What is searched of an entry. Words are as `words` gives them, with a space
/// on either side of each.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::catalogue) struct Searched {
    pub(in crate::catalogue) title: String,
    pub(in crate::catalogue) text: String,
    pub(in crate::catalogue) topics: String,
    pub(in crate::catalogue) speakers: String,
    /// Paths below the watch folder, folded, with a line end on either side of
    /// each.
    pub(in crate::catalogue) folders: String,
    /// A BCP 47 tag in lower case.
    pub(in crate::catalogue) language: Option<String>,
    /// In microseconds since 1970.
    pub(in crate::catalogue) published: i64,
}

impl Searched {
    /// Of an entry in these folders: paths relative to the watch folder with `/`
    /// in them, ancestors included.
    pub(in crate::catalogue) fn new(entry: &Entry, folders: &[String]) -> Self {
        let digest = &entry.digest;
        let topics = digest.topics.iter();
        let lead = digest.lead_quote.iter().map(|lead| &lead.speaker);
        let quotes = digest.quotes.iter().map(|quote| &quote.speaker);
        let mut speakers: Vec<&String> = Vec::new();
        for Speaker(name) in lead.chain(quotes).flatten() {
            if !speakers.contains(&name) {
                speakers.push(name);
            }
        }
        let mut lines = "\n".to_owned();
        for folder in folders {
            lines.push_str(path(folder).trim_matches('/'));
            lines.push('\n');
        }
        Self {
            title: listed([&digest.title]),
            text: listed([&digest.body.plain]),
            topics: listed(topics.flat_map(|topic| iter::once(&topic.label).chain(&topic.forms))),
            speakers: listed(speakers),
            folders: lines,
            language: digest.language.as_ref().map(|tag| tag.to_ascii_lowercase()),
            published: entry.published.as_microsecond(),
        }
    }

    fn has(&self, term: &Term) -> bool {
        match term {
            Term::Words { place, words, open } => {
                let end = if *open { "" } else { " " };
                let wanted = memmem::Finder::new(&format!(" {words}{end}")).into_owned();
                let is_in = |text: &str| wanted.find(text.as_bytes()).is_some();
                match place {
                    Some(Place::Title) => is_in(&self.title),
                    Some(Place::Text) => is_in(&self.text),
                    Some(Place::Topics) => is_in(&self.topics),
                    Some(Place::Speakers) => is_in(&self.speakers),
                    None => [&self.title, &self.topics, &self.speakers, &self.text]
                        .into_iter()
                        .any(|text| is_in(text)),
                }
            }
            Term::Folder { path, open } => {
                let end = if *open { "" } else { "\n" };
                self.folders.contains(&format!("\n{path}{end}"))
            }
            Term::Language(tag) => self.language.as_ref().is_some_and(|language| {
                let rest = language.strip_prefix(tag.as_str());
                rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('-'))
            }),
            Term::Published(range) => range.contains(&self.published),
        }
    }
}

/// The words of texts that no phrase goes across.
fn listed<'n>(texts: impl IntoIterator<Item = &'n String>) -> String {
    let mut words = " ".to_owned();
    for text in texts {
        if words.len() > 1 {
            words.push_str(BETWEEN);
        }
        append(text, &mut words);
    }
    words.push(' ');
    words
}

impl Query {
    /// Whether it finds an entry.
    pub(in crate::catalogue) fn finds(&self, entry: &Searched) -> bool {
        self.root.finds(entry)
    }
}

impl Node {
    /// Whether an entry is so.
    pub(in crate::catalogue) fn finds(&self, entry: &Searched) -> bool {
        match self {
            Self::All(nodes) => nodes.iter().all(|node| node.finds(entry)),
            Self::Any(nodes) => nodes.iter().any(|node| node.finds(entry)),
            Self::Not(node) => !node.finds(entry),
            Self::Is(term) => entry.has(term),
        }
    }
}
