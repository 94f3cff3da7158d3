//! Queries as they are typed by somebody who looks for something, half written
//! most of the time.
//!
//! An owner who writes a query into the configuration is told of a fault in it.
//! Somebody who types is told as well, but sees what can be found meanwhile:
//! what is faulty is mended, which most often means that it is left out.

use super::{
    Node, Query, QueryError, Term, fault,
    parse::{LONGEST, closing},
    words,
};

/// How many words and other conditions somebody may ask for at once, those of
/// phrases included: the index walks through the lists of all. A long headline
/// that is pasted has twenty, or forty characters that are words.
const MOST: usize = 64;

/// How many faults are mended before the words alone are taken.
const MENDED: usize = 12;

/// What can be made of what somebody typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    /// What to look for; nothing when no word is left.
    pub query: Option<Query>,
    /// What is wrong with it as it was typed.
    pub fault: Option<QueryError>,
}

/// Whether somebody is still typing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Typing {
    /// The last word may go on.
    Going,
    /// It is as it is meant.
    Done,
}

impl Query {
    /// Makes the best of what somebody typed, whatever it is. Empty is not
    /// faulty, it just asks for nothing.
    #[must_use]
    pub fn read(typed: &str, typing: Typing) -> Reading {
        // A line end comes with what is pasted.
        if typed.trim().is_empty() {
            return Reading {
                query: None,
                fault: None,
            };
        }
        let (query, fault) = match asked(typed) {
            Ok(query) => (Some(query), None),
            Err(fault) => (mended(typed, &fault, typing), Some(fault)),
        };
        let query = match typing {
            Typing::Going => query.map(opened),
            Typing::Done => query,
        };
        Reading { query, fault }
    }
}

/// A query that is not too large for somebody whom nobody knows.
fn asked(written: &str) -> Result<Query, QueryError> {
    let query = Query::parse(written)?;
    let count = query.root().count();
    if count <= MOST {
        return Ok(query);
    }
    let what = format!("it asks for {count} words at once");
    let help = format!("write {MOST} at most");
    Err(fault(0..written.len(), what, help))
}

/// What is left when faults are mended one after the other.
fn mended(typed: &str, fault: &QueryError, typing: Typing) -> Option<Query> {
    let mut written = typed[..typed.floor_char_boundary(LONGEST)].to_owned();
    let mut fault = fault.clone();
    for _ in 0..MENDED {
        if written.trim().is_empty() {
            return None;
        }
        if Query::parse(&written).is_ok() {
            // It is too much, not wrong.
            break;
        }
        mend(&mut written, &fault, typing);
        match asked(&written) {
            Ok(query) => return Some(query),
            Err(next) => fault = next,
        }
    }
    bare(&written)
}

/// Closes a quotation mark, or leaves out what is faulty.
fn mend(written: &mut String, fault: &QueryError, typing: Typing) {
    let span = fault.span.start.min(written.len())..fault.span.end.min(written.len());
    let Some(faulty) = written.get(span.clone()) else {
        return;
    };
    let mut letters = faulty.chars();
    if let (Some(mark), None) = (letters.next(), letters.next())
        && let Some(ends) = closing(mark)
        && !written[span.end..].contains(ends)
        && written[span.end..].contains(char::is_alphanumeric)
    {
        let goes_on = typing == Typing::Going && ends_in_a_word(written);
        let kept = written.trim_end_matches(|c: char| c.is_whitespace() || c == '*');
        written.truncate(kept.len());
        written.push(ends[0]);
        if goes_on {
            written.push('*');
        }
        return;
    }
    let gap = match faulty {
        // One of them is meant.
        "--" => " -".to_owned(),
        faulty => " ".repeat(faulty.len()),
    };
    written.replace_range(span, &gap);
}

/// The words alone, as many as may be asked for.
fn bare(written: &str) -> Option<Query> {
    let words = words(written);
    let mut most: Vec<&str> = words.split(' ').take(MOST).collect();
    // Folding can make a word longer than it was written.
    while !most.is_empty() {
        if let Ok(query) = asked(&most.join(" ")) {
            return Some(query);
        }
        most.pop();
    }
    None
}

/// The same with a last word that may go on, if it ends with one that is
/// wanted: "harbor -fer" is not to hide all ferns.
fn opened(query: Query) -> Query {
    if !query.root().ends_with_words() || !ends_in_a_word(&query.written) {
        return query;
    }
    let longer = format!("{}*", query.written);
    Query::parse(&longer).unwrap_or(query)
}

fn ends_in_a_word(written: &str) -> bool {
    let last = written.chars().next_back();
    last.is_some_and(|c| !words(c.encode_utf8(&mut [0; 4])).is_empty())
        // A mark above the last letter.
        || last.is_some_and(unicode_normalization::char::is_combining_mark)
}

impl Node {
    /// How many words it has, and other conditions.
    fn count(&self) -> usize {
        match self {
            Self::All(nodes) | Self::Any(nodes) => nodes.iter().map(Self::count).sum(),
            Self::Not(node) => node.count(),
            Self::Is(Term::Words { words, .. }) => words.split(' ').count(),
            Self::Is(_) => 1,
        }
    }

    /// Whether the last that is written are words or a folder, and wanted.
    fn ends_with_words(&self) -> bool {
        match self {
            Self::All(nodes) | Self::Any(nodes) => nodes.last().is_some_and(Self::ends_with_words),
            Self::Is(Term::Words { open, .. } | Term::Folder { open, .. }) => !open,
            Self::Not(_) | Self::Is(_) => false,
        }
    }
}
