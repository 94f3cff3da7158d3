//! Queries over entries: what an owner writes, checked.
//!
//! `parse` makes the tree of a query, `value` the values of its fields, `words`
//! tells what a word is and `searched` whether a query finds an entry that is at
//! hand. The archive is searched by `catalogue::store`. `reading` makes the best
//! of what somebody types, `wanted` is what is asked to be seen, and `marks` tells
//! where it is in what is shown.
//!
//! | written | finds entries |
//! |---|---|
//! | `word` | that have the word in title, text, topics or speakers |
//! | `"two words"` | that have these words one after the other |
//! | `word*` | that have a word which begins so |
//! | `a b`, `a AND b` | that both find |
//! | `a OR b` | that one of them finds; AND binds more closely |
//! | `NOT a`, `-a` | that it does not find |
//! | `( )` | what belongs together |
//! | `title:` `text:` `topic:` `speaker:` | that have the word or phrase there |
//! | `folder:a/b` | from this folder of the watch folder, and those in it |
//! | `language:de` | in this language, `de-AT` included |
//! | `date:2026-03` | published in that year, month or on that day (UTC) |
//! | `date:>=2026-03-01` | likewise from it on; `>`, `<=` and `<` too |
//! | `date:2026-01..2026-03` | likewise from the one to the other, both included |
//! | `after:` `before:` | the same as `date:>` and `date:<` |
//!
//! Operators are in capitals, so that "and" and "or" are words like others.
//! Neither case, accents nor punctuation count in words; a word with a hyphen
//! or an apostrophe in it is a phrase.

mod marks;
mod parse;
mod reading;
mod searched;
mod value;
mod wanted;
mod words;

pub(super) use searched::Searched;

pub use marks::{Marker, Snippet};
pub use reading::{Reading, Typing};
pub use wanted::Wanted;

use serde::{Deserialize, Serialize};
use std::{fmt, ops::Range};
use value::path;
use words::{append, folded, words};

/// A query that can be answered. It is kept as it was written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Query {
    written: String,
    root: Node,
}

/// Why a query cannot be answered.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{what}; {help}")]
pub struct QueryError {
    /// Where, in bytes of the query.
    pub span: Range<usize>,
    /// What is wrong there.
    pub what: String,
    /// What mends it.
    pub help: String,
}

/// What entries have to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Node {
    /// All of these; there are two or more.
    All(Vec<Node>),
    /// One of these; there are two or more.
    Any(Vec<Node>),
    /// Not this.
    Not(Box<Node>),
    /// This alone.
    Is(Term),
}

/// A condition that is no combination of others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Term {
    /// Has these words one after the other.
    Words {
        /// Where; anywhere when it is not said.
        place: Option<Place>,
        /// The words, as `words` gives them. There is one or more.
        words: String,
        /// Whether the last may go on.
        open: bool,
    },
    /// Is from a folder of this name, in the form that `folded` gives.
    Folder {
        /// The path below the watch folder.
        path: String,
        /// Whether the path may go on.
        open: bool,
    },
    /// Is in this language: a BCP 47 tag in lower case.
    Language(String),
    /// Was published from the first instant on up to, not including, the second,
    /// in microseconds since 1970.
    Published(Range<i64>),
}

/// Where words are looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    Title,
    Text,
    Topics,
    Speakers,
}

impl Place {
    /// Its name among the columns of the index.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Title => "title",
            Self::Text => "text",
            Self::Topics => "topics",
            Self::Speakers => "speakers",
        }
    }
}

impl Query {
    /// Checks a query.
    ///
    /// ```
    /// use feedwright::catalogue::Query;
    ///
    /// assert!(Query::parse("harbor AND speaker:\"Judith Marlow\" after:2025").is_ok());
    /// let fault = Query::parse("harbor AND").unwrap_err();
    /// assert_eq!(fault.span, 7..10);
    /// ```
    ///
    /// # Errors
    ///
    /// When it cannot be answered, with the place.
    pub fn parse(written: &str) -> Result<Self, QueryError> {
        Ok(Self {
            root: parse::parse(written)?,
            written: written.to_owned(),
        })
    }

    /// What it asks for.
    pub(super) fn root(&self) -> &Node {
        &self.root
    }
}

impl TryFrom<String> for Query {
    type Error = QueryError;

    fn try_from(written: String) -> Result<Self, QueryError> {
        Self::parse(&written)
    }
}

impl From<Query> for String {
    fn from(query: Query) -> Self {
        query.written
    }
}

impl fmt::Display for Query {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.written)
    }
}

/// A fault at this place.
fn fault(span: Range<usize>, what: impl Into<String>, help: impl Into<String>) -> QueryError {
    QueryError {
        span,
        what: what.into(),
        help: help.into(),
    }
}
