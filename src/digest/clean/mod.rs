//! Cleaning: which blocks are the story, and what do the others tell of it?
//!
//! A page that was pasted or dumped carries menus, share buttons, captions,
//! related stories and the author's bio. They are found by position and by
//! what they look like; a paragraph inside the story is never dropped for one
//! word. Headline, byline and date are read off the lines beside the story.
//! What the article states always wins over what its text suggests.

mod dates;
mod extent;
mod extracted;
mod heads;
mod insets;
mod lines;

use crate::{
    article::{Article, Origin},
    entry::Dropped,
    text::Text,
};
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
            Rule::Caption => "caption",
            Rule::Related => "related-story",
            Rule::Bio => "author-bio",
        }
    }
}

/// Finds the story in an article's text, and what the rest tells.
pub(super) fn clean(article: &Article) -> Cleaned {
    if article.origin == Origin::Extracted {
        return extracted::clean(article);
    }
    let mut lines = lines::lines(&article.text);
    lines::furniture(&mut lines);
    insets::credits(&mut lines);
    insets::lists(&mut lines);
    let story = extent::story(&lines);
    let title = heads::headline(article.title.as_deref(), &mut lines, story.clone());
    let (published, modified) = heads::stated_dates(&mut lines, story.clone());
    let byline = heads::byline(&article.byline, &mut lines, story.clone());
    insets::related(&mut lines, story.clone());
    for (at, line) in lines.iter_mut().enumerate() {
        if !story.contains(&at) && line.rule.is_none() {
            line.rule = Some(Rule::Outside);
        }
    }
    keep_something(&mut lines);
    let mut dropped = Vec::new();
    for line in &lines {
        if let Some(rule) = line.rule {
            dropped.push(Dropped {
                text: line.text.to_owned(),
                rule: rule.name().to_owned(),
            });
        }
    }
    Cleaned {
        title,
        byline,
        published: article.published.or(published),
        modified: article.modified.or(modified),
        body: article.text.retain(|at| lines[at].rule.is_none()),
        dropped,
    }
}

/// An article is never cleaned away: where no block was left, those come back
/// that only their place spoke against, then all but the headline, then it.
fn keep_something(lines: &mut [Line]) {
    let weak: [fn(Rule) -> bool; 3] = [
        |rule| rule == Rule::Outside,
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
