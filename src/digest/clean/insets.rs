//! What stands inside the story and is none of it: captions and related
//! stories.

use super::{
    Rule,
    lines::{Line, fold, holds},
};
use crate::digest::lang::{self, Phrases};
use std::ops::Range;

/// The longest caption, in words.
const CAPTION: usize = 90;

/// The longest credit inside brackets, in words.
const CREDIT: usize = 14;

/// The longest teaser of a related story, in words: two sentences.
const TEASER: usize = 50;

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
    let credits = |language: &lang::Language| {
        let words = language.phrases(Phrases::Credit);
        words.iter().any(|word| holds(&credit, word))
    };
    lang::all().any(credits)
}

/// Drops related stories set into this one: a headline that is said twice in
/// a row, as a link's title and its text, and its teaser.
pub(super) fn related(lines: &mut [Line], story: Range<usize>) {
    for at in story.start..story.end.saturating_sub(1) {
        let (line, next) = (&lines[at], &lines[at + 1]);
        let twice = line.rule.is_none() && !line.folded.is_empty() && line.folded == next.folded;
        if !twice || !line.is_headline_like() || line.words < 4 {
            continue;
        }
        let teased = lines.get(at + 2).is_some_and(|teaser| {
            teaser.rule.is_none() && teaser.words <= TEASER && teases(lines, at, &story)
        });
        for line in &mut lines[at..at + 2 + usize::from(teased)] {
            line.rule = Some(Rule::Related);
        }
    }
}

fn long(word: &str, letters: usize) -> bool {
    word.chars().count() >= letters
}

/// Whether the block after a headline said twice is of that story rather than
/// of this one: it shares a word with the headline that this one lacks, or has
/// nothing in common with this one.
fn teases(lines: &[Line], at: usize, story: &Range<usize>) -> bool {
    let teaser = fold(lines[at + 2].text);
    let others: Vec<String> = lines[story.clone()]
        .iter()
        .enumerate()
        .filter(|(place, _)| !(at..at + 3).contains(&(story.start + place)))
        .map(|(_, line)| fold(line.text))
        .collect();
    let told = |word: &str| others.iter().any(|other| holds(other, word));
    let mut headline = lines[at].folded.split(' ');
    let of_that = headline.any(|word| long(word, 4) && holds(&teaser, word) && !told(word));
    of_that
        || !teaser
            .split(' ')
            .any(|word| long(word, TELLING) && told(word))
}
