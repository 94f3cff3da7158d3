//! Press offices send their texts ahead of time, and say so in the subject or
//! above the text: "Embargoed until 5 December 2024, 00:01 GMT", "Sperrfrist:
//! 05.12.2024, 10:00 Uhr".

use super::words::EMBARGOES;
use crate::{dates, text::Text};
use jiff::Timestamp;

/// How many blocks from the top are looked at: logo, greeting, "press release".
const TOP: usize = 6;

/// The longest line that can be an embargo.
const LONGEST: usize = 140;

/// What is said about when a text may be published.
#[derive(Debug)]
pub(super) struct Embargo<'t> {
    /// Its end; none where it is not in words that can be read.
    pub(super) until: Option<Timestamp>,
    /// The words that tell its end.
    pub(super) words: &'t str,
    /// What follows them in their line.
    pub(super) rest: &'t str,
}

/// Where an embargo is stated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    Subject,
    Block(usize),
}

/// The embargo that a mail states above its text or in its subject. `offset` is
/// the sender's from UTC, which is meant where no zone is told.
pub(super) fn find<'t>(
    subject: Option<&'t str>,
    text: &'t Text,
    offset: Option<&str>,
) -> Option<(Embargo<'t>, Place)> {
    let blocks = text.blocks.iter().enumerate().take(TOP);
    let lines = blocks.map(|(at, block)| (text.of(block), Place::Block(at)));
    let lines = lines.chain(subject.map(|subject| (subject, Place::Subject)));
    let found = lines.filter_map(|(line, place)| Some((embargo(line, offset)?, place)));
    let found: Vec<(Embargo, Place)> = found.collect();
    let read = found
        .iter()
        .position(|(embargo, _)| embargo.until.is_some());
    found.into_iter().nth(read.unwrap_or(0))
}

fn embargo<'t>(line: &'t str, offset: Option<&str>) -> Option<Embargo<'t>> {
    let line = line.trim_matches(['*', '[', ']', '(', ')', '-', '!', ' ']);
    if line.len() > LONGEST {
        return None;
    }
    let lower = line.to_lowercase();
    let label = EMBARGOES.iter().find(|label| lower.starts_with(**label))?;
    let rest = line
        .get(label.len()..)
        .filter(|_| lower.len() == line.len())?;
    // "Embargoes hurt the harbor" is a headline.
    if !rest.starts_with(is_joint) {
        return None;
    }
    let mut rest = rest.trim_start_matches(is_joint);
    for word in UNTIL {
        let start = rest.get(..word.len());
        if start.is_some_and(|start| start.eq_ignore_ascii_case(word)) {
            rest = rest[word.len()..].trim_start_matches(is_joint);
        }
    }
    // "Embargo on grain lifted", and "Sperrfrist: keine".
    if !rest.contains(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let mut ends: Vec<usize> = rest
        .match_indices(|c: char| !c.is_alphanumeric())
        .map(|(at, _)| at)
        .collect();
    ends.push(rest.len());
    let read = ends.iter().rev().find_map(|end| {
        let words = rest[..*end].trim_end_matches(is_joint);
        Some((instant(words, offset)?, words.len()))
    });
    Some(match read {
        Some((until, end)) => Embargo {
            until: Some(until),
            words: &rest[..end],
            rest: rest[end..].trim_start_matches(|c| is_joint(c) || matches!(c, ')' | ']' | '*')),
        },
        None => Embargo {
            until: None,
            words: rest,
            rest: "",
        },
    })
}

/// When a date is, in the zone of the mail's sender unless it names one: read as
/// UTC, an American embargo would end five hours early.
fn instant(words: &str, offset: Option<&str>) -> Option<Timestamp> {
    let local = offset.and_then(|offset| {
        dates::parse(&format!("{words} {offset}"))
            .or_else(|| dates::parse(&format!("{words} 00:00 {offset}")))
    });
    local.or_else(|| dates::parse(words))
}

/// What stands between an embargo's words.
fn is_joint(c: char) -> bool {
    c.is_whitespace() || matches!(c, ':' | ',' | '-' | '–' | '—')
}

/// What may stand before the date, in the order in which it does.
const UNTIL: &[&str] = &[
    "until ",
    "till ",
    "bis ",
    "jusqu'au ",
    "jusqu’au ",
    "hasta ",
    "fino ",
    "el ",
    "le ",
    "al ",
    "zum ",
];
