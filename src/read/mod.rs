//! Reading: what does this file say?
//!
//! Bytes in, an `Article` or the reason why it is none out. Everything is pure:
//! the caller opens files. What a file does not state is left to `digest`.
//!
//! A format is a file in this folder and a line in `FORMATS`.

mod adoc;
mod archive;
mod blocks;
mod bookmark;
mod border;
mod byline;
mod charset;
mod compressed;
mod docx;
mod elements;
mod epub;
mod front_matter;
mod html;
mod json;
mod json_ld;
mod light;
mod limits;
mod mail;
mod manuscript;
mod markdown;
mod mbox;
mod meta;
mod mhtml;
mod mime;
mod nesting;
mod obsidian;
mod odt;
mod org;
mod package;
mod parts;
#[cfg(feature = "pdf")]
mod pdf;
mod plain;
mod raw_html;
mod refused;
mod rst;
mod rtf;
mod sniff;
mod tex;
mod unpack;
mod warc;
mod webarchive;
mod wire;
mod wrap;
mod xml;

use crate::article::Article;
use std::{cell::Cell, path::Path};

/// What can be set about reading.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Settings {
    /// What a book becomes.
    pub books: Books,
}

/// What a book becomes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Books {
    /// One article.
    #[default]
    Whole,
    /// An article for each chapter.
    Chapters,
}

/// What is in a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reading {
    /// It is an article.
    Article(Box<Article>),
    /// It holds articles: a mailbox, an archive, a feed. Never empty.
    Parts(Vec<Part>),
}

impl Reading {
    /// The articles in it that can be read, in order.
    pub fn into_articles(self) -> impl Iterator<Item = Article> {
        let (article, parts) = match self {
            Self::Article(article) => (Some(*article), Vec::new()),
            Self::Parts(parts) => (None, parts),
        };
        let parts = parts.into_iter().filter_map(|part| part.article.ok());
        article.into_iter().chain(parts)
    }
}

/// An article among others in a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// What tells it from the others, and stays the same when the file is
    /// written anew: a message's id, the name of a file in an archive. Unlike
    /// all other names in its file; never empty, and without empty parts
    /// between slashes.
    pub name: String,
    /// What it says, or why it is not an article.
    pub article: Result<Article, ReadError>,
}

/// Why a file is not an article.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ReadError {
    /// Nothing in it, or white space only.
    #[error("the file is empty; write the article into it")]
    Empty,
    /// It is no text at all.
    #[error("the file seems to be {what}, not text; save the article as text or Markdown")]
    Binary {
        /// What it seems to be, with its article.
        what: &'static str,
    },
    /// It is text or a document, but of a format that is not read yet.
    #[error("{what} cannot be read yet; save the article as text or Markdown")]
    Unsupported {
        /// The format.
        what: &'static str,
    },
    /// The front matter does not follow its own rules.
    #[error("the front matter is broken in line {line}: {cause}; {remedy}")]
    FrontMatter {
        /// The line of the file, counted from 1.
        line: usize,
        /// What is wrong there.
        cause: String,
        /// What helps.
        remedy: &'static str,
    },
    /// It does not follow the rules of its format, or ends too soon.
    #[error("{what} is damaged: {cause}; get a whole copy of it")]
    Damaged {
        /// The format, with its article.
        what: &'static str,
        /// What is wrong.
        cause: String,
    },
    /// It cannot be read without a key or a password.
    #[error("{what} is protected by a password; save it without one")]
    Encrypted {
        /// The format, with its article.
        what: &'static str,
    },
    /// It would take more memory or time than an article is worth.
    #[error("{what} {limit}; {remedy}")]
    TooMuch {
        /// The format, with its article.
        what: &'static str,
        /// Which limit it is beyond, as in "unpacks to more than 64 MB".
        limit: String,
        /// What helps.
        remedy: &'static str,
    },
    /// It is written in a way in which articles are, and is something else.
    #[error("it is {what}, which is not read; {remedy}")]
    OtherKind {
        /// What it is, as in `XML with the root element <svg>`.
        what: String,
        /// What helps.
        remedy: &'static str,
    },
    /// It only points to an article.
    #[error(
        "it is a bookmark, which names a page without its text; open the page and save it instead"
    )]
    Bookmark,
    /// It is an archive of other things.
    #[error("there is no article in {what}; put articles into it")]
    NoArticle {
        /// The format, with its article.
        what: &'static str,
    },
    /// Its pages are pictures, of text perhaps.
    #[error("{what} holds pictures only, and no text; run OCR on it, or get the article as text")]
    PicturesOnly {
        /// The format, with its article.
        what: &'static str,
    },
    /// There is something in it, but no text.
    #[error(
        "there is no text in the file besides its headline and pictures; write the article into it"
    )]
    NoText,
}

/// A file to be read, or one that was found in another.
#[derive(Clone, Copy)]
struct Input<'a> {
    /// Its name, for where the bytes do not tell what they are.
    name: &'a Path,
    bytes: &'a [u8],
    settings: &'a Settings,
    /// How many files it is inside of.
    depth: usize,
    /// How many bytes may still be unpacked, out of the file that was dropped
    /// and all that are inside of it; none when more has been tried.
    room: &'a Cell<usize>,
}

/// So many files may be inside of each other: a mail in a mailbox in an archive
/// that is compressed.
const DEEPEST: usize = 4;

impl Input<'_> {
    /// Reads a file that was found in this one.
    fn inner(&self, name: &Path, bytes: &[u8]) -> Result<Reading, ReadError> {
        if self.depth == DEEPEST {
            return Err(ReadError::TooMuch {
                what: "the archive",
                limit: "has archives in archives in archives".to_owned(),
                remedy: "unpack it, and put in the articles",
            });
        }
        read_input(&Input {
            name,
            bytes,
            settings: self.settings,
            depth: self.depth + 1,
            room: self.room,
        })
    }

    /// Counts bytes that were unpacked. `what` is the format, with its article.
    fn take_room(&self, bytes: usize, what: &'static str) -> Result<(), ReadError> {
        let left = self.room.get().checked_sub(bytes);
        self.room.set(left.unwrap_or(0));
        match left {
            Some(_) => Ok(()),
            None => Err(ReadError::TooMuch {
                what,
                limit: unpack::BEYOND_ROOM.to_owned(),
                remedy: unpack::REMEDY,
            }),
        }
    }
}

/// A format that can be read.
struct Format {
    /// The endings of its names, in lower case, without the dot.
    endings: &'static [&'static str],
    /// Whether bytes are of this format for certain, whatever their name is.
    recognizes: fn(&[u8]) -> bool,
    /// The reader. It gets bytes, since not every format is text.
    read: Reader,
}

/// How a format is read.
enum Reader {
    /// Its files are articles.
    One(fn(&Input) -> Result<Article, ReadError>),
    /// Its files may hold several.
    Many(fn(&Input) -> Result<Reading, ReadError>),
}

/// Every format that can be read. Where several recognize the same bytes, the
/// first is it.
const FORMATS: &[&Format] = &[
    &docx::FORMAT,
    &odt::FORMAT,
    &rtf::FORMAT,
    &epub::FORMAT,
    &archive::ZIP,
    &archive::TAR,
    // Before what is packed: a crawl is unpacked record by record, not at once.
    &warc::FORMAT,
    &compressed::GZIP,
    &compressed::ZSTANDARD,
    #[cfg(feature = "pdf")]
    &pdf::FORMAT,
    &adoc::FORMAT,
    &bookmark::FORMAT,
    &html::FORMAT,
    &xml::FORMAT,
    &json::FORMAT,
    &markdown::FORMAT,
    &mbox::FORMAT,
    &mhtml::FORMAT,
    // Behind saved pages, which are mails to look at.
    &mail::FORMAT,
    &org::FORMAT,
    &plain::FORMAT,
    &rst::FORMAT,
    &tex::FORMAT,
    &webarchive::FORMAT,
];

/// Reads what is in the bytes of a file.
///
/// `path` is looked at for its name only, and only where the bytes do not tell
/// what they are.
///
/// # Errors
///
/// When the bytes are not in a known format or hold no article; the error says
/// why and what helps.
pub fn read(path: &Path, bytes: &[u8], settings: &Settings) -> Result<Reading, ReadError> {
    border::pass(read_input(&Input {
        name: path,
        bytes,
        settings,
        depth: 0,
        room: &Cell::new(unpack::ROOM),
    }))
}

fn read_input(input: &Input) -> Result<Reading, ReadError> {
    if input.bytes.trim_ascii().is_empty() {
        return Err(ReadError::Empty);
    }
    let format = match FORMATS.iter().find(|f| (f.recognizes)(input.bytes)) {
        Some(format) => format,
        None => named(input)?,
    };
    let reading = match format.read {
        Reader::One(read) => read(input).map(|article| Reading::Article(Box::new(article))),
        Reader::Many(read) => read(input),
    };
    match reading? {
        Reading::Article(article) => with_text(*article).map(Box::new).map(Reading::Article),
        Reading::Parts(mut parts) => {
            for part in &mut parts {
                let article = std::mem::replace(&mut part.article, Err(ReadError::NoText));
                part.article = article.and_then(with_text);
            }
            Ok(Reading::Parts(parts))
        }
    }
}

/// The format that a file's name asks for.
fn named(input: &Input) -> Result<&'static Format, ReadError> {
    let ending = sniff::ending(input.bytes).map(str::to_owned);
    let ending = ending.or_else(|| Some(input.name.extension()?.to_str()?.to_ascii_lowercase()));
    let ending = ending.unwrap_or_default();
    let format = FORMATS
        .iter()
        .find(|format| format.endings.contains(&ending.as_str()));
    match (format, refused::reason(&ending)) {
        (Some(format), _) => Ok(format),
        (None, Some(reason)) => Err(reason),
        // Names such as `notes` and `notes.final` tell nothing, and the bytes
        // are text.
        (None, None) => Ok(&plain::FORMAT),
    }
}

/// The article, if it says anything: rules and bullets alone do not. What is
/// not to be published need not: agencies cancel texts without repeating them.
fn with_text(article: Article) -> Result<Article, ReadError> {
    if article.draft || article.text.plain.contains(char::is_alphanumeric) {
        Ok(limits::within(article))
    } else {
        Err(ReadError::NoText)
    }
}
