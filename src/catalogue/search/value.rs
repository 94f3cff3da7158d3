//! The fields of a query and what may stand behind each.

use super::{Place, QueryError, Term, fault, folded, words};
use jiff::{SignedDuration, civil::Date};
use std::ops::Range;

/// What stands behind a field or alone.
#[derive(Debug, Clone)]
pub(super) struct Value<'q> {
    /// Without quotation marks and star.
    pub(super) text: &'q str,
    /// Where the text stands.
    pub(super) span: Range<usize>,
    /// Where a star stands behind it, if one does.
    pub(super) star: Option<usize>,
}

/// What a field asks for.
#[derive(Clone, Copy)]
pub(super) enum Field {
    Words(Place),
    Folder,
    Language,
    Date,
    After,
    Before,
}

/// Every field.
const FIELDS: &[(&str, Field)] = &[
    ("title", Field::Words(Place::Title)),
    ("text", Field::Words(Place::Text)),
    ("topic", Field::Words(Place::Topics)),
    ("speaker", Field::Words(Place::Speakers)),
    ("folder", Field::Folder),
    ("language", Field::Language),
    ("date", Field::Date),
    ("after", Field::After),
    ("before", Field::Before),
];

/// What other programs call them.
const ALIASES: &[(&str, &str)] = &[
    ("body", "text"),
    ("content", "text"),
    ("fulltext", "text"),
    ("headline", "title"),
    ("subject", "title"),
    ("category", "topic"),
    ("keyword", "topic"),
    ("tag", "topic"),
    ("quote", "speaker"),
    ("said", "speaker"),
    ("path", "folder"),
    ("directory", "folder"),
    ("lang", "language"),
    ("published", "date"),
    ("since", "after"),
    ("until", "before"),
];

/// The field of this name.
pub(super) fn field(name: &str, span: &Range<usize>) -> Result<Field, QueryError> {
    let known = |(known, _): &&(&str, Field)| name.eq_ignore_ascii_case(known);
    if let Some((_, field)) = FIELDS.iter().find(known) {
        return Ok(*field);
    }
    let help = meant(&name.to_lowercase()).map_or_else(
        || {
            let all = FIELDS.iter().map(|(name, _)| format!("`{name}:`"));
            let all = all.collect::<Vec<_>>().join(", ");
            format!("the fields are {all}; put text with a colon in quotation marks")
        },
        |near| format!("did you mean `{near}:`?"),
    );
    let what = format!("there is no field `{name}`");
    Err(fault(span.clone(), what, help))
}

fn meant(name: &str) -> Option<&'static str> {
    /// `speker` for `speaker` is at .97, `topics` for `topic` at .97; `http` is
    /// below .6 to all.
    const ALIKE: f64 = 0.8;
    if let Some((_, field)) = ALIASES.iter().find(|(alias, _)| *alias == name) {
        return Some(field);
    }
    let alike = |field: &str| strsim::jaro_winkler(name, field);
    let fields = FIELDS.iter().map(|(field, _)| *field);
    let nearest = fields.max_by(|a, b| alike(a).total_cmp(&alike(b)))?;
    (alike(nearest) >= ALIKE).then_some(nearest)
}

impl Field {
    /// What may stand behind it.
    pub(super) fn example(self) -> &'static str {
        match self {
            Self::Words(_) => "word",
            Self::Folder => "politics",
            Self::Language => "de",
            Self::Date | Self::After | Self::Before => "2026-03",
        }
    }
}

/// What a value means; behind a field, if there is one.
pub(super) fn term(field: Option<Field>, value: &Value<'_>) -> Result<Term, QueryError> {
    match field {
        None => phrase(None, value),
        Some(Field::Words(place)) => phrase(Some(place), value),
        Some(Field::Folder) => folder(value),
        Some(Field::Language) => starless(value).and_then(|()| language(value)),
        Some(Field::Date) => starless(value).and_then(|()| dates(value)),
        Some(Field::After) => {
            let period = starless(value).and_then(|()| period(value, 0..value.text.len()))?;
            Ok(Term::Published(period.end..i64::MAX))
        }
        Some(Field::Before) => {
            let period = starless(value).and_then(|()| period(value, 0..value.text.len()))?;
            Ok(Term::Published(i64::MIN..period.start))
        }
    }
}

fn phrase(place: Option<Place>, value: &Value<'_>) -> Result<Term, QueryError> {
    let words = words(value.text);
    if words.is_empty() {
        let help = match value.text {
            "&" | "&&" => "write AND for it, or leave it out",
            "|" | "||" => "write OR for it",
            "!" => "write NOT for it, or a minus directly before the word",
            _ => "punctuation does not count; write a word to look for",
        };
        let what = "there is no letter or digit in it";
        return Err(fault(value.span.clone(), what, help));
    }
    Ok(Term::Words {
        place,
        words,
        open: value.star.is_some(),
    })
}

/// Only words and folders may go on.
fn starless(value: &Value<'_>) -> Result<(), QueryError> {
    let Some(star) = value.star else {
        return Ok(());
    };
    let what = "a star has no meaning here";
    Err(fault(star..star + 1, what, "leave it out"))
}

fn folder(value: &Value<'_>) -> Result<Term, QueryError> {
    let path = path(value.text);
    let path = path.trim_start_matches('/');
    if path.trim_matches('/').is_empty() {
        let what = "no folder is named here";
        let help = "write a subfolder of the watch folder, such as `folder:politics`";
        return Err(fault(value.span.clone(), what, help));
    }
    let open = value.star.is_some();
    Ok(Term::Folder {
        // `politics/*` does not mean what lies beside `politics`.
        path: if open {
            path
        } else {
            path.trim_end_matches('/')
        }
        .to_owned(),
        open,
    })
}

/// A folder's path in the form that paths are compared in: it is on one line.
pub(super) fn path(path: &str) -> String {
    folded(path).replace(['\n', '\0'], " ")
}

fn language(value: &Value<'_>) -> Result<Term, QueryError> {
    tag(value.text, value.span.clone()).map(Term::Language)
}

/// A language tag in the form that tags are compared in.
pub(super) fn language_tag(text: &str) -> Result<String, QueryError> {
    tag(text, 0..text.len())
}

fn tag(text: &str, span: Range<usize>) -> Result<String, QueryError> {
    let tag = text.to_ascii_lowercase().replace('_', "-");
    let mut parts = tag.split('-');
    // Longer first parts are reserved or registered, and nobody has them.
    let is_tag = parts.next().is_some_and(|first| {
        (2..=3).contains(&first.len()) && first.bytes().all(|c| c.is_ascii_lowercase())
    }) && parts.all(|part| {
        (1..=8).contains(&part.len()) && part.bytes().all(|c| c.is_ascii_alphanumeric())
    });
    if is_tag {
        return Ok(tag);
    }
    let what = match text {
        "" => "no language is named here".to_owned(),
        text => format!("`{text}` is no language tag"),
    };
    let help = "write one such as `de`, or `de-AT` for that of a country";
    Err(fault(span, what, help))
}

fn dates(value: &Value<'_>) -> Result<Term, QueryError> {
    let text = value.text;
    let published = |range| Ok(Term::Published(range));
    if let Some(dots) = text.find("..") {
        // Some write three.
        let second = dots + 2 + usize::from(text[dots + 2..].starts_with('.'));
        let mut range = i64::MIN..i64::MAX;
        if dots > 0 {
            range.start = period(value, 0..dots)?.start;
        }
        if second < text.len() {
            range.end = period(value, second..text.len())?.end;
        }
        if dots == 0 && second == text.len() {
            let what = "there is no date at either end";
            return Err(fault(value.span.clone(), what, DATE));
        }
        if range.is_empty() {
            let what = "it ends before it begins";
            return Err(fault(
                value.span.clone(),
                what,
                "put the earlier date first",
            ));
        }
        return published(range);
    }
    for (sign, take) in RELATIONS {
        if let Some(date) = text.strip_prefix(sign) {
            let before = text.len() - date.trim_start().len();
            return published(take(period(value, before..text.len())?));
        }
    }
    published(period(value, 0..text.len())?)
}

/// What a sign before a date makes of its time.
type Relation = fn(Range<i64>) -> Range<i64>;

const RELATIONS: [(&str, Relation); 5] = [
    (">=", |date| date.start..i64::MAX),
    ("<=", |date| i64::MIN..date.end),
    (">", |date| date.end..i64::MAX),
    ("<", |date| i64::MIN..date.start),
    ("=", |date| date),
];

const DATE: &str = "write a day, month or year: `2026-03-01`, `2026-03` or `2026`";

/// The time of a year, month or day, which is a part of the value.
fn period(value: &Value<'_>, part: Range<usize>) -> Result<Range<i64>, QueryError> {
    let text = &value.text[part.clone()];
    let span = if part.is_empty() {
        value.span.clone()
    } else {
        value.span.start + part.start..value.span.start + part.end
    };
    let is_written = text.split('-').enumerate().all(|(at, digits)| {
        at < 3
            && digits.len() == [4, 2, 2][at]
            && digits.bytes().all(|digit| digit.is_ascii_digit())
    });
    if !is_written {
        let what = if text.is_empty() {
            "a date is missing".to_owned()
        } else {
            format!("`{text}` is no date")
        };
        return Err(fault(span, what, DATE));
    }
    let numbers: Vec<i16> = text.split('-').flat_map(str::parse).collect();
    let at = |at: usize| numbers.get(at).copied();
    let date = |year, month, day| {
        let small = |number: i16| i8::try_from(number).expect("two digits fit");
        Date::new(year, small(month), small(day)).ok()
    };
    let (year, month, day) = (numbers[0], at(1), at(2));
    let Some(first) = date(year, month.unwrap_or(1), day.unwrap_or(1)) else {
        let what = format!("there is no {text} in the calendar");
        return Err(fault(span, what, DATE));
    };
    let next = match (month, day) {
        (_, Some(_)) => first.tomorrow().ok(),
        (Some(12), None) | (None, _) => date(year + 1, 1, 1),
        (Some(month), None) => date(year, month + 1, 1),
    };
    // After the last day of the calendar nothing is.
    Ok(microseconds(first)..next.map_or(i64::MAX, microseconds))
}

/// When a day begins.
fn microseconds(date: Date) -> i64 {
    let since: SignedDuration = date.duration_since(Date::constant(1970, 1, 1));
    i64::try_from(since.as_micros()).expect("ten thousand years are few microseconds")
}
