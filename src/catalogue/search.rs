//! Queries over entries: what an owner writes, checked.

use serde::{Deserialize, Serialize};
use std::{fmt, ops::Range};

/// A query that can be answered. It is kept as it was written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Query {
    written: String,
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

impl Query {
    /// Checks a query.
    ///
    /// # Errors
    ///
    /// When it cannot be answered, with the place.
    pub fn parse(written: &str) -> Result<Self, QueryError> {
        if written.trim().is_empty() {
            return Err(QueryError {
                span: 0..written.len(),
                what: "it asks for nothing".to_owned(),
                help: "write a word to look for".to_owned(),
            });
        }
        Ok(Self {
            written: written.to_owned(),
        })
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
