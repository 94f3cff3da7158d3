//! Times of day, and the zones that they are told in.

use super::scan::Cursor;
use jiff::{
    Timestamp,
    civil::{DateTime, Time},
    tz::{Offset, TimeZone},
};

/// A time of day as it is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Clock {
    pub(super) time: Time,
    pub(super) zone: Option<Zone>,
}

/// A zone as a text names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Zone {
    /// Minutes east of UTC.
    Fixed(i32),
    /// The same, in North America.
    American(i32),
    /// A POSIX rule, for North American names that cover summer and winter.
    Rule(&'static str),
    /// A name that several zones share.
    Unclear,
}

/// Which half of the day.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Half {
    Morning,
    Afternoon,
}

/// Takes the time that comes next. One with a dot, `16.15`, has to be announced
/// by a word before or told by one after it.
pub(super) fn clock(cursor: &mut Cursor, announced: bool) -> Option<Clock> {
    let mut next = *cursor;
    let time = by_name(&mut next).or_else(|| in_digits(&mut next, announced));
    let (time, zone) = match time {
        Some(time) => (time, zone(&mut next)),
        None => military(&mut next)?,
    };
    *cursor = next;
    Some(Clock { time, zone })
}

/// The time of `20241205T101500Z`, behind its T.
pub(super) fn compact(cursor: &mut Cursor) -> Option<Clock> {
    let digits = cursor.count_digits();
    let mut pair = |there: bool| {
        if there {
            cursor.first_digits(2)
        } else {
            Some(0)
        }
    };
    let parts = (pair(true)?, pair(digits >= 4)?, pair(digits >= 6)?);
    let time = time(parts.0, parts.1, parts.2, None)?;
    fraction(cursor);
    Some(Clock {
        time,
        zone: zone(cursor),
    })
}

/// `1615 GMT`: four digits, and a zone that tells that they are a time.
fn military(cursor: &mut Cursor) -> Option<(Time, Option<Zone>)> {
    let number = cursor.number(4..=4)?;
    let time = time(number / 100, number % 100, 0, None)?;
    if !cursor.is_loose() || offset(&mut { *cursor }, false).is_some() {
        return None;
    }
    let zone = zone(cursor)?;
    Some((time, Some(zone)))
}

/// `noon`, `12 midnight`.
fn by_name(cursor: &mut Cursor) -> Option<Time> {
    let mut next = *cursor;
    let twelve = next.number(2..=2);
    if twelve.is_some_and(|number| number != 12) {
        return None;
    }
    let noon = next.literal(&["noon", "midday", "midi", "mediodía", "mezzogiorno"]);
    if noon.is_none() {
        next.literal(&["midnight", "minuit", "medianoche", "mezzanotte"])?;
    }
    *cursor = next;
    Time::new(if noon.is_some() { 12 } else { 0 }, 0, 0, 0).ok()
}

fn in_digits(cursor: &mut Cursor, announced: bool) -> Option<Time> {
    // "午後4時15分", "오후 4:15".
    let before = cursor.exact(&["午前", "上午", "오전", "午後", "下午", "오후"]);
    let before = before.map(|at| {
        if at < 3 {
            Half::Morning
        } else {
            Half::Afternoon
        }
    });
    let hour = cursor.number(1..=2)?;
    if cursor.glued_mark(":").is_some() {
        let minute = cursor.glued(2..=2)?;
        let mut second = 0;
        if cursor.glued_mark(":").is_some() {
            second = cursor.glued(2..=2)?;
            fraction(cursor);
        }
        let half = before.or_else(|| half(cursor, hour));
        told(cursor);
        return time(hour, minute, second, half);
    }
    let mut dotted = *cursor;
    if dotted.glued_mark(".").is_some()
        && let Some(minute) = dotted.glued(2..=2)
    {
        let half = half(&mut dotted, hour);
        // "16.15.2024" is no time.
        let grown = dotted.peek() == Some('.') && half.is_none();
        let zoned = zone(&mut { dotted }).is_some();
        if told(&mut dotted) || half.is_some() || (announced || zoned) && !grown {
            *cursor = dotted;
            return time(hour, minute, 0, half);
        }
        return None;
    }
    if let Some(half) = half(cursor, hour) {
        return time(hour, 0, 0, Some(half));
    }
    if told(cursor) {
        let mut minutes = *cursor;
        // "16h 15 décembre" tells a day.
        let minute = minutes.number(2..=2).filter(|minute| {
            minutes.exact(&["分", "분", "min", "mn"]);
            let mut after = minutes;
            *minute < 60 && after.word(|meaning| meaning.month).is_none()
        });
        if minute.is_some() {
            *cursor = minutes;
        }
        return time(hour, minute.unwrap_or(0), 0, before);
    }
    None
}

/// Takes a word behind a number that makes a time of it: `16 Uhr`, `16h`.
fn told(cursor: &mut Cursor) -> bool {
    cursor
        .literal(&["h", "uhr", "uur", "u", "hrs", "hours", "heures", "horas"])
        .or_else(|| {
            cursor
                .exact(&["o'clock", "o’clock", "時", "时", "點", "点", "시"])
                .map(|_| ())
        })
        .is_some()
}

/// Takes `a.m.`, `PM`, `p. m.`.
fn half(cursor: &mut Cursor, hour: i16) -> Option<Half> {
    let mut next = *cursor;
    let half = if next.literal(&["am"]).is_some() {
        Half::Morning
    } else if next.literal(&["pm"]).is_some() {
        Half::Afternoon
    } else {
        let morning = next.literal(&["a"]).is_some();
        if !morning {
            next.literal(&["p"])?;
        }
        next.mark(".");
        next.literal(&["m"])?;
        if morning {
            Half::Morning
        } else {
            Half::Afternoon
        }
    };
    // "16:15 am 5. Dezember" is German.
    if half == Half::Morning && hour > 12 {
        return None;
    }
    next.glued_mark(".");
    *cursor = next;
    Some(half)
}

fn fraction(cursor: &mut Cursor) {
    let mut next = *cursor;
    if next.glued_mark(".,").is_some() && !next.is_loose() {
        let digits = next.count_digits();
        if digits > 0 {
            next.at += digits;
            *cursor = next;
        }
    }
}

fn time(hour: i16, minute: i16, second: i16, half: Option<Half>) -> Option<Time> {
    let hour = match half {
        None => hour,
        Some(_) if !(1..=12).contains(&hour) => return None,
        Some(Half::Morning) => hour % 12,
        Some(Half::Afternoon) => hour % 12 + 12,
    };
    let small = |number| i8::try_from(number).ok();
    Time::new(small(hour)?, small(minute)?, small(second)?, 0).ok()
}

/// Takes the zone behind a time: `Z`, `EST`, `(CET)`, `+0100`, `GMT+1`,
/// `Eastern Time`.
fn zone(cursor: &mut Cursor) -> Option<Zone> {
    let mut next = *cursor;
    if let Some(minutes) = offset(&mut next, false) {
        *cursor = next;
        return Some(Zone::Fixed(minutes));
    }
    next.mark(",");
    let bracket = next.mark("(").is_some();
    let name = next.letters()?;
    let row = ZONES
        .iter()
        .find(|(known, _)| known.eq_ignore_ascii_case(name));
    let mut zone = row?.1;
    if zone == Zone::Fixed(0)
        && let Some(minutes) = offset(&mut next, true)
    {
        zone = Zone::Fixed(minutes);
    }
    // "Eastern Standard Time".
    if name.chars().count() > 4 {
        next.literal(&["standard", "daylight"]);
        next.literal(&["time"])?;
    }
    if bracket {
        next.mark(")");
    }
    *cursor = next;
    Some(zone)
}

/// Takes `+01:00`, `-0500`, and behind a name `+1`; in minutes.
fn offset(cursor: &mut Cursor, named: bool) -> Option<i32> {
    let mut next = *cursor;
    let spaced = next.is_loose();
    let behind_seconds = next.is_behind(":00:00");
    let sign = next.mark("+-−")?;
    let digits = if next.is_loose() {
        0
    } else {
        next.count_digits()
    };
    let (hours, minutes) = match digits {
        4 => (next.first_digits(2)?, next.first_digits(2)?),
        1 | 2 if named || digits == 2 => {
            let hours = next.glued(1..=2)?;
            let minutes = match next.glued_mark(":") {
                Some(_) => next.glued(2..=2)?,
                None if named || !spaced && sign == '+' => 0,
                None => return None,
            };
            (hours, minutes)
        }
        _ => return None,
    };
    // "08:00-09:00" is from eight to nine.
    if sign == '-' && !spaced && !named && !behind_seconds {
        return None;
    }
    if hours > 14 || !matches!(minutes, 0 | 30 | 45) {
        return None;
    }
    *cursor = next;
    let total = i32::from(hours) * 60 + i32::from(minutes);
    Some(if sign == '+' { total } else { -total })
}

impl Zone {
    /// The instant of this time in the zone. `None` where the zone is not known.
    pub(super) fn instant(self, civil: DateTime) -> Option<Timestamp> {
        match self {
            Self::Fixed(minutes) | Self::American(minutes) => {
                let offset = Offset::from_seconds(minutes * 60).ok()?;
                offset.to_timestamp(civil).ok()
            }
            Self::Rule(rule) => TimeZone::posix(rule).ok()?.to_timestamp(civil).ok(),
            Self::Unclear => None,
        }
    }

    pub(super) fn is_american(self) -> bool {
        matches!(self, Self::American(_) | Self::Rule(_))
    }
}

const EASTERN: Zone = Zone::Rule("EST5EDT,M3.2.0,M11.1.0");
const CENTRAL: Zone = Zone::Rule("CST6CDT,M3.2.0,M11.1.0");
const MOUNTAIN: Zone = Zone::Rule("MST7MDT,M3.2.0,M11.1.0");
const PACIFIC: Zone = Zone::Rule("PST8PDT,M3.2.0,M11.1.0");

/// Names that mean one zone to nearly every reader, and some that do not:
/// "IST" is in India, Israel and Ireland.
#[rustfmt::skip]
const ZONES: &[(&str, Zone)] = &[
    ("z", Zone::Fixed(0)), ("utc", Zone::Fixed(0)), ("gmt", Zone::Fixed(0)),
    ("est", Zone::American(-300)), ("edt", Zone::American(-240)),
    ("cst", Zone::American(-360)), ("cdt", Zone::American(-300)),
    ("mst", Zone::American(-420)), ("mdt", Zone::American(-360)),
    ("pst", Zone::American(-480)), ("pdt", Zone::American(-420)),
    ("akst", Zone::American(-540)), ("akdt", Zone::American(-480)),
    ("hst", Zone::American(-600)),
    ("et", EASTERN), ("ct", CENTRAL), ("mt", MOUNTAIN), ("pt", PACIFIC),
    ("eastern", EASTERN), ("central", CENTRAL), ("mountain", MOUNTAIN), ("pacific", PACIFIC),
    ("bst", Zone::Fixed(60)), ("wet", Zone::Fixed(0)), ("west", Zone::Fixed(60)),
    ("cet", Zone::Fixed(60)), ("cest", Zone::Fixed(120)),
    ("mez", Zone::Fixed(60)), ("mesz", Zone::Fixed(120)),
    ("eet", Zone::Fixed(120)), ("eest", Zone::Fixed(180)),
    ("msk", Zone::Fixed(180)), ("мск", Zone::Fixed(180)), ("МСК", Zone::Fixed(180)),
    ("trt", Zone::Fixed(180)),
    ("sast", Zone::Fixed(120)), ("pkt", Zone::Fixed(300)), ("wib", Zone::Fixed(420)),
    ("hkt", Zone::Fixed(480)), ("sgt", Zone::Fixed(480)),
    ("jst", Zone::Fixed(540)), ("kst", Zone::Fixed(540)),
    ("aest", Zone::Fixed(600)), ("aedt", Zone::Fixed(660)),
    ("acst", Zone::Fixed(570)), ("acdt", Zone::Fixed(630)), ("awst", Zone::Fixed(480)),
    ("nzst", Zone::Fixed(720)), ("nzdt", Zone::Fixed(780)),
    ("ist", Zone::Unclear), ("ast", Zone::Unclear), ("amt", Zone::Unclear),
    ("gst", Zone::Unclear), ("sst", Zone::Unclear), ("brt", Zone::Fixed(-180)),
];
