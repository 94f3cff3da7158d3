//! What the worker counts and measures.

use super::{pass::Report, worker::Worker};
use crate::{
    catalogue::{Outcome, Record, Refusal},
    clock,
    serve::metrics::{Article, Passed},
};
use jiff::Timestamp;
use std::{mem, time::Duration};

/// When files were last changed that show in the documents which are written
/// next.
#[derive(Debug)]
pub(super) struct Arrivals {
    /// What is older lay there before the program started, and waited for that.
    since: i64,
    /// In nanoseconds since 1970.
    changed: Vec<i64>,
}

impl Default for Arrivals {
    fn default() -> Self {
        Self {
            since: nanoseconds(clock::now()),
            changed: Vec::new(),
        }
    }
}

/// More than so many files that arrive at once are not measured each: they tell
/// how long a pass takes, which is known.
const MOST: usize = 10_000;

impl Worker {
    /// Counts what became of a record.
    pub(super) fn count_outcome(&mut self, record: &Record, outcome: &Outcome) {
        let articles = &self.metrics.articles;
        let became = match (outcome, record) {
            (Outcome::Added(_), _) => Article::Added,
            (Outcome::Edited(_), _) => Article::Edited,
            (Outcome::Redigested(_), _) => Article::Redigested,
            (Outcome::Split { .. }, _) => Article::Split,
            (Outcome::Moved(_), _) => Article::Moved,
            (Outcome::Copied(_), _) => Article::Copied,
            (Outcome::Revived(_), _) => Article::Revived,
            (Outcome::Refused, Record::Refused { kind, .. }) => match kind {
                Refusal::Faulty => Article::Refused,
                Refusal::Draft => Article::LeftOut,
            },
            (Outcome::Unchanged, Record::Found(_)) => Article::Unchanged,
            (Outcome::Ended { moved, withdrawn }, _) => {
                articles.of(Article::Moved).add(moved.len() as u64);
                articles.of(Article::Withdrawn).add(withdrawn.len() as u64);
                return;
            }
            _ => return,
        };
        articles.of(became).count();
        if let Record::Found(found) = record {
            let is_news = matches!(
                became,
                Article::Added | Article::Edited | Article::Split | Article::Revived
            );
            let Arrivals { since, changed } = &mut self.notes.arrivals;
            if is_news && found.stamp.changed > *since && changed.len() < MOST {
                changed.push(found.stamp.changed);
            }
        }
    }

    /// Measures a pass that is over.
    pub(super) fn measure(&mut self, report: &mut Report) {
        self.metrics.documents.add(report.written.len() as u64);
        let now = clock::now();
        if !report.written.is_empty() {
            self.metrics.last_publish.set(now);
        }
        let passes = &self.metrics.passes;
        if report.fault.is_some() {
            // What was not written yet is measured when it is.
            passes.of(Passed::Failed).count();
            return;
        }
        passes.of(Passed::Done).count();
        self.metrics.last_pass.set(now);
        for changed in mem::take(&mut self.notes.arrivals.changed) {
            let took = nanoseconds(now).saturating_sub(changed);
            // The clock may have been set back.
            let took = Duration::from_nanos(took.try_into().unwrap_or_default());
            self.metrics.published.observe(took);
        }
    }
}

fn nanoseconds(at: Timestamp) -> i64 {
    at.as_nanosecond().try_into().unwrap_or(i64::MAX)
}
