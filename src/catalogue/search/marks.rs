//! Where an entry has what a query asks for, to be shown.

use super::{Node, Place, Query, Term, words::Traced};
use crate::entry::Entry;
use std::ops::Range;

/// How much of an article's text is looked through. Nobody waits for the one
/// word at the end of a book.
const LOOKED_THROUGH: usize = 200_000;

/// How long a snippet is, in bytes: two or three lines of text.
const SNIPPET: usize = 260;

/// How much of that stands before the first word that was found, at most.
const LEAD_IN: usize = 80;

/// Finds the words of a query in texts. What the query does not want is not
/// marked.
#[derive(Debug, Clone, Default)]
pub struct Marker {
    wanted: Vec<Wanted>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Wanted {
    place: Option<Place>,
    /// With a space before them.
    words: String,
    is_open: bool,
}

/// A part of an article in which a query's words are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Snippet {
    /// The summary, or a part of the text on one line.
    pub text: String,
    /// Where in it the words are, in bytes, in order.
    pub marks: Vec<Range<usize>>,
    /// Whether the article's text goes on before it.
    pub goes_on_before: bool,
    /// Whether it goes on after it.
    pub goes_on_after: bool,
}

impl Marker {
    /// Of a query.
    #[must_use]
    pub fn new(query: &Query) -> Self {
        let mut marker = Self::default();
        marker.add(query.root(), true);
        marker
    }

    fn add(&mut self, node: &Node, is_wanted: bool) {
        match node {
            Node::All(nodes) | Node::Any(nodes) => {
                for node in nodes {
                    self.add(node, is_wanted);
                }
            }
            Node::Not(node) => self.add(node, !is_wanted),
            Node::Is(Term::Words { place, words, open }) if is_wanted => {
                let wanted = Wanted {
                    place: *place,
                    words: format!(" {words}"),
                    is_open: *open,
                };
                if !self.wanted.contains(&wanted) {
                    self.wanted.push(wanted);
                }
            }
            Node::Is(_) => {}
        }
    }

    /// Where a title has what is wanted of titles: bytes of it, in order, of
    /// which none are marked twice.
    #[must_use]
    pub fn title(&self, title: &str) -> Vec<Range<usize>> {
        self.marks(title, Place::Title)
    }

    /// The same for what is part of an article's text: a quotation, a summary.
    #[must_use]
    pub fn text(&self, text: &str) -> Vec<Range<usize>> {
        self.marks(text, Place::Text)
    }

    /// The same for the label of a topic.
    #[must_use]
    pub fn topic(&self, label: &str) -> Vec<Range<usize>> {
        self.marks(label, Place::Topics)
    }

    /// The same for the name of a speaker.
    #[must_use]
    pub fn speaker(&self, name: &str) -> Vec<Range<usize>> {
        self.marks(name, Place::Speakers)
    }

    /// The summary if it has any of the words, else the part of the text that
    /// has most of them. There is none when neither has any: what was found are
    /// topics, say.
    #[must_use]
    pub fn snippet(&self, entry: &Entry) -> Option<Snippet> {
        let summary = &entry.digest.summary;
        let marks = self.text(summary);
        if !marks.is_empty() {
            return Some(Snippet {
                text: summary.clone(),
                marks,
                goes_on_before: false,
                goes_on_after: false,
            });
        }
        let text = &entry.digest.body.plain;
        let looked = &text[..text.floor_char_boundary(LOOKED_THROUGH)];
        let found = self.found(looked, Place::Text);
        let stretch = stretch(looked, &found)?;
        let marks = merged(found.into_iter().map(|(_, at)| at));
        let within = marks.into_iter().filter_map(|at| {
            let (start, end) = (at.start.max(stretch.start), at.end.min(stretch.end));
            (start < end).then(|| start - stretch.start..end - stretch.start)
        });
        Some(Snippet {
            marks: within.collect(),
            // A line end is a byte as well, so that marks stay where they are.
            text: text[stretch.clone()].replace(['\n', '\r', '\t'], " "),
            goes_on_before: stretch.start > 0,
            goes_on_after: stretch.end < text.len(),
        })
    }

    fn marks(&self, text: &str, place: Place) -> Vec<Range<usize>> {
        merged(self.found(text, place).into_iter().map(|(_, at)| at))
    }

    /// Where a text has the words, and which, in order.
    fn found(&self, text: &str, place: Place) -> Vec<(usize, Range<usize>)> {
        let is_here = |wanted: &&Wanted| wanted.place.is_none_or(|wanted| wanted == place);
        let mut found = Vec::new();
        let mut wanted = self.wanted.iter().filter(is_here).enumerate().peekable();
        if wanted.peek().is_none() {
            return found;
        }
        let traced = Traced::new(text);
        let made = traced.words();
        for (which, wanted) in wanted {
            let mut from = 0;
            while let Some(at) = made[from..].find(&wanted.words) {
                let start = from + at + 1;
                let end = from + at + wanted.words.len();
                if wanted.is_open || made[end..].starts_with(' ') {
                    found.push((which, traced.source(start..end)));
                }
                // Phrases may share words.
                from = start;
            }
        }
        found.sort_by_key(|(_, at)| (at.start, at.end));
        found
    }
}

/// The same without what is marked twice.
fn merged(found: impl Iterator<Item = Range<usize>>) -> Vec<Range<usize>> {
    let mut marks: Vec<Range<usize>> = Vec::new();
    for at in found {
        match marks.last_mut() {
            Some(last) if at.start < last.end => last.end = last.end.max(at.end),
            _ => marks.push(at),
        }
    }
    marks
}

/// The part of a text to show: that with most of what is wanted, and of several
/// the first. It begins and ends with whole words.
fn stretch(text: &str, found: &[(usize, Range<usize>)]) -> Option<Range<usize>> {
    let (_, first) = found.first()?;
    let mut best = (0, first.clone());
    let mut counts: Vec<usize> = Vec::new();
    let mut distinct = 0;
    let mut end = 0;
    for start in 0..found.len() {
        // The window begins with each mark in turn, and takes those in that end
        // soon enough.
        while let Some((which, at)) = found.get(end)
            && (end <= start || at.end - found[start].1.start <= SNIPPET - LEAD_IN)
        {
            if counts.len() <= *which {
                counts.resize(which + 1, 0);
            }
            counts[*which] += 1;
            distinct += usize::from(counts[*which] == 1);
            end += 1;
        }
        if distinct > best.0 {
            best = (distinct, found[start].1.start..found[end - 1].1.end);
        }
        let (which, _) = found[start];
        counts[which] -= 1;
        distinct -= usize::from(counts[which] == 0);
    }
    let core = best.1;
    let start = word_start(text, core.start);
    let end = text.floor_char_boundary((start + SNIPPET).max(core.end.min(start + 2 * SNIPPET)));
    Some(start..word_end(text, end, core.end))
}

/// Where to begin so that something is read before the first mark: after the end
/// of a sentence or paragraph if one is near, else with a word.
fn word_start(text: &str, mark: usize) -> usize {
    let earliest = text.ceil_char_boundary(mark.saturating_sub(LEAD_IN));
    let before = &text[earliest..mark];
    if let Some(line) = before.rfind('\n') {
        return earliest + line + 1;
    }
    if let Some(period) = before.rfind(". ") {
        return earliest + period + 2;
    }
    if earliest == 0 {
        return 0;
    }
    // A script without spaces is cut anywhere.
    let space = before.char_indices().find(|(_, c)| c.is_whitespace());
    space.map_or(earliest, |(at, space)| earliest + at + space.len_utf8())
}

/// Where to end so that no word is cut, but not before the last mark.
fn word_end(text: &str, end: usize, last: usize) -> usize {
    if end >= text.len() {
        return text.len();
    }
    let last = last.min(end);
    let after = &text[last..end];
    if text[end..].starts_with(char::is_whitespace) {
        return last + after.trim_end().len();
    }
    match after.rfind(char::is_whitespace) {
        Some(space) => last + after[..space].trim_end().len(),
        None => end,
    }
}

#[cfg(test)]
mod tests;
