//! Dates: which instant does a written date mean?
//!
//! ISO 8601, RFC 3339, RFC 2822, and dates as people write them in the
//! languages of `names.txt`. Nothing is invented: a date without a year is no
//! date, nor is one whose weekday contradicts it. `05/12/2024` is in May for
//! some readers and in December for others; it is a date where the text's
//! language, a weekday or a zone settles which. A date without a time is
//! midnight UTC, and a time without a zone is taken as UTC.

mod clock;
mod day;
mod find;
mod names;
mod scan;

pub use find::{Dates, find, stated};

use clock::{Clock, Zone};
use day::Day;
use jiff::{
    Timestamp,
    civil::{Date, DateTime, Weekday},
    fmt::{rfc2822, temporal::DateTimeParser},
};

/// The longest text that can be a date; "Wednesday, the 25th of September 2024,
/// at 10:00:00 a.m. America/Argentina/..." stays below it, in any script.
const LONGEST: usize = 160;

/// The year 1000. Site generators write the first day of year 1 where they know
/// no date, and feeds ask for four digits.
const EARLIEST: Timestamp = Timestamp::constant(-30_610_224_000, 0);

/// A date as a text states it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stated {
    /// Of what it is the date.
    pub label: Label,
    /// The day, where the text was written.
    pub day: Date,
    /// The instant.
    pub at: Timestamp,
    /// Whether the text told time and zone. If not, `at` is midnight UTC or a
    /// time taken as UTC.
    pub is_exact: bool,
}

/// Of what a text says that it tells the date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Label {
    /// It does not say.
    None,
    /// The article's publication.
    Published,
    /// The article's last change.
    Modified,
    /// The state of what it tells: "Stand: 5. Dezember 2024".
    AsOf,
}

/// Why a text is no date.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum DateError {
    /// It is something else, or there is no such day.
    #[error("it is not a date that can be read")]
    NoDate,
    /// It tells a day and a month alone.
    #[error("it has no year")]
    NoYear,
    /// Its weekday is that of another day.
    #[error("it was not a {stated:?} but a {right:?}")]
    Weekday {
        /// The weekday in the text.
        stated: Weekday,
        /// The weekday of the date.
        right: Weekday,
    },
    /// `05/12/2024`: its day and month can be taken for each other.
    #[error("its day and month can be taken for each other")]
    Order,
}

/// The instant that `text` means when all of it is a date, perhaps with a word
/// before it that says it is of publication.
#[must_use]
pub fn parse(text: &str) -> Option<Timestamp> {
    check(text, "").ok()
}

/// The same for a text in a language that is known, given as a BCP 47 tag or
/// empty: it settles whether the day or the month comes first.
///
/// ```
/// use feedwright::dates::parse_in;
///
/// let in_london = parse_in("05/12/2024", "en-GB").unwrap();
/// assert_eq!(in_london.to_string(), "2024-12-05T00:00:00Z");
/// // Nobody knows which of the two is the day.
/// assert_eq!(parse_in("05/12/2024", ""), None);
/// ```
#[must_use]
pub fn parse_in(text: &str, language: &str) -> Option<Timestamp> {
    check(text, language).ok()
}

/// The instant that all of `text` means, or why it means none.
///
/// # Errors
///
/// When it is no date, or not certain which.
pub fn check(text: &str, language: &str) -> Result<Timestamp, DateError> {
    let text = text.trim();
    if text.is_empty() || text.len() > LONGEST {
        return Err(DateError::NoDate);
    }
    if let Some(instant) = iso(text) {
        return in_bounds(instant);
    }
    let written = find::whole(text, language).and_then(|stated| match stated.label {
        // It may be when the article changed last, which is another date.
        Label::Modified | Label::AsOf => Err(DateError::NoDate),
        Label::None | Label::Published => Ok(stated.at),
    });
    match written {
        // Years of two digits, and comments.
        Err(DateError::NoDate) => match rfc2822::parse(text) {
            Ok(zoned) => in_bounds(zoned.timestamp()),
            Err(_) => Err(DateError::NoDate),
        },
        written => written.and_then(in_bounds),
    }
}

fn in_bounds(instant: Timestamp) -> Result<Timestamp, DateError> {
    if instant >= EARLIEST {
        Ok(instant)
    } else {
        Err(DateError::NoDate)
    }
}

/// ISO 8601 and RFC 3339.
///
/// A year alone or with a month does not parse, since the day is not known.
fn iso(text: &str) -> Option<Timestamp> {
    static PARSER: DateTimeParser = DateTimeParser::new();
    let bytes = text.as_bytes();
    let dashed = bytes.get(4) == Some(&b'-') && bytes.iter().take(4).all(u8::is_ascii_digit);
    if !dashed {
        return None;
    }
    // A trailing Z or offset has to be looked at first: a civil time with a
    // zone behind it would lose the zone.
    PARSER.parse_timestamp(text).ok().or_else(|| {
        let civil = PARSER.parse_datetime(text).ok()?;
        Zone::Fixed(0).instant(civil)
    })
}

/// What was gathered of one date.
#[derive(Debug, Clone, Copy, Default)]
struct Parts {
    day: Option<Day>,
    clock: Option<Clock>,
    /// A weekday, and whether it could be another word.
    weekday: Option<(Weekday, bool)>,
}

impl Parts {
    fn is_zoned(&self) -> bool {
        self.clock.is_some_and(|clock| clock.zone.is_some())
    }

    /// The date that these parts make.
    fn stated(self, label: Label, order: Option<Order>) -> Result<Stated, DateError> {
        let day = self.settled(order)?;
        if let Some((stated, false)) = self.weekday
            && stated != day.weekday()
        {
            let right = day.weekday();
            return Err(DateError::Weekday { stated, right });
        }
        let zone = self.clock.and_then(|clock| clock.zone);
        let civil: DateTime = match self.clock {
            // The day is certain all the same.
            Some(_) if zone == Some(Zone::Unclear) => day.into(),
            Some(clock) => day.to_datetime(clock.time),
            None => day.into(),
        };
        let zone = zone.filter(|zone| *zone != Zone::Unclear);
        let at = zone.unwrap_or(Zone::Fixed(0)).instant(civil);
        Ok(Stated {
            label,
            day,
            at: at.ok_or(DateError::NoDate)?,
            is_exact: zone.is_some(),
        })
    }

    /// The day, where its weekday, its zone or the language's order settles it.
    fn settled(self, order: Option<Order>) -> Result<Date, DateError> {
        let (day_first, month_first) = match self.day.ok_or(DateError::NoDate)? {
            Day::Certain(day) => return Ok(day),
            Day::Either {
                day_first,
                month_first,
            } => (day_first, month_first),
        };
        if let Some((weekday, false)) = self.weekday
            && day_first.weekday() != month_first.weekday()
        {
            return if weekday == month_first.weekday() {
                Ok(month_first)
            } else {
                Ok(day_first)
            };
        }
        let zone = self.clock.and_then(|clock| clock.zone);
        if zone.is_some_and(Zone::is_american) {
            return Ok(month_first);
        }
        match order {
            Some(Order::DayFirst) => Ok(day_first),
            Some(Order::MonthFirst) => Ok(month_first),
            None => Err(DateError::Order),
        }
    }
}

/// What comes first in a date in digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Order {
    DayFirst,
    MonthFirst,
}

impl Order {
    /// How those write who use this language. English is written both ways, so
    /// that it takes a country to tell; East Asians and others put the year
    /// first, and what they mean otherwise is anybody's guess.
    fn of(tag: &str) -> Option<Order> {
        let mut parts = tag.split(['-', '_']);
        let language = parts.next()?.to_ascii_lowercase();
        if !matches!(language.len(), 2..=3) || !language.bytes().all(|b| b.is_ascii_lowercase()) {
            return None;
        }
        let region = parts.find(|part| part.len() == 2);
        match (
            language.as_str(),
            region.map(str::to_ascii_uppercase).as_deref(),
        ) {
            ("en" | "fil", Some("US" | "PH")) => Some(Order::MonthFirst),
            ("en", None | Some("CA"))
            | ("zh" | "ja" | "ko" | "hu" | "lt" | "mn" | "fa" | "und" | "mul", _) => None,
            _ => Some(Order::DayFirst),
        }
    }
}
