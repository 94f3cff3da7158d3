//! What is said about records and errors.

use crate::catalogue::{EntryDecision, Outcome, Record, Refusal, TopicDecision};
use std::{path::Path, time::Duration};

/// An error with its causes. Those that the message tells already, before its
/// remedy, are not said again; a library's number before them tells nobody
/// anything.
#[must_use]
pub fn in_full(error: &anyhow::Error) -> String {
    let mut text = error.to_string();
    for cause in error.chain().skip(1).map(ToString::to_string) {
        let words = cause.rsplit(": ").next().unwrap_or(&cause);
        if !text.contains(words) {
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

/// A time as people say it: its two largest parts.
#[must_use]
pub fn duration(time: Duration) -> String {
    let seconds = time.as_secs();
    let parts = [
        (seconds / 86_400, "d"),
        (seconds / 3_600 % 24, "h"),
        (seconds / 60 % 60, "min"),
        (seconds % 60, "s"),
    ];
    let first = parts.iter().position(|(number, _)| *number > 0);
    // Seconds are of no interest beside hours, nor are minutes beside days.
    let told = first.map_or(&parts[3..], |first| &parts[first..(first + 2).min(4)]);
    let told = told
        .iter()
        .enumerate()
        .filter(|(at, (number, _))| *at == 0 || *number > 0);
    let words: Vec<_> = told
        .map(|(_, (number, unit))| format!("{number} {unit}"))
        .collect();
    words.join(" ")
}

/// A number with commas: 1,234,567.
#[must_use]
pub fn number(number: u64) -> String {
    let digits = number.to_string();
    let mut shown = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            shown.push(',');
        }
        shown.push(digit);
    }
    shown
}

/// So many of something: "1 entry", "2 entries".
#[must_use]
pub fn counted(count: usize, one: &str, many: &str) -> String {
    let what = if count == 1 { one } else { many };
    format!("{} {what}", number(count as u64))
}

/// A title of no more than a line.
pub(super) fn short(title: &str) -> String {
    const LONG: usize = 200;
    let mut chars = title.chars();
    let mut short: String = chars.by_ref().take(LONG).collect();
    if chars.next().is_some() {
        short.push('…');
    }
    short
}

/// Logs what came of a record; in detail mode only, when `quiet`.
pub(super) fn tell(record: &Record, outcome: &Outcome, quiet: bool) {
    let tell = |what: &str, path: &Path, title: &str| {
        let path = named(path);
        if quiet {
            tracing::debug!(path, "{what} {path}: {}", short(title));
        } else {
            tracing::info!(path, "{what} {path}: {}", short(title));
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
            let path = named(path);
            tracing::info!(path, "left out {path}: {reason}");
        }
        (Record::Refused { path, reason, .. }, _) => {
            let path = named(path);
            tracing::warn!(path, "cannot take {path}: {reason}");
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
        (Record::Entries(decision), Outcome::Decided) => {
            let entries = counted(decision.entries().len(), "entry", "entries");
            let what = match decision {
                EntryDecision::Retract { .. } => format!("took {entries} off the feeds"),
                EntryDecision::Restore { .. } => format!("put {entries} into the feeds again"),
            };
            if !quiet {
                tracing::info!("{what}");
            }
        }
        (Record::Entries(_), _) => tracing::warn!(
            "a decision about entries changed nothing: it held already; `feedwright entries` shows \
             which are off the feeds"
        ),
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_and_numbers_as_people_say_them() {
        for (seconds, words) in [
            (0, "0 s"),
            (59, "59 s"),
            (60, "1 min"),
            (61, "1 min 1 s"),
            (7_380, "2 h 3 min"),
            (3_601, "1 h"),
            (90_061, "1 d 1 h"),
            (864_000, "10 d"),
        ] {
            assert_eq!(duration(Duration::from_secs(seconds)), words);
        }
        for (value, words) in [
            (0, "0"),
            (999, "999"),
            (1_000, "1,000"),
            (123_456_789, "123,456,789"),
        ] {
            assert_eq!(number(value), words);
        }
        assert_eq!(short(&"x".repeat(10_000)).chars().count(), 201);
    }
}
