//! Which entries a query finds.
//!
//! The words of entries are in a full-text index without their text, which the
//! `digest` table has. `catalogue::search` says what a word is; what it does
//! not hold of an entry (language, folders, date) is in a table beside it.
//!
//! A query becomes one condition in SQL. What of it is about words alone becomes
//! one expression of the index, which joins its lists itself. All that a query
//! says is bound, and an expression has words in quotation marks only, which have
//! no punctuation: no value can be taken for syntax. Whether a query finds an
//! entry that is at hand is told without the index, by `Query::finds`, in a
//! fraction of the time.

use super::query::{many, run};
use crate::catalogue::{
    rules::Key,
    search::{Node, Query, Searched, Term},
};
use rusqlite::{Connection, Result, params_from_iter, types::Value};
use std::{collections::BTreeMap, mem};

#[cfg(test)]
mod tests;

/// How many entries wait for the index at most; bounds the memory.
const WAITING: usize = 256;

/// What is yet to be told to the index: it writes the words of one entry to its
/// tables as soon as anything else is changed in between, and those of many
/// entries in a tenth of the time if they come one after the other.
#[derive(Debug, Default)]
pub(super) struct Unindexed(BTreeMap<Key, Option<Searched>>);

impl Unindexed {
    /// Notes what an entry is found by, instead of what it was found by before,
    /// if it was noted.
    pub(super) fn index(&mut self, db: &Connection, key: Key, entry: Searched) -> Result<()> {
        self.note(db, key, Some(entry))
    }

    /// Forgets what an entry is found by.
    pub(super) fn unindex(&mut self, db: &Connection, key: Key) -> Result<()> {
        self.note(db, key, None)
    }

    fn note(&mut self, db: &Connection, key: Key, entry: Option<Searched>) -> Result<()> {
        self.0.insert(key, entry);
        if self.0.len() >= WAITING {
            self.write(db)?;
        }
        Ok(())
    }

    /// Tells the index. Before that, searches do not know of it.
    pub(super) fn write(&mut self, db: &Connection) -> Result<()> {
        let waiting = mem::take(&mut self.0);
        for (key, entry) in &waiting {
            match entry {
                Some(entry) => run(
                    db,
                    "INSERT OR REPLACE INTO search (rowid, title, text, topics, speakers)
                     VALUES (?1, ?2, ?3, ?4, ?5)",
                    (
                        key,
                        &entry.title,
                        &entry.text,
                        &entry.topics,
                        &entry.speakers,
                    ),
                )?,
                None => run(db, "DELETE FROM search WHERE rowid = ?1", [key])?,
            }
        }
        for (key, entry) in &waiting {
            match entry {
                Some(entry) => run(
                    db,
                    "INSERT OR REPLACE INTO search_entry (entry, published, language, folders)
                     VALUES (?1, ?2, ?3, ?4)",
                    (key, entry.published, &entry.language, &entry.folders),
                )?,
                None => run(db, "DELETE FROM search_entry WHERE entry = ?1", [key])?,
            }
        }
        Ok(())
    }
}

/// Every entry that a query finds, the oldest first.
pub(super) fn all(db: &Connection, query: &Query) -> Result<Vec<Key>> {
    found(db, query.root())
}

/// Every entry that is so, the oldest first.
pub(super) fn found(db: &Connection, node: &Node) -> Result<Vec<Key>> {
    let part = Part::joined(node);
    // The index has them in this order: to look each up in the table beside it
    // would take thrice as long.
    if let Part::Found(expression) = part {
        let sql = "SELECT rowid FROM search WHERE search MATCH ?1 ORDER BY rowid";
        return many(db, sql, [expression], |row| row.get(0));
    }
    let mut condition = Condition {
        text: "SELECT entry FROM search_entry WHERE ".to_owned(),
        params: Vec::new(),
        has_words: matches!(&part, Part::All(parts)
            if parts.iter().any(|part| matches!(part, Part::Found(_)))),
    };
    condition.write(part);
    let Condition {
        mut text, params, ..
    } = condition;
    text.push_str(" ORDER BY entry");
    many(db, &text, params_from_iter(params), |row| row.get(0))
}

/// A query, in parts that the index answers and such that it does not.
enum Part<'q> {
    /// An expression of the index.
    Found(String),
    Term(&'q Term),
    Not(Box<Part<'q>>),
    All(Vec<Part<'q>>),
    Any(Vec<Part<'q>>),
}

impl<'q> Part<'q> {
    fn term(term: &'q Term) -> Self {
        let Term::Words { place, words, open } = term else {
            return Self::Term(term);
        };
        let column = place.map_or(String::new(), |place| format!("{} : ", place.name()));
        let star = if *open { "*" } else { "" };
        Self::Found(format!("{column}\"{words}\"{star}"))
    }

    /// With phrases in as few expressions as can be.
    fn joined(node: &'q Node) -> Self {
        match node {
            Node::Is(term) => Self::term(term),
            Node::Not(node) => match Self::joined(node) {
                Self::Not(part) => *part,
                part => Self::Not(Box::new(part)),
            },
            Node::All(nodes) => Self::all(nodes),
            Node::Any(nodes) => Self::any(nodes),
        }
    }

    /// An expression may leave entries out, if it finds some to begin with: the
    /// index cannot list all entries but some.
    fn all(nodes: &'q [Node]) -> Self {
        let mut parts = Sorted::new(nodes);
        let unwanted = parts.unwanted.join(" OR ");
        if parts.wanted.is_empty() {
            parts.leave_out(&unwanted);
            return parts.rest(Self::All);
        }
        let mut expression = format!("({})", parts.wanted.join(" AND "));
        if !unwanted.is_empty() {
            expression = format!("({expression} NOT ({unwanted}))");
        }
        parts.rest.insert(0, Self::Found(expression));
        parts.rest(Self::All)
    }

    fn any(nodes: &'q [Node]) -> Self {
        let mut parts = Sorted::new(nodes);
        // Not this or not that is not both.
        let unwanted = parts.unwanted.join(" AND ");
        parts.leave_out(&unwanted);
        if !parts.wanted.is_empty() {
            let expression = format!("({})", parts.wanted.join(" OR "));
            parts.rest.insert(0, Self::Found(expression));
        }
        parts.rest(Self::Any)
    }
}

/// Conditions that are joined, by who answers them.
struct Sorted<'q> {
    /// Expressions of the index.
    wanted: Vec<String>,
    /// Those that must not find it.
    unwanted: Vec<String>,
    rest: Vec<Part<'q>>,
}

impl<'q> Sorted<'q> {
    fn new(nodes: &'q [Node]) -> Self {
        let mut sorted = Self {
            wanted: Vec::new(),
            unwanted: Vec::new(),
            rest: Vec::new(),
        };
        for node in nodes {
            match Part::joined(node) {
                Part::Found(expression) => sorted.wanted.push(expression),
                Part::Not(part) => match *part {
                    Part::Found(expression) => sorted.unwanted.push(expression),
                    part => sorted.rest.push(Part::Not(Box::new(part))),
                },
                part => sorted.rest.push(part),
            }
        }
        sorted
    }

    fn leave_out(&mut self, unwanted: &str) {
        if !unwanted.is_empty() {
            let found = Part::Found(format!("({unwanted})"));
            self.rest.push(Part::Not(Box::new(found)));
        }
    }

    /// What is left, joined if it is more than one.
    fn rest(mut self, join: fn(Vec<Part<'q>>) -> Part<'q>) -> Part<'q> {
        match self.rest.len() {
            1 => self.rest.remove(0),
            _ => join(self.rest),
        }
    }
}

/// A condition on a row of `search_entry`.
struct Condition {
    text: String,
    params: Vec<Value>,
    /// Whether there are words that all that is found has. They are rarer than
    /// a language, which the database cannot know.
    has_words: bool,
}

impl Condition {
    fn write(&mut self, part: Part<'_>) {
        match part {
            Part::Found(expression) => self.found(expression),
            Part::Term(term) => self.term(term),
            Part::Not(part) => {
                self.text.push_str("NOT ");
                self.write(*part);
            }
            Part::All(parts) => self.join(parts, " AND "),
            Part::Any(parts) => self.join(parts, " OR "),
        }
    }

    /// Halves in parentheses: in a row, each condition is a level deeper for the
    /// database, which has a thousand of them.
    fn join(&mut self, mut parts: Vec<Part<'_>>, operator: &str) {
        let second = parts.split_off(parts.len().div_ceil(2));
        if second.is_empty() {
            return parts.into_iter().for_each(|part| self.write(part));
        }
        self.text.push('(');
        self.join(parts, operator);
        self.text.push_str(operator);
        self.join(second, operator);
        self.text.push(')');
    }

    fn found(&mut self, expression: String) {
        let expression = self.bind(expression);
        let condition =
            format!("entry IN (SELECT rowid FROM search WHERE search MATCH {expression})");
        self.text.push_str(&condition);
    }

    fn term(&mut self, term: &Term) {
        let condition = match term {
            Term::Words { .. } => unreachable!("the index answers these"),
            Term::Folder { path, open } => {
                let end = if *open { "" } else { "\n" };
                let line = self.bind(format!("\n{path}{end}"));
                format!("instr(folders, {line}) > 0")
            }
            Term::Language(tag) => {
                let tag = self.bind(tag.clone());
                // With the plus no list of all in that language is made use of.
                let column = if self.has_words {
                    "+language"
                } else {
                    "language"
                };
                // A period follows on a hyphen: an index has such tags together.
                format!(
                    "({column} IS NOT NULL AND ({column} = {tag}
                        OR {column} >= {tag} || '-' AND {column} < {tag} || '.'))"
                )
            }
            Term::Published(range) => {
                let (start, end) = (self.bind(range.start), self.bind(range.end));
                format!("(published >= {start} AND published < {end})")
            }
        };
        self.text.push_str(&condition);
    }

    /// Takes a value in, and gives what stands for it.
    fn bind(&mut self, value: impl Into<Value>) -> String {
        self.params.push(value.into());
        format!("?{}", self.params.len())
    }
}
