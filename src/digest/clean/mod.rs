//! Cleaning: which blocks are the story, and what do the others tell of it?
//!
//! A page that was pasted or dumped carries menus, share buttons, captions,
//! related stories and the author's bio. They are found by position and by
//! what they look like; a paragraph inside the story is never dropped for one
//! word. Headline, byline and date are read off the lines beside the story.
//! What the article states always wins over what its text suggests.

mod authored;
mod course;
mod dates;
mod extracted;
mod furniture;
mod heads;
mod insets;
mod lines;
mod reach;
mod signs;
mod weights;

use crate::{
    article::{Article, Origin},
    entry::Dropped,
    text::Text,
};
use course::Part;
use furniture::Wording;
use jiff::Timestamp;
use lines::Line;

/// An article without what is not the story.
#[derive(Debug)]
pub(super) struct Cleaned {
    /// Its headline, stated or found; none when it has none.
    pub(super) title: Option<String>,
    /// The authors' names, stated or found.
    pub(super) byline: Vec<String>,
    /// When it was published, stated or found.
    pub(super) published: Option<Timestamp>,
    /// When it was changed, stated or found.
    pub(super) modified: Option<Timestamp>,
    /// The story.
    pub(super) body: Text,
    /// What was left out.
    pub(super) dropped: Vec<Dropped>,
}

/// The rules by which a block is left out, by the name shown to people.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Rule {
    Headline,
    Byline,
    Date,
    Furniture,
    Outside,
    Inset,
    Caption,
    Related,
    Bio,
}

impl Rule {
    fn name(self) -> &'static str {
        match self {
            Rule::Headline => "headline",
            Rule::Byline => "byline",
            Rule::Date => "date",
            Rule::Furniture => "furniture",
            Rule::Outside => "outside-story",
            Rule::Inset => "inset",
            Rule::Caption => "caption",
            Rule::Related => "related-story",
            Rule::Bio => "author-bio",
        }
    }
}

/// Finds the story in an article's text, and what the rest tells.
pub(super) fn clean(article: &Article) -> Cleaned {
    match article.origin {
        Origin::Pasted => pasted(article),
        Origin::Authored => authored::clean(article),
        Origin::Extracted => extracted::clean(article),
    }
}

/// The same for a text that nothing is known of but its lines.
fn pasted(article: &Article) -> Cleaned {
    let mut lines = lines::lines(&article.text);
    insets::credits(&mut lines);
    insets::lists(&mut lines);
    let mut parts = course::course(&lines);
    keep_paragraphs(&lines, &mut parts);
    reach::reach(&lines, &mut parts);
    let is_story = |part: &Part| *part == Part::Story;
    let first = parts.iter().position(is_story).unwrap_or(0);
    let last = parts.iter().rposition(is_story);
    let story = first..last.map_or(lines.len(), |last| last + 1);
    insets::related(&mut lines, story.clone());
    for (line, part) in lines.iter_mut().zip(&parts) {
        let certain = matches!(line.wording, Some(Wording::Whole | Wording::Notice));
        let furniture = certain || line.wording.is_some() && *part != Part::Story;
        if furniture && line.rule.is_none() {
            line.rule = Some(Rule::Furniture);
        }
    }
    let title = heads::headline(article.title.as_deref(), &mut lines, story.clone());
    let near = |at: usize| at < story.start + 2 || at + 2 > story.end;
    let mut dates = heads::dated_lines(&mut lines, near);
    dates.0 = dates.0.or_else(|| heads::datelined(&lines[story.clone()]));
    let byline = heads::byline(&article.byline, &mut lines, story.clone());
    for (line, part) in lines.iter_mut().zip(&parts) {
        if *part != Part::Story && line.rule.is_none() {
            let inset = *part == Part::Inset;
            line.rule = Some(if inset { Rule::Inset } else { Rule::Outside });
        }
    }
    keep_something(&mut lines);
    finish(article, &lines, title, byline, dates)
}

/// So many lines of furniture tell that a text was taken off a page. An article
/// may have one by chance, such as "This story has been updated".
const FURNISHED: usize = 2;

/// The fewest words of a line that is a paragraph rather than a headline or a
/// summary set above the story.
const PARAGRAPH: usize = 15;

/// Where nothing was taken off a page, every paragraph is the story.
fn keep_paragraphs(lines: &[Line], parts: &mut [Part]) {
    let furnished = lines.iter().filter(|line| line.wording.is_some()).count();
    if furnished >= FURNISHED {
        return;
    }
    for (line, part) in lines.iter().zip(parts) {
        let quotes = line.text.contains(['"', '“', '„', '«']);
        let told = line.words >= PARAGRAPH || quotes;
        if line.is_prose() && told && line.wording.is_none() {
            *part = Part::Story;
        }
    }
}

/// The article without the lines that a rule dropped. What it states goes
/// before what was found.
fn finish(
    article: &Article,
    lines: &[Line],
    title: Option<String>,
    byline: Vec<String>,
    (published, modified): (Option<Timestamp>, Option<Timestamp>),
) -> Cleaned {
    let dropped = lines.iter().filter_map(|line| {
        Some(Dropped {
            text: line.text.to_owned(),
            rule: line.rule?.name().to_owned(),
        })
    });
    Cleaned {
        title,
        byline,
        published: article.published.or(published),
        modified: article.modified.or(modified),
        dropped: dropped.collect(),
        body: article.text.retain(|at| lines[at].rule.is_none()),
    }
}

/// An article is never cleaned away: where no block was left, those come back
/// that only their place spoke against, then all but the headline, then it.
fn keep_something(lines: &mut [Line]) {
    let weak: [fn(Rule) -> bool; 3] = [
        |rule| matches!(rule, Rule::Outside | Rule::Inset),
        |rule| rule != Rule::Headline,
        |_| true,
    ];
    for may_return in weak {
        if lines.iter().any(|line| line.rule.is_none()) {
            return;
        }
        for line in lines.iter_mut() {
            line.rule = line.rule.filter(|rule| !may_return(*rule));
        }
    }
}
