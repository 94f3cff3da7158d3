//! What newsletters put around what they say: "view in browser" above, reasons,
//! addresses and "unsubscribe" below. Looked for at the two ends only, and by
//! wording.

use super::words::{ABOVE, BELOW, BUTTONS, GREETINGS};
use crate::text::{Block, BlockKind, MarkKind, Text};

/// How many blocks at the top are looked at: logo, preview, links, issue.
const TOP: usize = 6;

/// The longest line that can offer a newsletter as a page.
const LONGEST_OFFER: usize = 200;

/// How many blocks at the foot are looked at. Footers with icons for ten
/// networks, three addresses and a disclaimer stay below.
const FOOT: usize = 40;

/// The longest block of a footer that is told by its wording; disclaimers are
/// the longest.
const LONGEST_NOTICE: usize = 1200;

/// The longest block between two notices of a footer: a postal address.
const LONGEST_BETWEEN: usize = 160;

/// How many of these may follow each other.
const BETWEEN: usize = 6;

/// The longest greeting.
const LONGEST_GREETING: usize = 80;

/// A mail's text without what is around it.
pub(super) struct Trimmed {
    pub(super) text: Text,
    /// The page that the mail offers to be read as.
    pub(super) page: Option<String>,
}

/// Takes off what is around a mail's text.
pub(super) fn trim(text: &Text) -> Trimmed {
    let blocks = &text.blocks;
    let foot = foot(text);
    let mut dropped = vec![false; blocks.len()];
    let mut page = None;
    for (at, block) in blocks[..foot].iter().enumerate().take(TOP) {
        let line = text.of(block).to_lowercase();
        if block.kind.is_prose() && line.len() <= LONGEST_OFFER && says(&line, ABOVE) {
            dropped[at] = true;
            page = page.or_else(|| link(block));
        }
    }
    let first = (0..foot).find(|at| !dropped[*at] && !blocks[*at].span.is_empty());
    if let Some(at) = first
        && is_greeting(text.of(&blocks[at]))
    {
        dropped[at] = true;
    }
    // What shows nothing but padding and rules is no text either; a picture
    // that is inside the mail itself has no address.
    let kept = text.retain(|at| at < foot && !dropped[at] && shows(text, &blocks[at]));
    // Nothing is taken off when nothing would be left.
    let text = if kept.plain.contains(char::is_alphanumeric) {
        kept
    } else {
        text.clone()
    };
    Trimmed { text, page }
}

/// Where the footer begins.
fn foot(text: &Text) -> usize {
    let blocks = &text.blocks;
    let mut cut = blocks.len();
    let mut between = 0;
    for (at, block) in blocks.iter().enumerate().rev().take(FOOT) {
        let line = text.of(block);
        let lower = line.to_lowercase();
        let notice = line.len() <= LONGEST_NOTICE && is_notice(&lower);
        if notice || is_button(&lower) {
            cut = at;
            between = 0;
            continue;
        }
        if !line.is_empty() {
            between += 1;
        }
        if line.len() > LONGEST_BETWEEN || between > BETWEEN {
            break;
        }
    }
    // A mail whose every line is a notice is about notices.
    if blocks[..cut].iter().any(|block| !block.span.is_empty()) {
        cut
    } else {
        blocks.len()
    }
}

/// Whether a block, in lower case, can only stand in a footer: its words are
/// there from the start, or it is short.
fn is_notice(line: &str) -> bool {
    let found = BELOW.iter().filter_map(|words| position(line, words)).min();
    match found {
        Some(0) => true,
        Some(_) => line.len() <= LONGEST_BETWEEN || line.starts_with(['©', '*', '_', '(']),
        None => line.starts_with('©') || line.starts_with("copyright ©"),
    }
}

/// Whether a block, in lower case, consists of what the buttons of a footer
/// say.
fn is_button(line: &str) -> bool {
    let apart = |c: char| matches!(c, '|' | '·' | '•' | ',' | '/' | '–' | '\t');
    let mut parts = line
        .split(apart)
        .map(|part| part.split("http").next().unwrap_or(part))
        .map(|part| part.trim_matches(|c: char| !c.is_alphanumeric()))
        .filter(|part| !part.is_empty())
        .peekable();
    line.len() <= LONGEST_OFFER
        && parts.peek().is_some()
        && parts.all(|part| BUTTONS.contains(&part))
}

fn says(line: &str, phrases: &[&str]) -> bool {
    phrases.iter().any(|words| position(line, words).is_some())
}

/// Where these words begin, as words.
fn position(line: &str, words: &str) -> Option<usize> {
    let line = line.replace('’', "'");
    let mut places = line.match_indices(words).map(|(at, _)| at);
    places.find(|at| {
        let before = line[..*at].chars().next_back();
        let after = line[at + words.len()..].chars().next();
        !before.is_some_and(char::is_alphanumeric) && !after.is_some_and(char::is_alphanumeric)
    })
}

/// "Dear editors," and the like, alone in a block.
fn is_greeting(line: &str) -> bool {
    let lower = line.to_lowercase();
    line.len() <= LONGEST_GREETING
        && line.ends_with([',', '!', ':', '.'])
        && line.matches(['.', '!', '?']).count() <= 1
        && GREETINGS.iter().any(|start| lower.starts_with(start))
}

/// Where a block links to.
fn link(block: &Block) -> Option<String> {
    block.marks.iter().find_map(|mark| match &mark.kind {
        MarkKind::Link(address) => Some(address.clone()),
        _ => None,
    })
}

/// Whether a block shows anything, and from an address that readers reach.
fn shows(text: &Text, block: &Block) -> bool {
    if block.kind != BlockKind::Picture {
        return text.of(block).contains(char::is_alphanumeric);
    }
    block.marks.iter().any(|mark| match &mark.kind {
        MarkKind::Picture { address, .. } => {
            let address = address.to_ascii_lowercase();
            address.starts_with("https://") || address.starts_with("http://")
        }
        _ => false,
    })
}
