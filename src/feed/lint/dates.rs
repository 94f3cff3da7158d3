//! Dates as feeds write them, read as strictly as the papers ask. What a
//! lenient reader would make of others is no matter here.

use jiff::{
    Timestamp,
    civil::{Date, DateTime, Time, Weekday},
    tz::Offset,
};

/// What is wrong with a date of RSS.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fault {
    /// It is none.
    NoDate,
    /// Its weekday is another.
    Weekday,
}

/// A date of RSS, and whether its year has two digits.
#[derive(Debug, Clone, Copy)]
pub(super) struct Rfc822 {
    pub(super) at: Timestamp,
    pub(super) is_short: bool,
}

const MONTHS: [&str; 12] = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
];

const DAYS: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

/// Hours that zones with a name are ahead (RFC 822, section 5.1).
const ZONES: [(&str, i8); 11] = [
    ("GMT", 0),
    ("UT", 0),
    ("Z", 0),
    ("EST", -5),
    ("EDT", -4),
    ("CST", -6),
    ("CDT", -5),
    ("MST", -7),
    ("MDT", -6),
    ("PST", -8),
    ("PDT", -7),
];

/// Reads a date of RFC 3339 as RFC 4287 narrows it: in capital letters.
pub(super) fn rfc_3339(given: &str) -> Option<Timestamp> {
    let (date, rest) = given.split_once('T')?;
    let mut parts = date.split('-');
    let year = digits(parts.next()?, 4)?;
    let month = digits(parts.next()?, 2)?;
    let day = digits(parts.next()?, 2)?;
    if parts.next().is_some() {
        return None;
    }
    let zone = rest.find(['Z', '+', '-'])?;
    let (time, zone) = rest.split_at(zone);
    let (time, fraction) = time.split_once('.').unwrap_or((time, "0"));
    let is_fraction = !fraction.is_empty() && fraction.bytes().all(|b| b.is_ascii_digit());
    if time.len() != 8 || !is_fraction {
        return None;
    }
    let offset = if zone == "Z" {
        0
    } else {
        let (sign, hours) = zone.split_at(1);
        let (hours, minutes) = hours.split_once(':')?;
        offset(sign, digits(hours, 2)?, digits(minutes, 2)?)?
    };
    instant(date_of(year, month, day)?, clock(time)?, offset)
}

/// Reads a date of RFC 822 with a year of two or four digits.
pub(super) fn rfc_822(given: &str) -> Result<Rfc822, Fault> {
    let (weekday, rest) = match given.split_once(',') {
        Some((name, rest)) => {
            let day = DAYS.iter().position(|day| *day == name);
            (Some(day.ok_or(Fault::NoDate)?), rest)
        }
        None => (None, given),
    };
    let read = || {
        let mut parts = rest.split_ascii_whitespace();
        let day = parts.next().filter(|day| day.len() <= 2)?;
        let day = digits(day, day.len())?;
        let month = parts.next()?;
        let month = 1 + MONTHS.iter().position(|known| *known == month)?;
        let year = parts.next()?;
        let is_short = year.len() == 2;
        let year = match digits(year, if is_short { 2 } else { 4 })? {
            year @ 0..50 if is_short => year + 2000,
            year if is_short => year + 1900,
            year => year,
        };
        let time = clock(parts.next()?)?;
        let zone = parts.next()?;
        let offset = match ZONES.iter().find(|(name, _)| *name == zone) {
            Some((_, hours)) => i32::from(*hours) * 3600,
            None if zone.len() == 5 && zone.is_ascii() => {
                offset(&zone[..1], digits(&zone[1..3], 2)?, digits(&zone[3..], 2)?)?
            }
            None => return None,
        };
        let date = date_of(year, i16::try_from(month).ok()?, day)?;
        let at = instant(date, time, offset)?;
        parts
            .next()
            .is_none()
            .then_some((date, Rfc822 { at, is_short }))
    };
    let (date, read) = read().ok_or(Fault::NoDate)?;
    let right = usize::try_from(date.weekday().to_monday_zero_offset()).unwrap_or_default();
    if weekday.is_some_and(|stated| stated != right) {
        return Err(Fault::Weekday);
    }
    Ok(read)
}

/// Whether this is what RSS calls a day of the week.
pub(super) fn is_day(name: &str) -> bool {
    let mut days = [Weekday::Monday; 7].into_iter().zip(0..);
    days.any(|(day, ahead)| format!("{:?}", day.wrapping_add(ahead)) == name)
}

/// Exactly so many digits.
fn digits(text: &str, count: usize) -> Option<i16> {
    let is_number = text.len() == count && text.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then(|| text.parse().ok())?
}

fn date_of(year: i16, month: i16, day: i16) -> Option<Date> {
    Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

/// `08:00` or `08:00:00`. A leap second counts as the one before it.
fn clock(text: &str) -> Option<Time> {
    let mut parts = text.split(':');
    let mut next = |most: i16| {
        let part = parts.next().map_or(Some(0), |part| digits(part, 2))?;
        (part <= most).then_some(i8::try_from(part).ok()?)
    };
    let (hour, minute, second) = (next(23)?, next(59)?, next(60)?);
    (text.contains(':') && parts.next().is_none())
        .then(|| Time::new(hour, minute, second.min(59), 0).ok())?
}

fn offset(sign: &str, hours: i16, minutes: i16) -> Option<i32> {
    let seconds = i32::from(hours) * 3600 + i32::from(minutes) * 60;
    match sign {
        _ if hours > 23 || minutes > 59 => None,
        "+" => Some(seconds),
        "-" => Some(-seconds),
        _ => None,
    }
}

fn instant(date: Date, time: Time, offset: i32) -> Option<Timestamp> {
    let offset = Offset::from_seconds(offset).ok()?;
    offset.to_timestamp(DateTime::from_parts(date, time)).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_of_atom_are_read_strictly() {
        for good in [
            "2024-12-05T08:00:00Z",
            "2024-12-05T08:00:00.25Z",
            "2024-02-29T23:59:60+02:00",
            "0001-01-01T00:00:00-00:00",
        ] {
            assert!(rfc_3339(good).is_some(), "{good}");
        }
        for bad in [
            "",
            "2024-12-05",
            "2024-12-05T08:00Z",
            "2024-12-05T08:00:00",
            "2024-12-05t08:00:00z",
            "2024-12-05 08:00:00Z",
            "2023-02-29T08:00:00Z",
            "24-12-05T08:00:00Z",
            "2024-12-05T24:00:00Z",
            "2024-12-05T08:00:00+0200",
            "2024-12-05T08:00:00.Z",
            "2024-12-05T08:00:00Zé",
        ] {
            assert_eq!(rfc_3339(bad), None, "{bad}");
        }
    }

    #[test]
    fn dates_of_rss_are_read_strictly() {
        for good in [
            "Thu, 05 Dec 2024 08:00:00 GMT",
            "Thu, 5 Dec 2024 08:00 +0100",
            "05 Dec 24 08:00:00 EST",
        ] {
            assert!(rfc_822(good).is_ok(), "{good}");
        }
        for bad in [
            "",
            "Thu, 05 Dec 2024 08:00:00",
            "Thu, 05 Dec 2024",
            "Do, 05 Dez 2024 08:00:00 GMT",
            "Thu, 05 December 2024 08:00:00 GMT",
            "2024-12-05T08:00:00Z",
            "Thu, 05 Dec 2024 08:00:00 +01:00",
            "Thu, 05 Dec 2024 08:00:00 GMT+1",
            "Thu, 05 Dec 2024 8:00:00 éé",
        ] {
            assert_eq!(rfc_822(bad).err(), Some(Fault::NoDate), "{bad}");
        }
        let wrong = rfc_822("Fri, 05 Dec 2024 08:00:00 GMT");
        assert_eq!(wrong.err(), Some(Fault::Weekday));
    }

    #[test]
    fn days_have_english_names() {
        assert!(is_day("Monday") && is_day("Sunday"));
        assert!(!is_day("Mon") && !is_day("Montag"));
    }
}
