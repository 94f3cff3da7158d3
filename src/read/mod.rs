//! Reading: what does this file say?
//!
//! Bytes in, an `Article` or the reason why it is none out. Everything is pure:
//! the caller opens files. What a file does not state is left to `digest`.
//!
//! A format is a file in this folder and a line in `FORMATS`.

mod blocks;
mod charset;
mod front_matter;
mod markdown;
mod meta;
mod plain;
mod raw_html;
mod refused;
mod sniff;
mod wrap;

use crate::article::Article;
use std::path::Path;

/// What can be set about reading.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Settings {}

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
    /// There is something in it, but no text.
    #[error(
        "there is no text in the file besides its headline and pictures; write the article into it"
    )]
    NoText,
}

/// A format that can be read.
struct Format {
    /// The endings of its names, in lower case, without the dot.
    endings: &'static [&'static str],
    /// The reader. It gets bytes, since not every format is text.
    read: fn(&[u8], &Settings) -> Result<Article, ReadError>,
}

/// Every format that can be read.
const FORMATS: &[&Format] = &[&markdown::FORMAT, &plain::FORMAT];

/// Reads an article from the bytes of a file.
///
/// `path` is looked at for its name only, and only where the bytes do not tell
/// what they are.
///
/// # Errors
///
/// When the bytes are not an article in a known format; the error says why and
/// what helps.
pub fn read(path: &Path, bytes: &[u8], settings: &Settings) -> Result<Article, ReadError> {
    if bytes.trim_ascii().is_empty() {
        return Err(ReadError::Empty);
    }
    let named = || Some(path.extension()?.to_str()?.to_ascii_lowercase());
    let ending = match sniff::ending(bytes) {
        Some(ending) => ending.to_owned(),
        None => named().unwrap_or_default(),
    };
    let format = FORMATS
        .iter()
        .find(|format| format.endings.contains(&ending.as_str()));
    let article = match (format, refused::reason(&ending)) {
        (Some(format), _) => (format.read)(bytes, settings)?,
        (None, Some(reason)) => return Err(reason),
        // Names such as `notes` and `notes.final` tell nothing, and the bytes
        // are text.
        (None, None) => (plain::FORMAT.read)(bytes, settings)?,
    };
    // Rules and bullets alone say nothing.
    if !article.text.plain.contains(char::is_alphanumeric) {
        return Err(ReadError::NoText);
    }
    Ok(article)
}
