//! Dates in lines that consist of one: "Published March 3, 2026".

use crate::digest::lang::{self, Phrases};
use jiff::{Timestamp, civil::Date, tz::TimeZone};

/// What a line that consists of a date states.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stated {
    Published(Timestamp),
    Modified(Timestamp),
}

/// The years in which an article can have been published.
const YEARS: std::ops::RangeInclusive<i16> = 1600..=2199;

/// Reads a line that consists of a date, perhaps with a word that says of
/// what, a weekday and a time of day, which is left out: its zone is seldom
/// told.
pub(super) fn stated_date(line: &str) -> Option<Stated> {
    let mut parts = Parts::default();
    for word in words(line) {
        if !word.is_empty() && !parts.take(word) {
            return None;
        }
    }
    let at = parts.date()?.to_zoned(TimeZone::UTC).ok()?.timestamp();
    Some(if parts.changed {
        Stated::Modified(at)
    } else {
        Stated::Published(at)
    })
}

/// Whether a line states a date beside other things, as a byline's does.
pub(super) fn is_dated(line: &str) -> bool {
    line.len() < 100 && found(line).is_some()
}

/// The date among the words of a line.
pub(super) fn found(line: &str) -> Option<Timestamp> {
    let mut parts = Parts::default();
    for word in words(line) {
        parts.take(word);
    }
    let at = parts.date()?.to_zoned(TimeZone::UTC).ok()?;
    Some(at.timestamp())
}

fn words(line: &str) -> impl Iterator<Item = &str> {
    let words = line.split(|c: char| c.is_whitespace() || ",|•·–—()".contains(c));
    words.map(|word| word.trim_matches(|c: char| ":;".contains(c)))
}

/// What was read of a date so far.
#[derive(Debug, Default)]
struct Parts {
    year: Option<i16>,
    month: Option<i8>,
    day: Option<i8>,
    changed: bool,
}

impl Parts {
    /// Takes one word; whether it may stand in a line that consists of a date.
    fn take(&mut self, word: &str) -> bool {
        let folded = word.trim_end_matches('.').to_lowercase();
        let bytes = folded.as_bytes();
        let Some(first) = bytes.first() else {
            return true;
        };
        if first.is_ascii_digit() {
            return self.number(&folded, word.ends_with('.'));
        }
        for language in lang::all() {
            let is = |phrases| language.phrases(phrases).contains(&folded.as_str());
            if let Some(month) = language.month(&folded) {
                let fresh = self.month.is_none();
                self.month = self.month.or(Some(month));
                return fresh;
            }
            if is(Phrases::Changed) {
                self.changed |= self.year.is_none();
                return true;
            }
            if is(Phrases::DateWord) || language.is(&folded, lang::Classes::DAY) {
                return true;
            }
        }
        // "EST", "UTC", "CEST": a time's zone.
        word.len() <= 4
            && word.len() >= 2
            && bytes.iter().all(u8::is_ascii_alphabetic)
            && word.chars().all(char::is_uppercase)
    }

    fn number(&mut self, word: &str, ordinal: bool) -> bool {
        // "2026-03-03" and "2026-03-03T10:00:00Z", "03.03.2026".
        if let Some(Ok(date)) = word.get(..10).map(str::parse::<Date>) {
            return self.whole(date);
        }
        let pieces: Vec<&str> = word.split('.').collect();
        if let [day, month, year] = pieces.as_slice() {
            let date =
                (|| Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok())();
            return date.is_some_and(|date| self.whole(date));
        }
        if word.contains(':') || word.ends_with("am") || word.ends_with("pm") {
            return true;
        }
        let digits = word.trim_end_matches(|c: char| c.is_ascii_alphabetic());
        match digits.parse::<i16>() {
            Ok(year) if digits.len() == 4 && YEARS.contains(&year) => {
                let fresh = self.year.is_none();
                self.year = self.year.or(Some(year));
                fresh
            }
            Ok(day @ 1..=31) if self.day.is_none() && (ordinal || digits.len() <= 2) => {
                self.day = i8::try_from(day).ok();
                true
            }
            _ => false,
        }
    }

    fn whole(&mut self, date: Date) -> bool {
        let fresh = self.year.is_none();
        if fresh {
            self.year = Some(date.year());
            self.month = Some(date.month());
            self.day = Some(date.day());
        }
        fresh
    }

    fn date(&self) -> Option<Date> {
        let year = self.year.filter(|year| YEARS.contains(year))?;
        Date::new(year, self.month?, self.day?).ok()
    }
}
