//! A mail that was passed on: which mail is inside, and who wrote it when?

use super::words::{FIELDS, FORWARDED, Field};
use crate::{
    dates,
    text::{BlockKind, Text},
};
use jiff::Timestamp;

/// The longest line that can be the mark above a mail that was passed on.
const LONGEST_MARK: usize = 100;

/// The most blocks that the fields of a mail that was passed on take.
const HEAD: usize = 10;

/// How much of a block is looked at for such fields.
const LONGEST_FIELDS: usize = 2000;

/// The mail that is inside of another.
#[derive(Debug, Default)]
pub(super) struct Inner {
    pub(super) subject: Option<String>,
    pub(super) sender: Option<String>,
    pub(super) published: Option<Timestamp>,
    /// Where it begins among the blocks, its fields included.
    pub(super) from: usize,
    /// Where its text begins.
    pub(super) text: usize,
}

/// Finds the first mail that is inside this one.
pub(super) fn inner(text: &Text) -> Option<Inner> {
    (0..text.blocks.len()).find_map(|at| {
        let words = text.of(&text.blocks[at]);
        let head = mark(words);
        // Without a mark, the fields have to be complete to be any.
        let found = fields(text, at, head.unwrap_or(words));
        let known = |found: &Inner| found.sender.is_some() && found.subject.is_some();
        match head {
            Some(_) => Some(found),
            None => Some(found).filter(known),
        }
    })
}

/// Whether a line is the mark above a mail that was passed on.
pub(super) fn is_mark(line: &str) -> bool {
    line.len() <= LONGEST_MARK && mark(line).is_some_and(str::is_empty)
}

/// What follows the mark that a block begins with.
fn mark(block: &str) -> Option<&str> {
    let rule = |c: char| matches!(c, '-' | '_' | '–' | '—' | '*' | ' ' | '\u{a0}' | ':' | '>');
    let start = block.trim_start_matches(rule);
    let ruled = start.len() < block.len();
    FORWARDED.iter().find_map(|words| {
        let rest = after_words(start, words)?;
        let bare = rest.trim_start_matches(rule);
        // A sentence may begin with these words; a mark has rules or a colon,
        // or stands alone.
        (bare.is_empty() || ruled && bare.len() < rest.len()).then_some(bare)
    })
}

/// What follows these words, which are in lower case, at the start of a text.
fn after_words<'t>(text: &'t str, words: &str) -> Option<&'t str> {
    let mut rest = text.chars();
    for expected in words.chars() {
        let c = rest.next()?;
        let same = c.to_lowercase().eq([expected]) || c == '’' && expected == '\'';
        if !same {
            return None;
        }
    }
    Some(rest.as_str())
}

/// Reads the fields that begin in the block `at`, of which `head` is left.
fn fields(text: &Text, at: usize, head: &str) -> Inner {
    let mut inner = Inner {
        from: at,
        text: at + 1,
        ..Inner::default()
    };
    let mut any = false;
    for place in at..text.blocks.len().min(at + HEAD) {
        let line = if place == at {
            head
        } else {
            text.of(&text.blocks[place])
        };
        if line.is_empty() {
            continue;
        }
        if !take(line, &mut inner) {
            break;
        }
        any = true;
        inner.text = place + 1;
    }
    if !any {
        inner.text = at + 1;
    }
    inner
}

/// Takes the fields that a line consists of; whether there are any.
fn take(line: &str, inner: &mut Inner) -> bool {
    let cut = (0..=line.len().min(LONGEST_FIELDS))
        .rev()
        .find(|at| line.is_char_boundary(*at));
    let mut rest = &line[..cut.unwrap_or(0)];
    let Some((mut field, value)) = field(rest) else {
        return false;
    };
    rest = value;
    // Line breaks may have been folded: the next field follows in the line. A
    // subject alone in its line may have a colon of its own.
    let mut folded = false;
    loop {
        let borders = rest.match_indices(' ').map(|(at, _)| at);
        let next = borders.into_iter().find_map(|at| {
            let (next, value) = self::field(&rest[at + 1..])?;
            let apart = folded || next != Field::Other || field != Field::Subject;
            apart.then_some((at, next, value))
        });
        let value = next.map_or(rest, |(at, ..)| &rest[..at]).trim();
        match field {
            Field::Sender => inner.sender = inner.sender.take().or_else(|| some(value)),
            Field::Subject => inner.subject = inner.subject.take().or_else(|| some(value)),
            Field::Date => inner.published = inner.published.or_else(|| dates::parse(value)),
            Field::Other => {}
        }
        let Some((_, following, value)) = next else {
            return true;
        };
        (field, rest) = (following, value);
        folded = true;
    }
}

fn some(value: &str) -> Option<String> {
    (!value.is_empty()).then(|| value.to_owned())
}

/// The field that a text begins with, and what follows its colon.
fn field(text: &str) -> Option<(Field, &str)> {
    let text = text.trim_start_matches(['*', ' ']);
    // Names begin with capitals here, which "to: " in a sentence does not.
    if !text.starts_with(char::is_uppercase) {
        return None;
    }
    let (name, value) = text.get(..text.len()).and_then(|text| {
        let near = text.char_indices().take(20).find(|(_, c)| *c == ':')?.0;
        Some((
            text[..near].trim_end_matches(['*', ' ', '\u{a0}']),
            &text[near + 1..],
        ))
    })?;
    let name = name.to_lowercase();
    let (_, field) = FIELDS.iter().find(|(known, _)| *known == name)?;
    Some((*field, value.trim_start_matches(['*', ' ', '\u{a0}'])))
}

/// The text from a block on. Where all of it was quoted, none of it is.
pub(super) fn from(text: &Text, first: usize) -> Text {
    let mut inner = text.retain(|at| at >= first);
    if inner
        .blocks
        .iter()
        .all(|block| matches!(block.kind, BlockKind::Quote | BlockKind::Picture))
    {
        for block in &mut inner.blocks {
            if block.kind == BlockKind::Quote {
                block.kind = BlockKind::Paragraph;
            }
        }
    }
    inner
}
