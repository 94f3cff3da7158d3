//! What a page has to tell of its article, as written.

use super::hints::{Beside, Role};
use serde_json::Value;

/// So many parts of a page that are not the article are inside of each other
/// at most.
const DEEPEST: usize = 32;

/// What a page has to tell.
#[derive(Default)]
pub(super) struct Page {
    /// Names, in lower case, and values of `<meta>`.
    pub(super) metas: Vec<(String, String)>,
    pub(super) json_ld: Vec<Value>,
    pub(super) title: Option<String>,
    pub(super) language: Option<String>,
    pub(super) canonical: Option<String>,
    /// What may be its headline.
    pub(super) headings: Vec<Mark>,
    /// What may name its author or its date.
    pub(super) marks: Vec<Mark>,
    /// Short lines of text that may be a byline or a date.
    pub(super) lines: Vec<Mark>,
    pub(super) asides: Vec<Aside>,
    /// How much text there is, in bytes.
    pub(super) length: usize,
}

/// A text with what its markup tells of it.
pub(super) struct Mark {
    pub(super) role: Role,
    /// Its text; parts that stand on lines of their own are on their own here.
    pub(super) text: String,
    /// The value for machines: `datetime`, `content`.
    pub(super) value: Option<String>,
    /// How much text is before it, in bytes.
    pub(super) offset: usize,
    /// The innermost part of the page around it that may not be the article.
    pub(super) aside: Option<usize>,
}

/// A part of the page that its names tell to be beside the article.
pub(super) struct Aside {
    pub(super) around: Option<usize>,
    pub(super) how: Beside,
    pub(super) start: usize,
    pub(super) end: usize,
}

impl Page {
    /// The values of the `<meta>` of these names, by name and then in order.
    pub(super) fn values<'p>(&'p self, names: &'p [&str]) -> impl Iterator<Item = &'p str> + Clone {
        names.iter().flat_map(|name| {
            let named = self.metas.iter().filter(move |(known, _)| known == name);
            named.map(|(_, value)| value.as_str())
        })
    }

    /// Whether something stands beside the article. A part of the page that is
    /// most of it, or holds the headline, is the article whatever its name is:
    /// `<div class="with-sidebar">`.
    pub(super) fn beside(&self, mark: &Mark, headline: Option<usize>) -> Option<Beside> {
        let mut next = mark.aside;
        let mut found = None;
        for _ in 0..DEEPEST {
            let Some(aside) = next.and_then(|at| self.asides.get(at)) else {
                break;
            };
            let large = (aside.end - aside.start) * 3 > self.length;
            let holds = headline.is_some_and(|at| (aside.start..aside.end).contains(&at));
            if !holds && (!large || aside.how == Beside::Surely) {
                found = found.max(Some(aside.how));
            }
            next = aside.around;
        }
        found
    }

    /// The dated line that a mark is part of.
    pub(super) fn line_around(&self, mark: &Mark) -> Option<&Mark> {
        let behind = self
            .lines
            .partition_point(|line| line.offset <= mark.offset);
        let line = self.lines.get(behind.checked_sub(1)?)?;
        (mark.offset < line.offset + line.text.len()).then_some(line)
    }

    pub(super) fn value<'p>(&'p self, names: &'p [&str]) -> Option<&'p str> {
        self.values(names).next()
    }
}
