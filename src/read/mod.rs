//! Reading: what does this file say?
//!
//! Bytes in, an `Article` or the reason why it is none out. Everything is pure:
//! the caller opens files.

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
}

/// Reads an article from the bytes of a file.
///
/// `path` is looked at for its name only.
///
/// # Errors
///
/// When the bytes are not an article in a known format; the error says why and
/// what helps.
pub fn read(_path: &Path, _bytes: &[u8], _settings: &Settings) -> Result<Article, ReadError> {
    Err(ReadError::Empty)
}
