//! Finding dates in lines, and of what they say that they are.

use super::{
    DateError, Label, Order, Parts, Stated,
    clock::{self, Clock},
    day,
    names::Role,
    scan::Cursor,
};
use jiff::civil::Weekday;

/// So many words may stand between a label and its date: "Posted by Ada Holm in
/// Harbor News on".
const REACH: usize = 6;

/// The years in which an article can have been published.
const YEARS: std::ops::RangeInclusive<i16> = 1600..=2199;

/// The date that a line states which consists of it, perhaps with a word that
/// says of what it is.
#[must_use]
pub fn stated(line: &str, language: &str) -> Option<Stated> {
    if !may_hold_date(line) {
        return None;
    }
    let stated = whole(line, language).ok()?;
    YEARS.contains(&stated.day.year()).then_some(stated)
}

/// The dates that stand in a line among other things, as a byline's does, in
/// order. Those that are said to be of something else than the article, as a
/// photograph's is, are left out.
#[must_use]
pub fn find<'t>(text: &'t str, language: &'t str) -> Dates<'t> {
    let end = if may_hold_date(text) { text } else { "" };
    Dates {
        cursor: Cursor::new(end, language),
        tag: language,
        label: None,
        far: 0,
    }
}

/// The dates in a line.
pub struct Dates<'t> {
    cursor: Cursor<'t>,
    tag: &'t str,
    /// What the last label said, and how many words have come since.
    label: Option<Role>,
    far: usize,
}

impl Iterator for Dates<'_> {
    type Item = Stated;

    fn next(&mut self) -> Option<Stated> {
        while !self.cursor.is_at_end() {
            let parts = self.parts();
            let label = self.label.filter(|_| self.far <= REACH);
            if parts.day.is_none() {
                continue;
            }
            self.label = None;
            let label = match label {
                Some(Role::Other) => continue,
                Some(Role::Label(label)) => label,
                _ => Label::None,
            };
            let stated = parts.stated(label, Order::of(self.tag));
            if let Ok(stated) = stated
                && YEARS.contains(&stated.day.year())
            {
                return Some(stated);
            }
        }
        None
    }
}

impl Dates<'_> {
    /// Goes on to behind the next date, or behind the next word that is in none.
    fn parts(&mut self) -> Parts {
        let (mut parts, mut announced) = (Parts::default(), false);
        loop {
            let before = self.cursor;
            let Some(item) = item(&mut self.cursor, announced) else {
                return parts;
            };
            announced = matches!(item, Item::At);
            let dated = parts.day.is_some();
            match item {
                Item::Day(found) if !(dated || found.bare && self.label.is_none()) => {
                    parts.day = Some(found.day);
                    parts.clock = found.clock.or(parts.clock);
                }
                // Whatever starts anew is the next date's.
                Item::Day(_) | Item::Label(_) | Item::Elsewhere if dated => {
                    self.cursor = before;
                    return parts;
                }
                Item::Clock(again) if again.zone.is_some() && parts.is_zoned() => {}
                Item::Clock(_) if dated && parts.clock.is_some() => {
                    self.cursor = before;
                    return parts;
                }
                Item::Clock(clock) => parts.clock = Some(clock),
                Item::Weekday(weekday, short) => {
                    if !dated || parts.weekday.is_none() {
                        parts.weekday = Some((weekday, short));
                    }
                }
                Item::Label(label) => self.labeled(Role::Label(label)),
                Item::Elsewhere => self.labeled(Role::Other),
                Item::Small | Item::At => {}
                Item::Day(_) | Item::Other => {
                    if dated {
                        self.cursor = before;
                    } else {
                        self.far += 1;
                    }
                    return parts;
                }
            }
        }
    }

    fn labeled(&mut self, role: Role) {
        // "Mise à jour": "mise" alone is said of publication.
        let both = (self.label, role);
        let published = (
            Some(Role::Label(Label::Modified)),
            Role::Label(Label::Published),
        );
        if both != published || self.far > 0 {
            self.label = Some(role);
        }
        self.far = 0;
    }
}

/// The date that all of a text is.
pub(super) fn whole(text: &str, language: &str) -> Result<Stated, DateError> {
    let mut cursor = Cursor::new(text, language);
    let (mut parts, mut label, mut announced) = (Parts::default(), Label::None, false);
    let mut sound = true;
    while let Some(item) = item(&mut cursor, announced) {
        announced = matches!(item, Item::At);
        match item {
            Item::Day(found) => {
                sound &= put(&mut parts.day, found.day);
                if let Some(clock) = found.clock {
                    sound &= put(&mut parts.clock, clock);
                }
            }
            // "4:05 p.m. PT (7:05 p.m. ET)": the same time again.
            Item::Clock(again) if again.zone.is_some() && parts.is_zoned() => {}
            Item::Clock(clock) => sound &= put(&mut parts.clock, clock),
            Item::Weekday(weekday, short) => sound &= put(&mut parts.weekday, (weekday, short)),
            // Behind the date it is the next one's.
            Item::Label(_) if parts.day.is_some() => sound = false,
            Item::Label(found) if label != Label::Modified => label = found,
            Item::Label(_) | Item::Small | Item::At => {}
            Item::Elsewhere | Item::Other => sound = false,
        }
    }
    if sound && parts.day.is_some() {
        return parts.stated(label, Order::of(language));
    }
    Err(if is_without_year(text, language) {
        DateError::NoYear
    } else {
        DateError::NoDate
    })
}

fn put<T>(place: &mut Option<T>, value: T) -> bool {
    let free = place.is_none();
    *place = Some(value);
    free
}

/// Whether a text names a month and a day, but no year.
fn is_without_year(text: &str, language: &str) -> bool {
    let mut cursor = Cursor::new(text, language);
    let (mut months, mut days, mut years) = (0, 0, 0);
    while !cursor.is_at_end() {
        if cursor.word(|meaning| meaning.month).is_some() {
            months += 1;
        } else if cursor.number(1..=2).is_some() {
            days += 1;
        } else if cursor.number(3..=9).is_some() {
            years += 1;
        } else if cursor.letters().is_none() {
            cursor.skip_space();
            // Digits that are no number of these are passed over at once.
            match cursor.count_digits() {
                0 => cursor.step(),
                digits => cursor.at += digits,
            }
        }
    }
    (months, days, years) == (1, 1, 0)
}

/// What can stand in a line with a date.
enum Item {
    Day(day::Found),
    Clock(Clock),
    Weekday(Weekday, bool),
    Label(Label),
    /// The date is not the article's.
    Elsewhere,
    Small,
    At,
    Other,
}

/// Takes what comes next; `None` at the end.
fn item(cursor: &mut Cursor, announced: bool) -> Option<Item> {
    if cursor.is_at_end() {
        return None;
    }
    cursor.skip_space();
    if let Some(found) = day::day(cursor) {
        return Some(Item::Day(found));
    }
    if let Some(clock) = clock::clock(cursor, announced) {
        return Some(Item::Clock(clock));
    }
    let known = cursor.word(|meaning| {
        Some(match (meaning.weekday, meaning.role) {
            (Some(weekday), _) => Item::Weekday(weekday, meaning.short),
            (None, Some(Role::Label(label))) => Item::Label(label),
            (None, Some(Role::Other)) => Item::Elsewhere,
            (None, Some(Role::Small)) => Item::Small,
            (None, Some(Role::At)) => Item::At,
            (None, None) => Item::Other,
        })
    });
    if let Some(item) = known {
        if matches!(item, Item::At) {
            // "kl. 16.15".
            cursor.glued_mark(".");
        }
        return Some(item);
    }
    if let Some(weekday) = bracketed_weekday(cursor) {
        return Some(Item::Weekday(weekday, false));
    }
    if cursor.count_digits() > 0 {
        cursor.at += cursor.count_digits();
        return Some(Item::Other);
    }
    let mark = cursor.peek()?;
    cursor.step();
    Some(if MARKS.contains(mark) {
        Item::Small
    } else {
        Item::Other
    })
}

/// Takes `（木）`, `(목)`, where one letter is enough.
fn bracketed_weekday(cursor: &mut Cursor) -> Option<Weekday> {
    let mut next = *cursor;
    next.mark("(（")?;
    let at = next.exact(&[
        "月", "火", "水", "木", "金", "土", "日", "월", "화", "수", "목", "금", "토", "일",
    ])?;
    next.mark(")）")?;
    *cursor = next;
    Weekday::from_monday_zero_offset(i8::try_from(at % 7).ok()?).ok()
}

/// What may stand around a date without saying anything.
const MARKS: &str = ",.:;|/•·–—-―()[]@（）：，。・、\u{200e}\u{200f}";

/// Whether there are four digits in a row, as in any year; it costs a glance.
fn may_hold_date(text: &str) -> bool {
    let mut run = 0;
    text.bytes().any(|byte| {
        run = if byte.is_ascii_digit() { run + 1 } else { 0 };
        run == 4
    })
}
