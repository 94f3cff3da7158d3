//! How much of an article is taken over, whatever its file holds.
//!
//! Each limit is far beyond what people write, and keeps what one file can ask
//! of time and memory within what its size lets expect. What is longer is cut
//! where a reader would cut it, and whoever dropped the file is told.

use crate::{
    article::{Article, LONGEST_NAME, LONGEST_TITLE},
    text::{MarkKind, Span, Text, cut_line as cut},
};
use std::borrow::Cow;

/// The longest text, in bytes: "War and Peace" has 3.2 million letters, which
/// Cyrillic doubles.
const LONGEST_TEXT: usize = 10_000_000;

/// The most paragraphs, list items, pictures and the like; the same book has
/// twelve thousand.
const MOST_BLOCKS: usize = 100_000;

/// The most links and stretches of emphasis; an encyclopedia's longest pages
/// have three thousand.
const MOST_MARKS: usize = 20_000;

/// The most pictures; a gallery has a hundred.
const MOST_PICTURES: usize = 1_000;

/// The most authors, and the most topics. A consortium that signs a paper with
/// all its members has more; feeds show no more than these.
const MOST_NAMES: usize = 100;

/// The longest address, in bytes. Browsers go as far, and servers no further.
const LONGEST_ADDRESS: usize = 8 * 1024;

/// The longest description of a picture, in letters; those that describe a
/// chart for people who cannot see it have 500.
const LONGEST_ALT: usize = 1_000;

/// The longest language tag, in bytes (RFC 5646, section 4.4.1).
const LONGEST_TAG: usize = 35;

/// The longest piece of a file that a message shows, in letters.
const LONGEST_SHOWN: usize = 100;

/// The article within all limits. What was cut of its text is noted.
pub(super) fn within(mut article: Article) -> Article {
    let notes = &mut article.notes;
    if let Some(title) = &mut article.title {
        cut(title, LONGEST_TITLE);
    }
    if let Some(name) = &mut article.site {
        cut(name, LONGEST_NAME);
    }
    names(&mut article.byline, "authors", notes);
    names(&mut article.topics, "topics", notes);
    let fits = |address: &String| address.len() <= LONGEST_ADDRESS;
    if !article.url.as_ref().is_none_or(fits) {
        notes.push(format!(
            "its address has more than {LONGEST_ADDRESS} bytes and is left out; give a shorter one"
        ));
        article.url = None;
    }
    // A longer one is the picture itself, written out.
    article.image = article.image.filter(fits);
    article.language = article.language.filter(|tag| tag.len() <= LONGEST_TAG);
    text(&mut article.text, notes);
    article
}

/// Whether a text is longer than what is taken of it, so that more of it need
/// not be made.
pub(super) fn is_full(text: &Text) -> bool {
    text.plain.len() > LONGEST_TEXT || text.blocks.len() > MOST_BLOCKS
}

/// A piece of a file as a message shows it.
pub(super) fn shown(piece: &str) -> Cow<'_, str> {
    if piece.len() <= LONGEST_SHOWN {
        return Cow::Borrowed(piece);
    }
    let mut piece = piece.to_owned();
    cut(&mut piece, LONGEST_SHOWN);
    Cow::Owned(piece)
}

fn names(names: &mut Vec<String>, what: &str, notes: &mut Vec<String>) {
    if names.len() > MOST_NAMES {
        let count = names.len();
        notes.push(format!(
            "it names {count} {what}, of which the first {MOST_NAMES} are taken; name fewer"
        ));
        names.truncate(MOST_NAMES);
    }
    for name in names {
        cut(name, LONGEST_NAME);
    }
}

/// Cuts a text.
fn text(text: &mut Text, notes: &mut Vec<String>) {
    if is_full(text) {
        let limit = if text.plain.len() > LONGEST_TEXT {
            format!("it has more than {} MB of text", LONGEST_TEXT / 1_000_000)
        } else {
            format!("it has more than {MOST_BLOCKS} paragraphs")
        };
        shorten(text);
        notes.push(format!(
            "{limit}; what stands behind them is left out; drop it in several files"
        ));
    }
    let (mut marks, mut pictures) = (0, 0);
    let (mut more_marks, mut more_pictures) = (0, 0);
    let mut emptied = false;
    for block in &mut text.blocks {
        block.marks.retain_mut(|mark| match &mut mark.kind {
            MarkKind::Picture { address, alt } => {
                pictures += 1;
                more_pictures += usize::from(pictures > MOST_PICTURES);
                cut(alt, LONGEST_ALT);
                let keep = pictures <= MOST_PICTURES && address.len() <= LONGEST_ADDRESS;
                emptied |= !keep;
                keep
            }
            MarkKind::Header => true,
            kind => {
                marks += 1;
                more_marks += usize::from(marks > MOST_MARKS);
                let long = matches!(kind, MarkKind::Link(to) if to.len() > LONGEST_ADDRESS);
                marks <= MOST_MARKS && !long
            }
        });
    }
    if emptied {
        text.blocks
            .retain(|block| !block.span.is_empty() || !block.marks.is_empty());
    }
    for (more, most, what) in [
        (more_marks, MOST_MARKS, "links and stretches of emphasis"),
        (more_pictures, MOST_PICTURES, "pictures"),
    ] {
        if more > 0 {
            notes.push(format!(
                "it has more than {most} {what}; {more} of them are left out; drop it in several \
                 files"
            ));
        }
    }
}

/// Takes off what stands behind the longest text that is taken, from a word's
/// border on.
fn shorten(text: &mut Text) {
    let starts = |start: u32| (start as usize) < LONGEST_TEXT;
    let count = text
        .blocks
        .partition_point(|block| starts(block.span.start));
    text.blocks.truncate(count.min(MOST_BLOCKS));
    if let Some(block) = text.blocks.last_mut()
        && block.span.end as usize > LONGEST_TEXT
    {
        let start = block.span.start as usize;
        let room = text.plain.floor_char_boundary(LONGEST_TEXT);
        let kept = &text.plain[start..room.max(start)];
        let word = kept.rfind(char::is_whitespace).unwrap_or(kept.len());
        block.span = Span::new(start, start + kept[..word].trim_end().len());
        let end = block.span.end;
        block.marks.retain(|mark| mark.span.end <= end);
    }
    let end = text
        .blocks
        .last()
        .map_or(0, |block| block.span.end as usize);
    text.plain.truncate(end);
}
