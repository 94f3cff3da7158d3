//! Cleaning of what was written or sent as an article: all of it is meant, but
//! for the lines that name it at its top, the foot of a mail, and what its
//! wording alone shows to be none of it: buttons, credits, related stories.

use super::{
    Cleaned, Rule, finish,
    furniture::{self, Wording},
    heads, insets, keep_something,
    lines::{self, Line, fold},
};
use crate::{article::Article, text::BlockKind};

/// How many blocks at the top may name the author and the day.
const TOP: usize = 4;

/// How many blocks the foot of a mail has at most: the address, the links, the
/// law.
const FOOT: usize = 12;

/// How many blocks at the end may be its longer ones.
const LAW: usize = 4;

/// A sentence of more words is not dropped for its wording.
const SENTENCE: usize = 12;

/// The longest block of a mail's foot, in words.
const LONGEST: usize = 80;

/// The article, with what its top tells taken out of its text.
pub(super) fn clean(article: &Article) -> Cleaned {
    let mut lines = lines::lines(&article.text);
    foot(&mut lines);
    insets::credits(&mut lines);
    insets::lists(&mut lines);
    let story = 0..lines.len();
    insets::related(&mut lines, story.clone());
    buttons(&mut lines);
    let title = heads::headline(article.title.as_deref(), &mut lines, story.clone());
    let top = |at: usize| at < TOP;
    let mut dates = heads::dated_lines(&mut lines, top);
    let byline = heads::byline(&article.byline, &mut lines, story);
    dates.0 = dates.0.or_else(|| heads::datelined(&lines));
    keep_something(&mut lines);
    finish(article, &lines, title, byline, dates)
}

/// Drops what came along when a page was pasted: lines that are a button's
/// label or a notice, whatever stands around them. Headings, entries of lists
/// and sentences are meant.
fn buttons(lines: &mut [Line]) {
    for line in lines.iter_mut().filter(|line| line.rule.is_none()) {
        let row = || {
            furniture::menu_words(&line.folded) == line.words && line.text.contains(['|', '·', '•'])
        };
        let worded = match line.wording {
            Some(Wording::Whole | Wording::Notice) => true,
            Some(Wording::Start | Wording::Part) => !line.is_prose() || line.words <= SENTENCE,
            None => false,
        };
        if line.kind == BlockKind::Paragraph && (worded || row()) {
            line.rule = Some(Rule::Furniture);
        }
    }
}

/// Drops the foot of a mail: from the line on that says how to be rid of the
/// next ones. Links to see it elsewhere stand at its top as well.
fn foot(lines: &mut [Line]) {
    let last = lines.len().saturating_sub(LAW);
    // The text of the law is long, and stands at the very end.
    let is_footer = |at: usize, line: &Line| match &*line.folded {
        "" => at >= last && line.words <= LONGEST && furniture::is_footer(&fold(line.text)),
        folded => furniture::is_footer(folded),
    };
    for (at, line) in lines.iter_mut().enumerate().take(2) {
        if is_footer(at, line) {
            line.rule = Some(Rule::Furniture);
        }
    }
    let from = lines.len().saturating_sub(FOOT).max(2);
    let start = (from..lines.len()).find(|at| is_footer(*at, &lines[*at]));
    let Some(start) = start else {
        return;
    };
    if lines[start..].iter().all(|line| line.words <= LONGEST) {
        for line in &mut lines[start..] {
            line.rule = Some(Rule::Furniture);
        }
    }
}
