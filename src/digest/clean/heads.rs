//! Headline, byline and date, read off the lines beside the story.

use super::{
    Rule, dates,
    lines::{Line, fold},
};
use crate::{
    digest::{
        dateline::dateline,
        lang::{self, Phrases},
        names::unshouted,
    },
    text::BlockKind,
};
use jiff::Timestamp;
use std::ops::Range;

/// How far above the story a headline is looked for: pages put a picture, a
/// caption, share buttons and a byline between.
const REACH: usize = 30;

/// How many blocks of the story are compared with a headline.
const COMPARED: usize = 12;

/// The most words of a byline's line.
const BYLINE_WORDS: usize = 14;

/// Finds the headline and drops the lines that say it.
pub(super) fn headline(
    stated: Option<&str>,
    lines: &mut [Line],
    story: Range<usize>,
) -> Option<String> {
    let found = match stated {
        Some(title) => Some(title.to_owned()),
        None => best_headline(lines, &story).map(|at| tidy(lines[at].text)),
    };
    // "# ." is none.
    let found = found.filter(|title| !title.is_empty());
    let said = fold(found.as_deref()?);
    for line in lines.iter_mut() {
        if !line.folded.is_empty() && line.folded == said {
            line.rule = Some(Rule::Headline);
        }
    }
    found
}

/// A headline as shown: white space folded, without a full stop at its end.
fn tidy(line: &str) -> String {
    let words: Vec<&str> = line.split_whitespace().collect();
    let title = words.join(" ");
    let title = title.trim_end_matches(';').to_owned();
    match title.strip_suffix('.') {
        Some(bare) if !bare.ends_with('.') && !bare.contains(". ") => bare.to_owned(),
        _ => title,
    }
}

fn best_headline(lines: &[Line], story: &Range<usize>) -> Option<usize> {
    let heading = lines[..story.end]
        .iter()
        .position(|line| line.kind == BlockKind::Heading(1) && line.rule.is_none());
    if heading.is_some() {
        return heading;
    }
    // Its first line reads as a sentence, but is set as a headline is, and
    // paragraphs follow.
    let first = story.start;
    let leads = lines.get(first).filter(|line| {
        let set = 2 * line.capitals > line.words
            || !line.stops && lines.get(first + 1).is_some_and(Line::is_prose);
        first == 0 && line.is_headline_like() && set && lines.len() > 2
    });
    if leads.is_some() {
        return Some(first);
    }
    let from = story.start.saturating_sub(REACH);
    let candidates = (from..story.start).filter(|at| lines[*at].is_headline_like());
    // The body is read only where there is something to compare with it.
    let some = candidates.clone().next().is_some();
    let compared = if some { COMPARED } else { 0 };
    let body: Vec<String> = lines[story.clone()]
        .iter()
        .take(compared)
        .map(|line| fold(line.text))
        .collect();
    let mut best: Option<(usize, usize)> = None;
    for at in candidates {
        let score = likeness(lines, at, &body, story.start);
        if score > 0 && best.is_none_or(|(_, most)| score >= most) {
            best = Some((at, score));
        }
    }
    best.map(|(at, _)| at)
}

/// How much a line looks like this story's headline, in points.
fn likeness(lines: &[Line], at: usize, body: &[String], start: usize) -> usize {
    let line = &lines[at];
    if is_byline(line) || dates::is_dated(line.text) {
        return 0;
    }
    let long = |word: &&str| word.chars().count() >= 4;
    let content = line.folded.split(' ').filter(long);
    let shared = content
        .clone()
        .filter(|word| body.iter().any(|text| text.contains(word)))
        .count();
    let all = content.count().max(1);
    let near_byline = lines[at + 1..start.min(at + 4)]
        .iter()
        .any(|line| is_byline(line) || dates::is_dated(line.text));
    let alone = at == 0 && start == 1;
    // Pages say it twice: as "Headline - The Paper" in their first line, or
    // above a picture and below it.
    let twice = lines[..start].iter().enumerate().any(|(place, other)| {
        line.words > 3
            && place != at
            && !other.folded.is_empty()
            && other.folded.starts_with(&line.folded)
    });
    10 * shared / all
        + 3 * usize::from((5..=20).contains(&line.words))
        + 4 * usize::from(near_byline)
        + 5 * usize::from(alone)
        + 6 * usize::from(twice)
        + usize::from(at == 0)
        - usize::from(line.stops).min(10 * shared / all)
}

/// Whether a line consists of a byline's opening and names.
fn is_byline(line: &Line) -> bool {
    byline_names(line.text).is_some()
}

/// Finds the authors and drops the lines that name or introduce them.
pub(super) fn byline(stated: &[String], lines: &mut [Line], story: Range<usize>) -> Vec<String> {
    let near = |at: usize| at < story.start + 2 || at + 3 > story.end;
    let mut found = named_lines(lines, near);
    let authors = if stated.is_empty() { &found } else { stated };
    let bios = bios(lines, &story, authors);
    for (at, name) in &bios {
        lines[*at].rule = Some(Rule::Bio);
        let said = fold(name);
        for line in lines.iter_mut().filter(|line| line.rule.is_none()) {
            if line.folded == said {
                line.rule = Some(Rule::Byline);
            }
        }
    }
    if found.is_empty() {
        found = bios.into_iter().map(|(_, name)| name).collect();
        found.dedup();
    }
    let stated = stated.to_vec();
    if stated.is_empty() { found } else { stated }
}

/// The names in the lines that consist of a byline, and drops those lines; only
/// where they are `near` the story.
pub(super) fn named_lines(lines: &mut [Line], near: impl Fn(usize) -> bool) -> Vec<String> {
    let mut found = Vec::new();
    for (at, line) in lines.iter_mut().enumerate() {
        if line.rule.is_some() || line.words > BYLINE_WORDS || !near(at) {
            continue;
        }
        if let Some(names) = byline_names(line.text) {
            line.rule = Some(Rule::Byline);
            if found.is_empty() {
                found = names;
            }
        }
    }
    found
}

/// The names in a line such as "By Ann Lee and Tom Roe | Reuters".
fn byline_names(line: &str) -> Option<Vec<String>> {
    let opening = lang::lists().iter().find_map(|language| {
        let openings = language.phrases(Phrases::Byline);
        openings.iter().find_map(|opening| {
            let (head, rest) = line.split_at_checked(opening.len())?;
            let rest = rest.strip_prefix(':').unwrap_or(rest);
            (head.to_lowercase() == *opening && rest.starts_with(char::is_whitespace))
                .then_some(rest)
        })
    })?;
    let until = opening
        .find(|c: char| "|@•·(–—/".contains(c) || c.is_ascii_digit())
        .unwrap_or(opening.len());
    let mut names = Vec::new();
    for piece in opening[..until].split([',', '&', ';']) {
        let piece = before_date(piece);
        for name in piece.split(" and ").flat_map(|part| part.split(" und ")) {
            let name = name.trim().trim_end_matches(['.', '-']).trim();
            match person(name) {
                Some(name) => names.push(name),
                // What follows the names: an office, a desk, a paper.
                None if names.is_empty() => return None,
                None => return Some(names),
            }
        }
    }
    (!names.is_empty()).then_some(names)
}

/// What stands before a month or a weekday: "Ann Lee November".
fn before_date(piece: &str) -> &str {
    let starts = |word: &str| {
        let folded = word.trim_end_matches('.').to_lowercase();
        lang::lists().iter().any(|language| language.dates(&folded))
    };
    let words = piece.split(' ').scan(0, |at, word| {
        let start = *at;
        *at += word.len() + 1;
        Some((start, word))
    });
    // A first word may be a name all the same: "April Stone".
    let mut later = words.skip_while(|(_, word)| word.is_empty()).skip(1);
    later
        .find(|(_, word)| starts(word))
        .map_or(piece, |(at, _)| &piece[..at])
}

/// A name of two to four capitalized words; in capitals it is set as others
/// are.
fn person(name: &str) -> Option<String> {
    let words: Vec<&str> = name.split_whitespace().collect();
    let particle = |word: &str| {
        matches!(
            word,
            "de" | "van" | "von" | "der" | "da" | "la" | "al" | "bin"
        )
    };
    let fits = |word: &&str| {
        particle(word)
            || word.starts_with(char::is_uppercase)
                && word
                    .chars()
                    .all(|c| c.is_alphabetic() || ".'’-".contains(c))
    };
    if !(2..=4).contains(&words.len()) || !words.iter().all(fits) {
        return None;
    }
    Some(unshouted(&words.join(" ")))
}

/// Paragraphs at the story's foot that introduce an author: a name that the
/// story does not know, "is", and a writer's trade.
fn bios(lines: &[Line], story: &Range<usize>, authors: &[String]) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    let foot = story.start + (story.end - story.start) / 2;
    for at in foot.max(1)..lines.len() {
        let line = &lines[at];
        if line.rule.is_some() || line.words < 5 {
            continue;
        }
        // Who wrote the story and opens a paragraph at its foot is introduced.
        let author = authors.iter().find(|author| opens_with(line.text, author));
        if let Some(author) = author.filter(|_| at + 4 >= story.end) {
            found.push((at, author.clone()));
            continue;
        }
        let Some(name) = introduced(line.text) else {
            continue;
        };
        let alone = |other: &&Line| other.folded == fold(&name);
        let known = lines[story.clone()]
            .iter()
            .enumerate()
            .filter(|(place, other)| story.start + place != at && !alone(other))
            .any(|(_, other)| other.text.contains(&name));
        let announced = lines[..at].iter().rev().take(3).any(|other| alone(&other));
        if announced || !known {
            found.push((at, name));
        }
    }
    found
}

/// Whether a text starts with a name, and goes on in small letters.
fn opens_with(text: &str, name: &str) -> bool {
    let rest = text.strip_prefix(name).map(str::trim_start);
    rest.is_some_and(|rest| rest.starts_with(char::is_lowercase))
}

/// The name that a bio introduces: "Ann Lee is a reporter ...".
fn introduced(text: &str) -> Option<String> {
    let capital = |word: &&str| word.starts_with(char::is_uppercase);
    let words = text.split_whitespace().take(30);
    let leading = words.clone().take_while(capital).count();
    // Most paragraphs start with one capital at most, which is no name.
    if !(2..=4).contains(&leading) {
        return None;
    }
    let words: Vec<&str> = words.collect();
    let (name, tail) = words.split_at_checked(leading)?;
    let name = person(&name.join(" "))?;
    let tail = fold(&tail.join(" "));
    let introduces = |language: &lang::Lists| {
        let opens = |opening: &&str| tail.starts_with(*opening);
        let trade = |trade: &&str| super::lines::holds(&tail, trade);
        language.phrases(Phrases::BioStart).iter().any(opens)
            && language.phrases(Phrases::BioTrade).iter().any(trade)
    };
    lang::lists().iter().any(introduces).then_some(name)
}

/// The dates of publication and of the last change that lines state where they
/// are `near` the story, and drops those lines.
pub(super) fn dated_lines(
    lines: &mut [Line],
    near: impl Fn(usize) -> bool,
) -> (Option<Timestamp>, Option<Timestamp>) {
    let (mut published, mut modified) = (None, None);
    for (at, line) in lines.iter_mut().enumerate() {
        if line.rule.is_some() || line.words > BYLINE_WORDS || !near(at) {
            continue;
        }
        let Some(stated) = dates::stated_date(line.text) else {
            continue;
        };
        line.rule = Some(Rule::Date);
        match stated {
            dates::Stated::Published(at) => published = published.or(Some(at)),
            dates::Stated::Modified(at) => modified = modified.or(Some(at)),
        }
    }
    (published, modified)
}

/// The day on which a story was written, by its dateline: "ELLERY, March 7,
/// 2026 – A fox ...".
pub(super) fn datelined(story: &[Line]) -> Option<Timestamp> {
    let first = story.iter().find(|line| line.rule.is_none())?.text;
    dates::found(&first[..dateline(first)])
}
