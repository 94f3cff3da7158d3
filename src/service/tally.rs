//! How many entries were added, changed and withdrawn.

use super::tell::{counted, number};
use crate::catalogue::Outcome;
use serde::{Deserialize, Serialize};
use std::{fmt, ops::AddAssign};

/// What was done with entries and files.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tally {
    /// New entries, and those that are back again.
    pub added: usize,
    /// Entries that say something else.
    pub changed: usize,
    /// Entries whose file is another one, or one more.
    pub moved: usize,
    /// Entries that are no longer shown.
    pub withdrawn: usize,
    /// Files that are reported rather than published.
    pub refused: usize,
}

impl Tally {
    /// Counts what became of a record.
    pub(super) fn add(&mut self, outcome: &Outcome) {
        match outcome {
            Outcome::Added(_) | Outcome::Revived(_) => self.added += 1,
            Outcome::Edited(_) | Outcome::Redigested(_) => self.changed += 1,
            Outcome::Split { .. } => {
                self.added += 1;
                self.changed += 1;
            }
            Outcome::Moved(_) | Outcome::Copied(_) => self.moved += 1,
            Outcome::Ended { moved, withdrawn } => {
                // They were taken for new ones.
                self.added = self.added.saturating_sub(moved.len());
                self.moved += moved.len();
                self.withdrawn += withdrawn.len();
            }
            Outcome::Refused => self.refused += 1,
            Outcome::Unchanged | Outcome::Gone | Outcome::Decided => {}
        }
    }
}

impl AddAssign for Tally {
    fn add_assign(&mut self, other: Self) {
        self.added += other.added;
        self.changed += other.changed;
        self.moved += other.moved;
        self.withdrawn += other.withdrawn;
        self.refused += other.refused;
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&counted(self.added, "entry added", "entries added"))?;
        for (count, what) in [
            (self.changed, "changed"),
            (self.moved, "moved"),
            (self.withdrawn, "withdrawn"),
        ] {
            if count > 0 {
                write!(f, ", {} {what}", number(count as u64))?;
            }
        }
        if self.refused > 0 {
            let files = counted(self.refused, "file", "files");
            write!(f, "; {files} not taken (`feedwright status` says why)")?;
        }
        Ok(())
    }
}
