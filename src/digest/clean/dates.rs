//! Dates in lines beside a story: "Published March 3, 2026".

use crate::dates::{self, Label};
use jiff::Timestamp;

/// What a line that consists of a date states.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stated {
    Published(Timestamp),
    Modified(Timestamp),
}

/// Reads a line that consists of a date, perhaps with a word that says of
/// what, a weekday and a time of day.
pub(super) fn stated_date(line: &str) -> Option<Stated> {
    let stated = dates::stated(line, "")?;
    let at = instant(stated);
    Some(match stated.label {
        // "Stand: 5. Dezember 2024" is mostly the only date of its page.
        Label::None | Label::Published | Label::AsOf => Stated::Published(at),
        Label::Modified => Stated::Modified(at),
    })
}

/// Whether a line states a date beside other things, as a byline's does.
pub(super) fn is_dated(line: &str) -> bool {
    line.len() < 100 && found(line).is_some()
}

/// The date among the words of a line.
pub(super) fn found(line: &str) -> Option<Timestamp> {
    dates::find(line, "").next().map(instant)
}

/// The instant where the line tells the zone, or the day: a time that is taken
/// as UTC could lie ahead.
fn instant(stated: dates::Stated) -> Timestamp {
    if stated.is_exact {
        return stated.at;
    }
    let midnight = stated.day.to_zoned(jiff::tz::TimeZone::UTC);
    midnight.map_or(stated.at, |midnight| midnight.timestamp())
}
