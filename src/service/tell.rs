//! What is said about records and errors.

use crate::catalogue::{Outcome, Record, Refusal, TopicDecision};
use std::path::Path;

/// An error with its causes. Those that the message tells already, before its
/// remedy, are not said again.
#[must_use]
pub fn in_full(error: &anyhow::Error) -> String {
    let mut text = error.to_string();
    for cause in error.chain().skip(1).map(ToString::to_string) {
        if !text.contains(&cause) {
            text.push_str(": ");
            text.push_str(&cause);
        }
    }
    text
}

/// A path as it is shown: one line, whatever its name holds, and nothing that a
/// terminal would obey.
#[must_use]
pub fn named(path: &Path) -> String {
    let mut shown = String::new();
    for c in path.display().to_string().chars() {
        if c.is_control() {
            shown.extend(c.escape_default());
        } else {
            shown.push(c);
        }
    }
    shown
}

/// Logs what came of a record; in detail mode only, when `quiet`.
pub(super) fn tell(record: &Record, outcome: &Outcome, quiet: bool) {
    let tell = |what: &str, path: &Path, title: &str| {
        if quiet {
            tracing::debug!("{what} {}: {title}", named(path));
        } else {
            tracing::info!("{what} {}: {title}", named(path));
        }
    };
    match (record, outcome) {
        (Record::Found(found), outcome) => {
            let what = match outcome {
                Outcome::Added(_) => "added",
                Outcome::Edited(_) | Outcome::Split { .. } => "changed",
                Outcome::Moved(_) => "moved to",
                Outcome::Copied(_) => "same article at",
                Outcome::Revived(_) => "back again:",
                _ => return,
            };
            tell(what, &found.path, &found.digest.title);
        }
        (
            Record::Refused {
                path,
                reason,
                kind: Refusal::Draft,
                ..
            },
            _,
        ) => {
            tracing::info!("left out {}: {reason}", named(path));
        }
        (Record::Refused { path, reason, .. }, _) => {
            tracing::warn!("cannot take {}: {reason}", named(path));
        }
        (Record::Topics(decision), Outcome::Decided) => {
            let what = match decision {
                TopicDecision::Rename { label, .. } => format!("renamed a topic to {label}"),
                TopicDecision::Merge { from, .. } if from.len() > 1 => {
                    format!("merged {} topics into another", from.len())
                }
                TopicDecision::Merge { .. } => "merged a topic into another".to_owned(),
                TopicDecision::Ban { .. } => "banned a topic".to_owned(),
                TopicDecision::Allow { .. } => "allowed a topic again".to_owned(),
            };
            if !quiet {
                tracing::info!("{what}");
            }
        }
        (Record::Topics(_), _) => tracing::warn!(
            "a decision about topics changed nothing: it held already, or another topic has that \
             label; `feedwright topics` shows what there is"
        ),
        (_, Outcome::Ended { withdrawn, .. }) if !withdrawn.is_empty() => {
            let entries = if withdrawn.len() == 1 {
                "entry"
            } else {
                "entries"
            };
            tracing::info!("withdrew {} {entries}", withdrawn.len());
        }
        _ => {}
    }
}
