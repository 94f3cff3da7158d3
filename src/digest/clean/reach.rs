//! How far a short story reaches.
//!
//! What a long story is about shows in words that many of its paragraphs have.
//! A short one repeats too little for that, so that an advertisement in it may
//! be taken for its end. It goes on where a paragraph behind still speaks of it.

use super::{course::Part, furniture::Wording, lines::Line, signs::telling};
use std::collections::HashSet;

/// A story of more words shows by itself how far it reaches.
const SHORT: usize = 250;

/// How many lines behind its end are looked at: a form for a newsletter has
/// about six.
const AHEAD: usize = 8;

/// A paragraph of this many words speaks of the story if it shares one telling
/// word with it; of a shorter one, every fifth has to be.
const PARAGRAPH: usize = 15;
const ONE_OF: usize = 5;

/// Takes paragraphs behind the end of a short story into it, and one before its
/// start that only a label such as "Advertisement" parts from it.
pub(super) fn reach(lines: &[Line], parts: &mut [Part]) {
    let is_story = |part: &Part| *part == Part::Story;
    let (Some(start), Some(mut last)) = (
        parts.iter().position(is_story),
        parts.iter().rposition(is_story),
    ) else {
        return;
    };
    let words: usize = lines[start..=last].iter().map(|line| line.words).sum();
    if words > SHORT {
        return;
    }
    let mut told: HashSet<u32> = HashSet::new();
    for line in &lines[start..=last] {
        told.extend(telling(line.text));
    }
    let label = |at: usize| lines[at].wording == Some(Wording::Whole);
    if start >= 2 && label(start - 1) && is_opening(&lines[start - 2]) {
        parts[start - 1] = Part::Inset;
        parts[start - 2] = Part::Story;
    }
    while let Some(at) = (last + 1..lines.len())
        .take(AHEAD)
        .find(|at| speaks_of(&lines[*at], &told))
    {
        told.extend(telling(lines[at].text));
        for place in last + 1..=at {
            let told = place == at || is_paragraph(&lines[place]);
            parts[place] = if told { Part::Story } else { Part::Inset };
        }
        last = at;
    }
}

/// Whether a line between two paragraphs of the story is one: it is long, or
/// quotes somebody.
fn is_paragraph(line: &Line) -> bool {
    let quotes = line.text.contains(['"', '“', '„', '«']);
    line.is_prose() && line.wording.is_none() && (quotes || line.words >= PARAGRAPH)
}

fn is_opening(line: &Line) -> bool {
    is_paragraph(line) && line.words >= PARAGRAPH && line.rule.is_none()
}

fn speaks_of(line: &Line, told: &HashSet<u32>) -> bool {
    if !line.is_prose() || line.wording.is_some() || line.rule.is_some() {
        return false;
    }
    let words = telling(line.text);
    let shared = words.iter().filter(|word| told.contains(word)).count();
    let needed = if line.words >= PARAGRAPH {
        1
    } else {
        words.len().div_ceil(ONE_OF)
    };
    shared > 0 && shared >= needed
}
