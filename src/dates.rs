//! Dates: which instant does a written date mean?
//!
//! ISO 8601, RFC 3339, RFC 2822, and dates as English and German texts write
//! them. Nothing is invented: a date without a year is no date, neither is
//! `05/12/2024`, which is in May for some readers and in December for others,
//! nor one whose weekday contradicts it. A date without a time is midnight UTC,
//! and a time without a zone is taken as UTC.
//!
//! Finding a date inside a longer line is left to the caller.

use jiff::{
    Timestamp,
    civil::{Date, DateTime, Time, Weekday},
    fmt::{rfc2822, temporal::DateTimeParser},
    tz::{Offset, TimeZone},
};

/// The longest text that can be a date; "Wednesday, the 25th of September 2024,
/// at 10:00:00 a.m. America/Argentina/..." stays far below it.
const LONGEST: usize = 80;

/// The year 1000. Site generators write the first day of year 1 where they know
/// no date, and feeds ask for four digits.
const EARLIEST: Timestamp = Timestamp::constant(-30_610_224_000, 0);

/// The instant that `text` means when all of it is a date.
#[must_use]
pub fn parse(text: &str) -> Option<Timestamp> {
    let text = text.trim();
    if text.is_empty() || text.len() > LONGEST {
        return None;
    }
    iso(text)
        .or_else(|| rfc2822::parse(text).ok().map(|zoned| zoned.timestamp()))
        .or_else(|| Written::read(text)?.timestamp())
        .filter(|instant| *instant >= EARLIEST)
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
        Zone::UTC.instant(civil)
    })
}

/// What the words of a date stand for, gathered one by one.
#[derive(Default)]
struct Written {
    weekday: Option<Weekday>,
    year: Option<i16>,
    month: Option<i8>,
    day: Option<i8>,
    time: Option<(i8, i8, i8)>,
    afternoon: Option<bool>,
    zone: Option<Zone>,
    /// In which order day (d), month (m) and year (y) came.
    order: String,
}

impl Written {
    /// `None` when a word has no place in a date, or stands twice.
    fn read(text: &str) -> Option<Self> {
        let mut found = Self::default();
        let mut words = text
            .split(|c: char| c.is_whitespace() || c == ',')
            .filter(|word| !word.is_empty())
            .peekable();
        while let Some(word) = words.next() {
            let lower = word.to_lowercase();
            let bare = lower.trim_end_matches('.');
            if FILLERS.contains(&bare) || found.whole_date(bare) || found.clock(bare) {
                continue;
            }
            let next = words.peek().map(|next| next.to_lowercase());
            found.word(bare, next.as_deref())?;
        }
        Some(found)
    }

    /// Takes one word; `next` is the word after it.
    fn word(&mut self, word: &str, next: Option<&str>) -> Option<()> {
        if let Some(weekday) = by_name(WEEKDAYS, word) {
            return put(&mut self.weekday, weekday);
        }
        if let Some(month) = by_name(MONTHS, word) {
            self.order.push('m');
            return put(&mut self.month, month);
        }
        // "Am 5. Dezember": half a day has to follow its hour.
        if word == "am" && self.time.is_none() {
            return Some(());
        }
        if let Some(afternoon) = half_of_day(word) {
            return put(&mut self.afternoon, afternoon);
        }
        if let Some(zone) = Zone::read(word) {
            // A zone without a time says nothing that could be kept.
            return put(&mut self.zone, zone);
        }
        let digits = word.trim_end_matches(|c: char| c.is_ascii_alphabetic());
        let suffix = &word[digits.len()..];
        // "4 p.m." and "4pm" are the only times without minutes.
        let half = half_of_day(suffix).or_else(|| half_of_day(next?.trim_end_matches('.')));
        let number: i16 = digits.parse().ok().filter(|number| *number >= 0)?;
        match (digits.len(), suffix) {
            (1..=2, "" | "am" | "pm") if half.is_some() => {
                if !suffix.is_empty() {
                    put(&mut self.afternoon, half?)?;
                }
                put(&mut self.time, (i8::try_from(number).ok()?, 0, 0))
            }
            (1..=2, "" | "st" | "nd" | "rd" | "th") => {
                self.order.push('d');
                put(&mut self.day, i8::try_from(number).ok()?)
            }
            (4, "") => {
                self.order.push('y');
                put(&mut self.year, number)
            }
            _ => None,
        }
    }

    /// Takes a date in digits whose order is certain: `2024/12/05`,
    /// `05.12.2024` (dots are written day first), `25/12/2024`.
    fn whole_date(&mut self, word: &str) -> bool {
        let Some(mark) = word.chars().find(|c| matches!(c, '/' | '.' | '-')) else {
            return false;
        };
        let parts: Vec<&str> = word.split(mark).collect();
        let [first, second, third] = parts[..] else {
            return false;
        };
        let number = |part: &str| {
            let digits = (1..=4).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit());
            digits.then(|| part.parse::<i16>().ok()).flatten()
        };
        let (Some(a), Some(b), Some(c)) = (number(first), number(second), number(third)) else {
            return false;
        };
        let (year, month, day) = match (first.len(), third.len(), mark) {
            (4, 1..=2, _) => (a, b, c),
            (1..=2, 4, '.') => (c, b, a),
            (1..=2, 4, _) if a == b || a > 12 => (c, b, a),
            (1..=2, 4, _) if b > 12 => (c, a, b),
            _ => return false,
        };
        let (Ok(month), Ok(day)) = (i8::try_from(month), i8::try_from(day)) else {
            return false;
        };
        self.order.push_str("ymd");
        put(&mut self.year, year).is_some()
            && put(&mut self.month, month).is_some()
            && put(&mut self.day, day).is_some()
    }

    /// Takes `4:15`, `16:15:30` and `4:15pm`.
    fn clock(&mut self, word: &str) -> bool {
        let digits = word.trim_end_matches(|c: char| c.is_ascii_alphabetic() || c == '.');
        let suffix = &word[digits.len()..];
        let parts: Vec<&str> = digits.split(':').collect();
        let number = |at: usize| match parts.get(at) {
            None => Some(0),
            Some(part) if part.starts_with('+') || part.len() > 2 => None,
            Some(part) => part.parse::<i8>().ok(),
        };
        let (true, Some(hour), Some(minute), Some(second)) = (
            (2..=3).contains(&parts.len()),
            number(0),
            number(1),
            number(2),
        ) else {
            return false;
        };
        let suffixed = match (half_of_day(suffix), suffix) {
            (Some(half), _) => put(&mut self.afternoon, half).is_some(),
            (None, "") => true,
            (None, "z") => put(&mut self.zone, Zone::UTC).is_some(),
            _ => false,
        };
        suffixed && put(&mut self.time, (hour, minute, second)).is_some()
    }

    fn timestamp(self) -> Option<Timestamp> {
        if !["mdy", "dmy", "ymd"].contains(&self.order.as_str()) {
            return None;
        }
        let date = Date::new(self.year?, self.month?, self.day?).ok()?;
        if self.weekday.is_some_and(|day| day != date.weekday()) {
            return None;
        }
        let Some((hour, minute, second)) = self.time else {
            let stray = self.afternoon.is_some() || self.zone.is_some();
            return (!stray).then(|| Zone::UTC.instant(date.into()))?;
        };
        let hour = match self.afternoon {
            None => hour,
            Some(_) if !(1..=12).contains(&hour) => return None,
            Some(afternoon) => hour % 12 + if afternoon { 12 } else { 0 },
        };
        let time = Time::new(hour, minute, second, 0).ok()?;
        self.zone
            .unwrap_or(Zone::UTC)
            .instant(date.to_datetime(time))
    }
}

/// Sets what is not set yet; `None` when it is said twice.
fn put<T>(place: &mut Option<T>, value: T) -> Option<()> {
    place.is_none().then(|| *place = Some(value))
}

fn half_of_day(word: &str) -> Option<bool> {
    match word {
        "am" | "a.m" | "a.m." => Some(false),
        "pm" | "p.m" | "p.m." => Some(true),
        _ => None,
    }
}

fn by_name<T: Copy>(table: &[(&str, T)], word: &str) -> Option<T> {
    let row = table.iter().find(|(name, _)| *name == word)?;
    Some(row.1)
}

/// A zone as a text names it.
#[derive(Clone, Copy)]
enum Zone {
    /// Minutes east of UTC.
    Fixed(i32),
    /// A POSIX rule, for names that cover summer and winter.
    Rule(&'static str),
}

impl Zone {
    const UTC: Self = Self::Fixed(0);

    fn read(word: &str) -> Option<Self> {
        by_name(ZONES, word).or_else(|| {
            let (sign, digits) = match word.as_bytes().first()? {
                b'+' => (1, &word[1..]),
                b'-' => (-1, &word[1..]),
                _ => return None,
            };
            let digits = digits.replacen(':', "", 1);
            if digits.len() != 4 || !digits.bytes().all(|b| b.is_ascii_digit()) {
                return None;
            }
            let number: i32 = digits.parse().ok()?;
            Some(Self::Fixed(sign * (number / 100 * 60 + number % 100)))
        })
    }

    fn instant(self, civil: DateTime) -> Option<Timestamp> {
        match self {
            Self::Fixed(minutes) => {
                let offset = Offset::from_seconds(minutes * 60).ok()?;
                offset.to_timestamp(civil).ok()
            }
            Self::Rule(rule) => TimeZone::posix(rule).ok()?.to_timestamp(civil).ok(),
        }
    }
}

/// Words that say nothing: "at 4 p.m.", "the 5th of December", "um 16:15 Uhr".
const FILLERS: &[&str] = &[
    "", "at", "on", "of", "the", "um", "uhr", "den", "-", "–", "—", "|", "•", "·",
];

#[rustfmt::skip]
const WEEKDAYS: &[(&str, Weekday)] = &[
    ("monday", Weekday::Monday), ("mon", Weekday::Monday), ("montag", Weekday::Monday),
    ("tuesday", Weekday::Tuesday), ("tue", Weekday::Tuesday), ("tues", Weekday::Tuesday),
    ("dienstag", Weekday::Tuesday),
    ("wednesday", Weekday::Wednesday), ("wed", Weekday::Wednesday),
    ("mittwoch", Weekday::Wednesday),
    ("thursday", Weekday::Thursday), ("thu", Weekday::Thursday), ("thur", Weekday::Thursday),
    ("thurs", Weekday::Thursday), ("donnerstag", Weekday::Thursday),
    ("friday", Weekday::Friday), ("fri", Weekday::Friday), ("freitag", Weekday::Friday),
    ("saturday", Weekday::Saturday), ("sat", Weekday::Saturday),
    ("samstag", Weekday::Saturday), ("sonnabend", Weekday::Saturday),
    ("sunday", Weekday::Sunday), ("sun", Weekday::Sunday), ("sonntag", Weekday::Sunday),
];

#[rustfmt::skip]
const MONTHS: &[(&str, i8)] = &[
    ("january", 1), ("jan", 1), ("januar", 1), ("jänner", 1),
    ("february", 2), ("feb", 2), ("febr", 2), ("februar", 2),
    ("march", 3), ("mar", 3), ("märz", 3), ("mrz", 3),
    ("april", 4), ("apr", 4),
    ("may", 5), ("mai", 5),
    ("june", 6), ("jun", 6), ("juni", 6),
    ("july", 7), ("jul", 7), ("juli", 7),
    ("august", 8), ("aug", 8),
    ("september", 9), ("sep", 9), ("sept", 9),
    ("october", 10), ("oct", 10), ("oktober", 10), ("okt", 10),
    ("november", 11), ("nov", 11),
    ("december", 12), ("dec", 12), ("dezember", 12), ("dez", 12),
];

/// Names that mean one zone to nearly every reader. "IST" (India, Israel,
/// Ireland) and the like are left out: such a date is not understood.
#[rustfmt::skip]
const ZONES: &[(&str, Zone)] = &[
    ("utc", Zone::UTC), ("gmt", Zone::UTC), ("z", Zone::UTC),
    ("est", Zone::Fixed(-300)), ("edt", Zone::Fixed(-240)),
    ("cst", Zone::Fixed(-360)), ("cdt", Zone::Fixed(-300)),
    ("mst", Zone::Fixed(-420)), ("mdt", Zone::Fixed(-360)),
    ("pst", Zone::Fixed(-480)), ("pdt", Zone::Fixed(-420)),
    ("et", Zone::Rule("EST5EDT,M3.2.0,M11.1.0")), ("ct", Zone::Rule("CST6CDT,M3.2.0,M11.1.0")),
    ("mt", Zone::Rule("MST7MDT,M3.2.0,M11.1.0")), ("pt", Zone::Rule("PST8PDT,M3.2.0,M11.1.0")),
    ("bst", Zone::Fixed(60)), ("cet", Zone::Fixed(60)), ("cest", Zone::Fixed(120)),
    ("mez", Zone::Fixed(60)), ("mesz", Zone::Fixed(120)),
];
