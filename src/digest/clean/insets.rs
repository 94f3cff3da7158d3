//! What stands inside the story and is none of it: captions and related
//! stories.

use super::{
    Rule,
    lines::{Line, fold, holds},
};
use crate::{
    digest::lang::{self, Phrases},
    text::BlockKind,
};
use std::{collections::HashMap, ops::Range};

/// The longest caption, in words.
const CAPTION: usize = 90;

/// The longest credit inside brackets, in words.
const CREDIT: usize = 14;

/// The longest teaser of a related story, in words: two sentences.
const TEASER: usize = 50;

/// The longest headline in a list of stories, in words.
const LISTED: usize = 16;

/// Words of this many letters tell one story from another; shorter ones stand
/// in any two.
const TELLING: usize = 6;

/// Drops captions: what ends with a picture's credit in brackets, and lines
/// that are one.
pub(super) fn credits(lines: &mut [Line]) {
    for line in lines.iter_mut() {
        if line.rule.is_none() && line.words <= CAPTION && is_credited(line) {
            line.rule = Some(Rule::Caption);
        }
    }
}

fn is_credited(line: &Line) -> bool {
    ends_in_credit(line.text)
        || ends_in_bracketed_credit(line)
        || ends_in_agency(line)
        || ends_by_photographer(line)
}

/// Whether a line ends in who took the picture: "The pool | Photo by Ann Lee",
/// "Photo courtesy of the Pool Museum".
fn ends_by_photographer(line: &Line) -> bool {
    /// A name, and the museum that lent the picture.
    const LONGEST: usize = 8;
    /// A caption of two sentences.
    const CAPTION: usize = 60;
    /// Cue and name are in so many bytes at the end.
    const END: usize = 100;
    if line.words > CAPTION || line.stops {
        return false;
    }
    let from = (0..=line.text.len().saturating_sub(END))
        .rev()
        .find(|at| line.text.is_char_boundary(*at));
    let text = &line.text[from.unwrap_or(0)..];
    let lower = text.to_ascii_lowercase();
    let mut cues = lang::lists()
        .iter()
        .flat_map(|language| language.phrases(Phrases::CreditCue));
    cues.any(|cue| {
        let Some(at) = lower.rfind(cue) else {
            return false;
        };
        let before = lower[..at].trim_end();
        let name = lower[at + cue.len()..].split_whitespace().count();
        let ended = before.is_empty() && text.len() == line.text.len()
            || before.ends_with(|c: char| ".!?|:•·)”\"/".contains(c))
            // "in 2018.Photo by": two elements of the page run together.
            || lower[at..].starts_with(|c: char| c.is_ascii_lowercase())
                && text[at..].starts_with(char::is_uppercase)
                && before.len() == at;
        ended && (1..=LONGEST).contains(&name)
    })
}

/// Whether an agency is named behind the last sentence: "The pool on its open
/// day. Ann Lee / Getty Images", "The pool (Ann Lee/AFP)".
fn ends_in_agency(line: &Line) -> bool {
    /// A caption with a photographer's name.
    const LONGEST: usize = 45;
    /// A photographer and an agency, or an agency: "Ann Lee, AP".
    const ALONE: usize = 4;
    let text = line.text.trim_end();
    let sentence = line.stops && !text.ends_with(')');
    if line.words > LONGEST || sentence || text.contains(['"', '“', '„', '«']) {
        return false;
    }
    let tail = match text.strip_suffix(')') {
        Some(bracketed) => bracketed.rfind('(').map(|open| &bracketed[open + 1..]),
        None if line.words <= ALONE => Some(text),
        None => text.rfind(['/', '|']).map(|sign| &text[sign + 1..]),
    };
    let tail = fold(tail.unwrap_or_default());
    let tail = tail.strip_prefix("via ").unwrap_or(&tail);
    let named = |language: &lang::Lists| {
        let agencies = language.phrases(Phrases::Agency);
        agencies.iter().any(|agency| {
            let before = tail.strip_suffix(agency);
            before.is_some_and(|before| before.is_empty() || before.ends_with(' '))
        })
    };
    !tail.is_empty() && tail.split(' ').count() <= CREDIT && lang::lists().iter().any(named)
}

/// Whether a picture's credit follows the last sentence: "The pool on its open
/// day. Photo: Ann Lee", "The train at Aldersby. Northline / Ann Lee".
fn ends_in_credit(text: &str) -> bool {
    /// A credit names an agency and a person.
    const LONGEST: usize = 6;
    let text = text.trim_end();
    let Some(end) = text.rfind(['.', '!', '?', ':']) else {
        return false;
    };
    let (before, tail) = text.split_at(end);
    let tail = tail[1..].trim();
    let capital = |word: &str| word.starts_with(|c: char| c.is_uppercase() || c == '/');
    let named = !tail.is_empty()
        && tail.split_whitespace().count() <= LONGEST
        && tail.split_whitespace().all(capital);
    if !named || tail.ends_with(|c: char| !c.is_alphanumeric()) {
        return false;
    }
    let label = before
        .rsplit(|c: char| !c.is_alphabetic())
        .next()
        .unwrap_or_default();
    let label = label.to_lowercase();
    let credits = |language: &lang::Lists| language.phrases(Phrases::Credit).contains(&&*label);
    let labeled = text[end..].starts_with(':') && lang::lists().iter().any(credits);
    labeled || tail.contains(" / ") && !text[end..].starts_with(':')
}

fn ends_in_bracketed_credit(line: &Line) -> bool {
    let text = line.text.trim_end().trim_end_matches('.');
    let Some(bracketed) = text.strip_suffix([')', ']']) else {
        return false;
    };
    let Some(open) = bracketed.rfind(['(', '[']) else {
        return false;
    };
    let inside = &bracketed[open + 1..];
    let credit = fold(inside);
    // "(photo, video, music)" is a list: a credit names somebody.
    let named = inside
        .split(' ')
        .skip(1)
        .any(|word| word.starts_with(char::is_uppercase));
    if !named || credit.split(' ').count() > CREDIT {
        return false;
    }
    let credits = |language: &lang::Lists| {
        let words = language.phrases(Phrases::Credit);
        words.iter().any(|word| holds(&credit, word))
    };
    lang::lists().iter().any(credits)
}

/// Drops related stories set into this one: a headline that is said twice in
/// a row, as a link's title and its text, and its teaser.
pub(super) fn related(lines: &mut [Line], story: Range<usize>) {
    // How many lines of the story have each word; few stories need to know.
    let mut told: Option<HashMap<String, usize>> = None;
    for at in story.start..story.end.saturating_sub(1) {
        if !is_said_twice(&lines[at], &lines[at + 1]) {
            continue;
        }
        let teased = lines.get(at + 2).is_some_and(|teaser| {
            let told = told.get_or_insert_with(|| counts(&lines[story.clone()]));
            teaser.rule.is_none() && teaser.words <= TEASER && teases(lines, at, &story, told)
        });
        for line in &mut lines[at..at + 2 + usize::from(teased)] {
            line.rule = Some(Rule::Related);
        }
    }
}

/// Whether two lines in a row are one headline, the first perhaps behind a
/// label: "Related: Herring fleet to shrink", which is furniture by its wording.
fn is_said_twice(line: &Line, next: &Line) -> bool {
    if next.folded.is_empty() || next.words < 4 || !next.is_headline_like() {
        return false;
    }
    line.rule.is_none()
        && (line.folded == next.folded
            || line.wording.is_some() && line.folded.ends_with(&next.folded))
}

/// Drops the lists of other stories that pages set into a story: the short
/// lines after a label such as "most read".
pub(super) fn lists(lines: &mut [Line]) {
    let is_label = |line: &Line| {
        let named = |language: &lang::Lists| {
            language
                .phrases(Phrases::ListLabel)
                .contains(&line.folded.as_str())
        };
        line.rule.is_none() && line.wording.is_some() && lang::lists().iter().any(named)
    };
    let mut listing = false;
    for at in 0..lines.len() {
        // A headline said twice has a teaser, which is told later.
        let next = lines.get(at + 1);
        if next.is_some_and(|next| is_said_twice(&lines[at], next)) {
            listing = false;
        }
        let line = &mut lines[at];
        // Another heading opens a part of the story.
        if matches!(line.kind, BlockKind::Heading(_)) {
            listing = is_label(line);
        } else if is_label(line) {
            listing = true;
        } else if listing && line.rule.is_none() {
            let told = line.text.contains(['"', '“', '„', '«', '»']);
            let stops = line.text.trim_end().ends_with('.');
            listing = line.words <= LISTED && !told && !stops;
            if listing {
                line.rule = Some(Rule::Related);
            }
        }
    }
}

fn long(word: &str, letters: usize) -> bool {
    word.chars().count() >= letters
}

/// Whether the block after a headline said twice is of that story rather than
/// of this one: it shares a word with the headline that this one lacks, or has
/// nothing in common with this one.
fn teases(lines: &[Line], at: usize, story: &Range<usize>, told: &HashMap<String, usize>) -> bool {
    let own = counts(&lines[at..(at + 3).min(story.end)]);
    let count = |counts: &HashMap<String, usize>, word: &str| counts.get(word).copied();
    let told = |word: &str| count(told, word).unwrap_or(0) > count(&own, word).unwrap_or(0);
    let teaser = fold(lines[at + 2].text);
    let mut headline = lines[at].folded.split(' ');
    let of_that = headline.any(|word| long(word, 4) && holds(&teaser, word) && !told(word));
    of_that
        || !teaser
            .split(' ')
            .any(|word| long(word, TELLING) && told(word))
}

/// In how many lines each word stands.
fn counts(lines: &[Line]) -> HashMap<String, usize> {
    let mut counts = HashMap::new();
    for line in lines {
        let folded = fold(line.text);
        let mut words: Vec<&str> = folded.split(' ').collect();
        words.sort_unstable();
        words.dedup();
        for word in words {
            match counts.get_mut(word) {
                Some(count) => *count += 1,
                None => {
                    counts.insert(word.to_owned(), 1);
                }
            }
        }
    }
    counts
}
