//! PDF: pages that say where each letter stands, and nothing of words, lines
//! and paragraphs, which are found again here.
//!
//! `object`, `spelling`, `file`, `filter` and `crypt` read the file; `pages`,
//! `font`, `cmap`, `glyphs`, `metrics`, `matrix` and `content` tell what its
//! pages show, as `piece`s; `lines`, `furniture`, `columns` and `paragraphs` find
//! the article in them, and `stated` what the file says of it.
//!
//! The file is read here too, since the crates that were looked at (lopdf 0.42,
//! hayro-syntax 0.9) set no limit to what the streams unpack to that they need
//! themselves.
//!
//! Time is limited by counting work, not by a clock: a file that is read on one
//! machine is read on every other.

mod cmap;
mod columns;
mod content;
mod crypt;
mod file;
mod filter;
mod font;
mod furniture;
mod glyphs;
mod lines;
mod matrix;
mod metrics;
mod object;
mod pages;
mod paragraphs;
mod piece;
mod spelling;
mod stated;
mod text;

use self::{
    crypt::Locked,
    file::File,
    paragraphs::{Paragraph, Words},
};
use super::{Format, Input, ReadError, Reader, blocks::Builder};
use crate::{
    article::{Article, Origin},
    text::BlockKind,
};
use std::cell::Cell;

pub(super) const FORMAT: Format = Format {
    endings: &["pdf"],
    // Some writers put a line before it; the standard allows a thousand bytes.
    recognizes: is_pdf,
    read: Reader::One(read),
};

/// Some programs write a little before the header, but an article whose headline
/// names it is none: there, words stand on the same line.
fn is_pdf(bytes: &[u8]) -> bool {
    const MARK: &[u8] = b"%PDF-";
    let start = &bytes[..bytes.len().min(64)];
    memchr::memmem::find(start, MARK).is_some_and(|at| {
        let before = start[..at].rsplit(|byte| b"\r\n".contains(byte)).next();
        let has_words = before.is_some_and(|line| line.iter().any(u8::is_ascii_alphanumeric));
        !has_words && bytes.get(at + MARK.len()).is_some_and(u8::is_ascii_digit)
    })
}

const WHAT: &str = "the PDF";

/// So much is done for one file, in steps of about a byte that is read; some
/// seconds. Thirty pages of text take a hundredth.
const MOST_WORK: usize = 200_000_000;

/// What helps against too much of anything.
const REMEDY: &str = "save the article as a PDF of its own, or as text";

/// From how much above the size of the text on is a line a heading, in
/// hundredths.
const HEADING: u32 = 112;

/// The same for the headline.
const HEADLINE: u32 = 125;

/// Headings are no longer than this, in characters.
const LONGEST_HEADING: usize = 200;

/// What may still be done.
struct Work(Cell<usize>);

impl Work {
    /// Counts steps; whether they may be taken.
    fn spend(&self, steps: usize) -> bool {
        let left = self.0.get().saturating_sub(steps);
        self.0.set(left);
        left > 0
    }

    fn is_spent(&self) -> bool {
        self.0.get() == 0
    }
}

fn read(input: &Input) -> Result<Article, ReadError> {
    let work = Work(Cell::new(MOST_WORK));
    let too_much = |limit: &str| ReadError::TooMuch {
        what: WHAT,
        limit: limit.to_owned(),
        remedy: REMEDY,
    };
    let file = File::of(input, &work).map_err(|locked| match locked {
        Locked::Password => ReadError::Encrypted { what: WHAT },
        Locked::Unknown => ReadError::Unsupported {
            what: "a PDF with copy protection",
        },
    })?;
    let pages = pages::pages(&file);
    if pages.len() > pages::MOST_PAGES {
        return Err(too_much("has more than 2000 pages"));
    }
    let mut show = content::Show::new(&file);
    let mut shown = Vec::with_capacity(pages.len());
    for page in &pages {
        shown.push(lines::lines(show.page(page)));
    }
    file.limit()?;
    if work.is_spent() {
        return Err(too_much("takes too long to read"));
    }
    if pages.is_empty() {
        return Err(ReadError::Damaged {
            what: WHAT,
            cause: "no page of it can be found".to_owned(),
        });
    }
    if shown.iter().all(Vec::is_empty) {
        return Err(ReadError::PicturesOnly { what: WHAT });
    }
    let address = furniture::remove(&mut shown);
    let blocks = shown.into_iter().map(|page| columns::blocks(page, &work));
    let blocks = blocks.collect();
    if work.is_spent() {
        return Err(too_much("has too many lines"));
    }
    let mut article = compose(&paragraphs::paragraphs(blocks), &stated::stated(&file));
    article.url = address;
    Ok(article)
}

/// The article that the paragraphs are, with what the file states of it.
fn compose(paragraphs: &[Paragraph], stated: &stated::Stated) -> Article {
    let words = Words::of(paragraphs);
    let body = paragraphs::body_size(paragraphs);
    let texts: Vec<String> = paragraphs.iter().map(|p| words.join(&p.lines)).collect();
    let first_page = texts.iter().zip(paragraphs);
    let first_page: Vec<(&str, u32)> = first_page
        .filter(|(_, paragraph)| paragraph.page == 0)
        .map(|(text, paragraph)| (text.as_str(), paragraph.size))
        .collect();
    let title = stated::headline(&first_page, body, stated);
    let mostly_bold = {
        let length = |bold: bool| -> usize {
            let texts = texts.iter().zip(paragraphs);
            texts
                .filter(|(_, p)| p.bold == bold)
                .map(|(text, _)| text.len())
                .sum()
        };
        length(true) > length(false)
    };
    let mut builder = Builder::with_capacity(texts.iter().map(String::len).sum());
    let mut titled = title.is_none();
    for (text, paragraph) in texts.iter().zip(paragraphs) {
        if !titled && Some(text) == title.as_ref() {
            titled = true;
            continue;
        }
        // The number of a note at the foot of a page, or of a line.
        if paragraph.size < body && text.chars().all(|c| c.is_ascii_digit()) {
            continue;
        }
        let short = text.chars().count() <= LONGEST_HEADING;
        let large = paragraph.size * 100 >= body * HEADING;
        let bold = paragraph.bold && !mostly_bold && paragraph.size >= body;
        let sentence = text.ends_with(['.', ',', ';', '”', '"', ':']);
        let kind = match paragraphs::item(text) {
            Some((_, ordered)) => BlockKind::ListItem { ordered, depth: 0 },
            None if short && large => BlockKind::Heading(if paragraph.size * 100 >= body * 150 {
                2
            } else {
                3
            }),
            None if short && bold && !sentence => BlockKind::Heading(3),
            None => BlockKind::Paragraph,
        };
        builder.open(kind);
        builder.write(paragraphs::item(text).map_or(text, |(rest, _)| rest));
    }
    let all = builder.finish();
    Article {
        byline: stated.authors_in(&texts),
        title,
        language: stated.language.clone(),
        topics: stated.topics.clone(),
        // Pages that browsers print have all that is on a web page, and pages of
        // papers have mastheads and captions: nothing but its lines tells these
        // from the story.
        origin: Origin::Pasted,
        text: all,
        ..Article::default()
    }
}
