//! Digesting: what is boilerplate, who is quoted, what is it about?
//!
//! Pure and total: it cannot fail, and knows no clock, file or network. Worse
//! input gives a poorer digest.

mod lang;
pub mod sentences;
mod words;

use crate::{article::Article, entry::Digest};

/// What can be set about digesting.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    /// The most topics that an entry gets.
    pub max_topics: usize,
    /// The longest summary, in bytes.
    pub summary_length: usize,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            max_topics: 10,
            summary_length: 400,
        }
    }
}

/// Digests an article.
#[must_use]
pub fn digest(_article: Article, _settings: &Settings) -> Digest {
    Digest::default()
}
