//! From blocks of lines to paragraphs, over the ends of columns and pages.

use super::{
    columns::Block,
    lines::{is_list_mark, is_number_mark},
    piece::Piece,
};
use crate::read::wrap;
use std::collections::{BTreeMap, BTreeSet};

pub(super) struct Paragraph {
    pub(super) lines: Vec<String>,
    /// The size of its font, in half points.
    pub(super) size: u32,
    pub(super) bold: bool,
    /// Which page it begins on, counted from 0.
    pub(super) page: usize,
    /// Whether its last line goes to the end of its column.
    full: bool,
    /// Whether its first line is set in.
    indented: bool,
}

/// Lines of one paragraph are as far apart as the others of their block, but
/// for so much.
const LEADING: f64 = 1.25;

/// From how many sizes on a first line is set in.
const INDENT: f64 = 0.7;

/// At least one line in so many ends in a hyphen where words are broken, mostly
/// one in eight; in texts that break none it is one in fifty.
const HYPHENATED: usize = 20;

/// So many lines must end so before it means anything.
const FEWEST_HYPHENS: usize = 3;

/// Other things than the text can be between its halves: captions and notes at
/// the end of a page.
const BETWEEN: usize = 4;

/// The paragraphs of all pages.
pub(super) fn paragraphs(pages: Vec<Vec<Block>>) -> Vec<Paragraph> {
    let mut paragraphs: Vec<Paragraph> = Vec::new();
    for (page, blocks) in pages.into_iter().enumerate() {
        for block in blocks {
            let starts = starts(&block);
            let edge = block.iter().map(|line| line.right).fold(f64::MIN, f64::max);
            for bounds in starts.windows(2) {
                let lines = &block[bounds[0]..bounds[1]];
                let (Some(first), Some(last)) = (lines.first(), lines.last()) else {
                    continue;
                };
                let bold = lines.iter().filter(|line| line.bold).count();
                paragraphs.push(Paragraph {
                    lines: lines
                        .iter()
                        .map(|line| line.text.trim().to_owned())
                        .collect(),
                    size: half_points(first.size),
                    bold: bold * 2 > lines.len(),
                    page,
                    full: lines.len() > 1 && edge - last.right < 2.0 * last.size,
                    indented: block
                        .iter()
                        .any(|l| first.left - l.left > INDENT * first.size),
                });
            }
        }
    }
    join_halves(paragraphs)
}

#[allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "sizes are from 1 to 500"
)]
fn half_points(size: f64) -> u32 {
    (size * 2.0).round() as u32
}

/// Where the paragraphs of a block begin, and its end.
fn starts(block: &[Piece]) -> Vec<usize> {
    let distances = || block.windows(2).map(|pair| pair[0].base - pair[1].base);
    let mut sorted: Vec<f64> = distances().collect();
    sorted.sort_by(f64::total_cmp);
    // Lines are nearer to each other than paragraphs are: not the middle, since
    // a list of short paragraphs has more of the latter.
    let leading = sorted.get(sorted.len() / 4).copied().unwrap_or(0.0);
    let edge = block.iter().map(|line| line.right).fold(f64::MIN, f64::max);
    let margin = block.iter().map(|line| line.left).fold(f64::MAX, f64::min);
    let flush = block
        .iter()
        .filter(|line| line.left - margin < 0.5 * line.size);
    let flush = flush.count() * 2 > block.len();
    let mut starts = vec![0];
    for (at, distance) in (1..).zip(distances()) {
        let (last, line) = (&block[at - 1], &block[at]);
        let first_word = line.text.split(' ').next().unwrap_or_default();
        let letter = (line.right - line.left) / line.text.chars().count().max(1) as f64;
        let word = (first_word.chars().count() + 1) as f64 * letter;
        // The next word would have fitted.
        let short = edge - last.right > word + 0.5 * last.size;
        let indent = (line.left - last.left) / line.size;
        // The lines of an item after its first are set in as well.
        let hanging = starts_item(&block[*starts.last().unwrap_or(&0)].text);
        let begins = distance > LEADING * leading
            || starts_item(&line.text) && (short || ends_sentence(&last.text))
            || last.bold != line.bold && (short || last.text.len() + line.text.len() < 60)
            || flush && !hanging && indent > INDENT && indent < 6.0
            || hanging && indent < -INDENT
            || short && ends_sentence(&last.text)
            // A byline, a dateline: no line of running text is so short.
            || short && flush && (last.right - margin) * 2.0 < edge - margin;
        if begins {
            starts.push(at);
        }
    }
    starts.push(block.len());
    starts
}

/// Whether a line begins an item of a list.
pub(super) fn starts_item(line: &str) -> bool {
    let (mark, rest) = line.split_once(' ').unwrap_or((line, ""));
    // A dash before a line is speech in many languages.
    is_list_mark(mark) && !rest.is_empty() && !matches!(mark, "–" | "-")
}

/// The text of an item without its mark, and whether it was a number.
pub(super) fn item(text: &str) -> Option<(&str, bool)> {
    let (mark, rest) = text.split_once(' ')?;
    starts_item(text).then(|| (rest, is_number_mark(mark)))
}

fn ends_sentence(line: &str) -> bool {
    let closing = |c: char| {
        matches!(
            c,
            '"' | '\'' | '”' | '’' | '“' | '»' | '«' | ')' | ']' | '*'
        )
    };
    let bare = line.trim_end().trim_end_matches(closing);
    bare.ends_with(['.', '!', '?', '…', ':', '。'])
}

/// Joins paragraphs that the end of a column or page has cut in two.
fn join_halves(paragraphs: Vec<Paragraph>) -> Vec<Paragraph> {
    let mut joined: Vec<Paragraph> = Vec::with_capacity(paragraphs.len());
    for paragraph in paragraphs {
        let first = paragraph.lines.first().map_or("", String::as_str);
        let small = first.starts_with(char::is_lowercase);
        let open = |half: &&mut Paragraph| {
            let last = half.lines.last().map_or("", String::as_str);
            let hyphen = last.ends_with(['-', '\u{ad}']);
            let cut = half.full && !paragraph.indented && !ends_sentence(last);
            let alike = half.size.abs_diff(paragraph.size) < 2 && half.bold == paragraph.bold;
            let items = starts_item(first);
            alike && !items && !ends_sentence(last) && (small || cut || hyphen)
        };
        // Larger text ends what was before it, smaller text does not.
        let halves = joined.iter_mut().rev().take(BETWEEN);
        let mut halves = halves.skip_while(|other| other.size + 1 < paragraph.size);
        match halves.next().filter(open) {
            Some(half) => {
                half.lines.extend(paragraph.lines);
                half.full = paragraph.full;
            }
            None => joined.push(paragraph),
        }
    }
    joined
}

/// The words of a document, which tell how words at the ends of lines are
/// spelled.
pub(super) struct Words {
    known: BTreeSet<String>,
    /// Whether words are broken at all.
    broken: bool,
}

impl Words {
    pub(super) fn of(paragraphs: &[Paragraph]) -> Self {
        let mut known = BTreeSet::new();
        let (mut ends, mut hyphens) = (0, 0);
        for paragraph in paragraphs {
            let mut broken = false;
            for (nth, line) in paragraph.lines.iter().enumerate() {
                let last = nth + 1 == paragraph.lines.len();
                ends += usize::from(!last);
                hyphens += usize::from(!last && line.ends_with(['-', '\u{ad}']));
                // Parts of words are not known.
                let words = line.split(' ').skip(usize::from(broken));
                broken = line.ends_with('-');
                for word in words.map(bare).filter(|word| !word.ends_with('-')) {
                    known.insert(word.to_lowercase());
                }
            }
        }
        Self {
            known,
            broken: hyphens >= FEWEST_HYPHENS && hyphens * HYPHENATED > ends,
        }
    }

    /// The lines of a paragraph as one text.
    pub(super) fn join(&self, lines: &[String]) -> String {
        let mut text = String::new();
        for line in lines {
            if text.is_empty() {
                text.push_str(line);
                continue;
            }
            let cut = text.trim_end_matches('\u{ad}').len();
            if cut < text.len() {
                text.truncate(cut);
            } else if text.ends_with('-') {
                match wrap::joint(&text, line) {
                    "" if self.is_broken(&text, line) => {
                        text.pop();
                    }
                    joint => text.push_str(joint),
                }
            } else if !text.ends_with(['—', '/']) || text.ends_with(" —") {
                let wide = |c: Option<char>| c.is_some_and(is_wide);
                if !(wide(text.chars().last()) && wide(line.chars().next())) {
                    text.push(' ');
                }
            }
            text.push_str(line);
        }
        text
    }

    /// Whether the hyphen at the end of `text` only breaks a word that goes on
    /// in `line`.
    fn is_broken(&self, text: &str, line: &str) -> bool {
        let first = bare(text.rsplit(' ').next().unwrap_or_default()).trim_end_matches('-');
        let second = bare(line.split(' ').next().unwrap_or_default());
        if !second.starts_with(char::is_lowercase) {
            return false;
        }
        let knows = |word: &str| self.known.contains(&word.to_lowercase());
        if knows(&format!("{first}{second}")) {
            return true;
        }
        let compound = first.contains('-') || knows(&format!("{first}-{second}"));
        let halves = first.len() > 2 && second.len() > 2 && knows(first) && knows(second);
        self.broken && !compound && !halves
    }
}

/// A word without the marks around it.
fn bare(word: &str) -> &str {
    word.trim_matches(|c: char| !c.is_alphanumeric() && c != '-')
}

/// Characters of scripts that put no space between words.
fn is_wide(c: char) -> bool {
    matches!(c, '\u{3000}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{ff00}'..='\u{ff60}')
}

/// The size that most of the text has.
pub(super) fn body_size(paragraphs: &[Paragraph]) -> u32 {
    let mut sizes: BTreeMap<u32, usize> = BTreeMap::new();
    for paragraph in paragraphs {
        let length: usize = paragraph.lines.iter().map(String::len).sum();
        *sizes.entry(paragraph.size).or_default() += length;
    }
    let most = sizes.into_iter().max_by_key(|(_, length)| *length);
    most.map_or(0, |(size, _)| size)
}
