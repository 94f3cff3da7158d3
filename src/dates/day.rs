//! Days: what may be written for a day of the calendar.

use super::{
    clock::{self, Clock},
    names::{Role, is_unspaced},
    scan::Cursor,
};
use jiff::civil::{Date, ISOWeekDate, Weekday};

/// A day as it is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Day {
    /// It can be but one.
    Certain(Date),
    /// `05/12/2024`, which is in May for some readers and in December for
    /// others: the day when the day comes first, and when the month does.
    Either { day_first: Date, month_first: Date },
}

/// A day, and what stands between its parts or is grown together with it.
pub(super) struct Found {
    pub(super) day: Day,
    pub(super) clock: Option<Clock>,
    /// Whether it is eight digits and nothing else, which may be any number.
    pub(super) bare: bool,
}

impl From<Day> for Found {
    fn from(day: Day) -> Self {
        Self {
            day,
            clock: None,
            bare: false,
        }
    }
}

/// Takes the day that comes next.
pub(super) fn day(cursor: &mut Cursor) -> Option<Found> {
    let mut next = *cursor;
    next.skip_space();
    let found = match next.count_digits() {
        0 => month_first(&mut next),
        1 | 2 => {
            let named = attempt(&mut next, day_first);
            named.or_else(|| alone(&mut next, numeric).map(Found::from))
        }
        4 => year_first(&mut next),
        8 => compact(&mut next),
        _ => None,
    }?;
    *cursor = next;
    Some(found)
}

/// Moves the cursor only when something is found.
fn attempt<'t, T>(
    cursor: &mut Cursor<'t>,
    take: impl FnOnce(&mut Cursor<'t>) -> Option<T>,
) -> Option<T> {
    let mut next = *cursor;
    let found = take(&mut next)?;
    *cursor = next;
    Some(found)
}

/// Takes what is in digits, unless it is a part of something longer: an
/// address, a version, a file's name.
fn alone<'t, T>(
    cursor: &mut Cursor<'t>,
    take: impl FnOnce(&mut Cursor<'t>) -> Option<T>,
) -> Option<T> {
    let grown = |c: char| c.is_alphanumeric() && !is_unspaced(c);
    let mut mark = *cursor;
    let before = cursor.before();
    if before.is_some_and(|c| grown(c) || "/=_&%".contains(c)) {
        return None;
    }
    if before.is_some_and(|c| ".-:,".contains(c)) {
        mark.at -= 1;
        if mark.before().is_some_and(|c| c.is_ascii_digit()) {
            return None;
        }
    }
    let found = attempt(cursor, take)?;
    let mut after = *cursor;
    let joint = after.peek();
    after.step();
    let goes_on = match joint {
        Some('/' | '-' | '_' | '=') => after.peek().is_some_and(grown),
        Some('.' | ':') => after.peek().is_some_and(|c| c.is_ascii_digit()),
        // "2024-12-05T16:15", "2024年".
        Some('T' | 't') => !after.peek().is_some_and(|c| c.is_ascii_digit()),
        // "05.12.2024г."
        Some(c) => c.is_ascii_alphanumeric(),
        None => false,
    };
    (!goes_on).then_some(found)
}

/// `5. Dezember 2024`, `the 5th of December, 2024`, `05-Dec-2024`, `1er mai 2024`,
/// `ngày 5 tháng 12 năm 2024`.
fn day_first(cursor: &mut Cursor) -> Option<Found> {
    let day = cursor.number(1..=2)?;
    ordinal(cursor);
    let joint = cursor.glued_mark("-/");
    small(cursor);
    if cursor.exact(&["tháng", "Tháng"]).is_some() {
        let month = cursor.number(1..=2)?;
        cursor.mark(",/");
        cursor.exact(&["năm"]);
        return certain(cursor.number(4..=4)?, month, day);
    }
    let month = month(cursor)?;
    cursor.mark(".");
    cursor.mark(match joint {
        Some(_) => "-/",
        None => ",",
    });
    small(cursor);
    certain(year(cursor)?, month, day)
}

/// `December 5, 2024`, `Dec. 5th 2024`, and C's `Dec  5 16:15:00 2024`.
fn month_first(cursor: &mut Cursor) -> Option<Found> {
    let month = month(cursor)?;
    cursor.mark(".");
    cursor.glued_mark("-/,");
    small(cursor);
    let day = cursor.number(1..=2)?;
    ordinal(cursor);
    cursor.mark(",-/");
    small(cursor);
    if let Some(year) = year(cursor) {
        return certain(year, month, day);
    }
    let clock = clock::clock(cursor, false)?;
    let mut found = certain(year(cursor)?, month, day)?;
    found.clock = Some(clock);
    Some(found)
}

/// `2024-12-05`, `2024/12/05`, `2024. 12. 5.`, `2024年12月5日`, `2024-W49-4`,
/// `2024. december 5.`, `2024 Dec 5`.
fn year_first(cursor: &mut Cursor) -> Option<Found> {
    if let Some(found) = attempt(cursor, |next| alone(next, ordered)) {
        return Some(found);
    }
    let year = cursor.number(4..=4)?;
    if cursor.exact(&["年", "년"]).is_some() {
        let month = cursor.number(1..=2)?;
        cursor.exact(&["月", "월"])?;
        let day = cursor.number(1..=2)?;
        cursor.exact(&["日", "일", "号", "號"])?;
        return certain(year, month, day);
    }
    cursor.mark(".,-");
    let month = month(cursor)?;
    cursor.mark(".-");
    let day = cursor.number(1..=2)?;
    // "2024 December 5:15": a time, not a day.
    if cursor.peek() == Some(':') {
        return None;
    }
    ordinal(cursor);
    certain(year, month, day)
}

fn ordered(cursor: &mut Cursor) -> Option<Found> {
    let year = cursor.number(4..=4)?;
    let joint = match cursor.glued_mark("-/.")? {
        '-' => "-",
        '/' => "/",
        _ => ".",
    };
    if joint == "-" && cursor.exact(&["W"]).is_some() {
        let week = i8::try_from(cursor.glued(2..=2)?).ok()?;
        cursor.glued_mark("-")?;
        let weekday = i8::try_from(cursor.glued(1..=1)?).ok()?;
        let weekday = Weekday::from_monday_one_offset(weekday).ok()?;
        let date = ISOWeekDate::new(year, week, weekday).ok()?.date();
        return Some(Day::Certain(date).into());
    }
    let number = |cursor: &mut Cursor| {
        if joint == "." {
            cursor.number(1..=2)
        } else {
            cursor.glued(1..=2)
        }
    };
    let month = number(cursor)?;
    cursor.glued_mark(joint)?;
    let day = number(cursor)?;
    certain(year, month, day)
}

/// `05.12.2024`, `5. 12. 2024`, `05/12/2024`, `05-12-2024`. What is written with
/// dots has the day first, wherever it can.
fn numeric(cursor: &mut Cursor) -> Option<Day> {
    let first = cursor.number(1..=2)?;
    let joint = cursor.glued_mark("./-")?;
    let (second, year) = if joint == '.' {
        let second = cursor.number(1..=2)?;
        cursor.glued_mark(".")?;
        (second, cursor.number(4..=4)?)
    } else {
        let joint = if joint == '/' { "/" } else { "-" };
        let second = cursor.glued(1..=2)?;
        cursor.glued_mark(joint)?;
        (second, cursor.glued(4..=4)?)
    };
    let day_first = date(year, second, first);
    let month_first = date(year, first, second);
    Some(match (day_first, month_first) {
        (Some(day_first), Some(_)) if joint == '.' => Day::Certain(day_first),
        (Some(day_first), Some(month_first)) if day_first != month_first => Day::Either {
            day_first,
            month_first,
        },
        (one, other) => Day::Certain(one.or(other)?),
    })
}

/// `20241205`, `20241205T101500Z`.
fn compact(cursor: &mut Cursor) -> Option<Found> {
    alone(cursor, |cursor| {
        cursor.skip_space();
        let (year, month, day) = (
            cursor.first_digits(4)?,
            cursor.first_digits(2)?,
            cursor.first_digits(2)?,
        );
        let mut found = certain(year, month, day)?;
        found.bare = true;
        let mut next = *cursor;
        if !next.is_loose() && next.literal(&["t"]).is_some() {
            found.clock = Some(clock::compact(&mut next)?);
            found.bare = false;
            *cursor = next;
        }
        Some(found)
    })
}

fn certain(year: i16, month: impl Into<i16>, day: i16) -> Option<Found> {
    Some(Day::Certain(date(year, month.into(), day)?).into())
}

fn date(year: i16, month: i16, day: i16) -> Option<Date> {
    let small = |number| i8::try_from(number).ok();
    Date::new(year, small(month)?, small(day)?).ok()
}

fn month(cursor: &mut Cursor) -> Option<i8> {
    cursor.word(|meaning| meaning.month)
}

/// A year; "5 May 2024:" is one, "5 May 1015:30" is none.
fn year(cursor: &mut Cursor) -> Option<i16> {
    attempt(cursor, |cursor| {
        let year = cursor.number(4..=4)?;
        let mut after = *cursor;
        let clock = after.glued_mark(":").is_some() && after.glued(2..=2).is_some();
        (!clock).then_some(year)
    })
}

/// What makes an ordinal of the number before: "5th", "5.", "1er", "1º", "5-го".
fn ordinal(cursor: &mut Cursor) {
    if cursor.is_loose() {
        return;
    }
    let marked = cursor.glued_mark(".°").is_some();
    if !marked
        && cursor
            .literal(&["st", "nd", "rd", "th", "er", "e", "º", "ª", "ος"])
            .is_none()
    {
        attempt(cursor, |next| {
            next.glued_mark("-")?;
            next.exact(&["го", "е", "ое"])
        });
    }
}

/// Words that say nothing between a day, a month and a year: "of", "de", "d'".
fn small(cursor: &mut Cursor) {
    let taken = cursor.word(|meaning| matches!(meaning.role, Some(Role::Small)).then_some(()));
    if taken.is_some() {
        cursor.glued_mark("'’");
    }
}
