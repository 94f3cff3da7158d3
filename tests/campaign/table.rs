//! What came of it, as a table.

use std::fmt::Write as _;

/// In what way something is not as it has to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Kind {
    /// An article in the folder, or its last edition, has no entry.
    Lost,
    /// An entry stands twice, or an article has two.
    Doubled,
    /// A document on disk is not whole.
    Malformed,
    /// An entry has another id than it was given.
    Id,
    /// Anything else, told in words.
    Other,
}

/// Something that is not as it has to be.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Finding {
    pub(crate) kind: Kind,
    pub(crate) words: String,
}

impl Finding {
    pub(crate) fn new(kind: Kind, words: impl Into<String>) -> Self {
        Self {
            kind,
            words: words.into(),
        }
    }
}

/// In so many rounds every fault happens, or something is wrong with how it is
/// caused.
const MANY: u64 = 10;

/// What came of one fault.
#[derive(Debug, Default)]
pub(crate) struct Row {
    pub(crate) fault: String,
    /// Why nothing was tried, if so.
    pub(crate) skipped: Option<String>,
    pub(crate) rounds: u64,
    pub(crate) failed: u64,
    /// How often the fault happened.
    pub(crate) hits: u64,
    pub(crate) articles: usize,
    pub(crate) documents: u64,
    pub(crate) counts: [usize; 5],
}

impl Row {
    pub(crate) fn count(&mut self, findings: &[Finding]) {
        for finding in findings {
            self.counts[finding.kind as usize] += 1;
        }
    }

    /// Takes in other rounds of the same fault.
    pub(crate) fn add(&mut self, other: &Self) {
        self.rounds += other.rounds;
        self.failed += other.failed;
        self.hits += other.hits;
        self.articles += other.articles;
        self.documents += other.documents;
        for (count, more) in self.counts.iter_mut().zip(other.counts) {
            *count += more;
        }
    }

    pub(crate) fn is_clean(&self) -> bool {
        let happened = self.hits > 0 || self.rounds < MANY;
        let happened = happened || self.skipped.is_some();
        happened && self.failed == 0 && self.counts.iter().all(|count| *count == 0)
    }
}

const HEADS: [&str; 10] = [
    "fault",
    "rounds",
    "times it happened",
    "articles",
    "documents read",
    "lost",
    "doubled",
    "malformed",
    "id changes",
    "other",
];

/// The table, in Markdown.
pub(crate) fn render(rows: &[Row]) -> String {
    let mut out = format!(
        "| {} |\n|{}\n",
        HEADS.join(" | "),
        "---|".repeat(HEADS.len())
    );
    for row in rows {
        if let Some(why) = &row.skipped {
            let _ = writeln!(out, "| {} | skipped: {why} |||||||||", row.fault);
            continue;
        }
        let mut cells = vec![
            row.fault.clone(),
            row.rounds.to_string(),
            row.hits.to_string(),
            row.articles.to_string(),
            row.documents.to_string(),
        ];
        cells.extend(row.counts.iter().map(ToString::to_string));
        let _ = writeln!(out, "| {} |", cells.join(" | "));
    }
    out
}
